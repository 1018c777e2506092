//! What settings of another generator say of all lines, written where it holds: an author's line ends a line of the text,
//! and code has numbers.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::body::markdown;
use super::edits::Edits;

/// Markdown in which every line of a text that ends ends a line for readers too.
pub fn hard(text: &str) -> String {
    let options = markdown()
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut edits = Edits::default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if event != Event::SoftBreak {
            continue;
        }
        let before = text[..range.start].trim_end();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let after = text[range.end..].trim_start_matches(['>', ' ', '\t']);
        // Shortcodes and attributes of blocks stand on lines of their own.
        let is_shortcode = line.ends_with("%}") || line.ends_with("}}") || after.starts_with("{%");
        if !is_shortcode && !after.starts_with('{') {
            edits.replace(before.len()..before.len(), "\\");
        }
    }
    edits.apply(text, 0..text.len())
}

/// Markdown in which all code of a known language that does not say otherwise has numbered lines.
pub fn numbered(text: &str) -> String {
    let mut edits = Edits::default();
    for (event, range) in Parser::new_ext(text, markdown()).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else {
            continue;
        };
        let language = info.split([',', ' ', '{']).next().unwrap_or_default();
        if language.is_empty() || info.contains("linenos") {
            continue;
        }
        let fence = text[range.clone()].lines().next().unwrap_or_default();
        if let Some(found) = fence.find(language) {
            let end = range.start + found + language.len();
            edits.replace(end..end, ",linenos");
        }
    }
    edits.apply(text, 0..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_text_ends_for_readers() {
        assert_eq!(
            hard(
                "One\ntwo  \nthree\n\n> [!NOTE]\n> four\n> five\n\n- six\n  seven\n{.a}\n\n{% note() %}\neight\n{% end %}\n\n```\na\nb\n```\n"
            ),
            "One\\\ntwo  \nthree\n\n> [!NOTE]\n> four\\\n> five\n\n- six\\\n  seven\n{.a}\n\n{% note() %}\neight\n{% end %}\n\n```\na\nb\n```\n"
        );
    }

    #[test]
    fn code_of_a_language_has_numbers() {
        assert_eq!(
            numbered(
                "```go\na\n```\n\n> ~~~ rust,hl_lines=1\n> b\n> ~~~\n\n```\nc\n```\n\n```js,linenos\nd\n```\n"
            ),
            "```go,linenos\na\n```\n\n> ~~~ rust,linenos,hl_lines=1\n> b\n> ~~~\n\n```\nc\n```\n\n```js,linenos\nd\n```\n"
        );
    }
}
