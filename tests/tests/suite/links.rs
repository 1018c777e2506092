//! Links between pages: written by source file, by path or by address, they lead somewhere or
//! the site is not built.

use snapbox::str;
use tallypress_tests::program::Folder;
use tallypress_tests::{expect, site};

#[test]
fn a_source_path_becomes_the_page_s_address() {
    site(r#"
--- content/_index.md
[a](@/blog/a.md) [spaced](@/a%20b.md) [file](@/blog/b/plan.pdf) [b](@/blog/b/index.md#why) [section](@/blog/_index.md) [home](@/_index.md)
--- content/blog/_index.md
--- content/blog/a.md
+++
slug = "renamed"
+++
--- content/a b.md
--- content/blog/b/plan.pdf
--- content/blog/b/index.md
## Why
"#)
    .build()
    .expect_lines("index.html", "<p>", str![[r#"<p><a href="/blog/renamed/">a</a> <a href="/a-b/">spaced</a> <a href="/blog/b/plan.[HASH].pdf">file</a> <a href="/blog/b/#why">b</a> <a href="/blog/">section</a> <a href="/">home</a></p>"#]]);
}

#[test]
fn a_markdown_file_beside_the_page_may_be_named_as_it_is() {
    site(r#"
--- content/blog/a.md
[b](b.md) [c](./sub/c.md#part) [about](../about.md)
--- content/blog/b.md
--- content/blog/sub/c.md
## Part
--- content/about.md
"#)
    .build()
    .expect_lines("blog/a/index.html", "<p>", str![[r#"<p><a href="/blog/b/">b</a> <a href="/blog/sub/c/#part">c</a> <a href="/about/">about</a></p>"#]]);
}

#[test]
fn an_address_may_be_root_relative_or_relative_to_the_page() {
    site(r#"
--- content/blog/a.md
[b](/blog/b/) [b](../b/) [b](/blog/b) [home](../../) [home](../..) [self](#here) [query](/blog/b/?x=1#there)

## Here
--- content/blog/b.md
## There
"#)
    .build()
    .expect_lines("blog/a/index.html", "<p>", str![[r##"<p><a href="/blog/b/">b</a> <a href="/blog/b/">b</a> <a href="/blog/b">b</a> <a href="/">home</a> <a href="/">home</a> <a href="#here">self</a> <a href="/blog/b/?x=1#there">query</a></p>"##]]);
}

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
  = help: did you mean `blog/plan.md`?

error: link to a page that does not exist
 --> content/blog/budget.md:1:53
  |
1 | See the [plan](@/blog/plann.md) and the [estimator](estimater.md).
  |                                                     ^^^^^^^^^^^^ there is no `content/blog/estimater.md`
  |
  = help: did you mean `blog/estimator.md`?

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
fn anchors_may_be_percent_encoded_and_stand_on_any_element() {
    site(
        r#"
--- content/a.md
[umlaut](#%C3%BCber) [raw](#by-hand)

<div id="by-hand"></div>

## About {#über}
"#,
    )
    .build()
    .expect_success();
}

#[test]
fn links_in_raw_html_are_checked_too() {
    site(r#"
--- content/a.md
<p><a href="/missing/">one</a> <IMG SRC='/gone.png' alt=""> <img srcset="/small.png 1x, /large.png 2x" alt=""></p>

A <a href=relative/>word</a>.
--- static/small.png
"#)
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
--> content/a.md
 = note: `/gone.png`: no page has this address
 = help: the link is in raw HTML, in front matter or in a template

error: link to a page that does not exist
--> content/a.md
 = note: `/large.png`: no page has this address
 = help: the link is in raw HTML, in front matter or in a template

error: link to a page that does not exist
--> content/a.md
 = note: `/missing/`: no page has this address
 = help: the link is in raw HTML, in front matter or in a template

error: link to a page that does not exist
--> content/a.md
 = note: `relative/`: no page has this address
 = help: the link is in raw HTML, in front matter or in a template

"#]]);
}

#[test]
fn links_in_templates_are_checked_once_for_all_their_pages() {
    site(
        r#"
--- content/a.md
--- content/b.md
--- content/c.md
--- themes/default/templates/page.html
<a href="/imprint/">Imprint</a>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
--> content/a.md
 = note: `/imprint/`: no page has this address
 = help: the link is in raw HTML, in front matter or in a template (2 more pages have it)

"#]]);
}

#[test]
fn text_that_looks_like_a_link_is_no_link() {
    site(
        r#"
--- content/a.md
`<a href="/missing/">`

<!-- <a href="/missing/"> -->

    <a href="/missing/">
"#,
    )
    .build()
    .expect_success();
}

#[test]
fn addresses_elsewhere_are_left_alone() {
    site(r#"
--- content/a.md
<https://example.org/?a=1&b=2> [mail](mailto:a@example.org) <b@example.org> [cdn](//cdn.example.org/x) [call](tel:+1555)
"#)
    .build()
    .expect_lines("a/index.html", "<p>", str![[r#"<p><a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a> <a href="mailto:a@example.org">mail</a> <a href="mailto:b@example.org">b@example.org</a> <a href="//cdn.example.org/x">cdn</a> <a href="tel:+1555">call</a></p>"#]]);
}

#[test]
fn an_absolute_address_of_this_very_site_is_checked() {
    let story = r#"
--- content/a.md
[there](https://example.com/docs/a/), [not there](https://example.com/docs/b/), [another site](https://example.com/b/)
"#;
    site(story)
        .base_url("https://example.com/docs/")
        .build()
        .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:51
  |
1 | [there](https://example.com/docs/a/), [not there](https://example.com/docs/b/), [another site](https://example.com/b/)
  |                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ no page has this address

"#]]);
    site("--- content/a.md\n[not there](https://example.com/b/)\n")
        .base_url("https://example.com")
        .build()
        .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:13
  |
1 | [not there](https://example.com/b/)
  |             ^^^^^^^^^^^^^^^^^^^^^^ no page has this address

"#]]);
}

#[test]
fn an_image_may_lie_beside_the_page_in_static_or_elsewhere_in_the_content() {
    site(r#"
--- content/blog/post.md
![beside](a.png) ![own folder](pictures/b.png) ![static](/c.png) ![spaced](my%20photo.png) ![bracketed](<my photo.png>)
--- content/blog/a.png
a
--- content/blog/pictures/b.png
b
--- content/blog/my photo.png
photo
--- static/c.png
c
"#)
    .build()
    .expect_lines("blog/post/index.html", "img", str![[r#"<p><img src="/assets/images/a-8.[HASH].webp" alt="beside" width="8" height="8" class="tint tint-r0 tint-g0 tint-b4" decoding="async" /> <img src="/assets/images/b-8.[HASH].webp" alt="own folder" width="8" height="8" class="tint tint-r0 tint-g0 tint-b4" loading="lazy" decoding="async" /> <img src="/assets/images/c-8.[HASH].webp" alt="static" width="8" height="8" class="tint tint-r0 tint-g0 tint-b4" loading="lazy" decoding="async" /> <img src="/assets/images/my-photo-8.[HASH].webp" alt="spaced" width="8" height="8" class="tint tint-r1 tint-g1 tint-b4" loading="lazy" decoding="async" /> <img src="/assets/images/my-photo-8.[HASH].webp" alt="bracketed" width="8" height="8" class="tint tint-r1 tint-g1 tint-b4" loading="lazy" decoding="async" /></p>"#]]);
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
fn links_in_the_menu_are_resolved_and_checked() {
    site(
        r#"
--- site.toml
[[menu]]
name = "Us"
path = "@/about.md"
[[menu]]
name = "Elsewhere"
path = "https://example.org/"
--- content/about.md
--- themes/default/templates/page.html
{% for item in config.menu %}<a href="{{ item.path }}">{{ item.name }}</a>
{% endfor %}
"#,
    )
    .build()
    .expect_file(
        "about/index.html",
        str![[r#"
<a href="/about/">Us</a>
<a href="https://example.org/">Elsewhere</a>


"#]],
    );
    site(
        r#"
--- site.toml
[[menu]]
name = "Us"
path = "@/abuot.md"
[[menu]]
name = "Them"
path = "/them/"
--- content/about.md
--- themes/default/templates/page.html
{% for item in config.menu %}<a href="{{ item.path }}">{{ item.name }}</a>
{% endfor %}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> site.toml:3:8
  |
3 | path = "@/abuot.md"
  |        ^^^^^^^^^^^^ there is no `content/abuot.md`
  |
  = help: did you mean `about.md`?

error: link to a page that does not exist
 --> site.toml:6:8
  |
6 | path = "/them/"
  |        ^^^^^^^^ no page has this address

"#]]);
}

#[test]
fn a_reference_link_is_pointed_at_where_it_is_used() {
    site(
        r#"
--- content/a.md
A [link][plan].

[plan]: @/plan.md
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:3
  |
1 | A [link][plan].
  |   ^^^^^^^^^^^^ there is no `content/plan.md`

"#]]);
}

#[test]
fn a_page_knows_who_links_to_it() {
    site(
        r#"
--- content/a.md
# A
[to c](@/c.md) and again [to c](@/c.md)
--- content/b.md
# B
{% note() %}inside [a note](c.md){% end %}
--- content/c.md
# C
[myself](@/c.md)
--- themes/default/templates/shortcodes/note.html
{{ body }}
--- themes/default/templates/page.html
{% for link in page.backlinks %}{{ link.title }} {{ link.path }}
{% endfor %}
"#,
    )
    .build()
    .expect_file(
        "c/index.html",
        str![[r#"
A /a/
B /b/


"#]],
    );
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
