//! Everything about one approach that is the same in all futures: ramps evaluated at the inputs,
//! shares chosen, steps in order, distributions found in their tables. From here on only the
//! uncertain numbers differ.

use super::lattice::Walk;
use super::pert::Tables;
use super::{Activity, Craft, Equals, Expense, Model, Pert, Role, Scaled, Split, Variable};
use alloc::vec::Vec;

/// One approach, for certain inputs. Lists have the order of the model's lists.
pub struct Plan<'a> {
    pub model: &'a Model,
    /// Factors on all work.
    pub overruns: Vec<Draw<'a>>,
    pub workers: Vec<Worker<'a>>,
    /// The factor of each penalty on hours.
    pub penalties: Vec<Draw<'a>>,
    /// For each activity, hours of work before any scale: their sum.
    pub work: Vec<Vec<Draw<'a>>>,
    /// The activities in the order in which they are taken up.
    pub steps: Vec<Step<'a>>,
    pub expenses: Vec<Draw<'a>>,
    pub pack: Grade<'a>,
    pub adoption: Grade<'a>,
    /// Weekly rate of improvement.
    pub rate: Draw<'a>,
    /// What operations are worth a week for a quality of 1, currency.
    pub operations: f64,
    /// How many automations there are, and what all of them are worth a week, currency.
    pub automations: (f64, f64),
}

/// A role.
pub struct Worker<'a> {
    /// The inverse of its effective capacity.
    pub weeks_per_hour: Draw<'a>,
    /// Currency/hour, with what the hour is worth elsewhere.
    pub price: Draw<'a>,
}

/// One activity.
pub struct Step<'a> {
    pub activity: usize,
    /// Shortest time on the calendar, weeks.
    pub min_weeks: Draw<'a>,
    /// Who does what; empty where there is nothing to do or nobody does it.
    pub parts: Vec<Part>,
}

/// One role's hours in a step.
pub struct Part {
    pub role: usize,
    /// Multiplies the activity's unscaled work.
    pub factor: f64,
    /// Penalties on the hours.
    pub penalties: Vec<usize>,
}

/// A [`Craft`] under present inputs: `best − Σ gaps`, at least `floor`.
pub struct Grade<'a> {
    /// Known, whoever does the work.
    pub fixed: bool,
    best: f64,
    floor: f64,
    gaps: Vec<Draw<'a>>,
}

/// An uncertain number, or a straight function of one: `low + width · quantile`.
#[derive(Clone, Copy)]
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
        let variables = model.variables();
        let draws = Draws {
            model,
            tables,
            inputs,
            approach,
            variables,
        };
        let mut plan = Self {
            model,
            overruns: Vec::new(),
            workers: Vec::new(),
            penalties: Vec::new(),
            work: Vec::new(),
            steps: Vec::new(),
            expenses: Vec::new(),
            pack: draws.grade(
                model.pack.as_ref().map(|pack| &pack.craft),
                Variable::PackGap,
                model.quality.max,
            ),
            adoption: draws.grade(
                model.adoption.as_ref().map(|adoption| &adoption.craft),
                Variable::AdoptionGap,
                1.0,
            ),
            rate: draws.improvement(),
            operations: 0.0,
            automations: (0.0, 0.0),
        };
        for (n, overrun) in model.risks.iter().enumerate() {
            plan.overruns.push(draws.draw(Variable::Risk(n), overrun));
        }
        for role in 0..model.roles.len() {
            plan.workers.push(draws.worker(role));
        }
        for (n, penalty) in model.penalties.iter().enumerate() {
            let Scaled { excess, scale } = &penalty.excess;
            let draw = draws.draw(Variable::Penalty(n), excess);
            plan.penalties.push(draw.affine(1.0, scale.at(inputs)));
        }
        for (n, activity) in model.activities.iter().enumerate() {
            let variable = Variable::Work(n);
            let mut terms = Vec::new();
            terms.push(draws.draw(variable, &activity.base));
            for term in &activity.per {
                let units = draws.product(&term.drivers);
                terms.push(draws.draw(variable, &term.hours).affine(0.0, units));
            }
            plan.work.push(terms);
        }
        for &activity in &model.orders[approach] {
            plan.steps.push(draws.step(activity, &plan.work[activity]));
        }
        for (
            n,
            Expense {
                price,
                drivers,
                approaches,
            },
        ) in model.expenses.iter().enumerate()
        {
            if draws.concerned(approaches) {
                let units = draws.product(drivers);
                plan.expenses
                    .push(draws.draw(Variable::Expense(n), price).affine(0.0, units));
            }
        }
        let hour = model.value.team_rate * model.value.recapture;
        if let Some(operations) = &model.value.operations {
            let share = operations
                .percent
                .map_or(1.0, |input| inputs[input] / 100.0);
            plan.operations = draws.product(&operations.drivers) * share * hour;
        }
        if let Some(automations) = &model.value.automations {
            let count = inputs[automations.count];
            let saved = inputs[automations.saved] * automations.scale.at(inputs);
            plan.automations = (count, count * saved * hour);
        }
        plan
    }
}

/// What draws are made from.
struct Draws<'a, 'i> {
    model: &'a Model,
    tables: &'a Tables,
    inputs: &'i [f64],
    approach: usize,
    variables: Vec<Variable>,
}

impl<'a> Draws<'a, '_> {
    #[inline(never)]
    fn draw(&self, variable: Variable, pert: &Pert) -> Draw<'a> {
        let table = pert.shape().map_or(&[][..], |shape| self.tables.get(shape));
        let number = self.variables.iter().position(|other| *other == variable);
        Draw {
            low: pert.low,
            width: pert.high - pert.low,
            table,
            walk: Walk::new(
                number.unwrap_or_default(),
                self.model.samples,
                self.model.seed,
            ),
        }
    }

    /// MODEL.md, section 3: capacity / (1 + loss · ramps) hours a week.
    fn worker(&self, role: usize) -> Worker<'a> {
        let Role {
            cash,
            rate,
            capacity,
            opportunity,
            loss,
        } = &self.model.roles[role];
        let weeks = 1.0 / capacity.at(self.inputs);
        let mut weeks_per_hour = Draw::certain(if weeks > 0.0 { weeks } else { f64::INFINITY });
        if let Some(Scaled { excess, scale }) = loss
            && weeks_per_hour.low < f64::INFINITY
        {
            let lost = self.draw(Variable::Loss(role), excess);
            weeks_per_hour = lost.affine(weeks, weeks * scale.at(self.inputs));
        }
        let multiple = match opportunity {
            Some(opportunity) if !cash => opportunity.at(self.inputs),
            _ => 1.0,
        };
        let price = self.draw(Variable::Rate(role), rate).affine(0.0, multiple);
        Worker {
            weeks_per_hour,
            price,
        }
    }

    fn step(&self, activity: usize, work: &[Draw]) -> Step<'a> {
        let Activity {
            skill,
            scale,
            approach_scale,
            min_weeks,
            team,
            splits,
            ..
        } = &self.model.activities[activity];
        let scale = scale.at(self.inputs);
        let mut factor = scale;
        if let Some(more) = approach_scale.get(self.approach) {
            factor *= more.at(self.inputs);
        }
        let most: f64 = work.iter().map(|hours| hours.low + hours.width).sum();
        let mut parts = Vec::new();
        if most * factor > 0.0 {
            for share in self.shares(splits) {
                let mut penalties = Vec::new();
                for (n, penalty) in self.model.penalties.iter().enumerate() {
                    let same = penalty.role == share.role && penalty.skill == *skill;
                    if same && self.concerned(&penalty.approaches) {
                        penalties.push(n);
                    }
                }
                parts.push(Part {
                    role: share.role,
                    factor: factor * share.part,
                    penalties,
                });
            }
            if let Some(role) = self.model.team
                && *team > 0.0
                && !parts.is_empty()
            {
                parts.push(Part {
                    role,
                    factor: factor * team,
                    penalties: Vec::new(),
                });
            }
        }
        let min_weeks = match min_weeks {
            Some(weeks) => {
                let shorter = if scale < 1.0 { scale } else { 1.0 };
                self.draw(Variable::Calendar(activity), weeks)
                    .affine(0.0, shorter)
            }
            None => Draw::certain(0.0),
        };
        Step {
            activity,
            min_weeks,
            parts,
        }
    }

    /// MODEL.md, section 5. A role without a gap misses nothing; a model without the craft has it
    /// `otherwise`.
    fn grade(
        &self,
        craft: Option<&'a Craft>,
        variable: fn(usize) -> Variable,
        otherwise: f64,
    ) -> Grade<'a> {
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
                    let factor = share.part * gap.gap.scale.at(self.inputs);
                    gaps.push(
                        self.draw(variable(gap.role), &gap.gap.excess)
                            .affine(0.0, factor),
                    );
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

    fn improvement(&self) -> Draw<'a> {
        let Some(improvement) = &self.model.improvement else {
            return Draw::certain(0.0);
        };
        let rate = match &improvement.owner {
            Some(owner) if owner.approach == self.approach && self.holds(owner.when) => &owner.rate,
            _ => &improvement.rates[self.approach],
        };
        self.draw(Variable::Improvement, rate)
    }

    /// Who does which part: the last row that holds.
    fn shares(&self, splits: &'a [Split]) -> &'a [super::Share] {
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
    /// A number that is the same in all futures.
    fn certain(value: f64) -> Self {
        Self {
            low: value,
            width: 0.0,
            table: &[],
            walk: Walk::STILL,
        }
    }

    /// `offset + factor · self`.
    fn affine(self, offset: f64, factor: f64) -> Self {
        Self {
            low: offset + factor * self.low,
            width: factor * self.width,
            ..self
        }
    }

    /// The number in a future.
    #[inline]
    pub fn at(&self, future: usize) -> f64 {
        match self.table.get(self.walk.stratum(future)) {
            Some(quantile) => self.low + self.width * quantile,
            None => self.low,
        }
    }
}

impl Grade<'_> {
    /// The quality in a future.
    pub fn at(&self, future: usize) -> f64 {
        let mut quality = self.best;
        for gap in &self.gaps {
            quality -= gap.at(future);
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
