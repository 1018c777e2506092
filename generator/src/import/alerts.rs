//! Alerts that say more than ours do: `> [!TIP]- Title`, of kinds that other programs know as well. They become one of
//! the five kinds, with the title as its first paragraph.

use pulldown_cmark::{Event, Parser, Tag};

use super::body::Body;
use super::shortcode::kind_of;
use crate::diagnostic::Span;

/// Carries the alerts of a text that is Markdown.
pub fn carry(body: &mut Body<'_>) {
    let (text, offset) = (body.text, body.at.start);
    let quotations: Vec<Span> = Parser::new(&text[body.at.clone()])
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))))
        .map(|(_, span)| span.start + offset..span.end + offset)
        .collect();
    for quotation in quotations {
        if let Some(alert) = Alert::read(text, &quotation) {
            carry_one(body, &quotation, &alert);
        }
    }
}

/// The first line of an alert.
struct Alert<'t> {
    kind: &'t str,
    title: &'t str,
    /// Whether readers may fold it.
    folds: bool,
    /// Where the line ends.
    end: usize,
}

impl<'t> Alert<'t> {
    fn read(text: &'t str, quotation: &Span) -> Option<Self> {
        let line = text[quotation.clone()].lines().next()?;
        let inside = line.strip_prefix('>')?.trim_start().strip_prefix("[!")?;
        let (kind, rest) = inside.split_once(']')?;
        let is_word = |one: char| one.is_alphanumeric() || one == '-' || one == '_';
        if kind.is_empty() || !kind.chars().all(is_word) {
            return None;
        }
        let title = rest.strip_prefix(['+', '-']);
        Some(Self {
            kind,
            title: title.unwrap_or(rest).trim(),
            folds: title.is_some(),
            end: quotation.start + line.len(),
        })
    }
}

fn carry_one(body: &mut Body<'_>, quotation: &Span, alert: &Alert<'_>) {
    let text = body.text;
    let known = kind(&alert.kind.to_lowercase());
    let is_ours = known.is_some_and(|kind| kind.eq_ignore_ascii_case(alert.kind));
    if is_ours && alert.title.is_empty() && !alert.folds {
        return;
    }
    let kind = known.unwrap_or("note").to_uppercase();
    let title = match (alert.title, known) {
        ("", None) => alert.kind,
        (title, _) => title.trim_matches('*'),
    };
    if alert.folds {
        body.note(
            quotation.start..alert.end,
            "this alert does not fold",
            "it is always open; what folds is `<details>` in HTML",
        );
    }
    let mut written = format!("> [!{kind}]");
    if !title.is_empty() {
        let margin = margin(text, quotation.start, body.at.start);
        written.push_str(&format!("\n{margin}> **{title}**"));
        if !text[alert.end..quotation.end].trim().is_empty() {
            written.push_str(&format!("\n{margin}>"));
        }
    }
    body.replace(quotation.start..alert.end, written);
}

/// The kind of alert that a word of another program means.
fn kind(word: &str) -> Option<&'static str> {
    kind_of(word).or(match word {
        "cite" | "faq" | "help" | "summary" | "tldr" | "todo" => Some("note"),
        "check" | "done" | "hint" => Some("tip"),
        "fail" | "missing" => Some("caution"),
        _ => None,
    })
}

/// What stands before a quotation on each of its lines: the blanks of a list, or the marks of the quotation around it.
fn margin(text: &str, start: usize, first: usize) -> String {
    let line = text[first..start]
        .rfind('\n')
        .map_or(first, |end| first + end + 1);
    let is_mark = |one: char| if one == '>' { '>' } else { ' ' };
    text[line..start].chars().map(is_mark).collect()
}
