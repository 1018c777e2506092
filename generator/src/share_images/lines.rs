//! A title broken into lines of about one length, in the largest size in which it fits.

use super::font::{Font, Line};

/// Sizes that are tried.
const SIZES: [f32; 8] = [108.0, 96.0, 86.0, 76.0, 68.0, 60.0, 54.0, SMALLEST];
const SMALLEST: f32 = 48.0;

/// No card has room for as many, so what follows need not be set.
const MOST_LETTERS: usize = 400;

/// From the foot of one line to that of the next, in parts of the size.
pub const LEADING: f32 = 1.12;
/// From the top of a capital to its foot.
pub const CAPITAL: f32 = 0.7;
/// From there to the end of a tail.
const TAIL: f32 = 0.25;

/// A small word as short as this leans on the next, so a line should not end in it.
const SHORT: usize = 2;
/// How bad it is that a line does, and that a word is alone on the last line; like the lengths of
/// lines, in squares of the size.
const LEANING: f32 = 30.0;
const LONELY: f32 = 30.0;

pub struct Title {
    pub size: f32,
    pub lines: Vec<Line>,
}

/// Sets a title into this room. One that is too long in the smallest size ends in `…`.
pub fn fitted(text: &str, font: &Font<'_>, width: f32, height: f32) -> Title {
    let text: String = text.chars().take(MOST_LETTERS).collect();
    let text = Text {
        parts: parts(&text, font),
        space: font.line(" ").width,
    };
    let set = |size: f32, lines: Vec<String>| Title {
        size,
        lines: lines.iter().map(|line| font.line(line)).collect(),
    };
    let most = |size: f32| {
        let more = (height / size - CAPITAL - TAIL) / LEADING;
        1 + more.max(0.0) as usize
    };
    for size in SIZES {
        if let Some(lines) = text.broken(width / size, most(size)) {
            return set(size, lines);
        }
    }
    let (size, most) = (SMALLEST, most(SMALLEST));
    let mut text = text.with_long_parts_cut(width / size, font);
    while text.width() > width / size * most as f32 {
        text.parts.pop();
    }
    loop {
        if let Some(lines) = text.broken(width / size, most) {
            return set(size, lines);
        }
        text.shorten(font);
    }
}

struct Text {
    parts: Vec<Part>,
    space: f32,
}

/// What stays on one line: a line may end behind it.
#[derive(Clone)]
struct Part {
    text: String,
    after_space: bool,
    /// In parts of the size, like all lengths here.
    width: f32,
}

/// Words, and the pieces of those that may be divided.
fn parts(text: &str, font: &Font<'_>) -> Vec<Part> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            pieces(word)
                .into_iter()
                .enumerate()
                .map(|(index, piece)| Part {
                    text: piece.to_owned(),
                    after_space: index == 0,
                    width: font.line(piece).width,
                })
        })
        .collect()
}

/// A word cut behind its dashes and slashes, and around the signs of scripts that have no spaces.
fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut letters = word.char_indices().peekable();
    while let Some((at, one)) = letters.next() {
        let Some((next, following)) = letters.peek().copied() else {
            break;
        };
        let divides = matches!(one, '-' | '‐' | '–' | '—' | '/') && following.is_alphanumeric();
        // `-5` is one thing.
        let divides = divides && at > start;
        let is_sign = |one| matches!(one, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        if divides || is_sign(following) || is_sign(one) && following.is_alphanumeric() {
            pieces.push(&word[start..next]);
            start = next;
        }
    }
    pieces.push(&word[start..]);
    pieces
}

impl Text {
    /// The fewest lines of this width, at most so many, each about as long as the others.
    fn broken(&self, width: f32, most: usize) -> Option<Vec<String>> {
        let count = self.parts.len();
        if count == 0 {
            return Some(Vec::new());
        }
        if self.width() > width * most as f32 {
            return None;
        }
        // For each number of parts, how bad the best lines of them are and where the last of these begins.
        let mut best: Vec<Option<f32>> = vec![None; count + 1];
        best[0] = Some(0.0);
        let mut begins: Vec<Vec<usize>> = Vec::new();
        for _ in 0..most {
            let mut next = vec![None; count + 1];
            let mut begin = vec![0; count + 1];
            for (start, before) in best.iter().enumerate() {
                let Some(before) = before else { continue };
                let mut length = 0.0;
                for end in start..count {
                    let part = &self.parts[end];
                    let space = part.after_space && end > start;
                    length += part.width + if space { self.space } else { 0.0 };
                    if length > width {
                        break;
                    }
                    let cost = before + length * length + self.flaws(start, end);
                    if next[end + 1].is_none_or(|least| cost < least) {
                        next[end + 1] = Some(cost);
                        begin[end + 1] = start;
                    }
                }
            }
            begins.push(begin);
            best = next;
            if best[count].is_some() {
                break;
            }
        }
        best[count]?;
        let mut lines = Vec::new();
        let mut end = count;
        for begin in begins.iter().rev() {
            lines.push(self.joined(begin[end], end));
            end = begin[end];
        }
        lines.reverse();
        Some(lines)
    }

    /// On one line, without spaces.
    fn width(&self) -> f32 {
        self.parts.iter().map(|part| part.width).sum()
    }

    fn flaws(&self, start: usize, end: usize) -> f32 {
        let is_last = end + 1 == self.parts.len();
        let last = &self.parts[end].text;
        let leaning = last.chars().count() <= SHORT && last.chars().all(char::is_lowercase);
        let leaning = leaning && !is_last;
        let lonely = is_last && start == end && start > 0;
        f32::from(u8::from(leaning)) * LEANING + f32::from(u8::from(lonely)) * LONELY
    }

    fn joined(&self, start: usize, end: usize) -> String {
        let mut joined = String::new();
        for (index, part) in self.parts[start..end].iter().enumerate() {
            if part.after_space && index > 0 {
                joined.push(' ');
            }
            joined.push_str(&part.text);
        }
        joined
    }

    /// Cuts what no line can hold, letter by letter.
    fn with_long_parts_cut(self, width: f32, font: &Font<'_>) -> Self {
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in self.parts {
            if part.width <= width {
                parts.push(part);
                continue;
            }
            let mut rest = part.text.as_str();
            while !rest.is_empty() {
                let (text, after) = rest.split_at(fitting(rest, width, font));
                parts.push(Part {
                    width: font.line(text).width,
                    text: text.to_owned(),
                    after_space: part.after_space && rest.len() == part.text.len(),
                });
                rest = after;
            }
        }
        Self { parts, ..self }
    }

    /// Leaves out the last part and says so.
    fn shorten(&mut self, font: &Font<'_>) {
        self.parts.pop();
        if let Some(last) = self.parts.last_mut() {
            let text = last
                .text
                .trim_end_matches(|one: char| !one.is_alphanumeric());
            last.text = format!("{text}…");
            last.width = font.line(&last.text).width;
        }
    }
}

/// Where a text is to be cut so that its beginning is no wider than this; behind one letter at least.
fn fitting(text: &str, width: f32, font: &Font<'_>) -> usize {
    let ends = text.char_indices().map(|(at, one)| at + one.len_utf8());
    let ends: Vec<usize> = ends.collect();
    let fits = ends.partition_point(|end| font.line(&text[..*end]).width <= width);
    ends[fits.max(1) - 1]
}

#[cfg(test)]
mod tests {
    use super::super::font::EMBEDDED;
    use super::*;

    fn lines(text: &str, width: f32, most: usize) -> Option<Vec<String>> {
        let font = Font::parse(EMBEDDED).unwrap();
        let text = Text {
            parts: parts(text, &font),
            space: font.line(" ").width,
        };
        text.broken(width, most)
    }

    #[test]
    fn lines_are_about_as_long_as_each_other_and_end_well() {
        assert_eq!(lines("One", 9.0, 3).unwrap(), ["One"]);
        assert_eq!(
            lines(
                "Do you need an AI strategy partner if you have a CTO?",
                11.0,
                4
            )
            .unwrap(),
            [
                "Do you need an AI",
                "strategy partner",
                "if you have a CTO?"
            ]
        );
        assert_eq!(lines("Two words", 3.0, 1), None);
    }

    #[test]
    fn french_punctuation_stays_with_its_word() {
        let title = "Faut-il un partenaire\u{a0}? Oui\u{202f}!";
        for line in lines(title, 9.0, 4).unwrap() {
            assert!(!line.starts_with(['?', '!']), "{line}");
        }
    }

    #[test]
    fn words_are_divided_behind_dashes_alone() {
        assert_eq!(pieces("mid-market"), ["mid-", "market"]);
        assert_eq!(pieces("and/or"), ["and/", "or"]);
        assert_eq!(pieces("-5"), ["-5"]);
        assert_eq!(pieces("end—"), ["end—"]);
        assert_eq!(pieces("日本語。"), ["日", "本", "語。"]);
    }

    #[test]
    fn what_never_fits_is_cut() {
        let font = Font::parse(EMBEDDED).unwrap();
        for text in ["word ".repeat(200), "w".repeat(900), String::new()] {
            let title = fitted(&text, &font, 1000.0, 300.0);
            assert!(title.lines.len() <= 6);
            for line in title.lines {
                assert!(line.width * title.size <= 1000.0);
            }
        }
    }
}
