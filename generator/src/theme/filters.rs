//! Filters for templates besides Tera's own: dates, and words of the theme with numbers and names in them.

use std::collections::BTreeMap;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use pulldown_cmark_escape::escape_html;
use serde_json::Value as Json;
use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

pub fn register(tera: &mut Tera) {
    tera.register_filter("date", tera_contrib::dates::date);
    tera.register_filter("fill", fill);
    tera.register_filter("plural", plural);
}

/// `{{ t.page_of | fill(current=2, total=5) }}`: puts values in the place of `{current}` and `{total}`.
/// Where one of them is HTML, such as a component, the result is.
fn fill(text: &str, values: Kwargs, _: &State) -> TeraResult<Value> {
    let is_html = |value: &Value| value.as_str().is_some() && value.is_safe();
    let html = values.iter().any(|(_, value)| is_html(value));
    let escaped = |text: &str| {
        let mut escaped = String::with_capacity(text.len());
        // Writing to a String cannot fail.
        let _ = escape_html(&mut escaped, text);
        escaped
    };
    let filled = filled(text, |name| {
        let value = values.iter().find(|(key, _)| key.as_str() == Some(name));
        value.map(|(_, value)| match value.is_safe() || !html {
            true => value.to_string(),
            false => escaped(&value.to_string()),
        })
    });
    Ok(match html {
        true => Value::safe_string(&filled),
        false => Value::from(filled),
    })
}

/// A text with values in the place of names in braces; a name without one stays.
pub fn filled(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after
            .split_once('}')
            .and_then(|(name, after)| Some((value(name)?, after)));
        rest = match known {
            Some((value, after)) => {
                filled.push_str(&value);
                after
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

/// `{{ t.articles | plural(count=3, lang=lang) }}`: the form of `{one = "…", other = "…"}` that the
/// language has for a number, with the number in the place of `{count}`.
fn plural(forms: &Value, values: Kwargs, _: &State) -> TeraResult<String> {
    let count = values.must_get::<usize>("count")?;
    let lang = values.must_get::<&str>("lang")?;
    let form = match forms.as_map() {
        None => forms.as_str(),
        Some(forms) => {
            let form = |name: &'static str| forms.get(&Key::from(name)).and_then(Value::as_str);
            form(category(count, lang)?).or_else(|| form("other"))
        }
    };
    let Some(form) = form else {
        return Err(Error::message(
            "`plural` needs a text, or a table with `other`",
        ));
    };
    let values: BTreeMap<String, Json> = values.deserialize()?;
    Ok(filled(form, |name| {
        Some(match values.get(name)? {
            Json::String(text) => text.clone(),
            value => value.to_string(),
        })
    }))
}

/// The name of the plural category that a number has in a language, by the Unicode CLDR.
fn category(count: usize, lang: &str) -> TeraResult<&'static str> {
    let locale = Locale::try_from_str(lang)
        .map_err(|_| Error::message(format!("`{lang}` is not the tag of a language")))?;
    let rules = PluralRules::try_new(locale.into(), PluralRulesOptions::default())
        .map_err(|error| Error::message(error.to_string()))?;
    Ok(match rules.category_for(count) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_value_stays() {
        let filled = filled("{a} {b} {", |name| (name == "a").then(|| "1".to_owned()));
        assert_eq!(filled, "1 {b} {");
    }

    #[test]
    fn languages_count_differently() {
        assert_eq!(category(0, "en").unwrap(), "other");
        assert_eq!(category(0, "fr").unwrap(), "one");
        assert_eq!(category(3, "pl").unwrap(), "few");
    }
}
