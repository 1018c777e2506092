//! HTML under construction, with its holes.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::{Piece, Words};

#[derive(Default)]
pub struct Output {
    pub pieces: Vec<Piece>,
    pub html: String,
    pub summary: Option<usize>,
}

impl Output {
    /// Starts a new line unless at the start of one.
    pub fn fresh_line(&mut self) {
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

    /// Starts a block-level tag on a line of its own.
    pub fn block(&mut self, tag: &str) {
        self.fresh_line();
        self.html.push_str(tag);
    }

    /// Text for an attribute or between tags.
    pub fn escape(&mut self, text: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html(&mut self.html, text);
    }

    /// Text between tags, where quotes are harmless.
    pub fn escape_body(&mut self, text: &str) {
        // Writing to a String cannot fail.
        let _ = escape_html_body_text(&mut self.html, text);
    }

    pub fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    /// Leaves a hole for words in the language of the page.
    pub fn words(&mut self, key: &'static str, values: &[(&'static str, &str)]) {
        let values = values.iter();
        self.push(Piece::Words(Words {
            key: key.into(),
            values: values
                .map(|(name, value)| ((*name).into(), (*value).to_owned()))
                .collect(),
        }));
    }

    pub fn flush(&mut self) {
        if !self.html.is_empty() {
            // A copy has no room to spare, and the next piece finds the room that this one has grown.
            self.pieces.push(Piece::Html(self.html.clone()));
            self.html.clear();
        }
    }

    pub fn append(&mut self, other: Output) {
        for piece in other.finished().0 {
            match piece {
                Piece::Html(html) => self.html.push_str(&html),
                piece => self.push(piece),
            }
        }
    }

    pub fn finished(mut self) -> (Vec<Piece>, Option<usize>) {
        self.flush();
        (self.pieces, self.summary)
    }

    /// What stands in it besides white space: nothing, holes alone, or text too.
    pub fn holes_alone(&self) -> bool {
        let is_blank = |piece: &Piece| match piece {
            Piece::Html(html) => html.trim().is_empty(),
            Piece::Target(_) | Piece::Picture(_) | Piece::Words(_) => false,
            Piece::Shortcode(shortcode) => !shortcode.is_inline(),
            Piece::Include(_) => true,
        };
        !self.pieces.is_empty() && self.html.trim().is_empty() && self.pieces.iter().all(is_blank)
    }
}
