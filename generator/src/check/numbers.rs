//! Numbers typed into a text that shows a model: where the model says the same number, it should be
//! computed, or it will be wrong after the next change of the model.

mod typed;

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use tallypress_calculator::figures::{Figure, Stat, Unit};
use tallypress_calculator::model::Series;

use self::typed::{Kind, Typed};
use super::Evidence;
use crate::calculator::Known;
use crate::diagnostic::{Diagnostic, Span};
use crate::page::{Body, Page, Piece};
use crate::words::Words;

/// A number with fewer digits is only looked for among the figures that a model is asked for first: it is
/// equal to some other by chance.
const EXACT: usize = 3;
/// More figures of one value are no suggestion.
const MOST: usize = 3;

pub fn that_a_model_knows(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let models = models_of(page);
        let text = match evidence.text(&page.path) {
            Some(text) if !models.is_empty() => text,
            _ => continue,
        };
        let language = page.name.language.as_ref();
        let words = Words::embedded(language.unwrap_or(&evidence.config.language().tag));
        for id in models {
            let Some(model) = evidence.models.get(&id) else {
                continue;
            };
            let known = model.figures(&words);
            for prose in prose(text) {
                for typed in typed::find(&text[prose.clone()], &words, model.currency()) {
                    let place = prose.start + typed.span.start..prose.start + typed.span.end;
                    let meant = meant(&typed, &known);
                    if meant.is_empty() || is_in_shortcode(text, place.start) {
                        continue;
                    }
                    let help = help(&id, &model.path, &meant, &text[place.clone()]);
                    warnings.push(
                        Diagnostic::warning("this number is the model's, and typed by hand")
                            .at(&page.path, place)
                            .label("it stays when the model changes")
                            .help(help),
                    );
                }
            }
        }
    }
    warnings
}

/// The figures that a typed number may be: one for each approach and subject.
fn meant<'a>(typed: &Typed, known: &'a [Known<'a>]) -> Vec<&'a Known<'a>> {
    let is_it = |figure: &&Known<'_>| {
        kind(figure.figure) == Some(typed.kind)
            && (figure.value - typed.value).abs() < 1e-6 * typed.value.max(1.0)
    };
    let mut same: Vec<&Known<'_>> = known.iter().filter(is_it).collect();
    if same.iter().any(|figure| is_asked_first(figure.figure)) || typed.digits < EXACT {
        same.retain(|figure| is_asked_first(figure.figure));
    }
    // Costs are told by their mean, times by their median.
    if typed.kind == Kind::Weeks {
        same.sort_by_key(|figure| (figure.approach, is_mean(figure.figure)));
    }
    let mut subjects = BTreeSet::new();
    same.retain(|figure| {
        let subject = figure.show.split('.').next().unwrap_or_default();
        let whole = match subject {
            "hours" => figure.show.as_str(),
            _ => subject,
        };
        subjects.insert((figure.approach, whole))
    });
    same
}

/// What a figure is counted in, if it is something that people type.
fn kind(figure: Figure) -> Option<Kind> {
    match (figure, figure.unit()) {
        (Figure::RoleHours { .. }, _) => Some(Kind::Hours),
        (_, Unit::Money) => Some(Kind::Money),
        (_, Unit::Weeks) => Some(Kind::Weeks),
        (_, Unit::Share) => Some(Kind::Share),
        (_, Unit::Number | Unit::Flag | Unit::Plain) => None,
    }
}

/// Whether a figure is about the whole, or a milestone, and in the middle of what may be.
fn is_asked_first(figure: Figure) -> bool {
    let Figure::Series { series, stat, .. } = figure else {
        return true;
    };
    let is_part = matches!(
        series,
        Series::CashPhase(_)
            | Series::InternalPhase(_)
            | Series::StartPhase(_)
            | Series::FinishPhase(_)
    );
    !is_part && matches!(stat, Stat::Mean | Stat::P50)
}

fn is_mean(figure: Figure) -> bool {
    matches!(
        figure,
        Figure::Series {
            stat: Stat::Mean,
            ..
        }
    )
}

fn help(model: &str, path: &str, meant: &[&Known<'_>], typed: &str) -> String {
    if meant.len() > MOST {
        return format!("several of its figures are this: `tallypress estimate {path}` lists them");
    }
    let calls = meant.iter().map(|Known { approach, show, .. }| {
        format!("`{{{{ estimate(model=\"{model}\", approach=\"{approach}\", show=\"{show}\") }}}}`")
    });
    let calls: Vec<String> = calls.collect();
    let which = match meant {
        [_] => "",
        _ => ", whichever is meant",
    };
    let is_same = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ") == typed;
    let printed = match meant {
        [first, ..] if !is_same(&first.text) => format!("; it prints `{}`", first.text),
        _ => String::new(),
    };
    format!("write {}{which}{printed}", calls.join(" or "))
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

/// The stretches of a file that are read as sentences: no front matter, no code.
fn prose(text: &str) -> Vec<Span> {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_TABLES;
    let mut apart = 0_usize;
    let mut prose: Vec<Span> = Vec::new();
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::MetadataBlock(_) | Tag::CodeBlock(_)) => apart += 1,
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::CodeBlock) => apart -= 1,
            // Of one sentence are the parts around an entity or the end of a line.
            Event::Text(_) | Event::SoftBreak if apart == 0 => match prose.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => prose.push(span),
            },
            _ => {}
        }
    }
    prose
}

/// Whether a place stands between `{{` and `}}`, or `{%` and `%}`.
fn is_in_shortcode(text: &str, at: usize) -> bool {
    let before = &text[..at];
    [("{{", "}}"), ("{%", "%}")]
        .into_iter()
        .any(|(open, close)| before.rfind(open) > before.rfind(close))
}
