//! The tables of another generator: front matter and settings in TOML, YAML or JSON, asked for key
//! by key whatever the capitals, with the place of each. What nobody asked for is left to be carried as it is.

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Entry, Kind, Table, Value, parse_toml, parse_yaml_with_aliases};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Toml,
    Yaml,
    Json,
}

/// A table that is emptied while its keys are understood.
#[derive(Debug)]
pub struct Keys<'a> {
    pub path: &'a str,
    pub text: &'a str,
    left: Vec<Entry>,
    /// Names of keys that could not be read, where the others were read one by one.
    pub lost: Option<Vec<String>>,
    /// Jekyll's, which come from a post's folders too.
    categories: Vec<String>,
}

/// A page's front matter.
#[derive(Debug)]
pub struct Front<'a> {
    pub keys: Keys<'a>,
    /// Nobody knows then whether the page was to be published.
    pub is_broken: bool,
}

/// Where a file's front matter and its body are. Front matter that is never closed ends before the first empty line.
pub fn split(text: &str) -> (Option<(Format, Span)>, Span) {
    let first = text.lines().next().unwrap_or_default();
    let (format, fence) = match first.trim_end() {
        "+++" => (Format::Toml, "+++"),
        "---" => (Format::Yaml, "---"),
        line if line.starts_with('{') && !line.starts_with("{{") && !line.starts_with("{%") => {
            return match json_end(text) {
                Some(end) => (Some((Format::Json, 0..end)), end..text.len()),
                None => (None, 0..text.len()),
            };
        }
        _ => return (None, 0..text.len()),
    };
    let start = text.find('\n').map_or(text.len(), |end| end + 1);
    let mut at = start;
    let mut empty = None;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return (Some((format, start..at)), at + line.len()..text.len());
        }
        if line.trim().is_empty() {
            empty.get_or_insert(at);
        }
        at += line.len();
    }
    let first_key = text[start..].lines().next().unwrap_or_default();
    match begins_key(first_key, format) {
        true => {
            let end = empty.unwrap_or(text.len());
            (Some((format, start..end)), end..text.len())
        }
        // In YAML's signs, a rule.
        false => (None, 0..text.len()),
    }
}

/// The opening fence of front matter that lacks the closing one, where `split` found it.
pub fn unclosed(text: &str, front: &Span) -> Option<Span> {
    let fence = text[..front.start].trim_end();
    let closes = text[front.end..].starts_with(fence);
    (!closes && !fence.is_empty()).then_some(0..fence.len())
}

/// Whether a line begins the value of a key, or a table.
fn begins_key(line: &str, format: Format) -> bool {
    let name = |sign: char| {
        let name = line
            .split_once(sign)
            .map_or("", |(name, _)| name.trim_end());
        let is_part = |one: char| one.is_alphanumeric() || "-_.\"'".contains(one);
        !name.is_empty() && name.chars().all(is_part)
    };
    match format {
        Format::Toml => line.starts_with('[') || name('=') || name(':'),
        Format::Yaml | Format::Json => name(':') || name('='),
    }
}

/// The end of the object that a text begins with.
fn json_end(text: &str) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}

impl<'a> Keys<'a> {
    /// Reads `text[at]`; what is broken in it is handed over.
    pub fn read(
        path: &'a str,
        text: &'a str,
        format: Format,
        at: Span,
        notes: &mut Vec<Diagnostic>,
    ) -> Self {
        let parse = match format {
            Format::Toml => parse_toml,
            Format::Yaml | Format::Json => parse_yaml_with_aliases,
        };
        let (mut table, broken) = parse(path, text, at.clone());
        let mut lost = None;
        let is_torn = !broken.is_empty() && !broken.iter().all(is_repeated);
        if is_torn && format != Format::Json {
            let (readable, names) = key_by_key(path, text, at, format);
            table = readable;
            lost = Some(names);
        }
        notes.extend(broken.into_iter().map(|one| Diagnostic {
            severity: crate::diagnostic::Severity::Warning,
            ..one
        }));
        Self {
            lost,
            ..Self::of(path, text, &table)
        }
    }

    pub fn of(path: &'a str, text: &'a str, table: &Table) -> Self {
        let left = table.entries.iter();
        Self {
            path,
            text,
            left: left
                .filter(|entry| entry.value.kind != Kind::Null)
                .cloned()
                .collect(),
            lost: None,
            categories: Vec::new(),
        }
    }

    pub fn with_categories(self, categories: Vec<String>) -> Self {
        Self { categories, ..self }
    }

    pub fn categories(&self) -> Vec<String> {
        self.categories.clone()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.left.iter()
    }

    /// Leaves a key for later that was taken to be looked at.
    pub fn put_back(&mut self, key: &str, value: Value) {
        self.left.push(Entry {
            key: key.to_owned(),
            key_span: value.span.clone(),
            value,
        });
    }

    pub fn empty(path: &'a str, text: &'a str) -> Self {
        Self::of(path, text, &Table::default())
    }

    pub fn take(&mut self, key: &str) -> Option<Value> {
        let place = self
            .left
            .iter()
            .position(|entry| entry.key.eq_ignore_ascii_case(key))?;
        Some(self.left.remove(place).value)
    }

    /// A value that is looked at and left.
    pub fn peek(&self, key: &str) -> Option<&Value> {
        let found = self
            .left
            .iter()
            .find(|entry| entry.key.eq_ignore_ascii_case(key));
        found.map(|entry| &entry.value)
    }

    /// The first of several names that is there.
    pub fn take_any(&mut self, keys: &[&str]) -> Option<Value> {
        keys.iter().find_map(|key| self.take(key))
    }

    /// A key's value as a text, numbers and dates as they are written.
    pub fn take_text(&mut self, key: &str) -> Option<String> {
        let value = self.take(key)?;
        text_of(&value, self.text)
    }

    pub fn take_flag(&mut self, key: &str) -> Option<bool> {
        match self.take(key)?.kind {
            Kind::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// Whether search engines are to leave a page out, however a theme or a plugin lets authors say it. What is to be in
    /// no sitemap is not meant to be found either.
    pub fn take_noindex(&mut self) -> bool {
        let is_on = |value: &Value| value.kind == Kind::Flag(true);
        let flags = ["noindex", "robotsnoindex"].map(|key| self.take(key));
        let asked = flags.iter().flatten().any(is_on);
        let robots = self
            .peek("robots")
            .and_then(|robots| text_of(robots, self.text));
        let refused = robots.is_some_and(|robots| robots.to_lowercase().contains("noindex"));
        let unlisted = match self.take("sitemap").map(|value| value.kind) {
            Some(Kind::Flag(listed)) => !listed,
            Some(Kind::Table(sitemap)) => sitemap
                .get("disable")
                .is_some_and(|disable| is_on(&disable.value)),
            _ => false,
        };
        asked || refused || unlisted
    }

    pub fn take_count(&mut self, key: &str) -> Option<i64> {
        match self.take(key)?.kind {
            Kind::Integer(count) if count >= 0 => Some(count),
            _ => None,
        }
    }

    pub fn take_table(&mut self, key: &str) -> Option<Keys<'a>> {
        match self.take(key)?.kind {
            Kind::Table(table) => Some(Keys::of(self.path, self.text, &table)),
            _ => None,
        }
    }

    /// A text, or a list of texts, or of tables with names.
    pub fn take_texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.take(key)?;
        Some(match &value.kind {
            Kind::List(items) => {
                let texts = items.iter();
                texts
                    .filter_map(|item| text_of(item, self.text).or_else(|| name_of(item)))
                    .collect()
            }
            _ => text_of(&value, self.text).into_iter().collect(),
        })
    }

    /// What nobody has asked for.
    pub fn rest(self) -> Vec<Entry> {
        self.left
    }
}

/// Whether something is only written twice, so that the first counts.
pub fn is_repeated(wrong: &Diagnostic) -> bool {
    wrong.message.ends_with("is written twice") || wrong.label == "duplicate key"
}

/// What can be read of broken front matter when each key stands by itself, in its own format or the
/// other, and the names of the others. A table of TOML is one piece.
fn key_by_key(path: &str, text: &str, at: Span, format: Format) -> (Table, Vec<String>) {
    let mut pieces: Vec<Span> = Vec::new();
    let mut start = at.start;
    let mut in_table = false;
    for line in text[at.clone()].split_inclusive('\n') {
        let end = start + line.len();
        let is_table = format == Format::Toml && line.starts_with('[');
        in_table |= is_table;
        let begins = is_table || !in_table && begins_key(line, format);
        match pieces.last_mut() {
            Some(piece) if !begins => piece.end = end,
            _ => pieces.push(start..end),
        }
        start = end;
    }
    let mut table = Table {
        entries: Vec::new(),
        span: at,
    };
    let mut lost = Vec::new();
    for piece in pieces {
        match readable(path, text, piece.clone(), format) {
            entries if !entries.is_empty() => table.entries.extend(entries),
            _ => {
                let line = text[piece].lines().next().unwrap_or_default().trim();
                let name = line.split([':', '=']).next().unwrap_or(line);
                let name = name.trim_matches(['[', ']', ' ']);
                lost.extend(Some(name.to_owned()).filter(|name| !name.is_empty()));
            }
        }
    }
    (table, lost)
}

/// The keys in one piece of broken front matter.
fn readable(path: &str, text: &str, piece: Span, format: Format) -> Vec<Entry> {
    let (yaml, torn_yaml) = parse_yaml_with_aliases(path, text, piece.clone());
    let (toml, torn_toml) = parse_toml(path, text, piece.clone());
    let (own, other) = match format {
        Format::Toml => ((toml, torn_toml), (yaml, torn_yaml)),
        Format::Yaml | Format::Json => ((yaml, torn_yaml), (toml, torn_toml)),
    };
    for (table, torn) in [&own, &other] {
        if torn.is_empty() && !table.entries.is_empty() {
            return table.entries.clone();
        }
    }
    match plain_title(text, piece) {
        Some(title) => vec![title],
        None => {
            // TOML is read as far as it can be.
            let says_something = |entry: &Entry| {
                !entry.key.is_empty() && entry.value.kind != Kind::Text(String::new())
            };
            own.0.entries.into_iter().filter(says_something).collect()
        }
    }
}

/// `title: Rust: a tale` or `title = Rust`, which mean what they say although they are neither YAML nor TOML.
fn plain_title(text: &str, piece: Span) -> Option<Entry> {
    let line = text[piece.clone()].trim_end();
    let (key, title) = line.split_once([':', '='])?;
    let (key, title) = (key.trim_end(), title.trim());
    let title = title.trim_matches(['"', '\'']);
    let is_title = key.eq_ignore_ascii_case("title") && !title.is_empty() && !title.contains('\n');
    let span = piece.start..piece.start + line.len();
    is_title.then(|| Entry {
        key: key.to_owned(),
        key_span: span.clone(),
        value: Value {
            kind: Kind::Text(title.to_owned()),
            span,
        },
    })
}

pub fn text_of(value: &Value, text: &str) -> Option<String> {
    match &value.kind {
        Kind::Text(text) => Some(text.clone()),
        Kind::Integer(_) | Kind::Float(_) | Kind::Flag(_) | Kind::Date(_) => {
            Some(written(value, text).to_owned())
        }
        Kind::Null | Kind::List(_) | Kind::Table(_) => None,
    }
}

/// The name in a table, such as that of an author.
fn name_of(value: &Value) -> Option<String> {
    let Kind::Table(table) = &value.kind else {
        return None;
    };
    match &table.get("name")?.value.kind {
        Kind::Text(name) => Some(name.clone()),
        _ => None,
    }
}

/// A value's date, also of a text; Hugo and Jekyll take more forms than are read as dates here.
pub fn date_of(value: &Value, text: &str) -> Option<Date> {
    match &value.kind {
        Kind::Date(date) => Some(*date),
        Kind::Text(_) | Kind::Integer(_) => date(&text_of(value, text)?).map(|(date, _)| date),
        _ => None,
    }
}

/// A date in one of the forms that are common, with a form that is read here.
pub fn date(written: &str) -> Option<(Date, String)> {
    let written = written.trim();
    let named = written.trim_end_matches(" UTC").trim_end_matches(" GMT");
    let day_first = written.split('T').next().unwrap_or_default();
    let day = written.get(..10).unwrap_or_default().replace('/', "-");
    let short: String = written
        .split(['-', '/', ' '])
        .take(3)
        .map(|part| format!("{part:0>2}"))
        .collect::<Vec<String>>()
        .join("-");
    // `2020-01-01 9:00` and the like lose their hour, and keep their day.
    [written, named, &padded(written), day_first, &day, &short]
        .into_iter()
        .find_map(|form| Some((Date::parse(form)?, form.to_owned())))
}

/// `2020-01-01 9:05` with two digits for the hour, and with seconds.
fn padded(written: &str) -> String {
    let Some((day, time)) = written.split_once([' ', 'T']) else {
        return written.to_owned();
    };
    let (time, offset) = time.split_once(' ').unwrap_or((time, ""));
    let time = match time.find(':') {
        Some(1) => format!("0{time}"),
        _ => time.to_owned(),
    };
    let seconds = if time.matches(':').count() == 1 {
        ":00"
    } else {
        ""
    };
    let joint = if offset.is_empty() { "" } else { " " };
    format!("{day} {time}{seconds}{joint}{offset}")
}

pub fn written<'t>(value: &Value, text: &'t str) -> &'t str {
    text.get(value.span.clone()).unwrap_or_default().trim()
}

/// A value as TOML; `None` for an empty one.
pub fn toml_value(value: &Value, text: &str) -> Option<toml::Value> {
    Some(match &value.kind {
        Kind::Null => return None,
        Kind::Text(text) => toml::Value::String(text.clone()),
        Kind::Integer(integer) => toml::Value::Integer(*integer),
        Kind::Float(float) => toml::Value::Float(*float),
        Kind::Flag(flag) => toml::Value::Boolean(*flag),
        Kind::Date(_) => toml_date(written(value, text)),
        Kind::List(items) => {
            let items = items.iter();
            toml::Value::Array(items.filter_map(|item| toml_value(item, text)).collect())
        }
        Kind::Table(table) => toml::Value::Table(toml_table(&table.entries, text)),
    })
}

pub fn toml_table(entries: &[Entry], text: &str) -> toml::Table {
    let entries = entries.iter();
    entries
        .filter_map(|entry| Some((entry.key.clone(), toml_value(&entry.value, text)?)))
        .collect()
}

/// A date as TOML writes it, or in quotes where TOML has no such form.
pub fn toml_date(written: &str) -> toml::Value {
    let bare = written.trim_matches(['"', '\'']);
    match bare.parse() {
        Ok(date) => toml::Value::Datetime(date),
        Err(_) => toml::Value::String(bare.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_in_three_formats() {
        let inside = |text: &'static str| {
            let (front, body) = split(text);
            (front.map(|(_, span)| &text[span]), &text[body])
        };
        assert_eq!(inside("+++\na = 1\n+++\nb"), (Some("a = 1\n"), "b"));
        assert_eq!(inside("---\na: 1\n---\nb"), (Some("a: 1\n"), "b"));
        assert_eq!(inside("{\"a\": 1}\nb"), (Some("{\"a\": 1}"), "\nb"));
        assert_eq!(inside("---\nb"), (None, "---\nb"));
        assert_eq!(inside("{{ b }}"), (None, "{{ b }}"));
    }

    #[test]
    fn dates_are_read_as_their_authors_mean_them() {
        let day = |written| date(written).map(|(date, _)| date.day().to_string());
        for written in [
            "2019-05-01",
            "2019-05-01 10:00",
            "2019-05-01 9:00:00 -0400",
            "2019/05/01",
            "2019-5-1",
            "2019-05-01 10:00:00 UTC",
        ] {
            assert_eq!(day(written), Some("2019-05-01".to_owned()), "{written}");
        }
        assert_eq!(day("soon"), None);
    }
}
