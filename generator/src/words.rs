//! The theme's own words in a language: its `strings/TAG.toml`, with what the site says otherwise. What
//! nobody has translated is taken from the theme's English, and said. Numbers are written here too.

mod numbers;

use std::sync::OnceLock;

use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale::LocaleDirectionality;
use icu_locale_core::Locale;
use serde_json::{Map, Value as Json};

use crate::config::{Config, FILE, Language};
use crate::diagnostic::Diagnostic;
use crate::fields::{Table, parse_toml};
use crate::theme::{self, Strings, Theme};

/// The language whose strings a theme always has.
const REFERENCE: &str = "en";

/// How the site speaks in one language.
#[derive(Clone, Debug)]
pub struct Words {
    /// Its tag, such as `en`.
    pub lang: String,
    /// For templates, by key.
    by_key: Map<String, Json>,
    /// How it writes digits; nothing if nobody knows the language.
    digits: Option<DecimalFormatter>,
}

impl Words {
    /// Where the language's lines begin, as HTML's `dir` says it.
    pub fn direction(&self) -> &'static str {
        let locale = Locale::try_from_str(&self.lang).ok();
        let is_from_right =
            |locale: Locale| LocaleDirectionality::new_common().is_right_to_left(&locale.id);
        match locale.is_some_and(is_from_right) {
            true => "rtl",
            false => "ltr",
        }
    }

    fn new(lang: &str, by_key: Map<String, Json>) -> Self {
        let locale = Locale::try_from_str(lang).ok();
        let digits = locale.and_then(|locale| {
            DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok()
        });
        Self {
            lang: lang.to_owned(),
            by_key,
            digits,
        }
    }

    /// The embedded theme's words in English.
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Words> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::embedded(REFERENCE))
    }

    /// The embedded theme's words in a language; none if it does not speak it.
    pub fn embedded(lang: &str) -> Self {
        let name = format!("/strings/{lang}.toml");
        let files = theme::embedded();
        let file = files.iter().find(|(path, _)| path.ends_with(&name));
        let text = file.and_then(|(_, bytes)| str::from_utf8(bytes).ok());
        let text = text.unwrap_or_default();
        let (table, _) = parse_toml(&name, text, 0..text.len());
        Self::new(lang, as_map(&table))
    }

    pub fn json(&self) -> Json {
        Json::Object(self.by_key.clone())
    }

    /// The words of a key. A theme that has none of its own for what the generator says gets those of
    /// the embedded one.
    pub fn say(&self, key: &str) -> &str {
        let own = self.by_key.get(key);
        let own = own.or_else(|| Self::english().by_key.get(key));
        own.and_then(Json::as_str).unwrap_or_default()
    }

    /// The same with values in the place of their names: `{name}: rate`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        theme::filled(self.say(key), |name| {
            let value = values.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| (*value).to_owned())
        })
    }
}

/// The words of each language of a site, and what the theme and the site lack of them.
pub fn of_site(theme: &Theme, config: &Config) -> (Vec<Words>, Vec<Diagnostic>) {
    let languages = config.languages.iter();
    let (words, wrong): (Vec<_>, Vec<_>) = languages
        .map(|language| in_language(theme, language))
        .unzip();
    (words, wrong.into_iter().flatten().collect())
}

/// The words of a language, and what the theme and the site lack of them.
pub fn in_language(theme: &Theme, language: &Language) -> (Words, Vec<Diagnostic>) {
    let (by_key, diagnostics) = by_key(theme, language);
    (Words::new(&language.tag, by_key), diagnostics)
}

fn by_key(theme: &Theme, language: &Language) -> (Map<String, Json>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Some(reference) = theme.strings.get(REFERENCE) else {
        return (as_map(&language.strings), diagnostics);
    };
    let mut words = as_map(&reference.table);
    let (primary, _) = language.tag.split_once('-').unwrap_or((&language.tag, ""));
    let translated = theme
        .strings
        .get(&language.tag)
        .or_else(|| theme.strings.get(primary));
    match translated {
        Some(translated) => diagnostics.extend(untranslated(reference, translated)),
        None if language.strings.entries.is_empty() => diagnostics.push(
            Diagnostic::warning(format!("the theme has no words in `{}`", language.tag))
                .at(FILE, language.span.clone())
                .label(format!("its own are shown in `{REFERENCE}`"))
                .help(format!(
                    "translate {} as `strings/{}.toml` in the theme, or as `[languages.{}.strings]`",
                    reference.path, language.tag, language.tag
                )),
        ),
        None => {}
    }
    if let Some(translated) = translated {
        words.extend(as_map(&translated.table));
    }
    for entry in &language.strings.entries {
        match reference.table.get(&entry.key) {
            Some(_) => drop(words.insert(entry.key.clone(), entry.value.json())),
            None => diagnostics.push(
                Diagnostic::error(format!("the theme has no words `{}`", entry.key))
                    .at(FILE, entry.key_span.clone())
                    .label(format!("{} has no such key", reference.path))
                    .suggest(&entry.key, keys(&reference.table)),
            ),
        }
    }
    (words, diagnostics)
}

/// What a theme's strings lack or have too much.
fn untranslated(reference: &Strings, translated: &Strings) -> Vec<Diagnostic> {
    let missing: Vec<&str> = keys(&reference.table)
        .filter(|key| translated.table.get(key).is_none())
        .collect();
    let mut diagnostics = Vec::new();
    if !missing.is_empty() {
        diagnostics.push(
            Diagnostic::warning("not all of the theme's words are translated")
                .in_file(&translated.path)
                .label(format!(
                    "in `{REFERENCE}` are shown: {}",
                    missing.join(", ")
                )),
        );
    }
    let entries = translated.table.entries.iter();
    let unknown = entries.filter(|entry| reference.table.get(&entry.key).is_none());
    diagnostics.extend(unknown.map(|entry| {
        Diagnostic::error(format!("the theme has no words `{}`", entry.key))
            .at(&translated.path, entry.key_span.clone())
            .label(format!("{} has no such key", reference.path))
            .suggest(&entry.key, keys(&reference.table))
    }));
    diagnostics
}

fn keys(table: &Table) -> impl Iterator<Item = &str> {
    table.entries.iter().map(|entry| entry.key.as_str())
}

fn as_map(table: &Table) -> Map<String, Json> {
    let entries = table.entries.iter();
    entries
        .map(|entry| (entry.key.clone(), entry.value.json()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value as Json;

    use super::Words;

    /// The names in braces in a text, or in the forms that it has for numbers.
    fn names(words: &Json) -> BTreeSet<&str> {
        match words {
            Json::String(text) => {
                let parts = text.split('{').skip(1);
                parts
                    .filter_map(|part| Some(part.split_once('}')?.0))
                    .collect()
            }
            Json::Object(forms) => forms.values().flat_map(names).collect(),
            _ => BTreeSet::new(),
        }
    }

    #[test]
    fn translations_put_the_same_values_into_a_sentence() {
        for lang in ["fr", "de"] {
            let words = Words::embedded(lang);
            for (key, english) in &Words::english().by_key {
                let translated = words.by_key.get(key).unwrap_or(&Json::Null);
                assert_eq!(names(translated), names(english), "{lang}: {key}");
            }
        }
    }
}
