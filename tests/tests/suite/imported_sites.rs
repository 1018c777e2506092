//! What `tallypress import` does so that a site can be built at once: links that lead nowhere, pages where a
//! build puts lists, front matter that nobody can read.

use snapbox::str;

use crate::import::{hugo, jekyll, zola};

#[test]
fn links_that_lead_nowhere_do_not_keep_a_site_from_being_built() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
--- content/a.md
+++
title = "A"
+++
[gone](@/gone.md), [far](https://example.com/gone/) and ![no](no.png)
"#,
    );
    site.says(str![[r#"
1 page and 1 other file -> new: everything was carried

These lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:
content/a.md:4:8: warning: link to a page that does not exist: there is no `content/gone.md`
content/a.md:4:26: warning: link to a page that does not exist: no page has this address
content/a.md:4:63: warning: link to a file that does not exist: there is no `content/no.png`; a file in `static/` is named with a slash before it, like `/photo.jpg`
The new site can be built: tallypress serve --root new

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
base_url = "https://example.com"
taxonomies = []

[feed]
enabled = false

# Links and pictures that lead nowhere are warnings. Once they are mended, delete this.
[link_checker]
internal_level = "warn"

"##]],
    );
    site.addresses(str![[r#"
404.html
a/index.html
index.html
search/index.html

"#]]);
}

#[test]
fn pages_give_way_to_what_every_build_makes() {
    let site = hugo(
        r#"
--- hugo.toml
title = "Notes"
baseURL = "https://example.com/"
[[menus.main]]
name = "Search"
pageRef = "/search/"
--- content/search.md
---
title: Search
layout: search
menu: {main: {name: Find}}
---
--- content/tags/_index.md
---
title: All tags
---
We sort by tags.
--- content/posts/one.md
---
title: One
tags: [A]
---
[find](../search.md)
--- content/posts/two.md
---
title: Two
url: /posts/ONE/
---
Two.
--- static/404.html
x
"#,
    );
    site.notes(str![[r#"
content/posts/two.md: warning: the address changes to `/posts/ONE-2/`: another page is at `/posts/ONE/`, too
content/search.md: warning: this page was left out: every build makes a search at `/search/`
content/search.md:3:9: warning: `layout` was left out: templates of Hugo are not read here
content/tags/_index.md: warning: this page was left out: every build makes a list of terms at `/tags/`; its text is not on it: put it into a page with another address
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`
static/404.html: warning: this file was left out: every build makes one

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
base_url = "https://example.com/"
language = "en"

[[menu]]
name = "Find"
path = "/search/"

[[menu]]
name = "Search"
path = "/search/"

[[taxonomies]]
name = "tags"
feed = true

[[taxonomies]]
name = "categories"
feed = true

[markdown]
smart_punctuation = true

"##]],
    );
    site.file(
        "content/posts/one.md",
        str![[r#"
+++
title = "One"

[taxonomies]
tags = ["A"]
+++
[find](/search/)

"#]],
    );
    site.addresses(str![[r#"
404.html
index.html
posts/ONE-2/index.html
posts/index.html
posts/one/index.html
search/index.html
tags/a/index.html
tags/index.html

"#]]);
}

#[test]
fn what_would_stop_every_build_is_left_out_and_named() {
    let site = jekyll(
        r#"
--- _config.yml
title: Notes
url: example.com://x
--- _data/torn.yml
a: [1
--- _data/whole.yml
a: 1
--- _posts/2020-01-01-loops.md
---
title: "All about {{ page.title }} and {% for %}"
---
Text.
--- assets/about.md
---
title: About
---
Text.
--- index.html
<p>No front matter.</p>
"#,
    );
    site.notes(str![[r#"
warning: the site's address `example.com://x/` was left out: `example.com` is neither `https` nor `http`
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_data/torn.yml: warning: this data was left out: this is not valid YAML: while parsing a flow sequence, expected ',' or ']'
_posts/2020-01-01-loops.md: warning: the braces in `title` stand apart now: what looks like a shortcode cannot stand in front matter
assets/about.md: warning: the address changes to `/pages/assets/about/`: it was `/assets/about.html`: hosts let browsers keep everything below `/assets/` for ever; have your host redirect the old one
static/index.html: warning: this file was left out: every build makes one

"#]]);
    site.addresses(str![[r#"
2020/01/01/loops.html
404.html
index.html
pages/assets/about/index.html
posts/index.html
search/index.html

"#]]);
}

#[test]
fn a_page_for_the_search_gives_way_in_every_language() {
    let site = hugo(
        r#"
--- hugo.toml
title = "Notes"
baseURL = "https://example.com/"
defaultContentLanguage = "en"
[languages.en]
weight = 1
[languages.ro]
weight = 2
--- content/search.md
---
title: Search
---
--- content/search.ro.md
---
title: Caută
---
--- content/about.ro.md
---
title: Despre
---
Text
"#,
    );
    site.notes(str![[r#"
content/search.md: warning: this page was left out: every build makes a search at `/search/`
content/search.ro.md: warning: this page was left out: every build makes a search at `/ro/search/`
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`

"#]]);
    site.addresses(str![[r#"
404.html
index.html
ro/about/index.html
ro/index.html
ro/search/index.html
search/index.html

"#]]);
}

#[test]
fn links_in_drafts_are_counted_apart() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
--- content/a.md
+++
title = "A"
draft = true
+++
[gone](@/gone.md)
--- content/b.md
+++
title = "B"
+++
"#,
    );
    site.says(str![[r#"
2 pages and 1 other file -> new: everything was carried

1 more link in drafts or scheduled pages: `tallypress check --drafts --root new` shows them
The new site can be built: tallypress serve --root new

"#]]);
}

#[test]
fn links_of_a_site_in_a_folder_lead_where_they_led() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://acme.test/blog/"
disableKinds = ["RSS", "taxonomy"]
[[menus.main]]
name = "Privacy"
url = "/blog/privacy/"
--- content/privacy.md
---
title: Privacy
images: [/blog/img/a.png]
---
[home](/blog/), [itself](/blog/privacy/#top), [defined], ![p](/blog/img/a.png)

<a href="/blog/privacy/">in HTML</a>

[defined]: /blog/blog/
--- content/blog/_index.md
---
title: Blog
---
A section that is called as the folder of the site.
--- static/img/a.png
1
"#,
    );
    site.notes(str![[r#"
"#]]);
    site.file(
        "content/privacy.md",
        str![[r#"
+++
title = "Privacy"
images = ["/img/a.png"]
+++
[home](/), [itself](/privacy/#top), [defined], ![p](/img/a.png)

<a href="/blog/privacy/">in HTML</a>

[defined]: /blog/

"#]],
    );
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
base_url = "https://acme.test/blog/"
language = "en"
taxonomies = []

[[menu]]
name = "Privacy"
path = "/privacy/"

[feed]
enabled = false

[markdown]
smart_punctuation = true

"##]],
    );
    let site = jekyll(
        r#"
--- _config.yml
baseurl: /blog
--- about.md
---
title: About
permalink: /about/
---
[link](/blog/about/), [tag]({{ site.baseurl }}/about/)
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it

"#]]);
    site.file(
        "content/about.md",
        str![[r#"
+++
title = "About"
+++
[link](/about/), [tag](/about/)

"#]],
    );
}

#[test]
fn links_to_pages_that_are_not_published_are_listed() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS", "taxonomy"]
--- content/a.md
---
title: A
---
[later]({{< relref "b.md" >}})
--- content/b.md
---
title: B
draft: true
---
[back]({{< relref "a.md" >}})
"#,
    );
    site.says(str![[r#"
2 pages and 1 other file -> new: everything was carried

These lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:
content/a.md:4:9: warning: link to a page that does not exist: not published: it is a draft
The new site can be built: tallypress serve --root new

"#]]);
}

#[test]
fn what_is_so_on_many_pages_is_said_once_and_listed_in_a_file() {
    let page = |name: &str| {
        format!(
            "--- content/{name}.md\n+++\ntitle = \"{name}\"\ntemplate = \"wide.html\"\n+++\nText.\n"
        )
    };
    let pages: String = ["a", "b", "c", "d", "e"].map(page).concat();
    let site = zola(&format!("\n{pages}"));
    site.says(str![[r#"
content/a.md:3:1: warning: `template` was left out: templates of Zola are not read here; so it is with 4 more places
5 pages and 1 other file -> new: 1 thing to look at, in 5 places that new/import-report.txt lists
The new site can be built: tallypress serve --root new

"#]]);
    site.file(
        "import-report.txt",
        str![[r#"
content/a.md:3:1: warning: `template` was left out: templates of Zola are not read here
content/b.md:3:1: warning: `template` was left out: templates of Zola are not read here
content/c.md:3:1: warning: `template` was left out: templates of Zola are not read here
content/d.md:3:1: warning: `template` was left out: templates of Zola are not read here
content/e.md:3:1: warning: `template` was left out: templates of Zola are not read here

"#]],
    );
}
