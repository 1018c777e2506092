//! Sites made with Jekyll: posts by the names of their files, addresses by pattern, Liquid in texts.

mod liquid;
mod permalink;

use std::collections::BTreeMap;

use super::front::{Format, Keys, date, split, text_of, toml_date, toml_table, written};
use super::{Move, MovedPage};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Kind, Table, Value};
use permalink::{Parts, Style};

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// Files of a repository that are no part of the site.
const NOT_PUBLISHED: [&str; 14] = [
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "Gemfile",
    "Gemfile.lock",
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "Makefile",
    "README.md",
    "Rakefile",
    "package-lock.json",
    "package.json",
];

/// Folders of things that are not pages.
const FOLDERS_WITHOUT_PAGES: [&str; 7] = [
    "_data/",
    "_includes/",
    "_layouts/",
    "_plugins/",
    "_sass/",
    "_site/",
    "vendor/",
];

const WITHOUT_EFFECT: [&str; 16] = [
    "collections_dir",
    "encoding",
    "future",
    "gems",
    "highlighter",
    "include",
    "keep_files",
    "kramdown",
    "limit_posts",
    "markdown",
    "plugins",
    "remote_theme",
    "sass",
    "show_drafts",
    "theme",
    "timezone",
];

pub fn carry(moving: &mut Move<'_>) -> Result<(), Diagnostic> {
    let source = moving.source;
    let is_jekyll = source.below("_posts/").next().is_some();
    let config = CONFIGS.into_iter().find(|path| source.get(path).is_some());
    if config.is_none() && !is_jekyll {
        return Err(Diagnostic::error("this is no site of Jekyll")
            .help("a `_config.yml` or a folder `_posts` is missing"));
    }
    let site = match config {
        Some(path) => settings(moving, path),
        None => Site::default(),
    };
    moving.settings.smart_punctuation = true;
    moving.settings.feed = Some(true);
    for name in ["tags", "categories"] {
        moving.settings.taxonomies.push((name.to_owned(), true));
    }
    let mut found: Vec<Found<'_>> = Vec::new();
    for (path, _) in source.below("") {
        if site.is_excluded(path) {
            continue;
        }
        match Origin::of(path, &site) {
            Some(origin) => found.extend(read(moving, &site, path, origin)),
            None if is_private(path) => {}
            None => moving.copy(path, &format!("static/{path}")),
        }
    }
    let posts = folder_of_posts(&found);
    let mut places = liquid::Places::default();
    for one in &mut found {
        one.destination =
            one.destination
                .replacen("content/_posts/", &format!("content/{posts}/"), 1);
        let address = one.address.clone().unwrap_or_default();
        places.insert(one.path, one.destination.clone(), address);
    }
    if found
        .iter()
        .any(|one| matches!(one.origin, Origin::Post { .. }))
    {
        let mut front = toml::Table::new();
        front.insert("title".to_owned(), "Posts".into());
        moving.pages.push(MovedPage {
            source: "_posts".to_owned(),
            path: format!("content/{posts}/_index.md"),
            address: None,
            front,
            body: String::new(),
        });
        moving
            .settings
            .menu
            .insert(0, ("Posts".to_owned(), format!("@/{posts}/_index.md")));
    }
    menu(moving, &site, &found);
    for one in found {
        page(moving, &site, &places, one);
    }
    for (path, _) in source.below("_data/") {
        let below = path.strip_prefix("_data/").unwrap_or(path);
        moving.copy(path, &format!("content/data/{below}"));
    }
    moving.leave_out(
        "_layouts/",
        "the look of pages is a theme's: templates of Jekyll are not read here",
    );
    moving.leave_out("_includes/", "includes with arguments alone were drawn where they stood; others are named at their places");
    moving.leave_out("_sass/", "styles belong to a theme, as plain CSS");
    moving.leave_out("_plugins/", "there are no plugins here");
    moving.note(
        Diagnostic::warning("the feed is at `/atom.xml`")
            .in_file(config.unwrap_or("_posts"))
            .label("if readers follow `/feed.xml`, have your host redirect it"),
    );
    Ok(())
}

/// What the settings say that pages are carried with.
#[derive(Default)]
struct Site {
    style: Style,
    baseurl: String,
    /// Collections that are published, with the pattern of their addresses.
    collections: BTreeMap<String, Option<String>>,
    exclude: Vec<String>,
    header_pages: Vec<String>,
    /// Values for pages below a path, and the kind of page they are for.
    defaults: Vec<Defaults>,
    /// Texts of the settings, for `{{ site.title }}`.
    texts: BTreeMap<String, String>,
}

struct Defaults {
    path: String,
    kind: String,
    values: Table,
}

impl Site {
    fn is_excluded(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        NOT_PUBLISHED.contains(&path)
            || name.ends_with(".gemspec")
            || self.exclude.iter().any(|excluded| {
                let excluded = excluded.trim_matches('/');
                path == excluded || path.starts_with(&format!("{excluded}/"))
            })
    }

    fn default_for(&self, key: &str, path: &str, kind: &str) -> Option<&Value> {
        let fits = |defaults: &&Defaults| {
            let below = defaults.path.trim_matches('/');
            (below.is_empty() || path == below || path.starts_with(&format!("{below}/")))
                && (defaults.kind.is_empty() || defaults.kind == kind)
        };
        let mut fitting: Vec<&Defaults> = self.defaults.iter().filter(fits).collect();
        fitting.sort_by_key(|defaults| defaults.path.len());
        fitting
            .into_iter()
            .rev()
            .find_map(|defaults| defaults.values.get(key))
            .map(|entry| &entry.value)
    }
}

fn settings(moving: &mut Move<'_>, path: &'static str) -> Site {
    let mut site = Site::default();
    let Some(text) = moving.text(path) else {
        return site;
    };
    let format = if path.ends_with(".toml") {
        Format::Toml
    } else {
        Format::Yaml
    };
    let mut keys = Keys::read(path, text, format, 0..text.len(), &mut moving.notes);
    let settings = &mut moving.settings;
    settings.title = keys
        .take_any(&["title", "name"])
        .and_then(|title| text_of(&title, text))
        .unwrap_or_default();
    settings.description = keys
        .take_text("description")
        .unwrap_or_default()
        .trim()
        .to_owned();
    settings.language = keys
        .take_any(&["lang", "locale"])
        .and_then(|lang| text_of(&lang, text))
        .unwrap_or_default()
        .replace('_', "-");
    let url = keys.take_text("url").unwrap_or_default();
    site.baseurl = keys
        .take_text("baseurl")
        .unwrap_or_default()
        .trim_matches('/')
        .to_owned();
    if url.contains("://") {
        settings.base_url = format!("{}/{}", url.trim_end_matches('/'), site.baseurl);
    }
    match keys.take("author") {
        Some(Value {
            kind: Kind::Table(author),
            ..
        }) => {
            settings.author = Keys::of(path, text, &author)
                .take_text("name")
                .unwrap_or_default();
        }
        Some(author) => settings.author = text_of(&author, text).unwrap_or_default(),
        None => {}
    }
    if let Some(pattern) = keys.take_text("permalink") {
        site.style = Style::parse(&pattern);
    }
    if let Some(collections) = keys.take_table("collections") {
        for entry in collections.rest() {
            if let Kind::Table(table) = &entry.value.kind {
                let mut collection = Keys::of(path, text, table);
                let pattern = collection.take_text("permalink");
                if collection.take_flag("output") == Some(true) && entry.key != "posts" {
                    site.collections.insert(entry.key.clone(), pattern);
                }
            }
        }
    }
    if let Some(Kind::List(items)) = keys.take("defaults").map(|value| value.kind) {
        for item in &items {
            site.defaults.extend(defaults(item, path, text));
        }
    }
    site.exclude = keys.take_texts("exclude").unwrap_or_default();
    site.header_pages = keys.take_texts("header_pages").unwrap_or_default();
    for key in ["paginate", "paginate_path", "excerpt_separator"] {
        keys.take(key);
    }
    for name in WITHOUT_EFFECT {
        keys.take(name);
    }
    site.texts
        .insert("title".to_owned(), moving.settings.title.clone());
    site.texts.insert(
        "description".to_owned(),
        moving.settings.description.clone(),
    );
    site.texts.insert("url".to_owned(), String::new());
    let rest = keys.rest();
    for entry in &rest {
        if let Some(value) = text_of(&entry.value, text) {
            site.texts.insert(entry.key.clone(), value);
        }
    }
    // Themes of Jekyll read settings of their own from the top.
    moving.settings.extra.extend(toml_table(&rest, text));
    site
}

fn defaults(item: &Value, path: &str, text: &str) -> Option<Defaults> {
    let Kind::Table(table) = &item.kind else {
        return None;
    };
    let mut keys = Keys::of(path, text, table);
    let mut scope = keys.take_table("scope");
    let mut of = |key: &str| {
        scope
            .as_mut()
            .and_then(|scope| scope.take_text(key))
            .unwrap_or_default()
    };
    let (path, kind) = (of("path"), of("type"));
    match keys.take("values")?.kind {
        Kind::Table(values) => Some(Defaults { path, kind, values }),
        _ => None,
    }
}

/// What kind of page a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Post { categories: Vec<String> },
    Draft,
    Collection(String),
    Page,
}

impl Origin {
    /// `None` for a file that is no page, whatever is in it.
    fn of(path: &str, site: &Site) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        if !matches!(
            ending,
            "md" | "markdown"
                | "mkd"
                | "html"
                | "htm"
                | "textile"
                | "xml"
                | "json"
                | "txt"
                | "css"
                | "scss"
                | "js"
        ) {
            return None;
        }
        let folders: Vec<&str> = path.split('/').collect();
        if let Some(at) = folders.iter().position(|folder| *folder == "_posts") {
            let categories = folders[..at].iter().map(|folder| (*folder).to_owned());
            return Some(Self::Post {
                categories: categories.collect(),
            });
        }
        if folders.contains(&"_drafts") {
            return Some(Self::Draft);
        }
        if let Some(name) = folders[0].strip_prefix('_') {
            return site
                .collections
                .contains_key(name)
                .then(|| Self::Collection(name.to_owned()));
        }
        (!folders.iter().any(|folder| folder.starts_with('_'))).then_some(Self::Page)
    }

    /// As `defaults` in the settings name it.
    fn kind(&self) -> &str {
        match self {
            Self::Post { .. } => "posts",
            Self::Draft => "drafts",
            Self::Collection(name) => name,
            Self::Page => "pages",
        }
    }
}

fn is_private(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(['_', '.'])) && !path.contains(".well-known")
        || FOLDERS_WITHOUT_PAGES
            .iter()
            .any(|folder| path.starts_with(folder))
}

/// A page that was found, with where it goes and where it was.
struct Found<'a> {
    path: &'a str,
    text: &'a str,
    keys: Keys<'a>,
    body: Span,
    origin: Origin,
    title: Option<String>,
    destination: String,
    address: Option<String>,
}

/// Reads a file that may be a page. One without front matter is a file like any other.
fn read<'a>(
    moving: &mut Move<'a>,
    site: &Site,
    path: &'a str,
    origin: Origin,
) -> Option<Found<'a>> {
    let text = moving.text(path)?;
    let (front, body) = split(text);
    let is_page = front.is_some()
        || text.starts_with("---")
        || matches!(origin, Origin::Post { .. } | Origin::Draft);
    let (stem, ending) = path.rsplit_once('.')?;
    if !is_page {
        moving.copy(path, &format!("static/{path}"));
        return None;
    }
    let mut keys = match front {
        Some((format, span)) => Keys::read(path, text, format, span, &mut moving.notes),
        None => Keys::empty(path, text),
    };
    let left_out = |moving: &mut Move<'_>, why: &str| {
        moving.note(
            Diagnostic::warning("this file was left out")
                .in_file(path)
                .label(why),
        );
    };
    if !matches!(ending, "md" | "markdown" | "mkd" | "html" | "htm") {
        left_out(
            moving,
            match ending {
                "textile" => "pages are Markdown here: convert it first",
                "xml" => "feeds and the sitemap are made by every build",
                _ => "it is made by a template",
            },
        );
        return None;
    }
    if stem == "404" {
        left_out(moving, "the page for errors is a theme's");
        return None;
    }
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let (day, slug) = match name.get(..10).and_then(Date::parse) {
        Some(day) if name.len() > 11 => (Some(day), &name[11..]),
        _ => (None, name),
    };
    let default = |key: &str| site.default_for(key, path, origin.kind());
    let written_date = keys.take("date");
    let date = written_date
        .as_ref()
        .and_then(|value| date(written(value, text).trim_matches(['"', '\''])))
        .map(|(date, _)| date)
        .or(day);
    let own_slug = keys.take_text("slug");
    let permalink = keys
        .take_text("permalink")
        .or_else(|| text_of(default("permalink")?, ""));
    let categories = categories(&mut keys, &origin, site);
    let parts = Parts {
        date,
        title: own_slug.as_deref().unwrap_or(slug),
        path: stem,
        categories: &categories,
    };
    let (destination, address) = match &origin {
        Origin::Post { .. } => {
            let name = stem.rsplit('/').next().unwrap_or(stem);
            let style = permalink
                .as_deref()
                .map_or_else(|| site.style.clone(), Style::parse);
            (
                format!("content/_posts/{name}.md"),
                Some(style.of_post(&parts)),
            )
        }
        Origin::Draft => (format!("content/_posts/{name}.md"), None),
        Origin::Collection(collection) => {
            let below = stem.split_once('/').map_or(stem, |(_, below)| below);
            let pattern = permalink.or_else(|| site.collections.get(collection).cloned().flatten());
            let address = match pattern {
                Some(pattern) => Style::parse(&pattern).of_document(collection, below, &parts),
                None => site.style.of_page(&format!("{collection}/{below}")),
            };
            (format!("content/{collection}/{below}.md"), Some(address))
        }
        Origin::Page => {
            let address = match permalink {
                Some(pattern) => Style::parse(&pattern).of_document("", stem, &parts),
                None => site.style.of_page(stem),
            };
            let destination = match stem {
                "index" => "content/_index.md".to_owned(),
                stem => format!("content/{stem}.md"),
            };
            (destination, Some(address))
        }
    };
    let mut title = keys.take_text("title");
    if title.as_deref().is_some_and(str::is_empty) {
        title = None;
    }
    if let Some(value) = written_date {
        keys.put_back("date", value);
    }
    Some(Found {
        path,
        text,
        keys: keys.with_categories(categories),
        body,
        origin,
        title,
        destination,
        address,
    })
}

fn categories(keys: &mut Keys<'_>, origin: &Origin, site: &Site) -> Vec<String> {
    let mut categories = match origin {
        Origin::Post { categories } => categories.clone(),
        _ => Vec::new(),
    };
    let mut written = terms(keys, "categories");
    written.extend(keys.take_text("category"));
    if written.is_empty()
        && let Some(value) = site.default_for("categories", keys.path, origin.kind())
        && let Kind::Text(text) = &value.kind
    {
        written.push(text.clone());
    }
    categories.extend(written);
    categories
}

/// Terms as Jekyll reads them: a list, or words in one text.
fn terms(keys: &mut Keys<'_>, key: &str) -> Vec<String> {
    let Some(value) = keys.take(key) else {
        return Vec::new();
    };
    match &value.kind {
        Kind::List(items) => items
            .iter()
            .filter_map(|item| text_of(item, keys.text))
            .collect(),
        Kind::Text(text) => {
            let by = if text.contains(',') { ',' } else { ' ' };
            let words = text
                .split(by)
                .map(str::trim)
                .filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        }
        _ => text_of(&value, keys.text).into_iter().collect(),
    }
}

/// A folder for posts in which no other page is found.
fn folder_of_posts(found: &[Found<'_>]) -> &'static str {
    let is_taken = |name: &str| {
        found.iter().any(|one| {
            one.destination.starts_with(&format!("content/{name}/"))
                || one.destination == format!("content/{name}.md")
                || one
                    .address
                    .as_deref()
                    .is_some_and(|address| address.trim_matches('/') == name)
        })
    };
    let names = ["posts", "blog", "articles", "entries"];
    names
        .into_iter()
        .find(|name| !is_taken(name))
        .unwrap_or("all-posts")
}

/// The pages that the settings name, or else those in the outermost folder.
fn menu(moving: &mut Move<'_>, site: &Site, found: &[Found<'_>]) {
    let in_menu = |one: &&Found<'_>| match site.header_pages.is_empty() {
        false => site.header_pages.iter().any(|page| page == one.path),
        true => {
            one.origin == Origin::Page
                && !one.path.contains('/')
                && one.destination != "content/_index.md"
        }
    };
    for one in found.iter().filter(in_menu) {
        if let Some(title) = &one.title {
            let target = one.destination.replacen("content/", "@/", 1);
            moving.settings.menu.push((title.clone(), target));
        }
    }
}

fn page(moving: &mut Move<'_>, site: &Site, places: &liquid::Places, found: Found<'_>) {
    let Found {
        path,
        text,
        keys,
        body,
        origin,
        title,
        destination,
        address,
    } = found;
    let texts = page_texts(&keys, title.as_deref(), text);
    let is_section = destination.ends_with("/_index.md");
    let front = front_matter(moving, site, keys, title, &origin, is_section);
    let is_html = path.ends_with("html") || path.ends_with("htm");
    let context = liquid::Context {
        source: moving.source,
        places,
        site: &site.texts,
        page: &texts,
        baseurl: &site.baseurl,
    };
    let body = liquid::carry(&context, path, text, body, is_html, &mut moving.notes);
    moving.pages.push(MovedPage {
        source: path.to_owned(),
        path: destination,
        address,
        front,
        body,
    });
}

/// Texts of the front matter, for `{{ page.title }}`.
fn page_texts(keys: &Keys<'_>, title: Option<&str>, text: &str) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = keys
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), text_of(&entry.value, text)?)))
        .collect();
    texts.extend(title.map(|title| ("title".to_owned(), title.to_owned())));
    texts
}

fn front_matter(
    moving: &mut Move<'_>,
    site: &Site,
    mut keys: Keys<'_>,
    title: Option<String>,
    origin: &Origin,
    is_section: bool,
) -> toml::Table {
    let (path, text) = (keys.path, keys.text);
    let mut front = toml::Table::new();
    if let Some(title) = title {
        front.insert("title".to_owned(), title.into());
    }
    let description = ["description", "excerpt", "summary", "subtitle"]
        .into_iter()
        .find_map(|key| keys.take_text(key).filter(|text| !text.trim().is_empty()));
    if let Some(description) =
        description.filter(|text| !text.contains("{{") && !text.contains("{%"))
    {
        front.insert("description".to_owned(), description.trim().into());
    }
    for (key, ours) in [
        ("date", "date"),
        ("last_modified_at", "updated"),
        ("updated", "updated"),
        ("modified", "updated"),
    ] {
        let Some(value) = keys.take(key) else {
            continue;
        };
        if is_section && ours == "updated" {
            continue;
        }
        match date(written(&value, text).trim_matches(['"', '\''])) {
            Some((_, form)) => {
                front.insert(ours.to_owned(), toml_date(&form));
            }
            None => moving.note(
                Diagnostic::warning(format!("`{key}` was left out"))
                    .at(path, value.span)
                    .label("this cannot be read as a date"),
            ),
        }
    }
    let hidden = keys.take_flag("published") == Some(false);
    if keys.take_flag("draft") == Some(true) || hidden || *origin == Origin::Draft {
        front.insert("draft".to_owned(), true.into());
    }
    if let Some(aliases) = keys.take_texts("redirect_from") {
        front.insert("aliases".to_owned(), aliases.into());
    }
    if let Some(target) = keys.take("redirect_to") {
        moving.note(
            Diagnostic::warning("this page led to another address")
                .at(path, target.span)
                .label("have your host redirect it"),
        );
    }
    let categories = keys.categories();
    let tags = terms(&mut keys, "tags");
    let authors = keys
        .take_texts("author")
        .or_else(|| keys.take_texts("authors"));
    let authors = authors.or_else(|| {
        let default = site.default_for("author", path, origin.kind())?;
        Some(vec![text_of(default, text)?])
    });
    if !is_section {
        if let Some(authors) = authors.filter(|authors| !authors.is_empty()) {
            front.insert("authors".to_owned(), authors.into());
        }
        if let Some(Kind::Integer(weight)) = keys.take("weight").map(|value| value.kind) {
            front.insert("weight".to_owned(), weight.into());
        }
        let taxonomies: toml::Table = [("tags", tags), ("categories", categories)]
            .into_iter()
            .filter(|(_, terms)| !terms.is_empty())
            .map(|(name, terms)| (name.to_owned(), terms.into()))
            .collect();
        if !taxonomies.is_empty() {
            front.insert("taxonomies".to_owned(), taxonomies.into());
        }
    }
    for key in ["layout", "lang", "sitemap", "toc"] {
        keys.take(key);
    }
    let extra = toml_table(&keys.rest(), text);
    if !extra.is_empty() {
        front.insert("extra".to_owned(), extra.into());
    }
    front
}
