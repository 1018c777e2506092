//! A font: which letters it has, how wide a text becomes in it, and the outlines of the letters.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder, Tag};
use rustybuzz::{Direction, Face, Feature, UnicodeBuffer};

/// Literata, under the SIL Open Font License: see `fonts/README.md`.
pub static EMBEDDED: &[u8] = include_bytes!("../../fonts/Literata-SemiBold.ttf");

pub struct Font<'a> {
    face: Face<'a>,
    /// Figures as high as capitals, where a font has several kinds.
    features: [Feature; 1],
}

/// A text in the order and at the places of its letters, at any size.
#[derive(Clone, Debug)]
pub struct Line {
    /// Each with its place to the right of the line's beginning and above its foot, in parts of the size.
    letters: Vec<(GlyphId, Point)>,
    /// In parts of the size.
    pub width: f32,
}

impl<'a> Font<'a> {
    /// `None` if the bytes are no font.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let face = Face::from_slice(bytes, 0)?;
        let features = [Feature::new(Tag::from_bytes(b"lnum"), 1, ..)];
        Some(Self { face, features })
    }

    /// The text as it can be drawn: signs that the font lacks, such as pictures of faces, are left out.
    /// `None` if it lacks letters, or if they run from right to left, which needs more than a font.
    pub fn drawable(&self, text: &str) -> Option<String> {
        let mut drawable = String::with_capacity(text.len());
        for one in text.chars() {
            let joins_signs = matches!(one, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
            if one.is_control() || one.is_whitespace() || joins_signs {
                let is_fixed = matches!(one, '\u{a0}' | '\u{202f}');
                drawable.extend((!joins_signs).then_some(if is_fixed { '\u{a0}' } else { ' ' }));
            } else if runs_left(one) {
                return None;
            } else if self.face.glyph_index(one).is_some() {
                drawable.push(one);
            } else if one.is_alphanumeric() {
                return None;
            }
        }
        let words: Vec<&str> = drawable
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect();
        Some(words.join(" "))
    }

    pub fn line(&self, text: &str) -> Line {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.face, &self.features, buffer);
        let unit = 1.0 / self.face.units_per_em() as f32;
        let mut pen = 0;
        let letters = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        let letters = letters
            .map(|(info, place)| {
                let x = (pen + place.x_offset) as f32 * unit;
                pen += place.x_advance;
                let glyph = GlyphId(u16::try_from(info.glyph_id).unwrap_or_default());
                (glyph, point(x, place.y_offset as f32 * unit))
            })
            .collect();
        Line {
            letters,
            width: pen as f32 * unit,
        }
    }

    /// Fills the outlines of a line that begins at this place, its foot there.
    pub fn draw(&self, line: &Line, size: f32, at: Point, onto: &mut Rasterizer) {
        let scale = size / self.face.units_per_em() as f32;
        for (glyph, place) in &line.letters {
            let mut pen = Pen {
                scale,
                origin: point(at.x + place.x * size, at.y - place.y * size),
                start: Point::default(),
                last: Point::default(),
                onto,
            };
            // A space has no outline.
            let _ = self.face.outline_glyph(*glyph, &mut pen);
        }
    }
}

/// Hebrew, Arabic and their neighbours.
fn runs_left(one: char) -> bool {
    matches!(one, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Takes an outline as fonts hold it, in their units with y upwards.
struct Pen<'a> {
    scale: f32,
    origin: Point,
    start: Point,
    last: Point,
    onto: &'a mut Rasterizer,
}

impl Pen<'_> {
    /// Within the canvas: the rasterizer counts on it.
    fn place(&self, x: f32, y: f32) -> Point {
        let (width, height) = self.onto.dimensions();
        point(
            (self.origin.x + x * self.scale).clamp(0.0, width as f32 - 1.0),
            (self.origin.y - y * self.scale).clamp(0.0, height as f32),
        )
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.last = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let end = self.place(x, y);
        self.onto.draw_line(self.last, end);
        self.last = end;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let end = self.place(x, y);
        self.onto.draw_quad(self.last, self.place(x1, y1), end);
        self.last = end;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let end = self.place(x, y);
        let (first, second) = (self.place(x1, y1), self.place(x2, y2));
        self.onto.draw_cubic(self.last, first, second, end);
        self.last = end;
    }

    fn close(&mut self) {
        self.onto.draw_line(self.last, self.start);
        self.last = self.start;
    }
}
