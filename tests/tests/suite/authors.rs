//! Authors as files: by-lines, pages about them, and what search engines are told.

use serde_json::Value as Json;
use snapbox::str;
use tallypress_tests::{Built, site};

const WRITERS: &str = r#"
--- site.toml
base_url = "https://example.com"
title = "A site"
author = "The team"
--- content/authors/ada.toml
name = "Ada Example"
role = "Editor"
description = "Writes about numbers."
url = "https://ada.example"
same_as = ["https://social.example/@ada"]
image = "ada.png"
--- content/authors/ada.png
x
--- content/authors/team.yaml
name: The team
kind: organization
url: "@/about.md"
--- content/about.md
--- content/2026-01-01-by-id.md
+++
authors = ["ada"]
+++
--- content/2026-01-02-by-name.md
+++
authors = ["Ada Example", "team"]
+++
--- content/2026-01-03-by-nobody.md
"#;

fn json_ld(built: &Built, path: &str) -> Json {
    let html = built.text(path);
    let start = "<script type=\"application/ld+json\">";
    let (_, rest) = html.split_once(start).expect("JSON-LD");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).expect("valid JSON")
}

#[test]
fn an_author_has_a_page_with_their_articles() {
    let built = site(WRITERS).default_theme().build();
    built
        .expect_lines("authors/ada/index.html", "entry-title", str![[r#"
<h2 class="entry-title"><a href="/by-name/">By name</a></h2>
<h2 class="entry-title"><a href="/by-id/">By id</a></h2>
"#]])
        .expect_lines("authors/team/index.html", "entry-title", str![[r#"
<h2 class="entry-title"><a href="/by-nobody/">By nobody</a></h2>
<h2 class="entry-title"><a href="/by-name/">By name</a></h2>
"#]])
        .expect_lines("authors/index.html", "/authors/", str![[r#"
<link rel="canonical" href="https://example.com/authors/">
<meta property="og:url" content="https://example.com/authors/">
<a href="/authors/ada/">Ada Example</a>
<a href="/authors/team/">The team</a>
"#]])
        .expect_lines("by-name/index.html", "rel=\"author\"", str![[r#"<li>By <a href="/authors/ada/" rel="author">Ada Example</a>, <a href="/authors/team/" rel="author">The team</a></li>"#]])
        .expect_lines("sitemap.xml", "authors", str![[r#"
<url><loc>https://example.com/authors/</loc></url>
<url><loc>https://example.com/authors/ada/</loc><lastmod>2026-01-02</lastmod></url>
<url><loc>https://example.com/authors/team/</loc><lastmod>2026-01-03</lastmod></url>
"#]]);
}

#[test]
fn search_engines_are_told_who_has_written_an_article() {
    let built = site(WRITERS).default_theme().build();
    let article = &json_ld(&built, "by-name/index.html")[0];
    assert_eq!(article["@type"], "BlogPosting");
    assert_eq!(article["datePublished"], "2026-01-02");
    assert_eq!(
        article["author"],
        serde_json::json!([
            {"@type": "Person", "name": "Ada Example", "url": "https://example.com/authors/ada/"},
            {"@type": "Organization", "name": "The team", "url": "https://example.com/authors/team/"},
        ])
    );
    let ada = &json_ld(&built, "authors/ada/index.html")["mainEntity"];
    assert_eq!(ada["jobTitle"], "Editor");
    assert_eq!(
        ada["sameAs"],
        serde_json::json!(["https://ada.example", "https://social.example/@ada"])
    );
    let image = ada["image"].as_str().unwrap();
    assert!(
        image.starts_with("https://example.com/assets/images/ada-"),
        "{image}"
    );
    let team = &json_ld(&built, "authors/team/index.html")["mainEntity"];
    assert_eq!(
        team["sameAs"],
        serde_json::json!(["https://example.com/about/"])
    );
}

#[test]
fn a_title_cannot_end_the_script_that_it_stands_in() {
    let built = site(
        r#"
--- content/2026-01-01-a.md
+++
title = "</script><b>&\"'"
+++
"#,
    )
    .default_theme()
    .build();
    let article = &json_ld(&built, "a/index.html")[0];
    assert_eq!(article["headline"], "</script><b>&\"'");
}

#[test]
fn a_site_without_files_of_authors_takes_any_name() {
    let built = site("--- content/2026-01-01-a.md\n+++\nauthors = [\"Ada\"]\n+++\n")
        .default_theme()
        .build();
    built
        .expect_lines("a/index.html", "By ", str!["<li>By Ada</li>"])
        .expect_absent("authors/index.html");
}

#[test]
fn once_there_are_files_a_name_without_one_is_a_mistake() {
    site(
        r#"
--- content/authors/ada.toml
name = "Ada Example"
--- content/authors/grace.toml
kind = "robot"
web = "https://grace.example"
--- content/authors/other.toml
name = "Ada Example"
--- content/a.md
+++
authors = ["Ada Exampel", "Somebody"]
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: there is no author `Ada Exampel`
 --> content/a.md:2:12
  |
2 | authors = ["Ada Exampel", "Somebody"]
  |            ^^^^^^^^^^^^^ no file in `content/authors/` has this name
  |
  = help: did you mean `Ada Example`?

error: there is no author `Somebody`
 --> content/a.md:2:27
  |
2 | authors = ["Ada Exampel", "Somebody"]
  |                           ^^^^^^^^^^ no file in `content/authors/` has this name

error: this author has no name
--> content/authors/grace.toml
 = help: add `name = "…"`

error: unknown kind of author
 --> content/authors/grace.toml:1:8
  |
1 | kind = "robot"
  |        ^^^^^^^ this is neither `person` nor `organization`

error: unknown key `web`
 --> content/authors/grace.toml:2:1
  |
2 | web = "https://grace.example"
  | ^^^ nothing reads this
  |
  = help: keys of your own belong under `extra`

error: two authors have the same name
--> content/authors/other.toml
 = note: the other is content/authors/ada.toml

"#]]);
}

#[test]
fn authors_with_pages_are_no_taxonomy_besides() {
    site(
        r#"
--- site.toml
[[taxonomies]]
name = "tags"

[[taxonomies]]
name = "authors"
--- content/a.md
+++
date = 2026-01-01
authors = ["ada"]
+++
--- content/authors/ada.toml
name = "Ada"
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: authors are no taxonomy
 --> site.toml:5:8
  |
5 | name = "authors"
  |        ^^^^^^^^^ those in `content/authors` have pages already
  |
  = help: delete this taxonomy: the key `authors` of a page names them

"#]]);
    site(
        r#"
--- content/a.md
+++
[taxonomies]
authors = ["ada"]
+++
--- content/authors/ada.toml
name = "Ada"
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the site has no taxonomy `authors`
 --> content/a.md:3:12
  |
3 | authors = ["ada"]
  |            ^^^^^ these terms would be lost
  |
  = help: move it above `taxonomies`, to the page's own keys

"#]]);
}
