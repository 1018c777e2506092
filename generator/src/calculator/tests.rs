//! Stories of the calculator's data.

use std::sync::Arc;

use tallypress_calculator::charts::{Drawing, draw, draw_study};
use tallypress_calculator::figures::{Figure, list, list_study};
use tallypress_calculator::model::{Engine, Study};

use super::{Headings, Results, Spot, Urls, view};
use crate::estimate::{self, EstimateModel};
use crate::words::Words;

pub fn model() -> EstimateModel {
    let source = include_str!("../../../content/estimates/cto-or-partner.toml");
    let (model, diagnostics) = estimate::parse("cto-or-partner.toml", source);
    assert_eq!(diagnostics, []);
    model.expect("a sound model")
}

#[test]
fn every_slot_of_the_view_shows_what_is_in_it() {
    let model = model();
    let engine = Engine::new(&model.model).expect("a sound model");
    let computed = |inputs: &[f64]| engine.estimate(inputs).expect("legal inputs");
    let defaults = model.model.defaults();
    let default = computed(&defaults);
    let study = Study::complete(&default.sheet, &defaults, &engine, &engine.sketch())
        .expect("legal inputs");
    let scenarios: Vec<_> = model
        .scenarios
        .iter()
        .map(|scenario| Arc::new(computed(&scenario.values)))
        .collect();
    let results = Results {
        model: &model,
        engine: &engine,
        default: &default,
        study: &study,
        scenarios: &scenarios,
        words: Words::english(),
    };
    let spot = Spot {
        title: "A page",
        number: 2,
        below: 4,
    };
    let mut view = view(results, &Urls::default(), spot);
    assert_eq!(view.id, "cto-or-partner-2");
    assert_eq!(view.title, "A page");
    let Headings {
        part,
        piece,
        detail,
    } = view.headings;
    assert_eq!([part, piece, detail], [5, 6, 6]);
    assert_eq!(view.sufficient_percent, "5%");
    // They have slots of their own.
    view.sides.clear();

    let mut figures: Vec<(Figure, f64)> = list(&default.sheet);
    list_study(&mut figures, &study, &engine);
    let mut drawings: Vec<(Drawing, String)> = Vec::new();
    draw(&mut drawings, &default.sheet);
    draw_study(&mut drawings, &study, &default.sheet);

    let (mut slots, mut paths) = (Vec::new(), Vec::new());
    let json = serde_json::to_value(&view).expect("plain data");
    collect(&json, "slot", &mut slots);
    collect(&json, "draw", &mut paths);
    for (slot, shown) in &slots {
        let (figure, value) = figures[*slot];
        match shown.get("value").or_else(|| shown.get("on")) {
            Some(serde_json::Value::Bool(on)) => assert_eq!(*on, value == 1.0, "{figure:?}"),
            Some(number) => assert_eq!(number.as_f64(), Some(value), "{figure:?}"),
            None => panic!("{figure:?} shows nothing"),
        }
    }
    for (place, shown) in &paths {
        let (drawing, path) = &drawings[*place];
        assert_eq!(shown["path"], path.as_str(), "{drawing:?}");
    }
    assert_eq!(distinct(slots), figures.len(), "each figure has its place");
    assert_eq!(distinct(paths), drawings.len(), "each path has its place");
}

fn distinct(mut found: Vec<(usize, serde_json::Value)>) -> usize {
    found.sort_by_key(|(place, _)| *place);
    found.dedup_by_key(|(place, _)| *place);
    found.len()
}

fn collect(json: &serde_json::Value, key: &str, found: &mut Vec<(usize, serde_json::Value)>) {
    match json {
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, key, found)),
        serde_json::Value::Object(fields) => {
            if let Some(place) = fields.get(key).and_then(serde_json::Value::as_u64) {
                found.push((place as usize, json.clone()));
            }
            fields.values().for_each(|field| collect(field, key, found));
        }
        _ => {}
    }
}
