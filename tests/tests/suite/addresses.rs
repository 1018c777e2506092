//! Every address once: aliases, collisions, a site below a folder, and the page for addresses that
//! do not exist.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn an_alias_leads_to_the_page_without_script() {
    site(
        r#"
--- content/new.md
+++
aliases = ["/old/", "older/page.html"]
+++
"#,
    )
    .build()
    .expect_files(str![[r#"
new/index.html
old/index.html
older/page.html
"#]])
    .expect_file(
        "old/index.html",
        str![[r#"
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Moved</title>
<link rel="canonical" href="http://localhost/new/">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=/new/">
</head>
<body>
<p>This page has moved to <a href="/new/">/new/</a>.</p>
</body>
</html>

"#]],
    );
}

#[test]
fn an_alias_of_a_section_works_too() {
    site(
        r#"
--- content/blog/_index.md
+++
aliases = ["news"]
+++
"#,
    )
    .build()
    .expect_lines(
        "news/index.html",
        "canonical",
        str![[r#"<link rel="canonical" href="http://localhost/blog/">"#]],
    );
}

#[test]
fn a_link_to_an_alias_is_a_link_to_a_page() {
    site(
        r#"
--- content/new.md
+++
aliases = ["/old/"]
+++
[old](/old/)
"#,
    )
    .build()
    .expect_success();
}

#[test]
fn an_alias_that_is_no_address_is_an_error() {
    site(r#"
--- content/new.md
+++
aliases = ["https://elsewhere.example/", "/a/../b"]
+++
"#)
    .build()
    .expect_errors(str![[r#"
error: this cannot be an address
 --> content/new.md:2:12
  |
2 | aliases = ["https://elsewhere.example/", "/a/../b"]
  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `:` does not belong in an address: use letters, digits, `-`, `_` and `.`

error: this cannot be an address
 --> content/new.md:2:42
  |
2 | aliases = ["https://elsewhere.example/", "/a/../b"]
  |                                          ^^^^^^^^^ `..` is not a name

"#]]);
}

#[test]
fn two_sources_for_one_file_are_an_error() {
    site(
        r#"
--- content/about.md
--- content/about/index.md
--- content/contact.md
+++
aliases = ["/about/"]
+++
--- content/tags/_index.md
--- content/tagged.md
+++
tags = ["x"]
+++
--- static/sitemap.xml
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: two sources make the file `about/index.html`
--> content/about/index.md
 = note: the other is content/about.md
 = help: give one of them another `slug` or `path`

error: two sources make the file `about/index.html`
 --> content/contact.md:2:12
  |
2 | aliases = ["/about/"]
  |            ^^^^^^^^^ the other is content/about.md
  |
  = help: give one of them another `slug` or `path`

error: two sources make the file `tags/index.html`
--> content/tags/_index.md
 = note: the site makes one there itself
 = help: give the page another `path`

error: two sources make the file `sitemap.xml`
--> site.toml
 = note: the other is static/sitemap.xml
 = help: rename or delete `static/sitemap.xml`: the build makes this file itself

"#]]);
}

#[test]
fn addresses_that_differ_only_in_case_are_an_error() {
    site(
        r#"
--- content/a.md
+++
path = "Readme"
+++
--- content/readme.md
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `readme/index.html` and `Readme/index.html` differ only in case
 --> content/a.md:2:8
  |
2 | path = "Readme"
  |        ^^^^^^^^ the other is content/readme.md
  |
  = help: give one of them another `slug` or `path`

"#]]);
}

#[test]
fn a_file_cannot_stand_where_a_folder_is_wanted() {
    site(
        r#"
--- content/page.md
+++
path = "guide.html/page"
+++
--- content/guide.md
+++
path = "guide.html"
+++
--- static/blog
a file
--- content/blog/post.md
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `blog` is a file, and a folder for `blog/post/index.html`
--> content/blog/post.md
 = note: the other is static/blog
 = help: rename `static/blog`, or give the page another `slug` or `path`

error: `guide.html` is a file, and a folder for `guide.html/page/index.html`
 --> content/page.md:2:8
  |
2 | path = "guide.html/page"
  |        ^^^^^^^^^^^^^^^^^ the other is content/guide.md
  |
  = help: give one of them another `slug` or `path`

"#]]);
}

#[test]
fn a_site_in_a_folder_links_within_it() {
    site(r#"
--- site.toml
base_url = "https://example.com/docs"
[[menu]]
name = "A"
path = "/a/"
--- content/_index.md
--- content/a.md
+++
aliases = ["old"]
tags = ["x"]
+++
[home](/) [self](@/a.md#here) [relative](../) ![beside](p.png) [static](/data.csv)

## Here
--- content/p.png
--- static/data.csv
--- themes/default/assets/style.css
body { background: url("p.svg") }
--- themes/default/assets/p.svg
--- themes/default/templates/page.html
<link rel="stylesheet" href="{{ assets["style.css"] }}">
{{ config.base_url }} {{ config.base_path }} {{ config.feed_path }} {{ current_path }} {{ current_url }}
{% for item in config.menu %}{{ item.path }}{% endfor %} {{ page.taxonomies.tags[0].path }}
{{ page.content }}
"#)
    .build()
    .expect_files(str![[r#"
a/index.html
assets/images/p-8.[HASH].webp
assets/p.[HASH].svg
assets/style.[HASH].css
data.csv
old/index.html
tags/index.html
tags/x/index.html
"#]])
    .expect_file("a/index.html", str![[r#"
<link rel="stylesheet" href="/docs/assets/style.[HASH].css">
https://example.com/docs/ /docs/ /docs/atom.xml /docs/a/ https://example.com/docs/a/
/docs/a/ /docs/tags/x/
<p><a href="/docs/">home</a> <a href="/docs/a/#here">self</a> <a href="/docs/">relative</a> <img src="/docs/assets/images/p-8.[HASH].webp" alt="beside" width="8" height="8" class="tint tint-r0 tint-g0 tint-b3" decoding="async" /> <a href="/docs/data.csv">static</a></p>
<h2 id="here">Here</h2>


"#]])
    .expect_file("old/index.html", str![[r#"
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Moved</title>
<link rel="canonical" href="https://example.com/docs/a/">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=/docs/a/">
</head>
<body>
<p>This page has moved to <a href="/docs/a/">/docs/a/</a>.</p>
</body>
</html>

"#]])
    .expect_file("assets/style.*.css", str![[r#"body{background: url("/docs/assets/p.[HASH].svg")}"#]])
    .expect_lines("atom.xml", "href", str![[r#"
<link rel="self" type="application/atom+xml" href="https://example.com/docs/atom.xml"/>
<link rel="alternate" type="text/html" href="https://example.com/docs/"/>
"#]])
    .expect_file("sitemap.xml", str![[r#"
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.com/docs/</loc></url>
<url><loc>https://example.com/docs/a/</loc></url>
<url><loc>https://example.com/docs/tags/</loc></url>
<url><loc>https://example.com/docs/tags/x/</loc></url>
</urlset>

"#]])
    .expect_file("robots.txt", str![[r#"
User-agent: *
Allow: /
Sitemap: https://example.com/docs/sitemap.xml

"#]]);
}

#[test]
fn a_link_out_of_the_site_s_folder_is_an_error() {
    site(
        r#"
--- content/a.md
<a href="/elsewhere/">raw</a>
"#,
    )
    .base_url("https://example.com/docs/")
    .build()
    .expect_errors(str![[r#"
error: link to an address outside the site
 --> content/a.md:1:10
  |
1 | <a href="/elsewhere/">raw</a>
  |          ^^^^^^^^^^^ the site lives below `/docs/`

"#]]);
}

#[test]
fn the_command_line_s_base_url_counts_more_than_the_settings() {
    site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/a.md
--- themes/default/templates/page.html
{{ page.permalink }}
"#,
    )
    .base_url("https://preview.example.com/pr-1")
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
https://preview.example.com/pr-1/a/

"#]],
    );
}

#[test]
fn a_page_cannot_be_where_files_are_kept_for_ever() {
    site(
        r#"
--- content/assets/a.md
--- content/b.md
+++
path = "/assets/b/"
+++
--- content/c.md
+++
slug = "../../etc"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: no page can have the address /assets/a/
--> content/assets/a.md
 = note: hosts let browsers keep everything below `/assets/` for ever
 = help: give it another address with `path`

error: no page can have the address /assets/b/
 --> content/b.md:2:8
  |
2 | path = "/assets/b/"
  |        ^^^^^^^^^^^^ hosts let browsers keep everything below `/assets/` for ever

error: this cannot be a slug
 --> content/c.md:2:8
  |
2 | slug = "../../etc"
  |        ^^^^^^^^^^^ a slug is one part of an address
  |
  = help: give the whole address as `path` instead

"#]]);
}

#[test]
fn there_is_a_page_for_addresses_that_do_not_exist() {
    site(
        r#"
--- content/2026-01-01-a.md
--- themes/default/templates/404.html
Not here. Newest: {% for page in recent %}{{ page.path }}{% endfor %}
"#,
    )
    .build()
    .expect_file(
        "404.html",
        str![[r#"
Not here. Newest: /a/

"#]],
    );
}

#[test]
fn a_clash_is_shown_where_its_author_wrote_the_address() {
    site(
        r#"
--- content/a.md
+++
path = "same"
+++
--- content/b.md
+++
path = "/same/"
+++
--- content/c.md
+++
slug = "tags"
tags = ["one"]
+++
--- content/d.md
--- content/e.md
+++
slug = "d"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: two sources make the file `same/index.html`
 --> content/b.md:2:8
  |
2 | path = "/same/"
  |        ^^^^^^^^ the other is content/a.md
  |
  = help: give one of them another `slug` or `path`

error: two sources make the file `tags/index.html`
 --> content/c.md:2:8
  |
2 | slug = "tags"
  |        ^^^^^^ the site makes one there itself
  |
  = help: give the page another `path`

error: two sources make the file `d/index.html`
 --> content/e.md:2:8
  |
2 | slug = "d"
  |        ^^^ the other is content/d.md
  |
  = help: give one of them another `slug` or `path`

"#]]);
}

#[test]
fn an_alias_is_another_address() {
    site("--- content/a.md\n+++\naliases = [\"/a/\", \"old\", \"old\"]\n+++\n")
        .build()
        .expect_errors(str![[r#"
error: this page has this address already
 --> content/a.md:2:12
  |
2 | aliases = ["/a/", "old", "old"]
  |            ^^^^^ `a/index.html` is made without it
  |
  = help: delete it: `aliases` are other addresses that lead here

error: this page has this address already
 --> content/a.md:2:26
  |
2 | aliases = ["/a/", "old", "old"]
  |                          ^^^^^ `old/index.html` is made without it
  |
  = help: delete it: `aliases` are other addresses that lead here

"#]]);
}
