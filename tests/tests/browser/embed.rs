//! A calculator in a page of another site: one tag, and it stands there as high as it is.

use std::sync::Arc;
use std::time::Instant;

use crate::calculator::Calculator;
use crate::chromium::PATIENCE;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, Site, blog};
use crate::tab::Tab;

/// A page of somebody else that embeds the blog's calculator, so many times.
fn elsewhere(times: usize) -> Site {
    let tag = format!(
        "<script async src='{}' data-calculator='{CALCULATOR}'></script>",
        blog().web.url("embed/calculator.js")
    );
    let page = format!(
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Elsewhere</title>
        <style>body {{ margin: 0 5% }}</style>
        <link rel=icon href=data:,>
        <h1>Somebody else's page</h1> {} <p id=end>The end.",
        tag.repeat(times)
    );
    Site::new([("index.html".to_owned(), Arc::from(page.as_bytes()))].into())
}

/// The calculator in a frame of the page, live.
#[track_caller]
fn in_frame(tab: &Tab, frame: usize) -> Calculator<'_> {
    watch_until(
        tab,
        frame,
        "document.querySelector('[data-ready]') !== null",
    );
    Calculator::new(tab, CALCULATOR)
}

/// Waits until a frame is exactly as high as what is in it.
#[track_caller]
fn wait_until_it_fits(tab: &Tab, frame: usize) -> f64 {
    watch_until(
        tab,
        frame,
        "innerHeight === Math.ceil(document.documentElement.getBoundingClientRect().height)
            && document.documentElement.scrollHeight === innerHeight
            && document.documentElement.scrollWidth === innerWidth",
    );
    tab.ask("innerHeight")
}

/// Looks at a frame until something is true in it. The page around it draws all the while: a frame
/// of another site is drawn only when the page has found out that it is in sight.
#[track_caller]
fn watch_until(tab: &Tab, frame: usize, condition: &str) {
    tab.look_at_page();
    tab.wait_until(&format!(
        "document.querySelectorAll('iframe').length > {frame}"
    ));
    let deadline = Instant::now() + PATIENCE;
    loop {
        tab.look_at_page();
        tab.run(&format!(
            "document.querySelectorAll('iframe')[{frame}].scrollIntoView()"
        ));
        tab.wait_for_frame();
        tab.look_into_frame(frame);
        if tab.ask(condition) {
            return;
        }
        assert!(
            Instant::now() < deadline,
            "waited in vain until {condition}"
        );
    }
}

#[test]
fn one_tag_puts_the_calculator_into_another_site() {
    let native = Native::read(MODEL);
    let site = elsewhere(1);
    let tab = site.visit("");
    let calculator = in_frame(&tab, 0);
    calculator.expect_with_study(&native, &native.defaults());
    let state = native.scenario(1, &native.defaults());
    calculator.put(&state);
    calculator.expect_at_rest(&native, &state);
    calculator.expect_fields(&native, &state);
    // Its links lead to the article, not into the frame.
    let link = calculator.link();
    assert!(
        link.contains(ARTICLE) && link.contains("#cto-or-partner:v1&"),
        "{link}"
    );
    tab.look_at_page();
    assert!(
        tab.ask::<String>("document.querySelector('iframe').title")
            .contains("Calculator")
    );
    assert_eq!(tab.ask::<String>("location.hash"), "");
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn an_embedded_calculator_jumps_to_its_parts_with_what_was_changed() {
    let native = Native::read(MODEL);
    let site = elsewhere(1);
    let tab = site.visit("");
    let calculator = in_frame(&tab, 0);
    let state = native.scenario(1, &native.defaults());
    calculator.put(&state);
    calculator.pause();
    calculator.run("root.querySelector('.calc__jumps a:last-child').click()");
    calculator.pause();
    // A new tab would not have been this frame: the place that was jumped to is here.
    let jumped: bool = calculator.ask(
        "[...root.querySelectorAll('a[href^=\"#\"]')].every((link) => link.target === '_self')
            && document.querySelector(':target') !== null",
    );
    assert!(jumped);
    calculator.expect(&native, &state);
}

#[test]
fn a_tag_with_a_wrong_name_says_so_where_the_calculator_would_stand() {
    let tag = format!(
        "<script async src='{}' data-calculator='cto-and-partner'></script>",
        blog().web.url("embed/calculator.js")
    );
    let page = format!(
        "<!doctype html><title>Elsewhere</title><link rel=icon href=data:,><h1>Elsewhere</h1>{tag}"
    );
    let site = Site::new([("index.html".to_owned(), Arc::from(page.as_bytes()))].into());
    let tab = site.visit("");
    tab.wait_until("document.querySelector('iframe + p') !== null");
    let said: String = tab.ask("document.querySelector('iframe + p').innerText");
    let address = blog().web.url("embed/cto-and-partner/");
    assert_eq!(
        said,
        format!(
            "No calculator answers at {address}. Is \"cto-and-partner\" its name in the tag that its own page offers?"
        )
    );
    let height: f64 = tab.ask("document.querySelector('iframe').offsetHeight");
    assert_eq!(height, 0.0, "and leaves no gap");
}

#[test]
fn an_embedded_calculator_is_as_high_as_what_it_holds() {
    let site = elsewhere(1);
    let tab = site.visit("");
    let calculator = in_frame(&tab, 0);
    let folded = wait_until_it_fits(&tab, 0);
    calculator.unfold();
    let unfolded = wait_until_it_fits(&tab, 0);
    assert!(unfolded > folded + 1000.0, "{folded} and {unfolded} pixels");
    tab.resize(390, 800);
    let on_a_phone = wait_until_it_fits(&tab, 0);
    assert!(on_a_phone > unfolded, "{unfolded} and {on_a_phone} pixels");
    calculator.run("root.querySelectorAll('details').forEach((fold) => fold.open = false)");
    assert!(wait_until_it_fits(&tab, 0) < on_a_phone);
    // Nothing is cut off or hidden behind it.
    tab.look_at_page();
    let gap: f64 = tab.ask(
        "document.querySelector('#end').getBoundingClientRect().top
            - document.querySelector('iframe').getBoundingClientRect().bottom",
    );
    assert!(
        (0.0..50.0).contains(&gap),
        "the page goes on {gap} pixels below"
    );
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn two_tags_put_two_calculators_there() {
    let native = Native::read(MODEL);
    let site = elsewhere(2);
    let tab = site.visit("");
    let states = [0, 3].map(|scenario| native.scenario(scenario, &native.defaults()));
    for (frame, state) in states.iter().enumerate() {
        in_frame(&tab, frame).put(state);
        wait_until_it_fits(&tab, frame);
    }
    for (frame, state) in states.iter().enumerate() {
        let calculator = in_frame(&tab, frame);
        calculator.expect(&native, state);
        calculator.expect_fields(&native, state);
    }
    assert_eq!(tab.problems(), [""; 0]);
}
