//! Draws diagnostics: for people as an excerpt of the file with the place
//! marked, for programs as JSON with line and column.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{self, IsTerminal};

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, Span};

/// The texts that diagnostics point into, by path.
pub type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// Whether escape codes for colour may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Never,
    Always,
}

impl Colour {
    /// As the person at standard error wants it.
    fn of_stderr() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match wanted && io::stderr().is_terminal() {
            true => Colour::Always,
            false => Colour::Never,
        }
    }
}

/// Draws diagnostics on standard error.
pub fn print(diagnostics: &[Diagnostic], texts: &Texts<'_>) {
    complain!("{}", draw(diagnostics, texts, Colour::of_stderr()));
}

/// Draws every diagnostic, one blank line between them.
pub fn draw(diagnostics: &[Diagnostic], texts: &Texts<'_>, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let mut drawing = String::new();
    for diagnostic in diagnostics {
        if !drawing.is_empty() {
            drawing.push('\n');
        }
        drawing.push_str(&draw_one(diagnostic, texts, &renderer));
        drawing.push('\n');
    }
    drawing
}

fn draw_one(diagnostic: &Diagnostic, texts: &Texts<'_>, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut elements: Vec<Element<'_>> = Vec::new();
    if let Some(place) = &diagnostic.place {
        match (place.span.clone(), texts.get(place.path.as_str())) {
            (Some(span), Some(text)) => {
                let span = within(span, text);
                let label = Some(diagnostic.label.as_str()).filter(|label| !label.is_empty());
                let because_of = diagnostic.because_of.as_ref().map(|(span, label)| {
                    let span = within(span.clone(), text);
                    AnnotationKind::Context.span(span).label(label.as_str())
                });
                elements.push(
                    Snippet::source(*text)
                        .path(place.path.as_str())
                        .annotation(AnnotationKind::Primary.span(span).label(label))
                        .annotations(because_of)
                        .into(),
                );
            }
            _ => {
                elements.push(Origin::path(place.path.as_str()).into());
                if !diagnostic.label.is_empty() {
                    elements.push(Level::NOTE.message(diagnostic.label.as_str()).into());
                }
            }
        }
    }
    for help in &diagnostic.help {
        elements.push(Level::HELP.message(help.as_str()).into());
    }
    let group = level
        .primary_title(diagnostic.message.as_str())
        .elements(elements);
    let drawn = renderer.render(&[group]);
    if diagnostic.place.is_some() || diagnostic.help.is_empty() {
        return drawn;
    }
    // The second line is a bar that would lead from a place to the help.
    let (title, rest) = drawn.split_once('\n').unwrap_or((&drawn, ""));
    let (_, help) = rest.split_once('\n').unwrap_or(("", rest));
    format!("{title}\n{help}")
}

/// The diagnostics on a line each: `content/a.md:3:1: warning: what is wrong: why; what to do`.
pub fn lines(diagnostics: &[Diagnostic], texts: &Texts<'_>) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        if let Some(place) = &diagnostic.place {
            lines.push_str(&place.path);
            let text = texts.get(place.path.as_str());
            if let (Some(text), Some(span)) = (text, &place.span) {
                let (line, column) = position(text, span.start);
                // Writing to a String cannot fail.
                let _ = write!(lines, ":{line}:{column}");
            }
            lines.push_str(": ");
        }
        lines.push_str(diagnostic.severity.name());
        lines.push_str(": ");
        lines.push_str(&diagnostic.message);
        if !diagnostic.label.is_empty() {
            let _ = write!(lines, ": {}", diagnostic.label);
        }
        for help in &diagnostic.help {
            let _ = write!(lines, "; {help}");
        }
        lines.push('\n');
    }
    lines
}

/// The diagnostics as commands that GitHub shows beside the lines of a change. `root` is the site's
/// folder in the repository, with its last slash.
pub fn github(diagnostics: &[Diagnostic], texts: &Texts<'_>, root: &str) -> String {
    let text = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |value: &str| text(value).replace(':', "%3A").replace(',', "%2C");
    let mut commands = String::new();
    for diagnostic in diagnostics {
        let mut at = String::new();
        if let Some(place) = &diagnostic.place {
            at = format!("file={},", property(&format!("{root}{}", place.path)));
            let source = texts.get(place.path.as_str());
            if let (Some(source), Some(span)) = (source, &place.span) {
                let (line, column) = position(source, span.start);
                // Writing to a String cannot fail.
                let _ = write!(at, "line={line},col={column},");
            }
        }
        let mut message = diagnostic.label.clone();
        for help in &diagnostic.help {
            let joint = if message.is_empty() { "" } else { "\n" };
            let _ = write!(message, "{joint}help: {help}");
        }
        if message.is_empty() {
            message.clone_from(&diagnostic.message);
        }
        let _ = writeln!(
            commands,
            "::{} {at}title={}::{}",
            diagnostic.severity.name(),
            property(&diagnostic.message),
            text(&message)
        );
    }
    commands
}

/// The diagnostics as a JSON array; lines and columns count from 1, columns in characters.
pub fn json(diagnostics: &[Diagnostic], texts: &Texts<'_>) -> serde_json::Value {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref();
            let position = place.and_then(|place| {
                let text = texts.get(place.path.as_str())?;
                Some(position(text, place.span.clone()?.start))
            });
            serde_json::json!({
                "severity": diagnostic.severity,
                "message": diagnostic.message,
                "path": place.map(|place| &place.path),
                "line": position.map(|(line, _)| line),
                "column": position.map(|(_, column)| column),
                "label": diagnostic.label,
                "help": diagnostic.help,
            })
        })
        .collect()
}

/// `2 errors`, `1 error and 3 warnings`, …
pub fn count(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|one| one.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let mut text = String::new();
    for (number, noun) in [(errors, "error"), (warnings, "warning")] {
        if number == 0 {
            continue;
        }
        let joint = if text.is_empty() { "" } else { " and " };
        // Writing to a String cannot fail.
        let _ = write!(text, "{joint}{}", counted(number, noun));
    }
    text
}

/// `1 page`, `2 pages`.
pub fn counted(number: usize, noun: &str) -> String {
    counted_as(number, noun, &format!("{noun}s"))
}

/// `1 address`, `2 addresses`.
pub fn counted_as(number: usize, one: &str, several: &str) -> String {
    let noun = if number == 1 { one } else { several };
    format!("{number} {noun}")
}

/// Line and column of a byte offset, both from 1.
pub fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..within(offset..offset, text).start];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// The span moved onto character boundaries inside the text, without trailing white space.
fn within(span: Span, text: &str) -> Span {
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end.max(start));
    start..start + text[start..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_shows_the_line_and_what_to_do() {
        let text = "# Budget\n\nSee the [estimator](/tools/estimater/) first.\n";
        let start = text.find("/tools").unwrap();
        let diagnostic = Diagnostic::error("link to a page that does not exist")
            .at("content/budget.md", start..start + 17)
            .label("no page has this address")
            .help("did you mean `/tools/estimator/`?");
        let drawing = draw(
            &[diagnostic],
            &Texts::from([("content/budget.md", text)]),
            Colour::Never,
        );
        let expected = "\
error: link to a page that does not exist
 --> content/budget.md:3:21
  |
3 | See the [estimator](/tools/estimater/) first.
  |                     ^^^^^^^^^^^^^^^^^ no page has this address
  |
  = help: did you mean `/tools/estimator/`?
";
        assert_eq!(drawing, expected);
    }

    #[test]
    fn a_span_beyond_the_text_is_drawn_at_its_end() {
        let diagnostic = Diagnostic::error("unclosed").at("a.md", 90..95);
        let drawing = draw(&[diagnostic], &Texts::from([("a.md", "é")]), Colour::Never);
        assert!(drawing.contains("a.md:1:2"), "{drawing}");
    }
}
