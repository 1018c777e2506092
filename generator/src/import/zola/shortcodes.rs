//! Zola's shortcodes in a text: `{{ name(…) }}`, and `{% name(…) %}` around a body.

use crate::diagnostic::Span;
use crate::import::Move;
use crate::import::body::Body;
use crate::import::brackets;
use crate::import::shortcode::{Call, Written, comma_args, common};
use crate::import::template::{self, Dialect};
use crate::source::SourceTree;

/// One `{{ … }}` or `{% … %}`.
struct Mark<'t> {
    span: Span,
    is_block: bool,
    inside: &'t str,
}

const KINDS: [brackets::Kind; 2] = [("{{", "}}"), ("{%", "%}")];

fn marks(text: &str, at: Span) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut from = at.start;
    while let Some(found) = brackets::first(text, from..at.end, &KINDS) {
        from = found.span.end;
        marks.push(Mark {
            span: found.span,
            is_block: found.kind == KINDS[1],
            inside: found.inside,
        });
    }
    marks
}

/// The text with our shortcodes in their place.
pub fn carry(moving: &mut Move<'_>, path: &str, text: &str, at: Span) -> String {
    let source = moving.source;
    let drawn_before = &mut moving.drawn;
    let mut body = Body::new(path, text, at.clone(), &mut moving.notes);
    // What closes each shortcode that is open.
    let mut open: Vec<String> = Vec::new();
    for mark in marks(text, at) {
        let Mark {
            span,
            is_block,
            inside,
        } = mark;
        if let Some(shown) = inside
            .strip_prefix("/*")
            .and_then(|rest| rest.strip_suffix("*/"))
        {
            let (before, after) = if is_block { ("{%", "%}") } else { ("{{", "}}") };
            let escape = if body.is_literal(span.start) {
                ""
            } else {
                "\\"
            };
            body.replace(span, format!("{escape}{before}{shown}{after}"));
            continue;
        }
        if is_block && inside == "end" {
            if let Some(close) = open.pop() {
                body.replace(span, close);
            }
            continue;
        }
        let Some((name, args)) = inside
            .strip_suffix(')')
            .and_then(|call| call.split_once('('))
        else {
            continue;
        };
        let is_name = |one: char| one.is_ascii_alphanumeric() || one == '_';
        if name.is_empty() || !name.trim().chars().all(is_name) || body.is_literal(span.start) {
            continue;
        }
        let mut call = Call {
            name: name.trim().to_owned(),
            args: comma_args(args),
            in_html: body.is_html(span.start),
        };
        name_files(&mut call, source, path);
        let fits = |known: &Written| is_block == matches!(known, Written::Around(..));
        let own = template::find(source, "templates/shortcodes/", &call.name);
        let known = common(&call).filter(fits);
        if known.is_some() {
            body.note_loss(&span, &call);
        }
        let known = known.or_else(|| {
            let (found, template) = own?;
            let drawn = template::draw(template, &call, Dialect::Tera).filter(fits)?;
            drawn_before.insert(found.to_owned());
            Some(body.harmless(&span, drawn))
        });
        match known {
            Some(Written::Whole(whole)) => body.replace(span, whole),
            Some(Written::Around(before, after)) => {
                body.replace(span, before);
                open.push(after);
            }
            None => {
                body.note(
                    span.clone(),
                    format!("the shortcode `{}` was left out", call.name),
                    template::advice(&call, own.map(|(path, _)| path), is_block),
                );
                let words = call.words().filter(|_| !is_block).unwrap_or_default();
                body.replace(span, words);
                if is_block {
                    open.push(String::new());
                }
            }
        }
    }
    body.finish()
}

/// Zola looks for the files that shortcodes name in several folders. A link says which one it is.
fn name_files(call: &mut Call, source: &SourceTree, page: &str) {
    let beside = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (name, value) in &mut call.args {
        if !matches!(name.as_deref(), Some("src" | "path" | "file" | "url")) {
            continue;
        }
        let below = value.trim_start_matches('/').trim_start_matches("@/");
        let is_there = |folder: &str| source.get(&format!("{folder}/{below}")).is_some();
        if value.contains("://") || is_there(beside) {
            continue;
        }
        if is_there("content") {
            *value = format!("@/{below}");
        } else if is_there("static") {
            *value = format!("/{below}");
        }
    }
}
