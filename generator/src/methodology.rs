//! A model laid open: every number with its unit, what it is multiplied by and where it comes from,
//! in words. Takes a model and what it answers for its scenarios and claims, gives the data for the
//! template that draws it. The formulas are the same for all models, so they stand in the template.

mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tallypress_calculator::model::{
    Activity, Craft, Estimate, Kind, Lever, Pert, Scale, Setting, Split,
};

use crate::calculator::{Wanted, figure_text};
use crate::estimate::{
    AssumptionUnit, EstimateModel, GROUPS, Name, is_judgement, mentions_judgement,
};

pub use self::words::SourcePart;
use self::words::{capacity, factors, number, percent, shares, source_parts};

/// What an author may ask for by itself: what the model computes with every number of it, the
/// answers for its scenarios, what of its claims it agrees with, what it leaves out.
pub const PARTS: [&str; 4] = ["numbers", "scenarios", "claims", "limits"];

/// Everything that the methodology's template shows. Lists keep the order of the model file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodologyView {
    /// Different for each methodology of a page; ids of elements begin with it.
    pub id: String,
    /// The model's own id.
    pub model: String,
    pub version: i64,
    /// Such as `USD`.
    pub currency: String,
    /// How many futures are simulated, such as `2,048`.
    pub samples: String,
    pub seed: u32,
    /// How many numbers are drawn in each future.
    pub variables: usize,
    pub approaches: Vec<String>,
    pub inputs: Vec<InputRow>,
    pub roles: Vec<RoleRow>,
    pub risks: Vec<NumberRow>,
    pub penalties: Vec<PenaltyRow>,
    pub phases: Vec<PhaseRows>,
    /// In which order roles take the activities up.
    pub orders: Vec<OrderRow>,
    pub expenses: Vec<ExpenseRow>,
    pub pack: Option<PackView>,
    pub adoption: Option<AdoptionView>,
    pub improvement: Option<ImprovementView>,
    pub operations: Option<OperationsView>,
    pub automations: Option<AutomationsView>,
    pub milestones: Vec<MilestoneRow>,
    pub settings: Vec<NumberRow>,
    /// All numbers once more, under their headings.
    pub groups: Vec<GroupRows>,
    /// How many numbers there are, and how many of them are judgement.
    pub numbers: usize,
    pub judgements: usize,
    /// What the page names as turning the answer.
    pub levers: Vec<String>,
    /// Sentences about what is left out.
    pub limits: Vec<String>,
    /// The answer with the default inputs.
    pub at_first: AnswerView,
    pub scenarios: Vec<ScenarioRow>,
    pub claims: Vec<ClaimRow>,
    /// With how many of the claims the model agrees.
    pub agreed: usize,
}

/// A number that is known or uncertain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NumberRow {
    /// Such as `rate.cto`.
    pub key: String,
    pub label: String,
    /// Such as `USD/hour`; empty for shares, which are written in percent.
    pub unit: String,
    pub low: String,
    pub likely: String,
    pub high: String,
    /// Whether all three are the same.
    pub certain: bool,
    /// Inputs that it is multiplied by: `Functions in scope`; empty if there are none.
    pub per: String,
    /// Everything that it is multiplied by, one line each: `times Functions in scope`,
    /// `scaled by Protected hours: 1 at 8, 0.15 at 20`.
    pub factors: Vec<String>,
    pub source: Vec<SourcePart>,
    /// Whether the source is first of all the author's judgement.
    pub judgement: bool,
    /// Whether it is that for some of the numbers only.
    pub partly: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputRow {
    pub id: String,
    pub label: String,
    /// Empty if the model says nothing more.
    pub help: String,
    /// `int`, `percent`, `real` or `choice`.
    pub kind: &'static str,
    /// `2 to 40`; empty for a choice.
    pub range: String,
    /// The answers of a choice.
    pub options: Vec<String>,
    /// The default.
    pub value: String,
    /// Whether it is among the questions that are asked first.
    pub first: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleRow {
    pub id: String,
    pub label: String,
    /// `cash` or `internal`.
    pub kind: &'static str,
    pub rate: NumberRow,
    /// Hours a week: `40`, `2 × People`.
    pub capacity: String,
    pub loss: Option<NumberRow>,
    pub opportunity: Option<OpportunityView>,
}

/// An hour counts `1 + (input − 1) · factors` times its price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpportunityView {
    pub input: String,
    pub factors: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PenaltyRow {
    pub role: String,
    pub skill: String,
    /// Empty: in all.
    pub approaches: Vec<String>,
    pub number: NumberRow,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseRows {
    pub id: String,
    pub label: String,
    pub activities: Vec<ActivityRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivityRow {
    pub id: String,
    pub label: String,
    pub skill: String,
    /// Hours of work: their sum.
    pub hours: Vec<NumberRow>,
    /// What the hours are multiplied by in all approaches.
    pub factors: Vec<String>,
    /// What they are multiplied by in one of them besides.
    pub approach_factors: Vec<ApproachFactors>,
    pub shares: Vec<ShareRow>,
    /// Activities that must be finished before.
    pub after: Vec<String>,
    /// The shortest time on the calendar.
    pub weeks: Option<NumberRow>,
    /// Hours of the function teams for each hour of work: `0.6`; empty if none.
    pub team: String,
    /// Costs hours, but has no place on the timeline.
    pub ongoing: bool,
    pub source: Vec<SourcePart>,
    pub judgement: bool,
    pub partly: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApproachFactors {
    pub approach: String,
    pub factors: Vec<String>,
}

/// Who does which part of an activity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareRow {
    pub approach: String,
    /// `AI system owner named: Yes`; empty if it always holds. The last row that holds counts.
    pub when: String,
    /// `CTO 80%, engineers 20%` or `nobody`.
    pub shares: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrderRow {
    pub approach: String,
    pub activities: Vec<String>,
    /// Whether it is another one than that of the file.
    pub own: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpenseRow {
    pub label: String,
    /// Empty: in all.
    pub approaches: Vec<String>,
    pub number: NumberRow,
}

/// A quality that depends on who does the work: `ideal − Σ share · gap`, at least `floor`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CraftView {
    /// Whose shares count.
    pub activity: String,
    pub ideal: String,
    pub floor: String,
    pub gaps: Vec<GapRow>,
    pub fixed: Vec<FixedRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapRow {
    pub role: String,
    pub number: NumberRow,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FixedRow {
    /// `Where are you today? Phases 1 and 2 done`.
    pub when: String,
    pub is: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackView {
    pub craft: CraftView,
    /// Activities that build it.
    pub work: Vec<String>,
    /// Empty: when the last of `work` is finished.
    pub milestone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdoptionView {
    pub craft: CraftView,
    /// It grows from the start of this activity to the finish of that one.
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImprovementView {
    pub rates: Vec<RateRow>,
    pub owner: Option<OwnerView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RateRow {
    pub approach: String,
    pub number: NumberRow,
}

/// Another rate for an approach, under a condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnerView {
    pub approach: String,
    pub when: String,
    pub number: NumberRow,
}

/// Hours a week saved by everybody who uses the result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OperationsView {
    /// `People × Hours saved`.
    pub hours: String,
    /// An input in percent that multiplies them; empty if none.
    pub percent: String,
    /// Milestones that must have been reached.
    pub live: Vec<String>,
}

/// Hours a week saved by things that run by themselves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AutomationsView {
    /// `Automations × Hours saved by each`.
    pub hours: String,
    pub factors: Vec<String>,
    /// They go live evenly from the start of this activity …
    pub from: String,
    /// … to this milestone; empty: to its finish.
    pub to: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneRow {
    pub label: String,
    /// Activities.
    pub after: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupRows {
    /// Such as `Rates`.
    pub group: &'static str,
    pub numbers: Vec<NumberRow>,
}

/// What the model says for some inputs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerView {
    /// The recommended approach.
    pub recommendation: String,
    pub close_call: bool,
    /// Whether the first approach is recommended, as good enough if not the best.
    pub sufficient: bool,
    pub approaches: Vec<ApproachAnswer>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApproachAnswer {
    pub label: String,
    pub recommended: bool,
    /// The median.
    pub total: String,
    /// `92 of 100`.
    pub wins: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScenarioRow {
    pub id: String,
    pub label: String,
    /// Empty if the model says nothing more.
    pub help: String,
    pub set: Vec<SetRow>,
    pub answer: AnswerView,
}

/// An input that is not at its default.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetRow {
    pub input: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    pub text: String,
    /// Empty: the defaults.
    pub set: Vec<SetRow>,
    /// Any of these agrees with the claim.
    pub expected: Vec<String>,
    /// What the model recommends.
    pub found: String,
    pub agrees: bool,
    pub close_call: bool,
    /// Empty if the author adds nothing.
    pub note: String,
}

/// The model with its answers, for an element of this id. `estimate` computes one for inputs of the
/// model.
pub fn view(
    model: &EstimateModel,
    id: &str,
    estimate: impl Fn(&[f64]) -> Option<Arc<Estimate>>,
) -> MethodologyView {
    let answer = |inputs: &[f64]| answer(model, inputs, estimate(inputs).as_deref());
    let book = Book::new(model);
    let numbers = || book.rows.values();
    let claims: Vec<ClaimRow> = model
        .claims
        .iter()
        .map(|claim| {
            let answer = answer(&claim.values);
            ClaimRow {
                text: claim.text.clone(),
                set: set(model, &claim.values),
                agrees: claim.expected.iter().any(|approach| {
                    let answer = answer.approaches.get(*approach);
                    answer.is_some_and(|answer| answer.recommended)
                }),
                expected: labels(&model.approaches, &claim.expected),
                found: answer.recommendation,
                close_call: answer.close_call,
                note: claim.note.clone().unwrap_or_default(),
            }
        })
        .collect();
    MethodologyView {
        id: id.to_owned(),
        model: model.id.clone(),
        version: model.version,
        currency: model.currency.clone(),
        samples: number(model.model.samples as f64),
        seed: model.model.seed,
        variables: model.variables.len(),
        approaches: model
            .approaches
            .iter()
            .map(|name| name.label.clone())
            .collect(),
        inputs: inputs(model),
        roles: book.roles(),
        risks: book.numbers(&model.model.risks),
        penalties: book.penalties(),
        phases: book.phases(),
        orders: book.orders(),
        expenses: book.expenses(),
        pack: book.pack(),
        adoption: book.adoption(),
        improvement: book.improvement(),
        operations: book.operations(),
        automations: book.automations(),
        milestones: book.milestones(),
        settings: book.settings(),
        groups: book.groups(),
        numbers: numbers().count(),
        judgements: numbers().filter(|row| row.judgement).count(),
        levers: levers(model),
        limits: model.limits.clone(),
        at_first: answer(&model.model.defaults()),
        scenarios: model
            .scenarios
            .iter()
            .map(|scenario| ScenarioRow {
                id: scenario.id.clone(),
                label: scenario.label.clone(),
                help: scenario.help.clone().unwrap_or_default(),
                set: set(model, &scenario.values),
                answer: answer(&scenario.values),
            })
            .collect(),
        agreed: claims.iter().filter(|claim| claim.agrees).count(),
        claims,
    }
}

/// The model with the row of every assumption that it uses, by its place.
struct Book<'a> {
    model: &'a EstimateModel,
    rows: BTreeMap<usize, NumberRow>,
}

impl<'a> Book<'a> {
    fn new(model: &'a EstimateModel) -> Self {
        let assumptions = model.assumptions.iter().zip(model.model.assumptions());
        let used = assumptions
            .enumerate()
            .filter(|(place, _)| model.model.uses(*place));
        let rows = used.map(|(place, (assumption, pert))| {
            let write = match assumption.unit {
                AssumptionUnit::Share => percent,
                _ => number,
            };
            let Pert { low, mode, high } = pert;
            let (per, factors) = multipliers(model, place);
            let row = NumberRow {
                key: assumption.key.clone(),
                label: assumption.label.clone(),
                unit: match assumption.unit {
                    AssumptionUnit::Share => String::new(),
                    unit => unit.text(&model.currency),
                },
                low: write(low),
                likely: write(mode),
                high: write(high),
                certain: low == high,
                per,
                factors,
                source: source_parts(&assumption.source),
                judgement: is_judgement(&assumption.source),
                partly: mentions_judgement(&assumption.source) && !is_judgement(&assumption.source),
            };
            (place, row)
        });
        Self {
            model,
            rows: rows.collect(),
        }
    }

    fn number(&self, place: usize) -> Option<NumberRow> {
        self.rows.get(&place).cloned()
    }

    fn numbers(&self, places: &[usize]) -> Vec<NumberRow> {
        places
            .iter()
            .filter_map(|place| self.number(*place))
            .collect()
    }

    fn roles(&self) -> Vec<RoleRow> {
        let model = self.model;
        let roles = model.model.roles.iter().zip(&model.roles);
        let rows = roles.filter_map(|(role, Name { id, label })| {
            Some(RoleRow {
                id: id.clone(),
                label: label.clone(),
                kind: if role.cash { "cash" } else { "internal" },
                rate: self.number(role.rate)?,
                capacity: capacity(model, &role.capacity),
                loss: role.loss.and_then(|loss| self.number(loss)),
                opportunity: role
                    .opportunity
                    .as_ref()
                    .map(|opportunity| OpportunityView {
                        input: model.input_label(opportunity.input).to_owned(),
                        factors: factors(model, &opportunity.scale),
                    }),
            })
        });
        rows.collect()
    }

    fn penalties(&self) -> Vec<PenaltyRow> {
        let model = self.model;
        let rows = model.model.penalties.iter().filter_map(|penalty| {
            Some(PenaltyRow {
                role: label(&model.roles, penalty.role),
                skill: self.skill(penalty.skill),
                approaches: labels(&model.approaches, &penalty.approaches),
                number: self.number(penalty.excess)?,
            })
        });
        rows.collect()
    }

    fn skill(&self, skill: usize) -> String {
        self.model.skills.get(skill).cloned().unwrap_or_default()
    }

    fn phases(&self) -> Vec<PhaseRows> {
        let model = self.model;
        let rows = model.phases.iter().enumerate().map(|(phase, name)| {
            let activities = model.model.activities.iter().zip(&model.activities);
            PhaseRows {
                id: name.id.clone(),
                label: name.label.clone(),
                activities: activities
                    .filter(|(activity, _)| activity.phase == phase)
                    .map(|(activity, name)| self.activity(activity, name))
                    .collect(),
            }
        });
        rows.collect()
    }

    fn activity(&self, activity: &Activity, name: &Name) -> ActivityRow {
        let model = self.model;
        let hours = self.numbers(&activity.work);
        let first = hours.first();
        ActivityRow {
            id: name.id.clone(),
            label: name.label.clone(),
            skill: self.skill(activity.skill),
            factors: factors(model, &activity.scale),
            approach_factors: approach_scales(model, activity)
                .map(|(approach, scale)| ApproachFactors {
                    approach: approach.label.clone(),
                    factors: factors(model, scale),
                })
                .collect(),
            shares: self.shares(activity),
            after: labels(&model.activities, &activity.after),
            weeks: activity.min_weeks.and_then(|weeks| self.number(weeks)),
            team: match activity.team {
                0.0 => String::new(),
                team => number(team),
            },
            ongoing: activity.ongoing,
            source: first.map_or_else(Vec::new, |row| row.source.clone()),
            judgement: first.is_some_and(|row| row.judgement),
            partly: first.is_some_and(|row| row.partly),
            hours,
        }
    }

    fn shares(&self, activity: &Activity) -> Vec<ShareRow> {
        let model = self.model;
        let mut rows = Vec::new();
        for (approach, name) in model.approaches.iter().enumerate() {
            let of_approach = |split: &&Split| split.approach == approach;
            let splits: Vec<&Split> = activity.splits.iter().filter(of_approach).collect();
            let row = |when: String, shares: String| ShareRow {
                approach: name.label.clone(),
                when,
                shares,
            };
            if splits.iter().all(|split| split.when.is_some()) {
                rows.push(row(String::new(), shares(model, &[])));
            }
            rows.extend(splits.into_iter().map(|split| {
                let when = split.when.map(|when| model.condition_in_words(when));
                row(when.unwrap_or_default(), shares(model, &split.shares))
            }));
        }
        rows
    }

    fn orders(&self) -> Vec<OrderRow> {
        let model = self.model;
        let rows = model.model.orders.iter().zip(&model.approaches);
        rows.map(|(order, approach)| OrderRow {
            approach: approach.label.clone(),
            activities: labels(&model.activities, order),
            own: !order.is_sorted(),
        })
        .collect()
    }

    fn expenses(&self) -> Vec<ExpenseRow> {
        let model = self.model;
        let expenses = model.model.expenses.iter().zip(&model.expenses);
        let rows = expenses.filter_map(|(expense, name)| {
            Some(ExpenseRow {
                label: name.label.clone(),
                approaches: labels(&model.approaches, &expense.approaches),
                number: self.number(expense.price)?,
            })
        });
        rows.collect()
    }

    fn pack(&self) -> Option<PackView> {
        let pack = self.model.model.pack.as_ref()?;
        Some(PackView {
            craft: self.craft(&pack.craft),
            work: labels(&self.model.activities, &pack.work),
            milestone: self.milestone(pack.milestone),
        })
    }

    fn adoption(&self) -> Option<AdoptionView> {
        let adoption = self.model.model.adoption.as_ref()?;
        Some(AdoptionView {
            craft: self.craft(&adoption.craft),
            from: label(&self.model.activities, adoption.from),
            to: label(&self.model.activities, adoption.to),
        })
    }

    fn craft(&self, craft: &Craft) -> CraftView {
        let model = self.model;
        let gaps = craft.gaps.iter().filter_map(|gap| {
            Some(GapRow {
                role: label(&model.roles, gap.role),
                number: self.number(gap.gap)?,
            })
        });
        let fixed = craft.fixed.iter().map(|row| FixedRow {
            when: model.condition_in_words(row.when),
            is: percent(row.is),
        });
        CraftView {
            activity: label(&model.activities, craft.activity),
            ideal: percent(craft.ideal),
            floor: percent(craft.floor),
            gaps: gaps.collect(),
            fixed: fixed.collect(),
        }
    }

    fn improvement(&self) -> Option<ImprovementView> {
        let model = self.model;
        let improvement = model.model.improvement.as_ref()?;
        let rates = improvement.rates.iter().zip(&model.approaches);
        let rates = rates.filter_map(|(rate, approach)| {
            Some(RateRow {
                approach: approach.label.clone(),
                number: self.number(*rate)?,
            })
        });
        let owner = improvement.owner.as_ref().and_then(|owner| {
            Some(OwnerView {
                approach: label(&model.approaches, owner.approach),
                when: model.condition_in_words(owner.when),
                number: self.number(owner.rate)?,
            })
        });
        Some(ImprovementView {
            rates: rates.collect(),
            owner,
        })
    }

    fn operations(&self) -> Option<OperationsView> {
        let model = self.model;
        let operations = model.model.value.operations.as_ref()?;
        let percent = operations.percent.map(|input| model.input_label(input));
        Some(OperationsView {
            hours: model.product_in_words(&operations.drivers),
            percent: percent.unwrap_or_default().to_owned(),
            live: labels(&model.milestones, &operations.live),
        })
    }

    fn automations(&self) -> Option<AutomationsView> {
        let model = self.model;
        let automations = model.model.value.automations.as_ref()?;
        Some(AutomationsView {
            hours: model.product_in_words(&[automations.count, automations.saved]),
            factors: factors(model, &automations.scale),
            from: label(&model.activities, automations.from),
            to: self.milestone(automations.to),
        })
    }

    fn milestone(&self, milestone: Option<usize>) -> String {
        milestone.map_or_else(String::new, |place| label(&self.model.milestones, place))
    }

    fn milestones(&self) -> Vec<MilestoneRow> {
        let model = self.model;
        let milestones = model.model.milestones.iter().zip(&model.milestones);
        let rows = milestones.map(|(milestone, name)| MilestoneRow {
            label: name.label.clone(),
            after: labels(&model.activities, &milestone.after),
        });
        rows.collect()
    }

    fn settings(&self) -> Vec<NumberRow> {
        let first = self.model.model.numbers.len();
        let places: Vec<usize> = (first..first + Setting::ALL.len()).collect();
        self.numbers(&places)
    }

    fn groups(&self) -> Vec<GroupRows> {
        let assumption = |place: &usize| self.model.assumptions.get(*place);
        let groups = GROUPS.into_iter().map(|group| GroupRows {
            group,
            numbers: self
                .rows
                .iter()
                .filter(|(place, _)| assumption(place).is_some_and(|known| known.group == group))
                .map(|(_, row)| row.clone())
                .collect(),
        });
        groups.filter(|group| !group.numbers.is_empty()).collect()
    }
}

/// What an assumption is multiplied by: its inputs, then one line for each factor of any kind.
fn multipliers(model: &EstimateModel, place: usize) -> (String, Vec<String>) {
    let Some(number) = model.model.numbers.get(place) else {
        return (String::new(), Vec::new());
    };
    let per = model.product_in_words(&number.drivers);
    let mut lines = Vec::new();
    if !per.is_empty() {
        lines.push(format!("times {per}"));
    }
    lines.extend(factors(model, &number.scale));
    let mut activities = model.model.activities.iter();
    if let Some(activity) = activities.find(|activity| activity.work.contains(&place)) {
        lines.extend(factors(model, &activity.scale));
        for (approach, scale) in approach_scales(model, activity) {
            let factors = factors(model, scale);
            lines.extend(
                factors
                    .iter()
                    .map(|line| format!("in {}, {line}", approach.label)),
            );
        }
    }
    (per, lines)
}

/// The approaches in which the work of an activity has a factor of its own.
fn approach_scales<'a>(
    model: &'a EstimateModel,
    activity: &'a Activity,
) -> impl Iterator<Item = (&'a Name, &'a Scale)> {
    let scales = model.approaches.iter().zip(&activity.approach_scale);
    scales.filter(|(_, scale)| !scale.0.is_empty())
}

fn inputs(model: &EstimateModel) -> Vec<InputRow> {
    let inputs = model.inputs.iter().zip(&model.model.inputs).enumerate();
    let rows = inputs.map(|(place, (question, input))| InputRow {
        id: question.id.clone(),
        label: question.label.clone(),
        help: question.help.clone().unwrap_or_default(),
        kind: match input.kind {
            Kind::Int => "int",
            Kind::Percent => "percent",
            Kind::Real => "real",
            Kind::Choice => "choice",
        },
        range: match input.kind {
            Kind::Choice => String::new(),
            _ => {
                let [min, max] = [input.min, input.max].map(|end| model.value_in_words(place, end));
                format!("{min} to {max}")
            }
        },
        options: question.options.clone(),
        value: model.value_in_words(place, input.default),
        first: model.questions.contains(&place),
    });
    rows.collect()
}

fn levers(model: &EstimateModel) -> Vec<String> {
    let label = |lever: &Lever| match lever {
        Lever::Input(input) => model.input_label(*input).to_owned(),
        Lever::Assumption(place) => {
            let assumption = model.assumptions.get(*place);
            assumption.map_or_else(String::new, |assumption| assumption.label.clone())
        }
    };
    model.levers.iter().map(label).collect()
}

fn set(model: &EstimateModel, values: &[f64]) -> Vec<SetRow> {
    let changes = model.changes_in_words(values).into_iter();
    changes
        .map(|(input, value)| SetRow { input, value })
        .collect()
}

fn answer(model: &EstimateModel, inputs: &[f64], estimate: Option<&Estimate>) -> AnswerView {
    let Some(estimate) = estimate else {
        // Inputs of a model that was read are legal, so there is always an estimate.
        return AnswerView {
            recommendation: String::new(),
            close_call: false,
            sufficient: false,
            approaches: Vec::new(),
        };
    };
    let recommendation = estimate.recommendation;
    let figure = |name: &Name, show: &str| {
        // The same text as in the calculator and in sentences.
        let wanted = Wanted {
            approach: Some(&name.id),
            show,
            lang: "en",
        };
        let text = figure_text(model, inputs, estimate, wanted);
        text.unwrap_or_default()
    };
    let approaches = model.approaches.iter().enumerate();
    AnswerView {
        recommendation: label(&model.approaches, recommendation.approach),
        close_call: recommendation.close_call,
        sufficient: recommendation.sufficient,
        approaches: approaches
            .map(|(approach, name)| ApproachAnswer {
                label: name.label.clone(),
                recommended: approach == recommendation.approach,
                total: figure(name, "total.p50"),
                wins: figure(name, "wins"),
            })
            .collect(),
    }
}

fn label(names: &[Name], place: usize) -> String {
    names
        .get(place)
        .map_or_else(String::new, |name| name.label.clone())
}

fn labels(names: &[Name], places: &[usize]) -> Vec<String> {
    places.iter().map(|place| label(names, *place)).collect()
}

#[cfg(test)]
mod tests;
