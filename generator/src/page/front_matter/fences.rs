//! Where front matter begins and ends: the `+++` and `---` lines around it, and what people write in their place. A file
//! whose front matter would be taken for text is refused, because a draft in it would be published.

use crate::diagnostic::{Diagnostic, Span};

/// Where a file's front matter and its body are.
pub struct Parts {
    pub(super) front: Option<(Format, Span)>,
    pub body: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Toml,
    Yaml,
}

impl Format {
    fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }

    /// What stands between a key and its value.
    fn sign(self) -> &'static str {
        match self {
            Self::Toml => " =",
            Self::Yaml => ":",
        }
    }
}

/// Splits a file into front matter and body. A file without front matter is all body.
pub fn split(path: &str, text: &str) -> Result<Parts, Diagnostic> {
    let first_line = text.lines().next().unwrap_or_default();
    let (format, fence) = match first_line.trim_end() {
        "+++" => (Format::Toml, "+++"),
        "---" => (Format::Yaml, "---"),
        _ => {
            if let Some(named) = named_format(path, first_line) {
                return Err(named);
            }
            if let Some(object) = json(text) {
                return Err(Diagnostic::error("front matter in JSON is not read")
                    .at(path, object)
                    .label("this would be published as text")
                    .help("write `key = value` lines between `+++`, or `key: value` lines between `---`"));
            }
            if let Some((fence, problem)) = misplaced(text) {
                return Err(Diagnostic::error("front matter must begin the file")
                    .at(path, fence)
                    .label(problem)
                    .help("the first line is `+++` for TOML or `---` for YAML, and nothing else"));
            }
            if let Some(closing) = unopened(text) {
                return Err(Diagnostic::error("front matter is never opened")
                    .at(path, closing)
                    .label("this ends front matter that no such line begins")
                    .help("put the same line above the first key"));
            }
            if let Some((key, format)) = unfenced(text) {
                let fence = format.fence();
                return Err(Diagnostic::error(format!(
                    "front matter must stand between `{fence}` lines"
                ))
                .at(path, key)
                .label("without them this would be published as text")
                .help(format!(
                    "put `{fence}` above the first key and below the last one"
                )));
            }
            return Ok(Parts {
                front: None,
                body: 0..text.len(),
            });
        }
    };
    let inside = first_line.len() + newline(&text[first_line.len()..]);
    let mut line_start = inside;
    for line in text[inside..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Ok(Parts {
                front: Some((format, inside..line_start)),
                body: line_start + line.len()..text.len(),
            });
        }
        line_start += line.len();
    }
    let unclosed = Diagnostic::error("front matter is never closed")
        .at(path, 0..fence.len())
        .label(format!("no second `{fence}` line follows"))
        .help(format!(
            "put `{fence}` on a line of its own after the last key"
        ));
    Err(unclosed)
}

/// What is wrong with a fence that says its format, as Hexo and code blocks have it: `---toml`.
fn named_format(path: &str, first_line: &str) -> Option<Diagnostic> {
    let line = first_line.trim_end();
    let name = ["---", "+++"]
        .iter()
        .find_map(|fence| line.strip_prefix(fence));
    let format = match name?.trim().to_ascii_lowercase().as_str() {
        "toml" => Format::Toml,
        "yaml" | "yml" => Format::Yaml,
        _ => return None,
    };
    let named = Diagnostic::error("front matter must begin with a line of three signs")
        .at(path, 0..line.len())
        .label("its format is not named")
        .help(format!(
            "{} stands between lines of `{}` alone",
            format.name(),
            format.fence()
        ));
    Some(named)
}

/// Where a file begins with an object in JSON, which is front matter for Hugo: the first line of it.
fn json(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let object = &text[start..];
    // Shortcodes begin with such a brace too, and nothing is read for them.
    if !object.starts_with('{') || object.starts_with("{{") || object.starts_with("{%") {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(object).into_iter();
    let keys: serde_json::Map<String, serde_json::Value> = values.next()?.ok()?;
    let line = object.lines().next().unwrap_or_default();
    (!keys.is_empty()).then(|| start..start + line.len())
}

/// What people write for the signs of a fence, and what word processors and keyboards make of them.
const FENCE_SIGNS: [char; 10] = ['+', '-', '‐', '‑', '–', '—', '―', '−', '＋', '－'];

/// A fence that opens front matter after empty lines, or with the wrong signs or number of them, and
/// what is wrong with it. A key follows it, so it is no rule of Markdown. Published, a draft would be a page.
fn misplaced(text: &str) -> Option<(Span, &'static str)> {
    let start = text.len() - text.trim_start().len();
    let mut lines = text[start..].lines();
    let fence = lines.next()?.trim_end();
    let is_plain = |sign: char| sign.is_ascii();
    // One plain sign begins a list; one dash may be what became of three signs.
    let is_fence = fence.chars().all(|sign| FENCE_SIGNS.contains(&sign))
        && (fence.chars().count() > 1 || !fence.chars().all(is_plain));
    let begins = lines.find(|line| !line.trim().is_empty())?;
    let problem = match fence {
        "+++" | "---" if text[..start].contains('\n') => "empty lines stand before this",
        "+++" | "---" => "spaces stand before this",
        _ if fence.chars().all(is_plain) => "this is not three of the same sign",
        _ => "these are other signs, which look alike",
    };
    (is_fence && key_name(begins.trim()).is_some()).then(|| (start..start + fence.len(), problem))
}

/// Front matter without any fence: the file begins with keys, and one of them says what only front
/// matter says. Its first line, and the format that it is in.
fn unfenced(text: &str) -> Option<(Span, Format)> {
    let start = text.len() - text.trim_start().len();
    let (format, line) = written_as(&text[start..])?;
    let first_lines = text[start..].lines().map(str::trim);
    let mut keys = first_lines
        .take_while(|line| !line.is_empty())
        .filter_map(key_name);
    let is_meant = line.start == 0 && keys.any(|key| matches!(key, "title" | "draft"));
    is_meant.then(|| (start..start + line.end, format))
}

/// The closing fence of front matter that lacks its opening one: nothing but
/// keys stands before it. Published, it would be the first words of the page.
fn unopened(text: &str) -> Option<Span> {
    let mut start = 0;
    let mut names = Vec::new();
    let mut blank = false;
    for line in text.split_inclusive('\n') {
        let written = line.trim();
        let closes = match written {
            "+++" => !names.is_empty(),
            // In Markdown this makes a heading of the line above, or a rule.
            "---" => names.contains(&"title") && !blank,
            _ => false,
        };
        if closes {
            return Some(start..start + written.len());
        }
        match key_name(written) {
            Some(name) => names.push(name),
            None if written.starts_with(['[', ']', '#', '"', '-']) => {}
            None if written.is_empty() => blank = true,
            None => return None,
        }
        start += line.len();
    }
    None
}

/// The name in `name = …` or `name: …`.
fn key_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(['=', ':'])?;
    let name = name.trim();
    let is_name = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    Some(name).filter(|name| !name.is_empty() && is_name(name))
}

fn newline(text: &str) -> usize {
    if text.starts_with("\r\n") {
        2
    } else {
        usize::from(text.starts_with('\n'))
    }
}

/// The format that all keys are in where it is not the one of the fences, and the first line with a key. One key that
/// is written otherwise is a slip in its line, and no more.
pub(super) fn in_other_format(front: &str, fences: Format) -> Option<(Format, Span)> {
    let (written, line) = written_as(front)?;
    let mut start = line.end;
    while let Some((next, line)) = written_as(&front[start..]) {
        if next == fences {
            return None;
        }
        start += line.end;
    }
    (written != fences).then_some((written, line))
}

/// The format that the first line with a key is in, and that line.
fn written_as(front: &str) -> Option<(Format, Span)> {
    let mut start = 0;
    for line in front.split_inclusive('\n') {
        let written = line.trim();
        if !written.is_empty() && !written.starts_with('#') {
            let sign = written.find(['=', ':']).map(|at| &written[at..=at]);
            let format = match (sign, key_name(written)) {
                (Some("="), Some(_)) => Format::Toml,
                (Some(_), Some(_)) => Format::Yaml,
                _ if written.starts_with('[') && written.ends_with(']') => Format::Toml,
                _ => return None,
            };
            let indent = line.len() - line.trim_start().len();
            return Some((format, start + indent..start + indent + written.len()));
        }
        start += line.len();
    }
    None
}

/// What is wrong with keys of one format between the lines of the other.
pub(super) fn between_wrong_lines(
    path: &str,
    text: &str,
    fences: Format,
    written: Format,
    line: Span,
) -> Diagnostic {
    let (fence, right) = (fences.fence(), written.fence());
    let help = format!("put `{right}` in place of both `{fence}` lines");
    let help = match key_name(&text[line.clone()]) {
        Some(key) => format!("{help}, or write `{key}{} …`", fences.sign()),
        None => help,
    };
    Diagnostic::error(format!(
        "this is {} between lines of {}",
        written.name(),
        fences.name()
    ))
    .at(path, line)
    .label(format!("`{fence}` begins {}", fences.name()))
    .help(help)
}
