//! What is odd in the HTML that authors write among their Markdown: pictures that nothing describes, and
//! links that show readers nothing to follow.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Evidence;
use crate::diagnostic::{Diagnostic, Span};
use crate::html;

/// Elements that show nothing by themselves.
const SHOWS_NOTHING: [&str; 12] = [
    "a", "b", "br", "code", "div", "em", "i", "p", "s", "small", "span", "strong",
];

/// A picture without a description is left out by screen readers, or read as the name of its file. One
/// that is decoration says so with an empty `alt`.
pub fn pictures_without_description(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    in_each_page(evidence, |text| {
        let mut found = Vec::new();
        for (event, span) in events(text) {
            let Some(raw) = raw(text, &event, &span) else {
                continue;
            };
            for tag in html::tags(raw) {
                if tag.name == "img" && !tag.closes && !has(&raw[tag.span.clone()], "alt") {
                    found.push(span.start + tag.span.start..span.start + tag.span.end);
                }
            }
        }
        let warning = Diagnostic::warning("a picture without a description")
            .label("nobody who does not see it learns what it shows")
            .help("write `alt=\"What it shows\"`, or `alt=\"\"` if it is decoration");
        (warning, found)
    })
}

/// `<a href="/about/"></a>`: nobody sees it, and a screen reader reads the address aloud.
pub fn links_without_text(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    in_each_page(evidence, |text| {
        let mut links = Links::default();
        for (event, span) in events(text) {
            match (raw(text, &event, &span), event) {
                (Some(raw), _) => links.read(raw, span.start),
                (None, Event::Text(shown) | Event::Code(shown)) => links.show(&shown),
                _ => {}
            }
        }
        let warning = Diagnostic::warning("this link has no text")
            .label("readers see nothing to follow")
            .help("write where it leads between `<a …>` and `</a>`");
        (warning, links.empty)
    })
}

/// Links of a text that is read from front to back.
#[derive(Default)]
struct Links {
    /// The opening tag of the present link, until it shows something.
    open: Option<Span>,
    /// Those that have shown nothing.
    empty: Vec<Span>,
}

impl Links {
    fn read(&mut self, raw: &str, start: usize) {
        let mut at = 0;
        for tag in html::tags(raw) {
            self.show(&html::text(&raw[at..tag.span.start]));
            at = tag.span.end;
            let written = &raw[tag.span.clone()];
            match (tag.name.as_ref(), tag.closes) {
                ("a", true) => self.empty.extend(self.open.take()),
                ("a", false) if has(written, "href") && !is_named(written) => {
                    self.open = Some(start + tag.span.start..start + tag.span.end);
                }
                ("a", false) => self.open = None,
                ("img", false) => {
                    // Without a description it has a warning of its own.
                    if is_named(written) || !has(written, "alt") {
                        self.open = None;
                    }
                }
                (name, _) if SHOWS_NOTHING.contains(&name) => {}
                _ => self.open = None,
            }
        }
        self.show(&html::text(&raw[at..]));
    }

    fn show(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.open = None;
        }
    }
}

/// Whether a tag says in words what it is.
fn is_named(tag: &str) -> bool {
    html::attributes(tag).any(|attribute| {
        let names = ["alt", "aria-label", "aria-labelledby", "title"];
        names.contains(&attribute.name.as_ref()) && !attribute.value.trim().is_empty()
    })
}

/// Whether a tag has an attribute, with a value or without.
fn has(tag: &str, name: &str) -> bool {
    let mut words = tag.split(|one: char| one.is_whitespace() || "/>".contains(one));
    html::attributes(tag).any(|attribute| attribute.name == name)
        || words.any(|word| word.eq_ignore_ascii_case(name))
}

/// The stretch of HTML that an event begins, or is. A block comes whole, because a tag may go on
/// over several lines.
fn raw<'a>(text: &'a str, event: &Event<'_>, span: &Span) -> Option<&'a str> {
    let is_raw = matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_));
    is_raw.then(|| &text[span.clone()])
}

/// What a file says, without its front matter.
fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Span)> {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_TABLES;
    let mut in_front_matter = false;
    let events = Parser::new_ext(text, options).into_offset_iter();
    events.filter(move |(event, _)| {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => in_front_matter = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_front_matter = false,
            _ => {}
        }
        !in_front_matter
    })
}

/// The same warning at each place that is found.
fn in_each_page(
    evidence: &Evidence<'_>,
    find: impl Fn(&str) -> (Diagnostic, Vec<Span>),
) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let Some(text) = evidence.text(&page.path).filter(|text| text.contains('<')) else {
            continue;
        };
        let (warning, found) = find(text);
        let places = found.into_iter();
        warnings.extend(places.map(|span| warning.clone().at(&page.path, span)));
    }
    warnings
}
