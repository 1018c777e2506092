//! The address of a page says what its reader changed, and nothing else. It can be kept and passed
//! on, and whatever a strange one says, the page stays sound.

use std::sync::OnceLock;

use fastrand::Rng;
use serde_json::{Value, json};
use tallypress_calculator::share::{Names, ShareError};

use crate::calculator::Calculator;
use crate::native::Native;
use crate::site::{CALCULATOR, MODEL, SECOND_MODEL, Site, repository_file, site, site_of_model};
use crate::tab::Tab;

/// The calculator alone on a page.
fn page() -> &'static Site {
    static PAGE: OnceLock<Site> = OnceLock::new();
    PAGE.get_or_init(|| site_of_model(MODEL))
}

#[test]
fn only_what_was_changed_is_in_the_address() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.unfold();
    let plain: String = tab.ask("location.href");
    let expect = |fragment: &str| {
        calculator.pause();
        assert_eq!(
            tab.ask::<String>("location.href"),
            format!("{plain}{fragment}")
        );
        let here = if fragment.is_empty() {
            "#cto-or-partner"
        } else {
            fragment
        };
        assert_eq!(calculator.link(), format!("{plain}{here}"));
    };
    let steps: usize = tab.ask("history.length");
    let version = native.model.version;
    let mut state = native.defaults();
    expect("");
    calculator.type_into(native.input("people"), "40");
    expect(&format!("#cto-or-partner:v{version}&people=40"));
    calculator.assume(&native, "rate.partner", [100.0, 200.5, 300.0], &mut state);
    expect(&format!(
        "#cto-or-partner:v{version}&people=40&rate.partner=100,200.5,300"
    ));
    calculator.assume(&native, "horizon_weeks", [26.0; 3], &mut state);
    calculator.assume(&native, "rate.cto", [120.0; 3], &mut state);
    expect(&format!(
        "#cto-or-partner:v{version}&people=40&rate.cto=120&rate.partner=100,200.5,300&horizon_weeks=26"
    ));
    // Changes are no pages of their own, but what replaces all answers can be taken back.
    assert_eq!(tab.ask::<usize>("history.length"), steps);
    calculator.click("[data-reset='']");
    expect("");
    assert_eq!(tab.ask::<usize>("history.length"), steps + 1);
    tab.go(-1);
    expect(&format!(
        "#cto-or-partner:v{version}&people=40&rate.cto=120&rate.partner=100,200.5,300&horizon_weeks=26"
    ));
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn the_address_follows_without_moving_the_page() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.type_into(native.input("people"), "40");
    tab.wait_for_frame();
    let before: f64 = tab.ask("scrollY");
    calculator.pause();
    assert_eq!(tab.ask::<f64>("scrollY"), before);
}

#[test]
fn no_more_digits_count_than_an_address_carries() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    let place = native.place(native.assumption("value_recapture"));
    calculator.put_one(place, "0.12345678");
    let mut state = native.defaults();
    state[place..place + 3].fill(0.123_457);
    calculator.expect_at_rest(&native, &state);
    let link = calculator.link();
    assert!(link.ends_with("value_recapture=0.123457"), "{link}");
}

#[test]
fn a_jump_to_a_part_of_the_calculator_leaves_the_address_with_what_was_changed() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.type_into(native.input("people"), "40");
    calculator.pause();
    let address: String = tab.ask("location.href");
    assert!(address.contains("&people=40"), "{address}");
    let part = format!("#{CALCULATOR}-timeline");
    calculator.run(&format!("root.querySelector('[href=\"{part}\"]').click()"));
    tab.wait_until(&format!("location.href === {address:?}"));
    let top: f64 = tab.ask(&format!(
        "document.querySelector({part:?}).getBoundingClientRect().top"
    ));
    assert!(
        (0.0..200.0).contains(&top),
        "the part begins at {top} pixels"
    );
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn an_address_brings_everything_back() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    let mut random = Rng::with_seed(17);
    for _ in 0..3 {
        let state = native.random_neat_state(&mut random);
        calculator.put(&state);
        calculator.pause();
        let elsewhere = Tab::new();
        elsewhere.open(&calculator.link());
        let opened = Calculator::new(&elsewhere, CALCULATOR);
        opened.wait_until("root.hasAttribute('data-ready')");
        opened.expect_fields(&native, &state);
        opened.expect_at_rest(&native, &state);
        assert_eq!(opened.said(), [""; 0]);
        assert_eq!(opened.link(), calculator.link());
        // It leads to the calculator, too.
        let top: f64 = opened.ask("root.getBoundingClientRect().top");
        assert!(top.abs() < 100.0, "the calculator begins at {top} pixels");
        // And once more.
        elsewhere.reload();
        opened.wait_until("root.hasAttribute('data-ready')");
        opened.expect_fields(&native, &state);
        opened.expect(&native, &state);
    }
}

#[test]
fn the_page_and_the_terminal_read_and_write_the_same_addresses() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    calculator.run(
        "(async () => {
            const { widget, wasm } = root.dataset;
            const loader = await import(document.querySelector('script[src*=loader]').src);
            const { shared, opened } = await loader.widget(widget, wasm);
            const facts = JSON.parse(root.querySelector('[data-facts]').textContent);
            window.write = (state, usual) => shared(facts, state, usual);
            window.read = (text, usual) => opened(facts, text, usual) || 'broken';
        })()",
    );
    let keys = native.model.keys().collect::<Vec<_>>().join(" ");
    let terms = native.model.model.terms();
    let terms: Vec<usize> = terms.iter().map(|(_, _, numbers)| numbers.len()).collect();
    let names = Names {
        version: native.model.version as f64,
        keys: keys.as_bytes(),
        inputs: native.inputs().len(),
        assumptions: native.model.assumptions.len(),
        terms: &terms,
    };
    let usual = native.defaults();
    let mut random = Rng::with_seed(29);
    let version = native.model.version;
    let pieces = [
        "v",
        "1",
        "2",
        "&",
        "=",
        ",",
        ".",
        "-",
        "people",
        "rate.cto",
        "rate.partner",
        "horizon_weeks",
        "ramp.worth.cto",
        "share.kickoff.cto",
        "0.5",
        "1e9",
        "1000000001",
        "0.0000001",
        "½",
        "NaN",
    ];
    for turn in 0..400 {
        let text = match turn % 2 {
            0 => {
                let state = native.random_neat_state(&mut random);
                let written = String::from_utf8_lossy(&names.write(&state, &usual)).into_owned();
                let in_the_page: String =
                    tab.ask(&format!("write({}, {})", json!(state), json!(usual)));
                assert_eq!(in_the_page, written);
                written
            }
            _ => {
                let mut piece = || random.choice(pieces).unwrap_or_default();
                let some: Vec<&str> = (0..turn % 9).map(|_| piece()).collect();
                format!("v{version}&people=30{}", some.concat())
            }
        };
        let mut state = usual.clone();
        let expected = match names.read(text.as_bytes(), &mut state) {
            Ok(()) => json!(state),
            Err(ShareError::Version) => json!("old"),
            Err(ShareError::Broken) => json!("broken"),
        };
        let found: Value = tab.ask(&format!("read({}, {})", json!(text), json!(usual)));
        let numbers = |value: &Value| -> Option<Vec<f64>> {
            value.as_array()?.iter().map(Value::as_f64).collect()
        };
        match numbers(&expected) {
            Some(state) => assert_eq!(numbers(&found), Some(state), "{text}"),
            None => assert_eq!(found, expected, "{text}"),
        }
    }
}

#[test]
fn back_and_forward_lead_through_addresses() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    let [people, functions] = ["people", "functions"].map(|id| native.input(id));
    let (mut first, mut second) = (native.defaults(), native.defaults());
    first[people] = calculator.type_into(people, "40");
    calculator.pause();
    second[functions] = 9.0;
    let expect = |state: &[f64]| {
        calculator.expect_fields(&native, state);
        calculator.expect(&native, state);
    };
    tab.follow("cto-or-partner:v1&functions=9");
    expect(&second);
    tab.go(-1);
    expect(&first);
    tab.go(1);
    expect(&second);
    calculator.pause();
    tab.go(-1);
    expect(&first);
    tab.reload();
    calculator.wait_until("root.hasAttribute('data-ready')");
    expect(&first);
}

#[test]
fn a_tap_on_a_scenario_is_taken_back_with_the_browser_s_button() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    let expect = |state: &[f64]| {
        calculator.expect_fields(&native, state);
        calculator.expect(&native, state);
        calculator.pause();
    };
    let mut states = vec![native.defaults()];
    let mut go_on = |selector: &str, state: Vec<f64>| {
        calculator.click(selector);
        expect(&state);
        states.push(state);
    };
    go_on(
        "[data-scenario=\"1\"]",
        native.scenario(1, &native.defaults()),
    );
    go_on(
        "[data-scenario=\"3\"]",
        native.scenario(3, &native.defaults()),
    );
    go_on("[data-reset='']", native.defaults());
    for state in states[..3].iter().rev() {
        tab.go(-1);
        expect(state);
    }
    for state in &states[1..] {
        tab.go(1);
        expect(state);
    }
    assert_eq!(tab.problems(), [""; 0]);
}

#[test]
fn calculators_of_a_page_share_its_address() {
    let native = Native::read(MODEL);
    let second_native = Native::read(SECOND_MODEL);
    let page = "{{ calculator(model=\"cto-or-partner\") }}

{{ calculator(model=\"cto-or-partner\") }}

{{ calculator(model=\"second-model\") }}
";
    let site = site(&[
        (
            "content/estimates/cto-or-partner.toml",
            &repository_file(MODEL),
        ),
        (
            "content/estimates/second-model.toml",
            &repository_file(SECOND_MODEL),
        ),
        ("content/page.md", page),
    ]);
    let tab = site.visit("page/");
    let ids = ["cto-or-partner", "cto-or-partner-2", "second-model"];
    let natives = [&native, &native, &second_native];
    let mut states = natives.map(Native::defaults);
    for (place, (input, value)) in [("people", "40"), ("functions", "9"), ("shelves", "3")]
        .into_iter()
        .enumerate()
    {
        let calculator = Calculator::live(&tab, ids[place]);
        let input = natives[place].input(input);
        states[place][input] = calculator.type_into(input, value);
        calculator.pause();
    }
    let hash: String = tab.ask("location.hash");
    assert_eq!(
        hash,
        "#cto-or-partner:v1&people=40/cto-or-partner-2:v1&functions=9/second-model:v3&shelves=3"
    );

    let elsewhere = Tab::new();
    elsewhere.open(&tab.ask::<String>("location.href"));
    for ((id, native), state) in ids.iter().zip(natives).zip(&states) {
        let opened = Calculator::live(&elsewhere, id);
        opened.expect_fields(native, state);
        opened.expect(native, state);
    }

    // The link of each is about that one alone.
    let [_, second, _] = ids.map(|id| Calculator::new(&elsewhere, id));
    second.pause();
    assert!(
        second
            .link()
            .ends_with("/page/#cto-or-partner-2:v1&functions=9")
    );
    second.click("[data-reset='']");
    second.pause();
    let hash: String = elsewhere.ask("location.hash");
    assert_eq!(
        hash,
        "#cto-or-partner:v1&people=40/second-model:v3&shelves=3"
    );
    assert_eq!(elsewhere.problems(), [""; 0]);
}

/// What can be wrong with a link.
const BROKEN: [&str; 32] = [
    "",
    "v",
    "vx&people=30",
    "1&people=30",
    "v1&",
    "v1&people",
    "v1&people=",
    "v1&=30",
    "v1&people=many",
    "v1&people=NaN",
    "v1&people=Infinity",
    "v1&people=1e2",
    "v1&people=30,40",
    "v1&people= 30",
    "v1&people=-30",
    "v1&people=151",
    "v1&people=30.5",
    "v1&people=99999999999999999999999999999999",
    "v1&start=6",
    "v1&nobody=3",
    "v1&__proto__=3",
    "v1&constructor=3",
    "v1&rate.partner=150,250",
    "v1&rate.partner=400,250,150",
    "v1&rate.partner=-1",
    "v1&value_recapture=1.5",
    "v1&quality_target=0",
    "v1&people=30&people=x",
    "v1&people=%zz30",
    "v1&people=３０",
    "v1&<img src=x onerror=alert(1)>=1",
    "v1?people=30",
];

/// Links for other versions of the model.
const OLD: [&str; 3] = ["v0&people=30", "v2&people=30", "v1.5&who=knows"];

/// What is none of the calculator's business.
const OF_NO_CONCERN: [&str; 8] = [
    "%",
    "%E0%A4%A",
    "cto-or-partner",
    "cto-or-partner/people=30",
    "cto-or-partner-2:v1&people=30",
    "Cto-or-partner:v2",
    "::://///",
    "somebody:else's/business:too",
];

/// Fragments with what the page has to say about them.
fn strange_fragments() -> impl Iterator<Item = (String, &'static [&'static str])> {
    let own = |text: &&str| format!("cto-or-partner:{text}");
    let endless = format!("cto-or-partner:v1{}", "&people".repeat(20_000));
    let broken = BROKEN.iter().map(own).chain([endless]);
    let old = OLD.iter().map(own);
    let of_no_concern = OF_NO_CONCERN.iter().map(|text| (*text).to_owned());
    broken
        .map(|text| (text, &["broken"][..]))
        .chain(old.map(|text| (text, &["old"][..])))
        .chain(of_no_concern.map(|text| (text, &[][..])))
}

#[test]
fn a_link_that_makes_no_sense_shows_the_defaults_and_says_so() {
    let native = Native::read(MODEL);
    let tab = Tab::new();
    for (fragment, says) in strange_fragments() {
        tab.open("about:blank");
        tab.open(&format!("{}#{fragment}", page().web.url("page/")));
        let calculator = Calculator::live(&tab, CALCULATOR);
        let shown: String = fragment.chars().take(80).collect();
        assert_eq!(calculator.said(), says, "{shown}");
        calculator.expect_fields(&native, &native.defaults());
        calculator.expect(&native, &native.defaults());
        assert_eq!(tab.problems(), [""; 0], "{shown}");
    }
}

#[test]
fn what_is_said_about_a_link_is_gone_when_the_reader_goes_on() {
    let native = Native::read(MODEL);
    let tab = Tab::new();
    tab.open(&format!(
        "{}#cto-or-partner:v1&nobody=3",
        page().web.url("page/")
    ));
    let calculator = Calculator::live(&tab, CALCULATOR);
    assert_eq!(calculator.said(), ["broken"]);
    calculator.type_into(native.input("people"), "40");
    assert_eq!(calculator.said(), [""; 0]);
}

/// Some programs write signs of an address in another way when they pass it on.
#[test]
fn a_link_that_was_written_differently_on_its_way_is_understood() {
    let native = Native::read(MODEL);
    let mut state = native.defaults();
    state[native.input("people")] = 40.0;
    let partner = native.place(native.assumption("rate.partner"));
    state[partner..partner + 3].copy_from_slice(&[100.0, 200.0, 300.0]);
    for fragment in [
        "cto-or-partner%3Av1&people=40&rate.partner=100%2C200%2C300",
        "cto-or-partner%3av1&people=40&rate.partner=100%2c200%2c300",
        "cto-or-partner:v1&amp;people=40&amp;rate.partner=100,200,300",
        "cto-or-partner:v1&people=40&rate.partner=100,200,300.",
        "cto-or-partner:v1&people=40&rate.partner=100,200,300).",
        "cto-or-partner:v1&people=40&rate.partner=100,200,300%29",
        "cto-or-partner%3Av1%26people%3D40%26amp%3Brate.partner=100,200,300>",
        "cto-or-partner:v1&people=40&rate.partner=100,200,300,",
        "cto-or-partner%253Av1%2526people%253D40%2526rate.partner%253D100%252C200%252C300",
    ] {
        let tab = Tab::new();
        tab.open(&format!("{}#{fragment}", page().web.url("page/")));
        // Without coming near: the link alone brings the calculator to life.
        let calculator = Calculator::new(&tab, CALCULATOR);
        calculator.wait_until("root.hasAttribute('data-ready')");
        calculator.expect_fields(&native, &state);
        calculator.expect(&native, &state);
        assert_eq!(calculator.said(), [""; 0], "{fragment}");
    }
}

#[test]
fn a_senseless_link_that_is_followed_on_the_page_does_the_same() {
    let native = Native::read(MODEL);
    let tab = page().visit("page/");
    let calculator = Calculator::live(&tab, CALCULATOR);
    let mut changed = native.defaults();
    for (turn, (fragment, says)) in strange_fragments().enumerate() {
        // Each time another one, so that it is somewhere else.
        let people = 30 + turn % 2;
        changed[native.input("people")] = people as f64;
        tab.follow(&format!("cto-or-partner:v1&people={people}"));
        assert_eq!(calculator.said(), [""; 0]);
        tab.follow(&fragment);
        let shown: String = fragment.chars().take(80).collect();
        assert_eq!(calculator.said(), says, "{shown}");
        // Other places of the page change nothing, and an address of other calculators says that
        // nothing is changed in this one.
        let state = match fragment.contains(':') {
            true => &native.defaults(),
            false => &changed,
        };
        calculator.expect_fields(&native, state);
        calculator.expect(&native, state);
    }
    assert_eq!(tab.problems(), [""; 0]);
}
