//! The form forgives: mistakes are marked, everything can be taken back, the keyboard is enough,
//! neighbours stay apart, and nothing that a reader enters leaves the page.

use fastrand::Rng;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, blog, repository_file, site};
use crate::tab::Key;

#[test]
fn a_number_that_is_not_legal_is_marked_and_the_figures_stay() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let functions = native.input("functions");
    let mut state = native.defaults();
    // What is legal on the way to a mistake counts: the 9 of 99, the 2 of 2.5.
    for (wrong, on_the_way, right) in [
        ("99", Some(9.0), "6"),
        ("2.5", Some(2.0), "7"),
        ("", None, "8"),
        ("-3", None, "10"),
    ] {
        calculator.type_into(functions, wrong);
        state[functions] = on_the_way.unwrap_or(state[functions]);
        calculator.expect(&native, &state);
        assert_eq!(calculator.marked(), [functions], "for `{wrong}`");

        state[functions] = calculator.type_into(functions, right);
        calculator.expect(&native, &state);
        assert_eq!(calculator.marked(), [0; 0], "for `{right}`");
    }
}

#[test]
fn one_button_brings_the_assumptions_back() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let before = calculator.values();
    calculator.fill_in(&native, &mut Rng::with_seed(3));
    calculator.type_into(native.input("functions"), "99");
    assert_ne!(calculator.values(), before);

    calculator.click("[data-reset='']");
    calculator.expect(&native, &native.defaults());
    assert_eq!(calculator.values(), before);
    assert_eq!(calculator.marked(), [0; 0]);
}

#[test]
fn a_reader_without_a_mouse_can_change_the_inputs() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::new(&tab, CALCULATOR);
    let functions = native.input("functions");
    let input = native.inputs()[functions];
    let on_the_slider = format!(
        "document.activeElement.matches({:?})",
        calculator.slider(functions)
    );
    let reached = (0..200).any(|_| {
        tab.press(Key::Tab);
        tab.ask(&on_the_slider)
    });
    assert!(reached, "the tab key leads to the slider");
    calculator.wait_until("root.hasAttribute('data-ready')");

    let mut state = native.defaults();
    for (key, value) in [
        (Key::Home, input.min),
        (Key::Right, input.min + 1.0),
        (Key::End, input.max),
        (Key::Left, input.max - 1.0),
    ] {
        tab.press(key);
        state[functions] = value;
        calculator.expect(&native, &state);
    }
}

#[test]
fn a_screen_reader_hears_the_verdict_when_the_form_rests() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let said: String = calculator.ask("root.querySelector('[data-live]').textContent");
    assert_eq!(said, "", "nothing has changed so far");
    calculator.type_into(native.input("functions"), "11");
    calculator.wait_until(
        "root.querySelector('[data-live]').textContent === root.querySelector('[data-verdict]').innerText",
    );
}

#[test]
fn after_a_reload_the_figures_are_those_of_the_inputs_shown() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let (start, functions) = (native.input("start"), native.input("functions"));
    calculator.choose(start, 1);
    calculator.type_into(functions, "11");

    tab.reload();
    calculator.come_near();
    // A browser may bring back what was entered.
    let mut state = native.defaults();
    state[start] = calculator.number_in(&calculator.select(start), "value");
    state[functions] = calculator.number_in(&calculator.field(functions), "value");
    calculator.expect(&native, &state);
    let on_the_slider = calculator.number_in(&calculator.slider(functions), "value");
    assert_eq!(on_the_slider, state[functions]);
}

#[test]
fn two_calculators_on_a_page_leave_each_other_alone() {
    let native = Native::read(MODEL);
    let site = site(&[
        (
            "content/estimates/cto-or-partner.toml",
            &repository_file(MODEL),
        ),
        (
            "content/page.md",
            "{{ calculator(model=\"cto-or-partner\") }}\n\n{{ calculator(model=\"cto-or-partner\") }}\n",
        ),
    ]);
    let tab = site.visit("page/");
    let first = Calculator::live(&tab, "cto-or-partner");
    let second = Calculator::live(&tab, "cto-or-partner-2");
    let functions = native.input("functions");
    let [mut of_first, mut of_second] = [native.defaults(), native.defaults()];

    of_first[functions] = first.type_into(functions, "12");
    first.expect(&native, &of_first);
    second.expect(&native, &of_second);

    of_second[functions] = second.slide(functions, 0.0);
    first.expect(&native, &of_first);
    second.expect(&native, &of_second);

    let used_twice: Vec<String> = tab.ask(
        "[...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, ids) => ids.indexOf(id) < at)",
    );
    assert_eq!(used_twice, [""; 0]);
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn what_a_reader_enters_stays_on_the_page() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let before = tab.requests();
    let state = calculator.fill_in(&native, &mut Rng::with_seed(5));
    calculator.expect(&native, &state);
    assert_eq!(tab.requests(), before);
    assert_eq!(tab.problems(), [""; 0]);
    assert_eq!(tab.ask::<String>("location.search + document.cookie"), "");
    assert_eq!(
        tab.ask::<usize>("localStorage.length + sessionStorage.length"),
        0
    );
}
