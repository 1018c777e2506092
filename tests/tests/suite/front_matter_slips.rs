//! What people slip on when they write front matter, and what they are told: signs, quotes, and the other format.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn common_slips_in_toml_are_explained() {
    site(
        r#"
--- content/curly.md
+++
title = “A”
+++
--- content/bare.md
+++
title = A day of "work"
+++
--- content/colon.md
+++
title = "A"
draft: true
+++
--- content/quotes.md
+++
title = "He said "no" twice"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/bare.md:2:9
  |
2 | title = A day of "work"
  |         ^^^^^^^^ string values must be quoted, expected literal string
  |
  = help: put the text in quotes: `title = "A day of \"work\""`

error: this is not valid TOML
 --> content/colon.md:3:6
  |
3 | draft: true
  |      ^ invalid unquoted key, expected letters, numbers, `-`, `_`
  |
  = help: write `draft = …`: TOML has `=` where YAML has `:`

error: this is not valid TOML
 --> content/curly.md:2:9
  |
2 | title = “A”
  |         ^^^ string values must be quoted, expected literal string
  |
  = help: quotes are straight in TOML: write `title = "…"`

error: this is not valid TOML
 --> content/quotes.md:2:19
  |
2 | title = "He said "no" twice"
  |                   ^ unexpected key or value, expected newline, `#`
  |
  = help: write `\"` for a quote inside of a text

"#]]);
}

#[test]
fn common_slips_in_yaml_are_explained() {
    site(
        r#"
--- content/colon.md
---
title: Costs: a short history
---
--- content/bracket.md
---
title: [Draft] A plan
---
--- content/at.md
---
author: @ada
---
--- content/quotes.md
---
title: "He said "no" twice"
---
--- content/apostrophe.md
---
title: 'It's late'
---
--- content/tab.md
---
extra:
\ta: 1
---
"#
        .replace("\\t", "\t")
        .as_str(),
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid YAML
 --> content/apostrophe.md:2:12
  |
2 | title: 'It's late'
  |            ^ invalid trailing content after double-quoted scalar
  |
  = help: write `''` for an apostrophe inside of a text

error: this is not valid YAML
 --> content/at.md:2:9
  |
2 | author: @ada
  |         ^ unexpected character: `@'
  |
  = help: put the text in quotes: `author: "@ada"`

error: this is not valid YAML
 --> content/bracket.md:2:16
  |
2 | title: [Draft] A plan
  |                ^ while parsing a block mapping, did not find expected key
  |
  = help: put the text in quotes: `title: "[Draft] A plan"`

error: this is not valid YAML
 --> content/colon.md:2:13
  |
2 | title: Costs: a short history
  |             ^ mapping values are not allowed in this context
  |
  = help: put the text in quotes: `title: "Costs: a short history"`

error: this is not valid YAML
 --> content/quotes.md:2:18
  |
2 | title: "He said "no" twice"
  |                  ^ invalid trailing content after double-quoted scalar
  |
  = help: write `\"` for a quote inside of a text

error: this is not valid YAML
 --> content/tab.md:3:2
  |
3 |     a: 1
  |     ^ tabs disallowed within this context (block indentation)
  |
  = help: indent with spaces: YAML takes no tabs

"#]]);
}

#[test]
fn quotes_of_word_processors_are_named() {
    site(
        r#"
--- content/list.md
+++
tags = [“a”]
+++
--- content/number.md
+++
weight = ’1’
+++
--- content/text.md
+++
title = “A”
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/list.md:2:9
  |
2 | tags = [“a”]
  |         ^^^ string values must be quoted, expected literal string
  |
  = help: quotes are straight in TOML: write `tags = ["…"]`

error: this is not valid TOML
 --> content/number.md:2:10
  |
2 | weight = ’1’
  |          ^^^ string values must be quoted, expected literal string
  |
  = help: a number has no quotes: write `weight = 1`

error: this is not valid TOML
 --> content/text.md:2:9
  |
2 | title = “A”
  |         ^^^ string values must be quoted, expected literal string
  |
  = help: quotes are straight in TOML: write `title = "…"`

"#]]);
}

#[test]
fn one_key_in_the_other_format_is_a_slip_in_its_line() {
    site(
        r#"
--- content/colon.md
+++
title: "A colon"
date = 2026-01-01
draft = false
+++
--- content/equals.md
---
title = "A sign"
date: 2026-01-01
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/colon.md:2:6
  |
2 | title: "A colon"
  |      ^ invalid unquoted key, expected letters, numbers, `-`, `_`
  |
  = help: write `title = …`: TOML has `=` where YAML has `:`

error: front matter must be `key: value` lines
 --> content/equals.md:2:1
  |
2 | / title = "A sign"
3 | | date: 2026-01-01
  | |____^ this is a text
  |
  = help: write `title: …`: YAML has `:` where TOML has `=`

"#]]);
}

#[test]
fn a_quote_that_is_not_closed_is_closed_for_its_author() {
    site(
        r#"
--- content/a.md
+++
title = "Forgotten
date = 2026-01-01
+++
--- content/b.md
---
title: "Forgotten
date: 2026-01-01
---
--- content/c.md
---
title: C
description: 'At the end
---
--- content/d.md
---
tags: ["one, two]
title: D
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid TOML
 --> content/a.md:2:19
  |
2 | title = "Forgotten
  |                   ^ invalid basic string, expected `"`
  |
  = help: close the quote: `title = "Forgotten"`

error: this is not valid YAML
 --> content/b.md:2:8
  |
2 | title: "Forgotten
  |        ^ invalid indentation in quoted scalar
  |
  = help: close the quote: `title: "Forgotten"`

error: this is not valid YAML
 --> content/c.md:3:14
  |
3 | description: 'At the end
  |              ^ while scanning a quoted scalar, found unexpected end of stream
  |
  = help: close the quote: `description: "At the end"`

error: this is not valid YAML
 --> content/d.md:2:8
  |
2 | tags: ["one, two]
  |        ^ invalid indentation in quoted scalar
  |
  = help: close the quote: `"` stands on both sides of a text

"#]]);
}

#[test]
fn a_quote_that_is_left_open_in_a_list_is_found() {
    site(
        r#"
--- content/a.md
---
tags: ["cost, "time"]
---
--- content/b.md
---
tags: [cost, 'time]
---
--- content/c.md
---
tags:
  - "cost
  - time
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is not valid YAML
 --> content/a.md:2:16
  |
2 | tags: ["cost, "time"]
  |                ^ invalid trailing content after double-quoted scalar
  |
  = help: close the quote: `"` stands on both sides of a text

error: this is not valid YAML
 --> content/b.md:2:14
  |
2 | tags: [cost, 'time]
  |              ^ while scanning a quoted scalar, found unexpected end of stream
  |
  = help: close the quote: `'` stands on both sides of a text

error: this is not valid YAML
 --> content/c.md:3:5
  |
3 |   - "cost
  |     ^ while scanning a quoted scalar, found unexpected end of stream
  |
  = help: close the quote: `- "cost"`

"#]]);
}

#[test]
fn keys_of_other_generators_are_known_by_what_they_mean() {
    site(
        r#"
--- content/a.md
---
title: A
published: false
layout: post
permalink: /a/
feature_image: lake.jpg
---
--- content/b.md
+++
keywords = ["cost"]
menu = "main"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: unknown key `published`
 --> content/a.md:3:1
  |
3 | published: false
  | ^^^^^^^^^ nothing reads this
  |
  = help: here it is `draft`, which means the opposite: true keeps a page back

error: unknown key `layout`
 --> content/a.md:4:1
  |
4 | layout: post
  | ^^^^^^ nothing reads this
  |
  = help: here it is `template`, a file of the theme

error: unknown key `permalink`
 --> content/a.md:5:1
  |
5 | permalink: /a/
  | ^^^^^^^^^ nothing reads this
  |
  = help: here it is `path`, or `slug` for its last part

error: unknown key `feature_image`
 --> content/a.md:6:1
  |
6 | feature_image: lake.jpg
  | ^^^^^^^^^^^^^ nothing reads this
  |
  = help: here it is `images`, a list of files beside the page

error: unknown key `keywords`
 --> content/b.md:2:1
  |
2 | keywords = ["cost"]
  | ^^^^^^^^ nothing reads this
  |
  = help: here they are `tags`

error: unknown key `menu`
 --> content/b.md:3:1
  |
3 | menu = "main"
  | ^^^^ nothing reads this
  |
  = help: the menu stands in `site.toml`

"#]]);
}

#[test]
fn a_value_of_the_wrong_kind_is_told_how_to_be_written() {
    site(
        r#"
--- content/a.md
+++
title = 2024
weight = "3"
draft = "yes"
aliases = "/old/"
tags = [2024]
images = "lake.jpg"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `title` must be a text in quotes
 --> content/a.md:2:9
  |
2 | title = 2024
  |         ^^^^ this is a whole number
  |
  = help: put it in quotes

error: `weight` must be a whole number
 --> content/a.md:3:10
  |
3 | weight = "3"
  |          ^^^ this is a text
  |
  = help: write `3` without quotes

error: `draft` must be `true` or `false` without quotes
 --> content/a.md:4:9
  |
4 | draft = "yes"
  |         ^^^^^ this is a text
  |
  = help: write `true`

error: `aliases` must be a list of texts
 --> content/a.md:5:11
  |
5 | aliases = "/old/"
  |           ^^^^^^^ this is a text
  |
  = help: write `["/old/"]`

error: `tags` must be a list of texts
 --> content/a.md:6:9
  |
6 | tags = [2024]
  |         ^^^^ this is a whole number
  |
  = help: put it in quotes

error: `images` must be a list
 --> content/a.md:7:10
  |
7 | images = "lake.jpg"
  |          ^^^^^^^^^^ this is a text
  |
  = help: write `["lake.jpg"]`

"#]]);
}

#[test]
fn a_table_that_should_be_one_of_a_list_is_told_how_to_begin() {
    site("--- site.toml\n[taxonomies]\nname = \"tags\"\n[menu]\nname = \"A\"\n--- content/a.md\n")
        .build()
        .expect_errors(str![[r#"
error: `taxonomies` must be a list of tables
 --> site.toml:1:1
  |
1 | [taxonomies]
  | ^^^^^^^^^^^^ this is a table
  |
  = help: write `[[taxonomies]]`

error: `menu` must be a list of tables
 --> site.toml:3:1
  |
3 | [menu]
  | ^^^^^^ this is a table
  |
  = help: write `[[menu]]`

"#]]);
}
