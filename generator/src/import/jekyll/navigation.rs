//! The links on every page of a Jekyll site: themes keep them in `_data/navigation.yml`, or show the pages
//! in the outermost folder.

use crate::fields::{Kind, Value};
use crate::import::Move;
use crate::import::front::{Format, Keys};
use crate::import::settings::MenuEntry;
use crate::source::SourceTree;

use super::found::{Found, Origin};
use super::settings::Site;

const FILES: [&str; 6] = [
    "_data/navigation.yml",
    "_data/navigation.yaml",
    "_data/nav.yml",
    "_data/menu.yml",
    "_data/menus.yml",
    "_data/header.yml",
];

/// Under what a file keeps its list.
const LISTS: [&str; 5] = ["main", "header", "nav", "menu", "links"];

/// The menu, with the list of posts if no other entry leads there.
pub fn read(
    moving: &Move<'_>,
    site: &Site,
    found: &[Found<'_>],
    posts: Option<&str>,
) -> Vec<MenuEntry> {
    let mut menu = FILES
        .iter()
        .find_map(|path| from_data(moving, path))
        .unwrap_or_default();
    if menu.is_empty() {
        if let Some(posts) = posts {
            menu.push(MenuEntry {
                weight: 0,
                name: "Posts".to_owned(),
                path: format!("@/{posts}/_index.md"),
            });
        }
        menu.extend(from_pages(site, found));
    }
    menu
}

fn from_data(moving: &Move<'_>, path: &str) -> Option<Vec<MenuEntry>> {
    let text = SourceTree::text(path, moving.source.get(path)?).ok()?;
    let (whole, _) = crate::fields::parse_yaml_document(path, text, 0..text.len());
    let items = match &whole.kind {
        Kind::List(items) => items.clone(),
        _ => {
            let mut lists = Keys::read(path, text, Format::Yaml, 0..text.len(), &mut Vec::new());
            match lists.take_any(&LISTS)?.kind {
                Kind::List(items) => items,
                _ => return None,
            }
        }
    };
    let entries = items.iter().filter_map(|item| entry(item, path, text));
    Some(entries.collect())
}

fn entry(item: &Value, path: &str, text: &str) -> Option<MenuEntry> {
    let Kind::Table(table) = &item.kind else {
        return None;
    };
    let mut keys = Keys::of(path, text, table);
    let mut any = |names: &[&str]| crate::import::front::text_of(&keys.take_any(names)?, text);
    let name = any(&["title", "name", "text", "label"])?;
    let target = any(&["url", "link", "href", "path"])?;
    let path = match target.contains(':') || target.starts_with('#') {
        true => target,
        false => format!("/{}", target.trim_start_matches('/')),
    };
    Some(MenuEntry {
        weight: 0,
        name,
        path,
    })
}

/// The pages that the settings name, or else those in the outermost folder.
fn from_pages(site: &Site, found: &[Found<'_>]) -> Vec<MenuEntry> {
    let in_menu = |one: &&Found<'_>| match site.header_pages.is_empty() {
        false => site.header_pages.iter().any(|page| page == one.path),
        true => {
            one.origin == Origin::Page
                && !one.path.contains('/')
                && one.destination != "content/_index.md"
                && !matches!(one.address.as_deref(), Some("/404.html" | "/404/"))
        }
    };
    // Some themes ask the pages themselves.
    let mut asked: Vec<(i64, &Found<'_>)> = found
        .iter()
        .filter(|one| one.keys.peek("nav").map(|nav| &nav.kind) == Some(&Kind::Flag(true)))
        .map(
            |one| match one.keys.peek("nav_order").map(|order| &order.kind) {
                Some(Kind::Integer(order)) => (*order, one),
                _ => (i64::MAX, one),
            },
        )
        .collect();
    asked.sort_by_key(|(order, _)| *order);
    let pages: Vec<&Found<'_>> = match asked.is_empty() {
        true => found.iter().filter(in_menu).collect(),
        false => asked.into_iter().map(|(_, one)| one).collect(),
    };
    let pages = pages.into_iter();
    let entries = pages.filter_map(|one| {
        Some(MenuEntry {
            weight: 0,
            name: one.title.clone()?,
            path: one.destination.replacen("content/", "@/", 1),
        })
    });
    entries.collect()
}
