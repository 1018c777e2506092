//! Terms such as tags: lists of pages, over several list pages, with feeds of their own.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_tag_lists_its_pages_newest_first() {
    site(
        r#"
--- content/2026-01-01-a.md
+++
tags = ["Rust", "Money"]
+++
--- content/2026-02-01-b.md
+++
[taxonomies]
tags = ["Rust"]
+++
"#,
    )
    .build()
    .expect_files(str![[r#"
a/index.html
b/index.html
tags/index.html
tags/money/index.html
tags/rust/index.html
"#]])
    .expect_file(
        "tags/index.html",
        str![[r#"
<!doctype html>
<title>tags</title>
<a href="/tags/money/">Money</a> 1
<a href="/tags/rust/">Rust</a> 2

"#]],
    )
    .expect_file(
        "tags/rust/index.html",
        str![[r#"
<!doctype html>
<title>Rust</title>
<a href="/b/">B</a>
<a href="/a/">A</a>

"#]],
    );
}

#[test]
fn spellings_of_a_term_are_one_term_and_a_page_names_it_once() {
    site(
        r#"
--- content/a.md
+++
tags = ["Open source"]
+++
--- content/b.md
+++
tags = ["open-source", "Open Source"]
+++
--- themes/default/templates/page.html
{% for term in page.taxonomies.tags %}{{ term.name }} {{ term.path }}
{% endfor %}
"#,
    )
    .build()
    .expect_file(
        "tags/index.html",
        str![[r#"
<!doctype html>
<title>tags</title>
<a href="/tags/open-source/">Open source</a> 2

"#]],
    )
    .expect_file(
        "b/index.html",
        str![[r#"
Open source /tags/open-source/


"#]],
    );
}

#[test]
fn different_terms_never_share_an_address() {
    site(
        r#"
--- content/a.md
+++
tags = ["Node.js", "Node js"]
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `Node.js` and `Node js` would share an address
 --> content/a.md:2:20
  |
2 | tags = ["Node.js", "Node js"]
  |                    ^^^^^^^^^ `Node.js` is found at /tags/node-js/ already
  |
  = help: spell them alike if they mean the same, else so that letters or digits differ

"#]]);
}

#[test]
fn signs_at_the_end_of_a_word_are_spelled_in_addresses() {
    site(
        r##"
--- content/a.md
+++
tags = ["C", "C++", "C#", "A+B", "#hash"]
+++
"##,
    )
    .build()
    .expect_files(str![[r#"
a/index.html
tags/a-b/index.html
tags/c-plus-plus/index.html
tags/c-sharp/index.html
tags/c/index.html
tags/hash/index.html
tags/index.html
"#]]);
}

#[test]
fn a_term_may_be_paged_and_have_a_feed() {
    site(
        r#"
--- site.toml
[[taxonomies]]
name = "series"
paginate_by = 1
feed = true
--- content/2026-01-01-a.md
+++
taxonomies.series = ["Basics"]
+++
--- content/2026-02-01-b.md
+++
taxonomies.series = ["Basics"]
+++
"#,
    )
    .build()
    .expect_files(str![[r#"
a/index.html
b/index.html
series/basics/atom.xml
series/basics/feed.json
series/basics/index.html
series/basics/page/2/index.html
series/index.html
"#]])
    .expect_lines(
        "series/basics/page/2/index.html",
        "href",
        str![[r#"<a href="/b/">B</a>"#]],
    )
    .expect_lines(
        "series/basics/atom.xml",
        "<title>",
        str![[r#"
<title>Basics · Untitled site</title>
<title>B</title>
<title>A</title>
"#]],
    );
}

#[test]
fn terms_of_a_taxonomy_that_the_site_does_not_have_are_an_error() {
    site(
        r#"
--- site.toml
[[taxonomies]]
name = "categories"
--- content/a.md
+++
tags = ["lost"]
[taxonomies]
categoris = ["lost too"]
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the site has no taxonomy `tags`
 --> content/a.md:2:9
  |
2 | tags = ["lost"]
  |         ^^^^^^ these terms would be lost
  |
  = help: add `[[taxonomies]]` with `name = "tags"` to site.toml

error: the site has no taxonomy `categoris`
 --> content/a.md:4:14
  |
4 | categoris = ["lost too"]
  |              ^^^^^^^^^^ these terms would be lost
  |
  = help: did you mean `categories`?
  = help: or add `[[taxonomies]]` with `name = "categoris"` to site.toml

"#]]);
}

#[test]
fn a_taxonomy_without_terms_has_no_page() {
    site("--- content/a.md\n")
        .build()
        .expect_absent("tags/index.html");
}

#[test]
fn a_term_without_letters_still_has_an_address() {
    site(
        r#"
--- content/a.md
+++
tags = ["+++", "日本"]
+++
--- themes/default/templates/page.html
{% for term in page.taxonomies.tags %}<a href="{{ term.path }}">{{ term.name }}</a>
{% endfor %}
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "日本",
        str![[r#"<a href="/tags/ri-ben/">日本</a>"#]],
    )
    .expect_files(str![[r#"
a/index.html
tags/40059a8b7829/index.html
tags/index.html
tags/ri-ben/index.html
"#]]);
}

#[test]
fn a_taxonomy_has_a_name_that_can_be_a_key_and_an_address() {
    site(
        r#"
--- site.toml
[[taxonomies]]
name = "../secrets"
[[taxonomies]]
name = "topics"
[[taxonomies]]
name = "Topics"
[[taxonomies]]
name = "-"
--- content/a.md
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: a taxonomy cannot be called `../secrets`
 --> site.toml:2:8
  |
2 | name = "../secrets"
  |        ^^^^^^^^^^^^ a name is letters, digits, spaces, `-` and `_`

error: there are two taxonomies `Topics`
 --> site.toml:6:8
  |
6 | name = "Topics"
  |        ^^^^^^^^ the second one

error: a taxonomy cannot be called `-`
 --> site.toml:8:8
  |
8 | name = "-"
  |        ^^^ a name is letters, digits, spaces, `-` and `_`

"#]]);
}

#[test]
fn a_taxonomy_is_called_as_the_site_writes_it() {
    let built = site(
        r#"
--- site.toml
base_url = "https://example.com"
[[taxonomies]]
name = "AI topics"
[[taxonomies]]
name = "sizes"
--- content/a.md
+++
[taxonomies]
"AI topics" = ["Costs"]
sizes = ["Small"]
+++
"#,
    )
    .default_theme()
    .build();
    built.expect_lines("ai-topics/index.html", "<h1", str!["<h1>AI topics</h1>"]);
    built.expect_lines("sizes/index.html", "<h1", str!["<h1>Sizes</h1>"]);
}
