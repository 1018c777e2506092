//! Published pages run under a strict Content-Security-Policy. That no page holds inline script
//! or style is checked on every story; here is what the default theme says.

use snapbox::str;
use tallypress_tests::{Built, expect, site};

/// One page of every kind.
fn every_kind() -> Built {
    site(
        r#"
--- site.toml
title = "A site"
[[menu]]
name = "About"
path = "@/about.md"
--- content/_index.md
Welcome.
--- content/about.md
--- content/blog/_index.md
+++
paginate_by = 1
+++
--- content/blog/2026-01-01-a.md
+++
tags = ["x"]
aliases = ["/old/"]
+++
A footnote[^1], a [link](#two).

| a | b |
|--:|:--|
| 1 | 2 |

> [!TIP]
> Do.

- [x] done

## Two

```rust
fn main() {}
```

[^1]: Note.
--- content/blog/2026-01-02-b.md
"#,
    )
    .default_theme()
    .base_url("https://example.com")
    .build()
}

/// The contents of the `meta` elements that hold a policy.
fn policies(html: &str) -> Vec<&str> {
    html.split("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .collect()
}

#[test]
fn every_page_has_the_policy() {
    let built = every_kind();
    for (path, html) in built.pages() {
        assert_eq!(policies(html).len(), 1, "`{path}` has not one policy");
    }
}

#[test]
fn a_page_without_a_calculator_may_run_no_webassembly() {
    let built = every_kind();
    let policy = policies(built.text("blog/a/index.html"))[0].replace("&#x27;", "'");
    expect(
        &policy.replace("; ", ";\n"),
        str![[r#"
default-src &#39;none&#39;;
script-src &#39;self&#39;;
style-src &#39;self&#39;;
img-src &#39;self&#39;;
font-src &#39;self&#39;;
media-src &#39;self&#39;;
connect-src &#39;self&#39;;
manifest-src &#39;self&#39;;
form-action &#39;self&#39;;
base-uri &#39;none&#39;;
require-trusted-types-for &#39;script&#39;
"#]],
    );
}

#[test]
fn absolute_addresses_stand_only_where_they_must() {
    let built = every_kind();
    for (path, html) in built.pages() {
        for (number, line) in html.lines().enumerate() {
            let allowed = ["rel=\"canonical\"", "property=\"og:", "application/ld+json"];
            let absolute = line.contains("https://example.com");
            assert!(
                !absolute || allowed.iter().any(|mark| line.contains(mark)),
                "`{path}`:{}: {line}",
                number + 1
            );
        }
    }
}

#[test]
fn an_author_s_text_is_never_markup_by_accident() {
    site(
        r#"
--- site.toml
title = "<script>alert(1)</script>"
--- content/2026-01-01-a.md
+++
title = "\"><script>alert(1)</script>"
description = "\" onload=\"alert(1)"
tags = ["<script>alert(1)</script>"]
authors = ["<script>alert(1)</script>"]
+++
## `<script>`

![" onerror="alert(1)](/a.png "\" onerror=\"alert(1)")
--- static/a.png
"#,
    )
    .default_theme()
    .build()
    .expect_success();
}

#[test]
fn html_that_the_policy_blocks_is_refused_where_it_is() {
    site(
        r#"
--- content/a.md
<p style="color: red" onclick="x()">a</p>

Text <script>alert(1)</script> and ![b](https://elsewhere.example/b.png)

<iframe src="https://elsewhere.example/"></iframe>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: readers would not get this
 --> content/a.md:1:11
  |
1 | <p style="color: red" onclick="x()">a</p>
  |           ^^^^^^^^^^ a style of its own
  |
  = help: give it a class, and style that in the theme's `style.css`

error: readers would not get this
 --> content/a.md:1:32
  |
1 | <p style="color: red" onclick="x()">a</p>
  |                                ^^^ a script of its own
  |
  = help: put the script into a file in `static/`, and write `<script src="/file.js"></script>`

error: readers would not get this
 --> content/a.md:3:6
  |
3 | Text <script>alert(1)</script> and ![b](https://elsewhere.example/b.png)
  |      ^^^^^^^ a script of its own
  |
  = help: put the script into a file in `static/`, and write `<script src="/file.js"></script>`

error: readers would not get this
 --> content/a.md:3:41
  |
3 | Text <script>alert(1)</script> and ![b](https://elsewhere.example/b.png)
  |                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a picture from another site
  |
  = help: put the picture beside the page: pages load nothing from elsewhere

error: readers would not get this
 --> content/a.md:5:1
  |
5 | <iframe src="https://elsewhere.example/"></iframe>
  | ^^^^^^^ a page inside the page
  |
  = help: link to it: pages load nothing from elsewhere

"#]]);
}

#[test]
fn html_in_a_comment_is_nobody_s_concern() {
    site(
        r#"
--- content/a.md
<!--
<iframe src="https://elsewhere.example/"></iframe>
-->

Text <!-- <b style="c"> --> goes on.
"#,
    )
    .build()
    .expect_success();
}
