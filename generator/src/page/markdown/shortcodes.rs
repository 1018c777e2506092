//! Shortcodes in the text: their bodies are rendered where their marks are met,
//! and an include brings in another file.

use super::writer::Writer;
use super::{Body, Call, Include, MARK, Output, Piece, Question, Shortcode};
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::Spanned;
use crate::page::front_matter;
use crate::page::include;
use crate::page::passage::Passage;
use crate::page::shortcode::Arg;

/// The shortcode whose headings are questions.
const QUESTIONS: &str = "faq";

/// Shortcodes inside shortcodes: deeper than any article, and the reader recurses that far.
const DEEPEST: usize = 16;

/// Files that one page includes: more than any article, and few enough to end.
const MOST_INCLUDES: usize = 1000;

impl Writer<'_, '_, '_> {
    /// Writes text with the marks in it replaced by the shortcodes they stand for.
    pub(super) fn with_shortcodes(&mut self, text: &str, mut write: impl FnMut(&mut Output, &str)) {
        let mut rest = text;
        while let Some(start) = rest.find(MARK) {
            write(&mut self.out, &rest[..start]);
            let number = rest[start..]
                .get(1..6)
                .and_then(|digits| usize::from_str_radix(digits, 16).ok());
            let call = number
                .and_then(|number| self.calls.get_mut(number))
                .and_then(Option::take);
            rest = match call {
                Some(call) => {
                    let end = start + call.span.len();
                    let piece = match call.name.value.as_str() {
                        include::NAME => self.include(&call).map(Box::new).map(Piece::Include),
                        _ => Some(Piece::Shortcode(Box::new(self.shortcode(call)))),
                    };
                    if let Some(piece) = piece {
                        self.out.push(piece);
                    }
                    rest.get(end..).unwrap_or_default()
                }
                // Written as a character reference.
                None => &rest[start + 1..],
            };
        }
        write(&mut self.out, rest);
    }

    fn shortcode(&mut self, call: Call) -> Shortcode {
        let (body, questions) = match call.body.clone() {
            Some(inside) => {
                let (body, questions) = self.shortcode_body(&call, inside);
                (Some(body), questions)
            }
            None => (None, Vec::new()),
        };
        let passage = self.passage;
        let args = call.args.into_iter().map(|arg| Arg {
            name: placed(passage, arg.name),
            value: placed(passage, arg.value),
        });
        Shortcode {
            args: args.collect(),
            name: placed(passage, call.name),
            body,
            questions,
            span: passage.place(call.span),
        }
    }

    /// The Markdown between a shortcode and its end.
    fn shortcode_body(&mut self, call: &Call, inside: Span) -> (Body, Vec<Question>) {
        if self.page.depth == DEEPEST {
            let wrong = Diagnostic::error("shortcodes are nested too deep")
                .label(format!("this is inside of {DEEPEST} others"));
            self.report(wrong, inside.start..inside.start);
            return (Body::default(), Vec::new());
        }
        let containers = match self.passage.text()[inside.clone()].contains('\n') {
            true => self.passage.containers(call.span.start).0,
            // There are no other lines that they could stand before.
            false => Vec::new(),
        };
        let passage = self.passage.part(inside, &containers);
        let asks = call.name.value == QUESTIONS;
        self.page.depth += 1;
        let rendered = self.page.rendered(&passage, asks);
        self.page.depth -= 1;
        if asks && rendered.questions.is_empty() {
            let wrong = Diagnostic::error(format!("this `{QUESTIONS}` asks nothing"))
                .help("write each question as a heading, and its answer below it");
            self.report(wrong, call.name.span.clone());
        }
        (Body::of(rendered.output), rendered.questions)
    }

    /// `{{ include(path="…") }}`: another file's text. `None` if something is wrong with it.
    fn include(&mut self, call: &Call) -> Option<Include> {
        let written = self.include_path(call)?;
        let missing = |path: &str| {
            Diagnostic::error("include of a file that does not exist")
                .label(format!("there is no `{path}`"))
        };
        let Some(path) = include::resolve(self.passage.path, &written.value) else {
            let wrong = Diagnostic::error("an include names a Markdown file")
                .label("this is no `.md` file below `content`")
                .help("a path starts at this file's folder, or with `@/` at `content`");
            self.report(wrong, written.span);
            return None;
        };
        let text = match self.page.included.get(&path) {
            Some(Some(text)) => *text,
            Some(None) => {
                let wrong = Diagnostic::error("include of a file that is not UTF-8 text")
                    .help(format!("save `{path}` again with the encoding UTF-8"));
                self.report(wrong, written.span);
                return None;
            }
            None => {
                let wrong = missing(&path)
                    .help("a path starts at this file's folder, or with `@/` at `content`");
                self.report(wrong, written.span);
                return None;
            }
        };
        if let Some(first) = self.page.files.iter().position(|file| *file == path) {
            let chain = self.page.files[first..].join("` includes `");
            let wrong = Diagnostic::error("files include each other without an end")
                .label(format!("`{chain}` includes `{path}`"));
            self.report(wrong, written.span);
            return None;
        }
        self.page.includes += 1;
        if self.page.includes > MOST_INCLUDES {
            // Said once: there may be very many more.
            if self.page.includes == MOST_INCLUDES + 1 {
                let wrong = Diagnostic::error("a page includes too many files")
                    .label(format!("it may include {MOST_INCLUDES}"));
                self.report(wrong, written.span);
            }
            return None;
        }
        let body = match front_matter::split(&path, text) {
            Ok(parts) => parts.body,
            Err(wrong) => {
                self.page.diagnostics.push(wrong);
                return None;
            }
        };
        self.page.files.push(path.clone());
        let rendered = self.page.rendered(&Passage::new(&path, text, body), false);
        self.page.files.pop();
        Some(Include {
            body: Body::of(rendered.output),
            path,
            span: self.passage.place(call.span.clone()),
        })
    }

    /// The path that an include is given, if it is written as it should be.
    fn include_path(&mut self, call: &Call) -> Option<Spanned<String>> {
        let mut is_right = true;
        for arg in call.args.iter().filter(|arg| arg.name.value != "path") {
            let message = format!("`include` has no argument `{}`", arg.name.value);
            let wrong = Diagnostic::error(message).label("it takes path");
            self.report(wrong, arg.name.span.clone());
            is_right = false;
        }
        if call.body.is_some() {
            let wrong = Diagnostic::error("`include` takes no body")
                .help("write `{{ include(path=\"…\") }}`");
            self.report(wrong, call.name.span.clone());
            is_right = false;
        }
        let (_, starts_line) = self.passage.containers(call.span.start);
        let rest = &self.passage.text()[call.span.end..];
        let ends_line = rest.lines().next().unwrap_or_default().trim().is_empty();
        if !starts_line || !ends_line {
            self.report(beside_text(), call.span.clone());
            is_right = false;
        }
        let path = call.args.iter().find(|arg| arg.name.value == "path");
        let text = path.and_then(|arg| Some((arg.value.value.as_str()?, &arg.value.span)));
        let Some((text, span)) = text else {
            let wrong = Diagnostic::error("`include` needs `path`")
                .label("add `path=\"…\"`, the Markdown file to put here");
            self.report(wrong, call.span.clone());
            return None;
        };
        is_right.then(|| Spanned {
            value: text.to_owned(),
            span: span.clone(),
        })
    }

    /// Paragraphs cannot hold the paragraphs of another file.
    pub(super) fn refuse_includes_in_text(&mut self, paragraph: &Output) {
        for piece in &paragraph.pieces {
            if let Piece::Include(include) = piece {
                let wrong = beside_text().at(self.passage.path, include.span.clone());
                self.page.diagnostics.push(wrong);
            }
        }
    }

    pub(super) fn report_leftover_calls(&mut self) {
        for call in std::mem::take(&mut self.calls).into_iter().flatten() {
            let wrong = Diagnostic::error("a shortcode cannot stand here")
                .label("inside an address, a description or a title")
                .help("put it into the text instead");
            self.report(wrong, call.span);
        }
    }

    pub(super) fn report(&mut self, wrong: Diagnostic, span: Span) {
        let wrong = self.passage.mark(wrong, span);
        self.page.diagnostics.push(wrong);
    }
}

fn placed<T>(passage: &Passage<'_>, spanned: Spanned<T>) -> Spanned<T> {
    Spanned {
        value: spanned.value,
        span: passage.place(spanned.span),
    }
}

fn beside_text() -> Diagnostic {
    Diagnostic::error("an include stands in a paragraph of its own")
        .help("leave an empty line before and after it")
}
