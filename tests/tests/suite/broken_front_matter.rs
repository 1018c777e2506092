//! Front matter that cannot be read, or not all of it: shown at its line, and never published as text.

use snapbox::str;
use tallypress_tests::site;

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
  |
  = help: close the quote: `title = "A"`

error: unknown key `drfat`
 --> content/a.md:3:1
  |
3 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

error: this is no day of the calendar
 --> content/a.md:4:8
  |
4 | date = 2026-13-01
  |        ^^^^^^^^^^ a year has no month 13

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
  = help: did you mean `@/b.md`?

error: `date` must be a date such as 2026-05-01
 --> content/b.md:2:7
  |
2 | date: soon
  |       ^^^^ this is a text
  |
  = help: a date is the year, the month and the day, in this order

error: there is no shortcode `nothing`
 --> content/b.md:4:4
  |
4 | {{ nothing() }} and {{ broken
  |    ^^^^^^^ neither the generator nor the theme has it
  |
  = help: known shortcodes: calculator, estimate, include, methodology

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
fn a_key_of_the_page_below_taxonomies_is_sent_above_it() {
    site(
        r#"
--- content/a.md
+++
[taxonomies]
tags = ["one"]
publishDate = 2026-12-01
draft = true
title = "P"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `publishDate` stands in `taxonomies`
 --> content/a.md:4:1
  |
4 | publishDate = 2026-12-01
  | ^^^^^^^^^^^ there it would name a taxonomy, and say nothing of the page
  |
  = help: move it above `taxonomies`, to the page's own keys

error: `draft` stands in `taxonomies`
 --> content/a.md:5:1
  |
5 | draft = true
  | ^^^^^ there it would name a taxonomy, and say nothing of the page
  |
  = help: move it above `taxonomies`, to the page's own keys

error: `title` stands in `taxonomies`
 --> content/a.md:6:1
  |
6 | title = "P"
  | ^^^^^ there it would name a taxonomy, and say nothing of the page
  |
  = help: move it above `taxonomies`, to the page's own keys

"#]]);
}

#[test]
fn a_list_of_the_page_below_taxonomies_is_sent_above_it() {
    site(
        r#"
--- content/b.md
+++
[taxonomies]
authors = ["ada"]
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the site has no taxonomy `authors`
 --> content/b.md:3:12
  |
3 | authors = ["ada"]
  |            ^^^^^ these terms would be lost
  |
  = help: move it above `taxonomies`, to the page's own keys

"#]]);
}

#[test]
fn a_day_that_no_month_has_is_said_to_be_none() {
    site(
        r#"
--- content/bare.md
+++
date = 2026-11-31
+++
--- content/quoted.md
+++
date = "2026-11-31"
+++
--- content/slashes.md
+++
date = 11/23/2026
+++
--- content/yaml.md
---
date: 2026-11-31
updated: 11/23/2026
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is no day of the calendar
 --> content/bare.md:2:8
  |
2 | date = 2026-11-31
  |        ^^^^^^^^^^ November 2026 has 30 days

error: `date` is no day of the calendar
 --> content/quoted.md:2:8
  |
2 | date = "2026-11-31"
  |        ^^^^^^^^^^^^ November 2026 has 30 days

error: this is not valid TOML
 --> content/slashes.md:2:8
  |
2 | date = 11/23/2026
  |        ^^^^^^^^^^ string values must be quoted, expected literal string
  |
  = help: a date is the year, the month and the day, in this order: `date = 2026-05-01`

error: `date` is no day of the calendar
 --> content/yaml.md:2:7
  |
2 | date: 2026-11-31
  |       ^^^^^^^^^^ November 2026 has 30 days

error: `updated` must be a date such as 2026-05-01
 --> content/yaml.md:3:10
  |
3 | updated: 11/23/2026
  |          ^^^^^^^^^^ this is a text
  |
  = help: a date is the year, the month and the day, in this order

"#]]);
}

#[test]
fn a_table_whose_name_is_broken_is_one_mistake() {
    site(
        r#"
--- site.toml
base_url = "https://example.com"
[[menu
name = "Home"
path = "/"
[feed]
limit = 10
--- content/a.md
+++
title = 'it's'
[taxonomies
tags = ["a"]
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/a.md:2:13
  |
2 | title = 'it's'
  |             ^ unexpected key or value, expected newline, `#`
  |
  = help: a text with `'` in it stands between `"`: `title = "it's"`

error: this is not valid TOML
 --> content/a.md:3:12
  |
3 | [taxonomies
  |            ^ unclosed table, expected `]`
  |
  = help: write `[taxonomies]`

error: this is not valid TOML
 --> site.toml:2:7
  |
2 | [[menu
  |       ^ unclosed array table, expected `]]`
  |
  = help: write `[[menu]]`

"#]]);
}
