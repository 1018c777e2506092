//! Rounded figures as text. It has to be, letter for letter, what the browser writes
//! when the widget takes over.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use tallypress_calculator::figures::Unit;

/// A rounded figure as `Intl.NumberFormat("en-US")` writes it.
pub fn text(unit: Unit, value: f64, currency: &str) -> String {
    let size = value.abs();
    let sign = if value < 0.0 { "-" } else { "" };
    match unit {
        Unit::Money => format!("{sign}{}{}", currency_sign(currency), grouped(size, "")),
        Unit::Weeks => {
            let tenths = (size * 10.0).round();
            format!(
                "{sign}{}",
                grouped((tenths / 10.0).floor(), &format!(".{}", tenths % 10.0))
            )
        }
        Unit::Share => format!("{sign}{}%", grouped((size * 100.0).round(), "")),
        Unit::Number | Unit::Flag | Unit::Plain => {
            let written = size.to_string();
            let decimals = written.find('.').map_or("", |dot| &written[dot..]);
            format!("{sign}{}", grouped(size.trunc(), decimals))
        }
    }
}

/// A rounded figure for a sentence in a language: with its separators and its order of amount and sign.
pub fn in_language(unit: Unit, value: f64, currency: &str, lang: &str) -> String {
    let english = text(unit, value, currency);
    if is_english(lang) {
        return english;
    }
    let digits = |one: &char| one.is_ascii_digit() || *one == '.';
    let digits: String = english.chars().filter(digits).collect();
    let number = Locale::try_from_str(lang).ok().and_then(|locale| {
        let format = DecimalFormatter::try_new(locale.into(), Default::default()).ok()?;
        let number: Decimal = digits.parse().ok()?;
        Some(format.format(&number).to_string())
    });
    // Only the infinite has no digits.
    let Some(number) = number else {
        return english;
    };
    let sign = if value < 0.0 { "-" } else { "" };
    let (money, percent) = habits(lang);
    match unit {
        Unit::Money => {
            let currency = currency_sign(currency);
            let currency = currency.trim_end_matches('\u{a0}');
            match money {
                Money::Before(space) => format!("{sign}{currency}{space}{number}"),
                Money::After => format!("{sign}{number}\u{a0}{currency}"),
            }
        }
        Unit::Share => format!("{sign}{number}{percent}%"),
        Unit::Weeks | Unit::Number | Unit::Flag | Unit::Plain => format!("{sign}{number}"),
    }
}

pub fn is_english(lang: &str) -> bool {
    lang == "en" || lang.starts_with("en-")
}

/// Where the sign of a currency stands.
enum Money {
    Before(&'static str),
    After,
}

/// How a language writes amounts, and what stands before its percent sign, by the Unicode locale data.
fn habits(lang: &str) -> (Money, &'static str) {
    let (primary, _) = lang.split_once('-').unwrap_or((lang, ""));
    match primary {
        "ja" | "ko" | "th" | "zh" => (Money::Before(""), ""),
        "nl" => (Money::Before("\u{a0}"), ""),
        "pt" if lang != "pt-PT" => (Money::Before("\u{a0}"), ""),
        "it" | "pl" | "pt" | "el" | "uk" | "lv" => (Money::After, ""),
        "fr" => (Money::After, "\u{202f}"),
        _ => (Money::After, "\u{a0}"),
    }
}

/// A whole number with its digits in groups of three.
fn grouped(whole: f64, decimals: &str) -> String {
    if whole.is_nan() {
        return "NaN".to_owned();
    }
    if whole.is_infinite() {
        return "∞".to_owned();
    }
    let digits = whole.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

/// What English puts before an amount: a sign if the Unicode locale data has one, else the code
/// and a space that does not break.
fn currency_sign(code: &str) -> String {
    let sign = match code {
        "AUD" => "A$",
        "BRL" => "R$",
        "CAD" => "CA$",
        "CNY" => "CN¥",
        "EUR" => "€",
        "GBP" => "£",
        "HKD" => "HK$",
        "ILS" => "₪",
        "INR" => "₹",
        "JPY" => "¥",
        "KRW" => "₩",
        "MXN" => "MX$",
        "NZD" => "NZ$",
        "PHP" => "₱",
        "TWD" => "NT$",
        "USD" => "$",
        "VND" => "₫",
        "XAF" => "FCFA\u{a0}",
        "XCD" => "EC$",
        "XOF" => "F\u{202f}CFA\u{a0}",
        "XPF" => "CFPF\u{a0}",
        _ => return format!("{code}\u{a0}"),
    };
    sign.to_owned()
}

#[cfg(test)]
mod tests {
    use tallypress_calculator::figures::Unit;

    use super::{in_language, text};

    #[test]
    fn other_languages_write_figures_in_their_own_way() {
        let written = |lang| {
            let figures = [
                (Unit::Money, -41_000.0),
                (Unit::Weeks, 1234.5),
                (Unit::Share, 0.62),
            ];
            figures
                .map(|(unit, value)| in_language(unit, value, "EUR", lang))
                .join(" | ")
        };
        assert_eq!(written("en-GB"), "-€41,000 | 1,234.5 | 62%");
        assert_eq!(written("de"), "-41.000\u{a0}€ | 1.234,5 | 62\u{a0}%");
        assert_eq!(
            written("fr"),
            "-41\u{202f}000\u{a0}€ | 1\u{202f}234,5 | 62\u{202f}%"
        );
        assert_eq!(written("ja"), "-€41,000 | 1,234.5 | 62%");
        assert_eq!(in_language(Unit::Money, f64::INFINITY, "EUR", "de"), "€∞");
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
            assert_eq!(text(unit, value, "USD"), expected);
        }
        assert_eq!(text(Unit::Money, 1000.0, "EUR"), "€1,000");
        assert_eq!(text(Unit::Money, -1000.0, "CHF"), "-CHF\u{a0}1,000");
    }
}
