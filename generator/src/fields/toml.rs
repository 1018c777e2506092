//! TOML text to a [`Table`] with spans. A syntax error is reported and the
//! rest is still read, so that one stray quote does not hide other mistakes.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{DATE_FORM, Entry, Kind, Table, Value, in_quotes, is_plain_key, line_around};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Span};

/// Reads `text[at]` of the file at `path` as TOML; spans are offsets into `text`.
pub fn parse(path: &str, text: &str, at: Span) -> (Table, Vec<Diagnostic>) {
    let start = at.start;
    let (document, errors) = DeTable::parse_recoverable(&text[at.clone()]);
    let mut wrong: Vec<(Span, &str)> = errors
        .iter()
        .map(|error| {
            let span = shifted(error.span().unwrap_or(0..0), start);
            (span, error.message())
        })
        .collect();
    // What follows a slip in its line is read wrongly too.
    wrong.sort_by_key(|(span, _)| span.start);
    wrong.dedup_by_key(|(span, _)| line_around(text, span.start).start);
    let strays: Vec<Span> = wrong
        .iter()
        .filter_map(|(span, _)| below_broken_header(text, span.start, at.end))
        .collect();
    let diagnostics = wrong
        .into_iter()
        .map(|(span, message)| {
            if let Some(why) = text.get(span.clone()).and_then(Date::missing_day) {
                return Diagnostic::error("this is no day of the calendar")
                    .at(path, span)
                    .label(why);
            }
            let line = line_around(text, span.start);
            let invalid = Diagnostic::error("this is not valid TOML")
                .at(path, span)
                .label(message);
            match advice(&text[line]) {
                Some(advice) => invalid.help(advice),
                None => invalid,
            }
        })
        .collect();
    let mut table = table(document.into_inner(), at, start);
    table.entries.sort_by_key(|entry| entry.key_span.start);
    let is_stray = |entry: &Entry| {
        let starts = [entry.key_span.start, entry.value.span.start];
        let mut spans = strays.iter();
        spans.any(|span| starts.iter().any(|start| span.contains(start)))
    };
    table.entries.retain(|entry| !is_stray(entry));
    (table, diagnostics)
}

/// The lines of a table whose name is broken where it is written: what stands there would seem to belong to another.
fn below_broken_header(text: &str, at: usize, end: usize) -> Option<Span> {
    let header = line_around(text, at);
    header_name(&text[header.clone()])?;
    let lines = text.get(header.end..end)?.split_inclusive('\n');
    let below = lines.take_while(|line| header_name(line).is_none());
    Some(header.start..header.end + below.map(str::len).sum::<usize>())
}

/// The name in a line that begins as one above a table does.
fn header_name(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?;
    let name = name.trim_matches(['[', ']', ' ']);
    is_plain_key(name).then_some(name)
}

/// What most likely was meant in a line that is no TOML.
fn advice(line: &str) -> Option<String> {
    if let Some(name) = header_name(line) {
        return Some(match line.trim().starts_with("[[") {
            true => format!("write `[[{name}]]`"),
            false => format!("write `[{name}]`"),
        });
    }
    let sign = line.find(['=', ':'])?;
    let (key, value) = (line[..sign].trim(), line[sign + 1..].trim());
    if !is_plain_key(key) {
        return None;
    }
    if line[sign..].starts_with(':') {
        return Some(format!(
            "write `{key} = …`: TOML has `=` where YAML has `:`"
        ));
    }
    let first = value.chars().next()?;
    let quotes = value.matches('"').count();
    match first {
        _ if value.trim_matches(is_curly) != value => Some(match number_in(value) {
            Some(number) => format!("a number has no quotes: write `{key} = {number}`"),
            None => format!("quotes are straight in TOML: write `{key} = \"…\"`"),
        }),
        '[' if value.contains(is_curly) && !value.contains('"') => Some(format!(
            "quotes are straight in TOML: write `{key} = [\"…\"]`"
        )),
        _ if is_date_in_other_form(value) => Some(format!("{DATE_FORM}: `{key} = 2026-05-01`")),
        '"' if quotes == 1 => Some(format!(
            "close the quote: `{key} = {}`",
            in_quotes(&value[1..])
        )),
        '\'' if value.matches('\'').count() > 2 => Some(format!(
            "a text with `'` in it stands between `\"`: `{key} = {}`",
            in_quotes(value.trim_matches('\''))
        )),
        '"' if quotes > 2 => Some("write `\\\"` for a quote inside of a text".to_owned()),
        _ if first.is_alphabetic() && !matches!(value, "true" | "false") => Some(format!(
            "put the text in quotes: `{key} = {}`",
            in_quotes(value)
        )),
        _ => None,
    }
}

/// Quotes that word processors make of straight ones.
fn is_curly(one: char) -> bool {
    "“”„«»‘’‚‹›".contains(one)
}

/// The number in a value that is one but for its quotes.
fn number_in(value: &str) -> Option<&str> {
    let inside = value.trim_matches(is_curly);
    inside.parse::<f64>().is_ok().then_some(inside)
}

/// `11/23/2026` or `23.11.2026`.
fn is_date_in_other_form(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['/', '.']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(is_number)
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
