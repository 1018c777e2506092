//! The figures that a page shows for an estimate, as one flat list. A [`Layout`]
//! says which figure stands in which slot; an estimate gives the numbers, rounded
//! so that the generator and the browser can only write them the same way.

use alloc::vec::Vec;

use crate::model::{Estimate, Kind, Model, Outcome, Series};

/// One figure of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A statistic of a series.
    Series {
        approach: usize,
        series: Series,
        stat: Stat,
    },
    /// Mean hours of a role in a phase.
    Hours {
        approach: usize,
        role: usize,
        phase: usize,
    },
    /// Mean hours of a role: the sum of those shown for its phases.
    RoleHours { approach: usize, role: usize },
    /// Mean hours in a phase: the sum of those shown for its roles.
    PhaseHours { approach: usize, phase: usize },
    /// In how many of 100 futures the approach is cheapest.
    Wins { approach: usize },
    /// Whether the approach is the recommended one.
    Recommended { approach: usize },
    /// Whether the approach has the lowest mean total, as the first one of equals.
    Lowest { approach: usize },
    /// Whether the role works most hours in the phase, function teams aside.
    Leads {
        approach: usize,
        phase: usize,
        role: usize,
    },
    /// The bar of a series in a chart of costs, or in one of times.
    Bar {
        approach: usize,
        series: Series,
        edge: Edge,
    },
    /// The part of a role in the stacked bar of a phase's hours: its start or width.
    Segment {
        approach: usize,
        phase: usize,
        role: usize,
        edge: Edge,
    },
    /// Whether the recommendation is a close call.
    CloseCall,
    /// Whether the first approach is recommended, as good enough if not the best.
    Sufficient,
    /// The right end of an axis, the same for all approaches.
    Scale(Axis),
    /// The middle of an axis.
    ScaleMiddle(Axis),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stat {
    Mean,
    P10,
    P50,
    P90,
}

/// What is drawn of a bar from the 10th to the 90th percentile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Start,
    Width,
    /// The median.
    Middle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Cost,
    Weeks,
    /// Hours of a phase, all roles together.
    Hours,
}

/// How a figure is rounded and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Currency: three significant digits, no decimals.
    Money,
    /// One decimal.
    Weeks,
    /// 0 to 1, written as whole percent.
    Share,
    /// Whole, or as an input is set: with up to two decimals.
    Number,
    /// 0 or 1.
    Flag,
    /// Percent of the width of a chart, one decimal.
    Place,
}

impl Figure {
    pub fn unit(self) -> Unit {
        match self {
            Self::Series { series, .. } => unit(series),
            Self::Hours { .. }
            | Self::RoleHours { .. }
            | Self::PhaseHours { .. }
            | Self::Wins { .. } => Unit::Number,
            Self::Recommended { .. }
            | Self::Lowest { .. }
            | Self::Leads { .. }
            | Self::CloseCall
            | Self::Sufficient => Unit::Flag,
            Self::Bar { .. } | Self::Segment { .. } => Unit::Place,
            Self::Scale(axis) | Self::ScaleMiddle(axis) => match axis {
                Axis::Cost => Unit::Money,
                Axis::Weeks | Axis::Hours => Unit::Number,
            },
        }
    }
}

fn unit(series: Series) -> Unit {
    match series {
        Series::Cash
        | Series::Internal
        | Series::Delay
        | Series::Total
        | Series::CashPhase(_)
        | Series::InternalPhase(_) => Unit::Money,
        Series::Weeks | Series::Accepted | Series::WeeksMilestone(_) => Unit::Weeks,
        Series::PackWeek2 | Series::AdoptionMonth2 | Series::QualityMonth3 => Unit::Share,
    }
}

/// The chart that a series has a bar in.
fn axis(series: Series) -> Option<Axis> {
    match series {
        Series::Cash | Series::Internal | Series::Delay | Series::Total => Some(Axis::Cost),
        Series::Weeks | Series::WeeksMilestone(_) => Some(Axis::Weeks),
        _ => None,
    }
}

/// How the figures of one model's estimates are listed. The place of a figure in
/// the list is its slot.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The role of the function teams, which never leads.
    team: Option<usize>,
}

impl Layout {
    pub fn new(model: &Model) -> Self {
        Self { team: model.team }
    }

    /// Every figure of an estimate in the order of the slots, rounded by its unit.
    pub fn list(&self, estimate: &Estimate) -> Vec<(Figure, f64)> {
        let axes = Axes::of(estimate);
        let wins = wins_of_100(&estimate.wins);
        let recommendation = &estimate.recommendation;
        let lowest = lowest(&estimate.approaches);
        let mut list = List(Vec::new());
        for (approach, outcome) in estimate.approaches.iter().enumerate() {
            list.add_ranges(approach, outcome, &axes);
            list.add_hours(approach, outcome, &axes, self.team);
            let recommended = flag(recommendation.approach == approach);
            list.add(Figure::Wins { approach }, wins[approach]);
            list.add(Figure::Recommended { approach }, recommended);
            list.add(Figure::Lowest { approach }, flag(lowest == approach));
        }
        list.add(Figure::CloseCall, flag(recommendation.close_call));
        list.add(Figure::Sufficient, flag(recommendation.sufficient));
        for axis in [Axis::Cost, Axis::Weeks, Axis::Hours] {
            list.add(Figure::Scale(axis), axes.end(axis));
            list.add(Figure::ScaleMiddle(axis), axes.end(axis) / 2.0);
        }
        list.0
    }
}

/// Where the axes of the charts end, for all approaches alike.
struct Axes {
    cost: f64,
    weeks: f64,
    hours: f64,
}

impl Axes {
    fn of(estimate: &Estimate) -> Self {
        let (mut cost, mut weeks, mut hours) = (0.0, 0.0, 0.0);
        for outcome in &estimate.approaches {
            for (series, summary) in &outcome.series {
                match axis(*series) {
                    Some(Axis::Cost) => raise(&mut cost, summary.p90),
                    Some(_) => raise(&mut weeks, summary.p90),
                    None => {}
                }
            }
            for total in phase_hours(outcome) {
                raise(&mut hours, total);
            }
        }
        Self {
            cost: end_of_axis(cost),
            weeks: end_of_axis(weeks),
            hours: end_of_axis(hours),
        }
    }

    fn end(&self, axis: Axis) -> f64 {
        match axis {
            Axis::Cost => self.cost,
            Axis::Weeks => self.weeks,
            Axis::Hours => self.hours,
        }
    }
}

/// The list while it is made.
struct List(Vec<(Figure, f64)>);

impl List {
    fn add(&mut self, figure: Figure, value: f64) {
        self.0.push((figure, rounded(figure.unit(), value)));
    }

    /// The series of an approach, and their bars.
    fn add_ranges(&mut self, approach: usize, outcome: &Outcome, axes: &Axes) {
        for (series, summary) in &outcome.series {
            let series = *series;
            let figure = |stat| Figure::Series {
                approach,
                series,
                stat,
            };
            self.add(figure(Stat::Mean), summary.mean);
            self.add(figure(Stat::P10), summary.p10);
            self.add(figure(Stat::P50), summary.p50);
            self.add(figure(Stat::P90), summary.p90);
            if let Some(axis) = axis(series) {
                let figure = |edge| Figure::Bar {
                    approach,
                    series,
                    edge,
                };
                let end = axes.end(axis);
                let start = place(summary.p10, end);
                self.add(figure(Edge::Start), start);
                self.add(figure(Edge::Width), place(summary.p90, end) - start);
                self.add(figure(Edge::Middle), place(summary.p50, end));
            }
        }
    }

    /// Who works how much in each phase of an approach, and the stacked bars.
    fn add_hours(&mut self, approach: usize, outcome: &Outcome, axes: &Axes, team: Option<usize>) {
        for (phase, total) in phase_hours(outcome).into_iter().enumerate() {
            let leader = leader(outcome, phase, team);
            let mut until = 0.0;
            for (role, phases) in outcome.hours.iter().enumerate() {
                let figure = |edge| Figure::Segment {
                    approach,
                    phase,
                    role,
                    edge,
                };
                let leads = flag(leader == Some(role));
                let start = place(until, axes.hours);
                until += phases[phase];
                self.add(
                    Figure::Hours {
                        approach,
                        role,
                        phase,
                    },
                    phases[phase],
                );
                self.add(
                    Figure::Leads {
                        approach,
                        phase,
                        role,
                    },
                    leads,
                );
                self.add(figure(Edge::Start), start);
                self.add(figure(Edge::Width), place(until, axes.hours) - start);
            }
            self.add(Figure::PhaseHours { approach, phase }, total);
        }
        for (role, phases) in outcome.hours.iter().enumerate() {
            let total = sum(phases.iter().map(|hours| whole(*hours)));
            self.add(Figure::RoleHours { approach, role }, total);
        }
    }
}

/// The approach with the lowest mean total, the first one of several.
fn lowest(approaches: &[Outcome]) -> usize {
    let (mut lowest, mut least) = (0, f64::INFINITY);
    for (approach, outcome) in approaches.iter().enumerate() {
        if let Some(total) = outcome.get(Series::Total)
            && total.mean < least
        {
            (lowest, least) = (approach, total.mean);
        }
    }
    lowest
}

/// Hours in each phase: the sum of those shown for its roles.
fn phase_hours(outcome: &Outcome) -> Vec<f64> {
    let phases = outcome.hours.first().map_or(0, Vec::len);
    (0..phases)
        .map(|phase| sum(outcome.hours.iter().map(|hours| whole(hours[phase]))))
        .collect()
}

/// The role with the most hours in a phase, the first one of several.
fn leader(outcome: &Outcome, phase: usize, team: Option<usize>) -> Option<usize> {
    let (mut leader, mut most) = (None, 0.0);
    for (role, hours) in outcome.hours.iter().enumerate() {
        if hours[phase] > most && Some(role) != team {
            (leader, most) = (Some(role), hours[phase]);
        }
    }
    leader
}

impl Estimate {
    /// Every number of the estimate that is not rounded yet: for each approach its
    /// series (mean, p10, p50, p90), then its hours by role and phase. With it a
    /// test compares two builds of the engine bit for bit.
    pub fn flatten(&self) -> Vec<f64> {
        let mut flat = Vec::new();
        for outcome in &self.approaches {
            for (_, summary) in &outcome.series {
                flat.extend([summary.mean, summary.p10, summary.p50, summary.p90]);
            }
            flat.extend(outcome.hours.iter().flatten());
        }
        flat
    }
}

/// What a page shows for an input that is set to a value.
pub fn input_figure(kind: Kind, value: f64) -> (Unit, f64) {
    match kind {
        Kind::Percent => (Unit::Share, rounded(Unit::Share, value / 100.0)),
        Kind::Int | Kind::Choice | Kind::Real => (Unit::Number, whole(value * 100.0) / 100.0),
    }
}

/// Rounds so that writing the number with the digits of its unit changes nothing any more.
fn rounded(unit: Unit, value: f64) -> f64 {
    match unit {
        Unit::Money => {
            let mut step = 1.0;
            // The end of the loop for an infinite value, too.
            while value.abs() / step >= 999.5 && step < 1e18 {
                step *= 10.0;
            }
            whole(value / step) * step
        }
        Unit::Weeks | Unit::Place => whole(value * 10.0) / 10.0,
        Unit::Share => whole(value * 100.0) / 100.0,
        Unit::Number | Unit::Flag => whole(value),
    }
}

/// The nearest whole number, halves away from zero, never the negative zero that
/// browsers write as "-0".
fn whole(value: f64) -> f64 {
    // Beyond 2^52 every number is whole.
    if value.is_nan() || value.abs() >= 4_503_599_627_370_496.0 {
        return value;
    }
    let half = if value < 0.0 { -0.5 } else { 0.5 };
    (value + half) as i64 as f64
}

fn flag(on: bool) -> f64 {
    f64::from(u8::from(on))
}

/// Percent of an axis.
fn place(value: f64, scale: f64) -> f64 {
    rounded(Unit::Place, (value / scale * 100.0).clamp(0.0, 100.0))
}

fn raise(largest: &mut f64, value: f64) {
    if value > *largest && value.is_finite() {
        *largest = value;
    }
}

/// A round number with a round half, not below the largest number to be shown.
fn end_of_axis(largest: f64) -> f64 {
    const ROUND: [f64; 10] = [10.0, 12.0, 16.0, 20.0, 24.0, 30.0, 40.0, 50.0, 60.0, 80.0];
    let mut power = 1.0;
    loop {
        for end in ROUND {
            if end * power >= largest {
                return end * power;
            }
        }
        power *= 10.0;
    }
}

/// Shares as whole parts of 100 that add to 100: from one rounded limit to the next. A limit
/// between two that have won something is never 0 or 100, so who has lost once does not have all.
fn wins_of_100(shares: &[f64]) -> Vec<f64> {
    let (mut limit, mut from) = (0.0, 0.0);
    let part = |share: &f64| {
        limit += share;
        let before = from;
        from = whole(limit * 100.0);
        if limit > 0.0 && limit < 1.0 {
            from = from.clamp(1.0, 99.0);
        }
        from - before
    };
    shares.iter().map(part).collect()
}

/// The standard library's sum of nothing is the negative zero.
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |sum, value| sum + value)
}

#[cfg(test)]
mod tests {
    use super::{Axis, Edge, Figure, Layout, Stat, Unit, end_of_axis, rounded, wins_of_100};
    use crate::model::{Estimate, Outcome, Recommendation, Series, Summary};
    use alloc::{vec, vec::Vec};

    #[test]
    fn money_has_three_significant_digits() {
        let cases = [
            (0.4, 0.0),
            (-0.4, 0.0),
            (847.3, 847.0),
            (999.5, 1000.0),
            (41_237.0, 41_200.0),
            (-41_250.0, -41_300.0),
            (99_960.0, 100_000.0),
            (1_234_567.0, 1_230_000.0),
            (f64::INFINITY, f64::INFINITY),
        ];
        for (value, shown) in cases {
            assert_eq!(
                rounded(Unit::Money, value).to_bits(),
                f64::to_bits(shown),
                "{value}"
            );
        }
    }

    #[test]
    fn rounding_a_rounded_figure_changes_nothing() {
        for unit in [
            Unit::Money,
            Unit::Weeks,
            Unit::Share,
            Unit::Number,
            Unit::Place,
        ] {
            for n in 0..20_000 {
                let value = f64::from(n) * 0.731 - 3000.0;
                let once = rounded(unit, value);
                assert_eq!(
                    rounded(unit, once).to_bits(),
                    once.to_bits(),
                    "{value} as {unit:?}"
                );
            }
        }
    }

    #[test]
    fn an_axis_ends_at_a_round_number_with_a_round_half() {
        let ends = [
            (0.0, 10.0),
            (9.4, 10.0),
            (10.1, 12.0),
            (52.0, 60.0),
            (81.0, 100.0),
            (100.1, 120.0),
            (246_800.0, 300_000.0),
        ];
        for (largest, end) in ends {
            assert_eq!(end_of_axis(largest), end);
        }
    }

    #[test]
    fn wins_add_to_100_and_one_lost_future_shows() {
        let cases: [(&[f64], &[f64]); 5] = [
            (&[0.625, 0.1875, 0.1875], &[63.0, 18.0, 19.0]),
            (&[0.0, 1.0], &[0.0, 100.0]),
            (&[1.0, 0.0, 0.0], &[100.0, 0.0, 0.0]),
            (&[2047.0 / 2048.0, 0.0, 1.0 / 2048.0], &[99.0, 0.0, 1.0]),
            (
                &[1.0 / 2048.0, 1.0 / 2048.0, 1023.0 / 1024.0],
                &[1.0, 0.0, 99.0],
            ),
        ];
        for (shares, parts) in cases {
            assert_eq!(wins_of_100(shares), parts, "{shares:?}");
        }
    }

    /// Two approaches, three roles of which the last is the team, two phases.
    fn estimate() -> Estimate {
        let outcome = |factor: f64, hours: Vec<Vec<f64>>| Outcome {
            series: vec![
                (
                    Series::Total,
                    Summary {
                        mean: 41_237.0 * factor,
                        p10: 20_000.0 * factor,
                        p50: 40_000.0 * factor,
                        p90: 75_000.0 * factor,
                    },
                ),
                (
                    Series::Weeks,
                    Summary {
                        mean: 9.44,
                        p10: 6.0,
                        p50: 9.0,
                        p90: 15.0,
                    },
                ),
                (
                    Series::PackWeek2,
                    Summary {
                        mean: 0.615,
                        p10: 0.5,
                        p50: 0.6,
                        p90: 0.7,
                    },
                ),
            ],
            hours,
        };
        Estimate {
            recommendation: Recommendation {
                approach: 1,
                sufficient: false,
                close_call: true,
            },
            wins: vec![0.25, 0.75],
            approaches: vec![
                outcome(1.0, vec![vec![10.4, 0.0], vec![20.2, 0.0], vec![99.0, 0.0]]),
                outcome(2.0, vec![vec![40.0, 3.0], vec![20.0, 3.0], vec![0.0, 60.0]]),
            ],
        }
    }

    fn value(figure: Figure) -> f64 {
        let list = Layout { team: Some(2) }.list(&estimate());
        list.into_iter()
            .find(|(other, _)| *other == figure)
            .expect("a figure")
            .1
    }

    #[test]
    fn bars_of_all_approaches_share_an_axis() {
        assert_eq!(value(Figure::Scale(Axis::Cost)), 160_000.0);
        assert_eq!(value(Figure::ScaleMiddle(Axis::Cost)), 80_000.0);
        let bar = |approach, edge| {
            value(Figure::Bar {
                approach,
                series: Series::Total,
                edge,
            })
        };
        assert_eq!(
            [Edge::Start, Edge::Width, Edge::Middle].map(|edge| bar(0, edge)),
            [12.5, 34.4, 25.0]
        );
        assert_eq!(
            [Edge::Start, Edge::Width, Edge::Middle].map(|edge| bar(1, edge)),
            [25.0, 68.8, 50.0]
        );
    }

    #[test]
    fn hours_add_up_as_they_are_shown() {
        assert_eq!(
            value(Figure::Hours {
                approach: 0,
                role: 0,
                phase: 0
            }),
            10.0
        );
        assert_eq!(
            value(Figure::Hours {
                approach: 0,
                role: 1,
                phase: 0
            }),
            20.0
        );
        assert_eq!(
            value(Figure::PhaseHours {
                approach: 0,
                phase: 0
            }),
            129.0
        );
        assert_eq!(
            value(Figure::RoleHours {
                approach: 1,
                role: 1
            }),
            23.0
        );
    }

    #[test]
    fn segments_follow_one_another() {
        let segment = |role, edge| {
            value(Figure::Segment {
                approach: 0,
                phase: 0,
                role,
                edge,
            })
        };
        assert_eq!(value(Figure::Scale(Axis::Hours)), 160.0);
        assert_eq!(
            [0, 1, 2].map(|role| segment(role, Edge::Start)),
            [0.0, 6.5, 19.1]
        );
        assert_eq!(
            [0, 1, 2].map(|role| segment(role, Edge::Width)),
            [6.5, 12.6, 61.9]
        );
    }

    #[test]
    fn the_busiest_role_leads_a_phase_unless_it_is_the_team() {
        let leads = |approach, phase| {
            [0, 1, 2].map(|role| {
                value(Figure::Leads {
                    approach,
                    phase,
                    role,
                })
            })
        };
        assert_eq!(leads(0, 0), [0.0, 1.0, 0.0]);
        assert_eq!(leads(0, 1), [0.0, 0.0, 0.0], "nobody works");
        assert_eq!(
            leads(1, 1),
            [1.0, 0.0, 0.0],
            "the first of two with equal hours"
        );
    }

    #[test]
    fn the_lowest_total_is_another_matter_than_the_recommendation() {
        let lowest = [0, 1].map(|approach| value(Figure::Lowest { approach }));
        assert_eq!(lowest, [1.0, 0.0]);
        let mut equal = estimate().approaches;
        equal[1].series = equal[0].series.clone();
        assert_eq!(super::lowest(&equal), 0, "the first of equals");
        equal[1].series[0].1.mean -= 1.0;
        assert_eq!(super::lowest(&equal), 1);
    }

    #[test]
    fn figures_are_rounded_by_their_unit() {
        let mean = |series| {
            value(Figure::Series {
                approach: 0,
                series,
                stat: Stat::Mean,
            })
        };
        assert_eq!(mean(Series::Total), 41_200.0);
        assert_eq!(mean(Series::Weeks), 9.4);
        assert_eq!(mean(Series::PackWeek2), 0.62);
        assert_eq!(value(Figure::Wins { approach: 1 }), 75.0);
        assert_eq!(value(Figure::Recommended { approach: 1 }), 1.0);
        assert_eq!(value(Figure::CloseCall), 1.0);
        assert_eq!(value(Figure::Sufficient), 0.0);
    }
}
