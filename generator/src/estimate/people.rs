//! Who works, and what makes their hours longer: `[[role]]`, `[[risk]]` and `[[penalty]]` of a model file. Gives the
//! engine's lists and the names that go with them.

use tallypress_calculator::model::{Capacity, Opportunity, Penalty, Role};

use super::entries::{each, unknown_word};
use super::names::identifiers;
use super::numbers::{
    any, at_least, nested, number_or, require, required_pert, scale, scaled, source,
};
use super::{Book, Name, Notes, Variable};
use crate::diagnostic::Diagnostic;
use crate::fields::Fields;

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
