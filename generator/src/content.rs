//! A page's body as templates get it: links resolved, figures computed, and
//! every other shortcode turned into data for the theme to draw.

mod computed;
mod markdown;

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use pulldown_cmark_escape::{escape_href, escape_html};

use crate::calculator::CalculatorView;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::{Spanned, Written};
use crate::hash::Hasher;
use crate::html;
use crate::images::markup::{self, Loading};
use crate::images::{Image, Images, Purpose};
use crate::models::Models;
use crate::page::{Body, Page, Picture, Piece, Question, Shortcode, Target};
use crate::site::{Links, Writing};
use crate::theme::{Setting, Signature, Theme};
use crate::view::{Content, QuestionView, Segment, ShortcodeView};
use crate::words::Words;

/// The shortcode that becomes a calculator.
pub const CALCULATOR: &str = "calculator";

/// The shortcodes that need no template, or more than one; themes may add others.
const COMPUTED: [&str; 4] = [CALCULATOR, "estimate", "include", "methodology"];

/// The theme's shortcode in whose body pictures are wider than the text.
const FIGURE: &str = "figure";

/// What a body is expanded with.
pub struct Expander<'a> {
    pub links: Links<'a>,
    pub models: &'a Models,
    pub images: &'a Images,
    pub theme: &'a Theme,
    /// Of each language of the site.
    pub words: &'a [Words],
    /// Whether the site says how to reach those behind it.
    pub has_contact: bool,
}

/// A body ready for its template.
#[derive(Debug, Default)]
pub struct Expanded {
    pub content: Content,
    pub shown: Shown,
}

/// What of estimate models is in a body.
#[derive(Debug, Default)]
pub struct Shown {
    pub calculators: Vec<Arc<CalculatorView>>,
    /// Ids of the elements in which a model is laid open.
    pub methodologies: Vec<String>,
}

impl Expander<'_> {
    /// Expands the body of a page that is found at `address`, below the site's root.
    pub fn expand(
        &self,
        page: &Page,
        address: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Expanded {
        let mut expansion = self.expansion(page, address, Loading::AtOnce, diagnostics);
        expansion.finish(page)
    }

    /// Every link of a body as readers get it, with its place in the source.
    pub fn hrefs(&self, page: &Page, address: &str) -> Vec<(String, Place)> {
        let mut unsaid = Vec::new();
        let mut expansion = self.expansion(page, address, Loading::AtOnce, &mut unsaid);
        expansion.hrefs = Some(Vec::new());
        expansion.body(&page.body);
        expansion.hrefs.take().unwrap_or_default()
    }

    /// The same for a feed, whose readers choose for themselves how pictures are loaded. What is
    /// wrong has been said for the page.
    pub fn expand_for_feed(&self, page: &Page, address: &str) -> Expanded {
        let mut unsaid = Vec::new();
        let mut expansion = self.expansion(page, address, Loading::Unsaid, &mut unsaid);
        expansion.finish(page)
    }

    fn expansion<'b>(
        &'b self,
        page: &'b Page,
        address: &'b str,
        first_picture: Loading,
        diagnostics: &'b mut Vec<Diagnostic>,
    ) -> Expansion<'b> {
        Expansion {
            with: self,
            from: Writing::on(page),
            address,
            diagnostics,
            hrefs: None,
            shown: Shown::default(),
            next_picture: first_picture,
            in_figure: false,
            on_page: BTreeSet::new(),
            title: &page.title,
            // That of the page's title.
            heading: 1,
            wants_headings: page.body.holds.parts,
            filled: Hasher::of(&page.text.bytes()),
        }
    }

    /// A picture that was named in the file `image.file`, if it is one of the site's own.
    pub fn image(&self, image: &Written<String>, purpose: Purpose) -> Option<&Image> {
        let file = self.links.file(&image.file, &image.value)?;
        self.images.get(&file, purpose)
    }

    /// Resolves one target outside of a body; a wrong one is reported.
    pub fn resolve(
        &self,
        from: Writing<'_>,
        address: &str,
        target: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> String {
        let target = Target {
            written: target.value.clone(),
            span: target.span.clone(),
        };
        self.links
            .resolve(from, address, &target)
            .unwrap_or_else(|missing| {
                diagnostics.push(missing);
                self.links.would_be(from, &target)
            })
    }
}

struct Expansion<'a> {
    with: &'a Expander<'a>,
    /// The text that is being expanded: the page's own, or that of a file that it includes.
    from: Writing<'a>,
    address: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Where somebody wants to know them.
    hrefs: Option<Vec<(String, Place)>>,
    shown: Shown,
    /// The first picture of a page is likely to be in sight.
    next_picture: Loading,
    in_figure: bool,
    /// Shortcodes of the theme that a page may hold but once.
    on_page: BTreeSet<String>,
    title: &'a str,
    /// The level of the last heading so far.
    heading: u8,
    /// Whether anything may go on from it.
    wants_headings: bool,
    /// The text, and all that has been filled into it so far.
    filled: Hasher,
}

impl<'a> Expansion<'a> {
    fn finish(&mut self, page: &'a Page) -> Expanded {
        Expanded {
            content: self.body(&page.body),
            shown: mem::take(&mut self.shown),
        }
    }

    fn body(&mut self, body: &'a Body) -> Content {
        // Most bodies are one segment.
        let mut segments = Vec::with_capacity(1);
        let mut summary = None;
        for (index, piece) in body.pieces.iter().enumerate() {
            if body.summary == Some(index) {
                summary = Some(segments.len());
            }
            // Neighbouring HTML becomes one segment, except across the summary's end.
            let joins = summary != Some(segments.len());
            match piece {
                Piece::Html(html) => {
                    if self.wants_headings {
                        self.heading = last_heading(html).unwrap_or(self.heading);
                    }
                    append(&mut segments, joins, html, body);
                }
                Piece::Words(words) => {
                    let values: Vec<(&str, &str)> = words
                        .values
                        .iter()
                        .map(|(name, value)| (&**name, value.as_str()))
                        .collect();
                    let mut html = String::new();
                    // Writing to a String cannot fail.
                    let _ = escape_html(&mut html, &self.words().fill(&words.key, &values));
                    self.filled.add(html.as_bytes());
                    append(&mut segments, joins, &html, body);
                }
                Piece::Target(target) => {
                    let href = self.href(target);
                    self.filled.add(href.as_bytes());
                    append(&mut segments, joins, &href, body);
                }
                Piece::Picture(picture) => {
                    let html = self.picture(picture);
                    self.filled.add(html.as_bytes());
                    append(&mut segments, joins, &html, body);
                }
                Piece::Shortcode(shortcode) => {
                    let segment = self.shortcode(shortcode);
                    // Views have no maps but sorted ones with texts as keys, so they do not refuse.
                    let _ = self.filled.add_data(&segment);
                    match segment {
                        Some(Segment::Html(html)) => append(&mut segments, joins, &html, body),
                        Some(segment) => segments.push(segment),
                        None => {}
                    }
                }
                Piece::Include(include) => {
                    let file = mem::replace(&mut self.from.file, &include.path);
                    for segment in self.body(&include.body).segments {
                        match segment {
                            Segment::Html(html) => append(&mut segments, joins, &html, body),
                            segment => segments.push(segment),
                        }
                    }
                    self.from.file = file;
                }
            }
        }
        if body.summary == Some(body.pieces.len()) {
            summary = Some(segments.len());
        }
        Content {
            segments,
            summary,
            fingerprint: self.filled.finish(),
        }
    }

    /// The target's address.
    fn resolved(&mut self, target: &Target) -> String {
        let links = &self.with.links;
        let found = links.resolve(self.from, self.address, target);
        found.unwrap_or_else(|missing| {
            self.diagnostics.push(missing);
            links.would_be(self.from, target)
        })
    }

    /// The same, escaped for an attribute.
    fn href(&mut self, target: &Target) -> String {
        let href = self.resolved(target);
        let mut escaped = String::new();
        // Writing to a String cannot fail.
        let _ = escape_href(&mut escaped, &href);
        self.note_href(&escaped, target);
        escaped
    }

    /// Takes down what a finished page will have where a target was written.
    fn note_href(&mut self, escaped: &str, target: &Target) {
        if let Some(hrefs) = &mut self.hrefs {
            // As it will be found on the finished page.
            let found = html::unescape(escaped).into_owned();
            let place = Place {
                path: self.from.file.to_owned(),
                span: Some(target.span.clone()),
            };
            hrefs.push((found, place));
        }
    }

    fn picture(&mut self, picture: &Picture) -> String {
        let images = &self.with.images;
        let shown = markup::Shown {
            alt: picture.alt.as_deref().unwrap_or_default(),
            title: &picture.title,
            attributes: &picture.attributes,
            sizes: images.sizes(self.in_figure),
            loading: self.next_picture,
        };
        if self.next_picture == Loading::AtOnce {
            self.next_picture = Loading::Late;
        }
        let target = &picture.target;
        let file = self.with.links.file(self.from.file, &target.written);
        let image = file.and_then(|file| images.get(&file, Purpose::Page));
        match image {
            Some(Image::Sizes(sizes)) => markup::sizes(sizes, &shown),
            Some(Image::File { size }) => markup::file(&self.href(target), *size, &shown),
            // What is not there is seen when links are checked.
            None => markup::file(&self.href(target), None, &shown),
        }
    }

    /// `None` if something is wrong with it, which is reported.
    fn shortcode(&mut self, shortcode: &'a Shortcode) -> Option<Segment> {
        match shortcode.name.value.as_str() {
            "estimate" => self.figure(shortcode),
            CALCULATOR => self.calculator(shortcode),
            "methodology" => self.methodology(shortcode),
            name => {
                let Some(signature) = self.with.theme.signature(name) else {
                    let names: BTreeSet<&str> =
                        self.with.theme.shortcodes().chain(COMPUTED).collect();
                    self.diagnostics.push(
                        Diagnostic::error(format!("there is no shortcode `{name}`"))
                            .at(self.from.file, shortcode.name.span.clone())
                            .label("neither the generator nor the theme has it")
                            .suggest_among(name, "shortcodes", names),
                    );
                    return None;
                };
                let mut args = match signature.args(shortcode) {
                    Ok(args) => args,
                    Err(wrong) => {
                        let wrong = wrong
                            .into_iter()
                            .map(|(wrong, span)| wrong.at(self.from.file, span));
                        self.diagnostics.extend(wrong);
                        return None;
                    }
                };
                if let Some(out_of_place) = self.out_of_place(name, &signature) {
                    let span = shortcode.name.span.clone();
                    self.diagnostics.push(out_of_place.at(self.from.file, span));
                    return None;
                }
                for arg in signature.files(shortcode) {
                    let target = Target {
                        written: arg.value.value.as_str().unwrap_or_default().to_owned(),
                        span: arg.value.span.clone(),
                    };
                    let address = self.resolved(&target);
                    self.note_href(&address, &target);
                    args.insert(arg.name.value.clone(), address.into());
                }
                let around = mem::replace(&mut self.in_figure, name == FIGURE);
                let body = shortcode.body.as_ref().map(|body| self.body(body));
                self.in_figure = around;
                let deepest = self.heading + 1;
                let questions = shortcode.questions.iter();
                let questions = questions.map(|question| self.question(question, deepest));
                Some(Segment::Shortcode(ShortcodeView {
                    name: name.to_owned(),
                    args,
                    body,
                    questions: questions.collect(),
                    model: None,
                }))
            }
        }
    }

    /// What is wrong with a shortcode of the theme here, however it is written.
    fn out_of_place(&mut self, name: &str, signature: &Signature) -> Option<Diagnostic> {
        if signature.needs == Some(Setting::Contact) && !self.with.has_contact {
            return Some(
                Diagnostic::error(format!("`{name}` has nobody to write to"))
                    .label("the site names no one")
                    .help("put `[contact]` into `site.toml`, with an `email`, an `endpoint` or a `service`"),
            );
        }
        let is_second = signature.once && !self.on_page.insert(name.to_owned());
        is_second.then(|| {
            Diagnostic::error(format!("a second `{name}` on this page"))
                .label("links, labels and scripts could not tell them apart")
                .help("keep one of them, and link to it")
        })
    }

    /// A question, which is a heading right below the one above all of them.
    fn question(&mut self, question: &'a Question, deepest: u8) -> QuestionView {
        let level = question.level.min(deepest);
        QuestionView {
            id: question.id.clone(),
            level,
            title: question.title.clone(),
            heading: self.body(&question.heading),
            answer: {
                self.heading = level;
                self.body(&question.answer)
            },
        }
    }

    /// Those of the language that is being written in.
    fn words(&self) -> &'a Words {
        let languages: &'a [Words] = self.with.words;
        let tag = self.with.links.tag(self.from);
        let known = languages.iter().find(|words| words.lang == tag);
        known.unwrap_or_else(|| Words::english())
    }
}

/// The level of the last heading that begins in some HTML.
fn last_heading(html: &str) -> Option<u8> {
    let levels = html.rmatch_indices("<h");
    let mut levels = levels.filter_map(|(at, _)| match html.as_bytes().get(at + 2..at + 4)? {
        [level @ b'1'..=b'6', b' ' | b'>'] => Some(level - b'0'),
        _ => None,
    });
    levels.next()
}

/// Adds HTML of a body, to the last segment if that may go on.
fn append(segments: &mut Vec<Segment>, joins: bool, html: &str, body: &Body) {
    match segments.last_mut() {
        Some(Segment::Html(last)) if joins => last.push_str(html),
        Some(_) => segments.push(Segment::Html(html.to_owned())),
        None => {
            let mut first = String::with_capacity(length(body));
            first.push_str(html);
            segments.push(Segment::Html(first));
        }
    }
}

/// How long a body is at least when its holes are filled, so that most need no more room than they are given.
fn length(body: &Body) -> usize {
    let pieces = body.pieces.iter();
    let lengths = pieces.map(|piece| match piece {
        Piece::Html(html) => html.len(),
        Piece::Target(target) => target.written.len(),
        Piece::Picture(_) | Piece::Shortcode(_) | Piece::Include(_) | Piece::Words(_) => 0,
    });
    lengths.sum()
}
