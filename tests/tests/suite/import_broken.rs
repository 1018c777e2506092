//! What an import does with pages whose front matter is broken: nothing is lost, nothing is published that might not have
//! been, and every slip is named with its place.

use snapbox::str;
use tallypress_tests::expect;

use crate::import::{Imported, hugo, jekyll, zola};

const TORN: &str = r#"
--- content/blog/quote.md
+++
title = "Forgotten
date = 2026-01-01
description = "What it is about"
+++
The quote.
--- content/blog/bare.md
+++
title = Bare words
tags = ["x", "y"
weight = 3
+++
Bare.
--- content/blog/day.md
+++
title = "A day"
date = 2026-13-01
+++
No such month.
--- content/blog/colons.md
+++
title: "Colons"
date: 2026-01-01
+++
The other format.
--- content/blog/open.md
+++
title = "Open"
date = 2026-01-01

It goes on.
--- content/blog/lost.md
+++
title = "Lost"
= 5
colour = #fff
+++
Kept.
--- content/blog/rule.md
---

Below a rule.
"#;

/// The pages of `TORN` in the new site.
fn torn(site: &Imported) -> String {
    let names = ["quote", "bare", "day", "colons", "open", "lost", "rule"];
    let pages = names.map(|name| {
        let page = site.read(&format!("content/blog/{name}.md"));
        format!(
            "-- {name}
{page}"
        )
    });
    pages.concat()
}

#[test]
fn broken_front_matter_of_zola_makes_drafts() {
    let site = zola(TORN);
    site.notes(str![[r#"
content/blog/bare.md:2:9: warning: this is not valid TOML: string values must be quoted, expected literal string; put the text in quotes: `title = "Bare words"`; the page is a draft with what could be read: look it over
content/blog/bare.md:3:1: warning: `tags` was left out: nothing here is set by it
content/blog/bare.md:4:1: warning: this is not valid TOML: missing comma between array elements, expected `,`; the page is a draft with what could be read: look it over
content/blog/colons.md:2:6: warning: this is not valid TOML: invalid unquoted key, expected letters, numbers, `-`, `_`; write `title = …`: TOML has `=` where YAML has `:`; the page is a draft with what could be read: look it over
content/blog/colons.md:3:7: warning: this is not valid TOML: key with no value, expected `=`; write `date = …`: TOML has `=` where YAML has `:`; the page is a draft with what could be read: look it over
content/blog/day.md:3:8: warning: this is no day of the calendar: a year has no month 13; the page is a draft without `date`: write it anew
content/blog/lost.md:3:1: warning: this is not valid TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`; the page is a draft without `colour`: write it anew
content/blog/lost.md:4:10: warning: this is not valid TOML: string values must be quoted, expected literal string; the page is a draft without `colour`: write it anew
content/blog/open.md:1:1: warning: front matter is never closed: its keys are taken from before the first empty line; the page is a draft with what could be read: look it over
content/blog/quote.md:2:19: warning: this is not valid TOML: invalid basic string, expected `"`; close the quote: `title = "Forgotten"`; the page is a draft with what could be read: look it over

"#]]);
    expect(
        &torn(&site),
        str![[r#"
-- quote
+++
title = "Forgotten"
description = "What it is about"
date = 2026-01-01
draft = true
+++
The quote.
-- bare
+++
title = "Bare words"
weight = 3
draft = true
+++
Bare.
-- day
+++
title = "A day"
draft = true
+++
No such month.
-- colons
+++
title = "Colons"
date = 2026-01-01
draft = true
+++
The other format.
-- open
+++
title = "Open"
date = 2026-01-01
draft = true
+++

It goes on.
-- lost
+++
title = "Lost"
draft = true
+++
Kept.
-- rule
+++
+++
---

Below a rule.

"#]],
    );
}

#[test]
fn broken_front_matter_of_hugo_makes_drafts() {
    let site = hugo(TORN);
    site.notes(str![[r#"
content/blog/bare.md:2:9: warning: this is not valid TOML: string values must be quoted, expected literal string; put the text in quotes: `title = "Bare words"`; the page is a draft with what could be read: look it over
content/blog/bare.md:4:1: warning: this is not valid TOML: missing comma between array elements, expected `,`; the page is a draft with what could be read: look it over
content/blog/colons.md:2:6: warning: this is not valid TOML: invalid unquoted key, expected letters, numbers, `-`, `_`; write `title = …`: TOML has `=` where YAML has `:`; the page is a draft with what could be read: look it over
content/blog/colons.md:3:7: warning: this is not valid TOML: key with no value, expected `=`; write `date = …`: TOML has `=` where YAML has `:`; the page is a draft with what could be read: look it over
content/blog/day.md:3:8: warning: this is no day of the calendar: a year has no month 13; the page is a draft without `date`: write it anew
content/blog/lost.md:3:1: warning: this is not valid TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`; the page is a draft without `colour`: write it anew
content/blog/lost.md:4:10: warning: this is not valid TOML: string values must be quoted, expected literal string; the page is a draft without `colour`: write it anew
content/blog/open.md:1:1: warning: front matter is never closed: its keys are taken from before the first empty line; the page is a draft with what could be read: look it over
content/blog/quote.md:2:19: warning: this is not valid TOML: invalid basic string, expected `"`; close the quote: `title = "Forgotten"`; the page is a draft with what could be read: look it over

"#]]);
    expect(
        &torn(&site),
        str![[r#"
-- quote
+++
title = "Forgotten"
draft = true
date = 2026-01-01
description = "What it is about"
+++
The quote.
-- bare
+++
title = "Bare words"
draft = true
weight = 3

[taxonomies]
tags = ["x", "y"]
+++
Bare.
-- day
+++
title = "A day"
draft = true
+++
No such month.
-- colons
+++
title = "Colons"
draft = true
date = 2026-01-01
+++
The other format.
-- open
+++
title = "Open"
draft = true
date = 2026-01-01
+++

It goes on.
-- lost
+++
title = "Lost"
draft = true
+++
Kept.
-- rule
+++
+++
---

Below a rule.

"#]],
    );
}

#[test]
fn a_page_whose_front_matter_cannot_be_read_is_not_published() {
    let site = jekyll(
        r#"
--- _config.yml
title: Notes
--- _posts/2020-01-01-torn.md
---
title: "Torn
draft: true
---
Not yet.
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_posts/2020-01-01-torn.md:2:8: warning: this is not valid YAML: invalid indentation in quoted scalar; close the quote: `title: "Torn"`; the page is a draft with what could be read: look it over

"#]]);
    site.file(
        "content/posts/2020-01-01-torn.md",
        str![[r#"
+++
title = "Torn"
draft = true
path = "/2020/01/01/torn.html"
+++
Not yet.

"#]],
    );
}

#[test]
fn of_broken_front_matter_what_can_be_read_stays() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS", "taxonomy"]
--- content/a.md
---
title: Rust: a tale
date: 2024-05-01
draft: false
author: [Somebody
tags:
  - one
---
A.
--- content/b.md
---
title: B: again
weight: 3
---
B.
"#,
    );
    site.notes(str![[r#"
content/a.md:2:12: warning: this is not valid YAML: mapping values are not allowed in this context; put the text in quotes: `title: "Rust: a tale"`; the page is a draft without `author`: write it anew
content/b.md:2:9: warning: this is not valid YAML: mapping values are not allowed in this context; put the text in quotes: `title: "B: again"`; the page is a draft with what could be read: look it over

"#]]);
    site.file(
        "content/a.md",
        str![[r#"
+++
title = "Rust: a tale"
draft = true
date = 2024-05-01

[extra]
tags = ["one"]
+++
A.

"#]],
    );
    site.file(
        "content/b.md",
        str![[r#"
+++
title = "B: again"
draft = true
weight = 3
+++
B.

"#]],
    );
}
