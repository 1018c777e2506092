//! The places on the page that show a figure: as text, as the geometry of a chart,
//! or by being hidden or marked. Each knows the slot of its figure; writing happens
//! only where the figure is another than the one shown.

use alloc::vec::Vec;

use wasm_bindgen::JsValue;

use super::numbers::Numbers;
use super::page::{Element, find, number, parts};
use crate::figures::Figure;

/// How an element shows a figure.
enum Show {
    Text,
    /// As a percentage in this attribute.
    Place(JsValue),
    /// By being there while the flag is so.
    When(bool),
    /// As `data-state`, for styles.
    State,
}

/// All the places of one calculator, and the figures that they show.
pub struct Spots {
    spots: Vec<(Element, usize, Show)>,
    shown: Vec<(Figure, f64)>,
}

impl Spots {
    /// The places below an element. What they show is not known yet, so that the
    /// first writing goes through all of them.
    pub fn new(root: &Element) -> Self {
        let mut spots = Vec::new();
        for element in find(root, "[data-figure]") {
            let slot = slot(&element.attribute("data-figure"));
            spots.push((element, slot, Show::Text));
        }
        for element in find(root, "[data-flag]") {
            let slot = slot(&element.attribute("data-flag"));
            spots.push((element, slot, Show::State));
        }
        for element in find(root, "[data-when]") {
            // "7", or "!7" for the opposite.
            let parts = parts(&element.attribute("data-when"), "!");
            if let Some(last) = parts.last() {
                let slot = slot(last);
                spots.push((element, slot, Show::When(parts.len() == 1)));
            }
        }
        for element in find(root, "[data-place]") {
            // "x:7 width:8"
            for pair in parts(&element.attribute("data-place"), " ") {
                if let [name, number] = parts(&pair, ":").as_slice() {
                    spots.push((element.clone(), slot(number), Show::Place(name.clone())));
                }
            }
        }
        Self {
            spots,
            shown: Vec::new(),
        }
    }

    /// Brings the page in line with the figures.
    pub fn write(&mut self, figures: Vec<(Figure, f64)>, numbers: &Numbers) {
        for (element, slot, show) in &self.spots {
            let Some((figure, value)) = figures.get(*slot) else {
                continue;
            };
            if self
                .shown
                .get(*slot)
                .is_some_and(|(_, shown)| shown == value)
            {
                continue;
            }
            match show {
                Show::Text => element.write(&numbers.text(figure.unit(), *value)),
                Show::Place(name) => {
                    element.set(name, &(JsValue::from(*value) + JsValue::from("%")))
                }
                Show::When(wanted) => element.toggle("hidden", (*value != 0.0) != *wanted),
                Show::State => {
                    let state = if *value != 0.0 { "on" } else { "off" };
                    element.set(&"data-state".into(), &state.into());
                }
            }
        }
        self.shown = figures;
    }
}

/// The slot that a text names. What is no number names the first slot, and a slot
/// that the model does not have is passed over.
fn slot(text: &JsValue) -> usize {
    number(text) as usize
}
