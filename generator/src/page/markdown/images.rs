//! Images: a target, a title, and a description that is plain text.

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_href;

use super::attributes::Attributes;
use super::writer::Writer;
use super::{Picture, Piece, Target};
use crate::diagnostic::{Diagnostic, Span};
use crate::page::has_scheme;

pub struct OpenImage {
    target: Target,
    title: String,
    alt: String,
    attributes: Attributes,
    /// Images inside an image's description.
    depth: usize,
}

impl Writer<'_, '_, '_> {
    pub(super) fn start_image(&mut self, destination: &str, title: String, range: Span) {
        let attributes = self.attributes_behind(range.end);
        self.image = Some(OpenImage {
            attributes,
            target: self.target(destination, range),
            title,
            alt: String::new(),
            depth: 0,
        });
    }

    /// Collects an image's description.
    pub(super) fn image_event(&mut self, event: Event<'_>) {
        let Some(mut image) = self.image.take() else {
            return;
        };
        match event {
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) if image.depth > 0 => image.depth -= 1,
            Event::End(TagEnd::Image) => return self.end_image(image),
            Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
            Event::InlineMath(tex) | Event::DisplayMath(tex) => image.alt.push_str(&tex),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            _ => {}
        }
        self.image = Some(image);
    }

    fn end_image(&mut self, image: OpenImage) {
        if has_scheme(&image.target.written) && !image.target.written.starts_with("data:") {
            self.page.diagnostics.push(
                Diagnostic::error("readers would not get this")
                    .at(self.passage.path, image.target.span.clone())
                    .label("a picture from another site")
                    .help("put the picture beside the page: pages load nothing from elsewhere"),
            );
        }
        if has_scheme(&image.target.written) || image.target.written.is_empty() {
            return self.final_image(&image);
        }
        let alt = match image.alt.trim() {
            "" => None,
            "\"\"" | "“”" => Some(String::new()),
            _ => Some(image.alt),
        };
        self.out.push(Piece::Picture(Box::new(Picture {
            target: image.target,
            alt,
            title: image.title,
            attributes: image.attributes,
        })));
    }

    /// An image of which there is nothing to find out.
    fn final_image(&mut self, image: &OpenImage) {
        self.out.html.push_str("<img src=\"");
        // Writing to a String cannot fail.
        let _ = escape_href(&mut self.out.html, &image.target.written);
        self.out.html.push_str("\" alt=\"");
        self.out.escape(&image.alt);
        if !image.title.is_empty() {
            self.out.html.push_str("\" title=\"");
            self.out.escape(&image.title);
        }
        self.out.html.push('"');
        image.attributes.write("", &mut self.out.html);
        self.out.html.push_str(" />");
    }
}
