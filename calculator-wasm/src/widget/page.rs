//! The page as the widget sees it: the few things that it asks of elements, and
//! the numbers that it finds in their attributes.
//!
//! The types are those of web-sys. Most of its methods carry every text through
//! Rust's memory and every impossible failure through a `Result`, which a reader
//! would have to download; so what is called here is declared here. Texts stay
//! JavaScript's. What fails throws, and the loader catches it.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone, PartialEq)]
    #[wasm_bindgen(extends = web_sys::Element)]
    pub type Element;

    #[wasm_bindgen(method, js_name = querySelectorAll)]
    fn all(this: &Element, selector: &str) -> List;

    #[wasm_bindgen(method)]
    pub fn matches(this: &Element, selector: &str) -> bool;

    #[wasm_bindgen(method, js_name = getAttribute)]
    pub fn attribute(this: &Element, name: &str) -> JsValue;

    #[wasm_bindgen(method, js_name = setAttribute)]
    pub fn set(this: &Element, name: &JsValue, value: &JsValue);

    #[wasm_bindgen(method, js_name = toggleAttribute)]
    pub fn toggle(this: &Element, name: &str, on: bool);

    #[wasm_bindgen(method, getter, js_name = textContent)]
    fn text(this: &Element) -> JsValue;

    #[wasm_bindgen(method, setter, js_name = textContent)]
    fn set_text(this: &Element, text: &JsValue);

    /// What a reader can see of the text, without what is hidden.
    #[wasm_bindgen(method, getter, js_name = innerText)]
    pub fn visible_text(this: &Element) -> JsValue;

    #[wasm_bindgen(method, js_name = addEventListener)]
    pub fn listen(this: &Element, event: &str, work: &JsValue);

    /// A list of elements, or an array.
    pub type List;

    #[wasm_bindgen(method, indexing_setter)]
    pub fn set_item(this: &List, place: u32, number: f64);

    #[wasm_bindgen(method, getter)]
    fn length(this: &List) -> u32;

    #[wasm_bindgen(method, indexing_getter)]
    fn item(this: &List, place: u32) -> JsValue;

    type Text;

    #[wasm_bindgen(method)]
    fn split(this: &Text, by: &str) -> List;

    /// The number that a text begins with, or NaN.
    #[wasm_bindgen(js_name = parseFloat)]
    pub fn number(text: &JsValue) -> f64;
}

impl Element {
    /// Leaves an element alone that has the text already, and a reader's selection in it.
    pub fn write(&self, text: &JsValue) {
        if self.text() != *text {
            self.set_text(text);
        }
    }
}

/// The elements below `root` that match a selector.
pub fn find(root: &Element, selector: &str) -> Vec<Element> {
    let elements = items(&root.all(selector));
    elements.into_iter().map(JsCast::unchecked_into).collect()
}

/// The parts of a text between separators.
pub fn parts(text: &JsValue, separator: &str) -> Vec<JsValue> {
    items(&text.unchecked_ref::<Text>().split(separator))
}

pub fn items(list: &List) -> Vec<JsValue> {
    (0..list.length()).map(|place| list.item(place)).collect()
}
