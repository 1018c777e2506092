//! An estimate as a page shows it. Takes a model and what the engine computed; gives the data for the
//! calculator's template, or one figure as text for a sentence, in the words of the page's language.

mod assumptions;
mod facts;
mod questions;
mod sentence;
mod sheet;
mod terms;

use std::sync::Arc;

use serde::Serialize;
use tallypress_calculator::charts::{CURVE_HEIGHT, DOT, DOTS_HEIGHT, Drawing, WIDTH};
use tallypress_calculator::figures::{Axis, Figure, Unit};
use tallypress_calculator::model::{Engine, Estimate, Kind, Lever, SWINGS, Series, Study};

use crate::estimate::{AssumptionUnit, EstimateModel, Name};
use crate::words::Words;

pub use assumptions::{AssumptionGroup, AssumptionView, SourcePart, SourceView};
pub use questions::{ChoiceView, InputView};
pub use sentence::{Known, Wanted, WrongArgument, figure_text, known_figures};
use sheet::Sheet;
pub use sheet::{DrawView, FigureView, FlagView, RangeView};
pub use terms::{TermField, TermGroup, TermOwner, TermRow};

/// Addresses of the files that a calculator loads, and of the calculator itself.
#[derive(Clone, Debug, Default)]
pub struct Urls {
    pub model: String,
    pub widget: String,
    pub wasm: String,
    /// The page that holds nothing but this calculator, and the script that puts it into another
    /// site's page: absolute, because they are written there.
    pub embed: String,
    pub embed_script: String,
}

/// Where a calculator stands.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// What the page is called.
    pub title: &'a str,
    /// Counts the calculators of this model on the page.
    pub number: usize,
    /// The level of the heading that it stands under.
    pub below: u8,
}

/// Everything that the calculator's template shows.
#[derive(Clone, Debug, Serialize)]
pub struct CalculatorView {
    /// Different for each calculator of a page; ids of elements begin with it.
    pub id: String,
    /// What the page is called.
    pub title: String,
    pub headings: Headings,
    /// The model's own id.
    pub model: String,
    pub version: i64,
    pub model_url: String,
    pub widget_url: String,
    pub wasm_url: String,
    pub embed_url: String,
    pub embed_script: String,
    /// Such as `USD`.
    pub currency: String,
    /// How many futures are simulated, such as `2,048`.
    pub samples: String,
    pub seed: u32,
    /// What the widget has to know about the model, as JSON.
    pub facts: String,
    /// The inputs that are asked first, in this order.
    pub questions: Vec<InputView>,
    /// The other inputs.
    pub more: Vec<InputView>,
    pub approaches: Vec<ApproachView>,
    pub phases: Vec<Named>,
    pub roles: Vec<RoleView>,
    /// What the role is called that is never said to do most of the work, if there is one.
    pub team: Option<String>,
    /// Whether no approach is recommended, because none is ever finished.
    pub unfinished: FlagView,
    pub close_call: FlagView,
    /// Whether the recommended approach is mostly not done when delay is no longer counted.
    pub late: FlagView,
    /// Whether what is delivered later is counted as a cost.
    pub counts_delay: bool,
    /// Within which share of the lowest total that is.
    pub enough: FigureView,
    /// The same as the model has it, such as `5%`.
    pub sufficient_percent: String,
    pub scales: Scales,
    pub canvas: CanvasView,
    /// The largest risks to the total of the recommended approach.
    pub swings: Vec<SwingView>,
    /// What would turn the recommendation.
    pub turns: Vec<TurnView>,
    pub scenarios: Vec<ScenarioView>,
    /// Two scenarios side by side: at first the defaults and the first scenario. Empty if the model
    /// has no scenarios.
    pub sides: Vec<SideView>,
    pub assumptions: Vec<AssumptionGroup>,
    /// The sources that assumptions refer to by number, from 1 on.
    pub sources: Vec<SourceView>,
    pub terms: Vec<TermGroup>,
    pub limits: Vec<String>,
}

/// Levels of its headings, which follow that above it: those of its parts, of what is in these, and of
/// what is in that.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Headings {
    pub part: u8,
    pub piece: u8,
    pub detail: u8,
}

impl Headings {
    fn below(level: u8) -> Self {
        let [part, piece, detail] = [1, 2, 3].map(|deeper| (level + deeper).min(6));
        Self {
            part,
            piece,
            detail,
        }
    }
}

/// Sizes of the canvases, for `viewBox`.
#[derive(Clone, Debug, Serialize)]
pub struct CanvasView {
    pub width: i32,
    pub dots_height: i32,
    /// Diameter of a dot.
    pub dot: i32,
    pub curve_height: i32,
}

#[derive(Clone, Debug, Serialize)]
pub struct Named {
    pub id: String,
    pub label: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct RoleView {
    pub id: String,
    pub label: String,
    /// `cash` or `internal`.
    pub kind: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct ApproachView {
    pub id: String,
    pub label: String,
    pub recommended: FlagView,
    /// Whether its mean total is the lowest.
    pub lowest: FlagView,
    /// In how many of 100 futures it is cheapest.
    pub wins: FigureView,
    /// The total, each dot an equal share of the futures.
    pub dots: DrawView,
    /// Cash, internal, delay (if the model values anything) and total.
    pub cost: Vec<RangeView>,
    /// The rows `cash` and `total` of `cost` once more.
    pub cash: RangeView,
    pub total: RangeView,
    /// Until the last milestone, if the model has any.
    pub weeks: Option<RangeView>,
    pub milestones: Vec<RangeView>,
    /// Those that the model has of `accepted`, `pack_week2`, `adoption_month2` and `quality_month3`.
    pub quality: Vec<RangeView>,
    pub phases: Vec<PhaseView>,
    pub roles: Vec<RoleHours>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PhaseView {
    pub id: String,
    pub label: String,
    pub cash: RangeView,
    pub internal: RangeView,
    /// Whether any of its work has a place on the timeline.
    pub scheduled: bool,
    /// When that starts and finishes, weeks.
    pub start: RangeView,
    pub finish: RangeView,
    /// From the median of its start to that of its finish.
    pub bar: DrawView,
    pub hours: FigureView,
    /// In the order of the model, as parts of one stacked bar.
    pub roles: Vec<PhaseRole>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PhaseRole {
    pub id: String,
    pub label: String,
    pub hours: FigureView,
    /// Whether the role works most hours in the phase, function teams aside.
    pub leads: FlagView,
    pub part: DrawView,
}

#[derive(Clone, Debug, Serialize)]
pub struct RoleHours {
    pub id: String,
    pub label: String,
    pub kind: &'static str,
    pub hours: FigureView,
    /// One for each phase.
    pub phases: Vec<FigureView>,
}

/// The axes of the charts, which all approaches share.
#[derive(Clone, Debug, Serialize)]
pub struct Scales {
    pub cost: ScaleView,
    pub weeks: ScaleView,
    pub hours: ScaleView,
}

/// An axis from 0 to `end`.
#[derive(Clone, Debug, Serialize)]
pub struct ScaleView {
    pub middle: FigureView,
    pub end: FigureView,
}

/// One of the largest risks.
#[derive(Clone, Debug, Serialize)]
pub struct SwingView {
    /// Which one: a place in the variables of the facts.
    pub variable: FigureView,
    pub label: String,
    /// Mean total where it turns out lowest, and highest.
    pub low: FigureView,
    pub high: FigureView,
    pub bar: DrawView,
}

/// Something that can be moved until the recommendation turns.
#[derive(Clone, Debug, Serialize)]
pub struct TurnView {
    pub label: String,
    /// Behind the number, such as `$/hour`; empty for an input.
    pub unit: String,
    /// Whether the recommendation turns at all.
    pub turns: FlagView,
    /// Whether above the present value, rather than below.
    pub above: FlagView,
    /// The nearest value at which it has turned.
    pub at: FigureView,
    /// For each approach, whether it turns to that.
    pub to: Vec<FlagView>,
    /// Whether from there on none is recommended any more.
    pub to_none: FlagView,
    /// Whether there is a value at which both cost the same, and which.
    pub evens: FlagView,
    pub even: FigureView,
}

/// A named starting point, with its results as they are at build time.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioView {
    pub index: usize,
    pub id: String,
    pub label: String,
    pub help: String,
    /// Empty if no approach is, because none is ever finished.
    pub recommended: String,
    /// Whether that has the lowest mean total; otherwise it is the first, and good enough.
    pub lowest: bool,
    pub close_call: bool,
    /// In how many of 100 futures the recommended approach is cheapest.
    pub wins: String,
    pub approaches: Vec<ScenarioResult>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ScenarioResult {
    pub label: String,
    pub recommended: bool,
    pub total: String,
    pub p10: String,
    pub p90: String,
    pub cash: String,
    pub weeks: Option<String>,
}

/// One side of a comparison; its slots are those of an estimate of its own.
#[derive(Clone, Debug, Serialize)]
pub struct SideView {
    /// 0 for what the form says, then the scenarios from 1 on.
    pub selected: usize,
    pub label: String,
    pub approaches: Vec<ApproachView>,
    pub unfinished: FlagView,
    pub close_call: FlagView,
    pub late: FlagView,
}

/// A model, and everything that has been computed of it.
#[derive(Clone, Copy)]
pub struct Results<'a> {
    pub model: &'a EstimateModel,
    pub engine: &'a Engine,
    /// With the default inputs.
    pub default: &'a Estimate,
    pub study: &'a Study,
    /// For each scenario.
    pub scenarios: &'a [Arc<Estimate>],
    /// Of the page's language.
    pub words: &'a Words,
}

/// The calculator with the default inputs.
pub fn view(results: Results<'_>, urls: &Urls, spot: Spot<'_>) -> CalculatorView {
    let model = results.model;
    let words = results.words;
    let sheet = Sheet::new(model, results.default, words);
    let sheet = sheet.with_study(results.study, results.engine);
    let scale = |axis| ScaleView {
        middle: sheet.figure(Figure::ScaleMiddle(axis)),
        end: sheet.figure(Figure::Scale(axis)),
    };
    let (questions, more) = questions::questions(&sheet);
    let (assumptions, sources) = assumptions::groups(model, words);
    CalculatorView {
        id: match spot.number {
            1 => model.id.clone(),
            number => format!("{}-{number}", model.id),
        },
        title: spot.title.to_owned(),
        headings: Headings::below(spot.below),
        model: model.id.clone(),
        version: model.version,
        model_url: urls.model.clone(),
        widget_url: urls.widget.clone(),
        wasm_url: urls.wasm.clone(),
        embed_url: urls.embed.clone(),
        embed_script: urls.embed_script.clone(),
        currency: model.currency.clone(),
        samples: words.number(model.model.samples as f64),
        seed: model.model.seed,
        facts: facts::facts(model, words),
        questions,
        more,
        approaches: approaches(&sheet),
        phases: model.phases.iter().map(named).collect(),
        roles: indexed(&model.roles)
            .map(|(role, Name { id, label })| RoleView {
                id: id.clone(),
                label: label.clone(),
                kind: sheet.role_kind(role),
            })
            .collect(),
        team: model
            .model
            .team
            .and_then(|team| model.roles.get(team))
            .map(|role| role.label.clone()),
        unfinished: sheet.flag(Figure::Unfinished),
        close_call: sheet.flag(Figure::CloseCall),
        late: sheet.flag(Figure::Late),
        counts_delay: model.model.value.is_any(),
        enough: sheet.figure(Figure::Enough),
        sufficient_percent: words.percent(model.model.sufficient),
        scales: Scales {
            cost: scale(Axis::Cost),
            weeks: scale(Axis::Weeks),
            hours: scale(Axis::Hours),
        },
        canvas: CanvasView {
            width: WIDTH as i32,
            dots_height: DOTS_HEIGHT,
            dot: DOT,
            curve_height: CURVE_HEIGHT,
        },
        swings: swings(&sheet),
        turns: turns(&sheet),
        scenarios: scenarios(results),
        sides: sides(results),
        assumptions,
        sources,
        terms: terms::groups(model, words),
        limits: model.limits.clone(),
    }
}

fn approaches(sheet: &Sheet<'_>) -> Vec<ApproachView> {
    indexed(&sheet.model.approaches)
        .map(|(approach, name)| approach_view(sheet, approach, name))
        .collect()
}

fn approach_view(sheet: &Sheet<'_>, approach: usize, name: &Name) -> ApproachView {
    let model = sheet.model;
    let range = |series, label: &str| sheet.range(approach, series, label);
    let said = |series, key| range(series, sheet.words.say(key));
    let cash = said(Series::Cash, "estimate_cash");
    let total = said(Series::Total, "estimate_total");
    let quality = [
        (Series::Accepted, "estimate_accepted"),
        (Series::PackWeek2, "estimate_pack_week2"),
        (Series::AdoptionMonth2, "estimate_adoption_month2"),
        (Series::QualityMonth3, "estimate_quality_month3"),
    ];
    let known = model.model.series();
    let mut cost = vec![cash.clone(), said(Series::Internal, "estimate_internal")];
    if model.model.value.is_any() {
        cost.push(said(Series::Delay, "estimate_delay"));
    }
    cost.push(total.clone());
    let has_milestones = !model.milestones.is_empty();
    ApproachView {
        id: name.id.clone(),
        label: name.label.clone(),
        recommended: sheet.flag(Figure::Recommended { approach }),
        lowest: sheet.flag(Figure::Lowest { approach }),
        wins: sheet.figure(Figure::Wins { approach }),
        dots: sheet.drawing(Drawing::Dots { approach }),
        cost,
        cash,
        total,
        weeks: has_milestones.then(|| said(Series::Weeks, "estimate_weeks")),
        milestones: indexed(&model.milestones)
            .map(|(milestone, name)| range(Series::WeeksMilestone(milestone), &name.label))
            .collect(),
        quality: quality
            .iter()
            .filter(|(series, _)| known.contains(series))
            .map(|(series, key)| said(*series, key))
            .collect(),
        phases: indexed(&model.phases)
            .map(|(phase, name)| phase_view(sheet, approach, phase, name))
            .collect(),
        roles: indexed(&model.roles)
            .map(|(role, Name { id, label })| RoleHours {
                id: id.clone(),
                label: label.clone(),
                kind: sheet.role_kind(role),
                hours: sheet.figure(Figure::RoleHours { approach, role }),
                phases: (0..model.phases.len())
                    .map(|phase| {
                        sheet.figure(Figure::Hours {
                            approach,
                            role,
                            phase,
                        })
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn phase_view(sheet: &Sheet<'_>, approach: usize, phase: usize, name: &Name) -> PhaseView {
    let range = |series, key| sheet.range(approach, series, sheet.words.say(key));
    PhaseView {
        id: name.id.clone(),
        label: name.label.clone(),
        cash: range(Series::CashPhase(phase), "estimate_cash"),
        internal: range(Series::InternalPhase(phase), "estimate_internal"),
        scheduled: sheet
            .model
            .model
            .activities
            .iter()
            .any(|activity| activity.phase == phase && !activity.ongoing),
        start: range(Series::StartPhase(phase), "estimate_start"),
        finish: range(Series::FinishPhase(phase), "estimate_finish"),
        bar: sheet.drawing(Drawing::Phase { approach, phase }),
        hours: sheet.figure(Figure::PhaseHours { approach, phase }),
        roles: indexed(&sheet.model.roles)
            .map(|(role, Name { id, label })| PhaseRole {
                id: id.clone(),
                label: label.clone(),
                hours: sheet.figure(Figure::Hours {
                    approach,
                    role,
                    phase,
                }),
                leads: sheet.flag(Figure::Leads {
                    approach,
                    phase,
                    role,
                }),
                part: sheet.drawing(Drawing::Part {
                    approach,
                    phase,
                    role,
                }),
            })
            .collect(),
    }
}

fn swings(sheet: &Sheet<'_>) -> Vec<SwingView> {
    (0..SWINGS)
        .filter(|rank| sheet.has(Figure::SwingLow { rank: *rank }))
        .map(|rank| {
            let variable = sheet.figure(Figure::SwingVariable { rank });
            SwingView {
                label: sheet
                    .model
                    .variable_label(sheet.words, variable.value as usize),
                variable,
                low: sheet.figure(Figure::SwingLow { rank }),
                high: sheet.figure(Figure::SwingHigh { rank }),
                bar: sheet.drawing(Drawing::Swing { rank }),
            }
        })
        .collect()
}

fn turns(sheet: &Sheet<'_>) -> Vec<TurnView> {
    let model = sheet.model;
    let views = model.levers.iter().enumerate().map(|(lever, what)| {
        let (label, unit, format) = match *what {
            Lever::Input(input) => {
                let kind = model.model.inputs.get(input).map(|input| input.kind);
                let format = match kind {
                    Some(Kind::Percent) => Unit::Share,
                    _ => Unit::Number,
                };
                let question = model.inputs.get(input);
                let label = question.map_or_else(String::new, |question| question.label.clone());
                (label, String::new(), format)
            }
            Lever::Assumption(place) => match model.assumptions.get(place) {
                Some(assumption) => {
                    let money = matches!(
                        assumption.unit,
                        AssumptionUnit::MoneyPerHour | AssumptionUnit::Money
                    );
                    let unit = match assumption.unit {
                        AssumptionUnit::MoneyPerHour => {
                            sheet.words.say("estimate_an_hour").to_owned()
                        }
                        AssumptionUnit::Money => String::new(),
                        other => other.text(sheet.words, &model.currency),
                    };
                    let format = if money { Unit::Money } else { Unit::Number };
                    (model.assumption_label(sheet.words, place), unit, format)
                }
                None => (String::new(), String::new(), Unit::Number),
            },
        };
        TurnView {
            label,
            unit,
            turns: sheet.flag(Figure::Turns { lever }),
            above: sheet.flag(Figure::TurnsAbove { lever }),
            at: sheet.figure_as(Figure::TurnsAt { lever }, format),
            to: (0..model.approaches.len())
                .map(|approach| sheet.flag(Figure::TurnsTo { lever, approach }))
                .collect(),
            to_none: sheet.flag(Figure::TurnsToNone { lever }),
            evens: sheet.flag(Figure::Evens { lever }),
            even: sheet.figure_as(Figure::EvensAt { lever }, format),
        }
    });
    views.collect()
}

fn scenarios(results: Results<'_>) -> Vec<ScenarioView> {
    let model = results.model;
    let known = model.scenarios.iter().zip(results.scenarios).enumerate();
    let views = known.map(|(index, (scenario, estimate))| {
        let sheet = Sheet::new(model, estimate, results.words);
        let recommendation = estimate.recommendation;
        let approaches = approaches(&sheet);
        let recommended = recommendation.approach.and_then(|at| approaches.get(at));
        ScenarioView {
            index,
            id: scenario.id.clone(),
            label: scenario.label.clone(),
            help: scenario.help.clone().unwrap_or_default(),
            recommended: recommended.map_or_else(String::new, |one| one.label.clone()),
            lowest: recommended.is_some_and(|one| one.lowest.on),
            close_call: recommendation.close_call,
            wins: recommended.map_or_else(String::new, |one| one.wins.text.clone()),
            approaches: approaches
                .into_iter()
                .map(|approach| ScenarioResult {
                    label: approach.label,
                    recommended: approach.recommended.on,
                    total: approach.total.p50.text,
                    p10: approach.total.p10.text,
                    p90: approach.total.p90.text,
                    cash: approach.cash.p50.text,
                    weeks: approach.weeks.map(|weeks| weeks.p50.text),
                })
                .collect(),
        }
    });
    views.collect()
}

fn sides(results: Results<'_>) -> Vec<SideView> {
    let model = results.model;
    let (Some(scenario), Some(estimate)) = (model.scenarios.first(), results.scenarios.first())
    else {
        return Vec::new();
    };
    let side = |selected, label: &str, estimate| {
        let sheet = Sheet::new(model, estimate, results.words);
        SideView {
            selected,
            label: label.to_owned(),
            approaches: approaches(&sheet),
            unfinished: sheet.flag(Figure::Unfinished),
            close_call: sheet.flag(Figure::CloseCall),
            late: sheet.flag(Figure::Late),
        }
    };
    vec![
        side(0, results.words.say("estimate_form"), results.default),
        side(1, &scenario.label, estimate),
    ]
}

fn named(name: &Name) -> Named {
    Named {
        id: name.id.clone(),
        label: name.label.clone(),
    }
}

fn indexed(names: &[Name]) -> impl Iterator<Item = (usize, &Name)> {
    names.iter().enumerate()
}

#[cfg(test)]
mod tests;
