//! `tallypress import zola`: sites of Zola, brought over by the real program, and what it says of things that
//! could not be carried. Each new site is built.

use snapbox::str;

use crate::import::zola;

#[test]
fn a_site_of_zola() {
    let site = zola(
        r#"
--- config.toml
title = "Notes"
base_url = "https://example.com"
default_language = "en"
generate_feeds = true
taxonomies = [{ name = "tags", feed = true }]

[markdown]
smart_punctuation = true
external_links_no_follow = true

[extra]
colour = "red"
--- content/blog/_index.md
+++
title = "Blog"
sort_by = "date"
template = "blog.html"
+++
--- content/blog/2020-01-02-First_post.md
+++
title = "First"
date = 2020-01-02
aliases = ["old/first"]
[taxonomies]
tags = ["one"]
[extra]
mood = "good"
+++
See [the second](@/blog/second/index.md#part).

{% warning(title="Careful") %}
Text *here*.
{% end %}

{{ badge(text="New", link="/blog/") }} {{ chart(data="x.csv") }}

{{ youtube(id="abc") }}, `{{ code }}` and {{ stray.
--- content/blog/second/index.md
+++
title = "Second"
slug = "2nd"
+++
## Part

<img src="pic.png" alt="" style="width: 50%">
--- content/blog/second/pic.png
1
--- static/robots.txt
User-agent: *
--- templates/shortcodes/badge.html
<a class="badge" href="{{ link }}">{{ text }}</a>
--- templates/shortcodes/chart.html
{% set rows = load_data(path=data) %}{{ rows }}
"#,
    );
    site.notes(str![[r#"
config.toml:9:1: warning: the setting `external_links_no_follow` was left out: Markdown has no such option here
content/blog/2020-01-02-First_post.md:16:40: warning: the shortcode `chart` was left out: `templates/shortcodes/chart.html` does more than to put values into their places; write what it showed, or make a shortcode `chart` in a theme (docs/shortcodes.md)
content/blog/2020-01-02-First_post.md:18:1: warning: `youtube` became a link: pages load nothing from other sites
content/blog/_index.md:4:1: warning: `template` was left out: templates of Zola are not read here
content/blog/second/index.md:7:26: warning: `style` was left out: pages may hold no element with a style of its own
templates: warning: `templates/` was left out (1 file): the look of pages is a theme's: templates of Zola are not read here; `templates/shortcodes/badge.html` was written into the pages that call it

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
base_url = "https://example.com"
language = "en"

[[taxonomies]]
name = "tags"
feed = true

[markdown]
smart_punctuation = true

[extra]
colour = "red"

"##]],
    );
    site.file(
        "content/blog/2020-01-02-First_post.md",
        str![[r#"
+++
title = "First"
date = 2020-01-02
aliases = ["/old/first/"]

[taxonomies]
tags = ["one"]

[extra]
mood = "good"
+++
See [the second](@/blog/second/index.md#part).

{% note(kind="warning", title="Careful") %}

Text *here*.

{% end %}

<a class="badge" href="/blog/">New</a> 

[Video on YouTube](https://www.youtube.com/watch?v=abc), `{{ code }}` and \{{ stray.

"#]],
    );
    site.addresses(str![[r#"
404.html
blog/2nd/index.html
blog/first-post/index.html
blog/index.html
index.html
old/first/index.html
search/index.html
tags/index.html
tags/one/index.html

"#]]);
    let second = site.read("public/blog/2nd/index.html");
    assert!(second.contains("src=\"/blog/2nd/pic."), "{second}");
}

#[test]
fn what_zola_s_search_does_not_find_ours_does_not_either() {
    let site = zola(
        "
--- config.toml
base_url = \"https://example.com\"
--- content/hidden.md
+++
title = \"Hidden\"
in_search_index = false
+++
",
    );
    let page = site.read("content/hidden.md");
    assert!(page.contains("in_search_index = false"), "{page}");
}

#[test]
fn what_themes_of_zola_add_is_carried_where_it_can_be() {
    let site = zola(
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
{% set x = load_data(path="map.json") %}
"##,
    );
    site.says(str![[r#"
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

"#]]);
    site.file(
        "site.toml",
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
    site.file(
        "content/posts/a/index.md",
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
fn what_a_site_of_zola_has_of_its_own_keeps_its_form() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
theme = "paper"
output_dir = "docs"
compile_sass = true
taxonomies = [{ name = "tags" }]
--- content/a.md
+++
title = "A"
[taxonomies]
tags = ["C#"]
+++
{% div(class="wide", id="plan") %}
A *plan*.
{% end %}

{% center() %}In the middle.{% end %}

{{ badge(link="/new/", text="New") }}
--- templates/shortcodes/badge.html
<a
  class="badge"
  href="{{ link }}"
>
  {{ text }}
</a>
"#,
    );
    site.says(str![[r#"
config.toml: warning: the list of `C#` moves to `/tags/c-sharp/`: it was `/tags/c/`: have your host redirect it
config.toml:2:9: warning: the setting `theme` was left out: themes of Zola are not read here
config.toml:3:14: warning: the setting `output_dir` was left out: name the folder to publish into with `--out`
config.toml:4:16: warning: the setting `compile_sass` was left out: styles belong to a theme, as plain CSS
1 page and 1 other file -> new: 4 things to look at

These lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:
content/a.md:25:24: warning: link to a page that does not exist: no page has this address
The new site can be built: tallypress serve --root new

"#]]);
    site.file(
        "content/a.md",
        str![[r#"
+++
title = "A"

[taxonomies]
tags = ["C#"]
+++

<div id="plan" class="wide">


A *plan*.


</div>



<div class="center">

In the middle.

</div>


<a class="badge" href="/new/">
New
</a>

"#]],
    );
}

#[test]
fn settings_of_an_older_zola_are_read() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
languages = [{ code = "fr" }]
ignored_content = ["*/README.md", "**/*.{xlsx,py}"]
[markdown]
render_emoji = true
--- content/README.md
# Not of the site
--- content/tools/make.py
print()
--- content/a.md
+++
title = "A"
+++
:tada:
--- content/a.fr.md
+++
title = "Un"
+++
"#,
    );
    site.notes(str![[r#"
"#]]);
    site.addresses(str![[r#"
404.html
a/index.html
fr/a/index.html
fr/index.html
fr/search/index.html
index.html
search/index.html

"#]]);
    assert!(site.read("content/a.md").contains('🎉'));
}

#[test]
fn terms_without_pages_stay_without_pages() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
taxonomies = [{ name = "tags" }, { name = "people", render = false }]
--- content/blog/_index.md
+++
title = "Blog"
generate_feeds = true
page_template = "post.html"
weight = 2
in_search_index = false
+++
--- content/blog/more/_index.md
+++
title = "More"
weight = 1
+++
--- content/blog/a.md
+++
title = "A"
[taxonomies]
tags = ["one"]
people = ["Ada"]
[extra]
mood = "good"
+++
"#,
    );
    site.notes(str![[r#"
config.toml:2:34: warning: the taxonomy `people` was left out: it has no pages: its terms are `people` in `[extra]` now
content/blog/_index.md:4:1: warning: `page_template` was left out: templates of Zola are not read here
content/blog/_index.md:5:1: warning: `weight` was left out: sections stand in the order of their folders' names; so it is with 1 more page

"#]])
        .front("blog/_index.md", str![[r#"
title = "Blog"
feed = true

"#]])
        .front("blog/a.md", str![[r#"
title = "A"

[taxonomies]
tags = ["one"]

[extra]
people = ["Ada"]
mood = "good"

"#]])
        .addresses(str![[r#"
404.html
blog/a/index.html
blog/index.html
blog/more/index.html
index.html
search/index.html
tags/index.html
tags/one/index.html

"#]]);
    assert!(site.has("public/blog/atom.xml"));
}
