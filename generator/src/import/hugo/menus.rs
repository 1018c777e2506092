//! Menus of Hugo: lists in the settings, and entries that pages make for themselves.

use std::collections::BTreeSet;

use super::Site;
use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Table, Value};
use crate::import::Move;
use crate::import::front::Keys;
use crate::import::settings::MenuEntry;

const ONE_LEVEL: &str = "a menu has one level here: link to it from a page";

/// The entries of the main menu, of the site or of one language.
pub fn carry(moving: &mut Move<'_>, site: &Site, mut menus: Keys<'_>, language: Option<&str>) {
    let (path, text) = (menus.path, menus.text);
    let items = match menus.take("main").map(|value| value.kind) {
        Some(Kind::List(items)) => items,
        _ => Vec::new(),
    };
    for item in &items {
        let Kind::Table(table) = &item.kind else {
            continue;
        };
        let mut entry = Keys::of(path, text, table);
        let page = entry.take_text("pageRef").filter(|page| !page.is_empty());
        let page = page.map(|page| site.addresses.of_page_ref(&page));
        let target = page.or_else(|| Some(site.addresses.of_menu(&entry.take_text("url")?)));
        let name = entry
            .take_text("name")
            .or_else(|| entry.take_text("title"))
            .or_else(|| entry.take_text("identifier"));
        let (Some(name), Some(target)) = (name, target) else {
            continue;
        };
        if entry
            .take_text("parent")
            .is_some_and(|parent| !parent.is_empty())
        {
            moving.note(
                Diagnostic::warning(format!("`{name}` was left out of the menu"))
                    .at(path, item.span.clone())
                    .label(ONE_LEVEL),
            );
            continue;
        }
        let entry = MenuEntry {
            weight: weight(table),
            name,
            path: target,
        };
        add(moving, site, language, entry);
    }
    for entry in menus.rest() {
        moving.note(
            Diagnostic::warning(format!("the menu `{}` was left out", entry.key))
                .at(path, entry.key_span)
                .label("a site has one menu here"),
        );
    }
}

/// `menu: main`, `menu: [main]` or `menu: {main: {name: …}}` on a page, which is at `target` now.
pub fn of_page(
    moving: &mut Move<'_>,
    site: &Site,
    menu: &Value,
    title: Option<String>,
    target: &str,
    source: &str,
    language: Option<&str>,
) {
    let nothing = Table {
        entries: Vec::new(),
        span: 0..0,
    };
    let entry = match &menu.kind {
        Kind::Text(menu) if menu == "main" => Some(&nothing),
        Kind::List(menus) => menus
            .iter()
            .any(|menu| menu.kind == Kind::Text("main".to_owned()))
            .then_some(&nothing),
        Kind::Table(table) => table.get("main").map(|entry| match &entry.value.kind {
            Kind::Table(entry) => entry,
            _ => &nothing,
        }),
        _ => None,
    };
    let Some(entry) = entry else {
        return;
    };
    let own = match entry.get("name").map(|name| &name.value.kind) {
        Some(Kind::Text(own)) => Some(own.clone()),
        _ => None,
    };
    let Some(name) = own.or(title) else {
        return;
    };
    if entry.get("parent").is_some() {
        moving.note(
            Diagnostic::warning(format!("`{name}` was left out of the menu"))
                .at(source, menu.span.clone())
                .label(ONE_LEVEL),
        );
        return;
    }
    let entry = MenuEntry {
        weight: weight(entry),
        name,
        path: target.to_owned(),
    };
    add(moving, site, language, entry);
}

/// Finds the files of pages that entries name by a folder or a name: `@/posts/_index.md` for `@/posts`.
pub fn find_pages(moving: &mut Move<'_>) {
    let paths: BTreeSet<&str> = moving.pages.iter().map(|page| page.path.as_str()).collect();
    let find = |entry: &mut MenuEntry, ending: &str| {
        let Some(name) = entry.path.strip_prefix("@/") else {
            return;
        };
        if name.ends_with(".md") {
            return;
        }
        let below = if name.is_empty() { "" } else { "/" };
        let files = [
            format!("{name}{below}_index{ending}.md"),
            format!("{name}{below}index{ending}.md"),
            format!("{name}{ending}.md"),
        ];
        let is_there = |file: &&String| paths.contains(format!("content/{file}").as_str());
        entry.path = match files.iter().find(is_there) {
            Some(file) => format!("@/{file}"),
            None if name.is_empty() || name.contains('.') => format!("/{name}"),
            None => format!("/{name}/"),
        };
    };
    for entry in &mut moving.settings.menu {
        find(entry, "");
    }
    for language in &mut moving.settings.languages {
        let ending = format!(".{}", language.tag);
        for entry in &mut language.menu {
            find(entry, &ending);
        }
    }
}

fn add(moving: &mut Move<'_>, site: &Site, language: Option<&str>, entry: MenuEntry) {
    let menu = match language.filter(|language| *language != site.language) {
        Some(language) => &mut moving.settings.language(language).menu,
        None => &mut moving.settings.menu,
    };
    if !menu
        .iter()
        .any(|known| known.name == entry.name && known.path == entry.path)
    {
        menu.push(entry);
    }
}

fn weight(entry: &Table) -> i64 {
    match entry.get("weight").map(|entry| &entry.value.kind) {
        Some(Kind::Integer(weight)) => *weight,
        _ => 0,
    }
}
