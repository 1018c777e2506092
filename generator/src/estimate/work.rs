//! Who works on what: inputs, roles, penalties, activities with their shares and orders, expenses.
//! Takes the tables of a model file, gives the engine's lists and the names that go with them.

use tallypress_calculator::model::{
    Activity, Capacity, Equals, Expense, Input, Kind as InputKind, MAX_ITEMS, MAX_ROWS,
    Opportunity, Penalty, Role, Scale, Share, Split,
};

use super::names::{Names, identifiers};
use super::numbers::{
    Uncertain, any, at_least, condition, finite, nested, number_or, pert, ramps, require,
    required_list, required_pert, scale, scaled, source,
};
use super::{Book, Name, Notes, Question, Variable};
use crate::diagnostic::{Diagnostic, Span, closest};
use crate::fields::{Fields, Kind, Spanned, Table};
use crate::report::counted;

/// `[[input]]`: names, what people see, and ranges.
pub fn inputs(fields: &mut Fields<'_>) -> (Names, Vec<Question>, Vec<Input>) {
    let names = identifiers(fields, "input");
    let (mut questions, mut ranges) = (Vec::new(), Vec::new());
    for (table, id) in fields.tables("input").into_iter().zip(names.iter()) {
        let (question, range) = nested(fields, table, |fields| input(fields, id));
        questions.push(question);
        ranges.push(range);
    }
    limit(fields, "input", names.len(), MAX_ITEMS);
    (names, questions, ranges)
}

fn input(fields: &mut Fields<'_>, id: &str) -> (Question, Input) {
    let label = label(fields, id);
    let help = fields.text("help").map(|help| help.value);
    let kind = input_kind(fields);
    let mut options = Vec::new();
    let (min, max) = match kind {
        InputKind::Choice => {
            if let Some(value) = fields.value("options") {
                options = fields.texts("options").unwrap_or_default();
                if options.len() < 2 && matches!(value.kind, Kind::List(_)) {
                    fields.error(
                        "a choice needs two options or more",
                        value.span.clone(),
                        format!("this has {}", counted(options.len(), "option")),
                    );
                }
            } else {
                require(fields, "options");
            }
            (0.0, options.len().saturating_sub(1) as f64)
        }
        InputKind::Percent => (
            number_or(fields, "min", 0.0, 0.0..=100.0),
            number_or(fields, "max", 100.0, 0.0..=100.0),
        ),
        InputKind::Int | InputKind::Real => {
            let min = fields.required_number("min").map(|min| min.value);
            let max = fields.required_number("max").map(|max| max.value);
            (min.unwrap_or(f64::MIN), max.unwrap_or(f64::MAX))
        }
    };
    let default = fields.required_number("default");
    check_range(fields, kind, min, max, default.as_ref());
    let question = Question {
        id: id.to_owned(),
        label,
        help,
        options: options.into_iter().map(|option| option.value).collect(),
    };
    let default = default.map_or(min, |default| default.value);
    (
        question,
        Input {
            kind,
            min,
            max,
            default,
        },
    )
}

fn input_kind(fields: &mut Fields<'_>) -> InputKind {
    const KINDS: [&str; 4] = ["int", "percent", "real", "choice"];
    let Some(kind) = fields.required_text("kind") else {
        return InputKind::Real;
    };
    match kind.value.as_str() {
        "int" => InputKind::Int,
        "percent" => InputKind::Percent,
        "real" => InputKind::Real,
        "choice" => InputKind::Choice,
        other => {
            fields
                .report(unknown_word("kind of input", other, &KINDS).at(fields.path(), kind.span));
            InputKind::Real
        }
    }
}

/// A range contains its default; whole numbers have whole bounds.
fn check_range(
    fields: &mut Fields<'_>,
    kind: InputKind,
    min: f64,
    max: f64,
    default: Option<&Spanned<f64>>,
) {
    let Some(default) = default else { return };
    let value = default.value;
    if min > max {
        let span = fields
            .number("min")
            .map_or(default.span.clone(), |min| min.span);
        fields.error(
            "`min` must not be above `max`",
            span,
            format!("{min} is above {max}"),
        );
    } else if value < min || value > max {
        fields.error(
            format!("`default` must be from {min} to {max}"),
            default.span.clone(),
            format!("{value} is outside the range"),
        );
    } else if kind.is_whole() && [value, min, max].iter().any(|number| number.fract() != 0.0) {
        fields.error(
            "`min`, `max` and `default` of this kind are whole numbers",
            default.span.clone(),
            format!("from {min} to {max}, {value} at first"),
        );
    }
}

/// The skills that activities have: what a penalty can be about.
pub fn skills(fields: &mut Fields<'_>) -> Names {
    let mut skills: Vec<String> = Vec::new();
    for table in fields.tables("activity") {
        if let Some(Kind::Text(skill)) = table.get("skill").map(|entry| &entry.value.kind)
            && !skills.contains(skill)
        {
            skills.push(skill.clone());
        }
    }
    Names::of("skill", skills)
}

/// `[[role]]`.
pub fn roles(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    notes: &mut Notes,
) -> (Vec<Role>, Vec<Name>) {
    each(fields, "role", book.roles.iter(), |fields, index, name| {
        source(fields, &name.label, notes);
        role(fields, book, notes, index)
    })
}

fn role(fields: &mut Fields<'_>, book: &Book<'_>, notes: &mut Notes, index: usize) -> Role {
    let cash = match fields.required_text("kind") {
        Some(kind) => match kind.value.as_str() {
            "cash" => true,
            "internal" => false,
            other => {
                let words = ["cash", "internal"];
                fields.report(
                    unknown_word("kind of role", other, &words).at(fields.path(), kind.span),
                );
                false
            }
        },
        None => false,
    };
    let opportunity = fields.table("opportunity").and_then(|table| {
        if cash {
            fields.report(
                Diagnostic::warning("`opportunity` has no effect on a role that is paid in cash")
                    .at(fields.path(), table.span.clone()),
            );
        }
        nested(fields, table, |fields| {
            let input = book.inputs.required(fields, "input");
            let scale = scale(fields, "scale", book, any());
            input.map(|input| Opportunity { input, scale })
        })
    });
    let loss = fields.table("loss").map(|table| {
        nested(fields, table, |fields| {
            let (loss, bounds) = (Variable::Loss(index), at_least(0.0));
            scaled(fields, book, notes, loss, bounds.clone(), bounds)
        })
    });
    Role {
        cash,
        rate: notes.add(
            Variable::Rate(index),
            required_pert(fields, "rate", at_least(0.0)),
        ),
        capacity: capacity(fields, book),
        opportunity,
        loss,
    }
}

/// Hours a week, which have to be more than none whatever the visitor sets.
fn capacity(fields: &mut Fields<'_>, book: &Book<'_>) -> Capacity {
    let nothing = Capacity {
        base: 0.0,
        per: 1.0,
        input: None,
    };
    let table = require(fields, "capacity").then(|| fields.table("capacity"));
    let Some(table) = table.flatten() else {
        return nothing;
    };
    nested(fields, table, |fields| {
        let written = fields.has("input");
        let capacity = Capacity {
            base: number_or(fields, "base", 0.0, any()),
            per: number_or(fields, "per", 1.0, any()),
            input: book.inputs.named(fields, "input"),
        };
        if written && capacity.input.is_none() {
            return nothing;
        }
        let range = capacity.input.and_then(|input| book.ranges.get(input));
        let ends = range.map_or([0.0; 2], |range| [range.min, range.max]);
        let least = ends
            .map(|end| {
                capacity.base
                    + if range.is_some() {
                        capacity.per * end
                    } else {
                        0.0
                    }
            })
            .into_iter()
            .fold(f64::INFINITY, f64::min);
        if least <= 0.0 {
            fields.report(
                Diagnostic::warning("with no hours a week this role never finishes anything")
                    .at(fields.path(), table.span.clone())
                    .label(format!("as low as {least} hours a week"))
                    .help("give it a `base`, or raise the `min` of the input"),
            );
        }
        capacity
    })
}

/// `[[risk]]`: shared overruns.
pub fn risks(fields: &mut Fields<'_>, notes: &mut Notes) -> (Vec<usize>, Vec<Name>) {
    let names = identifiers(fields, "risk");
    each(fields, "risk", names.iter(), |fields, index, name| {
        source(fields, &name.label, notes);
        if let Some(applies) = fields.text("applies")
            && applies.value != "all"
        {
            fields.error(
                "a risk applies to all activities",
                applies.span,
                "only \"all\" is possible",
            );
        }
        let value = required_pert(fields, "value", at_least(0.0));
        notes.add(Variable::Risk(index), value)
    })
}

/// `[[penalty]]`.
pub fn penalties(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    roles: &[Name],
    notes: &mut Notes,
) -> (Vec<Penalty>, Vec<Name>) {
    let (mut penalties, mut names) = (Vec::new(), Vec::new());
    for table in fields.tables("penalty") {
        nested(fields, table, |fields| {
            let role = book.roles.required(fields, "role");
            let skill = fields.required_text("skill");
            let who = role
                .and_then(|role| roles.get(role))
                .map_or("", |role| &role.label);
            let what = skill.as_ref().map_or("", |skill| &skill.value);
            let label = format!("{who}: {what} work");
            source(fields, &label, notes);
            names.push(Name {
                id: format!("{}_{what}", role.map_or("", |role| book.roles.id(role))),
                label,
            });
            let skill = skill.and_then(|skill| book.skills.find(fields, &skill.value, skill.span));
            let index = penalties.len();
            penalties.push(Penalty {
                role: role.unwrap_or_default(),
                skill: skill.unwrap_or_default(),
                approaches: book.approaches.listed(fields, "approaches"),
                excess: scaled(
                    fields,
                    book,
                    notes,
                    Variable::Penalty(index),
                    at_least(-1.0),
                    any(),
                ),
            });
        });
    }
    (penalties, names)
}

/// Tables that have an id and a label only.
pub fn labelled(fields: &mut Fields<'_>, kind: &'static str) -> Vec<Name> {
    let ids: Vec<String> = fields.tables(kind).into_iter().map(id_of).collect();
    limit(fields, kind, ids.len(), MAX_ROWS);
    each(fields, kind, ids.iter().map(String::as_str), |_, _, _| ()).1
}

/// `[[activity]]`.
pub fn activities(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    notes: &mut Notes,
) -> (Vec<Activity>, Vec<Name>) {
    each(
        fields,
        "activity",
        book.activities.iter(),
        |fields, index, name| {
            source(fields, &name.label, notes);
            activity(fields, book, notes, index, &name.id)
        },
    )
}

fn activity(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    notes: &mut Notes,
    index: usize,
    id: &str,
) -> Activity {
    let phase = book.phases.required(fields, "phase").unwrap_or_default();
    let skill = fields
        .required_text("skill")
        .and_then(|skill| book.skills.index(&skill.value));
    let hours = Variable::Activity {
        activity: index,
        calendar: false,
    };
    let mut work = Vec::new();
    if let Some(base) = pert(fields, "base", at_least(0.0)) {
        work.push(notes.add(hours, base));
    }
    for table in fields.tables("per") {
        nested(fields, table, |fields| {
            required_list(fields, "drivers");
            let drivers = book.inputs.listed_with_repeats(fields, "drivers");
            let pert = required_pert(fields, "hours", at_least(0.0));
            work.push(notes.add_scaled(hours, pert, drivers, Scale::default()));
        });
    }
    if work.is_empty() {
        // Without any hours too there is a variable: activities count whatever they are made of.
        work.push(notes.add(hours, Uncertain::nothing(&at_least(0.0))));
    }
    let min_weeks = pert(fields, "min_weeks", at_least(0.0)).map(|weeks| {
        let calendar = Variable::Activity {
            activity: index,
            calendar: true,
        };
        notes.add(calendar, weeks)
    });
    let mut approach_scale = Vec::new();
    if let Some(table) = fields.table("approach_scale") {
        approach_scale = vec![Scale::default(); book.approaches.len()];
        for entry in &table.entries {
            let approach = book
                .approaches
                .find(fields, &entry.key, entry.key_span.clone());
            let scale = match &entry.value.kind {
                Kind::List(items) => {
                    let tables = items.iter().filter_map(|item| match &item.kind {
                        Kind::Table(table) => Some(table),
                        _ => None,
                    });
                    ramps(fields, tables, book, &at_least(0.0))
                }
                other => {
                    fields.error(
                        "`approach_scale` gives each approach a list of ramps",
                        entry.value.span.clone(),
                        format!("this is {}", other.name()),
                    );
                    continue;
                }
            };
            if let Some(slot) = approach.and_then(|approach| approach_scale.get_mut(approach)) {
                *slot = scale;
            }
        }
    }
    let mut splits = Vec::new();
    if require(fields, "share")
        && let Some(table) = fields.table("share")
    {
        splits = self::splits(fields, book, table, None, id);
    }
    for table in fields.tables("share_if") {
        nested(fields, table, |fields| {
            let when = condition(fields, book);
            if require(fields, "share")
                && let Some(table) = fields.table("share")
            {
                splits.extend(self::splits(fields, book, table, when, id));
            }
        });
    }
    Activity {
        phase,
        skill: skill.unwrap_or_default(),
        work,
        scale: scale(fields, "scale", book, at_least(0.0)),
        approach_scale,
        splits,
        after: book.activities.listed(fields, "after"),
        min_weeks,
        team: number_or(fields, "team", 0.0, at_least(0.0)),
        ongoing: fields.flag("ongoing").unwrap_or(false),
    }
}

/// `{ approach = { role = part, … }, … }`.
fn splits(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    table: &Table,
    when: Option<Equals>,
    activity: &str,
) -> Vec<Split> {
    let mut splits = Vec::new();
    for entry in &table.entries {
        let approach = book
            .approaches
            .find(fields, &entry.key, entry.key_span.clone());
        let Kind::Table(parts) = &entry.value.kind else {
            fields.error(
                "`share` gives each approach a table of roles",
                entry.value.span.clone(),
                format!("this is {}", entry.value.kind.name()),
            );
            continue;
        };
        let shares = shares(fields, book, parts);
        let sum: f64 = shares.iter().map(|share| share.part).sum();
        let complete = shares.len() == parts.entries.len();
        if complete && !shares.is_empty() && (sum - 1.0).abs() > 1e-9 {
            fields.error(
                format!(
                    "the shares of `{}` in `{activity}` must add up to 1",
                    entry.key
                ),
                entry.value.span.clone(),
                format!("they add up to {}", (sum * 1e9).round() / 1e9),
            );
        }
        splits.extend(approach.map(|approach| Split {
            approach,
            when,
            shares,
        }));
    }
    splits
}

fn shares(fields: &mut Fields<'_>, book: &Book<'_>, parts: &Table) -> Vec<Share> {
    let mut read = Vec::new();
    for entry in &parts.entries {
        let role = book.roles.find(fields, &entry.key, entry.key_span.clone());
        let part = finite(&entry.value).filter(|part| (0.0..=1.0).contains(part));
        if part.is_none() {
            fields.error(
                format!("the share of `{}` must be a number from 0 to 1", entry.key),
                entry.value.span.clone(),
                "this is not",
            );
        }
        if let (Some(role), Some(part)) = (role, part) {
            read.push(Share { role, part });
        }
    }
    read
}

/// The role that does `team` hours: `team_role` of `[meta]`, or the role called `team`.
pub fn team(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    written: &Option<Spanned<String>>,
    activities: &[Activity],
) -> Option<usize> {
    let role = match written {
        Some(role) => book.roles.find(fields, &role.value, role.span.clone()),
        None => book.roles.index("team"),
    };
    for (table, activity) in fields.tables("activity").into_iter().zip(activities) {
        if activity.team == 0.0 {
            continue;
        }
        let span = table
            .get("team")
            .map_or(table.span.clone(), |entry| entry.key_span.clone());
        if role.is_none() && written.is_none() {
            fields.report(
                Diagnostic::error("there is no role for `team` hours")
                    .at(fields.path(), span)
                    .label("hours of the role called `team`")
                    .help("add such a role, or name another with `team_role` in `[meta]`"),
            );
        }
    }
    role
}

/// `[[expense]]`.
pub fn expenses(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    notes: &mut Notes,
) -> (Vec<Expense>, Vec<Name>) {
    let names = identifiers(fields, "expense");
    each(fields, "expense", names.iter(), |fields, index, name| {
        source(fields, &name.label, notes);
        let price = required_pert(fields, "price", at_least(0.0));
        let drivers = book.inputs.listed_with_repeats(fields, "drivers");
        let variable = Variable::Expense(index);
        Expense {
            price: notes.add_scaled(variable, price, drivers, Scale::default()),
            approaches: book.approaches.listed(fields, "approaches"),
        }
    })
}

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

/// Reads every `[[kind]]` table with its id and label.
fn each<'n, T>(
    fields: &mut Fields<'_>,
    kind: &'static str,
    ids: impl Iterator<Item = &'n str>,
    mut read: impl FnMut(&mut Fields<'_>, usize, &Name) -> T,
) -> (Vec<T>, Vec<Name>) {
    let (mut values, mut names) = (Vec::new(), Vec::new());
    for (table, id) in fields.tables(kind).into_iter().zip(ids) {
        nested(fields, table, |fields| {
            let name = Name {
                id: id.to_owned(),
                label: label(fields, id),
            };
            values.push(read(fields, names.len(), &name));
            names.push(name);
        });
    }
    (values, names)
}

/// What people see; the id if nothing else is written.
fn label(fields: &mut Fields<'_>, id: &str) -> String {
    fields.allow("id");
    fields
        .text("label")
        .map_or_else(|| id.to_owned(), |label| label.value)
}

fn id_of(table: &Table) -> String {
    match table.get("id").map(|entry| &entry.value.kind) {
        Some(Kind::Text(id)) => id.clone(),
        _ => String::new(),
    }
}

pub fn limit(fields: &mut Fields<'_>, kind: &str, found: usize, most: usize) {
    if found > most {
        let path = fields.path();
        fields.report(
            Diagnostic::error(format!(
                "a model may have {most} of `[[{kind}]]`, this one has {found}"
            ))
            .in_file(path),
        );
    }
}

fn unknown_word(what: &str, written: &str, words: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(format!("`{written}` is no {what}"));
    match closest(written, words.iter().copied()) {
        Some(word) => diagnostic.help(format!("did you mean `{word}`?")),
        None => diagnostic.help(format!("it can be {}", words.join(", "))),
    }
}
