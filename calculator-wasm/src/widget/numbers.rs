//! Figures as text, in the reader's language: the browser's own number formats,
//! one for each unit, made once for a calculator.

use js_sys::{JsString, Object};
use wasm_bindgen::prelude::*;

use crate::figures::Unit;

#[wasm_bindgen]
extern "C" {
    // Not js-sys's: there `format` is a function to be fetched and then called,
    // with a `Result`; here it is one plain call.
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str, options: &Options) -> Result<NumberFormat, JsValue>;

    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, value: f64) -> JsString;

    #[wasm_bindgen(extends = Object)]
    type Options;

    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Options, name: &str, value: &JsValue);
}

/// The formats of one calculator.
pub struct Numbers {
    money: NumberFormat,
    share: NumberFormat,
    tenths: NumberFormat,
    plain: NumberFormat,
}

impl Numbers {
    /// The formats of a language tag and a currency code; nothing if the browser refuses one of them.
    pub fn new(language: &str, currency: &str) -> Option<Self> {
        let decimals = |least: u32, most: u32| {
            let options = Object::new().unchecked_into::<Options>();
            options.set("minimumFractionDigits", &least.into());
            options.set("maximumFractionDigits", &most.into());
            options
        };
        let styled = |style: &str| {
            let options = decimals(0, 0);
            options.set("style", &style.into());
            options
        };
        let money = styled("currency");
        money.set("currency", &currency.into());
        Some(Self {
            money: NumberFormat::new(language, &money).ok()?,
            share: NumberFormat::new(language, &styled("percent")).ok()?,
            tenths: NumberFormat::new(language, &decimals(1, 1)).ok()?,
            plain: NumberFormat::new(language, &decimals(0, 2)).ok()?,
        })
    }

    /// A rounded figure as text.
    pub fn text(&self, unit: Unit, value: f64) -> JsString {
        let format = match unit {
            Unit::Money => &self.money,
            Unit::Share => &self.share,
            Unit::Weeks => &self.tenths,
            Unit::Number | Unit::Place | Unit::Flag => &self.plain,
        };
        format.format(value)
    }
}
