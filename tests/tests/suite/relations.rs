//! How pages relate: neighbours in time, and pages about the same things.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn neighbours_are_the_next_dates_in_the_same_section() {
    let built = site(r#"
--- content/blog/_index.md
--- content/blog/2026-01-01-a.md
--- content/blog/2026-02-01-b.md
--- content/blog/2026-03-01-c.md
--- content/blog/undated.md
--- content/2026-02-15-elsewhere.md
--- themes/default/templates/page.html
{% if page.lower %}{{ page.lower.title }}{% endif %} < {{ page.title }} < {% if page.higher %}{{ page.higher.title }}{% endif %}
"#)
    .build();
    built
        .expect_file(
            "blog/a/index.html",
            str![[r#"
 < A < B

"#]],
        )
        .expect_file(
            "blog/b/index.html",
            str![[r#"
A < B < C

"#]],
        )
        .expect_file(
            "blog/c/index.html",
            str![[r#"
B < C < 

"#]],
        )
        .expect_file(
            "blog/undated/index.html",
            str![[r#"
 < Undated < 

"#]],
        );
}

/// Pages with common tags; `rare` counts more than `common`.
const TAGGED: &str = r#"
--- content/2026-01-01-a.md
+++
tags = ["common", "rare"]
+++
--- content/2026-01-02-b.md
+++
tags = ["common"]
+++
--- content/2026-01-03-c.md
+++
tags = ["common"]
+++
--- content/2026-01-04-d.md
+++
tags = ["common", "rare"]
+++
--- content/2026-01-05-e.md
--- themes/default/templates/page.html
{% for page in page.related %}{{ page.title }} {% endfor %}
"#;

#[test]
fn related_pages_share_the_most_terms_newest_first() {
    site(TAGGED)
        .build()
        .expect_file(
            "a/index.html",
            str![[r#"
D C B 

"#]],
        )
        .expect_file(
            "e/index.html",
            str![[r#"


"#]],
        );
}

#[test]
fn pages_that_the_author_pins_come_first() {
    site(&format!(
        r#"{TAGGED}
--- content/2026-01-06-f.md
+++
tags = ["rare"]
related = ["@/2026-01-05-e.md", "@/2026-01-01-a.md", "@/2026-01-05-e.md"]
+++
"#
    ))
    .build()
    .expect_file(
        "f/index.html",
        str![[r#"
E A D 


"#]],
    );
}

#[test]
fn a_pin_must_be_a_published_page() {
    site(
        r#"
--- content/a.md
+++
related = ["@/b.md", "b.md", "@/_index.md", "@/missing.md"]
+++
--- content/b.md
+++
draft = true
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:2:12
  |
2 | related = ["@/b.md", "b.md", "@/_index.md", "@/missing.md"]
  |            ^^^^^^^^ not published: it is a draft

error: `related` names pages by their source file
 --> content/a.md:2:22
  |
2 | related = ["@/b.md", "b.md", "@/_index.md", "@/missing.md"]
  |                      ^^^^^^ this must start with `@/`, like `@/blog/post.md`

error: `related` names pages, and this is a section
 --> content/a.md:2:30
  |
2 | related = ["@/b.md", "b.md", "@/_index.md", "@/missing.md"]
  |                              ^^^^^^^^^^^^^

error: link to a page that does not exist
 --> content/a.md:2:45
  |
2 | related = ["@/b.md", "b.md", "@/_index.md", "@/missing.md"]
  |                                             ^^^^^^^^^^^^^^ there is no `content/missing.md`

"#]]);
}

/// Articles without tags, of which some have words in common.
const UNTAGGED: &str = r#"
--- content/2026-01-01-a.md
# Handing over a context pack
--- content/2026-01-02-b.md
# Elsewhere
## Why a context pack helps
--- content/2026-01-03-c.md
# Context
--- content/2026-01-04-d.md
# Budgets
--- content/2026-01-05-e.md
# Something else
--- content/2026-01-06-f.md
# Holidays
--- themes/default/templates/page.html
{% for page in page.related %}{{ page.title }}; {% endfor %}
"#;

#[test]
fn words_of_titles_and_headings_relate_pages_too() {
    site(UNTAGGED)
        .build()
        .expect_file(
            "a/index.html",
            str![[r#"
Elsewhere; 

"#]],
        )
        .expect_file(
            "d/index.html",
            str![[r#"


"#]],
        );
}

#[test]
fn a_word_that_every_third_page_has_relates_nothing() {
    let everywhere = UNTAGGED.replace("# ", "# Context ");
    site(&everywhere)
        .build()
        .expect_file(
            "d/index.html",
            str![[r#"


"#]],
        )
        .expect_file(
            "c/index.html",
            str![[r#"


"#]],
        );
}
