//! Signs that authors write as words between colons, `:tada:`, where the other generator draws them.

use pulldown_cmark::{Event, Parser, Tag};

use super::MovedPage;
use super::edits::Edits;
use crate::diagnostic::Span;

/// Draws them in the title, the description and the text of a page.
pub fn draw(page: &mut MovedPage) {
    for key in ["title", "description"] {
        if let Some(toml::Value::String(text)) = page.front.get_mut(key) {
            *text = drawn(text, &[]);
        }
    }
    let literal: Vec<Span> = Parser::new(&page.body)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, span)| span)
        .collect();
    page.body = drawn(&page.body, &literal);
}

fn drawn(text: &str, literal: &[Span]) -> String {
    let mut edits = Edits::default();
    let mut from = 0;
    while let Some(start) = text[from..].find(':').map(|at| from + at) {
        from = start + 1;
        let Some(length) = text[from..].find(':') else {
            break;
        };
        let end = from + length + 1;
        let follows_word = text[..start].ends_with(char::is_alphanumeric);
        let is_literal = literal.iter().any(|span| span.contains(&start));
        let sign = emojis::get_by_shortcode(&text[from..end - 1]);
        if let Some(sign) = sign.filter(|_| !follows_word && !is_literal) {
            edits.replace(start..end, sign.as_str());
            from = end;
        }
    }
    edits.apply(text, 0..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_signs_are_drawn() {
        assert_eq!(
            drawn("At 10:30:15 :tada::rocket: a:b:c :nothing:", &[]),
            "At 10:30:15 🎉🚀 a:b:c :nothing:"
        );
    }
}
