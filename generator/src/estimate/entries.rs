//! Entries of a model file that have an id and a label: `[[kind]]` tables, read one after the other.

use tallypress_calculator::model::MAX_ROWS;

use super::Name;
use super::numbers::nested;
use crate::diagnostic::{Diagnostic, closest};
use crate::fields::{Fields, Kind, Table};

/// Tables that have an id and a label only.
pub fn labelled(fields: &mut Fields<'_>, kind: &'static str) -> Vec<Name> {
    let ids: Vec<String> = fields.tables(kind).into_iter().map(id_of).collect();
    limit(fields, kind, ids.len(), MAX_ROWS);
    each(fields, kind, ids.iter().map(String::as_str), |_, _, _| ()).1
}

/// Reads every `[[kind]]` table with its id and label.
pub fn each<'n, T>(
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
pub fn label(fields: &mut Fields<'_>, id: &str) -> String {
    fields.allow("id");
    fields
        .text("label")
        .map_or_else(|| id.to_owned(), |label| label.value)
}

pub fn id_of(table: &Table) -> String {
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

pub fn unknown_word(what: &str, written: &str, words: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(format!("`{written}` is no {what}"));
    match closest(written, words.iter().copied()) {
        Some(word) => diagnostic.help(format!("did you mean `{word}`?")),
        None => diagnostic.help(format!("it can be {}", words.join(", "))),
    }
}
