//! What a reader takes along: a link, files with every number, two sheets of paper.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::Value;
use tallypress::estimate::{Assumption, Question, report};

use crate::calculator::Calculator;
use crate::chromium::PATIENCE;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, blog, site_of_model};
use crate::tab::Tab;

/// Paper, in inches.
const A4: [f64; 2] = [8.27, 11.69];
const LETTER: [f64; 2] = [8.5, 11.0];

#[test]
fn the_copied_link_is_that_of_the_figures_shown() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    tab.let_use_clipboard(&blog().web.url(""), true);
    let calculator = Calculator::live(&tab, CALCULATOR);
    assert_eq!(calculator.said(), [""; 0]);
    // Without a rest before.
    calculator.type_into(native.input("people"), "41");
    calculator.click("[data-copy]");
    calculator.wait_until("!root.querySelector('[data-say=copied]').hidden");
    let copied: String = tab.ask("navigator.clipboard.readText()");
    assert!(copied.ends_with("#cto-or-partner:v1&people=41"), "{copied}");
    assert_eq!(copied, calculator.link());
    assert_eq!(calculator.said(), ["copied"]);
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn where_nothing_can_be_copied_the_link_is_selected() {
    let native = Native::read(MODEL);
    for allowed in ["refused", "absent"] {
        let tab = Tab::new();
        if allowed == "absent" {
            tab.run_first("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        }
        tab.open(&blog().web.url(ARTICLE));
        tab.let_use_clipboard(&blog().web.url(""), false);
        let calculator = Calculator::live(&tab, CALCULATOR);
        calculator.type_into(native.input("people"), "42");
        calculator.click("[data-copy]");
        calculator.rest();
        let selected: String = tab.ask("getSelection().toString()");
        assert_eq!(selected, calculator.link(), "{allowed}");
        assert!(selected.ends_with("people=42"), "{selected}");
        assert_eq!(calculator.said(), [""; 0], "{allowed}");
        assert_eq!(tab.problems(), [""; 0], "{allowed}");
    }
}

#[test]
fn downloads_hold_everything_that_the_figures_come_from() {
    let mut random = Rng::with_seed(19);
    for model in [MODEL, "tests/tests/browser/models/four-assistants.toml"] {
        let native = Native::read(model);
        let site = site_of_model(model);
        let tab = site.visit("page/");
        let calculator = Calculator::live(&tab, &native.model.id);
        for state in [native.defaults(), native.random_neat_state(&mut random)] {
            calculator.put(&state);
            tab.wait_for_frame();
            let json = from_json(&calculator, &native);
            let csv = from_csv(&calculator, &native);
            for (kind, file) in [("JSON", json), ("CSV", csv)] {
                file.expect(&native, &state, kind);
                assert_eq!(file.texts["address"], calculator.link(), "{kind}");
            }
        }
        assert_eq!(tab.problems(), [""; 0]);
    }
}

#[test]
fn a_download_holds_what_the_figures_come_from_although_the_form_has_a_mistake() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.type_into(native.input("functions"), "");
    from_json(&calculator, &native).expect(&native, &native.defaults(), "JSON");
}

/// Whatever a download says, whichever form it has.
#[derive(Default)]
struct Download {
    /// Model, version, seed, futures and address.
    texts: BTreeMap<String, String>,
    inputs: Vec<(String, f64)>,
    assumptions: Vec<(String, [f64; 3])>,
    terms: Vec<(String, Vec<f64>)>,
    /// By approach, name and statistic.
    numbers: BTreeMap<String, f64>,
}

impl Download {
    /// Fails unless it holds a state and, not rounded, every number that the native engine computes
    /// from what the file itself says.
    #[track_caller]
    fn expect(&self, native: &Native, state: &[f64], kind: &str) {
        let model = &native.model;
        for (name, expected) in [
            ("model", model.id.clone()),
            ("version", model.version.to_string()),
            ("seed", model.model.seed.to_string()),
            ("samples", model.model.samples.to_string()),
        ] {
            assert_eq!(self.texts[name], expected, "{name} in {kind}");
        }
        let names: Vec<&String> = self.inputs.iter().map(|(name, _)| name).collect();
        let expected: Vec<&String> = model.inputs.iter().map(|input| &input.id).collect();
        assert_eq!(names, expected, "{kind}");
        let names: Vec<&String> = self.assumptions.iter().map(|(name, _)| name).collect();
        let expected: Vec<&String> = model.assumptions.iter().map(|one| &one.key).collect();
        assert_eq!(names, expected, "{kind}");
        let inputs = self.inputs.iter().map(|(_, value)| *value);
        let assumptions = self.assumptions.iter().flat_map(|(_, numbers)| *numbers);
        let names: Vec<&String> = self.terms.iter().map(|(name, _)| name).collect();
        let expected: Vec<&String> = model.terms.iter().map(|term| &term.key).collect();
        assert_eq!(names, expected, "{kind}");
        let terms = self.terms.iter().flat_map(|(_, numbers)| numbers).copied();
        let read: Vec<f64> = inputs.chain(assumptions).chain(terms).collect();
        assert_eq!(read, state, "{kind}");

        let expected = numbers(native, &read);
        assert_eq!(
            Vec::from_iter(self.numbers.keys()),
            Vec::from_iter(expected.keys()),
            "{kind}"
        );
        for (name, expected) in expected {
            assert_eq!(self.numbers[&name], expected, "{name} in {kind}");
        }
    }
}

/// Every number of the native estimate, by approach, name and statistic.
fn numbers(native: &Native, state: &[f64]) -> BTreeMap<String, f64> {
    let estimate = native.estimate(state);
    let model = &native.model;
    let mut numbers = BTreeMap::new();
    for (place, approach) in model.approaches.iter().enumerate() {
        let mut add = |name: &str, value: f64| {
            numbers.insert(format!("{} {name}", approach.id), value);
        };
        let outcome = &estimate.approaches[place];
        for (series, summary) in &outcome.series {
            let name = report::series_name(model, *series);
            add(&format!("{name} mean"), summary.mean);
            add(&format!("{name} p10"), summary.p10);
            add(&format!("{name} p50"), summary.p50);
            add(&format!("{name} p90"), summary.p90);
        }
        for (role, hours) in model.roles.iter().zip(&outcome.hours) {
            for (phase, hours) in model.phases.iter().zip(hours) {
                add(&format!("hours {} {}", role.id, phase.id), *hours);
            }
        }
        add("wins", estimate.wins[place]);
    }
    numbers
}

#[track_caller]
fn from_json(calculator: &Calculator<'_>, native: &Native) -> Download {
    let text = downloaded(calculator, native, "json");
    // With numbers as texts, because serde_json may lose their last bit.
    let file: Value = calculator.tab.ask(&format!(
        "JSON.parse({text:?}, (name, value) => typeof value === 'number' ? String(value) : value)"
    ));
    let number = |value: &Value| match value {
        // JSON has no number for what never happens.
        Value::Null => f64::INFINITY,
        value => value
            .as_str()
            .and_then(|text| text.parse().ok())
            .expect("a number"),
    };
    let texts = ["model", "version", "seed", "samples", "address"];
    let mut download = Download {
        texts: texts
            .iter()
            .map(|name| {
                (
                    (*name).to_owned(),
                    file[name].as_str().unwrap_or("?").to_owned(),
                )
            })
            .collect(),
        ..Download::default()
    };
    // An object has no order.
    for Question { id, .. } in &native.model.inputs {
        let value = number(&file["inputs"][id]);
        download.inputs.push((id.clone(), value));
    }
    for Assumption { key, .. } in &native.model.assumptions {
        let numbers = [0, 1, 2].map(|part| number(&file["assumptions"][key][part]));
        download.assumptions.push((key.clone(), numbers));
    }
    for term in &native.model.terms {
        let numbers = file["terms"][&term.key].as_array().expect("its numbers");
        let numbers = numbers.iter().map(number).collect();
        download.terms.push((term.key.clone(), numbers));
    }
    let count = |name: &str| file[name].as_object().map_or(0, serde_json::Map::len);
    assert_eq!(count("inputs"), download.inputs.len());
    assert_eq!(count("assumptions"), download.assumptions.len());
    assert_eq!(count("terms"), download.terms.len());
    let mut parts = vec![(String::new(), &file["approaches"])];
    while let Some((name, value)) = parts.pop() {
        match value.as_object() {
            Some(object) => parts.extend(
                object
                    .iter()
                    .map(|(part, value)| (format!("{name} {part}").trim_start().to_owned(), value)),
            ),
            None => drop(download.numbers.insert(name, number(value))),
        }
    }
    download
}

#[track_caller]
fn from_csv(calculator: &Calculator<'_>, native: &Native) -> Download {
    let text = downloaded(calculator, native, "csv");
    let text = text.strip_suffix("\r\n").expect("a line end");
    let mut lines = text.split("\r\n").map(cells);
    assert_eq!(
        lines.next(),
        Some(["part", "name", "statistic", "value", "unit"].map(str::to_owned))
    );
    let mut download = Download::default();
    for [part, name, statistic, value, unit] in lines {
        if part == "model" {
            download.texts.insert(name, value);
            continue;
        }
        let value: f64 = value.parse().expect("a number");
        match (part.as_str(), statistic.as_str()) {
            ("input", _) => download.inputs.push((name, value)),
            // Whatever has been computed is counted in something.
            ("assumption", _) if unit.is_empty() => panic!("{name} has no unit"),
            ("assumption", "low") => download.assumptions.push((name, [value; 3])),
            ("assumption", other) => {
                let (key, numbers) = download.assumptions.last_mut().expect("low before");
                assert_eq!(*key, name);
                numbers[if other == "likely" { 1 } else { 2 }] = value;
            }
            ("term", "1") => download.terms.push((name, vec![value])),
            ("term", place) => {
                let (key, numbers) = download.terms.last_mut().expect("one before");
                numbers.push(value);
                assert_eq!((&*name, place), (key.as_str(), &*numbers.len().to_string()));
            }
            _ => {
                assert_ne!(unit, "", "{name}");
                let name = format!("{part} {name} {statistic}");
                download.numbers.insert(name.trim_end().to_owned(), value);
            }
        }
    }
    download
}

/// The cells of a line of CSV.
#[track_caller]
fn cells(line: &str) -> [String; 5] {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("one").push(other),
        }
    }
    cells.try_into().expect("five cells")
}

/// What a reader finds in the folder after a click.
#[track_caller]
fn downloaded(calculator: &Calculator<'_>, native: &Native, kind: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    calculator.tab.save_downloads_in(folder.path());
    calculator.click(&format!("[data-download=\"{kind}\"]"));
    let file = folder.path().join(format!("{}.{kind}", native.model.id));
    let deadline = Instant::now() + PATIENCE;
    loop {
        // While it is written the folder holds another file, or this one is empty.
        let files = folder.path().read_dir().expect("the folder").count();
        match std::fs::read_to_string(&file) {
            Ok(text) if files == 1 && !text.is_empty() => return text,
            _ => assert!(Instant::now() < deadline, "{} never came", file.display()),
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A state in which every input and assumption is another than at first.
fn everything_changed(native: &Native) -> Vec<f64> {
    let mut state = native.defaults();
    let inputs = native.inputs().iter().enumerate();
    for (place, input) in inputs {
        state[place] = if input.default < input.max {
            input.max
        } else {
            input.min
        };
    }
    let terms = native.place(native.inputs().len() + native.model.assumptions.len());
    for number in &mut state[native.inputs().len()..terms] {
        *number *= 0.987_65;
        *number = (*number * 1e4).round() / 1e4;
    }
    state
}

#[test]
fn it_prints_on_two_sheets() {
    let native = Native::read(MODEL);
    let tab = Tab::new();
    tab.run_first(
        "window.print = () => window.printed = [...document.querySelectorAll('[data-printing]')].map(({ id }) => id)",
    );
    tab.open(&blog().web.url(ARTICLE));
    let calculator = Calculator::live(&tab, CALCULATOR);
    let prepare = |on: bool| {
        calculator.run(&format!("root.toggleAttribute('data-printing', {on})"));
    };
    calculator.click("[data-print]");
    let printed: Vec<String> = tab.ask("printed");
    assert_eq!(printed, [CALCULATOR]);
    let left: usize = tab.ask("document.querySelectorAll('[data-printing]').length");
    assert_eq!(left, 0, "the page is as before");

    let mut random = Rng::with_seed(23);
    for state in [
        native.defaults(),
        native.random_neat_state(&mut random),
        everything_changed(&native),
    ] {
        calculator.put(&state);
        calculator.rest();
        prepare(true);
        let sheets = [A4, LETTER].map(|paper| tab.sheets_of_paper(paper));
        assert_eq!(sheets, [2, 2]);
        prepare(false);
    }
    // The longest address is for links; nobody types it from paper.
    let typed: String = calculator.ask("root.querySelector('output[data-link]').value");
    assert!(typed.ends_with("#cto-or-partner"), "{typed}");
    assert!(calculator.link().len() > 2000);
}

#[test]
fn an_article_is_printed_whole_with_the_calculator_behind_the_text_before_it() {
    let tab = blog().visit(ARTICLE);
    Calculator::live(&tab, CALCULATOR);
    for paper in [A4, LETTER] {
        let whole = tab.sheets_of_paper(paper);
        tab.run("document.querySelector('[data-calculator]').style.display = 'none'");
        let without = tab.sheets_of_paper(paper);
        tab.run("document.querySelector('[data-calculator]').style.display = ''");
        // It begins where the text before it ends, on sheets with wider margins.
        let sheets = whole - without;
        assert!((2..=3).contains(&sheets), "{sheets} sheets on {paper:?}");
    }
}

#[test]
fn paper_says_what_it_is_and_where_every_number_comes_from() {
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let on_paper = || -> bool {
        calculator.ask(
            "['.calc__title', '.calc__cited', '.calc__sources', '.calc__address']
                .every((part) => root.querySelector(part).checkVisibility())",
        )
    };
    assert!(!on_paper(), "a screen has that in other places");
    tab.show_as_paper();
    assert!(on_paper());
    let title: String = calculator.ask("root.querySelector('.calc__title').innerText");
    assert_eq!(
        title,
        "Calculator\nDo you need an AI strategy partner if you have a CTO?"
    );
    // A row has a number if its source says anything; the list has them all, in order.
    let cited: Vec<(String, usize)> = calculator.ask(
        "[...root.querySelectorAll('.calc__cited')].map((cited) => [
            cited.closest('.calc__row').querySelector('.calc__source').innerText, +cited.textContent])",
    );
    let listed: Vec<String> = calculator
        .ask("[...root.querySelectorAll('.calc__sources li')].map((one) => one.innerText)");
    let highest = cited.iter().map(|(_, number)| *number).max();
    assert_eq!(highest, Some(listed.len()));
    let silent: usize = calculator.ask(
        "[...root.querySelectorAll('.calc__groups > details:not(.calc__terms) .calc__row')]
            .filter((row) => !row.querySelector('.calc__cited') && row.querySelector('.calc__source').textContent !== 'Our judgement').length",
    );
    assert_eq!(silent, 0, "rows of which paper does not say the source");
    assert_eq!(
        listed[1],
        "ler.me/occupations/software-developers www.bls.gov/news.release/ecec.nr0.htm"
    );
}
