//! A calculator on a page, as its reader meets it: scrolled to, filled in with mouse and keyboard,
//! and every figure of it held against the native engine's.

use fastrand::Rng;
use serde::de::DeserializeOwned;
use tallypress_calculator::model::Kind;

use crate::native::Native;
use crate::tab::{Key, Point, Tab};

/// Half of a slider's thumb, in pixels. Its middle never comes nearer to the slider's ends.
const HALF_A_THUMB: f64 = 8.0;

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

    /// Fails unless the page shows exactly what the native engine says for these inputs: every
    /// figure, every length, all that shows or hides or lights up.
    #[track_caller]
    pub fn expect(&self, native: &Native, inputs: &[f64]) {
        self.tab.wait_for_frame();
        let shown = native.shown(inputs);
        let mut wrong = Vec::new();
        for (how, slot, actual) in self.figures() {
            let expected = shown.at(&how, &slot);
            if actual != expected {
                wrong.push(format!("{how} {slot} is `{actual}`, not `{expected}`"));
            }
        }
        let some = &wrong[..wrong.len().min(8)];
        assert!(
            wrong.is_empty(),
            "{} figures are wrong with the inputs {inputs:?}:\n{}",
            wrong.len(),
            some.join("\n")
        );
    }

    /// Every place that shows a figure: how, which, and what it shows, such as `text`, `12`, `$41,000`.
    #[track_caller]
    fn figures(&self) -> Vec<(String, String, String)> {
        let figures: Vec<(String, String, String)> = self.ask(
            "[...root.querySelectorAll('[data-figure], [data-place], [data-when], [data-flag]')].flatMap((element) => {
                const { figure, place = '', when, flag, state } = element.dataset;
                return [
                    ...(figure ? [['text', figure, element.textContent]] : []),
                    ...(when ? [['when', when, element.hasAttribute('hidden') ? 'hidden' : 'there']] : []),
                    ...(flag ? [['state', flag, state]] : []),
                    ...place.split(' ').filter(Boolean).map((pair) => pair.split(':'))
                        .map(([name, slot]) => [name, slot, element.getAttribute(name)]),
                ];
            })",
        );
        for how in ["text", "when", "state", "x", "width", "x1"] {
            let there = figures.iter().any(|(other, ..)| other == how);
            assert!(there, "nothing shows a figure as {how}");
        }
        figures
    }

    /// Its markup, but for the mark of being live.
    #[track_caller]
    pub fn markup(&self) -> String {
        let markup: String = self.ask("root.outerHTML");
        markup.replacen(" data-ready=\"\"", "", 1)
    }

    /// What each control holds.
    #[track_caller]
    pub fn values(&self) -> Vec<String> {
        self.ask("[...root.querySelectorAll('[data-input]')].map(({ value }) => value)")
    }

    /// Gives every input another value, each in one of the ways that a reader has; returns the values.
    #[track_caller]
    pub fn fill_in(&self, native: &Native, random: &mut Rng) -> Vec<f64> {
        let inputs = native.inputs().iter().enumerate();
        inputs
            .map(|(input, question)| {
                let span = question.max - question.min;
                let value = question.min + span * random.f64();
                match question.kind {
                    Kind::Choice => self.choose(input, random.usize(..=span as usize)),
                    _ if random.bool() => self.slide(input, random.f64()),
                    Kind::Int => self.type_into(input, &format!("{value:.0}")),
                    Kind::Percent | Kind::Real => self.type_into(input, &format!("{value:.2}")),
                }
            })
            .collect()
    }

    /// Types a number over the one in the field; returns it.
    #[track_caller]
    pub fn type_into(&self, input: usize, written: &str) -> f64 {
        self.tab.click(&self.field(input));
        self.tab.type_over(written);
        written.parse().unwrap_or(f64::NAN)
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
        self.tab
            .run(&format!("document.querySelector({select:?}).focus()"));
        self.tab.press(Key::Home);
        for _ in 0..answer {
            self.tab.press(Key::Down);
        }
        assert_eq!(self.number_in(&select, "value"), answer as f64);
        answer as f64
    }

    pub fn field(&self, input: usize) -> String {
        format!("{} input[type=number][data-input=\"{input}\"]", self.root)
    }

    pub fn slider(&self, input: usize) -> String {
        format!("{} input[type=range][data-input=\"{input}\"]", self.root)
    }

    pub fn select(&self, input: usize) -> String {
        format!("{} select[data-input=\"{input}\"]", self.root)
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
    pub fn run(&self, expression: &str) {
        self.tab.run(&self.about_root(expression));
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
