//! `tallypress estimate`: what a model estimates, as tables or JSON, also for what a reader shared.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tallypress_calculator::model::{Engine, Setting};

use super::{FAILED, MISUSED, misused};
use crate::diagnostic::Diagnostic;
use crate::estimate::{self, EstimateModel, report as estimate_report, settings, shared};
use crate::report::{self, Texts};

#[derive(Args)]
pub struct EstimateArgs {
    /// The model, such as content/estimates/cto-or-partner.toml
    model: PathBuf,
    /// Begin with what a reader changed: a shared address, or a file downloaded as JSON
    #[arg(long, value_name = "ADDRESS|FILE")]
    from: Option<String>,
    /// An input's value; a choice by its number from 0. May be repeated
    #[arg(long = "set", value_name = "INPUT=VALUE")]
    set: Vec<String>,
    /// Simulated futures, a power of two, instead of the model's own number
    #[arg(long, value_name = "N")]
    samples: Option<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

pub fn run(args: &EstimateArgs) -> ExitCode {
    let path = args.model.to_string_lossy().into_owned();
    let text = match read_model(&args.model) {
        Ok(text) => text,
        Err(error) => return misused(&format!("cannot read `{path}`: {error}")),
    };
    let (model, diagnostics) = estimate::parse(&path, &text);
    report::print(&diagnostics, &Texts::from([(path.as_str(), text.as_str())]));
    let Some(model) = model else {
        return ExitCode::from(FAILED);
    };
    match estimate_output(model, args) {
        Ok(output) => {
            // A closed pipe, as after `| head`, is no reason to complain.
            let _ = io::stdout().write_all(output.as_bytes());
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            report::print(&wrong, &Texts::new());
            ExitCode::from(MISUSED)
        }
    }
}

fn estimate_output(
    mut model: EstimateModel,
    args: &EstimateArgs,
) -> Result<String, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    match args.samples.as_deref().map(settings::samples) {
        Some(Ok(samples)) => model.model.samples = samples,
        Some(Err(not_samples)) => wrong.push(not_samples),
        None => {}
    }
    let mut state = model.state();
    if let Some(from) = &args.from {
        match taken_over(&model, from) {
            Ok(changed) => state = changed,
            Err(nothing) => wrong.push(nothing),
        }
    }
    let numbers = state.split_off(model.inputs.len());
    let inputs = state;
    // Reports say what was enough.
    let sufficient = model.model.numbers.len() + Setting::Sufficient as usize;
    if let Some(enough) = numbers.get(3 * sufficient + 1) {
        model.model.sufficient = *enough;
    }
    let inputs = settings::inputs(&model, inputs, &args.set).unwrap_or_else(|not_inputs| {
        wrong.extend(not_inputs);
        Vec::new()
    });
    if !wrong.is_empty() {
        return Err(wrong);
    }
    // The rules of the file, of what was taken over and of inputs leave nothing that the engine refuses.
    let refused = |why: String| vec![Diagnostic::error(format!("cannot compute this: {why}"))];
    let mut engine = Engine::new(&model.model).map_err(|flaw| refused(format!("{flaw:?}")))?;
    let assumed = engine.assume(&numbers);
    assumed.map_err(|place| refused(format!("number {place}")))?;
    let estimate = engine
        .estimate(&inputs)
        .map_err(|error| refused(format!("{error:?}")))?;
    Ok(match args.json {
        true => estimate_report::json(&model, &inputs, &estimate),
        false => estimate_report::tables(&model, &inputs, &estimate),
    })
}

/// What a reader changed, in an address or in a file.
fn taken_over(model: &EstimateModel, from: &str) -> Result<Vec<f64>, Diagnostic> {
    if from.contains('#') {
        return shared::address(model, from);
    }
    match read_model(Path::new(from)) {
        Ok(json) => shared::download(model, &json),
        Err(error) => Err(Diagnostic::error(format!("cannot read `{from}`: {error}"))
            .help("name a file that was downloaded as JSON, or an address with a `#`")),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a model may lie outside of any site"
)]
fn read_model(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
}
