//! The theme's own words in a language: its `strings/TAG.toml`, with what the site says otherwise. What
//! nobody has translated is taken from the theme's English, and said.

use serde_json::{Map, Value as Json};

use crate::config::{FILE, Language};
use crate::diagnostic::Diagnostic;
use crate::fields::Table;
use crate::theme::{Strings, Theme};

/// The language whose strings a theme always has.
const REFERENCE: &str = "en";

/// The words for templates, by key.
pub fn in_language(theme: &Theme, language: &Language) -> (Json, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Some(reference) = theme.strings.get(REFERENCE) else {
        return (language.strings.json(), diagnostics);
    };
    let mut words = as_map(&reference.table);
    let (primary, _) = language.tag.split_once('-').unwrap_or((&language.tag, ""));
    let translated = theme
        .strings
        .get(&language.tag)
        .or_else(|| theme.strings.get(primary));
    match translated {
        Some(translated) => diagnostics.extend(untranslated(reference, translated)),
        None if language.strings.entries.is_empty() => diagnostics.push(
            Diagnostic::warning(format!("the theme has no words in `{}`", language.tag))
                .at(FILE, language.span.clone())
                .label(format!("its own are shown in `{REFERENCE}`"))
                .help(format!(
                    "translate {} as `strings/{}.toml` in the theme, or as `[languages.{}.strings]`",
                    reference.path, language.tag, language.tag
                )),
        ),
        None => {}
    }
    if let Some(translated) = translated {
        words.extend(as_map(&translated.table));
    }
    for entry in &language.strings.entries {
        match reference.table.get(&entry.key) {
            Some(_) => drop(words.insert(entry.key.clone(), entry.value.json())),
            None => diagnostics.push(
                Diagnostic::error(format!("the theme has no words `{}`", entry.key))
                    .at(FILE, entry.key_span.clone())
                    .label(format!("{} has no such key", reference.path))
                    .suggest(&entry.key, keys(&reference.table)),
            ),
        }
    }
    (Json::Object(words), diagnostics)
}

/// What a theme's strings lack or have too much.
fn untranslated(reference: &Strings, translated: &Strings) -> Vec<Diagnostic> {
    let missing: Vec<&str> = keys(&reference.table)
        .filter(|key| translated.table.get(key).is_none())
        .collect();
    let mut diagnostics = Vec::new();
    if !missing.is_empty() {
        diagnostics.push(
            Diagnostic::warning("not all of the theme's words are translated")
                .in_file(&translated.path)
                .label(format!(
                    "in `{REFERENCE}` are shown: {}",
                    missing.join(", ")
                )),
        );
    }
    let entries = translated.table.entries.iter();
    let unknown = entries.filter(|entry| reference.table.get(&entry.key).is_none());
    diagnostics.extend(unknown.map(|entry| {
        Diagnostic::error(format!("the theme has no words `{}`", entry.key))
            .at(&translated.path, entry.key_span.clone())
            .label(format!("{} has no such key", reference.path))
            .suggest(&entry.key, keys(&reference.table))
    }));
    diagnostics
}

fn keys(table: &Table) -> impl Iterator<Item = &str> {
    table.entries.iter().map(|entry| entry.key.as_str())
}

fn as_map(table: &Table) -> Map<String, Json> {
    let entries = table.entries.iter();
    entries
        .map(|entry| (entry.key.clone(), entry.value.json()))
        .collect()
}
