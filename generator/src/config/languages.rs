//! The languages of a site: its own, and those in `[languages]` with what the site is called there.

use std::collections::BTreeSet;

use super::{MenuEntry, menu};
use crate::fields::{Fields, Kind, Spanned, Table};

/// One language of the site.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// As in `<html lang>`: `en`, `pt-BR`. Also the ending of its files and the first part of its addresses.
    pub tag: String,
    /// In the language itself, for links to it.
    pub name: String,
    pub title: String,
    pub description: String,
    /// Empty for a language that has the site's own menu.
    pub menu: Vec<MenuEntry>,
    /// Whether lists show a page in the site's own language where it is not translated.
    pub show_untranslated: bool,
    /// Words of the theme that the site says otherwise.
    pub strings: Table,
    /// What the site sets of the theme's variables; the site's own language does so for all.
    pub variables: Table,
    /// Where the site names the language.
    pub span: std::ops::Range<usize>,
}

impl Language {
    /// The language that `language` names.
    pub fn own(fields: &mut Fields<'_>) -> Self {
        let written = fields.text("language");
        let span = written.as_ref().map_or(0..0, |tag| tag.span.clone());
        let tag = written
            .and_then(|written| checked(fields, written))
            .unwrap_or_else(|| "en".to_owned());
        Self {
            name: tag.clone(),
            tag,
            span,
            ..Self::default()
        }
    }
}

/// Reads `[languages]` and puts the site's own before them.
pub fn read(fields: &mut Fields<'_>, own: Language) -> Vec<Language> {
    let mut languages = vec![own];
    let Some(table) = fields.table("languages") else {
        return languages;
    };
    let path = fields.path();
    for entry in &table.entries {
        let Kind::Table(settings) = &entry.value.kind else {
            fields.error(
                format!("`{}` must be a table", entry.key),
                entry.value.span.clone(),
                format!("this is {}", entry.value.kind.name()),
            );
            continue;
        };
        let written = Spanned {
            value: entry.key.clone(),
            span: entry.key_span.clone(),
        };
        let Some(tag) = checked(fields, written) else {
            continue;
        };
        let own = &languages[0];
        let is_own = own.tag == tag;
        let mut language = match is_own {
            true => own.clone(),
            false => Language {
                name: tag.clone(),
                title: own.title.clone(),
                description: own.description.clone(),
                span: entry.key_span.clone(),
                tag,
                ..Language::default()
            },
        };
        let mut keys = Fields::new(path, settings, fields.diagnostics());
        if let Some(name) = keys.text("name") {
            language.name = name.value;
        }
        language.strings = keys.table("strings").cloned().unwrap_or_default();
        if !is_own {
            if let Some(title) = keys.text("title") {
                language.title = title.value;
            }
            if let Some(description) = keys.text("description") {
                language.description = description.value;
            }
            language.menu = menu(&mut keys);
            language.variables = keys.table("variables").cloned().unwrap_or_default();
            language.show_untranslated = keys.flag("show_untranslated").unwrap_or(false);
        }
        keys.finish();
        match is_own {
            true => languages[0] = language,
            false => languages.push(language),
        }
    }
    let first_parts: BTreeSet<String> = languages.iter().map(Language::folder).collect();
    if first_parts.len() < languages.len() {
        let span = table.span.clone();
        fields.error(
            "two languages would share an address",
            span.start..span.start,
            "their tags differ only in case",
        );
    }
    languages
}

impl Language {
    /// The first part of its addresses, unless it is the site's own.
    pub fn folder(&self) -> String {
        self.tag.to_lowercase()
    }
}

/// A language tag such as `fr`, `pt-BR` or `zh-Hant`.
fn checked(fields: &mut Fields<'_>, tag: Spanned<String>) -> Option<String> {
    let mut parts = tag.value.split('-');
    let is_tag = parts
        .next()
        .is_some_and(|first| matches!(first.len(), 2 | 3) && letters(first))
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if is_tag {
        return Some(tag.value);
    }
    fields.error(
        format!("`{}` is not the tag of a language", tag.value),
        tag.span,
        "a tag is like `en`, `fr` or `pt-BR`",
    );
    None
}

fn letters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}
