//! Headings: ids that differ, links to themselves where the site wants them,
//! and the questions of a `faq`, which are its headings.

use std::mem;

use pulldown_cmark::{CowStr, HeadingLevel};

use super::writer::Writer;
use super::{Body, Heading, Output, Question, Rendered};
use crate::diagnostic::{Diagnostic, Span};

pub struct OpenHeading {
    span: Span,
    id: Option<String>,
    classes: Vec<String>,
    title: String,
    /// A link cannot hold another.
    pub has_link: bool,
}

/// What a `faq` holds so far.
#[derive(Default)]
pub struct Questions {
    /// What stands before the first question.
    introduction: Output,
    questions: Vec<Question>,
}

impl Questions {
    /// Whether a heading of this level asks the next question: all are as the first.
    fn asks(&self, level: u8) -> bool {
        self.questions
            .first()
            .is_none_or(|first| level <= first.level)
    }

    fn ask(&mut self, before: Output, question: Question) {
        self.keep(before);
        self.questions.push(question);
    }

    fn keep(&mut self, before: Output) {
        match self.questions.last_mut() {
            Some(question) => question.answer = Body::of(before),
            None => self.introduction = before,
        }
    }

    pub fn finish(mut self, rest: Output) -> Rendered {
        self.keep(rest);
        Rendered {
            output: self.introduction,
            questions: self.questions,
        }
    }
}

impl<'s> Writer<'_, '_, 's> {
    pub(super) fn start_heading(
        &mut self,
        id: Option<CowStr<'s>>,
        classes: Vec<CowStr<'s>>,
        range: Span,
    ) {
        self.heading = Some(OpenHeading {
            span: range,
            id: id.map(CowStr::into_string),
            classes: classes.into_iter().map(CowStr::into_string).collect(),
            title: String::new(),
            has_link: false,
        });
        self.collect();
    }

    /// Adds plain text to the title of the open heading, if one is open.
    pub(super) fn add_to_heading(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.title.push_str(text);
        }
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
        let inside = self.resume();
        let Some(heading) = self.heading.take() else {
            return;
        };
        let title = heading.title.trim().to_owned();
        let id = match heading.id {
            Some(id) => {
                if !self.page.ids.insert(id.clone()) {
                    let wrong = Diagnostic::error(format!("two headings have the id `{id}`"))
                        .label("links could not tell them apart");
                    let wrong = self.passage.mark(wrong, heading.span);
                    self.page.diagnostics.push(wrong);
                }
                id
            }
            None => self.free_id(&title),
        };
        self.page.headings.push(Heading {
            level: level as u8,
            id: id.clone(),
            title: title.clone(),
        });
        let at_top = self.containers == 0 && self.outer.is_empty();
        if let Some(questions) = &mut self.questions
            && at_top
            && questions.asks(level as u8)
        {
            let question = Question {
                id,
                level: level as u8,
                title,
                heading: Body::of(inside),
                answer: Body::default(),
            };
            questions.ask(mem::take(&mut self.out), question);
            return;
        }
        self.out.block(&format!("<{level} id=\""));
        self.out.escape(&id);
        self.out.html.push('"');
        if !heading.classes.is_empty() {
            self.out.html.push_str(" class=\"");
            self.out.escape(&heading.classes.join(" "));
            self.out.html.push('"');
        }
        self.out.html.push('>');
        let links = self.page.options.heading_links && !heading.has_link && !title.is_empty();
        if links {
            self.out.html.push_str("<a class=\"heading-link\" href=\"#");
            self.out.escape(&id);
            self.out.html.push_str("\">");
        }
        self.out.append(inside);
        if links {
            self.out.html.push_str("</a>");
        }
        self.out.html.push_str(&format!("</{level}>\n"));
    }

    /// An id made from a title that no other heading of the page has.
    fn free_id(&mut self, title: &str) -> String {
        let slug = match slug::slugify(title) {
            slug if slug.is_empty() => "section".to_owned(),
            // Those of footnotes.
            slug if slug.starts_with("fn-") || slug.starts_with("fnref-") => {
                format!("section-{slug}")
            }
            slug => slug,
        };
        let mut id = slug.clone();
        while !self.page.ids.insert(id.clone()) {
            let count = self.page.repeated_slugs.entry(slug.clone()).or_default();
            *count += 1;
            id = format!("{slug}-{count}");
        }
        id
    }
}
