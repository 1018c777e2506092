//! Numbers, ramps and sources of a model as a reader sees them.

use serde::Serialize;
use tallypress_calculator::model::{Capacity, Kind, Point, Ramp, Scale, Share};

use crate::estimate::EstimateModel;
use crate::words::Words;

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

/// One line for each ramp: `People: 1 at 8, 0.15 at 20`.
pub fn factors(model: &EstimateModel, words: &Words, scale: &Scale) -> Vec<String> {
    let ramps = scale.0.iter();
    ramps.map(|ramp| factor(model, words, ramp)).collect()
}

fn factor(model: &EstimateModel, words: &Words, ramp: &Ramp) -> String {
    let input = model.model.inputs.get(ramp.input);
    let mut points = ramp.points.clone();
    let mut rest = None;
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
            rest = Some(words.say("estimate_otherwise").to_owned());
        }
    }
    let points = points.iter().map(|point| {
        let at = model.value_in_words(words, ramp.input, point.x);
        let factor = words.number(point.y);
        words.fill("estimate_at", &[("factor", &factor), ("value", &at)])
    });
    let points: Vec<String> = points.chain(rest).collect();
    model.labelled(
        words,
        ramp.input,
        &points.join(words.say("estimate_separator")),
    )
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
pub fn capacity(model: &EstimateModel, words: &Words, capacity: &Capacity) -> String {
    let Some(input) = capacity.input else {
        return words.number(capacity.base);
    };
    let label = model.input_label(input);
    let product = match capacity.per {
        1.0 => label.to_owned(),
        per => format!("{} × {label}", words.number(per)),
    };
    match capacity.base {
        0.0 => product,
        base => format!("{} + {product}", words.number(base)),
    }
}

/// `CTO 80%, engineers 20%`.
pub fn shares(model: &EstimateModel, words: &Words, shares: &[Share]) -> String {
    if shares.is_empty() {
        return words.say("estimate_nobody").to_owned();
    }
    let shares = shares.iter().map(|share| {
        let role = model.roles.get(share.role);
        let role = role.map_or("", |role| &role.label);
        format!("{role} {}", words.percent(share.part))
    });
    shares
        .collect::<Vec<_>>()
        .join(words.say("estimate_separator"))
}
