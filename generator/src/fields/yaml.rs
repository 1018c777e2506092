//! YAML text to a [`Table`] with spans, for front matter between `---` lines.
//! Anchors and aliases are refused: nobody needs them there, and they let a few
//! bytes grow without bound. Settings of other generators have them, so an import
//! reads them, up to a size.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

use super::{Entry, Kind, Table, Value, in_quotes, is_plain_key, line_around};
use crate::diagnostic::{Diagnostic, Span};

/// Deeper nesting than any front matter has; the reader recurses that far.
const DEEPEST: usize = 64;

/// More values than aliases repeat in any settings.
const MOST_REPEATED: usize = 10_000;

/// Reads `text[at]` of the file at `path` as a YAML table; spans are offsets into `text`.
pub fn parse(path: &str, text: &str, at: Span) -> (Table, Vec<Diagnostic>) {
    table(path, text, at.clone(), document(path, text, at))
}

/// The same with what aliases stand for in their places.
pub fn parse_with_aliases(path: &str, text: &str, at: Span) -> (Table, Vec<Diagnostic>) {
    let mut reader = Reader::new(&text[at.clone()], at.start);
    reader.anchors = Some(BTreeMap::new());
    table(path, text, at.clone(), reader.read(path, text, at))
}

fn table(
    path: &str,
    text: &str,
    at: Span,
    (value, mut diagnostics): (Value, Vec<Diagnostic>),
) -> (Table, Vec<Diagnostic>) {
    let empty = Table {
        entries: Vec::new(),
        span: at.clone(),
    };
    let table = match value.kind {
        Kind::Table(table) => Table { span: at, ..table },
        Kind::Null => empty,
        kind => {
            let advice = advice(&text[line_around(text, value.span.start)]);
            let wrong = Diagnostic::error("front matter must be `key: value` lines")
                .at(path, value.span)
                .label(format!("this is {}", kind.name()));
            diagnostics.push(match advice {
                Some(advice) => wrong.help(advice),
                None => wrong,
            });
            empty
        }
    };
    (table, diagnostics)
}

/// Reads `text[at]` as YAML that may be anything: a list as well as a table. What is broken is nothing.
pub fn document(path: &str, text: &str, at: Span) -> (Value, Vec<Diagnostic>) {
    Reader::new(&text[at.clone()], at.start).read(path, text, at)
}

struct Broken {
    message: String,
    span: Span,
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// Byte offset in the file of every character of the text, and of its end.
    offsets: Vec<usize>,
    repeated: Vec<(String, Span)>,
    /// What has a name, if names are read.
    anchors: Option<BTreeMap<usize, Value>>,
    /// Values that aliases have repeated.
    copied: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, start: usize) -> Self {
        let offsets = text
            .char_indices()
            .map(|(offset, _)| offset + start)
            .chain([text.len() + start])
            .collect();
        Self {
            parser: Parser::new_from_str(text),
            offsets,
            repeated: Vec::new(),
            anchors: None,
            copied: 0,
        }
    }

    fn read(mut self, path: &str, text: &str, at: Span) -> (Value, Vec<Diagnostic>) {
        match self.document() {
            Ok(value) => (value, self.repeated_keys(path)),
            Err(Broken { message, span }) => {
                let nothing = Value {
                    kind: Kind::Null,
                    span: at,
                };
                let line = line_around(text, span.start);
                let invalid = Diagnostic::error("this is not valid YAML")
                    .at(path, span)
                    .label(message);
                let invalid = match advice(&text[line]) {
                    Some(advice) => invalid.help(advice),
                    None => invalid,
                };
                (nothing, vec![invalid])
            }
        }
    }

    fn document(&mut self) -> Result<Value, Broken> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd | Event::DocumentEnd => {
                    return Ok(Value {
                        kind: Kind::Null,
                        span,
                    });
                }
                event => return self.value(event, span, 0),
            }
        }
    }

    fn value(&mut self, event: Event<'_>, span: Span, depth: usize) -> Result<Value, Broken> {
        if depth > DEEPEST {
            return Err(Broken {
                message: format!("nested more than {DEEPEST} levels deep"),
                span,
            });
        }
        let anchor = match event {
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _) => anchor,
            Event::Alias(anchor) => return self.alias(anchor, span),
            _ => 0,
        };
        if anchor != 0 && self.anchors.is_none() {
            return Err(no_aliases(span));
        }
        let value = match event {
            Event::Scalar(text, style, ..) => Value {
                kind: match style {
                    ScalarStyle::Plain => plain(&text),
                    _ => Kind::Text(text.into_owned()),
                },
                span,
            },
            Event::SequenceStart(..) => self.list(span, depth)?,
            Event::MappingStart(..) => self.table(span, depth)?,
            _ => return Err(no_aliases(span)),
        };
        if let Some(anchors) = self.anchors.as_mut().filter(|_| anchor != 0) {
            anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Value, Broken> {
        let Some(anchors) = &self.anchors else {
            return Err(no_aliases(span));
        };
        let Some(value) = anchors.get(&anchor) else {
            let message = "nothing has this name".to_owned();
            return Err(Broken { message, span });
        };
        self.copied += size(value);
        match self.copied > MOST_REPEATED {
            true => Err(Broken {
                message: "aliases repeat too much".to_owned(),
                span,
            }),
            false => Ok(value.clone()),
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Value, Broken> {
        let mut items: Vec<Value> = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => {
                    return Ok(Value {
                        span: whole(&start, items.last().map(|item| &item.span), &end),
                        kind: Kind::List(items),
                    });
                }
                (event, span) => items.push(self.value(event, span, depth + 1)?),
            }
        }
    }

    fn table(&mut self, start: Span, depth: usize) -> Result<Value, Broken> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, end) => {
                    let span = whole(&start, entries.last().map(|entry| &entry.value.span), &end);
                    return Ok(Value {
                        kind: Kind::Table(Table {
                            entries,
                            span: span.clone(),
                        }),
                        span,
                    });
                }
                (Event::Scalar(key, _, 0, _), key_span) => {
                    let (event, span) = self.next()?;
                    let value = self.value(event, span, depth + 1)?;
                    // `<<: *name` puts in the keys of another table.
                    if let (Some(_), "<<", Kind::Table(other)) =
                        (&self.anchors, key.as_ref(), &value.kind)
                    {
                        entries.extend(other.entries.iter().cloned());
                        continue;
                    }
                    if self.anchors.is_some() {
                        // Its own keys count more than those, and the last of several the most.
                        entries.retain(|entry| entry.key != key);
                    }
                    if entries.iter().any(|entry| entry.key == key) {
                        self.repeated.push((key.into_owned(), key_span));
                        continue;
                    }
                    entries.push(Entry {
                        key: key.into_owned(),
                        key_span,
                        value,
                    });
                }
                (_, span) => {
                    return Err(Broken {
                        message: "a key must be plain text".to_owned(),
                        span,
                    });
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Broken> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((
                event,
                self.offset(span.start.index())..self.offset(span.end.index()),
            )),
            Some(Err(error)) => {
                let at = self.offset(error.marker().index());
                Err(Broken {
                    message: error.info().to_owned(),
                    span: at..at,
                })
            }
            None => {
                let end = self.offset(usize::MAX);
                Ok((Event::StreamEnd, end..end))
            }
        }
    }

    fn offset(&self, character: usize) -> usize {
        self.offsets[character.min(self.offsets.len() - 1)]
    }

    fn repeated_keys(self, path: &str) -> Vec<Diagnostic> {
        self.repeated
            .into_iter()
            .map(|(key, span)| {
                Diagnostic::error(format!("`{key}` is written twice"))
                    .at(path, span)
                    .label("the second one")
                    .help("keep one of the two")
            })
            .collect()
    }
}

/// What most likely was meant in a line that is no YAML.
fn advice(line: &str) -> Option<String> {
    if line.starts_with('\t') {
        return Some("indent with spaces: YAML takes no tabs".to_owned());
    }
    if let Some(item) = line.trim_start().strip_prefix("- ")
        && let Some(quote) = open_quote(item)
    {
        return Some(format!("close the quote: `- {item}{quote}`"));
    }
    let sign = line.find([':', '='])?;
    let key = line[..sign].trim().trim_start_matches("- ").trim();
    let value = line[sign + 1..].trim();
    if !is_plain_key(key) {
        return None;
    }
    if line[sign..].starts_with('=') {
        return Some(format!("write `{key}: …`: YAML has `:` where TOML has `=`"));
    }
    let is_open = |quote: char| value.starts_with(quote) && value.matches(quote).count() == 1;
    if is_open('"') || is_open('\'') {
        return Some(format!(
            "close the quote: `{key}: {}`",
            in_quotes(&value[1..])
        ));
    }
    if let Some(items) = value.strip_prefix('[')
        && let Some(quote) = items
            .split(',')
            .find_map(|item| open_quote(item.trim().trim_end_matches(']')))
    {
        return Some(format!(
            "close the quote: `{quote}` stands on both sides of a text"
        ));
    }
    let inside = |quote: char| value.starts_with(quote) && value.matches(quote).count() > 2;
    if inside('"') {
        return Some("write `\\\"` for a quote inside of a text".to_owned());
    }
    if inside('\'') {
        return Some("write `''` for an apostrophe inside of a text".to_owned());
    }
    let is_plain = !value.starts_with(['"', '\'']);
    let is_list = [('[', ']'), ('{', '}')].iter().any(|(open, close)| {
        value.starts_with(*open)
            && value[1..]
                .find(*close)
                .is_none_or(|end| end + 2 == value.len())
    });
    let means_more = value.contains(": ")
        || value.ends_with(':')
        || value.starts_with(|first: char| "@`%!|>{}[],".contains(first) && !is_list)
        || value.starts_with('*') && value[1..].contains('*');
    (is_plain && means_more)
        .then(|| format!("put the text in quotes: `{key}: {}`", in_quotes(value)))
}

/// The quote that a text begins with and that does not end it.
fn open_quote(text: &str) -> Option<char> {
    let text = text.trim();
    let quote = text
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))?;
    (text.matches(quote).count() == 1).then_some(quote)
}

fn no_aliases(span: Span) -> Broken {
    Broken {
        message: "anchors and aliases are not read here: write the value out".to_owned(),
        span,
    }
}

/// How many values a value holds.
fn size(value: &Value) -> usize {
    match &value.kind {
        Kind::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Kind::Table(table) => {
            let values = table.entries.iter().map(|entry| &entry.value);
            1 + values.map(size).sum::<usize>()
        }
        _ => 1,
    }
}

/// From the start of a collection to its end. The parser gives a block no
/// closing mark and places its end on a later line, so its last item tells.
fn whole(start: &Span, last: Option<&Span>, end: &Span) -> Span {
    let stop = match last {
        Some(last) if end.is_empty() => last.end,
        _ => end.end,
    };
    start.start..stop.max(start.end)
}

/// A plain scalar by YAML 1.2's core schema.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Flag(true),
        "false" | "False" | "FALSE" => return Kind::Flag(false),
        _ => {}
    }
    if let Ok(integer) = text.parse::<i64>() {
        return Kind::Integer(integer);
    }
    let numeric = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    match text.parse::<f64>() {
        Ok(float) if numeric => Kind::Float(float),
        _ => Kind::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Table, Vec<Diagnostic>) {
        parse("post.md", text, 0..text.len())
    }

    #[test]
    fn spans_count_bytes_also_after_an_accent() {
        let text = "title: Été\ntags: [a, b]\n";
        let (table, diagnostics) = read(text);
        assert_eq!(diagnostics, []);
        let tags = &table.get("tags").unwrap().value;
        assert_eq!(&text[tags.span.clone()], "[a, b]");
    }

    #[test]
    fn an_alias_is_refused() {
        let (_, diagnostics) = read("a: &x [1]\nb: *x\n");
        assert!(diagnostics[0].label.contains("anchors and aliases"));
    }

    #[test]
    fn an_import_reads_aliases_up_to_a_size() {
        let text = "a: &x [1]\nb: *x\nc: &y {d: 1, e: 2}\nf:\n  <<: *y\n  e: 3\n";
        let (table, diagnostics) = parse_with_aliases("_config.yml", text, 0..text.len());
        assert_eq!(diagnostics, []);
        let kind = |key: &str| &table.get(key).unwrap().value.kind;
        assert_eq!(kind("a"), kind("b"));
        let Kind::Table(merged) = kind("f") else {
            panic!("a table");
        };
        assert_eq!(merged.get("d").unwrap().value.kind, Kind::Integer(1));
        assert_eq!(merged.get("e").unwrap().value.kind, Kind::Integer(3));

        let mut bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
        for level in 1..20 {
            let below = format!("*a{}, ", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
        }
        let (_, diagnostics) = parse_with_aliases("_config.yml", &bomb, 0..bomb.len());
        assert_eq!(diagnostics[0].label, "aliases repeat too much");
    }

    #[test]
    fn a_key_written_twice_is_reported() {
        let (_, diagnostics) = read("draft: true\ndraft: false\n");
        assert_eq!(diagnostics[0].message, "`draft` is written twice");
    }
}
