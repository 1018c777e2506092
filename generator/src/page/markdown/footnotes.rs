//! Footnotes: numbered in the order of their first references, and written at
//! the end of the page wherever on it they are defined.

use std::collections::BTreeMap;
use std::mem;

use super::writer::Writer;
use super::{Body, Include, Output, PageState, Piece};
use crate::diagnostic::{Diagnostic, Span};

/// The footnotes of one passage. Their names are its own.
#[derive(Default)]
pub struct Footnotes {
    numbers: BTreeMap<String, usize>,
    references: BTreeMap<usize, usize>,
    definitions: BTreeMap<String, Definition>,
    open: Option<(String, Span)>,
}

struct Definition {
    text: Output,
    span: Span,
}

impl Writer<'_, '_, '_> {
    pub(super) fn start_footnote(&mut self, name: String, range: Span) {
        self.footnotes.open = Some((name, range));
        self.collect();
    }

    pub(super) fn end_footnote(&mut self) {
        let text = self.resume();
        if let Some((name, span)) = self.footnotes.open.take() {
            let definitions = &mut self.footnotes.definitions;
            // As with addresses of references, the first one counts.
            definitions.entry(name).or_insert(Definition { text, span });
        }
    }

    pub(super) fn footnote_reference(&mut self, name: &str) {
        let footnotes = &mut self.footnotes;
        let number = match footnotes.numbers.get(name) {
            Some(number) => *number,
            None => {
                self.page.footnotes.push(Output::default());
                let number = self.page.footnotes.len();
                footnotes.numbers.insert(name.to_owned(), number);
                number
            }
        };
        let count = footnotes.references.entry(number).or_default();
        *count += 1;
        let suffix = match *count {
            1 => String::new(),
            count => format!("-{count}"),
        };
        self.out.html.push_str(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}{suffix}\" \
             aria-label=\""
        ));
        let shown = number.to_string();
        self.out.words("footnote", &[("number", shown.as_str())]);
        self.out.html.push_str(&format!("\">{number}</a></sup>"));
    }

    /// Hands the passage's footnotes to the page.
    pub(super) fn hand_over_footnotes(&mut self) {
        let mut footnotes = mem::take(&mut self.footnotes);
        for (name, number) in footnotes.numbers {
            let Some(definition) = footnotes.definitions.remove(&name) else {
                continue;
            };
            let mut text = definition.text;
            if self.page.files.len() > 1 {
                // Its links are places in the included file, and the page's end is not in there.
                let include = Include {
                    path: self.passage.path.to_owned(),
                    span: self.passage.place(definition.span),
                    body: Body::of(text),
                };
                text = Output::default();
                text.push(Piece::Include(Box::new(include)));
            }
            self.page.footnotes[number - 1] = text;
        }
        for (name, definition) in footnotes.definitions {
            let wrong = Diagnostic::warning("a footnote that readers do not get")
                .label(format!("nothing refers to it with `[^{name}]`"));
            let start = definition.span.start;
            self.report(wrong, start..start + "[^]:".len() + name.len());
        }
    }
}

impl PageState<'_> {
    /// Writes all footnotes of the page.
    pub(super) fn write_footnotes(&mut self, out: &mut Output) {
        if self.footnotes.is_empty() {
            return;
        }
        out.block("<section class=\"footnotes\" aria-label=\"");
        out.words("footnotes", &[]);
        out.html.push_str("\">\n<ol>\n");
        for (index, text) in mem::take(&mut self.footnotes).into_iter().enumerate() {
            let number = index + 1;
            out.html.push_str(&format!("<li id=\"fn-{number}\">\n"));
            out.append(text);
            out.html.push_str(&format!(
                "<a href=\"#fnref-{number}\" class=\"footnote-back\" aria-label=\""
            ));
            out.words("back_to_text", &[]);
            out.html.push_str("\">↩</a>\n</li>\n");
        }
        out.html.push_str("</ol>\n</section>\n");
    }
}
