//! What a page is called: where its title comes from, and what is said of one that would not do.

use snapbox::str;
use tallypress_tests::site;

use crate::program::Folder;

/// A site that says where it is, and one file more.
fn with(path: &str, text: &str) -> Folder {
    Folder::of(
        &site(&format!(
            "--- site.toml\ntitle = \"Notes of a small company\"\nbase_url = \"http://localhost/\"
--- content/_index.md\n+++\ntitle = \"Home\"\n+++\n[a](@/{path})\n--- content/{path}\n{text}"
        ))
        .default_theme(),
    )
}

#[test]
fn a_title_is_the_first_of_front_matter_heading_and_file_name() {
    site(
        r#"
--- content/front.md
+++
title = "From front matter"
+++
# A heading
--- content/heading.md
# From a heading

Text.
--- content/first-steps.md
Text.

## Later
--- themes/default/templates/page.html
{{ page.title }}
"#,
    )
    .build()
    .expect_file(
        "front/index.html",
        str![[r#"
From front matter

"#]],
    )
    .expect_file(
        "heading/index.html",
        str![[r#"
From a heading

"#]],
    )
    .expect_file(
        "first-steps/index.html",
        str![[r#"
First steps

"#]],
    );
}

#[test]
fn an_empty_title_is_an_error() {
    site(
        r#"
--- content/a.md
+++
title = ""
+++
--- content/b.md
---
title: "  "
---
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the title is empty
 --> content/a.md:2:9
  |
2 | title = ""
  |         ^^ lists, feeds and search results would show nothing
  |
  = help: write one, or delete this line and begin the text with `# …`

error: the title is empty
 --> content/b.md:2:8
  |
2 | title: "  "
  |        ^^^^ lists, feeds and search results would show nothing
  |
  = help: write one, or delete this line and begin the text with `# …`

"#]]);
}

#[test]
fn a_page_that_says_nowhere_what_it_is_called_is_named() {
    let described = "+++\ndescription = \"What it is about.\"\n+++\n";
    with("notes.md", &format!("{described}Text.\n\n## A part\n"))
        .run("check --now 2026-06-15")
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: this page has no title
--> content/notes.md
 = note: published as `Notes`, after its file
 = help: begin its text with `# …`, or give it a `title`

"#]]);
    with("notes.md", "")
        .run("check --now 2026-06-15")
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: this page has no description
--> content/notes.md
 = note: lists, search engines and shared links show it below the title
 = help: add `description = "…"` to its front matter: a sentence or two

warning: this page is empty
--> content/notes.md
 = note: published as `Notes`, after its file
 = help: begin its text with `# …`, or give it a `title`
 = help: a file that is no page has a name that begins with `_`

"#]]);
}

#[test]
fn a_title_is_measured_as_a_theme_writes_it() {
    let title = "How much a small company saves when a machine reads";
    let folder = with(
        "a.md",
        &format!("+++\ntitle = \"{title}\"\ndescription = \"D\"\n+++\n"),
    );
    folder.write(
        "themes/default/templates/page.html",
        "<title>{{ page.title }} — {{ config.title }}</title>",
    );
    folder
        .run("check --now 2026-06-15")
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: this title is too long for search results
 --> content/a.md:2:10
  |
2 | title = "How much a small company saves when a machine reads"
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 78 letters with the theme's ` — Notes of a small company`, of which about 70 are shown

"#]]);
}

#[test]
fn the_name_of_the_site_stands_behind_a_title_where_both_are_shown() {
    site(
        r#"
--- site.toml
title = "Notes of a small company"
--- content/short.md
# How much a small company saves
--- content/long.md
# How much a small company saves when a machine reads
"#,
    )
    .default_theme()
    .build()
    .expect_lines(
        "short/index.html",
        "<title>",
        str!["<title>How much a small company saves · Notes of a small company</title>"],
    )
    .expect_lines(
        "long/index.html",
        "<title>",
        str!["<title>How much a small company saves when a machine reads</title>"],
    );
}
