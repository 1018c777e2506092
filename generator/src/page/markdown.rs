//! Markdown to a [`Body`]: finished HTML, with a hole for every link that must
//! be resolved and every shortcode that must be drawn. Our own writer over
//! pulldown-cmark's events, because pages may hold no inline style and because
//! links and headings are wanted as data with their place in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options,
    Parser, Tag, TagEnd,
};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::shortcode::{self, Arg, Call};
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::Spanned;
use crate::policy::Inspection;

/// How a site wants its Markdown read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Typographic quotes, dashes and ellipses.
    pub smart_punctuation: bool,
}

/// A text as pieces, in the order in which they are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    pub pieces: Vec<Piece>,
    /// How many pieces stand before `<!-- more -->`.
    pub summary: Option<usize>,
    pub headings: Vec<Heading>,
    pub word_count: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Html(String),
    /// The inside of an `href` or `src`, yet to be resolved.
    Target(Target),
    Shortcode(Shortcode),
}

/// Where a link or image points, as the author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub written: String,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shortcode {
    pub name: Spanned<String>,
    pub args: Vec<Arg>,
    pub body: Option<Body>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    /// Plain text.
    pub title: String,
}

/// Stands in the Markdown for a shortcode, so that the parser treats it as one
/// word: this character, the shortcode's number in hexadecimal, and the same
/// character up to the shortcode's length, which keeps every offset true. The
/// only control character that the parser takes as a part of an address too.
const MARK: char = '\u{7f}';

/// Shortcodes inside shortcodes: deeper than any article, and the reader recurses that far.
const DEEPEST: usize = 16;

/// Renders `text[at]` of the file at `path`.
pub fn render(
    path: &str,
    text: &str,
    at: Span,
    options: MarkdownOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let mut page = PageState {
        path,
        text,
        options,
        // Ids that pages have besides their headings.
        ids: BTreeSet::from(["main", "continue-reading"].map(str::to_owned)),
        repeated_slugs: BTreeMap::new(),
        headings: Vec::new(),
        tables: BTreeMap::new(),
        footnotes: 0,
        word_count: 0,
        depth: 0,
        diagnostics,
    };
    let (pieces, summary) = body(&mut page, at);
    Body {
        pieces,
        summary,
        headings: page.headings,
        word_count: page.word_count,
    }
}

/// What the bodies of a page's shortcodes share with the page's own.
struct PageState<'a> {
    path: &'a str,
    text: &'a str,
    options: MarkdownOptions,
    ids: BTreeSet<String>,
    /// How many more headings have had the same slug.
    repeated_slugs: BTreeMap<String, usize>,
    headings: Vec<Heading>,
    /// How many tables have a name so far.
    tables: BTreeMap<String, usize>,
    /// How many footnotes have a number, so that numbers differ between bodies.
    footnotes: usize,
    word_count: usize,
    /// How many shortcodes the present body is inside of.
    depth: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

fn body(page: &mut PageState<'_>, at: Span) -> (Vec<Piece>, Option<usize>) {
    let options = parser_options(page.options);
    let source = &page.text[at.clone()];
    let (calls, malformed) = match source.contains("{{") || source.contains("{%") {
        true => {
            let code = code_spans(source, at.start, options);
            shortcode::find(page.path, page.text, at.clone(), &code)
        }
        false => (Vec::new(), Vec::new()),
    };
    page.diagnostics.extend(malformed);
    let marked = mark(source, at.start, &calls);
    let mut shortcodes: Vec<Option<Shortcode>> = Vec::with_capacity(calls.len());
    for call in calls {
        refuse_indented(page, at.start, &call);
        let body = call.body.map(|inside| shortcode_body(page, inside));
        shortcodes.push(Some(Shortcode {
            name: call.name,
            args: call.args,
            body,
            span: call.span,
        }));
    }
    let mut writer = Writer {
        page,
        source: &marked,
        offset: at.start,
        shortcodes,
        out: Output::default(),
        outer: Vec::new(),
        cells: Cells::default(),
        footnotes: Footnotes::default(),
        image: None,
        heading: None,
        inspection: Inspection::default(),
    };
    for (event, range) in Parser::new_ext(&marked, options).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}

/// The body of a shortcode in a list or a quotation has their indentation or
/// their `>` before each line, which would be taken for Markdown of its own.
fn refuse_indented(page: &mut PageState<'_>, start: usize, call: &Call) {
    let before = &page.text[start..call.span.start];
    let line = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
    let inside = call.body.clone().unwrap_or_default();
    let is_marked = !line.is_empty() && line.bytes().all(|byte| b" \t>".contains(&byte));
    if is_marked && page.text[inside].contains('\n') {
        page.diagnostics.push(
            Diagnostic::error("a shortcode with several lines cannot stand here")
                .at(page.path, call.name.span.clone())
                .label("inside of a list or a quotation")
                .help("start it at the beginning of a line, or write it on one line"),
        );
    }
}

/// The Markdown between a shortcode and its end.
fn shortcode_body(page: &mut PageState<'_>, inside: Span) -> Body {
    if page.depth == DEEPEST {
        page.diagnostics.push(
            Diagnostic::error("shortcodes are nested too deep")
                .at(page.path, inside.start..inside.start)
                .label(format!("this is inside of {DEEPEST} others")),
        );
        return Body::default();
    }
    page.depth += 1;
    let (pieces, summary) = body(page, inside);
    page.depth -= 1;
    Body {
        pieces,
        summary,
        ..Body::default()
    }
}

pub(super) fn parser_options(options: MarkdownOptions) -> Options {
    let mut parser = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    parser.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    parser
}

/// Where code stands, in offsets into the file.
pub(super) fn code_spans(source: &str, offset: usize, options: Options) -> Vec<Span> {
    Parser::new_ext(source, options)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range.start + offset..range.end + offset)
        .collect()
}

/// The source with a mark in place of every shortcode.
fn mark(source: &str, offset: usize, calls: &[Call]) -> String {
    // The author's own control characters, for which HTML has no place, must not look like ours.
    let own = |text: &str| text.replace(MARK, " ");
    let mut marked = String::with_capacity(source.len());
    let mut at = 0;
    for (number, call) in calls.iter().enumerate() {
        let span = call.span.start - offset..call.span.end - offset;
        marked.push_str(&own(&source[at..span.start]));
        // The shortest shortcode, `{{x()}}`, is longer than mark and number.
        let label = format!("{MARK}{number:05x}");
        marked.push_str(&label);
        marked.extend(std::iter::repeat_n(MARK, span.len() - label.len()));
        at = span.end;
    }
    marked.push_str(&own(&source[at..]));
    marked
}

/// HTML under construction.
#[derive(Default)]
struct Output {
    pieces: Vec<Piece>,
    html: String,
    summary: Option<usize>,
}

impl Output {
    /// Starts a new line unless at the start of one.
    fn fresh_line(&mut self) {
        let before = match self.pieces.last() {
            _ if !self.html.is_empty() => self.html.as_str(),
            Some(Piece::Html(html)) => html,
            Some(_) => "hole",
            None => "\n",
        };
        if !before.ends_with('\n') {
            self.html.push('\n');
        }
    }

    fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(mem::take(&mut self.html)));
        }
    }

    fn append(&mut self, other: Output) {
        for piece in other.finished().0 {
            match piece {
                Piece::Html(html) => self.html.push_str(&html),
                piece => self.push(piece),
            }
        }
    }

    fn finished(mut self) -> (Vec<Piece>, Option<usize>) {
        self.flush();
        (self.pieces, self.summary)
    }
}

#[derive(Default)]
struct Cells {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Where the open cell's tag starts in the HTML.
    start: usize,
    /// Pieces and bytes written when the cell was opened.
    inside: (usize, usize),
}

#[derive(Default)]
struct Footnotes {
    /// With their numbers, in the order of their first reference.
    names: Vec<(String, usize)>,
    references: BTreeMap<String, usize>,
    definitions: BTreeMap<String, Output>,
    open: Option<String>,
}

struct OpenImage {
    target: Target,
    title: String,
    alt: String,
    /// Images inside an image's description.
    depth: usize,
}

struct OpenHeading {
    span: Span,
    id: Option<String>,
    classes: Vec<String>,
    title: String,
}

struct Writer<'p, 'a, 's> {
    page: &'p mut PageState<'a>,
    /// The Markdown with marks, and its offset in the file.
    source: &'s str,
    offset: usize,
    shortcodes: Vec<Option<Shortcode>>,
    out: Output,
    /// Outputs that wait while a heading, a paragraph or a footnote is collected.
    outer: Vec<Output>,
    cells: Cells,
    footnotes: Footnotes,
    image: Option<OpenImage>,
    heading: Option<OpenHeading>,
    inspection: Inspection,
}

impl Writer<'_, '_, '_> {
    fn event(&mut self, event: Event<'_>, range: Span) {
        if self.image.is_some() {
            return self.image_event(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.count_words(&code);
                if let Some(heading) = &mut self.heading {
                    heading.title.push_str(&code);
                }
                self.out.html.push_str("<code>");
                self.escape(&code);
                self.out.html.push_str("</code>");
            }
            Event::Html(html) => {
                self.refuse_blocked(&html, range);
                self.block_html(&html);
            }
            Event::InlineHtml(html) => {
                self.refuse_blocked(&html, range);
                self.raw(&html);
            }
            Event::SoftBreak => {
                if let Some(heading) = &mut self.heading {
                    heading.title.push(' ');
                }
                self.out.html.push('\n');
            }
            Event::HardBreak => self.out.html.push_str("<br />\n"),
            Event::Rule => {
                self.out.fresh_line();
                self.out.html.push_str("<hr />\n");
            }
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(done) => self.out.html.push_str(match done {
                true => "<input type=\"checkbox\" disabled checked aria-label=\"Done\" />\n",
                false => "<input type=\"checkbox\" disabled aria-label=\"To do\" />\n",
            }),
            // Not enabled in `parser_options`.
            Event::InlineMath(math) | Event::DisplayMath(math) => self.text(&math),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Span) {
        match tag {
            Tag::Paragraph => {
                self.outer.push(mem::take(&mut self.out));
            }
            Tag::Heading { id, classes, .. } => {
                self.heading = Some(OpenHeading {
                    span: range.start + self.offset..range.end + self.offset,
                    id: id.map(|id| id.into_string()),
                    classes: classes.into_iter().map(CowStr::into_string).collect(),
                    title: String::new(),
                });
                self.outer.push(mem::take(&mut self.out));
            }
            Tag::BlockQuote(kind) => self.blockquote(kind),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => self.out.fresh_line(),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => self.block("<li>"),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::FootnoteDefinition(name) => {
                self.footnotes.open = Some(name.into_string());
                self.outer.push(mem::take(&mut self.out));
            }
            Tag::Table(alignments) => {
                self.cells = Cells {
                    alignments,
                    ..Cells::default()
                };
                let name = self.table_name();
                self.block(
                    "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"",
                );
                self.escape(&name);
                self.out.html.push_str("\"><table>\n");
            }
            Tag::TableHead => {
                self.cells.in_head = true;
                self.cells.column = 0;
                self.out.html.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.cells.column = 0;
                self.out.html.push_str("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.out.html.push_str("<em>"),
            Tag::Strong => self.out.html.push_str("<strong>"),
            Tag::Strikethrough => self.out.html.push_str("<del>"),
            Tag::Superscript => self.out.html.push_str("<sup>"),
            Tag::Subscript => self.out.html.push_str("<sub>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title, range),
            Tag::Image {
                dest_url, title, ..
            } => {
                self.image = Some(OpenImage {
                    target: self.target(&dest_url, range),
                    title: title.into_string(),
                    alt: String::new(),
                    depth: 0,
                });
            }
            // Not enabled: front matter is split off before.
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => self.block("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.html.push_str("</code></pre>\n"),
            TagEnd::List(false) => self.out.html.push_str("</ul>\n"),
            TagEnd::List(true) => self.out.html.push_str("</ol>\n"),
            TagEnd::Item => self.out.html.push_str("</li>\n"),
            TagEnd::DefinitionList => self.out.html.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.html.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.html.push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                let definition = self.resume();
                if let Some(name) = self.footnotes.open.take() {
                    self.footnotes.definitions.insert(name, definition);
                }
            }
            TagEnd::Table => self.out.html.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.cells.in_head = false;
                self.out.html.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.html.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.out.html.push_str("</em>"),
            TagEnd::Strong => self.out.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.html.push_str("</del>"),
            TagEnd::Superscript => self.out.html.push_str("</sup>"),
            TagEnd::Subscript => self.out.html.push_str("</sub>"),
            TagEnd::Link => self.out.html.push_str("</a>"),
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Starts a block-level tag on a line of its own.
    fn block(&mut self, tag: &str) {
        self.out.fresh_line();
        self.out.html.push_str(tag);
    }

    /// Takes up the waiting output again and hands over what was collected meanwhile.
    fn resume(&mut self) -> Output {
        let outer = self.outer.pop().unwrap_or_default();
        mem::replace(&mut self.out, outer)
    }

    /// A paragraph of nothing but block shortcodes becomes those shortcodes alone.
    fn end_paragraph(&mut self) {
        let inside = self.resume();
        let only_blocks = !inside.pieces.is_empty()
            && inside.html.trim().is_empty()
            && inside.pieces.iter().all(|piece| match piece {
                Piece::Html(html) => html.trim().is_empty(),
                Piece::Target(_) => false,
                Piece::Shortcode(shortcode) => !shortcode.is_inline(),
            });
        self.out.fresh_line();
        if only_blocks {
            self.out.append(inside);
            self.out.html.push('\n');
            return;
        }
        self.out.html.push_str("<p>");
        self.out.append(inside);
        self.out.html.push_str("</p>\n");
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let inside = self.resume();
        let Some(heading) = self.heading.take() else {
            return;
        };
        let id = match heading.id {
            Some(id) => {
                if !self.page.ids.insert(id.clone()) {
                    self.page.diagnostics.push(
                        Diagnostic::error(format!("two headings have the id `{id}`"))
                            .at(self.page.path, heading.span)
                            .label("links could not tell them apart"),
                    );
                }
                id
            }
            None => self.free_id(&heading.title),
        };
        self.out.fresh_line();
        self.out.html.push_str(&format!("<{level} id=\""));
        self.escape(&id);
        self.out.html.push('"');
        if !heading.classes.is_empty() {
            self.out.html.push_str(" class=\"");
            self.escape(&heading.classes.join(" "));
            self.out.html.push('"');
        }
        self.out.html.push('>');
        self.out.append(inside);
        self.out.html.push_str(&format!("</{level}>\n"));
        self.page.headings.push(Heading {
            level: level as u8,
            id,
            title: heading.title.trim().to_owned(),
        });
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

    fn blockquote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.block("<blockquote>\n");
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        self.block(&format!(
            "<blockquote class=\"alert alert-{class}\">\n<p class=\"alert-title\">{title}</p>\n"
        ));
    }

    /// Wide code scrolls, and a keyboard has to be able to reach it for that.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.out.fresh_line();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split(' ').next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.out.html.push_str("<pre tabindex=\"0\"><code>");
        } else {
            self.out
                .html
                .push_str("<pre tabindex=\"0\"><code class=\"language-");
            self.escape(language);
            self.out.html.push_str("\">");
        }
    }

    fn cell(&mut self) {
        let name = if self.cells.in_head { "th" } else { "td" };
        let alignment = self.cells.alignments.get(self.cells.column);
        let class = match alignment {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let scope = if self.cells.in_head {
            " scope=\"col\""
        } else {
            ""
        };
        self.cells.start = self.out.html.len();
        self.out.html.push_str(&format!("<{name}{scope}{class}>"));
        self.cells.inside = (self.out.pieces.len(), self.out.html.len());
    }

    /// A cell of the head without text names nothing, so it is no header.
    fn end_cell(&mut self) {
        let is_empty = self.cells.inside == (self.out.pieces.len(), self.out.html.len());
        let end = match (self.cells.in_head, is_empty) {
            (true, true) => {
                self.out.html.truncate(self.cells.start);
                "<td></td>"
            }
            (true, false) => "</th>",
            (false, _) => "</td>",
        };
        self.out.html.push_str(end);
        self.cells.column += 1;
    }

    /// What a screen reader calls a table: the heading above it, with a number
    /// if that has been taken.
    fn table_name(&mut self) -> String {
        let heading = self.page.headings.last().map(|heading| &heading.title);
        let name = heading.map_or_else(|| "Table".to_owned(), |title| format!("Table: {title}"));
        let count = self.page.tables.entry(name.clone()).or_default();
        *count += 1;
        match *count {
            1 => name,
            count => format!("{name} ({count})"),
        }
    }

    fn link(&mut self, link_type: LinkType, destination: &str, title: &str, range: Span) {
        self.out.html.push_str("<a href=\"");
        let target = match link_type {
            LinkType::Email => Target {
                written: format!("mailto:{destination}"),
                span: range,
            },
            _ => self.target(destination, range),
        };
        self.write_target(target);
        if !title.is_empty() {
            self.out.html.push_str("\" title=\"");
            self.escape(title);
        }
        self.out.html.push_str("\">");
    }

    /// The place of a destination inside the link that holds it.
    fn target(&mut self, destination: &str, range: Span) -> Target {
        let written = &self.source[range.clone()];
        let span = match written.rfind(destination) {
            Some(start) if !destination.is_empty() => {
                let start = range.start + start + self.offset;
                start..start + destination.len()
            }
            _ => range.start + self.offset..range.end + self.offset,
        };
        // A shortcode in it is reported in the end, with all others that found no place.
        let written = match destination.contains(MARK) {
            true => String::new(),
            false => destination.to_owned(),
        };
        Target { written, span }
    }

    /// An address with a scheme is final; anything else is resolved later.
    fn write_target(&mut self, target: Target) {
        if has_scheme(&target.written) || target.written.is_empty() {
            // Writing to a String cannot fail.
            let _ = escape_href(&mut self.out.html, &target.written);
        } else {
            self.out.push(Piece::Target(target));
        }
    }

    /// Collects an image's description, which is plain text.
    fn image_event(&mut self, event: Event<'_>) {
        let Some(mut image) = self.image.take() else {
            return;
        };
        match event {
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) if image.depth > 0 => image.depth -= 1,
            Event::End(TagEnd::Image) => return self.end_image(image),
            Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            _ => {}
        }
        self.image = Some(image);
    }

    fn end_image(&mut self, image: OpenImage) {
        if has_scheme(&image.target.written) && !image.target.written.starts_with("data:") {
            self.page.diagnostics.push(
                Diagnostic::error("readers would not get this")
                    .at(self.page.path, image.target.span.clone())
                    .label("a picture from another site")
                    .help("put the picture beside the page: pages load nothing from elsewhere"),
            );
        }
        self.out.html.push_str("<img src=\"");
        self.write_target(image.target);
        self.out.html.push_str("\" alt=\"");
        self.escape(&image.alt);
        if !image.title.is_empty() {
            self.out.html.push_str("\" title=\"");
            self.escape(&image.title);
        }
        self.out.html.push_str("\" />");
    }

    fn text(&mut self, text: &str) {
        let mut plain = String::new();
        self.with_shortcodes(text, |html, text| {
            plain.push_str(text);
            // Writing to a String cannot fail.
            let _ = escape_html_body_text(html, text);
        });
        self.count_words(&plain);
        if let Some(heading) = &mut self.heading {
            heading.title.push_str(&plain);
        }
    }

    fn raw(&mut self, html: &str) {
        self.with_shortcodes(html, |out, html| out.push_str(html));
    }

    /// Reports HTML that the policy of published pages keeps from working.
    fn refuse_blocked(&mut self, html: &str, range: Span) {
        for blocked in self.inspection.blocked(html) {
            let start = self.offset + range.start + blocked.span.start;
            self.page.diagnostics.push(
                Diagnostic::error("readers would not get this")
                    .at(self.page.path, start..start + blocked.span.len())
                    .label(blocked.why)
                    .help("pages run under a strict Content-Security-Policy: see the theme's styles and shortcodes"),
            );
        }
    }

    fn block_html(&mut self, html: &str) {
        let at_top = self.outer.is_empty() && self.out.summary.is_none();
        if at_top && is_end_of_summary(html) {
            self.out
                .html
                .push_str("<span id=\"continue-reading\"></span>");
            self.out.flush();
            self.out.summary = Some(self.out.pieces.len());
            return;
        }
        self.raw(html);
    }

    /// Writes text with the marks in it replaced by the shortcodes they stand for.
    fn with_shortcodes(&mut self, text: &str, mut write: impl FnMut(&mut String, &str)) {
        let mut rest = text;
        while let Some(start) = rest.find(MARK) {
            write(&mut self.out.html, &rest[..start]);
            let number = rest[start..]
                .get(1..6)
                .and_then(|digits| usize::from_str_radix(digits, 16).ok());
            let shortcode = number
                .and_then(|number| self.shortcodes.get_mut(number))
                .and_then(Option::take);
            rest = match shortcode {
                Some(shortcode) => {
                    let end = start + shortcode.span.len();
                    self.out.push(Piece::Shortcode(shortcode));
                    rest.get(end..).unwrap_or_default()
                }
                // Written as a character reference.
                None => &rest[start + 1..],
            };
        }
        write(&mut self.out.html, rest);
    }

    fn footnote_reference(&mut self, name: &str) {
        let number = self.footnote_number(name);
        let count = self
            .footnotes
            .references
            .entry(name.to_owned())
            .and_modify(|count| *count += 1)
            .or_insert(1);
        let suffix = match *count {
            1 => String::new(),
            count => format!("-{count}"),
        };
        self.out.html.push_str(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}{suffix}\" \
             aria-label=\"Footnote {number}\">{number}</a></sup>"
        ));
    }

    fn footnote_number(&mut self, name: &str) -> usize {
        let names = &mut self.footnotes.names;
        if let Some((_, number)) = names.iter().find(|(known, _)| known == name) {
            return *number;
        }
        self.page.footnotes += 1;
        names.push((name.to_owned(), self.page.footnotes));
        self.page.footnotes
    }

    fn write_footnotes(&mut self) {
        let mut footnotes = mem::take(&mut self.footnotes);
        let start = match footnotes.names.first() {
            None => return,
            Some((_, 1)) => String::new(),
            Some((_, number)) => format!(" start=\"{number}\""),
        };
        self.block(&format!(
            "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol{start}>\n"
        ));
        for (name, number) in &footnotes.names {
            self.out
                .html
                .push_str(&format!("<li id=\"fn-{number}\">\n"));
            if let Some(definition) = footnotes.definitions.remove(name) {
                self.out.append(definition);
            }
            self.out.html.push_str(&format!(
                "<a href=\"#fnref-{number}\" class=\"footnote-back\" \
                 aria-label=\"Back to the text\">↩</a>\n</li>\n"
            ));
        }
        self.out.html.push_str("</ol>\n</section>\n");
    }

    fn count_words(&mut self, text: &str) {
        self.page.word_count += text.split_whitespace().count();
    }

    fn escape(&mut self, text: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html(&mut self.out.html, text);
    }

    fn finish(mut self) -> (Vec<Piece>, Option<usize>) {
        self.write_footnotes();
        for shortcode in self.shortcodes.into_iter().flatten() {
            self.page.diagnostics.push(
                Diagnostic::error("a shortcode cannot stand here")
                    .at(self.page.path, shortcode.span)
                    .label("inside an address, a description or a title")
                    .help("put it into the text instead"),
            );
        }
        self.out.finished()
    }
}

impl Shortcode {
    /// Whether it is a figure inside a sentence rather than a block of its own.
    pub fn is_inline(&self) -> bool {
        self.name.value == "estimate"
    }
}

/// `<!-- more -->` as Zola writes it, or `<!--more-->` as Hugo does.
fn is_end_of_summary(html: &str) -> bool {
    html.trim()
        .strip_prefix("<!--")
        .and_then(|inside| inside.strip_suffix("-->"))
        .is_some_and(|inside| inside.trim() == "more")
}

/// Whether an address starts with a scheme such as `https:` or `mailto:`, or
/// with `//`, and so needs no resolving.
pub fn has_scheme(address: &str) -> bool {
    if address.starts_with("//") {
        return true;
    }
    let scheme = address
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        .count();
    scheme > 1 && address.as_bytes().get(scheme) == Some(&b':')
}
