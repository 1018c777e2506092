//! The files of a Jekyll site that are pages: which they are, where they go, and where they were.

use crate::date::Date;
use crate::diagnostic::Span;
use crate::fields::{Kind, Value};
use crate::import::Move;
use crate::import::clock;
use crate::import::front::{Front, Keys, date, split, text_of, written};

use crate::source::SourceTree;

use super::permalink::{Parts, Style};
use super::settings::Site;

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

/// What kind of page a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Post { categories: Vec<String> },
    Draft,
    Collection(String),
    Page,
}

impl Origin {
    /// `None` for a file that is no page, whatever is in it.
    pub fn of(path: &str, site: &Site) -> Option<Self> {
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
        let collection = folders[0].strip_prefix('_');
        if let Some(name) = collection.filter(|name| site.collections.contains_key(*name)) {
            return Some(Self::Collection(name.to_owned()));
        }
        let is_hidden = |part: &&str| part.starts_with('_') && !site.is_included(part);
        (!folders.iter().any(is_hidden)).then_some(Self::Page)
    }

    /// As `defaults` in the settings name it.
    pub fn kind(&self) -> &str {
        match self {
            Self::Post { .. } => "posts",
            Self::Draft => "drafts",
            Self::Collection(name) => name,
            Self::Page => "pages",
        }
    }
}

/// Whether a file is there for the generator alone.
pub fn is_private(path: &str, site: &Site) -> bool {
    let is_hidden = |part: &str| {
        part.starts_with(['_', '.']) && part != ".well-known" && !site.is_included(part)
    };
    path.split('/').any(is_hidden)
        || FOLDERS_WITHOUT_PAGES
            .iter()
            .any(|folder| path.starts_with(folder))
}

/// A page that was found, with where it goes and where it was.
pub struct Found<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub keys: Keys<'a>,
    pub body: Span,
    pub origin: Origin,
    pub title: Option<String>,
    pub destination: String,
    pub address: Option<String>,
    /// Where it was if the old site was built by a clock in UTC.
    pub other_address: Option<String>,
    /// Its front matter cannot be read.
    pub is_broken: bool,
}

/// Whether a file is a page by what it begins with, or by the settings. Notes about the repository are none.
pub fn is_page(source: &SourceTree, site: &Site, path: &str) -> bool {
    let text = source.get(path).map(|bytes| SourceTree::text(path, bytes));
    let Some(Ok(text)) = text else {
        return false;
    };
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    if text.starts_with("---") {
        return true;
    }
    let name = stem.rsplit('/').next().unwrap_or(stem).to_uppercase();
    let is_markdown = matches!(ending, "md" | "markdown" | "mkd");
    match name.as_str() {
        _ if !is_markdown => false,
        "README" => site.read_me_is_index && stem_of(source, path) != stem,
        name => site.pages_without_front_matter && !NOTES.contains(&name),
    }
}

/// What a repository holds that no plugin makes a page of.
const NOTES: [&str; 7] = [
    "CODE_OF_CONDUCT",
    "CONTRIBUTING",
    "COPYING",
    "ISSUE_TEMPLATE",
    "LICENCE",
    "LICENSE",
    "PULL_REQUEST_TEMPLATE",
];

/// A path without its ending. A README is the index of a folder that has no other.
fn stem_of(source: &SourceTree, path: &str) -> String {
    let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
    let (folder, name) = stem
        .rsplit_once('/')
        .map_or(("", stem), |(folder, name)| (folder, name));
    let index = match folder {
        "" => "index".to_owned(),
        folder => format!("{folder}/index"),
    };
    let has_index = ["md", "markdown", "html", "htm"]
        .iter()
        .any(|ending| source.get(&format!("{index}.{ending}")).is_some());
    match name.eq_ignore_ascii_case("readme") && !has_index {
        true => index,
        false => stem.to_owned(),
    }
}

/// Reads a file that may be a page. One without front matter is a file like any other.
pub fn read<'a>(
    moving: &mut Move<'a>,
    site: &Site,
    path: &'a str,
    origin: Origin,
) -> Option<Found<'a>> {
    let text = moving.text(path)?;
    let (front, _) = split(text);
    let is_written = front.is_some() || matches!(origin, Origin::Post { .. } | Origin::Draft);
    let (_, ending) = path.rsplit_once('.')?;
    if !is_written && !is_page(moving.source, site, path) {
        moving.copy(path, &format!("static/{path}"));
        return None;
    }
    if !matches!(ending, "md" | "markdown" | "mkd" | "html" | "htm") {
        moving.leave_out_file(
            path,
            "this file was left out",
            match ending {
                "textile" => "pages are Markdown here: convert it first",
                "xml" => "feeds and the sitemap are made by every build",
                "css" | "scss" => "styles belong to a theme, as plain CSS",
                _ => "it is made by a template: put what readers should get into `static/`",
            },
        );
        return None;
    }
    let (
        Front {
            mut keys,
            is_broken,
        },
        body,
    ) = moving.front(path, text);
    site.fill_in(&mut keys, origin.kind());
    let stem = stem_of(moving.source, path);
    let stem = stem.as_str();
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let (day, slug) = dated_name(name);
    if day.is_none() && matches!(origin, Origin::Post { .. }) {
        moving.leave_out_file(
            path,
            "this file was left out",
            "a post has its day before its name; Jekyll does not publish it either",
        );
        return None;
    }
    let default = |key: &str| site.default_for(key, path, origin.kind());
    let written_date = keys.take("date");
    let moment = written_date
        .as_ref()
        .and_then(|value| moving.on_the_clock(value, text))
        .map(|(moment, _)| moment);
    let date = moment.or(day);
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
    let mut other_address = None;
    let (destination, address) = match &origin {
        Origin::Post { .. } => {
            let name = stem.rsplit('/').next().unwrap_or(stem);
            let style = permalink
                .as_deref()
                .map(Style::parse)
                .or_else(|| site.post_style.clone())
                .unwrap_or_else(|| site.style.clone());
            // A name with a short year, month or day is written with all digits here.
            let name = match day {
                Some(day) => format!("{}-{slug}", day.day()),
                None => name.to_owned(),
            };
            let address = style.of_post(&parts);
            // Without a zone in the settings, the day was that of the machine that built the site.
            let elsewhere = moment.filter(|_| moving.zone.is_none());
            other_address = elsewhere
                .and_then(clock::other_day)
                .map(|date| {
                    let date = Some(date);
                    style.of_post(&Parts { date, ..parts })
                })
                .filter(|other| *other != address);
            (format!("content/_posts/{name}.md"), Some(address))
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
                _ if address == "/" => "content/_index.md".to_owned(),
                // `_pages/about.md` would not be a page here.
                stem => {
                    let shown = stem.split('/').map(|part| part.trim_start_matches('_'));
                    format!("content/{}.md", shown.collect::<Vec<&str>>().join("/"))
                }
            };
            (destination, Some(address))
        }
    };
    let mut title = keys.take_text("title");
    if title.as_deref().is_some_and(str::is_empty) {
        title = None;
    }
    // Posts and members of collections are called as their files.
    let has_name = !matches!(origin, Origin::Page);
    title = title.or_else(|| has_name.then(|| title_of(slug)));
    let language = keys.peek("lang").and_then(|lang| text_of(lang, text));
    let destination = in_language(moving, destination, language, address.as_deref());
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
        other_address,
        is_broken,
    })
}

impl Move<'_> {
    /// A date as the clock of the site shows it, and a form of it that is read here.
    pub(super) fn on_the_clock(&self, value: &Value, text: &str) -> Option<(Date, String)> {
        let as_written = written(value, text).trim_matches(['"', '\'']);
        let zone = self.zone.as_ref();
        let shown = zone.and_then(|zone| clock::shown(as_written, zone));
        date(shown.as_deref().unwrap_or(as_written))
    }
}

/// The day that a file's name begins with, and the rest of the name.
fn dated_name(name: &str) -> (Option<Date>, &str) {
    let mut parts = name.splitn(4, '-');
    let mut number = || {
        parts
            .next()
            .filter(|part| part.chars().all(|one| one.is_ascii_digit()))
    };
    if let (Some(year), Some(month), Some(day)) = (number(), number(), number())
        && let Some(slug) = parts.next().filter(|slug| !slug.is_empty())
    {
        let day = Date::parse(&format!("{year:0>4}-{month:0>2}-{day:0>2}"));
        return match day {
            Some(day) => (Some(day), slug),
            None => (None, name),
        };
    }
    (None, name)
}

/// `my-first-post` as a title.
fn title_of(slug: &str) -> String {
    let words = slug.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// The place of a page in another language than the site's: `metrics.fr.md` for `fr/metrics.md`.
fn in_language(
    moving: &mut Move<'_>,
    destination: String,
    language: Option<String>,
    address: Option<&str>,
) -> String {
    let Some(tag) = language.map(|tag| tag.replace('_', "-")) else {
        return destination;
    };
    let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let own = match moving.settings.language.as_str() {
        "" => "en",
        own => own,
    };
    let is_tag = tag
        .chars()
        .all(|one| one.is_ascii_alphanumeric() || one == '-');
    if !is_tag || tag.is_empty() || first(own) == first(&tag) {
        return destination;
    }
    moving.settings.language(&tag);
    let folder = format!("/{tag}/");
    if address == Some(&folder) {
        return format!("content/_index.{tag}.md");
    }
    let shared = destination.replacen(&folder, "/", 1);
    let stem = shared.strip_suffix(".md").unwrap_or(&shared);
    let stem = match stem.strip_suffix("/index") {
        Some(section) if shared != destination => format!("{section}/_index"),
        _ => stem.to_owned(),
    };
    format!("{stem}.{tag}.md")
}

fn categories(keys: &mut Keys<'_>, origin: &Origin, site: &Site) -> Vec<String> {
    let mut categories = match origin {
        Origin::Post { categories } => categories.clone(),
        _ => Vec::new(),
    };
    let mut written = terms(keys, "categories");
    // One text is one category here, blanks included.
    written.extend(keys.take_texts("category").unwrap_or_default());
    let default = |key| site.default_for(key, keys.path, origin.kind());
    let of_all = default("categories").map(texts).unwrap_or_default();
    let instead = default("category").filter(|_| written.is_empty());
    let instead = instead.map(texts).unwrap_or_default();
    for category in of_all.into_iter().chain(written).chain(instead) {
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    categories
}

/// A text, or a list of them.
fn texts(value: &Value) -> Vec<String> {
    match &value.kind {
        Kind::Text(text) => vec![text.clone()],
        Kind::List(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Terms as Jekyll reads them: a list, or words in one text.
pub fn terms(keys: &mut Keys<'_>, key: &str) -> Vec<String> {
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
