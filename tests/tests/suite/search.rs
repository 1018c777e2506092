//! The search: which pages are in its index, and where it is.

use snapbox::str;
use tallypress_tests::{Built, Story, site};

/// A theme with a search that says what it is given.
fn library(more: &str) -> Story {
    site(&format!(
        "--- themes/default/templates/search.html
{{{{ lang }}}} {{{{ search.pages }}}} {{{{ config.search_path }}}}
--- content/blog/_index.md
+++
[cascade]
in_search_index = false
+++
--- content/blog/found.md
+++
in_search_index = true
+++
# Found
--- content/blog/hidden.md
# Hidden
--- content/about.md
# About
{more}"
    ))
}

/// The titles in the index.
fn titles(built: &Built) -> Vec<String> {
    let pages = built.text("assets/search/pages.*.json");
    let pages: Vec<[String; 4]> = serde_json::from_str(pages).unwrap();
    pages.into_iter().map(|[title, ..]| title).collect()
}

#[test]
fn pages_are_found_unless_they_or_their_section_say_otherwise() {
    let built = library("").build();
    assert_eq!(titles(&built), ["About", "Found"]);
    built.expect_file(
        "search/index.html",
        str![[r#"
en 2 /search/

"#]],
    );
}

#[test]
fn every_language_has_a_search_of_its_own() {
    library(
        "--- content/about.fr.md
# À propos
--- site.toml
[languages.fr]
",
    )
    .build()
    .expect_file(
        "search/index.html",
        str![[r#"
en 2 /search/

"#]],
    )
    .expect_file(
        "fr/search/index.html",
        str![[r#"
fr 1 /fr/search/

"#]],
    );
}

#[test]
fn a_site_or_a_theme_can_do_without() {
    library("--- site.toml\nsearch = false\n")
        .build()
        .expect_absent("search/index.html");
    site("--- content/about.md\n# About\n")
        .build()
        .expect_absent("search/index.html");
}

#[test]
fn an_edit_changes_the_files_of_its_words_alone() {
    let words: String = (0..40_000).map(|number| format!("w{number} ")).collect();
    let files = |text: &str| -> Vec<String> {
        let built = library(&format!("--- content/words.md\n{words}\n"))
            .file(
                "content/about.md",
                format!("# About\n\n{text}\n").as_bytes(),
            )
            .build();
        built.expect_success();
        let index: serde_json::Value =
            serde_json::from_str(built.text("assets/search/index.*.json")).unwrap();
        let shards = index["shards"].as_array().unwrap();
        shards.iter().map(|shard| shard[1].to_string()).collect()
    };
    let (before, after) = (files("Before."), files("After."));
    let kept = before.iter().filter(|shard| after.contains(shard)).count();
    assert!(before.len() > 15, "{} shards", before.len());
    assert!(kept + 4 >= before.len(), "{kept} of {}", before.len());
}
