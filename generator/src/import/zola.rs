//! Sites made with Zola: nearly the same folders, front matter and shortcodes as here.

use super::body::Body;
use super::brackets;
use super::front::{Front, Keys, toml_table, written};
use super::settings::{MenuEntry, Settings, Taxonomy};
use super::shortcode::{Call, Written, comma_args, common};
use super::template::{self, Dialect};
use super::{Move, MovedPage};
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Kind, Value};
use crate::page::Name;
use crate::site::slug;
use crate::source::SourceTree;

const CONFIGS: [&str; 2] = ["zola.toml", "config.toml"];

/// What is in a front matter's table and needs nothing done: the theme does it, or nobody does.
const WITHOUT_EFFECT: [&str; 6] = [
    "in_search_index",
    "generate_feed",
    "generate_feeds",
    "page_template",
    "render",
    "weight",
];

/// Under what themes keep the links on every page in `[extra]`.
const MENUS: [&str; 6] = [
    "menu",
    "main_menu",
    "menu_items",
    "menu_links",
    "nav_links",
    "navbar_items",
];

pub fn carry(moving: &mut Move<'_>) -> Result<(), Diagnostic> {
    let source = moving.source;
    let Some(config) = CONFIGS.into_iter().find(|path| source.get(path).is_some()) else {
        return Err(Diagnostic::error("this is no site of Zola")
            .help("a `config.toml` or `zola.toml` is missing"));
    };
    let Options { slugs, ignored } = settings(moving, config);
    for (path, _) in source.below("content/") {
        if ignored.iter().any(|pattern| fits(pattern, path)) {
            moving.seen.insert(path);
            continue;
        }
        match path.strip_suffix(".md") {
            Some(_) => page(moving, path, slugs),
            None => moving.copy_beside(path, path),
        }
    }
    moving.copy_folder("static/", "static/");
    moving.leave_out(
        "templates/",
        "the look of pages is a theme's: templates of Zola are not read here",
    );
    moving.leave_out("i18n/", "the words of templates are a theme's");
    moving.leave_out("sass/", "styles belong to a theme, as plain CSS");
    moving.leave_out("themes/", "themes of Zola are not read here");
    Ok(())
}

/// What the settings say that pages are carried with.
struct Options {
    slugs: Slugs,
    /// Patterns of files that are no part of the site.
    ignored: Vec<String>,
}

/// Whether a path is what a pattern means: `*/README.md`, `**/*.{xlsx,py}`. A star stands for slashes, too.
fn fits(pattern: &str, path: &str) -> bool {
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((names, after)) = rest.split_once('}')
    {
        let mut names = names.split(',');
        return names.any(|name| fits(&format!("{before}{name}{after}"), path));
    }
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, after)) => path.strip_prefix(before).is_some_and(|rest| {
            let after = after.trim_start_matches('*');
            let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.any(|end| fits(after, &rest[end..]))
        }),
    }
}

/// How parts of addresses are made of names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slugs {
    On,
    /// Names stay as they are.
    Off,
}

fn settings(moving: &mut Move<'_>, path: &'static str) -> Options {
    let Some(text) = moving.text(path) else {
        return Options {
            slugs: Slugs::On,
            ignored: Vec::new(),
        };
    };
    let mut keys = Keys::read(
        path,
        text,
        super::front::Format::Toml,
        0..text.len(),
        &mut moving.notes,
    );
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
    settings.taxonomies.extend(taxonomies(&mut keys));
    match keys.take("languages").map(|value| value.kind) {
        Some(Kind::Table(list)) => {
            languages(settings, Keys::of(path, text, &list), &mut moving.notes);
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
    let slugs = keys
        .take_table("slugify")
        .and_then(|mut slugify| slugify.take_text("paths"))
        .map_or(Slugs::On, |paths| {
            if paths == "on" { Slugs::On } else { Slugs::Off }
        });
    if let Some(mut extra) = keys.take_table("extra") {
        let menus = MENUS.iter().find_map(|name| extra.take(name));
        if let Some(Kind::List(entries)) = menus.map(|menus| menus.kind) {
            let entries = entries
                .iter()
                .filter_map(|entry| menu_entry(entry, path, text));
            moving.settings.menu.extend(entries);
        }
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
    let names = keys.take_any(&["feed_filenames", "feed_filename"]);
    if let Some(names) = names.filter(|names| !written(names, text).contains("atom.xml")) {
        moving.note(
            Diagnostic::warning("the feed moves to `/atom.xml`")
                .at(path, names.span)
                .label("have your host redirect these addresses"),
        );
    }
    let ignored = keys.take_texts("ignored_content").unwrap_or_default();
    Settings::report(keys, "nothing here is set by it", &mut moving.notes);
    Options { slugs, ignored }
}

/// `left`, `right` or `heading`, or as it was once, `true`.
fn wants_anchors(value: &Value) -> bool {
    match &value.kind {
        Kind::Flag(flag) => *flag,
        Kind::Text(place) => place != "none",
        _ => false,
    }
}

/// A link of a theme's menu: its name and its target under one of the names that themes use.
fn menu_entry(entry: &Value, path: &str, text: &str) -> Option<MenuEntry> {
    let Kind::Table(entry) = &entry.kind else {
        return None;
    };
    let mut keys = Keys::of(path, text, entry);
    let mut any = |names: &[&str]| super::front::text_of(&keys.take_any(names)?, text);
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
fn languages(settings: &mut Settings, list: Keys<'_>, notes: &mut Vec<Diagnostic>) {
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
        for taxonomy in taxonomies(&mut keys) {
            if !settings.has_taxonomy(&taxonomy.name) {
                settings.taxonomies.push(taxonomy);
            }
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

fn taxonomies(keys: &mut Keys<'_>) -> Vec<Taxonomy> {
    let Some(Kind::List(items)) = keys.take("taxonomies").map(|value| value.kind) else {
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| {
            let Kind::Table(table) = &item.kind else {
                return None;
            };
            let mut taxonomy = Keys::of(keys.path, keys.text, table);
            let name = taxonomy.take_text("name")?;
            Some(Taxonomy {
                name,
                feed: ["feed", "rss"]
                    .iter()
                    .any(|key| taxonomy.take_flag(key) == Some(true)),
                paginate_by: taxonomy
                    .take_count("paginate_by")
                    .filter(|count| *count > 0),
            })
        })
        .collect()
}

fn page<'a>(moving: &mut Move<'a>, path: &'a str, slugs: Slugs) {
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
    let address = match (keys.take_text("path"), keys.take_text("slug")) {
        (Some(path), _) => path,
        (None, Some(written)) => {
            let parent = Name {
                is_section: true,
                ..name.clone()
            };
            format!("{}{}/", by_name(&parent, slugs), slug(&written))
        }
        (None, None) => by_name(&name, slugs),
    };
    let mut front = front_matter(moving, keys, name.is_section);
    if is_broken {
        front.insert("draft".to_owned(), true.into());
    }
    let body = body(moving, path, text, at);
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
    let part = |part: &str| match slugs {
        Slugs::On => slug(part),
        Slugs::Off => part.to_owned(),
    };
    let folders = name.folder.split('/').filter(|folder| !folder.is_empty());
    let home = match &name.language {
        Some(language) => format!("/{language}/"),
        None => "/".to_owned(),
    };
    let address = folders.fold(home, |address, folder| {
        format!("{address}{}/", part(folder))
    });
    match name.is_section {
        true => address,
        false => format!("{address}{}/", part(&name.stem)),
    }
}

fn front_matter(moving: &mut Move<'_>, mut keys: Keys<'_>, is_section: bool) -> toml::Table {
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
    if !is_section {
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
            let terms = taxonomies.rest();
            for taxonomy in &terms {
                if !moving.settings.has_taxonomy(&taxonomy.key) {
                    moving.settings.taxonomies.push(Taxonomy {
                        name: taxonomy.key.clone(),
                        ..Taxonomy::default()
                    });
                }
            }
            front.insert("taxonomies".to_owned(), toml_table(&terms, text).into());
        }
    }
    if let Some(extra) = keys.take_table("extra") {
        let extra = toml_table(&extra.rest(), text);
        if !extra.is_empty() {
            front.insert("extra".to_owned(), extra.into());
        }
    }
    if keys
        .take("insert_anchor_links")
        .is_some_and(|anchors| wants_anchors(&anchors))
    {
        moving.settings.heading_links = true;
    }
    for key in WITHOUT_EFFECT {
        let value = keys.take(key);
        if key == "render"
            && value
                .as_ref()
                .is_some_and(|value| value.kind == Kind::Flag(false))
        {
            let (now, why) = match is_section {
                true => (
                    "a section that had no page has one now",
                    "it had `render = false`",
                ),
                false => (
                    "a page that had no address is a draft now",
                    "it had `render = false`",
                ),
            };
            moving.note(Diagnostic::warning(now).in_file(path).label(why));
            if !is_section {
                front.insert("draft".to_owned(), true.into());
            }
        }
    }
    for entry in keys.rest() {
        let what = match entry.key.as_str() {
            "template" => "templates of Zola are not read here",
            "redirect_to" => "have your host redirect it",
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

/// One `{{ … }}` or `{% … %}`.
struct Mark<'t> {
    span: Span,
    is_block: bool,
    inside: &'t str,
}

const KINDS: [brackets::Kind; 2] = [("{{", "}}"), ("{%", "%}")];

fn marks(text: &str, at: Span) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut from = at.start;
    while let Some(found) = brackets::first(text, from..at.end, &KINDS) {
        from = found.span.end;
        marks.push(Mark {
            span: found.span,
            is_block: found.kind == KINDS[1],
            inside: found.inside,
        });
    }
    marks
}

fn body(moving: &mut Move<'_>, path: &str, text: &str, at: Span) -> String {
    let source = moving.source;
    let drawn_before = &mut moving.drawn;
    let mut body = Body::new(path, text, at.clone(), &mut moving.notes);
    // What closes each shortcode that is open.
    let mut open: Vec<String> = Vec::new();
    for mark in marks(text, at) {
        let Mark {
            span,
            is_block,
            inside,
        } = mark;
        if let Some(shown) = inside
            .strip_prefix("/*")
            .and_then(|rest| rest.strip_suffix("*/"))
        {
            let (before, after) = if is_block { ("{%", "%}") } else { ("{{", "}}") };
            let escape = if body.is_literal(span.start) {
                ""
            } else {
                "\\"
            };
            body.replace(span, format!("{escape}{before}{shown}{after}"));
            continue;
        }
        if is_block && inside == "end" {
            if let Some(close) = open.pop() {
                body.replace(span, close);
            }
            continue;
        }
        let Some((name, args)) = inside
            .strip_suffix(')')
            .and_then(|call| call.split_once('('))
        else {
            continue;
        };
        let is_name = |one: char| one.is_ascii_alphanumeric() || one == '_';
        if name.is_empty() || !name.trim().chars().all(is_name) || body.is_literal(span.start) {
            continue;
        }
        let mut call = Call {
            name: name.trim().to_owned(),
            args: comma_args(args),
            in_html: body.is_html(span.start),
        };
        name_files(&mut call, source, path);
        let fits = |known: &Written| is_block == matches!(known, Written::Around(..));
        let own = template::find(source, "templates/shortcodes/", &call.name);
        let known = common(&call).filter(fits);
        if known.is_some() {
            body.note_loss(&span, &call);
        }
        let known = known.or_else(|| {
            let (found, template) = own?;
            let drawn = template::draw(template, &call, Dialect::Tera).filter(fits)?;
            drawn_before.insert(found.to_owned());
            Some(drawn)
        });
        match known {
            Some(Written::Whole(whole)) => body.replace(span, whole),
            Some(Written::Around(before, after)) => {
                body.replace(span, before);
                open.push(after);
            }
            None => {
                body.note(
                    span.clone(),
                    format!("the shortcode `{}` was left out", call.name),
                    template::advice(&call, own.map(|(path, _)| path), is_block),
                );
                let words = call.words().filter(|_| !is_block).unwrap_or_default();
                body.replace(span, words);
                if is_block {
                    open.push(String::new());
                }
            }
        }
    }
    body.finish()
}

/// Zola looks for the files that shortcodes name in several folders. A link says which one it is.
fn name_files(call: &mut Call, source: &SourceTree, page: &str) {
    let beside = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (name, value) in &mut call.args {
        if !matches!(name.as_deref(), Some("src" | "path" | "file" | "url")) {
            continue;
        }
        let below = value.trim_start_matches('/').trim_start_matches("@/");
        let is_there = |folder: &str| source.get(&format!("{folder}/{below}")).is_some();
        if value.contains("://") || is_there(beside) {
            continue;
        }
        if is_there("content") {
            *value = format!("@/{below}");
        } else if is_there("static") {
            *value = format!("/{below}");
        }
    }
}
