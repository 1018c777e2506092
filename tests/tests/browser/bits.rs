//! The native engine and the one in the page agree bit for bit, whatever the inputs and the
//! assumptions.

use fastrand::Rng;
use serde_json::json;
use tallypress_calculator::model::Engine;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{
    ARTICLE, CALCULATOR, MODEL, SECOND_CALCULATOR, SECOND_MODEL, blog, site_of_model,
};

/// States of each model, and numbers of futures that they take turns with.
const STATES: usize = 210;
const SAMPLES: [usize; 3] = [64, 512, 2048];

#[test]
fn both_engines_give_the_first_model_the_same_bits() {
    let tab = blog().visit(ARTICLE);
    same_bits(&Native::read(MODEL), &Calculator::new(&tab, CALCULATOR));
}

#[test]
fn both_engines_give_the_second_model_the_same_bits() {
    let site = site_of_model(SECOND_MODEL);
    let tab = site.visit("page/");
    same_bits(
        &Native::read(SECOND_MODEL),
        &Calculator::new(&tab, SECOND_CALCULATOR),
    );
}

#[track_caller]
fn same_bits(native: &Native, calculator: &Calculator<'_>) {
    calculator.run(
        "(async () => {
            const { widget, wasm } = root.dataset;
            const loader = await import(document.querySelector('script[src*=loader]').src);
            const { Calculator } = await loader.widget(widget, wasm);
            window.engines = {};
            window.load = (samples, model) => engines[samples] = Calculator.load(model);
            window.wrong = (samples, state) => engines[samples].set(state);
            // As text, because JSON would round whole numbers of this size.
            window.bits = (samples) => {
                const numbers = engines[samples].numbers();
                return [...new BigUint64Array(Float64Array.from(numbers).buffer)].map(String);
            };
        })()",
    );
    // Each engine in the page is asked again and again, and takes what it remembers along.
    let mut engines = SAMPLES.map(|samples| (samples, native.with_samples(samples)));
    for (samples, engine) in &engines {
        calculator.run(&format!("{{ load({samples}, {:?}) }}", engine.seal()));
    }
    let mut random = Rng::with_seed(11);
    for turn in 0..STATES {
        let (samples, engine) = &mut engines[turn % SAMPLES.len()];
        let mut state = native.random_state(&mut random);
        if turn % 7 == 0 {
            spoil(&mut state, &mut random);
        }
        let wrong: i64 = calculator.ask(&format!("wrong({samples}, {})", in_javascript(&state)));
        assert_eq!(
            wrong,
            set(engine, &state),
            "the first wrong row of {state:?}"
        );
        if wrong >= 0 {
            continue;
        }
        let sheet = engine.sheet(&state[..native.inputs().len()]);
        let natively: Vec<String> = sheet
            .expect("legal inputs")
            .numbers
            .iter()
            .map(|number| number.to_bits().to_string())
            .collect();
        let in_the_page: Vec<String> = calculator.ask(&format!("bits({samples})"));
        assert_eq!(natively, in_the_page, "{samples} futures of {state:?}");
    }
}

/// Puts something senseless into a state.
fn spoil(state: &mut [f64], random: &mut Rng) {
    let place = random.usize(..state.len());
    state[place] = random
        .choice([f64::NAN, f64::INFINITY, -1.0, 1e300])
        .expect("there are some");
}

/// Sets a state as the widget does: the first wrong row, or -1.
fn set(engine: &mut Engine, state: &[f64]) -> i64 {
    let inputs = engine.inputs().len();
    if let Err(wrong) = engine.check_inputs(&state[..inputs]) {
        return wrong.input() as i64;
    }
    match engine.assume(&state[inputs..]) {
        Ok(()) => -1,
        Err(place) => (inputs + place) as i64,
    }
}

/// A list of numbers, those included that JSON does not know.
fn in_javascript(state: &[f64]) -> String {
    let numbers = state.iter().map(|number| match number.is_finite() {
        true => json!(number).to_string(),
        false => number.to_string().replace("inf", "Infinity"),
    });
    format!("[{}]", Vec::from_iter(numbers).join(","))
}
