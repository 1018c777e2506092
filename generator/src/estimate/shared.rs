//! What a reader changed in a calculator, as it leaves the page: in an address, or in a download. Takes
//! such a text and gives the state of the calculator: the inputs, then low, most likely and high of each
//! assumption, then the numbers of each term.

use percent_encoding::percent_decode_str;
use serde_json::Value;
use tallypress_calculator::model::{Pert, Setting};
use tallypress_calculator::share::{Names, ShareError};

use super::EstimateModel;
use crate::diagnostic::Diagnostic;

/// The state that a shared address stands for.
pub fn address(model: &EstimateModel, address: &str) -> Result<Vec<f64>, Diagnostic> {
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    let fragment = as_written(fragment);
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
    // What stands beside each other in a comparison changes no figure.
    let changes = changes
        .split('&')
        .filter(|change| !change.starts_with("compare.sides="))
        .collect::<Vec<_>>()
        .join("&");
    let keys = model.keys().collect::<Vec<_>>().join(" ");
    let terms = model.model.terms();
    let terms: Vec<usize> = terms.iter().map(|(_, _, numbers)| numbers.len()).collect();
    let names = Names {
        version: model.version as f64,
        keys: keys.as_bytes(),
        inputs: model.inputs.len(),
        assumptions: model.assumptions.len(),
        terms: &terms,
    };
    let mut state = model.state();
    names
        .read(changes.as_bytes(), &mut state)
        .map_err(|error| match error {
            ShareError::Version => Diagnostic::error(format!(
                "this address was made for another version of `{}`, which is at {} now",
                model.id, model.version
            )),
            ShareError::Broken => Diagnostic::error("this address is damaged"),
        })?;
    checked(model, state)
}

/// A fragment without what programs that pass it on make of its signs, and without the end of a sentence that
/// stuck to it, as the page understands it.
fn as_written(fragment: &str) -> String {
    // Some write the signs of what another has written already.
    let fragment = fragment.replace("%25", "%");
    let decoded = percent_decode_str(&fragment).decode_utf8_lossy();
    let signs = decoded.replace("amp;", "");
    let belongs = |sign: char| sign.is_ascii_alphanumeric() || "_:&=-".contains(sign);
    signs.trim_end_matches(|sign| !belongs(sign)).to_owned()
}

/// The state in a file that was downloaded as JSON.
pub fn download(model: &EstimateModel, json: &str) -> Result<Vec<f64>, Diagnostic> {
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
    let mut state = Vec::new();
    let mut take = |key: &str, value: &Value| match value.as_f64() {
        Some(number) => {
            state.push(number);
            Ok(())
        }
        None => Err(Diagnostic::error(format!(
            "this download has no number `{key}`"
        ))),
    };
    for input in &model.inputs {
        take(&input.id, &file["inputs"][&input.id])?;
    }
    for assumption in &model.assumptions {
        let key = &assumption.key;
        for part in 0..3 {
            take(key, &file["assumptions"][key][part])?;
        }
    }
    for (term, (_, _, numbers)) in model.terms.iter().zip(model.model.terms()) {
        for part in 0..numbers.len() {
            take(&term.key, &file["terms"][&term.key][part])?;
        }
    }
    checked(model, state)
}

impl EstimateModel {
    /// What can be set, by the names in addresses and downloads: inputs, assumptions, terms.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let inputs = self.inputs.iter().map(|input| input.id.as_str());
        let assumptions = self.assumptions.iter().map(|one| one.key.as_str());
        let terms = self.terms.iter().map(|term| term.key.as_str());
        inputs.chain(assumptions).chain(terms)
    }

    /// What a calculator begins with.
    pub fn state(&self) -> Vec<f64> {
        let mut state = self.model.defaults();
        for Pert { low, mode, high } in self.model.assumptions() {
            state.extend([low, mode, high]);
        }
        for (_, _, numbers) in self.model.terms() {
            state.extend(numbers);
        }
        state
    }
}

/// The state, if the engine can compute it.
fn checked(model: &EstimateModel, state: Vec<f64>) -> Result<Vec<f64>, Diagnostic> {
    let (inputs, rest) = state.split_at(model.inputs.len());
    if let Err(wrong) = model.model.check_inputs(inputs) {
        let id = model
            .inputs
            .get(wrong.input())
            .map_or("", |input| &input.id);
        return Err(Diagnostic::error(format!(
            "`{id}` cannot be what is written there: {}",
            super::settings::describe(model, wrong.input())
        )));
    }
    let cannot_be = |key: &str, numbers: &[f64]| {
        let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
        Diagnostic::error(format!("`{key}` cannot be {}", numbers.join(", ")))
    };
    let (perts, mut rest) = rest.split_at(3 * model.assumptions.len());
    let assumptions = model.assumptions.iter().zip(model.model.domains());
    for ((assumption, domain), numbers) in assumptions.zip(perts.chunks_exact(3)) {
        let [low, mode, high] = [numbers[0], numbers[1], numbers[2]];
        let pert = Pert { low, mode, high };
        if !(pert.is_ordered() && domain.holds(low) && domain.holds(high)) {
            return Err(cannot_be(&assumption.key, numbers));
        }
    }
    for (term, (_, kind, usual)) in model.terms.iter().zip(model.model.terms()) {
        let (numbers, behind) = rest.split_at(usual.len());
        if !kind.holds(numbers) {
            return Err(cannot_be(&term.key, numbers));
        }
        rest = behind;
    }
    let setting = |setting: Setting| {
        let place = model.model.numbers.len() + setting as usize;
        perts.get(3 * place + 1).copied().unwrap_or(0.0)
    };
    let target = setting(Setting::QualityTarget);
    if model.model.pack.is_some() && !(target > 0.0 && target < setting(Setting::QualityMax)) {
        return Err(Diagnostic::error(
            "`quality_target` must lie between 0 and `quality_max`",
        ));
    }
    Ok(state)
}
