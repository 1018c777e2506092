//! What the widget's script has to know about a model, as JSON in the page: what things are called
//! in addresses and downloads, and what a scenario sets.

use std::collections::BTreeMap;

use serde_json::json;
use tallypress_calculator::figures::{self, Unit};
use tallypress_calculator::model::{DOTS, Kind, Model, Series};

use crate::estimate::report::series_name;
use crate::estimate::{EstimateModel, Name};
use crate::words::Words;

/// The facts as text that can stand in a `script` element. Downloads are in English, whatever the page is
/// in, because programs read them.
pub fn facts(model: &EstimateModel, words: &Words) -> String {
    let Model { samples, seed, .. } = model.model;
    let ids =
        |names: &[Name]| -> Vec<String> { names.iter().map(|name| name.id.clone()).collect() };
    let keys: Vec<&str> = model.keys().collect();
    let terms = model.model.terms();
    let terms: Vec<usize> = terms.iter().map(|(_, _, numbers)| numbers.len()).collect();
    let known = model.model.series();
    let name = |series: &Series| series_name(model, *series);
    let series: Vec<String> = known.iter().map(name).collect();
    let measured = known
        .iter()
        .map(|series| (name(series), unit(*series, &model.currency)));
    let hours_and_wins = [("hours", "hours"), ("wins", "share")];
    let measures: BTreeMap<String, &str> = hours_and_wins
        .map(|(name, unit)| (name.to_owned(), unit))
        .into_iter()
        .chain(measured)
        .collect();
    let percents = model.model.inputs.iter().map(|input| match input.kind {
        Kind::Percent => "%".to_owned(),
        Kind::Int | Kind::Real | Kind::Choice => String::new(),
    });
    let others = model.assumptions.iter();
    let all_units =
        percents.chain(others.map(|other| other.unit.text(Words::english(), &model.currency)));
    let units: BTreeMap<&&str, String> = keys.iter().zip(all_units).collect();
    let variables: Vec<String> = (0..model.variables.len())
        .map(|variable| model.variable_label(words, variable))
        .collect();
    let situations: Vec<&str> = std::iter::once("")
        .chain(model.scenarios.iter().map(|scenario| scenario.id.as_str()))
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
        "terms": terms,
        "units": units,
        "measures": measures,
        "approaches": ids(&model.approaches),
        "series": series,
        "roles": ids(&model.roles),
        "phases": ids(&model.phases),
        "dots": DOTS,
        "variables": variables,
        "scenarios": scenarios,
        "situations": situations,
        "never": words.say("estimate_never"),
    });
    // Nothing in a text may end the element.
    facts.to_string().replace('<', "\\u003c")
}

/// What a series is counted in, as downloads say it.
fn unit(series: Series, currency: &str) -> &str {
    match figures::unit(series) {
        Unit::Money => currency,
        Unit::Weeks => "weeks",
        Unit::Share => "share",
        Unit::Number | Unit::Flag | Unit::Plain => "",
    }
}
