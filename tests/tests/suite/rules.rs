//! What a site asks of its own front matter, and the schemas that editors get.

use serde_json::{Value as Json, json};
use snapbox::str;
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

/// The keys of a schema, those of tables in it with the table's name before them.
fn keys(schema: &Json) -> Vec<(String, Json)> {
    let properties = schema["properties"].as_object().expect("keys");
    properties
        .iter()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

#[test]
fn every_key_of_a_schema_is_a_key_that_a_build_reads() {
    let folder = Folder::of(&site("--- content/a.md\n"));
    for (of, file) in [
        ("page", "content/b.md"),
        ("section", "content/b/_index.md"),
        ("author", "content/authors/b.toml"),
        ("site", "site.toml"),
    ] {
        let schema = folder.run(&format!("schema {of}")).expect_code(0).json();
        for (key, _) in keys(&schema) {
            // A value of no kind that any key has.
            let line = format!("{key} = 1.5");
            let text = match file.ends_with(".md") {
                true => format!("+++\n{line}\n+++\n"),
                false => line,
            };
            folder.write(file, text);
            let build = folder.run("build");
            let said = build.stderr();
            assert!(!said.contains("unknown key"), "{of}: {said}");
            folder.remove(file);
        }
    }
}
