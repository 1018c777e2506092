//! Numbers as a language writes them. Rounded figures are, letter for letter in English, French and
//! German, what a browser's `Intl.NumberFormat` gives, because the calculator's script continues them.

use icu_decimal::input::Decimal;
use tallypress_calculator::figures::Unit;

use super::Words;

/// A space that keeps a number and what belongs to it on one line.
const NO_BREAK: &str = "\u{a0}";

impl Words {
    /// A rounded figure in its unit.
    pub fn figure(&self, unit: Unit, value: f64, currency: &str) -> String {
        let size = value.abs();
        let sign = if value < 0.0 { "-" } else { "" };
        let habits = habits(&self.lang);
        match unit {
            Unit::Money => {
                let number = self.digits(&size.round().to_string());
                let symbol = currency_sign(currency, &self.lang);
                match habits.money {
                    Money::After => format!("{sign}{number}{NO_BREAK}{symbol}"),
                    Money::Before(space) => {
                        // Letters never touch the amount.
                        let letters = symbol.ends_with(char::is_alphabetic);
                        let space = if letters { NO_BREAK } else { space };
                        format!("{sign}{symbol}{space}{number}")
                    }
                }
            }
            // Somebody who is needed has no time.
            Unit::Weeks if value == f64::INFINITY => self.say("estimate_never").to_owned(),
            Unit::Weeks => {
                let tenths = (size * 10.0).round() / 10.0;
                format!("{sign}{}", self.digits(&format!("{tenths:.1}")))
            }
            Unit::Share => {
                let percent = (size * 100.0).round().to_string();
                format!("{sign}{}{}%", self.digits(&percent), habits.percent)
            }
            Unit::Number | Unit::Flag | Unit::Plain => {
                format!("{sign}{}", self.digits(&size.to_string()))
            }
        }
    }

    /// A number as it was written in a file, with all its decimals.
    pub fn number(&self, value: f64) -> String {
        // 0.35 × 100 is not quite 35.
        let value = (value * 1e9).round() / 1e9;
        let sign = if value < 0.0 { "−" } else { "" };
        format!("{sign}{}", self.digits(&value.abs().to_string()))
    }

    /// A share as it was written in a file: `35%`.
    pub fn percent(&self, share: f64) -> String {
        format!(
            "{}{}%",
            self.number(share * 100.0),
            habits(&self.lang).percent
        )
    }

    /// A number as it stands in a field that people type into.
    pub fn typed(&self, value: f64) -> String {
        let plain = value.to_string();
        match self.digits("0.5").contains(',') {
            true => plain.replace('.', ","),
            false => plain,
        }
    }

    /// The number that a text begins with, as the language writes it or without separators, and its length.
    /// Digits are those of keyboards.
    pub fn read(&self, text: &str) -> Option<(f64, usize)> {
        let shown = self.digits("1234567.5");
        let marks: Vec<char> = shown.chars().filter(|one| !one.is_numeric()).collect();
        let (group, point) = match marks.as_slice() {
            [group, .., point] => (Some(*group), *point),
            _ => (None, '.'),
        };
        let is_group = |one: char| match one {
            ' ' => matches!(group, Some('\u{a0}' | '\u{202f}')),
            '\u{a0}' | '\u{202f}' | '’' | '\'' => true,
            _ => Some(one) == group,
        };
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut end = digits(text);
        let mut plain = text[..end].to_owned();
        if (1..=3).contains(&end) {
            while let Some(mark) = text[end..].chars().next().filter(|one| is_group(*one))
                && digits(&text[end + mark.len_utf8()..]) == 3
            {
                let start = end + mark.len_utf8();
                end = start + 3;
                plain.push_str(&text[start..end]);
            }
        }
        if let Some(rest) = text[end..].strip_prefix(point)
            && digits(rest) > 0
        {
            let decimals = &rest[..digits(rest)];
            plain = format!("{plain}.{decimals}");
            end += point.len_utf8() + decimals.len();
        }
        Some((plain.parse().ok()?, end))
    }

    /// What stands for a currency beside an amount: as the language has it, its code, and its bare sign.
    pub fn currency_signs<'a>(&self, code: &'a str) -> Vec<&'a str> {
        let mut signs = vec![code];
        signs.extend([&*self.lang, "en", "en-GB"].map(|lang| currency_sign(code, lang)));
        if signs.iter().any(|sign| sign.contains('$')) {
            signs.push("$");
        }
        signs
    }

    /// `1234.5` with the separators and digits of the language.
    fn digits(&self, plain: &str) -> String {
        let formatted = self.digits.as_ref().and_then(|format| {
            let number: Decimal = plain.parse().ok()?;
            Some(format.format(&number).to_string())
        });
        // Only what is no number, or infinite, has no digits.
        formatted.unwrap_or_else(|| plain.replace("inf", "∞"))
    }
}

/// How a language writes amounts, and what stands before its percent sign.
struct Habits {
    money: Money,
    percent: &'static str,
}

/// Where the sign of a currency stands.
enum Money {
    Before(&'static str),
    After,
}

/// By the Unicode locale data.
fn habits(lang: &str) -> Habits {
    let (primary, _) = lang.split_once('-').unwrap_or((lang, ""));
    let (money, percent) = match primary {
        "en" | "hi" | "id" | "ja" | "ko" | "ms" | "th" | "zh" => (Money::Before(""), ""),
        "nl" => (Money::Before(NO_BREAK), ""),
        "pt" if lang != "pt-PT" => (Money::Before(NO_BREAK), ""),
        "ar" | "bg" | "el" | "fa" | "he" | "hu" | "it" | "lv" | "pl" | "pt" | "uk" | "vi" => {
            (Money::After, "")
        }
        "de" | "fr" if lang.ends_with("-CH") => (Money::After, ""),
        _ => (Money::After, NO_BREAK),
    };
    Habits { money, percent }
}

/// The sign of a currency, or its code where the Unicode locale data has none.
fn currency_sign<'a>(code: &'a str, lang: &str) -> &'a str {
    let (primary, region) = lang.split_once('-').unwrap_or((lang, ""));
    match (primary, code) {
        ("fr", "CNY" | "HKD" | "JPY" | "PHP" | "TWD" | "XCD") => code,
        ("fr", "AUD") => "$AU",
        ("fr", "CAD") => "$CA",
        ("fr", "GBP") => "£GB",
        ("fr", "MXN") => "$MX",
        ("fr", "NZD") => "$NZ",
        ("fr", "SGD") => "$SG",
        ("fr", "USD") => "$US",
        ("fr", "XPF") => "FCFP",
        ("de", "PHP") => code,
        ("de", "AUD") => "AU$",
        ("en", "CAD") if region == "CA" => "$",
        ("en", "JPY") if !matches!(region, "" | "US") => "JP¥",
        ("en", "USD") if !matches!(region, "" | "US") => "US$",
        (_, "AUD") => "A$",
        (_, "BRL") => "R$",
        (_, "CAD") => "CA$",
        (_, "CNY") => "CN¥",
        (_, "EUR") => "€",
        (_, "GBP") => "£",
        (_, "HKD") => "HK$",
        (_, "ILS") => "₪",
        (_, "INR") => "₹",
        (_, "JPY") => "¥",
        (_, "KRW") => "₩",
        (_, "MXN") => "MX$",
        (_, "NZD") => "NZ$",
        (_, "PHP") => "₱",
        (_, "TWD") => "NT$",
        (_, "USD") => "$",
        (_, "VND") => "₫",
        (_, "XAF") => "FCFA",
        (_, "XCD") => "EC$",
        (_, "XOF") => "F\u{202f}CFA",
        (_, "XPF") => "CFPF",
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Map;
    use tallypress_calculator::figures::Unit;

    use crate::words::Words;

    fn words(lang: &str) -> Words {
        Words::new(lang, Map::new())
    }

    #[test]
    fn other_languages_write_figures_in_their_own_way() {
        let written = |lang, currency| {
            let figures = [
                (Unit::Money, -41_000.0),
                (Unit::Weeks, 1234.5),
                (Unit::Share, 0.62),
            ];
            figures
                .map(|(unit, value)| words(lang).figure(unit, value, currency))
                .join(" | ")
        };
        assert_eq!(written("en-GB", "EUR"), "-€41,000 | 1,234.5 | 62%");
        assert_eq!(written("de", "EUR"), "-41.000\u{a0}€ | 1.234,5 | 62\u{a0}%");
        assert_eq!(
            written("fr", "USD"),
            "-41\u{202f}000\u{a0}$US | 1\u{202f}234,5 | 62\u{a0}%"
        );
        assert_eq!(written("ja", "EUR"), "-€41,000 | 1,234.5 | 62%");
        let endless = words("de").figure(Unit::Money, f64::INFINITY, "EUR");
        assert_eq!(endless, "∞\u{a0}€");
    }

    #[test]
    fn texts_are_those_of_a_browser() {
        for (unit, value, expected) in [
            (Unit::Money, 41_000.0, "$41,000"),
            (Unit::Money, -500.0, "-$500"),
            (Unit::Money, 0.0, "$0"),
            (Unit::Money, 1_230_000.0, "$1,230,000"),
            (Unit::Money, f64::INFINITY, "$∞"),
            (Unit::Weeks, 9.4, "9.4"),
            (Unit::Weeks, 10.0, "10.0"),
            (Unit::Weeks, 0.3, "0.3"),
            (Unit::Weeks, 1234.5, "1,234.5"),
            (Unit::Share, 0.62, "62%"),
            (Unit::Share, 0.29, "29%"),
            (Unit::Share, 1.0, "100%"),
            (Unit::Number, 120.0, "120"),
            (Unit::Number, 2048.0, "2,048"),
            (Unit::Number, 1.75, "1.75"),
        ] {
            assert_eq!(words("en").figure(unit, value, "USD"), expected);
        }
        assert_eq!(words("en").figure(Unit::Money, 1000.0, "EUR"), "€1,000");
        let francs = words("en").figure(Unit::Money, -1000.0, "CHF");
        assert_eq!(francs, "-CHF\u{a0}1,000");
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (lang, text, expected) in [
            ("en", "2,460 dollars", Some((2460.0, 5))),
            ("en", "2460.", Some((2460.0, 4))),
            ("en", "1,234,567.5", Some((1_234_567.5, 11))),
            ("en", "1.000 €", Some((1.0, 5))),
            ("en", "2,46", Some((2.0, 1))),
            ("en", "12 000", Some((12.0, 2))),
            ("de", "1.000 €", Some((1000.0, 5))),
            ("de", "2,5", Some((2.5, 3))),
            ("fr", "21 000,5", Some((21_000.5, 8))),
            ("fr", "2026 100", Some((2026.0, 4))),
            ("fr", "1\u{202f}000", Some((1000.0, 7))),
            ("none", "1000", Some((1000.0, 4))),
            ("en", "$5", None),
        ] {
            assert_eq!(words(lang).read(text), expected, "{lang}: {text}");
        }
    }

    #[test]
    fn numbers_of_a_file_keep_their_decimals() {
        let english = words("en");
        let written = [0.0, 1_234_567.5, -0.25, 0.35 * 100.0];
        let written = written.map(|value| english.number(value));
        assert_eq!(written, ["0", "1,234,567.5", "−0.25", "35"]);
        let percent = [0.35, -0.145, 2.0].map(|share| english.percent(share));
        assert_eq!(percent, ["35%", "−14.5%", "200%"]);
        assert_eq!(words("fr").percent(0.125), "12,5\u{a0}%");
        assert_eq!(words("de").number(-1234.5), "−1.234,5");
    }
}
