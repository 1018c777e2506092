//! The estimate engine: a model of who does which work, and the inputs of one visitor, give cost,
//! timeline and role split per approach as ranges over simulated futures, with a recommendation. It
//! is pure arithmetic: no clock, no platform mathematics, no allocation per future, so a native
//! build and the page agree bit for bit.
//!
//! Identifiers, labels and sources stay with the generator; here everything is a number or an
//! index. Times are in weeks, work in hours, money in the model's currency.

mod assumptions;
mod binary;
mod check;
mod engine;
mod estimate;
#[cfg(test)]
mod example;
mod futures;
mod inputs;
mod lattice;
mod maths;
mod pert;
mod plan;
mod program;
mod sensitivity;
mod study;
mod terms;
mod words;

use alloc::vec::Vec;

pub use assumptions::{Domain, LARGEST, Setting};
pub use binary::DecodeError;
pub use check::Flaw;
pub use engine::Engine;
pub use estimate::{DOTS, Estimate, Outcome, Recommendation, Series, Sheet, Summary};
pub use inputs::{Input, InputError, Kind};
pub use lattice::MAX_VARIABLES;
pub use maths::ln;
pub use pert::Pert;
pub use program::Facts;
pub use sensitivity::{Lever, Swing, Turn};
pub use study::{SWINGS, Study};
pub use terms::{Term, TermKind, TermSubject};

/// Approaches that a model may compare.
pub const APPROACHES: core::ops::RangeInclusive<usize> = 2..=5;
/// Futures that the engine can draw; a power of two. (A model file asks for 1024 at least, a test
/// may do with less.)
pub const SAMPLES: core::ops::RangeInclusive<usize> = 64..=65_536;
/// Phases, and milestones, that a model may have: each is a row of the result.
pub const MAX_ROWS: usize = 32;
/// Entries of any other list in a model: inputs, points of a ramp, drivers, orders.
pub const MAX_ITEMS: usize = 255;

/// One model, ready to be computed.
///
/// Whatever a model leaves out takes its neutral value: without a `pack` quality is at its best
/// from the start, without `adoption` everybody uses the result, without an `improvement` loop
/// quality stays where it began, without `value` nothing is lost by waiting, without `risks` there
/// is no shared overrun.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Futures to draw, a power of two in [`SAMPLES`].
    pub samples: usize,
    /// Moves the lattice; everybody who reads the page sees the same one.
    pub seed: u32,
    /// How many approaches are compared. The first is the one that needs no outside help.
    pub approaches: usize,
    /// How many phases the activities belong to.
    pub phases: usize,
    /// The first approach is recommended already when its total is within this share of the lowest.
    pub sufficient: f64,
    /// A recommendation that wins in a smaller share of the futures than this is a close call.
    pub close_call: f64,
    /// What the visitor sets.
    pub inputs: Vec<Input>,
    /// Who works.
    pub roles: Vec<Role>,
    /// The role that does the `team` hours of activities.
    pub team: Option<usize>,
    /// Everything uncertain. Other parts name a number by its place in this list.
    pub numbers: Vec<Number>,
    /// Numbers: shared overruns, by all of which every activity's work is multiplied.
    pub risks: Vec<usize>,
    /// Work that takes certain roles longer (or less long).
    pub penalties: Vec<Penalty>,
    /// The work, in file order.
    pub activities: Vec<Activity>,
    /// For each approach, all activities in the order in which roles take them up.
    pub orders: Vec<Vec<usize>>,
    /// Money that is not hours.
    pub expenses: Vec<Expense>,
    /// Bounds and target of quality, the share of outputs that is usable as it comes.
    pub quality: Quality,
    /// Quality when the pack is finished.
    pub pack: Option<Pack>,
    /// Share of the team that uses the result.
    pub adoption: Option<Adoption>,
    /// How fast quality improves after the pack is finished.
    pub improvement: Option<Improvement>,
    /// What the result is worth, hence what a delay costs.
    pub value: Value,
    /// Points on the timeline.
    pub milestones: Vec<Milestone>,
    /// What the page names as turning the answer.
    pub levers: Vec<Lever>,
}

/// A straight line through points, flat outside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Ramp {
    /// The input that is looked up.
    pub input: usize,
    /// At least one point, `x` rising.
    pub points: Vec<Point>,
}

/// A point of a [`Ramp`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Value of the input.
    pub x: f64,
    /// Factor at that value.
    pub y: f64,
}

/// A product of ramps; 1 if there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale(pub Vec<Ramp>);

/// An uncertain number under present inputs: `pert · Π drivers · scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The risk variable that draws it, below [`MAX_VARIABLES`]; numbers of the same variable move
    /// together. The generator counts variables as MODEL.md, section 8, says.
    pub variable: usize,
    /// Where inputs have no effect.
    pub pert: Pert,
    /// What a reader may change it to.
    pub domain: Domain,
    /// Inputs that are multiplied.
    pub drivers: Vec<usize>,
    /// Multiplies it as well.
    pub scale: Scale,
}

/// Somebody, or a group, who works on activities.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Paid in cash; otherwise the hours are the company's own.
    pub cash: bool,
    /// Number: price of an hour, currency/hour.
    pub rate: usize,
    /// Time that the role has.
    pub capacity: Capacity,
    /// What an hour of an internal role is worth elsewhere, where that differs from its price.
    pub opportunity: Option<Opportunity>,
    /// Number: capacity lost to other duties. What is left is capacity / (1 + loss).
    pub loss: Option<usize>,
}

/// Hours a week: `base + per · input`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// Hours a week whatever the input.
    pub base: f64,
    /// Hours a week for each unit of the input.
    pub per: f64,
    /// The input, if any.
    pub input: Option<usize>,
}

/// A multiple of an hour's price: `1 + (input − 1) · scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Opportunity {
    /// The input that holds the multiple.
    pub input: usize,
    /// How far it applies.
    pub scale: Scale,
}

/// A role takes `1 + excess` times as long over work of one skill.
#[derive(Clone, Debug, PartialEq)]
pub struct Penalty {
    /// Whose work.
    pub role: usize,
    /// Which kind of work; the same number as in [`Activity::skill`].
    pub skill: usize,
    /// In which approaches; in all if empty.
    pub approaches: Vec<usize>,
    /// Number: how much longer.
    pub excess: usize,
}

/// A piece of work inside a phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// The phase whose hours and money these are.
    pub phase: usize,
    /// Kind of work, for penalties.
    pub skill: usize,
    /// Numbers: hours of work, which are added up.
    pub work: Vec<usize>,
    /// Multiplies the work, and shortens `min_weeks` where it is below 1.
    pub scale: Scale,
    /// For each approach, a further factor on the work. May be empty: no factor in any approach.
    pub approach_scale: Vec<Scale>,
    /// Who does which part. Of the rows for an approach the last one that holds counts; nobody works
    /// on it where none does.
    pub splits: Vec<Split>,
    /// Activities that must be finished before.
    pub after: Vec<usize>,
    /// Number: shortest time on the calendar, weeks.
    pub min_weeks: Option<usize>,
    /// Hours of the [`Model::team`] role for each hour of work.
    pub team: f64,
    /// Costs hours, but has no place on the timeline.
    pub ongoing: bool,
}

/// The part of an activity's work that a role does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Who.
    pub role: usize,
    /// Which part, 0 to 1.
    pub part: f64,
}

/// How one approach splits the work of an activity between roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The approach.
    pub approach: usize,
    /// Holds for certain answers only, or for all.
    pub when: Option<Equals>,
    /// Nobody, or parts that add to 1.
    pub shares: Vec<Share>,
}

/// True when an input has exactly this value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equals {
    /// The input.
    pub input: usize,
    /// The value.
    pub value: f64,
}

/// Money that is not hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Expense {
    /// Number: currency.
    pub price: usize,
    /// In which approaches; in all if empty.
    pub approaches: Vec<usize>,
}

/// Bounds of quality, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// What a well-kept system tends to.
    pub max: f64,
    /// What counts as accepted.
    pub target: f64,
}

/// A quality that depends on who does the work: `ideal − Σ share · gap`, at least `floor`.
#[derive(Clone, Debug, PartialEq)]
pub struct Craft {
    /// The activity whose shares count.
    pub activity: usize,
    /// Without any gap, 0 to 1.
    pub ideal: f64,
    /// Never below, 0 to 1.
    pub floor: f64,
    /// What each role misses if it does all of the work.
    pub gaps: Vec<Gap>,
    /// Known values for certain answers; the last row that matches counts.
    pub fixed: Vec<Fixed>,
}

/// What one role misses of the ideal.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Who.
    pub role: usize,
    /// Number: how much, on the scale of the quality.
    pub gap: usize,
}

/// A value that is known when an input has a certain value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    /// The condition.
    pub when: Equals,
    /// The value.
    pub is: f64,
}

/// The context pack: what quality starts from, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// Quality when it is finished.
    pub craft: Craft,
    /// Activities that build it; by their hours its progress is measured.
    pub work: Vec<usize>,
    /// The milestone at which it is finished; `None` for the latest finish of `work`.
    pub milestone: Option<usize>,
}

/// How many of the team use the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Adoption {
    /// Share of the team after the programme.
    pub craft: Craft,
    /// Adoption grows from the start of this activity …
    pub from: usize,
    /// … to the finish of this one.
    pub to: usize,
}

/// Weekly rate at which quality closes on [`Quality::max`].
#[derive(Clone, Debug, PartialEq)]
pub struct Improvement {
    /// Numbers: one rate per approach.
    pub rates: Vec<usize>,
    /// A rate that replaces one of them.
    pub owner: Option<Owner>,
}

/// The rate of an approach when an owner is there already.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    /// The condition.
    pub when: Equals,
    /// The approach whose rate is replaced.
    pub approach: usize,
    /// Number: the other rate.
    pub rate: usize,
}

/// What the result is worth per week once it is live.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Value not delivered by this week counts as the cost of delay.
    pub horizon_weeks: f64,
    /// What a saved hour costs, currency/hour.
    pub team_rate: f64,
    /// Share of saved time that turns into money.
    pub recapture: f64,
    /// Time saved by everybody who uses the result.
    pub operations: Option<Operations>,
    /// Time saved by things that run by themselves.
    pub automations: Option<Automations>,
}

impl Value {
    /// Whether anything is worth something as soon as it is delivered.
    pub fn is_any(&self) -> bool {
        self.operations.is_some() || self.automations.is_some()
    }
}

/// Hours a week saved: the product of `drivers`, times `percent` / 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Operations {
    /// Inputs that are multiplied.
    pub drivers: Vec<usize>,
    /// Input that holds a percentage.
    pub percent: Option<usize>,
    /// Milestones that must have been reached (the pack always must).
    pub live: Vec<usize>,
}

/// `count · saved · scale` hours a week, going live one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Automations {
    /// Input: how many.
    pub count: usize,
    /// Input: hours a week saved by each.
    pub saved: usize,
    /// Factor on what each saves.
    pub scale: Scale,
    /// The activity that builds them; they go live evenly from its start …
    pub from: usize,
    /// … to this milestone, or to its finish.
    pub to: Option<usize>,
}

/// A point on the timeline: when the last of these activities is finished.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// Activities; those that nobody works on do not count.
    pub after: Vec<usize>,
}

impl Model {
    /// The roles that have a part in any activity, in order.
    pub fn workers(&self) -> Vec<usize> {
        let activities = self.activities.iter();
        let splits = activities.flat_map(|activity| &activity.splits);
        let shares = splits.flat_map(|split| &split.shares);
        let mut workers: Vec<usize> = shares.map(|share| share.role).collect();
        workers.sort_unstable();
        workers.dedup();
        workers
    }

    /// How many risk variables there are.
    pub fn variables(&self) -> usize {
        self.numbers
            .iter()
            .map(|number| number.variable + 1)
            .max()
            .unwrap_or(0)
    }
}
