//! One approach in all futures: hours, timeline, quality and money, future by future. It takes a
//! plan and gives one column of numbers per series; nothing is allocated per future.

use super::maths::{exp, ln};
use super::plan::Plan;
use super::{Model, Series};
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
    columns: Vec<f64>,
    /// Mean hours, role by role, in each phase.
    pub hours: Vec<f64>,
}

impl Futures {
    /// Computes an approach.
    pub fn new(plan: &Plan) -> Self {
        let model = plan.model;
        let series = model.series();
        let mut futures = Self {
            samples: model.samples,
            columns: vec![0.0; series.len() * model.samples],
            hours: vec![0.0; model.roles.len() * model.phases],
            series,
        };
        let mut future = Future::new(model);
        let mut numbers = vec![0.0; model.numbers.len()];
        for sample in 0..model.samples {
            for (number, draw) in numbers.iter_mut().zip(&plan.draws) {
                *number = draw.at(sample);
            }
            future.work(plan, &numbers, &mut futures.hours);
            future.judge(plan, &numbers);
            let mut place = sample;
            for series in &futures.series {
                futures.columns[place] = future.get(*series);
                place += model.samples;
            }
        }
        for hours in &mut futures.hours {
            *hours /= model.samples as f64;
        }
        futures
    }

    /// Every series, future by future.
    pub fn columns_mut(&mut self) -> impl Iterator<Item = (Series, &mut [f64])> {
        self.series
            .iter()
            .copied()
            .zip(self.columns.chunks_exact_mut(self.samples))
    }

    /// One series, future by future; empty if the model has no such series.
    pub fn column(&self, series: Series) -> &[f64] {
        let place = self.series.iter().position(|other| *other == series);
        place.map_or(&[], |place| {
            &self.columns[place * self.samples..][..self.samples]
        })
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
    /// For each phase, what is paid and what the company's own hours are worth.
    cash: Vec<f64>,
    internal: Vec<f64>,
    /// When each milestone is reached, weeks.
    milestones: Vec<f64>,
    all_cash: f64,
    all_internal: f64,
    delay: f64,
    weeks: f64,
    accepted: f64,
    pack_week2: f64,
    adoption_month2: f64,
    quality_month3: f64,
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
    fn new(model: &Model) -> Self {
        Self {
            tasks: vec![Task::default(); model.activities.len()],
            free: vec![0.0; model.roles.len()],
            cash: vec![0.0; model.phases],
            internal: vec![0.0; model.phases],
            milestones: vec![0.0; model.milestones.len()],
            all_cash: 0.0,
            all_internal: 0.0,
            delay: 0.0,
            weeks: 0.0,
            accepted: 0.0,
            pack_week2: 0.0,
            adoption_month2: 0.0,
            quality_month3: 0.0,
        }
    }

    /// Hours, money and timeline (MODEL.md, sections 3, 4 and 6), step by step in the order of the
    /// approach. Adds up the hours by role and phase.
    fn work(&mut self, plan: &Plan, numbers: &[f64], hours_by_role: &mut [f64]) {
        // As slices: indexing a `Vec` is a call where code is made small.
        let Model {
            activities,
            roles,
            phases,
            ..
        } = plan.model;
        let (activities, roles) = (activities.as_slice(), roles.as_slice());
        let (weeks_per_hour, multiple) = (plan.weeks_per_hour.as_slice(), plan.multiple.as_slice());
        let tasks = self.tasks.as_mut_slice();
        let (free, cash) = (self.free.as_mut_slice(), self.cash.as_mut_slice());
        let internal = self.internal.as_mut_slice();
        free.fill(0.0);
        cash.fill(0.0);
        internal.fill(0.0);
        let mut overrun = 1.0;
        for &risk in &plan.model.risks {
            overrun *= numbers[risk];
        }
        for step in &plan.steps {
            let activity = &activities[step.activity];
            let mut start = 0.0;
            for &before in &activity.after {
                start = later(start, tasks[before].finish);
            }
            for part in &step.parts {
                start = later(start, free[part.role]);
            }
            let mut unscaled = 0.0;
            for &hours in &activity.work {
                unscaled += numbers[hours];
            }
            let worked = !step.parts.is_empty();
            let mut weeks = 0.0;
            if worked && let Some(min_weeks) = activity.min_weeks {
                weeks = numbers[min_weeks] * step.shorter;
            }
            for part in &step.parts {
                let role = &roles[part.role];
                let mut factor = part.factor;
                for &excess in &part.excesses {
                    factor *= 1.0 + numbers[excess];
                }
                let hours = unscaled * overrun * (factor + part.team);
                hours_by_role[part.role * phases + activity.phase] += hours;
                let money = hours * numbers[role.rate] * multiple[part.role];
                if role.cash {
                    cash[activity.phase] += money;
                } else {
                    internal[activity.phase] += money;
                }
                if !activity.ongoing {
                    let mut busy = hours * weeks_per_hour[part.role];
                    if let Some(loss) = role.loss {
                        busy *= 1.0 + numbers[loss];
                    }
                    free[part.role] = start + busy;
                    weeks = later(weeks, busy);
                }
            }
            let mut task = Task {
                worked,
                unscaled,
                start,
                finish: start + weeks,
            };
            if activity.ongoing {
                (task.start, task.finish) = (0.0, 0.0);
            }
            tasks[step.activity] = task;
        }
        self.weeks = 0.0;
        for milestone in 0..self.milestones.len() {
            let reached = self.last_finish(&plan.model.milestones[milestone].after);
            self.milestones[milestone] = reached;
            self.weeks = later(self.weeks, reached);
        }
    }

    /// Quality, value and totals (MODEL.md, sections 5 and 6).
    fn judge(&mut self, plan: &Plan, numbers: &[f64]) {
        let model = plan.model;
        let (best, target) = (model.quality.max, model.quality.target);
        let begun = plan.pack.at(numbers);
        let rate = plan.rate.map_or(0.0, |rate| numbers[rate]);
        let mut adopted = plan.adoption.at(numbers);
        let mut finished = 0.0;
        if let Some(pack) = &model.pack {
            finished = match pack.milestone {
                Some(milestone) => self.milestones[milestone],
                None => self.last_finish(&pack.work),
            };
            if begun < target && !plan.adoption.fixed {
                adopted *= begun / target;
            }
        }
        // How much of the way to the best is still to go at a week, of 1 when the pack is finished.
        let to_go = |week: f64| exp(-rate * (week - finished));

        if let Some(pack) = &model.pack {
            let early = begun * self.progress(&pack.work, PACK_WEEK);
            let late = begun * self.progress(&pack.work, QUALITY_WEEK);
            self.pack_week2 = if plan.pack.fixed { begun } else { early };
            self.quality_month3 = late;
            if finished <= QUALITY_WEEK {
                self.quality_month3 = best - (best - begun) * to_go(QUALITY_WEEK);
            }
            self.accepted = finished;
            if begun < target {
                self.accepted += ln((best - begun) / (best - target)) / rate;
            }
        }
        self.adoption_month2 = adopted;
        if let Some(adoption) = &model.adoption {
            let (from, to) = (&self.tasks[adoption.from], &self.tasks[adoption.to]);
            if from.worked || to.worked {
                self.adoption_month2 *= done_by(ADOPTION_WEEK, from.start, to.finish);
            }
        }

        let horizon = model.value.horizon_weeks;
        self.delay = 0.0;
        if let Some(operations) = &model.value.operations {
            let mut live = finished;
            for &milestone in &operations.live {
                live = later(live, self.milestones[milestone]);
            }
            let weeks = horizon - live;
            let mut delivered = 0.0;
            if weeks > 0.0 {
                // ∫ best − (best − begun)·e^(−rate·(t − finished)) dt from live to horizon.
                let missed = if rate > 0.0 {
                    (to_go(live) - to_go(horizon)) / rate
                } else {
                    weeks
                };
                delivered = adopted * (best * weeks - (best - begun) * missed);
            }
            self.delay = plan.operations * (best * horizon - delivered);
        }
        if let Some(automations) = &model.value.automations {
            let (count, weekly) = plan.automations;
            let from = &self.tasks[automations.from];
            let last = automations.to.map_or(from.finish, |to| self.milestones[to]);
            self.delay += weekly * (horizon - live_weeks(count, from.start, last, horizon));
        }

        self.all_internal = self.internal.iter().sum();
        self.all_cash = self.cash.iter().sum();
        for &price in &plan.expenses {
            self.all_cash += numbers[price];
        }
    }

    /// When the last of those activities that somebody works on is finished; 0 if nobody works on
    /// any.
    fn last_finish(&self, activities: &[usize]) -> f64 {
        let mut last = 0.0;
        for &activity in activities {
            let task = &self.tasks[activity];
            if task.worked {
                last = later(last, task.finish);
            }
        }
        last
    }

    /// Share of the unscaled work of some activities that is done by a week; work that nobody has
    /// to do is done.
    fn progress(&self, activities: &[usize], week: f64) -> f64 {
        let (mut all, mut done) = (0.0, 0.0);
        for &activity in activities {
            let Task {
                worked,
                unscaled,
                start,
                finish,
            } = self.tasks[activity];
            all += unscaled;
            done += if worked {
                unscaled * done_by(week, start, finish)
            } else {
                unscaled
            };
        }
        if all > 0.0 { done / all } else { 1.0 }
    }

    fn get(&self, series: Series) -> f64 {
        match series {
            Series::Cash => self.all_cash,
            Series::Internal => self.all_internal,
            Series::Delay => self.delay,
            Series::Total => self.all_cash + self.all_internal + self.delay,
            Series::Weeks => self.weeks,
            Series::Accepted => self.accepted,
            Series::PackWeek2 => self.pack_week2,
            Series::AdoptionMonth2 => self.adoption_month2,
            Series::QualityMonth3 => self.quality_month3,
            Series::CashPhase(phase) => self.cash[phase],
            Series::InternalPhase(phase) => self.internal[phase],
            Series::WeeksMilestone(milestone) => self.milestones[milestone],
        }
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

/// The later of two times.
fn later(one: f64, other: f64) -> f64 {
    if other > one { other } else { one }
}
