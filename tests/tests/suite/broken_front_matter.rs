//! Front matter that cannot be read, or not all of it: shown at its line, and never published as text.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn front_matter_that_never_ends_is_not_taken_for_text() {
    site(
        r#"
--- content/toml.md
+++
draft = true

A secret.
--- content/yaml.md
---
draft: true

A secret.
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: front matter is never closed
 --> content/toml.md:1:1
  |
1 | +++
  | ^^^ no second `+++` line follows
  |
  = help: put `+++` on a line of its own after the last key

error: front matter is never closed
 --> content/yaml.md:1:1
  |
1 | ---
  | ^^^ no second `---` line follows
  |
  = help: put `---` on a line of its own after the last key

"#]]);
}

#[test]
fn broken_toml_is_shown_at_its_line_and_the_rest_is_still_read() {
    site(
        r#"
--- content/a.md
+++
title = "A
drfat = true
date = 2026-13-01
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/a.md:2:11
  |
2 | title = "A
  |           ^ invalid basic string, expected `"`

error: unknown key `drfat`
 --> content/a.md:3:1
  |
3 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

error: this is not valid TOML
 --> content/a.md:4:8
  |
4 | date = 2026-13-01
  |        ^^^^^^^^^^ invalid date, expected month between 01 and 12

"#]]);
}

#[test]
fn broken_yaml_is_shown_at_its_line() {
    site(
        r#"
--- content/indented.md
---
title: A
  tags: [b]
---
--- content/list.md
---
title: A
tags: [b
---
--- content/text.md
---
just some words
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid YAML
 --> content/indented.md:3:7
  |
3 |   tags: [b]
  |       ^ mapping values are not allowed in this context

error: this is not valid YAML
 --> content/list.md:4:1
  |
4 | ---
  | ^ while parsing a flow sequence, expected ',' or ']'

error: front matter must be `key: value` lines
 --> content/text.md:2:1
  |
2 | just some words
  | ^^^^^^^^^^^^^^^ this is a text

"#]]);
}

#[test]
fn yaml_anchors_are_refused_before_they_grow() {
    site(
        r#"
--- content/a.md
---
extra:
  a: &a [x, x]
  b: [*a, *a]
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid YAML
 --> content/a.md:3:6
  |
3 |   a: &a [x, x]
  |      ^^^^ anchors and aliases are not read here: write the value out

"#]]);
}

#[test]
fn a_key_written_twice_is_an_error() {
    site(
        r#"
--- content/toml.md
+++
draft = true
draft = false
+++
--- content/yaml.md
---
draft: true
draft: false
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/toml.md:3:1
  |
3 | draft = false
  | ^^^^^ duplicate key

error: `draft` is written twice
 --> content/yaml.md:3:1
  |
3 | draft: false
  | ^^^^^ the second one
  |
  = help: keep one of the two

"#]]);
}

#[test]
fn every_mistake_of_every_file_is_told_at_once() {
    site(
        r#"
--- site.toml
titel = "A site"
--- content/a.md
+++
drfat = true
+++
See [b](@/bb.md).
--- content/b.md
---
date: soon
---
{{ nothing() }} and {{ broken
--- content/c.md
[nowhere](/nowhere/)
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: unknown key `drfat`
 --> content/a.md:2:1
  |
2 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

error: link to a page that does not exist
 --> content/a.md:4:9
  |
4 | See [b](@/bb.md).
  |         ^^^^^^^ there is no `content/bb.md`
  |
  = help: did you mean `b.md`?

error: `date` must be a date such as 2026-05-01
 --> content/b.md:2:7
  |
2 | date: soon
  |       ^^^^ this is a text

error: there is no shortcode `nothing`
 --> content/b.md:4:4
  |
4 | {{ nothing() }} and {{ broken
  |    ^^^^^^^ neither the generator nor the theme has it

error: malformed shortcode
 --> content/b.md:4:21
  |
4 | {{ nothing() }} and {{ broken
  |                     ^^^^^^^^^ `(` is missing after the name
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: link to a page that does not exist
 --> content/c.md:1:11
  |
1 | [nowhere](/nowhere/)
  |           ^^^^^^^^^ no page has this address

error: unknown key `titel`
 --> site.toml:1:1
  |
1 | titel = "A site"
  | ^^^^^ nothing reads this
  |
  = help: did you mean `title`?

"#]]);
}

#[test]
fn front_matter_without_its_first_line_is_not_published_as_text() {
    site(
        r#"
--- content/toml.md
title = "A"
date = 2026-01-01
+++

Text.
--- content/yaml.md
title: A
---
Text.
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: front matter is never opened
 --> content/toml.md:3:1
  |
3 | +++
  | ^^^ this ends front matter that no such line begins
  |
  = help: put the same line above the first key

error: front matter is never opened
 --> content/yaml.md:2:1
  |
2 | ---
  | ^^^ this ends front matter that no such line begins
  |
  = help: put the same line above the first key

"#]]);
}
