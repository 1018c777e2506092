//! The settings of Zola.

use super::{Options, Slugs};
use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Value};
use crate::import::Move;
use crate::import::front::{Format, Keys, text_of};
use crate::import::settings::{MenuEntry, Settings, Taxonomy};

pub fn read(moving: &mut Move<'_>, path: &'static str) -> Options {
    let Some(text) = moving.text(path) else {
        return Options::default();
    };
    let mut keys = Keys::read(path, text, Format::Toml, 0..text.len(), &mut moving.notes);
    let settings = &mut moving.settings;
    settings.title = keys.take_text("title").unwrap_or_default();
    settings.description = keys.take_text("description").unwrap_or_default();
    settings.base_url = keys.take_text("base_url").unwrap_or_default();
    settings.language = keys.take_text("default_language").unwrap_or_default();
    settings.author = keys.take_text("author").unwrap_or_default();
    let feeds = keys
        .take("generate_feeds")
        .or_else(|| keys.take("generate_feed"));
    let old_feeds = keys.take("generate_rss");
    let wants_feed = |feeds: &Value| feeds.kind == Kind::Flag(true);
    settings.feed = Some(
        feeds
            .as_ref()
            .or(old_feeds.as_ref())
            .is_some_and(wants_feed),
    );
    if let Some(rss) = old_feeds.filter(wants_feed) {
        moving.notes.push(
            Diagnostic::warning("the feed moves to `/atom.xml` from `/rss.xml`")
                .at(path, rss.span)
                .label("have your host redirect it"),
        );
    }
    settings.feed_limit = keys.take_count("feed_limit");
    let mut unlisted = Vec::new();
    let further = further_pages(&keys);
    let listed = taxonomies(&mut keys, &mut unlisted, &mut moving.notes);
    for taxonomy in listed {
        settings.add_taxonomy(taxonomy);
    }
    match keys.take("languages").map(|value| value.kind) {
        Some(Kind::Table(list)) => {
            let list = Keys::of(path, text, &list);
            languages(settings, list, &mut unlisted, &mut moving.notes);
        }
        // As it was once: `[{ code = "fr" }]`.
        Some(Kind::List(items)) => {
            for item in &items {
                if let Kind::Table(table) = &item.kind
                    && let Some(code) = Keys::of(path, text, table).take_text("code")
                {
                    settings.language(&code);
                }
            }
        }
        _ => {}
    }
    let anchors = keys.take("insert_anchor_links");
    settings.heading_links = anchors.as_ref().is_some_and(wants_anchors);
    settings.plain_code = keys.take_flag("highlight_code") == Some(false);
    keys.take("highlight_theme");
    if let Some(mut markdown) = keys.take_table("markdown") {
        settings.smart_punctuation = markdown.take_flag("smart_punctuation").unwrap_or(false);
        let anchors = markdown.take("insert_anchor_links");
        settings.heading_links |= anchors.as_ref().is_some_and(wants_anchors);
        settings.plain_code |= markdown.take_flag("highlight_code") == Some(false);
        settings.emoji = markdown.take_flag("render_emoji") == Some(true);
        for same in [
            "highlight_theme",
            "highlight_themes_css",
            "highlighting",
            "bottom_footnotes",
            "definition_list",
            "github_alerts",
            "lazy_async_image",
        ] {
            markdown.take(same);
        }
        Settings::report(
            markdown,
            "Markdown has no such option here",
            &mut moving.notes,
        );
    }
    for named in further {
        moving.name_further_pages(path, text, &named);
    }
    let mut slugify = keys.take_table("slugify");
    let mut slugs_of = |what: &str| {
        let how = slugify.as_mut()?.take(what)?;
        let is_on = text_of(&how, text).is_none_or(|how| how == "on");
        (!is_on).then_some(how)
    };
    let slugs = slugs_of("paths").map_or(Slugs::On, |_| Slugs::Off);
    let term_slugs = slugs_of("taxonomies").map_or(Slugs::On, |_| Slugs::Off);
    if let Some(how) = slugs_of("anchors") {
        moving.note(
            Diagnostic::warning("the setting `anchors` was left out")
                .at(path, how.span)
                .label("ids of headings are Latin letters, digits and hyphens: links from elsewhere to others miss them"),
        );
    }
    if let Some(mut extra) = keys.take_table("extra") {
        moving.settings.menu = menu(&mut extra);
        moving.settings.keep(Some(extra));
    }
    if keys.peek("compile_sass").map(|value| &value.kind) == Some(&Kind::Flag(false)) {
        keys.take("compile_sass");
    }
    for (key, why) in [
        ("theme", "themes of Zola are not read here"),
        ("output_dir", "name the folder to publish into with `--out`"),
        ("compile_sass", "styles belong to a theme, as plain CSS"),
    ] {
        Settings::leave_out(&mut keys, key, why, &mut moving.notes);
    }
    for same in [
        "minify_html",
        "build_search_index",
        "search",
        "link_checker",
        "hard_link_static",
    ] {
        keys.take(same);
    }
    if let Some(names) = keys.take_any(&["feed_filenames", "feed_filename"]) {
        let mut others = texts(&names);
        others.retain(|name| *name != "atom.xml");
        let others: Vec<String> = others.iter().map(|name| format!("`/{name}`")).collect();
        if !others.is_empty() {
            moving.note(
                Diagnostic::warning("the feed is at `/atom.xml` alone")
                    .at(path, names.span)
                    .label(format!("have your host redirect {}", others.join(", "))),
            );
        }
    }
    let ignored = keys.take_texts("ignored_content").unwrap_or_default();
    let plain = keys
        .take_texts("skip_content_templating")
        .unwrap_or_default();
    Settings::report(keys, "nothing here is set by it", &mut moving.notes);
    Options {
        slugs,
        term_slugs,
        ignored,
        plain,
        unlisted,
    }
}

/// A text, or each one of a list.
fn texts(value: &Value) -> Vec<&str> {
    match &value.kind {
        Kind::Text(text) => vec![text],
        Kind::List(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// What taxonomies say of the addresses of their further pages.
fn further_pages(keys: &Keys<'_>) -> Vec<Value> {
    let Some(Kind::List(items)) = keys.peek("taxonomies").map(|value| &value.kind) else {
        return Vec::new();
    };
    let named = items.iter().filter_map(|item| match &item.kind {
        Kind::Table(taxonomy) => taxonomy.get("paginate_path"),
        _ => None,
    });
    named.map(|entry| entry.value.clone()).collect()
}

/// `left`, `right` or `heading`, or as it was once, `true`.
pub fn wants_anchors(value: &Value) -> bool {
    match &value.kind {
        Kind::Flag(flag) => *flag,
        Kind::Text(place) => place != "none",
        _ => false,
    }
}

/// The links on every page, which themes keep in `[extra]` under names such as `menu`, `main_menu` and `nav_links`.
fn menu(extra: &mut Keys<'_>) -> Vec<MenuEntry> {
    let (path, text) = (extra.path, extra.text);
    let entries = |value: &Value| -> Vec<MenuEntry> {
        let Kind::List(entries) = &value.kind else {
            return Vec::new();
        };
        let entries = entries.iter();
        entries
            .filter_map(|entry| menu_entry(entry, path, text))
            .collect()
    };
    let found = extra.iter().find_map(|entry| {
        let name = entry.key.to_lowercase();
        let is_menu = name.contains("menu") || name.contains("nav");
        let menu = entries(&entry.value);
        (is_menu && !menu.is_empty()).then(|| (entry.key.clone(), menu))
    });
    let Some((name, menu)) = found else {
        return Vec::new();
    };
    extra.take(&name);
    menu
}

/// A link of a theme's menu: its name and its target under one of the names that themes use.
fn menu_entry(entry: &Value, path: &str, text: &str) -> Option<MenuEntry> {
    let Kind::Table(entry) = &entry.kind else {
        return None;
    };
    let mut keys = Keys::of(path, text, entry);
    let mut any = |names: &[&str]| text_of(&keys.take_any(names)?, text);
    let name = any(&["name", "title", "text", "label"])?;
    let target = any(&["url", "link", "href", "path"])?;
    let target = target.trim_start_matches("$BASE_URL");
    let is_final = target.contains(':') || target.starts_with(['@', '#']);
    let path = match target.trim_start_matches('/') {
        _ if is_final => target.to_owned(),
        "" => "/".to_owned(),
        below if below.ends_with('/') || below.contains('.') => format!("/{below}"),
        below => format!("/{below}/"),
    };
    Some(MenuEntry {
        weight: 0,
        name,
        path,
    })
}

/// The other languages of the site, and what the settings call it in its own.
fn languages(
    settings: &mut Settings,
    list: Keys<'_>,
    unlisted: &mut Vec<String>,
    notes: &mut Vec<Diagnostic>,
) {
    let (path, text) = (list.path, list.text);
    for entry in list.rest() {
        let Kind::Table(table) = &entry.value.kind else {
            continue;
        };
        let mut keys = Keys::of(path, text, table);
        let mut words = toml::Table::new();
        for key in ["title", "description"] {
            if let Some(text) = keys.take_text(key) {
                words.insert(key.to_owned(), text.into());
            }
        }
        for taxonomy in taxonomies(&mut keys, unlisted, notes) {
            settings.add_taxonomy(taxonomy);
        }
        for same in [
            "generate_feed",
            "generate_feeds",
            "feed_filename",
            "feed_filenames",
            "build_search_index",
            "search",
        ] {
            keys.take(same);
        }
        if entry.key == settings.language {
            if let Some(title) = words.get("title").and_then(|title| title.as_str()) {
                settings.title = title.to_owned();
            }
        } else {
            settings.language(&entry.key).keys = words;
        }
        let why = match keys.iter().any(|entry| entry.key == "translations") {
            true => "words of templates are a theme's",
            false => "a language has no such setting",
        };
        Settings::report(keys, why, notes);
    }
}

/// The taxonomies that have pages of their own; the names of the others go to `unlisted`.
fn taxonomies(
    keys: &mut Keys<'_>,
    unlisted: &mut Vec<String>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Taxonomy> {
    let (path, text) = (keys.path, keys.text);
    let mut listed = Vec::new();
    let Some(Kind::List(items)) = keys.take("taxonomies").map(|value| value.kind) else {
        return listed;
    };
    for item in &items {
        let Kind::Table(table) = &item.kind else {
            continue;
        };
        let mut taxonomy = Keys::of(path, text, table);
        let Some(name) = taxonomy.take_text("name") else {
            continue;
        };
        if taxonomy.take_flag("render") == Some(false) {
            notes.push(
                Diagnostic::warning(format!("the taxonomy `{name}` was left out"))
                    .at(path, item.span.clone())
                    .label(format!(
                        "it has no pages: its terms are `{name}` in `[extra]` now"
                    )),
            );
            unlisted.push(name);
            continue;
        }
        listed.push(Taxonomy {
            name,
            feed: ["feed", "rss"]
                .iter()
                .any(|key| taxonomy.take_flag(key) == Some(true)),
            paginate_by: taxonomy
                .take_count("paginate_by")
                .filter(|count| *count > 0),
        });
    }
    listed
}
