//! Everybody can use the calculator, in every state that it gets into, and the pages around it.

use tallypress_tests::everything::EVERYTHING;

use crate::axe::{expect_accessible, expect_accessible_but_for};
use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, Site, blog, site_of_model, story};
use crate::tab::Tab;

const METHODOLOGY: &str = "how-the-calculator-works/";
const EMBED: &str = "embed/cto-or-partner/";

#[test]
fn the_article_is_accessible_before_and_after_the_calculator_comes_alive() {
    let tab = blog().visit(ARTICLE);
    assert!(!Calculator::new(&tab, CALCULATOR).is_live());
    expect_accessible(&tab, "the article");
    let calculator = Calculator::live(&tab, CALCULATOR);
    expect_accessible(&tab, "the article with a live calculator");
    calculator.unfold();
    expect_accessible(&tab, "the article with everything unfolded");
}

#[test]
fn the_calculator_is_accessible_while_it_is_used() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let mut state = native.defaults();
    calculator.type_into(native.input("people"), "40");
    calculator.assume(&native, "rate.partner", [40.0, 55.5, 60.0], &mut state);
    calculator.click("[data-scenario=\"2\"]");
    calculator.pick(&format!("{} [data-compare=\"1\"]", calculator.root), 3);
    calculator.rest();
    expect_accessible(&tab, "an edited calculator");
    calculator.run("root.toggleAttribute('data-studying', true)");
    expect_accessible(&tab, "a calculator at work");

    calculator.type_into(native.input("people"), "9999");
    calculator.put_one(native.place(native.assumption("rate.partner")), "900");
    assert_eq!(calculator.marked().len(), 2);
    calculator.rest();
    expect_accessible(&tab, "a calculator with mistakes");

    tab.follow("cto-or-partner:v1&nobody=1");
    assert_eq!(calculator.said(), ["broken"]);
    expect_accessible(&tab, "a calculator after a broken link");
}

#[test]
fn a_calculator_that_cannot_start_is_accessible() {
    let mut files = blog().files.clone();
    files.remove(blog().asset("calculator", ".wasm"));
    let tab = Site::new(files).visit(ARTICLE);
    let calculator = Calculator::new(&tab, CALCULATOR);
    tab.point_at(&calculator.root);
    calculator.wait_until("root.hasAttribute('data-failed')");
    calculator.unfold();
    expect_accessible(&tab, "a calculator that could not start");
}

#[test]
fn the_calculator_is_accessible_by_night_and_in_a_reader_s_own_colours() {
    let night = used_with(|tab| tab.prefer("prefers-color-scheme", "dark"));
    expect_accessible(&night, "the article by night");
    let own_colours = used_with(|tab| tab.prefer("forced-colors", "active"));
    // axe judges the colours that a style sheet asks for, not those that a reader has instead.
    expect_accessible_but_for(
        &["color-contrast"],
        &own_colours,
        "the article in own colours",
    );
}

#[test]
fn the_calculator_is_accessible_on_the_smallest_phone_and_in_large_letters() {
    let phone = used_with(|tab| tab.resize(320, 640));
    expect_accessible(&phone, "the article on the smallest phone");
    let large = used_with(|tab| tab.run("document.documentElement.style.fontSize = '200%'"));
    expect_accessible(&large, "the article in letters twice as large");
}

/// The article as a reader has set the screen, with all of its calculator in use.
#[track_caller]
fn used_with(screen: impl FnOnce(&Tab)) -> Tab {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    screen(&tab);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    calculator.type_into(native.input("people"), "40");
    calculator.type_into(native.input("functions"), "99");
    calculator.rest();
    tab
}

#[test]
fn a_calculator_directly_below_the_title_is_accessible() {
    let site = site_of_model(MODEL);
    let tab = site.visit("page/");
    Calculator::live(&tab, CALCULATOR).unfold();
    expect_accessible(&tab, "a page that has nothing but a calculator");
}

#[test]
fn the_key_shows_lines_as_the_charts_draw_them() {
    let tab = blog().visit(ARTICLE);
    for (feature, value) in [
        ("prefers-color-scheme", "light"),
        ("prefers-color-scheme", "dark"),
        ("forced-colors", "active"),
    ] {
        tab.prefer(feature, value);
        let [key, chart]: [Vec<String>; 2] = tab.ask(
            "['.calc__legend', '.calc__curve'].map((part) =>
                [...document.querySelector(part).querySelectorAll('.calc__line')].map((line) => {
                    const { stroke, strokeDasharray, strokeWidth } = getComputedStyle(line);
                    return `${stroke} ${strokeDasharray} ${strokeWidth}`;
                }))",
        );
        assert_eq!(key, chart, "{feature}: {value}");
        assert_eq!(key.len(), 3);
    }
}

#[test]
fn the_methodology_is_accessible() {
    for scheme in ["light", "dark"] {
        let tab = Tab::new();
        tab.prefer_scheme(scheme);
        tab.open(&blog().web.url(METHODOLOGY));
        tab.run("document.querySelectorAll('details').forEach((fold) => fold.open = true)");
        expect_accessible(&tab, &format!("the methodology in {scheme}"));
    }
}

#[test]
fn the_page_for_other_sites_is_accessible() {
    let tab = blog().visit(EMBED);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    expect_accessible(&tab, "the page that other sites embed");
}

/// Otherwise the stories above would hold for any page.
#[test]
fn what_keeps_people_out_is_noticed() {
    let tab = blog().visit(ARTICLE);
    tab.run("document.querySelector('h1').append(document.createElement('img'))");
    let noticed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        expect_accessible(&tab, "a picture without words");
    }));
    let message = noticed.expect_err("a violation");
    let message = message.downcast_ref::<String>().expect("words");
    assert!(
        message.contains("image-alt: Images must have alternative text"),
        "{message}"
    );
}

#[test]
fn the_search_is_accessible_before_and_after_it_finds_something() {
    let tab = blog().visit("search/");
    tab.wait_until("document.querySelector('[data-search]').hasAttribute('data-ready')");
    expect_accessible(&tab, "the empty search");
    tab.run(
        "((field) => { field.value = 'partner'; field.form.requestSubmit(); })(document.querySelector('#search'))",
    );
    tab.wait_until("document.querySelectorAll('.search-results a').length > 3");
    expect_accessible(&tab, "the search with results");
}

/// A page of each template.
const PAGES: [&str; 14] = [
    "",
    "404.html",
    "archive/",
    "archive/2026/",
    "authors/",
    "authors/ada/",
    "blog/",
    "blog/one/",
    "blog/page/2/",
    "fr/",
    "search/",
    "series/parts/",
    "tags/",
    "tags/salt-pepper/",
];

#[test]
fn every_template_of_both_themes_is_accessible() {
    for theme in ["default", "gazette"] {
        let everything = EVERYTHING.replace(
            "--- site.toml\n",
            &format!("--- site.toml\ntheme = \"{theme}\"\n"),
        );
        let site = story(&everything);
        for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 320)] {
            let tab = Tab::new();
            tab.prefer_scheme(scheme);
            tab.resize(width, 800);
            for page in PAGES {
                tab.open(&site.web.url(page));
                let what = format!("/{page} of {theme}, {scheme} and {width} pixels wide");
                expect_accessible(&tab, &what);
            }
        }
    }
}
