//! The form of a calculator: which control sets which input, what a reader has put
//! into it, and how several controls of one input are kept in step.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;
use web_sys::HtmlInputElement;

use super::numbers::Numbers;
use super::page::{Element, find, number};
use crate::figures::input_figure;
use crate::model::Model;

#[wasm_bindgen]
extern "C" {
    /// `<input>` or `<select>`: what they have in common here.
    #[derive(Clone, PartialEq)]
    #[wasm_bindgen(extends = Element, extends = web_sys::Element)]
    type Control;

    #[wasm_bindgen(method, getter)]
    fn value(this: &Control) -> JsValue;

    // The browser writes the number out, as short as it goes.
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Control, value: f64);

    // Null takes the attribute away.
    #[wasm_bindgen(method, setter, js_name = ariaInvalid)]
    fn set_aria_invalid(this: &Control, mark: &JsValue);
}

impl Control {
    fn number(&self) -> f64 {
        number(&self.value())
    }

    /// One of several buttons has a value of its own, which it keeps.
    fn show(&self, value: f64) {
        if self.matches("[type=radio]") {
            let button = self.unchecked_ref::<HtmlInputElement>();
            button.set_checked(self.number() == value);
        } else {
            self.set_value(value);
        }
    }
}

/// What an element of the form is there for.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Control,
    /// Writes the input's value out.
    Text,
    /// Says what is wrong with a value.
    Problem,
}

/// The form, and the inputs as last understood.
pub struct Controls {
    parts: Vec<(Control, usize, Part)>,
    values: Vec<f64>,
}

impl Controls {
    /// The controls below an element. A browser may have restored what a reader
    /// had set before, and a reader may have been faster than the download: a
    /// control that differs from its default is taken at its word.
    pub fn new(root: &Element, model: &Model, numbers: &Numbers) -> Self {
        let mut parts = Vec::new();
        for (selector, attribute, part) in [
            ("[data-input]", "data-input", Part::Control),
            ("[data-input-text]", "data-input-text", Part::Text),
            ("[data-input-error]", "data-input-error", Part::Problem),
        ] {
            for element in find(root, selector) {
                let input = number(&element.attribute(attribute)) as usize;
                parts.push((element.unchecked_into(), input, part));
            }
        }
        let mut form = Self {
            parts,
            values: model.defaults(),
        };
        for (control, input, part) in &form.parts {
            let set = *part == Part::Control && !control.matches("[type=radio]:not(:checked)");
            if set
                && model
                    .inputs
                    .get(*input)
                    .is_some_and(|known| known.default != control.number())
            {
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

    /// Takes over what an element says after an event on it. True if an input is
    /// another now: not if the element is no control of this form, or says nothing
    /// new, or nothing sensible.
    pub fn read(&mut self, element: &Element, model: &Model, numbers: &Numbers) -> bool {
        let mut known = self
            .parts
            .iter()
            .filter(|(_, _, part)| *part == Part::Control);
        let Some((control, input, _)) = known.find(|(control, ..)| **control == *element) else {
            return false;
        };
        let (control, input) = (control.clone(), *input);
        let before = self.values.get(input).copied();
        let valid = try_set(&mut self.values, input, control.number(), model);
        self.show(input, valid, Some(&control), model, numbers);
        self.values.get(input).copied() != before
    }

    /// Puts every input back to its default.
    pub fn reset(&mut self, model: &Model, numbers: &Numbers) {
        self.values = model.defaults();
        self.show_all(model, numbers);
    }

    fn show_all(&self, model: &Model, numbers: &Numbers) {
        for input in 0..self.values.len() {
            self.show(input, true, None, model, numbers);
        }
    }

    /// Brings all that shows an input in line with it, but never writes into the
    /// control in which the reader is typing. If what stands there is not valid,
    /// it is marked and the others stay.
    fn show(
        &self,
        input: usize,
        valid: bool,
        typing: Option<&Control>,
        model: &Model,
        numbers: &Numbers,
    ) {
        for (element, _, part) in self.parts.iter().filter(|(_, of, _)| *of == input) {
            match part {
                Part::Control => {
                    let is_typed_in = typing == Some(element);
                    if valid && !is_typed_in {
                        element.show(self.values[input]);
                    }
                    if valid || is_typed_in {
                        let mark = if valid { JsValue::NULL } else { "true".into() };
                        element.set_aria_invalid(&mark);
                    }
                }
                Part::Text => {
                    let (unit, figure) = input_figure(model.inputs[input].kind, self.values[input]);
                    element.write(&numbers.text(unit, figure));
                }
                Part::Problem => element.toggle("hidden", valid),
            }
        }
    }
}

/// Sets one input if that gives something that the model can be computed for.
fn try_set(values: &mut [f64], input: usize, value: f64, model: &Model) -> bool {
    let Some(place) = values.get_mut(input) else {
        return false;
    };
    let before = core::mem::replace(place, value);
    let valid = model.check_inputs(values).is_ok();
    if !valid {
        values[input] = before;
    }
    valid
}
