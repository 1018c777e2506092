//! What the widget's script has to know about a model, as JSON in the page: what things are called
//! in addresses and downloads, and what a scenario sets.

use serde_json::json;
use tallypress_calculator::model::{DOTS, Model};

use crate::estimate::report::series_name;
use crate::estimate::{EstimateModel, Name};

/// The facts as text that can stand in a `script` element.
pub fn facts(model: &EstimateModel) -> String {
    let Model { samples, seed, .. } = model.model;
    let ids =
        |names: &[Name]| -> Vec<String> { names.iter().map(|name| name.id.clone()).collect() };
    let inputs = model.inputs.iter().map(|input| input.id.clone());
    let assumptions = model.assumptions.iter().map(|other| other.key.clone());
    let keys: Vec<String> = inputs.chain(assumptions).collect();
    let series = model.model.series();
    let series: Vec<String> = series
        .into_iter()
        .map(|series| series_name(model, series))
        .collect();
    let variables: Vec<String> = (0..model.variables.len())
        .map(|variable| model.variable_label(variable))
        .collect();
    let scenarios: Vec<&[f64]> = model
        .scenarios
        .iter()
        .map(|scenario| scenario.values.as_slice())
        .collect();
    let facts = json!({
        "model": model.id,
        "version": model.version,
        "samples": samples,
        "seed": seed,
        "inputs": model.inputs.len(),
        "keys": keys,
        "approaches": ids(&model.approaches),
        "series": series,
        "roles": ids(&model.roles),
        "phases": ids(&model.phases),
        "dots": DOTS,
        "variables": variables,
        "scenarios": scenarios,
    });
    // Nothing in a text may end the element.
    facts.to_string().replace('<', "\\u003c")
}
