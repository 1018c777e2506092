//! What stands in braces behind a fence of code: `{file="a.toml" hl_lines=[2]}`.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::import::ATTRIBUTES_OF_CODE;
use crate::import::body::{Body, markdown};

/// Attributes that mean the same here.
const SAME: [&str; 5] = ["hide_lines", "hl_lines", "linenos", "linenostart", "name"];

/// What themes call the name of a file.
const NAMES: [&str; 4] = ["file", "filename", "path", "title"];

/// Writes them as they are read here, and names what is left out.
pub fn carry(body: &mut Body<'_>) {
    let (text, offset) = (body.text, body.at.start);
    let blocks = Parser::new_ext(&text[body.at.clone()], markdown()).into_offset_iter();
    for (event, span) in blocks {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else {
            continue;
        };
        let line = text[offset + span.start..]
            .lines()
            .next()
            .unwrap_or_default();
        let (Some(open), Some(close)) = (line.find('{'), line.rfind('}')) else {
            continue;
        };
        let span = offset + span.start + open..offset + span.start + close + 1;
        if !info.contains('{') || close < open || body.edits.covers(span.start) {
            continue;
        }
        let attributes = attributes(&line[open + 1..close]);
        let mut kept = Vec::new();
        let mut others = Vec::new();
        for attribute in &attributes {
            let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let name = name.trim().to_ascii_lowercase();
            match name.as_str() {
                name if SAME.contains(&name) => kept.push(attribute.clone()),
                name if NAMES.contains(&name) => kept.push(format!("name={}", value.trim())),
                _ => others.push(format!("`{attribute}`")),
            }
        }
        let renamed = match kept.is_empty() {
            true => String::new(),
            false => format!("{{{}}}", kept.join(" ")),
        };
        if !others.is_empty() {
            let are = if others.len() == 1 { "was" } else { "were" };
            let message = format!("{} {are} left out", others.join(", "));
            body.note(span.clone(), message, ATTRIBUTES_OF_CODE);
        }
        if renamed != text[span.clone()] {
            body.replace(span, renamed);
        }
    }
}

/// `a="b c", d=[1, 2]` in its parts.
fn attributes(written: &str) -> Vec<String> {
    let mut attributes = vec![String::new()];
    let mut quote = None;
    let mut depth = 0_usize;
    for letter in written.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('[', None) => depth += 1,
            (']', None) => depth = depth.saturating_sub(1),
            (' ' | ',', None) if depth == 0 => {
                attributes.push(String::new());
                continue;
            }
            _ => {}
        }
        attributes
            .last_mut()
            .into_iter()
            .for_each(|last| last.push(letter));
    }
    attributes.retain(|attribute| !attribute.is_empty());
    attributes
}
