//! Authors: `content/authors/ID.toml` (or YAML), one file for each person or organisation that writes.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Spanned, Table, parse_toml, parse_yaml};
use crate::source::{AUTHORS, SourceTree, is_data};

/// Everybody who has a file, by path.
#[derive(Debug, Default)]
pub struct Authors {
    pub authors: Vec<Author>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Author {
    pub path: String,
    /// The file's name, which front matter may give instead of the author's.
    pub id: String,
    pub name: String,
    pub kind: Kind,
    pub role: String,
    /// A few plain words.
    pub description: String,
    /// The author's own site, or a page of this one.
    pub url: Option<Spanned<String>>,
    /// Profiles elsewhere.
    pub same_as: Vec<String>,
    /// A file beside this one, or an address.
    pub image: Option<Spanned<String>>,
    /// Role and description in other languages, by tag.
    pub translations: BTreeMap<String, Translation>,
    pub extra: Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    Person,
    Organization,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translation {
    pub role: String,
    pub description: String,
}

impl Authors {
    /// The author that a by-line means, by id or by name.
    pub fn find(&self, written: &str) -> Option<usize> {
        let by = |is: fn(&Author, &str) -> bool| {
            self.authors.iter().position(|author| is(author, written))
        };
        by(|author, id| author.id == id).or_else(|| by(|author, name| author.name == name))
    }

    /// What a by-line may say.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let ids = self.authors.iter().map(|author| author.id.as_str());
        ids.chain(self.authors.iter().map(|author| author.name.as_str()))
    }
}

/// Reads every author's file.
pub fn load(source: &SourceTree) -> (Authors, Vec<Diagnostic>) {
    let mut authors: Vec<Author> = Vec::new();
    let mut diagnostics = Vec::new();
    for (path, bytes) in source.below(AUTHORS).filter(|(path, _)| is_data(path)) {
        let text = match SourceTree::text(path, bytes) {
            Ok(text) => text,
            Err(not_text) => {
                diagnostics.push(not_text);
                continue;
            }
        };
        let (table, broken) = match path.ends_with(".toml") {
            true => parse_toml(path, text, 0..text.len()),
            false => parse_yaml(path, text, 0..text.len()),
        };
        let is_broken = !broken.is_empty();
        diagnostics.extend(broken);
        let author = read(path, &table, &mut diagnostics);
        // A syntax error hides keys, so that the name would be reported as missing.
        if author.name.is_empty() && !is_broken {
            diagnostics.push(
                Diagnostic::error("this author has no name")
                    .in_file(path)
                    .help("add `name = \"…\"`"),
            );
        }
        let other = authors
            .iter()
            .find(|other| other.id == author.id || other.name == author.name);
        if let Some(other) = other.filter(|_| !author.name.is_empty()) {
            diagnostics.push(
                Diagnostic::error("two authors have the same name")
                    .in_file(path)
                    .label(format!("the other is {}", other.path)),
            );
        }
        authors.push(author);
    }
    (Authors { authors }, diagnostics)
}

fn read(path: &str, table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Author {
    let mut fields = Fields::new(path, table, diagnostics);
    let text = |fields: &mut Fields<'_>, key| {
        let text = fields.text(key).map(|text| text.value);
        text.unwrap_or_default()
    };
    let file = path.strip_prefix(AUTHORS).unwrap_or(path);
    let author = Author {
        path: path.to_owned(),
        id: file
            .rsplit_once('.')
            .map_or(file, |(stem, _)| stem)
            .to_owned(),
        name: text(&mut fields, "name"),
        kind: kind(&mut fields),
        role: text(&mut fields, "role"),
        description: text(&mut fields, "description"),
        url: fields.text("url"),
        same_as: fields
            .texts("same_as")
            .unwrap_or_default()
            .into_iter()
            .map(|address| address.value)
            .collect(),
        image: fields.text("image"),
        translations: translations(&mut fields),
        extra: fields.table("extra").map_or(Json::Null, Table::json),
    };
    fields.finish();
    author
}

fn kind(fields: &mut Fields<'_>) -> Kind {
    let Some(written) = fields.text("kind") else {
        return Kind::default();
    };
    match written.value.as_str() {
        "person" => Kind::Person,
        "organization" => Kind::Organization,
        _ => {
            let label = "this is neither `person` nor `organization`";
            fields.error("unknown kind of author", written.span, label);
            Kind::default()
        }
    }
}

/// `[translations.fr]`.
fn translations(fields: &mut Fields<'_>) -> BTreeMap<String, Translation> {
    let path = fields.path();
    let Some(table) = fields.table("translations") else {
        return BTreeMap::new();
    };
    let mut translations = BTreeMap::new();
    for entry in &table.entries {
        let crate::fields::Kind::Table(words) = &entry.value.kind else {
            let label = "write `[translations.fr]` and the keys below it";
            fields.error("a translation is a table", entry.value.span.clone(), label);
            continue;
        };
        let mut fields = Fields::new(path, words, fields.diagnostics());
        let mut text = |key| {
            let text = fields.text(key).map(|text| text.value);
            text.unwrap_or_default()
        };
        let translation = Translation {
            role: text("role"),
            description: text("description"),
        };
        fields.finish();
        translations.insert(entry.key.clone(), translation);
    }
    translations
}
