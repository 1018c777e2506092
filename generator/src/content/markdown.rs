//! A page's text as Markdown that can be read anywhere: links are absolute, figures computed, and what
//! only the theme can draw is handed on to be drawn.

use std::collections::BTreeMap;

use super::{Expander, Expansion};
use crate::alternate::Part;
use crate::diagnostic::Span;
use crate::hash::Hasher;
use crate::images::markup::Loading;
use crate::images::{Image, Purpose};
use crate::page::{Page, Picture, Piece, Target, has_scheme};
use crate::view::{Content, ModelView, Segment, ShortcodeView};

impl Expander<'_> {
    /// The stretch `body` of the page's file, whose whole text is `text`. What is wrong has been said for
    /// the page. `open_calculator` stands for a calculator.
    pub fn expand_as_markdown(
        &self,
        page: &Page,
        address: &str,
        text: &str,
        body: Span,
        open_calculator: &str,
    ) -> Vec<Part> {
        let mut diagnostics = Vec::new();
        let mut expansion = self.expansion(page, address, Loading::Unsaid, &mut diagnostics);
        let mut changes: Vec<(Span, Part)> = Vec::new();
        let mut defined: BTreeMap<&str, String> = BTreeMap::new();
        for piece in &page.body.pieces {
            let change = match piece {
                Piece::Html(_) | Piece::Words(_) => None,
                Piece::Target(target) => {
                    let address = expansion.absolute(target);
                    Some((&target.span, Part::Markdown(address)))
                }
                Piece::Picture(picture) => {
                    let address = expansion.picture_address(picture);
                    Some((&picture.target.span, Part::Markdown(address)))
                }
                Piece::Shortcode(shortcode) => expansion.shortcode(shortcode).map(|segment| {
                    let part = expansion.part(segment, open_calculator);
                    (&shortcode.span, part)
                }),
                Piece::Include(include) => {
                    let file = std::mem::replace(&mut expansion.from.file, &include.path);
                    let content = expansion.body(&include.body);
                    expansion.from.file = file;
                    Some((&include.span, Part::Drawn(content)))
                }
            };
            let Some((span, part)) = change else {
                continue;
            };
            match (is_written(piece, text.get(span.clone())), piece, part) {
                (true, _, part) => changes.push((span.clone(), part)),
                (false, Piece::Target(target), Part::Markdown(address)) => {
                    defined.insert(&target.written, address);
                }
                _ => {}
            }
        }
        changes.extend(definitions(text, &defined));
        changes.sort_by_key(|(span, _)| span.start);
        applied(text, body, changes)
    }
}

/// The addresses in `[label]: address`, which links name by their label.
fn definitions(text: &str, defined: &BTreeMap<&str, String>) -> Vec<(Span, Part)> {
    let mut changes = Vec::new();
    for (written, address) in defined.iter().filter(|(written, _)| !written.is_empty()) {
        for (at, _) in text.match_indices("]: ") {
            let start = at + "]: ".len();
            let after = text[start..].strip_prefix(written);
            if after.is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
            {
                let span = start..start + written.len();
                changes.push((span, Part::Markdown(address.clone())));
            }
        }
    }
    changes
}

/// Whether a piece stands in the text where it is used, as it is.
fn is_written(piece: &Piece, text: Option<&str>) -> bool {
    let Some(text) = text else {
        return false;
    };
    match piece {
        Piece::Html(_) | Piece::Words(_) => false,
        Piece::Target(target) => text == target.written,
        Piece::Picture(picture) => text == picture.target.written,
        Piece::Shortcode(_) | Piece::Include(_) => text.starts_with("{{") || text.starts_with("{%"),
    }
}

fn applied(text: &str, body: Span, changes: Vec<(Span, Part)>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut written = String::new();
    let mut at = body.start;
    for (span, part) in changes {
        // What stands in something that is drawn has been drawn with it.
        if span.start < at || span.end > body.end {
            continue;
        }
        written.push_str(&text[at..span.start]);
        at = span.end;
        match part {
            Part::Markdown(text) => written.push_str(&text),
            Part::Drawn(_) => {
                parts.push(Part::Markdown(std::mem::take(&mut written)));
                parts.push(part);
            }
        }
    }
    written.push_str(&text[at..body.end]);
    parts.push(Part::Markdown(written));
    parts
}

impl<'a> Expansion<'a> {
    fn absolute(&mut self, target: &Target) -> String {
        let links = &self.with.links;
        let found = links.resolve(self.from, self.address, target);
        let href = found.unwrap_or_else(|_| links.would_be(self.from, target));
        self.with_origin(href)
    }

    fn with_origin(&self, href: String) -> String {
        let base_url = self.with.links.base_url();
        match href.as_bytes().first() {
            Some(b'#' | b'?') => format!("{}{href}", base_url.permalink(self.address)),
            _ if has_scheme(&href) => href,
            _ => base_url.absolute(&href),
        }
    }

    fn picture_address(&mut self, picture: &Picture) -> String {
        let file = self
            .with
            .links
            .file(self.from.file, &picture.target.written);
        match file.and_then(|file| self.with.images.get(&file, Purpose::Page)) {
            Some(Image::Sizes(sizes)) => self.with_origin(sizes.middle().href.clone()),
            Some(Image::File { .. }) | None => self.absolute(&picture.target),
        }
    }

    fn part(&self, segment: Segment, open_calculator: &str) -> Part {
        match segment {
            Segment::Html(figure) => Part::Markdown(figure),
            Segment::Shortcode(ShortcodeView {
                model: Some(ModelView::Calculator(calculator)),
                ..
            }) => {
                let address = self.with_origin(format!("#{}", calculator.id));
                Part::Markdown(format!("[{open_calculator}]({address})"))
            }
            segment => {
                let mut filled = Hasher::default();
                let _ = filled.add_data(&segment);
                Part::Drawn(Content {
                    segments: vec![segment],
                    summary: None,
                    fingerprint: filled.finish(),
                })
            }
        }
    }
}
