//! What stands behind an answer: the largest risks, what would turn it, and what each input does
//! over its range. It costs some dozens of estimates, so it is made in steps, between which a page
//! can do other things.

use super::{Engine, InputError, Series, Sheet, Swing, Turn};
use alloc::vec::Vec;

/// Futures for curves, in which nobody reads a number off.
const COARSE: usize = 256;
/// Swings that are shown.
pub const SWINGS: usize = 8;

/// What has been found out so far.
#[derive(Clone, Debug, Default)]
pub struct Study {
    /// Of the total of the approach that is studied, the largest first, at most [`SWINGS`].
    pub swings: Vec<Swing>,
    /// For each lever of the model.
    pub turns: Vec<Option<Turn>>,
    /// For each input, the mean totals of all approaches, one after the other, at points of equal
    /// distance over its range; infinite for what is never finished.
    pub curves: Vec<Vec<f64>>,
    begun: bool,
    inputs: Vec<f64>,
    approach: usize,
}

impl Study {
    /// A study of an estimate, which has not begun.
    pub fn of(sheet: &Sheet, inputs: &[f64]) -> Self {
        Self {
            inputs: inputs.to_vec(),
            approach: sheet.recommendation.studied(),
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
            self.swings.truncate(SWINGS);
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
}
