//! Tables: aligned by classes, in a frame that scrolls and that a keyboard can
//! reach for it, and with a name for those who cannot see them.

use pulldown_cmark::Alignment;

use super::writer::Writer;
use crate::diagnostic::Span;

#[derive(Default)]
pub struct Cells {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Where the open cell's tag starts in the HTML.
    start: usize,
    /// Pieces and bytes written when the cell was opened.
    inside: (usize, usize),
}

impl Writer<'_, '_, '_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>, range: &Span) {
        self.cells = Cells {
            alignments,
            ..Cells::default()
        };
        self.out
            .block("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.name_table();
        let attributes = self.attributes_below(range);
        self.out.html.push_str("\"><table");
        attributes.write("", &mut self.out.html);
        self.out.html.push_str(">\n");
    }

    pub(super) fn start_table_head(&mut self) {
        self.cells.in_head = true;
        self.cells.column = 0;
        self.out.html.push_str("<thead><tr>");
    }

    pub(super) fn end_table_head(&mut self) {
        self.cells.in_head = false;
        self.out.html.push_str("</tr></thead><tbody>\n");
    }

    pub(super) fn start_row(&mut self) {
        self.cells.column = 0;
        self.out.html.push_str("<tr>");
    }

    pub(super) fn start_cell(&mut self) {
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
    pub(super) fn end_cell(&mut self) {
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

    /// Says what a screen reader calls a table: the heading above it, with a number
    /// if that has been taken.
    fn name_table(&mut self) {
        let heading = self.page.headings.last().map(|heading| &heading.title);
        let heading = heading.cloned().unwrap_or_default();
        let count = self.page.tables.entry(heading.clone()).or_default();
        *count += 1;
        let count = *count;
        match heading.as_str() {
            "" => self.out.words("table", &[]),
            heading => self.out.words("table_about", &[("name", heading)]),
        }
        if count > 1 {
            self.out.html.push_str(&format!(" ({count})"));
        }
    }
}
