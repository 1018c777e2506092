//! The browser that figures come from.

use serde_json::json;

use crate::chromium::chromium;

/// Its row in the table of the machine.
pub fn row() -> (&'static str, String) {
    let version = chromium().call(None, "Browser.getVersion", json!({}));
    let product = version["product"].as_str().unwrap_or("unknown");
    ("Browser", product.to_owned())
}
