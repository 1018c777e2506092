//! The engine: a program and its tables of quantiles. It takes inputs and gives estimates.

use super::binary::DecodeError;
use super::estimate::{Estimate, Sheet};
use super::futures::Futures;
use super::pert::Tables;
use super::plan::Plan;
use super::program::Program;
use super::{Flaw, Input, InputError, Lever, Model, Pert, Setting, inputs};
use alloc::vec::Vec;

/// Computes estimates of one model.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) program: Program,
    pub(super) tables: Tables,
}

impl Engine {
    /// Prepares a model. Most of the time goes into its tables of quantiles.
    pub fn new(model: &Model) -> Result<Self, Flaw> {
        model.check()?;
        Ok(Self::of(Program::new(model)))
    }

    /// The engine that [`Engine::seal`] made bytes of.
    pub fn unseal(bytes: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self::of(Program::unseal(bytes)?))
    }

    /// The engine's model as bytes, for the widget. They are computed there without another check.
    pub fn seal(&self) -> Vec<u8> {
        self.program.seal()
    }

    /// The same model with fewer futures, a power of two, for sketches.
    pub fn coarse(&self, samples: usize) -> Self {
        let mut program = self.program.clone();
        program.facts.samples = samples;
        Self::of(program)
    }

    fn of(program: Program) -> Self {
        let mut engine = Self {
            tables: Tables::default(),
            program,
        };
        engine.tabulate();
        engine
    }

    /// Builds the tables that are missing.
    fn tabulate(&mut self) {
        let facts = &self.program.facts;
        let numbers = (0..facts.numbers).map(|number| self.program.assumption(number));
        self.tables.add(facts.samples, numbers);
    }

    /// How many approaches are compared.
    pub fn approaches(&self) -> usize {
        self.program.facts.approaches
    }

    /// The role that does the `team` hours of activities.
    pub fn team(&self) -> Option<usize> {
        self.program.facts.team
    }

    /// What a visitor may set.
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = Input> {
        (0..self.program.facts.inputs).map(|input| self.program.input(input))
    }

    /// The present assumptions, as [`Model::assumptions`].
    pub fn assumptions(&self) -> impl ExactSizeIterator<Item = Pert> {
        (0..self.program.facts.assumptions()).map(|place| self.program.assumption(place))
    }

    /// What the model names as turning the answer.
    pub fn levers(&self) -> impl ExactSizeIterator<Item = Lever> {
        (0..self.program.facts.levers).map(|lever| self.program.lever(lever))
    }

    /// What else a reader may change: the present numbers of each term.
    pub fn terms(&self) -> impl Iterator<Item = &[f64]> {
        let terms = self.program.terms();
        terms.map(|term| self.program.numbers(term))
    }

    /// Takes other numbers in place of the present ones: low, most likely and high of each assumption,
    /// then those of each term. Only tables whose shape is new are built. If some make no sense their
    /// place, among assumptions and then terms, is returned, and the engine is as before. Terms that
    /// are not given stay as they are.
    pub fn assume(&mut self, numbers: &[f64]) -> Result<(), usize> {
        let mut program = self.program.clone();
        let assumptions = program.facts.assumptions();
        let (perts, mut rest) = numbers
            .split_at_checked(3 * assumptions)
            .unwrap_or((numbers, &[]));
        for (place, numbers) in perts.chunks_exact(3).enumerate() {
            let pert = Pert {
                low: numbers[0],
                mode: numbers[1],
                high: numbers[2],
            };
            let domain = program.domain(place);
            if !(pert.is_ordered() && domain.holds(pert.low) && domain.holds(pert.high)) {
                return Err(place);
            }
            program.assume(place, pert);
        }
        let target = program.setting(Setting::QualityTarget);
        let sound = target > 0.0 && target < program.setting(Setting::QualityMax);
        if program.facts.pack && !sound {
            return Err(program.facts.numbers + Setting::QualityTarget as usize);
        }
        for (place, term) in self.program.terms().enumerate() {
            let count = program.numbers(term).len();
            let Some((numbers, behind)) = rest.split_at_checked(count) else {
                break;
            };
            if !term.kind.holds(numbers) {
                return Err(assumptions + place);
            }
            program.set(term, numbers);
            rest = behind;
        }
        self.program = program;
        self.tabulate();
        Ok(())
    }

    /// The estimate for one value per input.
    pub fn estimate(&self, inputs: &[f64]) -> Result<Estimate, InputError> {
        Ok(Estimate::of(self.sheet(inputs)?))
    }

    /// The same as one list of numbers.
    pub fn sheet(&self, inputs: &[f64]) -> Result<Sheet, InputError> {
        self.check_inputs(inputs)?;
        let plans: Vec<Plan> = (0..self.approaches())
            .map(|approach| self.plan(inputs, approach))
            .collect();
        Ok(Sheet::new(&self.program, Futures::of(&plans)))
    }

    /// Refuses inputs that the model cannot be computed for.
    pub fn check_inputs(&self, values: &[f64]) -> Result<(), InputError> {
        inputs::check(self.inputs(), values)
    }

    /// One approach, for inputs that have been checked.
    pub(super) fn plan(&self, inputs: &[f64], approach: usize) -> Plan<'_> {
        Plan::new(&self.program, &self.tables, inputs, approach)
    }
}

#[cfg(test)]
mod tests;
