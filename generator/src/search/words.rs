//! Texts as the words that a search compares. The page's script does the same with what a visitor types
//! (`words` in `search.js`), so a change here is a change there.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut, in characters.
pub const LONGEST: usize = 32;

/// The words of a text: small letters without accents, and digits. Where a script writes no spaces,
/// each character counts as a word.
pub fn words(text: &str) -> Vec<String> {
    let bare: String = text.nfkd().filter(|one| !is_combining_mark(*one)).collect();
    let mut words = Vec::new();
    let mut word = String::new();
    let mut length = 0;
    for one in bare.to_lowercase().chars() {
        if !is_part(one) || stands_alone(one) {
            if length > 0 {
                words.push(std::mem::take(&mut word));
                length = 0;
            }
            if stands_alone(one) {
                words.push(one.to_string());
            }
        } else if length < LONGEST {
            word.push(one);
            length += 1;
        }
    }
    if length > 0 {
        words.push(word);
    }
    words
}

fn is_part(one: char) -> bool {
    one.is_alphabetic() || one.is_numeric()
}

/// Kana and Chinese characters.
fn stands_alone(one: char) -> bool {
    matches!(one,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_small_letters_without_accents() {
        assert_eq!(
            words("Crème Brûlée, naïve — ÅNGSTRÖM!"),
            ["creme", "brulee", "naive", "angstrom"]
        );
        assert_eq!(
            words("CTO's 10–25M (2026)"),
            ["cto", "s", "10", "25m", "2026"]
        );
        assert_eq!(words("ﬁne ½ ΣΊΣΥΦΟΣ"), ["fine", "1", "2", "σισυφος"]);
        assert_eq!(
            words("日本語 and かな"),
            ["日", "本", "語", "and", "か", "な"]
        );
        assert_eq!(words(" \u{301} … "), [""; 0]);
        assert_eq!(words(&"x".repeat(99)), ["x".repeat(32)]);
    }
}
