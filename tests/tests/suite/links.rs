//! Links between pages: written by source file, by path or by address, they lead somewhere or
//! the site is not built.

use snapbox::str;
use tallypress_tests::site;

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
 --> content/a.md:1:13
  |
1 | <p><a href="/missing/">one</a> <IMG SRC='/gone.png' alt=""> <img srcset="/small.png 1x, /large.png 2x" alt=""></p>
  |             ^^^^^^^^^ no page has this address

error: link to a page that does not exist
 --> content/a.md:1:42
  |
1 | <p><a href="/missing/">one</a> <IMG SRC='/gone.png' alt=""> <img srcset="/small.png 1x, /large.png 2x" alt=""></p>
  |                                          ^^^^^^^^^ no page has this address

error: link to a page that does not exist
 --> content/a.md:1:89
  |
1 | <p><a href="/missing/">one</a> <IMG SRC='/gone.png' alt=""> <img srcset="/small.png 1x, /large.png 2x" alt=""></p>
  |                                                                                         ^^^^^^^^^^ no page has this address

error: link to a page that does not exist
 --> content/a.md:3:11
  |
3 | A <a href=relative/>word</a>.
  |           ^^^^^^^^^ no page has this address

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
  = help: did you mean `@/about.md`?

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
fn an_address_with_spaces_is_pointed_out() {
    site(
        r#"
--- content/a/index.md
![A lake](my lake.png) and [plan](/files/the plan.pdf "Plan"), but ![A lake](<my lake.png>), ![](my%20lake.png).

An index [i](see below), \[x](a b.png), `[x](a b.png)`.
--- content/a/my lake.png
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: an address cannot hold spaces
 --> content/a/index.md:1:2
  |
1 | ![A lake](my lake.png) and [plan](/files/the plan.pdf "Plan"), but ![A lake](<my lake.png>), ![](my%20lake.png).
  |  ^^^^^^^^^^^^^^^^^^^^^ shown as it stands here
  |
  = help: write `<my lake.png>`, or `my%20lake.png`

"#]]);
}

#[test]
fn a_link_that_lacks_its_beginning_is_given_one() {
    site(
        r#"
--- content/about.md
Us.
--- content/posts/a.md
[a](www.example.com), [b](example.com), [c](www.example.com/path/), [d](about.md#us)
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a file that does not exist
 --> content/posts/a.md:1:5
  |
1 | [a](www.example.com), [b](example.com), [c](www.example.com/path/), [d](about.md#us)
  |     ^^^^^^^^^^^^^^^ there is no `content/posts/www.example.com`
  |
  = help: write `https://www.example.com` if it is another site

error: link to a file that does not exist
 --> content/posts/a.md:1:27
  |
1 | [a](www.example.com), [b](example.com), [c](www.example.com/path/), [d](about.md#us)
  |                           ^^^^^^^^^^^ there is no `content/posts/example.com`
  |
  = help: write `https://example.com` if it is another site

error: link to a file that does not exist
 --> content/posts/a.md:1:45
  |
1 | [a](www.example.com), [b](example.com), [c](www.example.com/path/), [d](about.md#us)
  |                                             ^^^^^^^^^^^^^^^^^^^^^ there is no `content/posts/www.example.com/path`
  |
  = help: write `https://www.example.com/path/` if it is another site

error: link to a page that does not exist
 --> content/posts/a.md:1:73
  |
1 | [a](www.example.com), [b](example.com), [c](www.example.com/path/), [d](about.md#us)
  |                                                                         ^^^^^^^^^^^ there is no `content/posts/about.md`
  |
  = help: write `@/about.md#us`: without `@/` a path begins beside this file

"#]]);
}

#[test]
fn a_link_without_an_address_is_named() {
    site("--- content/a.md\nSee [this](), [that](<>) and [the top](#top).\n")
        .build()
        .expect_warnings(str![[r#"
warning: a link without an address
 --> content/a.md:1:5
  |
1 | See [this](), [that](<>) and [the top](#top).
  |     ^^^^^^^^ it leads to the page that it stands on
  |
  = help: write the address between the parentheses

warning: a link without an address
 --> content/a.md:1:15
  |
1 | See [this](), [that](<>) and [the top](#top).
  |               ^^^^^^^^^^ it leads to the page that it stands on
  |
  = help: write the address between the parentheses

"#]]);
}
