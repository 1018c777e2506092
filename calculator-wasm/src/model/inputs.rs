//! What a visitor may set. It takes a model and one number per input, and gives the same numbers
//! made legal, or the first input that is not.

use super::Model;

/// One question to the visitor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    /// Which numbers make sense.
    pub kind: Kind,
    /// Smallest legal value.
    pub min: f64,
    /// Largest legal value.
    pub max: f64,
    /// What holds until the visitor sets something.
    pub default: f64,
}

/// Kind of an [`Input`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// A percentage, 0 to 100.
    Percent,
    /// Any number.
    Real,
    /// One of several answers, by its index.
    Choice,
}

/// Why inputs cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InputError {
    /// Not one value for each input.
    Count {
        /// Inputs of the model.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// Not a number.
    NotANumber {
        /// Index of the input.
        input: usize,
    },
    /// Below `min` or above `max`.
    OutOfRange {
        /// Index of the input.
        input: usize,
        /// Smallest legal value.
        min: f64,
        /// Largest legal value.
        max: f64,
    },
    /// A fraction where only whole numbers make sense.
    NotWhole {
        /// Index of the input.
        input: usize,
        /// Smallest legal value.
        min: f64,
        /// Largest legal value.
        max: f64,
    },
}

impl InputError {
    /// The place of the input that is wrong, 0 if the count is.
    pub fn input(self) -> usize {
        match self {
            Self::Count { .. } => 0,
            Self::NotANumber { input }
            | Self::OutOfRange { input, .. }
            | Self::NotWhole { input, .. } => input,
        }
    }
}

impl Kind {
    /// Whether only whole numbers make sense.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Int | Self::Choice)
    }
}

impl Model {
    /// Refuses inputs that this model cannot be computed for.
    pub fn check_inputs(&self, values: &[f64]) -> Result<(), InputError> {
        check(self.inputs.iter().copied(), values)
    }

    /// Moves every value to the nearest legal one; what is missing or no number becomes the
    /// default.
    pub fn clamp_inputs(&self, values: &mut [f64]) {
        for (value, input) in values.iter_mut().zip(&self.inputs) {
            if value.is_nan() {
                *value = input.default;
            }
            *value = value.max(input.min).min(input.max);
            if input.kind.is_whole() {
                *value = round(*value);
            }
        }
    }

    /// The default of every input.
    pub fn defaults(&self) -> alloc::vec::Vec<f64> {
        self.inputs.iter().map(|input| input.default).collect()
    }
}

/// Refuses values that do not fit some inputs.
pub(super) fn check(
    inputs: impl ExactSizeIterator<Item = Input>,
    values: &[f64],
) -> Result<(), InputError> {
    let expected = inputs.len();
    if values.len() != expected {
        return Err(InputError::Count {
            expected,
            found: values.len(),
        });
    }
    for (input, (&value, Input { kind, min, max, .. })) in values.iter().zip(inputs).enumerate() {
        if value.is_nan() {
            return Err(InputError::NotANumber { input });
        }
        if value < min || value > max {
            return Err(InputError::OutOfRange { input, min, max });
        }
        if kind.is_whole() && value != round(value) {
            return Err(InputError::NotWhole { input, min, max });
        }
    }
    Ok(())
}

/// The nearest whole number, halves away from zero. (Whole numbers beyond the integers of the
/// machine saturate.)
fn round(value: f64) -> f64 {
    (value + if value < 0.0 { -0.5 } else { 0.5 }) as i64 as f64
}

#[cfg(test)]
mod tests {
    use super::{Input, InputError, Kind};
    use crate::model::Model;
    use crate::model::example::small;

    fn asking(kind: Kind, min: f64, max: f64) -> Model {
        Model {
            inputs: alloc::vec![Input {
                kind,
                min,
                max,
                default: min
            }],
            ..small()
        }
    }

    #[test]
    fn a_number_outside_the_range_is_refused_with_the_range() {
        let model = asking(Kind::Int, 1.0, 12.0);
        assert_eq!(model.check_inputs(&[12.0]), Ok(()));
        assert_eq!(
            model.check_inputs(&[99.0]),
            Err(InputError::OutOfRange {
                input: 0,
                min: 1.0,
                max: 12.0
            })
        );
        assert_eq!(
            model.check_inputs(&[f64::NEG_INFINITY]),
            Err(InputError::OutOfRange {
                input: 0,
                min: 1.0,
                max: 12.0
            })
        );
        assert_eq!(
            model.check_inputs(&[f64::NAN]),
            Err(InputError::NotANumber { input: 0 })
        );
        assert_eq!(
            model.check_inputs(&[]),
            Err(InputError::Count {
                expected: 1,
                found: 0
            })
        );
    }

    #[test]
    fn only_whole_numbers_count_or_choose() {
        let fraction = [1.5];
        let refused = Err(InputError::NotWhole {
            input: 0,
            min: 0.0,
            max: 3.0,
        });
        assert_eq!(asking(Kind::Int, 0.0, 3.0).check_inputs(&fraction), refused);
        assert_eq!(
            asking(Kind::Choice, 0.0, 3.0).check_inputs(&fraction),
            refused
        );
        assert_eq!(asking(Kind::Real, 0.0, 3.0).check_inputs(&fraction), Ok(()));
        assert_eq!(
            asking(Kind::Percent, 0.0, 100.0).check_inputs(&fraction),
            Ok(())
        );
    }

    #[test]
    fn clamping_makes_anything_legal() {
        let model = asking(Kind::Int, -2.0, 12.0);
        for (given, legal) in [
            (99.0, 12.0),
            (-1.6, -2.0),
            (3.4, 3.0),
            (f64::NAN, -2.0),
            (f64::INFINITY, 12.0),
        ] {
            let mut values = [given];
            model.clamp_inputs(&mut values);
            assert_eq!(values, [legal], "from {given}");
            assert_eq!(model.check_inputs(&values), Ok(()));
        }
    }
}
