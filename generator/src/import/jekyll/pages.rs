//! A page of Jekyll: its front matter and its text.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fields::Kind;
use crate::import::authors::ImportedAuthors;
use crate::import::front::{Format, Keys, date, text_of, toml_date, toml_table, written};
use crate::import::{Move, MovedPage};
use crate::source::SourceTree;

use super::found::{Found, Origin, terms};
use super::liquid;
use super::settings::Site;

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
        is_broken,
    } = found;
    let texts = page_texts(&keys, title.as_deref(), text);
    let name = destination.rsplit('/').next().unwrap_or_default();
    let is_section = name.starts_with("_index.");
    let front = front_matter(moving, site, keys, title, &origin, is_section, is_broken);
    let is_html = path.ends_with("html") || path.ends_with("htm");
    let context = liquid::Context {
        source: moving.source,
        places,
        site: &site.texts,
        page: &texts,
        baseurl: &site.baseurl,
    };
    let (body, drawn) = liquid::carry(&context, path, text, body, is_html, &mut moving.notes);
    moving.drawn.extend(drawn);
    let body = match site.excerpt_separator.trim() {
        "" => body,
        separator => body.replacen(separator, "<!-- more -->", 1),
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
    for key in ["layout", "lang", "toc"] {
        keys.take(key);
    }
    let extra = toml_table(&keys.rest(), text);
    if !extra.is_empty() {
        front.insert("extra".to_owned(), extra.into());
    }
    front
}
