//! The figures and charts of one estimate, to be looked up by what they are. A view of one says what
//! the page shows and the slot by which the widget finds it again.

use serde::Serialize;
use tallypress_calculator::charts::{Drawing, draw, draw_study};
use tallypress_calculator::figures::{Figure, Stat, Unit, list, list_study};
use tallypress_calculator::model::{Engine, Estimate, Series, Study};

use crate::estimate::EstimateModel;
use crate::estimate::report::series_name;
use crate::words::Words;

/// A number on the page.
#[derive(Clone, Debug, Serialize)]
pub struct FigureView {
    pub slot: usize,
    /// How it is written: `money`, `weeks`, `share` or `number`.
    pub unit: &'static str,
    pub value: f64,
    pub text: String,
    /// Whether it is a time that never comes.
    pub never: bool,
}

/// A path of a chart.
#[derive(Clone, Debug, Serialize)]
pub struct DrawView {
    pub draw: usize,
    /// For its `d`.
    pub path: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct FlagView {
    pub slot: usize,
    pub on: bool,
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
    /// From p10 to p90, and the median, for costs and times.
    pub range: Option<DrawView>,
    pub middle: Option<DrawView>,
}

/// An estimate of a model, with what is known about it.
pub struct Sheet<'a> {
    pub model: &'a EstimateModel,
    pub words: &'a Words,
    /// In the order of their slots.
    figures: Vec<(Figure, f64)>,
    drawings: Vec<(Drawing, String)>,
    estimate: &'a Estimate,
}

impl<'a> Sheet<'a> {
    pub fn new(model: &'a EstimateModel, estimate: &'a Estimate, words: &'a Words) -> Self {
        let mut drawings = Vec::new();
        draw(&mut drawings, &estimate.sheet);
        Self {
            model,
            words,
            figures: list(&estimate.sheet),
            drawings,
            estimate,
        }
    }

    /// With a study of the estimate.
    pub fn with_study(mut self, study: &Study, engine: &Engine) -> Self {
        list_study(&mut self.figures, study, engine);
        draw_study(&mut self.drawings, study, &self.estimate.sheet);
        self
    }

    pub fn has(&self, figure: Figure) -> bool {
        self.figures.iter().any(|(other, _)| *other == figure)
    }

    /// The slot and value of a figure. One that this model does not have gets a slot that no page
    /// has either.
    fn look_up(&self, figure: Figure) -> (usize, f64) {
        let found = self.figures.iter().position(|(other, _)| *other == figure);
        found.map_or((usize::MAX, f64::NAN), |slot| (slot, self.figures[slot].1))
    }

    pub fn figure(&self, figure: Figure) -> FigureView {
        self.figure_as(figure, figure.unit())
    }

    /// A figure that is written in another unit than its own.
    pub fn figure_as(&self, figure: Figure, unit: Unit) -> FigureView {
        let (slot, value) = self.look_up(figure);
        FigureView {
            slot,
            unit: match unit {
                Unit::Money => "money",
                Unit::Weeks => "weeks",
                Unit::Share => "share",
                Unit::Number | Unit::Flag | Unit::Plain => "number",
            },
            value,
            text: self.words.figure(unit, value, &self.model.currency),
            never: value == f64::INFINITY,
        }
    }

    pub fn flag(&self, figure: Figure) -> FlagView {
        let (slot, value) = self.look_up(figure);
        FlagView {
            slot,
            on: value != 0.0,
        }
    }

    pub fn drawing(&self, drawing: Drawing) -> DrawView {
        let found = self
            .drawings
            .iter()
            .position(|(other, _)| *other == drawing);
        DrawView {
            draw: found.unwrap_or(usize::MAX),
            path: found.map_or_else(String::new, |place| self.drawings[place].1.clone()),
        }
    }

    fn optional_drawing(&self, drawing: Drawing) -> Option<DrawView> {
        let view = self.drawing(drawing);
        (view.draw != usize::MAX).then_some(view)
    }

    pub fn range(&self, approach: usize, series: Series, label: &str) -> RangeView {
        let figure = |stat| {
            self.figure(Figure::Series {
                approach,
                series,
                stat,
            })
        };
        RangeView {
            id: series_name(self.model, series),
            label: label.to_owned(),
            mean: figure(Stat::Mean),
            p10: figure(Stat::P10),
            p50: figure(Stat::P50),
            p90: figure(Stat::P90),
            range: self.optional_drawing(Drawing::Range { approach, series }),
            middle: self.optional_drawing(Drawing::Middle { approach, series }),
        }
    }

    pub fn role_kind(&self, role: usize) -> &'static str {
        match self.model.model.roles.get(role) {
            Some(role) if role.cash => "cash",
            _ => "internal",
        }
    }
}
