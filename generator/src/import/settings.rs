//! The settings of another generator as a `site.toml`.

use toml::{Table, Value};

use super::front::{Keys, toml_table, toml_value};
use crate::diagnostic::Diagnostic;

/// What a `site.toml` will say.
#[derive(Debug, Default)]
pub struct Settings {
    pub title: String,
    pub description: String,
    pub base_url: String,
    /// Where Jekyll says that a site is below its domain, also while that is not known: `/blog`.
    pub baseurl: String,
    pub language: String,
    pub time_zone: String,
    pub author: String,
    /// Others than the site's own, in their order.
    pub languages: Vec<Language>,
    pub menu: Vec<MenuEntry>,
    pub taxonomies: Vec<Taxonomy>,
    pub feed: Option<bool>,
    pub feed_limit: Option<i64>,
    pub smart_punctuation: bool,
    pub heading_links: bool,
    pub plain_code: bool,
    /// Whether `:tada:` stands for a sign.
    pub emoji: bool,
    /// Whether a line of a text ends where its author's does.
    pub hard_lines: bool,
    /// Whether code has numbered lines.
    pub numbered_lines: bool,
    pub extra: Table,
}

/// A language other than the site's own.
#[derive(Debug, Default)]
pub struct Language {
    pub tag: String,
    /// `name`, `title` and `description`.
    pub keys: Table,
    pub menu: Vec<MenuEntry>,
}

/// A link on every page.
#[derive(Debug)]
pub struct MenuEntry {
    /// Its place among the others.
    pub weight: i64,
    pub name: String,
    /// An address, or `@/` and the path of a page.
    pub path: String,
}

/// A kind of terms.
#[derive(Debug, Default)]
pub struct Taxonomy {
    pub name: String,
    /// Whether each term has a feed.
    pub feed: bool,
    pub paginate_by: Option<i64>,
}

/// An address as it is written here: a build puts the site's folder before it, which other generators
/// leave to the author.
pub fn below<'a>(folder: &str, address: &'a str) -> &'a str {
    match address.strip_prefix(folder) {
        Some("") => "/",
        Some(below) if below.starts_with('/') => below,
        _ => address,
    }
}

impl Settings {
    /// Adds a kind of terms, unless there is one of this name.
    pub fn add_taxonomy(&mut self, taxonomy: Taxonomy) {
        if !self
            .taxonomies
            .iter()
            .any(|known| known.name == taxonomy.name)
        {
            self.taxonomies.push(taxonomy);
        }
    }

    /// The languages that a file's name may end in.
    pub fn tags(&self) -> Vec<String> {
        self.languages
            .iter()
            .map(|language| language.tag.clone())
            .collect()
    }

    /// The language with this tag, which is added if it is new.
    pub fn language(&mut self, tag: &str) -> &mut Language {
        let known = self.languages.iter().position(|known| known.tag == tag);
        let place = known.unwrap_or_else(|| {
            self.languages.push(Language {
                tag: tag.to_owned(),
                ..Language::default()
            });
            self.languages.len() - 1
        });
        &mut self.languages[place]
    }

    /// The entries of all menus.
    pub fn menu_entries(&mut self) -> impl Iterator<Item = &mut MenuEntry> {
        let others = self.languages.iter_mut();
        let others = others.flat_map(|language| &mut language.menu);
        self.menu.iter_mut().chain(others)
    }

    /// The folder in which the site is served, without its last slash: empty at a domain's root.
    pub fn folder(&self) -> String {
        let after = self.base_url.split_once("://").map(|(_, rest)| rest);
        let folder = after.and_then(|rest| rest.split_once('/'));
        match folder.map(|(_, folder)| folder.trim_matches('/')) {
            None | Some("") => String::new(),
            Some(folder) => format!("/{folder}"),
        }
    }

    /// The folder in which the old site was served, also where its domain is not known.
    pub fn old_folder(&self) -> String {
        match self.folder() {
            folder if folder.is_empty() => self.baseurl.clone(),
            folder => folder,
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

    /// Says of one setting, if it is there, why it means nothing here.
    pub fn leave_out(keys: &mut Keys<'_>, key: &str, why: &str, notes: &mut Vec<Diagnostic>) {
        if let Some(value) = keys.take(key) {
            notes.push(
                Diagnostic::warning(format!("the setting `{key}` was left out"))
                    .at(keys.path, value.span)
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
            ("time_zone", &self.time_zone),
            ("author", &self.author),
        ] {
            if !text.is_empty() {
                table.insert(key.to_owned(), text.clone().into());
            }
        }
        if !self.menu.is_empty() {
            table.insert("menu".to_owned(), menu(&self.menu));
        }
        let taxonomies = self.taxonomies.iter().map(|known| {
            let mut taxonomy = Table::new();
            taxonomy.insert("name".to_owned(), known.name.clone().into());
            if known.feed {
                taxonomy.insert("feed".to_owned(), true.into());
            }
            if let Some(count) = known.paginate_by {
                taxonomy.insert("paginate_by".to_owned(), count.into());
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
        let mut markdown = Table::new();
        for (key, value, is_said) in [
            ("smart_punctuation", true, self.smart_punctuation),
            ("heading_links", true, self.heading_links),
            ("highlight", false, self.plain_code),
        ] {
            if is_said {
                markdown.insert(key.to_owned(), value.into());
            }
        }
        if !markdown.is_empty() {
            table.insert("markdown".to_owned(), markdown.into());
        }
        if !self.languages.is_empty() {
            let languages = self.languages.iter().map(|language| {
                let mut keys = language.keys.clone();
                if !language.menu.is_empty() {
                    keys.insert("menu".to_owned(), menu(&language.menu));
                }
                (language.tag.clone(), Value::Table(keys))
            });
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

/// A menu's entries in their order; those of the same weight keep the one that they were found in.
fn menu(entries: &[MenuEntry]) -> Value {
    let mut entries: Vec<&MenuEntry> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.weight);
    let entries = entries.into_iter().map(|entry| {
        Value::Table(Table::from_iter([
            ("name".to_owned(), Value::String(entry.name.clone())),
            ("path".to_owned(), Value::String(entry.path.clone())),
        ]))
    });
    Value::Array(entries.collect())
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
