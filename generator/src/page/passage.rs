//! A stretch of Markdown that knows where in its file every byte was written.
//! The body of a shortcode in a list or a quotation leaves the indentation and
//! the `>` of its lines behind, and messages about it still point at the file.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Span};

/// Markdown from one file, whole or in part. Spans are offsets into [`Passage::text`].
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    pub path: &'a str,
    text: Cow<'a, str>,
    /// Where each unbroken run starts: in the text, and in the file. The first starts the text.
    runs: Vec<(usize, usize)>,
}

/// What Markdown puts before each line of a block inside of a list or a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    Quotation,
    /// So many columns.
    Indentation(usize),
}

impl<'a> Passage<'a> {
    /// `text[at]` of the file at `path`.
    pub fn new(path: &'a str, text: &'a str, at: Span) -> Self {
        Self {
            path,
            runs: vec![(0, at.start)],
            text: Cow::Borrowed(&text[at]),
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the text stands in the file.
    pub fn place(&self, span: Span) -> Span {
        let start = self.offset(span.start);
        // The next run may start where the stretch ends, so its last byte is asked.
        let end = match span.is_empty() {
            true => start,
            false => self.offset(span.end - 1) + 1,
        };
        start..end
    }

    /// Points a diagnostic at a stretch of the text.
    pub fn mark(&self, diagnostic: Diagnostic, span: Span) -> Diagnostic {
        diagnostic.at(self.path, self.place(span))
    }

    fn offset(&self, at: usize) -> usize {
        let after = self.runs.partition_point(|(start, _)| *start <= at);
        let (start, offset) = self.runs[after.saturating_sub(1)];
        offset + at - start
    }

    /// A part of this passage, without what the containers put before its lines.
    /// The first line starts behind that already.
    pub fn part(&self, at: Span, containers: &[Container]) -> Passage<'_> {
        let mut part = Passage {
            path: self.path,
            text: Cow::Borrowed(&self.text[at.clone()]),
            runs: Vec::new(),
        };
        if containers.is_empty() && self.runs.len() == 1 {
            part.runs.push((0, self.offset(at.start)));
            return part;
        }
        let mut text = String::with_capacity(at.len());
        let mut line_start = at.start;
        for (number, line) in self.text[at].split_inclusive('\n').enumerate() {
            let skipped = match number {
                0 => 0,
                _ => prefix(line, containers),
            };
            part.runs
                .push((text.len(), self.offset(line_start + skipped)));
            text.push_str(&line[skipped..]);
            line_start += line.len();
        }
        if part.runs.is_empty() {
            part.runs.push((0, self.offset(line_start)));
        }
        part.text = Cow::Owned(text);
        part
    }

    /// The containers that a place is in as far as its own line shows, and
    /// whether nothing else stands before it there.
    pub fn containers(&self, at: usize) -> (Vec<Container>, bool) {
        let before = &self.text[..at];
        let line = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
        let mut containers = Vec::new();
        let mut rest = line;
        loop {
            let (columns, length) = indentation(rest, usize::MAX);
            let inside = &rest[length..];
            if let Some(quoted) = inside.strip_prefix('>') {
                containers.push(Container::Quotation);
                rest = quoted.strip_prefix(' ').unwrap_or(quoted);
                continue;
            }
            let marker = list_marker(inside);
            let (gap, gap_length) = indentation(&inside[marker..], usize::MAX);
            if marker > 0 && gap > 0 {
                // More than four columns are the marker's one and code.
                let gap = if gap > 4 { 1 } else { gap };
                containers.push(Container::Indentation(columns + marker + gap));
                rest = &inside[marker + gap_length..];
                continue;
            }
            if columns > 0 {
                containers.push(Container::Indentation(columns));
            }
            return (containers, inside.is_empty());
        }
    }
}

/// How many bytes of a line belong to its containers.
fn prefix(line: &str, containers: &[Container]) -> usize {
    let mut at = 0;
    for container in containers {
        let rest = &line[at..];
        at += match container {
            Container::Indentation(columns) => indentation(rest, *columns).1,
            Container::Quotation => {
                let (_, length) = indentation(rest, 3);
                match rest[length..].strip_prefix('>') {
                    Some(quoted) => length + 1 + usize::from(quoted.starts_with(' ')),
                    // A line that goes on without the mark.
                    None => return at,
                }
            }
        };
    }
    at
}

/// The columns and bytes of the blanks at the start of a text, up to so many columns.
fn indentation(text: &str, most: usize) -> (usize, usize) {
    let mut columns = 0;
    for (at, one) in text.bytes().enumerate() {
        let width = match one {
            b' ' => 1,
            b'\t' => 4 - columns % 4,
            _ => return (columns, at),
        };
        if columns + width > most {
            return (columns, at);
        }
        columns += width;
    }
    (columns, text.len())
}

/// The length of `-`, `+`, `*`, `1.` or `1)` at the start of a text; 0 if there is none.
fn list_marker(text: &str) -> usize {
    if text.starts_with(['-', '+', '*']) {
        return 1;
    }
    let digits = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str, from: &str, to: &str) -> (String, Vec<String>) {
        let passage = Passage::new("a.md", text, 0..text.len());
        let start = text.find(from).unwrap() + from.len();
        let (containers, _) = passage.containers(start - from.len());
        let end = text.find(to).unwrap();
        let part = passage.part(start..end, &containers);
        let words = part
            .text()
            .split_whitespace()
            .map(|word| {
                let at = part.text().find(word).unwrap();
                text[part.place(at..at + word.len())].to_owned()
            })
            .collect();
        (part.text().to_owned(), words)
    }

    #[test]
    fn a_part_leaves_its_containers_behind_and_keeps_its_places() {
        let (text, words) = part("> 1. (one\n>    two\n>\n>    three)", "(", ")");
        assert_eq!(text, "one\ntwo\n\nthree");
        assert_eq!(words, ["one", "two", "three"]);
    }

    #[test]
    fn a_line_that_goes_on_without_the_mark_is_kept() {
        let (text, _) = part("> (one\ntwo)", "(", ")");
        assert_eq!(text, "one\ntwo");
    }

    #[test]
    fn text_before_a_place_is_no_container() {
        let passage = Passage::new("a.md", "- *so* x", 0..8);
        assert_eq!(
            passage.containers(7),
            (vec![Container::Indentation(2)], false)
        );
        assert_eq!(
            passage.containers(2),
            (vec![Container::Indentation(2)], true)
        );
    }
}
