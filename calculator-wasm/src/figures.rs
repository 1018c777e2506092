//! The figures that a page shows for an estimate, as one flat list. A [`Layout`]
//! says which figure stands in which slot; an estimate gives the numbers, rounded
//! so that the generator and the browser can only write them the same way.

use alloc::vec::Vec;

use crate::model::{Engine, Facts, Input, Kind, Lever, Series, Sheet, Study};

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
    /// Whether the approach has the lowest mean total of those that are finished, as the first one of equals.
    Lowest { approach: usize },
    /// Whether the role works most hours in the phase, function teams aside.
    Leads {
        approach: usize,
        phase: usize,
        role: usize,
    },
    /// Whether no approach is recommended, because none is ever finished.
    Unfinished,
    /// Whether the recommendation is a close call.
    CloseCall,
    /// Whether the recommended approach is mostly not done when delay is no longer counted, so that its
    /// total leaves out what waiting costs from then on.
    Late,
    /// Within which share of the lowest total the first approach is good enough.
    Enough,
    /// The right end of an axis, the same for all approaches.
    Scale(Axis),
    /// The middle of an axis.
    ScaleMiddle(Axis),
    /// The risk variable of a rank among the largest risks.
    SwingVariable { rank: usize },
    /// Mean total of the recommended approach where that variable is in its lowest fifth.
    SwingLow { rank: usize },
    /// The same for its highest fifth.
    SwingHigh { rank: usize },
    /// Whether the recommendation turns when a lever is moved.
    Turns { lever: usize },
    /// Whether it turns above the present value, not below.
    TurnsAbove { lever: usize },
    /// The nearest value at which it has turned.
    TurnsAt { lever: usize },
    /// Whether it turns to this approach.
    TurnsTo { lever: usize, approach: usize },
    /// Whether none is recommended any more from there on.
    TurnsToNone { lever: usize },
    /// Whether there is a value at which both approaches cost the same.
    Evens { lever: usize },
    /// That value.
    EvensAt { lever: usize },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stat {
    Mean,
    P10,
    P50,
    P90,
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
    /// Whole; an input as it is set, with up to two decimals.
    Number,
    /// 0 or 1.
    Flag,
    /// Rounded already, as its lever wants it.
    Plain,
}

impl Figure {
    #[inline(always)]
    pub fn unit(self) -> Unit {
        match self {
            Self::Series { series, .. } => unit(series),
            Self::Hours { .. }
            | Self::RoleHours { .. }
            | Self::PhaseHours { .. }
            | Self::Wins { .. }
            | Self::SwingVariable { .. } => Unit::Number,
            Self::Enough => Unit::Share,
            Self::SwingLow { .. } | Self::SwingHigh { .. } => Unit::Money,
            Self::TurnsAt { .. } | Self::EvensAt { .. } => Unit::Plain,
            Self::Recommended { .. }
            | Self::Lowest { .. }
            | Self::Leads { .. }
            | Self::Unfinished
            | Self::CloseCall
            | Self::Late
            | Self::Turns { .. }
            | Self::TurnsAbove { .. }
            | Self::TurnsTo { .. }
            | Self::TurnsToNone { .. }
            | Self::Evens { .. } => Unit::Flag,
            Self::Scale(axis) | Self::ScaleMiddle(axis) => match axis {
                Axis::Cost => Unit::Money,
                Axis::Weeks | Axis::Hours => Unit::Number,
            },
        }
    }
}

/// What a series is counted in.
pub fn unit(series: Series) -> Unit {
    match series {
        Series::Cash
        | Series::Internal
        | Series::Delay
        | Series::Total
        | Series::CashPhase(_)
        | Series::InternalPhase(_) => Unit::Money,
        Series::Weeks
        | Series::Accepted
        | Series::WeeksMilestone(_)
        | Series::StartPhase(_)
        | Series::FinishPhase(_) => Unit::Weeks,
        Series::PackWeek2 | Series::AdoptionMonth2 | Series::QualityMonth3 => Unit::Share,
    }
}

/// The chart that a series has a bar in.
pub(crate) fn axis(series: Series) -> Option<Axis> {
    match series {
        Series::Cash | Series::Internal | Series::Delay | Series::Total => Some(Axis::Cost),
        Series::Weeks | Series::WeeksMilestone(_) | Series::FinishPhase(_) => Some(Axis::Weeks),
        _ => None,
    }
}

/// What takes figures down: the generator with what they are, the widget without.
pub trait List {
    /// Appends a figure, rounded by its unit.
    fn add(&mut self, figure: Figure, value: f64);
}

impl List for Vec<(Figure, f64)> {
    fn add(&mut self, figure: Figure, value: f64) {
        self.push((figure, rounded(figure.unit(), value)));
    }
}

impl List for Vec<f64> {
    // Only then is the figure never made, but its unit known.
    #[inline(always)]
    fn add(&mut self, figure: Figure, value: f64) {
        push_rounded(self, figure.unit(), value);
    }
}

#[inline(never)]
fn push_rounded(list: &mut Vec<f64>, unit: Unit, value: f64) {
    list.push(rounded(unit, value));
}

/// Every figure of an estimate, rounded by its unit. The place of a figure in the list is its slot;
/// those of a study follow those of the estimate.
pub fn list<L: List + Default>(sheet: &Sheet) -> L {
    let Facts {
        approaches, phases, ..
    } = sheet.facts;
    let axes = Axes::of(sheet);
    let recommendation = &sheet.recommendation;
    let mut list = L::default();
    let mut late = false;
    let (mut limit, mut from) = (0.0, 0.0);
    for approach in 0..approaches {
        for (place, series) in sheet.facts.series().enumerate() {
            let summary = sheet.summary(approach, place);
            if series == Series::Weeks && recommendation.approach == Some(approach) {
                late = summary.p50 > sheet.horizon;
            }
            for (stat, value) in [
                (Stat::Mean, summary.mean),
                (Stat::P10, summary.p10),
                (Stat::P50, summary.p50),
                (Stat::P90, summary.p90),
            ] {
                let figure = Figure::Series {
                    approach,
                    series,
                    stat,
                };
                list.add(figure, value);
            }
        }
        for phase in 0..phases {
            let leader = leader(sheet, approach, phase);
            for (role, hours) in hours_of(sheet, approach, phase).enumerate() {
                let figure = Figure::Hours {
                    approach,
                    role,
                    phase,
                };
                list.add(figure, hours);
                let figure = Figure::Leads {
                    approach,
                    phase,
                    role,
                };
                list.add(figure, flag(leader == Some(role)));
            }
            let total = phase_hours(sheet, approach, phase);
            list.add(Figure::PhaseHours { approach, phase }, total);
        }
        for (role, hours) in sheet.hours(approach).chunks_exact(phases).enumerate() {
            let mut total = 0.0;
            for hours in hours {
                total += whole(*hours);
            }
            list.add(Figure::RoleHours { approach, role }, total);
        }
        limit += sheet.wins(approach);
        let wins = part_of_100(limit, &mut from);
        let recommended = flag(recommendation.approach == Some(approach));
        list.add(Figure::Wins { approach }, wins);
        list.add(Figure::Recommended { approach }, recommended);
        list.add(
            Figure::Lowest { approach },
            flag(recommendation.lowest == approach),
        );
    }
    list.add(Figure::Unfinished, flag(recommendation.approach.is_none()));
    list.add(Figure::CloseCall, flag(recommendation.close_call));
    list.add(Figure::Late, flag(late));
    list.add(Figure::Enough, sheet.enough);
    for axis in [Axis::Cost, Axis::Weeks, Axis::Hours] {
        list.add(Figure::Scale(axis), axes.end(axis));
        list.add(Figure::ScaleMiddle(axis), axes.end(axis) / 2.0);
    }
    list
}

/// Appends the figures of a study, as far as it has come.
pub fn list_study(list: &mut impl List, study: &Study, engine: &Engine) {
    for (rank, swing) in study.swings.iter().enumerate() {
        list.add(Figure::SwingVariable { rank }, swing.variable as f64);
        list.add(Figure::SwingLow { rank }, swing.low);
        list.add(Figure::SwingHigh { rank }, swing.high);
    }
    for (lever, (turn, of)) in study.turns.iter().zip(engine.levers()).enumerate() {
        let hand = Hand::of(of, study.inputs(), engine);
        let at = turn.map_or(hand.now, |turn| turn.at);
        let even = turn.and_then(|turn| turn.even);
        list.add(Figure::Turns { lever }, flag(turn.is_some()));
        list.add(Figure::TurnsAbove { lever }, flag(at > hand.now));
        list.add(Figure::TurnsAt { lever }, hand.reached(at));
        for approach in 0..engine.approaches() {
            let to = turn.is_some_and(|turn| turn.approach == Some(approach));
            list.add(Figure::TurnsTo { lever, approach }, flag(to));
        }
        let to_none = turn.is_some_and(|turn| turn.approach.is_none());
        list.add(Figure::TurnsToNone { lever }, flag(to_none));
        list.add(Figure::Evens { lever }, flag(even.is_some()));
        list.add(
            Figure::EvensAt { lever },
            hand.close(even.unwrap_or(hand.now)),
        );
    }
}

/// How values of a lever are written.
struct Hand {
    /// The input, if it is one.
    input: Option<Input>,
    now: f64,
}

impl Hand {
    fn of(lever: Lever, inputs: &[f64], engine: &Engine) -> Self {
        match lever {
            Lever::Input(place) => Self {
                input: engine.inputs().nth(place),
                now: inputs.get(place).copied().unwrap_or(0.0),
            },
            Lever::Assumption(place) => Self {
                input: None,
                now: engine
                    .assumptions()
                    .nth(place)
                    .map_or(0.0, |pert| pert.mode),
            },
        }
    }

    /// The first value that can be set behind a turn.
    fn reached(&self, at: f64) -> f64 {
        match self.input {
            Some(Input { kind, .. }) if kind != Kind::Real => {
                let cut = at as i64 as f64;
                let whole = match at > self.now && at > cut {
                    true => cut + 1.0,
                    false => cut,
                };
                if kind == Kind::Percent {
                    whole / 100.0
                } else {
                    whole
                }
            }
            _ => self.close(at),
        }
    }

    /// A value with as many digits as make sense.
    fn close(&self, value: f64) -> f64 {
        match self.input {
            Some(Input {
                kind: Kind::Percent,
                ..
            }) => rounded(Unit::Share, value / 100.0),
            Some(Input {
                kind: Kind::Int, ..
            }) => rounded(Unit::Weeks, value),
            None if self.now >= 10.0 => rounded(Unit::Money, value),
            _ => whole(value * 100.0) / 100.0,
        }
    }
}

/// Where the axes of the charts end, for all approaches alike.
pub(crate) struct Axes {
    pub cost: f64,
    pub weeks: f64,
    pub hours: f64,
}

impl Axes {
    pub fn of(sheet: &Sheet) -> Self {
        let (mut cost, mut weeks, mut hours) = (0.0, 0.0, 0.0);
        for approach in 0..sheet.facts.approaches {
            for (place, series) in sheet.facts.series().enumerate() {
                let most = sheet.summary(approach, place).p90;
                match axis(series) {
                    Some(Axis::Cost) => raise(&mut cost, most),
                    Some(_) => raise(&mut weeks, most),
                    None => {}
                }
            }
            for dot in sheet.dots(approach) {
                raise(&mut cost, *dot);
            }
            for phase in 0..sheet.facts.phases {
                raise(&mut hours, phase_hours(sheet, approach, phase));
            }
        }
        Self {
            cost: end_of_axis(cost),
            weeks: end_of_axis(weeks),
            hours: end_of_axis(hours),
        }
    }

    pub fn end(&self, axis: Axis) -> f64 {
        match axis {
            Axis::Cost => self.cost,
            Axis::Weeks => self.weeks,
            Axis::Hours => self.hours,
        }
    }
}

/// Hours of each role in a phase.
pub(crate) fn hours_of(
    sheet: &Sheet,
    approach: usize,
    phase: usize,
) -> impl Iterator<Item = f64> + '_ {
    let hours = sheet.hours(approach).iter().copied();
    hours.skip(phase).step_by(sheet.facts.phases)
}

/// Hours in a phase: the sum of those shown for its roles.
#[inline(never)]
fn phase_hours(sheet: &Sheet, approach: usize, phase: usize) -> f64 {
    let mut total = 0.0;
    for hours in hours_of(sheet, approach, phase) {
        total += whole(hours);
    }
    total
}

/// The role with the most hours in a phase, the first one of several; never the function teams.
fn leader(sheet: &Sheet, approach: usize, phase: usize) -> Option<usize> {
    let (mut leader, mut most) = (None, 0.0);
    for (role, hours) in hours_of(sheet, approach, phase).enumerate() {
        if hours > most && Some(role) != sheet.facts.team {
            (leader, most) = (Some(role), hours);
        }
    }
    leader
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
        Unit::Weeks => whole(value * 10.0) / 10.0,
        Unit::Share => whole(value * 100.0) / 100.0,
        Unit::Number | Unit::Flag => whole(value),
        Unit::Plain => value,
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

/// Infinite values have no place on an axis.
pub(crate) fn raise(largest: &mut f64, value: f64) {
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
fn part_of_100(limit: f64, from: &mut f64) -> f64 {
    let before = *from;
    *from = whole(limit * 100.0);
    if limit > 0.0 && limit < 1.0 {
        *from = from.clamp(1.0, 99.0);
    }
    *from - before
}

#[cfg(test)]
mod tests;
