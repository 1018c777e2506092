//! A calculator on a page, as its reader meets it: scrolled to, filled in with mouse and keyboard,
//! and every figure of it held against the native engine's.

use fastrand::Rng;
use serde::de::DeserializeOwned;
use serde_json::json;
use tallypress_calculator::model::Kind;

use crate::native::{Native, Shown};
use crate::tab::{Key, Point, Tab};

/// Half of a slider's thumb, in pixels. Its middle never comes nearer to the slider's ends.
const HALF_A_THUMB: f64 = 10.0;
/// How long a form rests before all that stands behind the answer is computed, in milliseconds.
const REST: u32 = 500;

pub struct Calculator<'a> {
    pub tab: &'a Tab,
    /// Its selector.
    pub root: String,
}

impl<'a> Calculator<'a> {
    pub fn new(tab: &'a Tab, id: &str) -> Self {
        Self {
            tab,
            root: format!("#{id}"),
        }
    }

    /// A calculator that its reader has come near to, so that it is live.
    #[track_caller]
    pub fn live(tab: &'a Tab, id: &str) -> Self {
        let calculator = Self::new(tab, id);
        calculator.come_near();
        calculator
    }

    #[track_caller]
    pub fn come_near(&self) {
        self.tab.point_at(&self.root);
        self.wait_until("root.hasAttribute('data-ready')");
    }

    #[track_caller]
    pub fn is_live(&self) -> bool {
        self.ask("root.hasAttribute('data-ready')")
    }

    /// Opens what is folded away.
    #[track_caller]
    pub fn unfold(&self) {
        self.run("root.querySelectorAll('details').forEach((fold) => fold.open = true)");
    }

    /// Leaves the form alone for as long as it needs to take that for a rest.
    #[track_caller]
    pub fn pause(&self) {
        self.tab.wait_for_frame();
        self.tab.run(&format!(
            "new Promise((done) => setTimeout(done, {REST} + 1))"
        ));
    }

    /// Leaves it alone until everything that follows a change has happened.
    #[track_caller]
    pub fn rest(&self) {
        self.pause();
        self.wait_until("!root.hasAttribute('data-studying')");
    }

    /// Fails unless the page shows exactly what the native engine says for a state: every figure,
    /// every chart, all that shows or hides or lights up. What takes longer than a frame is left
    /// out.
    #[track_caller]
    pub fn expect(&self, native: &Native, state: &[f64]) {
        self.tab.wait_for_frame();
        self.compare(None, &native.shown(state), state);
    }

    /// Fails unless the page shows all that, and all that stands behind the answer.
    #[track_caller]
    pub fn expect_with_study(&self, native: &Native, state: &[f64]) {
        self.compare(None, &native.shown_with_study(state), state);
    }

    /// The same when the form has rested.
    #[track_caller]
    pub fn expect_at_rest(&self, native: &Native, state: &[f64]) {
        self.rest();
        self.expect_with_study(native, state);
    }

    /// Fails unless one side of the comparison shows what the native engine says for a state.
    #[track_caller]
    pub fn expect_side(&self, side: usize, native: &Native, state: &[f64]) {
        self.compare(Some(side), &native.shown(state), state);
    }

    #[track_caller]
    fn compare(&self, side: Option<usize>, shown: &Shown, state: &[f64]) {
        let mut wrong = Vec::new();
        for (how, slot, actual) in self.figures(side) {
            if let Some(expected) = shown.at(&how, &slot)
                && actual != expected
            {
                wrong.push(format!("{how} {slot} is `{actual}`, not `{expected}`"));
            }
        }
        let some = &wrong[..wrong.len().min(8)];
        assert!(
            wrong.is_empty(),
            "{} figures are wrong for {state:?}:\n{}",
            wrong.len(),
            some.join("\n")
        );
    }

    /// Every place that shows a figure, on a side of the comparison or outside of both: how, which,
    /// and what it shows, such as `money`, `12`, `$41,000`.
    #[track_caller]
    fn figures(&self, side: Option<usize>) -> Vec<(String, String, String)> {
        let figures: Vec<(String, String, String)> = self.ask(&format!(
            "['money', 'weeks', 'share', 'number', 'label', 'when', 'flag', 'draw'].flatMap((how) =>
                [...root.querySelectorAll(`[data-${{how}}]:not(button)`)]
                    .filter((element) => (element.closest('[data-side]')?.dataset.side ?? '') === {side:?})
                    .map((element) => [how, element.dataset[how], {{
                        when: element.hidden ? 'hidden' : 'there',
                        flag: element.dataset.state,
                        draw: element.getAttribute('d'),
                    }}[how] ?? element.textContent.replace(element.dataset.form?.replace('#', '') ?? '', '')]))",
            side = side.map_or_else(String::new, |side| side.to_string()),
        ));
        let needed: &[&str] = match side {
            None => &["money", "weeks", "number", "label", "when", "flag", "draw"],
            Some(_) => &["money", "weeks", "number", "when"],
        };
        for how in needed {
            let there = figures.iter().any(|(other, ..)| other == how);
            assert!(there, "nothing shows a figure as {how}");
        }
        figures
    }

    /// Fails unless its fields hold a state, and exactly the rows that differ from the model are
    /// marked as changed.
    #[track_caller]
    pub fn expect_fields(&self, native: &Native, state: &[f64]) {
        self.tab.wait_for_frame();
        // A slider cannot stand between its steps.
        let held: Vec<(usize, String)> = self.ask(
            "[...root.querySelectorAll('[data-value]:not([type=range])')].flatMap(({ dataset, value }) => {
                const number = +dataset.value;
                return dataset.certain === undefined ? [[number, value]] : [0, 1, 2].map((part) => [number + part, value]);
            })",
        );
        let mut places: Vec<usize> = held.iter().map(|(place, _)| *place).collect();
        places.sort_unstable();
        assert_eq!(places, native.numbers_with_fields(), "each once");
        for (place, value) in held {
            assert_eq!(value.parse(), Ok(state[place]), "the field of {place}");
        }
        let changed = native.changed(state);
        assert_eq!(self.changed(), changed, "rows that are marked as changed");
        for (attribute, shows) in [
            ("changes", !changed.is_empty()),
            ("unchanged", changed.is_empty()),
        ] {
            let shown: Vec<bool> = self.ask(&format!(
                "[...root.querySelectorAll('[data-{attribute}]')].map(({{ hidden }}) => !hidden)"
            ));
            assert!(!shown.is_empty());
            assert!(shown.iter().all(|shown| *shown == shows), "{attribute}");
        }
    }

    /// The rows that are marked as changed.
    #[track_caller]
    fn changed(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = self.ask(
            "[...root.querySelectorAll('[data-row][data-changed]')].map(({ dataset }) => +dataset.row)",
        );
        rows.sort_unstable();
        rows
    }

    /// The rows that are said to make no sense, by attribute and in words beside their fields.
    #[track_caller]
    pub fn marked(&self) -> Vec<usize> {
        self.tab.wait_for_frame();
        let marked: Vec<usize> = self.ask(
            "[...new Set([...root.querySelectorAll('[aria-invalid=true]')]
                .map((field) => +field.closest('[data-row]').dataset.row))]",
        );
        let explained: Vec<usize> = self.ask(
            "[...root.querySelectorAll('[data-problem]')].filter((problem) => problem.checkVisibility())
                .map(({ dataset }) => +dataset.problem)",
        );
        assert_eq!(marked, explained, "every mark is explained");
        let led: Vec<bool> = self.ask(
            "[...root.querySelectorAll('[aria-invalid=true]:not([type=range])')].map((field) =>
                field.getAttribute('aria-describedby').split(' ')
                    .some((id) => document.getElementById(id).querySelector('[data-problem]:not([hidden])')))",
        );
        assert!(led.iter().all(|led| *led), "each leads to the explanation");
        // What is hidden itself would be read out all the same.
        let read_out: usize = self.ask(
            "[...root.querySelectorAll('[aria-describedby]')]
                .flatMap((field) => field.getAttribute('aria-describedby').split(' '))
                .filter((id) => document.getElementById(id).hidden).length",
        );
        assert_eq!(read_out, 0, "nobody hears of a mistake that is not there");
        marked
    }

    /// What it says about links: `old`, `broken` or `copied`.
    #[track_caller]
    pub fn said(&self) -> Vec<String> {
        self.ask(
            "[...root.querySelectorAll('[data-say]')].filter((message) => message.checkVisibility() && message.innerText)
                .map(({ dataset }) => dataset.say)",
        )
    }

    /// The address of the present state, as it is offered to readers.
    #[track_caller]
    pub fn link(&self) -> String {
        self.ask("root.querySelector('[data-link]').value")
    }

    /// Its markup, but for the mark of being live and its address.
    #[track_caller]
    pub fn markup(&self) -> String {
        self.ask(
            "{
                const copy = root.cloneNode(true);
                copy.removeAttribute('data-ready');
                copy.querySelectorAll('output[data-link]').forEach((link) => link.textContent = '');
                return copy.outerHTML;
            }",
        )
    }

    /// What each control holds.
    #[track_caller]
    pub fn values(&self) -> Vec<String> {
        self.ask("[...root.querySelectorAll('[data-value]')].map(({ value }) => value)")
    }

    /// Gives every input another value, each in one of the ways that a reader has; they go into the
    /// state, too.
    #[track_caller]
    pub fn fill_in(&self, native: &Native, random: &mut Rng, state: &mut [f64]) {
        for (input, question) in native.inputs().iter().enumerate() {
            let span = question.max - question.min;
            let value = question.min + span * random.f64();
            state[input] = match question.kind {
                Kind::Choice => self.choose(input, random.usize(..=span as usize)),
                _ if random.bool() => self.slide(input, random.f64()),
                Kind::Int => self.type_into(input, &format!("{value:.0}")),
                Kind::Percent | Kind::Real => self.type_into(input, &format!("{value:.2}")),
            };
        }
    }

    /// Types a number over the one in the field for a number of the state; returns it.
    #[track_caller]
    pub fn type_into(&self, place: usize, written: &str) -> f64 {
        self.tab.click(&self.field(place));
        self.tab.type_over(written);
        written.parse().unwrap_or(f64::NAN)
    }

    /// Types low, most likely and high of an assumption, wherever they go into the state, too.
    #[track_caller]
    pub fn assume(&self, native: &Native, key: &str, numbers: [f64; 3], state: &mut [f64]) {
        let place = native.place(native.assumption(key));
        let certain =
            numbers[0] == numbers[2] && native.defaults()[place] == native.defaults()[place + 2];
        for (part, number) in numbers.iter().enumerate() {
            if part == 0 || !certain {
                self.type_into(place + part, &number.to_string());
            }
            state[place + part] = *number;
        }
    }

    /// Drags the slider from where it is to a part of its length; returns the value it has then.
    #[track_caller]
    pub fn slide(&self, input: usize, part: f64) -> f64 {
        let slider = self.slider(input);
        let [left, width, y] = self.tab.box_of(&slider);
        let [min, max] = ["min", "max"].map(|end| self.number_in(&slider, end));
        let part_of_length = |value: f64| (value - min) / (max - min);
        let at = |part: f64| Point {
            x: left + HALF_A_THUMB + (width - 2.0 * HALF_A_THUMB) * part,
            y,
        };
        let before = part_of_length(self.number_in(&slider, "value"));
        self.tab.drag(at(before), at(part));
        let value = self.number_in(&slider, "value");
        let off = part_of_length(value) - part;
        assert!(
            off.abs() < 0.1,
            "{slider} is at {value}, not at {part} of its length"
        );
        value
    }

    /// Picks the answer of a choice with the keyboard; returns its number.
    #[track_caller]
    pub fn choose(&self, input: usize, answer: usize) -> f64 {
        let select = self.select(input);
        self.pick(&select, answer);
        answer as f64
    }

    /// Picks an entry of a list with the keyboard.
    #[track_caller]
    pub fn pick(&self, select: &str, entry: usize) {
        self.tab
            .run(&format!("document.querySelector({select:?}).focus()"));
        self.tab.press(Key::Home);
        for _ in 0..entry {
            self.tab.press(Key::Down);
        }
        assert_eq!(self.number_in(select, "value"), entry as f64);
    }

    /// Clicks one of its buttons, or whatever else the selector finds first.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.tab.click(&format!("{} {selector}", self.root));
    }

    /// Puts something into the field for a number of the state at once.
    #[track_caller]
    pub fn put_one(&self, place: usize, value: &str) {
        self.tab.run(&format!(
            "((field) => {{
                field.value = {value:?};
                field.dispatchEvent(new Event('input', {{ bubbles: true }}));
            }})(document.querySelector({:?}))",
            self.field(place)
        ));
    }

    /// Sets the numbers of a state where they differ from what its fields hold, all at once, as
    /// quickly as nobody could.
    #[track_caller]
    pub fn put(&self, state: &[f64]) {
        self.run(&format!(
            "{{
                const state = {};
                for (const field of root.querySelectorAll('[data-value]:not([type=range])')) {{
                    if (+field.value !== state[field.dataset.value]) {{
                        field.value = state[field.dataset.value];
                        field.dispatchEvent(new Event('input', {{ bubbles: true }}));
                    }}
                }}
            }}",
            json!(state)
        ));
    }

    pub fn field(&self, place: usize) -> String {
        format!("{} input[inputmode][data-value=\"{place}\"]", self.root)
    }

    pub fn slider(&self, input: usize) -> String {
        format!("{} input[type=range][data-value=\"{input}\"]", self.root)
    }

    pub fn select(&self, input: usize) -> String {
        format!("{} select[data-value=\"{input}\"]", self.root)
    }

    /// The number in a property of a control.
    #[track_caller]
    pub fn number_in(&self, control: &str, property: &str) -> f64 {
        let expression = format!("Number(document.querySelector({control:?}).{property})");
        self.tab.ask(&expression)
    }

    /// The value of an expression about its `root`.
    #[track_caller]
    pub fn ask<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.tab.ask(&self.about_root(expression))
    }

    #[track_caller]
    pub fn run(&self, work: &str) {
        self.tab.run(&self.about_root(work));
    }

    #[track_caller]
    pub fn wait_until(&self, condition: &str) {
        self.tab.wait_until(&self.about_root(condition));
    }

    fn about_root(&self, expression: &str) -> String {
        format!(
            "((root) => {expression})(document.querySelector({:?}))",
            self.root
        )
    }
}
