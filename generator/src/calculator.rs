//! An estimate as a page shows it. Takes a model, the layout of its figures and
//! what the engine computed; gives the data for the calculator's template, or one
//! figure as text for a sentence. The texts are those that a browser's
//! `Intl.NumberFormat` gives in English, because the widget continues them.

mod number_text;
mod sentence;

use serde::Serialize;
use tallypress_calculator::figures::{Axis, Edge, Figure, Layout, Stat, Unit, input_figure};
use tallypress_calculator::model::{Estimate, Input, Kind, Series};

use crate::estimate::report::series_name;
use crate::estimate::{EstimateModel, Name, Question};

use number_text::text;
pub use sentence::{WrongArgument, figure_text};

/// Addresses of the files that a calculator loads.
#[derive(Clone, Debug)]
pub struct Urls {
    pub model: String,
    pub widget: String,
    pub wasm: String,
}

/// Everything that the calculator's template shows.
#[derive(Clone, Debug, Serialize)]
pub struct CalculatorView {
    /// Different for each calculator of a page; ids of elements begin with it.
    pub id: String,
    pub model_url: String,
    pub widget_url: String,
    pub wasm_url: String,
    /// Such as `USD`.
    pub currency: String,
    /// How many futures are simulated, such as `2,048`.
    pub samples: String,
    pub inputs: Vec<InputView>,
    pub approaches: Vec<ApproachView>,
    pub phases: Vec<Named>,
    pub roles: Vec<RoleView>,
    pub close_call: FlagView,
    /// Whether the first approach is recommended, as good enough if not the best.
    pub sufficient: FlagView,
    /// Within how many percent of the lowest total that is, such as `5`.
    pub sufficient_percent: String,
    pub scales: Scales,
}

/// A number on the page, which the widget finds again by its slot.
#[derive(Clone, Debug, Serialize)]
pub struct FigureView {
    pub slot: usize,
    pub value: f64,
    pub text: String,
}

/// A length in a chart, in percent of its width.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    pub slot: usize,
    /// Such as `41.3%`.
    pub value: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct FlagView {
    pub slot: usize,
    pub on: bool,
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
pub struct InputView {
    pub index: usize,
    pub id: String,
    /// `int`, `percent`, `real` or `choice`.
    pub kind: &'static str,
    pub label: String,
    /// Empty if the model says nothing more.
    pub help: String,
    // Numbers as HTML writes them.
    pub min: String,
    pub max: String,
    pub step: String,
    pub value: String,
    /// The default, written for people.
    pub text: String,
    /// The answers of a choice.
    pub options: Vec<ChoiceView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    pub index: usize,
    pub label: String,
    pub selected: bool,
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
    /// Cash, internal, delay and total.
    pub cost: Vec<RangeView>,
    /// The rows `cash` and `total` of `cost` once more.
    pub cash: RangeView,
    pub total: RangeView,
    /// Until the last milestone.
    pub weeks: RangeView,
    pub milestones: Vec<RangeView>,
    /// Those that the model has of `accepted`, `pack_week2`, `adoption_month2` and `quality_month3`.
    pub quality: Vec<RangeView>,
    pub phases: Vec<PhaseView>,
    pub roles: Vec<RoleHours>,
}

/// A series as mean and range.
#[derive(Clone, Debug, Serialize)]
pub struct RangeView {
    pub id: String,
    pub label: String,
    pub mean: FigureView,
    pub p10: FigureView,
    pub p50: FigureView,
    pub p90: FigureView,
    /// From p10 to p90, for costs and times.
    pub bar: Option<BarView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct BarView {
    pub x: PlaceView,
    pub width: PlaceView,
    /// The median.
    pub mid: PlaceView,
}

#[derive(Clone, Debug, Serialize)]
pub struct PhaseView {
    pub id: String,
    pub label: String,
    pub cash: RangeView,
    pub internal: RangeView,
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
    pub bar: SegmentView,
}

#[derive(Clone, Debug, Serialize)]
pub struct SegmentView {
    pub x: PlaceView,
    pub width: PlaceView,
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

/// The calculator with the default inputs, for which `estimate` was made. `number` counts the
/// calculators of a page.
pub fn view(
    model: &EstimateModel,
    layout: &Layout,
    estimate: &Estimate,
    urls: &Urls,
    number: usize,
) -> CalculatorView {
    let sheet = Sheet::new(model, layout, estimate);
    let scale = |axis| ScaleView {
        middle: sheet.figure(Figure::ScaleMiddle(axis)),
        end: sheet.figure(Figure::Scale(axis)),
    };
    CalculatorView {
        id: match number {
            1 => model.id.clone(),
            _ => format!("{}-{number}", model.id),
        },
        model_url: urls.model.clone(),
        widget_url: urls.widget.clone(),
        wasm_url: urls.wasm.clone(),
        currency: model.currency.clone(),
        samples: text(Unit::Number, model.model.samples as f64, &model.currency),
        inputs: model
            .inputs
            .iter()
            .zip(&model.model.inputs)
            .enumerate()
            .map(|(index, (question, input))| input_view(index, question, input, &model.currency))
            .collect(),
        approaches: indexed(&model.approaches)
            .map(|(approach, name)| sheet.approach(approach, name))
            .collect(),
        phases: indexed(&model.phases)
            .map(|(_, Name { id, label })| Named {
                id: id.clone(),
                label: label.clone(),
            })
            .collect(),
        roles: indexed(&model.roles)
            .map(|(role, Name { id, label })| RoleView {
                id: id.clone(),
                label: label.clone(),
                kind: sheet.role_kind(role),
            })
            .collect(),
        close_call: sheet.flag(Figure::CloseCall),
        sufficient: sheet.flag(Figure::Sufficient),
        sufficient_percent: text(
            Unit::Number,
            (model.model.sufficient * 10_000.0).round() / 100.0,
            &model.currency,
        ),
        scales: Scales {
            cost: scale(Axis::Cost),
            weeks: scale(Axis::Weeks),
            hours: scale(Axis::Hours),
        },
    }
}

/// The figures of one estimate, to be looked up by what they are.
struct Sheet<'a> {
    model: &'a EstimateModel,
    /// In the order of their slots.
    figures: Vec<(Figure, f64)>,
}

impl<'a> Sheet<'a> {
    fn new(model: &'a EstimateModel, layout: &Layout, estimate: &Estimate) -> Self {
        Self {
            model,
            figures: layout.list(estimate),
        }
    }

    /// The slot and value of a figure. One that this model does not have gets a slot that no page has either.
    fn look_up(&self, figure: Figure) -> (usize, f64) {
        let found = self
            .figures
            .iter()
            .enumerate()
            .find(|(_, (other, _))| *other == figure);
        found.map_or((usize::MAX, f64::NAN), |(slot, (_, value))| (slot, *value))
    }

    fn figure(&self, figure: Figure) -> FigureView {
        let (slot, value) = self.look_up(figure);
        FigureView {
            slot,
            value,
            text: text(figure.unit(), value, &self.model.currency),
        }
    }

    fn flag(&self, figure: Figure) -> FlagView {
        let (slot, value) = self.look_up(figure);
        FlagView {
            slot,
            on: value != 0.0,
        }
    }

    fn place(&self, figure: Figure) -> PlaceView {
        let (slot, value) = self.look_up(figure);
        PlaceView {
            slot,
            value: format!("{value}%"),
        }
    }

    fn approach(&self, approach: usize, name: &Name) -> ApproachView {
        let range = |series, label: &str| self.range(approach, series, label);
        let cash = range(Series::Cash, "Cash");
        let total = range(Series::Total, "Total");
        let quality = [
            (Series::Accepted, "Weeks until quality reaches its target"),
            (Series::PackWeek2, "Quality in week 2"),
            (Series::AdoptionMonth2, "Adoption in month 2"),
            (Series::QualityMonth3, "Quality in month 3"),
        ];
        let has = |series: &Series| self.model.model.series().contains(series);
        ApproachView {
            id: name.id.clone(),
            label: name.label.clone(),
            recommended: self.flag(Figure::Recommended { approach }),
            lowest: self.flag(Figure::Lowest { approach }),
            wins: self.figure(Figure::Wins { approach }),
            cost: vec![
                cash.clone(),
                range(Series::Internal, "Own time"),
                range(Series::Delay, "Cost of delay"),
                total.clone(),
            ],
            cash,
            total,
            weeks: range(Series::Weeks, "Everything done"),
            milestones: indexed(&self.model.milestones)
                .map(|(milestone, name)| range(Series::WeeksMilestone(milestone), &name.label))
                .collect(),
            quality: quality
                .iter()
                .filter(|(series, _)| has(series))
                .map(|(series, label)| range(*series, label))
                .collect(),
            phases: indexed(&self.model.phases)
                .map(|(phase, name)| self.phase(approach, phase, name))
                .collect(),
            roles: indexed(&self.model.roles)
                .map(|(role, Name { id, label })| RoleHours {
                    id: id.clone(),
                    label: label.clone(),
                    kind: self.role_kind(role),
                    hours: self.figure(Figure::RoleHours { approach, role }),
                    phases: (0..self.model.phases.len())
                        .map(|phase| {
                            self.figure(Figure::Hours {
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

    fn range(&self, approach: usize, series: Series, label: &str) -> RangeView {
        let figure = |stat| {
            self.figure(Figure::Series {
                approach,
                series,
                stat,
            })
        };
        let bar = |edge| Figure::Bar {
            approach,
            series,
            edge,
        };
        RangeView {
            id: series_name(self.model, series),
            label: label.to_owned(),
            mean: figure(Stat::Mean),
            p10: figure(Stat::P10),
            p50: figure(Stat::P50),
            p90: figure(Stat::P90),
            bar: self
                .figures
                .iter()
                .any(|(figure, _)| *figure == bar(Edge::Start))
                .then(|| BarView {
                    x: self.place(bar(Edge::Start)),
                    width: self.place(bar(Edge::Width)),
                    mid: self.place(bar(Edge::Middle)),
                }),
        }
    }

    fn phase(&self, approach: usize, phase: usize, name: &Name) -> PhaseView {
        let segment = |role, edge| {
            self.place(Figure::Segment {
                approach,
                phase,
                role,
                edge,
            })
        };
        PhaseView {
            id: name.id.clone(),
            label: name.label.clone(),
            cash: self.range(approach, Series::CashPhase(phase), "Cash"),
            internal: self.range(approach, Series::InternalPhase(phase), "Own time"),
            hours: self.figure(Figure::PhaseHours { approach, phase }),
            roles: indexed(&self.model.roles)
                .map(|(role, Name { id, label })| PhaseRole {
                    id: id.clone(),
                    label: label.clone(),
                    hours: self.figure(Figure::Hours {
                        approach,
                        role,
                        phase,
                    }),
                    leads: self.flag(Figure::Leads {
                        approach,
                        phase,
                        role,
                    }),
                    bar: SegmentView {
                        x: segment(role, Edge::Start),
                        width: segment(role, Edge::Width),
                    },
                })
                .collect(),
        }
    }

    fn role_kind(&self, role: usize) -> &'static str {
        match self.model.model.roles.get(role) {
            Some(role) if role.cash => "cash",
            _ => "internal",
        }
    }
}

fn input_view(index: usize, question: &Question, input: &Input, currency: &str) -> InputView {
    InputView {
        index,
        id: question.id.clone(),
        kind: match input.kind {
            Kind::Int => "int",
            Kind::Percent => "percent",
            Kind::Real => "real",
            Kind::Choice => "choice",
        },
        label: question.label.clone(),
        help: question.help.clone().unwrap_or_default(),
        min: input.min.to_string(),
        max: input.max.to_string(),
        step: step(input),
        value: input.default.to_string(),
        text: input_text(question, input.kind, input.default, currency),
        options: question
            .options
            .iter()
            .enumerate()
            .map(|(index, label)| ChoiceView {
                index,
                label: label.clone(),
                selected: index as f64 == input.default,
            })
            .collect(),
    }
}

/// The step of a slider: the largest of 1, 0.5, 0.2, 0.1 and so on that gives at least 20 steps
/// and comes past the default.
fn step(input: &Input) -> String {
    if input.kind != Kind::Real {
        return "1".to_owned();
    }
    let comes_past = |step: &f64| {
        let steps = (input.default - input.min) / step;
        (steps - steps.round()).abs() < 1e-9
    };
    [1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01]
        .into_iter()
        .filter(|step| (input.max - input.min) / step >= 20.0)
        .find(comes_past)
        .map_or_else(|| "any".to_owned(), |step| step.to_string())
}

fn input_text(question: &Question, kind: Kind, value: f64, currency: &str) -> String {
    match question.options.get(value as usize) {
        Some(option) => option.clone(),
        None => {
            let (unit, figure) = input_figure(kind, value);
            text(unit, figure, currency)
        }
    }
}

fn indexed(names: &[Name]) -> impl Iterator<Item = (usize, &Name)> {
    names.iter().enumerate()
}

#[cfg(test)]
mod tests {
    use tallypress_calculator::figures::Layout;
    use tallypress_calculator::model::Engine;

    use super::{Urls, step, view};
    use crate::estimate::{self, EstimateModel};

    pub(super) fn model() -> EstimateModel {
        let source = include_str!("../../content/estimates/cto-or-partner.toml");
        let (model, diagnostics) = estimate::parse("cto-or-partner.toml", source);
        assert_eq!(diagnostics, []);
        model.expect("a sound model")
    }

    #[test]
    fn a_slider_comes_past_its_default() {
        let model = model();
        let steps: Vec<String> = model.model.inputs.iter().map(step).collect();
        assert_eq!(steps[13..], ["0.1", "0.2", "1"]);
        assert!(steps[..13].iter().all(|step| step == "1"));
    }

    #[test]
    fn every_slot_of_the_view_shows_what_is_in_it() {
        let model = model();
        let defaults = model.model.defaults();
        let engine = Engine::new(model.model.clone()).expect("a sound model");
        let estimate = engine.estimate(&defaults).expect("legal inputs");
        let layout = Layout::new(&model.model);
        let urls = Urls {
            model: "/m.bin".to_owned(),
            widget: "/w.js".to_owned(),
            wasm: "/w.wasm".to_owned(),
        };
        let view = view(&model, &layout, &estimate, &urls, 2);
        assert_eq!(view.id, "cto-or-partner-2");
        assert_eq!(view.sufficient_percent, "5");

        let figures = layout.list(&estimate);
        let mut slots = Vec::new();
        let json = serde_json::to_value(&view).expect("plain data");
        collect_slots(&json, &mut slots);
        for (slot, shown) in &slots {
            let (figure, value) = figures[*slot];
            match shown {
                serde_json::Value::Bool(on) => assert_eq!(*on, value == 1.0, "{figure:?}"),
                serde_json::Value::Number(number) => {
                    assert_eq!(number.as_f64(), Some(value), "{figure:?}")
                }
                other => assert_eq!(other, &format!("{value}%"), "{figure:?}"),
            }
        }
        slots.sort_by_key(|(slot, _)| *slot);
        slots.dedup_by_key(|(slot, _)| *slot);
        assert_eq!(slots.len(), figures.len(), "each figure has its place");
    }

    fn collect_slots(json: &serde_json::Value, slots: &mut Vec<(usize, serde_json::Value)>) {
        match json {
            serde_json::Value::Array(items) => {
                items.iter().for_each(|item| collect_slots(item, slots))
            }
            serde_json::Value::Object(fields) => {
                if let Some(slot) = fields.get("slot").and_then(serde_json::Value::as_u64) {
                    let shown = fields
                        .get("value")
                        .or_else(|| fields.get("on"))
                        .expect("a value");
                    slots.push((slot as usize, shown.clone()));
                }
                fields
                    .values()
                    .for_each(|field| collect_slots(field, slots));
            }
            _ => {}
        }
    }
}
