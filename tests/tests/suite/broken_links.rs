//! Links and pictures that lead nowhere: shown where they are written, with what was probably meant.

use snapbox::str;
use tallypress_tests::program::Folder;
use tallypress_tests::{expect, site};

#[test]
fn a_source_file_that_is_not_there_is_an_error_with_a_suggestion() {
    site(r#"
--- content/blog/budget.md
See the [plan](@/blog/plann.md) and the [estimator](estimater.md).
--- content/blog/plan.md
--- content/blog/estimator.md
"#)
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/blog/budget.md:1:16
  |
1 | See the [plan](@/blog/plann.md) and the [estimator](estimater.md).
  |                ^^^^^^^^^^^^^^^ there is no `content/blog/plann.md`
  |
  = help: did you mean `@/blog/plan.md`?

error: link to a page that does not exist
 --> content/blog/budget.md:1:53
  |
1 | See the [plan](@/blog/plann.md) and the [estimator](estimater.md).
  |                                                     ^^^^^^^^^^^^ there is no `content/blog/estimater.md`
  |
  = help: did you mean `@/blog/estimator.md`?

"#]]);
}

#[test]
fn an_address_that_is_not_there_is_an_error_with_a_suggestion() {
    site(
        r#"
--- content/posts/budget.md
See the [estimator](/tools/estimater/) first.
--- content/tools/estimator.md
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/posts/budget.md:1:21
  |
1 | See the [estimator](/tools/estimater/) first.
  |                     ^^^^^^^^^^^^^^^^^ no page has this address
  |
  = help: did you mean `/tools/estimator/`?

"#]]);
}

#[test]
fn a_link_out_of_the_site_s_root_is_not_a_link_to_the_home_page() {
    site(
        r#"
--- content/a.md
[up](../../../../nowhere/)
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to an address outside the site
 --> content/a.md:1:6
  |
1 | [up](../../../../nowhere/)
  |      ^^^^^^^^^^^^^^^^^^^^ this leads above the home page

"#]]);
}

#[test]
fn a_link_to_a_page_that_is_not_published_is_an_error() {
    site(r#"
--- content/a.md
[draft](@/draft.md), [soon](@/2026-07-01-soon.md), [gone](gone.md)
--- content/draft.md
+++
draft = true
+++
--- content/2026-07-01-soon.md
--- content/gone.md
+++
expiryDate = 2026-01-01
+++
"#)
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:9
  |
1 | [draft](@/draft.md), [soon](@/2026-07-01-soon.md), [gone](gone.md)
  |         ^^^^^^^^^^ not published: it is a draft

error: link to a page that does not exist
 --> content/a.md:1:29
  |
1 | [draft](@/draft.md), [soon](@/2026-07-01-soon.md), [gone](gone.md)
  |                             ^^^^^^^^^^^^^^^^^^^^ not published: its date is still to come

error: link to a page that does not exist
 --> content/a.md:1:59
  |
1 | [draft](@/draft.md), [soon](@/2026-07-01-soon.md), [gone](gone.md)
  |                                                           ^^^^^^^ not published: its `expiryDate` has passed

"#]]);
}

#[test]
fn an_anchor_must_be_on_its_page() {
    site(
        r#"
--- content/a.md
[ok](@/b.md#the-plan) [own](#summary) [wrong](@/b.md#the-plam) [top](#top) [custom](@/b.md#mine)

## Sumary
--- content/b.md
## The plan
## Mine, all mine {#mine}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a part of a page that does not exist
 --> content/a.md:1:29
  |
1 | [ok](@/b.md#the-plan) [own](#summary) [wrong](@/b.md#the-plam) [top](#top) [custom](@/b.md#mine)
  |                             ^^^^^^^^ the page has no `#summary`
  |
  = help: did you mean `sumary`?

error: link to a part of a page that does not exist
 --> content/a.md:1:47
  |
1 | [ok](@/b.md#the-plan) [own](#summary) [wrong](@/b.md#the-plam) [top](#top) [custom](@/b.md#mine)
  |                                               ^^^^^^^^^^^^^^^ the page has no `#the-plam`
  |
  = help: did you mean `the-plan`?

"#]]);
}

#[test]
fn a_picture_that_is_not_there_is_an_error() {
    site(
        r#"
--- content/blog/post.md
![one](phto.png)

[![two](photo.png)](missing.pdf)
--- content/blog/photo.png
a
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a file that does not exist
 --> content/blog/post.md:1:8
  |
1 | ![one](phto.png)
  |        ^^^^^^^^ there is no `content/blog/phto.png`
  |
  = help: did you mean `photo.png`?
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

error: link to a file that does not exist
 --> content/blog/post.md:3:21
  |
3 | [![two](photo.png)](missing.pdf)
  |                     ^^^^^^^^^^^ there is no `content/blog/missing.pdf`
  |
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

"#]]);
}

#[test]
fn a_wrong_address_that_needs_escaping_is_shown_in_its_place() {
    site(
        r#"
--- content/a.md
[x](/über/) and [y](</a b/>)
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:5
  |
1 | [x](/über/) and [y](</a b/>)
  |     ^^^^^^ no page has this address

error: link to a page that does not exist
 --> content/a.md:1:22
  |
1 | [x](/über/) and [y](</a b/>)
  |                      ^^^^^ no page has this address

"#]]);
}

#[test]
fn in_a_folder_the_suggestion_is_what_the_author_writes() {
    site(
        r#"
--- content/about.md
# About
--- content/a.md
[x](/abuot/)
"#,
    )
    .base_url("https://example.com/sub/")
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:5
  |
1 | [x](/abuot/)
  |     ^^^^^^^ no page has this address
  |
  = help: did you mean `/about/`?

"#]]);
}

#[test]
fn a_site_may_let_links_pass_that_lead_nowhere() {
    let folder = Folder::of(&site(
        r#"
--- site.toml
base_url = "https://example.com"
[link_checker]
internal_level = "warn"
[[menu]]
name = "Gone"
path = "@/gone.md"
--- content/a.md
[a](@/blog/gone.md#part) ![b](gone.png) [c](/gone/) [d](#gone) [e](gone.md)
"#,
    ));
    let build = folder.run("build");
    build.expect_code(0).expect_stderr(str![[r#"
warning: link to a page that does not exist
 --> content/a.md:1:5
  |
1 | [a](@/blog/gone.md#part) ![b](gone.png) [c](/gone/) [d](#gone) [e](gone.md)
  |     ^^^^^^^^^^^^^^^^^^^ there is no `content/blog/gone.md`

warning: link to a file that does not exist
 --> content/a.md:1:31
  |
1 | [a](@/blog/gone.md#part) ![b](gone.png) [c](/gone/) [d](#gone) [e](gone.md)
  |                               ^^^^^^^^ there is no `content/gone.png`
  |
  = help: a file in `static/` is named with a slash before it, like `/photo.jpg`

warning: link to a page that does not exist
 --> content/a.md:1:45
  |
1 | [a](@/blog/gone.md#part) ![b](gone.png) [c](/gone/) [d](#gone) [e](gone.md)
  |                                             ^^^^^^ no page has this address

warning: link to a part of a page that does not exist
 --> content/a.md:1:57
  |
1 | [a](@/blog/gone.md#part) ![b](gone.png) [c](/gone/) [d](#gone) [e](gone.md)
  |                                                         ^^^^^ the page has no `#gone`

warning: link to a page that does not exist
 --> content/a.md:1:68
  |
1 | [a](@/blog/gone.md#part) ![b](gone.png) [c](/gone/) [d](#gone) [e](gone.md)
  |                                                                    ^^^^^^^ there is no `content/gone.md`

warning: link to a page that does not exist
 --> site.toml:6:8
  |
6 | path = "@/gone.md"
  |        ^^^^^^^^^^^ there is no `content/gone.md`

"#]]);
    let page = folder.read("public/a/index.html");
    let text = page.lines().find(|line| line.starts_with("<p><a"));
    expect(
        text.unwrap_or_default(),
        str![[
            r##"<p><a href="/blog/gone/#part">a</a> <img src="/gone.png" alt="b" /> <a href="/gone/">c</a> <a href="#gone">d</a> <a href="/gone/">e</a></p>"##
        ]],
    );
}

#[test]
fn how_strict_a_build_is_has_two_levels() {
    site("--- site.toml\n[link_checker]\ninternal_level = \"off\"\n--- content/a.md\n")
        .build()
        .expect_errors(str![[r#"
error: unknown level
 --> site.toml:2:18
  |
2 | internal_level = "off"
  |                  ^^^^^ this is neither `error` nor `warn`

"#]]);
}
