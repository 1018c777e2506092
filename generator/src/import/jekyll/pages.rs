//! A page of Jekyll: its front matter and its text.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Value};
use crate::import::authors::ImportedAuthors;
use crate::import::front::{Format, Keys, text_of, toml_date, toml_table, toml_value};
use crate::import::{CONTENTS_OF_A_PAGE, Move, MovedPage};
use crate::source::SourceTree;

use super::found::{Found, Origin, terms};
use super::settings::Site;
use super::{kramdown, liquid};

/// Under what a page names the folder of its pictures.
const FOLDERS_OF_PICTURES: [&str; 2] = ["img_path", "media_subpath"];

pub fn carry(moving: &mut Move<'_>, site: &Site, places: &liquid::Places, found: Found<'_>) {
    let Found {
        path,
        text,
        keys,
        body,
        origin,
        title,
        destination,
        address,
        other_address,
        is_broken,
    } = found;
    let mut texts = site.default_texts(path, origin.kind());
    texts.extend(page_texts(&keys, title.as_deref(), text));
    let name = destination.rsplit('/').next().unwrap_or_default();
    let is_section = name.starts_with("_index.");
    let mut front = front_matter(moving, site, keys, title, &origin, is_section, is_broken);
    if let Some(other) = other_address {
        let aliases = front
            .entry("aliases")
            .or_insert_with(|| toml::Value::Array(Vec::new()));
        aliases
            .as_array_mut()
            .into_iter()
            .for_each(|aliases| aliases.push(other.clone().into()));
    }
    let is_html = path.ends_with("html") || path.ends_with("htm");
    let context = liquid::Context {
        source: moving.source,
        places,
        site: &site.texts,
        page: &texts,
        baseurl: &site.baseurl,
        variables: &BTreeMap::new(),
        include: &BTreeMap::new(),
        depth: 0,
    };
    let folder = FOLDERS_OF_PICTURES
        .into_iter()
        .find_map(|key| texts.get(key));
    let (body, drawn) = liquid::carry(&context, path, text, body, is_html, &mut moving.notes);
    moving.drawn.extend(drawn);
    let body = match site.excerpt_separator.trim() {
        "" => body,
        separator => body.replacen(separator, "<!-- more -->", 1),
    };
    let body = match folder.map(|folder| folder.trim_matches('/')) {
        Some(folder) if !folder.is_empty() && !is_html => {
            kramdown::pictures_below(&format!("/{folder}/"), &body)
        }
        _ => body,
    };
    moving.pages.push(MovedPage {
        source: path.to_owned(),
        path: destination,
        address,
        front,
        body,
    });
}

/// Who writes, as themes know them: `_data/authors.yml`, by the names that posts use.
pub fn authors(moving: &Move<'_>) -> ImportedAuthors {
    let mut authors = ImportedAuthors::default();
    for path in ["_data/authors.yml", "_data/authors.yaml"] {
        let text = moving
            .source
            .get(path)
            .map(|bytes| SourceTree::text(path, bytes));
        let Some(Ok(text)) = text else {
            continue;
        };
        let all = Keys::read(path, text, Format::Yaml, 0..text.len(), &mut Vec::new());
        for entry in all.rest() {
            let Kind::Table(table) = &entry.value.kind else {
                continue;
            };
            let mut keys = Keys::of(path, text, table);
            let Some(name) = keys.take_text("name") else {
                continue;
            };
            let mut author = toml::Table::from_iter([("name".to_owned(), name.into())]);
            let words = keys
                .take_any(&["bio", "description"])
                .and_then(|bio| text_of(&bio, text));
            author.extend(words.map(|words| ("description".to_owned(), plain(&words).into())));
            let url = keys
                .take_any(&["url", "uri", "website", "web"])
                .and_then(|url| text_of(&url, text))
                .filter(|url| url.contains("://"));
            author.extend(url.map(|url| ("url".to_owned(), url.into())));
            authors.add(&entry.key, author);
        }
    }
    authors
}

/// Words without the tags and the Markdown that some themes take in descriptions.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    let mut rest = words;
    while let Some((before, tag)) = rest.split_once(['<', '{']) {
        let Some((_, after)) = tag.split_once(['>', '}']) else {
            break;
        };
        plain.push_str(before);
        plain.push(' ');
        rest = after;
    }
    plain.push_str(rest);
    let words = plain.replace(['*', '`'], "");
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
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
    is_broken: bool,
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
        front.insert("description".to_owned(), plain(&description).into());
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
        match moving.on_the_clock(&value, text) {
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
    if keys.take_flag("draft") == Some(true) || hidden || is_broken || *origin == Origin::Draft {
        front.insert("draft".to_owned(), true.into());
    }
    if keys.take_noindex() {
        front.insert("noindex".to_owned(), true.into());
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
    let mut extra = toml::Table::new();
    if let Some(image) = keys.take("image") {
        let folder = FOLDERS_OF_PICTURES
            .into_iter()
            .find_map(|key| text_of(keys.peek(key)?, text));
        let shown = share_image(moving.source, site, &image, folder.as_deref(), text);
        // What else is said of it, or a picture that is elsewhere, templates may still read.
        if shown.is_none() || matches!(image.kind, Kind::Table(_)) {
            let kept = toml_value(&image, text);
            extra.extend(kept.map(|kept| ("image".to_owned(), kept)));
        }
        front.extend(shown.map(|shown| ("images".to_owned(), vec![shown].into())));
    }
    if let Some(contents) = keys.take("toc") {
        moving.note(
            Diagnostic::warning("`toc` was left out")
                .at(path, contents.span)
                .label(CONTENTS_OF_A_PAGE),
        );
    }
    for key in ["layout", "lang"] {
        keys.take(key);
    }
    extra.extend(toml_table(&keys.rest(), text));
    if !extra.is_empty() {
        front.insert("extra".to_owned(), extra.into());
    }
    front
}

/// `image`, a path or a table with it: the picture that other sites show of a page, if it is a file of this one.
fn share_image(
    source: &SourceTree,
    site: &Site,
    image: &Value,
    folder: Option<&str>,
    text: &str,
) -> Option<toml::Value> {
    let (named, alt) = match &image.kind {
        Kind::Table(table) => {
            let mut keys = Keys::of("", text, table);
            (keys.take_text("path"), keys.take_text("alt"))
        }
        _ => (text_of(image, text), None),
    };
    let named = named?.trim_start_matches('/').to_owned();
    let below = named.strip_prefix(&format!("{}/", site.baseurl));
    let in_folder = folder.map(|folder| format!("{}/{named}", folder.trim_matches('/')));
    let file = [Some(named.as_str()), below, in_folder.as_deref()]
        .into_iter()
        .flatten()
        .find(|file| source.get(file).is_some())?;
    let path = toml::Value::String(format!("/{file}"));
    Some(match alt {
        None => path,
        Some(alt) => {
            let shown = [("path".to_owned(), path), ("alt".to_owned(), alt.into())];
            toml::Value::Table(toml::Table::from_iter(shown))
        }
    })
}
