//! Model files in; diagnostics as people see them, and estimates that agree with the independent
//! reference, out.

use serde_json::Value as Json;
use tallypress_calculator::model::{Engine, decode, encode};

use super::*;

const FIRST: &str = include_str!("../../../content/estimates/cto-or-partner.toml");

fn sound(path: &str, text: &str) -> EstimateModel {
    let (model, diagnostics) = parse(path, text);
    assert_eq!(diagnostics, [], "{path}");
    model.expect("a model without errors")
}

/// Compares every number of every case with the engine, to 1e-9 relative.
fn agree(path: &str, text: &str, golden: &str) {
    let mut estimate_model = sound(path, text);
    let golden: Json = serde_json::from_str(golden).expect("JSON");
    estimate_model.model.samples = golden["samples"].as_u64().expect("samples") as usize;
    let engine = Engine::new(estimate_model.model.clone()).expect("a sound model");
    let cases = golden["cases"].as_array().expect("cases");
    let mut worst = 0.0;
    for (number, case) in cases.iter().enumerate() {
        let inputs: Vec<f64> = estimate_model
            .inputs
            .iter()
            .map(|question| case["inputs"][&question.id].as_f64().expect("an input"))
            .collect();
        let estimate = engine.estimate(&inputs).expect("legal inputs");
        let ours: Json =
            serde_json::from_str(&report::json(&estimate_model, &inputs, &estimate)).expect("JSON");
        compare(&format!("{path} case {number}"), case, &ours, &mut worst);
    }
    assert!(cases.len() > 20);
    std::eprintln!("{path}: worst {worst:e}");
}

/// Both documents have the same keys, texts and flags, and numbers that agree.
fn compare(place: &str, expected: &Json, found: &Json, worst: &mut f64) {
    match (expected, found) {
        (Json::Object(expected), Json::Object(found)) => {
            let keys =
                |map: &serde_json::Map<String, Json>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(expected), keys(found), "{place}");
            for (key, value) in expected {
                compare(&format!("{place}/{key}"), value, &found[key], worst);
            }
        }
        (Json::Number(expected), Json::Number(found)) => {
            let [expected, found] =
                [expected, found].map(|number| number.as_f64().expect("a number"));
            let off = (expected - found).abs() / expected.abs().max(1e-3);
            *worst = worst.max(off);
            assert!(off <= 1e-9, "{place}: {found} is not {expected}");
        }
        _ => assert_eq!(expected, found, "{place}"),
    }
}

#[test]
fn the_first_model_agrees_with_the_reference() {
    let golden = include_str!("../../../tests/reference/cto-or-partner.json");
    agree("content/estimates/cto-or-partner.toml", FIRST, golden);
}

#[test]
fn the_second_model_agrees_with_the_reference() {
    let text = include_str!("../../../tests/reference/second-model.toml");
    let golden = include_str!("../../../tests/reference/second-model.json");
    agree("tests/reference/second-model.toml", text, golden);
}
