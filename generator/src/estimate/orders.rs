//! In which order roles take activities up: `[order]` of a model file, and that activities can be done in some
//! order at all.

use tallypress_calculator::model::Activity;

use super::Book;
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Fields, Kind};

/// `[order]`: for each approach all activities; the order of the file where it says nothing.
pub fn orders(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    activities: &[Activity],
) -> Vec<Vec<usize>> {
    let file_order: Vec<usize> = (0..activities.len()).collect();
    let mut orders: Vec<Option<Vec<usize>>> = vec![None; book.approaches.len()];
    let acyclic = check_cycles(fields, book, activities);
    let table = fields.table("order");
    for entry in table.iter().flat_map(|table| &table.entries) {
        let approach = book
            .approaches
            .find(fields, &entry.key, entry.key_span.clone());
        let order = order(fields, book, entry, activities, acyclic);
        if let Some(slot) = approach.and_then(|approach| orders.get_mut(approach)) {
            *slot = Some(order);
        }
    }
    if acyclic && orders.contains(&None) {
        check_file_order(fields, book, activities);
    }
    orders
        .into_iter()
        .map(|order| order.unwrap_or_else(|| file_order.clone()))
        .collect()
}

/// One approach's own order.
fn order(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    entry: &crate::fields::Entry,
    activities: &[Activity],
    acyclic: bool,
) -> Vec<usize> {
    let Kind::List(items) = &entry.value.kind else {
        fields.error(
            "an order is a list of activities",
            entry.value.span.clone(),
            format!("this is {}", entry.value.kind.name()),
        );
        return Vec::new();
    };
    let mut order: Vec<usize> = Vec::new();
    for item in items {
        let Kind::Text(id) = &item.kind else {
            fields.error(
                "an order is a list of activities",
                item.span.clone(),
                format!("this is {}", item.kind.name()),
            );
            continue;
        };
        let Some(next) = book.activities.find(fields, id, item.span.clone()) else {
            continue;
        };
        if order.contains(&next) {
            fields.error(
                format!("the order of `{}` names `{id}` twice", entry.key),
                item.span.clone(),
                "each activity comes once",
            );
            continue;
        }
        let early = activities
            .get(next)
            .and_then(|activity| activity.after.iter().find(|before| !order.contains(before)));
        if let Some(before) = early.filter(|_| acyclic) {
            fields.error(
                format!(
                    "the order of `{}` names `{id}` before its `after`",
                    entry.key
                ),
                item.span.clone(),
                format!("`{id}` waits for `{}`", book.activities.id(*before)),
            );
        }
        order.push(next);
    }
    let missing: Vec<String> = (0..activities.len())
        .filter(|activity| !order.contains(activity))
        .map(|activity| format!("`{}`", book.activities.id(activity)))
        .collect();
    if !missing.is_empty() {
        fields.error(
            format!("the order of `{}` must name every activity", entry.key),
            entry.key_span.clone(),
            format!("it leaves out {}", missing.join(", ")),
        );
    }
    order
}

/// In the order of the file too an activity comes after those that it waits for.
fn check_file_order(fields: &mut Fields<'_>, book: &Book<'_>, activities: &[Activity]) {
    for (index, activity) in activities.iter().enumerate() {
        for &before in activity.after.iter().filter(|before| **before >= index) {
            let (id, waits_for) = (book.activities.id(index), book.activities.id(before));
            fields.report(
                Diagnostic::error(format!("`{id}` comes before `{waits_for}`, which it waits for"))
                    .at(fields.path(), after_span(book, index, waits_for))
                    .label("this activity comes later in the file")
                    .help("activities are taken up in the order of the file: move one of them, or give every approach an `[order]`"),
            );
        }
    }
}

/// False, and a report, if activities wait for each other.
fn check_cycles(fields: &mut Fields<'_>, book: &Book<'_>, activities: &[Activity]) -> bool {
    // Remove what waits for nothing that is left, until nothing more can be removed.
    let mut left: Vec<usize> = (0..activities.len()).collect();
    loop {
        let waiting = |index: &usize| {
            activities[*index]
                .after
                .iter()
                .any(|before| left.contains(before))
        };
        let still: Vec<usize> = left.iter().copied().filter(waiting).collect();
        if still.len() == left.len() {
            break;
        }
        left = still;
    }
    let Some(&start) = left.first() else {
        return true;
    };
    // Everything left waits for something left: walk back until an activity comes again.
    let mut path = vec![start];
    let circle = loop {
        let last = path.last().copied().unwrap_or(start);
        let before = activities[last]
            .after
            .iter()
            .find(|before| left.contains(before));
        let before = before.copied().unwrap_or(start);
        if let Some(place) = path.iter().position(|other| *other == before) {
            break path.split_off(place);
        }
        path.push(before);
    };
    let first = circle.first().copied().unwrap_or(start);
    let names: Vec<&str> = circle
        .iter()
        .chain([&first])
        .map(|index| book.activities.id(*index))
        .collect();
    let waits_for = names.get(1).copied().unwrap_or_default();
    fields.error(
        "activities wait for each other in a circle",
        after_span(book, first, waits_for),
        names.join(" waits for "),
    );
    false
}

/// Where an activity says that it waits for another.
fn after_span(book: &Book<'_>, activity: usize, waits_for: &str) -> Span {
    let Some(Kind::List(tables)) = book.file.get("activity").map(|entry| &entry.value.kind) else {
        return 0..0;
    };
    let Some(Kind::Table(table)) = tables.get(activity).map(|table| &table.kind) else {
        return 0..0;
    };
    let Some(after) = table.get("after") else {
        return table.span.clone();
    };
    let items = match &after.value.kind {
        Kind::List(items) => items.as_slice(),
        _ => &[],
    };
    let item = items
        .iter()
        .find(|item| item.kind == Kind::Text(waits_for.to_owned()));
    item.map_or(&after.value, |item| item).span.clone()
}
