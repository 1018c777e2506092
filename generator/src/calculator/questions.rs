//! The form of a calculator: what each input may be, what it is at first, and what the totals do over
//! its range.

use serde::Serialize;
use tallypress_calculator::charts::Drawing;
use tallypress_calculator::figures::{Unit, input_figure};
use tallypress_calculator::model::{Input, Kind};

use super::sheet::{DrawView, Sheet};
use crate::estimate::Question;

#[derive(Clone, Debug, Serialize)]
pub struct InputView {
    pub index: usize,
    pub id: String,
    /// `int`, `percent`, `real` or `choice`.
    pub kind: &'static str,
    pub label: String,
    /// Empty if the model says nothing more.
    pub help: String,
    // Numbers as HTML writes them.
    pub min: String,
    pub max: String,
    pub step: String,
    pub value: String,
    /// The default as it stands in a field.
    pub typed: String,
    /// The ends of the range, written for people.
    pub least: String,
    pub most: String,
    /// The default, written for people.
    pub text: String,
    /// What is said of a value, such as `# hours a week`, with the number in place of `#`.
    pub spoken: String,
    /// The answers of a choice.
    pub options: Vec<ChoiceView>,
    /// For each approach, its mean total over the range of the input.
    pub curves: Vec<DrawView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    pub index: usize,
    pub label: String,
    pub selected: bool,
}

/// The inputs that are asked first, and the others.
pub fn questions(sheet: &Sheet<'_>) -> (Vec<InputView>, Vec<InputView>) {
    let first = &sheet.model.questions;
    let count = sheet.model.inputs.len();
    let others = (0..count).filter(|input| !first.contains(input));
    (
        first
            .iter()
            .filter_map(|input| input_view(sheet, *input))
            .collect(),
        others
            .filter_map(|input| input_view(sheet, input))
            .collect(),
    )
}

fn input_view(sheet: &Sheet<'_>, index: usize) -> Option<InputView> {
    let question = sheet.model.inputs.get(index)?;
    let input = sheet.model.model.inputs.get(index)?;
    let words = sheet.words;
    Some(InputView {
        index,
        id: question.id.clone(),
        kind: match input.kind {
            Kind::Int => "int",
            Kind::Percent => "percent",
            Kind::Real => "real",
            Kind::Choice => "choice",
        },
        label: question.label.clone(),
        help: question.help.clone().unwrap_or_default(),
        min: input.min.to_string(),
        max: input.max.to_string(),
        step: step(input),
        value: input.default.to_string(),
        typed: words.typed(input.default),
        least: words.number(input.min),
        most: words.number(input.max),
        text: input_text(question, input.kind, input.default, |unit, value| {
            words.figure(unit, value, &sheet.model.currency)
        }),
        spoken: match (&question.unit, input.kind) {
            (Some(unit), _) => format!("# {unit}"),
            (None, Kind::Percent) => words.percent(0.0).replace('0', "#"),
            (None, _) => "#".to_owned(),
        },
        options: question
            .options
            .iter()
            .enumerate()
            .map(|(index, label)| ChoiceView {
                index,
                label: label.clone(),
                selected: index as f64 == input.default,
            })
            .collect(),
        curves: (0..sheet.model.approaches.len())
            .map(|approach| {
                sheet.drawing(Drawing::Curve {
                    input: index,
                    approach,
                })
            })
            .collect(),
    })
}

/// The step of a slider: the largest of 1, 0.5, 0.2, 0.1 and so on that gives at least 20 steps
/// and comes past the default.
fn step(input: &Input) -> String {
    if input.kind != Kind::Real {
        return "1".to_owned();
    }
    let comes_past = |step: &f64| {
        let steps = (input.default - input.min) / step;
        (steps - steps.round()).abs() < 1e-9
    };
    [1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01]
        .into_iter()
        .filter(|step| (input.max - input.min) / step >= 20.0)
        .find(comes_past)
        .map_or_else(|| "any".to_owned(), |step| step.to_string())
}

/// The value of an input, written for people.
pub fn input_text(
    question: &Question,
    kind: Kind,
    value: f64,
    text: impl Fn(Unit, f64) -> String,
) -> String {
    match question.options.get(value as usize) {
        Some(option) => option.clone(),
        None => {
            let (unit, figure) = input_figure(kind, value);
            let unit = if unit == Unit::Plain {
                Unit::Number
            } else {
                unit
            };
            text(unit, figure)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::step;
    use crate::calculator::tests::model;

    #[test]
    fn a_slider_comes_past_its_default() {
        let model = model();
        let steps: Vec<String> = model.model.inputs.iter().map(step).collect();
        assert_eq!(steps[13..], ["0.1", "0.2", "1"]);
        assert!(steps[..13].iter().all(|step| step == "1"));
    }
}
