//! What holds of estimates whatever is set: tried with random settings, the same in every run, of our
//! own model and of one that shares nothing with it.

use fastrand::Rng;
use tallypress_calculator::figures::{Figure, list};
use tallypress_calculator::model::{
    Engine, Estimate, Model, Outcome, Point, Ramp, Scale, Series, Summary,
};
use tallypress_tests::hostile::{self, SUBJECTS, Subject, assert_same_figures};

/// Rounding may turn equal numbers into neighbours.
const ROUNDING: f64 = 1e-12;

pub fn first_model() -> &'static Subject {
    &SUBJECTS[0]
}

/// Legal inputs, a quarter of them at either end of their range.
pub fn inputs(model: &Model, chance: &mut Rng) -> Vec<f64> {
    let inputs = model.inputs.iter().map(|input| {
        let value = match chance.u8(..8) {
            0 => input.min,
            1 => input.max,
            _ => input.min + (input.max - input.min) * chance.f64(),
        };
        match input.kind.is_whole() {
            true => value.round(),
            false => value,
        }
    });
    inputs.collect()
}

/// The place of an input in our own model.
fn input(id: &str) -> usize {
    let mut inputs = first_model().names.inputs.iter();
    inputs.position(|input| input.id == id).expect(id)
}

/// Where the three numbers of an assumption are in a state.
pub fn assumption(subject: &Subject, key: &str) -> std::ops::Range<usize> {
    let name = subject.keys.split(' ').position(|known| known == key);
    let place = subject.place(name.expect(key));
    place..place + 3
}

fn ends_and_mean(
    Summary {
        mean,
        p10,
        p50,
        p90,
    }: Summary,
) -> [f64; 4] {
    [mean, p10, p50, p90]
}

/// When things are done in an approach: each with its mean and percentiles.
fn times(outcome: &Outcome) -> Vec<(Series, [f64; 4])> {
    let timed = outcome.series.iter().filter(|(series, _)| {
        matches!(
            series,
            Series::Weeks | Series::Accepted | Series::WeeksMilestone(_) | Series::FinishPhase(_)
        )
    });
    timed
        .map(|(series, summary)| (*series, ends_and_mean(*summary)))
        .collect()
}

/// The first time that is later than before.
fn delayed(before: &Outcome, after: &Outcome) -> Option<Series> {
    let mut pairs = times(before).into_iter().zip(times(after));
    let delayed = pairs.find(|((_, before), (_, after))| {
        let mut pairs = before.iter().zip(after);
        pairs.any(|(before, after)| *after > before * (1.0 + ROUNDING))
    });
    delayed.map(|((series, _), _)| series)
}

/// The model for people who have always the same of one input, whatever they say: as far as work,
/// risks and prices are concerned. It still is what capacities are made of.
fn as_if(model: &Model, input: usize, value: f64) -> Model {
    let mut model = model.clone();
    let hold = |scale: &mut Scale| {
        for ramp in &mut scale.0 {
            if ramp.input == input {
                let y = height(ramp, value);
                ramp.points = vec![Point { x: value, y }];
            }
        }
    };
    model
        .numbers
        .iter_mut()
        .for_each(|number| hold(&mut number.scale));
    for activity in &mut model.activities {
        hold(&mut activity.scale);
        activity.approach_scale.iter_mut().for_each(hold);
    }
    model
}

/// MODEL.md, section 1: straight between the points, flat outside.
fn height(ramp: &Ramp, x: f64) -> f64 {
    let points = &ramp.points;
    let (first, last) = (points[0], points[points.len() - 1]);
    let mut segments = points.windows(2);
    match segments.find(|ends| ends[0].x <= x && x <= ends[1].x) {
        Some(ends) => {
            let way = (x - ends[0].x) / (ends[1].x - ends[0].x);
            ends[0].y + way * (ends[1].y - ends[0].y)
        }
        None if x < first.x => first.y,
        None => last.y,
    }
}

/// Moves one input upwards, and the approaches it is about get no later.
fn expect_never_later(
    engine: &Engine,
    inputs: &[f64],
    moved: usize,
    values: &[f64],
    about: &[usize],
) {
    let mut inputs = inputs.to_vec();
    let mut estimates = values.iter().map(|value| {
        inputs[moved] = *value;
        engine.estimate(&inputs).unwrap()
    });
    let mut last = estimates.next().expect("a first value");
    for (estimate, value) in estimates.zip(&values[1..]) {
        for &approach in about {
            let [before, after] = [&last, &estimate].map(|one| &one.approaches[approach]);
            let delayed = delayed(before, after);
            assert_eq!(delayed, None, "approach {approach} with {value}");
        }
        last = estimate;
    }
}

/// Protected hours that are tried, one after the other.
const HOURS: [f64; 12] = [
    2.0, 3.0, 5.0, 7.0, 8.0, 9.0, 11.0, 14.0, 17.0, 20.0, 28.0, 40.0,
];

/// The schedule is a (max,+) system: whatever the work, more capacity delays nobody.
#[test]
fn more_hours_for_the_same_work_never_delay_any_approach() {
    let mut chance = Rng::with_seed(5);
    let (model, hours) = (&first_model().names.model, input("cto_hours"));
    for _ in 0..6 {
        let inputs = inputs(model, &mut chance);
        let engine = Engine::new(&as_if(model, hours, inputs[hours])).unwrap();
        expect_never_later(&engine, &inputs, hours, &HOURS, &[0, 1, 2]);
    }
}

/// In our model more hours also mean more work: sessions and follow-ups for everybody, where a CTO with
/// little time holds one group session. With the published numbers the hours outrun it.
#[test]
fn more_cto_hours_never_delay_a_plan_of_the_cto_alone() {
    let mut chance = Rng::with_seed(6);
    for _ in 0..8 {
        let inputs = inputs(&first_model().names.model, &mut chance);
        let engine = &first_model().engine;
        expect_never_later(engine, &inputs, input("cto_hours"), &HOURS, &[0]);
    }
}

/// It is the published numbers that make that so. For a CTO who loses no hours to crises and needs no
/// more time than others for adoption, the sessions that come with more hours take longer.
#[test]
fn sessions_for_everybody_can_take_longer_than_one_for_all() {
    let subject = first_model();
    let mut state = subject.defaults.clone();
    state[assumption(subject, "loss.cto")].fill(0.0);
    state[assumption(subject, "penalty.cto-adoption")].fill(0.0);
    state[input("start")] = 4.0;
    state[input("people")] = 150.0;
    state[input("functions")] = 1.0;
    state[input("op_share")] = 100.0;
    let engine = subject.set(&state).unwrap();
    let trained = |hours: f64| {
        let mut inputs = state[..subject.inputs()].to_vec();
        inputs[input("cto_hours")] = hours;
        let outcome = engine.estimate(&inputs).unwrap().approaches[0].clone();
        outcome.get(Series::WeeksMilestone(2)).unwrap().mean
    };
    assert!(trained(20.0) > trained(19.0));
    assert!(trained(21.0) < trained(20.0));
}

#[test]
fn more_keeper_hours_never_delay_a_collection_digitised_by_its_own_staff() {
    let mut chance = Rng::with_seed(7);
    let subject = &SUBJECTS[1];
    let mut ids = subject.names.inputs.iter();
    let hours = ids.position(|input| input.id == "keeper_hours").unwrap();
    for _ in 0..8 {
        let inputs = inputs(&subject.names.model, &mut chance);
        let more = [3.0, 4.5, 8.0, 13.0, 21.0, 30.0];
        expect_never_later(&subject.engine, &inputs, hours, &more, &[0]);
    }
}

#[test]
fn every_activity_is_nobody_s_or_wholly_somebody_s() {
    for subject in &*SUBJECTS {
        for (activity, name) in subject
            .names
            .model
            .activities
            .iter()
            .zip(&subject.names.activities)
        {
            for split in &activity.splits {
                let parts = split.shares.iter().map(|share| share.part);
                let sum: f64 = parts.sum();
                let whole = (sum - 1.0).abs() <= ROUNDING;
                assert!(whole || split.shares.is_empty(), "{}: {split:?}", name.id);
            }
        }
    }
}

/// Without slower work and teams, it is the same work however it is shared.
#[test]
fn hours_of_all_roles_are_the_work_however_it_is_shared() {
    let mut chance = Rng::with_seed(8);
    for subject in &*SUBJECTS {
        let mut model = subject.names.model.clone();
        model.penalties.clear();
        model.team = None;
        for activity in &mut model.activities {
            activity.approach_scale.clear();
        }
        let shared = model.clone();
        for activity in &mut model.activities {
            for split in &mut activity.splits {
                // Somebody else does all of it.
                for (place, share) in split.shares.iter_mut().enumerate() {
                    share.part = if place == 0 { 1.0 } else { 0.0 };
                }
            }
        }
        let [shared, alone] = [shared, model].map(|model| Engine::new(&model).unwrap());
        for _ in 0..4 {
            let inputs = inputs(&subject.names.model, &mut chance);
            let all = |engine: &Engine| -> Vec<f64> {
                let estimate = engine.estimate(&inputs).unwrap();
                let hours = |outcome: &Outcome| outcome.hours.iter().flatten().sum();
                estimate.approaches.iter().map(hours).collect()
            };
            for (shared, alone) in all(&shared).into_iter().zip(all(&alone)) {
                assert!((shared - alone).abs() <= ROUNDING * alone, "{inputs:?}");
            }
        }
    }
}

/// Percentiles rise, shares of futures add to 1, and to 100 as they are shown: `expect_sound` checks that
/// of every estimate. Here it is about means.
#[test]
fn means_lie_where_the_percentiles_let_them_and_totals_add_up() {
    let mut chance = Rng::with_seed(9);
    for subject in &*SUBJECTS {
        for _ in 0..15 {
            let inputs = inputs(&subject.names.model, &mut chance);
            let sheet = hostile::expect_sound(&subject.engine, &inputs);
            let count = sheet.facts.samples as f64;
            for outcome in &Estimate::of(sheet).approaches {
                for (
                    series,
                    Summary {
                        mean,
                        p10,
                        p50,
                        p90,
                    },
                ) in &outcome.series
                {
                    // Nothing here is negative. As many futures, at least, are as high as these.
                    let [few, half, most] =
                        [0.9, 0.5, 0.1].map(|p| count - 1.0 - ((count - 1.0) * p).floor());
                    let least = few * p90 + (half - few) * p50 + (most - half) * p10;
                    assert!(
                        *mean >= least / count * (1.0 - ROUNDING),
                        "{series:?} has a mean of {mean}, at least {}",
                        least / count
                    );
                }
                let mean = |series| outcome.get(series).unwrap().mean;
                let parts = mean(Series::Cash) + mean(Series::Internal) + mean(Series::Delay);
                let total = mean(Series::Total);
                assert!(
                    (parts - total).abs() <= ROUNDING * total,
                    "{parts} is not {total}"
                );
            }
        }
    }
}

/// Series that are counted in money.
fn is_money(series: Series) -> bool {
    use Series::{Cash, CashPhase, Delay, Internal, InternalPhase, Total};
    matches!(
        series,
        Cash | Internal | Delay | Total | CashPhase(_) | InternalPhase(_)
    )
}

/// As if a model were counted in half-dollars. Doubling is exact in binary numbers.
#[test]
fn twice_the_price_of_everything_is_twice_the_cost_to_the_last_bit() {
    let mut chance = Rng::with_seed(10);
    for subject in &*SUBJECTS {
        let mut state = subject.defaults.clone();
        for key in subject.keys.split(' ') {
            let prices = ["rate.", "price."].iter().any(|kind| key.starts_with(kind));
            if prices || key == "value_team_rate" {
                state[assumption(subject, key)]
                    .iter_mut()
                    .for_each(|price| *price *= 2.0);
            }
        }
        let dear = subject.set(&state).unwrap();
        for _ in 0..6 {
            let inputs = inputs(&subject.names.model, &mut chance);
            let [dear, usual] =
                [&dear, &subject.engine].map(|engine| engine.estimate(&inputs).unwrap());
            assert_eq!(dear.recommendation, usual.recommendation);
            assert_eq!(dear.wins, usual.wins);
            for (dear, usual) in dear.approaches.iter().zip(&usual.approaches) {
                assert_eq!(dear.hours, usual.hours);
                for ((series, dear), (_, usual)) in dear.series.iter().zip(&usual.series) {
                    let factor = if is_money(*series) { 2.0 } else { 1.0 };
                    let expected = ends_and_mean(*usual).map(|number| number * factor);
                    assert_eq!(ends_and_mean(*dear), expected, "{series:?} for {inputs:?}");
                }
            }
        }
    }
}

/// Numbers that an approach has nothing to do with: who does not work in it, what others do.
const FOREIGN: [(usize, &str, &[&str]); 5] = [
    (
        0,
        "cto",
        &[
            "rate.partner",
            "penalty.partner-technical",
            "penalty.partner-automation",
            "penalty.dev-automation-partner",
            "work.kickoff",
            "work.gov_rework",
            "work.gov_rework.1",
            "pack.partner",
            "adoption.partner",
            "loop.partner",
            "loop.both",
        ],
    ),
    (
        0,
        "partner",
        &[
            "rate.cto",
            "rate.eng",
            "loss.cto",
            "penalty.cto-operational",
            "penalty.cto-adoption",
            "penalty.cto-quality",
            "penalty.cto-technical",
            "penalty.cto-automation",
            "pack.cto",
            "adoption.cto",
            "loop.cto",
            "loop.both",
            "loop.owner",
        ],
    ),
    (
        0,
        "both",
        &[
            "penalty.dev-automation-partner",
            "work.gov_rework",
            "work.gov_rework.1",
            "pack.cto",
            "adoption.cto",
            "loop.cto",
            "loop.partner",
            "loop.owner",
        ],
    ),
    (
        1,
        "inhouse",
        &["work.tender", "weeks.tender", "loop.bureau"],
    ),
    (
        1,
        "bureau",
        &[
            "work.reading_room",
            "weeks.reading_room",
            "pack.keeper",
            "adoption.keeper",
            "adoption.archivist",
            "loop.inhouse",
        ],
    ),
];

#[test]
fn what_concerns_one_approach_leaves_the_others_alone_to_the_last_bit() {
    let mut chance = Rng::with_seed(11);
    for (model, approach, keys) in FOREIGN {
        let subject = &SUBJECTS[model];
        let mut ids = subject.names.approaches.iter();
        let place = ids.position(|name| name.id == approach).unwrap();
        for key in keys {
            let mut state = subject.defaults.clone();
            let factor = 1.0 + chance.f64();
            for number in &mut state[assumption(subject, key)] {
                *number *= factor;
            }
            let edited = subject.set(&state).unwrap();
            let mut matters = false;
            for _ in 0..3 {
                let inputs = inputs(&subject.names.model, &mut chance);
                let [before, after] =
                    [&subject.engine, &edited].map(|engine| engine.estimate(&inputs).unwrap());
                assert_eq!(
                    before.approaches[place], after.approaches[place],
                    "{key} changes `{approach}` for {inputs:?}"
                );
                matters |= before != after;
            }
            // Otherwise there would be nothing to be independent of.
            let somewhere = !matters && no_one_minds(subject, key, &mut chance);
            assert!(!somewhere, "{key} changes nothing at all");
        }
    }
}

/// Whether a number has no effect in any of some settings.
fn no_one_minds(subject: &Subject, key: &str, chance: &mut Rng) -> bool {
    let mut state = subject.defaults.clone();
    for number in &mut state[assumption(subject, key)] {
        *number *= 1.5;
    }
    let edited = subject.set(&state).unwrap();
    (0..30).all(|_| {
        let inputs = inputs(&subject.names.model, chance);
        edited.estimate(&inputs) == subject.engine.estimate(&inputs)
    })
}

/// A state that can be written with the decimals of an address, near the one that the model begins with.
fn state(subject: &Subject, chance: &mut Rng) -> Vec<f64> {
    let micro = |value: f64| (value * 1e6).round() / 1e6;
    let mut state: Vec<f64> = inputs(&subject.names.model, chance)
        .into_iter()
        .map(micro)
        .collect();
    state.extend(&subject.defaults[state.len()..]);
    for _ in 0..chance.usize(..20) {
        let place = subject.inputs() + 3 * chance.usize(..subject.names.assumptions.len());
        let before = state.clone();
        let factor = 2.0 * chance.f64();
        for number in &mut state[place..place + 3] {
            *number = micro(*number * factor);
        }
        if subject.set(&state).is_none() {
            state = before;
        }
    }
    state
}

#[test]
fn the_same_address_gives_the_same_figures_to_the_last_bit() {
    let mut chance = Rng::with_seed(12);
    for subject in &*SUBJECTS {
        for _ in 0..20 {
            let state = state(subject, &mut chance);
            let (inputs, _) = state.split_at(subject.inputs());
            let sheet = subject.set(&state).unwrap().sheet(inputs).unwrap();
            let address = subject.share().write(&state, &subject.defaults);

            // Somebody else's page, which began with the bytes of the model.
            let mut opened = subject.defaults.clone();
            subject.share().read(&address, &mut opened).unwrap();
            let mut engine = Engine::unseal(&subject.engine.seal()).unwrap();
            engine.assume(&opened[subject.inputs()..]).unwrap();
            let again = engine.sheet(&opened[..subject.inputs()]).unwrap();
            assert_same_figures(&again, &sheet);
            let [figures, others] = [&sheet, &again].map(list::<Vec<(Figure, f64)>>);
            assert_eq!(figures, others);
            assert_eq!(subject.share().write(&opened, &subject.defaults), address);
        }
    }
}

/// An engine keeps tables of what it has seen. It must not show.
#[test]
fn what_was_tried_before_leaves_no_trace() {
    let mut chance = Rng::with_seed(13);
    for subject in &*SUBJECTS {
        let mut engine = subject.engine.clone();
        let defaults = subject.names.model.defaults();
        for round in 0..60 {
            let state = state(subject, &mut chance);
            engine.assume(&state[subject.inputs()..]).unwrap();
            if round % 20 == 0 {
                let fresh = subject.set(&state).unwrap();
                assert_eq!(engine.sheet(&defaults), fresh.sheet(&defaults));
            }
        }
        engine
            .assume(&subject.defaults[subject.inputs()..])
            .unwrap();
        assert_eq!(engine.sheet(&defaults), subject.engine.sheet(&defaults));
    }
}
