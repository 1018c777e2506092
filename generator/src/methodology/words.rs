//! Numbers, ramps and sources of a model as a reader sees them.

use serde::Serialize;
use tallypress_calculator::model::{Capacity, Kind, Point, Ramp, Scale, Share};

use crate::estimate::EstimateModel;

/// A stretch of a source's text; all of them one after the other are the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourcePart {
    /// For a link, the address without its scheme.
    pub text: String,
    /// The address if this is a link, else empty.
    pub url: String,
}

/// The text of a source with its addresses taken apart.
pub fn source_parts(source: &str) -> Vec<SourcePart> {
    let source = source.trim().replace(" ;", ";");
    let mut parts = Vec::new();
    let mut rest = source.as_str();
    while let Some(start) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        let (before, from) = rest.split_at(start);
        let (url, after) = from.split_at(end_of_address(from));
        if !before.is_empty() {
            parts.push(plain(before));
        }
        let name = url.split_once("://").map_or(url, |(_, name)| name);
        let name = name.strip_prefix("www.").unwrap_or(name);
        let name = name.split(['?', '#']).next().unwrap_or(name);
        parts.push(SourcePart {
            text: name.trim_end_matches('/').to_owned(),
            url: url.to_owned(),
        });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(plain(rest));
    }
    parts
}

fn plain(text: &str) -> SourcePart {
    SourcePart {
        text: text.to_owned(),
        url: String::new(),
    }
}

/// An address ends at a space; punctuation before that belongs to the sentence around it, and so
/// does a bracket that the address did not open.
fn end_of_address(text: &str) -> usize {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let mut address = &text[..end];
    loop {
        let shorter = address.trim_end_matches([',', ';', '.', ':']);
        let opened = shorter.matches('(').count();
        let shorter = match shorter.strip_suffix(')') {
            Some(open) if shorter.matches(')').count() > opened => open,
            _ => shorter,
        };
        if shorter.len() == address.len() {
            return address.len();
        }
        address = shorter;
    }
}

/// `1,234.5`: what was written, with its digits in groups of three.
pub fn number(value: f64) -> String {
    // 0.35 × 100 is not quite 35.
    let value = (value * 1e9).round() / 1e9;
    let written = value.abs().to_string();
    let (whole, decimals) = written.split_at(written.find('.').unwrap_or(written.len()));
    let mut text = String::new();
    if value < 0.0 {
        text.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

/// `35%`.
pub fn percent(share: f64) -> String {
    format!("{}%", number(share * 100.0))
}

/// One line for each ramp: `scaled by People: 1 at 8, 0.15 at 20`.
pub fn factors(model: &EstimateModel, scale: &Scale) -> Vec<String> {
    scale.0.iter().map(|ramp| factor(model, ramp)).collect()
}

fn factor(model: &EstimateModel, ramp: &Ramp) -> String {
    let input = model.model.inputs.get(ramp.input);
    let mut points = ramp.points.clone();
    let mut rest = "";
    if let Some(choice) = input.filter(|input| input.kind == Kind::Choice) {
        // Every answer, because nobody looks between two of them.
        let answers = (choice.min as i64)..=(choice.max as i64);
        points = answers
            .map(|answer| answer as f64)
            .map(|x| Point { x, y: at(ramp, x) })
            .collect();
        let changed = |point: &&Point| point.y != 1.0;
        if points.len() > 2 && points.iter().filter(changed).count() < points.len() {
            points.retain(|point| point.y != 1.0);
            rest = "otherwise 1";
        }
    }
    let mut words: Vec<String> = points
        .iter()
        .map(|point| {
            let at = model.value_in_words(ramp.input, point.x);
            format!("{} at {at}", number(point.y))
        })
        .collect();
    words.extend((!rest.is_empty()).then(|| rest.to_owned()));
    let label = model.input_label(ramp.input);
    let colon = if label.ends_with('?') { "" } else { ":" };
    format!("scaled by {label}{colon} {}", words.join(", "))
}

/// The value of a ramp, flat outside its points.
fn at(ramp: &Ramp, x: f64) -> f64 {
    let after = ramp.points.iter().position(|point| x <= point.x);
    match (after, &ramp.points[..]) {
        (_, []) => 1.0,
        (Some(0), [first, ..]) => first.y,
        (None, [.., last]) => last.y,
        (Some(place), points) => {
            let (left, right) = (points[place - 1], points[place]);
            left.y + (right.y - left.y) * ((x - left.x) / (right.x - left.x))
        }
    }
}

/// Hours a week: `40`, `2 × People`, `2 + 0.75 × Hours of the keeper`.
pub fn capacity(model: &EstimateModel, capacity: &Capacity) -> String {
    let Some(input) = capacity.input else {
        return number(capacity.base);
    };
    let label = model.input_label(input);
    let product = match capacity.per {
        1.0 => label.to_owned(),
        per => format!("{} × {label}", number(per)),
    };
    match capacity.base {
        0.0 => product,
        base => format!("{} + {product}", number(base)),
    }
}

/// `CTO 80%, engineers 20%`.
pub fn shares(model: &EstimateModel, shares: &[Share]) -> String {
    if shares.is_empty() {
        return "nobody".to_owned();
    }
    let words = shares.iter().map(|share| {
        let role = model.roles.get(share.role);
        let role = role.map_or("", |role| &role.label);
        format!("{role} {}", percent(share.part))
    });
    words.collect::<Vec<_>>().join(", ")
}
