//! Links and their targets, with the place of each in the file.

use pulldown_cmark::LinkType;
use pulldown_cmark_escape::escape_href;

use super::writer::Writer;
use super::{MARK, Piece, Target};
use crate::diagnostic::{Diagnostic, Span};
use crate::page::has_scheme;

impl Writer<'_, '_, '_> {
    pub(super) fn start_link(
        &mut self,
        link_type: LinkType,
        destination: &str,
        title: &str,
        range: Span,
    ) {
        if destination.is_empty() && link_type == LinkType::Inline {
            let wrong = Diagnostic::warning("a link without an address")
                .label("it leads to the page that it stands on")
                .help("write the address between the parentheses");
            self.report(wrong, range.clone());
        }
        let target = match link_type {
            LinkType::Email => Target {
                written: format!("mailto:{destination}"),
                span: self.passage.place(range),
            },
            _ => self.target(destination, range),
        };
        self.open_link(target, title);
    }

    pub(super) fn open_link(&mut self, target: Target, title: &str) {
        self.in_link = true;
        if let Some(heading) = &mut self.heading {
            heading.has_link = true;
        }
        self.out.html.push_str("<a href=\"");
        self.write_target(target);
        if !title.is_empty() {
            self.out.html.push_str("\" title=\"");
            self.out.escape(title);
        }
        self.out.html.push_str("\">");
    }

    pub(super) fn end_link(&mut self) {
        self.in_link = false;
        self.out.html.push_str("</a>");
    }

    /// The place of a destination inside the link that holds it.
    pub(super) fn target(&self, destination: &str, range: Span) -> Target {
        let written = &self.marked[range.clone()];
        let span = match written.rfind(destination) {
            Some(start) if !destination.is_empty() => {
                let start = range.start + start;
                start..start + destination.len()
            }
            _ => range,
        };
        // A shortcode in it is reported in the end, with all others that found no place.
        let written = match destination.contains(MARK) {
            true => String::new(),
            false => destination.to_owned(),
        };
        Target {
            written,
            span: self.passage.place(span),
        }
    }

    /// Whether an address of the web is one of this very site is known later, like everything without
    /// a scheme; any other address is final.
    pub(super) fn write_target(&mut self, target: Target) {
        let is_web = ["https://", "http://"]
            .iter()
            .any(|scheme| target.written.starts_with(scheme));
        if target.written.is_empty() || (has_scheme(&target.written) && !is_web) {
            // Writing to a String cannot fail.
            let _ = escape_href(&mut self.out.html, &target.written);
        } else {
            self.out.push(Piece::Target(target));
        }
    }
}
