//! The work: activities with their shares, what they wait for, the team that joins, and expenses. Takes the tables of
//! a model file, gives the engine's lists and the names that go with them.

use tallypress_calculator::model::{Activity, Equals, Expense, Scale, Share, Split};

use super::entries::each;
use super::names::{Names, identifiers};
use super::numbers::{
    Uncertain, at_least, condition, finite, nested, number_or, pert, ramps, require, required_list,
    required_pert, scale, source,
};
use super::{Book, Name, Notes, Variable};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Spanned, Table};

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
