//! Menus of Hugo: lists in the settings, and entries that pages make for themselves.

use std::collections::BTreeSet;

use super::Site;
use super::settings::File;
use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Table, Value};
use crate::import::Move;
use crate::import::front::Keys;
use crate::import::settings::MenuEntry;
use crate::source::SourceTree;

const ONE_LEVEL: &str = "a menu has one level here: link to it from a page";

/// What themes call the menu on every page, besides `main`.
const NAMES: [&str; 8] = [
    "primary",
    "header",
    "top",
    "nav",
    "navbar",
    "navigation",
    "global",
    "menu",
];

/// The name of the menu that stands on every page: `main`, or if the settings have none, another one that does.
pub fn chosen(source: &SourceTree, files: &[File<'_>]) -> String {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut add = |menus: Keys<'_>| names.extend(menus.iter().map(|menu| menu.key.to_lowercase()));
    for file in files {
        let Some(mut keys) = file.keys(source) else {
            continue;
        };
        if file.is_menu() {
            add(keys);
            continue;
        }
        for name in ["menu", "menus"] {
            keys.take_table(name).into_iter().for_each(&mut add);
        }
        let languages = keys.take_table("languages");
        for language in languages.iter().flat_map(Keys::iter) {
            if let Kind::Table(table) = &language.value.kind {
                let mut language = Keys::of(keys.path, keys.text, table);
                for name in ["menu", "menus"] {
                    language.take_table(name).into_iter().for_each(&mut add);
                }
            }
        }
    }
    let others = NAMES.into_iter().filter(|_| !names.contains("main"));
    let mut others = others.filter(|name| names.contains(*name));
    others.next().unwrap_or("main").to_owned()
}

/// `sectionPagesMenu`: all sections are in the menu whose name it is.
pub fn add_sections(moving: &mut Move<'_>, site: &Site) {
    if site.section_menu.as_deref() != Some(&site.menu) {
        return;
    }
    let mut found = Vec::new();
    for page in &moving.pages {
        let below = page.path.strip_prefix("content/").unwrap_or(&page.path);
        let Some((folder, name)) = below.split_once('/') else {
            continue;
        };
        let is_taxonomy = site.taxonomies.iter().any(|taxonomy| taxonomy == folder);
        let is_draft = page.front.get("draft") == Some(&toml::Value::Boolean(true));
        let title = page.front.get("title").and_then(|title| title.as_str());
        let language = name.strip_prefix("_index.").and_then(|rest| {
            let tag = rest.strip_suffix("md")?;
            Some(tag.strip_suffix('.').map(str::to_owned))
        });
        if let (Some(title), Some(language), false) = (title, language, is_taxonomy || is_draft) {
            let path = format!("@/{below}");
            let entry = MenuEntry {
                weight: 0,
                name: title.to_owned(),
                path,
            };
            found.push((language, entry));
        }
    }
    for (language, entry) in found {
        let known = match &language {
            Some(tag) => &moving.settings.language(tag).menu,
            None => &moving.settings.menu,
        };
        if known.iter().all(|other| other.path != entry.path) {
            add(moving, site, language.as_deref(), entry);
        }
    }
}

/// Entries without a weight come last, and those of one weight by their names.
pub fn put_in_order(moving: &mut Move<'_>) {
    let others = moving.settings.languages.iter_mut();
    let menus = others.map(|language| &mut language.menu);
    for menu in menus.chain([&mut moving.settings.menu]) {
        menu.sort_by_cached_key(|entry| {
            (entry.weight == 0, entry.weight, entry.name.to_lowercase())
        });
        for (place, entry) in (0..).zip(menu) {
            entry.weight = place;
        }
    }
}

/// The entries of the main menu, of the site or of one language.
pub fn carry(moving: &mut Move<'_>, site: &Site, mut menus: Keys<'_>, language: Option<&str>) {
    let (path, text) = (menus.path, menus.text);
    let items = match menus.take(&site.menu).map(|value| value.kind) {
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
        Kind::Text(menu) if *menu == site.menu => Some(&nothing),
        Kind::List(menus) => menus
            .iter()
            .any(|menu| menu.kind == Kind::Text(site.menu.clone()))
            .then_some(&nothing),
        Kind::Table(table) => table.get(&site.menu).map(|entry| match &entry.value.kind {
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
