//! What feed readers and search engines get: Atom, JSON Feed, the sitemap, robots.txt, and what is kept from them.

use roxmltree::{Document, Node};
use serde_json::{Value as Json, json};
use snapbox::str;
use tallypress_tests::{expect, site};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A site whose one article has every kind of link.
const ARTICLE: &str = r#"
--- site.toml
title = "Tea & <biscuits>"
description = "A site"
base_url = "https://example.com/docs/"
author = "The team"
--- content/blog/2026-05-01-a/index.md
+++
title = "One & <two>"
description = "In short"
updated = 2026-05-03
tags = ["x"]
+++
[root](/blog/a/) [self](#here) [source](@/blog/2026-05-01-a/index.md) [elsewhere](https://example.org/) ![beside](p.png)

<a href="../a/">relative</a> <img src="/docs/s.png" srcset="/docs/s.png 2x" alt="">

## Here
--- content/blog/2026-05-01-a/p.png
--- static/s.png
"#;

fn texts<'a>(node: Node<'a, 'a>, name: &str) -> Vec<&'a str> {
    node.children()
        .filter(|child| child.has_tag_name((ATOM, name)))
        .map(|child| child.text().unwrap_or_default())
        .collect()
}

/// The address of an element's link with this relation.
fn link<'a>(node: Node<'a, 'a>, relation: &str) -> Option<&'a str> {
    node.children()
        .filter(|child| child.has_tag_name((ATOM, "link")))
        .find(|child| child.attribute("rel") == Some(relation))?
        .attribute("href")
}

#[test]
fn the_feed_is_atom_with_all_that_the_format_requires() {
    let built = site(ARTICLE).build();
    let document = Document::parse(built.text("atom.xml")).unwrap();
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    assert_eq!(texts(feed, "title"), ["Tea & <biscuits>"]);
    assert_eq!(texts(feed, "id"), ["https://example.com/docs/atom.xml"]);
    assert_eq!(texts(feed, "updated"), ["2026-05-03T00:00:00Z"]);
    assert_eq!(
        link(feed, "self"),
        Some("https://example.com/docs/atom.xml")
    );
    assert_eq!(link(feed, "alternate"), Some("https://example.com/docs/"));

    let entry = feed
        .children()
        .find(|child| child.has_tag_name((ATOM, "entry")))
        .unwrap();
    assert_eq!(texts(entry, "title"), ["One & <two>"]);
    assert_eq!(texts(entry, "id"), ["https://example.com/docs/blog/a/"]);
    assert_eq!(
        link(entry, "alternate"),
        Some("https://example.com/docs/blog/a/")
    );
    assert_eq!(texts(entry, "published"), ["2026-05-01T00:00:00Z"]);
    assert_eq!(texts(entry, "updated"), ["2026-05-03T00:00:00Z"]);
    assert_eq!(texts(entry, "summary"), ["In short"]);
    let author = entry
        .children()
        .find(|child| child.has_tag_name((ATOM, "author")))
        .unwrap();
    assert_eq!(texts(author, "name"), ["The team"]);
    let category = entry
        .children()
        .find(|child| child.has_tag_name((ATOM, "category")))
        .unwrap();
    assert_eq!(category.attribute("term"), Some("x"));
}

#[test]
fn every_link_in_the_feed_is_absolute() {
    let built = site(ARTICLE).build();
    let document = Document::parse(built.text("atom.xml")).unwrap();
    let content = document
        .descendants()
        .find(|node| node.has_tag_name((ATOM, "content")))
        .unwrap();
    assert_eq!(content.attribute("type"), Some("html"));
    expect(
        content.text().unwrap(),
        str![[r#"
<p><a href="https://example.com/docs/blog/a/">root</a> <a href="https://example.com/docs/blog/a/#here">self</a> <a href="https://example.com/docs/blog/a/">source</a> <a href="https://example.org/">elsewhere</a> <img src="https://example.com/docs/assets/images/p-8.[HASH].webp" alt="beside" width="8" height="8" /></p>
<p><a href="https://example.com/docs/blog/a/">relative</a> <img src="https://example.com/docs/s.png" srcset="https://example.com/docs/s.png 2x" alt=""></p>
<h2 id="here">Here</h2>

"#]],
    );
}

#[test]
fn the_feed_holds_the_newest_dated_pages_up_to_its_limit() {
    let built = site(
        r#"
--- site.toml
feed.limit = 2
--- content/2026-01-01-old.md
--- content/2026-02-01-middle.md
--- content/2026-03-01-new.md
--- content/about.md
"#,
    )
    .build();
    built.expect_lines(
        "atom.xml",
        "<title>",
        str![[r#"
<title>Untitled site</title>
<title>New</title>
<title>Middle</title>
"#]],
    );
}

#[test]
fn a_feed_may_be_left_out() {
    site(
        r#"
--- site.toml
feed.enabled = false
--- content/2026-01-01-a.md
--- themes/default/templates/page.html
[{{ config.feed_path }}]
"#,
    )
    .build()
    .expect_absent("atom.xml")
    .expect_file(
        "a/index.html",
        str![[r#"
[]

"#]],
    );
}

#[test]
fn an_empty_feed_is_still_valid() {
    let built = site("--- content/about.md\n").build();
    let document = Document::parse(built.text("atom.xml")).unwrap();
    let feed = document.root_element();
    for required in ["id", "title", "updated"] {
        assert_eq!(texts(feed, required).len(), 1, "{required}");
    }
}

#[test]
fn characters_that_xml_forbids_do_not_break_the_feed() {
    let built = site("")
        .file(
            "content/2026-01-01-a.md",
            "# Odd \u{1}\u{b}\u{fffe}\u{ffff} title\n\nOdd \u{1}\u{8}\u{fffe} text\n".as_bytes(),
        )
        .build();
    Document::parse(built.text("atom.xml")).unwrap();
}

#[test]
fn the_sitemap_lists_every_page_with_its_last_change() {
    let built = site(
        r#"
--- content/2026-05-01-a.md
+++
updated = 2026-05-03
aliases = ["old"]
tags = ["x"]
+++
--- content/blog/_index.md
+++
paginate_by = 1
+++
--- content/blog/2026-05-02-b.md
--- content/blog/c.md
"#,
    )
    .base_url("https://example.com")
    .build();
    let document = Document::parse(built.text("sitemap.xml")).unwrap();
    let entries: Vec<String> = document
        .root_element()
        .children()
        .filter(Node::is_element)
        .map(|url| {
            let texts: Vec<&str> = url.children().filter_map(|part| part.text()).collect();
            texts.join(" ")
        })
        .collect();
    expect(
        &entries.join("\n"),
        str![[r#"
https://example.com/ 2026-05-03
https://example.com/a/ 2026-05-03
https://example.com/blog/ 2026-05-02
https://example.com/blog/b/ 2026-05-02
https://example.com/blog/c/
https://example.com/tags/ 2026-05-03
https://example.com/tags/x/ 2026-05-03
"#]],
    );
}

#[test]
fn robots_names_the_sitemap_unless_the_author_has_a_file_of_their_own() {
    site("--- content/a.md\n")
        .base_url("https://example.com")
        .build()
        .expect_file(
            "robots.txt",
            str![[r#"
User-agent: *
Allow: /
Sitemap: https://example.com/sitemap.xml

"#]],
        );
    site(
        r#"
--- content/a.md
--- static/robots.txt
User-agent: *
Disallow: /
"#,
    )
    .build()
    .expect_file(
        "robots.txt",
        str![[r#"
User-agent: *
Disallow: /

"#]],
    );
}

#[test]
fn the_same_feed_comes_as_json() {
    let built = site(ARTICLE).build();
    let feed: Json = serde_json::from_str(built.text("feed.json")).unwrap();
    let mut head = feed.clone();
    head.as_object_mut().unwrap().remove("items");
    assert_eq!(
        head,
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Tea & <biscuits>",
            "description": "A site",
            "home_page_url": "https://example.com/docs/",
            "feed_url": "https://example.com/docs/feed.json",
            "language": "en",
        })
    );
    let item = &feed["items"][0];
    assert_eq!(item["id"], "https://example.com/docs/blog/a/");
    assert_eq!(item["url"], item["id"]);
    assert_eq!(item["title"], "One & <two>");
    assert_eq!(item["summary"], "In short");
    assert_eq!(item["date_published"], "2026-05-01T00:00:00Z");
    assert_eq!(item["date_modified"], "2026-05-03T00:00:00Z");
    assert_eq!(item["authors"], json!([{ "name": "The team" }]));
    assert_eq!(item["tags"], json!(["x"]));
    let content = item["content_html"].as_str().unwrap();
    assert!(content.contains(r#"<a href="https://example.com/docs/blog/a/#here">self</a>"#));
    // What Atom says, word for word.
    let atom = Document::parse(built.text("atom.xml")).unwrap();
    let in_atom = atom
        .descendants()
        .find(|node| node.has_tag_name((ATOM, "content")));
    assert_eq!(in_atom.unwrap().text(), Some(content));
}

#[test]
fn an_empty_json_feed_is_still_one() {
    let built = site("--- content/about.md\n").build();
    let feed: Json = serde_json::from_str(built.text("feed.json")).unwrap();
    assert_eq!(feed["items"], json!([]));
}

#[test]
fn a_site_chooses_the_formats_of_its_feeds() {
    let built = site(
        r#"
--- site.toml
feed.formats = ["json"]
--- content/2026-01-01-a.md
--- themes/default/templates/page.html
[{{ config.feed_path }}] [{{ config.json_feed_path }}]
"#,
    )
    .build();
    built.expect_absent("atom.xml").expect_file(
        "a/index.html",
        str![[r#"
[] [/feed.json]

"#]],
    );
    site("--- site.toml\nfeed.formats = [\"rss\"]\n--- content/a.md\n")
        .build()
        .expect_errors(str![[r#"
error: unknown format of a feed
 --> site.toml:1:17
  |
1 | feed.formats = ["rss"]
  |                 ^^^^^ this is neither `atom` nor `json`

"#]]);
}

#[test]
fn a_section_may_have_feeds_of_its_own() {
    let built = site(
        r#"
--- site.toml
title = "Site"
--- content/blog/_index.md
+++
feed = true
+++
# Blog
--- content/blog/2026-01-01-a.md
--- content/blog/deep/2026-01-02-b.md
--- content/other/2026-01-03-c.md
"#,
    )
    .default_theme()
    .build();
    built.expect_lines(
        "blog/atom.xml",
        "<title>",
        str![[r#"
<title>Blog · Site</title>
<title>B</title>
<title>A</title>
"#]],
    );
    let feed: Json = serde_json::from_str(built.text("blog/feed.json")).unwrap();
    assert_eq!(feed["items"].as_array().unwrap().len(), 2);
    built.expect_lines("blog/index.html", "application/", str![[r#"
<link rel="alternate" type="application/atom+xml" title="Site" href="/atom.xml">
<link rel="alternate" type="application/feed+json" title="Site" href="/feed.json">
<link rel="alternate" type="application/atom+xml" title="Blog · Site" href="/blog/atom.xml">
<link rel="alternate" type="application/feed+json" title="Blog · Site" href="/blog/feed.json">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","item":"http://localhost/","name":"Site","position":1},{"@type":"ListItem","name":"Blog","position":2}]}</script>
<li><a href="/atom.xml" type="application/atom+xml">Atom feed</a></li>
"#]]);
    built.expect_absent("other/atom.xml");
}

/// The addresses in a sitemap.
fn listed(sitemap: &str) -> Vec<String> {
    let document = Document::parse(sitemap).unwrap();
    let places = document
        .descendants()
        .filter(|node| node.tag_name().name() == "loc");
    places
        .map(|place| place.text().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_page_may_ask_search_engines_to_leave_it_out() {
    let story = site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/shown.md
--- content/hidden.md
+++
noindex = true
+++
--- content/inner/_index.md
+++
[cascade]
noindex = true
+++
--- content/inner/page.md
--- content/inner/open.md
+++
noindex = false
+++
"#,
    );
    let built = story.default_theme().build();
    assert_eq!(
        listed(built.text("sitemap.xml")),
        [
            "https://example.com/",
            "https://example.com/inner/",
            "https://example.com/inner/open/",
            "https://example.com/shown/",
        ]
    );
    let asks = |page: &str| {
        let text = built.text(page);
        let asks = text.contains(r#"<meta name="robots" content="noindex">"#);
        assert_ne!(asks, text.contains(r#"rel="canonical""#), "{page}");
        asks
    };
    assert!(asks("hidden/index.html"));
    assert!(asks("inner/page/index.html"));
    assert!(asks("404.html"));
    assert!(!asks("inner/open/index.html"));
    assert!(!asks("shown/index.html"));
}

#[test]
fn search_engines_are_to_leave_out_a_preview_as_a_whole() {
    let story = || {
        site(
            r#"
--- site.toml
base_url = "https://example.com"
--- content/a.md
+++
tags = ["x"]
+++
"#,
        )
        .default_theme()
    };
    for built in [story().preview().build(), story().drafts().build()] {
        for (path, page) in built.pages() {
            assert!(
                page.contains(r#"<meta name="robots" content="noindex">"#),
                "{path}"
            );
        }
        assert_eq!(listed(built.text("sitemap.xml")), [""; 0]);
        // A page that nobody may read cannot say that it is not to be listed.
        built.expect_file(
            "robots.txt",
            str![[r#"
User-agent: *
Allow: /

"#]],
        );
    }
}

#[test]
fn files_that_nobody_reads_in_a_folder_are_named() {
    site(
        r#"
--- site.toml
[publish]
redirects_file = true
--- content/a.md
--- static/robots.txt
User-agent: *
"#,
    )
    .base_url("https://example.com/blog/")
    .build()
    .expect_warnings(str![[r#"
warning: nobody reads a `_redirects` in a folder of a host
--> site.toml
 = note: by `base_url` the site is in `/blog/`
 = help: let the host have it as `/_redirects`

warning: nobody reads a `robots.txt` in a folder of a host
--> static/robots.txt
 = note: by `base_url` the site is in `/blog/`
 = help: let the host have it as `/robots.txt`

"#]]);
}
