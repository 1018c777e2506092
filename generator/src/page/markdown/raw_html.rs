//! HTML that an author writes: passed on as it is, but for files beside the page, which have other names when they are
//! published, what the policy of pages blocks, which is reported, and what the tag filter holds back.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::Target;
use super::writer::Writer;
use crate::diagnostic::{Diagnostic, Span};
use crate::html;
use crate::page::has_scheme;

/// Tags that change how everything after them is read (GitHub Flavored Markdown, 6.11).
const FILTERED: [&str; 9] = [
    "title",
    "textarea",
    "style",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "script",
    "plaintext",
];

/// Where HTML begins to hold code, or nothing for readers, and where that ends.
const VERBATIM: [(&str, &str); 3] = [("<!--", "-->"), ("<code", "</code>"), ("<pre", "</pre>")];

/// The links in a file's HTML as a finished page has them, with the places of their addresses.
pub fn raw_hrefs(text: &str, body: Span) -> Vec<(String, Span)> {
    let start = body.start;
    let text = &text[body];
    if !text.contains('<') {
        return Vec::new();
    }
    let mut hrefs = Vec::new();
    for (event, span) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        // A block comes whole, because a tag may go on over several lines.
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        for attribute in html::attributes(&text[span.clone()]) {
            let at = start + span.start + attribute.span.start;
            hrefs.extend(attribute.addresses().into_iter().map(|address| {
                let place = at + address.start..at + address.end;
                (
                    html::unescape(&attribute.value[address]).into_owned(),
                    place,
                )
            }));
        }
    }
    hrefs
}

/// Finds comments and code in a text's HTML, which comes in pieces and in reading order.
#[derive(Default)]
pub struct Verbatim {
    pub spans: Vec<Span>,
    /// How what is open ends, and where it began.
    open: Option<(&'static str, usize)>,
}

impl Verbatim {
    /// Reads a piece that stands at `start`.
    pub fn read(&mut self, html: &str, start: usize) {
        let lower_case = html.to_ascii_lowercase();
        let mut at = 0;
        loop {
            let rest = &lower_case[at..];
            if let Some((closing, begin)) = self.open {
                let Some(found) = rest.find(closing) else {
                    return;
                };
                at += found + closing.len();
                self.spans.push(begin..start + at);
                self.open = None;
                continue;
            }
            let openings = VERBATIM.iter().filter_map(|(opening, closing)| {
                let found = rest.find(opening)?;
                let after = rest[found + opening.len()..].chars().next();
                let is_whole = *opening == "<!--" || !after.is_some_and(char::is_alphanumeric);
                is_whole.then_some((found, closing))
            });
            let Some((found, closing)) = openings.min() else {
                return;
            };
            self.open = Some((closing, start + at + found));
            at += found + 1;
        }
    }
}

impl Writer<'_, '_, '_> {
    /// Notes the addresses in a stretch of HTML that start at the page's folder, or at `content`.
    pub(super) fn find_addresses(&mut self, range: &Span) {
        let written = &self.marked[range.clone()];
        self.addresses.clear();
        for attribute in html::attributes(written) {
            let at = range.start + attribute.span.start;
            for address in attribute.addresses() {
                let written = &attribute.value[address.clone()];
                let is_from_here = !written.trim().is_empty()
                    && !written.starts_with(['/', '#', '?'])
                    // What no name of a file holds stays as it is written, as CommonMark asks for.
                    && !written.contains(['&', '`', '<', '>', '\\'])
                    && !written.contains(char::is_control)
                    && !has_scheme(written);
                if is_from_here {
                    self.addresses.push(at + address.start..at + address.end);
                }
            }
        }
    }

    /// Writes a piece of the HTML whose addresses were found.
    pub(super) fn raw(&mut self, html: &str, range: &Span) {
        let mut at = range.start;
        // What the parser has changed has no place in the text.
        if self.marked[range.clone()] == *html {
            for address in std::mem::take(&mut self.addresses) {
                if address.start < at || address.end > range.end {
                    self.addresses.push(address);
                    continue;
                }
                self.raw_part(&html[at - range.start..address.start - range.start]);
                at = address.end;
                self.write_target(Target {
                    written: self.marked[address.clone()].to_owned(),
                    span: self.passage.place(address),
                });
            }
        }
        self.raw_part(&html[at - range.start..]);
    }

    fn raw_part(&mut self, html: &str) {
        let html = match self.page.options.tag_filter {
            true => filtered(html),
            false => Cow::Borrowed(html),
        };
        self.with_shortcodes(&html, |out, html| out.html.push_str(html));
    }

    pub(super) fn block_html(&mut self, html: &str, range: &Span) {
        let at_top = self.outer.is_empty() && self.out.summary.is_none();
        if at_top && is_end_of_summary(html) {
            self.out
                .html
                .push_str("<span id=\"continue-reading\"></span>");
            self.out.flush();
            self.out.summary = Some(self.out.pieces.len());
            return;
        }
        self.raw(html, range);
    }

    /// Reports HTML that the policy of published pages keeps from working.
    pub(super) fn refuse_blocked(&mut self, html: &str, range: &Span) {
        for blocked in self.inspection.blocked(html) {
            let is_tag = html[blocked.span.clone()].starts_with('<');
            if is_tag && self.page.options.tag_filter {
                continue;
            }
            let start = range.start + blocked.span.start;
            let wrong = Diagnostic::error("readers would not get this")
                .label(blocked.why)
                .help(blocked.help);
            let wrong = self.passage.mark(wrong, start..start + blocked.span.len());
            self.page.diagnostics.push(wrong);
        }
    }
}

/// `<!-- more -->` as Zola writes it, or `<!--more-->` as Hugo does.
fn is_end_of_summary(html: &str) -> bool {
    html.trim()
        .strip_prefix("<!--")
        .and_then(|inside| inside.strip_suffix("-->"))
        .is_some_and(|inside| inside.trim() == "more")
}

/// HTML in which the filtered tags are text.
fn filtered(html: &str) -> Cow<'_, str> {
    let is_filtered = |rest: &str| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest
            .find(|one: char| !one.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        FILTERED
            .iter()
            .any(|filtered| filtered.eq_ignore_ascii_case(name))
            && (after.is_empty()
                || after.starts_with('>')
                || after.starts_with("/>")
                || after.starts_with(char::is_whitespace))
    };
    let found = |html: &str| {
        html.match_indices('<')
            .map(|(at, _)| at)
            .find(|at| is_filtered(&html[at + 1..]))
    };
    let mut rest = html;
    let mut written = String::new();
    while let Some(at) = found(rest) {
        written.push_str(&rest[..at]);
        written.push_str("&lt;");
        rest = &rest[at + 1..];
    }
    match written.is_empty() {
        true => Cow::Borrowed(html),
        false => Cow::Owned(written + rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_holds_back_what_github_does() {
        let html = "<strong> <Title> <style> <em> </xmp> <scripted> <plaintext/>";
        assert_eq!(
            filtered(html),
            "<strong> &lt;Title> &lt;style> <em> &lt;/xmp> <scripted> &lt;plaintext/>"
        );
    }
}
