//! Which pages are published, and when.

use snapbox::str;
use tallypress_tests::site;

const UNFINISHED: &str = r#"
--- content/finished.md
# Finished
--- content/unfinished.md
+++
draft = true
+++
"#;

const TIMED: &str = r#"
--- content/2026-07-01-next-month.md
--- content/from-july.md
+++
date = 2026-01-01
publishDate = 2026-07-01T09:00:00+02:00
+++
--- content/until-july.md
+++
expiryDate = 2026-07-01
+++
"#;

#[test]
fn a_draft_is_not_published() {
    site(UNFINISHED)
        .build()
        .expect_files(str!["finished/index.html"]);
}

#[test]
fn a_draft_is_published_when_drafts_are_wanted() {
    site(UNFINISHED).drafts().build().expect_files(str![[r#"
finished/index.html
unfinished/index.html
"#]]);
}

#[test]
fn a_page_appears_on_its_date_and_leaves_on_its_expiry_date() {
    site(TIMED)
        .now("2026-06-30T23:59:59Z")
        .build()
        .expect_files(str!["until-july/index.html"]);
    site(TIMED)
        .now("2026-07-01")
        .build()
        .expect_files(str!["next-month/index.html"]);
    site(TIMED)
        .now("2026-07-01T07:00:00Z")
        .build()
        .expect_files(str![[r#"
from-july/index.html
next-month/index.html
"#]]);
}

#[test]
fn with_drafts_the_future_and_the_past_are_shown_too() {
    site(TIMED).drafts().build().expect_files(str![[r#"
from-july/index.html
next-month/index.html
until-july/index.html
"#]]);
}

#[test]
fn what_is_not_published_is_nowhere_on_the_site() {
    let built = site(
        r#"
--- content/finished.md
+++
tags = ["open"]
+++
--- content/2026-05-01-secret.md
+++
title = "Top secret"
draft = true
tags = ["hidden"]
aliases = ["/s/"]
+++
The secret.
"#,
    )
    .default_theme()
    .build();
    built
        .expect_absent("s/index.html")
        .expect_absent("tags/hidden/index.html");
    for file in [
        "index.html",
        "atom.xml",
        "sitemap.xml",
        "tags/index.html",
        "404.html",
    ] {
        assert!(
            !built.text(file).to_lowercase().contains("secret"),
            "{file} gives it away"
        );
    }
}

#[test]
fn a_withheld_section_leaves_its_pages_to_the_section_around_it() {
    site(
        r#"
--- content/blog/_index.md
+++
draft = true
+++
--- content/blog/post.md
"#,
    )
    .build()
    .expect_files(str!["blog/post/index.html"])
    .expect_lines(
        "index.html",
        "href",
        str![[r#"<a href="/blog/post/">Post</a>"#]],
    );
}

#[test]
fn the_files_beside_a_draft_wait_with_it() {
    site(
        r#"
--- content/a/index.md
+++
draft = true
+++
--- content/a/secret.png
x
--- content/b.md
# B
"#,
    )
    .build()
    .expect_files(str!["b/index.html"]);
}

#[test]
fn a_page_that_would_end_before_it_begins_is_an_error() {
    site(
        r#"
--- content/a.md
+++
publishDate = 2026-07-01
expiryDate = 2026-06-01
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: this page would never be published
 --> content/a.md:3:14
  |
3 | expiryDate = 2026-06-01
  |              ^^^^^^^^^^ it ends before `publishDate`

"#]]);
}
