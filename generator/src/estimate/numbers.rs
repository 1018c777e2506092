//! The small parts that a model file is made of: ranges, straight lines between points, conditions
//! and sources. Each reader reports what breaks a rule and gives what could be read.

use std::ops::RangeInclusive;

use tallypress_calculator::model::{Domain, Equals, LARGEST, Pert, Point, Ramp, Scale};

use super::{Book, Notes, Source, Variable};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Table, Value};
use crate::report::counted;

/// Numbers that make sense in some place.
pub type Bounds = RangeInclusive<f64>;

pub fn at_least(least: f64) -> Bounds {
    least..=f64::INFINITY
}

/// Any number: for quantities that may also be negative.
pub fn any() -> Bounds {
    f64::NEG_INFINITY..=f64::INFINITY
}

/// A range as it was read, and what it may be changed to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertain {
    pub pert: Pert,
    pub domain: Domain,
}

impl Uncertain {
    /// Stands in for what was not written.
    pub fn nothing(bounds: &Bounds) -> Self {
        Self {
            pert: Pert::certain(0.0),
            domain: domain(bounds),
        }
    }
}

fn domain(bounds: &Bounds) -> Domain {
    match (*bounds.start(), *bounds.end()) {
        (0.0, 1.0) => Domain::Share,
        (0.0, _) => Domain::NotNegative,
        _ => Domain::Excess,
    }
}

/// Reads a table inside another one, to its last key.
pub fn nested<T>(
    outer: &mut Fields<'_>,
    table: &Table,
    read: impl FnOnce(&mut Fields<'_>) -> T,
) -> T {
    let path = outer.path();
    let mut inner = Fields::new(path, table, outer.diagnostics());
    let value = read(&mut inner);
    inner.finish();
    value
}

/// Reports a key that is not there; true if it is.
pub fn require(fields: &mut Fields<'_>, key: &'static str) -> bool {
    let written = fields.has(key);
    if !written {
        let start = fields.span().start;
        fields.error(
            format!("`{key}` is missing"),
            start..start + 1,
            format!("this needs `{key}`"),
        );
    }
    written
}

pub fn required_list<'a>(fields: &mut Fields<'a>, key: &'static str) -> Option<&'a [Value]> {
    require(fields, key).then(|| fields.list(key)).flatten()
}

/// A number within bounds, or a value that holds if it is not written.
pub fn number_or(fields: &mut Fields<'_>, key: &'static str, usual: f64, bounds: Bounds) -> f64 {
    let Some(number) = fields.number(key) else {
        return usual;
    };
    if !bounds.contains(&number.value) {
        fields.error(
            format!("`{key}` must be {}", describe(&bounds)),
            number.span,
            format!("this is {}", number.value),
        );
    }
    number.value
}

/// `[low, most likely, high]`, or one number that is certain.
pub fn pert(fields: &mut Fields<'_>, key: &'static str, bounds: Bounds) -> Option<Uncertain> {
    let value = fields.value(key)?;
    pert_value(fields, key, value, bounds)
}

/// A range that must be written; something harmless if it is not.
pub fn required_pert(fields: &mut Fields<'_>, key: &'static str, bounds: Bounds) -> Uncertain {
    let nothing = Uncertain::nothing(&bounds);
    let written = require(fields, key).then(|| pert(fields, key, bounds));
    written.flatten().unwrap_or(nothing)
}

pub fn pert_value(
    fields: &mut Fields<'_>,
    key: &str,
    value: &Value,
    bounds: Bounds,
) -> Option<Uncertain> {
    let items = match &value.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut numbers = Vec::with_capacity(3);
    for item in items {
        match finite(item) {
            Some(number) => numbers.push(number),
            None => {
                fields.error(
                    format!("`{key}` must be made of finite numbers"),
                    item.span.clone(),
                    format!("this is {}", not_finite(item)),
                );
                return None;
            }
        }
    }
    let (low, mode, high) = match numbers[..] {
        [low, mode, high] => (low, mode, high),
        [certain] if !matches!(value.kind, Kind::List(_)) => (certain, certain, certain),
        _ => {
            fields.error(
                format!("`{key}` must be [low, most likely, high]"),
                value.span.clone(),
                format!("this list has {}", counted(numbers.len(), "number")),
            );
            return None;
        }
    };
    if low.abs().max(high.abs()) > LARGEST {
        fields.error(
            format!("`{key}` must not be larger than {LARGEST}"),
            value.span.clone(),
            "this is beyond what can be computed safely",
        );
        return None;
    }
    if !(low <= mode && mode <= high) {
        fields.error(
            format!("`{key}` must rise: low ≤ most likely ≤ high"),
            value.span.clone(),
            match low <= mode {
                true => format!("{high} is less than {mode}"),
                false => format!("{mode} is less than {low}"),
            },
        );
        return None;
    }
    if !bounds.contains(&low) || !bounds.contains(&high) {
        fields.error(
            format!("`{key}` must be {}", describe(&bounds)),
            value.span.clone(),
            format!("this goes from {low} to {high}"),
        );
        return None;
    }
    Some(Uncertain {
        pert: Pert { low, mode, high },
        domain: domain(&bounds),
    })
}

/// `[{ input, x, y }, …]`: a product of straight lines between points.
pub fn scale(fields: &mut Fields<'_>, key: &'static str, book: &Book<'_>, bounds: Bounds) -> Scale {
    let tables = fields.tables(key);
    ramps(fields, tables, book, &bounds)
}

pub fn ramps<'a>(
    fields: &mut Fields<'_>,
    tables: impl IntoIterator<Item = &'a Table>,
    book: &Book<'_>,
    bounds: &Bounds,
) -> Scale {
    let ramps = tables
        .into_iter()
        .filter_map(|table| nested(fields, table, |fields| ramp(fields, book, bounds)));
    Scale(ramps.collect())
}

fn ramp(fields: &mut Fields<'_>, book: &Book<'_>, bounds: &Bounds) -> Option<Ramp> {
    let input = book.inputs.required(fields, "input");
    let both = [require(fields, "x"), require(fields, "y")];
    let (x, y) = (fields.numbers("x"), fields.numbers("y"));
    if both.contains(&false) {
        return None;
    }
    let (x, y) = (x?, y?);
    if x.value.len() != y.value.len() {
        fields.error(
            "`x` and `y` of a ramp must have as many numbers",
            y.span,
            format!("`x` has {}, `y` has {}", x.value.len(), y.value.len()),
        );
        return None;
    }
    if x.value.is_empty() {
        fields.error("a ramp needs at least one point", x.span, "nothing here");
        return None;
    }
    if let Some(pair) = x.value.windows(2).find(|pair| pair[0] >= pair[1]) {
        fields.error(
            "`x` of a ramp must rise",
            x.span,
            format!("{} does not come after {}", pair[1], pair[0]),
        );
        return None;
    }
    if let Some(wrong) = y.value.iter().find(|y| !bounds.contains(y)) {
        fields.error(
            format!("`y` of this ramp must be {}", describe(bounds)),
            y.span,
            format!("{wrong} is not"),
        );
        return None;
    }
    let points = x.value.into_iter().zip(y.value);
    Some(Ramp {
        input: input?,
        points: points.map(|(x, y)| Point { x, y }).collect(),
    })
}

/// `{ excess, scale }`: a number of the model; gives its place.
pub fn scaled(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    notes: &mut Notes,
    variable: Variable,
    excess: Bounds,
    factor: Bounds,
) -> usize {
    let pert = required_pert(fields, "excess", excess);
    let scale = scale(fields, "scale", book, factor);
    notes.add_scaled(variable, pert, Vec::new(), scale)
}

/// `input` equals `value`.
pub fn condition(fields: &mut Fields<'_>, book: &Book<'_>) -> Option<Equals> {
    let input = book.inputs.required(fields, "input");
    let value = fields.required_number("value");
    equals(fields, book, input?, value?)
}

/// A value that an input can really have.
fn equals(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    input: usize,
    value: crate::fields::Spanned<f64>,
) -> Option<Equals> {
    let range = book.ranges.get(input)?;
    let whole = !range.kind.is_whole() || value.value.fract() == 0.0;
    if value.value < range.min || value.value > range.max || !whole {
        fields.error(
            format!("`{}` never is {}", book.inputs.id(input), value.value),
            value.span,
            format!("it goes from {} to {}", range.min, range.max),
        );
        return None;
    }
    Some(Equals {
        input,
        value: value.value,
    })
}

/// Where the numbers of this table come from.
pub fn source(fields: &mut Fields<'_>, subject: &str, notes: &mut Notes) {
    let start = fields.span().start;
    let (text, span) = match fields.text("src") {
        Some(text) => (text.value, text.span),
        None if fields.has("src") => return,
        None => (String::new(), start..start + 1),
    };
    if text.trim().is_empty() {
        fields.report(
            Diagnostic::error(format!("the numbers of {subject} have no source"))
                .at(fields.path(), span)
                .label("`src` is missing or empty")
                .help("give the address of a public source, or write `src = \"judgement\"` for an assumption of your own"),
        );
    }
    notes.sources.push(Source {
        subject: subject.to_owned(),
        text,
    });
}

pub fn finite(value: &Value) -> Option<f64> {
    match value.kind {
        Kind::Integer(integer) => Some(integer as f64),
        Kind::Float(float) => Some(float).filter(|float| float.is_finite()),
        _ => None,
    }
}

fn not_finite(value: &Value) -> String {
    match value.kind {
        Kind::Float(float) => float.to_string(),
        _ => value.kind.name().to_owned(),
    }
}

fn describe(bounds: &Bounds) -> String {
    match (bounds.start(), bounds.end()) {
        (least, most) if most.is_finite() => format!("from {least} to {most}"),
        (least, _) => format!("{least} or more"),
    }
}
