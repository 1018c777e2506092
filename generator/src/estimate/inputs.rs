//! What a visitor is asked: `[[input]]` of a model file. Gives names, what people see, and ranges for the engine.

use tallypress_calculator::model::{Input, Kind as InputKind, MAX_ITEMS};

use super::Question;
use super::entries::{label, limit, unknown_word};
use super::names::{Names, identifiers};
use super::numbers::{nested, number_or, require};
use crate::fields::{Fields, Kind, Spanned};
use crate::report::counted;

/// `[[input]]`: names, what people see, and ranges.
pub fn inputs(fields: &mut Fields<'_>) -> (Names, Vec<Question>, Vec<Input>) {
    let names = identifiers(fields, "input");
    let (mut questions, mut ranges) = (Vec::new(), Vec::new());
    for (table, id) in fields.tables("input").into_iter().zip(names.iter()) {
        let (question, range) = nested(fields, table, |fields| input(fields, id));
        questions.push(question);
        ranges.push(range);
    }
    limit(fields, "input", names.len(), MAX_ITEMS);
    (names, questions, ranges)
}

fn input(fields: &mut Fields<'_>, id: &str) -> (Question, Input) {
    let label = label(fields, id);
    let help = fields.text("help").map(|help| help.value);
    let unit = fields.text("unit");
    let kind = input_kind(fields);
    if let (Some(unit), InputKind::Choice | InputKind::Percent) = (&unit, kind) {
        fields.error(
            "only numbers have a `unit`",
            unit.span.clone(),
            "answers of a choice are words, and a percentage has its sign",
        );
    }
    let mut options = Vec::new();
    let (min, max) = match kind {
        InputKind::Choice => {
            if let Some(value) = fields.value("options") {
                options = fields.texts("options").unwrap_or_default();
                if options.len() < 2 && matches!(value.kind, Kind::List(_)) {
                    fields.error(
                        "a choice needs two options or more",
                        value.span.clone(),
                        format!("this has {}", counted(options.len(), "option")),
                    );
                }
            } else {
                require(fields, "options");
            }
            (0.0, options.len().saturating_sub(1) as f64)
        }
        InputKind::Percent => (
            number_or(fields, "min", 0.0, 0.0..=100.0),
            number_or(fields, "max", 100.0, 0.0..=100.0),
        ),
        InputKind::Int | InputKind::Real => {
            let min = fields.required_number("min").map(|min| min.value);
            let max = fields.required_number("max").map(|max| max.value);
            (min.unwrap_or(f64::MIN), max.unwrap_or(f64::MAX))
        }
    };
    let default = fields.required_number("default");
    check_range(fields, kind, min, max, default.as_ref());
    let question = Question {
        id: id.to_owned(),
        label,
        help,
        unit: unit.map(|unit| unit.value),
        options: options.into_iter().map(|option| option.value).collect(),
    };
    let default = default.map_or(min, |default| default.value);
    (
        question,
        Input {
            kind,
            min,
            max,
            default,
        },
    )
}

fn input_kind(fields: &mut Fields<'_>) -> InputKind {
    const KINDS: [&str; 4] = ["int", "percent", "real", "choice"];
    let Some(kind) = fields.required_text("kind") else {
        return InputKind::Real;
    };
    match kind.value.as_str() {
        "int" => InputKind::Int,
        "percent" => InputKind::Percent,
        "real" => InputKind::Real,
        "choice" => InputKind::Choice,
        other => {
            fields
                .report(unknown_word("kind of input", other, &KINDS).at(fields.path(), kind.span));
            InputKind::Real
        }
    }
}

/// A range contains its default; whole numbers have whole bounds.
fn check_range(
    fields: &mut Fields<'_>,
    kind: InputKind,
    min: f64,
    max: f64,
    default: Option<&Spanned<f64>>,
) {
    let Some(default) = default else { return };
    let value = default.value;
    if min > max {
        let span = fields
            .number("min")
            .map_or(default.span.clone(), |min| min.span);
        fields.error(
            "`min` must not be above `max`",
            span,
            format!("{min} is above {max}"),
        );
    } else if value < min || value > max {
        fields.error(
            format!("`default` must be from {min} to {max}"),
            default.span.clone(),
            format!("{value} is outside the range"),
        );
    } else if kind.is_whole() && [value, min, max].iter().any(|number| number.fract() != 0.0) {
        fields.error(
            "`min`, `max` and `default` of this kind are whole numbers",
            default.span.clone(),
            format!("from {min} to {max}, {value} at first"),
        );
    }
}
