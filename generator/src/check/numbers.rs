//! Numbers typed into a text that shows a model: where the model says the same number, it should be
//! computed, or it will be wrong after the next change of the model.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Evidence;
use crate::diagnostic::{Diagnostic, Span};
use crate::page::{Body, Page, Piece};
use crate::words::Words;

/// Fewer digits are equal by chance.
const FEWEST_DIGITS: usize = 3;

pub fn that_a_model_knows(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let mut figures: BTreeMap<String, String> = BTreeMap::new();
        let language = page.name.language.as_ref();
        let words = Words::embedded(language.unwrap_or(&evidence.config.language().tag));
        for id in models_of(page) {
            let Some(model) = evidence.models.get(&id) else {
                continue;
            };
            for (text, approach, show) in model.figures(&words) {
                if text.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS {
                    let call = format!(
                        "{{{{ estimate(model=\"{id}\", approach=\"{approach}\", show=\"{show}\") }}}}"
                    );
                    for typed in as_typed(&text) {
                        figures.entry(typed).or_insert_with(|| call.clone());
                    }
                }
            }
        }
        let text = match evidence.text(&page.path) {
            Some(text) if !figures.is_empty() => text,
            _ => continue,
        };
        for prose in prose(text) {
            for (figure, call) in &figures {
                let found = text[prose.clone()].match_indices(figure.as_str());
                let whole = found.filter(|(start, _)| is_whole(text, prose.start + start, figure));
                warnings.extend(whole.map(|(start, _)| {
                    let start = prose.start + start;
                    Diagnostic::warning("this number is the model's, and typed by hand")
                        .at(&page.path, start..start + figure.len())
                        .label("it stays when the model changes")
                        .help(format!("write `{call}`"))
                }));
            }
        }
    }
    warnings
}

/// A figure with the spaces that keyboards have, besides those that keep it on one line.
fn as_typed(figure: &str) -> BTreeSet<String> {
    let spaces = ["\u{a0}", "\u{202f}", " "];
    let with = |space| figure.replace(['\u{a0}', '\u{202f}'], space);
    let typed = spaces.into_iter().map(with);
    typed.chain([figure.to_owned()]).collect()
}

/// The models that a page shows.
fn models_of(page: &Page) -> BTreeSet<String> {
    fn collect(body: &Body, models: &mut BTreeSet<String>) {
        for piece in &body.pieces {
            let shortcode = match piece {
                Piece::Shortcode(shortcode) => shortcode,
                Piece::Include(include) => {
                    collect(&include.body, models);
                    continue;
                }
                Piece::Html(_) | Piece::Target(_) | Piece::Picture(_) | Piece::Words(_) => continue,
            };
            let is_model = |name: &str| matches!(name, "calculator" | "estimate" | "methodology");
            if is_model(&shortcode.name.value) {
                let model = shortcode.args.iter().find(|arg| arg.name.value == "model");
                models.extend(model.and_then(|arg| Some(arg.value.value.as_str()?.to_owned())));
            }
            for body in shortcode.bodies() {
                collect(body, models);
            }
        }
    }
    let mut models = BTreeSet::new();
    collect(&page.body, &mut models);
    models
}

/// The stretches of a file that are read as sentences: no front matter, code or shortcode.
fn prose(text: &str) -> Vec<Span> {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_TABLES;
    let mut apart = 0_usize;
    let mut prose = Vec::new();
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::MetadataBlock(_) | Tag::CodeBlock(_)) => apart += 1,
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::CodeBlock) => apart -= 1,
            Event::Text(_) if apart == 0 => prose.push(span),
            _ => {}
        }
    }
    prose.retain(|span| !is_in_shortcode(text, span.start));
    prose
}

/// Whether a place stands between `{{` and `}}`, or `{%` and `%}`.
fn is_in_shortcode(text: &str, at: usize) -> bool {
    let before = &text[..at];
    [("{{", "}}"), ("{%", "%}")]
        .into_iter()
        .any(|(open, close)| before.rfind(open) > before.rfind(close))
}

/// `$1,000` in `$1,000,000` is another number, and so is `1 000 €` in `21 000 €` or `2 001 000 €`.
fn is_whole(text: &str, start: usize, figure: &str) -> bool {
    let joins = |one: char| one.is_ascii_alphanumeric();
    let mut ahead = text[..start].chars().rev();
    let before = ahead.next();
    let in_thousands = figure.starts_with(|one: char| one.is_ascii_digit())
        && matches!(before, Some(' ' | '\u{a0}' | '\u{202f}'))
        && ahead.next().is_some_and(|one| one.is_ascii_digit());
    let mut after = text[start + figure.len()..].chars();
    let next = after.next();
    let goes_on =
        matches!(next, Some(',' | '.')) && after.next().is_some_and(|one| one.is_ascii_digit());
    !before.is_some_and(|one| joins(one) || matches!(one, '.' | ','))
        && !next.is_some_and(joins)
        && !goes_on
        && !in_thousands
}
