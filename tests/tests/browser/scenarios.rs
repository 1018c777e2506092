//! Scenarios: one tap to start from one, two of them side by side.

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, blog};
use crate::tab::{Key, Tab};

/// Which scenarios the buttons say the inputs are.
#[track_caller]
fn pressed(calculator: &Calculator<'_>) -> Vec<usize> {
    calculator.tab.wait_for_frame();
    calculator.ask(
        "[...root.querySelectorAll('[data-scenario]')].filter((button) => button.ariaPressed === 'true')
            .map(({ dataset }) => +dataset.scenario)",
    )
}

#[test]
fn a_tap_takes_over_a_scenario() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    assert_eq!(pressed(&calculator), [0; 0]);
    let mut state = native.defaults();
    // It brings inputs, and leaves what the reader assumes.
    calculator.assume(&native, "rate.partner", [90.0, 100.0, 130.0], &mut state);
    for scenario in 0..native.model.scenarios.len() {
        calculator.click(&format!("[data-scenario=\"{scenario}\"]"));
        state = native.scenario(scenario, &state);
        calculator.expect(&native, &state);
        calculator.expect_fields(&native, &state);
        assert_eq!(pressed(&calculator), [scenario]);
    }
    calculator.expect_at_rest(&native, &state);

    let people = native.input("people");
    let value = state[people];
    state[people] = calculator.type_into(people, "77");
    assert_eq!(pressed(&calculator), [0; 0]);
    calculator.expect(&native, &state);
    state[people] = calculator.type_into(people, &value.to_string());
    assert_eq!(pressed(&calculator), [native.model.scenarios.len() - 1]);
    calculator.click("[data-reset='']");
    assert_eq!(pressed(&calculator), [0; 0]);
}

#[test]
fn two_scenarios_stand_side_by_side() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let mut state = native.defaults();
    let expect = |sides: [usize; 2], state: &[f64]| {
        calculator.expect(&native, state);
        for (side, chosen) in sides.into_iter().enumerate() {
            match chosen.checked_sub(1) {
                None => calculator.expect_side(side, &native, state),
                Some(scenario) => {
                    let state = native.scenario(scenario, state);
                    calculator.expect_side(side, &native, &state);
                }
            }
        }
    };
    let pick = |side: usize, entry: usize| {
        let select = format!("{} [data-compare=\"{side}\"]", calculator.root);
        calculator.pick(&select, entry);
    };
    expect([0, 1], &state);
    pick(1, 4);
    expect([0, 4], &state);
    pick(0, 2);
    expect([2, 4], &state);
    pick(1, 0);
    expect([2, 0], &state);

    // Both follow the assumptions, and what the form says follows the form.
    calculator.assume(&native, "rate.partner", [60.0, 100.0, 130.0], &mut state);
    let people = native.input("people");
    state[people] = calculator.type_into(people, "120");
    tab.press(Key::Tab);
    calculator.rest();
    expect([2, 0], &state);

    // A mistake in the form is no reason to mix them up.
    calculator.type_into(people, "");
    calculator.rest();
    expect([2, 0], &state);
    pick(0, 3);
    expect([3, 0], &state);
    calculator.rest();
    expect([3, 0], &state);
    calculator.expect_with_study(&native, &state);
}

#[test]
fn a_link_carries_what_stands_side_by_side() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let side = |side: usize| format!("{} [data-compare=\"{side}\"]", calculator.root);
    let id = |scenario: usize| native.model.scenarios[scenario].id.as_str();
    calculator.pick(&side(0), 4);
    let one = format!(":v1&compare.sides={},{}", id(3), id(0));
    assert!(calculator.link().ends_with(&one), "{}", calculator.link());
    calculator.pick(&side(1), 0);
    let mut state = native.defaults();
    let people = native.input("people");
    state[people] = calculator.type_into(people, "40");
    calculator.rest();
    let link = calculator.link();
    let both = format!(":v1&people=40&compare.sides={},", id(3));
    assert!(link.ends_with(&both), "{link}");
    assert_eq!(tab.ask::<String>("location.href"), link);

    // A program that passes it on may take its last sign for the end of a sentence.
    for link in [link.as_str(), link.trim_end_matches(',')] {
        let elsewhere = Tab::new();
        elsewhere.open(link);
        let opened = Calculator::live(&elsewhere, CALCULATOR);
        opened.rest();
        opened.expect(&native, &state);
        opened.expect_side(0, &native, &native.scenario(3, &state));
        opened.expect_side(1, &native, &state);
        assert_eq!(opened.said(), [""; 0]);
        assert_eq!(opened.link(), calculator.link());
    }

    // What an address does not say stands there as at first.
    tab.run(&format!("location.hash = '{CALCULATOR}:v1&people=40'"));
    calculator.rest();
    calculator.expect_side(0, &native, &state);
    calculator.expect_side(1, &native, &native.scenario(0, &state));
    tab.run(&format!(
        "location.hash = '{CALCULATOR}:v1&compare.sides=nobody,'"
    ));
    calculator.rest();
    assert_eq!(calculator.said(), ["broken"]);
}
