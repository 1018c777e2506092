//! Terms: what a model computes with besides its uncertain numbers and settings, such as the points of a
//! ramp or who does which part of an activity. A reader may change these, too. In a program a term is some
//! words one after the other, and `words` notes where they are.

use super::{Domain, LARGEST};

/// What a term is for, by places in the lists of a [`super::Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermSubject {
    /// A ramp of a number's scale.
    Number { number: usize, ramp: usize },
    /// Hours a week: whatever the input, and for each unit of it.
    Capacity { role: usize },
    /// A ramp of what an hour is worth elsewhere.
    Worth { role: usize, ramp: usize },
    /// Hours of the team for each hour of work.
    Team { activity: usize },
    /// A ramp of an activity's work.
    Work { activity: usize, ramp: usize },
    /// A ramp of an activity's work in one approach.
    WorkIn {
        activity: usize,
        approach: usize,
        ramp: usize,
    },
    /// Who does which part, for each of [`super::Model::workers`].
    Split { activity: usize, split: usize },
    /// Quality, or adoption, at its best and at its worst.
    Craft { adoption: bool },
    /// The same where an answer settles it.
    Fixed { adoption: bool, row: usize },
    /// A ramp of what automations save.
    Automations { ramp: usize },
}

/// What makes sense for the numbers of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// Any numbers.
    Any,
    /// 0 or more.
    NotNegative,
    /// 0 to 1.
    Share,
    /// Points of a ramp, `x` before `y`: `x` rises.
    Ramp,
    /// The same, and no `y` is negative.
    Factor,
    /// Parts of a whole; all 0 for nobody.
    Split,
}

/// How many kinds there are.
pub(super) const TERM_KINDS: usize = 6;

/// One term of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub kind: TermKind,
    /// Its words.
    pub from: usize,
    pub to: usize,
}

/// How far the parts of a whole may be from it together: a third is not written in full.
const ROUNDING: f64 = 1e-6;

impl TermKind {
    pub(super) fn of(code: usize) -> Self {
        match code {
            0 => Self::Any,
            1 => Self::NotNegative,
            2 => Self::Share,
            3 => Self::Ramp,
            4 => Self::Factor,
            _ => Self::Split,
        }
    }

    /// Whether numbers make sense.
    pub fn holds(self, numbers: &[f64]) -> bool {
        let is_ramp = matches!(self, Self::Ramp | Self::Factor);
        let domain = match self {
            Self::Share | Self::Split => Domain::Share,
            Self::NotNegative => Domain::NotNegative,
            Self::Any | Self::Ramp | Self::Factor => Domain::Any,
        };
        let (mut last, mut sum) = (-2.0 * LARGEST, 0.0);
        for (place, number) in numbers.iter().enumerate() {
            let is_x = is_ramp && place % 2 == 0;
            let is_factor = self == Self::Factor && !is_x;
            let floor = if is_factor {
                Domain::NotNegative
            } else {
                domain
            };
            if !floor.holds(*number) || is_x && *number <= last {
                return false;
            }
            if is_x {
                last = *number;
            }
            sum += *number;
        }
        let whole = (sum - 1.0).abs() <= ROUNDING || sum == 0.0;
        self != Self::Split || whole
    }
}

#[cfg(test)]
mod tests {
    use super::TermKind::{Any, Factor, NotNegative, Ramp, Share, Split};

    #[test]
    fn numbers_of_a_term_fit_together() {
        for (kind, numbers, sound) in [
            (Any, &[-3.0, 1e9][..], true),
            (Any, &[f64::NAN], false),
            (Any, &[2e9], false),
            (NotNegative, &[0.0, 7.0], true),
            (NotNegative, &[-0.1], false),
            (Share, &[1.0, 0.0], true),
            (Share, &[1.1], false),
            (Ramp, &[8.0, 1.0, 20.0, -0.5], true),
            (Ramp, &[8.0, 1.0, 8.0, 0.5], false),
            (Ramp, &[8.0, 1.0, f64::NAN, 0.5], false),
            (Ramp, &[20.0, 1.0, 8.0, 0.5], false),
            (Factor, &[-8.0, 1.0, 20.0, 0.5], true),
            (Factor, &[8.0, 1.0, 20.0, -0.5], false),
            (Split, &[0.25, 0.75, 0.0], true),
            (Split, &[0.333, 0.333, 0.334], true),
            (Split, &[0.0, 0.0], true),
            (Split, &[0.5, 0.4], false),
            (Split, &[1.5, -0.5], false),
        ] {
            assert_eq!(kind.holds(numbers), sound, "{kind:?} {numbers:?}");
        }
    }
}
