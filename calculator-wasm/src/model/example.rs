//! Small models for tests: a story begins with [`small`] and changes what it is about.

use super::{
    Activity, Capacity, Domain, Input, Kind, Milestone, Model, Number, Pert, Point, Quality, Ramp,
    Role, Scale, Share, Split, Value,
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
        levers: vec![],
    }
}

/// A number that is the same in all futures.
pub fn certain(variable: usize, value: f64) -> Number {
    Number {
        variable,
        pert: Pert::certain(value),
        domain: Domain::Excess,
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

/// A question for a number from 0 to 100.
pub fn question(default: f64) -> Input {
    Input {
        kind: Kind::Real,
        min: 0.0,
        max: 100.0,
        default,
    }
}

/// A straight line from `left` at 0 to `right` at 100, over one input.
pub fn line(input: usize, left: f64, right: f64) -> Scale {
    let points = vec![Point { x: 0.0, y: left }, Point { x: 100.0, y: right }];
    Scale(vec![Ramp { input, points }])
}

impl Model {
    /// Adds a number with a variable of its own.
    pub fn add(&mut self, low: f64, mode: f64, high: f64) -> usize {
        self.numbers.push(Number {
            domain: Domain::Excess,
            variable: self.variables(),
            pert: Pert { low, mode, high },
            drivers: Vec::new(),
            scale: Scale::default(),
        });
        self.numbers.len() - 1
    }

    /// Adds a number that is the same in all futures.
    pub fn add_certain(&mut self, value: f64) -> usize {
        self.add(value, value, value)
    }

    /// Adds an activity of so many hours that one role does in all approaches; it comes last.
    pub fn add_activity(&mut self, role: usize, hours: f64, after: Vec<usize>) -> usize {
        let work = vec![self.add_certain(hours)];
        let splits = (0..self.approaches).map(|approach| alone(approach, role));
        self.activities.push(Activity {
            phase: 0,
            skill: 0,
            work,
            scale: Scale::default(),
            approach_scale: vec![],
            splits: splits.collect(),
            after,
            min_weeks: None,
            team: 0.0,
            ongoing: false,
        });
        let place = self.activities.len() - 1;
        for order in &mut self.orders {
            order.push(place);
        }
        self.milestones[0].after.push(place);
        place
    }
}
