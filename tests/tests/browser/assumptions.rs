//! Every assumption can be changed, counts at once, can be taken back, and is marked if it makes no
//! sense.

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, blog};

#[test]
fn a_changed_assumption_counts_at_once() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let mut state = native.defaults();
    for (key, numbers) in [
        ("rate.partner", [40.0, 55.5, 60.0]),
        ("horizon_weeks", [20.0; 3]),
        ("rate.cto", [150.0; 3]),
        ("sufficient", [0.0; 3]),
    ] {
        calculator.assume(&native, key, numbers, &mut state);
        calculator.expect(&native, &state);
        calculator.expect_fields(&native, &state);
    }
    calculator.expect_at_rest(&native, &state);
    assert_eq!(calculator.marked(), [0; 0]);
}

#[test]
fn an_assumption_is_taken_back_alone_or_with_all_others() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let (mut state, defaults) = (native.defaults(), native.defaults());
    calculator.assume(&native, "rate.partner", [40.0, 55.5, 60.0], &mut state);
    calculator.assume(&native, "close_call", [0.9; 3], &mut state);
    let people = native.input("people");
    state[people] = calculator.type_into(people, "40");
    for row in [native.assumption("rate.partner"), people] {
        calculator.click(&format!("[data-reset=\"{row}\"]"));
        let numbers = native.place(row)..native.place(row + 1);
        state[numbers.clone()].copy_from_slice(&defaults[numbers]);
        calculator.expect_fields(&native, &state);
        calculator.expect(&native, &state);
    }
    // The answers of the form are another matter.
    state[people] = calculator.type_into(people, "40");
    calculator.click("[data-reset=assumptions]");
    state[native.inputs().len()..].copy_from_slice(&defaults[native.inputs().len()..]);
    calculator.expect_fields(&native, &state);
    calculator.expect(&native, &state);
    calculator.click("[data-reset='']");
    calculator.expect_fields(&native, &defaults);
    calculator.expect_at_rest(&native, &defaults);
}

#[test]
fn who_does_which_part_and_what_depends_on_answers_can_be_changed() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let mut state = native.defaults();
    let split = native.term("share.context_write.both");
    let parts = native.place(split)..native.place(split + 1);
    let sound = state.clone();
    // Parts that do not add up are marked, and the figures stay.
    for (place, part) in parts.clone().zip(["0.5", "0.25", "0.25", "0", "0"]) {
        state[place] = calculator.type_into(place, part);
        let whole = (state[parts.clone()].iter().sum::<f64>() - 1.0).abs() < 1e-6;
        let wrong: &[usize] = if whole { &[] } else { &[split] };
        assert_eq!(calculator.marked(), wrong);
        calculator.expect(&native, if whole { &state } else { &sound });
    }
    calculator.expect_at_rest(&native, &state);
    // A ramp that goes back is marked, too.
    let ramp = native.term("ramp.worth.cto");
    let from = native.place(ramp);
    assert_eq!(state[from..from + 4], [8.0, 1.0, 20.0, 0.0]);
    calculator.type_into(from, "30");
    assert_eq!(calculator.marked(), [ramp]);
    // The figures are those from before, and not those of the 3 that was there for a moment.
    calculator.expect(&native, &state);
    state[from] = calculator.type_into(from, "6");
    state[from + 3] = calculator.type_into(from + 3, "0.5");
    calculator.expect_at_rest(&native, &state);
    calculator.expect_fields(&native, &state);
    let link = calculator.link();
    assert!(
        link.ends_with("&ramp.worth.cto=6,1,20,0.5&share.context_write.both=0.5,0.25,0.25,0,0"),
        "{link}"
    );
    // A row is taken back alone.
    calculator.click(&format!("[data-reset=\"{split}\"]"));
    state[parts.clone()].copy_from_slice(&sound[parts]);
    calculator.expect_fields(&native, &state);
    calculator.expect_at_rest(&native, &state);
}

#[test]
fn an_assumption_that_makes_no_sense_is_marked_and_the_figures_stay() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let mut state = native.defaults();
    let partner = native.assumption("rate.partner");
    let [low, likely, high] = [0, 1, 2].map(|part| native.place(partner) + part);
    let recapture = native.assumption("value_recapture");
    let people = native.input("people");
    for (place, wrong) in [
        (low, "300"),
        (low, "-1"),
        (likely, "500"),
        (high, "1"),
        (high, ""),
        (native.place(recapture), "1.5"),
    ] {
        let row = if place == native.place(recapture) {
            recapture
        } else {
            partner
        };
        // Whatever is legal on the way to the mistake counts.
        let before: f64 = calculator.number_in(&calculator.field(place), "value");
        calculator.put_one(place, wrong);
        calculator.expect(&native, &state);
        assert_eq!(calculator.marked(), [row], "for `{wrong}`");
        // What is right elsewhere counts all the same.
        state[people] =
            calculator.type_into(people, if state[people] == 40.0 { "50" } else { "40" });
        calculator.expect(&native, &state);
        calculator.expect_at_rest(&native, &state);
        assert_eq!(calculator.marked(), [row], "still, for `{wrong}`");
        calculator.put_one(place, &before.to_string());
        assert_eq!(calculator.marked(), [0; 0]);
    }
    // Settings that do not fit together.
    let target = native.assumption("quality_target");
    calculator.put_one(native.place(target), "0.99");
    calculator.expect(&native, &state);
    assert_eq!(calculator.marked(), [target]);
    // Several mistakes at once.
    calculator.put_one(low, "1000");
    calculator.type_into(people, "9999");
    let mut marked = calculator.marked();
    marked.sort_unstable();
    assert_eq!(marked, [people, partner, target]);
}
