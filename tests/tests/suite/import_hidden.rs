//! Pages that their owners had hidden from search engines, or from everybody, stay hidden when a site is imported.

use snapbox::str;

use crate::import::{hugo, jekyll, zola};

#[test]
fn what_search_engines_were_to_leave_out_of_hugo_they_leave_out_still() {
    let site = hugo(
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
        let page = site.read(&format!("content/{page}.md"));
        page.contains("\nnoindex = true\n")
    };
    for page in ["flag", "theme", "robots", "unlisted"] {
        assert!(hides(page), "{page}");
    }
    assert!(!hides("listed"));
}

#[test]
fn what_was_in_no_sitemap_of_jekyll_is_in_none() {
    let site = jekyll(
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
    let page = site.read("content/thanks.md");
    assert!(page.contains("\nnoindex = true\n"), "{page}");
}

#[test]
fn a_page_of_zola_without_an_address_is_a_draft() {
    let site = zola(
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
    let page = site.read("content/note.md");
    assert!(page.contains("\ndraft = true\n"), "{page}");
    site.notes(str![[r#"
content/note.md: warning: a page that had no address is a draft now: it had `render = false`

"#]]);
}
