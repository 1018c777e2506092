//! Amounts, times and shares as people type them: `$2,460`, `2.460 €`, `USD 2.5k`, `12 weeks`, `42 %`. Takes a
//! stretch of prose, how its language writes numbers and the currency that counts; gives each with its value and its place.

use std::cmp::Reverse;

use crate::diagnostic::Span;
use crate::words::Words;

/// What a number is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Money,
    Weeks,
    Hours,
    Share,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub kind: Kind,
    /// Shares from 0 to 1.
    pub value: f64,
    /// How many of its digits say something: two in `$41,000`.
    pub digits: usize,
    /// What a figure of the model would replace, in the prose.
    pub span: Span,
}

/// By what people write between a number and its currency.
const MULTIPLES: [(&str, f64); 14] = [
    ("k", 1e3),
    ("K", 1e3),
    ("thousand", 1e3),
    ("Tsd.", 1e3),
    ("Tausend", 1e3),
    ("mille", 1e3),
    ("M", 1e6),
    ("m", 1e6),
    ("mn", 1e6),
    ("Mio.", 1e6),
    ("million", 1e6),
    ("millions", 1e6),
    ("Million", 1e6),
    ("Millionen", 1e6),
];

const UNITS: [(Kind, &[&str]); 3] = [
    (
        Kind::Weeks,
        &["week", "weeks", "Woche", "Wochen", "semaine", "semaines"],
    ),
    (
        Kind::Hours,
        &[
            "hour", "hours", "hrs", "h", "Stunde", "Stunden", "Std.", "heure", "heures",
        ],
    ),
    (
        Kind::Share,
        &[
            "%",
            "percent",
            "per cent",
            "Prozent",
            "pour cent",
            "pour-cent",
        ],
    ),
];

/// What makes a rate of an amount: `8 hours a week` are not eight hours.
const RATES: [&str; 9] = [
    "a", "an", "per", "each", "every", "pro", "je", "par", "chaque",
];

/// Spaces between a number and what belongs to it, as characters and as HTML names them.
const SPACES: [&str; 8] = [
    " ", "\n", "\u{a0}", "\u{202f}", "\u{2009}", "&nbsp;", "&#160;", "&#8239;",
];

pub fn find(prose: &str, words: &Words, currency: &str) -> Vec<Typed> {
    let signs = signs(words, currency);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(digit) = prose[at..].find(|one: char| one.is_ascii_digit()) {
        let start = at + digit;
        let (value, length) = words.read(&prose[start..]).unwrap_or((f64::NAN, 1));
        let end = start + length;
        at = end + going_on(&prose[end..]);
        // What goes on is no number of this language: a day, a version, the number of a telephone.
        if at == end && value > 0.0 {
            found.extend(quantity(prose, start..end, value, &signs));
        }
    }
    found
}

/// What the number at a place is the number of.
fn quantity(prose: &str, number: Span, value: f64, signs: &[&str]) -> Option<Typed> {
    let (before, after) = (&prose[..number.start], &prose[number.end..]);
    let digits = significant(&prose[number.clone()]);
    if let Some((start, end, factor)) = money(before, after, signs) {
        let value = value * factor;
        return (value >= 100.0).then_some(Typed {
            kind: Kind::Money,
            value,
            digits,
            span: number.start - start..number.end + end,
        });
    }
    let typed = prose[number.clone()].bytes();
    if !begins(before) || typed.filter(u8::is_ascii_digit).count() < 2 {
        return None;
    }
    let (kind, length) = unit(after)?;
    let (value, end) = match kind {
        Kind::Share => (value / 100.0, number.end + length),
        _ => (value, number.end),
    };
    // All of something is no figure, and neither is a rate.
    let says_something = value != 1.0 && (kind == Kind::Share || !is_rate(&after[length..]));
    says_something.then_some(Typed {
        kind,
        value,
        digits,
        span: number.start..end,
    })
}

/// How far the sign of the currency reaches before and after a number, and what the number is to be
/// multiplied with.
fn money(before: &str, after: &str, signs: &[&str]) -> Option<(usize, usize, f64)> {
    let (multiple, factor) = multiple(after);
    let rest = &after[multiple..];
    let is_range = rest
        .strip_prefix(['-', '–', '—'])
        .is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()));
    let ahead = without_space_behind(before);
    let sign = signs.iter().find(|sign| ahead.ends_with(**sign));
    let (start, end) = match sign {
        Some(sign) => {
            let ahead = &ahead[..ahead.len() - sign.len()];
            let is_negative = ahead.ends_with(['-', '−'])
                && !ahead[..ahead.len() - 1].ends_with(|one: char| one.is_ascii_digit());
            if ahead.ends_with(|one: char| one.is_alphanumeric()) || is_negative {
                return None;
            }
            (before.len() - ahead.len(), multiple)
        }
        None => {
            let gap = rest.len() - without_space(rest).len();
            let sign = starts_with_word(without_space(rest), signs)?;
            if !begins(before) {
                return None;
            }
            (0, multiple + gap + sign)
        }
    };
    let ends = !after[end..].starts_with(|one: char| one.is_alphanumeric());
    (ends && !is_range && !is_rate(&after[end..])).then_some((start, end, factor))
}

/// What people call a currency: its signs and code, and its name in the languages of the themes.
fn signs<'a>(words: &Words, currency: &'a str) -> Vec<&'a str> {
    let names: &[&str] = match currency {
        "EUR" => &["euros", "euro", "Euros", "Euro"],
        "GBP" => &["pounds", "pound", "Pfund", "livres"],
        "CHF" => &["francs", "Franken"],
        "USD" | "CAD" | "AUD" | "NZD" => &["dollars", "dollar", "Dollar"],
        _ => &[],
    };
    let mut signs = words.currency_signs(currency);
    signs.extend(names);
    // `US$` ends like `$`.
    signs.sort_by_key(|sign| Reverse(sign.len()));
    signs
}

fn multiple(after: &str) -> (usize, f64) {
    let text = without_space(after);
    let gap = after.len() - text.len();
    let mut found = MULTIPLES.iter().filter_map(|(name, factor)| {
        let rest = text.strip_prefix(name)?;
        let ends = !rest.starts_with(|one: char| one.is_alphanumeric());
        ends.then_some((gap + name.len(), *factor))
    });
    found.next().unwrap_or((0, 1.0))
}

fn unit(after: &str) -> Option<(Kind, usize)> {
    let text = without_space(after.strip_prefix('-').unwrap_or(after));
    let gap = after.len() - text.len();
    UNITS.iter().find_map(|(kind, names)| {
        let length = starts_with_word(text, names)?;
        Some((*kind, gap + length))
    })
}

/// The length of the longest of some words that a text begins with and that end there.
fn starts_with_word(text: &str, words: &[&str]) -> Option<usize> {
    let found = words.iter().filter(|word| {
        let rest = text.strip_prefix(**word);
        rest.is_some_and(|rest| !rest.starts_with(|one: char| one.is_alphanumeric()))
    });
    found.map(|word| word.len()).max()
}

fn is_rate(after: &str) -> bool {
    after.starts_with('/') || starts_with_word(without_space(after), &RATES).is_some()
}

fn without_space(text: &str) -> &str {
    let space = SPACES.iter().find_map(|space| text.strip_prefix(space));
    space.unwrap_or(text)
}

fn without_space_behind(text: &str) -> &str {
    let space = SPACES.iter().find_map(|space| text.strip_suffix(space));
    space.unwrap_or(text)
}

/// Whether a number may begin behind this: not in a word, an address or a range, nor behind another number.
fn begins(before: &str) -> bool {
    let ahead = without_space_behind(before);
    if ahead.len() < before.len() {
        return !ahead.ends_with(|one: char| one.is_ascii_digit());
    }
    before.is_empty()
        || before.ends_with([
            '(', '[', '"', '\'', '“', '„', '«', '‘', '*', '_', '~', '≈', '—', '|', '>',
        ])
}

/// How much of a text goes on with a number that is not one of this language.
fn going_on(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    while text[end..].starts_with(['.', ',', ':', '\'']) && digits(&text[end + 1..]) > 0 {
        end += 1 + digits(&text[end + 1..]);
    }
    end
}

fn significant(number: &str) -> usize {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::words::Words;

    /// What is found in a text, such as `2,460 dollars: Money 2460`.
    #[track_caller]
    fn expect(lang: &str, currency: &str, text: &str, expected: &[&str]) {
        let found = find(text, &Words::embedded(lang), currency);
        let told = found
            .into_iter()
            .map(|typed| format!("{}: {:?} {}", &text[typed.span], typed.kind, typed.value));
        assert_eq!(told.collect::<Vec<_>>(), expected, "{lang}: {text}");
    }

    #[test]
    fn amounts_are_known_however_they_are_typed() {
        for (lang, currency, text, expected) in [
            ("en", "USD", "It is $2,460.", "$2,460: Money 2460"),
            ("en", "USD", "($2460)", "$2460: Money 2460"),
            (
                "en",
                "USD",
                "a 2,460 dollars bill",
                "2,460 dollars: Money 2460",
            ),
            ("en", "USD", "USD 2,460,", "USD 2,460: Money 2460"),
            ("en", "USD", "US$2,460", "US$2,460: Money 2460"),
            ("en", "USD", "$2.5k", "$2.5k: Money 2500"),
            ("en", "USD", "$1.2 million", "$1.2 million: Money 1200000"),
            ("en", "USD", "**~$41K**", "$41K: Money 41000"),
            ("en", "EUR", "€41,000", "€41,000: Money 41000"),
            ("en", "EUR", "41,000&nbsp;€", "41,000&nbsp;€: Money 41000"),
            ("en", "CAD", "$41,000", "$41,000: Money 41000"),
            ("de", "EUR", "2.460 €", "2.460 €: Money 2460"),
            ("de", "EUR", "2,5 Tsd. Euro", "2,5 Tsd. Euro: Money 2500"),
            ("fr", "EUR", "de 2 460 €", "2 460 €: Money 2460"),
            ("fr", "EUR", "2,5 k€", "2,5 k€: Money 2500"),
            (
                "fr",
                "USD",
                "41\u{202f}000\u{a0}$US",
                "41\u{202f}000\u{a0}$US: Money 41000",
            ),
        ] {
            expect(lang, currency, text, &[expected]);
        }
        let range = ["€1,000: Money 1000", "€2,000: Money 2000"];
        expect("en", "EUR", "€1,000–€2,000", &range);
    }

    #[test]
    fn times_and_shares_are_known_however_they_are_typed() {
        for (lang, text, expected) in [
            ("en", "in 12 weeks", "12: Weeks 12"),
            ("en", "a 12-week plan", "12: Weeks 12"),
            ("en", "9.4\nweeks", "9.4: Weeks 9.4"),
            ("en", "20 hours", "20: Hours 20"),
            ("en", "some 20h of it", "20: Hours 20"),
            ("en", "42%", "42%: Share 0.42"),
            ("en", "42 %", "42 %: Share 0.42"),
            ("en", "42 percent", "42 percent: Share 0.42"),
            ("de", "9,4 Wochen", "9,4: Weeks 9.4"),
            ("de", "42 Prozent", "42 Prozent: Share 0.42"),
            ("fr", "12 semaines", "12: Weeks 12"),
            ("fr", "42\u{a0}%", "42\u{a0}%: Share 0.42"),
        ] {
            expect(lang, "EUR", text, &[expected]);
        }
    }

    #[test]
    fn what_is_no_figure_is_left_alone() {
        for text in [
            "In 2026, or 2026-04-21, or 21.04.2026",
            "version 2.5.1, v12, h264, Article 12, 1. First",
            "call +1 415 555 0100 or (415) 555-0100",
            "$1,000,000,5 and $2.46.1 and 2.460 $",
            "$10–25M in revenue, 12–14 weeks",
            "8 hours a week, 20 hours per person, $150 an hour, $1,500/month",
            "1 week, 9 weeks, 0 hours, 100%, $12, -$500",
            "CA$41,000, 41,000 €, 41,000 people, 12 weekends, 20 houses",
            "https://example.com/12-weeks and /2,460-dollars",
            "21 100 dollars",
        ] {
            expect("en", "USD", text, &[]);
        }
        expect("en", "EUR", "1.000 €", &[]);
        expect("de", "EUR", "€1,000 und 1.000.00 €", &[]);
        expect("fr", "EUR", "en 2026 12 semaines, 1 000 000 personnes", &[]);
    }
}
