//! Abbreviations that are explained once, `*[CSS]: Cascading Style Sheets`, and marked wherever the text uses them.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::body::{Body, markdown};
use super::shortcode::quoted_in_html;
use crate::diagnostic::Span;

/// Carries the abbreviations of a text that is Markdown.
pub fn carry(body: &mut Body<'_>) {
    let (text, at) = (body.text, body.at.clone());
    let mut explained: Vec<(&str, &str)> = Vec::new();
    let mut start = at.start;
    for line in text[at.clone()].split_inclusive('\n') {
        let span = start..start + line.len();
        start = span.end;
        if let Some(one) = explanation(line).filter(|_| !body.is_literal(span.start)) {
            explained.push(one);
            body.replace(span, "");
        }
    }
    if explained.is_empty() {
        return;
    }
    // Of two that begin alike the longer one is meant.
    explained.sort_by_key(|(short, _)| std::cmp::Reverse(short.len()));
    for span in words(body) {
        mark(body, span, &explained);
    }
}

/// `*[CSS]: Cascading Style Sheets`
fn explanation(line: &str) -> Option<(&str, &str)> {
    let (short, meaning) = line.trim_end().strip_prefix("*[")?.split_once("]:")?;
    let meaning = meaning.trim();
    (!short.is_empty() && !meaning.is_empty()).then_some((short, meaning))
}

/// Where the words of the text are: not in code, headings, pictures or HTML.
fn words(body: &Body<'_>) -> Vec<Span> {
    let offset = body.at.start;
    let mut words = Vec::new();
    let mut apart = 0_usize;
    for (event, span) in Parser::new_ext(body.written(&body.at), markdown()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => apart += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::Image | TagEnd::CodeBlock) => apart -= 1,
            Event::Text(_) if apart == 0 => words.push(span.start + offset..span.end + offset),
            _ => {}
        }
    }
    words
}

fn mark(body: &mut Body<'_>, span: Span, explained: &[(&str, &str)]) {
    let text = body.text;
    let mut at = span.start;
    while at < span.end {
        let rest = &text[at..span.end];
        let stands_apart = |short: &str| {
            let after = text[at + short.len()..].chars().next();
            let before = text[..at].chars().next_back();
            let is_letter = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
            !is_letter(before) && !is_letter(after)
        };
        let found = explained
            .iter()
            .find(|(short, _)| rest.starts_with(short) && stands_apart(short));
        at += match found {
            Some((short, meaning)) => {
                let meaning = quoted_in_html(meaning);
                body.replace(
                    at..at + short.len(),
                    format!("<abbr title=\"{meaning}\">{short}</abbr>"),
                );
                short.len()
            }
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
}
