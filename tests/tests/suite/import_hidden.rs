//! Pages that their owners had hidden from search engines, or from everybody, stay hidden when a site is imported.

use crate::import::imported;

#[test]
fn what_search_engines_were_to_leave_out_of_hugo_they_leave_out_still() {
    let (folder, _) = imported(
        "hugo",
        r#"
--- hugo.toml
baseURL = "https://example.org/"
title = "Notes"
--- content/flag.md
---
title: A flag
noindex: true
---
Text.
--- content/theme.md
---
title: A theme's flag
robotsNoIndex: true
---
Text.
--- content/robots.md
---
title: For robots
robots: "noindex, nofollow"
---
Text.
--- content/unlisted.md
---
title: In no sitemap
sitemap: {disable: true}
---
Text.
--- content/listed.md
---
title: In the sitemap
sitemap: {priority: 0.5}
noindex: false
---
Text.
"#,
    );
    let hides = |page: &str| {
        let page = folder.read(&format!("new/content/{page}.md"));
        page.contains("\nnoindex = true\n")
    };
    for page in ["flag", "theme", "robots", "unlisted"] {
        assert!(hides(page), "{page}");
    }
    assert!(!hides("listed"));
}

#[test]
fn what_was_in_no_sitemap_of_jekyll_is_in_none() {
    let (folder, _) = imported(
        "jekyll",
        r#"
--- _config.yml
title: Notes
url: https://example.org
--- thanks.md
---
title: Thanks
sitemap: false
---
Text.
"#,
    );
    let page = folder.read("new/content/thanks.md");
    assert!(page.contains("\nnoindex = true\n"), "{page}");
}

#[test]
fn a_page_of_zola_without_an_address_is_a_draft() {
    let (folder, said) = imported(
        "zola",
        r#"
--- config.toml
base_url = "https://example.org"
--- content/note.md
+++
title = "A note"
render = false
+++
Text.
"#,
    );
    let page = folder.read("new/content/note.md");
    assert!(page.contains("\ndraft = true\n"), "{page}");
    let line = "content/note.md: warning: a page that had no address is a draft now";
    assert!(said.contains(line), "{said}");
}
