//! The places on the page that show a figure: as text, as the geometry of a
//! chart, or by being hidden or marked. Each remembers its slot; writing happens
//! only where the figure is another than the one shown.

use alloc::vec::Vec;

use wasm_bindgen::JsValue;
use web_sys::Element;

use super::numbers::Numbers;
use super::page::{Spot, carrying, index, numbered};
use crate::figures::Layout;

/// Attributes of SVG elements that a page may hand to the widget.
const GEOMETRY: [&str; 7] = ["x", "width", "x1", "x2", "cx", "y", "height"];

/// How a figure shows in an element.
enum Show {
    Text,
    /// As a percentage in an attribute.
    Place(JsValue),
    /// By being there, when the figure is this one.
    When(bool),
    /// As `data-state`, which styles can see.
    State,
}

/// All the places of one calculator, and what they show at present.
pub struct Spots {
    spots: Vec<(Spot, usize, Show)>,
    shown: Vec<f64>,
}

impl Spots {
    /// The places below an element. What they show is not known yet, so that the
    /// first writing goes through all of them.
    pub fn new(root: &Element, layout: &Layout) -> Self {
        let count = layout.figures().len();
        let mut spots = Vec::new();
        for (spot, slot) in numbered(root, "data-figure", count) {
            spots.push((spot, slot, Show::Text));
        }
        for (spot, slot) in numbered(root, "data-flag", count) {
            spots.push((spot, slot, Show::State));
        }
        for (spot, text) in carrying(root, "data-when") {
            let (wanted, number) = match text.strip_prefix('!') {
                Some(number) => (false, number),
                None => (true, text.as_str()),
            };
            if let Some(slot) = index(number, count) {
                spots.push((spot, slot, Show::When(wanted)));
            }
        }
        for (spot, text) in carrying(root, "data-place") {
            for pair in text.split(' ') {
                if let Some((name, number)) = pair.split_once(':')
                    && let Some(slot) = index(number, count)
                    && GEOMETRY.contains(&name)
                {
                    spots.push((spot.clone(), slot, Show::Place(name.into())));
                }
            }
        }
        Self {
            spots,
            shown: alloc::vec![f64::NAN; count],
        }
    }

    /// Brings the page in line with the figures.
    pub fn write(&mut self, figures: Vec<f64>, layout: &Layout, numbers: &Numbers) {
        for (spot, slot, show) in &self.spots {
            let value = figures[*slot];
            if value == self.shown[*slot] {
                continue;
            }
            match show {
                Show::Text => spot.write(&numbers.text(layout.figures()[*slot].unit(), value)),
                Show::Place(name) => spot.set(name, &(JsValue::from(value) + JsValue::from("%"))),
                Show::When(wanted) => spot.toggle("hidden", (value != 0.0) != *wanted),
                Show::State => {
                    let state = if value != 0.0 { "on" } else { "off" };
                    spot.set(&"data-state".into(), &state.into());
                }
            }
        }
        self.shown = figures;
    }
}
