//! What the widget asks of the page's markup: elements by attribute, the slot or
//! input numbers that the attributes hold, and cheap ways to write to an element.

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// An element that the widget writes to. web-sys has the same methods, but each
    /// would carry its text through Rust's memory and its failure through a `Result`.
    #[derive(Clone, PartialEq)]
    #[wasm_bindgen(extends = Element)]
    pub type Spot;

    #[wasm_bindgen(method, getter, js_name = textContent)]
    fn text(this: &Spot) -> JsString;

    #[wasm_bindgen(method, setter, js_name = textContent)]
    fn set_text(this: &Spot, text: &JsString);

    #[wasm_bindgen(method, js_name = setAttribute)]
    pub fn set(this: &Spot, name: &JsValue, value: &JsValue);

    #[wasm_bindgen(method, js_name = toggleAttribute)]
    pub fn toggle(this: &Spot, name: &str, on: bool);
}

impl Spot {
    /// Leaves an element alone that has the text already, and a reader's selection in it.
    pub fn write(&self, text: &JsString) {
        if self.text() != *text {
            self.set_text(text);
        }
    }
}

/// The elements below `root` that carry an attribute, with its text.
pub fn carrying(root: &Element, attribute: &str) -> Vec<(Spot, String)> {
    let mut selector = String::from("[");
    selector.push_str(attribute);
    selector.push(']');
    let Ok(list) = root.query_selector_all(&selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|position| list.item(position))
        .map(|node| {
            let spot = node.unchecked_into::<Spot>();
            let text = spot.get_attribute(attribute).unwrap_or_default();
            (spot, text)
        })
        .collect()
}

/// The same for an attribute that holds a number below `count`; other elements are passed over.
pub fn numbered(root: &Element, attribute: &str, count: usize) -> Vec<(Spot, usize)> {
    carrying(root, attribute)
        .into_iter()
        .filter_map(|(spot, text)| Some((spot, index(&text, count)?)))
        .collect()
}

/// A number below `count`.
pub fn index(text: &str, count: usize) -> Option<usize> {
    text.parse().ok().filter(|&number| number < count)
}
