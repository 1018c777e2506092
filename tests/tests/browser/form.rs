//! The form forgives: mistakes are marked, everything can be taken back, the keyboard is enough,
//! neighbours stay apart, and nothing that a reader enters leaves the page.

use fastrand::Rng;

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, blog, repository_file, site};
use crate::tab::{Key, Tab};

#[test]
fn a_number_that_is_not_legal_is_marked_and_the_figures_stay() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let functions = native.input("functions");
    let mut state = native.defaults();
    // What is legal on the way to a mistake, the 9 of 99 and the 2 of 2.5, is nobody's answer.
    for (wrong, right) in [
        ("99", "6"),
        ("2.5", "7"),
        ("", "8"),
        ("-3", "10"),
        ("1e1", "9"),
    ] {
        calculator.type_into(functions, wrong);
        calculator.expect(&native, &state);
        assert_eq!(calculator.marked(), [functions], "for `{wrong}`");
        calculator.pause();
        calculator.expect(&native, &state);

        state[functions] = calculator.type_into(functions, right);
        tab.press(Key::Tab);
        calculator.expect(&native, &state);
        assert_eq!(calculator.marked(), [0; 0], "for `{right}`");
    }
}

#[test]
fn a_mistake_brings_back_what_was_there_before_it_everywhere() {
    let native = Native::read(MODEL);
    let tab = blog().visit(&format!("{ARTICLE}#{CALCULATOR}:v1&cto_hours=20"));
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let hours = native.input("cto_hours");
    let low = native.place(native.assumption("rate.partner"));
    let mut state = native.defaults();
    state[hours] = 20.0;
    for (place, wrong) in [(hours, "45"), (low, "900")] {
        calculator.type_into(place, wrong);
        calculator.pause();
        calculator.expect(&native, &state);
        let slider: [String; 2] = calculator.ask(&format!(
            "((slider) => [slider.value, slider.ariaValueText])(root.querySelector('[type=range][data-value=\"{hours}\"]'))"
        ));
        assert_eq!(slider, ["20", "20 hours a week"]);
        let link = calculator.link();
        assert!(link.ends_with(":v1&cto_hours=20"), "{link}");
        assert_eq!(tab.ask::<String>("location.href"), link);
    }
    // What is left alone is meant, so the next mistake comes back to that.
    state[hours] = calculator.type_into(hours, "25");
    tab.press(Key::Tab);
    calculator.type_into(hours, "99");
    calculator.pause();
    calculator.expect(&native, &state);
}

#[test]
fn what_is_being_typed_is_left_alone() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let expect_in = |place: usize, text: &str| {
        calculator.pause();
        let field = calculator.field(place);
        let held: String = tab.ask(&format!("document.querySelector({field:?}).value"));
        assert_eq!(held, text);
    };
    let functions = native.input("functions");
    calculator.type_into(functions, "1");
    expect_in(functions, "1");
    tab.type_on("2");
    expect_in(functions, "12");
    tab.press(Key::Backspace);
    expect_in(functions, "1");
    tab.press(Key::Backspace);
    expect_in(functions, "");
    // What says the same is back at what it was before, like the figures.
    let on_the_slider = calculator.number_in(&calculator.slider(functions), "value");
    assert_eq!(on_the_slider, native.defaults()[functions]);
    tab.type_on("7");
    expect_in(functions, "7");

    let hours = native.input("hours_saved");
    calculator.type_into(hours, "2.");
    calculator.pause();
    tab.type_on("5");
    expect_in(hours, "2.5");
    tab.press(Key::Backspace);
    calculator.pause();
    tab.type_on("75");
    expect_in(hours, "2.75");
}

#[test]
fn numbers_may_be_written_as_in_the_page_s_language_or_otherwise() {
    let native = Native::read(MODEL);
    let text = "{{ calculator(model=\"cto-or-partner\") }}\n";
    let site = site(&[
        ("site.toml", "[languages.en]\n[languages.fr]\n"),
        (MODEL, &repository_file(MODEL)),
        ("content/page.md", text),
        ("content/page.fr.md", text),
    ]);
    let [hours, people] = ["hours_saved", "people"].map(|input| native.input(input));
    for (page, shown, cases) in [
        (
            "page/",
            "1.5",
            [
                (hours, "2.5", 2.5),
                (hours, "3,25", 3.25),
                (hours, "0,125", 0.125),
                (people, " 1 00 ", 100.0),
                // That is a thousand, and no hour and a bit.
                (hours, "1,000", 1000.0),
                (hours, "1,5,5", f64::NAN),
            ],
        ),
        (
            "fr/page/",
            "1,5",
            [
                (hours, "2,5", 2.5),
                (hours, "3.25", 3.25),
                (hours, "0.125", 0.125),
                (people, "1\u{202f}00", 100.0),
                (hours, "1.000", 1000.0),
                (hours, "1.5.5", f64::NAN),
            ],
        ),
    ] {
        let tab = site.visit(page);
        let calculator = Calculator::live(&tab, CALCULATOR);
        calculator.unfold();
        let multiple = calculator.field(native.input("cto_value"));
        let held: String = tab.ask(&format!("document.querySelector({multiple:?}).value"));
        assert_eq!(held, shown, "at {page}");
        for (input, written, meant) in cases {
            calculator.type_into(input, "5");
            calculator.type_into(input, written);
            let range = native.inputs()[input];
            if (range.min..=range.max).contains(&meant) {
                assert_eq!(calculator.marked(), [0; 0], "for `{written}` at {page}");
                calculator.pause();
                let changed = format!("&{}={meant}", native.model.inputs[input].id);
                let link = calculator.link();
                assert!(link.contains(&changed), "`{written}` at {page}: {link}");
            } else {
                assert_eq!(calculator.marked(), [input], "for `{written}` at {page}");
            }
            calculator.type_into(input, "5");
        }
        // What comes from elsewhere is written in the same way.
        calculator.run("root.querySelector('[data-scenario]').click()");
        tab.wait_for_frame();
        let held: String = tab.ask(&format!("document.querySelector({multiple:?}).value"));
        assert_eq!(held, shown, "at {page}");
    }
}

#[test]
fn whoever_has_no_hours_never_finishes_and_nobody_has_fewer_than_none() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let term = native
        .model
        .terms
        .iter()
        .position(|term| term.key == "capacity.eng");
    let row = native.inputs().len() + native.model.assumptions.len() + term.expect("the term");
    let [base, per] = [0, 1].map(|number| native.place(row) + number);
    let said = |selector: &str| -> Vec<String> {
        calculator.ask(&format!(
            "[...root.querySelectorAll('{selector}')].filter((one) => one.checkVisibility()).map((one) => one.innerText)"
        ))
    };
    calculator.put_one(base, "-1");
    assert_eq!(calculator.marked(), [row]);
    assert_eq!(
        said(&format!("[data-problem=\"{row}\"]")),
        ["Please enter numbers, 0 or more."]
    );
    calculator.put_one(base, "0");
    assert_eq!(calculator.marked(), [0; 0]);
    assert_eq!(said(".calc__never"), [""; 0]);
    calculator.put_one(per, "0");
    calculator.rest();
    assert_eq!(
        said(".calc__panel [data-weeks]"),
        ["never", "35.5 weeks", "never"]
    );
    assert_eq!(
        said(".calc__never"),
        [
            "“never”: somebody whom the work needs has no hours for it. What is never finished is not recommended, and the others are compared without it: its total leaves out what is never done."
        ]
    );
    let page: String = calculator.ask("root.innerText");
    assert!(!page.contains('∞'));
    calculator.put_one(per, "1");
    calculator.rest();
    assert_eq!(
        said(".calc__panel [data-weeks]"),
        ["54.4 weeks", "35.5 weeks", "29.5 weeks"]
    );
    assert_eq!(said(".calc__never"), [""; 0]);
}

#[test]
fn what_lags_behind_the_form_says_so() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let says_so = "root.querySelector('.calc__busy').checkVisibility({ visibilityProperty: true })";
    assert!(!calculator.ask::<bool>(says_so));
    calculator.put_one(native.input("people"), "60");
    calculator.wait_until(says_so);
    calculator.rest();
    calculator.wait_until(&format!("!{says_so}"));
}

#[test]
fn one_button_brings_the_assumptions_back() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let before = calculator.values();
    calculator.fill_in(&native, &mut Rng::with_seed(3), &mut native.defaults());
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
    let slider = calculator.slider(functions);
    let on_the_slider = format!("document.activeElement.matches({slider:?})");
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
    // How far a page of a slider is, is the browser's business.
    for (key, direction) in [(Key::PageDown, -1.0), (Key::PageUp, 1.0)] {
        tab.press(key);
        let value = calculator.number_in(&slider, "value");
        assert!((value - state[functions]) * direction > 0.0, "{key:?}");
        state[functions] = value;
        calculator.expect(&native, &state);
        calculator.expect_fields(&native, &state);
    }
}

#[test]
fn every_button_works_with_the_keyboard() {
    let native = Native::read(MODEL);
    let tab = Tab::new();
    tab.run_first("window.print = () => undefined");
    tab.open(&blog().web.url(ARTICLE));
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let folder = tempfile::tempdir().expect("a folder");
    tab.save_downloads_in(folder.path());
    calculator.run(
        "{
            window.pressed = [];
            root.addEventListener('click', ({ target }) => pressed.push(target));
        }",
    );
    let mut random = Rng::with_seed(29);
    let rows: Vec<Option<usize>> = calculator.ask(
        "[...root.querySelectorAll('button')].map(({ dataset }) => dataset.reset ? +dataset.reset : null)",
    );
    let mut worked = 0;
    for (place, row) in rows.into_iter().enumerate() {
        // Those of assumptions are all alike.
        if row.is_some_and(|row| row > native.inputs().len() && random.u8(..8) > 0) {
            continue;
        }
        for key in [Key::Enter, Key::Space] {
            // Most take something back, which has to be there.
            calculator.put(&match row {
                Some(row) => with_row_changed(&native, row, &mut random),
                None => native.random_neat_state(&mut random),
            });
            tab.wait_for_frame();
            let button = format!("root.querySelectorAll('button')[{place}]");
            calculator.run(&format!("{{ pressed.length = 0; {button}.focus(); }}"));
            tab.press(key);
            let pressed: bool =
                calculator.ask(&format!("pressed.length === 1 && pressed[0] === {button}"));
            assert!(pressed, "button {place} with {key:?}");
            if row.is_some() {
                calculator.expect_fields(&native, &native.defaults());
            }
        }
        worked += 1;
    }
    assert!(worked > 25, "{worked} buttons");
    assert_eq!(tab.problems(), [""; 0]);
}

/// The model's defaults with something else in one row.
fn with_row_changed(native: &Native, row: usize, random: &mut Rng) -> Vec<f64> {
    let numbers = native.place(row)..native.place(row + 1);
    loop {
        let mut state = native.defaults();
        let other = native.random_neat_state(random);
        state[numbers.clone()].copy_from_slice(&other[numbers.clone()]);
        if native.changed(&state) == [row] && native.makes_sense(&state) {
            return state;
        }
    }
}

/// WCAG 2.2, 2.5.8. Links in a text are no controls.
#[test]
fn every_control_is_large_enough_for_a_finger() {
    let native = Native::read(MODEL);
    let tab = Tab::new();
    for width in [1280, 390, 320] {
        tab.resize(width, 800);
        tab.open(&blog().web.url(ARTICLE));
        let calculator = Calculator::live(&tab, CALCULATOR);
        calculator.unfold();
        // So that everything can be taken back.
        calculator.put(&native.random_neat_state(&mut Rng::with_seed(31)));
        tab.wait_for_frame();
        let small: Vec<String> = calculator.ask(
            "[...root.querySelectorAll('button, input, select, summary')]
                .filter((control) => control.checkVisibility({ visibilityProperty: true }))
                .map((control) => [control, control.getBoundingClientRect()])
                .filter(([, { width, height }]) => width < 24 || height < 24)
                .map(([control, { width, height }]) => `${width} × ${height}: ${control.outerHTML.slice(0, 120)}`)",
        );
        assert_eq!(small, [""; 0], "at {width} pixels");
    }
}

#[test]
fn a_screen_reader_hears_the_verdict_when_the_form_rests() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.rest();
    let said: String = calculator.ask("root.querySelector('[data-live]').textContent");
    assert_eq!(said, "", "nothing has changed so far");
    calculator.run(
        "{
            root.addEventListener('input', () => window.changed = performance.now());
            window.said = [];
            new MutationObserver(() => said.push(performance.now() - changed))
                .observe(root.querySelector('[data-live]'), { childList: true, characterData: true, subtree: true });
        }",
    );
    calculator.type_into(native.input("functions"), "11");
    calculator.wait_until(
        "root.querySelector('[data-live]').textContent === root.querySelector('[data-verdict]').innerText",
    );
    calculator.rest();
    // Once, and neither in the middle of the typing nor long after.
    let said: Vec<f64> = tab.ask("said");
    let soon = said.iter().all(|after| (450.0..2000.0).contains(after));
    assert!(said.len() == 1 && soon, "after {said:?} milliseconds");
}

#[test]
fn a_screen_reader_hears_of_a_mistake_when_the_form_rests() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.type_into(native.input("functions"), "99");
    calculator.pause();
    let said: String = calculator.ask("root.querySelector('[data-live]').textContent");
    assert_eq!(said, "Please enter a whole number from 1 to 12.");
}

#[test]
fn whoever_takes_something_back_with_the_keyboard_stays_there() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let mut random = Rng::with_seed(37);
    for row in [native.input("people"), native.assumption("rate.partner")] {
        calculator.put(&with_row_changed(&native, row, &mut random));
        tab.wait_for_frame();
        let button = format!("root.querySelector('[data-reset=\"{row}\"]')");
        calculator.run(&format!("{{ {button}.focus(); }}"));
        tab.press(Key::Enter);
        tab.wait_for_frame();
        let there: bool = calculator.ask(&format!(
            "document.activeElement.checkVisibility() && document.activeElement.closest('[data-row=\"{row}\"]') !== null"
        ));
        assert!(there, "the focus is still in row {row}");
    }
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
    let tab = Tab::new();
    tab.run_first("window.print = () => undefined");
    tab.open(&blog().web.url(ARTICLE));
    tab.let_use_clipboard(&blog().web.url(""), true);
    let folder = tempfile::tempdir().expect("a folder");
    tab.save_downloads_in(folder.path());
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let before = tab.requests();

    calculator.click("[data-scenario=\"1\"]");
    let mut state = native.defaults();
    calculator.fill_in(&native, &mut Rng::with_seed(5), &mut state);
    calculator.assume(&native, "rate.partner", [60.0, 100.0, 130.0], &mut state);
    calculator.pick(&format!("{} [data-compare=\"1\"]", calculator.root), 2);
    calculator.expect_at_rest(&native, &state);
    for button in ["copy", "download=csv", "download=json", "print"] {
        calculator.click(&format!("[data-{button}]"));
        tab.wait_for_frame();
    }
    calculator.rest();

    // A download is a file that the page itself has made, and whenever an address changes
    // Chromium looks at the icon.
    let mut requests = tab.requests().split_off(before.len());
    requests.retain(|url| !url.starts_with("blob:") && !url.contains("/favicon."));
    assert_eq!(requests, [""; 0]);
    assert_eq!(tab.problems(), [""; 0]);
    assert_eq!(tab.ask::<String>("location.search + document.cookie"), "");
    let kept: usize = tab.ask(
        "Promise.all([indexedDB.databases(), caches.keys()])
            .then((kept) => kept.flat().length + localStorage.length + sessionStorage.length)",
    );
    assert_eq!(kept, 0);
}

#[test]
fn what_has_the_focus_is_never_behind_the_line_at_the_bottom() {
    for (width, height) in [(1280, 900), (390, 700)] {
        let tab = blog().visit(ARTICLE);
        tab.resize(width, height);
        let calculator = Calculator::live(&tab, CALCULATOR);
        calculator.unfold();
        let hidden: Vec<String> = tab.ask(
            "(() => {
                const bar = document.querySelector('.calc__now');
                const stops = [...document.querySelectorAll('.calc :is(a, button, input, select, summary)')];
                return stops.filter((stop) => stop.checkVisibility() && !bar.contains(stop)).filter((stop) => {
                    stop.focus();
                    const [line, here] = [bar, stop].map((element) => element.getBoundingClientRect());
                    const middle = (here.top + here.bottom) / 2;
                    return line.top < middle && middle < line.bottom;
                }).map((stop) => stop.outerHTML.slice(0, 90));
            })()",
        );
        assert_eq!(hidden, Vec::<String>::new(), "{width} pixels wide");
    }
}

#[test]
fn a_recommendation_that_takes_longer_than_delay_is_counted_says_so() {
    let says_so = |situation: &str| -> bool {
        let tab = blog().visit(&format!("{ARTICLE}#{CALCULATOR}:v1{situation}"));
        Calculator::live(&tab, CALCULATOR).rest();
        tab.ask(
            "[...document.querySelectorAll('[data-verdict] .calc__close')]
                .some((said) => said.checkVisibility() && said.textContent.includes('mostly not finished'))",
        )
    };
    assert!(says_so("&cto_hours=2&automations=10"));
    assert!(!says_so("&cto_hours=20"));
}

#[test]
fn what_is_never_finished_is_not_recommended() {
    let native = Native::read(MODEL);
    let [nobody, cto, both] = [
        "",
        "&capacity.cto=0,0",
        "&capacity.partner=0,0&capacity.cto=0,0",
    ];
    for (situation, expected, never) in [
        (nobody, "CTO and partner", 0),
        (cto, "Partner alone", 2),
        (both, "none of them", 3),
    ] {
        let tab = blog().visit(&format!("{ARTICLE}#{CALCULATOR}:v1{situation}"));
        let calculator = Calculator::live(&tab, CALCULATOR);
        calculator.rest();
        let said: [String; 2] = calculator.ask(
            "['[data-verdict] > :not([hidden]) .calc__head', '.calc__now'].map((part) => root.querySelector(part).innerText)",
        );
        assert!(said.iter().all(|said| said.contains(expected)), "{said:?}");
        let (recommended, named): (usize, usize) = calculator.ask(
            "['.calc__badge:not([hidden])', '.calc__total ~ tr [data-never]']
                .map((what) => root.querySelectorAll(`.calc__panel ${what}`).length)",
        );
        assert_eq!(recommended, usize::from(never < 3), "{situation}");
        assert_eq!(named, never, "{situation}");
        let explained: bool =
            calculator.ask("root.querySelector('.calc__never').checkVisibility()");
        // Where that goes for all, the sentence itself says it.
        assert_eq!(explained, never == 2, "{situation}");
        // Figures, charts and what turns the answer are those of the engine that runs natively.
        let mut state = native.defaults();
        for term in situation
            .split('&')
            .filter_map(|term| term.strip_suffix("=0,0"))
        {
            let place = native.place(native.term(term));
            state[place..place + 2].fill(0.0);
        }
        calculator.expect_with_study(&native, &state);
    }
}

/// Where it recommends the first approach by the rule of what is enough, too.
#[test]
fn a_close_call_is_called_one_wherever_the_model_finds_one() {
    let native = Native::read(MODEL);
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    let mut found = [false; 2];
    for hours in [2.0, 12.0, 14.0, 16.0, 18.0, 20.0, 24.0] {
        let mut state = native.defaults();
        state[native.input("cto_hours")] = hours;
        calculator.put(&state);
        calculator.rest();
        let close = native.estimate(&state).recommendation.close_call;
        let said: bool = calculator
            .ask("root.querySelector('[data-verdict]').innerText.includes('a close call')");
        assert_eq!(said, close, "{hours} hours");
        found[usize::from(close)] = true;
    }
    assert_eq!(found, [true; 2], "both kinds of verdicts");
}

#[test]
fn a_tap_on_a_scenario_that_comes_too_early_counts_as_soon_as_it_can() {
    let tab = Tab::new();
    // Half a second later than it comes by itself.
    tab.run_first(
        "const soon = window.fetch;
         window.fetch = (...asked) => new Promise((go) => setTimeout(go, 500)).then(() => soon(...asked));",
    );
    tab.open(&blog().web.url(ARTICLE));
    let calculator = Calculator::new(&tab, CALCULATOR);
    assert!(!calculator.is_live());
    tab.run("document.querySelector('[data-scenario=\"2\"]').focus()");
    tab.run("document.querySelector('[data-scenario=\"2\"]').click()");
    tab.wait_until("location.hash.length > 1");
}

#[test]
fn a_field_that_was_cleared_before_the_calculator_came_stays_so() {
    let tab = Tab::new();
    tab.run_first(
        "const soon = window.fetch;
         window.fetch = (...asked) => new Promise((go) => setTimeout(go, 500)).then(() => soon(...asked));",
    );
    tab.open(&blog().web.url(ARTICLE));
    let calculator = Calculator::new(&tab, CALCULATOR);
    tab.run("document.querySelector('[data-calculator] input[inputmode]').focus()");
    tab.run("document.activeElement.value = ''");
    assert!(!calculator.is_live());
    calculator.wait_until("root.hasAttribute('data-ready')");
    assert_eq!(tab.ask::<String>("document.activeElement.value"), "");
}
