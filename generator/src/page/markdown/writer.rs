//! Takes the parser's events one by one and writes a passage's HTML. What takes
//! more than a tag is beside this file, by subject.

use std::mem;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag, TagEnd};

use super::attributes::{Attributes, BlockAttributes};
use super::code::OpenCode;
use super::footnotes::Footnotes;
use super::headings::{OpenHeading, Questions};
use super::images::OpenImage;
use super::tables::Cells;
use super::{Call, Output, PageState, Passage, Rendered, Span};
use crate::policy::Inspection;

pub struct Writer<'p, 'a, 's> {
    pub(super) page: &'p mut PageState<'a>,
    pub(super) passage: &'s Passage<'s>,
    /// The passage's text with marks.
    pub(super) marked: &'s str,
    pub(super) calls: Vec<Option<Call>>,
    pub(super) out: Output,
    /// Outputs that wait while a heading, a paragraph or a footnote is collected.
    pub(super) outer: Vec<Output>,
    /// Text that the parser hands over in several parts.
    pub(super) run: Vec<(CowStr<'s>, Span)>,
    /// How many lists, quotations and the like are open.
    pub(super) containers: usize,
    pub(super) in_link: bool,
    /// Whether a quotation has just been opened.
    pub(super) opens_quotation: bool,
    pub(super) cells: Cells,
    pub(super) footnotes: Footnotes,
    pub(super) image: Option<OpenImage>,
    pub(super) heading: Option<OpenHeading>,
    pub(super) code: Option<OpenCode>,
    pub(super) questions: Option<Questions>,
    pub(super) inspection: Inspection,
    /// Addresses in the present HTML that are the site's to complete.
    pub(super) addresses: Vec<Span>,
    /// Ids and classes below blocks that are yet to come.
    pub(super) attributes: BlockAttributes,
    /// Those behind a picture, which are no text.
    pub(super) skipped: Span,
    /// Lists of definitions that are open: where they begin, and what stands below them.
    definitions: Vec<(usize, Attributes)>,
    /// Those of the paragraph that is being collected.
    paragraph: Attributes,
}

impl<'p, 'a, 's> Writer<'p, 'a, 's> {
    pub fn new(
        page: &'p mut PageState<'a>,
        passage: &'s Passage<'s>,
        marked: &'s str,
        calls: Vec<Call>,
        with_questions: bool,
    ) -> Self {
        Self {
            page,
            passage,
            marked,
            calls: calls.into_iter().map(Some).collect(),
            out: Output::default(),
            outer: Vec::new(),
            run: Vec::new(),
            containers: 0,
            in_link: false,
            opens_quotation: false,
            cells: Cells::default(),
            footnotes: Footnotes::default(),
            image: None,
            heading: None,
            code: None,
            questions: with_questions.then(Questions::default),
            inspection: Inspection::default(),
            addresses: Vec::new(),
            attributes: BlockAttributes::default(),
            skipped: 0..0,
            definitions: Vec::new(),
            paragraph: Attributes::default(),
        }
    }

    pub fn event(&mut self, event: Event<'s>, range: Span) {
        let event = match event {
            Event::Text(text) => Event::Text(self.typography(text, &range)),
            event => event,
        };
        if self.image.is_some() {
            return self.image_event(event);
        }
        if let Some(code) = &mut self.code {
            match event {
                Event::End(TagEnd::CodeBlock) => self.end_code(),
                Event::Text(text) => code.text.push_str(&text),
                _ => {}
            }
            return;
        }
        if let Event::Text(text) = event {
            match self.skipped.contains(&range.start) {
                false => self.run.push((text, range)),
                true if range.end > self.skipped.end => {
                    let left = self.skipped.end..range.end;
                    self.run.push((self.marked[left.clone()].into(), left));
                }
                true => {}
            }
            return;
        }
        self.end_run();
        self.opens_quotation = match event {
            Event::Start(Tag::BlockQuote(None)) => true,
            Event::Start(Tag::Paragraph) => self.opens_quotation,
            _ => false,
        };
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Code(code) => {
                self.count_words(&code);
                self.add_to_heading(&code);
                self.out.html.push_str("<code>");
                self.out.escape(&code);
                self.out.html.push_str("</code>");
            }
            Event::Html(html) => {
                self.refuse_blocked(&html, &range);
                self.block_html(&html, &range);
            }
            Event::InlineHtml(html) => {
                self.refuse_blocked(&html, &range);
                self.find_addresses(&range);
                self.raw(&html, &range);
            }
            Event::SoftBreak => {
                self.add_to_heading(" ");
                self.out.html.push('\n');
            }
            Event::HardBreak => self.out.html.push_str("<br />\n"),
            Event::Rule => {
                let attributes = self.attributes_below(&range);
                self.open("hr", &attributes, "");
                self.out.html.push_str(" />\n");
            }
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(done) => {
                let (state, key) = match done {
                    true => (" checked", "task_done"),
                    false => ("", "task_open"),
                };
                let tag = format!("<input type=\"checkbox\" disabled{state} aria-label=\"");
                self.out.html.push_str(&tag);
                self.out.words(key, &[]);
                self.out.html.push_str("\" />\n");
            }
            Event::InlineMath(tex) => self.inline_math(&tex, range),
            Event::DisplayMath(tex) => self.display_math(&tex, range),
            // Collected above.
            Event::Text(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'s>, range: Span) {
        if is_container(&tag.to_end()) {
            self.containers += 1;
        }
        match tag {
            Tag::Paragraph => {
                self.report_lost_table(&range);
                self.paragraph = self.attributes_below(&range);
                self.collect();
            }
            Tag::Heading {
                id, classes, attrs, ..
            } => {
                self.report_ignored(&attrs, &range);
                self.start_heading(id, classes, range);
            }
            Tag::BlockQuote(kind) => self.blockquote(kind, &range),
            Tag::CodeBlock(kind) => self.code = Some(OpenCode::new(&kind, range)),
            Tag::HtmlBlock => {
                self.find_addresses(&range);
                self.out.fresh_line();
            }
            Tag::List(first) => {
                let attributes = self.attributes_below(&range);
                self.open(if first.is_some() { "ol" } else { "ul" }, &attributes, "");
                if let Some(start) = first.filter(|first| *first != 1) {
                    self.out.html.push_str(&format!(" start=\"{start}\""));
                }
                self.out.html.push_str(">\n");
            }
            Tag::Item => self.out.block("<li>"),
            Tag::DefinitionList => {
                self.definitions.push((range.start, Attributes::default()));
                self.collect();
            }
            Tag::DefinitionListTitle => self.out.block("<dt>"),
            Tag::DefinitionListDefinition => {
                self.attributes_below_definition(range);
                self.out.block("<dd>");
            }
            Tag::FootnoteDefinition(name) => self.start_footnote(name.into_string(), range),
            Tag::Table(alignments) => self.start_table(alignments, &range),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_row(range),
            Tag::TableCell => self.start_cell(),
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
            } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image {
                dest_url, title, ..
            } => self.start_image(&dest_url, title.into_string(), range),
            // Not enabled: front matter is split off before.
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if is_container(&tag) {
            self.containers -= 1;
        }
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => self.out.block("</blockquote>\n"),
            TagEnd::List(false) => self.out.html.push_str("</ul>\n"),
            TagEnd::List(true) => self.out.html.push_str("</ol>\n"),
            TagEnd::Item => self.out.html.push_str("</li>\n"),
            TagEnd::DefinitionList => self.end_definitions(),
            TagEnd::DefinitionListTitle => self.out.html.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.html.push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => self.out.html.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.out.html.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.out.html.push_str("</em>"),
            TagEnd::Strong => self.out.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.html.push_str("</del>"),
            TagEnd::Superscript => self.out.html.push_str("</sup>"),
            TagEnd::Subscript => self.out.html.push_str("</sub>"),
            TagEnd::Link => self.end_link(),
            // Both end while they are collected.
            TagEnd::Image | TagEnd::CodeBlock => {}
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Collects what follows apart from what is written already.
    pub(super) fn collect(&mut self) {
        self.outer.push(mem::take(&mut self.out));
    }

    /// Takes up the waiting output again and hands over what was collected meanwhile.
    pub(super) fn resume(&mut self) -> Output {
        let outer = self.outer.pop().unwrap_or_default();
        mem::replace(&mut self.out, outer)
    }

    /// A paragraph of nothing but block shortcodes becomes those shortcodes alone.
    fn end_paragraph(&mut self) {
        let inside = self.resume();
        let attributes = mem::take(&mut self.paragraph);
        self.out.fresh_line();
        if inside.holes_alone() {
            self.out.append(inside);
            self.out.html.push('\n');
            return;
        }
        self.refuse_includes_in_text(&inside);
        self.open("p", &attributes, "");
        self.out.html.push('>');
        self.out.append(inside);
        self.out.html.push_str("</p>\n");
    }

    /// Where a list of definitions ends is known from its definitions alone: the parser counts what follows
    /// it to it.
    fn attributes_below_definition(&mut self, definition: Span) {
        let Some((start, _)) = self.definitions.last() else {
            return;
        };
        let found = self.attributes_below_block(*start, definition.end);
        if let Some((_, attributes)) = self.definitions.last_mut()
            && found != Attributes::default()
        {
            *attributes = found;
        }
    }

    fn end_definitions(&mut self) {
        let inside = self.resume();
        let (_, attributes) = self.definitions.pop().unwrap_or_default();
        self.open("dl", &attributes, "");
        self.out.html.push_str(">\n");
        self.out.append(inside);
        self.out.html.push_str("</dl>\n");
    }

    /// The beginning of a block-level tag, which is yet to be closed.
    pub(super) fn open(&mut self, name: &str, attributes: &Attributes, classes: &str) {
        self.out.block(&format!("<{name}"));
        attributes.write(classes, &mut self.out.html);
    }

    fn blockquote(&mut self, kind: Option<BlockQuoteKind>, range: &Span) {
        let attributes = self.attributes_below(range);
        let Some(kind) = kind else {
            self.open("blockquote", &attributes, "");
            return self.out.html.push_str(">\n");
        };
        let (class, key) = match kind {
            BlockQuoteKind::Note => ("note", "alert_note"),
            BlockQuoteKind::Tip => ("tip", "alert_tip"),
            BlockQuoteKind::Important => ("important", "alert_important"),
            BlockQuoteKind::Warning => ("warning", "alert_warning"),
            BlockQuoteKind::Caution => ("caution", "alert_caution"),
        };
        self.open("blockquote", &attributes, &format!("alert alert-{class}"));
        self.out.html.push_str(">\n<p class=\"alert-title\">");
        self.out.words(key, &[]);
        self.out.html.push_str("</p>\n");
    }

    pub(super) fn count_words(&mut self, text: &str) {
        self.page.word_count += words_in(text);
    }

    pub fn finish(mut self) -> Rendered {
        self.hand_over_footnotes();
        self.report_leftover_calls();
        self.report_leftover_attributes();
        match self.questions {
            Some(questions) => questions.finish(self.out),
            None => Rendered {
                output: self.out,
                questions: Vec::new(),
            },
        }
    }
}

/// Whether what is in it is not on the passage's top level.
fn is_container(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::DefinitionList
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
    )
}

/// How many words there are between white space.
fn words_in(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let begins = |(before, byte): (&u8, &u8)| usize::from(is_space(*before) & !is_space(*byte));
    // Each byte with the one before it, so that the processor looks at many pairs at once.
    let others = bytes.iter().zip(bytes.iter().skip(1)).map(begins);
    others.sum::<usize>() + usize::from(bytes.first().is_some_and(|first| !is_space(*first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_stands_between_white_space_of_any_script() {
        let texts = [
            "",
            " one  two\n",
            "a café\u{a0}— naïve\u{85}x",
            "\u{3000}文字\u{2003}列 ",
            "é",
        ];
        for text in texts {
            assert_eq!(words_in(text), text.split_whitespace().count(), "{text:?}");
        }
    }
}
