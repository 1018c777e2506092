//! Every number of a model with all that is known about it, gathered into the tables of the page.

use std::collections::BTreeMap;

use tallypress_calculator::model::{Activity, Craft, Pert, Scale, Setting, Split};

use super::tables::*;
use super::words::{capacity, factors, shares, source_parts};
use super::{label, labels};
use crate::estimate::{
    AssumptionUnit, EstimateModel, Group, Name, is_judgement, mentions_judgement,
};
use crate::words::Words;

/// The model with the row of every assumption that it uses, by its place.
pub struct Book<'a> {
    model: &'a EstimateModel,
    words: &'a Words,
    rows: BTreeMap<usize, NumberRow>,
}

impl<'a> Book<'a> {
    pub fn new(model: &'a EstimateModel, words: &'a Words) -> Self {
        let assumptions = model.assumptions.iter().zip(model.model.assumptions());
        let used = assumptions
            .enumerate()
            .filter(|(place, _)| model.model.uses(*place));
        let rows = used.map(|(place, (assumption, pert))| {
            let write = |value| match assumption.unit {
                AssumptionUnit::Share => words.percent(value),
                _ => words.number(value),
            };
            let Pert { low, mode, high } = pert;
            let (per, factors) = multipliers(model, words, place);
            let row = NumberRow {
                key: assumption.key.clone(),
                label: model.assumption_label(words, place),
                unit: match assumption.unit {
                    AssumptionUnit::Share => String::new(),
                    unit => unit.text(words, &model.currency),
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
            words,
            rows: rows.collect(),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &NumberRow> {
        self.rows.values()
    }

    fn number(&self, place: usize) -> Option<NumberRow> {
        self.rows.get(&place).cloned()
    }

    pub fn numbers(&self, places: &[usize]) -> Vec<NumberRow> {
        places
            .iter()
            .filter_map(|place| self.number(*place))
            .collect()
    }

    pub fn roles(&self) -> Vec<RoleRow> {
        let model = self.model;
        let roles = model.model.roles.iter().zip(&model.roles);
        let rows = roles.filter_map(|(role, Name { id, label })| {
            Some(RoleRow {
                id: id.clone(),
                label: label.clone(),
                kind: if role.cash { "cash" } else { "internal" },
                rate: self.number(role.rate)?,
                capacity: capacity(model, self.words, &role.capacity),
                loss: role.loss.and_then(|loss| self.number(loss)),
                opportunity: role
                    .opportunity
                    .as_ref()
                    .map(|opportunity| OpportunityView {
                        input: model.input_label(opportunity.input).to_owned(),
                        factors: factors(model, self.words, &opportunity.scale),
                    }),
            })
        });
        rows.collect()
    }

    pub fn penalties(&self) -> Vec<PenaltyRow> {
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

    pub fn phases(&self) -> Vec<PhaseRows> {
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
            factors: factors(model, self.words, &activity.scale),
            approach_factors: approach_scales(model, activity)
                .map(|(approach, scale)| ApproachFactors {
                    approach: approach.label.clone(),
                    factors: factors(model, self.words, scale),
                })
                .collect(),
            shares: self.shares(activity),
            after: labels(&model.activities, &activity.after),
            weeks: activity.min_weeks.and_then(|weeks| self.number(weeks)),
            team: match activity.team {
                0.0 => String::new(),
                team => self.words.number(team),
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
                rows.push(row(String::new(), shares(model, self.words, &[])));
            }
            rows.extend(splits.into_iter().map(|split| {
                let when = split
                    .when
                    .map(|when| model.condition_in_words(self.words, when));
                row(
                    when.unwrap_or_default(),
                    shares(model, self.words, &split.shares),
                )
            }));
        }
        rows
    }

    pub fn orders(&self) -> Vec<OrderRow> {
        let model = self.model;
        let rows = model.model.orders.iter().zip(&model.approaches);
        rows.map(|(order, approach)| OrderRow {
            approach: approach.label.clone(),
            activities: labels(&model.activities, order),
            own: !order.is_sorted(),
        })
        .collect()
    }

    pub fn expenses(&self) -> Vec<ExpenseRow> {
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

    pub fn pack(&self) -> Option<PackView> {
        let pack = self.model.model.pack.as_ref()?;
        Some(PackView {
            craft: self.craft(&pack.craft),
            work: labels(&self.model.activities, &pack.work),
            milestone: self.milestone(pack.milestone),
        })
    }

    pub fn adoption(&self) -> Option<AdoptionView> {
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
            when: model.condition_in_words(self.words, row.when),
            is: self.words.percent(row.is),
        });
        CraftView {
            activity: label(&model.activities, craft.activity),
            ideal: self.words.percent(craft.ideal),
            floor: self.words.percent(craft.floor),
            gaps: gaps.collect(),
            fixed: fixed.collect(),
        }
    }

    pub fn improvement(&self) -> Option<ImprovementView> {
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
                when: model.condition_in_words(self.words, owner.when),
                number: self.number(owner.rate)?,
            })
        });
        Some(ImprovementView {
            rates: rates.collect(),
            owner,
        })
    }

    pub fn operations(&self) -> Option<OperationsView> {
        let model = self.model;
        let operations = model.model.value.operations.as_ref()?;
        let percent = operations.percent.map(|input| model.input_label(input));
        Some(OperationsView {
            hours: model.product_in_words(&operations.drivers),
            percent: percent.unwrap_or_default().to_owned(),
            live: labels(&model.milestones, &operations.live),
        })
    }

    pub fn automations(&self) -> Option<AutomationsView> {
        let model = self.model;
        let automations = model.model.value.automations.as_ref()?;
        Some(AutomationsView {
            hours: model.product_in_words(&[automations.count, automations.saved]),
            factors: factors(model, self.words, &automations.scale),
            from: label(&model.activities, automations.from),
            to: self.milestone(automations.to),
        })
    }

    fn milestone(&self, milestone: Option<usize>) -> String {
        milestone.map_or_else(String::new, |place| label(&self.model.milestones, place))
    }

    pub fn milestones(&self) -> Vec<MilestoneRow> {
        let model = self.model;
        let milestones = model.model.milestones.iter().zip(&model.milestones);
        let rows = milestones.map(|(milestone, name)| MilestoneRow {
            label: name.label.clone(),
            after: labels(&model.activities, &milestone.after),
        });
        rows.collect()
    }

    pub fn settings(&self) -> Vec<NumberRow> {
        let first = self.model.model.numbers.len();
        let places: Vec<usize> = (first..first + Setting::ALL.len()).collect();
        self.numbers(&places)
    }

    pub fn groups(&self) -> Vec<GroupRows> {
        let mut groups: BTreeMap<Group, Vec<NumberRow>> = BTreeMap::new();
        for (place, row) in &self.rows {
            if let Some(assumption) = self.model.assumptions.get(*place) {
                groups
                    .entry(assumption.group)
                    .or_default()
                    .push(row.clone());
            }
        }
        let groups = groups.into_iter().map(|(group, numbers)| GroupRows {
            group: group.label(self.words).to_owned(),
            numbers,
        });
        groups.collect()
    }
}

/// What an assumption is multiplied by: its inputs, then one line for each factor of any kind.
fn multipliers(model: &EstimateModel, words: &Words, place: usize) -> (String, Vec<String>) {
    let Some(number) = model.model.numbers.get(place) else {
        return (String::new(), Vec::new());
    };
    let per = model.product_in_words(&number.drivers);
    let mut lines = Vec::new();
    if !per.is_empty() {
        lines.push(words.fill("estimate_times", &[("inputs", &per)]));
    }
    let scaled = |scale: &Scale| -> Vec<String> {
        let factors = factors(model, words, scale).into_iter();
        factors
            .map(|factor| words.fill("estimate_scaled_by", &[("factor", &factor)]))
            .collect()
    };
    lines.extend(scaled(&number.scale));
    let mut activities = model.model.activities.iter();
    if let Some(activity) = activities.find(|activity| activity.work.contains(&place)) {
        lines.extend(scaled(&activity.scale));
        for (approach, scale) in approach_scales(model, activity) {
            lines.extend(scaled(scale).iter().map(|line| {
                let values = [("approach", approach.label.as_str()), ("line", line)];
                words.fill("estimate_in_approach", &values)
            }));
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
