//! Small models whose results follow from a formula: moments and percentiles of a Beta-PERT, schedules,
//! the cost of delay, and where an answer turns. The formulas are written out here; MODEL.md says what
//! the engine has to compute.

use tallypress::estimate;
use tallypress_calculator::figures::{Figure, list_study};
use tallypress_calculator::model::{
    Engine, Estimate, Lever, Model, Outcome, Series, Sheet, Study, Summary,
};

/// Futures where a formula is about all of them.
const MANY: usize = 16_384;

/// A model in which one person, with 16 hours a week, does what the story is about, or nobody does.
fn model(story: &str) -> Model {
    let text = format!(
        r#"
[meta]
currency = "EUR"
samples = 1024
approaches = ["done", "left"]
value_team_rate = 50
value_recapture = 0.8
horizon_weeks = 40
quality_max = 0.95
quality_target = 0.75
[[role]]
id = "own"
label = "Own staff"
kind = "internal"
rate = 50
capacity = {{ base = 16 }}
src = "judgement"
[[role]]
id = "else"
label = "Somebody else"
kind = "cash"
rate = 100
capacity = {{ base = 20 }}
src = "judgement"
[[phase]]
id = "all"
label = "All"
{story}
"#
    );
    let (model, wrong) = estimate::parse("closed.toml", &text);
    model.unwrap_or_else(|| panic!("{wrong:?}")).model
}

/// One activity of so many hours.
fn one_activity(hours: &str) -> Model {
    model(&format!(
        r#"
[[activity]]
id = "work"
phase = "all"
skill = "any"
label = "Work"
base = {hours}
share = {{ done = {{ own = 1.0 }}, left = {{}} }}
src = "judgement"
[[milestone]]
id = "end"
label = "End"
after = ["work"]
"#
    ))
}

fn estimate(model: &Model) -> Estimate {
    let engine = Engine::new(model).unwrap();
    engine.estimate(&model.defaults()).unwrap()
}

/// A series of the approach in which something is done.
fn series(model: &Model, series: Series) -> Summary {
    estimate(model).approaches[0].get(series).unwrap()
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    let off = (found - expected).abs();
    let allowed = tolerance * expected.abs().max(1.0);
    assert!(off <= allowed, "{found} is not {expected}");
}

/// Low, most likely, high: skewed to both sides, symmetric, with the mode at either end, narrow, wide.
const RANGES: [[f64; 3]; 7] = [
    [10.0, 20.0, 60.0],
    [10.0, 50.0, 60.0],
    [10.0, 35.0, 60.0],
    [0.0, 0.0, 24.0],
    [3.0, 9.0, 9.0],
    [100.0, 100.001, 100.002],
    [0.5, 40.0, 4000.0],
];

#[test]
fn hours_cost_and_weeks_have_the_mean_of_a_beta_pert() {
    for [low, mode, high] in RANGES {
        let mut model = one_activity(&format!("[{low}, {mode}, {high}]"));
        model.samples = MANY;
        let mean = (low + 4.0 * mode + high) / 6.0;
        // Midpoints of equal strata, of which the outermost reach into the tails.
        let tolerance = 3e-6 * (high - low) / mean.max(1.0) + 1e-12;
        let outcome = &estimate(&model).approaches[0];
        near(outcome.hours[0][0], mean, tolerance);
        let of = |series| outcome.get(series).unwrap().mean;
        near(of(Series::Internal), 50.0 * mean, tolerance);
        near(of(Series::Weeks), mean / 16.0, tolerance);
    }
}

#[test]
fn weeks_are_hours_through_capacity_and_what_is_lost_of_it() {
    for [low, mode, high] in RANGES {
        let mut model = one_activity(&format!("[{low}, {mode}, {high}]"));
        let free = series(&model, Series::Weeks);
        // What is left is capacity / (1 + loss).
        let loss = model.roles[0].rate;
        model.roles[0].loss = Some(loss);
        let busy = series(&model, Series::Weeks);
        near(busy.mean, 51.0 * free.mean, 1e-12);
        near(busy.p10, 51.0 * free.p10, 1e-12);
        near(busy.p90, 51.0 * free.p90, 1e-12);
    }
}

/// Where an hour costs as much as there are hours, the cost is the second moment.
#[test]
fn the_variance_of_work_is_that_of_a_beta_pert() {
    for [low, mode, high] in RANGES {
        let mut model = one_activity(&format!("[{low}, {mode}, {high}]"));
        model.samples = MANY;
        let [work] = model.activities[0].work[..] else {
            panic!("one number of hours");
        };
        // The same number in every future, as it is drawn by the same variable.
        let rate = model.roles[0].rate;
        model.numbers[rate] = model.numbers[work].clone();
        let outcome = &estimate(&model).approaches[0];
        let second = outcome.get(Series::Internal).unwrap().mean;
        let variance = second - outcome.hours[0][0] * outcome.hours[0][0];
        // Beta(a, b) with a + b = 6.
        let f = (mode - low) / (high - low);
        let (a, b) = (1.0 + 4.0 * f, 5.0 - 4.0 * f);
        let expected = (high - low) * (high - low) * a * b / (36.0 * 7.0);
        // The squares lose digits to each other.
        let tolerance = 1e-4 * expected + 1e-11 * second;
        assert!(
            (variance - expected).abs() <= tolerance,
            "{variance} is not {expected}"
        );
    }
}

/// Type 7 of Hyndman and Fan (1996): between the order statistics around (n − 1)·p. Those of a stratified
/// sample are known: the quantiles in the middle of each stratum.
fn type_7(quantile: impl Fn(f64) -> f64, p: f64) -> f64 {
    let futures = 1024.0;
    let place = (futures - 1.0) * p;
    let order_statistic = |rank: f64| quantile((rank + 0.5) / futures);
    let (below, above) = (
        order_statistic(place.floor()),
        order_statistic(place.floor() + 1.0),
    );
    below + (above - below) * place.fract()
}

/// Every percentile of hours, money and weeks, and every dot of the cost.
#[track_caller]
fn expect_quantiles(hours: &str, quantile: impl Fn(f64) -> f64) {
    let model = one_activity(hours);
    let estimate = estimate(&model);
    let outcome = &estimate.approaches[0];
    for (series, unit) in [
        (Series::Internal, 50.0),
        (Series::Total, 50.0),
        (Series::Weeks, 1.0 / 16.0),
        (Series::WeeksMilestone(0), 1.0 / 16.0),
    ] {
        let Summary { p10, p50, p90, .. } = outcome.get(series).unwrap();
        for (found, p) in [(p10, 0.1), (p50, 0.5), (p90, 0.9)] {
            near(found, unit * type_7(&quantile, p), 1e-12);
        }
    }
    let dots = estimate.sheet.dots(0);
    for (dot, found) in dots.iter().enumerate() {
        let p = 1.0 - (dot as f64 + 0.5) / dots.len() as f64;
        near(*found, 50.0 * type_7(&quantile, p), 1e-12);
    }
}

/// Beta(1, 5): 1 − (1 − u)^(1/5).
#[test]
fn a_mode_at_the_low_end_has_quantiles_in_closed_form() {
    expect_quantiles("[10, 10, 60]", |u| {
        10.0 + 50.0 * (1.0 - (1.0 - u).powf(0.2))
    });
}

/// Beta(5, 1): u^(1/5).
#[test]
fn a_mode_at_the_high_end_has_quantiles_in_closed_form() {
    expect_quantiles("[10, 60, 60]", |u| 10.0 + 50.0 * u.powf(0.2));
}

/// Beta(3, 3), whose distribution is x³·(10 − 15x + 6x²).
#[test]
fn a_mode_in_the_middle_has_the_quantiles_of_its_polynomial() {
    expect_quantiles("[10, 35, 60]", |u| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let x = (low + high) / 2.0;
            match x * x * x * (10.0 - 15.0 * x + 6.0 * x * x) < u {
                true => low = x,
                false => high = x,
            }
        }
        10.0 + 50.0 * low
    });
}

#[test]
fn a_known_number_of_hours_is_every_percentile() {
    expect_quantiles("37", |_| 37.0);
}

/// Two activities, the second of which may wait for the first.
fn two_activities(first: &str, second: &str, role: &str, after: &str) -> Model {
    model(&format!(
        r#"
[[activity]]
id = "first"
phase = "all"
skill = "any"
label = "First"
base = {first}
share = {{ done = {{ own = 1.0 }}, left = {{}} }}
src = "judgement"
[[activity]]
id = "second"
phase = "all"
skill = "any"
label = "Second"
base = {second}
after = [{after}]
share = {{ done = {{ {role} = 1.0 }}, left = {{}} }}
src = "judgement"
[[milestone]]
id = "end"
label = "End"
after = ["first", "second"]
"#
    ))
}

#[test]
fn a_chain_takes_as_long_as_its_links_together() {
    let expected = 24.0 / 16.0 + 70.0 / 20.0;
    let chain = two_activities("24", "70", "else", "\"first\"");
    near(series(&chain, Series::Weeks).p50, expected, 1e-15);
    // One pair of hands makes a chain too.
    let queue = two_activities("24", "70", "own", "");
    near(
        series(&queue, Series::Weeks).p50,
        (24.0 + 70.0) / 16.0,
        1e-15,
    );
    // The mean of a sum is the sum of the means, whatever depends on what.
    let mut uncertain = two_activities("[8, 10, 40]", "[20, 70, 90]", "else", "\"first\"");
    uncertain.samples = MANY;
    let means = [(8.0 + 40.0 + 40.0) / 6.0, (20.0 + 280.0 + 90.0) / 6.0];
    let expected = means[0] / 16.0 + means[1] / 20.0;
    near(series(&uncertain, Series::Weeks).mean, expected, 1e-6);
}

#[test]
fn a_pair_side_by_side_takes_as_long_as_the_longer() {
    for (first, second) in [(24, 70), (100, 70), (32, 40)] {
        let pair = two_activities(&first.to_string(), &second.to_string(), "else", "");
        let expected = f64::max(f64::from(first) / 16.0, f64::from(second) / 20.0);
        near(series(&pair, Series::Weeks).p50, expected, 1e-15);
    }
}

/// E max(X, c) = c + ∫ P(X > t) dt from c on, where P(X > t) = (1 − t)⁵ for Beta(1, 5).
#[test]
fn beside_something_known_only_the_longer_futures_count() {
    let mut pair = two_activities("[0, 0, 160]", "40", "else", "");
    pair.samples = MANY;
    let (longest, known) = (10.0, 2.0);
    let tail = (1.0_f64 - known / longest).powi(6) / 6.0;
    near(
        series(&pair, Series::Weeks).mean,
        known + longest * tail,
        1e-5,
    );
}

/// A pack of 24 hours whose quality begins at 0.6, and sessions of 40 hours for ten people who save two
/// hours a week each, of which 65 % are what the pack is about.
fn programme() -> Model {
    model(
        r#"
[[input]]
id = "people"
kind = "int"
min = 1
max = 20
default = 10
label = "People"
[[input]]
id = "share"
kind = "percent"
default = 65
label = "Share"
[[input]]
id = "saved"
kind = "real"
min = 0
max = 5
default = 2
label = "Hours saved"
[[activity]]
id = "write"
phase = "all"
skill = "any"
label = "Writing"
base = 24
share = { done = { own = 1.0 }, left = {} }
src = "judgement"
[[activity]]
id = "teach"
phase = "all"
skill = "any"
label = "Teaching"
base = 40
after = ["write"]
share = { done = { own = 1.0 }, left = {} }
src = "judgement"
[pack]
activity = "write"
milestone = "written"
ideal = 0.9
gap.own = { excess = 0.3 }
src = "judgement"
[adoption]
activity = "teach"
ideal = 0.9
gap.own = { excess = 0.2 }
src = "judgement"
[loop]
rate.done = 0.06
rate.left = 0.06
src = "judgement"
[value.operations]
drivers = ["people", "saved"]
percent = "share"
live = ["taught"]
[[milestone]]
id = "written"
label = "Written"
after = ["write"]
[[milestone]]
id = "taught"
label = "Taught"
after = ["teach"]
"#,
    )
}

#[test]
fn delay_costs_what_improving_quality_has_not_delivered_by_the_horizon() {
    let (written, taught, horizon) = (1.5, 4.0, 40.0);
    let (best, begun, target, rate) = (0.95, 0.6, 0.75, 0.06);
    let weekly = 10.0 * 2.0 * 0.65 * 50.0 * 0.8;
    // A poor pack is used less.
    let adopted = (0.9 - 0.2) * (begun / target);
    // ∫ best − (best − begun)·e^(−rate·(t − written)) dt from taught to horizon.
    let to_go = |week: f64| f64::exp(-rate * (week - written));
    let missed = (best - begun) * (to_go(taught) - to_go(horizon)) / rate;
    let delivered = adopted * (best * (horizon - taught) - missed);
    let delay = weekly * (best * horizon - delivered);

    let outcome = &estimate(&programme()).approaches[0];
    near(outcome.get(Series::Delay).unwrap().p50, delay, 1e-12);
    let total = 50.0 * (24.0 + 40.0) + delay;
    near(outcome.get(Series::Total).unwrap().p90, total, 1e-12);
    let wait = f64::ln((best - begun) / (best - target)) / rate;
    near(
        outcome.get(Series::Accepted).unwrap().p10,
        written + wait,
        1e-12,
    );
    let quality = best - (best - begun) * to_go(13.0);
    near(
        outcome.get(Series::QualityMonth3).unwrap().mean,
        quality,
        1e-12,
    );
}

#[test]
fn what_is_finished_behind_the_horizon_has_delivered_nothing() {
    let mut model = programme();
    model.value.horizon_weeks = 3.0;
    let weekly = 10.0 * 2.0 * 0.65 * 50.0 * 0.8;
    near(
        series(&model, Series::Delay).mean,
        weekly * 0.95 * 3.0,
        1e-12,
    );
}

/// Own hours for each page against a fixed price: 25·x + 400 against 1490.
fn pages_or_a_price() -> Model {
    model(
        r#"
[[input]]
id = "pages"
kind = "int"
min = 0
max = 100
default = 10
label = "Pages"
[[activity]]
id = "work"
phase = "all"
skill = "any"
label = "Work"
base = 8
per = [{ drivers = ["pages"], hours = 0.5 }]
share = { done = { own = 1.0 }, left = {} }
src = "judgement"
[[expense]]
id = "price"
label = "Price"
price = 1490
approaches = ["left"]
src = "judgement"
[[milestone]]
id = "end"
label = "End"
after = ["work"]
"#,
    )
}

#[test]
fn a_straight_line_breaks_even_and_turns_where_it_meets_a_constant() {
    let model = pages_or_a_price();
    let engine = Engine::new(&model).unwrap();
    let (fixed, page, price) = (400.0, 25.0, 1490.0);
    let even = (price - fixed) / page;
    let found = engine.break_even(&[10.0], Lever::Input(0), [0, 1]);
    near(found.unwrap().unwrap(), even, 1e-5);
    // The first approach is enough up to 5 % more.
    let turn = engine.turn(&[10.0], Lever::Input(0)).unwrap().unwrap();
    let enough = (1.05 * price - fixed) / page;
    assert_eq!(turn.approach, Some(1));
    near(turn.at, enough, 1e-3);
    near(turn.even.unwrap(), even, 1e-5);
}

/// From 47 pages on somebody else is better by more than 5 %; 43.6 would cost the same.
#[test]
fn a_page_names_the_first_whole_number_behind_a_turn() {
    let engine = Engine::new(&pages_or_a_price()).unwrap();
    for (pages, at, above) in [(10.0, 47.0, 1.0), (90.0, 46.0, 0.0)] {
        let sheet: Sheet = engine.sheet(&[pages]).unwrap();
        let mut study = Study::of(&sheet, &[pages]);
        while study.advance(&engine, &engine).unwrap() {}
        let mut figures: Vec<(Figure, f64)> = Vec::new();
        list_study(&mut figures, &study, &engine);
        let figure = |wanted: Figure| {
            let found = figures.iter().find(|(figure, _)| *figure == wanted);
            found.expect("a figure").1
        };
        assert_eq!(figure(Figure::TurnsAt { lever: 0 }), at);
        assert_eq!(figure(Figure::TurnsAbove { lever: 0 }), above);
        assert_eq!(figure(Figure::EvensAt { lever: 0 }), 43.6);
    }
}

/// Means of Beta(1, 5) below its 0.2 and above its 0.8 quantile: five times the integral of
/// 1 − (1 − u)^(1/5) over that fifth.
#[test]
fn a_swing_goes_between_the_means_of_the_outer_fifths() {
    let mut model = one_activity("[10, 10, 60]");
    model.samples = MANY;
    let engine = Engine::new(&model).unwrap();
    let [largest, ..] = engine.tornado(&[], Series::TOTAL, 0).unwrap()[..] else {
        panic!("no swings");
    };
    let antiderivative = |u: f64| u + (1.0 - u).powf(1.2) / 1.2;
    let fifth = |from: f64, to: f64| 5.0 * (antiderivative(to) - antiderivative(from));
    let money = |x: f64| 50.0 * (10.0 + 50.0 * x);
    near(largest.low, money(fifth(0.0, 0.2)), 1e-4);
    near(largest.high, money(fifth(0.8, 1.0)), 1e-4);
}

/// Of two equal chances each is the lower one in half of the futures.
#[test]
fn equals_win_equally_often() {
    let model = model(
        r#"
[[activity]]
id = "one"
phase = "all"
skill = "any"
label = "One"
base = [10, 20, 60]
share = { done = { own = 1.0 }, left = {} }
src = "judgement"
[[activity]]
id = "other"
phase = "all"
skill = "any"
label = "Other"
base = [10, 20, 60]
share = { done = {}, left = { own = 1.0 } }
src = "judgement"
[[milestone]]
id = "end"
label = "End"
after = ["one", "other"]
"#,
    );
    let Estimate {
        wins, approaches, ..
    } = estimate(&model);
    near(wins[0], 0.5, 0.01);
    let [one, other] = &approaches[..] else {
        panic!("two approaches");
    };
    let quantiles = |outcome: &Outcome| {
        let Summary { p10, p50, p90, .. } = outcome.get(Series::Total).unwrap();
        [p10, p50, p90]
    };
    // Both visit every stratum once.
    assert_eq!(quantiles(one), quantiles(other));
}
