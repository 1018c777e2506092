//! Typed reading of the tables that authors write: front matter, `site.toml`,
//! `theme.toml`, estimate models. Text comes in as TOML or YAML and becomes one
//! tree in which every key and value knows its span; [`Fields`] then asks for
//! keys by name, collects what is wrong, and refuses keys that nobody asked for.

mod toml;
mod yaml;

use std::sync::Arc;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place, Span};

pub use self::toml::parse as parse_toml;
pub use self::yaml::{
    document as parse_yaml_document, parse as parse_yaml,
    parse_with_aliases as parse_yaml_with_aliases,
};

/// A value with the place it was written at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    pub kind: Kind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// An empty value in YAML (`tags:`). TOML has none.
    Null,
    Text(String),
    Integer(i64),
    Float(f64),
    Flag(bool),
    Date(Date),
    List(Vec<Value>),
    Table(Table),
}

impl Kind {
    /// The kind's name as an author would say it.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Null => "nothing",
            Kind::Text(_) => "a text",
            Kind::Integer(_) => "a whole number",
            Kind::Float(_) => "a number",
            Kind::Flag(_) => "true or false",
            Kind::Date(_) => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }
}

/// Keys and values in the order in which they were written; a key occurs once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub entries: Vec<Entry>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Value,
}

impl Table {
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The table as data for templates; dates become texts.
    pub fn json(&self) -> Json {
        self.entries
            .iter()
            .map(|entry| (entry.key.clone(), entry.value.json()))
            .collect()
    }
}

impl Value {
    /// The value as data for templates; dates become texts.
    pub fn json(&self) -> Json {
        match &self.kind {
            Kind::Null => Json::Null,
            Kind::Text(text) => text.clone().into(),
            Kind::Integer(integer) => (*integer).into(),
            Kind::Float(float) => (*float).into(),
            Kind::Flag(flag) => (*flag).into(),
            Kind::Date(date) => date.day().to_string().into(),
            Kind::List(items) => items.iter().map(Value::json).collect(),
            Kind::Table(table) => table.json(),
        }
    }
}

/// Something read from a table, with the span to point at if it turns out wrong later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// Something that reaches a page from its own front matter or from a section's defaults, with the
/// file and the place that it was written at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written<T> {
    pub value: T,
    /// One name for all that stands in a file: large sites have a great many terms.
    pub file: Arc<str>,
    pub span: Span,
}

impl<T> Written<T> {
    pub fn place(&self) -> Place {
        Place {
            path: self.file.to_string(),
            span: Some(self.span.clone()),
        }
    }
}

impl<T> Spanned<T> {
    /// The same, outside of its file.
    pub fn in_file(self, file: impl Into<Arc<str>>) -> Written<T> {
        Written {
            value: self.value,
            file: file.into(),
            span: self.span,
        }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned {
            value: change(self.value),
            span: self.span,
        }
    }
}

/// Reads one table key by key. Every key that is asked for is known; what is
/// left when [`Fields::finish`] is called is reported as unknown.
pub struct Fields<'a> {
    path: &'a str,
    table: &'a Table,
    known: Vec<&'static str>,
    /// By whose clock dates are told.
    zone: Option<&'a TimeZone>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    pub fn new(path: &'a str, table: &'a Table, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            path,
            table,
            known: Vec::new(),
            zone: None,
            diagnostics,
        }
    }

    /// The same with dates told by the clock of a zone.
    pub fn in_zone(self, zone: Option<&'a TimeZone>) -> Self {
        Self { zone, ..self }
    }

    /// By whose clock dates are told.
    pub fn zone(&self) -> Option<&'a TimeZone> {
        self.zone
    }

    /// The file being read, for diagnostics of the caller's own.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The keys that were asked for so far.
    pub fn known(&self) -> &[&'static str] {
        &self.known
    }

    /// Where the table was written.
    pub fn span(&self) -> Span {
        self.table.span.clone()
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports an error at a span of this file.
    pub fn error(&mut self, message: impl Into<String>, span: Span, label: impl Into<String>) {
        self.report(Diagnostic::error(message).at(self.path, span).label(label));
    }

    /// The diagnostics so far, to be handed to a reader of a nested table.
    pub fn diagnostics(&mut self) -> &mut Vec<Diagnostic> {
        self.diagnostics
    }

    /// Whether the key was written, with a value.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// The raw value of a key; `null` counts as not written.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        self.table
            .get(key)
            .map(|entry| &entry.value)
            .filter(|value| value.kind != Kind::Null)
    }

    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        match &value.kind {
            Kind::Text(text) => Some(Spanned {
                value: text.clone(),
                span: value.span.clone(),
            }),
            _ => self.wrong_kind(key, "a text in quotes", value),
        }
    }

    /// A text that the table cannot do without.
    pub fn required_text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.require(key)?;
        self.text(key)
    }

    /// A finite number, whole or not.
    pub fn number(&mut self, key: &'static str) -> Option<Spanned<f64>> {
        let value = self.value(key)?;
        match number(value) {
            Some(number) => Some(Spanned {
                value: number,
                span: value.span.clone(),
            }),
            None => self.wrong_kind(key, "a finite number", value),
        }
    }

    pub fn required_number(&mut self, key: &'static str) -> Option<Spanned<f64>> {
        self.require(key)?;
        self.number(key)
    }

    pub fn integer(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        let value = self.value(key)?;
        match value.kind {
            Kind::Integer(integer) => Some(Spanned {
                value: integer,
                span: value.span.clone(),
            }),
            _ => self.wrong_kind(key, "a whole number", value),
        }
    }

    /// A whole number from 0 on.
    pub fn count(&mut self, key: &'static str) -> Option<usize> {
        let number = self.integer(key)?;
        let count = usize::try_from(number.value).ok();
        if count.is_none() {
            let message = format!("`{key}` is negative");
            self.error(message, number.span, "a count from 0 on");
        }
        count
    }

    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        match value.kind {
            Kind::Flag(flag) => Some(flag),
            _ => self.wrong_kind(key, "`true` or `false` without quotes", value),
        }
    }

    /// A date such as `2026-05-01` or `2026-05-01T09:30:00+02:00`, also when written as text.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        let value = self.value(key)?;
        let date = match &value.kind {
            Kind::Date(date) => Some(*date),
            Kind::Text(text) => Date::parse(text),
            _ => None,
        };
        match date {
            Some(date) => Some(Spanned {
                value: self.zone.map_or(date, |zone| date.in_zone(zone)),
                span: value.span.clone(),
            }),
            None => self.wrong_date(key, value),
        }
    }

    fn wrong_date<T>(&mut self, key: &str, value: &Value) -> Option<T> {
        let Kind::Text(text) = &value.kind else {
            return self.wrong_kind(key, "a date such as 2026-05-01", value);
        };
        if let Some(why) = Date::missing_day(text) {
            let message = format!("`{key}` is no day of the calendar");
            self.error(message, value.span.clone(), why);
        } else {
            let message = format!("`{key}` must be a date such as 2026-05-01");
            let wrong = Diagnostic::error(message)
                .at(self.path, value.span.clone())
                .label("this is a text");
            let day = text.get(..10).filter(|day| Date::parse(day).is_some());
            self.report(match day {
                Some(day) => wrong.help(format!(
                    "a time is written as in `{day}T09:30`, and what it is ahead of UTC as in `{day}T09:30+02:00`"
                )),
                None => wrong.help(DATE_FORM),
            });
        }
        None
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        let items = self.list_of(key, "a list of texts")?;
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                Kind::Text(text) => texts.push(Spanned {
                    value: text.clone(),
                    span: item.span.clone(),
                }),
                _ => {
                    let _: Option<()> = self.wrong_kind(key, "a list of texts", item);
                }
            }
        }
        Some(texts)
    }

    /// A list of finite numbers.
    pub fn numbers(&mut self, key: &'static str) -> Option<Spanned<Vec<f64>>> {
        let value = self.value(key)?;
        let items = self.list_of(key, "a list of finite numbers")?;
        let mut numbers = Vec::with_capacity(items.len());
        for item in items {
            match number(item) {
                Some(number) => numbers.push(number),
                None => return self.wrong_kind(key, "a list of finite numbers", item),
            }
        }
        Some(Spanned {
            value: numbers,
            span: value.span.clone(),
        })
    }

    pub fn list(&mut self, key: &'static str) -> Option<&'a [Value]> {
        self.list_of(key, "a list")
    }

    fn list_of(&mut self, key: &'static str, expected: &str) -> Option<&'a [Value]> {
        let value = self.value(key)?;
        match &value.kind {
            Kind::List(items) => Some(items),
            _ => self.wrong_kind(key, expected, value),
        }
    }

    pub fn table(&mut self, key: &'static str) -> Option<&'a Table> {
        let value = self.value(key)?;
        match &value.kind {
            Kind::Table(table) => Some(table),
            _ => self.wrong_kind(key, "a table", value),
        }
    }

    /// A list of tables (`[[key]]` in TOML); empty when it was not written.
    pub fn tables(&mut self, key: &'static str) -> Vec<&'a Table> {
        let Some(items) = self.list_of(key, "a list of tables") else {
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                Kind::Table(table) => tables.push(table),
                _ => {
                    let _: Option<()> = self.wrong_kind(key, "a list of tables", item);
                }
            }
        }
        tables
    }

    /// Where a key is written, whatever it says.
    pub fn key(&mut self, key: &'static str) -> Option<Span> {
        self.known.push(key);
        self.table.get(key).map(|entry| entry.key_span.clone())
    }

    /// Marks a key as known without reading it.
    pub fn allow(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// Reports every key that nobody asked for, with the closest one that exists.
    pub fn finish(self) {
        for entry in &self.table.entries {
            if self.known.contains(&entry.key.as_str()) {
                continue;
            }
            let mut diagnostic = Diagnostic::error(format!("unknown key `{}`", entry.key))
                .at(self.path, entry.key_span.clone())
                .label("nothing reads this")
                .suggest(&entry.key, self.known.iter().copied());
            if diagnostic.help.is_empty() && self.known.contains(&"extra") {
                let is_list = matches!(entry.value.kind, Kind::List(_));
                diagnostic = diagnostic.help(match is_list && self.known.contains(&"tags") {
                    true => "terms of a taxonomy belong under `taxonomies`, keys of your own under `extra`",
                    false => "keys of your own belong under `extra`",
                });
            }
            self.diagnostics.push(diagnostic);
        }
    }

    fn require(&mut self, key: &'static str) -> Option<()> {
        if self.has(key) {
            return Some(());
        }
        let start = self.table.span.start;
        self.error(
            format!("`{key}` is missing"),
            start..self.table.span.end.min(start + 1),
            format!("this needs a `{key}`"),
        );
        None
    }

    fn wrong_kind<T>(&mut self, key: &str, expected: &str, value: &Value) -> Option<T> {
        let wrong = Diagnostic::error(format!("`{key}` must be {expected}"))
            .at(self.path, value.span.clone())
            .label(format!("this is {}", value.kind.name()));
        self.report(match meant(key, expected, &value.kind) {
            Some(help) => wrong.help(help),
            None => wrong,
        });
        None
    }
}

/// How a value of the wrong kind would be written if it was meant.
fn meant(key: &str, expected: &str, kind: &Kind) -> Option<String> {
    match kind {
        Kind::Table(_) if expected == "a list of tables" => Some(format!("write `[[{key}]]`")),
        Kind::Text(text) if matches!(expected, "a list" | "a list of texts") => {
            Some(format!("write `[{}]`", in_quotes(text)))
        }
        Kind::Text(text) if expected.contains("number") => {
            let number = text.trim();
            let is_number = number.parse::<f64>().is_ok_and(f64::is_finite);
            is_number.then(|| format!("write `{number}` without quotes"))
        }
        Kind::Text(text) if expected.contains("`true`") => {
            match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => Some("write `true`".to_owned()),
                "false" | "no" | "off" | "0" => Some("write `false`".to_owned()),
                _ => None,
            }
        }
        Kind::Integer(_) | Kind::Float(_) | Kind::Flag(_) | Kind::Date(_)
            if expected.contains("text") && !expected.contains("tables") =>
        {
            Some("put it in quotes".to_owned())
        }
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value.kind {
        // Exact for every whole number an author would write (below 2^53).
        Kind::Integer(integer) => Some(integer as f64),
        Kind::Float(float) if float.is_finite() => Some(float),
        _ => None,
    }
}

/// How a date is written.
const DATE_FORM: &str = "a date is the year, the month and the day, in this order";

/// A text as authors write it in quotes.
fn in_quotes(text: &str) -> String {
    if text.len() > 80 {
        return "\"…\"".to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a word can be a key without quotes.
fn is_plain_key(key: &str) -> bool {
    let fits = |one: char| one.is_ascii_alphanumeric() || "-_.".contains(one);
    !key.is_empty() && key.chars().all(fits)
}

/// The line that holds a place.
fn line_around(text: &str, at: usize) -> Span {
    let at = text.floor_char_boundary(at.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length);
    start..end
}
