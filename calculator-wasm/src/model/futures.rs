//! One approach in all futures: hours, timeline, quality and money, future by future. It takes a
//! plan and gives one column of numbers per series; futures are computed [`LANES`] at a time, and
//! nothing is allocated per future.

use super::maths::{exp, ln};
use super::plan::{Course, LANES, Lanes, Plan};
use super::{Automations, Model, Operations, Series};
use alloc::vec;
use alloc::vec::Vec;

/// The series of one approach in every future.
#[derive(Clone, Debug)]
pub struct Futures {
    /// How many.
    pub samples: usize,
    /// Names of the columns.
    pub series: Vec<Series>,
    /// One column after the other.
    pub columns: Vec<f64>,
    /// Mean hours, role by role, in each phase.
    pub hours: Vec<f64>,
}

impl Futures {
    /// Computes one approach.
    pub fn new(plan: &Plan, approach: usize) -> Self {
        let model = plan.model;
        let course = plan.course(approach);
        let series = model.series();
        let mut futures = Self {
            samples: model.samples,
            columns: vec![0.0; series.len() * model.samples],
            hours: vec![0.0; model.roles.len() * model.phases],
            series,
        };
        let mut block = Block::new(model);
        for first in (0..model.samples).step_by(LANES) {
            block.draw(plan, &course, first);
            block.work(plan, &course, first, &mut futures.hours);
            block.judge(plan, &course, first);
            for (column, series) in futures
                .columns
                .chunks_exact_mut(model.samples)
                .zip(&futures.series)
            {
                column[first..first + LANES].copy_from_slice(block.lanes(*series));
            }
        }
        for hours in &mut futures.hours {
            *hours /= model.samples as f64;
        }
        futures
    }

    /// One series, future by future; empty if the model has no such series.
    pub fn column(&self, series: Series) -> &[f64] {
        let place = self.series.iter().position(|other| *other == series);
        place.map_or(&[], |place| {
            &self.columns[place * self.samples..][..self.samples]
        })
    }
}

const ZERO: Lanes = [0.0; LANES];
/// When quality and adoption are looked at, weeks: "week 2", "month 2" and "month 3".
const PACK_WEEK: f64 = 2.0;
const ADOPTION_WEEK: f64 = 26.0 / 3.0;
const QUALITY_WEEK: f64 = 13.0;

/// [`LANES`] futures at work. The fields are reused from block to block.
struct Block {
    /// For each activity: unscaled hours of work, start and finish in weeks, and whether anybody
    /// works on it.
    unscaled: Vec<Lanes>,
    start: Vec<Lanes>,
    finish: Vec<Lanes>,
    worked: Vec<bool>,
    overrun: Lanes,
    /// For each role: weeks an hour takes, price of an hour, and when it becomes free.
    weeks_per_hour: Vec<Lanes>,
    price: Vec<Lanes>,
    free: Vec<Lanes>,
    /// For each penalty: the factor.
    penalties: Vec<Lanes>,
    /// For each phase: money.
    cash_phase: Vec<Lanes>,
    internal_phase: Vec<Lanes>,
    milestones: Vec<Lanes>,
    cash: Lanes,
    internal: Lanes,
    delay: Lanes,
    total: Lanes,
    weeks: Lanes,
    accepted: Lanes,
    pack_week2: Lanes,
    adoption_month2: Lanes,
    quality_month3: Lanes,
}

impl Block {
    fn new(model: &Model) -> Self {
        let (activities, roles, phases) = (model.activities.len(), model.roles.len(), model.phases);
        Self {
            unscaled: vec![ZERO; activities],
            start: vec![ZERO; activities],
            finish: vec![ZERO; activities],
            worked: vec![false; activities],
            overrun: ZERO,
            weeks_per_hour: vec![ZERO; roles],
            price: vec![ZERO; roles],
            free: vec![ZERO; roles],
            penalties: vec![ZERO; model.penalties.len()],
            cash_phase: vec![ZERO; phases],
            internal_phase: vec![ZERO; phases],
            milestones: vec![ZERO; model.milestones.len()],
            cash: ZERO,
            internal: ZERO,
            delay: ZERO,
            total: ZERO,
            weeks: ZERO,
            accepted: ZERO,
            pack_week2: ZERO,
            adoption_month2: ZERO,
            quality_month3: ZERO,
        }
    }

    /// The uncertain numbers that work depends on.
    fn draw(&mut self, plan: &Plan, course: &Course, first: usize) {
        self.overrun = [1.0; LANES];
        for overrun in &plan.overruns {
            multiply(&mut self.overrun, &overrun.lanes(first));
        }
        for &role in &course.roles {
            self.weeks_per_hour[role] = plan.weeks_per_hour[role].lanes(first);
            self.price[role] = plan.price[role].lanes(first);
        }
        for &penalty in &course.penalties {
            self.penalties[penalty] = plan.penalties[penalty].lanes(first);
        }
        for (unscaled, terms) in self.unscaled.iter_mut().zip(&plan.work) {
            *unscaled = ZERO;
            for term in terms {
                add(unscaled, &term.lanes(first));
            }
        }
    }

    /// Hours, money and timeline (MODEL.md, sections 3, 4 and 6), step by step in the order of the
    /// approach.
    fn work(&mut self, plan: &Plan, course: &Course, first: usize, hours_by_role: &mut [f64]) {
        self.free.fill(ZERO);
        self.cash_phase.fill(ZERO);
        self.internal_phase.fill(ZERO);
        for step in &course.steps {
            let activity = &plan.model.activities[step.activity];
            let mut start = ZERO;
            for &before in &activity.after {
                latest(&mut start, &self.finish[before]);
            }
            for part in &step.parts {
                latest(&mut start, &self.free[part.role]);
            }
            let mut weeks = step.min_weeks.lanes(first);
            for part in &step.parts {
                let mut hours = each(|l| {
                    self.unscaled[step.activity][l] * step.factor * self.overrun[l] * part.share
                });
                for &penalty in &part.penalties {
                    multiply(&mut hours, &self.penalties[penalty]);
                }
                hours_by_role[part.role * plan.model.phases + activity.phase] +=
                    hours.iter().sum::<f64>();
                let paid = if plan.model.roles[part.role].cash {
                    &mut self.cash_phase
                } else {
                    &mut self.internal_phase
                };
                add(
                    &mut paid[activity.phase],
                    &each(|l| hours[l] * self.price[part.role][l]),
                );
                if !activity.ongoing {
                    let busy = each(|l| hours[l] * self.weeks_per_hour[part.role][l]);
                    self.free[part.role] = each(|l| start[l] + busy[l]);
                    latest(&mut weeks, &busy);
                }
            }
            self.worked[step.activity] = !step.parts.is_empty();
            self.start[step.activity] = if activity.ongoing { ZERO } else { start };
            self.finish[step.activity] = match step.parts.as_slice() {
                _ if activity.ongoing => ZERO,
                [] => start,
                _ => each(|l| start[l] + weeks[l]),
            };
        }
        self.weeks = ZERO;
        for (milestone, reached) in plan.model.milestones.iter().zip(&mut self.milestones) {
            *reached = last_finish(&milestone.after, &self.worked, &self.finish);
            latest(&mut self.weeks, reached);
        }
    }

    /// Quality, value and totals (MODEL.md, sections 5 and 6).
    fn judge(&mut self, plan: &Plan, course: &Course, first: usize) {
        let model = plan.model;
        let horizon = model.value.horizon_weeks;
        let (best, target) = (model.quality.max, model.quality.target);

        let begun = course.pack.lanes(first);
        let rate = course.rate.lanes(first);
        let finished = match &model.pack {
            None => ZERO,
            Some(pack) => match pack.milestone {
                Some(milestone) => self.milestones[milestone],
                None => last_finish(&pack.work, &self.worked, &self.finish),
            },
        };
        let quality =
            |l: usize, week: f64| best - (best - begun[l]) * exp(-rate[l] * (week - finished[l]));
        if let Some(pack) = &model.pack {
            // A known pack is there in week 2 already; later, as written, only what is built of it
            // counts.
            let early = if course.pack.is_fixed() {
                [1.0; LANES]
            } else {
                self.progress(&pack.work, PACK_WEEK)
            };
            let late = self.progress(&pack.work, QUALITY_WEEK);
            self.pack_week2 = each(|l| begun[l] * early[l]);
            self.quality_month3 = each(|l| {
                if finished[l] <= QUALITY_WEEK {
                    quality(l, QUALITY_WEEK)
                } else {
                    begun[l] * late[l]
                }
            });
            let target_gap = best - target;
            self.accepted = each(|l| {
                let wait = if begun[l] >= target {
                    0.0
                } else {
                    ln((best - begun[l]) / target_gap) / rate[l]
                };
                finished[l] + wait
            });
        }

        let mut adopted = course.adoption.lanes(first);
        if model.pack.is_some() && !course.adoption.is_fixed() {
            for (adopted, begun) in adopted.iter_mut().zip(&begun) {
                *adopted *= (begun / target).min(1.0);
            }
        }
        self.adoption_month2 = adopted;
        if let Some(adoption) = &model.adoption
            && (self.worked[adoption.from] || self.worked[adoption.to])
        {
            let (start, finish) = (&self.start[adoption.from], &self.finish[adoption.to]);
            self.adoption_month2 =
                each(|l| adopted[l] * done_by(ADOPTION_WEEK, start[l], finish[l]));
        }

        let hour = model.value.team_rate * model.value.recapture;
        self.delay = ZERO;
        if let Some(operations) = &model.value.operations {
            let weekly = operations.hours(plan) * hour;
            let mut live = finished;
            for &milestone in &operations.live {
                latest(&mut live, &self.milestones[milestone]);
            }
            let delivered = each(|l| {
                let weeks = horizon - live[l];
                if weeks <= 0.0 {
                    return 0.0;
                }
                // ∫ best − (best − begun)·e^(−rate·(t − finished)) dt from live to horizon.
                let missed = if rate[l] > 0.0 {
                    let (early, late) = (
                        exp(-rate[l] * (live[l] - finished[l])),
                        exp(-rate[l] * (horizon - finished[l])),
                    );
                    (early - late) / rate[l]
                } else {
                    weeks
                };
                adopted[l] * (best * weeks - (best - begun[l]) * missed)
            });
            self.delay = each(|l| weekly * (best * horizon - delivered[l]));
        }
        if let Some(automations) = &model.value.automations {
            let weekly = automations.hours(plan) * hour;
            let count = plan.inputs[automations.count];
            let last = match automations.to {
                Some(milestone) => &self.milestones[milestone],
                None => &self.finish[automations.from],
            };
            let start = &self.start[automations.from];
            let late = each(|l| horizon - live_weeks(count, start[l], last[l], horizon));
            add(&mut self.delay, &late.map(|weeks| weekly * weeks));
        }

        self.cash = sum(&self.cash_phase);
        self.internal = sum(&self.internal_phase);
        for expense in &course.expenses {
            add(&mut self.cash, &expense.lanes(first));
        }
        self.total = each(|l| self.cash[l] + self.internal[l] + self.delay[l]);
    }

    /// Share of the unscaled work of some activities that is done by a week; work that nobody has
    /// to do is done.
    fn progress(&self, activities: &[usize], week: f64) -> Lanes {
        let (mut all, mut done) = (ZERO, ZERO);
        for &activity in activities {
            let (hours, start, finish) = (
                &self.unscaled[activity],
                &self.start[activity],
                &self.finish[activity],
            );
            add(&mut all, hours);
            if self.worked[activity] {
                add(
                    &mut done,
                    &each(|l| hours[l] * done_by(week, start[l], finish[l])),
                );
            } else {
                add(&mut done, hours);
            }
        }
        each(|l| if all[l] > 0.0 { done[l] / all[l] } else { 1.0 })
    }

    fn lanes(&self, series: Series) -> &Lanes {
        match series {
            Series::Cash => &self.cash,
            Series::Internal => &self.internal,
            Series::Delay => &self.delay,
            Series::Total => &self.total,
            Series::Weeks => &self.weeks,
            Series::Accepted => &self.accepted,
            Series::PackWeek2 => &self.pack_week2,
            Series::AdoptionMonth2 => &self.adoption_month2,
            Series::QualityMonth3 => &self.quality_month3,
            Series::CashPhase(phase) => &self.cash_phase[phase],
            Series::InternalPhase(phase) => &self.internal_phase[phase],
            Series::WeeksMilestone(milestone) => &self.milestones[milestone],
        }
    }
}

impl Operations {
    /// Hours a week that everybody who uses the result saves, for a quality of 1.
    fn hours(&self, plan: &Plan) -> f64 {
        plan.product(&self.drivers) * self.percent.map_or(1.0, |input| plan.inputs[input] / 100.0)
    }
}

impl Automations {
    /// Hours a week that all of them save.
    fn hours(&self, plan: &Plan) -> f64 {
        plan.inputs[self.count] * plan.inputs[self.saved] * self.scale.at(plan.inputs)
    }
}

/// Mean weeks until `horizon` for which `count` things are live, of which number i = 1 … count goes
/// live at start + (last − start)·i/count. (Where nobody works there is no span to spread them
/// over: all live from `last`.)
fn live_weeks(count: f64, start: f64, last: f64, horizon: f64) -> f64 {
    let start = if start < last { start } else { last };
    if count <= 0.0 || start >= horizon {
        return 0.0;
    }
    let each = (last - start) / count;
    let in_time = (horizon - start) / each;
    // Sum of an arithmetic progression over those that go live before the horizon.
    let live = if in_time < count {
        in_time as u32 as f64
    } else {
        count
    };
    (live * (horizon - start)
        - if live > 0.0 {
            each * live * (live + 1.0) / 2.0
        } else {
            0.0
        })
        / count
}

/// Share of something that is done by `week` if it progresses evenly from start to finish.
fn done_by(week: f64, start: f64, finish: f64) -> f64 {
    if finish <= week {
        1.0
    } else if start >= week {
        0.0
    } else {
        (week - start) / (finish - start)
    }
}

/// When the last of those activities that somebody works on is finished; 0 if nobody works on any.
fn last_finish(activities: &[usize], worked: &[bool], finish: &[Lanes]) -> Lanes {
    let mut last = ZERO;
    for &activity in activities.iter().filter(|&&activity| worked[activity]) {
        latest(&mut last, &finish[activity]);
    }
    last
}

#[inline(always)]
fn each(value: impl Fn(usize) -> f64) -> Lanes {
    let mut lanes = ZERO;
    for (l, lane) in lanes.iter_mut().enumerate() {
        *lane = value(l);
    }
    lanes
}

fn add(lanes: &mut Lanes, others: &Lanes) {
    for (lane, other) in lanes.iter_mut().zip(others) {
        *lane += other;
    }
}

fn multiply(lanes: &mut Lanes, others: &Lanes) {
    for (lane, other) in lanes.iter_mut().zip(others) {
        *lane *= other;
    }
}

fn latest(lanes: &mut Lanes, others: &Lanes) {
    for (lane, other) in lanes.iter_mut().zip(others) {
        *lane = if *other > *lane { *other } else { *lane };
    }
}

fn sum(columns: &[Lanes]) -> Lanes {
    let mut total = ZERO;
    for lanes in columns {
        add(&mut total, lanes);
    }
    total
}
