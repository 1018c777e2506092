//! What holds on every page of the blog: nothing to complain about, nothing from elsewhere, nothing
//! that sticks out of a phone, and text that can be read by day and by night.

use std::sync::Arc;

use crate::calculator::Calculator;
use crate::site::{ARTICLE, CALCULATOR, Site, blog, site};
use crate::tab::Tab;

#[test]
fn no_page_breaks_its_policy_or_complains_or_calls_elsewhere() {
    let tab = Tab::new();
    for page in blog().pages() {
        tab.open(&page);
        wake_calculator(&tab);
        assert_eq!(tab.problems(), [""; 0], "{page}");
    }
    let elsewhere: Vec<String> = tab
        .requests()
        .into_iter()
        .filter(|url| !blog().web.has(url))
        .collect();
    assert_eq!(elsewhere, [""; 0]);
}

#[test]
fn no_page_is_wider_than_a_phone() {
    let tab = Tab::new();
    for page in blog().pages() {
        tab.resize(390, 844);
        tab.open(&page);
        wake_calculator(&tab);
        for width in [390, 320] {
            tab.resize(width, 844);
            tab.wait_for_frame();
            assert_eq!(too_wide(&tab), [""; 0], "{page} at {width} pixels");
        }
        tab.run("document.documentElement.style.fontSize = '200%'");
        tab.wait_for_frame();
        assert_eq!(too_wide(&tab), [""; 0], "{page} in letters twice as large");
    }
}

#[test]
fn a_long_address_of_an_author_fits_on_a_phone() {
    let author = "name = \"Ada\"\nsame_as = [\"https://social.example/@ada-of-the-long-name\"]\n";
    let text = "+++\ntitle = \"A\"\nauthors = [\"ada\"]\n+++\nText.\n";
    let files = [
        ("content/authors/ada.toml", author),
        ("content/2026-01-01-a.md", text),
    ];
    let tab = site(&files).visit("authors/ada/");
    tab.resize(320, 844);
    tab.run("document.documentElement.style.fontSize = '200%'");
    tab.wait_for_frame();
    assert_eq!(too_wide(&tab), [""; 0]);
}

#[test]
fn the_keyboard_stops_at_what_can_be_scrolled() {
    let wide = "| One | Two | Three | Four | Five | Six |\n|---|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 | 6 |\n";
    let text = format!("# Frames\n\n| A |\n|---|\n| 1 |\n\n{wide}\n```\nshort\n```\n");
    let tab = site(&[("content/frames.md", &text)]).visit("frames/");
    let stops = "[...document.querySelectorAll('.prose [tabindex]')].length";
    tab.resize(320, 640);
    tab.wait_until(&format!("{stops} === 1"));
    tab.resize(1280, 800);
    tab.wait_until(&format!("{stops} === 0"));
    tab.resize(320, 640);
    tab.wait_until(&format!("{stops} === 1"));
    let tab = Tab::without_script();
    tab.open(&site(&[("content/frames.md", &text)]).web.url("frames/"));
    assert_eq!(tab.ask::<usize>(stops), 3);
}

#[test]
fn every_text_stands_out_by_day_and_by_night() {
    let tab = Tab::new();
    for scheme in ["light", "dark"] {
        tab.prefer_scheme(scheme);
        for page in blog().pages() {
            tab.open(&page);
            wake_calculator(&tab);
            assert_eq!(faint(&tab), [""; 0], "{page} in {scheme}");
        }
    }
}

#[test]
fn no_text_is_written_over_another_while_a_reader_scrolls() {
    let tab = blog().visit(ARTICLE);
    for (width, height) in [(1280, 900), (1280, 500), (768, 1024), (390, 844)] {
        tab.resize(width, height);
        let calculator = Calculator::live(&tab, CALCULATOR);
        tab.wait_for_frame();
        let pixels: u32 = calculator.ask("Math.ceil(root.getBoundingClientRect().height)");
        for down in (0..pixels).step_by(height as usize / 2) {
            calculator.run(&format!(
                "scrollBy({{ top: root.getBoundingClientRect().top + {down}, behavior: 'instant' }})"
            ));
            tab.wait_for_frame();
            let over = written_over(&tab);
            assert_eq!(over, [""; 0], "{down} pixels down at {width} × {height}");
        }
    }
}

/// Otherwise the stories above would hold for any page.
#[test]
fn whatever_a_page_does_wrong_is_noticed() {
    for (wrong, noticed) in [
        ("<script>document.title = 'inline'</script>", "script-src"),
        ("<p style='color: red'>styled</p>", "style-src"),
        (
            "<img src='https://else.where/a.png' alt=''>",
            "https://else.where/a.png",
        ),
        ("<img src='/absent.png' alt=''>", "404"),
        (
            "<script src='/complain.js'></script>",
            "console.\"warning\"",
        ),
        ("<script src='/throw.js'></script>", "uncaught"),
    ] {
        let tab = handmade(wrong).visit("");
        tab.wait_for_frame();
        let problems = tab.problems().join("\n");
        assert!(problems.contains(noticed), "{wrong} gave:\n{problems}");
    }
}

#[test]
fn what_is_too_faint_or_too_wide_is_noticed() {
    let site = handmade(
        "<p><font color='#888'>Hard to read</font> but here.
        <table width=400><tr><td>Wide</table>",
    );
    let tab = Tab::new();
    tab.resize(390, 600);
    tab.open(&site.web.url(""));
    assert_eq!(written_over(&tab), [""; 0]);
    tab.run("document.querySelector('table').style = 'position: absolute; inset: 0 auto auto 0; border-spacing: 0'");
    tab.run("document.querySelector('td').textContent = 'Wide and written over it'");
    tab.run("document.querySelector('p').style = 'position: absolute; inset: 0 auto auto 0; margin: 0; translate: 5px'");
    let over = written_over(&tab).join("\n");
    assert!(over.contains("Hard to read, below Wide"), "{over}");
    assert_eq!(faint(&tab), ["3.54: Hard to read"]);
    let too_wide = too_wide(&tab).join("\n");
    assert!(too_wide.contains("<table"), "{too_wide}");
}

/// A page under a strict policy with something in it.
fn handmade(body: &str) -> Site {
    let page = format!(
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Handmade</title>
        <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'\">
        {body}"
    );
    let files = [
        ("index.html", page.as_str()),
        ("favicon.ico", ""),
        ("complain.js", "console.warn('hm')"),
        ("throw.js", "throw new Error('oh')"),
    ];
    Site::new(
        files
            .map(|(path, text)| (path.to_owned(), Arc::from(text.as_bytes())))
            .into(),
    )
}

/// The texts in sight through which others show, or which show through others.
#[track_caller]
fn written_over(tab: &Tab) -> Vec<String> {
    tab.ask(include_str!("written_over.js"))
}

/// By how much a page is wider than the window, and some of what sticks out.
#[track_caller]
fn too_wide(tab: &Tab) -> Vec<String> {
    tab.ask(
        "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth ? [] : [
            `${scrollWidth} instead of ${clientWidth} pixels`,
            ...[...document.querySelectorAll('body *')]
                .filter((element) => element.getBoundingClientRect().right > clientWidth)
                .slice(0, 5)
                .map((element) => element.outerHTML.slice(0, 120)),
        ])(document.documentElement)",
    )
}

/// The texts of a page that hardly stand out from what is behind them.
#[track_caller]
fn faint(tab: &Tab) -> Vec<String> {
    tab.ask(include_str!("faint.js"))
}

/// Brings a page's calculator to life and unfolds it, if there is one.
#[track_caller]
fn wake_calculator(tab: &Tab) {
    let calculator = Calculator::new(tab, CALCULATOR);
    if calculator.ask("root !== null") {
        calculator.come_near();
        calculator.unfold();
    }
    tab.wait_for_frame();
}

#[test]
fn contents_follow_the_reader_in_browsers_that_do_not_mark_them_by_themselves() {
    let tab = Tab::new();
    tab.resize(1280, 900);
    tab.run_first("CSS.supports = () => false;");
    tab.open(&blog().web.url(ARTICLE));
    for place in [2, 1] {
        let heading = format!("document.querySelectorAll('.prose > h2')[{place}]");
        tab.run(&format!("{heading}.scrollIntoView()"));
        tab.wait_until(&format!(
            "document.querySelector('.contents a[aria-current]')?.hash === '#' + {heading}.id"
        ));
    }
}
