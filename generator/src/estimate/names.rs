//! Identifiers of a model file: collected first, so that everything else can refer to them in any
//! order. Takes what was written, gives the index that the engine uses.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Fields, Kind, Spanned};

/// The identifiers of one kind of thing, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Such as `role`.
    kind: &'static str,
    ids: Vec<String>,
    /// Where each was written first.
    written: BTreeMap<String, Span>,
}

/// The ids of all `[[kind]]` tables. An entry without a usable id keeps its place.
pub fn identifiers(fields: &mut Fields<'_>, kind: &'static str) -> Names {
    let mut names = Names {
        kind,
        ..Names::default()
    };
    for table in fields.tables(kind) {
        match table.get("id").map(|entry| &entry.value) {
            Some(value) => match &value.kind {
                Kind::Text(id) => names.add(fields, kind, id, value.span.clone()),
                other => {
                    fields.error(
                        "`id` must be a text in quotes",
                        value.span.clone(),
                        format!("this is {}", other.name()),
                    );
                    names.ids.push(String::new());
                }
            },
            None => {
                let start = table.span.start;
                fields.error(
                    "`id` is missing",
                    start..start + 1,
                    format!("every {kind} needs an `id`"),
                );
                names.ids.push(String::new());
            }
        }
    }
    names
}

impl Names {
    /// Names that are only looked up in.
    pub fn of(kind: &'static str, ids: Vec<String>) -> Self {
        Self {
            kind,
            ids,
            written: BTreeMap::new(),
        }
    }

    /// Adds an identifier; reports one that is taken or cannot be part of a name on the page.
    pub fn add(&mut self, fields: &mut Fields<'_>, kind: &'static str, id: &str, span: Span) {
        self.kind = kind;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        match self.written.entry(id.to_owned()) {
            Entry::Occupied(first) => fields.report(
                Diagnostic::error(format!("two {}s are called `{id}`", plural_stem(kind)))
                    .at(fields.path(), span)
                    .label("ids are unique")
                    .because_of(first.get().clone(), "the first one"),
            ),
            Entry::Vacant(free) => {
                free.insert(span.clone());
                if id.is_empty() || !id.chars().all(plain) {
                    fields.error(
                        format!("`{id}` is no id"),
                        span,
                        "an id has ASCII letters, digits, `_` and `-` only",
                    );
                }
            }
        }
        self.ids.push(id.to_owned());
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The index of an id, without a complaint.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|other| other == id)
    }

    /// The id at an index.
    pub fn id(&self, index: usize) -> &str {
        self.ids.get(index).map_or("", String::as_str)
    }

    /// The index of something that must exist.
    pub fn find(&self, fields: &mut Fields<'_>, written: &str, span: Span) -> Option<usize> {
        let found = self.index(written);
        if found.is_none() {
            let kind = self.kind;
            fields.report(
                Diagnostic::error(format!("there is no {kind} called `{written}`"))
                    .at(fields.path(), span)
                    .label(format!("no {kind} has this id"))
                    .suggest(written, self.iter()),
            );
        }
        found
    }

    /// The thing that a key names, if the key is there.
    pub fn named(&self, fields: &mut Fields<'_>, key: &'static str) -> Option<usize> {
        let Spanned { value, span } = fields.text(key)?;
        self.find(fields, &value, span)
    }

    /// The thing that a key must name.
    pub fn required(&self, fields: &mut Fields<'_>, key: &'static str) -> Option<usize> {
        let Spanned { value, span } = fields.required_text(key)?;
        self.find(fields, &value, span)
    }

    /// The things that a key lists, even more than once (a driver that is squared).
    pub fn listed_with_repeats(&self, fields: &mut Fields<'_>, key: &'static str) -> Vec<usize> {
        let texts = fields.texts(key).unwrap_or_default();
        let found = texts
            .into_iter()
            .filter_map(|text| self.find(fields, &text.value, text.span));
        found.collect()
    }

    /// The things that a key lists; none if it is not there. Repeated ones are reported.
    pub fn listed(&self, fields: &mut Fields<'_>, key: &'static str) -> Vec<usize> {
        let mut found = Vec::new();
        for Spanned { value, span } in fields.texts(key).unwrap_or_default() {
            let Some(index) = self.find(fields, &value, span.clone()) else {
                continue;
            };
            if found.contains(&index) {
                fields.error(
                    format!("`{key}` names `{value}` twice"),
                    span,
                    "once is enough",
                );
            } else {
                found.push(index);
            }
        }
        found
    }
}

/// The word to which an `s` can be added.
fn plural_stem(kind: &str) -> String {
    match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ie"),
        None if kind.ends_with("ch") => format!("{kind}e"),
        None => kind.to_owned(),
    }
}
