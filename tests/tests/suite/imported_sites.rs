//! `tallypress import` on what sites in the wild hold: folders for languages, settings in pieces, links
//! that lead nowhere, pages where a build puts lists, front matter that nobody can read.

use snapbox::str;
use tallypress_tests::expect;

use crate::import::{addresses, imported};

#[test]
fn a_site_of_hugo_with_a_folder_for_each_language() {
    let (folder, said) = imported(
        "hugo",
        r#"
--- config/_default/hugo.toml
title = "Notes"
baseURL = "https://example.com/"
defaultContentLanguage = "en"
[uglyURLs]
news = true
[outputFormats.RSS]
baseName = "feed"
[params]
release = "4.2"
--- config/_default/languages.en.toml
contentDir = "content/en"
languageName = "English"
weight = 1
--- config/_default/languages.fr.toml
title = "Carnet"
contentDir = "content/fr"
languageName = "Français"
weight = 2
dateStyle = "long"
--- config/_default/menus.en.toml
[[main]]
name = "Docs"
pageRef = "/docs/"
weight = 2
[[main]]
name = "Home"
pageRef = "/"
weight = 1
[[main]]
name = "Under docs"
pageRef = "/docs/setup/"
parent = "docs"
--- config/_default/menus.fr.toml
[[main]]
name = "Guide"
pageRef = "/fr/docs/"
--- content/en/_index.html
---
title: Notes
---
<a href="{{< ref "docs/setup.md" >}}">Begin</a>
--- content/en/docs/_index.md
---
title: Docs
cascade:
  - draft: true
    tags: [guide]
    banner: blue
    type: docs
  - _target: {path: "/docs/setup*"}
    weight: 3
---
--- content/en/docs/setup.md
---
title: Setup
draft: false
menu: {main: {weight: 3}}
author: Ada ([@ada](https://social.example/ada))
---
Version {{< param release >}}. ![plan](../img/plan.png) [again](/docs/img/plan.png)
--- content/en/docs/img/plan.png
1
--- content/en/news/first.md
---
title: First
---
--- content/en/news/trip/index.md
---
title: Trip
---
--- content/en/news/trip/notes.md
More about the trip.
--- content/fr/_index.md
---
title: Carnet
---
--- content/fr/docs/_index.md
---
title: Guide
---
<a href="{{< ref "/docs/setup" >}}">Installer</a>
--- content/fr/docs/setup.md
---
title: Installer
---
Voir [le guide](../).
--- go.mod
module example
--- netlify.toml
[build]
"#,
    );
    expect(
        &said,
        str![[r#"
warning: files around the site were left out: `go.mod`, `netlify.toml`
config/_default/hugo.toml: warning: the feeds move to `atom.xml` from `feed.xml`: have your host redirect `/feed.xml` to `/atom.xml`
config/_default/languages.fr.toml:5:1: warning: the setting `dateStyle` was left out: a language has no settings for templates here
config/_default/menus.en.toml:9:1: warning: `Under docs` was left out of the menu: a menu has one level here: link to it from a page
content/en/docs/_index.md:7:11: warning: `type` was left out of `cascade`: templates of Hugo are not read here
content/en/docs/_index.md:8:5: warning: a part of `cascade` was left out: it is for some of the pages below: say it on those pages
content/en/news/trip/notes.md: warning: this text is no page of its own: it belongs to the bundle that it is in, and is kept as `content/news/trip/_notes.md`
9 pages and 3 other files -> new: 7 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
base_url = "https://example.com/"
language = "en"

[[menu]]
name = "Home"
path = "/"

[[menu]]
name = "Docs"
path = "/docs/"

[[menu]]
name = "Setup"
path = "@/docs/setup.md"

[[taxonomies]]
name = "tags"
feed = true

[[taxonomies]]
name = "categories"
feed = true

[markdown]
smart_punctuation = true

[languages.fr]
name = "Français"
title = "Carnet"

[[languages.fr.menu]]
name = "Guide"
path = "/fr/docs/"

[extra]
release = "4.2"

"##]],
    );
    expect(
        &folder.read("new/content/docs/_index.md"),
        str![[r#"
+++
title = "Docs"

[cascade]
draft = true

[cascade.taxonomies]
tags = ["guide"]

[cascade.extra]
banner = "blue"
+++

"#]],
    );
    expect(
        &folder.read("new/content/docs/setup.md"),
        str![[r#"
+++
title = "Setup"
draft = false
authors = ["Ada (@ada)"]
+++
Version 4.2. ![plan](@/docs/img/plan.png) [again](@/docs/img/plan.png)

"#]],
    );
    expect(
        &folder.read("new/content/_index.md"),
        str![[r#"
+++
title = "Notes"
+++
<a href="/docs/setup/">Begin</a>

"#]],
    );
    expect(
        &folder.read("new/content/docs/_index.fr.md"),
        str![[r#"
+++
title = "Guide"
+++
<a href="/docs/setup/">Installer</a>

"#]],
    );
    expect(
        &addresses(&folder),
        str![[r#"
404.html
docs/index.html
docs/setup/index.html
fr/docs/index.html
fr/docs/setup/index.html
fr/index.html
fr/search/index.html
fr/tags/guide/index.html
fr/tags/index.html
index.html
news/first.html
news/index.html
news/trip.html
search/index.html
tags/guide/index.html
tags/index.html

"#]],
    );
}

#[test]
fn a_site_of_jekyll_as_themes_have_them() {
    let (folder, said) = imported(
        "jekyll",
        r##"
--- _config.yml
title: Notes
author: &who
  name: Ada Example
footer: *who
include: [_pages]
exclude: ["*.gem", docs, "package*.json"]
paginate: 5
feed: {path: news.xml}
defaults:
  - scope: {path: "", type: posts}
    values: {permalink: /posts/:title/}
collections:
  tabs: {output: true, permalink: "/:title/"}
--- _data/navigation.yml
main:
  - title: Posts
    url: /posts/
  - title: Elsewhere
    url: https://example.org/
--- _data/authors.yml
bea:
  name: Bea Example
  bio: "Writes *plainly*."
--- _posts/2023-7-1-first-steps.md
---
author: bea
---
> Mind the step.
{: .prompt-warning }

A paragraph.
{: .lead #start data-x="1"}

## Part
{: .mt-4 }

![plan](/assets/plan.png){: width="30" .left }, `code`{: .path}

<div markdown="1" class="box">
A *box*.
</div>

{::comment}not shown{:/comment}{::nomarkdown}<b>b</b>{:/nomarkdown}
--- _pages/about.md
---
title: About
permalink: /about/
---
See [the post](../_posts/2023-7-1-first-steps.md), [{{ site.title }}]({{ "" | relative_url }}{% post_url 2023-7-1-first-steps %}).
--- _tabs/links.md
---
icon: x
---
Links.
--- fr/about.md
---
title: À propos
lang: fr
permalink: /fr/about/
---
Bonjour.
--- assets/plan.png
1
--- a.gem
1
--- docs/x.md
1
--- index.html
---
layout: home
---
"##,
    );
    expect(
        &said,
        str![[r#"
warning: `footer` of the settings is `imported_footer` now: the theme has a meaning of its own for it
warning: files around the site were left out: `a.gem`
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/news.xml`, have your host redirect it
_posts/2023-7-1-first-steps.md:8:1: warning: `data-x="1"` was left out: texts have ids and classes, and no other attributes
_posts/2023-7-1-first-steps.md:13:55: warning: `{: .path}` was left out: blocks, headings and pictures have attributes, words have none
docs: warning: `docs/` was left out (1 file): no page is made from it: copy what readers should get to `static/`
6 pages and 6 other files -> new: 6 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
author = "Ada Example"

[[menu]]
name = "Posts"
path = "/posts/"

[[menu]]
name = "Elsewhere"
path = "https://example.org/"

[[taxonomies]]
name = "tags"
feed = true

[[taxonomies]]
name = "categories"
feed = true

[markdown]
smart_punctuation = true

[languages.fr]

[extra.imported_footer]
name = "Ada Example"

"##]],
    );
    expect(
        &folder.read("new/content/posts/2023-07-01-first-steps.md"),
        str![[r#"
+++
title = "First steps"
authors = ["Bea Example"]
+++
> [!WARNING]
> Mind the step.

A paragraph.
{.lead #start}

## Part {.mt-4}

![plan](/assets/plan.png){.left}, `code`

<div class="box">


A *box*.


</div>

<b>b</b>

"#]],
    );
    expect(
        &folder.read("new/content/pages/about.md"),
        str![[r#"
+++
title = "About"
path = "/about/"
+++
See [the post](@/posts/2023-07-01-first-steps.md), [Notes](@/posts/2023-07-01-first-steps.md).

"#]],
    );
    expect(
        &folder.read("new/content/authors/bea-example.toml"),
        str![[r#"
name = "Bea Example"
description = "Writes plainly."

"#]],
    );
    expect(
        &addresses(&folder),
        str![[r#"
404.html
about/index.html
authors/bea-example/index.html
authors/index.html
fr/about/index.html
fr/index.html
fr/search/index.html
index.html
links/index.html
posts/first-steps/index.html
posts/index.html
search/index.html

"#]],
    );
}

#[test]
fn links_that_lead_nowhere_do_not_keep_a_site_from_being_built() {
    let (folder, said) = imported(
        "zola",
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
    expect(
        &said,
        str![[r#"
1 page and 1 other file -> new: everything was carried

These lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:
content/a.md:4:8: warning: link to a page that does not exist: there is no `content/gone.md`
content/a.md:4:26: warning: link to a page that does not exist: no page has this address
content/a.md:4:63: warning: link to a file that does not exist: there is no `content/no.png`; a file in `static/` is named with a slash before it, like `/photo.jpg`
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
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
    expect(
        &addresses(&folder),
        str![[r#"
404.html
a/index.html
index.html
search/index.html

"#]],
    );
}

#[test]
fn pages_give_way_to_what_every_build_makes() {
    let (folder, said) = imported(
        "hugo",
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
    expect(
        &said,
        str![[r#"
content/posts/two.md: warning: the address changes to `/posts/ONE-2/`: another page is at `/posts/ONE/`, too
content/search.md: warning: this page was left out: every build makes a search at `/search/`
content/search.md:3:9: warning: `layout` was left out: templates of Hugo are not read here
content/tags/_index.md: warning: this page was left out: every build makes a list of terms at `/tags/`; its text is not on it: put it into a page with another address
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`
static/404.html: warning: this file was left out: every build makes one
3 pages and 1 other file -> new: 6 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
base_url = "https://example.com/"
language = "en"

[[menu]]
name = "Search"
path = "/search/"

[[menu]]
name = "Find"
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
    expect(
        &folder.read("new/content/posts/one.md"),
        str![[r#"
+++
title = "One"

[taxonomies]
tags = ["A"]
+++
[find](/search/)

"#]],
    );
    expect(
        &addresses(&folder),
        str![[r#"
404.html
index.html
posts/ONE-2/index.html
posts/index.html
posts/one/index.html
search/index.html
tags/a/index.html
tags/index.html

"#]],
    );
}

#[test]
fn a_page_whose_front_matter_cannot_be_read_is_not_published() {
    let (folder, said) = imported(
        "jekyll",
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
    expect(
        &said,
        str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_posts/2020-01-01-torn.md:2:8: warning: this is not valid YAML: invalid indentation in quoted scalar; the page is a draft without it: write it anew
2 pages and 1 other file -> new: 2 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/content/posts/2020-01-01-torn.md"),
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
fn what_themes_of_zola_add_is_carried_where_it_can_be() {
    let (folder, said) = imported(
        "zola",
        r##"
--- config.toml
base_url = "https://example.com/blog"
generate_rss = true
insert_anchor_links = "left"
taxonomies = [{ name = "tags", rss = true, paginate_by = 5 }]
[languages.es]
title = "Notas"
taxonomies = [{ name = "tags" }]
[extra]
footer = "mine"
menu = [{ name = "Blog", url = "posts" }, { name = "Feed", url = "$BASE_URL/atom.xml" }]
--- content/posts/a/index.md
+++
title = "A"
[extra]
katex = true
+++
{{ full_width_image(src="posts/a/plan.png", alt="A plan") }}

{{ spoiler(text="The end") }} {{ map(x=1) }}

{% mermaid() %}
graph
{% end %}

{% quote(author="Ada") %}
Less.
{% end %}

[old](./posts/b.md) <a href="@/posts/b.md">b</a> [abs](/posts/a/plan.png)
--- content/posts/a/plan.png
1
--- content/posts/b.md
+++
title = "B"
+++
--- templates/shortcodes/map.html
{% set x = 1 %}
"##,
    );
    expect(
        &said,
        str![[r#"
warning: `footer` of the settings is `imported_footer` now: the theme has a meaning of its own for it
config.toml:2:16: warning: the feed moves to `/atom.xml` from `/rss.xml`: have your host redirect it
content/posts/a/index.md: warning: formulas stay as they are written: `math = true` below `[markdown]` in site.toml makes them; then write a dollar that is one as `\$`
content/posts/a/index.md:8:1: warning: the shortcode `spoiler` was left out: its text stays
content/posts/a/index.md:8:31: warning: the shortcode `map` was left out: `templates/shortcodes/map.html` does more than to put values into their places; write what it showed, or make a shortcode `map` in a theme (docs/shortcodes.md)
templates: warning: `templates/` was left out (1 file): the look of pages is a theme's: templates of Zola are not read here
2 pages and 2 other files -> new: 6 things to look at

These lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:
site.toml:6:8: warning: link to a page that does not exist: no page has this address; did you mean `/posts/a/`?
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
        str![[r##"
# The settings of the site; every key is optional.
base_url = "https://example.com/blog"

[[menu]]
name = "Blog"
path = "/posts/"

[[menu]]
name = "Feed"
path = "/atom.xml"

[[taxonomies]]
name = "tags"
feed = true
paginate_by = 5

[markdown]
heading_links = true

[languages.es]
title = "Notas"

[extra]
imported_footer = "mine"

# Links and pictures that lead nowhere are warnings. Once they are mended, delete this.
[link_checker]
internal_level = "warn"

"##]],
    );
    expect(
        &folder.read("new/content/posts/a/index.md"),
        str![[r#"
+++
title = "A"

[extra]
katex = true
+++
![A plan](@/posts/a/plan.png)

The end 


```mermaid

graph

```



<blockquote>


Less.


— Ada

</blockquote>


[old](@/posts/b.md) <a href="/blog/posts/b/">b</a> [abs](@/posts/a/plan.png)

"#]],
    );
}

#[test]
fn what_would_stop_every_build_is_left_out_and_named() {
    let (folder, said) = imported(
        "jekyll",
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
    expect(
        &said,
        str![[r#"
warning: the site's address `example.com://x/` was left out: `example.com` is neither `https` nor `http`
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_data/torn.yml: warning: this data was left out: this is not valid YAML: while parsing a flow sequence, expected ',' or ']'
_posts/2020-01-01-loops.md: warning: the braces in `title` stand apart now: what looks like a shortcode cannot stand in front matter
assets/about.md: warning: the address changes to `/pages/assets/about/`: it was `/assets/about.html`: hosts let browsers keep everything below `/assets/` for ever; have your host redirect the old one
static/index.html: warning: this file was left out: every build makes one
3 pages and 2 other files -> new: 6 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &addresses(&folder),
        str![[r#"
2020/01/01/loops.html
404.html
index.html
pages/assets/about/index.html
posts/index.html
search/index.html

"#]],
    );
}

#[test]
fn a_post_of_jekyll_keeps_a_list_of_categories_under_its_other_name() {
    let (folder, said) = imported(
        "jekyll",
        r#"
--- _config.yml
title: Notes
permalink: /:categories/:title/
--- _posts/2020-01-03-list.md
---
title: List
category: [life, net]
---
Text
--- _posts/2020-01-04-one.md
---
title: One
category: life
---
Text
"#,
    );
    expect(
        &said,
        str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
3 pages and 1 other file -> new: 1 thing to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &addresses(&folder),
        str![[r#"
404.html
categories/index.html
categories/life/index.html
categories/net/index.html
index.html
life/net/list/index.html
life/one/index.html
posts/index.html
search/index.html

"#]],
    );
}

#[test]
fn a_page_for_the_search_gives_way_in_every_language() {
    let (folder, said) = imported(
        "hugo",
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
    expect(
        &said,
        str![[r#"
content/search.md: warning: this page was left out: every build makes a search at `/search/`
content/search.ro.md: warning: this page was left out: every build makes a search at `/ro/search/`
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`
1 page and 1 other file -> new: 3 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &addresses(&folder),
        str![[r#"
404.html
index.html
ro/about/index.html
ro/index.html
ro/search/index.html
search/index.html

"#]],
    );
}
