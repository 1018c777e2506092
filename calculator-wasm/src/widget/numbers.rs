//! Figures as text in the reader's language: the browser's own number formats, one
//! for each way of writing, made once for a calculator.

use wasm_bindgen::prelude::*;

use crate::figures::Unit;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(language: &JsValue, options: &Options) -> NumberFormat;

    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, value: f64) -> JsValue;

    #[wasm_bindgen(js_name = Object)]
    type Options;

    #[wasm_bindgen(constructor, js_class = Object)]
    fn new() -> Options;

    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Options, name: &str, value: &JsValue);
}

/// The formats of one calculator.
pub struct Numbers {
    money: NumberFormat,
    share: NumberFormat,
    weeks: NumberFormat,
    number: NumberFormat,
}

impl Numbers {
    /// The formats for a language tag and a currency code.
    pub fn new(language: &JsValue, currency: &JsValue) -> Self {
        let format = |style: &str, least_decimals: u32, most_decimals: u32| {
            let options = Options::new();
            options.set("style", &style.into());
            options.set("currency", currency);
            options.set("minimumFractionDigits", &least_decimals.into());
            options.set("maximumFractionDigits", &most_decimals.into());
            NumberFormat::new(language, &options)
        };
        Self {
            money: format("currency", 0, 0),
            share: format("percent", 0, 0),
            weeks: format("decimal", 1, 1),
            number: format("decimal", 0, 2),
        }
    }

    /// A rounded figure as text.
    pub fn text(&self, unit: Unit, value: f64) -> JsValue {
        let format = match unit {
            Unit::Money => &self.money,
            Unit::Share => &self.share,
            Unit::Weeks => &self.weeks,
            Unit::Number | Unit::Place | Unit::Flag => &self.number,
        };
        format.format(value)
    }
}
