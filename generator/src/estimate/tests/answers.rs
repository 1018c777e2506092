//! What a model that was read answers: tables, labels, bytes, and estimates that agree with the independent
//! reference.

use super::*;

#[test]
fn the_table_says_what_the_estimate_says() {
    let mut model = sound("small.toml", SMALL);
    model.model.samples = 64;
    let engine = Engine::new(&model.model).expect("a sound model");
    let estimate = engine.estimate(&[10.0]).expect("legal inputs");
    expect(
        &report::tables(&model, &[10.0], &estimate),
        r#"
small, version 1: 64 simulated futures

Recommended: own. At EUR 1,330, it has the lowest mean total; given these assumptions it is the
cheapest in 100 of 100 simulated futures.

Inputs         set to
pages (pages)      10

Cost, EUR           P10    P50    P90   mean
own
  cash                0      0      0      0
  internal hours    983  1,300  1,720  1,330
  total             983  1,300  1,720  1,330
agency
  cash            1,060  1,530  2,100  1,560
  internal hours    311    357    405    358
  total           1,380  1,890  2,500  1,920

Timeline, weeks from the start  P10  P50  P90
own
  done                          2.0  2.6  3.4
  Last milestone                2.0  2.6  3.4
agency
  done                          1.2  1.5  1.8
  Last milestone                1.2  1.5  1.8

Mean hours by phase and role  own  agency
writing
  staff                        27       7
  writer                        –      19
"#,
    );
}

#[test]
fn no_line_of_a_table_is_wider_than_a_terminal() {
    let text = FIRST.replace(
        "\"Partner alone\"",
        "\"A partner with a name that never seems to end at all\"",
    );
    let model = sound("cto-or-partner.toml", &text);
    let engine = Engine::new(&model.model).expect("a sound model");
    let inputs = model.model.defaults();
    let estimate = engine.estimate(&inputs).expect("legal inputs");
    for line in report::tables(&model, &inputs, &estimate).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn every_variable_has_a_label_and_every_source_a_subject() {
    let model = sound("cto-or-partner.toml", FIRST);
    assert_eq!(model.variables.len(), model.model.variables());
    let labels: Vec<String> = (0..model.variables.len())
        .map(|variable| model.variable_label(crate::words::Words::english(), variable))
        .collect();
    assert_eq!(labels[1], "CTO: hours lost");
    assert!(labels.contains(&"Building the integrations: hours".to_owned()));
    assert!(labels.iter().all(|label| !label.is_empty()));
    let sources = &model.sources;
    assert!(
        sources
            .iter()
            .any(|one| one.subject == "CTO" && one.text.contains("https://"))
    );
    assert!(sources.iter().any(|one| one.text == "judgement"));
}

#[test]
fn a_model_travels_to_the_page_in_few_bytes() {
    let model = sound("cto-or-partner.toml", FIRST).model;
    let bytes = Engine::new(&model).expect("a sound model").seal();
    assert!(bytes.len() < 3000, "{} bytes", bytes.len());
    let arrived = Engine::unseal(&bytes).expect("the bytes as they were");
    assert_eq!(arrived.seal(), bytes);
}

/// Compares every number of every case with the engine, to 1e-9 relative.
fn agree(path: &str, text: &str, golden: &str) {
    let mut estimate_model = sound(path, text);
    let golden: Json = serde_json::from_str(golden).expect("JSON");
    estimate_model.model.samples = golden["samples"].as_u64().expect("samples") as usize;
    let engine = Engine::new(&estimate_model.model).expect("a sound model");
    let cases = golden["cases"].as_array().expect("cases");
    for (number, case) in cases.iter().enumerate() {
        let inputs: Vec<f64> = estimate_model
            .inputs
            .iter()
            .map(|question| case["inputs"][&question.id].as_f64().expect("an input"))
            .collect();
        let estimate = engine.estimate(&inputs).expect("legal inputs");
        let ours = report::json(&estimate_model, &inputs, &estimate);
        let ours: Json = serde_json::from_str(&ours).expect("JSON");
        compare(&format!("{path} case {number}"), case, &ours);
    }
    assert!(cases.len() > 20, "only {} cases", cases.len());
}

/// Both documents have the same keys, texts and flags, and numbers that agree.
fn compare(place: &str, expected: &Json, found: &Json) {
    match (expected, found) {
        (Json::Object(expected), Json::Object(found)) => {
            assert!(expected.keys().eq(found.keys()), "{place}");
            for (key, value) in expected {
                compare(&format!("{place}/{key}"), value, &found[key]);
            }
        }
        (Json::Number(expected), Json::Number(found)) => {
            let [expected, found] =
                [expected, found].map(|number| number.as_f64().expect("a number"));
            let off = (expected - found).abs() / expected.abs().max(1e-3);
            assert!(off <= 1e-9, "{place}: {found} is not {expected}");
        }
        _ => assert_eq!(expected, found, "{place}"),
    }
}

#[test]
fn the_first_model_agrees_with_the_reference() {
    let golden = include_str!("../../../../tests/reference/cto-or-partner.json");
    agree("cto-or-partner.toml", FIRST, golden);
}

#[test]
fn the_second_model_agrees_with_the_reference() {
    let text = include_str!("../../../../tests/reference/second-model.toml");
    let golden = include_str!("../../../../tests/reference/second-model.json");
    agree("second-model.toml", text, golden);
}
