//! A model as the engine runs it: one list of numbers, which `plan` reads from front to back for
//! every estimate. It takes a checked model, or the bytes that [`super::Engine::seal`] made of one.
//!
//! The page computes models without having a type for each of their parts: code to build, hold and
//! drop those would be a third of what a reader has to download.

use super::binary::{DecodeError, decode, encode};
use super::terms::TERM_KINDS;
use super::words::words;
use super::{
    Domain, Input, Kind, Lever, MAX_ITEMS, MAX_ROWS, Model, Pert, SAMPLES, Series, Setting, Term,
    TermKind,
};
use alloc::vec::Vec;

/// The list, and what has to be known before reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    words: Vec<f64>,
    pub facts: Facts,
}

/// Sizes, and which of its optional parts a model has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    pub samples: usize,
    pub seed: u32,
    pub approaches: usize,
    pub phases: usize,
    pub roles: usize,
    pub milestones: usize,
    pub activities: usize,
    pub pack: bool,
    pub improvement: bool,
    pub adoption: bool,
    /// The role that does the `team` hours of activities.
    pub team: Option<usize>,
    pub inputs: usize,
    pub levers: usize,
    /// Uncertain numbers; the settings are behind them.
    pub numbers: usize,
    /// What else a reader may change.
    pub terms: usize,
}

/// Words of the facts, of an input, of an assumption, of where a term is.
const FACTS: usize = 15;
const INPUT: usize = 4;
const ASSUMPTION: usize = 4;
const TERM: usize = 2;

impl Program {
    /// The program of a checked model.
    pub fn new(model: &Model) -> Self {
        Self::of(words(model))
    }

    /// From bytes with the right checksum; whatever they hold, reading it stays within bounds.
    pub fn unseal(bytes: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self::of(decode(bytes)?))
    }

    /// The program as bytes.
    pub fn seal(&self) -> Vec<u8> {
        encode(&self.words)
    }

    fn of(words: Vec<f64>) -> Self {
        let mut reader = Reader {
            words: &words,
            inputs: &[],
        };
        let samples = reader.below(*SAMPLES.end() + 1);
        let facts = Facts {
            samples: match samples.is_power_of_two() && SAMPLES.contains(&samples) {
                true => samples,
                false => *SAMPLES.start(),
            },
            seed: reader.number() as u32,
            // At least one of each, so that there is an entry for an index that is wrong.
            approaches: reader.below(MAX_ROWS).max(1),
            phases: reader.below(MAX_ROWS + 1).max(1),
            roles: reader.below(MAX_ITEMS + 1).max(1),
            milestones: reader.below(MAX_ROWS + 1),
            activities: reader.below(MAX_ITEMS + 1).max(1),
            pack: reader.number() != 0.0,
            improvement: reader.number() != 0.0,
            adoption: reader.number() != 0.0,
            team: reader.option(MAX_ITEMS),
            inputs: reader.below(MAX_ITEMS + 1),
            levers: reader.below(MAX_ITEMS + 1),
            numbers: reader.below(words.len()),
            terms: reader.below(words.len()),
        };
        Self { words, facts }
    }

    /// What follows the assumptions, for present inputs.
    pub fn reader<'a>(&'a self, inputs: &'a [f64]) -> Reader<'a> {
        let start = FACTS + INPUT * self.facts.inputs + ASSUMPTION * self.facts.assumptions();
        Reader {
            words: self.words.get(start..).unwrap_or_default(),
            inputs,
        }
    }

    /// What a visitor may set.
    pub fn input(&self, place: usize) -> Input {
        let at = FACTS + INPUT * place;
        Input {
            kind: match self.word(at) as u8 {
                0 => Kind::Int,
                1 => Kind::Percent,
                2 => Kind::Real,
                _ => Kind::Choice,
            },
            min: self.word(at + 1),
            max: self.word(at + 2),
            default: self.word(at + 3),
        }
    }

    /// A number that a reader may change; the uncertain ones come first.
    #[inline(never)]
    pub fn assumption(&self, place: usize) -> Pert {
        let at = self.assumption_at(place);
        Pert {
            low: self.word(at + 1),
            mode: self.word(at + 2),
            high: self.word(at + 3),
        }
    }

    /// What it may be changed to.
    pub fn domain(&self, place: usize) -> Domain {
        match self.word(self.assumption_at(place)) as u8 {
            0 => Domain::Any,
            1 => Domain::Excess,
            2 => Domain::NotNegative,
            _ => Domain::Share,
        }
    }

    /// What may turn the answer: words of their own at the very end.
    pub fn lever(&self, lever: usize) -> Lever {
        let at = self
            .words
            .len()
            .wrapping_sub(2 * (self.facts.levers - lever));
        let place = (self.word(at.wrapping_add(1)) as usize).min(self.words.len());
        match self.word(at) as u8 {
            0 => Lever::Input(place),
            _ => Lever::Assumption(place),
        }
    }

    /// What else a reader may change, in order.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        let levers = self.words.len().wrapping_sub(2 * self.facts.levers);
        let mut at = levers.wrapping_sub(TERM * self.facts.terms);
        let mut end = 0_usize;
        (0..self.facts.terms).map(move |_| {
            let code = self.word(at) as usize;
            let from = end.wrapping_add(self.word(at.wrapping_add(1)) as usize);
            at = at.wrapping_add(TERM);
            end = from.wrapping_add(code / TERM_KINDS);
            Term {
                kind: TermKind::of(code % TERM_KINDS),
                from,
                to: end,
            }
        })
    }

    /// The numbers of a term.
    pub fn numbers(&self, term: Term) -> &[f64] {
        self.words.get(term.from..term.to).unwrap_or_default()
    }

    #[inline(never)]
    fn word(&self, at: usize) -> f64 {
        self.words.get(at).copied().unwrap_or(0.0)
    }

    fn assumption_at(&self, place: usize) -> usize {
        FACTS + INPUT * self.facts.inputs + ASSUMPTION * place
    }

    /// Changes an assumption.
    pub fn assume(&mut self, assumption: usize, pert: Pert) {
        let start = self.assumption_at(assumption) + 1;
        if let Some(words) = self.words.get_mut(start..start + 3) {
            words.copy_from_slice(&[pert.low, pert.mode, pert.high]);
        }
    }

    /// Changes a term, to as many numbers as it has.
    pub fn set(&mut self, term: Term, numbers: &[f64]) {
        if let Some(words) = self.words.get_mut(term.from..term.to) {
            words.copy_from_slice(numbers);
        }
    }

    /// The value of a setting.
    pub fn setting(&self, setting: Setting) -> f64 {
        self.assumption(self.facts.numbers + setting as usize).mode
    }
}

impl Facts {
    /// How many numbers a reader may change.
    pub fn assumptions(&self) -> usize {
        self.numbers + Setting::ALL.len()
    }

    /// How many series estimates have that are not one for each phase or milestone.
    pub fn single_series(&self) -> usize {
        Series::WEEKS
            + 1
            + usize::from(self.pack && self.improvement)
            + 2 * usize::from(self.pack)
            + usize::from(self.adoption)
    }

    pub fn series_count(&self) -> usize {
        self.single_series() + 4 * self.phases + self.milestones
    }

    /// The series that estimates have, in order.
    pub fn series(self) -> impl Iterator<Item = Series> {
        (0..self.series_count()).map(move |place| self.series_at(place))
    }

    /// The series of a place. Without a pack there is no quality to follow, without a loop nothing is
    /// ever accepted later, without adoption there is none.
    #[inline(never)]
    fn series_at(self, place: usize) -> Series {
        let Some(row) = place.checked_sub(self.single_series()) else {
            // Each that is missing moves the others up.
            let mut place = place;
            if place > Series::WEEKS && !(self.pack && self.improvement) {
                place += 1;
            }
            if place > Series::WEEKS + 1 && !self.pack {
                place += 1;
            }
            if place > Series::WEEKS + 2 && !self.adoption {
                place += 1;
            }
            return match place {
                Series::CASH => Series::Cash,
                Series::INTERNAL => Series::Internal,
                Series::DELAY => Series::Delay,
                Series::TOTAL => Series::Total,
                Series::WEEKS => Series::Weeks,
                5 => Series::Accepted,
                6 => Series::PackWeek2,
                7 => Series::AdoptionMonth2,
                _ => Series::QualityMonth3,
            };
        };
        let (phases, milestones) = (self.phases, self.milestones);
        if row < phases {
            Series::CashPhase(row)
        } else if row < 2 * phases {
            Series::InternalPhase(row - phases)
        } else if row < 2 * phases + milestones {
            Series::WeeksMilestone(row - 2 * phases)
        } else if row < 3 * phases + milestones {
            Series::StartPhase(row - 2 * phases - milestones)
        } else {
            Series::FinishPhase(row - 3 * phases - milestones)
        }
    }
}

/// What is left to read. Behind the end everything is zero and empty, which ends soon.
pub struct Reader<'a> {
    words: &'a [f64],
    inputs: &'a [f64],
}

impl<'a> Reader<'a> {
    #[inline(never)]
    pub fn number(&mut self) -> f64 {
        match self.words.split_first() {
            Some((&word, rest)) => {
                self.words = rest;
                word
            }
            None => 0.0,
        }
    }

    /// An index below a limit, the first one in place of a wrong one.
    #[inline(never)]
    pub fn below(&mut self, limit: usize) -> usize {
        let index = self.number() as usize;
        if index < limit { index } else { 0 }
    }

    #[inline(never)]
    pub fn option(&mut self, limit: usize) -> Option<usize> {
        self.below(limit + 1).checked_sub(1)
    }

    /// How many things follow: no more than there are words.
    #[inline(never)]
    pub fn count(&mut self) -> usize {
        self.below(self.words.len())
    }

    /// The present value of an input.
    #[inline(never)]
    pub fn input(&mut self) -> f64 {
        let input = self.below(self.inputs.len());
        self.inputs.get(input).copied().unwrap_or(0.0)
    }

    /// The present value of an input that may not be named.
    #[inline(never)]
    pub fn optional_input(&mut self) -> Option<f64> {
        let input = self.option(self.inputs.len())?;
        self.inputs.get(input).copied()
    }

    /// Appends a list of indices to others; gives where it is.
    #[inline(never)]
    pub fn list(&mut self, limit: usize, lists: &mut Vec<usize>) -> Span {
        let from = lists.len();
        for _ in 0..self.count() {
            let index = self.below(limit);
            lists.push(index);
        }
        Span {
            from,
            to: lists.len(),
        }
    }

    /// Whether a list of approaches, empty for all, holds one.
    #[inline(never)]
    pub fn concerns(&mut self, approach: usize) -> bool {
        let count = self.count();
        let mut concerned = count == 0;
        for _ in 0..count {
            concerned |= self.number() as usize == approach;
        }
        concerned
    }

    /// Whether an input has a value; true if no input is named.
    #[inline(never)]
    pub fn holds(&mut self) -> bool {
        let input = self.option(self.inputs.len());
        let value = self.number();
        input.is_none_or(|input| self.inputs[input] == value)
    }

    /// The product of inputs.
    #[inline(never)]
    pub fn product(&mut self) -> f64 {
        let mut product = 1.0;
        for _ in 0..self.count() {
            product *= self.input();
        }
        product
    }

    /// A product of ramps, straight lines between points and flat outside.
    #[inline(never)]
    pub fn scale(&mut self) -> f64 {
        let mut product = 1.0;
        for _ in 0..self.count() {
            let x = self.input();
            let (mut factor, mut found) = (1.0, false);
            let mut left = (f64::NEG_INFINITY, 0.0);
            for place in 0..self.count() {
                let right = (self.number(), self.number());
                if !found {
                    factor = right.1;
                    found = x <= right.0;
                    if found && place > 0 {
                        factor = left.1 + (right.1 - left.1) * ((x - left.0) / (right.0 - left.0));
                    }
                }
                left = right;
            }
            product *= factor;
        }
        product
    }
}

/// A part of a list of indices.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    pub from: usize,
    pub to: usize,
}

impl Span {
    #[inline(always)]
    pub fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.from..self.to).unwrap_or_default()
    }
}
