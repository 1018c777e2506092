//! The site's own rules for front matter (`[schema]` in `site.toml`), held against what authors wrote.

use std::sync::Arc;

use crate::config::{Config, Rule};
use crate::diagnostic::{Diagnostic, Place, Span};
use crate::fields::{Kind, Table, Value};
use crate::page::Page;

/// Everything in the pages' front matter that the rules do not allow, and what they miss.
pub fn check(pages: &[Arc<Page>], config: &Config) -> Vec<Diagnostic> {
    let rules = &config.rules;
    if rules.is_empty() {
        return Vec::new();
    }
    let mut diagnostics = Vec::new();
    for page in pages {
        let rules: Vec<&Rule> = rules
            .rules
            .iter()
            .filter(|rule| is_for(rule, page))
            .collect();
        let mut written = vec![&page.front.written];
        if let Some(cascade) = &page.front.section.cascade {
            written.push(&cascade.written);
        }
        for table in written {
            for rule in &rules {
                if let Some(value) = find(table, rule) {
                    diagnostics.extend(wrong_value(page, rule, value));
                }
            }
            if let (true, Some(extra)) = (config.rules.closed, table_in(table, "extra")) {
                unknown_keys(page, extra, "", &rules, &mut diagnostics);
            }
        }
        if !page.name.is_section {
            let missing = rules
                .iter()
                .filter(|rule| rule.required && !has(page, rule));
            diagnostics.extend(missing.map(|rule| is_missing(page, rule)));
        }
    }
    diagnostics
}

/// Whether a rule is for the pages of the folder that this page is in.
fn is_for(rule: &Rule, page: &Page) -> bool {
    let rest = page.name.folder.strip_prefix(rule.section.as_str());
    rule.section.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Front matter may say a key under another name, and terms in a table.
fn names(key: &str) -> &'static [&'static [&'static str]] {
    match key {
        "authors" => &[&["authors"], &["author"]],
        "categories" => &[
            &["taxonomies", "categories"],
            &["categories"],
            &["category"],
        ],
        "date" => &[&["date"]],
        "description" => &[&["description"], &["summary"]],
        "images" => &[&["images"]],
        "series" => &[&["taxonomies", "series"], &["series"]],
        "tags" => &[&["taxonomies", "tags"], &["tags"]],
        "updated" => &[&["updated"], &["lastmod"]],
        _ => &[],
    }
}

fn find<'a>(table: &'a Table, rule: &Rule) -> Option<&'a Value> {
    match rule.below_extra() {
        Some(parts) => at(table, std::iter::once("extra").chain(parts)),
        None => names(&rule.key.value)
            .iter()
            .find_map(|path| at(table, path.iter().copied())),
    }
}

fn at<'a, 'b>(table: &'a Table, path: impl Iterator<Item = &'b str>) -> Option<&'a Value> {
    let mut table = Some(table);
    let mut found = None;
    for part in path {
        found = Some(&table?.get(part)?.value);
        table = match found.map(|value| &value.kind) {
            Some(Kind::Table(inside)) => Some(inside),
            _ => None,
        };
    }
    found.filter(|value| value.kind != Kind::Null)
}

fn table_in<'a>(table: &'a Table, key: &str) -> Option<&'a Table> {
    match &table.get(key)?.value.kind {
        Kind::Table(inside) => Some(inside),
        _ => None,
    }
}

fn wrong_value(page: &Page, rule: &Rule, value: &Value) -> Vec<Diagnostic> {
    let key = &rule.key.value;
    if let Some(kind) = rule.kind.filter(|kind| !kind.holds(&value.kind)) {
        let wrong = Diagnostic::error(format!("`{key}` must be {}", kind.name()))
            .at(&page.path, value.span.clone())
            .label(format!("this is {}", value.kind.name()));
        return vec![explained(wrong, rule)];
    }
    if rule.values.is_empty() {
        return Vec::new();
    }
    let values = match &value.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let allowed = || rule.values.iter().map(String::as_str);
    values
        .iter()
        .filter_map(|value| {
            let written = match &value.kind {
                Kind::Text(text) => text.clone(),
                _ => value.json().to_string(),
            };
            let wrong = Diagnostic::error(format!("`{key}` cannot be `{written}`"))
                .at(&page.path, value.span.clone())
                .label(format!(
                    "the site allows {}",
                    allowed().collect::<Vec<_>>().join(", ")
                ))
                .suggest(&written, allowed());
            let is_allowed = rule.values.contains(&written);
            (!is_allowed).then(|| explained(wrong, rule))
        })
        .collect()
}

fn explained(wrong: Diagnostic, rule: &Rule) -> Diagnostic {
    match rule.description.is_empty() {
        true => wrong,
        false => wrong.help(rule.description.clone()),
    }
}

/// Whether a page has a key, be it from a section's defaults or from its text.
fn has(page: &Page, rule: &Rule) -> bool {
    let front = &page.front;
    if let Some(mut parts) = rule.below_extra() {
        let value = parts.try_fold(&front.extra, |value, part| value.get(part));
        return value.is_some_and(|value| !value.is_null());
    }
    match rule.key.value.as_str() {
        "authors" => front.authors.is_some(),
        "date" => page.date().is_some(),
        "description" => !front.description.is_empty(),
        "images" => front.images.is_some(),
        "updated" => front.updated.is_some(),
        taxonomy => front.terms.of(taxonomy).is_some(),
    }
}

fn is_missing(page: &Page, rule: &Rule) -> Diagnostic {
    let place = Place {
        path: page.path.clone(),
        span: front(page),
    };
    let missing = Diagnostic::error(format!("`{}` is missing", rule.key.value))
        .placed(&place)
        .label(match rule.section.as_str() {
            "" => "the site asks every page for it".to_owned(),
            section => format!("the site asks every page in `{section}` for it"),
        });
    explained(missing, rule)
}

/// The first line of the front matter, if there is any.
fn front(page: &Page) -> Option<Span> {
    let start = page.front.written.span.start;
    // Right after the fence and its line end.
    (start > 0).then(|| start.saturating_sub(4)..start.saturating_sub(1))
}

fn unknown_keys(
    page: &Page,
    table: &Table,
    around: &str,
    rules: &[&Rule],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let known: Vec<&str> = rules
        .iter()
        .filter_map(|rule| rule.key.value.strip_prefix("extra."))
        .collect();
    for entry in &table.entries {
        let key = format!("{around}{}", entry.key);
        let below = format!("{key}.");
        if known.contains(&key.as_str()) {
            continue;
        }
        match &entry.value.kind {
            Kind::Table(inside) if known.iter().any(|other| other.starts_with(&below)) => {
                unknown_keys(page, inside, &below, rules, diagnostics);
            }
            _ => diagnostics.push(
                Diagnostic::error(format!("unknown key `extra.{key}`"))
                    .at(&page.path, entry.key_span.clone())
                    .label("the site's schema has no such key")
                    .suggest(&key, known.iter().copied()),
            ),
        }
    }
}
