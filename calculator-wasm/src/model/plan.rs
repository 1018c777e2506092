//! Everything about one approach that is the same in all futures: ramps evaluated at the inputs,
//! shares chosen, steps in order, distributions found in their tables. From here on only the
//! uncertain numbers differ.

use super::lattice::Walk;
use super::pert::Tables;
use super::{Activity, Craft, Equals, Model, Number, Split};
use alloc::vec::Vec;

/// One approach, for certain inputs.
pub struct Plan<'a> {
    pub model: &'a Model,
    /// For each number of the model, how it is drawn.
    pub draws: Vec<Draw<'a>>,
    /// For each role, weeks that an hour takes as long as none of its capacity is lost.
    pub weeks_per_hour: Vec<f64>,
    /// For each role, what an hour is worth as a multiple of its price.
    pub multiple: Vec<f64>,
    /// The activities in the order in which they are taken up.
    pub steps: Vec<Step>,
    /// Numbers: prices.
    pub expenses: Vec<usize>,
    pub pack: Grade,
    pub adoption: Grade,
    /// Number: weekly rate of improvement.
    pub rate: Option<usize>,
    /// What operations are worth a week for a quality of 1, currency.
    pub operations: f64,
    /// How many automations there are, and what all of them are worth a week, currency.
    pub automations: (f64, f64),
}

/// One activity.
pub struct Step {
    pub activity: usize,
    /// Multiplies the shortest time on the calendar.
    pub shorter: f64,
    /// Who does what; empty where there is nothing to do or nobody does it.
    pub parts: Vec<Part>,
}

/// One role's hours in a step.
pub struct Part {
    pub role: usize,
    /// Multiplies the activity's work.
    pub factor: f64,
    /// Numbers: what makes these hours longer.
    pub excesses: Vec<usize>,
    /// Multiplies the activity's work too, for the hours of a team.
    pub team: f64,
}

/// A [`Craft`] under present inputs: `best − Σ share · gap`, at least `floor`.
pub struct Grade {
    /// Known, whoever does the work.
    pub fixed: bool,
    best: f64,
    floor: f64,
    /// Numbers, with the share of each.
    gaps: Vec<(usize, f64)>,
}

/// How a number is drawn: `low + width · quantile`.
pub struct Draw<'a> {
    low: f64,
    width: f64,
    /// Sorted quantiles between 0 and 1; empty if the number is known.
    table: &'a [f64],
    walk: Walk,
}

impl<'a> Plan<'a> {
    /// Plans an approach of a checked model, for one value per input.
    pub fn new(model: &'a Model, tables: &'a Tables, inputs: &[f64], approach: usize) -> Self {
        let present = Present {
            model,
            inputs,
            approach,
        };
        let mut plan = Self {
            model,
            draws: Vec::new(),
            weeks_per_hour: Vec::new(),
            multiple: Vec::new(),
            steps: Vec::new(),
            expenses: Vec::new(),
            pack: present.grade(
                model.pack.as_ref().map(|pack| &pack.craft),
                model.quality.max,
            ),
            adoption: present.grade(model.adoption.as_ref().map(|adoption| &adoption.craft), 1.0),
            rate: None,
            operations: 0.0,
            automations: (0.0, 0.0),
        };
        for Number {
            variable,
            pert,
            drivers,
            scale,
            ..
        } in &model.numbers
        {
            let factor = present.product(drivers) * scale.at(inputs);
            plan.draws.push(Draw {
                low: factor * pert.low,
                width: factor * (pert.high - pert.low),
                table: pert.shape().map_or(&[], |shape| tables.get(shape)),
                walk: Walk::new(*variable, model.samples, model.seed),
            });
        }
        for role in &model.roles {
            // Whoever has no time never finishes.
            let weeks = 1.0 / role.capacity.at(inputs);
            plan.weeks_per_hour
                .push(if weeks > 0.0 { weeks } else { f64::INFINITY });
            plan.multiple.push(match &role.opportunity {
                Some(opportunity) if !role.cash => opportunity.at(inputs),
                _ => 1.0,
            });
        }
        for &activity in &model.orders[approach] {
            let most = model.activities[activity]
                .work
                .iter()
                .map(|number| plan.draws[*number].high());
            plan.steps.push(present.step(activity, most.sum()));
        }
        for expense in &model.expenses {
            if present.concerned(&expense.approaches) {
                plan.expenses.push(expense.price);
            }
        }
        if let Some(improvement) = &model.improvement {
            plan.rate = Some(match &improvement.owner {
                Some(owner) if owner.approach == approach && present.holds(owner.when) => {
                    owner.rate
                }
                _ => improvement.rates[approach],
            });
        }
        let hour = model.value.team_rate * model.value.recapture;
        if let Some(operations) = &model.value.operations {
            let share = operations
                .percent
                .map_or(1.0, |input| inputs[input] / 100.0);
            plan.operations = present.product(&operations.drivers) * share * hour;
        }
        if let Some(automations) = &model.value.automations {
            let count = inputs[automations.count];
            let saved = inputs[automations.saved] * automations.scale.at(inputs);
            plan.automations = (count, count * saved * hour);
        }
        plan
    }
}

/// What holds at present: the inputs, and the approach that is looked at.
struct Present<'a> {
    model: &'a Model,
    inputs: &'a [f64],
    approach: usize,
}

impl Present<'_> {
    /// Who does how much of an activity (MODEL.md, section 3) with at most `most` hours of work.
    fn step(&self, activity: usize, most: f64) -> Step {
        let Activity {
            skill,
            scale,
            approach_scale,
            team,
            splits,
            ..
        } = &self.model.activities[activity];
        let scale = scale.at(self.inputs);
        let mut factor = scale;
        if let Some(more) = approach_scale.get(self.approach) {
            factor *= more.at(self.inputs);
        }
        let mut parts = Vec::new();
        if most * factor > 0.0 {
            for share in self.shares(splits) {
                let mut excesses = Vec::new();
                for penalty in &self.model.penalties {
                    let same = penalty.role == share.role && penalty.skill == *skill;
                    if same && self.concerned(&penalty.approaches) {
                        excesses.push(penalty.excess);
                    }
                }
                let factor = factor * share.part;
                parts.push(Part {
                    role: share.role,
                    factor,
                    excesses,
                    team: 0.0,
                });
            }
            if let Some(role) = self.model.team
                && !parts.is_empty()
            {
                self.join(&mut parts, role, factor * team);
            }
        }
        Step {
            activity,
            shorter: if scale < 1.0 { scale } else { 1.0 },
            parts,
        }
    }

    /// Adds the hours of the team, which may have a share of its own.
    fn join(&self, parts: &mut Vec<Part>, role: usize, team: f64) {
        if let Some(part) = parts.iter_mut().find(|part| part.role == role) {
            part.team = team;
        } else if team > 0.0 {
            parts.push(Part {
                role,
                factor: 0.0,
                excesses: Vec::new(),
                team,
            });
        }
    }

    /// MODEL.md, section 5. A role without a gap misses nothing; a model without the craft has it
    /// `otherwise`.
    fn grade(&self, craft: Option<&Craft>, otherwise: f64) -> Grade {
        let known = |value| Grade {
            fixed: true,
            best: value,
            floor: value,
            gaps: Vec::new(),
        };
        let Some(craft) = craft else {
            return known(otherwise);
        };
        if let Some(row) = craft.fixed.iter().rev().find(|row| self.holds(row.when)) {
            return known(row.is);
        }
        let mut gaps = Vec::new();
        for share in self.shares(&self.model.activities[craft.activity].splits) {
            for gap in &craft.gaps {
                if gap.role == share.role {
                    gaps.push((gap.gap, share.part));
                }
            }
        }
        Grade {
            fixed: false,
            best: craft.ideal,
            floor: craft.floor,
            gaps,
        }
    }

    /// Who does which part: the last row that holds.
    fn shares<'s>(&self, splits: &'s [Split]) -> &'s [super::Share] {
        let holds = |split: &&Split| {
            split.approach == self.approach && split.when.is_none_or(|when| self.holds(when))
        };
        splits
            .iter()
            .rev()
            .find(holds)
            .map_or(&[], |split| &split.shares)
    }

    fn holds(&self, when: Equals) -> bool {
        self.inputs[when.input] == when.value
    }

    /// Whether a row that names some approaches, or none for all, concerns this one.
    fn concerned(&self, approaches: &[usize]) -> bool {
        approaches.is_empty() || approaches.contains(&self.approach)
    }

    fn product(&self, drivers: &[usize]) -> f64 {
        drivers.iter().map(|&input| self.inputs[input]).product()
    }
}

impl Draw<'_> {
    /// The number in a future.
    #[inline(always)]
    pub fn at(&self, future: usize) -> f64 {
        match self.table.get(self.walk.stratum(future)) {
            Some(quantile) => self.low + self.width * quantile,
            None => self.low,
        }
    }

    /// The largest that it can be.
    fn high(&self) -> f64 {
        self.low + self.width
    }
}

impl Grade {
    /// The quality, from what the numbers of the model are in a future.
    pub fn at(&self, numbers: &[f64]) -> f64 {
        let mut quality = self.best;
        for (gap, share) in &self.gaps {
            quality -= share * numbers[*gap];
        }
        if quality < self.floor {
            self.floor
        } else if quality > self.best {
            self.best
        } else {
            quality
        }
    }
}
