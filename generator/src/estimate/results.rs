//! What the work leads to: the context pack, adoption, the improvement loop, value and milestones.
//! Takes those tables of a model file, gives the engine's parts.

use tallypress_calculator::model::{
    Adoption, Automations, Craft, Fixed, Gap, Improvement, MAX_ROWS, Milestone, Operations, Owner,
    Pack, Scale,
};

use super::entries::limit;
use super::numbers::{
    Uncertain, any, at_least, condition, nested, number_or, pert, pert_value, require,
    required_list, scaled, source,
};
use super::{Book, Name, Notes, Variable};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Spanned};

/// `[pack]`.
pub fn pack(fields: &mut Fields<'_>, book: &Book<'_>, notes: &mut Notes) -> Option<Pack> {
    let table = fields.table("pack")?;
    nested(fields, table, |fields| {
        source(fields, "Quality of the pack", notes);
        let craft = craft(fields, book, notes, Variable::PackGap);
        let mut work = book.activities.listed(fields, "work");
        if work.is_empty() {
            work.extend(craft.as_ref().map(|craft| craft.activity));
        }
        let milestone = book.milestones.named(fields, "milestone");
        Some(Pack {
            craft: craft?,
            work,
            milestone,
        })
    })
}

/// `[adoption]`.
pub fn adoption(fields: &mut Fields<'_>, book: &Book<'_>, notes: &mut Notes) -> Option<Adoption> {
    let table = fields.table("adoption")?;
    nested(fields, table, |fields| {
        source(fields, "Adoption", notes);
        let craft = craft(fields, book, notes, Variable::AdoptionGap);
        let (from, to) = (
            book.activities.named(fields, "from"),
            book.activities.named(fields, "to"),
        );
        let craft = craft?;
        let from = from.unwrap_or(craft.activity);
        Some(Adoption {
            from,
            to: to.unwrap_or(from),
            craft,
        })
    })
}

/// What `[pack]` and `[adoption]` have in common.
fn craft(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    notes: &mut Notes,
    variable: fn(usize) -> Variable,
) -> Option<Craft> {
    let activity = book.activities.required(fields, "activity");
    let ideal = fields.required_number("ideal");
    let floor = number_or(fields, "floor", 0.05, 0.0..=1.0);
    if let Some(ideal) = &ideal
        && !(floor..=1.0).contains(&ideal.value)
    {
        fields.error(
            format!("`ideal` must be from the floor, {floor}, to 1"),
            ideal.span.clone(),
            format!("this is {}", ideal.value),
        );
    }
    let mut gaps = Vec::new();
    for entry in fields.table("gap").iter().flat_map(|table| &table.entries) {
        let role = book.roles.find(fields, &entry.key, entry.key_span.clone());
        let Kind::Table(table) = &entry.value.kind else {
            fields.error(
                format!(
                    "the gap of `{}` must be `{{ excess = [low, most likely, high] }}`",
                    entry.key
                ),
                entry.value.span.clone(),
                format!("this is {}", entry.value.kind.name()),
            );
            continue;
        };
        let variable = variable(role.unwrap_or_default());
        let gap = nested(fields, table, |fields| {
            scaled(fields, book, notes, variable, at_least(-1.0), any())
        });
        gaps.extend(role.map(|role| Gap { role, gap }));
    }
    let mut fixed = Vec::new();
    for table in fields.tables("fixed") {
        fixed.extend(nested(fields, table, |fields| {
            let when = condition(fields, book);
            require(fields, "is");
            let is = number_or(fields, "is", 0.0, 0.0..=1.0);
            when.map(|when| Fixed { when, is })
        }));
    }
    Some(Craft {
        activity: activity?,
        ideal: ideal?.value,
        floor,
        gaps,
        fixed,
    })
}

/// `[loop]`.
pub fn improvement(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    notes: &mut Notes,
) -> Option<Improvement> {
    let table = fields.table("loop")?;
    nested(fields, table, |fields| {
        source(fields, "Improvement loop", notes);
        let mut rates = vec![None; book.approaches.len()];
        let table = require(fields, "rate")
            .then(|| fields.table("rate"))
            .flatten();
        for entry in table.iter().flat_map(|table| &table.entries) {
            let approach = book
                .approaches
                .find(fields, &entry.key, entry.key_span.clone());
            let bounds = at_least(0.0);
            let nothing = Uncertain::nothing(&bounds);
            let rate = pert_value(fields, &entry.key, &entry.value, bounds);
            if let Some(slot) = approach.and_then(|approach| rates.get_mut(approach)) {
                let rate = rate.unwrap_or(nothing);
                *slot = Some(notes.add(Variable::Improvement, rate));
            }
        }
        for (approach, rate) in book.approaches.iter().zip(&rates) {
            if let (None, Some(table)) = (rate, table) {
                fields.error(
                    format!("`[loop]` has no rate for `{approach}`"),
                    table.span.start..table.span.start + 1,
                    "every approach needs one",
                );
            }
        }
        let owner = owner(fields, book, notes);
        Some(Improvement {
            rates: rates.into_iter().flatten().collect(),
            owner,
        })
    })
}

/// `owner_rate` replaces the rate of `owner_approach` (the first one) where the input `owner_input`
/// (`has_owner`) is 1.
fn owner(fields: &mut Fields<'_>, book: &Book<'_>, notes: &mut Notes) -> Option<Owner> {
    let input = fields.text("owner_input");
    let approach = book
        .approaches
        .named(fields, "owner_approach")
        .unwrap_or_default();
    let value = fields.value("owner_rate")?;
    let rate = pert(fields, "owner_rate", at_least(0.0));
    let input = match input {
        Some(Spanned { value, span }) => book.inputs.find(fields, &value, span),
        None => {
            let usual = book.inputs.index("has_owner");
            if usual.is_none() {
                fields.report(
                    Diagnostic::error(
                        "`owner_rate` needs the input that tells whether there is an owner",
                    )
                    .at(fields.path(), value.span.clone())
                    .label("no input is called `has_owner`")
                    .help("name the input: `owner_input = \"…\"`"),
                );
            }
            usual
        }
    };
    Some(Owner {
        when: tallypress_calculator::model::Equals {
            input: input?,
            value: 1.0,
        },
        approach,
        rate: notes.add(Variable::Improvement, rate?),
    })
}

/// `[value.operations]` and `[value.automations]`.
pub fn value(
    fields: &mut Fields<'_>,
    book: &Book<'_>,
    automation_scale: &Scale,
) -> (Option<Operations>, Option<Automations>) {
    let Some(table) = fields.table("value") else {
        return (None, None);
    };
    nested(fields, table, |fields| {
        let operations = fields.table("operations").map(|table| {
            nested(fields, table, |fields| {
                required_list(fields, "drivers");
                Operations {
                    drivers: book.inputs.listed_with_repeats(fields, "drivers"),
                    percent: book.inputs.named(fields, "percent"),
                    live: book.milestones.listed(fields, "live"),
                }
            })
        });
        let automations = fields.table("automations").and_then(|table| {
            nested(fields, table, |fields| {
                automations(fields, book, automation_scale)
            })
        });
        (operations, automations)
    })
}

fn automations(fields: &mut Fields<'_>, book: &Book<'_>, scale: &Scale) -> Option<Automations> {
    let count = book.inputs.required(fields, "count");
    let saved = book.inputs.required(fields, "saved");
    let from = book.activities.required(fields, "from");
    let to = book.milestones.named(fields, "to");
    if let Some(range) = count.and_then(|count| book.ranges.get(count))
        && !range.kind.is_whole()
        && let Some(text) = fields.text("count")
    {
        fields.error(
            "automations are counted by an input of kind `int`",
            text.span,
            "this input may have a fraction",
        );
    }
    Some(Automations {
        count: count?,
        saved: saved?,
        scale: scale.clone(),
        from: from?,
        to,
    })
}

/// `[[milestone]]`.
pub fn milestones(fields: &mut Fields<'_>, book: &Book<'_>) -> (Vec<Milestone>, Vec<Name>) {
    let (mut milestones, mut names) = (Vec::new(), Vec::new());
    for (table, id) in fields
        .tables("milestone")
        .into_iter()
        .zip(book.milestones.iter())
    {
        nested(fields, table, |fields| {
            fields.allow("id");
            let label = fields.text("label");
            names.push(Name {
                id: id.to_owned(),
                label: label.map_or_else(|| id.to_owned(), |label| label.value),
            });
            required_list(fields, "after");
            milestones.push(Milestone {
                after: book.activities.listed(fields, "after"),
            });
        });
    }
    limit(fields, "milestone", milestones.len(), MAX_ROWS);
    if milestones.is_empty() {
        let path = fields.path();
        fields.report(
            Diagnostic::warning("without a `[[milestone]]` the timeline stays empty").in_file(path),
        );
    }
    (milestones, names)
}
