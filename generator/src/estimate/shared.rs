//! What a reader changed in a calculator, as it leaves the page: in an address, or in a download. Takes
//! such a text and gives the inputs; changed assumptions go into the model, so that an estimate of it
//! is the reader's.

use serde_json::Value;
use tallypress_calculator::model::{Domain, Pert, Setting};
use tallypress_calculator::share::{Names, ShareError};

use super::EstimateModel;
use crate::diagnostic::Diagnostic;

/// Takes over the fragment of a shared address.
pub fn address(model: &mut EstimateModel, address: &str) -> Result<Vec<f64>, Diagnostic> {
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    // A page may hold several calculators of one model; the second is `model-2`.
    let changes = fragment
        .split('/')
        .filter_map(|part| part.split_once(':'))
        .find(|(calculator, _)| {
            let number = calculator.strip_prefix(model.id.as_str());
            number.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        });
    let Some((_, changes)) = changes else {
        return Err(
            Diagnostic::error(format!("this address changes nothing in `{}`", model.id))
                .help(format!("it would have a part like `#{}:v1&…`", model.id)),
        );
    };
    let keys = keys(model).collect::<Vec<_>>().join(" ");
    let inputs = model.inputs.len();
    let names = Names {
        version: model.version as f64,
        keys: keys.as_bytes(),
        inputs,
    };
    let mut state = model.model.defaults();
    for Pert { low, mode, high } in model.model.assumptions() {
        state.extend([low, mode, high]);
    }
    names
        .read(changes.as_bytes(), &mut state)
        .map_err(|error| match error {
            ShareError::Version => Diagnostic::error(format!(
                "this address was made for another version of `{}`, which is at {} now",
                model.id, model.version
            )),
            ShareError::Broken => Diagnostic::error("this address is damaged"),
        })?;
    let assumptions = state.split_off(inputs);
    for (place, numbers) in assumptions.chunks_exact(3).enumerate() {
        assume(model, place, [numbers[0], numbers[1], numbers[2]])?;
    }
    checked(model, state)
}

/// Takes over a file that was downloaded as JSON.
pub fn download(model: &mut EstimateModel, json: &str) -> Result<Vec<f64>, Diagnostic> {
    let file: Value = serde_json::from_str(json)
        .map_err(|error| Diagnostic::error(format!("this is no download as JSON: {error}")))?;
    let known = [
        ("model", Value::from(model.id.as_str())),
        ("version", Value::from(model.version)),
        ("seed", Value::from(model.model.seed)),
        ("samples", Value::from(model.model.samples)),
    ];
    for (name, value) in known {
        if file[name] != value {
            return Err(Diagnostic::error(format!(
                "this download is of another model: its {name} is {}, not {value}",
                file[name]
            )));
        }
    }
    let keys: Vec<String> = keys(model).map(str::to_owned).collect();
    let (inputs, assumptions) = keys.split_at(model.inputs.len());
    let missing = |key: &str| Diagnostic::error(format!("this download has no number `{key}`"));
    let mut values = Vec::new();
    for key in inputs {
        let value = file["inputs"][key].as_f64();
        values.push(value.ok_or_else(|| missing(key))?);
    }
    for (place, key) in assumptions.iter().enumerate() {
        let mut numbers = [0.0; 3];
        for (part, number) in numbers.iter_mut().enumerate() {
            let value = file["assumptions"][key][part].as_f64();
            *number = value.ok_or_else(|| missing(key))?;
        }
        assume(model, place, numbers)?;
    }
    checked(model, values)
}

fn keys(model: &EstimateModel) -> impl Iterator<Item = &str> {
    let inputs = model.inputs.iter().map(|input| input.id.as_str());
    inputs.chain(model.assumptions.iter().map(|other| other.key.as_str()))
}

fn assume(
    model: &mut EstimateModel,
    place: usize,
    [low, mode, high]: [f64; 3],
) -> Result<(), Diagnostic> {
    let pert = Pert { low, mode, high };
    let domain = model.model.domains().nth(place).unwrap_or(Domain::Excess);
    if !(pert.is_ordered() && domain.holds(low) && domain.holds(high)) {
        let key = model.assumptions.get(place).map_or("", |other| &other.key);
        return Err(Diagnostic::error(format!(
            "`{key}` cannot be {low}, {mode}, {high}"
        )));
    }
    model.model.assume(place, pert);
    Ok(())
}

fn checked(model: &EstimateModel, inputs: Vec<f64>) -> Result<Vec<f64>, Diagnostic> {
    if let Err(wrong) = model.model.check_inputs(&inputs) {
        let id = model
            .inputs
            .get(wrong.input())
            .map_or("", |input| &input.id);
        return Err(Diagnostic::error(format!(
            "`{id}` cannot be what is written there: {}",
            super::settings::describe(model, wrong.input())
        )));
    }
    let target = model.model.setting(Setting::QualityTarget);
    if model.model.pack.is_some()
        && !(target > 0.0 && target < model.model.setting(Setting::QualityMax))
    {
        return Err(Diagnostic::error(
            "`quality_target` must lie between 0 and `quality_max`",
        ));
    }
    Ok(inputs)
}
