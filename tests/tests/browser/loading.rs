//! The widget comes late, is small, and is not missed when it does not come.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, Site, blog};
use crate::tab::Tab;

/// The files that a calculator needs, by how their names begin and end; the loader, which the page
/// itself names, first.
const NEEDED: [(&str, &str); 4] = [
    ("calculator-loader", ".js"),
    ("calculator", ".js"),
    ("calculator", ".wasm"),
    ("estimates/cto-or-partner", ".bin"),
];

#[test]
fn nothing_is_fetched_until_a_reader_comes_near() {
    let [loader, rest @ ..] = NEEDED.map(|(start, end)| blog().web.url(blog().asset(start, end)));
    let tab = Tab::new();
    tab.resize(390, 600);
    tab.open(&blog().web.url(ARTICLE));
    let calculator = Calculator::new(&tab, CALCULATOR);
    let scroll_to_pixels_before_it = |distance: u32| {
        calculator.run(&format!(
            "scrollBy({{ top: root.getBoundingClientRect().top - innerHeight - {distance}, behavior: 'instant' }})"
        ));
        tab.wait_for_frame();
        tab.wait_for_frame();
    };
    let fetched = |file: &String| tab.requests().contains(file);

    scroll_to_pixels_before_it(700);
    assert!(
        tab.ask::<bool>("scrollY > 0"),
        "the page begins far away from it"
    );
    assert!(fetched(&loader));
    assert!(!rest.iter().any(fetched), "{:?}", tab.requests());

    scroll_to_pixels_before_it(500);
    calculator.wait_until("root.hasAttribute('data-ready')");
    assert!(rest.iter().all(fetched), "{:?}", tab.requests());
}

#[test]
fn whatever_is_missing_or_broken_the_page_keeps_its_figures() {
    let native = Native::read(MODEL);
    let [_, rest @ ..] = NEEDED.map(|(start, end)| blog().asset(start, end));
    for file in rest {
        for broken in [None, Some(&b"\0asm, or so it says"[..])] {
            let mut files = blog().files.clone();
            match broken {
                None => files.remove(file),
                Some(bytes) => files.insert(file.to_owned(), Arc::from(bytes)),
            };
            let site = Site::new(files);
            let tab = site.visit(ARTICLE);
            let calculator = Calculator::new(&tab, CALCULATOR);
            tab.point_at(&calculator.root);
            calculator.wait_until("root.hasAttribute('data-failed')");
            calculator.expect(&native, &native.defaults());
            assert!(!calculator.is_live(), "without {file}");
            let problems = tab.problems();
            let uncaught = problems
                .iter()
                .find(|problem| problem.starts_with("uncaught"));
            assert_eq!(uncaught, None, "without {file}");
        }
    }
}

#[test]
fn whoever_uses_the_form_without_its_script_learns_that_it_has_not_come() {
    let mut files = blog().files.clone();
    files.remove(blog().asset(NEEDED[0].0, NEEDED[0].1));
    let site = Site::new(files);
    let tab = site.visit(ARTICLE);
    let calculator = Calculator::new(&tab, CALCULATOR);
    let is_said = "root.querySelector('.calc__say--waiting').checkVisibility()";
    assert!(!calculator.ask::<bool>(is_said));
    calculator.run("root.querySelector('[data-value]').focus()");
    assert!(!calculator.ask::<bool>(is_said), "too early");
    calculator.wait_until(is_said);
}

/// What the program may have on its way to a reader, bytes. The goal is 20,000; this is what has been
/// reached with charts, assumptions, comparisons, addresses and downloads, and it must not grow.
const PROGRAM: usize = 23_000;

#[test]
fn the_download_is_small() {
    let [loader, glue, wasm, model] =
        NEEDED.map(|(start, end)| zipped(blog(), blog().asset(start, end)));
    let program = loader + glue + wasm;
    assert!(
        program <= PROGRAM,
        "the program has {program} bytes: wasm {wasm}, glue {glue}, loader {loader}"
    );
    assert!(model <= 3_000, "the model has {model} bytes");
}

/// How many bytes a file has on its way to a reader.
fn zipped(site: &Site, path: &str) -> usize {
    let mut zip = GzEncoder::new(Vec::new(), Compression::best());
    zip.write_all(&site.files[path]).expect("room in memory");
    zip.finish().expect("room in memory").len()
}
