//! Texts as the words that a search compares. The page's script does the same with what a visitor types
//! (`words` in `search.js`), so a change here is a change there.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut, in characters.
pub const LONGEST: usize = 32;

/// Gives every word of a text: small letters without accents, and digits. Where a script writes no spaces,
/// each character counts as a word.
pub fn for_each_word(text: &str, mut give: impl FnMut(&str)) {
    let mut word = String::with_capacity(4 * LONGEST);
    for part in text.split_ascii_whitespace() {
        match part.is_ascii() {
            true => ascii(part, &mut word, &mut give),
            false => any(part, &mut word, &mut give),
        }
    }
}

/// What stands between two spaces, as nearly all of it is in many languages.
fn ascii(part: &str, word: &mut String, give: &mut impl FnMut(&str)) {
    let words = part.split(|one: char| !one.is_ascii_alphanumeric());
    for found in words.filter(|found| !found.is_empty()) {
        word.clear();
        word.push_str(&found[..found.len().min(LONGEST)]);
        word.make_ascii_lowercase();
        give(word);
    }
}

fn any(part: &str, word: &mut String, give: &mut impl FnMut(&str)) {
    let bare: String = part.nfkd().filter(|one| !is_combining_mark(*one)).collect();
    let mut length = 0;
    word.clear();
    for one in bare.to_lowercase().chars() {
        if !is_part(one) || stands_alone(one) {
            if length > 0 {
                give(word);
                word.clear();
                length = 0;
            }
            if stands_alone(one) {
                give(one.encode_utf8(&mut [0; 4]));
            }
        } else if length < LONGEST {
            word.push(one);
            length += 1;
        }
    }
    if length > 0 {
        give(word);
    }
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
    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        super::for_each_word(text, |word| words.push(word.to_owned()));
        words
    }

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
