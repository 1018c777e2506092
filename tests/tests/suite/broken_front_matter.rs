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
  = help: did you mean `b.md`?

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

#[test]
fn front_matter_between_the_lines_of_another_format_is_told_once_and_read_all_the_same() {
    site(
        r#"
--- content/toml.md
---
# The title.
title = "A"
drfat = true
---
--- content/table.md
---
[extra]
a = 1
---
--- content/yaml.md
+++
title: A
tags: [b]
drfat: true
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this is TOML between lines of YAML
 --> content/table.md:2:1
  |
2 | [extra]
  | ^^^^^^^ `---` begins YAML
  |
  = help: put `+++` in place of both `---` lines

error: this is TOML between lines of YAML
 --> content/toml.md:3:1
  |
3 | title = "A"
  | ^^^^^^^^^^^ `---` begins YAML
  |
  = help: put `+++` in place of both `---` lines, or write `title: …`

error: unknown key `drfat`
 --> content/toml.md:4:1
  |
4 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

error: this is YAML between lines of TOML
 --> content/yaml.md:2:1
  |
2 | title: A
  | ^^^^^^^^ `+++` begins TOML
  |
  = help: put `---` in place of both `+++` lines, or write `title = …`

error: unknown key `drfat`
 --> content/yaml.md:4:1
  |
4 | drfat: true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

"#]]);
}

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
fn a_draft_whose_first_line_is_mistyped_is_not_published() {
    site(
        r#"
--- content/dashes.md
——
title: Secret
draft: true
——

A secret.
--- content/half.md
—--
draft: true
—--
--- content/short.md
++
draft = true
++
--- content/wide.md
＋＋＋
draft = true
＋＋＋
--- content/bare.md
description: None of your business
draft: true

A secret.
--- content/bare-toml.md

title = "Secret"

A secret.
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: front matter must stand between `+++` lines
 --> content/bare-toml.md:2:1
  |
2 | title = "Secret"
  | ^^^^^^^^^^^^^^^^ without them this would be published as text
  |
  = help: put `+++` above the first key and below the last one

error: front matter must stand between `---` lines
 --> content/bare.md:1:1
  |
1 | description: None of your business
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ without them this would be published as text
  |
  = help: put `---` above the first key and below the last one

error: front matter must begin the file
 --> content/dashes.md:1:1
  |
1 | ——
  | ^^ these are other signs, which look alike
  |
  = help: the first line is `+++` for TOML or `---` for YAML, and nothing else

error: front matter must begin the file
 --> content/half.md:1:1
  |
1 | —--
  | ^^^ these are other signs, which look alike
  |
  = help: the first line is `+++` for TOML or `---` for YAML, and nothing else

error: front matter must begin the file
 --> content/short.md:1:1
  |
1 | ++
  | ^^ this is not three of the same sign
  |
  = help: the first line is `+++` for TOML or `---` for YAML, and nothing else

error: front matter must begin the file
 --> content/wide.md:1:1
  |
1 | ＋＋＋
  | ^^^^^^ these are other signs, which look alike
  |
  = help: the first line is `+++` for TOML or `---` for YAML, and nothing else

"#]]);
}

#[test]
fn a_text_may_begin_like_front_matter() {
    site(
        r#"
--- content/list.md
-
  note: a list
--- content/dash.md
— Ada, who wrote: nothing
--- content/words.md
Note: this is a sentence, and no key.
--- content/rule.md
***
title: something
"#,
    )
    .build()
    .expect_success();
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
  = help: or add `[[taxonomies]]` with `name = "authors"` to site.toml

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

"#]]);
}

#[test]
fn front_matter_in_json_is_not_published_as_text() {
    site(
        r#"
--- content/a.md
{"title": "A", "draft": true}

The text.
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: front matter in JSON is not read
 --> content/a.md:1:1
  |
1 | {"title": "A", "draft": true}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this would be published as text
  |
  = help: write `key = value` lines between `+++`, or `key: value` lines between `---`

"#]]);
}
