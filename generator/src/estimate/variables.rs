//! The uncertain numbers of a model file: collected as they are read, then counted as the lattice
//! wants them.

use std::collections::BTreeSet;

use tallypress_calculator::model::{Number, Scale};

use super::Source;
use super::numbers::Uncertain;

/// What is drawn once per future. The order here is that in which variables are counted (MODEL.md,
/// section 8): kind by kind, then as in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// A shared overrun.
    Risk(usize),
    /// Capacity that a role loses.
    Loss(usize),
    /// Excess of a penalty.
    Penalty(usize),
    /// What a role misses of the ideal pack.
    PackGap(usize),
    /// What a role misses of the ideal adoption.
    AdoptionGap(usize),
    /// How fast quality improves, in all approaches.
    Improvement,
    /// What an hour of a role costs.
    Rate(usize),
    /// Price of an expense.
    Expense(usize),
    /// Hours of an activity, then its shortest time on the calendar.
    Activity { activity: usize, calendar: bool },
}

/// What is noted down on the way through the file.
#[derive(Default)]
pub struct Notes {
    numbers: Vec<Noted>,
    /// Where numbers come from, in the order of the file.
    pub sources: Vec<Source>,
}

/// A number, the variable that draws it and where it comes from.
struct Noted {
    variable: Variable,
    number: Number,
    source: String,
}

/// The numbers in the order in which they were added, and the variables in theirs.
pub struct Counted {
    pub numbers: Vec<Number>,
    /// One for each number: the `src` of the entry that it was written in.
    pub number_sources: Vec<String>,
    pub variables: Vec<Variable>,
    pub sources: Vec<Source>,
}

impl Notes {
    /// Adds a number that no input has an effect on; gives its place. It belongs to the source
    /// that was noted last.
    pub fn add(&mut self, variable: Variable, range: Uncertain) -> usize {
        self.add_scaled(variable, range, Vec::new(), Scale::default())
    }

    /// Adds a number that is multiplied by inputs and ramps; gives its place.
    pub fn add_scaled(
        &mut self,
        variable: Variable,
        range: Uncertain,
        drivers: Vec<usize>,
        scale: Scale,
    ) -> usize {
        let source = self.sources.last();
        self.numbers.push(Noted {
            variable,
            number: Number {
                variable: 0,
                pert: range.pert,
                domain: range.domain,
                drivers,
                scale,
            },
            source: source.map_or_else(String::new, |source| source.text.clone()),
        });
        self.numbers.len() - 1
    }

    pub fn counted(self) -> Counted {
        let variables: BTreeSet<Variable> = self.numbers.iter().map(|one| one.variable).collect();
        let variables: Vec<Variable> = variables.into_iter().collect();
        let (numbers, number_sources) = self
            .numbers
            .into_iter()
            .map(|noted| {
                let variable = variables.binary_search(&noted.variable).unwrap_or_default();
                let number = Number {
                    variable,
                    ..noted.number
                };
                (number, noted.source)
            })
            .unzip();
        Counted {
            numbers,
            number_sources,
            variables,
            sources: self.sources,
        }
    }
}
