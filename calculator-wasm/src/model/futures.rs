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
            let columns = futures.columns.chunks_exact_mut(model.samples);
            for (column, series) in columns.zip(&futures.series) {
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
    overrun: Lanes,
    tasks: Vec<Task>,
    workers: Vec<Worker>,
    /// For each penalty: the factor.
    penalties: Vec<Lanes>,
    phases: Vec<Money>,
    /// For each milestone: when it is reached, weeks.
    milestones: Vec<Lanes>,
    all: Money,
    delay: Lanes,
    total: Lanes,
    weeks: Lanes,
    accepted: Lanes,
    pack_week2: Lanes,
    adoption_month2: Lanes,
    quality_month3: Lanes,
}

/// An activity at work.
#[derive(Clone)]
struct Task {
    /// Whether anybody works on it.
    worked: bool,
    /// Hours of work before any scale.
    unscaled: Lanes,
    /// Weeks from the start.
    start: Lanes,
    finish: Lanes,
}

/// A role at work.
#[derive(Clone)]
struct Worker {
    weeks_per_hour: Lanes,
    /// Currency/hour.
    price: Lanes,
    /// From when on it has time, weeks.
    free: Lanes,
}

/// What is paid, and what the company's own hours are worth.
#[derive(Clone)]
struct Money {
    cash: Lanes,
    internal: Lanes,
}

impl Block {
    fn new(model: &Model) -> Self {
        let task = Task {
            worked: false,
            unscaled: ZERO,
            start: ZERO,
            finish: ZERO,
        };
        let worker = Worker {
            weeks_per_hour: ZERO,
            price: ZERO,
            free: ZERO,
        };
        let money = Money {
            cash: ZERO,
            internal: ZERO,
        };
        Self {
            overrun: ZERO,
            tasks: vec![task; model.activities.len()],
            workers: vec![worker; model.roles.len()],
            penalties: vec![ZERO; model.penalties.len()],
            phases: vec![money.clone(); model.phases],
            milestones: vec![ZERO; model.milestones.len()],
            all: money,
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
            let worker = &mut self.workers[role];
            worker.weeks_per_hour = plan.weeks_per_hour[role].lanes(first);
            worker.price = plan.price[role].lanes(first);
        }
        for &penalty in &course.penalties {
            self.penalties[penalty] = plan.penalties[penalty].lanes(first);
        }
        for (task, terms) in self.tasks.iter_mut().zip(&plan.work) {
            task.unscaled = ZERO;
            for term in terms {
                add(&mut task.unscaled, &term.lanes(first));
            }
        }
    }

    /// Hours, money and timeline (MODEL.md, sections 3, 4 and 6), step by step in the order of the
    /// approach. Adds up the hours by role and phase.
    fn work(&mut self, plan: &Plan, course: &Course, first: usize, hours_by_role: &mut [f64]) {
        for worker in &mut self.workers {
            worker.free = ZERO;
        }
        for phase in &mut self.phases {
            (phase.cash, phase.internal) = (ZERO, ZERO);
        }
        for step in &course.steps {
            let activity = &plan.model.activities[step.activity];
            let mut start = ZERO;
            for &before in &activity.after {
                latest(&mut start, &self.tasks[before].finish);
            }
            for part in &step.parts {
                latest(&mut start, &self.workers[part.role].free);
            }
            let mut weeks = step.min_weeks.lanes(first);
            let task = &mut self.tasks[step.activity];
            let phase = &mut self.phases[activity.phase];
            for part in &step.parts {
                let worker = &mut self.workers[part.role];
                let factor = step.factor * part.share;
                let mut hours = each(|l| task.unscaled[l] * factor * self.overrun[l]);
                for &penalty in &part.penalties {
                    multiply(&mut hours, &self.penalties[penalty]);
                }
                let place = part.role * plan.model.phases + activity.phase;
                hours_by_role[place] += hours.iter().sum::<f64>();
                let cash = plan.model.roles[part.role].cash;
                let paid = if cash {
                    &mut phase.cash
                } else {
                    &mut phase.internal
                };
                add(paid, &each(|l| hours[l] * worker.price[l]));
                if !activity.ongoing {
                    let busy = each(|l| hours[l] * worker.weeks_per_hour[l]);
                    worker.free = each(|l| start[l] + busy[l]);
                    latest(&mut weeks, &busy);
                }
            }
            task.worked = !step.parts.is_empty();
            if activity.ongoing {
                start = ZERO;
            }
            task.start = start;
            task.finish = start;
            if task.worked && !activity.ongoing {
                add(&mut task.finish, &weeks);
            }
        }
        self.weeks = ZERO;
        for (milestone, reached) in plan.model.milestones.iter().zip(&mut self.milestones) {
            *reached = last_finish(&milestone.after, &self.tasks);
            latest(&mut self.weeks, reached);
        }
    }

    /// Quality, value and totals (MODEL.md, sections 5 and 6).
    fn judge(&mut self, plan: &Plan, course: &Course, first: usize) {
        let model = plan.model;
        let (best, target) = (model.quality.max, model.quality.target);

        let begun = course.pack.lanes(first);
        let rate = course.rate.lanes(first);
        let finished = match &model.pack {
            None => ZERO,
            Some(pack) => match pack.milestone {
                Some(milestone) => self.milestones[milestone],
                None => last_finish(&pack.work, &self.tasks),
            },
        };
        // How much of the way to the best is still to go at a week, of 1 when the pack is finished.
        let to_go = |l: usize, week: f64| exp(-rate[l] * (week - finished[l]));
        if let Some(pack) = &model.pack {
            self.pack_week2 = begun;
            if !course.pack.is_fixed() {
                let built = self.progress(&pack.work, PACK_WEEK);
                multiply(&mut self.pack_week2, &built);
            }
            let built = self.progress(&pack.work, QUALITY_WEEK);
            self.quality_month3 = each(|l| {
                if finished[l] <= QUALITY_WEEK {
                    best - (best - begun[l]) * to_go(l, QUALITY_WEEK)
                } else {
                    begun[l] * built[l]
                }
            });
            self.accepted = each(|l| {
                if begun[l] >= target {
                    finished[l]
                } else {
                    finished[l] + ln((best - begun[l]) / (best - target)) / rate[l]
                }
            });
        }

        let mut adopted = course.adoption.lanes(first);
        if model.pack.is_some() && !course.adoption.is_fixed() {
            adopted = each(|l| {
                adopted[l]
                    * if begun[l] < target {
                        begun[l] / target
                    } else {
                        1.0
                    }
            });
        }
        self.adoption_month2 = adopted;
        if let Some(adoption) = &model.adoption {
            let (from, to) = (&self.tasks[adoption.from], &self.tasks[adoption.to]);
            if from.worked || to.worked {
                let done = each(|l| done_by(ADOPTION_WEEK, from.start[l], to.finish[l]));
                multiply(&mut self.adoption_month2, &done);
            }
        }

        let horizon = model.value.horizon_weeks;
        let hour = model.value.team_rate * model.value.recapture;
        self.delay = ZERO;
        if let Some(operations) = &model.value.operations {
            let weekly = operations.hours(plan) * hour;
            let mut live = finished;
            for &milestone in &operations.live {
                latest(&mut live, &self.milestones[milestone]);
            }
            self.delay = each(|l| {
                let weeks = horizon - live[l];
                if weeks <= 0.0 {
                    return weekly * best * horizon;
                }
                // ∫ best − (best − begun)·e^(−rate·(t − finished)) dt from live to horizon.
                let missed = if rate[l] > 0.0 {
                    (to_go(l, live[l]) - to_go(l, horizon)) / rate[l]
                } else {
                    weeks
                };
                let delivered = adopted[l] * (best * weeks - (best - begun[l]) * missed);
                weekly * (best * horizon - delivered)
            });
        }
        if let Some(automations) = &model.value.automations {
            let weekly = automations.hours(plan) * hour;
            let count = plan.inputs[automations.count];
            let from = &self.tasks[automations.from];
            let last = automations
                .to
                .map_or(&from.finish, |to| &self.milestones[to]);
            let live = |l: usize| live_weeks(count, from.start[l], last[l], horizon);
            add(&mut self.delay, &each(|l| weekly * (horizon - live(l))));
        }

        (self.all.cash, self.all.internal) = (ZERO, ZERO);
        for phase in &self.phases {
            add(&mut self.all.cash, &phase.cash);
            add(&mut self.all.internal, &phase.internal);
        }
        for expense in &course.expenses {
            add(&mut self.all.cash, &expense.lanes(first));
        }
        self.total = each(|l| self.all.cash[l] + self.all.internal[l] + self.delay[l]);
    }

    /// Share of the unscaled work of some activities that is done by a week; work that nobody has
    /// to do is done.
    fn progress(&self, activities: &[usize], week: f64) -> Lanes {
        let (mut all, mut done) = (ZERO, ZERO);
        for &activity in activities {
            let Task {
                worked,
                unscaled,
                start,
                finish,
            } = &self.tasks[activity];
            let share = |l: usize| {
                if *worked {
                    done_by(week, start[l], finish[l])
                } else {
                    1.0
                }
            };
            add(&mut all, unscaled);
            add(&mut done, &each(|l| unscaled[l] * share(l)));
        }
        each(|l| if all[l] > 0.0 { done[l] / all[l] } else { 1.0 })
    }

    fn lanes(&self, series: Series) -> &Lanes {
        match series {
            Series::Cash => &self.all.cash,
            Series::Internal => &self.all.internal,
            Series::Delay => &self.delay,
            Series::Total => &self.total,
            Series::Weeks => &self.weeks,
            Series::Accepted => &self.accepted,
            Series::PackWeek2 => &self.pack_week2,
            Series::AdoptionMonth2 => &self.adoption_month2,
            Series::QualityMonth3 => &self.quality_month3,
            Series::CashPhase(phase) => &self.phases[phase].cash,
            Series::InternalPhase(phase) => &self.phases[phase].internal,
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
    let apart = (last - start) / count;
    let in_time = (horizon - start) / apart;
    // Sum of an arithmetic progression over those that go live before the horizon.
    let live = if in_time < count {
        in_time as u32 as f64
    } else {
        count
    };
    if live <= 0.0 {
        return 0.0;
    }
    live * (horizon - start - apart * (live + 1.0) / 2.0) / count
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
fn last_finish(activities: &[usize], tasks: &[Task]) -> Lanes {
    let mut last = ZERO;
    for &activity in activities {
        let task = &tasks[activity];
        if task.worked {
            latest(&mut last, &task.finish);
        }
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
