//! What must hold of a model so that computing it can neither stop halfway nor run away: every
//! index exists, every order is possible, every distribution and ramp is in order, everything is of
//! reasonable size. The richer rules for authors, with file and line, are the generator's.

use super::{
    APPROACHES, Craft, Equals, MAX_ITEMS, MAX_ROWS, MAX_VARIABLES, Model, Quality, SAMPLES, Scale,
    Share,
};

/// The first thing that is wrong with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Samples are no power of two in [`SAMPLES`].
    Samples,
    /// More or fewer approaches than [`APPROACHES`], or a list that has not one entry for each.
    Approaches,
    /// Something is longer than [`MAX_ITEMS`] or [`MAX_ROWS`].
    TooMany,
    /// More risk variables than [`MAX_VARIABLES`].
    Variables,
    /// An index points at nothing.
    Index,
    /// A distribution is not low ≤ mode ≤ high.
    Pert,
    /// A ramp without points, or whose `x` does not rise.
    Ramp,
    /// The range of an input is empty or does not hold its default.
    Range,
    /// A role has two shares in one activity.
    Share,
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
        check.people();
        check.activities();
        check.orders();
        check.results();
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
                self.shares(&split.shares, activity.team);
            }
        }
    }

    /// No role works twice on an activity: the `team` hours count as one share of their role.
    fn shares(&mut self, shares: &[Share], team: f64) {
        for (n, share) in shares.iter().enumerate() {
            self.role(&[share.role]);
            let repeated = shares[..n].iter().any(|other| other.role == share.role);
            let in_team = team != 0.0 && self.model.team == Some(share.role);
            self.require(!repeated && !in_team, Flaw::Share);
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
pub mod tests {
    use super::Flaw;
    use crate::model::{
        Activity, Capacity, Milestone, Model, Number, Pert, Point, Quality, Ramp, Role, Scale,
        Share, Split, Value,
    };
    use alloc::vec;
    use alloc::vec::Vec;

    /// Two approaches, one internal and one paid role, one activity of 40 hours that either does
    /// alone.
    pub fn small() -> Model {
        let role = |cash, hours| Role {
            cash,
            rate: 0,
            capacity: Capacity {
                base: hours,
                per: 1.0,
                input: None,
            },
            opportunity: None,
            loss: None,
        };
        Model {
            samples: 1024,
            seed: 1,
            approaches: 2,
            phases: 1,
            sufficient: 0.05,
            close_call: 0.6,
            inputs: vec![],
            roles: vec![role(false, 10.0), role(true, 20.0)],
            team: None,
            numbers: vec![certain(0, 100.0), certain(1, 40.0)],
            risks: vec![],
            penalties: vec![],
            activities: vec![Activity {
                phase: 0,
                skill: 0,
                work: vec![1],
                scale: Scale::default(),
                approach_scale: vec![],
                splits: vec![alone(0, 0), alone(1, 1)],
                after: vec![],
                min_weeks: None,
                team: 0.0,
                ongoing: false,
            }],
            orders: vec![vec![0]; 2],
            expenses: vec![],
            quality: Quality {
                max: 1.0,
                target: 0.75,
            },
            pack: None,
            adoption: None,
            improvement: None,
            value: Value {
                horizon_weeks: 52.0,
                team_rate: 0.0,
                recapture: 0.0,
                operations: None,
                automations: None,
            },
            milestones: vec![Milestone { after: vec![0] }],
        }
    }

    /// A number that is the same in all futures.
    pub fn certain(variable: usize, value: f64) -> Number {
        Number {
            variable,
            pert: Pert::certain(value),
            drivers: vec![],
            scale: Scale::default(),
        }
    }

    /// One role does all of an activity in one approach.
    pub fn alone(approach: usize, role: usize) -> Split {
        Split {
            approach,
            when: None,
            shares: vec![Share { role, part: 1.0 }],
        }
    }

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
        let cases: Vec<(fn(&mut Model), Flaw)> = vec![
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
            (|m| m.numbers[0].pert.low = 200.0, Flaw::Pert),
            (|m| m.numbers[0].pert.mode = f64::NAN, Flaw::Pert),
            (|m| m.numbers[0].pert.high = f64::INFINITY, Flaw::Pert),
            (
                |m| m.activities[0].splits[0].shares = vec![Share { role: 0, part: 0.5 }; 2],
                Flaw::Share,
            ),
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
            model.inputs.push(crate::model::Input {
                kind: crate::model::Kind::Real,
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
