//! Lines of a site's sources, kept where the sources are not: what is wrong is shown in them as in the whole texts,
//! under the same numbers.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Span};
use crate::source::SourceTree;

/// Lines by their file and their number, which counts from 0.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpts(BTreeMap<String, BTreeMap<usize, Line>>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// Where it begins in its file.
    start: usize,
    /// With its end.
    text: String,
}

impl Excerpts {
    /// The lines that stretches of files are in.
    pub fn of<'a>(stretches: impl Iterator<Item = (&'a str, Span)>, source: &SourceTree) -> Self {
        let mut wanted: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for (path, span) in stretches {
            wanted.entry(path).or_default().push(span);
        }
        let files = wanted.into_par_iter().filter_map(|(path, spans)| {
            let bytes = source.file(path)?.once(path).ok()?;
            let text = SourceTree::text(path, &bytes).ok()?;
            Some((path.to_owned(), lines(text, &spans)))
        });
        Self(files.collect())
    }

    pub fn add(&mut self, more: Self) {
        for (path, lines) in more.0 {
            self.0.entry(path).or_default().extend(lines);
        }
    }

    /// Each file with empty lines for those that are not known.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let texts = self.0.iter().map(|(path, lines)| {
            let mut text = String::new();
            let mut next = 0;
            for (number, line) in lines {
                text.extend((next..*number).map(|_| '\n'));
                text.push_str(&line.text);
                next = number + 1;
            }
            (path.clone(), text)
        });
        texts.collect()
    }

    /// The same diagnostic in these texts instead of the whole ones.
    pub fn within(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if let Some(place) = &mut diagnostic.place {
            let moved = |span: &mut Span| {
                if let Some(lines) = self.0.get(&place.path) {
                    *span = position(lines, span.start)..position(lines, span.end);
                }
            };
            place.span.iter_mut().for_each(moved);
            let because_of = diagnostic.because_of.as_mut();
            because_of.map(|(span, _)| span).into_iter().for_each(moved);
        }
        diagnostic
    }
}

/// The lines of a text that some spans are in.
fn lines(text: &str, spans: &[Span]) -> BTreeMap<usize, Line> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(end, _)| end + 1));
    let number = |position: usize| starts.partition_point(|start| *start <= position) - 1;
    let mut lines = BTreeMap::new();
    for number in spans
        .iter()
        .flat_map(|span| number(span.start)..=number(span.end))
    {
        let start = starts[number];
        let end = starts.get(number + 1).copied().unwrap_or(text.len());
        let text = text[start..end].to_owned();
        lines.insert(number, Line { start, text });
    }
    lines
}

/// Where a position of the whole text is in that of the lines.
fn position(lines: &BTreeMap<usize, Line>, position: usize) -> usize {
    let mut end = 0;
    let mut next = 0;
    let mut found = 0;
    for (number, line) in lines {
        let start = end + (number - next);
        if line.start <= position {
            found = start + (position - line.start).min(line.text.len());
        }
        end = start + line.text.len();
        next = number + 1;
    }
    found
}
