//! What stands behind an answer: the largest risks, what would turn it, and what each input does
//! over its range. It costs some dozens of estimates, so it is made in steps, between which a page
//! can do other things.

use super::{Engine, InputError, Kind, Series, Sheet, Swing, Turn};
use alloc::vec::Vec;

/// Futures for curves, in which nobody reads a number off.
const COARSE: usize = 256;
/// Points of a curve over the range of a number.
const POINTS: f64 = 9.0;
/// Swings that are shown.
pub const STUDIES: usize = 8;

/// What has been found out so far.
#[derive(Clone, Debug, Default)]
pub struct Study {
    /// Of the total of the recommended approach, the largest first, at most [`STUDIES`].
    pub swings: Vec<Swing>,
    /// For each lever of the model.
    pub turns: Vec<Option<Turn>>,
    /// For each input.
    pub curves: Vec<Curve>,
    begun: bool,
    inputs: Vec<f64>,
    approach: usize,
}

/// Mean totals over the range of an input, all else as it is: for each point of equal distance the
/// total of each approach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve(pub Vec<Vec<f64>>);

impl Study {
    /// A study of an estimate, which has not begun.
    pub fn of(sheet: &Sheet, inputs: &[f64]) -> Self {
        Self {
            inputs: inputs.to_vec(),
            approach: sheet.recommendation.approach,
            ..Self::default()
        }
    }

    /// The whole study at once. `coarse` is [`Engine::sketch`].
    pub fn complete(
        sheet: &Sheet,
        inputs: &[f64],
        engine: &Engine,
        coarse: &Engine,
    ) -> Result<Self, InputError> {
        let mut study = Self::of(sheet, inputs);
        while study.advance(engine, coarse)? {}
        Ok(study)
    }

    /// The inputs that are studied.
    pub fn inputs(&self) -> &[f64] {
        &self.inputs
    }

    /// Takes the next step; false if there is none.
    pub fn advance(&mut self, engine: &Engine, coarse: &Engine) -> Result<bool, InputError> {
        if !self.begun {
            self.begun = true;
            self.swings = engine.tornado(&self.inputs, Series::TOTAL, self.approach)?;
            self.swings.truncate(STUDIES);
        } else if self.turns.len() < engine.levers().len() {
            let turn = engine.turn(&self.inputs, engine.program.lever(self.turns.len()))?;
            self.turns.push(turn);
        } else if self.curves.len() < self.inputs.len() {
            let curve = coarse.curve(&self.inputs, self.curves.len());
            self.curves.push(curve);
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl Engine {
    /// The same model with just enough futures for curves.
    pub fn sketch(&self) -> Self {
        self.coarse(COARSE)
    }

    /// What an input does; at each of its answers if it is a choice.
    fn curve(&self, inputs: &[f64], place: usize) -> Curve {
        let mut inputs = inputs.to_vec();
        let mut curve = Curve::default();
        let input = self.program.input(place);
        let last = match input.kind {
            Kind::Choice => input.max - input.min,
            _ => POINTS - 1.0,
        };
        let mut point = 0.0;
        while point <= last {
            // A single answer has no range.
            let share = if last > 0.0 { point / last } else { 0.0 };
            inputs[place] = input.min + (input.max - input.min) * share;
            curve.0.push(self.totals(&inputs));
            point += 1.0;
        }
        curve
    }
}
