//! A model as one list of numbers, in the order in which `program` and `plan` read it. A list of
//! things is preceded by its length; an index that may be missing is written one higher, 0 for none.

use super::terms::TERM_KINDS;
use super::{Craft, Equals, Lever, Model, Scale, Split, Term, TermKind, TermSubject};
use alloc::vec::Vec;

/// The list of a model's numbers.
pub fn words(model: &Model) -> Vec<f64> {
    let mut words = Words::default();
    words.facts(model);
    words.assumptions(model);
    words.numbers(model);
    words.people(model);
    words.activities(model);
    words.results(model);
    words.terms();
    words.levers(model);
    words.list
}

impl Model {
    /// What a reader may change besides [`Model::assumptions`], with the numbers of it.
    pub fn terms(&self) -> Vec<(TermSubject, TermKind, Vec<f64>)> {
        let mut words = Words::default();
        words.numbers(self);
        words.people(self);
        words.activities(self);
        words.results(self);
        let Words { list, terms, .. } = words;
        let term = |(subject, term): (TermSubject, Term)| {
            (subject, term.kind, list[term.from..term.to].to_vec())
        };
        terms.into_iter().map(term).collect()
    }
}

/// The list while it is written.
#[derive(Default)]
struct Words {
    list: Vec<f64>,
    terms: Vec<(TermSubject, Term)>,
    /// Where the number of terms has to be told.
    count_of_terms: usize,
}

impl Words {
    fn number(&mut self, number: f64) {
        self.list.push(number);
    }

    /// Numbers that a reader may change.
    fn term(&mut self, subject: TermSubject, kind: TermKind, numbers: &[f64]) {
        let from = self.list.len();
        self.list.extend(numbers);
        let to = self.list.len();
        self.terms.push((subject, Term { kind, from, to }));
    }

    /// Where terms are: of each its kind with how many words it has, and how many are before it.
    fn terms(&mut self) {
        let mut end = 0;
        let terms = core::mem::take(&mut self.terms);
        self.list[self.count_of_terms] = terms.len() as f64;
        for (_, Term { kind, from, to }) in terms {
            self.index(kind as usize + TERM_KINDS * (to - from));
            self.index(from - end);
            end = to;
        }
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

    fn scale(&mut self, scale: &Scale, kind: TermKind, subject: impl Fn(usize) -> TermSubject) {
        self.index(scale.0.len());
        for (place, ramp) in scale.0.iter().enumerate() {
            self.index(ramp.input);
            self.index(ramp.points.len());
            let points = ramp.points.iter().flat_map(|point| [point.x, point.y]);
            self.term(subject(place), kind, &points.collect::<Vec<f64>>());
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
        self.count_of_terms = self.list.len();
        self.index(0);
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
        let losses: Vec<usize> = model.roles.iter().filter_map(|role| role.loss).collect();
        for (place, number) in model.numbers.iter().enumerate() {
            self.index(number.variable);
            self.list(&number.drivers);
            let kind = match losses.contains(&place) {
                true => TermKind::Factor,
                false => TermKind::Ramp,
            };
            self.scale(&number.scale, kind, |ramp| TermSubject::Number {
                number: place,
                ramp,
            });
        }
    }

    fn people(&mut self, model: &Model) {
        self.list(&model.risks);
        for (place, role) in model.roles.iter().enumerate() {
            self.flag(role.cash);
            self.index(role.rate);
            self.option(role.loss);
            let capacity = [role.capacity.base, role.capacity.per];
            let subject = TermSubject::Capacity { role: place };
            // Only a model that takes hours away itself lets its readers do so.
            let kind = match capacity.iter().all(|hours| *hours >= 0.0) {
                true => TermKind::NotNegative,
                false => TermKind::Any,
            };
            self.term(subject, kind, &capacity);
            self.option(role.capacity.input);
            self.option(role.opportunity.as_ref().map(|other| other.input));
            match &role.opportunity {
                Some(opportunity) => self.scale(&opportunity.scale, TermKind::Ramp, |ramp| {
                    TermSubject::Worth { role: place, ramp }
                }),
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
        let workers = model.workers();
        self.list(&workers);
        for (place, activity) in model.activities.iter().enumerate() {
            self.index(activity.phase);
            self.index(activity.skill);
            self.flag(activity.ongoing);
            let subject = TermSubject::Team { activity: place };
            self.term(subject, TermKind::NotNegative, &[activity.team]);
            self.option(activity.min_weeks);
            self.list(&activity.work);
            self.list(&activity.after);
            self.scale(&activity.scale, TermKind::Factor, |ramp| {
                TermSubject::Work {
                    activity: place,
                    ramp,
                }
            });
            self.index(activity.approach_scale.len());
            for (approach, scale) in activity.approach_scale.iter().enumerate() {
                self.scale(scale, TermKind::Factor, |ramp| TermSubject::WorkIn {
                    activity: place,
                    approach,
                    ramp,
                });
            }
            self.index(activity.splits.len());
            for (split, row) in activity.splits.iter().enumerate() {
                let Split {
                    approach,
                    when,
                    shares,
                } = row;
                self.index(*approach);
                self.when(*when);
                let part = |worker: &usize| {
                    let own = shares.iter().filter(|share| share.role == *worker);
                    // (The sum of nothing would be −0.)
                    own.fold(0.0, |sum, share| sum + share.part)
                };
                let parts: Vec<f64> = workers.iter().map(part).collect();
                let subject = TermSubject::Split {
                    activity: place,
                    split,
                };
                self.term(subject, TermKind::Split, &parts);
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
            self.craft(&pack.craft, false);
            self.list(&pack.work);
            self.option(pack.milestone);
        }
        if let Some(adoption) = &model.adoption {
            self.craft(&adoption.craft, true);
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
            self.scale(&automations.scale, TermKind::Factor, |ramp| {
                TermSubject::Automations { ramp }
            });
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

    fn craft(&mut self, craft: &Craft, adoption: bool) {
        self.index(craft.activity);
        let bounds = [craft.ideal, craft.floor];
        self.term(TermSubject::Craft { adoption }, TermKind::Share, &bounds);
        self.index(craft.gaps.len());
        for gap in &craft.gaps {
            self.index(gap.role);
            self.index(gap.gap);
        }
        self.index(craft.fixed.len());
        for (row, fixed) in craft.fixed.iter().enumerate() {
            self.when(Some(fixed.when));
            let subject = TermSubject::Fixed { adoption, row };
            self.term(subject, TermKind::Share, &[fixed.is]);
        }
    }
}
