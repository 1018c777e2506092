//! From a file's name and front matter to a page with an address, a date and a title.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_file_becomes_a_page_below_its_folder() {
    site(
        r#"
--- content/about.md
--- content/guides/setup/first-steps.md
"#,
    )
    .build()
    .expect_files(str![[r#"
about/index.html
guides/setup/first-steps/index.html
"#]]);
}

#[test]
fn a_bundle_is_one_page_with_the_files_beside_it() {
    site(r#"
--- content/trip/index.md
![The lake](lake.jpg) and [the notes](notes/day-1.txt)
--- content/trip/lake.jpg
a picture
--- content/trip/notes/day-1.txt
rain
"#)
    .build()
    .expect_files(str![[r#"
assets/images/lake-8.[HASH].webp
trip/index.html
trip/notes/day-1.[HASH].txt
"#]])
    .expect_file("trip/index.html", str![[r#"
<!doctype html>
<title>Trip</title>
<p><img src="/assets/images/lake-8.[HASH].webp" alt="The lake" width="8" height="8" class="tint tint-r4 tint-g0 tint-b6" decoding="async" /> and <a href="/trip/notes/day-1.[HASH].txt">the notes</a></p>


"#]]);
}

#[test]
fn the_files_of_a_bundle_follow_its_address() {
    site(
        r#"
--- content/2026-05-01-trip/index.md
![Lake](lake.jpg)
--- content/2026-05-01-trip/lake.jpg
a picture
--- content/moved/index.md
+++
path = "elsewhere/page.html"
+++
![Lake](lake.jpg)
--- content/moved/lake.jpg
another picture
"#,
    )
    .build()
    .expect_files(str![[r#"
assets/images/lake-8.[HASH].webp
assets/images/lake-8.[HASH].webp
elsewhere/page.html
trip/index.html
"#]]);
}

#[test]
fn a_file_beside_a_section_is_published_too() {
    site(
        r#"
--- content/guides/_index.md
[The plan](plan.pdf)
--- content/guides/plan.pdf
a plan
"#,
    )
    .build()
    .expect_files(str![[r#"
guides/index.html
guides/plan.[HASH].pdf
"#]])
    .expect_lines(
        "guides/index.html",
        "href",
        str![[r#"<p><a href="/guides/plan.[HASH].pdf">The plan</a></p>"#]],
    );
}

#[test]
fn a_changed_picture_gets_another_name() {
    let picture = |lake: &str| {
        let story = "--- content/trip/index.md\n![Lake](lake.jpg)\n--- content/trip/lake.jpg\n";
        let built = site(&format!("{story}{lake}\n")).build();
        built.text("trip/index.html").to_owned()
    };
    assert_eq!(picture("calm"), picture("calm"));
    assert_ne!(picture("calm"), picture("storm"));
}

#[test]
fn a_dated_file_name_gives_the_date_and_the_address() {
    site(
        r#"
--- content/2026-05-01-first-steps.md
--- content/2026-05-02-bundle/index.md
--- content/2026-05-03.md
--- themes/default/templates/page.html
{{ page.title }}, {{ page.date }}
"#,
    )
    .build()
    .expect_file(
        "first-steps/index.html",
        str![[r#"
First steps, 2026-05-01

"#]],
    )
    .expect_file(
        "bundle/index.html",
        str![[r#"
Bundle, 2026-05-02

"#]],
    )
    .expect_file(
        "2026-05-03/index.html",
        str![[r#"
2026 05 03, 

"#]],
    );
}

#[test]
fn the_date_in_front_matter_counts_more_than_the_one_in_the_name() {
    site(
        r#"
--- content/2026-05-01-moved.md
+++
date = 2026-06-01
+++
--- themes/default/templates/page.html
{{ page.date }}
"#,
    )
    .build()
    .expect_file(
        "moved/index.html",
        str![[r#"
2026-06-01

"#]],
    );
}

#[test]
fn a_slug_replaces_the_last_part_of_the_address() {
    site(
        r#"
--- content/blog/some-file.md
+++
slug = "A Better Name"
+++
"#,
    )
    .build()
    .expect_files(str!["blog/a-better-name/index.html"]);
}

#[test]
fn a_path_or_url_is_the_whole_address() {
    site(
        r#"
--- content/blog/a.md
+++
path = "elsewhere/a"
+++
--- content/blog/b.md
---
url: /old/b.html
---
"#,
    )
    .build()
    .expect_files(str![[r#"
elsewhere/a/index.html
old/b.html
"#]]);
}

#[test]
fn an_address_holds_only_what_every_host_and_file_system_takes() {
    site(
        r#"
--- content/outside.md
+++
path = "../../etc/passwd"
+++
--- content/space.md
+++
path = "a b"
+++
--- content/slash.md
+++
slug = "a/b"
+++
--- content/nothing.md
+++
slug = "!!!"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this cannot be a slug
 --> content/nothing.md:2:8
  |
2 | slug = "!!!"
  |        ^^^^^ no letter or digit is in it

error: this cannot be an address
 --> content/outside.md:2:8
  |
2 | path = "../../etc/passwd"
  |        ^^^^^^^^^^^^^^^^^^ `..` is not a name

error: this cannot be a slug
 --> content/slash.md:2:8
  |
2 | slug = "a/b"
  |        ^^^^^ a slug is one part of an address
  |
  = help: give the whole address as `path` instead

error: this cannot be an address
 --> content/space.md:2:8
  |
2 | path = "a b"
  |        ^^^^^ ` ` does not belong in an address: use letters, digits, `-`, `_` and `.`

"#]]);
}

#[test]
fn names_in_any_script_become_plain_addresses() {
    site(
        r#"
--- content/Über uns.md
--- content/Fragen & Antworten/Wie geht's?.md
--- content/🎉.md
"#,
    )
    .build()
    .expect_files(str![[r#"
fragen-antworten/wie-geht-s/index.html
tada/index.html
uber-uns/index.html
"#]]);
}

#[test]
fn a_heading_that_opens_the_text_is_the_title() {
    site(
        r#"
--- content/plain.md
# The *first* `one`

Text.
--- content/closed.md
# Learning C# #
--- content/marked.md
# With an anchor {#top}
--- content/underlined.md
A title over
two lines
=========

Text.
"#,
    )
    .build()
    .expect_file(
        "plain/index.html",
        str![[r#"
<!doctype html>
<title>The first one</title>
<p>Text.</p>


"#]],
    )
    .expect_file(
        "closed/index.html",
        str![[r#"
<!doctype html>
<title>Learning C#</title>


"#]],
    )
    .expect_file(
        "marked/index.html",
        str![[r#"
<!doctype html>
<title>With an anchor</title>


"#]],
    )
    .expect_file(
        "underlined/index.html",
        str![[r#"
<!doctype html>
<title>A title over two lines</title>
<p>Text.</p>


"#]],
    );
}

#[test]
fn a_title_in_front_matter_leaves_the_heading_in_the_text() {
    site(
        r#"
--- content/a.md
+++
title = "Outer"
+++
# Inner
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>Outer</title>
<h1 id="inner">Inner</h1>


"#]],
    );
}

#[test]
fn without_a_title_the_file_name_is_the_title() {
    site(
        r#"
--- content/first-steps.md
Text.
--- content/our_guides/_index.md
"#,
    )
    .build()
    .expect_lines(
        "first-steps/index.html",
        "<title>",
        str!["<title>First steps</title>"],
    )
    .expect_lines(
        "our-guides/index.html",
        "<title>",
        str!["<title>Our guides</title>"],
    );
}

#[test]
fn the_home_page_is_called_like_the_site_unless_it_has_a_title() {
    let home = |page: &str| {
        let built = site("--- site.toml\ntitle = \"Tea\"\n")
            .file("content/_index.md", page.as_bytes())
            .build();
        let page = built.text("index.html").to_owned();
        page.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(home("Welcome.\n"), "<title>Tea</title>");
    assert_eq!(home("# Tea for two\n"), "<title>Tea for two</title>");
}

#[test]
fn a_title_is_escaped_and_its_text_is_not_markup() {
    site(
        r#"
--- content/a.md
+++
title = "Profit & <loss>"
+++
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<title>",
        str!["<title>Profit &amp; &lt;loss&gt;</title>"],
    );
}

#[test]
fn templates_see_what_the_author_said_about_a_page() {
    site(
        r#"
--- content/a.md
+++
title = "A"
description = "In short"
date = 2026-05-01T22:00:00-04:00
updated = 2026-06-02
authors = ["Ada", "Grace"]
images = ["/card.png", "https://example.com/b.png"]

[extra]
colour = "green"
since = 2020-01-02
parts = [1, 2.5, true]
+++
One two three.
--- static/card.png
--- themes/default/templates/page.html
{{ page.title }} | {{ page.description }} | {{ page.date }} | {{ page.updated }}
{{ page.authors | join(sep=" and ") }}
{{ page.images | join(sep=" ") }}
{{ page.extra.colour }} {{ page.extra.since }} {{ page.extra.parts }}
{{ page.path }} {{ page.permalink }} {{ current_path }} {{ current_url }}
{{ page.word_count }} words, {{ page.reading_time }} min
{{ page.section.title }} {{ page.section.path }}
"#,
    )
    .base_url("https://example.com")
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
A | In short | 2026-05-01 | 2026-06-02
Ada and Grace
{&quot;url&quot;: &quot;https://example.com/assets/images/card-8.[HASH].jpg&quot;, &quot;width&quot;: 8, &quot;height&quot;: 8, &quot;alt&quot;: &quot;&quot;} {&quot;url&quot;: &quot;https://example.com/b.png&quot;, &quot;width&quot;: 0, &quot;height&quot;: 0, &quot;alt&quot;: &quot;&quot;}
green 2020-01-02 [1, 2.5, true]
/a/ https://example.com/a/ /a/ https://example.com/a/
3 words, 1 min
Untitled site /

"#]],
    );
}

#[test]
fn the_site_s_author_stands_in_for_a_page_s() {
    site(
        r#"
--- site.toml
author = "The team"
--- content/ours.md
--- content/hers.md
+++
author = "Ada"
+++
--- themes/default/templates/page.html
{{ page.authors | join(sep=", ") }}
"#,
    )
    .build()
    .expect_file(
        "ours/index.html",
        str![[r#"
The team

"#]],
    )
    .expect_file(
        "hers/index.html",
        str![[r#"
Ada

"#]],
    );
}

#[test]
fn the_text_before_the_mark_is_the_summary() {
    site(
        r#"
--- content/a.md
The lead.

<!-- more -->

The rest.
--- content/hugo.md
The lead.

<!--more-->

The rest.
--- content/whole.md
No mark.
--- themes/default/templates/page.html
summary: {{ page.summary }}
content: {{ page.content }}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
summary: <p>The lead.</p>
<span id="continue-reading"></span>
content: <p>The lead.</p>
<span id="continue-reading"></span>
<p>The rest.</p>


"#]],
    )
    .expect_lines(
        "hugo/index.html",
        "summary:",
        str!["summary: <p>The lead.</p>"],
    )
    .expect_lines("whole/index.html", "summary:", str!["summary: "]);
}

#[test]
fn the_headings_of_a_page_are_a_tree() {
    site(
        r#"
--- content/a.md
## One
### Deep
## Two
#### Deeper
--- themes/default/templates/page.html
{%- for one in page.toc %}
{{ one.level }} {{ one.title }} #{{ one.id }}
{%- for two in one.children %}
- {{ two.level }} {{ two.title }} #{{ two.id }}
{%- endfor %}
{%- endfor %}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"

2 One #one
- 3 Deep #deep
2 Two #two
- 4 Deeper #deeper

"#]],
    );
}
