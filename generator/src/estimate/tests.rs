//! Model files in; diagnostics as people see them, and estimates that agree with the independent
//! reference, out.

mod answers;
mod numbers;
mod structure;

use serde_json::Value as Json;
use tallypress_calculator::model::{Engine, Series};

use super::*;
use crate::report::{Colour, Texts, draw};

pub(super) const FIRST: &str = include_str!("../../../content/estimates/cto-or-partner.toml");

/// A model that keeps all rules and leaves out whatever it can.
pub(super) const SMALL: &str = r#"
[meta]
currency = "EUR"
approaches = ["own", "agency"]
[[input]]
id = "pages"
kind = "int"
min = 1
max = 50
default = 10
[[role]]
id = "staff"
kind = "internal"
rate = [40, 50, 60]
capacity = { base = 10 }
src = "judgement"
[[role]]
id = "writer"
kind = "cash"
rate = 80
capacity = { base = 20 }
src = "judgement"
[[phase]]
id = "writing"
[[activity]]
id = "draft"
phase = "writing"
skill = "prose"
per = [{ drivers = ["pages"], hours = [1, 2, 4] }]
share = { own = { staff = 1 }, agency = { writer = 0.9, staff = 0.1 } }
src = "judgement"
[[activity]]
id = "review"
phase = "writing"
skill = "care"
base = 5
after = ["draft"]
share = { own = { staff = 1 }, agency = { staff = 1 } }
src = "judgement"
[[milestone]]
id = "done"
after = ["review"]
"#;

pub(super) fn sound(path: &str, text: &str) -> EstimateModel {
    let (model, diagnostics) = parse(path, text);
    assert_eq!(diagnostics, [], "{path}");
    model.expect("a model without errors")
}

/// What an author reads who made these changes to the small model. Each replaces one piece of text.
pub(super) fn broken(changes: &[(&str, &str)]) -> String {
    let mut text = SMALL.trim_start().to_owned();
    for (from, to) in changes {
        assert_eq!(
            text.matches(from).count(),
            1,
            "`{from}` is in the model once"
        );
        text = text.replace(from, to);
    }
    let (model, diagnostics) = parse("small.toml", &text);
    assert!(model.is_none(), "no model with errors");
    drawing(&text, &diagnostics)
}

pub(super) fn drawing(text: &str, diagnostics: &[Diagnostic]) -> String {
    draw(
        diagnostics,
        &Texts::from([("small.toml", text)]),
        Colour::Never,
    )
}

#[track_caller]
pub(super) fn expect(found: &str, expected: &str) {
    assert_eq!(found.trim_end(), expected.trim(), "\n\n{found}\n");
}
