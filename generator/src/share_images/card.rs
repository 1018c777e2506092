//! One card: what stands on it, and where.

use ab_glyph_rasterizer::{Rasterizer, point};

use super::canvas::{Canvas, Colour, Ink, between};
use super::font::{Font, Line};
use super::lines::{CAPITAL, LEADING, fitted};

/// What sites that show cards ask for.
pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;

/// Room on all sides.
const MARGIN: usize = 84;
/// Where the line of the site's name stands, the rule above it, and the line above the title.
const NAME_FOOT: f32 = 564.0;
const RULE_TOP: usize = 500;
const LABEL_FOOT: f32 = 106.0;
const SMALL: f32 = 34.0;
/// Between what stands above and below a title and the title itself.
const AIR: f32 = 42.0;

const TEXT: Ink = Ink(0);
const ACCENT: Ink = Ink(1);
const SOFT: Ink = Ink(2);
const RULE: Ink = Ink(3);

/// The words on a card. All but the title may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Above the title.
    pub label: String,
    pub title: String,
    pub site: String,
    /// Across from the site's name.
    pub date: String,
}

#[derive(Clone, Copy)]
pub struct Colours {
    pub background: Colour,
    pub text: Colour,
    pub accent: Colour,
}

/// Draws a card as PNG.
pub fn draw(words: &Words, font: &Font<'_>, colours: Colours) -> Vec<u8> {
    let Colours {
        background,
        text,
        accent,
    } = colours;
    let soft = between(background, text, 70);
    let rule = between(background, text, 22);
    let inks = [text, accent, soft, rule];
    let (width, height) = (WIDTH as usize, HEIGHT as usize);
    let mut card = Canvas::new(width, height, background, &inks);
    let inside = width - 2 * MARGIN;

    card.rectangle(0, 0, 14, height, ACCENT);
    card.rectangle(MARGIN, RULE_TOP, inside, 2, RULE);

    let top = match words.label.is_empty() {
        true => MARGIN as f32,
        false => LABEL_FOOT + AIR,
    };
    let height = RULE_TOP as f32 - AIR - top;
    let title = fitted(&words.title, font, inside as f32, height);
    let leading = title.size * LEADING;
    // In the middle of its room, from the top of its capitals to the foot of its last line.
    let capital = title.size * CAPITAL;
    let lines = title.lines.len().max(1) - 1;
    let first = top + (height - leading * lines as f32 - capital) / 2.0 + capital;
    for (index, line) in title.lines.iter().enumerate() {
        let foot = first + leading * index as f32;
        write(&mut card, font, line, title.size, MARGIN as f32, foot, TEXT);
    }

    let room = inside as f32 / SMALL;
    let mut small = |text: &str, room: f32, to_the_right: bool, foot: f32, ink: Ink| -> f32 {
        let line = shortened(text, font, room);
        let left = match to_the_right {
            true => (width - MARGIN) as f32 - line.width * SMALL,
            false => MARGIN as f32,
        };
        write(&mut card, font, &line, SMALL, left, foot, ink);
        line.width
    };
    small(&words.label, room, false, LABEL_FOOT, ACCENT);
    let date = small(&words.date, room / 2.0, true, NAME_FOOT, SOFT);
    small(&words.site, room - date - 1.0, false, NAME_FOOT, TEXT);
    card.png()
}

/// A line that ends in `…` if it would be wider than this.
fn shortened(text: &str, font: &Font<'_>, room: f32) -> Line {
    // One more than there is ever room for.
    const MOST_LETTERS: usize = 120;
    let mut letters: Vec<char> = text.chars().take(MOST_LETTERS).collect();
    let whole = font.line(&letters.iter().collect::<String>());
    if whole.width <= room {
        return whole;
    }
    loop {
        letters.pop();
        let begun: String = letters.iter().collect();
        let line = font.line(&format!("{}…", begun.trim_end()));
        if line.width <= room || letters.is_empty() {
            return line;
        }
    }
}

fn write(
    card: &mut Canvas,
    font: &Font<'_>,
    line: &Line,
    size: f32,
    left: f32,
    foot: f32,
    ink: Ink,
) {
    // Letters may reach beyond their line: a tail, an accent on a capital, a slanted end.
    let top = (foot - size * 1.3).max(0.0) as usize;
    let start = (left - size * 0.3).max(0.0) as usize;
    let height = (size * 1.8) as usize + 1;
    let width = ((line.width + 0.6) * size) as usize + 2;
    let mut shape = Rasterizer::new(width, height);
    let at = point(left - start as f32, foot - top as f32);
    font.draw(line, size, at, &mut shape);
    card.fill(&shape, start, top, ink);
}
