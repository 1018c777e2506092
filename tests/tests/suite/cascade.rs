//! What a section sets for the pages below it.

use snapbox::str;
use tallypress_tests::site;

/// Shows what a page has come to have.
const SEE: &str = r#"
--- themes/default/templates/page.html
{{ page.authors | join(sep=", ") }} | {% for tag in page.taxonomies.tags %}{{ tag.name }} {% endfor %}| {{ page.extra }}
--- themes/default/templates/plain.html
plain
"#;

#[test]
fn a_section_s_defaults_stand_for_what_its_pages_do_not_say() {
    site(&format!(
        r#"
--- content/blog/_index.md
+++
[cascade]
authors = ["Ada"]
tags = ["all"]
extra.banner = {{ colour = "red", size = 3 }}
+++
--- content/blog/says-nothing.md
--- content/blog/says-all.md
---
author: Grace
tags: [own]
extra:
  banner: {{colour: blue}}
---
--- content/elsewhere.md
{SEE}"#
    ))
    .build()
    .expect_file(
        "blog/says-nothing/index.html",
        str![[r#"
Ada | all | {&quot;banner&quot;: {&quot;colour&quot;: &quot;red&quot;, &quot;size&quot;: 3}}

"#]],
    )
    .expect_file(
        "blog/says-all/index.html",
        str![[r#"
Grace | own | {&quot;banner&quot;: {&quot;colour&quot;: &quot;blue&quot;, &quot;size&quot;: 3}}

"#]],
    )
    .expect_file(
        "elsewhere/index.html",
        str![[r#"
 | | 

"#]],
    );
}

#[test]
fn the_innermost_section_counts_most() {
    site(&format!(
        r#"
--- content/_index.md
+++
[cascade]
authors = ["Ada"]
template = "plain.html"
+++
--- content/blog/_index.md
+++
[cascade]
authors = ["Grace"]
template = "page.html"
+++
--- content/blog/deep/_index.md
--- content/blog/deep/post.md
--- content/top.md
{SEE}"#
    ))
    .build()
    .expect_file(
        "blog/deep/post/index.html",
        str![[r#"
Grace | | 

"#]],
    )
    .expect_file(
        "top/index.html",
        str![[r#"
plain

"#]],
    );
}

#[test]
fn a_section_may_hold_everything_below_it_back() {
    site(
        r#"
--- content/blog/_index.md
+++
[cascade]
draft = true
+++
--- content/blog/later/_index.md
--- content/blog/later/post.md
--- content/blog/post.md
--- content/blog/ready.md
+++
draft = false
+++
"#,
    )
    .build()
    .expect_files(str![[r#"
blog/index.html
blog/ready/index.html
"#]]);
}

#[test]
fn a_mistake_in_a_section_s_defaults_is_told_once_and_at_its_place() {
    site(
        r#"
--- content/blog/_index.md
+++
[cascade]
title = "The same for all"
template = "pgae.html"
taxonomies.colours = ["red"]
drfat = true
+++
--- content/blog/a.md
--- content/blog/b.md
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: a cascade has no `title`
 --> content/blog/_index.md:3:9
  |
3 | title = "The same for all"
  |         ^^^^^^^^^^^^^^^^^^ every page has one of its own

error: the theme has no template `pgae.html`
 --> content/blog/_index.md:4:12
  |
4 | template = "pgae.html"
  |            ^^^^^^^^^^^ no such file in the theme's `templates`
  |
  = help: did you mean `page.html`?

error: the site has no taxonomy `colours`
 --> content/blog/_index.md:5:23
  |
5 | taxonomies.colours = ["red"]
  |                       ^^^^^ these terms would be lost
  |
  = help: add `[[taxonomies]]` with `name = "colours"` to site.toml

error: unknown key `drfat`
 --> content/blog/_index.md:6:1
  |
6 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

"#]]);
}

#[test]
fn a_picture_in_a_section_s_defaults_lies_beside_the_section() {
    site(
        r#"
--- content/blog/_index.md
+++
cascade.images = ["card.png"]
+++
--- content/blog/card.png
x
--- content/blog/deep/post.md
--- themes/default/templates/page.html
{{ page.images | join(sep=" ") }}
"#,
    )
    .build()
    .expect_file(
        "blog/deep/post/index.html",
        str![[r#"
{&quot;url&quot;: &quot;http://localhost/assets/images/card-8.[HASH].jpg&quot;, &quot;width&quot;: 8, &quot;height&quot;: 8, &quot;alt&quot;: &quot;&quot;}

"#]],
    );
}
