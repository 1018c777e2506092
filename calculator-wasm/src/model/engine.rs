//! The engine: a checked model and its tables of quantiles. It takes inputs and gives estimates.

use super::estimate::{Estimate, Outcome, Recommendation, mean, wins};
use super::futures::Futures;
use super::pert::Tables;
use super::plan::Plan;
use super::{Flaw, InputError, Model, Series};
use alloc::vec::Vec;

/// Computes estimates of one model.
#[derive(Clone, Debug)]
pub struct Engine {
    model: Model,
    tables: Tables,
}

impl Engine {
    /// Prepares a model. Most of the time goes into its tables of quantiles.
    pub fn new(model: Model) -> Result<Self, Flaw> {
        model.check()?;
        let tables = Tables::new(model.samples).with(model.samples, &model.numbers);
        Ok(Self { model, tables })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Takes an edited model in place of the present one; only tables whose shape changed are
    /// built. After an error the engine is as before.
    pub fn replace(&mut self, model: Model) -> Result<(), Flaw> {
        model.check()?;
        let tables = core::mem::replace(&mut self.tables, Tables::new(model.samples));
        self.tables = tables.with(model.samples, &model.numbers);
        self.model = model;
        Ok(())
    }

    /// The estimate for one value per input.
    pub fn estimate(&self, inputs: &[f64]) -> Result<Estimate, InputError> {
        self.model.check_inputs(inputs)?;
        let mut totals: Vec<Vec<f64>> = Vec::with_capacity(self.model.approaches);
        let mut approaches = Vec::with_capacity(self.model.approaches);
        for approach in 0..self.model.approaches {
            let futures = self.simulate(inputs, approach);
            totals.push(futures.column(Series::Total).to_vec());
            approaches.push(Outcome::of(futures, &self.model));
        }
        let wins = wins(&totals, self.model.samples);
        let mean_totals: Vec<f64> = totals.iter().map(|column| mean(column)).collect();
        Ok(Estimate {
            recommendation: Recommendation::new(&self.model, &mean_totals, &wins),
            wins,
            approaches,
        })
    }

    /// One approach in every future.
    pub(super) fn futures(&self, inputs: &[f64], approach: usize) -> Result<Futures, InputError> {
        self.model.check_inputs(inputs)?;
        Ok(self.simulate(inputs, approach))
    }

    /// As `futures`, for inputs that have one value per input, if not a legal one.
    pub(super) fn simulate(&self, inputs: &[f64], approach: usize) -> Futures {
        Futures::new(&Plan::new(&self.model, &self.tables, inputs, approach))
    }
}
