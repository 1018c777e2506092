//! Zola's shortcodes in a text: `{{ name(…) }}`, and `{% name(…) %}` around a body.

use crate::diagnostic::Span;
use crate::import::Move;
use crate::import::body::Body;
use crate::import::brackets;
use crate::import::shortcode::{Call, Written, comma_args, common, spaced_args};
use crate::import::template::{self, Dialect};
use crate::source::SourceTree;

use super::drawn;

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
    let settings = &moving.settings;
    let drawn_before = &mut moving.drawn;
    let mut body = Body::new(path, text, at.clone(), &mut moving.notes);
    // Each shortcode that is open, with what stands before and behind its body.
    let mut open: Vec<(Span, String, String)> = Vec::new();
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
        if is_block && (inside == "end" || inside.starts_with("</")) {
            if let Some((opening, before, after)) = open.pop() {
                body.surround(opening, span, &before, &after);
            }
            continue;
        }
        let Some(mut call) = call(inside).filter(|_| !body.is_literal(span.start)) else {
            continue;
        };
        call.in_html = body.is_html(span.start);
        name_files(&mut call, source, path);
        let fits = |known: &Written| is_block == matches!(known, Written::Around(..));
        let own = template::find(source, "templates/shortcodes/", &call.name);
        let known = common(&call).filter(fits);
        if known.is_some() {
            body.note_loss(&span, &call);
        }
        let known = known.or_else(|| {
            let (found, template) = own?;
            let drawn = drawn::draw(found, template, &call, settings)
                .or_else(|| template::draw(template, &call, Dialect::Tera))
                .filter(fits)?;
            drawn_before.insert(found.to_owned());
            Some(body.harmless(&span, drawn))
        });
        match known {
            Some(Written::Whole(whole)) => body.replace(span, whole),
            Some(Written::Around(before, after)) => {
                open.push((span, before, after));
            }
            None => {
                body.note(
                    span.clone(),
                    format!("the shortcode `{}` was left out", call.name),
                    template::advice(&call, own.map(|(path, _)| path), is_block),
                );
                let words = call.words().filter(|_| !is_block).unwrap_or_default();
                let words = words.to_owned();
                match is_block {
                    true => open.push((span, String::new(), String::new())),
                    false => body.replace(span, words),
                }
            }
        }
    }
    // What nobody closes.
    for (opening, ..) in open {
        body.replace(opening, "");
    }
    body.finish()
}

/// A shortcode with its arguments: `name(id="x")`, or since Tera has components `<name id="x" width={3} />`.
fn call(inside: &str) -> Option<Call> {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|one| one.is_ascii_alphanumeric() || one == '_')
    };
    let named = |name: &str, args| Call {
        name: name.to_owned(),
        args,
        in_html: false,
    };
    if let Some(component) = inside.strip_prefix('<') {
        let component = component.strip_suffix('>')?;
        let component = component.strip_suffix('/').unwrap_or(component).trim();
        let (name, args) = component
            .split_once(char::is_whitespace)
            .unwrap_or((component, ""));
        let mut args = spaced_args(args);
        for (_, value) in &mut args {
            if let Some(number) = value
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                *value = number.to_owned();
            }
        }
        return is_name(name).then(|| named(name, args));
    }
    let (name, args) = inside.strip_suffix(')')?.split_once('(')?;
    let name = name.trim();
    is_name(name).then(|| named(name, comma_args(args)))
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
