//! The title of a page that names none in its front matter: the heading that
//! opens its text, else its file's name.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Name;
use super::markdown::{MarkdownOptions, code_spans};
use super::passage::Passage;
use super::shortcode;
use crate::diagnostic::{Diagnostic, Span};

/// A level-1 heading at the very start of a text is its title, not part of its
/// body. Gives the title as plain text, and the body that is left.
pub fn leading(
    path: &str,
    text: &str,
    body: Span,
    options: MarkdownOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(String, Span)> {
    let block = first_block(&text[body.clone()]);
    let parser = Parser::new_ext(block, Options::ENABLE_HEADING_ATTRIBUTES);
    let mut events = parser.into_offset_iter();
    let (
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        }),
        heading,
    ) = events.next()?
    else {
        return None;
    };
    let mut title = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => title.push_str(&text),
            Event::SoftBreak | Event::HardBreak => title.push(' '),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    let title = title.trim().to_owned();
    if title.is_empty() {
        return None;
    }
    let code = code_spans(block, options);
    let written = Passage::new(path, text, body.start..body.start + heading.end);
    let (shortcodes, malformed) = shortcode::find(&written, &code);
    diagnostics.extend(malformed);
    diagnostics.extend(shortcodes.into_iter().map(|shortcode| {
        let wrong = Diagnostic::error("a shortcode cannot stand in a title")
            .label("a title is plain text, which lists and feeds show too");
        written.mark(wrong, shortcode.span)
    }));
    Some((title, body.start + heading.end..body.end))
}

/// The text up to the first blank line that follows something: no heading is longer.
fn first_block(text: &str) -> &str {
    let mut end = 0;
    let mut begun = false;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if blank && begun {
            break;
        }
        begun |= !blank;
        end += line.len();
    }
    &text[..end]
}

/// `first-steps` becomes `First steps`.
pub fn from_name(name: &Name) -> String {
    let stem = match name.is_section {
        true => name.folder.rsplit('/').next().unwrap_or_default(),
        false => &name.stem,
    };
    of_file(stem)
}

/// The name of a file or a folder as a title: `My notes` for `my-notes`.
pub fn of_file(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leading(text: &str) -> Option<(String, &str)> {
        let options = MarkdownOptions::default();
        let mut diagnostics = Vec::new();
        let found = super::leading("a.md", text, 0..text.len(), options, &mut diagnostics);
        assert_eq!(diagnostics, []);
        found.map(|(title, rest)| (title, &text[rest]))
    }

    #[test]
    fn a_heading_that_opens_the_text_is_its_title() {
        let found = leading("\n# The *first* `one` {#id}\n\nText.\n");
        assert_eq!(found, Some(("The first one".to_owned(), "\nText.\n")));
    }

    #[test]
    fn a_sharp_may_end_a_title() {
        assert_eq!(leading("# C#").unwrap().0, "C#");
        assert_eq!(leading("# C# ##").unwrap().0, "C#");
    }

    #[test]
    fn only_a_first_heading_of_level_one_is_a_title() {
        for text in [
            "",
            "#",
            "## Two",
            "Text.\n\n# Later",
            "    # code",
            "#hashtag",
        ] {
            assert_eq!(leading(text), None, "{text}");
        }
    }
}
