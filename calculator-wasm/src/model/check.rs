//! What must hold of a model so that computing it can neither stop halfway nor run away: every
//! index exists, every order is possible, every distribution and ramp is in order, everything is of
//! reasonable size. The richer rules for authors, with file and line, are the generator's.

use super::{
    APPROACHES, Craft, Equals, MAX_ITEMS, MAX_ROWS, MAX_VARIABLES, Model, Pert, SAMPLES, Scale,
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
        require(
            self.samples.is_power_of_two() && SAMPLES.contains(&self.samples),
            Flaw::Samples,
        )?;
        require(APPROACHES.contains(&self.approaches), Flaw::Approaches)?;
        require(
            self.phases <= MAX_ROWS && self.milestones.len() <= MAX_ROWS,
            Flaw::TooMany,
        )?;
        require(self.inputs.len() <= MAX_ITEMS, Flaw::TooMany)?;
        require(self.variables().len() <= MAX_VARIABLES, Flaw::Variables)?;
        for input in &self.inputs {
            let holds = input.min <= input.default && input.default <= input.max;
            require(holds && (input.max - input.min).is_finite(), Flaw::Range)?;
        }
        let wanted = self.quality.target > 0.0 && self.quality.target < self.quality.max;
        require(wanted || self.pack.is_none(), Flaw::Quality)?;

        self.check_people()?;
        self.check_activities()?;
        self.check_orders()?;
        self.check_results()
    }

    fn check_people(&self) -> Result<(), Flaw> {
        exist(&self.team, self.roles.len())?;
        ordered(&self.risks)?;
        for role in &self.roles {
            ordered([&role.rate])?;
            exist(&role.capacity.input, self.inputs.len())?;
            if let Some(opportunity) = &role.opportunity {
                exist([&opportunity.input], self.inputs.len())?;
                self.check_scale(&opportunity.scale)?;
            }
            if let Some(loss) = &role.loss {
                ordered([&loss.excess])?;
                self.check_scale(&loss.scale)?;
            }
        }
        for penalty in &self.penalties {
            exist([&penalty.role], self.roles.len())?;
            exist(&penalty.approaches, self.approaches)?;
            ordered([&penalty.excess.excess])?;
            self.check_scale(&penalty.excess.scale)?;
        }
        for expense in &self.expenses {
            ordered([&expense.price])?;
            exist(&expense.drivers, self.inputs.len())?;
            exist(&expense.approaches, self.approaches)?;
        }
        Ok(())
    }

    fn check_activities(&self) -> Result<(), Flaw> {
        for activity in &self.activities {
            exist([&activity.phase], self.phases)?;
            exist(&activity.after, self.activities.len())?;
            ordered([&activity.base])?;
            ordered(&activity.min_weeks)?;
            require(
                activity.per.len() <= MAX_ITEMS && activity.share_if.len() <= MAX_ITEMS,
                Flaw::TooMany,
            )?;
            for term in &activity.per {
                ordered([&term.hours])?;
                exist(&term.drivers, self.inputs.len())?;
            }
            self.check_scale(&activity.scale)?;
            let scaled = activity.approach_scale.len();
            require(scaled == 0 || scaled == self.approaches, Flaw::Approaches)?;
            for scale in &activity.approach_scale {
                self.check_scale(scale)?;
            }
            require(activity.shares.len() == self.approaches, Flaw::Approaches)?;
            for shares in &activity.shares {
                self.check_shares(shares, activity.team)?;
            }
            for row in &activity.share_if {
                self.check_condition(row.when)?;
                require(row.shares.len() == self.approaches, Flaw::Approaches)?;
                for shares in row.shares.iter().flatten() {
                    self.check_shares(shares, activity.team)?;
                }
            }
        }
        Ok(())
    }

    /// No role works twice on an activity: the `team` hours count as one share of their role.
    fn check_shares(&self, shares: &[Share], team: f64) -> Result<(), Flaw> {
        for (n, share) in shares.iter().enumerate() {
            exist([&share.role], self.roles.len())?;
            let repeated = shares[..n].iter().any(|other| other.role == share.role);
            require(
                !repeated && (team == 0.0 || self.team != Some(share.role)),
                Flaw::Share,
            )?;
        }
        Ok(())
    }

    /// Each order is a permutation of the activities in which `after` points backwards; so there is
    /// no cycle either.
    fn check_orders(&self) -> Result<(), Flaw> {
        require(self.orders.len() == self.approaches, Flaw::Approaches)?;
        for order in &self.orders {
            require(order.len() == self.activities.len(), Flaw::Order)?;
            let mut done = alloc::vec![false; self.activities.len()];
            for &next in order {
                exist([&next], done.len())?;
                let possible = !done[next]
                    && self.activities[next]
                        .after
                        .iter()
                        .all(|&before| done[before]);
                require(possible, Flaw::Order)?;
                done[next] = true;
            }
        }
        Ok(())
    }

    fn check_results(&self) -> Result<(), Flaw> {
        let activities = self.activities.len();
        for milestone in &self.milestones {
            exist(&milestone.after, activities)?;
        }
        if let Some(pack) = &self.pack {
            self.check_craft(&pack.craft)?;
            exist(&pack.work, activities)?;
            exist(&pack.milestone, self.milestones.len())?;
        }
        if let Some(adoption) = &self.adoption {
            self.check_craft(&adoption.craft)?;
            exist([&adoption.from, &adoption.to], activities)?;
        }
        if let Some(improvement) = &self.improvement {
            require(improvement.rates.len() == self.approaches, Flaw::Approaches)?;
            ordered(&improvement.rates)?;
            if let Some(owner) = &improvement.owner {
                self.check_condition(owner.when)?;
                exist([&owner.approach], self.approaches)?;
                ordered([&owner.rate])?;
            }
        }
        if let Some(operations) = &self.value.operations {
            exist(&operations.drivers, self.inputs.len())?;
            exist(&operations.percent, self.inputs.len())?;
            exist(&operations.live, self.milestones.len())?;
        }
        if let Some(automations) = &self.value.automations {
            exist([&automations.count, &automations.saved], self.inputs.len())?;
            self.check_scale(&automations.scale)?;
            exist([&automations.from], activities)?;
            exist(&automations.to, self.milestones.len())?;
        }
        Ok(())
    }

    fn check_craft(&self, craft: &Craft) -> Result<(), Flaw> {
        exist([&craft.activity], self.activities.len())?;
        require(craft.fixed.len() <= MAX_ITEMS, Flaw::TooMany)?;
        for gap in &craft.gaps {
            exist([&gap.role], self.roles.len())?;
            ordered([&gap.gap.excess])?;
            self.check_scale(&gap.gap.scale)?;
        }
        craft
            .fixed
            .iter()
            .try_for_each(|row| self.check_condition(row.when))
    }

    fn check_condition(&self, when: Equals) -> Result<(), Flaw> {
        exist([&when.input], self.inputs.len())
    }

    fn check_scale(&self, Scale(ramps): &Scale) -> Result<(), Flaw> {
        require(ramps.len() <= MAX_ITEMS, Flaw::TooMany)?;
        for ramp in ramps {
            exist([&ramp.input], self.inputs.len())?;
            require(ramp.points.len() <= MAX_ITEMS, Flaw::TooMany)?;
            let rising = ramp.points.windows(2).all(|pair| pair[0].x < pair[1].x);
            require(rising && !ramp.points.is_empty(), Flaw::Ramp)?;
        }
        Ok(())
    }
}

fn require(holds: bool, flaw: Flaw) -> Result<(), Flaw> {
    if holds { Ok(()) } else { Err(flaw) }
}

fn ordered<'a>(perts: impl IntoIterator<Item = &'a Pert>) -> Result<(), Flaw> {
    perts
        .into_iter()
        .try_for_each(|pert| require(pert.is_ordered(), Flaw::Pert))
}

/// All of these indices exist in a list of `count`, and they are not too many.
fn exist<'a>(indices: impl IntoIterator<Item = &'a usize>, count: usize) -> Result<(), Flaw> {
    for (n, &index) in indices.into_iter().enumerate() {
        require(n < MAX_ITEMS, Flaw::TooMany)?;
        require(index < count, Flaw::Index)?;
    }
    Ok(())
}

#[cfg(test)]
pub mod tests {
    use super::Flaw;
    use crate::model::{
        Activity, Capacity, Milestone, Model, Penalty, PerUnit, Pert, Point, Quality, Ramp, Role,
        Scale, Scaled, Share, Value,
    };
    use alloc::vec;
    use alloc::vec::Vec;

    /// Two approaches, one internal and one paid role, one activity of 40 hours that either does
    /// alone.
    pub fn small() -> Model {
        let role = |cash, hours| Role {
            cash,
            rate: Pert::certain(100.0),
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
            risks: vec![],
            penalties: vec![],
            activities: vec![Activity {
                phase: 0,
                skill: 0,
                base: Pert::certain(40.0),
                per: vec![],
                scale: Scale::default(),
                approach_scale: vec![],
                shares: vec![
                    vec![Share { role: 0, part: 1.0 }],
                    vec![Share { role: 1, part: 1.0 }],
                ],
                share_if: vec![],
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
            (|m| m.activities[0].shares.truncate(1), Flaw::Approaches),
            (|m| m.phases = 1000, Flaw::TooMany),
            (|m| m.roles = vec![m.roles[0].clone(); 80], Flaw::Variables),
            (|m| m.activities[0].phase = 1, Flaw::Index),
            (|m| m.activities[0].shares[1][0].role = 2, Flaw::Index),
            (|m| m.milestones[0].after.push(9), Flaw::Index),
            (|m| m.roles[0].rate.low = 200.0, Flaw::Pert),
            (|m| m.roles[0].rate.mode = f64::NAN, Flaw::Pert),
            (|m| m.roles[0].rate.high = f64::INFINITY, Flaw::Pert),
            (
                |m| m.activities[0].shares[0] = vec![Share { role: 0, part: 0.5 }; 2],
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
            model.activities[0].per = vec![PerUnit {
                drivers: vec![0],
                hours: Pert::certain(1.0),
            }];
            model.penalties = vec![Penalty {
                role: 0,
                skill: 0,
                approaches: vec![],
                excess: Scaled {
                    excess: Pert::certain(0.1),
                    scale: Scale(vec![Ramp { input: 0, points }]),
                },
            }];
            model.check()
        };
        let (left, right) = (Point { x: 0.0, y: 1.0 }, Point { x: 1.0, y: 0.0 });
        assert_eq!(with(vec![left, right]), Ok(()));
        assert_eq!(with(vec![right, left]), Err(Flaw::Ramp));
        assert_eq!(with(vec![left, left]), Err(Flaw::Ramp));
        assert_eq!(with(vec![]), Err(Flaw::Ramp));
    }
}
