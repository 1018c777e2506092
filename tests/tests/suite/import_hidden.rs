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

#[test]
fn pages_that_hugo_only_includes_have_no_address() {
    let site = hugo(
        r#"
--- content/_common/_index.md
---
cascade:
  build: {list: never, render: never}
---
--- content/_common/rule.md
---
title: A rule
---
Be kind.
--- content/a.md
---
title: A
---
{{% include "/_common/rule.md" %}}
--- content/b.md
---
title: B
build: {render: link}
---
Nobody finds this.
--- content/c.md
---
title: C
build: {list: never}
params:
  author: Ada
---
Found by who knows of it.
--- content/news/_content.gotmpl
{{ $.AddPage (dict "path" "x") }}
"#,
    );
    site.notes(str![[r#"
content/c.md:3:8: warning: `build` was left out: a page that has an address is in the lists, too
content/news/_content.gotmpl: warning: the pages that this template makes were left out: a page is a file here: write those that readers should find

"#]]);
    site.published(str![[r#"
404.html
a/index.html
c/index.html
index.html
search/index.html

"#]]);
    site.front(
        "c.md",
        str![[r#"
title = "C"
authors = ["Ada"]

"#]],
    );
}

#[test]
fn sections_that_zola_passes_over_stand_in_no_list() {
    let site = zola(
        r#"
--- content/blog/_index.md
+++
title = "Blog"
sort_by = "date"
+++
--- content/blog/2023/_index.md
+++
transparent = true
render = false
+++
--- content/blog/2023/a.md
+++
title = "A"
date = 2023-01-02
[extra]
author = "Ada"
+++
Text.
--- content/parts/_index.md
+++
title = "Parts"
render = false
+++
--- content/parts/b.md
+++
title = "B"
+++
Text.
"#,
    );
    site.notes(str![[r#"
content/parts/_index.md: warning: a section that had no page is a draft now: it had `render = false`

"#]]);
    site.published(str![[r#"
404.html
blog/2023/a/index.html
blog/index.html
index.html
parts/b/index.html
search/index.html

"#]]);
    site.front(
        "blog/2023/a.md",
        str![[r#"
title = "A"
date = 2023-01-02
authors = ["Ada"]

"#]],
    );
}
