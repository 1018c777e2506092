//! The lines around front matter: where they are mistyped or missing, a draft is not published with its keys as text.

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

#[test]
fn a_fence_does_not_say_its_format() {
    site(
        "
--- content/a.md
---toml
title = \"A\"
draft = true
---
--- content/b.md
---yaml
title: B
---
",
    )
    .build()
    .expect_errors(str![[r#"
error: front matter must begin with a line of three signs
 --> content/a.md:1:1
  |
1 | ---toml
  | ^^^^^^^ its format is not named
  |
  = help: TOML stands between lines of `+++` alone

error: front matter must begin with a line of three signs
 --> content/b.md:1:1
  |
1 | ---yaml
  | ^^^^^^^ its format is not named
  |
  = help: YAML stands between lines of `---` alone

"#]]);
}
