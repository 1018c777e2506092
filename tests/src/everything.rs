//! One small site for those who judge pages: with something on it for every template of the themes, and for everything
//! that Markdown and shortcodes make.

/// As [`site`](crate::site) reads it.
pub const EVERYTHING: &str = r##"
--- site.toml
title = "Everything"
base_url = "https://example.com"
[variables]
logo = "/logo.svg"
imprint = "Nobody"
footer = [{ name = "Home", path = "/" }]
[archive]
[contact]
endpoint = "https://forms.example.com/"
[share_image]
[[taxonomies]]
name = "tags"
paginate_by = 1
feed = true
[[taxonomies]]
name = "series"
series = true
[markdown]
math = true
heading_links = true
[languages.fr]
name = "Français"
--- static/logo.svg
<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"></svg>
--- content/authors/ada.toml
name = "Ada"
description = "Writes"
url = "https://ada.example/"
--- content/_index.md
# Everything
--- content/blog/_index.md
+++
paginate_by = 1
+++
# Blog

What stands above the list.
--- content/blog/2026-01-01-one.md
+++
authors = ["Ada"]
description = "The first & only"
[taxonomies]
tags = ["Salt & pepper"]
series = ["Parts"]
+++
# One

> [!WARNING]
> Look out.

| a | b |
|---|--:|
| 1 | 2 |

- [x] done
- [ ] to do

Term
: meant

A note[^1], a formula $a^2$, and

$$\sum_{i=1}^n i$$

```rust,linenos,hl_lines=1,name=main.rs
fn main() {}
```

{% faq() %}
## Why?

Because.
{% end %}

{% figure(caption="Nothing to see", wide=true) %}
![A mark](/logo.svg)
{% end %}

{{ video(src="/clip.mp4", caption="Nothing to hear", width=1280, height=720) }}

{% note(kind="tip", title="Listen") %}
To this.
{% end %}

{% button() %}
[Go](@/blog/_index.md)
{% end %}

## Two

### Three

[^1]: At the end.
--- static/clip.mp4
no more than a name
--- content/blog/2026-01-01-one.fr.md
# Un
--- content/blog/2026-02-01-two.md
+++
[taxonomies]
tags = ["Salt & pepper"]
series = ["Parts"]
+++
# Two

See [one](@/blog/2026-01-01-one.md).
"##;
