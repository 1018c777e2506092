//! A page's text on its way: the changes to it, and what every generator's Markdown may hold that
//! pages here may not, such as pictures from other sites, styles and scripts of their own.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::apart::Paragraphs;
use super::edits::Edits;
use super::shortcode::{Call, Written};
use super::{abbreviations, alerts};
use crate::diagnostic::{Diagnostic, Span};
use crate::page::has_scheme;

pub struct Body<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub at: Span,
    pub(super) edits: Edits,
    /// Code, and what else is shown letter by letter.
    literal: Vec<Span>,
    /// Blocks of HTML, in which nothing is Markdown.
    html: Vec<Span>,
    pub(super) paragraphs: Paragraphs,
    /// Whether `\\(` and `\\[` begin a formula as they stand, and need no second backslash.
    pub formulas_in_brackets: bool,
    notes: &'a mut Vec<Diagnostic>,
}

impl<'a> Body<'a> {
    pub fn new(path: &'a str, text: &'a str, at: Span, notes: &'a mut Vec<Diagnostic>) -> Self {
        let offset = at.start;
        let (mut literal, mut html) = (Vec::new(), Vec::new());
        let mut paragraphs = Paragraphs::default();
        for (event, range) in Parser::new_ext(&text[at.clone()], markdown()).into_offset_iter() {
            let span = range.start + offset..range.end + offset;
            paragraphs.read(&event, &span);
            match event {
                Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => literal.push(span),
                Event::Start(Tag::HtmlBlock) => html.push(span),
                _ => {}
            }
        }
        Self {
            path,
            text,
            at,
            edits: Edits::default(),
            literal,
            html,
            paragraphs,
            formulas_in_brackets: false,
            notes,
        }
    }

    /// A body that is HTML, in which nothing is code.
    pub fn of_html(path: &'a str, text: &'a str, at: Span, notes: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            path,
            text,
            html: vec![at.clone()],
            at,
            edits: Edits::default(),
            literal: Vec::new(),
            paragraphs: Paragraphs::default(),
            formulas_in_brackets: false,
            notes,
        }
    }

    /// What is written at a place in the text.
    pub fn written(&self, span: &Span) -> &'a str {
        &self.text[span.clone()]
    }

    pub fn replace(&mut self, span: Span, with: impl Into<String>) {
        self.edits.replace(span, with);
    }

    pub fn is_literal(&self, at: usize) -> bool {
        self.literal.iter().any(|span| span.contains(&at))
    }

    /// Puts something before and behind a body that stands between two marks. Code begins and ends with the lines that
    /// it had, and is shown letter by letter; a formula is close to its dollars.
    pub fn surround(&mut self, open: Span, close: Span, before: &str, after: &str) {
        let inside = open.end..close.start;
        if before == "$" {
            let written = self.written(&inside);
            let start = open.end + written.len() - written.trim_start().len();
            let end = open.end + written.trim_end().len();
            if start < end {
                self.replace(open.start..start, before);
                self.replace(end..close.end, after);
                return;
            }
        }
        let is_code = before.contains("```");
        let begins_anew = is_code && self.text[inside.clone()].starts_with('\n');
        let is_ended = is_code && self.text[inside.clone()].ends_with('\n');
        if is_code {
            self.literal.push(inside);
        }
        let before = match begins_anew {
            true => before.trim_end_matches('\n'),
            false => before,
        };
        let after = match is_ended {
            true => after.trim_start_matches('\n'),
            false => after,
        };
        if before.starts_with("{% note(") {
            let (apart, indentation) = self.stand_apart(&open, &close);
            let indented = format!("\n{indentation}");
            self.replace(open, apart + &before.replace('\n', &indented));
            self.replace(close, after.replace('\n', &indented));
            return;
        }
        self.replace(open, before);
        self.replace(close, after);
    }

    pub fn is_html(&self, at: usize) -> bool {
        self.html.iter().any(|span| span.contains(&at))
    }

    /// Something that is not carried as it was.
    pub fn note(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>) {
        let note = Diagnostic::warning(message).at(self.path, span);
        self.notes.push(note.label(label));
    }

    /// What was said of a text that became a part of this one.
    pub fn add_notes(&mut self, notes: Vec<Diagnostic>) {
        self.notes.extend(notes);
    }

    /// What a shortcode that is carried loses.
    pub fn note_loss(&mut self, span: &Span, call: &Call) {
        if let Some((message, why)) = call.loss() {
            self.note(span.clone(), message, why);
        }
    }

    /// What a template of the site made of a call, without what pages may not hold.
    pub fn harmless(&mut self, call: &Span, drawn: Written) -> Written {
        let mut carried = |html: String| {
            let mut notes = Vec::new();
            let mut inside = Body::of_html(self.path, &html, 0..html.len(), &mut notes);
            inside.blocked_html();
            let carried = inside.edits.apply(&html, 0..html.len());
            for note in notes {
                self.note(call.clone(), note.message, note.label);
            }
            carried
        };
        match drawn {
            Written::Whole(html) => Written::Whole(carried(html)),
            Written::Around(before, after) => Written::Around(carried(before), carried(after)),
        }
    }

    /// The text as Markdown of this generator.
    pub fn finish(mut self) -> String {
        alerts::carry(&mut self);
        abbreviations::carry(&mut self);
        self.pictures_from_elsewhere();
        self.addresses_without_scheme();
        self.blocked_html();
        self.stray_braces();
        self.formulas_of_scripts();
        self.formulas();
        self.edits.apply(self.text, self.at)
    }

    /// HTML as Markdown leaves it alone: no line indented or blank but in `<pre>`.
    pub fn finish_html(mut self) -> String {
        self.blocked_html();
        self.stray_braces();
        let html = tags_on_one_line(&self.edits.apply(self.text, self.at));
        let mut in_pre = false;
        let mut lines = Vec::new();
        for line in html.lines() {
            let starts_in_pre = in_pre;
            if let Some(open) = line.rfind("<pre") {
                in_pre = !line[open..].contains("</pre");
            } else if line.contains("</pre") {
                in_pre = false;
            }
            match starts_in_pre {
                true => lines.push(line),
                false if line.trim().is_empty() => {}
                false => lines.push(line.trim_start()),
            }
        }
        lines.join("\n") + "\n"
    }

    /// Formulas as a script found them, `\\(x\\)` and `\\[x\\]`, between dollars.
    fn formulas_of_scripts(&mut self) {
        let inside = self.written(&self.at.clone());
        let plain = [(r"\(", r"\)", "$"), (r"\[", r"\]", "$$")];
        let are_formulas = self.formulas_in_brackets;
        let plain = plain.into_iter().filter(|_| are_formulas);
        let doubled = [(r"\\(", r"\\)", "$"), (r"\\[", r"\\]", "$$")];
        for (open, close, dollars) in doubled.into_iter().chain(plain) {
            let mut from = 0;
            while let Some(start) = inside[from..].find(open).map(|found| from + found) {
                from = start + open.len();
                let Some(length) = inside[from..].find(close) else {
                    break;
                };
                let formula = &inside[from..from + length];
                let span = start + self.at.start..from + length + close.len() + self.at.start;
                let is_formula = !formula.trim().is_empty() && !formula.contains("\n\n");
                if is_formula && !self.is_literal(span.start) && !self.edits.covers(span.start) {
                    from += length + close.len();
                    self.note(span.clone(), super::FORMULAS, super::MAKE_FORMULAS);
                    self.replace(span, format!("{dollars}{}{dollars}", formula.trim()));
                }
            }
        }
    }

    /// The first formula between double dollars, which prose has no other use for.
    fn formulas(&mut self) {
        let inside = self.written(&self.at.clone());
        let marks: Vec<usize> = inside
            .match_indices("$$")
            .map(|(start, _)| start + self.at.start)
            .filter(|start| !self.is_literal(*start))
            .collect();
        let formula = marks.windows(2).find_map(|pair| {
            let within = self.text[pair[0] + 2..pair[1]].trim();
            let is_formula = !within.is_empty() && !within.contains("\n\n");
            is_formula.then(|| pair[0]..pair[1] + 2)
        });
        if let Some(formula) = formula {
            self.note(formula, super::FORMULAS, super::MAKE_FORMULAS);
        }
    }

    /// A picture of another site becomes a link to it, since pages load nothing from elsewhere.
    fn pictures_from_elsewhere(&mut self) {
        let (text, offset) = (self.text, self.at.start);
        let mut links = 0_usize;
        let mut alternative: Option<(Span, String, String)> = None;
        for (event, range) in Parser::new_ext(&text[self.at.clone()], markdown()).into_offset_iter()
        {
            let span = range.start + offset..range.end + offset;
            match event {
                Event::Start(Tag::Link { .. }) => links += 1,
                Event::End(TagEnd::Link) => links = links.saturating_sub(1),
                Event::Start(Tag::Image { dest_url, .. }) if is_elsewhere(&dest_url) => {
                    alternative = Some((span, dest_url.into_string(), String::new()));
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some((.., alternative)) = &mut alternative {
                        alternative.push_str(&words);
                    }
                }
                Event::End(TagEnd::Image) => {
                    let Some((span, address, words)) = alternative.take() else {
                        continue;
                    };
                    if self.is_literal(span.start) || self.edits.covers(span.start) {
                        continue;
                    }
                    let words = match words.trim() {
                        "" => name_in(&address).to_owned(),
                        words => words.to_owned(),
                    };
                    let address = absolute(&address);
                    let with = match links {
                        0 => link(&words, &address),
                        _ => words,
                    };
                    self.note(
                        span.clone(),
                        "a picture from another site became a link",
                        "to show it, put the picture beside the page",
                    );
                    self.replace(span, with);
                }
                _ => {}
            }
        }
    }

    /// `](//host/…)`, which means whatever scheme the page itself was loaded with.
    fn addresses_without_scheme(&mut self) {
        let inside = self.written(&self.at.clone());
        for (start, mark) in inside.match_indices("](//") {
            let place = start + self.at.start + mark.len() - 2;
            if !self.is_literal(place) && !self.edits.covers(place) {
                self.replace(place..place, "https:");
            }
        }
    }

    /// The text with spaces in the place of code, so that offsets stay true.
    pub(super) fn visible(&self) -> String {
        let mut visible = self.text[self.at.clone()].to_owned().into_bytes();
        for span in &self.literal {
            let start = span.start.max(self.at.start) - self.at.start;
            let end = span.end.min(self.at.end).saturating_sub(self.at.start);
            if start < end {
                visible[start..end].fill(b' ');
            }
        }
        String::from_utf8_lossy(&visible).into_owned()
    }

    /// Braces that would begin a shortcode and are meant as they stand.
    fn stray_braces(&mut self) {
        let inside = &self.text[self.at.clone()];
        let mut after = 0;
        for (start, _) in inside.match_indices('{') {
            let place = start + self.at.start;
            let opens = inside[start..].starts_with("{{") || inside[start..].starts_with("{%");
            if !opens || start < after || self.is_literal(place) || self.edits.covers(place) {
                continue;
            }
            after = start + 2;
            if !inside[..start].ends_with('\\') {
                self.replace(place..place, "\\");
            }
        }
    }
}

/// HTML whose tags do not go on below: Markdown would take a `>` at the start of a line for a quotation.
pub fn tags_on_one_line(html: &str) -> String {
    let mut joined = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        joined.push_str(before);
        let end = tag_end(tag).unwrap_or(1);
        let lines: Vec<&str> = tag[..end].lines().map(str::trim).collect();
        match lines.split_last() {
            Some((&">" | &"/>", before)) => joined.extend([&before.join(" "), lines[before.len()]]),
            _ => joined.push_str(&lines.join(" ")),
        }
        rest = &tag[end..];
    }
    joined + rest
}

/// Where the tag ends that a text begins with, if it is one.
fn tag_end(text: &str) -> Option<usize> {
    let is_tag = |next: u8| next.is_ascii_alphabetic() || next == b'/';
    text.as_bytes().get(1).filter(|next| is_tag(**next))?;
    let mut quote = None;
    for (at, letter) in text.char_indices().skip(1) {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('>', None) => return Some(at + 1),
            ('<', None) => return None,
            _ => {}
        }
    }
    None
}

/// What decides where code is.
pub fn markdown() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

pub fn link(words: &str, address: &str) -> String {
    let words = words.replace('[', "\\[").replace(']', "\\]");
    match address.contains([' ', '(', ')']) {
        true => format!("[{words}](<{address}>)"),
        false => format!("[{words}]({address})"),
    }
}

pub fn is_elsewhere(address: &str) -> bool {
    address.starts_with("//") || (has_scheme(address) && address.contains("://"))
}

/// An address with a scheme where it only names a host.
pub fn absolute(address: &str) -> String {
    match address.starts_with("//") {
        true => format!("https:{address}"),
        false => address.to_owned(),
    }
}

/// The last part of an address, or its host.
pub fn name_in(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let path = path.split_once("//").map_or(path, |(_, rest)| rest);
    let name = path.trim_end_matches('/').rsplit('/').next();
    name.filter(|name| !name.is_empty()).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(text: &str) -> String {
        let mut notes = Vec::new();
        Body::new("a.md", text, 0..text.len(), &mut notes).finish()
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        assert_eq!(
            carried("![A cat](https://x.org/cat.png) ![](//x.org/b.png)"),
            "[A cat](https://x.org/cat.png) [b.png](https://x.org/b.png)"
        );
        assert_eq!(
            carried("[![CI](https://x.org/badge.svg)](https://x.org)"),
            "[CI](https://x.org)"
        );
        assert_eq!(
            carried(
                "<iframe width=\"3\" src=\"https://www.youtube.com/embed/abc?rel=0\"></iframe>"
            ),
            "<a href=\"https://www.youtube.com/watch?v=abc\">Video on YouTube</a>"
        );
        assert_eq!(
            carried("<p style=\"color: red\" id=a>b<script>c</script></p>"),
            "<p id=a>b</p>"
        );
    }

    #[test]
    fn braces_that_mean_themselves_are_escaped() {
        assert_eq!(
            carried("a {{ b }} `{{ c }}` \\{{ d"),
            "a \\{{ b }} `{{ c }}` \\{{ d"
        );
    }
}
