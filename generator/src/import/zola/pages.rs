//! A page of Zola: its front matter and its address.

use super::settings::wants_anchors;
use super::{Options, Slugs, shortcodes};
use crate::diagnostic::Diagnostic;
use crate::fields::{Entry, Kind};
use crate::import::body::Body;
use crate::import::front::{Front, Keys, toml_table};
use crate::import::globs::fits;
use crate::import::settings::Taxonomy;
use crate::import::{Move, MovedPage, SECTIONS_IN_ORDER};
use crate::page::Name;

/// What is in a front matter's table and needs nothing done: the theme does it, or nobody does.
const WITHOUT_EFFECT: [&str; 3] = ["in_search_index", "generate_feed", "generate_feeds"];

pub fn carry<'a>(moving: &mut Move<'a>, path: &'a str, options: &Options) {
    let slugs = options.slugs;
    let Some(text) = moving.text(path) else {
        return;
    };
    let (
        Front {
            mut keys,
            is_broken,
        },
        at,
    ) = moving.front(path, text);
    let languages = moving.settings.tags();
    let name = Name::of(path, &languages);
    let says = |key: &str, flag| {
        keys.peek(key)
            .is_some_and(|value| value.kind == Kind::Flag(flag))
    };
    let is_passed_over = says("transparent", true) && says("render", false);
    if name.is_section && is_passed_over && text[at.clone()].trim().is_empty() {
        // Its pages stand in the list of the section around it: here, those of a folder without a section do.
        return;
    }
    let address = match (keys.take_text("path"), keys.take_text("slug")) {
        (Some(path), _) => path,
        (None, Some(written)) => {
            let parent = Name {
                is_section: true,
                ..name.clone()
            };
            format!("{}{}/", by_name(&parent, slugs), slugs.of(&written))
        }
        (None, None) => by_name(&name, slugs),
    };
    let mut front = front_matter(moving, keys, name.is_section, &options.unlisted);
    if is_broken {
        front.insert("draft".to_owned(), true.into());
    }
    let below = path.strip_prefix("content/").unwrap_or(path);
    let is_named = |pattern: &String| fits(pattern, below) || fits(pattern, path);
    let is_plain = options.plain.iter().any(is_named);
    let body = match is_plain {
        true => Body::new(path, text, at, &mut moving.notes).finish(),
        false => shortcodes::carry(moving, path, text, at),
    };
    moving.pages.push(MovedPage {
        source: path.to_owned(),
        path: path.to_owned(),
        address: Some(address),
        front,
        body,
    });
}

/// Where Zola puts a page that names no address itself.
fn by_name(name: &Name, slugs: Slugs) -> String {
    let folders = name.folder.split('/').filter(|folder| !folder.is_empty());
    let home = match &name.language {
        Some(language) => format!("/{language}/"),
        None => "/".to_owned(),
    };
    let address = folders.fold(home, |address, folder| {
        format!("{address}{}/", slugs.of(folder))
    });
    match name.is_section {
        true => address,
        false => format!("{address}{}/", slugs.of(&name.stem)),
    }
}

fn front_matter(
    moving: &mut Move<'_>,
    mut keys: Keys<'_>,
    is_section: bool,
    unlisted: &[String],
) -> toml::Table {
    let (path, text) = (keys.path, keys.text);
    let mut front = toml::Table::new();
    for key in ["title", "description"] {
        if let Some(value) = keys.take_text(key) {
            front.insert(key.to_owned(), value.into());
        }
    }
    for key in ["date", "updated"] {
        if let Some(value) = keys.take(key) {
            moving.dated(&mut front, path, key, &value, text);
        }
    }
    if keys.take_flag("draft") == Some(true) {
        front.insert("draft".to_owned(), true.into());
    }
    if let Some(aliases) = keys.take_texts("aliases") {
        front.insert("aliases".to_owned(), aliases.into());
    }
    let order = keys.take_text("sort_by");
    match order.as_deref() {
        None | Some("none") => {}
        Some(_) if !is_section => {}
        Some(order @ ("date" | "weight" | "title")) => {
            front.insert("sort_by".to_owned(), order.into());
        }
        Some("title_bytes") => {
            front.insert("sort_by".to_owned(), "title".into());
        }
        Some(order) => moving.note(
            Diagnostic::warning(format!("pages cannot be sorted by `{order}`"))
                .in_file(path)
                .label("they are sorted by date"),
        ),
    }
    if let Some(count) = keys.take_count("paginate_by").filter(|_| is_section) {
        front.insert("paginate_by".to_owned(), count.into());
    }
    if let Some(named) = keys.take("paginate_path") {
        moving.name_further_pages(path, text, &named);
    }
    // Terms without pages, which templates may still read.
    let mut terms = toml::Table::new();
    if is_section {
        let feeds = ["generate_feeds", "generate_feed"].map(|key| keys.take_flag(key));
        if feeds.contains(&Some(true)) {
            front.insert("feed".to_owned(), true.into());
            // A section has a feed where the site has one.
            moving.settings.feed = Some(true);
        }
    } else {
        if let Some(Kind::Integer(weight)) = keys.take("weight").map(|value| value.kind) {
            front.insert("weight".to_owned(), weight.into());
        }
        if keys.take_flag("in_search_index") == Some(false) {
            front.insert("in_search_index".to_owned(), false.into());
        }
        if let Some(authors) = keys.take_texts("authors") {
            front.insert("authors".to_owned(), authors.into());
        }
        if let Some(taxonomies) = keys.take_table("taxonomies") {
            let (unlisted, listed): (Vec<Entry>, Vec<Entry>) = taxonomies
                .rest()
                .into_iter()
                .partition(|taxonomy| unlisted.contains(&taxonomy.key));
            for taxonomy in &listed {
                moving.settings.add_taxonomy(Taxonomy {
                    name: taxonomy.key.clone(),
                    ..Taxonomy::default()
                });
            }
            if !listed.is_empty() {
                front.insert("taxonomies".to_owned(), toml_table(&listed, text).into());
            }
            terms = toml_table(&unlisted, text);
        }
    }
    let mut own = keys.take_table("extra");
    // Before Zola had by-lines, themes had them.
    if !is_section && !front.contains_key("authors") {
        let authors = own.as_mut().and_then(|own| {
            own.take_texts("authors")
                .or_else(|| own.take_texts("author"))
        });
        let authors = authors.filter(|authors| !authors.is_empty());
        front.extend(authors.map(|authors| ("authors".to_owned(), authors.into())));
    }
    let own = own.map(|own| toml_table(&own.rest(), text));
    terms.extend(own.unwrap_or_default());
    if !terms.is_empty() {
        front.insert("extra".to_owned(), terms.into());
    }
    if keys
        .take("insert_anchor_links")
        .is_some_and(|anchors| wants_anchors(&anchors))
    {
        moving.settings.heading_links = true;
    }
    for key in WITHOUT_EFFECT {
        keys.take(key);
    }
    if keys.take_flag("render") == Some(false) {
        let now = match is_section {
            true => "a section that had no page is a draft now",
            false => "a page that had no address is a draft now",
        };
        let why = "it had `render = false`";
        moving.note(Diagnostic::warning(now).in_file(path).label(why));
        front.insert("draft".to_owned(), true.into());
    }
    for entry in keys.rest() {
        let what = match entry.key.as_str() {
            "template" | "page_template" => "templates of Zola are not read here",
            "redirect_to" => "have your host redirect it",
            "weight" => SECTIONS_IN_ORDER,
            "transparent" => "a section lists its own pages alone",
            _ => "nothing here is set by it",
        };
        moving.note(
            Diagnostic::warning(format!("`{}` was left out", entry.key))
                .at(path, entry.key_span)
                .label(what),
        );
    }
    front
}
