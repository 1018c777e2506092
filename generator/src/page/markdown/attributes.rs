//! Ids and classes in braces, as goldmark has them: `{#costs .wide}` on the line below a block, or right
//! behind a picture. (Those of headings are the parser's.)

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Parser, Tag};
use pulldown_cmark_escape::escape_html;
use serde::{Deserialize, Serialize};

use super::writer::Writer;
use super::{MarkdownOptions, parser_options};
use crate::diagnostic::{Diagnostic, Span};

/// What a list of attributes says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    pub id: String,
    pub classes: Vec<String>,
}

/// The lists of a passage that stand on lines of their own, from the first to the last.
#[derive(Debug, Default)]
pub struct BlockAttributes(Vec<Found>);

#[derive(Clone, Debug)]
struct Found {
    attributes: Attributes,
    /// Words in it that mean nothing, with their places.
    unknown: Vec<Span>,
    span: Span,
}

impl Found {
    /// Whether this can be nothing but a list of attributes: ids and classes that begin as names do.
    fn is_meant(&self) -> bool {
        let Attributes { id, classes } = &self.attributes;
        let starts_as_name = |name: &String| name.starts_with(char::is_alphabetic);
        let is_empty = id.is_empty() && classes.is_empty();
        let fits = classes.iter().all(starts_as_name) && (id.is_empty() || starts_as_name(id));
        self.unknown.is_empty() && !is_empty && fits
    }
}

impl Attributes {
    /// ` id="…" class="…"`, with a block's own classes first.
    pub fn write(&self, own: &str, html: &mut String) {
        if !self.id.is_empty() {
            html.push_str(" id=\"");
            // Writing to a String cannot fail, here and below.
            let _ = escape_html(&mut *html, &self.id);
            html.push('"');
        }
        let own = Some(own).filter(|own| !own.is_empty());
        let classes: Vec<&str> = own
            .into_iter()
            .chain(self.classes.iter().map(String::as_str))
            .collect();
        if !classes.is_empty() {
            html.push_str(" class=\"");
            let _ = escape_html(&mut *html, &classes.join(" "));
            html.push('"');
        }
    }
}

/// Takes lists on lines of their own out of a passage: a blank line stands in the place of each, so that
/// every offset stays true.
pub fn take(text: Cow<'_, str>, options: MarkdownOptions) -> (Cow<'_, str>, BlockAttributes) {
    let mut found = on_lines(&text);
    if found.is_empty() {
        return (text, BlockAttributes::default());
    }
    let literal: Vec<Span> = Parser::new_ext(&text, parser_options(options))
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Code(_)
                    | Event::InlineMath(_)
                    | Event::DisplayMath(_)
                    | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
            )
        })
        .map(|(_, range)| range)
        .collect();
    found.retain(|one| !literal.iter().any(|span| span.contains(&one.span.start)));
    let mut blanked = text.into_owned();
    for one in &found {
        blanked.replace_range(one.span.clone(), &" ".repeat(one.span.len()));
    }
    (Cow::Owned(blanked), BlockAttributes(found))
}

/// Lists that are all of a line below one that is not blank.
fn on_lines(text: &str) -> Vec<Found> {
    if !text.contains('{') {
        return Vec::new();
    }
    let prefix = |one: char| one == '>' || one == ' ' || one == '\t';
    let mut found = Vec::new();
    let mut at = 0;
    let mut follows_text = false;
    for line in text.split_inclusive('\n') {
        let inside = line.trim_start_matches(prefix);
        let start = at + line.len() - inside.len();
        let list = inside.trim_end();
        if follows_text
            && let Some(one) = read(list, start)
            && one.span.len() == list.len()
        {
            found.push(one);
        }
        follows_text = !list.is_empty();
        at += line.len();
    }
    found
}

/// The list that a text begins with, if it does.
fn read(text: &str, start: usize) -> Option<Found> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['}', '\n'])?;
    let inside = inside[..end].trim_end();
    if !text[end + 1..].starts_with('}') || inside.trim().is_empty() {
        return None;
    }
    let mut found = Found {
        attributes: Attributes::default(),
        unknown: Vec::new(),
        span: start..start + end + 2,
    };
    let is_name = |name: &str| {
        let fits = |one: char| one.is_alphanumeric() || "-_:".contains(one);
        !name.is_empty() && name.chars().all(fits)
    };
    let mut rest = inside;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some(found);
        }
        let length = word(rest);
        let one = &rest[..length];
        match one.as_bytes()[0] {
            b'.' if is_name(&one[1..]) => found.attributes.classes.push(one[1..].to_owned()),
            b'#' if is_name(&one[1..]) => one[1..].clone_into(&mut found.attributes.id),
            _ => {
                let (key, value) = one.split_once('=').filter(|(key, _)| is_name(key))?;
                let value = value.trim_matches(['"', '\'']);
                match key {
                    "class" => {
                        let classes = value.split_whitespace().map(str::to_owned);
                        found.attributes.classes.extend(classes);
                    }
                    "id" if is_name(value) => value.clone_into(&mut found.attributes.id),
                    _ => {
                        let at = start + 1 + (inside.len() - rest.len());
                        found.unknown.push(at..at + length);
                    }
                }
            }
        }
        rest = &rest[length..];
    }
}

/// The length of the word that a text begins with; quotes may hold spaces.
fn word(text: &str) -> usize {
    let mut quote = None;
    for (at, one) in text.char_indices() {
        match (quote, one) {
            (None, '"' | '\'') => quote = Some(one),
            (Some(open), one) if open == one => quote = None,
            (None, one) if one.is_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

impl Writer<'_, '_, '_> {
    /// The attributes that stand below a block; `tag_width` is how far below its start they may begin.
    pub(super) fn attributes_below(&mut self, range: &Span) -> Attributes {
        self.attributes_below_block(range.start, range.end)
    }

    pub(super) fn attributes_below_block(&mut self, start: usize, end: usize) -> Attributes {
        let blank = |one: char| one == '>' || one.is_whitespace();
        let end = start + self.marked[start..end].trim_end_matches(blank).len();
        let column = self.column(start);
        let place = self.attributes.0.iter().position(|one| {
            let below = one.span.start.checked_sub(end).map(|_| end..one.span.start);
            below.is_some_and(|below| {
                let between = &self.marked[below];
                between.chars().all(blank)
                    && between.matches('\n').count() == 1
                    && (column..column + 2).contains(&self.column(one.span.start))
            })
        });
        match place {
            Some(place) => {
                let found = self.attributes.0.remove(place);
                self.checked(found)
            }
            None => Attributes::default(),
        }
    }

    /// The attributes right behind a picture, and how far they reach.
    pub(super) fn attributes_behind(&mut self, end: usize) -> Attributes {
        match read(&self.marked[end..], end) {
            Some(found) => {
                self.skipped = found.span.clone();
                self.checked(found)
            }
            None => Attributes::default(),
        }
    }

    /// Reports what is wrong in a list.
    fn checked(&mut self, found: Found) -> Attributes {
        for span in found.unknown {
            let wrong = Diagnostic::warning("this attribute does nothing")
                .label("blocks and pictures have ids and classes");
            self.report(wrong, span);
        }
        let id = &found.attributes.id;
        if !id.is_empty() && !self.page.ids.insert(id.clone()) {
            let wrong = Diagnostic::error(format!("two elements have the id `{id}`"))
                .label("links could not tell them apart");
            self.report(wrong, found.span);
        }
        found.attributes
    }

    /// Reports what the parser has read behind a heading, and a page has no use for.
    pub(super) fn report_ignored(
        &mut self,
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
        heading: &Span,
    ) {
        let Some(list) = self.marked[heading.clone()].rfind('{') else {
            return;
        };
        let mut at = heading.start + list + 1;
        for (name, value) in attributes {
            let written = match value {
                Some(value) => format!("{name}={value}"),
                None => name.to_string(),
            };
            let Some(found) = self.marked[at..heading.end].find(&written) else {
                continue;
            };
            let span = at + found..at + found + written.len();
            at = span.end;
            let ignored = Diagnostic::warning("this attribute does nothing")
                .label("headings have an id and classes: `{#id .class}`");
            self.report(ignored, span);
        }
    }

    /// Reports lists that are shown, because nothing has them where they stand: at the end of a text, on a line of
    /// their own below none, or behind a link.
    pub(super) fn report_lost_attributes(&mut self, written: Span) {
        let text = &self.marked[written.clone()];
        for (at, _) in text.match_indices('{') {
            let start = written.start + at;
            let before = &self.marked[..start];
            let Some(length) = text[at..].find('}') else {
                break;
            };
            let end = start + length + 1;
            // Kramdown has a colon in it.
            let written = &text[at + 1..at + length];
            let inside = written.trim_start_matches(':').trim();
            let list = format!("{{{inside}}}");
            if !read(&list, 0).is_some_and(|found| found.is_meant()) {
                continue;
            }
            let after = &self.marked[end..];
            let line_after = after.lines().next().unwrap_or_default();
            let line_before = before.rsplit('\n').next().unwrap_or_default();
            let is_alone = line_before
                .chars()
                .all(|one| one == '>' || one.is_whitespace());
            let is_behind = before.ends_with([')', ']', '*', '_', '`', '~']);
            if before.ends_with('\\') || !is_behind && !line_after.trim().is_empty() {
                continue;
            }
            let label = match (is_alone, is_behind) {
                _ if written.starts_with(':') => "there is no colon in a list of attributes",
                (true, _) => "there is no block right above",
                (false, true) => "only headings, blocks and pictures have any",
                (false, false) => "those of a block stand below it",
            };
            let wrong = Diagnostic::warning("attributes that are shown as text")
                .label(label)
                .help(format!(
                    "write `{list}` on a line of its own below the block, with no empty line between, or `\\{{` for a brace"
                ));
            self.report(wrong, start..end);
        }
    }

    /// Reports lists below nothing that could have them.
    pub(super) fn report_leftover_attributes(&mut self) {
        for found in std::mem::take(&mut self.attributes.0) {
            let wrong = Diagnostic::warning("these attributes belong to nothing").label(
                "they stand below a paragraph, quotation, list, table or line, or behind a picture",
            );
            self.report(wrong, found.span);
        }
    }

    fn column(&self, at: usize) -> usize {
        at - self.marked[..at].rfind('\n').map_or(0, |line| line + 1)
    }
}
