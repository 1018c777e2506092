//! What `--set id=value` and `--samples` ask for. Takes them as written, gives one number per input
//! of a model, or everything that is wrong with them.

use tallypress_calculator::model::{InputError, SAMPLES};

use super::EstimateModel;
use crate::diagnostic::Diagnostic;

/// The inputs that `id=value` settings make of others.
pub fn inputs(
    model: &EstimateModel,
    mut values: Vec<f64>,
    settings: &[String],
) -> Result<Vec<f64>, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    for setting in settings {
        match input(model, setting) {
            Ok((input, value)) => {
                if let Some(slot) = values.get_mut(input) {
                    *slot = value;
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(values)
    } else {
        Err(errors)
    }
}

/// The number of futures that `--samples` asks for.
pub fn samples(written: &str) -> Result<usize, Diagnostic> {
    match written.parse::<usize>() {
        Ok(samples) if samples.is_power_of_two() && SAMPLES.contains(&samples) => Ok(samples),
        _ => Err(Diagnostic::error(format!(
            "`{written}` is no number of futures: it must be a power of two from {} to {}",
            SAMPLES.start(),
            SAMPLES.end()
        ))),
    }
}

/// One setting: the index of the input and a value that it may have.
fn input(model: &EstimateModel, setting: &str) -> Result<(usize, f64), Diagnostic> {
    let Some((id, written)) = setting.split_once('=') else {
        return Err(Diagnostic::error(format!("`{setting}` sets nothing"))
            .help("write the id of an input, `=` and a number"));
    };
    let (id, written) = (id.trim(), written.trim());
    let Some(input) = model.inputs.iter().position(|question| question.id == id) else {
        let ids: Vec<&str> = model
            .inputs
            .iter()
            .map(|question| question.id.as_str())
            .collect();
        let error = Diagnostic::error(format!("`{}` has no input called `{id}`", model.id));
        let suggested = error.clone().suggest(id, ids.iter().copied());
        return Err(if suggested.help.is_empty() {
            error.help(format!("its inputs are {}", ids.join(", ")))
        } else {
            suggested
        });
    };
    let range = describe(model, input);
    let Ok(value) = written.parse::<f64>() else {
        return Err(Diagnostic::error(format!(
            "`{id}` cannot be `{written}`: {range}"
        )));
    };
    let mut values = model.model.defaults();
    if let Some(slot) = values.get_mut(input) {
        *slot = value;
    }
    match model.model.check_inputs(&values) {
        Ok(()) => Ok((input, value)),
        Err(InputError::NotANumber { .. }) => Err(Diagnostic::error(format!(
            "`{id}` cannot be `{written}`: {range}"
        ))),
        Err(_) => Err(Diagnostic::error(format!(
            "`{id}` cannot be {written}: {range}"
        ))),
    }
}

/// What an input may be, in words.
pub fn describe(model: &EstimateModel, input: usize) -> String {
    let (Some(question), Some(range)) = (model.inputs.get(input), model.model.inputs.get(input))
    else {
        return String::new();
    };
    let whole = if range.kind.is_whole() { "whole " } else { "" };
    let mut words = format!(
        "it must be a {whole}number from {} to {}",
        range.min, range.max
    );
    for (index, option) in question.options.iter().enumerate() {
        let joint = if index == 0 { ": " } else { ", " };
        words.push_str(&format!("{joint}{index} {option}"));
    }
    words
}
