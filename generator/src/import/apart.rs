//! Blocks that stand inside of a text, as shortcodes of other generators may: the text ends before them, and begins anew
//! behind.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::body::Body;
use crate::diagnostic::Span;

/// Stretches of text between blocks: paragraphs, and what stands in items of lists that have none.
#[derive(Default)]
pub struct Paragraphs {
    found: Vec<Span>,
    /// Whether an item has begun and nothing has come yet.
    in_item: bool,
    /// The text of an item so far.
    item: Option<Span>,
}

impl Paragraphs {
    pub fn read(&mut self, event: &Event<'_>, span: &Span) {
        match event {
            Event::Start(Tag::Item) => {
                self.end_item();
                self.in_item = true;
            }
            Event::Start(Tag::Paragraph) => {
                self.end_item();
                self.found.push(span.clone());
            }
            _ if is_inline(event) => match &mut self.item {
                Some(item) => item.end = item.end.max(span.end),
                None if self.in_item => self.item = Some(span.clone()),
                None => {}
            },
            Event::End(TagEnd::Item) | Event::Start(_) => self.end_item(),
            _ => {}
        }
    }

    fn end_item(&mut self) {
        self.in_item = false;
        self.found.extend(self.item.take());
    }

    fn around(&self, at: usize) -> Option<&Span> {
        self.found.iter().find(|span| span.contains(&at))
    }
}

/// Whether something stands within a text.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        _ => false,
    }
}

impl Body<'_> {
    /// Ends the paragraph that a block begins in, and begins another one behind it. Gives what is to stand before
    /// the block on its line, and what before each further line of it.
    pub(super) fn stand_apart(&mut self, open: &Span, close: &Span) -> (String, String) {
        let (mut apart, mut before_lines) = (String::new(), String::new());
        let text = self.text;
        let is_blank = |text: &str| {
            let mut letters = text.chars();
            letters.all(|one| one == '>' || one.is_whitespace())
        };
        let above = self.paragraphs.around(open.start).cloned();
        let below = self.paragraphs.around(close.start).cloned();
        if let Some(above) = above {
            let line = start_of_line(text, open.start);
            let before = continued(text, &above);
            let blank = before.trim_end();
            match is_blank(&text[line..open.start]) {
                _ if is_blank(&text[above.start..open.start]) => {}
                true if line == open.start => apart = "\n".to_owned(),
                true => self.replace(line..line, format!("{blank}\n")),
                false => apart = format!("\n{blank}\n{before}"),
            }
            before_lines = before;
        }
        if let Some(below) = below
            && close.end < below.end
            && !is_blank(&text[close.end..below.end])
        {
            let rest = &text[close.end..below.end];
            let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let before = continued(text, &below);
            let blank = before.trim_end();
            let with = match rest[spaces..].starts_with(['\n', '\r']) {
                true => format!("\n{blank}"),
                false => format!("\n{blank}\n{before}"),
            };
            self.replace(close.end..close.end + spaces, with);
        }
        (apart, before_lines)
    }
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// What stands before the further lines of a text: the marks of quotations, and room for those of lists.
fn continued(text: &str, paragraph: &Span) -> String {
    let before = &text[start_of_line(text, paragraph.start)..paragraph.start];
    before
        .chars()
        .map(|one| if one == '>' { '>' } else { ' ' })
        .collect()
}
