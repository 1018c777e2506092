//! What an estimate says: every series of every approach as mean and range, hours by role and
//! phase, how often each approach is cheapest, and a recommendation (MODEL.md, section 7).
//!
//! The engine makes a [`Sheet`], one list of numbers, which is what a page needs; an [`Estimate`] is
//! the same with names.

use super::futures::Futures;
use super::program::{Facts, Program};
use super::{Model, Setting};
use alloc::vec;
use alloc::vec::Vec;

/// One kind of number that an estimate gives for each approach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Paid hours and expenses, currency.
    Cash,
    /// The company's own hours, currency.
    Internal,
    /// Value not delivered until the horizon, currency.
    Delay,
    /// Cash + internal + delay, currency.
    Total,
    /// The latest milestone, weeks from the start.
    Weeks,
    /// When quality reaches its target, weeks from the start.
    Accepted,
    /// Quality of the pack in week 2, 0 to 1.
    PackWeek2,
    /// Adoption in month 2, 0 to 1.
    AdoptionMonth2,
    /// Quality in month 3, 0 to 1.
    QualityMonth3,
    /// Paid hours of one phase, currency.
    CashPhase(usize),
    /// The company's own hours in one phase, currency.
    InternalPhase(usize),
    /// When a milestone is reached, weeks from the start.
    WeeksMilestone(usize),
    /// When the scheduled work of a phase starts, weeks from the start; 0 if it has none.
    StartPhase(usize),
    /// When it is finished.
    FinishPhase(usize),
}

impl Series {
    /// Places of the series that every model has.
    pub const CASH: usize = 0;
    pub const INTERNAL: usize = 1;
    pub const DELAY: usize = 2;
    pub const TOTAL: usize = 3;
    pub const WEEKS: usize = 4;
}

/// A distribution in four numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Arithmetic mean.
    pub mean: f64,
    /// One in ten futures is below.
    pub p10: f64,
    /// Half of the futures are below.
    pub p50: f64,
    /// Nine in ten futures are below.
    pub p90: f64,
}

/// The result for one set of inputs, as the numbers that stand in it one after the other: for each
/// approach its series (mean, p10, p50, p90), its hours by role and phase, the share of futures in
/// which it is cheapest, and [`DOTS`] quantiles of its total.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub numbers: Vec<f64>,
    pub recommendation: Recommendation,
    /// The present [`Setting::Sufficient`].
    pub enough: f64,
    /// The present [`Setting::HorizonWeeks`].
    pub horizon: f64,
    pub facts: Facts,
}

/// The result for one set of inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What to do.
    pub recommendation: Recommendation,
    /// For each approach, the share of futures in which its total is the lowest. They add to 1.
    pub wins: Vec<f64>,
    /// For each approach, its numbers.
    pub approaches: Vec<Outcome>,
    /// All of that as one list.
    pub sheet: Sheet,
}

/// Which approach to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// The recommended approach; none if none is ever finished.
    pub approach: Option<usize>,
    /// The one with the lowest mean total of those that are finished, the first of equals.
    pub lowest: usize,
    /// The first approach is recommended because its mean total is the lowest or close enough to
    /// it.
    pub sufficient: bool,
    /// The recommended approach wins in few of the futures.
    pub close_call: bool,
}

/// The numbers of one approach.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Every series of the model, in the order of [`Model::series`].
    pub series: Vec<(Series, Summary)>,
    /// Mean hours: for each role, for each phase.
    pub hours: Vec<Vec<f64>>,
}

/// Quantiles by which a distribution is drawn: each in the middle of an equal share of the futures,
/// the highest first.
pub const DOTS: usize = 50;

impl Model {
    /// The series that estimates of this model have, in order.
    pub fn series(&self) -> Vec<Series> {
        Program::new(self).facts.series().collect()
    }
}

impl Outcome {
    /// Whether all of its work comes to an end, in every future.
    pub fn ends(&self) -> bool {
        self.series.iter().all(|(series, summary)| {
            !matches!(series, Series::FinishPhase(_)) || summary.mean < f64::INFINITY
        })
    }

    /// The summary of one series, if the model has it.
    pub fn get(&self, series: Series) -> Option<Summary> {
        self.series
            .iter()
            .find(|(other, _)| *other == series)
            .map(|(_, summary)| *summary)
    }
}

impl Sheet {
    /// From the futures of each approach.
    pub(super) fn new(program: &Program, approaches: Vec<Futures>) -> Self {
        let facts = program.facts;
        let mut numbers = Vec::new();
        let mut totals = Vec::new();
        // What is never finished leaves out of its total what that costs, so it takes no part. Where that
        // goes for all, they are compared all the same.
        let none_ends = !approaches.iter().any(|futures| futures.ends);
        let mut lowest = vec![(f64::INFINITY, 0); facts.samples];
        for (approach, futures) in approaches.iter().enumerate() {
            for (lowest, total) in lowest.iter_mut().zip(futures.column(Series::TOTAL)) {
                // The earlier one where they are equal.
                if total < lowest.0 && (futures.ends || none_ends) {
                    *lowest = (total, approach);
                }
            }
        }
        let mut wins = vec![0.0; approaches.len()];
        for (_, approach) in lowest {
            wins[approach] += 1.0 / facts.samples as f64;
        }
        for (futures, wins) in approaches.iter().zip(&wins) {
            let mut dots = Vec::new();
            for series in 0..futures.series() {
                let column = &mut futures.column(series);
                let mean = mean(column);
                numbers.push(mean);
                let at = numbers.len();
                numbers.extend_from_slice(&[0.9, 0.5, 0.1]);
                quantiles(column, &mut numbers[at..]);
                numbers.swap(at, at + 2);
                if series == Series::TOTAL {
                    totals.push(futures.comparable(mean));
                    for dot in 0..DOTS {
                        dots.push(1.0 - (dot as f64 + 0.5) / DOTS as f64);
                    }
                    quantiles(column, &mut dots);
                }
            }
            numbers.extend_from_slice(&futures.hours);
            numbers.push(*wins);
            numbers.extend_from_slice(&dots);
        }
        Self {
            recommendation: Recommendation::new(program, &totals, &wins),
            enough: program.setting(Setting::Sufficient),
            horizon: program.setting(Setting::HorizonWeeks),
            numbers,
            facts,
        }
    }

    /// What there is of one approach, from a place of its own.
    #[inline(never)]
    fn part(&self, approach: usize, place: usize, count: usize) -> &[f64] {
        let start = approach * (self.wins_place() + 1 + DOTS) + place;
        self.numbers.get(start..start + count).unwrap_or_default()
    }

    fn hours_place(&self) -> usize {
        4 * self.facts.series_count()
    }

    fn wins_place(&self) -> usize {
        self.hours_place() + self.facts.roles * self.facts.phases
    }

    /// Mean, p10, p50 and p90 of a series.
    #[inline(never)]
    pub fn summary(&self, approach: usize, series: usize) -> Summary {
        match *self.part(approach, 4 * series, 4) {
            [mean, p10, p50, p90] => Summary {
                mean,
                p10,
                p50,
                p90,
            },
            _ => Summary::default(),
        }
    }

    /// Mean hours of an approach, role by role, in each phase.
    pub fn hours(&self, approach: usize) -> &[f64] {
        let count = self.facts.roles * self.facts.phases;
        self.part(approach, self.hours_place(), count)
    }

    /// The share of futures in which an approach is cheapest.
    pub fn wins(&self, approach: usize) -> f64 {
        let part = self.part(approach, self.wins_place(), 1);
        part.first().copied().unwrap_or(0.0)
    }

    /// Quantiles of the total of an approach.
    pub fn dots(&self, approach: usize) -> &[f64] {
        self.part(approach, self.wins_place() + 1, DOTS)
    }
}

impl Estimate {
    /// The same with names.
    pub fn of(sheet: Sheet) -> Self {
        let facts = sheet.facts;
        let outcome = |approach| {
            let series = facts.series().enumerate();
            Outcome {
                series: series
                    .map(|(place, series)| (series, sheet.summary(approach, place)))
                    .collect(),
                hours: sheet
                    .hours(approach)
                    .chunks(facts.phases)
                    .map(<[f64]>::to_vec)
                    .collect(),
            }
        };
        Self {
            recommendation: sheet.recommendation,
            wins: (0..facts.approaches)
                .map(|approach| sheet.wins(approach))
                .collect(),
            approaches: (0..facts.approaches).map(outcome).collect(),
            sheet,
        }
    }
}

impl Recommendation {
    /// The lowest mean total; the first approach already when it is within `sufficient` of that. The
    /// totals are infinite for what is never finished ([`Futures::comparable`]).
    pub(super) fn new(program: &Program, mean_totals: &[f64], wins: &[f64]) -> Self {
        let lowest = first_lowest(mean_totals.iter().copied());
        let at = |approach: usize| mean_totals.get(approach).copied().unwrap_or(0.0);
        let (first, best) = (at(0), at(lowest));
        let enough = best + program.setting(Setting::Sufficient) * best.abs();
        let approach = if first <= enough { 0 } else { lowest };
        let won = wins.get(approach).copied().unwrap_or(1.0);
        let approach = (best < f64::INFINITY).then_some(approach);
        Self {
            approach,
            lowest,
            sufficient: approach == Some(0),
            close_call: approach.is_some() && won < program.setting(Setting::CloseCall),
        }
    }

    /// The approach whose risks are looked at: the recommended one, if any is.
    pub fn studied(&self) -> usize {
        self.approach.unwrap_or(self.lowest)
    }
}

/// Place of the lowest value, the first one if there are several.
fn first_lowest(values: impl Iterator<Item = f64>) -> usize {
    let mut lowest = (0, f64::INFINITY);
    for (place, value) in values.enumerate() {
        if value < lowest.1 {
            lowest = (place, value);
        }
    }
    lowest.0
}

/// Replaces shares p, each less than the one before by more than 1/(n − 1), by quantiles of type 7:
/// linear between the order statistics around (n − 1)·p. Reorders the values.
#[inline(never)]
fn quantiles(values: &mut [f64], shares: &mut [f64]) {
    // Many phases cost nothing, or take no time, in any future.
    if values.iter().all(|value| *value == values[0]) {
        shares.fill(values[0]);
        return;
    }
    // From the highest down, so that each search is among fewer values.
    let mut end = values.len();
    for share in shares {
        let place = (values.len() - 1) as f64 * *share;
        let rank = place as usize;
        let below = select(&mut values[..end], rank);
        let mut above = f64::INFINITY;
        for value in &values[rank + 1..end] {
            if *value < above {
                above = *value;
            }
        }
        end = rank + 1;
        // Two infinite ones have no difference.
        *share = if above == below {
            below
        } else {
            below + (above - below) * (place - rank as f64)
        };
    }
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The value of a rank, which is moved to its place with lower ones before it: quickselect without
/// branches on values. (The one of the standard library would be 5 kB of the page.)
fn select(values: &mut [f64], rank: usize) -> f64 {
    let (mut first, mut end) = (0, values.len());
    loop {
        let pivot = values[first + (end - first) / 2];
        let lower = first + gather(&mut values[first..end], |value| value < pivot);
        if rank < lower {
            end = lower;
            continue;
        }
        // At least the pivot itself.
        let equal = lower + gather(&mut values[lower..end], |value| value <= pivot);
        if rank < equal || equal == lower {
            return values[rank];
        }
        first = equal;
    }
}

/// Moves the values that fulfil a condition to the front; gives their number.
#[inline(always)]
fn gather(values: &mut [f64], wanted: impl Fn(f64) -> bool) -> usize {
    let mut count = 0;
    for next in 0..values.len() {
        let value = values[next];
        // Not `swap`, which is a call where code is made small.
        let front = values[count];
        (values[next], values[count]) = (front, value);
        count += usize::from(wanted(value));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{Program, Recommendation, quantiles};
    use crate::model::example::small;
    use alloc::vec;
    use alloc::vec::Vec;

    /// Type-7 quantile of sorted values, as in the textbook.
    fn textbook(sorted: &[f64], p: f64) -> f64 {
        let place = (sorted.len() - 1) as f64 * p;
        let below = place.floor() as usize;
        let above = (below + 1).min(sorted.len() - 1);
        sorted[below] + (sorted[above] - sorted[below]) * (place - place.floor())
    }

    #[test]
    fn summaries_are_those_of_sorting_whatever_the_order_and_the_ties() {
        let scrambled = |n: u32, kinds: u32| f64::from(n.wrapping_mul(2_654_435_761) % kinds);
        let rising = |n: u32, _| f64::from(n);
        let falling = |n: u32, _| -f64::from(n);
        type Column = fn(u32, u32) -> f64;
        let columns: [(Column, u32); 6] = [
            (scrambled, 1_000_000),
            (scrambled, 3),
            (scrambled, 2),
            (scrambled, 1),
            (rising, 0),
            (falling, 0),
        ];
        for (column, kinds) in columns {
            for count in [64, 1000, 1024] {
                let mut values: Vec<f64> = (0..count).map(|n| column(n, kinds)).collect();
                let mut sorted = values.clone();
                sorted.sort_by(f64::total_cmp);
                let shares = [0.99, 0.9, 0.5, 0.1, 0.0];
                let mut found = shares;
                quantiles(&mut values, &mut found);
                assert_eq!(found, shares.map(|p| textbook(&sorted, p)));
            }
        }
    }

    #[test]
    fn infinite_values_stay_infinite() {
        let mut values = vec![f64::INFINITY; 100];
        values[..60].fill(1.0);
        let mut found = [0.9, 0.5, 0.1];
        quantiles(&mut values, &mut found);
        assert_eq!(found, [f64::INFINITY, 1.0, 1.0]);
    }

    #[test]
    fn the_first_approach_is_enough_when_it_is_nearly_the_cheapest() {
        let program = Program::new(&small());
        let recommend = |totals: &[f64], wins: &[f64]| {
            let recommendation = Recommendation::new(&program, totals, wins);
            (
                recommendation.approach,
                recommendation.sufficient,
                recommendation.close_call,
            )
        };
        let never = f64::INFINITY;
        let [first, second] = [Some(0), Some(1)];
        assert_eq!(recommend(&[104.0, 100.0], &[0.2, 0.8]), (first, true, true));
        assert_eq!(
            recommend(&[106.0, 100.0], &[0.2, 0.8]),
            (second, false, false)
        );
        assert_eq!(
            recommend(&[106.0, 100.0], &[0.45, 0.55]),
            (second, false, true)
        );
        assert_eq!(recommend(&[90.0, 100.0], &[0.9, 0.1]), (first, true, false));
        // What is never finished is no advice, however many approaches that leaves.
        assert_eq!(
            recommend(&[never, 100.0], &[0.0, 1.0]),
            (second, false, false)
        );
        assert_eq!(
            recommend(&[100.0, never], &[1.0, 0.0]),
            (first, true, false)
        );
        assert_eq!(
            recommend(&[never, never], &[0.5, 0.5]),
            (None, false, false)
        );
    }
}
