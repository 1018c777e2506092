//! Defaults of a section: what Hugo hands down to the pages below it, as far as it has a counterpart.

use super::Site;
use super::pages::is_unpublished;
use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Value};
use crate::import::Move;
use crate::import::front::{Keys, toml_date, toml_table, written};

/// Keys that mean the same here.
const DATES: [(&str, &str); 2] = [("publishDate", "publishDate"), ("expiryDate", "expiryDate")];

/// What only templates of Hugo read.
const FOR_TEMPLATES: [&str; 8] = [
    "type", "layout", "outputs", "_build", "build", "sitemap", "toc", "url",
];

/// One table, or a list of them for different pages.
pub fn carry(
    moving: &mut Move<'_>,
    site: &Site,
    cascade: &Value,
    path: &str,
    text: &str,
) -> Option<toml::Table> {
    let parts: Vec<&Value> = match &cascade.kind {
        Kind::List(items) => items.iter().collect(),
        _ => vec![cascade],
    };
    let mut defaults = toml::Table::new();
    let mut extra = toml::Table::new();
    let mut terms = toml::Table::new();
    for part in parts {
        let Kind::Table(table) = &part.kind else {
            continue;
        };
        let mut keys = Keys::of(path, text, table);
        let target = keys.take_any(&["_target", "target"]);
        if target.as_ref().is_some_and(|target| !means_all(target)) {
            moving.note(
                Diagnostic::warning("a part of `cascade` was left out")
                    .at(path, part.span.clone())
                    .label("it is for some of the pages below: say it on those pages"),
            );
            continue;
        }
        if let Some(draft) = keys.take_flag("draft") {
            defaults.insert("draft".to_owned(), draft.into());
        }
        if let Some(Kind::Integer(weight)) = keys.take("weight").map(|value| value.kind) {
            defaults.insert("weight".to_owned(), weight.into());
        }
        for (key, ours) in DATES {
            if let Some(date) = keys.take(key) {
                defaults.insert(ours.to_owned(), toml_date(written(&date, text)));
            }
        }
        for name in ["authors", "author"] {
            let authors = keys.take_texts(name).filter(|authors| !authors.is_empty());
            defaults.extend(authors.map(|authors| ("authors".to_owned(), authors.into())));
        }
        for name in &site.taxonomies {
            let written = keys.take_texts(name).filter(|terms| !terms.is_empty());
            terms.extend(written.map(|terms| (name.clone(), terms.into())));
        }
        let build = keys.peek("build").or_else(|| keys.peek("_build"));
        if build.is_some_and(is_unpublished) {
            defaults.insert("draft".to_owned(), true.into());
            keys.take_any(&["build", "_build"]);
        }
        for key in FOR_TEMPLATES {
            if let Some(value) = keys.take(key) {
                moving.note(
                    Diagnostic::warning(format!("`{key}` was left out of `cascade`"))
                        .at(path, value.span)
                        .label("templates of Hugo are not read here"),
                );
            }
        }
        if let Some(params) = keys.take_table("params") {
            extra.extend(toml_table(&params.rest(), text));
        }
        extra.extend(toml_table(&keys.rest(), text));
    }
    for (name, table) in [("taxonomies", terms), ("extra", extra)] {
        if !table.is_empty() {
            defaults.insert(name.to_owned(), table.into());
        }
    }
    (!defaults.is_empty()).then_some(defaults)
}

/// Whether a target holds for every page below the section that names it.
fn means_all(target: &Value) -> bool {
    let Kind::Table(target) = &target.kind else {
        return true;
    };
    target.entries.iter().all(|entry| match &entry.value.kind {
        Kind::Text(path) if entry.key == "path" => path.ends_with("**") && !path.contains("*."),
        Kind::Text(kind) if entry.key == "kind" => kind == "page" || kind.contains('*'),
        _ => false,
    })
}
