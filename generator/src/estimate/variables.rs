//! The uncertain numbers of a model file: collected as they are read, then counted as the lattice
//! wants them.

use std::collections::BTreeSet;

use tallypress_calculator::model::{Domain, Number, Pert, Scale};

use super::{EstimateModel, Name};

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

/// The numbers read so far, each with the variable that draws it.
#[derive(Default)]
pub struct Numbers {
    numbers: Vec<(Variable, Number)>,
}

impl Numbers {
    /// Adds a number that no input has an effect on; gives its place.
    pub fn add(&mut self, variable: Variable, pert: Pert) -> usize {
        self.add_scaled(variable, pert, Vec::new(), Scale::default())
    }

    /// Adds a number that is multiplied by inputs and ramps; gives its place.
    pub fn add_scaled(
        &mut self,
        variable: Variable,
        pert: Pert,
        drivers: Vec<usize>,
        scale: Scale,
    ) -> usize {
        let number = Number {
            variable: 0,
            pert,
            domain: Domain::Any,
            drivers,
            scale,
        };
        self.numbers.push((variable, number));
        self.numbers.len() - 1
    }

    /// The numbers in the order in which they were added, and the variables in theirs.
    pub fn counted(self) -> (Vec<Number>, Vec<Variable>) {
        let variables: BTreeSet<Variable> = self.numbers.iter().map(|(one, _)| *one).collect();
        let variables: Vec<Variable> = variables.into_iter().collect();
        let numbers = self.numbers.into_iter().map(|(variable, number)| Number {
            variable: variables.binary_search(&variable).unwrap_or_default(),
            ..number
        });
        (numbers.collect(), variables)
    }
}

impl EstimateModel {
    /// What a risk variable is, in words.
    pub fn variable_label(&self, variable: usize) -> String {
        let label = |names: &[Name], index: usize| {
            names
                .get(index)
                .map_or_else(String::new, |name| name.label.clone())
        };
        match self.variables.get(variable) {
            None => String::new(),
            Some(Variable::Risk(risk)) => label(&self.risks, *risk),
            Some(Variable::Loss(role)) => format!("{}: hours lost", label(&self.roles, *role)),
            Some(Variable::Penalty(penalty)) => label(&self.penalties, *penalty),
            Some(Variable::PackGap(role)) => {
                format!("{}: quality of the pack", label(&self.roles, *role))
            }
            Some(Variable::AdoptionGap(role)) => format!("{}: adoption", label(&self.roles, *role)),
            Some(Variable::Improvement) => "Speed of improvement".to_owned(),
            Some(Variable::Rate(role)) => format!("{}: rate", label(&self.roles, *role)),
            Some(Variable::Expense(expense)) => {
                format!("{}: price", label(&self.expenses, *expense))
            }
            Some(Variable::Activity { activity, calendar }) => {
                let what = if *calendar { "calendar time" } else { "hours" };
                format!("{}: {what}", label(&self.activities, *activity))
            }
        }
    }
}
