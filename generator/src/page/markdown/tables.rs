//! Tables: aligned by classes, in a frame that scrolls and that a keyboard can
//! reach for it, and with a name for those who cannot see them.

use pulldown_cmark::Alignment;

use super::writer::Writer;
use crate::diagnostic::{Diagnostic, Span};
use crate::report::counted;

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

    pub(super) fn start_row(&mut self, range: Span) {
        self.report_lost_cells(range);
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

    /// Reports cells of a row that no column is there for: readers do not get them.
    fn report_lost_cells(&mut self, row: Span) {
        let line = self.marked[row.start..].lines().next().unwrap_or_default();
        let columns = self.cells.alignments.len();
        let cells = cells(line);
        let Some(first) = cells.get(columns) else {
            return;
        };
        let end = cells.last().map_or(first.end, |last| last.end);
        let lost = &line[first.start..end];
        if lost.chars().all(|one| one == '|' || one.is_whitespace()) {
            return;
        }
        let start = row.start + first.start + (lost.len() - lost.trim_start().len());
        let wrong = Diagnostic::warning("this row has more cells than the table has columns")
            .label("readers do not see this")
            .help("give the line at the top and the one below it a cell more, or write `\\|` for a bar in a text");
        self.report(wrong, start..start + lost.trim().len());
    }

    /// Reports a paragraph that was to be a table: its second line has another number of cells than its first.
    pub(super) fn report_lost_table(&mut self, paragraph: &Span) {
        let text = &self.marked[paragraph.clone()];
        if !text.contains("--") || !text.contains('|') {
            return;
        }
        let mut above = "";
        let mut at = paragraph.start;
        for line in text.split_inclusive('\n') {
            let inside = line.trim_start_matches(['>', ' ', '\t']);
            let start = at + line.len() - inside.len();
            let inside = inside.trim_end();
            if is_rule(inside) && above.contains('|') {
                let (named, ruled) = (cells(above).len(), cells(inside).len());
                let wrong = Diagnostic::warning("this is no table")
                    .label(format!(
                        "{}, and the line above {named}",
                        counted(ruled, "cell")
                    ))
                    .help("give both lines as many cells as the table has columns");
                self.report(wrong, start..start + inside.len());
            }
            above = inside;
            at += line.len();
        }
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

/// Where the cells of a line are.
fn cells(line: &str) -> Vec<Span> {
    let is_bar = |at: usize| line.as_bytes()[at] == b'|' && !line[..at].ends_with('\\');
    let inside = line.trim_end();
    let start = line.len() - line.trim_start().len();
    let start = start + usize::from(inside.len() > start && is_bar(start));
    let end = inside.len();
    let end = match end > start && is_bar(end - 1) {
        true => end - 1,
        false => end,
    };
    let mut cells = Vec::new();
    let mut at = start;
    for bar in (start..end).filter(|at| is_bar(*at)) {
        cells.push(at..bar);
        at = bar + 1;
    }
    cells.push(at..end.max(at));
    cells
}

/// Whether a line is what parts the head of a table from its rows: `|---|:-:|`.
fn is_rule(line: &str) -> bool {
    line.contains('|')
        && cells(line).into_iter().all(|cell| {
            let cell = line[cell].trim();
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            dashes.len() > 1 && dashes.bytes().all(|one| one == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_part_cells_unless_they_are_escaped() {
        let texts =
            |line| -> Vec<&str> { cells(line).into_iter().map(|cell| &line[cell]).collect() };
        assert_eq!(texts("| a | b |"), [" a ", " b "]);
        assert_eq!(texts("a|b"), ["a", "b"]);
        assert_eq!(texts("| a \\| b | "), [" a \\| b "]);
        assert_eq!(texts("||"), [""]);
        assert_eq!(texts("|"), [""]);
        assert_eq!(texts(""), [""]);
    }
}
