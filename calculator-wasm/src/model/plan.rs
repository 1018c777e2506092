//! Everything about one estimate that is the same in all futures: ramps evaluated at the inputs,
//! shares chosen, steps in order, distributions found in their tables. From here on only the
//! uncertain numbers differ.

use super::lattice::Walk;
use super::pert::Tables;
use super::{Activity, Craft, Expense, Gap, Model, PerUnit, Pert, Role, Scaled, Share, Variable};
use alloc::vec;
use alloc::vec::Vec;

/// Futures that are computed together, one array entry each.
pub const LANES: usize = 64;
/// One number in each of [`LANES`] futures.
pub type Lanes = [f64; LANES];

/// What all approaches share, for certain inputs.
pub struct Plan<'a> {
    pub model: &'a Model,
    /// One value per input of the model.
    pub inputs: &'a [f64],
    /// Factors on all work.
    pub overruns: Vec<Draw<'a>>,
    /// For each role, the inverse of its effective capacity.
    pub weeks_per_hour: Vec<Draw<'a>>,
    /// For each role, currency/hour, what the hour is worth elsewhere included.
    pub price: Vec<Draw<'a>>,
    /// For each penalty, the factor on hours.
    pub penalties: Vec<Draw<'a>>,
    /// For each activity, its work before any scale is the sum of these hours.
    pub work: Vec<Vec<Draw<'a>>>,
    tables: &'a Tables,
    variables: Vec<Variable>,
}

/// What one approach adds to the plan.
pub struct Course<'a> {
    /// All activities, in the order of this approach.
    pub steps: Vec<Step<'a>>,
    /// The roles that work at all, and the penalties that they meet.
    pub roles: Vec<usize>,
    pub penalties: Vec<usize>,
    pub expenses: Vec<Draw<'a>>,
    pub pack: Grade<'a>,
    pub adoption: Grade<'a>,
    /// Weekly rate of improvement.
    pub rate: Draw<'a>,
}

/// One activity in one approach.
pub struct Step<'a> {
    pub activity: usize,
    /// Multiplies the activity's work.
    pub factor: f64,
    /// Shortest time on the calendar, weeks.
    pub min_weeks: Draw<'a>,
    /// Who does what; empty where there is nothing to do or nobody does it.
    pub parts: Vec<Part>,
}

/// One role's hours in a step.
pub struct Part {
    pub role: usize,
    /// Of the step's work.
    pub share: f64,
    /// Factors on the hours.
    pub penalties: Vec<usize>,
}

/// A [`Craft`] under present inputs.
pub enum Grade<'a> {
    /// Known.
    Fixed(f64),
    /// `ideal − Σ gaps`, at least `floor`.
    Drawn {
        ideal: f64,
        floor: f64,
        gaps: Vec<Draw<'a>>,
    },
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
    pub fn new(model: &'a Model, tables: &'a Tables, inputs: &'a [f64]) -> Self {
        let mut plan = Self {
            model,
            inputs,
            overruns: Vec::new(),
            weeks_per_hour: Vec::new(),
            price: Vec::new(),
            penalties: Vec::new(),
            work: Vec::new(),
            tables,
            variables: model.variables(),
        };
        plan.overruns = model
            .risks
            .iter()
            .enumerate()
            .map(|(n, pert)| plan.draw(Variable::Risk(n), pert))
            .collect();
        plan.weeks_per_hour = (0..model.roles.len())
            .map(|role| plan.weeks_per_hour(role))
            .collect();
        plan.price = (0..model.roles.len())
            .map(|role| plan.price(role))
            .collect();
        plan.penalties = (0..model.penalties.len())
            .map(|n| {
                let excess = &model.penalties[n].excess;
                plan.draw(Variable::Penalty(n), &excess.excess)
                    .affine(1.0, excess.scale.at(inputs))
            })
            .collect();
        plan.work = (0..model.activities.len())
            .map(|activity| plan.work(activity))
            .collect();
        plan
    }

    /// The plan of one approach.
    pub fn course(&self, approach: usize) -> Course<'a> {
        let model = self.model;
        let steps: Vec<Step> = model.orders[approach]
            .iter()
            .map(|&activity| self.step(activity, approach))
            .collect();
        let (mut roles, mut penalties) = (Vec::new(), Vec::new());
        for part in steps.iter().flat_map(|step| &step.parts) {
            note(&mut roles, part.role);
            for &penalty in &part.penalties {
                note(&mut penalties, penalty);
            }
        }
        let mut expenses = Vec::new();
        for (
            n,
            Expense {
                price,
                drivers,
                approaches,
            },
        ) in model.expenses.iter().enumerate()
        {
            if concerns(approaches, approach) {
                let units = self.product(drivers);
                expenses.push(self.draw(Variable::Expense(n), price).affine(0.0, units));
            }
        }
        let pack = model.pack.as_ref().map(|pack| &pack.craft);
        let adoption = model.adoption.as_ref().map(|adoption| &adoption.craft);
        Course {
            steps,
            roles,
            penalties,
            expenses,
            pack: self.grade(pack, approach, Variable::PackGap, model.quality.max),
            adoption: self.grade(adoption, approach, Variable::AdoptionGap, 1.0),
            rate: self.improvement(approach),
        }
    }

    /// The product of some inputs.
    pub fn product(&self, drivers: &[usize]) -> f64 {
        drivers.iter().map(|&input| self.inputs[input]).product()
    }

    /// MODEL.md, section 3: capacity / (1 + loss · ramps) hours a week.
    fn weeks_per_hour(&self, role: usize) -> Draw<'a> {
        let Role { capacity, loss, .. } = &self.model.roles[role];
        let hours = capacity.at(self.inputs);
        if hours <= 0.0 {
            return Draw::certain(f64::INFINITY);
        }
        match loss {
            Some(loss) => self
                .draw(Variable::Loss(role), &loss.excess)
                .affine(1.0 / hours, loss.scale.at(self.inputs) / hours),
            None => Draw::certain(1.0 / hours),
        }
    }

    fn price(&self, role: usize) -> Draw<'a> {
        let Role {
            rate,
            opportunity,
            cash,
            ..
        } = &self.model.roles[role];
        let multiple = opportunity
            .as_ref()
            .filter(|_| !cash)
            .map_or(1.0, |multiple| multiple.at(self.inputs));
        self.draw(Variable::Rate(role), rate).affine(0.0, multiple)
    }

    fn work(&self, activity: usize) -> Vec<Draw<'a>> {
        let Activity { base, per, .. } = &self.model.activities[activity];
        let variable = Variable::Work(activity);
        let mut terms = vec![self.draw(variable, base)];
        for PerUnit { drivers, hours } in per {
            terms.push(
                self.draw(variable, hours)
                    .affine(0.0, self.product(drivers)),
            );
        }
        terms
    }

    fn step(&self, activity: usize, approach: usize) -> Step<'a> {
        let Activity {
            scale,
            approach_scale,
            min_weeks,
            team,
            ..
        } = &self.model.activities[activity];
        let scale = scale.at(self.inputs);
        let factor = scale
            * approach_scale
                .get(approach)
                .map_or(1.0, |scale| scale.at(self.inputs));
        let most: f64 = self.work[activity]
            .iter()
            .map(|hours| hours.low + hours.width)
            .sum();
        let mut parts = Vec::new();
        if most * factor > 0.0 {
            for share in self.model.activities[activity].shares(approach, self.inputs) {
                parts.push(self.part(activity, approach, *share));
            }
            if let Some(role) = self.model.team.filter(|_| *team > 0.0 && !parts.is_empty()) {
                parts.push(Part {
                    role,
                    share: *team,
                    penalties: Vec::new(),
                });
            }
        }
        let min_weeks = min_weeks.as_ref().map_or(Draw::certain(0.0), |weeks| {
            self.draw(Variable::Calendar(activity), weeks)
                .affine(0.0, scale.min(1.0))
        });
        Step {
            activity,
            factor,
            min_weeks,
            parts,
        }
    }

    fn part(&self, activity: usize, approach: usize, share: Share) -> Part {
        let skill = self.model.activities[activity].skill;
        let mut penalties = Vec::new();
        for (n, penalty) in self.model.penalties.iter().enumerate() {
            let same = penalty.role == share.role && penalty.skill == skill;
            if same && concerns(&penalty.approaches, approach) {
                penalties.push(n);
            }
        }
        Part {
            role: share.role,
            share: share.part,
            penalties,
        }
    }

    /// MODEL.md, section 5. A role without a gap misses nothing; a model without the craft has it
    /// `otherwise`.
    fn grade(
        &self,
        craft: Option<&'a Craft>,
        approach: usize,
        variable: fn(usize) -> Variable,
        otherwise: f64,
    ) -> Grade<'a> {
        let Some(craft) = craft else {
            return Grade::Fixed(otherwise);
        };
        if let Some(known) = craft.known(self.inputs) {
            return Grade::Fixed(known);
        }
        let mut gaps = Vec::new();
        for share in self.model.activities[craft.activity].shares(approach, self.inputs) {
            for Gap {
                role,
                gap: Scaled { excess, scale },
            } in &craft.gaps
            {
                if *role == share.role {
                    let factor = share.part * scale.at(self.inputs);
                    gaps.push(self.draw(variable(*role), excess).affine(0.0, factor));
                }
            }
        }
        Grade::Drawn {
            ideal: craft.ideal,
            floor: craft.floor,
            gaps,
        }
    }

    fn improvement(&self, approach: usize) -> Draw<'a> {
        let Some(improvement) = &self.model.improvement else {
            return Draw::certain(0.0);
        };
        let rate = match &improvement.owner {
            Some(owner) if owner.approach == approach && owner.when.holds(self.inputs) => {
                &owner.rate
            }
            _ => &improvement.rates[approach],
        };
        self.draw(Variable::Improvement, rate)
    }

    fn draw(&self, variable: Variable, pert: &Pert) -> Draw<'a> {
        let table = pert.shape().map_or(&[][..], |shape| self.tables.get(shape));
        if table.is_empty() {
            return Draw::certain(pert.low);
        }
        let number = self
            .variables
            .iter()
            .position(|other| *other == variable)
            .unwrap_or_default();
        let walk = Walk::new(number, self.model.samples, self.model.seed);
        Draw {
            low: pert.low,
            width: pert.high - pert.low,
            table,
            walk,
        }
    }
}

fn note(seen: &mut Vec<usize>, index: usize) {
    if !seen.contains(&index) {
        seen.push(index);
    }
}

/// Whether a row that names some approaches, or none for all, concerns this one.
fn concerns(approaches: &[usize], approach: usize) -> bool {
    approaches.is_empty() || approaches.contains(&approach)
}

impl Draw<'_> {
    /// A number that is the same in all futures.
    pub fn certain(value: f64) -> Self {
        Self {
            low: value,
            width: 0.0,
            table: &[],
            walk: Walk::new(0, 1, 0),
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

    /// The numbers in the futures from `first` on.
    pub fn lanes(&self, first: usize) -> Lanes {
        let mut lanes = [self.low; LANES];
        if !self.table.is_empty() {
            for (lane, value) in lanes.iter_mut().enumerate() {
                *value += self.width * self.table[self.walk.stratum(first + lane)];
            }
        }
        lanes
    }
}

impl Grade<'_> {
    /// The quality in the futures from `first` on.
    pub fn lanes(&self, first: usize) -> Lanes {
        match self {
            Self::Fixed(known) => [*known; LANES],
            Self::Drawn { ideal, floor, gaps } => {
                let mut lanes = [*ideal; LANES];
                for gap in gaps {
                    for (quality, missing) in lanes.iter_mut().zip(gap.lanes(first)) {
                        *quality -= missing;
                    }
                }
                lanes.map(|quality| {
                    if quality < *floor {
                        *floor
                    } else if quality > *ideal {
                        *ideal
                    } else {
                        quality
                    }
                })
            }
        }
    }

    /// Known, whoever does the work.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}
