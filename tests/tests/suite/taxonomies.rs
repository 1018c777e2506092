//! Terms such as tags: lists of pages, over several list pages, with feeds of their own.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_tag_lists_its_pages_newest_first() {
    site(r#"
--- content/2026-01-01-a.md
+++
tags = ["Rust", "Money"]
+++
--- content/2026-02-01-b.md
+++
[taxonomies]
tags = ["Rust"]
+++
"#)
    .build()
    .expect_files(str![])
    .expect_file("tags/index.html", str![])
    .expect_file("tags/rust/index.html", str![]);
}

#[test]
fn spellings_of_a_term_are_one_term_and_a_page_names_it_once() {
    site(r#"
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
"#)
    .build()
    .expect_file("tags/index.html", str![])
    .expect_file("b/index.html", str![]);
}

#[test]
fn different_terms_never_share_an_address() {
    site(r#"
--- content/a.md
+++
tags = ["C", "C++", "C#"]
+++
"#)
    .build()
    .expect_errors(str![]);
}

#[test]
fn a_term_may_be_paged_and_have_a_feed() {
    site(r#"
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
"#)
    .build()
    .expect_files(str![])
    .expect_lines("series/basics/page/2/index.html", "href", str![])
    .expect_lines("series/basics/atom.xml", "<title>", str![]);
}

#[test]
fn terms_of_a_taxonomy_that_the_site_does_not_have_are_an_error() {
    site(r#"
--- site.toml
[[taxonomies]]
name = "categories"
--- content/a.md
+++
tags = ["lost"]
[taxonomies]
categoris = ["lost too"]
+++
"#)
    .build()
    .expect_errors(str![]);
}

#[test]
fn a_taxonomy_without_terms_has_no_page() {
    site("--- content/a.md\n")
        .build()
        .expect_absent("tags/index.html");
}

#[test]
fn a_term_without_letters_still_has_an_address() {
    site(r#"
--- content/a.md
+++
tags = ["+++", "日本"]
+++
--- themes/default/templates/page.html
{% for term in page.taxonomies.tags %}<a href="{{ term.path }}">{{ term.name }}</a>
{% endfor %}
"#)
    .build()
    .expect_lines("a/index.html", "日本", str![])
    .expect_files(str![]);
}
