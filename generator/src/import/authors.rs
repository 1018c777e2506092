//! Who wrote the old site's pages. Once one author has a file, everybody who is named in a by-line
//! needs one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::settings::tables_last;
use super::{Move, MovedPage};
use crate::site::slug;

/// What the old site says about its authors, by the names that its by-lines use.
#[derive(Debug, Default)]
pub struct ImportedAuthors {
    known: BTreeMap<String, toml::Table>,
}

impl ImportedAuthors {
    /// Adds what is known of an author, with the name in it.
    pub fn add(&mut self, key: &str, author: toml::Table) {
        self.known.insert(key.to_owned(), author);
    }

    fn name(&self, key: &str) -> Option<&str> {
        self.known.get(key)?.get("name")?.as_str()
    }
}

impl Move<'_> {
    /// Writes the by-lines of pages with the authors' names, and a file for each author if the old site
    /// described any of them.
    pub(super) fn name_authors(&mut self, pages: &mut [MovedPage]) {
        let mut files: BTreeMap<String, toml::Table> = BTreeMap::new();
        let mut name_of = |written: &str| {
            let name = match self.authors.name(written) {
                Some(name) => name.to_owned(),
                None => plain(written),
            };
            let known = self.authors.known.get(written).cloned();
            let with_name = toml::Table::from_iter([("name".to_owned(), name.clone().into())]);
            let file = slug(&name);
            if !file.is_empty() {
                files.entry(file).or_insert(known.unwrap_or(with_name));
            }
            name
        };
        for page in pages.iter_mut() {
            let tables = page.front.iter_mut().filter(|(key, _)| *key != "extra");
            let bylines = tables.filter_map(|(key, value)| match key.as_str() {
                "authors" => Some(value),
                "cascade" => value.get_mut("authors"),
                _ => None,
            });
            for value in bylines.filter_map(|value| value.as_array_mut()).flatten() {
                if let Some(written) = value.as_str() {
                    *value = name_of(written).into();
                }
            }
        }
        if !self.settings.author.is_empty() {
            self.settings.author = name_of(&self.settings.author);
        }
        if self.authors.known.is_empty() {
            return;
        }
        for (file, author) in files {
            let path = format!("content/authors/{file}.toml");
            let text = tables_last(author);
            self.files.insert(path, Arc::from(text.into_bytes()));
        }
    }
}

/// A by-line without Markdown: `Ada ([@ada](https://…))` is `Ada (@ada)`.
fn plain(written: &str) -> String {
    let mut plain = String::new();
    let mut rest = written;
    while let Some(open) = rest.find('[') {
        let Some((words, after)) = rest[open + 1..].split_once("](") else {
            break;
        };
        let Some((_, after)) = after.split_once(')') else {
            break;
        };
        plain.push_str(&rest[..open]);
        plain.push_str(words);
        rest = after;
    }
    plain.push_str(rest);
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_byline_is_plain_text() {
        assert_eq!(plain("Ada ([@ada](https://x.example/ada))"), "Ada (@ada)");
        assert_eq!(plain("Ada [of Example"), "Ada [of Example");
    }
}
