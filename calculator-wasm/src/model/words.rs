//! A model as one list of numbers, in the order in which `program` and `plan` read it. A list of
//! things is preceded by its length; an index that may be missing is written one higher, 0 for none.

use super::{Craft, Equals, Lever, Model, Scale, Split};
use alloc::vec::Vec;

/// The list of a model's numbers.
pub fn words(model: &Model) -> Vec<f64> {
    let mut words = Words(Vec::new());
    words.facts(model);
    words.assumptions(model);
    words.numbers(model);
    words.people(model);
    words.activities(model);
    words.results(model);
    words.levers(model);
    words.0
}

/// The list while it is written.
struct Words(Vec<f64>);

impl Words {
    fn number(&mut self, number: f64) {
        self.0.push(number);
    }

    fn index(&mut self, index: usize) {
        self.number(index as f64);
    }

    fn flag(&mut self, flag: bool) {
        self.index(usize::from(flag));
    }

    fn option(&mut self, index: Option<usize>) {
        self.index(index.map_or(0, |index| index + 1));
    }

    fn list(&mut self, indices: &[usize]) {
        self.index(indices.len());
        for index in indices {
            self.index(*index);
        }
    }

    fn scale(&mut self, scale: &Scale) {
        self.index(scale.0.len());
        for ramp in &scale.0 {
            self.index(ramp.input);
            self.index(ramp.points.len());
            for point in &ramp.points {
                self.number(point.x);
                self.number(point.y);
            }
        }
    }

    fn when(&mut self, when: Option<Equals>) {
        self.option(when.map(|when| when.input));
        self.number(when.map_or(0.0, |when| when.value));
    }

    fn facts(&mut self, model: &Model) {
        self.index(model.samples);
        self.number(f64::from(model.seed));
        self.index(model.approaches);
        self.index(model.phases);
        self.index(model.roles.len());
        self.index(model.milestones.len());
        self.index(model.activities.len());
        self.flag(model.pack.is_some());
        self.flag(model.improvement.is_some());
        self.flag(model.adoption.is_some());
        self.option(model.team);
        self.index(model.inputs.len());
        self.index(model.levers.len());
        self.index(model.numbers.len());
    }

    fn assumptions(&mut self, model: &Model) {
        for input in &model.inputs {
            self.index(input.kind as usize);
            self.number(input.min);
            self.number(input.max);
            self.number(input.default);
        }
        for (domain, pert) in model.domains().zip(model.assumptions()) {
            self.index(domain as usize);
            self.number(pert.low);
            self.number(pert.mode);
            self.number(pert.high);
        }
    }

    fn numbers(&mut self, model: &Model) {
        for number in &model.numbers {
            self.index(number.variable);
            self.list(&number.drivers);
            self.scale(&number.scale);
        }
    }

    fn people(&mut self, model: &Model) {
        self.list(&model.risks);
        for role in &model.roles {
            self.flag(role.cash);
            self.index(role.rate);
            self.option(role.loss);
            self.number(role.capacity.base);
            self.number(role.capacity.per);
            self.option(role.capacity.input);
            self.option(role.opportunity.as_ref().map(|other| other.input));
            match &role.opportunity {
                Some(opportunity) => self.scale(&opportunity.scale),
                None => self.index(0),
            }
        }
        self.index(model.penalties.len());
        for penalty in &model.penalties {
            self.index(penalty.role);
            self.index(penalty.skill);
            self.index(penalty.excess);
            self.list(&penalty.approaches);
        }
    }

    fn activities(&mut self, model: &Model) {
        for activity in &model.activities {
            self.index(activity.phase);
            self.index(activity.skill);
            self.flag(activity.ongoing);
            self.number(activity.team);
            self.option(activity.min_weeks);
            self.list(&activity.work);
            self.list(&activity.after);
            self.scale(&activity.scale);
            self.index(activity.approach_scale.len());
            for scale in &activity.approach_scale {
                self.scale(scale);
            }
            self.index(activity.splits.len());
            for Split {
                approach,
                when,
                shares,
            } in &activity.splits
            {
                self.index(*approach);
                self.when(*when);
                self.index(shares.len());
                for share in shares {
                    self.index(share.role);
                    self.number(share.part);
                }
            }
        }
        for order in &model.orders {
            self.list(order);
        }
    }

    fn results(&mut self, model: &Model) {
        self.index(model.expenses.len());
        for expense in &model.expenses {
            self.index(expense.price);
            self.list(&expense.approaches);
        }
        if let Some(pack) = &model.pack {
            self.craft(&pack.craft);
            self.list(&pack.work);
            self.option(pack.milestone);
        }
        if let Some(adoption) = &model.adoption {
            self.craft(&adoption.craft);
            self.index(adoption.from);
            self.index(adoption.to);
        }
        if let Some(improvement) = &model.improvement {
            self.list(&improvement.rates);
            let owner = improvement.owner.as_ref();
            self.option(owner.map(|owner| owner.approach));
            self.when(owner.map(|owner| owner.when));
            self.index(owner.map_or(0, |owner| owner.rate));
        }
        let operations = model.value.operations.as_ref();
        self.flag(operations.is_some());
        if let Some(operations) = operations {
            self.list(&operations.drivers);
            self.option(operations.percent);
            self.list(&operations.live);
        }
        let automations = model.value.automations.as_ref();
        self.flag(automations.is_some());
        if let Some(automations) = automations {
            self.index(automations.count);
            self.index(automations.saved);
            self.scale(&automations.scale);
            self.index(automations.from);
            self.option(automations.to);
        }
        for milestone in &model.milestones {
            self.list(&milestone.after);
        }
    }

    fn levers(&mut self, model: &Model) {
        for lever in &model.levers {
            let (kind, place) = match lever {
                Lever::Input(place) => (0, *place),
                Lever::Assumption(place) => (1, *place),
            };
            self.index(kind);
            self.index(place);
        }
    }

    fn craft(&mut self, craft: &Craft) {
        self.index(craft.activity);
        self.number(craft.ideal);
        self.number(craft.floor);
        self.index(craft.gaps.len());
        for gap in &craft.gaps {
            self.index(gap.role);
            self.index(gap.gap);
        }
        self.index(craft.fixed.len());
        for fixed in &craft.fixed {
            self.when(Some(fixed.when));
            self.number(fixed.is);
        }
    }
}
