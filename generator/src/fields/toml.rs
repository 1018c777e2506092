//! TOML text to a [`Table`] with spans. A syntax error is reported and the
//! rest is still read, so that one stray quote does not hide other mistakes.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Kind, Table, Value};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Span};

/// Reads `text[at]` of the file at `path` as TOML; spans are offsets into `text`.
pub fn parse(path: &str, text: &str, at: Span) -> (Table, Vec<Diagnostic>) {
    let start = at.start;
    let (document, errors) = DeTable::parse_recoverable(&text[at.clone()]);
    let diagnostics = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            Diagnostic::error("this is not valid TOML")
                .at(path, span.start + start..span.end + start)
                .label(error.message())
        })
        .collect();
    let mut table = table(document.into_inner(), at, start);
    table.entries.sort_by_key(|entry| entry.key_span.start);
    (table, diagnostics)
}

fn table(table: DeTable<'_>, span: Span, offset: usize) -> Table {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| {
            let key_span = shifted(key.span(), offset);
            Entry {
                key: key.into_inner().into_owned(),
                key_span,
                value: self::value(value, offset),
            }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { entries, span }
}

fn value(value: Spanned<DeValue<'_>>, offset: usize) -> Value {
    let span = shifted(value.span(), offset);
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Text(text.into_owned()),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(integer) => Kind::Integer(integer),
            Err(_) => Kind::Float(f64::INFINITY),
        },
        DeValue::Float(float) => Kind::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Kind::Flag(flag),
        DeValue::Datetime(datetime) => {
            let text = datetime.to_string();
            Date::parse(&text).map_or(Kind::Text(text), Kind::Date)
        }
        DeValue::Array(items) => Kind::List(
            items
                .into_iter()
                .map(|item| self::value(item, offset))
                .collect(),
        ),
        DeValue::Table(inner) => Kind::Table(table(inner, span.clone(), offset)),
    };
    Value { kind, span }
}

fn shifted(span: Span, offset: usize) -> Span {
    span.start + offset..span.end + offset
}
