//! The figures on the page are the native engine's: before any script, when the widget has taken
//! over, and after whatever a reader does to the form.

use fastrand::Rng;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, blog, site_of_model};
use crate::tab::Tab;

#[test]
fn every_figure_is_on_the_page_before_any_script() {
    let native = Native::read(MODEL);
    let tab = Tab::without_script();
    tab.open(&blog().web.url(ARTICLE));
    let calculator = Calculator::new(&tab, CALCULATOR);
    calculator.expect_with_study(&native, &native.defaults());
    calculator.expect_side(0, &native, &native.defaults());
    calculator.expect_side(1, &native, &native.scenario(0, &native.defaults()));
}

#[test]
fn coming_alive_changes_nothing_on_the_page() {
    for (width, height) in [(390, 600), (1280, 900)] {
        let tab = Tab::new();
        tab.resize(width, height);
        tab.run_first(
            "window.shifts = [];
            new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
                .observe({ type: 'layout-shift', buffered: true });",
        );
        tab.open(&blog().web.url(ARTICLE));
        let calculator = Calculator::new(&tab, CALCULATOR);
        assert!(!calculator.is_live());
        let before = calculator.markup();
        calculator.come_near();
        calculator.rest();
        let after = calculator.markup();
        let changed: Vec<(&str, &str)> = before
            .lines()
            .zip(after.lines())
            .filter(|(before, after)| before != after)
            .collect();
        assert_eq!(changed, [("", ""); 0]);
        assert_eq!(before.len(), after.len());
        assert_eq!(tab.ask::<Vec<f64>>("shifts"), [0.0; 0]);

        // The observer was awake all the time.
        tab.point_at("[data-verdict]");
        calculator.run("root.querySelector('[data-verdict]').style.marginTop = '100px'");
        tab.wait_until("shifts.length > 0");
    }
}

#[test]
fn moving_a_slider_shows_the_native_figures() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let functions = native.input("functions");
    let mut state = native.defaults();
    for part in [0.0, 1.0, 0.5] {
        state[functions] = calculator.slide(functions, part);
        calculator.expect(&native, &state);
        let in_the_field = calculator.number_in(&calculator.field(functions), "value");
        assert_eq!(in_the_field, state[functions]);
    }
}

#[test]
fn typing_a_number_shows_the_native_figures() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let functions = native.input("functions");
    let mut state = native.defaults();
    for number in ["11", "2", "7"] {
        state[functions] = calculator.type_into(functions, number);
        calculator.expect(&native, &state);
        let on_the_slider = calculator.number_in(&calculator.slider(functions), "value");
        assert_eq!(on_the_slider, state[functions]);
    }
}

#[test]
fn any_inputs_show_the_native_figures() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let mut random = Rng::with_seed(7);
    let mut state = native.defaults();
    for _ in 0..3 {
        calculator.fill_in(&native, &mut random, &mut state);
        calculator.expect(&native, &state);
    }
    calculator.expect_fields(&native, &state);
    calculator.expect_at_rest(&native, &state);
}

#[test]
fn any_assumptions_show_the_native_figures() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let mut random = Rng::with_seed(8);
    let mut state = native.defaults();
    for _ in 0..25 {
        state = native.random_neat_state(&mut random);
        calculator.put(&state);
        calculator.expect(&native, &state);
    }
    calculator.expect_fields(&native, &state);
    calculator.expect_at_rest(&native, &state);
}

/// Two to four approaches, with scenarios or without, everything optional or nothing of it.
#[test]
fn another_model_needs_no_other_code() {
    for model in [
        "tests/reference/second-model.toml",
        "tests/tests/browser/models/assistant.toml",
        "tests/tests/browser/models/four-assistants.toml",
    ] {
        let native = Native::read(model);
        let site = site_of_model(model);
        let tab = site.visit("page/");
        let calculator = Calculator::live(&tab, &native.model.id);
        calculator.unfold();
        let mut state = native.defaults();
        calculator.expect_with_study(&native, &state);
        calculator.expect_fields(&native, &state);
        let mut random = Rng::with_seed(7);
        for _ in 0..2 {
            calculator.fill_in(&native, &mut random, &mut state);
            calculator.expect_fields(&native, &state);
            calculator.expect(&native, &state);
            state = native.random_neat_state(&mut random);
            calculator.put(&state);
            calculator.expect_fields(&native, &state);
            calculator.expect(&native, &state);
        }
        calculator.expect_at_rest(&native, &state);
        assert_eq!(tab.problems(), [""; 0], "{model}");
    }
}
