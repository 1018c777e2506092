//! Markdown to a [`Body`]: finished HTML, with a hole for every link that must
//! be resolved and every shortcode that must be drawn. Our own writer over
//! pulldown-cmark's events, because pages may hold no inline style and because
//! links and headings are wanted as data with their place in the file.

mod attributes;
mod autolink;
mod code;
mod footnotes;
mod headings;
mod highlight;
mod images;
mod links;
mod math;
mod output;
mod raw_html;
mod shortcodes;
mod tables;
mod text;
mod writer;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, Tag};
use serde::{Deserialize, Serialize};

pub use self::attributes::Attributes;
pub use self::raw_html::raw_hrefs;
use super::include::Included;
use super::passage::Passage;
use super::shortcode::{self, Arg, Call};

use crate::diagnostic::{Diagnostic, Span};
use crate::fields::Spanned;
use output::Output;
use raw_html::Verbatim;
use writer::Writer;

/// How a site wants its Markdown read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Typographic quotes, dashes and ellipses.
    pub smart_punctuation: bool,
    /// Formulas between dollar signs. Off unless asked for, because prose has prices.
    pub math: bool,
    /// Classes on the words of code whose language is known.
    pub highlight: bool,
    /// Headings that link to themselves.
    pub heading_links: bool,
    /// Shows the tags that GitHub does not let through as text.
    pub tag_filter: bool,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            smart_punctuation: false,
            math: false,
            highlight: true,
            heading_links: false,
            tag_filter: false,
        }
    }
}

impl MarkdownOptions {
    /// All options as bytes, for the keys of remembered results.
    pub fn key(self) -> [u8; 5] {
        let Self {
            smart_punctuation,
            math,
            highlight,
            heading_links,
            tag_filter,
        } = self;
        [
            smart_punctuation,
            math,
            highlight,
            heading_links,
            tag_filter,
        ]
        .map(u8::from)
    }
}

/// A text as pieces, in the order in which they are read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    pub pieces: Vec<Piece>,
    pub holds: Holds,
    /// How many pieces stand before `<!-- more -->`.
    pub summary: Option<usize>,
    pub headings: Vec<Heading>,
    pub word_count: usize,
}

/// What is among the pieces of a body, so that nobody has to look through thousands of texts for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    /// Shortcodes or includes, which have texts of their own.
    pub parts: bool,
    /// Pictures, links or parts that may name a file beside the page.
    pub files: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    Html(String),
    /// The inside of an `href`, yet to be resolved.
    Target(Target),
    /// A picture of this site, yet to be found and made.
    Picture(Box<Picture>),
    Shortcode(Box<Shortcode>),
    Include(Box<Include>),
    /// What the generator itself says, in the language of the page.
    Words(Words),
}

/// Words of the theme by their key, with what is filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Words {
    pub key: Cow<'static, str>,
    pub values: Vec<(Cow<'static, str>, String)>,
}

/// Where a link or image points, as the author wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    pub written: String,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    pub target: Target,
    /// What it shows, in plain text; empty for decoration, `None` if the author did not say.
    pub alt: Option<String>,
    pub title: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shortcode {
    pub name: Spanned<String>,
    pub args: Vec<Arg>,
    /// Of a `faq`, what stands before its first question.
    pub body: Option<Body>,
    /// Of a `faq` only.
    pub questions: Vec<Question>,
    pub span: Span,
}

/// A heading in a `faq`, and what follows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    pub level: u8,
    /// Plain text.
    pub title: String,
    pub heading: Body,
    pub answer: Body,
}

/// Another file's text. Places in its body are places in that file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Include {
    /// Where it was asked for, in the including file.
    pub span: Span,
    pub path: String,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    /// Plain text.
    pub title: String,
}

impl Holds {
    fn of(pieces: &[Piece]) -> Self {
        let mut holds = Self::default();
        for piece in pieces {
            match piece {
                Piece::Html(_) | Piece::Words(_) => {}
                Piece::Target(target) => holds.files |= !target.written.starts_with('/'),
                Piece::Picture(_) => holds.files = true,
                Piece::Shortcode(_) | Piece::Include(_) => {
                    holds.parts = true;
                    holds.files = true;
                }
            }
        }
        holds
    }
}

impl Body {
    fn of(output: Output) -> Self {
        let (pieces, summary) = output.finished();
        Self {
            holds: Holds::of(&pieces),
            pieces,
            summary,
            ..Self::default()
        }
    }

    /// Whether a shortcode stands anywhere in it.
    pub fn has_shortcode(&self, name: &str) -> bool {
        let mut pieces = self.pieces.iter().filter(|_| self.holds.parts);
        pieces.any(|piece| match piece {
            Piece::Html(_) | Piece::Target(_) | Piece::Picture(_) | Piece::Words(_) => false,
            Piece::Shortcode(shortcode) => {
                shortcode.name.value == name
                    || shortcode.bodies().any(|body| body.has_shortcode(name))
            }
            Piece::Include(include) => include.body.has_shortcode(name),
        })
    }
}

impl Shortcode {
    /// Whether it is a figure inside a sentence rather than a block of its own.
    pub fn is_inline(&self) -> bool {
        self.name.value == "estimate"
    }

    /// Everything that it holds, in reading order.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let questions = self.questions.iter();
        self.body
            .iter()
            .chain(questions.flat_map(|question| [&question.heading, &question.answer]))
    }
}

/// Stands in the Markdown for a shortcode, so that the parser treats it as one
/// word: this character, the shortcode's number in hexadecimal, and the same
/// character up to the shortcode's length, which keeps every offset true. The
/// only control character that the parser takes as a part of an address too.
const MARK: char = '\u{7f}';

/// Renders a passage, and the files that it includes.
pub fn render(
    passage: &Passage<'_>,
    included: &Included<'_>,
    options: MarkdownOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let mut page = PageState {
        options,
        included,
        // Ids that pages have besides their headings.
        ids: BTreeSet::from(["main", "continue-reading"].map(str::to_owned)),
        repeated_slugs: BTreeMap::new(),
        headings: Vec::new(),
        tables: BTreeMap::new(),
        footnotes: Vec::new(),
        word_count: 0,
        depth: 0,
        files: vec![passage.path.to_owned()],
        includes: 0,
        diagnostics,
    };
    let mut output = page.rendered(passage, false).output;
    page.write_footnotes(&mut output);
    let mut body = Body {
        headings: page.headings,
        word_count: page.word_count,
        ..Body::of(output)
    };
    // All bodies of a site are there at once.
    body.pieces.shrink_to_fit();
    body.headings.shrink_to_fit();
    body
}

/// What the bodies of a page's shortcodes share with the page's own.
struct PageState<'a> {
    options: MarkdownOptions,
    included: &'a Included<'a>,
    ids: BTreeSet<String>,
    /// How many more headings have had the same slug.
    repeated_slugs: BTreeMap<String, usize>,
    headings: Vec<Heading>,
    /// How many tables have a name so far.
    tables: BTreeMap<String, usize>,
    /// The texts of footnotes, in the order of their numbers.
    footnotes: Vec<Output>,
    word_count: usize,
    /// How many shortcodes the present body is inside of.
    depth: usize,
    /// The present file, below those that include it.
    files: Vec<String>,
    /// How many files have been included so far.
    includes: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// One passage, rendered.
#[derive(Default)]
struct Rendered {
    output: Output,
    /// Its questions, if they were asked for; they are not in the output.
    questions: Vec<Question>,
}

impl PageState<'_> {
    fn rendered(&mut self, passage: &Passage<'_>, with_questions: bool) -> Rendered {
        let options = parser_options(self.options);
        let source = passage.text();
        let calls = match source.contains("{{") || source.contains("{%") {
            true => {
                let (calls, malformed) =
                    shortcode::find(passage, &code_spans(source, self.options));
                self.diagnostics.extend(malformed);
                calls
            }
            false => Vec::new(),
        };
        let (marked, attributes) = attributes::take(mark(source, &calls), self.options);
        let undefined = RefCell::new(Vec::new());
        let note = |link: BrokenLink<'_>| {
            // A word in brackets may be just that; two pairs are a link.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                undefined.borrow_mut().push(link.span);
            }
            None
        };
        let mut writer = Writer::new(self, passage, &marked, calls, with_questions);
        writer.attributes = attributes;
        let parser = Parser::new_with_broken_link_callback(&marked, options, Some(note));
        for (event, range) in parser.into_offset_iter() {
            writer.event(event, range);
        }
        let rendered = writer.finish();
        for span in undefined.into_inner() {
            let wrong = Diagnostic::warning("a link without an address")
                .label("no line defines this reference")
                .help("add a line such as `[name]: https://example.com/`, or write `\\[` for a bracket");
            self.diagnostics.push(passage.mark(wrong, span));
        }
        rendered
    }
}

fn parser_options(options: MarkdownOptions) -> Options {
    let mut parser = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    parser.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    parser.set(Options::ENABLE_MATH, options.math);
    parser
}

/// Where code stands, and what else is no Markdown: nothing in it is a shortcode.
pub(super) fn code_spans(source: &str, options: MarkdownOptions) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut html = Verbatim::default();
    for (event, range) in Parser::new_ext(source, parser_options(options)).into_offset_iter() {
        match event {
            Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Start(Tag::CodeBlock(_)) => spans.push(range),
            Event::Html(_) | Event::InlineHtml(_) => html.read(&source[range.clone()], range.start),
            _ => {}
        }
    }
    spans.extend(html.spans);
    spans
}

/// The source with a mark in place of every shortcode.
fn mark<'s>(source: &'s str, calls: &[Call]) -> Cow<'s, str> {
    if calls.is_empty() && !source.contains(MARK) {
        return Cow::Borrowed(source);
    }
    // The author's own control characters, for which HTML has no place, must not look like ours.
    let own = |text: &str| text.replace(MARK, " ");
    let mut marked = String::with_capacity(source.len());
    let mut at = 0;
    for (number, call) in calls.iter().enumerate() {
        marked.push_str(&own(&source[at..call.span.start]));
        // The shortest shortcode, `{{x()}}`, is longer than mark and number.
        let label = format!("{MARK}{number:05x}");
        marked.push_str(&label);
        marked.extend(std::iter::repeat_n(MARK, call.span.len() - label.len()));
        at = call.span.end;
    }
    marked.push_str(&own(&source[at..]));
    Cow::Owned(marked)
}
