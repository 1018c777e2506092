//! Where two approaches cost the same and where the recommendation turns: what the study says, held against
//! estimates at these places.

use fastrand::Rng;
use tallypress_calculator::model::{Engine, Estimate, Kind, Lever, Model, Series};
use tallypress_tests::hostile::{SUBJECTS, Subject};

use crate::properties::{assumption, first_model, inputs};

/// Whole numbers are moved as if there were others between them, as the study does.
fn continuous(model: &Model) -> Engine {
    let mut model = model.clone();
    for input in &mut model.inputs {
        if input.kind == Kind::Int {
            input.kind = Kind::Real;
        }
    }
    Engine::new(&model).unwrap()
}

/// Levers that are inputs, with the settings in which they are moved.
fn levers(subject: &Subject, chance: &mut Rng) -> Vec<(Vec<f64>, usize)> {
    let inputs = inputs(&subject.names.model, chance);
    let numbers = subject.engine.inputs().enumerate();
    let numbers = numbers.filter(|(_, input)| input.kind != Kind::Choice);
    numbers.map(|(place, _)| (inputs.clone(), place)).collect()
}

#[test]
fn where_two_approaches_break_even_their_totals_are_equal() {
    let mut chance = Rng::with_seed(14);
    let mut found = [0, 0];
    for _ in 0..4 {
        for (subject, found) in SUBJECTS.iter().zip(&mut found) {
            let engine = continuous(&subject.names.model);
            let pair = [0, 1 + chance.usize(..engine.approaches() - 1)];
            for (mut inputs, place) in levers(subject, &mut chance) {
                let even = engine.break_even(&inputs, Lever::Input(place), pair);
                let Some(even) = even.unwrap() else {
                    continue;
                };
                *found += 1;
                inputs[place] = even;
                let [one, other] = totals(&engine.estimate(&inputs).unwrap(), pair);
                let off = (one - other).abs();
                assert!(off <= 1e-4 * one, "{one} is not {other} at {inputs:?}");
            }
        }
    }
    assert!(found[0] > 5 && found[1] > 5, "few break even: {found:?}");
}

/// The mean totals of two approaches.
fn totals(estimate: &Estimate, pair: [usize; 2]) -> [f64; 2] {
    pair.map(|approach| {
        let outcome = &estimate.approaches[approach];
        outcome.get(Series::Total).unwrap().mean
    })
}

#[test]
fn the_recommendation_turns_where_the_study_says() {
    let mut chance = Rng::with_seed(150);
    let mut found = 0;
    for _ in 0..6 {
        for subject in &*SUBJECTS {
            let engine = continuous(&subject.names.model);
            for (mut inputs, place) in levers(subject, &mut chance) {
                let Some(turn) = engine.turn(&inputs, Lever::Input(place)).unwrap() else {
                    continue;
                };
                let (now, input) = (inputs[place], engine.inputs().nth(place).unwrap());
                let mut recommended = |value: f64| {
                    inputs[place] = value.clamp(input.min, input.max);
                    engine.sheet(&inputs).unwrap().recommendation.approach
                };
                // As close as makes no difference to anybody.
                let step = (input.max - input.min) * 1e-3 * (turn.at - now).signum();
                if (turn.at - now).abs() < 2.0 * step.abs() {
                    continue;
                }
                let turned = [turn.at - step, turn.at + step].map(&mut recommended);
                let expected = [recommended(now), turn.approach];
                assert_eq!(turned, expected, "{turn:?} of input {place} from {now}");
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found} turns");
}

/// A lever that is an assumption moves its range along: it is the estimate of the range as a reader
/// would set it.
#[test]
fn an_assumption_breaks_even_where_a_reader_would_find_it() {
    let subject = first_model();
    let keys = subject.keys.split(' ').skip(subject.inputs());
    let place = keys.clone().position(|key| key == "rate.partner").unwrap();
    let (inputs, _) = subject.defaults.split_at(subject.inputs());
    let lever = Lever::Assumption(place);
    let even = subject
        .engine
        .break_even(inputs, lever, [0, 1])
        .unwrap()
        .unwrap();
    let mut state = subject.defaults.clone();
    let numbers = assumption(subject, "rate.partner");
    let factor = even / state[numbers.start + 1];
    state[numbers]
        .iter_mut()
        .for_each(|number| *number *= factor);
    let estimate = subject.set(&state).unwrap().estimate(inputs).unwrap();
    let [cto, partner] = totals(&estimate, [0, 1]);
    assert!(
        (cto - partner).abs() <= 1e-4 * cto,
        "{cto} is not {partner} at {even}"
    );
}
