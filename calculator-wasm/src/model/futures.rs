//! Approaches in all futures: hours, timeline, quality and money, future by future. It takes
//! plans and gives one column of numbers per series; nothing is allocated per future.

use super::Series;
use super::maths::{exp, ln};
use super::plan::Plan;
use super::program::{Facts, Span};
use alloc::vec;
use alloc::vec::Vec;

/// The series of one approach in every future.
pub struct Futures {
    /// Future by future, every series in the order of [`Facts::series`].
    rows: Vec<f64>,
    /// Mean hours, role by role, in each phase.
    pub hours: Vec<f64>,
    /// Whether all of its work comes to an end, in every future.
    pub ends: bool,
    /// The one that is computed.
    future: Future,
}

impl Futures {
    /// Computes approaches that are planned for the same inputs. They share their futures: what is
    /// uncertain is drawn once for all of them.
    pub fn of(plans: &[Plan]) -> Vec<Self> {
        let mut approaches = Vec::new();
        let mut numbers = Vec::new();
        let mut samples = 0;
        for plan in plans {
            let facts = plan.facts;
            let future = Future::new(facts);
            samples = facts.samples;
            numbers = vec![0.0; plan.draws.len()];
            approaches.push(Self {
                rows: Vec::with_capacity(future.values.len() * samples),
                hours: vec![0.0; facts.roles * facts.phases],
                ends: true,
                future,
            });
        }
        for sample in 0..samples {
            for plan in plans.iter().take(1) {
                for (number, draw) in numbers.iter_mut().zip(&plan.draws) {
                    *number = draw.at(sample);
                }
            }
            for (futures, plan) in approaches.iter_mut().zip(plans) {
                let Self {
                    rows,
                    hours,
                    ends,
                    future,
                } = futures;
                *ends &= future.work(plan, &numbers, hours);
                future.judge(plan, &numbers);
                rows.extend_from_slice(&future.values);
            }
        }
        for futures in &mut approaches {
            for hours in &mut futures.hours {
                *hours /= samples as f64;
            }
        }
        approaches
    }

    /// A mean total as it is compared with others: beyond all bounds for what is never finished, because
    /// it leaves out what that costs.
    pub fn comparable(&self, total: f64) -> f64 {
        if self.ends { total } else { f64::INFINITY }
    }

    /// How many series there are.
    pub fn series(&self) -> usize {
        self.future.values.len()
    }

    /// One series, future by future; empty if there is no such series.
    pub fn column(&self, series: usize) -> Vec<f64> {
        let count = self.series();
        let mut column = Vec::new();
        if series < count {
            column = vec![0.0; self.rows.len() / count];
            for (cell, row) in column.iter_mut().zip(self.rows.chunks_exact(count)) {
                *cell = row[series];
            }
        }
        column
    }
}

/// When quality and adoption are looked at, weeks: "week 2", "month 2" and "month 3".
const PACK_WEEK: f64 = 2.0;
const ADOPTION_WEEK: f64 = 26.0 / 3.0;
const QUALITY_WEEK: f64 = 13.0;

/// One future of one approach. Nothing is made anew from one future to the next.
struct Future {
    tasks: Vec<Task>,
    /// For each role, from when on it has time, weeks.
    free: Vec<f64>,
    /// Every series, in the order of [`Facts::series`].
    values: Vec<f64>,
}

/// An activity at work.
#[derive(Clone, Default)]
struct Task {
    /// Whether anybody works on it.
    worked: bool,
    /// Hours of work before any scale.
    unscaled: f64,
    /// Weeks from the start.
    start: f64,
    finish: f64,
}

impl Future {
    fn new(facts: &Facts) -> Self {
        Self {
            tasks: vec![Task::default(); facts.activities],
            free: vec![0.0; facts.roles],
            values: vec![0.0; facts.single_series() + 4 * facts.phases + facts.milestones],
        }
    }

    /// Hours, money and timeline (MODEL.md, sections 3, 4 and 6), step by step in the order of the
    /// approach. Adds up the hours by role and phase. Gives whether all of that comes to an end.
    fn work(&mut self, plan: &Plan, numbers: &[f64], hours_by_role: &mut [f64]) -> bool {
        // As slices: indexing a `Vec` is a call where code is made small.
        let (lists, workers) = (plan.lists.as_slice(), plan.workers.as_slice());
        let Facts {
            phases, milestones, ..
        } = *plan.facts;
        let steps = plan.steps.as_slice();
        let tasks = self.tasks.as_mut_slice();
        let free = self.free.as_mut_slice();
        let (single, rows) = self.values.split_at_mut(plan.facts.single_series());
        rows.fill(0.0);
        free.fill(0.0);
        let (cash, rows) = rows.split_at_mut(phases);
        let (internal, rows) = rows.split_at_mut(phases);
        let (reached, rows) = rows.split_at_mut(milestones);
        let (starts, finishes) = rows.split_at_mut(phases);
        starts.fill(f64::INFINITY);
        let mut ends = true;
        let mut overrun = 1.0;
        for &risk in plan.risks.of(lists) {
            overrun *= numbers[risk];
        }
        for &activity in plan.order.of(lists) {
            let step = &steps[activity];
            let parts = plan.parts(step);
            let mut start = 0.0;
            for &before in step.after.of(lists) {
                start = later(start, tasks[before].finish);
            }
            for part in parts {
                start = later(start, free[part.role]);
            }
            let mut unscaled = 0.0;
            for &hours in step.work.of(lists) {
                unscaled += numbers[hours];
            }
            let mut weeks = 0.0;
            if step.worked
                && let Some(min_weeks) = step.min_weeks
            {
                weeks = numbers[min_weeks] * step.shorter;
            }
            for part in parts {
                let worker = &workers[part.role];
                let mut factor = part.factor;
                for &excess in part.excesses.of(lists) {
                    factor *= 1.0 + numbers[excess];
                }
                let hours = unscaled * overrun * (factor + part.team);
                hours_by_role[part.role * phases + step.phase] += hours;
                let money = hours * numbers[worker.rate] * worker.multiple;
                if worker.cash {
                    cash[step.phase] += money;
                } else {
                    internal[step.phase] += money;
                }
                if !step.ongoing {
                    let mut busy = hours * worker.weeks_per_hour;
                    if let Some(loss) = worker.loss {
                        busy *= 1.0 + numbers[loss];
                    }
                    free[part.role] = start + busy;
                    weeks = later(weeks, busy);
                }
            }
            let mut task = Task {
                worked: step.worked,
                unscaled,
                start,
                finish: start + weeks,
            };
            if step.ongoing {
                (task.start, task.finish) = (0.0, 0.0);
            } else if step.worked {
                finishes[step.phase] = later(finishes[step.phase], task.finish);
                ends &= task.finish < f64::INFINITY;
                if start < starts[step.phase] {
                    starts[step.phase] = start;
                }
            }
            tasks[activity] = task;
        }
        for start in starts {
            // A phase without scheduled work has no start.
            if *start == f64::INFINITY {
                *start = 0.0;
            }
        }
        let mut weeks = 0.0;
        for (reached, after) in reached.iter_mut().zip(&plan.milestones) {
            *reached = last_finish(tasks, lists, *after);
            weeks = later(weeks, *reached);
        }
        single[Series::WEEKS] = weeks;
        ends
    }

    /// Quality, value and totals (MODEL.md, sections 5 and 6).
    fn judge(&mut self, plan: &Plan, numbers: &[f64]) {
        let facts = plan.facts;
        let Facts {
            pack,
            improvement,
            adoption,
            ..
        } = *facts;
        let (tasks, lists) = (self.tasks.as_slice(), plan.lists.as_slice());
        let (single, rows) = self.values.split_at_mut(facts.single_series());
        let (cash_rows, rows) = rows.split_at(facts.phases);
        let (internal_rows, milestones) = rows.split_at(facts.phases);
        let (best, target) = (plan.quality_max, plan.quality_target);
        let begun = plan.grade(&plan.pack, numbers);
        let rate = plan.rate.map_or(0.0, |rate| numbers[rate]);
        let mut adopted = plan.grade(&plan.adoption, numbers);
        let mut finished = 0.0;
        if pack {
            finished = match plan.pack_milestone {
                Some(milestone) => milestones[milestone],
                None => last_finish(tasks, lists, plan.pack_work),
            };
            if begun < target && !plan.adoption.fixed {
                adopted *= begun / target;
            }
        }
        // How much of the way to the best is still to go at a week, of 1 when the pack is finished.
        let to_go = |week: f64| exp(-rate * (week - finished));

        let mut next = Series::WEEKS + 1;
        let mut put = |value: f64| {
            single[next] = value;
            next += 1;
        };
        let progress = |week| progress(tasks, plan.pack_work.of(lists), week);
        if pack && improvement {
            let wait = match begun < target {
                // Never −∞, for a rate of −0.
                true => ln((best - begun) / (best - target)) / rate.abs(),
                false => 0.0,
            };
            put(finished + wait);
        }
        if pack {
            put(match plan.pack.fixed {
                true => begun,
                false => begun * progress(PACK_WEEK),
            });
        }
        if adoption {
            let from = &tasks[plan.adoption_from];
            let to = &tasks[plan.adoption_to];
            put(match from.worked || to.worked {
                true => adopted * done_by(ADOPTION_WEEK, from.start, to.finish),
                false => adopted,
            });
        }
        if pack {
            put(match finished <= QUALITY_WEEK {
                true => best - (best - begun) * to_go(QUALITY_WEEK),
                false => begun * progress(QUALITY_WEEK),
            });
        }

        let horizon = plan.horizon_weeks;
        let mut delay = 0.0;
        if plan.operations != 0.0 {
            let mut live = finished;
            for &milestone in plan.live.of(lists) {
                live = later(live, milestones[milestone]);
            }
            let weeks = horizon - live;
            let mut delivered = 0.0;
            if weeks > 0.0 {
                // ∫ best − (best − begun)·e^(−rate·(t − finished)) dt from live to horizon.
                // The difference of two numbers near 1 says nothing about the smallest rates.
                let missed = if rate > 1e-9 {
                    (to_go(live) - to_go(horizon)) / rate
                } else {
                    weeks
                };
                delivered = adopted * (best * weeks - (best - begun) * missed);
            }
            delay = plan.operations * (best * horizon - delivered);
        }
        let (count, weekly) = plan.automations;
        if weekly != 0.0 {
            let from = &tasks[plan.automations_from];
            let last = match plan.automations_to {
                Some(to) => milestones[to],
                None => from.finish,
            };
            delay += weekly * (horizon - live_weeks(count, from.start, last, horizon));
        }

        let (mut cash, mut internal) = (0.0, 0.0);
        for money in cash_rows {
            cash += money;
        }
        for money in internal_rows {
            internal += money;
        }
        for &price in plan.expenses.as_slice() {
            cash += numbers[price];
        }
        single[Series::CASH] = cash;
        single[Series::INTERNAL] = internal;
        single[Series::DELAY] = delay;
        single[Series::TOTAL] = cash + internal + delay;
    }
}

/// When the last of those activities that somebody works on is finished; 0 if nobody works on any.
fn last_finish(tasks: &[Task], lists: &[usize], activities: Span) -> f64 {
    let mut last = 0.0;
    for &activity in activities.of(lists) {
        let task = &tasks[activity];
        if task.worked {
            last = later(last, task.finish);
        }
    }
    last
}

/// Share of the unscaled work on the pack that is done by a week; work that nobody has to do is
/// done.
#[inline(never)]
fn progress(tasks: &[Task], activities: &[usize], week: f64) -> f64 {
    let (mut all, mut done) = (0.0, 0.0);
    for &activity in activities {
        let Task {
            worked,
            unscaled,
            start,
            finish,
        } = tasks[activity];
        all += unscaled;
        done += if worked {
            unscaled * done_by(week, start, finish)
        } else {
            unscaled
        };
    }
    if all > 0.0 { done / all } else { 1.0 }
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

/// The later of two times.
fn later(one: f64, other: f64) -> f64 {
    if other > one { other } else { one }
}
