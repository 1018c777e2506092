//! `tallypress import jekyll`: sites of Jekyll, brought over by the real program, and what it says of things
//! that could not be carried. Each new site is built.

use snapbox::str;

use crate::import::jekyll;

#[test]
fn a_site_of_jekyll() {
    let site = jekyll(
        r#"
--- _config.yml
title: Notes
description: >-
  A long
  description.
url: https://example.com
permalink: /:categories/:year/:title/
author: {name: The authors}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, author: Somebody}
collections:
  talks: {output: true}
--- index.html
---
layout: home
---
<ul>
{% for post in site.posts %}
  <li>{{ post.title }}</li>
{% endfor %}
</ul>
--- about.md
---
title: About
permalink: /about-us/
redirect_from: /me.html
---
From {{ site.title }}: [a post]({% post_url 2019-01-02-hello-world %}), ![x]({{ site.baseurl }}/assets/a.png){: .wide}

<a href="{{ '/assets/a.png' | relative_url }}">x</a> {{ site.pages | size }}
--- _posts/2019-01-02-hello-world.md
---
title:  "Hello: world"
date:   2019-01-02 9:05:00 -0500
categories: notes more
tags: one two
---
* TOC
{:toc}

{% highlight ruby %}
puts "{{ x }}"
{% endhighlight %}

{% raw %}{{ literal }}{% endraw %} {% include picture.html src="/assets/a.png" caption="C" %}

{% include map.html %}
--- _drafts/later.md
---
title: Later
---
Not yet.
--- _talks/one.md
---
title: One
---
A talk.
--- _includes/picture.html
<figure>
  <img src="{{ include.src | relative_url }}" alt="">
  {% if include.caption %}<figcaption>{{ include.caption }}</figcaption>{% endif %}
</figure>
--- _includes/map.html
{% for place in site.data.places %}{{ place }}{% endfor %}
--- _layouts/default.html
{{ content }}
--- assets/a.png
1
--- feed.xml
---
---
<feed/>
--- Gemfile
source "x"
"#,
    );
    site.notes(str![[r#"
warning: files around the site were left out: `Gemfile`
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_includes: warning: `_includes/` was left out (1 file): they belong to templates, or are named where pages call them; `_includes/picture.html` was written into the pages that call it
_layouts: warning: `_layouts/` was left out (1 file): the look of pages is a theme's: templates of Jekyll are not read here
_posts/2019-01-02-hello-world.md:8:1: warning: the table of contents was left out: contents are a theme's, which makes them from the headings
_posts/2019-01-02-hello-world.md:16:1: warning: the include `map.html` was left out: `_includes/map.html` does more than to put values into their places; write what it showed, or make a shortcode `map` in a theme (docs/shortcodes.md)
about.md:8:54: warning: `{{ site.pages | size }}` was left out: only templates know this
feed.xml: warning: this file was left out: feeds and the sitemap are made by every build
index.html:5:1: warning: `{% for %}` was left out, with what it makes: lists and conditions are made by templates, in a theme

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
description = "A long description."
base_url = "https://example.com/"
author = "The authors"

[[menu]]
name = "Posts"
path = "@/posts/_index.md"

[[menu]]
name = "About"
path = "@/about.md"

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
        "content/about.md",
        str![[r#"
+++
title = "About"
path = "/about-us/"
aliases = ["/me.html"]
+++
From Notes: [a post](@/posts/2019-01-02-hello-world.md), ![x](/assets/a.png){.wide}

<a href="/assets/a.png">x</a> 

"#]],
    );
    site.file(
        "content/posts/2019-01-02-hello-world.md",
        str![[r#"
+++
title = "Hello: world"
date = "2019-01-02 09:05:00 -0500"
authors = ["Somebody"]
path = "/notes/more/2019/hello-world/"

[taxonomies]
tags = ["one", "two"]
categories = ["notes", "more"]
+++



```ruby
puts "{{ x }}"
```


\{{ literal }} <figure>
<img src="/assets/a.png" alt="">
<figcaption>C</figcaption>
</figure>



"#]],
    );
    site.addresses(str![[r#"
404.html
about-us/index.html
categories/index.html
categories/more/index.html
categories/notes/index.html
index.html
me.html
notes/more/2019/hello-world/index.html
posts/index.html
posts/later/index.html
search/index.html
tags/index.html
tags/one/index.html
tags/two/index.html
talks/one/index.html

"#]]);
}

#[test]
fn a_site_of_jekyll_as_themes_have_them() {
    let site = jekyll(
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
    site.notes(str![[r#"
warning: `footer` of the settings is `imported_footer` now: the theme has a meaning of its own for it
warning: files around the site were left out: `a.gem`
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/news.xml`, have your host redirect it
_config.yml:7:11: warning: the second page of posts is no longer at `/page2/`: further pages of the list of posts are at `page/2/` below it: have your host redirect the old ones
_posts/2023-7-1-first-steps.md:8:1: warning: `data-x="1"` was left out: texts have ids and classes, and no other attributes
_posts/2023-7-1-first-steps.md:13:26: warning: `width="30"` was left out: a picture has the size of its file
_posts/2023-7-1-first-steps.md:13:55: warning: `{: .path}` was left out: blocks, headings and pictures have attributes, words have none
docs: warning: `docs/` was left out (1 file): no page is made from it: copy what readers should get to `static/`

"#]]);
    site.file(
        "site.toml",
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
    site.file(
        "content/posts/2023-07-01-first-steps.md",
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
    site.file(
        "content/pages/about.md",
        str![[r#"
+++
title = "About"
path = "/about/"
+++
See [the post](@/posts/2023-07-01-first-steps.md), [Notes](@/posts/2023-07-01-first-steps.md).

"#]],
    );
    site.file(
        "content/authors/bea-example.toml",
        str![[r#"
name = "Bea Example"
description = "Writes plainly."

"#]],
    );
    site.addresses(str![[r#"
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

"#]]);
}

#[test]
fn settings_of_jekyll_that_readers_miss_are_named() {
    let site = jekyll(
        r#"
--- _config.yml
title: Notes
name: Ada's notes
timezone: Europe/Paris
theme: minima
future: true
excerpt_separator: <!-- cut -->
plugins: [jekyll-feed, jekyll-scholar]
--- _posts/2020-01-01-a.md
---
title: A
---
From {{ site.name }}.

<!-- cut -->

More.
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_config.yml:2:7: warning: the setting `name` was left out: the site is called by its `title`
_config.yml:4:8: warning: the setting `theme` was left out: themes of Jekyll are not read here
_config.yml:5:9: warning: the setting `future` was left out: posts of the future wait for their day; `--drafts` shows them
_config.yml:7:10: warning: plugins were left out: nothing here does the same as `jekyll-scholar`

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
time_zone = "Europe/Paris"

[[menu]]
name = "Posts"
path = "@/posts/_index.md"

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
        "content/posts/2020-01-01-a.md",
        str![[r#"
+++
title = "A"
path = "/2020/01/01/a.html"
+++
From Ada's notes.

<!-- more -->

More.

"#]],
    );
}

#[test]
fn the_picture_of_a_post_is_the_one_that_other_sites_show() {
    let site = jekyll(
        r#"
--- _config.yml
url: https://example.com
baseurl: /blog
feed: {path: atom.xml}
paginate: 5
paginate_path: /blog/page:num/
defaults:
  - scope: {path: _posts}
    values: {image: /img/all.png, comments: true, sitemap: false}
--- _posts/2020-01-01-a.md
---
title: A
image: /blog/img/a.png
toc: true
---
--- _posts/2020-01-02-b.md
---
title: B
image: {path: img/a.png, alt: "A", credit: "Ada"}
toc: true
---
--- _posts/2020-01-03-c.md
---
title: C
---
--- _posts/2020-01-04-d.md
---
title: D
image: https://example.org/d.png
---
--- img/a.png
--- img/all.png
"#,
    );
    site.notes(str![[r#"
_config.yml:5:16: warning: the setting `paginate_path` was left out: further pages of the list of posts are at `page/2/` below it: have your host redirect the old ones
_config.yml:7:5: warning: `comments` was left out of `defaults`: only templates of Jekyll read this
_posts/2020-01-01-a.md:4:6: warning: `toc` was left out: a theme shows the contents of every page that is long enough; so it is with 1 more page

"#]])
        .front("posts/2020-01-01-a.md", str![[r#"
title = "A"
noindex = true
images = ["/img/a.png"]
path = "/2020/01/01/a.html"

"#]])
        .front("posts/2020-01-02-b.md", str![[r#"
title = "B"
noindex = true
path = "/2020/01/02/b.html"

[[images]]
path = "/img/a.png"
alt = "A"

[extra.image]
path = "img/a.png"
alt = "A"
credit = "Ada"

"#]])
        .front("posts/2020-01-03-c.md", str![[r#"
title = "C"
noindex = true
images = ["/img/all.png"]
path = "/2020/01/03/c.html"

"#]])
        .front("posts/2020-01-04-d.md", str![[r#"
title = "D"
noindex = true
path = "/2020/01/04/d.html"

[extra]
image = "https://example.org/d.png"

"#]]);
}

#[test]
fn filters_of_liquid_are_worked_out_or_named() {
    let site = jekyll(
        r##"
--- _config.yml
title: Notes
url: https://example.com
baseurl: /blog
--- about.md
---
title: About *all* of Us
date: 2020-03-04
---
Year {{ "now" | date: "%Y" }}, day {{ page.date | date: "%-d %B %Y" }}, {{ "abc" | upcase }}, {{ page.title | slugify }},
{{ "a|b" | replace: "|", " or " | append: "!" }}, {{ site.title | number_of_words }}.

<a href="{{ 'a.png' | relative_url }}">one</a> <a href="{{ "/b.png" | prepend: site.baseurl | prepend: site.url }}">two</a>
<a href="{{ site.baseurl | append: "/c.png" }}">three</a>
--- a.png
1
--- b.png
1
--- c.png
1
"##,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
about.md:5:6: warning: `{{ "now" | date: "%Y" }}` was left out: only templates know this
about.md:6:51: warning: `{{ site.title | number_of_words }}` was left out: only templates know this

"#]]).text("about.md", str![[r#"
Year , day 4 March 2020, ABC, about-all-of-us,
a or b!, .

<a href="/blog/a.png">one</a> <a href="/blog/b.png">two</a>
<a href="/blog/c.png">three</a>

"#]]);
}
