//! The engine against results of an independent implementation of the same mathematics, for two
//! models and many inputs. `tests/reference/README.md` says where they come from.

use serde_json::Value as Json;
use tallypress::estimate::{self, EstimateModel, report};
use tallypress_calculator::model::{Engine, Estimate};

/// Relative difference that rounding may make.
const TOLERANCE: f64 = 1e-9;

#[test]
fn the_first_model_agrees_with_the_reference() {
    compare(
        "cto-or-partner.toml",
        include_str!("../../../content/estimates/cto-or-partner.toml"),
        include_str!("../../reference/cto-or-partner.json"),
    );
}

#[test]
fn the_second_model_agrees_with_the_reference() {
    compare(
        "second-model.toml",
        include_str!("../../reference/second-model.toml"),
        include_str!("../../reference/second-model.json"),
    );
}

fn compare(path: &str, model: &str, golden: &str) {
    let (model, diagnostics) = estimate::parse(path, model);
    assert_eq!(diagnostics, []);
    let mut model = model.unwrap();
    let golden: Json = serde_json::from_str(golden).unwrap();
    model.model.samples = golden["samples"].as_u64().unwrap().try_into().unwrap();
    let engine = Engine::new(&model.model).unwrap();
    let cases = golden["cases"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let inputs: Vec<f64> = model
            .inputs
            .iter()
            .map(|question| case["inputs"][&question.id].as_f64().unwrap())
            .collect();
        let estimate = engine.estimate(&inputs).unwrap();
        compare_case(&model, &estimate, case);
    }
}

fn compare_case(model: &EstimateModel, estimate: &Estimate, case: &Json) {
    let recommendation = &case["recommendation"];
    let recommended = estimate.recommendation.approach;
    let recommended = recommended.map(|approach| model.approaches[approach].id.as_str());
    assert_eq!(recommendation["approach"].as_str(), recommended);
    assert_eq!(
        recommendation["sufficient"],
        estimate.recommendation.sufficient
    );
    assert_eq!(
        recommendation["close_call"],
        estimate.recommendation.close_call
    );
    assert_same_keys(
        &case["approaches"],
        model.approaches.iter().map(|name| &name.id),
    );
    for (index, approach) in model.approaches.iter().enumerate() {
        close(
            estimate.wins[index],
            &case["wins"][&approach.id],
            &approach.id,
        );
        let outcome = &estimate.approaches[index];
        let expected = &case["approaches"][&approach.id];
        let names: Vec<String> = outcome
            .series
            .iter()
            .map(|(series, _)| report::series_name(model, *series))
            .collect();
        assert_same_keys(&expected["series"], names.iter());
        for (name, (_, summary)) in names.iter().zip(&outcome.series) {
            let expected = &expected["series"][name];
            let what = format!("{} {name}", approach.id);
            close(summary.mean, &expected["mean"], &what);
            close(summary.p10, &expected["p10"], &what);
            close(summary.p50, &expected["p50"], &what);
            close(summary.p90, &expected["p90"], &what);
        }
        assert_same_keys(&expected["hours"], model.roles.iter().map(|name| &name.id));
        for (role, phases) in model.roles.iter().zip(&outcome.hours) {
            let expected = &expected["hours"][&role.id];
            assert_same_keys(expected, model.phases.iter().map(|name| &name.id));
            for (phase, hours) in model.phases.iter().zip(phases) {
                close(
                    *hours,
                    &expected[&phase.id],
                    &format!("{} {}", role.id, phase.id),
                );
            }
        }
    }
}

/// Both sides know the same things.
#[track_caller]
fn assert_same_keys<'a>(expected: &Json, actual: impl Iterator<Item = &'a String>) {
    let mut expected: Vec<&String> = expected.as_object().unwrap().keys().collect();
    let mut actual: Vec<&String> = actual.collect();
    expected.sort();
    actual.sort();
    assert_eq!(actual, expected);
}

#[track_caller]
fn close(actual: f64, expected: &Json, what: &str) {
    // Infinite where quality never reaches its target; JSON has no number for that.
    let Some(expected) = expected.as_f64() else {
        assert!(
            actual.is_infinite(),
            "{what}: {actual} instead of {expected}"
        );
        return;
    };
    let scale = actual.abs().max(expected.abs());
    assert!(
        (actual - expected).abs() <= TOLERANCE * scale,
        "{what}: {actual} instead of {expected}"
    );
}
