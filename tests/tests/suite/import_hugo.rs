//! `tallypress import hugo`: sites of Hugo, brought over by the real program, and what it says of things that
//! could not be carried. Each new site is built.

use snapbox::str;

use crate::import::hugo;

#[test]
fn a_site_of_hugo() {
    let site = hugo(
        r#"
--- hugo.yaml
baseURL: https://example.org/
languageCode: en-us
title: Notes
permalinks:
  posts: /:year/:month/:slug/
params:
  description: A site
  author: {name: The authors}
menu:
  main:
    - {name: Posts, url: /posts/, weight: 2}
    - {name: About, pageRef: about, weight: 1}
  footer:
    - {name: Terms, url: /terms/}
googleAnalytics: UA-1
--- content/about/index.md
---
title: About
---
See [this]({{< relref "posts/one.md#part" >}}), [that]({{< ref "bundle" >}}) and [none]({{< ref "gone.md" >}}).
--- content/posts/one.md
---
title: "One & Two"
date: 2019-03-04T10:00:00+02:00
tags: [go, "C++"]
categories: News
aliases: [/x/one, two]
layout: wide
cover: {image: a.png}
---
## Part

{{< figure src="/img/a.png" caption="A picture" >}}

{{% notice tip %}}
Body **here**
{{% /notice %}}

{{< highlight go "linenos=table" >}}
func main() { {{ x }} }
{{< /highlight >}}

{{< box "T" >}}in *it*{{< /box >}} {{< mystery a=1 >}}

Literally {{</* figure */>}}.
<!--more-->
<iframe src="https://player.vimeo.com/video/12"></iframe>
--- content/posts/bundle/index.md
{"title": "Bundle", "date": "2020-05-06", "url": "/special.html", "draft": true}

![a](a.png)
--- content/posts/bundle/a.png
1
--- content/posts/old.org
* Org
--- layouts/shortcodes/box.html
<div class="box">{{ with .Get 0 }}<b>{{ . }}</b>{{ end }}{{ .Inner | markdownify }}</div>
--- static/img/a.png
2
--- data/team.yaml
- name: A
"#,
    );
    site.says(str![[r#"
content/about/index.md:4:89: warning: this leads to no page: correct the link
content/posts/old.org: warning: this page was left out: pages are Markdown here: convert it first
content/posts/one.md:7:9: warning: `layout` was left out: templates of Hugo are not read here
content/posts/one.md:22:36: warning: the shortcode `mystery` was left out: write what it showed, or make a shortcode `mystery` in a theme (docs/shortcodes.md)
content/posts/one.md:26:1: warning: `<iframe>` became a link: pages load nothing from other sites
hugo.yaml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`
hugo.yaml: warning: the list of `C++` moves to `/tags/c-plus-plus/`: it was `/tags/c++/`: have your host redirect it
hugo.yaml:13:3: warning: the menu `footer` was left out: a site has one menu here
hugo.yaml:15:1: warning: the setting `googleAnalytics` was left out: nothing here is set by it
4 pages and 4 other files -> new: 9 things to look at

These lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:
content/about/index.md:4:41: warning: link to a page that does not exist: not published: it is a draft
content/about/index.md:4:77: warning: link to a page that does not exist: there is no `content/about/gone.md`
The new site can be built: tallypress serve --root new

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
description = "A site"
base_url = "https://example.org/"
language = "en-us"
author = "The authors"

[[menu]]
name = "About"
path = "@/about/index.md"

[[menu]]
name = "Posts"
path = "/posts/"

[[taxonomies]]
name = "tags"
feed = true

[[taxonomies]]
name = "categories"
feed = true

[markdown]
smart_punctuation = true

# Links and pictures that lead nowhere are warnings. Once they are mended, delete this.
[link_checker]
internal_level = "warn"

"##]],
    );
    site.file(
        "content/posts/one.md",
        str![[r#"
+++
title = "One & Two"
date = 2019-03-04T10:00:00+02:00
path = "/2019/03/one-two/"
aliases = ["/x/one/", "/2019/03/two/"]

[taxonomies]
tags = ["go", "C++"]
categories = ["News"]

[extra.cover]
image = "a.png"
+++
## Part

{% figure(caption="A picture") %}
![A picture](/img/a.png)
{% end %}

{% note(kind="tip") %}

Body **here**

{% end %}


```go,linenos
func main() { {{ x }} }
```


<div class="box"><b>T</b>

in *it*

</div> 

Literally \{{< figure >}}.
<!--more-->
<a href="https://vimeo.com/12">Video on Vimeo</a>

"#]],
    );
    site.addresses(str![[r#"
2019/03/one-two/index.html
2019/03/two/index.html
404.html
about/index.html
categories/index.html
categories/news/index.html
index.html
posts/index.html
search/index.html
special.html
tags/c-plus-plus/index.html
tags/go/index.html
tags/index.html
x/one/index.html

"#]]);
    assert!(site.has("content/data/team.yaml"));
}

#[test]
fn a_site_of_hugo_with_a_folder_for_each_language() {
    let site = hugo(
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
draft: false
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
    site.notes(str![[r#"
warning: files around the site were left out: `go.mod`, `netlify.toml`
config/_default/hugo.toml: warning: the feeds move to `atom.xml` from `feed.xml`: have your host redirect `/feed.xml` to `/atom.xml`
config/_default/languages.fr.toml:5:1: warning: the setting `dateStyle` was left out: a language has no settings for templates here
config/_default/menus.en.toml:9:1: warning: `Under docs` was left out of the menu: a menu has one level here: link to it from a page
content/en/docs/_index.md:8:11: warning: `type` was left out of `cascade`: templates of Hugo are not read here
content/en/docs/_index.md:9:5: warning: a part of `cascade` was left out: it is for some of the pages below: say it on those pages
content/en/news/trip/notes.md: warning: this text is no page of its own: it belongs to the bundle that it is in, and is kept as `content/news/trip/_notes.md`

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
base_url = "https://example.com/"
language = "en"

[[menu]]
name = "Home"
path = "@/_index.md"

[[menu]]
name = "Docs"
path = "@/docs/_index.md"

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
    site.file(
        "content/docs/_index.md",
        str![[r#"
+++
title = "Docs"
draft = false

[cascade]
draft = true

[cascade.taxonomies]
tags = ["guide"]

[cascade.extra]
banner = "blue"
+++

"#]],
    );
    site.file(
        "content/docs/setup.md",
        str![[r#"
+++
title = "Setup"
draft = false
authors = ["Ada (@ada)"]
+++
Version 4.2. ![plan](@/docs/img/plan.png) [again](@/docs/img/plan.png)

"#]],
    );
    site.file(
        "content/_index.md",
        str![[r#"
+++
title = "Notes"
+++
<a href="/docs/setup/">Begin</a>

"#]],
    );
    site.file(
        "content/docs/_index.fr.md",
        str![[r#"
+++
title = "Guide"
+++
<a href="/docs/setup/">Installer</a>

"#]],
    );
    site.addresses(str![[r#"
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

"#]]);
}

#[test]
fn settings_of_hugo_that_readers_miss_are_named() {
    let site = hugo(
        r#"
--- hugo.toml
theme = "paper"
timeZone = "Europe/Paris"
enableInlineShortcodes = true
buildFuture = false
defaultContentLanguage = "en"
[outputs]
home = ["HTML", "RSS", "JSON"]
section = ["HTML"]
[taxonomies]
tag = "tags"
[languages.en]
weight = 1
[languages.fr]
weight = 2
[languages.fr.taxonomies]
tag = "tags"
theme = "themes"
--- content/posts/a.md
+++
title = "A"
tags = ["C", "C++", "Node.js", "Node js"]
+++
--- content/posts/a.fr.md
+++
title = "Un"
themes = ["Été"]
+++
"#,
    );
    site.notes(str![[r#"
warning: the term `Node js` became `Node.js`: both would have one address
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`
hugo.toml: warning: the list of `C++` moves to `/tags/c-plus-plus/`: it was `/tags/c++/`: have your host redirect it
hugo.toml: warning: the list of `Node.js` moves to `/tags/node-js/`: it was `/tags/node.js/`: have your host redirect it
hugo.toml: warning: the list of `Été` moves to `/themes/ete/`: it was `/themes/été/`: have your host redirect it
hugo.toml:1:9: warning: the setting `theme` was left out: themes of Hugo are not read here
hugo.toml:3:26: warning: the setting `enableInlineShortcodes` was left out: shortcodes are made by a theme: docs/shortcodes.md
hugo.toml:6:1: warning: the setting `outputs` was left out: pages are HTML, and lists have feeds

"#]]);
    site.addresses(str![[r#"
404.html
fr/index.html
fr/posts/a/index.html
fr/posts/index.html
fr/search/index.html
fr/themes/ete/index.html
fr/themes/index.html
index.html
posts/a/index.html
posts/index.html
search/index.html
tags/c-plus-plus/index.html
tags/c/index.html
tags/index.html
tags/node-js/index.html

"#]]);
}

#[test]
fn front_matter_of_hugo_that_readers_miss_is_named() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
timeZone = "America/New_York"
--- content/a.md
---
title: A long title
linkTitle: Short
date: 2020-07-01T10:00:00
outputs: [html, amp]
toc: true
menu: main
---
--- content/b.md
+++
title = "B"
date = 2020-07-01T10:00:00Z
outputs = ["HTML"]
toc = false
[[cascade]]
draft = true
+++
"#,
    );
    site.notes(str![[r#"
content/a.md:3:12: warning: `linkTitle` was left out: lists show the title; a menu has the short one
content/a.md:5:10: warning: `outputs` was left out: pages are HTML, and lists have feeds
content/a.md:6:6: warning: `toc` was left out: a theme shows the contents of every page that is long enough; so it is with 1 more page
content/b.md:6:1: warning: `cascade` was left out: a page has none below it: only sections hand something down

"#]])
        .front("a.md", str![[r#"
title = "A long title"
date = 2020-07-01T10:00:00-04:00

"#]])
        .front("b.md", str![[r#"
title = "B"
date = 2020-07-01T10:00:00Z

"#]]);
    assert!(site.read("site.toml").contains("name = \"Short\""));
}
