//! What authors may write at the top of a page, and what they are told when it is wrong.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn yaml_with_the_names_of_hugo_and_jekyll_says_the_same_as_toml() {
    let see = r#"
--- site.toml
[[taxonomies]]
name = "tags"
[[taxonomies]]
name = "categories"
--- static/card.png
--- themes/default/templates/page.html
{{ page.title }} | {{ page.description }} | {{ page.date }} | {{ page.updated }} | {{ page.authors | join(sep=", ") }}
{{ page.images | join(sep=" ") }}
{%- for name, terms in page.taxonomies %} {{ name }}:{% for term in terms %} {{ term.name }}{% endfor %}{% endfor %}
"#;
    let toml = r#"
--- content/a.md
+++
title = "A title"
description = "In short"
date = 2026-05-01
updated = 2026-05-02
path = "here"
authors = ["Ada"]
images = ["/card.png"]

[taxonomies]
tags = ["one", "two"]
categories = ["three"]
+++
"#;
    let yaml = r#"
--- content/a.md
---
title: A title
summary: In short
date: 2026-05-01
lastmod: 2026-05-02
url: here
author: Ada
images: [/card.png]
tags: [one, two]
category: three
---
"#;
    let read = |page: &str| {
        site(&format!("{see}{page}"))
            .build()
            .text("here/index.html")
            .to_owned()
    };
    assert_eq!(read(toml), read(yaml));
    site(&format!("{see}{yaml}")).build().expect_file(
        "here/index.html",
        str![[r#"
A title | In short | 2026-05-01 | 2026-05-02 | Ada
{&quot;url&quot;: &quot;http://localhost/assets/images/card-8.[HASH].jpg&quot;, &quot;width&quot;: 8, &quot;height&quot;: 8, &quot;alt&quot;: &quot;&quot;} categories: three tags: one two


"#]],
    );
}

#[test]
fn yaml_may_be_written_in_many_lines() {
    site(
        r#"
--- content/a.md
---
# What it is called
title: "Part 1: the \"start\""
description: >
  Two lines
  make one.
tags:
  - one
  - two
date: 2026-05-01 10:00:00 -0500
draft: false
weight:
extra:
  nested: {deep: [1, 2]}
---
--- themes/default/templates/page.html
{{ page.title }} | {{ page.description }} | {{ page.date }} | {{ page.extra.nested.deep }}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
Part 1: the &quot;start&quot; | Two lines make one.
 | 2026-05-01 | [1, 2]

"#]],
    );
}

#[test]
fn a_misspelt_draft_is_not_published() {
    site(
        r#"
--- content/unfinished.md
+++
drfat = true
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: unknown key `drfat`
 --> content/unfinished.md:2:1
  |
2 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

"#]]);
}

#[test]
fn an_unknown_key_is_refused_with_what_was_meant() {
    site(
        r#"
--- content/a.md
---
titel: A
publish_date: 2026-05-01
color: red
sort_by: date
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: unknown key `titel`
 --> content/a.md:2:1
  |
2 | titel: A
  | ^^^^^ nothing reads this
  |
  = help: did you mean `title`?

error: unknown key `publish_date`
 --> content/a.md:3:1
  |
3 | publish_date: 2026-05-01
  | ^^^^^^^^^^^^ nothing reads this
  |
  = help: did you mean `publishDate`?

error: unknown key `color`
 --> content/a.md:4:1
  |
4 | color: red
  | ^^^^^ nothing reads this
  |
  = help: keys of your own belong under `extra`

error: unknown key `sort_by`
 --> content/a.md:5:1
  |
5 | sort_by: date
  | ^^^^^^^ nothing reads this
  |
  = help: keys of your own belong under `extra`

"#]]);
}

#[test]
fn free_keys_belong_under_extra() {
    site(
        r#"
--- content/a.md
+++
[extra]
color = "red"
+++
--- themes/default/templates/page.html
{{ page.extra.color }}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
red

"#]],
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_named() {
    site(
        r#"
--- content/a.md
+++
title = 7
draft = "true"
date = "soon"
weight = 1.5
aliases = "/old/"
tags = [1, "two"]
related = { a = 1 }
extra = "none"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `title` must be a text in quotes
 --> content/a.md:2:9
  |
2 | title = 7
  |         ^ this is a whole number
  |
  = help: put it in quotes

error: `draft` must be `true` or `false` without quotes
 --> content/a.md:3:9
  |
3 | draft = "true"
  |         ^^^^^^ this is a text
  |
  = help: write `true`

error: `date` must be a date such as 2026-05-01
 --> content/a.md:4:8
  |
4 | date = "soon"
  |        ^^^^^^ this is a text
  |
  = help: a date is the year, the month and the day, in this order

error: `weight` must be a whole number
 --> content/a.md:5:10
  |
5 | weight = 1.5
  |          ^^^ this is a number

error: `aliases` must be a list of texts
 --> content/a.md:6:11
  |
6 | aliases = "/old/"
  |           ^^^^^^^ this is a text
  |
  = help: write `["/old/"]`

error: `tags` must be a list of texts
 --> content/a.md:7:9
  |
7 | tags = [1, "two"]
  |         ^ this is a whole number
  |
  = help: put it in quotes

error: `related` must be a list of texts
 --> content/a.md:8:11
  |
8 | related = { a = 1 }
  |           ^^^^^^^^^ this is a table

error: `extra` must be a table
 --> content/a.md:9:9
  |
9 | extra = "none"
  |         ^^^^^^ this is a text

"#]]);
}

#[test]
fn two_names_for_the_same_thing_are_an_error() {
    site(
        r#"
--- content/a.md
---
updated: 2026-05-01
lastmod: 2026-05-02
author: Ada
authors: [Grace]
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `updated` and `lastmod` mean the same
 --> content/a.md:3:10
  |
3 | lastmod: 2026-05-02
  |          ^^^^^^^^^^ keep one of the two

error: `authors` and `author` mean the same
 --> content/a.md:4:9
  |
4 | author: Ada
  |         ^^^ keep one of the two

"#]]);
}

#[test]
fn what_only_pages_have_is_refused_in_a_section() {
    site(
        r#"
--- content/blog/_index.md
+++
slug = "news"
tags = ["lost"]
weight = 3
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: a section has no `slug`
 --> content/blog/_index.md:2:8
  |
2 | slug = "news"
  |        ^^^^^^ only pages have one

error: a section has no `tags`
 --> content/blog/_index.md:3:8
  |
3 | tags = ["lost"]
  |        ^^^^^^^^ only pages have one

error: a section has no `weight`
 --> content/blog/_index.md:4:10
  |
4 | weight = 3
  |          ^ only pages have one

"#]]);
}

#[test]
fn settings_are_checked_like_front_matter() {
    site(
        r#"
--- site.toml
title = "A"
base_url = "example.com"
language = 3
fed = { limit = 3 }

[feed]
limit = -1

[[menu]]
name = "About"

[[taxonomies]]
nme = "tags"

[markdown]
smart_punctuation = "yes"
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `base_url` is not the address of a site
 --> site.toml:2:12
  |
2 | base_url = "example.com"
  |            ^^^^^^^^^^^^^ this must start with `https://` or `http://`

error: `language` must be a text in quotes
 --> site.toml:3:12
  |
3 | language = 3
  |            ^ this is a whole number
  |
  = help: put it in quotes

error: unknown key `fed`
 --> site.toml:4:1
  |
4 | fed = { limit = 3 }
  | ^^^ nothing reads this
  |
  = help: did you mean `feed`?

error: `limit` is negative
 --> site.toml:7:9
  |
7 | limit = -1
  |         ^^ a count from 0 on

error: `path` is missing
 --> site.toml:9:1
  |
9 | [[menu]]
  | ^ this needs a `path`

error: `name` is missing
  --> site.toml:12:1
   |
12 | [[taxonomies]]
   | ^ this needs a `name`

error: unknown key `nme`
  --> site.toml:13:1
   |
13 | nme = "tags"
   | ^^^ nothing reads this
   |
   = help: did you mean `name`?

error: `smart_punctuation` must be `true` or `false` without quotes
  --> site.toml:16:21
   |
16 | smart_punctuation = "yes"
   |                     ^^^^^ this is a text
   |
   = help: write `true`

"#]]);
}

#[test]
fn a_heading_that_looks_like_a_key_is_a_heading() {
    site(
        r#"
--- content/a.md
Note: this
---

Text.
"#,
    )
    .build()
    .expect_success();
}

#[test]
fn a_shortcode_in_a_title_is_refused() {
    site(
        r#"
--- content/a.md
+++
title = "It takes {{ estimate(model='m', show='weeks.p50') }} weeks"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: a shortcode cannot stand here
 --> content/a.md:2:9
  |
2 | title = "It takes {{ estimate(model='m', show='weeks.p50') }} weeks"
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ front matter is plain text, which lists and feeds show too

"#]]);
}

#[test]
fn front_matter_that_does_not_begin_the_file_publishes_nothing() {
    site(
        r#"
--- content/blank.md

+++
draft = true
+++
--- content/dashes.md
----
draft: true
----
--- content/rule.md

---

A rule above.
--- content/named.MD
+++
draft = true
+++
--- content/older.markdown
---
draft: true
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: front matter must begin the file
 --> content/blank.md:2:1
  |
2 | +++
  | ^^^ empty lines stand before this
  |
  = help: the first line is `+++` for TOML or `---` for YAML, and nothing else

error: front matter must begin the file
 --> content/dashes.md:1:1
  |
1 | ----
  | ^^^^ this is not three of the same sign
  |
  = help: the first line is `+++` for TOML or `---` for YAML, and nothing else

error: the name of a page ends in `.md`
--> content/named.MD
 = note: this would be published as a file, with its front matter
 = help: call it `content/named.md`; a text for readers to download belongs into `static`

error: the name of a page ends in `.md`
--> content/older.markdown
 = note: this would be published as a file, with its front matter
 = help: call it `content/older.md`; a text for readers to download belongs into `static`

"#]]);
}

#[test]
fn a_page_under_another_ending_is_not_published_with_its_front_matter() {
    let site = site(
        r#"
--- content/draft.html
---
title: Not yet
draft: true
---
<p>Not yet.</p>
--- content/posts/later.mdx
+++
draft = true
+++
Later.
--- content/posts/nameless
---
draft: true
---
--- content/rules.txt
---
A text below a rule.
--- content/settings.yaml
---
a: 1
---
b: 2
"#,
    );
    site.build().expect_errors(str![[r#"
error: the name of a page ends in `.md`
--> content/draft.html
 = note: this would be published as a file, with its front matter
 = help: call it `content/draft.md`; a text for readers to download belongs into `static`

error: the name of a page ends in `.md`
--> content/posts/later.mdx
 = note: this would be published as a file, with its front matter
 = help: call it `content/posts/later.md`; a text for readers to download belongs into `static`

error: the name of a page ends in `.md`
--> content/posts/nameless
 = note: this would be published as a file, with its front matter
 = help: call it `content/posts/nameless.md`; a text for readers to download belongs into `static`

"#]]);
}
