//! What an estimate says: every series of every approach as mean and range, hours by role and
//! phase, how often each approach is cheapest, and a recommendation (MODEL.md, section 7).

use super::Model;
use super::futures::Futures;
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
}

/// A distribution in four numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
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

/// The result for one set of inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What to do.
    pub recommendation: Recommendation,
    /// For each approach, the share of futures in which its total is the lowest. They add to 1.
    pub wins: Vec<f64>,
    /// For each approach, its numbers.
    pub approaches: Vec<Outcome>,
}

/// Which approach to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// The recommended approach.
    pub approach: usize,
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

impl Model {
    /// The series that estimates of this model have, in order. Without a pack there is no quality
    /// to follow, without a loop nothing is ever accepted later, without adoption there is none.
    pub fn series(&self) -> Vec<Series> {
        let mut series = alloc::vec![
            Series::Cash,
            Series::Internal,
            Series::Delay,
            Series::Total,
            Series::Weeks
        ];
        if self.pack.is_some() {
            if self.improvement.is_some() {
                series.push(Series::Accepted);
            }
            series.push(Series::PackWeek2);
        }
        if self.adoption.is_some() {
            series.push(Series::AdoptionMonth2);
        }
        if self.pack.is_some() {
            series.push(Series::QualityMonth3);
        }
        series.extend((0..self.phases).map(Series::CashPhase));
        series.extend((0..self.phases).map(Series::InternalPhase));
        series.extend((0..self.milestones.len()).map(Series::WeeksMilestone));
        series
    }
}

impl Outcome {
    /// The summary of one series, if the model has it.
    pub fn get(&self, series: Series) -> Option<Summary> {
        self.series
            .iter()
            .find(|(other, _)| *other == series)
            .map(|(_, summary)| *summary)
    }

    /// Summarises the futures of an approach, which lose their order.
    pub(super) fn of(mut futures: Futures, model: &Model) -> Self {
        let mut series = Vec::with_capacity(futures.series.len());
        for (name, column) in futures.columns_mut() {
            series.push((name, Summary::of(column)));
        }
        Self {
            series,
            hours: match model.phases {
                0 => Vec::new(),
                phases => futures
                    .hours
                    .chunks_exact(phases)
                    .map(<[f64]>::to_vec)
                    .collect(),
            },
        }
    }
}

impl Recommendation {
    /// The lowest mean total; the first approach already when it is within `model.sufficient` of
    /// that.
    pub(super) fn new(model: &Model, mean_totals: &[f64], wins: &[f64]) -> Self {
        let lowest = first_lowest(mean_totals.iter().copied());
        let sufficient = match (mean_totals.first(), mean_totals.get(lowest)) {
            (Some(first), Some(best)) => *first <= best + model.sufficient * best.abs(),
            _ => false,
        };
        let approach = if sufficient { 0 } else { lowest };
        Self {
            approach,
            sufficient,
            close_call: wins
                .get(approach)
                .is_some_and(|share| *share < model.close_call),
        }
    }
}

/// For each approach, the share of futures in which its total is the lowest; the earlier one where
/// they are equal.
pub(super) fn wins(totals: &[Vec<f64>], samples: usize) -> Vec<f64> {
    let mut wins = alloc::vec![0.0; totals.len()];
    for future in 0..samples {
        wins[first_lowest(totals.iter().map(|column| column[future]))] += 1.0;
    }
    for share in &mut wins {
        *share /= samples as f64;
    }
    wins
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

impl Summary {
    /// Summarises many values; reorders them. Quantiles are of type 7: linear between the order
    /// statistics around (n − 1)·p.
    pub(super) fn of(values: &mut [f64]) -> Self {
        let mean = mean(values);
        // From the highest quantile down, so that each search is among fewer values.
        let mut end = values.len();
        let [p90, p50, p10] = [0.9, 0.5, 0.1].map(|p| {
            let place = (values.len() - 1) as f64 * p;
            let rank = place as usize;
            let below = select(&mut values[..end], rank);
            let rest = values[rank + 1..end].iter();
            let above = rest.fold(
                f64::INFINITY,
                |least, x| if *x < least { *x } else { least },
            );
            end = rank + 1;
            // Two infinite ones have no difference.
            if above == below {
                below
            } else {
                below + (above - below) * (place - rank as f64)
            }
        });
        Self {
            mean,
            p10,
            p50,
            p90,
        }
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
    use super::{Recommendation, Summary, wins};
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
                let summary = Summary::of(&mut values);
                let expected = [0.1, 0.5, 0.9].map(|p| textbook(&sorted, p));
                assert_eq!([summary.p10, summary.p50, summary.p90], expected);
            }
        }
    }

    #[test]
    fn infinite_values_stay_infinite() {
        let mut values = vec![f64::INFINITY; 100];
        values[..60].fill(1.0);
        let summary = Summary::of(&mut values);
        assert_eq!(
            [summary.p10, summary.p50, summary.p90],
            [1.0, 1.0, f64::INFINITY]
        );
    }

    #[test]
    fn the_first_approach_is_enough_when_it_is_nearly_the_cheapest() {
        let model = small();
        let recommend = |totals: &[f64], wins: &[f64]| {
            let recommendation = Recommendation::new(&model, totals, wins);
            (
                recommendation.approach,
                recommendation.sufficient,
                recommendation.close_call,
            )
        };
        assert_eq!(recommend(&[104.0, 100.0], &[0.2, 0.8]), (0, true, true));
        assert_eq!(recommend(&[106.0, 100.0], &[0.2, 0.8]), (1, false, false));
        assert_eq!(recommend(&[106.0, 100.0], &[0.45, 0.55]), (1, false, true));
        assert_eq!(recommend(&[90.0, 100.0], &[0.9, 0.1]), (0, true, false));
    }

    #[test]
    fn a_future_is_won_by_its_lowest_total() {
        let totals = [vec![1.0, 2.0, 5.0, 3.0], vec![2.0, 1.0, 4.0, 3.0]];
        assert_eq!(wins(&totals, 4), [0.5, 0.5]);
    }
}
