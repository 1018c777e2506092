//! The settings of another generator as a `site.toml`.

use toml::{Table, Value};

use super::front::{Keys, text_of, toml_table, toml_value};
use crate::diagnostic::Diagnostic;
use crate::fields::Kind;

/// What a `site.toml` will say.
#[derive(Debug, Default)]
pub struct Settings {
    pub title: String,
    pub description: String,
    pub base_url: String,
    pub language: String,
    pub author: String,
    /// Others than the site's own, by their tags.
    pub languages: Vec<(String, Table)>,
    pub menu: Vec<(String, String)>,
    /// By name; whether each of their terms has a feed.
    pub taxonomies: Vec<(String, bool)>,
    pub feed: Option<bool>,
    pub feed_limit: Option<i64>,
    pub smart_punctuation: bool,
    pub extra: Table,
}

impl Settings {
    pub fn has_taxonomy(&self, name: &str) -> bool {
        self.taxonomies.iter().any(|(known, _)| known == name)
    }

    /// The languages that a file's name may end in.
    pub fn tags(&self) -> Vec<String> {
        self.languages.iter().map(|(tag, _)| tag.clone()).collect()
    }

    /// Takes over what `[languages]` says of the others than the site's own.
    pub fn add_languages(&mut self, languages: Keys<'_>, own: &str) {
        let (path, text) = (languages.path, languages.text);
        for entry in languages.rest() {
            let Kind::Table(table) = &entry.value.kind else {
                continue;
            };
            let mut keys = Keys::of(path, text, table);
            let named = |keys: &mut Keys<'_>, names: &[&str]| {
                let value = keys.take_any(names)?;
                text_of(&value, text)
            };
            let title = named(&mut keys, &["title"]);
            let description = named(&mut keys, &["description"]);
            if entry.key == own {
                if self.title.is_empty() {
                    self.title = title.unwrap_or_default();
                }
                continue;
            }
            let name = named(&mut keys, &["languageName", "label", "name"]);
            let mut language = Table::new();
            for (key, value) in [
                ("name", name),
                ("title", title),
                ("description", description),
            ] {
                if let Some(value) = value {
                    language.insert(key.to_owned(), value.into());
                }
            }
            self.languages.push((entry.key, language));
        }
    }

    /// Keys of the author's own, which templates may read.
    pub fn keep(&mut self, table: Option<Keys<'_>>) {
        if let Some(table) = table {
            let text = table.text;
            self.extra.extend(toml_table(&table.rest(), text));
        }
    }

    /// What is left of a table: its tables and texts have no meaning here.
    pub fn report(rest: Keys<'_>, why: &str, notes: &mut Vec<Diagnostic>) {
        let (path, text) = (rest.path, rest.text);
        for entry in rest.rest() {
            if toml_value(&entry.value, text).is_none() {
                continue;
            }
            notes.push(
                Diagnostic::warning(format!("the setting `{}` was left out", entry.key))
                    .at(path, entry.key_span)
                    .label(why),
            );
        }
    }

    pub fn to_toml(&self) -> String {
        let mut table = Table::new();
        for (key, text) in [
            ("title", &self.title),
            ("description", &self.description),
            ("base_url", &self.base_url),
            ("language", &self.language),
            ("author", &self.author),
        ] {
            if !text.is_empty() {
                table.insert(key.to_owned(), text.clone().into());
            }
        }
        if !self.menu.is_empty() {
            let entries = self.menu.iter().map(|(name, path)| {
                Value::Table(Table::from_iter([
                    ("name".to_owned(), Value::String(name.clone())),
                    ("path".to_owned(), Value::String(path.clone())),
                ]))
            });
            table.insert("menu".to_owned(), Value::Array(entries.collect()));
        }
        let taxonomies = self.taxonomies.iter().map(|(name, feed)| {
            let mut taxonomy = Table::new();
            taxonomy.insert("name".to_owned(), name.clone().into());
            if *feed {
                taxonomy.insert("feed".to_owned(), true.into());
            }
            Value::Table(taxonomy)
        });
        table.insert("taxonomies".to_owned(), Value::Array(taxonomies.collect()));
        let mut feed = Table::new();
        if self.feed == Some(false) {
            feed.insert("enabled".to_owned(), false.into());
        }
        if let Some(limit) = self.feed_limit {
            feed.insert("limit".to_owned(), limit.into());
        }
        if !feed.is_empty() {
            table.insert("feed".to_owned(), feed.into());
        }
        if self.smart_punctuation {
            let markdown = Table::from_iter([("smart_punctuation".to_owned(), true.into())]);
            table.insert("markdown".to_owned(), markdown.into());
        }
        if !self.languages.is_empty() {
            let languages = self.languages.iter().cloned();
            let languages = languages.map(|(tag, language)| (tag, Value::Table(language)));
            table.insert("languages".to_owned(), Value::Table(languages.collect()));
        }
        if !self.extra.is_empty() {
            table.insert("extra".to_owned(), self.extra.clone().into());
        }
        format!(
            "# The settings of the site; every key is optional.\n{}",
            tables_last(table)
        )
    }
}

/// A table as text. Its own values stand before its tables, which would swallow them otherwise.
pub fn tables_last(table: Table) -> String {
    toml::to_string(&sorted(table)).unwrap_or_default()
}

fn sorted(table: Table) -> Table {
    let (tables, values): (Vec<_>, Vec<_>) =
        table.into_iter().partition(|(_, value)| is_table(value));
    values
        .into_iter()
        .chain(tables)
        .map(|(key, value)| {
            let value = match value {
                Value::Table(inner) => Value::Table(sorted(inner)),
                value => value,
            };
            (key, value)
        })
        .collect()
}

fn is_table(value: &Value) -> bool {
    match value {
        Value::Table(_) => true,
        Value::Array(items) => items.iter().any(Value::is_table),
        _ => false,
    }
}
