//! `tallypress import`: sites as their generators have them, brought over by the real program, and
//! what it says of things that could not be carried. Each new site is built.

use snapbox::str;
use tallypress_tests::{expect, site};

use crate::program::Folder;

/// A site of another generator in the folder `old`, with the outcome of importing it into `new`.
pub fn imported(from: &str, story: &str) -> (Folder, String) {
    let folder = Folder::of(&site(&story.replace("\n--- ", "\n--- old/")));
    let run = folder.run(&format!("import {from} old new"));
    run.expect_code(0);
    let said = run.stdout();
    (folder, said)
}

/// The addresses of pages and old addresses that the new site has.
pub fn addresses(folder: &Folder) -> String {
    folder
        .run("build --root new --drafts --quiet --base-url https://example.com")
        .expect_code(0);
    let files = folder.files("new/public");
    let pages = files.keys().filter(|path| path.ends_with(".html"));
    pages.flat_map(|path| [path.as_str(), "\n"]).collect()
}

#[test]
fn a_site_of_zola() {
    let (folder, said) = imported(
        "zola",
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
    expect(
        &said,
        str![[r#"
config.toml:9:1: warning: the setting `external_links_no_follow` was left out: Markdown has no such option here
content/blog/2020-01-02-First_post.md:16:40: warning: the shortcode `chart` was left out: `templates/shortcodes/chart.html` does more than to put values into their places; write what it showed, or make a shortcode `chart` in a theme (docs/shortcodes.md)
content/blog/_index.md:4:1: warning: `template` was left out: templates of Zola are not read here
content/blog/second/index.md:7:26: warning: `style` was left out: pages may hold no element with a style of its own
templates: warning: `templates/` was left out (1 file): the look of pages is a theme's: templates of Zola are not read here; `templates/shortcodes/badge.html` was written into the pages that call it
3 pages and 4 other files -> new: 5 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
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
    expect(
        &folder.read("new/content/blog/2020-01-02-First_post.md"),
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
    expect(
        &addresses(&folder),
        str![[r#"
404.html
blog/2nd/index.html
blog/first-post/index.html
blog/index.html
index.html
old/first/index.html
search/index.html
tags/index.html
tags/one/index.html

"#]],
    );
    assert!(folder.path("new/public/blog/2nd/pic.png").is_file());
}

#[test]
fn a_site_of_hugo() {
    let (folder, said) = imported(
        "hugo",
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
    expect(
        &said,
        str![[r#"
content/about/index.md:4:89: warning: this leads to no page: correct the link
content/posts/old.org: warning: this page was left out: pages are Markdown here: convert it first
content/posts/one.md:7:9: warning: `layout` was left out: templates of Hugo are not read here
content/posts/one.md:22:36: warning: the shortcode `mystery` was left out: write what it showed, or make a shortcode `mystery` in a theme (docs/shortcodes.md)
content/posts/one.md:26:1: warning: `<iframe>` became a link: pages load nothing from other sites
hugo.yaml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/index.xml` to `/atom.xml`
hugo.yaml: warning: the list of `C++` moves to `/tags/c/`: it was `/tags/c++/`: have your host redirect it
hugo.yaml:13:3: warning: the menu `footer` was left out: a site has one menu here
hugo.yaml:15:1: warning: the setting `googleAnalytics` was left out: nothing here is set by it
4 pages and 4 other files -> new: 9 things to look at

These lead nowhere. They are warnings until you delete `[link_checker]` in site.toml:
content/about/index.md:4:77: warning: link to a page that does not exist: there is no `content/about/gone.md`
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
description = "A site"
base_url = "https://example.org/"
language = "en-us"
author = "The authors"

[[menu]]
name = "About"
path = "/about"

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
    expect(
        &folder.read("new/content/posts/one.md"),
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


```go
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
    // What is said above has to be done by the author.
    let about = folder.read("new/content/about/index.md");
    folder.write(
        "new/content/about/index.md",
        about.replace("[none](gone.md)", "none"),
    );
    expect(
        &addresses(&folder),
        str![[r#"
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
tags/c/index.html
tags/go/index.html
tags/index.html
x/one/index.html

"#]],
    );
    assert!(folder.path("new/content/data/team.yaml").is_file());
}

#[test]
fn a_site_of_jekyll() {
    let (folder, said) = imported(
        "jekyll",
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
    expect(
        &said,
        str![[r#"
warning: files around the site were left out: `Gemfile`
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_includes: warning: `_includes/` was left out (1 file): they belong to templates, or are named where pages call them; `_includes/picture.html` was written into the pages that call it
_layouts: warning: `_layouts/` was left out (1 file): the look of pages is a theme's: templates of Jekyll are not read here
_posts/2019-01-02-hello-world.md:16:1: warning: the include `map.html` was left out: `_includes/map.html` does more than to put values into their places; write what it showed, or make a shortcode `map` in a theme (docs/shortcodes.md)
about.md:8:54: warning: `{{ site.pages | size }}` was left out: only templates know this
feed.xml: warning: this file was left out: feeds and the sitemap are made by every build
index.html:5:1: warning: `{% for %}` was left out, with what it makes: lists and conditions are made by templates, in a theme
6 pages and 2 other files -> new: 8 things to look at
The new site can be built: tallypress serve --root new

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
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
    expect(
        &folder.read("new/content/about.md"),
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
    expect(
        &folder.read("new/content/posts/2019-01-02-hello-world.md"),
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
    expect(
        &addresses(&folder),
        str![[r#"
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

"#]],
    );
}

#[test]
fn what_zola_s_search_does_not_find_ours_does_not_either() {
    let (folder, _) = imported(
        "zola",
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
    let page = folder.read("new/content/hidden.md");
    assert!(page.contains("in_search_index = false"), "{page}");
}

#[test]
fn translations_keep_their_addresses() {
    let (folder, _) = imported(
        "hugo",
        r#"
--- hugo.toml
defaultContentLanguage = "en"
[languages.en]
title = "Notes"
[languages.fr]
languageName = "Français"
title = "Carnet"
--- content/posts/one.en.md
+++
title = "One"
+++
--- content/posts/one.fr.md
+++
title = "Un"
slug = "un"
+++
"#,
    );
    expect(
        &addresses(&folder),
        str![[r#"
404.html
fr/index.html
fr/posts/index.html
fr/posts/un/index.html
fr/search/index.html
index.html
posts/index.html
posts/one/index.html
search/index.html

"#]],
    );
    expect(
        &folder.read("new/site.toml"),
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
language = "en"

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

"##]],
    );
}

#[test]
fn what_is_no_site_is_not_imported() {
    let folder = Folder::of(&site("--- old/notes.txt\nHello\n"));
    for from in ["zola", "hugo", "jekyll"] {
        folder
            .run(&format!("import {from} old new"))
            .expect_code(2)
            .expect_stdout(str![]);
    }
    folder
        .run("import hugo nowhere new")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: there is no folder `nowhere`

"#]]);
    folder.write("old/_config.yml", "title: Notes\n");
    folder.write("new/site.toml", "title = \"Mine\"\n");
    folder
        .run("import jekyll old new")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: `new/site.toml` is there already
  help: name another folder, or move it away

"#]]);
    assert!(!folder.path("new/content").exists());
}
