//! What an author says about the answers of a model: scenarios, which are inputs with a name, and
//! claims, which say what is recommended for some inputs. Takes `[[scenario]]` and `[[claim]]` of a
//! model file, gives a value for every input of each.

use tallypress_calculator::model::{Kind as InputKind, MAX_ITEMS, MAX_ROWS};

use super::entries::limit;
use super::names::{Names, identifiers};
use super::numbers::{finite, nested, require};
use super::{Book, Question};
use crate::diagnostic::Diagnostic;
use crate::fields::{Entry, Fields, Kind, Value};

/// Inputs with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub id: String,
    pub label: String,
    pub help: Option<String>,
    /// One for each input.
    pub values: Vec<f64>,
}

/// What somebody says is recommended; whether the model agrees is for the engine to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub text: String,
    /// One for each input.
    pub values: Vec<f64>,
    /// Approaches, any of which agrees with the claim.
    pub expected: Vec<usize>,
    pub note: Option<String>,
}

/// `[[scenario]]`.
pub fn scenarios(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    questions: &[Question],
) -> (Names, Vec<Scenario>) {
    let names = identifiers(fields, "scenario");
    let mut scenarios = Vec::new();
    for (table, id) in fields.tables("scenario").into_iter().zip(names.iter()) {
        scenarios.push(nested(fields, table, |fields| {
            fields.allow("id");
            let label = fields.required_text("label");
            let mut values = defaults(book);
            require(fields, "set");
            set(
                fields,
                book,
                questions,
                &format!("scenario `{id}`"),
                &mut values,
            );
            Scenario {
                id: id.to_owned(),
                label: label.map_or_else(|| id.to_owned(), |label| label.value),
                help: fields.text("help").map(|help| help.value),
                values,
            }
        }));
    }
    limit(fields, "scenario", scenarios.len(), MAX_ROWS);
    (names, scenarios)
}

/// `[[claim]]`.
pub fn claims(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    questions: &[Question],
    scenarios: (&Names, &[Scenario]),
) -> Vec<Claim> {
    let (ids, scenarios) = scenarios;
    let mut claims = Vec::new();
    for table in fields.tables("claim") {
        claims.push(nested(fields, table, |fields| {
            let text = fields.required_text("text");
            if let Some(text) = text.as_ref().filter(|text| text.value.trim().is_empty()) {
                fields.error("a claim says something", text.span.clone(), "this is empty");
            }
            let base = ids.named(fields, "scenario");
            let mut values = base
                .and_then(|scenario| scenarios.get(scenario))
                .map_or_else(|| defaults(book), |scenario| scenario.values.clone());
            if !fields.has("scenario") && !fields.has("set") {
                let start = fields.span().start;
                fields.error(
                    "a claim is about some inputs",
                    start..start + 1,
                    "this needs `set` or `scenario`; `set = {}` means the defaults",
                );
            }
            set(fields, book, questions, "the claim", &mut values);
            Claim {
                text: text.map_or_else(String::new, |text| text.value),
                values,
                expected: expected(fields, book),
                note: fields.text("note").map(|note| note.value),
            }
        }));
    }
    limit(fields, "claim", claims.len(), MAX_ITEMS);
    claims
}

/// `expect`: an approach, or a list of them.
fn expected(fields: &mut Fields<'_>, book: &Book<'_>) -> Vec<usize> {
    require(fields, "expect");
    let Some(value) = fields.value("expect") else {
        return Vec::new();
    };
    match &value.kind {
        Kind::Text(id) => {
            let found = book.approaches.find(fields, id, value.span.clone());
            found.into_iter().collect()
        }
        Kind::List(items) if items.is_empty() => {
            fields.error(
                "a claim expects one approach at least",
                value.span.clone(),
                "nothing here",
            );
            Vec::new()
        }
        Kind::List(_) => book.approaches.listed(fields, "expect"),
        other => {
            fields.error(
                "`expect` must be an approach, or a list of them",
                value.span.clone(),
                format!("this is {}", other.name()),
            );
            Vec::new()
        }
    }
}

fn defaults(book: &Book<'_>) -> Vec<f64> {
    book.ranges.iter().map(|input| input.default).collect()
}

/// `set = { input = value, … }`: changes the values of those inputs.
fn set(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    questions: &[Question],
    who: &str,
    values: &mut [f64],
) {
    let Some(table) = fields.table("set") else {
        return;
    };
    for entry in &table.entries {
        let input = book.inputs.find(fields, &entry.key, entry.key_span.clone());
        let Some(input) = input else { continue };
        let value = match &entry.value.kind {
            Kind::Text(text) => option(fields, &questions[input], entry, text),
            _ => number(fields, book, (input, &questions[input]), who, entry),
        };
        if let (Some(value), Some(slot)) = (value, values.get_mut(input)) {
            *slot = value;
        }
    }
}

/// An answer of a choice by its text.
fn option(fields: &mut Fields<'_>, question: &Question, entry: &Entry, text: &str) -> Option<f64> {
    let id = &entry.key;
    if question.options.is_empty() {
        fields.error(
            format!("`{id}` must be a number without quotes"),
            entry.value.span.clone(),
            "this is a text",
        );
        return None;
    }
    let found = question.options.iter().position(|option| option == text);
    if found.is_none() {
        let options = question.options.iter().map(String::as_str);
        let diagnostic = Diagnostic::error(format!("`{id}` has no option `{text}`"))
            .at(fields.path(), entry.value.span.clone())
            .label("no option has this text")
            .suggest(text, options);
        fields.report(match diagnostic.help.is_empty() {
            true => diagnostic.help(listed(question)),
            false => diagnostic,
        });
    }
    found.map(|index| index as f64)
}

/// A number that the input may be.
fn number(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    (input, question): (usize, &Question),
    who: &str,
    entry: &Entry,
) -> Option<f64> {
    let (range, id, Value { kind, span }) = (book.ranges.get(input)?, &entry.key, &entry.value);
    let is_choice = range.kind == InputKind::Choice;
    let Some(value) = finite(&entry.value) else {
        let wanted = match is_choice {
            true => "the text of an option, or its number from 0",
            false => "a finite number",
        };
        fields.error(
            format!("`{id}` must be {wanted}"),
            span.clone(),
            format!("this is {}", kind.name()),
        );
        return None;
    };
    if value < range.min || value > range.max {
        let (min, max) = (range.min, range.max);
        let diagnostic = Diagnostic::error(format!(
            "{who} sets `{id}` to {value}, which goes from {min} to {max}"
        ))
        .at(fields.path(), span.clone())
        .label("outside the range");
        fields.report(match is_choice {
            true => diagnostic.help(listed(question)),
            false => diagnostic,
        });
        return None;
    }
    if range.kind.is_whole() && value.fract() != 0.0 {
        fields.error(
            format!("{who} sets `{id}` to {value}, which takes whole numbers"),
            span.clone(),
            "this has a fraction",
        );
        return None;
    }
    Some(value)
}

fn listed(question: &Question) -> String {
    let options: Vec<String> = question
        .options
        .iter()
        .map(|option| format!("`{option}`"))
        .collect();
    format!("its options are {}", options.join(", "))
}

#[cfg(test)]
mod tests;
