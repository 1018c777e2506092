//! The form of a calculator: which control sets which input, what a reader has
//! put into it, and how several controls of one input are kept in step.

use alloc::vec::Vec;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::numbers::Numbers;
use super::page::{Spot, numbered};
use crate::figures::input_figure;
use crate::model::Model;

#[wasm_bindgen]
extern "C" {
    /// `<input>` or `<select>`: what they have in common here.
    #[derive(Clone, PartialEq)]
    #[wasm_bindgen(extends = Spot, extends = Element)]
    type Control;

    #[wasm_bindgen(method, getter)]
    fn value(this: &Control) -> JsString;

    // The browser writes the number out, as short as it goes.
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Control, value: f64);

    #[wasm_bindgen(method, getter)]
    fn r#type(this: &Control) -> JsString;

    #[wasm_bindgen(method, getter)]
    fn checked(this: &Control) -> bool;

    #[wasm_bindgen(method, setter)]
    fn set_checked(this: &Control, checked: bool);

    #[wasm_bindgen(js_name = parseFloat)]
    fn parse(text: &JsString) -> f64;
}

impl Control {
    /// The number in the control; NaN when there is none.
    fn number(&self) -> f64 {
        parse(&self.value())
    }

    /// One of several buttons, each with a fixed value.
    fn is_radio(&self) -> bool {
        self.r#type() == *"radio"
    }

    fn show(&self, value: f64) {
        if self.is_radio() {
            self.set_checked(self.number() == value);
        } else {
            self.set_value(value);
        }
    }

    fn mark(&self, valid: bool) {
        let (name, value) = ("aria-invalid", if valid { "false" } else { "true" });
        self.set(&name.into(), &value.into());
    }
}

/// The form, and the inputs as last understood.
pub struct Controls {
    controls: Vec<(Control, usize)>,
    /// Where an input's value is written out beside its control.
    texts: Vec<(Spot, usize)>,
    /// What to say about a value that makes no sense.
    problems: Vec<(Spot, usize)>,
    values: Vec<f64>,
}

impl Controls {
    /// The controls below an element. A browser may have restored what a reader
    /// had set before, and a reader may have been faster than the download: a
    /// control that differs from its default is taken at its word.
    pub fn new(root: &Element, model: &Model, numbers: &Numbers) -> Self {
        let values = model.defaults();
        let mut form = Self {
            controls: numbered(root, "data-input", values.len())
                .into_iter()
                .map(|(spot, input)| (spot.unchecked_into(), input))
                .collect(),
            texts: numbered(root, "data-input-text", values.len()),
            problems: numbered(root, "data-input-error", values.len()),
            values,
        };
        for (control, input) in &form.controls {
            let set = !control.is_radio() || control.checked();
            if set && control.number() != model.inputs[*input].default {
                try_set(&mut form.values, *input, control.number(), model);
            }
        }
        form.show_all(model, numbers);
        form
    }

    /// The inputs, each legal.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Takes over what a control says after an event on it. False when it is no
    /// control of this form, or says nothing sensible.
    pub fn read(&mut self, element: &Element, model: &Model, numbers: &Numbers) -> bool {
        let found = self.controls.iter().find(|(control, _)| ***control == *element);
        let Some((control, input)) = found.cloned() else {
            return false;
        };
        let valid = try_set(&mut self.values, input, control.number(), model);
        if valid {
            self.show(input, Some(&control), model, numbers);
        } else {
            control.mark(false);
            self.tell(input, false);
        }
        valid
    }

    /// Puts every input back to its default.
    pub fn reset(&mut self, model: &Model, numbers: &Numbers) {
        self.values = model.defaults();
        self.show_all(model, numbers);
    }

    fn show_all(&self, model: &Model, numbers: &Numbers) {
        for input in 0..self.values.len() {
            self.show(input, None, model, numbers);
        }
    }

    /// Brings all that shows an input in line with it, except the control in which
    /// the reader is typing.
    fn show(&self, input: usize, typing: Option<&Control>, model: &Model, numbers: &Numbers) {
        let value = self.values[input];
        for (control, _) in self.controls.iter().filter(|(_, of)| *of == input) {
            if Some(control) != typing {
                control.show(value);
            }
            control.mark(true);
        }
        self.tell(input, true);
        let (unit, figure) = input_figure(model.inputs[input].kind, value);
        for (text, _) in self.texts.iter().filter(|(_, of)| *of == input) {
            text.write(&numbers.text(unit, figure));
        }
    }

    fn tell(&self, input: usize, valid: bool) {
        for (problem, _) in self.problems.iter().filter(|(_, of)| *of == input) {
            problem.toggle("hidden", valid);
        }
    }
}

/// Sets one input if that gives something that the model can be computed for.
fn try_set(values: &mut [f64], input: usize, value: f64, model: &Model) -> bool {
    let before = values[input];
    values[input] = value;
    let valid = model.check_inputs(values).is_ok();
    if !valid {
        values[input] = before;
    }
    valid
}
