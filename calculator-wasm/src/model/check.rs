//! What must hold of a model so that computing it can neither stop halfway nor run away: every
//! index exists, every order is possible, every distribution and ramp is in order, everything is of
//! reasonable size. The richer rules for authors, with file and line, are the generator's.

use super::{
    APPROACHES, Craft, Equals, LARGEST, Lever, MAX_ITEMS, MAX_ROWS, MAX_VARIABLES, Model, Quality,
    SAMPLES, Scale, Setting,
};
use alloc::vec::Vec;

/// The first thing that is wrong with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Samples are no power of two in [`SAMPLES`].
    Samples,
    /// More or fewer approaches than [`APPROACHES`], or a list that has not one entry for each.
    Approaches,
    /// Without a phase, a role or an activity.
    Empty,
    /// Something is longer than [`MAX_ITEMS`] or [`MAX_ROWS`].
    TooMany,
    /// More risk variables than [`MAX_VARIABLES`].
    Variables,
    /// An index points at nothing.
    Index,
    /// A number is larger than [`LARGEST`].
    Size,
    /// A distribution is not low ≤ mode ≤ high.
    Pert,
    /// A ramp without points, or whose `x` does not rise.
    Ramp,
    /// The range of an input is empty or does not hold its default.
    Range,
    /// An order does not name every activity once, or names one before its `after`.
    Order,
    /// `quality.max` does not lie above `quality.target`, or the target is not above 0.
    Quality,
}

impl Model {
    /// Refuses a model that cannot be computed.
    pub fn check(&self) -> Result<(), Flaw> {
        let mut check = Check {
            model: self,
            flaw: None,
        };
        check.sizes();
        check.numbers();
        check.bounded();
        check.people();
        check.activities();
        check.orders();
        check.results();
        check.levers();
        check.flaw.map_or(Ok(()), Err)
    }
}

/// A model and the first flaw that was found in it.
struct Check<'a> {
    model: &'a Model,
    flaw: Option<Flaw>,
}

impl Check<'_> {
    fn sizes(&mut self) {
        let model = self.model;
        let samples = model.samples.is_power_of_two() && SAMPLES.contains(&model.samples);
        self.require(samples, Flaw::Samples);
        self.require(APPROACHES.contains(&model.approaches), Flaw::Approaches);
        let work = model.phases > 0 && !model.roles.is_empty() && !model.activities.is_empty();
        self.require(work, Flaw::Empty);
        self.require(model.phases <= MAX_ROWS, Flaw::TooMany);
        self.require(model.milestones.len() <= MAX_ROWS, Flaw::TooMany);
        self.require(model.inputs.len() <= MAX_ITEMS, Flaw::TooMany);
    }

    fn numbers(&mut self) {
        for number in &self.model.numbers {
            self.require(number.variable < MAX_VARIABLES, Flaw::Variables);
            self.require(number.pert.is_ordered(), Flaw::Pert);
            self.input(&number.drivers);
            self.scale(&number.scale);
        }
        for input in &self.model.inputs {
            let holds = input.min <= input.default && input.default <= input.max;
            self.require(holds && (input.max - input.min).is_finite(), Flaw::Range);
        }
        let Quality { max, target } = self.model.quality;
        let apart = target > 0.0 && target < max;
        self.require(apart || self.model.pack.is_none(), Flaw::Quality);
    }

    /// Numbers that do not leave the range of floating point when they are multiplied and added up.
    fn bounded(&mut self) {
        let model = self.model;
        let inputs = model.inputs.iter();
        let mut numbers: Vec<f64> = inputs.flat_map(|input| [input.min, input.max]).collect();
        numbers.extend(
            model
                .assumptions()
                .iter()
                .flat_map(|pert| [pert.low, pert.high]),
        );
        for role in &model.roles {
            numbers.extend([role.capacity.base, role.capacity.per]);
        }
        for activity in &model.activities {
            numbers.push(activity.team);
        }
        let crafts = [
            model.pack.as_ref().map(|pack| &pack.craft),
            model.adoption.as_ref().map(|adoption| &adoption.craft),
        ];
        for craft in crafts.into_iter().flatten() {
            numbers.extend([craft.ideal, craft.floor]);
            numbers.extend(craft.fixed.iter().map(|fixed| fixed.is));
        }
        self.require(
            numbers.iter().all(|number| number.abs() <= LARGEST),
            Flaw::Size,
        );
    }

    fn people(&mut self) {
        self.number(&self.model.risks);
        self.role(self.model.team.as_slice());
        for role in &self.model.roles {
            self.input(role.capacity.input.as_slice());
            if let Some(opportunity) = &role.opportunity {
                self.input(&[opportunity.input]);
                self.scale(&opportunity.scale);
            }
            self.number(&[role.rate]);
            self.number(role.loss.as_slice());
        }
        for penalty in &self.model.penalties {
            self.role(&[penalty.role]);
            self.approach(&penalty.approaches);
            self.number(&[penalty.excess]);
        }
        for expense in &self.model.expenses {
            self.number(&[expense.price]);
            self.approach(&expense.approaches);
        }
    }

    fn activities(&mut self) {
        let model = self.model;
        for activity in &model.activities {
            self.indices(&[activity.phase], model.phases);
            self.activity(&activity.after);
            self.number(&activity.work);
            self.number(activity.min_weeks.as_slice());
            self.scale(&activity.scale);
            let scaled = activity.approach_scale.len();
            self.require(scaled == 0 || scaled == model.approaches, Flaw::Approaches);
            for scale in &activity.approach_scale {
                self.scale(scale);
            }
            self.require(activity.splits.len() <= MAX_ITEMS, Flaw::TooMany);
            for split in &activity.splits {
                self.approach(&[split.approach]);
                self.condition(split.when.as_slice());
                self.require(split.shares.len() <= MAX_ITEMS, Flaw::TooMany);
                for share in &split.shares {
                    self.role(&[share.role]);
                }
            }
        }
    }

    fn levers(&mut self) {
        for lever in &self.model.levers {
            match lever {
                Lever::Input(place) => self.input(&[*place]),
                Lever::Assumption(place) => {
                    self.indices(&[*place], self.model.numbers.len() + Setting::ALL.len())
                }
            }
        }
    }

    /// Each order is a permutation of the activities in which `after` points backwards; so there is
    /// no cycle either.
    fn orders(&mut self) {
        let activities = &self.model.activities;
        self.require(
            self.model.orders.len() == self.model.approaches,
            Flaw::Approaches,
        );
        for order in &self.model.orders {
            self.activity(order);
            self.require(order.len() == activities.len(), Flaw::Order);
            for (place, next) in order.iter().enumerate() {
                let done = &order[..place];
                let possible = activities.get(*next).is_some_and(|activity| {
                    !done.contains(next) && activity.after.iter().all(|one| done.contains(one))
                });
                self.require(possible, Flaw::Order);
            }
        }
    }

    fn results(&mut self) {
        let model = self.model;
        for milestone in &model.milestones {
            self.activity(&milestone.after);
        }
        if let Some(pack) = &model.pack {
            self.craft(&pack.craft);
            self.activity(&pack.work);
            self.milestone(pack.milestone.as_slice());
        }
        if let Some(adoption) = &model.adoption {
            self.craft(&adoption.craft);
            self.activity(&[adoption.from, adoption.to]);
        }
        if let Some(improvement) = &model.improvement {
            self.require(
                improvement.rates.len() == model.approaches,
                Flaw::Approaches,
            );
            self.number(&improvement.rates);
            if let Some(owner) = &improvement.owner {
                self.condition(&[owner.when]);
                self.approach(&[owner.approach]);
                self.number(&[owner.rate]);
            }
        }
        if let Some(operations) = &model.value.operations {
            self.input(&operations.drivers);
            self.input(operations.percent.as_slice());
            self.milestone(&operations.live);
        }
        if let Some(automations) = &model.value.automations {
            self.input(&[automations.count, automations.saved]);
            self.scale(&automations.scale);
            self.activity(&[automations.from]);
            self.milestone(automations.to.as_slice());
        }
    }

    fn craft(&mut self, craft: &Craft) {
        self.activity(&[craft.activity]);
        for gap in &craft.gaps {
            self.role(&[gap.role]);
            self.number(&[gap.gap]);
        }
        self.require(craft.fixed.len() <= MAX_ITEMS, Flaw::TooMany);
        for row in &craft.fixed {
            self.condition(&[row.when]);
        }
    }

    fn scale(&mut self, Scale(ramps): &Scale) {
        self.require(ramps.len() <= MAX_ITEMS, Flaw::TooMany);
        for ramp in ramps {
            self.input(&[ramp.input]);
            self.require(ramp.points.len() <= MAX_ITEMS, Flaw::TooMany);
            let rising = ramp.points.windows(2).all(|pair| pair[0].x < pair[1].x);
            self.require(rising && !ramp.points.is_empty(), Flaw::Ramp);
            let mut sizes = ramp
                .points
                .iter()
                .map(|point| point.x.abs().max(point.y.abs()));
            self.require(sizes.all(|size| size <= LARGEST), Flaw::Size);
        }
    }

    fn condition(&mut self, conditions: &[Equals]) {
        for when in conditions {
            self.input(&[when.input]);
        }
    }

    fn input(&mut self, indices: &[usize]) {
        self.indices(indices, self.model.inputs.len());
    }

    fn number(&mut self, indices: &[usize]) {
        self.indices(indices, self.model.numbers.len());
    }

    fn role(&mut self, indices: &[usize]) {
        self.indices(indices, self.model.roles.len());
    }

    fn approach(&mut self, indices: &[usize]) {
        self.indices(indices, self.model.approaches);
    }

    fn activity(&mut self, indices: &[usize]) {
        self.indices(indices, self.model.activities.len());
    }

    fn milestone(&mut self, indices: &[usize]) {
        self.indices(indices, self.model.milestones.len());
    }

    /// All of these exist in a list of `count`, and they are not too many.
    #[inline(never)]
    fn indices(&mut self, indices: &[usize], count: usize) {
        self.require(indices.len() <= MAX_ITEMS, Flaw::TooMany);
        self.require(indices.iter().all(|index| *index < count), Flaw::Index);
    }

    #[inline(never)]
    fn require(&mut self, holds: bool, flaw: Flaw) {
        if !holds {
            self.flaw = self.flaw.or(Some(flaw));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Flaw;
    use crate::model::example::small;
    use crate::model::{Improvement, Input, Kind, Model, Point, Ramp, Scale};
    use alloc::vec;
    use alloc::vec::Vec;

    #[test]
    fn a_sound_model_is_accepted() {
        assert_eq!(small().check(), Ok(()));
    }

    #[test]
    fn each_flaw_is_named() {
        let flawed = |change: fn(&mut Model)| {
            let mut model = small();
            change(&mut model);
            model.check()
        };
        type Change = fn(&mut Model);
        let cases: Vec<(Change, Flaw)> = vec![
            (|m| m.samples = 1000, Flaw::Samples),
            (|m| m.samples = 1 << 20, Flaw::Samples),
            (|m| m.approaches = 6, Flaw::Approaches),
            (|m| m.activities[0].splits[1].approach = 2, Flaw::Index),
            (|m| m.phases = 1000, Flaw::TooMany),
            (|m| m.numbers[1].variable = 75, Flaw::Variables),
            (|m| m.activities[0].phase = 1, Flaw::Index),
            (
                |m| m.activities[0].splits[1].shares[0].role = 2,
                Flaw::Index,
            ),
            (|m| m.milestones[0].after.push(9), Flaw::Index),
            (|m| m.roles[1].rate = 2, Flaw::Index),
            (|m| m.risks = vec![2], Flaw::Index),
            (|m| m.activities[0].work = vec![2], Flaw::Index),
            (|m| m.team = Some(2), Flaw::Index),
            (|m| m.numbers[0].drivers = vec![0], Flaw::Index),
            (
                |m| {
                    m.improvement = Some(Improvement {
                        rates: vec![0, 2],
                        owner: None,
                    })
                },
                Flaw::Index,
            ),
            (
                |m| {
                    m.improvement = Some(Improvement {
                        rates: vec![0],
                        owner: None,
                    })
                },
                Flaw::Approaches,
            ),
            (|m| m.numbers[0].pert.low = 200.0, Flaw::Pert),
            (|m| m.numbers[0].pert.mode = f64::NAN, Flaw::Pert),
            (|m| m.numbers[0].pert.high = f64::INFINITY, Flaw::Pert),
            (|m| m.orders[1].clear(), Flaw::Order),
            (|m| m.orders[1] = vec![0, 0], Flaw::Order),
            (|m| m.activities[0].after = vec![0], Flaw::Order),
        ];
        for (number, (change, flaw)) in cases.into_iter().enumerate() {
            assert_eq!(flawed(change), Err(flaw), "case {number}");
        }
    }

    #[test]
    fn ramps_must_have_points_that_rise() {
        let with = |points: Vec<Point>| {
            let mut model = small();
            model.inputs.push(Input {
                kind: Kind::Real,
                min: 0.0,
                max: 1.0,
                default: 0.0,
            });
            model.numbers[0].scale = Scale(vec![Ramp { input: 0, points }]);
            model.check()
        };
        let (left, right) = (Point { x: 0.0, y: 1.0 }, Point { x: 1.0, y: 0.0 });
        assert_eq!(with(vec![left, right]), Ok(()));
        assert_eq!(with(vec![right, left]), Err(Flaw::Ramp));
        assert_eq!(with(vec![left, left]), Err(Flaw::Ramp));
        assert_eq!(with(vec![]), Err(Flaw::Ramp));
    }
}
