//! Plain text: bare addresses become links, and what looks like Markdown that
//! did not come off is reported.

use std::mem;

use pulldown_cmark::CowStr;

use super::writer::Writer;
use super::{MARK, Output, Target, autolink};
use crate::diagnostic::{Diagnostic, Span};

/// The parts that the parser cut a text into, put together again.
struct Joined<'r> {
    /// As written, without escapes.
    text: String,
    parts: Vec<Part<'r>>,
}

struct Part<'r> {
    /// Where it starts in the text, and in the passage.
    start: usize,
    written: usize,
    /// Typography, which is shown instead of what was written.
    shown: Option<&'r str>,
}

impl Writer<'_, '_, '_> {
    /// Writes the text that has been waiting for its last part.
    pub(super) fn end_run(&mut self) {
        let (Some((_, first)), Some((_, last))) = (self.run.first(), self.run.last()) else {
            return;
        };
        let written = &self.marked[first.start..last.end];
        let start = first.start;
        let end = last.end;
        let mut run = mem::take(&mut self.run);
        if self.opens_quotation && written.starts_with("[!") {
            self.report_lost_alert(written, start);
        }
        if written.contains('{') {
            self.report_lost_attributes(start..end);
        }
        let has_brackets = || written.contains("[^") || written.contains("](");
        if autolink::may_be_in(written) || written.contains('[') && has_brackets() {
            let joined = self.joined(&run);
            self.report_lost_footnotes(&joined);
            self.report_lost_links(&joined);
            match self.in_link {
                true => self.joined_text(&joined, 0..joined.text.len()),
                false => self.linked_text(&joined),
            }
        } else {
            for (text, _) in &run {
                self.text(text);
            }
        }
        // Its memory serves the next text.
        run.clear();
        self.run = run;
    }

    /// The parser takes a quote for an opening one unless it closes another: so an inch mark (`24"`), and the end of
    /// a quotation with such a mark in it. No quotation begins behind a letter or digit, or before a blank.
    pub(super) fn typography<'t>(&self, text: CowStr<'t>, range: &Span) -> CowStr<'t> {
        if text.as_ref() != "“" || self.marked[range.clone()] != *"\"" {
            return text;
        }
        let before = self.marked[..range.start].chars().next_back();
        let after = self.marked[range.end..].chars().next();
        let is_word = before.is_some_and(char::is_alphanumeric);
        let is_blank = |one: Option<char>| one.is_none_or(char::is_whitespace);
        match is_word || !is_blank(before) && is_blank(after) {
            true => CowStr::Borrowed("”"),
            false => text,
        }
    }

    fn joined<'r>(&self, run: &'r [(CowStr<'_>, Span)]) -> Joined<'r> {
        let mut joined = Joined {
            text: String::new(),
            parts: Vec::with_capacity(run.len()),
        };
        for (text, range) in run {
            let written = &self.marked[range.clone()];
            let is_typography = self.page.options.smart_punctuation
                && written.is_ascii()
                && !written.starts_with('&')
                && !text.is_ascii();
            joined.parts.push(Part {
                start: joined.text.len(),
                written: range.start,
                shown: is_typography.then_some(text),
            });
            joined
                .text
                .push_str(if is_typography { written } else { text });
        }
        joined
    }

    fn linked_text(&mut self, joined: &Joined<'_>) {
        let mut at = 0;
        for link in autolink::find(&joined.text) {
            self.joined_text(joined, at..link.span.start);
            let target = Target {
                written: link.address,
                span: self.passage.place(joined.written(link.span.clone())),
            };
            self.open_link(target, "");
            self.text(&joined.text[link.span.clone()]);
            self.end_link();
            at = link.span.end;
        }
        self.joined_text(joined, at..joined.text.len());
    }

    /// A stretch of joined text with its typography.
    fn joined_text(&mut self, joined: &Joined<'_>, span: Span) {
        for (number, part) in joined.parts.iter().enumerate() {
            let start = part.start.max(span.start);
            let end = joined.end(number).min(span.end);
            if start < end {
                self.text(part.shown.unwrap_or(&joined.text[start..end]));
            }
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if !text.contains(MARK) {
            self.count_words(text);
            self.add_to_heading(text);
            self.out.escape_body(text);
            return;
        }
        let mut plain = String::new();
        self.with_shortcodes(text, |out: &mut Output, text| {
            plain.push_str(text);
            out.escape_body(text);
        });
        self.count_words(&plain);
        self.add_to_heading(&plain);
    }

    /// `[^name]` that no footnote belongs to stays as it is.
    fn report_lost_footnotes(&mut self, joined: &Joined<'_>) {
        for (start, _) in joined.text.match_indices("[^") {
            let inside = &joined.text[start + 2..];
            let Some(length) = inside.find(|one: char| "[]".contains(one) || one.is_whitespace())
            else {
                continue;
            };
            let span = joined.written(start..start + 2 + length + 1);
            let is_escaped = self.marked[..span.start].ends_with('\\')
                || !self.marked[span.start..].starts_with("[^");
            if length == 0 || is_escaped || !inside[length..].starts_with(']') {
                continue;
            }
            let name = &inside[..length];
            let wrong = Diagnostic::warning(format!("there is no footnote `{name}`"))
                .label("shown as it stands here")
                .help(format!(
                    "add a line `[^{name}]: …`, or write `\\[` for a bracket"
                ));
            let wrong = self.passage.mark(wrong, span);
            self.page.diagnostics.push(wrong);
        }
    }

    /// `[text](my file.png)` stays as it is, because an address ends at a space.
    fn report_lost_links(&mut self, joined: &Joined<'_>) {
        for (end, _) in joined.text.match_indices("](") {
            let inside = &joined.text[end + 2..];
            let Some(length) = inside.find([')', '\n']) else {
                continue;
            };
            let address = &inside[..length];
            let Some(start) = joined.text[..end].rfind('[') else {
                continue;
            };
            let span = joined.written(start..end + 2 + length + 1);
            let is_escaped = self.marked[..span.start].ends_with('\\')
                || !self.marked[span.clone()].starts_with('[');
            if is_escaped || !inside[length..].starts_with(')') || !has_lost_spaces(address) {
                continue;
            }
            let wrong = Diagnostic::warning("an address cannot hold spaces")
                .label("shown as it stands here")
                .help(format!(
                    "write `<{address}>`, or `{}`",
                    address.replace(' ', "%20")
                ));
            let wrong = self.passage.mark(wrong, span);
            self.page.diagnostics.push(wrong);
        }
    }

    /// A quotation that starts as an alert does and is none.
    fn report_lost_alert(&mut self, written: &str, start: usize) {
        let Some(length) = written.find(']') else {
            return;
        };
        let kind = &written[2..length];
        if kind.is_empty() || !kind.chars().all(|one| one.is_ascii_alphabetic()) {
            return;
        }
        const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
        let is_known = KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind));
        let wrong = match is_known {
            true => Diagnostic::warning("this is no alert")
                .label("more follows on the same line")
                .help("an alert's kind stands alone; `{% note(kind=…, title=…) %}` has a title of its own"),
            false => Diagnostic::warning(format!("there is no alert `{kind}`"))
                .label(format!("alerts are {}", KINDS.join(", ")))
                .suggest(kind, KINDS),
        };
        let wrong = self.passage.mark(wrong, start..start + length + 1);
        self.page.diagnostics.push(wrong);
    }
}

impl Joined<'_> {
    fn end(&self, part: usize) -> usize {
        self.parts
            .get(part + 1)
            .map_or(self.text.len(), |next| next.start)
    }

    /// Where a stretch of the text was written.
    fn written(&self, span: Span) -> Span {
        self.offset(span.start)..self.offset(span.end - 1) + 1
    }

    fn offset(&self, at: usize) -> usize {
        let after = self.parts.partition_point(|part| part.start <= at);
        let part = &self.parts[after.saturating_sub(1)];
        part.written + at - part.start
    }
}

/// Whether what stands in brackets is an address with spaces: it begins as one, or ends as a file does.
fn has_lost_spaces(address: &str) -> bool {
    let begins = ["/", "./", "../", "@/", "http://", "https://"]
        .iter()
        .any(|start| address.starts_with(start));
    let is_file = address.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && (2..=5).contains(&ending.len())
            && ending.bytes().all(|one| one.is_ascii_alphanumeric())
    });
    // Quotes are those of a title.
    address.trim().contains(' ') && !address.contains(['"', '<', MARK]) && (begins || is_file)
}
