//! What a site asks of its own front matter, and the schemas that editors get.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use snapbox::str;
use tallypress::date::Date;
use tallypress::diagnostic::Diagnostic;
use tallypress::fields::parse_toml;
use tallypress::memory::Memory;
use tallypress::site::Publication;
use tallypress::{Options, build, config, theme};
use tallypress_tests::program::Folder;
use tallypress_tests::site;

const RULES: &str = r#"
--- site.toml
[schema]
closed = true

[[schema.fields]]
key = "extra.audience"
type = "text"
required = true
values = ["CEO", "CTO"]
section = "blog"
description = "Who should read this."

[[schema.fields]]
key = "extra.review.by"
type = "text"

[[schema.fields]]
key = "extra.review.on"
type = "date"

[[schema.fields]]
key = "description"
required = true

[[schema.fields]]
key = "tags"
values = ["Cost", "Strategy"]
"#;

#[test]
fn front_matter_that_keeps_to_the_rules_passes() {
    site(&format!(
        r#"{RULES}
--- content/blog/_index.md
+++
cascade.extra.audience = "CTO"
+++
--- content/blog/a.md
+++
description = "In short"
tags = ["Cost"]
extra.review = {{ by = "Ada", on = 2026-05-01 }}
+++
--- content/b.md
---
summary: In short
taxonomies: {{tags: [Strategy]}}
---
"#
    ))
    .build()
    .expect_success();
}

#[test]
fn everything_that_breaks_a_rule_is_shown_at_its_place() {
    site(&format!(
        r#"{RULES}
--- content/blog/a.md
+++
description = "In short"
tags = ["Costs"]
[extra]
audience = "CFO"
audiense = "CEO"
review = {{ by = 3, on = "soon", why = "x" }}
+++
--- content/blog/b.md
+++
title = "B"
+++
--- content/c.md
Text.
--- content/draft.md
+++
draft = true
+++
"#
    ))
    .build()
    .expect_errors(str![[r#"
error: `tags` cannot be `Costs`
 --> content/blog/a.md:3:9
  |
3 | tags = ["Costs"]
  |         ^^^^^^^ the site allows Cost, Strategy
  |
  = help: did you mean `Cost`?

error: `extra.audience` cannot be `CFO`
 --> content/blog/a.md:5:12
  |
5 | audience = "CFO"
  |            ^^^^^ the site allows CEO, CTO
  |
  = help: did you mean `CEO`?
  = help: Who should read this.

error: unknown key `extra.audiense`
 --> content/blog/a.md:6:1
  |
6 | audiense = "CEO"
  | ^^^^^^^^ the site's schema has no such key
  |
  = help: did you mean `audience`?

error: `extra.review.by` must be a text
 --> content/blog/a.md:7:17
  |
7 | review = { by = 3, on = "soon", why = "x" }
  |                 ^ this is a whole number

error: `extra.review.on` must be a date
 --> content/blog/a.md:7:25
  |
7 | review = { by = 3, on = "soon", why = "x" }
  |                         ^^^^^^ this is a text

error: unknown key `extra.review.why`
 --> content/blog/a.md:7:33
  |
7 | review = { by = 3, on = "soon", why = "x" }
  |                                 ^^^ the site's schema has no such key
  |
  = help: did you mean `review.by`?

error: `description` is missing
 --> content/blog/b.md:1:1
  |
1 | +++
  | ^^^ the site asks every page for it

error: `extra.audience` is missing
 --> content/blog/b.md:1:1
  |
1 | +++
  | ^^^ the site asks every page in `blog` for it
  |
  = help: Who should read this.

error: `description` is missing
--> content/c.md
 = note: the site asks every page for it

"#]]);
}

#[test]
fn a_rule_that_means_nothing_is_refused() {
    site(
        r#"
--- site.toml
[[schema.fields]]
key = "audience"
[[schema.fields]]
key = "extra.x"
type = "txt"
[[schema.fields]]
key = "date"
type = "text"
require = true
[[schema.fields]]
type = "text"
--- content/a.md
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: a rule cannot be about `audience`
 --> site.toml:2:7
  |
2 | key = "audience"
  |       ^^^^^^^^^^ name a key of your own as `extra.NAME`

error: there is no type `txt`
 --> site.toml:5:8
  |
5 | type = "txt"
  |        ^^^^^ types are text, integer, number, boolean, date, list, table
  |
  = help: did you mean `text`?

error: the kind of `date` is known
 --> site.toml:8:8
  |
8 | type = "text"
  |        ^^^^^^ only keys under `extra` take a `type`

error: unknown key `require`
 --> site.toml:9:1
  |
9 | require = true
  | ^^^^^^^ nothing reads this
  |
  = help: did you mean `required`?

error: `key` is missing
  --> site.toml:10:1
   |
10 | [[schema.fields]]
   | ^ this needs a `key`

"#]]);
}

#[test]
fn an_editor_gets_a_schema_with_the_site_s_own_keys() {
    let folder = Folder::of(&site(&format!("{RULES}--- content/a.md\n")));
    let schema = folder.run("schema").expect_code(0).json();
    assert_eq!(schema["properties"]["draft"]["type"], "boolean");
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["required"], json!(["description"]));
    let extra = &schema["properties"]["extra"];
    assert_eq!(
        extra["properties"]["audience"]["description"],
        "Who should read this."
    );
    assert_eq!(
        extra["properties"]["review"]["properties"]["on"]["type"],
        "string"
    );
    assert_eq!(extra["additionalProperties"], false);
}

/// Files with a schema, with what makes one of them valid.
const WITH_SCHEMA: [(&str, &str, &str); 4] = [
    ("page", "content/NAME.md", ""),
    ("section", "content/NAME/_index.md", ""),
    ("author", "content/authors/NAME.toml", "name = \"NAME\"\n"),
    ("site", "site.toml", ""),
];

/// One value of each kind that TOML has, and some that are of a kind and wrong all the same.
fn values() -> [(&'static str, Json); 11] {
    [
        ("true", json!(true)),
        ("3", json!(3)),
        ("-3", json!(-3)),
        ("1.5", json!(1.5)),
        ("\"other\"", json!("other")),
        ("2026-05-01", json!("2026-05-01")),
        ("[]", json!([])),
        ("[\"other\"]", json!(["other"])),
        ("[7]", json!([7])),
        ("[{ no_such_key = 1 }]", json!([{ "no_such_key": 1 }])),
        ("{ no_such_key = 1 }", json!({ "no_such_key": 1 })),
    ]
}

/// Whether a value is what a schema asks for: as much of JSON Schema as ours use.
fn fits(value: &Json, schema: &Json) -> bool {
    let listed = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
    let number = value.as_f64().unwrap_or_default();
    let of_type = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    let in_range = schema["minimum"]
        .as_f64()
        .is_none_or(|least| number >= least)
        && schema["maximum"].as_f64().is_none_or(|most| number <= most);
    let is_day = schema["pattern"].is_null()
        || value
            .as_str()
            .is_some_and(|text| text.starts_with("2026-05-01"));
    let in_enum = schema["enum"].is_null() || listed("enum").contains(value);
    let any = schema["anyOf"].is_null() || listed("anyOf").iter().any(|one| fits(value, one));
    let items = value.as_array().into_iter().flatten();
    let items_fit =
        schema["items"].is_null() || items.into_iter().all(|one| fits(one, &schema["items"]));
    let long_enough = schema["minItems"].as_u64().is_none_or(|least| {
        value
            .as_array()
            .is_some_and(|list| list.len() as u64 >= least)
    });
    let members = value.as_object().into_iter().flatten();
    let members_fit = members.into_iter().all(|(key, member)| {
        match (&schema["properties"][key], &schema["additionalProperties"]) {
            (Json::Null, Json::Bool(open)) => *open,
            (Json::Null, Json::Null) => true,
            (Json::Null, others) => fits(member, others),
            (known, _) => fits(member, known),
        }
    });
    of_type && in_range && is_day && in_enum && any && items_fit && long_enough && members_fit
}

/// The same as JSON: a value below the tables around it.
fn below(path: &[String], value: &Json) -> Json {
    let tables = path.iter().rev();
    tables.fold(value.clone(), |inside, key| json!({ key: inside }))
}

/// Every key of a schema with the tables around it.
fn paths(schema: &Json, around: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = [around, std::slice::from_ref(key)].concat();
        found.extend(paths(property, &path));
        if property["additionalProperties"].is_object() {
            let named = [path.as_slice(), &["fr".to_owned()]].concat();
            found.extend(paths(&property["additionalProperties"], &named));
        }
        found.push(path);
    }
    found.push([around, &["no_such_key".to_owned()]].concat());
    found
}

#[test]
fn what_a_schema_refuses_a_build_refuses() {
    for (of, file, around) in WITH_SCHEMA {
        let schema = Folder::of(&site("--- content/a.md\n"))
            .run(&format!("schema {of}"))
            .expect_code(0)
            .json();
        let mut refused: Vec<(String, String)> = Vec::new();
        let mut tree: Vec<(String, Arc<[u8]>)> = Vec::new();
        for path in paths(&schema, &[]) {
            for (text, value) in values() {
                let text = format!("{} = {text}\n", path.join("."));
                let mut json = below(&path, &value);
                if of == "author" && path != ["name"] {
                    json["name"] = "x".into();
                }
                // Keys of the site's own are free.
                if path[0] == "extra" || fits(&json, &schema) {
                    continue;
                }
                let name = format!("n{}", refused.len());
                let around = if path == ["name"] { "" } else { around };
                let text = format!("{}{text}", around.replace("NAME", &name));
                let text = match file.ends_with(".md") {
                    true => format!("+++\n{text}+++\n"),
                    false => text,
                };
                let file = file.replace("NAME", &name);
                if of == "site" {
                    let tree = [(file.clone(), text.clone().into_bytes().into())];
                    let (_, said) = config::parse(&tree.into_iter().collect(), None);
                    assert!(said.iter().any(Diagnostic::is_error), "{text}");
                }
                tree.push((file.clone(), text.clone().into_bytes().into()));
                refused.push((file, text));
            }
        }
        assert!(refused.len() > 50, "{of}: {}", refused.len());
        if of == "site" {
            continue;
        }
        let options = Options {
            base_url: None,
            publication: Publication {
                now: Date::parse("2026-06-15").unwrap(),
                drafts: true,
            },
            preview: false,
            shard: None,
        };
        let default_theme = theme::embedded().into_iter();
        let default_theme = default_theme.map(|(path, bytes)| (path, bytes.into()));
        let build = build(
            &default_theme.chain(tree).collect(),
            &options,
            &mut Memory::default(),
        );
        let errors = build.diagnostics.iter().filter(|one| one.is_error());
        let said: BTreeSet<&str> = errors
            .filter_map(|one| Some(one.place.as_ref()?.path.as_str()))
            .collect();
        for (file, text) in &refused {
            assert!(said.contains(file.as_str()), "{of} is built with\n{text}");
        }
    }
}

#[test]
fn the_settings_of_a_real_site_fit_the_schema() {
    let schema = Folder::of(&site("--- content/a.md\n"))
        .run("schema site")
        .json();
    let settings = include_str!("../../../site.toml");
    let (settings, wrong) = parse_toml("site.toml", settings, 0..settings.len());
    assert_eq!(wrong, []);
    assert!(settings.get("variables").is_some());
    assert!(fits(&settings.json(), &schema), "{schema:#}");
}

#[test]
fn every_key_of_a_schema_is_a_key_that_a_build_reads() {
    for (of, file, _) in WITH_SCHEMA {
        let folder = Folder::of(&site("--- content/a.md\n"));
        let schema = folder.run(&format!("schema {of}")).expect_code(0).json();
        let file = file.replace("NAME", "b");
        for path in paths(&schema, &[]) {
            if path.last().is_some_and(|key| key == "no_such_key") {
                continue;
            }
            // A value of no kind that any key has.
            let line = format!("{} = 1.5\n", path.join("."));
            let text = match file.ends_with(".md") {
                true => format!("+++\n{line}+++\n"),
                false => line,
            };
            folder.write(&file, text);
            let said = folder.run("build").stderr();
            assert!(!said.contains("unknown key"), "{of}: {said}");
            folder.remove(&file);
        }
    }
}
