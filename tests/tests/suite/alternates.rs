//! Pages as Markdown, and `llms.txt`, for programs that read texts.

use snapbox::str;
use tallypress_tests::site;

const SITE: &str = r#"
--- site.toml
title = "Tea"
description = "About leaves."
base_url = "https://example.com/docs/"
markdown_alternates = true
llms_txt = true
--- content/blog/_index.md
# Articles
--- content/blog/2026-05-01-a/index.md
+++
title = "One: \"two\""
description = "In short."
tags = ["x"]
+++
It takes {{ estimate(model="small", approach="alone", show="weeks.p50") }} weeks; see [b](@/blog/b.md#why),
[here](#part), [reference][there] and [elsewhere](https://example.org/).

[there]: @/blog/b.md

![A leaf](leaf.png)

{{ calculator(model="small") }}

{% note() %}Mind the [gap](@/blog/b.md).{% end %}

{{ include(path="@/_shared.md") }}

```html
<a href="/kept">`{{/* as */}}` it is</a>
```

## Part
--- content/blog/2026-05-01-a/leaf.png
--- content/blog/b.md
# Its own heading

Text.

## Why
--- content/blog/hidden.md
+++
noindex = true
+++
--- content/_shared.md
Shared [text](@/blog/b.md).
"#;

fn built() -> tallypress_tests::Built {
    site(SITE)
        .file(
            "content/estimates/small.toml",
            include_bytes!("small-model.toml"),
        )
        .default_theme()
        .build()
}

#[test]
fn a_page_lies_beside_itself_as_its_author_wrote_it() {
    built().expect_file("blog/a/index.md", str![[r#"
---
title: "One: \"two\""
description: "In short."
date: "2026-05-01"
canonical: "https://example.com/docs/blog/a/"
---

# One: "two"

It takes 2.0 weeks; see [b](https://example.com/docs/blog/b/#why),
[here](https://example.com/docs/blog/a/#part), [reference][there] and [elsewhere](https://example.org/).

[there]: https://example.com/docs/blog/b/

![A leaf](https://example.com/docs/assets/images/leaf-8.[HASH].webp)

[Open the calculator in the article](https://example.com/docs/blog/a/#small)

<blockquote class="alert alert-note">
<p class="alert-title">Note</p>
<p>Mind the <a href="https://example.com/docs/blog/b/">gap</a>.</p>

</blockquote>

<p>Shared <a href="https://example.com/docs/blog/b/">text</a>.</p>

```html
<a href="/kept">`{{/* as */}}` it is</a>
```

## Part

"#]]);
}

#[test]
fn a_heading_that_is_the_title_is_not_repeated() {
    built().expect_file(
        "blog/b/index.md",
        str![[r#"
---
title: "Its own heading"
canonical: "https://example.com/docs/blog/b/"
---

# Its own heading

Text.

## Why

"#]],
    );
}

#[test]
fn pages_name_their_text_and_those_that_hide_have_none() {
    let built = built();
    built
        .expect_lines(
            "blog/a/index.html",
            "text/markdown",
            str![[r#"<link rel="alternate" type="text/markdown" href="/docs/blog/a/index.md">"#]],
        )
        .expect_absent("blog/hidden/index.md")
        .expect_absent("blog/index.md");
    assert!(
        !built
            .text("blog/hidden/index.html")
            .contains("text/markdown")
    );
}

#[test]
fn a_list_of_all_pages_is_there_for_programs() {
    built().expect_file(
        "llms.txt",
        str![[r##"
# Tea

> About leaves.

## Articles

- [One: "two"](https://example.com/docs/blog/a/index.md): In short.
- [Its own heading](https://example.com/docs/blog/b/index.md)

"##]],
    );
    // Without their texts it names the pages.
    site("--- site.toml\ntitle = \"Tea\"\nllms_txt = true\n--- content/a.md\n")
        .build()
        .expect_file(
            "llms.txt",
            str![[r#"
# Tea

- [A](http://localhost/a/)

"#]],
        )
        .expect_absent("a/index.md");
}

#[test]
fn nobody_gets_what_they_did_not_ask_for() {
    site("--- content/a.md\n")
        .build()
        .expect_absent("a/index.md")
        .expect_absent("llms.txt");
}

#[test]
fn a_preview_has_neither() {
    site("--- site.toml\nllms_txt = true\nmarkdown_alternates = true\n--- content/a.md\n")
        .preview()
        .build()
        .expect_absent("a/index.md")
        .expect_absent("llms.txt");
}
