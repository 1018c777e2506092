//! What an estimate hangs on (MODEL.md, section 7): which uncertain number moves a result most, and
//! at which value of an input two approaches cost the same. Both use the futures of the estimate
//! itself.

use super::estimate::mean;
use super::lattice::Walk;
use super::{Engine, InputError, Kind, Series};
use alloc::vec::Vec;

/// Something that can be moved to see where an answer turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lever {
    /// An input of the model that is no choice.
    Input(usize),
    /// An assumption, by its place in [`super::Model::assumptions`]: its range moves along with its
    /// most likely value.
    Assumption(usize),
}

/// One bar of a tornado diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The risk variable.
    pub variable: usize,
    /// Mean of the output where it is in its lowest fifth.
    pub low: f64,
    /// Mean of the output where it is in its highest fifth.
    pub high: f64,
}

impl Swing {
    /// How far the output moves.
    pub fn size(&self) -> f64 {
        (self.high - self.low).abs()
    }
}

/// Pieces into which the range of an input is cut in search of a break-even.
const PIECES: u32 = 16;

impl Engine {
    /// How far each risk variable moves the mean of a series in an approach, the largest swing
    /// first.
    ///
    /// Empty if the model has no such series or approach.
    pub fn tornado(
        &self,
        inputs: &[f64],
        series: Series,
        approach: usize,
    ) -> Result<Vec<Swing>, InputError> {
        let model = self.model();
        if approach >= model.approaches {
            return Ok(Vec::new());
        }
        let futures = self.futures(inputs, approach)?;
        let column = futures.column(series);
        if column.is_empty() {
            return Ok(Vec::new());
        }
        let fifth = model.samples / 5;
        let mut swings = Vec::new();
        for variable in 0..model.variables() {
            let walk = Walk::new(variable, model.samples, model.seed);
            let (mut low, mut high) = (0.0, 0.0);
            for (future, value) in column.iter().enumerate() {
                let stratum = walk.stratum(future);
                if stratum < fifth {
                    low += value;
                } else if stratum >= model.samples - fifth {
                    high += value;
                }
            }
            let swing = Swing {
                variable,
                low: low / fifth as f64,
                high: high / fifth as f64,
            };
            // Few enough that sorting is finding the place.
            let place = swings
                .iter()
                .position(|other: &Swing| other.size() < swing.size());
            swings.insert(place.unwrap_or(swings.len()), swing);
        }
        Ok(swings)
    }

    /// The value of one input, others as they are, at which two approaches have the same mean
    /// total; the one nearest to the present value if there are several, `None` if one approach is
    /// always cheaper or the input is a choice.
    ///
    /// A whole-number input is taken as continuous, so that "from about 14.3 hours" can be said.
    pub fn break_even(
        &self,
        inputs: &[f64],
        input: usize,
        a: usize,
        b: usize,
    ) -> Result<Option<f64>, InputError> {
        let model = self.model();
        model.check_inputs(inputs)?;
        let Some(range) = model
            .inputs
            .get(input)
            .filter(|range| range.kind != Kind::Choice)
        else {
            return Ok(None);
        };
        if a >= model.approaches || b >= model.approaches {
            return Ok(None);
        }
        let mut values = inputs.to_vec();
        let mut difference = |value: f64| {
            values[input] = value;
            let [first, second] =
                [a, b].map(|approach| mean(self.simulate(&values, approach).column(Series::Total)));
            first - second
        };

        let present = inputs[input];
        let mut nearest: Option<(f64, f64, bool)> = None;
        let (mut left, mut left_sign) = (range.min, difference(range.min) > 0.0);
        for piece in 1..=PIECES {
            let right = range.min + (range.max - range.min) * f64::from(piece) / f64::from(PIECES);
            let right_sign = difference(right) > 0.0;
            let distance = |(from, to, _): (f64, f64, bool)| ((from + to) / 2.0 - present).abs();
            let found = (left, right, left_sign);
            if left_sign != right_sign
                && nearest.is_none_or(|other| distance(found) < distance(other))
            {
                nearest = Some(found);
            }
            (left, left_sign) = (right, right_sign);
        }
        let Some((mut low, mut high, sign)) = nearest else {
            return Ok(None);
        };
        // 40 halvings leave less than the last digit that anybody shows.
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if (difference(middle) > 0.0) == sign {
                low = middle;
            } else {
                high = middle;
            }
        }
        Ok(Some((low + high) / 2.0))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::example::{question, small};
    use crate::model::{Engine, Expense, Series};
    use alloc::vec;

    #[test]
    fn a_number_swings_the_output_between_the_means_of_its_outer_fifths() {
        let mut model = small();
        model.activities[0].work = vec![model.add(10.0, 20.0, 60.0)];
        let engine = Engine::new(model).unwrap();
        let swings = engine.tornado(&[], Series::Internal, 0).unwrap();
        assert_eq!(swings[0].variable, 2);
        // Means of Beta(1.8, 4.2) below its 0.2 and above its 0.8 quantile, by numeric integration.
        let [low, high] = [swings[0].low, swings[0].high].map(|money| money / 100.0);
        assert!((low - LOW).abs() < 0.05, "{low}");
        assert!((high - HIGH).abs() < 0.05, "{high}");
        assert!(
            swings[1..].iter().all(|swing| swing.size() < 50.0),
            "{swings:?}"
        );
    }

    const LOW: f64 = 14.2994;
    const HIGH: f64 = 38.3371;

    #[test]
    fn swings_come_largest_first() {
        let mut model = small();
        let (little, much) = (model.add(1.0, 2.0, 3.0), model.add(10.0, 20.0, 30.0));
        model.activities[0].work = vec![little, much];
        let engine = Engine::new(model).unwrap();
        let swings = engine.tornado(&[], Series::Total, 0).unwrap();
        assert_eq!([swings[0].variable, swings[1].variable], [3, 2]);
        assert!(
            swings
                .windows(2)
                .all(|pair| pair[0].size() >= pair[1].size())
        );
        assert_eq!(engine.tornado(&[], Series::Accepted, 0).unwrap(), []);
        assert_eq!(engine.tornado(&[], Series::Total, 2).unwrap(), []);
    }

    #[test]
    fn two_approaches_cost_the_same_where_a_growing_expense_meets_a_constant_one() {
        let mut model = small();
        model.inputs = vec![question(10.0), question(10.0)];
        let growing = model.add(50.0, 100.0, 150.0);
        model.numbers[growing].drivers = vec![0];
        let constant = model.add_certain(1234.5);
        model.expenses = vec![
            Expense {
                price: growing,
                approaches: vec![0],
            },
            Expense {
                price: constant,
                approaches: vec![1],
            },
        ];
        let engine = Engine::new(model).unwrap();
        let found = engine.break_even(&[10.0, 10.0], 0, 0, 1).unwrap().unwrap();
        assert!((found - 12.345).abs() < 1e-6, "{found}");
        assert_eq!(engine.break_even(&[10.0, 10.0], 1, 0, 1), Ok(None));
        assert_eq!(engine.break_even(&[10.0, 10.0], 7, 0, 1), Ok(None));
        assert!(engine.break_even(&[10.0], 0, 0, 1).is_err());
    }

    #[test]
    fn of_several_break_evens_the_nearest_counts() {
        let mut model = small();
        model.inputs = vec![question(10.0)];
        let bump = model.add_certain(1.0);
        model.numbers[bump].scale = crate::model::Scale(vec![crate::model::Ramp {
            input: 0,
            points: [(0.0, 0.0), (50.0, 100.0), (100.0, 0.0)]
                .map(|(x, y)| crate::model::Point { x, y })
                .to_vec(),
        }]);
        let flat = model.add_certain(60.0);
        model.expenses = vec![
            Expense {
                price: bump,
                approaches: vec![0],
            },
            Expense {
                price: flat,
                approaches: vec![1],
            },
        ];
        let engine = Engine::new(model).unwrap();
        for (present, expected) in [(10.0, 30.0), (90.0, 70.0)] {
            let found = engine.break_even(&[present], 0, 0, 1).unwrap().unwrap();
            assert!((found - expected).abs() < 1e-6, "from {present}: {found}");
        }
    }
}
