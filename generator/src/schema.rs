//! `tallypress schema`: JSON Schemas of what authors write, for editors that complete and check it. The
//! site's own rules are in them.

mod settings;

use serde_json::{Map, Value as Json, json};

use crate::config::{Config, Rule, RuleKind};
use settings::SITE;

/// Files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Of {
    /// Front matter of a page
    Page,
    /// Front matter of an _index.md
    Section,
    /// A file in content/authors
    Author,
    /// site.toml
    Site,
}

/// One key: its name, what may stand there, and what it says.
type Key = (&'static str, Kind, &'static str);

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Texts,
    TextOrTexts,
    Date,
    Flag,
    Integer,
    Count,
    Terms,
    Table,
    OneOf(&'static [&'static str]),
    /// A table with these keys.
    Keys(&'static [Key]),
    /// Tables with these keys, one after the other.
    Each(&'static [Key]),
    /// The same, each of them perhaps a text instead.
    TextsOrEach(&'static [Key]),
    /// Whole numbers from the first to the second.
    Between(i64, i64),
    /// A list of them.
    EachBetween(i64, i64),
    /// Tables with these keys, each by a name of its own.
    Named(&'static [Key]),
}

const BOTH: [Key; 15] = [
    (
        "title",
        Kind::Text,
        "Without one, a heading that opens the text is the title",
    ),
    (
        "description",
        Kind::Text,
        "Shown in lists and by search engines",
    ),
    ("summary", Kind::Text, "Another name for `description`"),
    (
        "date",
        Kind::Date,
        "The day the page belongs to; one to come withholds the page until then",
    ),
    (
        "publishDate",
        Kind::Date,
        "The page is not published before this moment",
    ),
    (
        "expiryDate",
        Kind::Date,
        "The page is not published from this moment on",
    ),
    ("draft", Kind::Flag, "Published only with --drafts"),
    (
        "path",
        Kind::Text,
        "The whole address below the site's root",
    ),
    ("url", Kind::Text, "Another name for `path`"),
    ("aliases", Kind::Texts, "Old addresses that lead here"),
    ("template", Kind::Text, "A template of the theme"),
    (
        "images",
        Kind::TextsOrEach(&CARD_IMAGE),
        "Pictures for sharing",
    ),
    (
        "noindex",
        Kind::Flag,
        "Whether search engines are asked to leave the page out",
    ),
    (
        "related",
        Kind::Texts,
        "Pages to show beside this one, such as @/blog/post.md",
    ),
    ("extra", Kind::Table, "Keys of your own, for templates"),
];

const CARD_IMAGE: [Key; 2] = [
    ("path", Kind::Text, "A file beside this one, or an address"),
    ("alt", Kind::Text, "What the picture shows"),
];

const PAGE: [Key; 12] = [
    ("updated", Kind::Date, "When the page was changed last"),
    ("lastmod", Kind::Date, "Another name for `updated`"),
    (
        "weight",
        Kind::Integer,
        "The place in lists sorted by weight, and in a series",
    ),
    ("slug", Kind::Text, "The last part of the address"),
    (
        "authors",
        Kind::TextOrTexts,
        "Names, or files in content/authors",
    ),
    ("author", Kind::TextOrTexts, "Another name for `authors`"),
    (
        "in_search_index",
        Kind::Flag,
        "Whether the search of the site finds it; true unless it says otherwise",
    ),
    ("tags", Kind::TextOrTexts, "Terms of the taxonomy `tags`"),
    (
        "categories",
        Kind::TextOrTexts,
        "Terms of the taxonomy `categories`",
    ),
    (
        "category",
        Kind::TextOrTexts,
        "Another name for `categories`",
    ),
    (
        "series",
        Kind::TextOrTexts,
        "Terms of the taxonomy `series`",
    ),
    ("taxonomies", Kind::Terms, "Terms by taxonomy"),
];

const SECTION: [Key; 5] = [
    (
        "sort_by",
        Kind::OneOf(&["date", "weight", "title"]),
        "The order of the section's pages",
    ),
    (
        "paginate_by",
        Kind::Count,
        "Pages on one list page; 0 puts all on one",
    ),
    (
        "page_template",
        Kind::Text,
        "Template of the pages that name none",
    ),
    (
        "feed",
        Kind::Flag,
        "Feeds of the pages in the section and below",
    ),
    (
        "cascade",
        Kind::Table,
        "Front matter of every page below that does not say otherwise",
    ),
];

const TRANSLATION: [Key; 2] = [
    ("role", Kind::Text, "`role` in this language"),
    ("description", Kind::Text, "`description` in this language"),
];

const AUTHOR: [Key; 9] = [
    ("name", Kind::Text, "As it stands in by-lines"),
    (
        "kind",
        Kind::OneOf(&["person", "organization"]),
        "Who writes; a person unless it says otherwise",
    ),
    ("role", Kind::Text, "What a person does"),
    ("description", Kind::Text, "A few plain words"),
    ("url", Kind::Text, "The author's own site"),
    ("same_as", Kind::Texts, "Profiles elsewhere"),
    ("image", Kind::Text, "A file beside this one, or an address"),
    ("translations", Kind::Named(&TRANSLATION), "By language tag"),
    ("extra", Kind::Table, "Keys of your own, for templates"),
];

/// The JSON Schema of a kind of file, with the rules of a site.
pub fn schema(of: Of, config: &Config) -> Json {
    let (title, keys): (&str, Vec<Key>) = match of {
        Of::Page => (
            "Front matter of a page",
            BOTH.into_iter().chain(PAGE).collect(),
        ),
        Of::Section => (
            "Front matter of a section",
            BOTH.into_iter().chain(SECTION).collect(),
        ),
        Of::Author => ("An author", AUTHOR.into()),
        Of::Site => ("Settings of a site", SITE.into()),
    };
    let mut schema = table(&keys);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = title.into();
    match of {
        Of::Page => add_rules(&mut schema, config),
        Of::Author => schema["required"] = json!(["name"]),
        Of::Section | Of::Site => {}
    }
    schema
}

fn table(keys: &[Key]) -> Json {
    let properties: Map<String, Json> = keys
        .iter()
        .map(|(name, kind, description)| {
            let mut property = property(*kind);
            property["description"] = (*description).into();
            ((*name).to_owned(), property)
        })
        .collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn property(kind: Kind) -> Json {
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Texts => texts,
        Kind::TextOrTexts => json!({ "anyOf": [{ "type": "string" }, texts] }),
        // What TOML calls a date reaches a schema as a text.
        Kind::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Terms => json!({ "type": "object", "additionalProperties": texts }),
        Kind::Table => json!({ "type": "object" }),
        Kind::OneOf(values) => json!({ "type": "string", "enum": values }),
        Kind::Keys(keys) => table(keys),
        Kind::Each(keys) => json!({ "type": "array", "items": table(keys) }),
        Kind::TextsOrEach(keys) => {
            let items = json!({ "anyOf": [{ "type": "string" }, table(keys)] });
            json!({ "type": "array", "items": items })
        }
        Kind::Between(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::EachBetween(least, most) => {
            let items = property(Kind::Between(least, most));
            json!({ "type": "array", "minItems": 1, "items": items })
        }
        Kind::Named(keys) => json!({ "type": "object", "additionalProperties": table(keys) }),
    }
}

/// Adds what the site asks of every page. What it asks of one section's pages is allowed everywhere,
/// because an editor does not know where a file is.
fn add_rules(schema: &mut Json, config: &Config) {
    let rules = &config.rules;
    for rule in &rules.rules {
        let below: Vec<&str> = match rule.below_extra() {
            Some(parts) => parts.collect(),
            None => Vec::new(),
        };
        let path = match below.is_empty() {
            true => vec![rule.key.value.as_str()],
            false => std::iter::once("extra").chain(below).collect(),
        };
        add_rule(schema, &path, rule, rules.closed);
    }
    if rules.closed && rules.rules.iter().all(|rule| rule.below_extra().is_none()) {
        schema["properties"]["extra"]["additionalProperties"] = false.into();
    }
}

fn add_rule(table: &mut Json, path: &[&str], rule: &Rule, closed: bool) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if rule.required && rule.section.is_empty() {
        let required = &mut table["required"];
        let known = required.as_array().cloned().unwrap_or_default();
        let name = Json::from(*first);
        let others = known.into_iter().filter(|other| *other != name);
        *required = others.chain([name.clone()]).collect();
    }
    let property = &mut table["properties"][*first];
    if property.is_null() {
        *property = json!({});
    }
    if !rest.is_empty() {
        property["type"] = "object".into();
        if closed {
            property["additionalProperties"] = false.into();
        }
        return add_rule(property, rest, rule, closed);
    }
    if let Some(kind) = rule.kind {
        *property = of_rule(kind);
    }
    if !rule.description.is_empty() {
        property["description"] = rule.description.clone().into();
    }
    if !rule.values.is_empty() {
        let list = json!({ "type": "array", "items": { "enum": rule.values } });
        match property["type"] == "array" {
            true => property["items"] = list["items"].clone(),
            false => {
                let one = json!({ "enum": rule.values });
                property["anyOf"] = json!([one, list]);
            }
        }
    }
}

fn of_rule(kind: RuleKind) -> Json {
    match kind {
        RuleKind::Text => property(Kind::Text),
        RuleKind::Integer => property(Kind::Integer),
        RuleKind::Number => json!({ "type": "number" }),
        RuleKind::Boolean => property(Kind::Flag),
        RuleKind::Date => property(Kind::Date),
        RuleKind::List => json!({ "type": "array" }),
        RuleKind::Table => property(Kind::Table),
    }
}
