//! A calculator on pages in other languages: what the generator wrote is what the browser writes.

use tallypress::words::Words;
use tallypress_calculator::figures::Unit;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{CALCULATOR, MODEL, Site, blog, repository_file, site, site_of_model};

/// The languages of the default theme, each with a page of the calculator.
const PAGES: [(&str, &str); 3] = [("en", "page/"), ("fr", "fr/page/"), ("de", "de/page/")];

fn in_three_languages() -> Site {
    let text = "{{ calculator(model=\"cto-or-partner\") }}\n";
    site(&[
        (
            "site.toml",
            "[languages.en]\n[languages.fr]\n[languages.de]\n",
        ),
        (MODEL, &repository_file(MODEL)),
        ("content/page.md", text),
        ("content/page.fr.md", text),
        ("content/page.de.md", text),
    ])
}

#[test]
fn changing_something_and_back_writes_the_same_figures() {
    let site = in_three_languages();
    let native = Native::read(MODEL);
    let people = native.input("people");
    for (lang, page) in PAGES {
        let tab = site.visit(page);
        let calculator = Calculator::live(&tab, CALCULATOR);
        let figures = || -> Vec<String> {
            calculator.ask(
                "[...root.querySelectorAll('[data-money], [data-weeks], [data-share], [data-number], [data-label]')]
                    .filter((element) => !element.closest('[data-side]'))
                    .map((element) => element.textContent)",
            )
        };
        let written = figures();
        calculator.put_one(people, "31");
        calculator.rest();
        assert_ne!(figures(), written, "{lang}");
        calculator.put_one(people, "25");
        calculator.rest();
        let changed: Vec<_> = figures()
            .into_iter()
            .zip(&written)
            .filter(|(now, then)| now != *then)
            .collect();
        assert_eq!(changed, [], "{lang}");
    }
}

#[test]
fn amounts_are_those_of_the_browser_in_every_language_of_the_theme() {
    let tab = blog().visit("");
    let currencies = [
        "USD", "EUR", "GBP", "CHF", "CAD", "JPY", "AUD", "BRL", "CNY", "HKD", "ILS", "INR", "KRW",
        "MXN", "NZD", "PHP", "TWD", "VND", "XAF", "XCD", "XOF", "XPF", "SEK", "PLN", "SGD",
    ];
    for lang in ["en", "en-GB", "fr", "de"] {
        let words = Words::embedded(lang);
        for currency in currencies {
            for value in [0.0, -1_234.0, 41_000.0, 1_230_000.0] {
                let browser: String = tab.ask(&format!(
                    "new Intl.NumberFormat({lang:?}, {{ style: 'currency', currency: {currency:?}, minimumFractionDigits: 0, maximumFractionDigits: 0 }}).format({value})"
                ));
                assert_eq!(
                    words.figure(Unit::Money, value, currency),
                    browser,
                    "{lang}"
                );
            }
        }
        for value in [0.0, 0.29, 1.0, -0.62] {
            let browser: String = tab.ask(&format!(
                "new Intl.NumberFormat({lang:?}, {{ style: 'percent' }}).format({value})"
            ));
            assert_eq!(words.figure(Unit::Share, value, "USD"), browser, "{lang}");
        }
    }
}

#[test]
fn four_approaches_fit_on_a_phone_in_long_words() {
    let model = repository_file("tests/tests/browser/models/four-assistants.toml");
    let site = site(&[
        ("site.toml", "language = \"fr\"\n"),
        ("content/estimates/four.toml", &model),
        ("content/page.md", "{{ calculator(model=\"four\") }}\n"),
    ]);
    for width in [320, 360, 390] {
        let tab = site.visit("page/");
        tab.resize(width, 800);
        Calculator::live(&tab, "four").unfold();
        let wide: u32 = tab.ask("document.documentElement.scrollWidth");
        assert_eq!(wide, width);
    }
}

#[test]
fn charts_begin_where_lines_do() {
    let text = "{{ calculator(model=\"cto-or-partner\") }}\n";
    let site = site(&[
        ("site.toml", "[languages.en]\n[languages.ar]\n"),
        (MODEL, &repository_file(MODEL)),
        ("content/page.md", text),
        ("content/page.ar.md", text),
    ]);
    for (page, from_left) in [("page/", true), ("ar/page/", false)] {
        let tab = site.visit(page);
        let calculator = Calculator::live(&tab, CALCULATOR);
        for chart in [".calc__curve path", ".calc__stack path"] {
            let [start, end]: [f64; 2] = calculator.ask(&format!(
                "((path) => [0, path.getTotalLength()].map((at) =>
                    path.getPointAtLength(at).matrixTransform(path.getScreenCTM()).x))(root.querySelector('{chart}'))"
            ));
            assert_eq!(start < end, from_left, "{chart} at {page}");
        }
        tab.resize(320, 800);
        let wide: u32 = tab.ask("document.documentElement.scrollWidth");
        assert_eq!(wide, 320, "{page} on a phone");
    }
}

#[test]
fn no_two_approaches_have_the_same_line() {
    let site = site_of_model("tests/tests/browser/models/four-assistants.toml");
    let tab = site.visit("page/");
    for forced in ["none", "active"] {
        tab.prefer("forced-colors", forced);
        let lines: Vec<String> = tab.ask(
            "[...document.querySelectorAll('.calc__legend .calc__line')].map((line) => {
                const { strokeDasharray, strokeWidth } = getComputedStyle(line);
                return `${strokeDasharray} of ${strokeWidth}`;
            })",
        );
        let mut different = lines.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!((lines.len(), different.len()), (4, 4), "{lines:?}");
    }
}
