//! The native engine and the one in the page agree bit for bit, whatever the inputs.

use fastrand::Rng;
use serde_json::json;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, SECOND_CALCULATOR, SECOND_MODEL, blog, second_site};

/// Sets of inputs for each model, and numbers of futures that they take turns with.
const SETS: usize = 210;
const SAMPLES: [usize; 3] = [64, 512, 2048];

#[test]
fn both_engines_give_the_first_model_the_same_bits() {
    let tab = blog().visit(ARTICLE);
    same_bits(&Native::read(MODEL), &Calculator::new(&tab, CALCULATOR));
}

#[test]
fn both_engines_give_the_second_model_the_same_bits() {
    let site = second_site();
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
            const { widget, wasm, model } = root.dataset;
            const loader = await import(document.querySelector('script[src*=loader]').src);
            const engine = await loader.widget(widget, wasm);
            const numbers = new Uint8Array(await (await fetch(model)).arrayBuffer());
            // As text, because JSON would round whole numbers of this size.
            window.bits = (inputs, samples) => {
                const estimate = [];
                engine.estimateBits(numbers, inputs, samples, estimate);
                return [...new BigUint64Array(Float64Array.from(estimate).buffer)].map(String);
            };
        })()",
    );
    let engines = SAMPLES.map(|samples| (samples, native.with_samples(samples)));
    let mut random = Rng::with_seed(11);
    for (samples, engine) in engines.iter().cycle().take(SETS) {
        let inputs = native.random_inputs(&mut random);
        let estimate = engine.estimate(&inputs).expect("legal inputs").flatten();
        let natively: Vec<String> = estimate
            .iter()
            .map(|number| number.to_bits().to_string())
            .collect();
        let in_the_page: Vec<String> =
            calculator.ask(&format!("bits({}, {samples})", json!(inputs)));
        assert_eq!(natively, in_the_page, "{samples} futures of {inputs:?}");
    }
}
