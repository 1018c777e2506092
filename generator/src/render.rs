//! One job to the bytes of its file. A pure function of the theme and the job:
//! it sees neither the site nor the disk, so its results can be remembered.

use std::borrow::Cow;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;
use serde::Serialize;
use tera::value::Key;
use tera::{Context, Map, Value};

use crate::alternate::{self, Alternate, Part};
use crate::diagnostic::Diagnostic;
use crate::feed::{self, Feed};
use crate::hash::{Fingerprint, Hasher};
use crate::html;
use crate::json_ld::{self, Answer};
use crate::plan::{Job, OPEN_CALCULATOR};
use crate::theme::Theme;
use crate::view::{
    Content, ModelView, PageJob, QuestionView, Segment, Shared, ShortcodeView, Subject,
};

/// A finished file, with what the link check wants to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub bytes: Arc<[u8]>,
    /// Addresses that the page points to, as a browser reads them.
    pub links: Vec<String>,
    /// Ids that links to the page may name.
    pub anchors: Vec<String>,
}

impl Rendered {
    fn file(bytes: Arc<[u8]>) -> Self {
        Self {
            bytes,
            links: Vec::new(),
            anchors: Vec::new(),
        }
    }

    fn text(text: String) -> Self {
        Self::file(Arc::from(text.into_bytes()))
    }

    fn page(html: String) -> Self {
        let mut links = Vec::new();
        let mut anchors = Vec::new();
        for attribute in html::attributes(&html) {
            let value = || html::unescape(attribute.value).into_owned();
            match attribute.name.as_ref() {
                "id" => anchors.push(value()),
                "name" if attribute.tag == "a" => anchors.push(value()),
                "href" | "src" | "poster" | "action" => links.push(value()),
                "data-model" | "data-widget" | "data-wasm" => links.push(value()),
                "srcset" => links.extend(
                    value()
                        .split(',')
                        .filter_map(|one| one.split_whitespace().next())
                        .map(str::to_owned),
                ),
                _ => {}
            }
        }
        links.sort_unstable();
        links.dedup();
        Self {
            bytes: Arc::from(html.into_bytes()),
            links,
            anchors,
        }
    }
}

/// Room for what a theme puts around a text, in bytes.
const FRAME: usize = 16 << 10;

/// A theme with what all pages of each language see, made ready once for all of them.
pub struct Press<'a> {
    theme: &'a Theme,
    frames: Vec<Frame>,
}

/// What is the same on every page of a language.
struct Frame {
    context: Context,
    /// Of the theme too.
    fingerprint: Fingerprint,
}

impl<'a> Press<'a> {
    /// # Errors
    /// A diagnostic if what is shared cannot be given to templates.
    pub fn new(theme: &'a Theme, shared: &[Shared]) -> Result<Self, Diagnostic> {
        let frames = shared.iter().map(|shared| {
            let mut hasher = Hasher::default();
            let _ = hasher.add_data(&(theme.fingerprint, shared));
            Ok(Frame {
                context: context(theme, shared)?,
                fingerprint: hasher.finish(),
            })
        });
        Ok(Self {
            theme,
            frames: frames.collect::<Result<_, Diagnostic>>()?,
        })
    }

    /// The fingerprint of everything that [`Self::render`] reads; `None` for a job that
    /// is cheaper to do again than to look up.
    pub fn key(&self, job: &Job) -> Option<Fingerprint> {
        let mut hasher = Hasher::default();
        let (language, added) = match job {
            Job::Page(page) => {
                let content = content(&page.subject).map(|(_, content)| content);
                (page.language, hasher.add_data(&(page, content)))
            }
            Job::Feed(feed) => (feed.language, hasher.add_data(feed)),
            Job::Markdown(page) => (page.language, hasher.add_data(page)),
            Job::Redirect { .. } | Job::Copy(_) => return None,
        };
        added.ok()?;
        hasher.add_data(&self.frames[language].fingerprint).ok()?;
        Some(hasher.finish())
    }

    /// # Errors
    /// A diagnostic at the place in a template that cannot be rendered.
    pub fn render(&self, job: &Job) -> Result<Rendered, Diagnostic> {
        let rendered = match job {
            Job::Page(page) => Rendered::page(self.language(page.language).page(page)?),
            Job::Feed(feed) => Rendered::text(self.language(feed.language).feed(feed)?),
            Job::Markdown(page) => Rendered::text(self.language(page.language).markdown(page)?),
            Job::Redirect { path, permalink } => Rendered::text(redirect(path, permalink)),
            Job::Copy(bytes) => Rendered::file(Arc::clone(bytes)),
        };
        Ok(rendered)
    }

    fn language(&self, language: usize) -> InLanguage<'_> {
        InLanguage {
            theme: self.theme,
            shared: &self.frames[language].context,
            current_url: "",
        }
    }
}

/// The theme in one language.
#[derive(Clone, Copy)]
struct InLanguage<'a> {
    theme: &'a Theme,
    shared: &'a Context,
    /// The address of the page that is being made; empty for what is no page.
    current_url: &'a str,
}

impl InLanguage<'_> {
    fn page(&self, job: &PageJob) -> Result<String, Diagnostic> {
        let mut context = self.context(job)?;
        let mut answers = Vec::new();
        let mut length = 0;
        if let Some((name, content)) = content(&job.subject) {
            let here = InLanguage {
                current_url: &job.current_url,
                ..*self
            };
            let (html, summary) = here.with_summary(content, &mut answers)?;
            length = html.len();
            let mut subject = context
                .remove(name)
                .and_then(Value::into_map)
                .unwrap_or_default();
            subject.insert("content".into(), Value::safe_string(&html));
            subject.insert("summary".into(), Value::safe_string(&summary));
            context.insert_value(name, Value::from(subject));
        }
        let faq = json_ld::faq(&answers, &job.current_url);
        context.insert_value("faq", Value::safe_string(&faq));
        self.template(&job.template, &context, length + FRAME)
    }

    /// The whole content, and the part of it before `<!-- more -->`.
    fn with_summary<'b>(
        &self,
        content: &'b Content,
        answers: &mut Vec<Answer>,
    ) -> Result<(Cow<'b, str>, Cow<'b, str>), Diagnostic> {
        let split = content.summary.unwrap_or(0);
        let summary = self.segments(&content.segments[..split], answers)?;
        let rest = self.segments(&content.segments[split..], answers)?;
        match summary.is_empty() {
            true => Ok((rest, summary)),
            false => Ok((Cow::Owned(format!("{summary}{rest}")), summary)),
        }
    }

    /// Draws segments, and notes the questions that are answered in them.
    fn segments<'b>(
        &self,
        segments: &'b [Segment],
        answers: &mut Vec<Answer>,
    ) -> Result<Cow<'b, str>, Diagnostic> {
        if let [Segment::Html(finished)] = segments {
            return Ok(Cow::Borrowed(finished));
        }
        let mut html = String::new();
        for segment in segments {
            match segment {
                Segment::Html(finished) => html.push_str(finished),
                Segment::Shortcode(shortcode) => {
                    html.push_str(&self.shortcode(shortcode, answers)?);
                }
            }
        }
        Ok(Cow::Owned(html))
    }

    fn shortcode(
        &self,
        shortcode: &ShortcodeView,
        answers: &mut Vec<Answer>,
    ) -> Result<String, Diagnostic> {
        let mut context = self.context(shortcode)?;
        context.insert_value("current_url", Value::from(self.current_url));
        let body = match &shortcode.body {
            Some(body) => self.segments(&body.segments, answers)?,
            None => Cow::default(),
        };
        context.insert_value("body", Value::safe_string(&body));
        if !shortcode.questions.is_empty() {
            let questions = self.questions(&shortcode.questions, answers)?;
            context.insert_value("questions", questions);
        }
        let name = format!("shortcodes/{}.html", shortcode.name);
        self.template(&name, &context, 0)
    }

    fn questions(
        &self,
        questions: &[QuestionView],
        answers: &mut Vec<Answer>,
    ) -> Result<Value, Diagnostic> {
        let mut seen = Vec::with_capacity(questions.len());
        for question in questions {
            let heading = self.segments(&question.heading.segments, answers)?;
            let answer = self.segments(&question.answer.segments, answers)?;
            let mut fields = Map::new();
            fields.insert("id".into(), Value::from(question.id.as_str()));
            fields.insert("level".into(), Value::from(question.level));
            fields.insert("title".into(), Value::from(question.title.as_str()));
            fields.insert("heading".into(), Value::safe_string(&heading));
            fields.insert("answer".into(), Value::safe_string(&answer));
            seen.push(Value::from(fields));
            answers.push(Answer {
                question: question.title.clone(),
                html: answer.into_owned(),
            });
        }
        Ok(Value::from(seen))
    }

    /// In a feed a calculator is a link to the page where it works.
    fn feed(&self, feed: &Feed) -> Result<String, Diagnostic> {
        let contents: Result<Vec<String>, _> = feed
            .entries
            .iter()
            .map(|entry| {
                let still: Vec<Segment> = entry
                    .content
                    .segments
                    .iter()
                    .map(|segment| match segment {
                        Segment::Shortcode(ShortcodeView {
                            model: Some(ModelView::Calculator(calculator)),
                            ..
                        }) => Segment::Html(format!(
                            "<p><a href=\"#{}\">{}</a></p>",
                            calculator.id,
                            feed::escaped(self.word("open_calculator", OPEN_CALCULATOR))
                        )),
                        segment => segment.clone(),
                    })
                    .collect();
                Ok(self.segments(&still, &mut Vec::new())?.into_owned())
            })
            .collect();
        Ok(feed::write(feed, &contents?))
    }

    fn markdown(&self, page: &Alternate) -> Result<String, Diagnostic> {
        let drawn = page.parts.iter().filter_map(|part| match part {
            Part::Markdown(_) => None,
            Part::Drawn(content) => Some(self.segments(&content.segments, &mut Vec::new())),
        });
        let drawn: Vec<Cow<'_, str>> = drawn.collect::<Result<_, _>>()?;
        Ok(alternate::write(page, &drawn))
    }

    /// One of the theme's words, or what stands in for it in a theme without strings.
    fn word<'b>(&'b self, key: &'static str, otherwise: &'b str) -> &'b str {
        let words = self.shared.get("t").and_then(Value::as_map);
        let word = words.and_then(|words| words.get(&Key::from(key)));
        word.and_then(Value::as_str).unwrap_or(otherwise)
    }

    /// A view beside what is shared, which is not copied for it.
    fn context(&self, view: &impl Serialize) -> Result<Context, Diagnostic> {
        let mut context = self.shared.clone();
        context.extend(self::context(self.theme, view)?);
        Ok(context)
    }

    /// Draws a template. A text of the expected `length` in bytes need not be moved while it grows.
    fn template(&self, name: &str, context: &Context, length: usize) -> Result<String, Diagnostic> {
        let mut drawn = Vec::with_capacity(length);
        let done = self.theme.tera.render_to(name, context, &mut drawn);
        done.and_then(|()| Ok(String::from_utf8(drawn)?))
            .map_err(|error| self.theme.diagnostic(&error))
    }
}

/// The text that an author wrote, and the name under which a template sees it.
fn content(subject: &Subject) -> Option<(&'static str, &Content)> {
    match subject {
        Subject::Page { page } => Some(("page", &page.content)),
        Subject::Section { section, .. } => Some(("section", &section.content)),
        Subject::TaxonomyList { .. }
        | Subject::TaxonomyTerm { .. }
        | Subject::AuthorList { .. }
        | Subject::Author { .. }
        | Subject::Archive { .. }
        | Subject::Search { .. }
        | Subject::NotFound { .. }
        | Subject::Embed { .. } => None,
    }
}

fn context(theme: &Theme, view: &impl Serialize) -> Result<Context, Diagnostic> {
    Context::from_serialize(view).map_err(|error| theme.diagnostic(&error))
}

/// A page without script that leads to another address.
fn redirect(path: &str, permalink: &str) -> String {
    let escaped = |text: &str| {
        let mut escaped = String::new();
        // Writing to a String cannot fail.
        let _ = escape_html(&mut escaped, text);
        escaped
    };
    let (path, permalink) = (escaped(path), escaped(permalink));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
         <title>Moved</title>\n<link rel=\"canonical\" href=\"{permalink}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={path}\">\n</head>\n<body>\n\
         <p>This page has moved to <a href=\"{path}\">{path}</a>.</p>\n</body>\n</html>\n"
    )
}
