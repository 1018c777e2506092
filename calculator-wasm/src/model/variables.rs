//! The uncertain numbers of a model: which there are, in which order they are counted, and how each
//! is distributed. The order numbers them for the lattice (MODEL.md, section 8).

use super::{Craft, Expense, Model, Penalty, Pert, Role};
use alloc::vec::Vec;

/// One uncertain number, drawn once per future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Work of an activity.
    Work(usize),
    /// Shortest time of an activity on the calendar.
    Calendar(usize),
}

impl Model {
    /// The risk variables, in the order in which they are counted.
    pub fn variables(&self) -> Vec<Variable> {
        let mut variables = Vec::new();
        for (variable, _) in self.distributions() {
            if variables.last() != Some(&variable) {
                variables.push(variable);
            }
        }
        variables
    }

    /// Every distribution, with the variable whose draw moves it; those of one variable together.
    pub fn distributions(&self) -> Vec<(Variable, Pert)> {
        let mut all = Vec::new();
        for (risk, pert) in self.risks.iter().enumerate() {
            all.push((Variable::Risk(risk), *pert));
        }
        for (role, Role { loss, .. }) in self.roles.iter().enumerate() {
            if let Some(loss) = loss {
                all.push((Variable::Loss(role), loss.excess));
            }
        }
        for (penalty, Penalty { excess, .. }) in self.penalties.iter().enumerate() {
            all.push((Variable::Penalty(penalty), excess.excess));
        }
        if let Some(pack) = &self.pack {
            add_gaps(&mut all, &pack.craft, Variable::PackGap);
        }
        if let Some(adoption) = &self.adoption {
            add_gaps(&mut all, &adoption.craft, Variable::AdoptionGap);
        }
        if let Some(improvement) = &self.improvement {
            for rate in &improvement.rates {
                all.push((Variable::Improvement, *rate));
            }
            if let Some(owner) = &improvement.owner {
                all.push((Variable::Improvement, owner.rate));
            }
        }
        for (role, Role { rate, .. }) in self.roles.iter().enumerate() {
            all.push((Variable::Rate(role), *rate));
        }
        for (expense, Expense { price, .. }) in self.expenses.iter().enumerate() {
            all.push((Variable::Expense(expense), *price));
        }
        for (number, activity) in self.activities.iter().enumerate() {
            all.push((Variable::Work(number), activity.base));
            for term in &activity.per {
                all.push((Variable::Work(number), term.hours));
            }
            if let Some(weeks) = activity.min_weeks {
                all.push((Variable::Calendar(number), weeks));
            }
        }
        all
    }
}

fn add_gaps(all: &mut Vec<(Variable, Pert)>, craft: &Craft, variable: fn(usize) -> Variable) {
    for gap in &craft.gaps {
        all.push((variable(gap.role), gap.gap.excess));
    }
}
