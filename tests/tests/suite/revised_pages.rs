//! A page whose text changes is shown before everything is built again, as a build would make it. Every story
//! checks that it comes out the same; here is when it is left to a build.

use tallypress_tests::site;

const SITE: &str = "
--- content/_index.md
Welcome.
--- content/a.md
+++
title = \"The first\"
+++

See [the other](b.md).
--- content/b.md
+++
title = \"The other\"
+++

A text.
";

/// The page of `content/a.md` with another text behind its front matter, if it can be made at once.
fn revised(text: &str) -> Option<String> {
    site(SITE).revised("content/a.md", text)
}

#[test]
fn another_text_is_shown_at_once() {
    let page = revised("+++\ntitle = \"The first\"\n+++\n\nSee *more* of [the other](b.md).\n");
    let page = page.expect("a page");
    assert!(
        page.contains("<p>See <em>more</em> of <a href=\"/b/\">the other</a>.</p>"),
        "{page}"
    );
}

#[test]
fn another_title_stands_in_lists_too_and_waits_for_a_build() {
    assert_eq!(revised("+++\ntitle = \"The best\"\n+++\n\nText.\n"), None);
}

#[test]
fn a_title_in_the_text_is_a_title() {
    let story = site("\n--- content/_index.md\nWelcome.\n--- content/a.md\n# First\n\nText.\n");
    assert!(
        story
            .revised("content/a.md", "# First\n\nMore text.\n")
            .is_some()
    );
    assert_eq!(story.revised("content/a.md", "# Second\n\nText.\n"), None);
}

#[test]
fn a_draft_leaves_by_a_build() {
    let draft = "+++\ntitle = \"The first\"\ndraft = true\n+++\n\nText.\n";
    assert_eq!(revised(draft), None);
}

#[test]
fn mistakes_are_for_a_build_to_report() {
    let head = "+++\ntitle = \"The first\"\n+++\n\n";
    for mistake in [
        "See [nobody](c.md).",
        "See [nobody](/c/).",
        "See [nothing](#nothing).",
        "{{ nothing() }}",
        "{% quote %} never ends",
        "![A picture](chart.png)",
    ] {
        assert_eq!(revised(&format!("{head}{mistake}\n")), None, "{mistake}");
    }
}

#[test]
fn what_is_no_page_waits_for_a_build() {
    let story = site(SITE);
    assert_eq!(story.revised("content/_index.md", "Welcome back.\n"), None);
    assert_eq!(story.revised("content/new.md", "A new page.\n"), None);
}
