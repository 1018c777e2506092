//! What an import makes of kramdown: attributes in braces, Markdown in HTML, and the marks of its own.

use snapbox::str;

use crate::import::jekyll;

#[test]
fn what_stands_in_html_stays_html() {
    let site = jekyll(
        r#"
--- _config.yml
title: Notes
plugins: [jemoji]
--- _posts/2020-01-01-a.md
---
title: A
date: 2020-01-01 10:00:00 -0400
authors:
  - name: Ada
    url: https://example.com
---
<div class="row">
    {% include figure.liquid path="img/lake.png" caption="<b>a</b> A lake" %}
</div>

<details markdown="block">
  <summary>More</summary>
  {: .small }
</details>

{% highlight c++ linenos %}
int x;
{% endhighlight %}

{% twitter https://twitter.com/a/status/1?s=20 maxwidth=500 %}

:rocket: {{ page.date | date: "%Y" }}
--- _includes/figure.liquid
{% assign path = include.path %}
--- img/lake.png
--- about.md
---
title: About
nav: true
nav_order: 2
---
--- contact.md
---
title: Contact
nav: true
nav_order: 1
---
--- imprint.md
---
title: Imprint
---
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_includes: warning: `_includes/` was left out (1 file): they belong to templates, or are named where pages call them
_posts/2020-01-01-a.md:21:1: warning: `twitter` became a link: pages load nothing from other sites

"#]]);
    site.file("content/posts/2020-01-01-a.md", str![[r#"
+++
title = "A"
date = "2020-01-01 10:00:00 -0400"
authors = ["Ada"]
path = "/2020/01/01/a.html"
+++
<div class="row">
    <figure><img src="/img/lake.png" alt="a A lake"><figcaption><b>a</b> A lake</figcaption></figure>
</div>

<details>


  <summary>More</summary>


</details>



```c++,linenos
int x;
```


[A post on X](https://twitter.com/a/status/1?s=20)

🚀 2020

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"

[[menu]]
name = "Posts"
path = "@/posts/_index.md"

[[menu]]
name = "Contact"
path = "@/contact.md"

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
}

#[test]
fn attributes_before_a_block_reach_it() {
    let site = jekyll(
        r#"
--- _config.yml
title: Docs
--- index.md
---
title: Home
---
{: .warning }
> Take care.

{: .note-title }
> My title
>
> A remark.

{: .note }
One paragraph.

{: .fs-6 }
Large.

{: .no_toc .small }
## Heading

<div class="example" markdown="1">
| a | b |
|:--|:--|
| 1 | 2 |
</div>
```markdown
{: .note }
```

![a lake](/img/my lake.png) and `![a](b c.png)`
--- img/my lake.png
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it

"#]]);
    site.file(
        "content/_index.md",
        str![[r#"
+++
title = "Home"
+++
> [!WARNING]
> Take care.

> [!NOTE]
> **My title**
>
> A remark.

{% note(kind="note") %}
One paragraph.
{% end %}

Large.
{.fs-6}

## Heading {.small}

<div class="example">


| a | b |
|:--|:--|
| 1 | 2 |


</div>

```markdown
{: .note }
```

![a lake](</img/my lake.png>) and `![a](b c.png)`

"#]],
    );
}

#[test]
fn what_pictures_and_contents_of_jekyll_lose_is_said() {
    let site = jekyll(
        r#"
--- _config.yml
title: Notes
--- about.md
---
title: About
---
* TOC
{:toc}

![a](/a.png){: width="100" height="50" .left}

{% include figure.html src="/a.png" caption="C" width="10" %}

{% highlight ruby linenos %}
x
{% endhighlight %}
--- _posts/2025-01-02-second.md
---
title: Second
categories: ["how to"]
---
Second.
--- a.png
1
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_posts/2025-01-02-second.md: warning: the address changes to `/how-to/2025/01/02/second.html`: it was `/how%20to/2025/01/02/second.html`: ` ` does not belong in an address: use letters, digits, `-`, `_` and `.`; have your host redirect the old one
about.md:5:1: warning: the table of contents was left out: contents are a theme's, which makes them from the headings
about.md:7:13: warning: `width="100" height="50"` was left out: a picture has the size of its file; so it is with 1 more picture on this page

"#]]);
    site.file(
        "content/about.md",
        str![[r#"
+++
title = "About"
path = "/about.html"
+++


![a](/a.png){.left}

{% figure(caption="C") %}
![C](/a.png)
{% end %}


```ruby,linenos
x
```


"#]],
    );
    site.file(
        "content/posts/2025-01-02-second.md",
        str![[r#"
+++
title = "Second"
path = "/how-to/2025/01/02/second.html"

[taxonomies]
categories = ["how to"]
+++
Second.

"#]],
    );
}

#[test]
fn pictures_are_found_in_the_folder_that_a_page_names() {
    let site = jekyll(
        r#"
--- _config.yml
url: https://example.com
feed: {path: atom.xml}
--- about.md
---
title: About
permalink: /about/
img_path: /img/about/
image: lake.png
---
![one](lake.png){: .left} ![two](/img/hill.png), `![three](lake.png)`

{% include figure image_path="/img/hill.png" caption="A hill" %}
--- img/about/lake.png
--- img/hill.png
"#,
    );
    site.notes(str![])
        .front(
            "about.md",
            str![[r#"
title = "About"
images = ["/img/about/lake.png"]

[extra]
img_path = "/img/about/"

"#]],
        )
        .text(
            "about.md",
            str![[r#"
![one](/img/about/lake.png){.left} ![two](/img/hill.png), `![three](lake.png)`

{% figure(caption="A hill") %}
![A hill](/img/hill.png)
{% end %}

"#]],
        );
}

#[test]
fn links_that_look_like_buttons_are_buttons() {
    let site = jekyll(
        r#"
--- about.md
---
title: About
permalink: /about/
---
Go [to the [start]](/about/){: .btn .btn--primary } or [end](/about/){: .fancy}.

- [Again](/about/){: .btn}
"#,
    );
    site.notes(str![[r#"
about.md:5:70: warning: `{: .fancy}` was left out: blocks, headings and pictures have attributes, words have none

"#]]).text("about.md", str![[r#"
Go {% button() %}[to the [start]](/about/){% end %} or [end](/about/).

- {% button() %}[Again](/about/){% end %}

"#]]);
}

#[test]
fn code_of_jekyll_keeps_its_marks_and_loses_its_attributes_once() {
    let site = jekyll(
        r##"
--- _config.yml
title: Notes
kramdown: {hard_wrap: true}
include: [_pages]
--- _posts/2020-01-02-a.md
---
title: A
---
{% highlight ruby linenos mark_lines="1 2" %}
a
b
c
{% endhighlight %}

```sh
one
```
{: .nolineno file="a.sh" }

```sh
two
```
{: .nolineno }

Text.
{: .wide }
"##,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it
_posts/2020-01-02-a.md:13:1: warning: `{: .nolineno file="a.sh" }` was left out: code has what its fence says: `sh,linenos,name=a.sh`; so it is with 1 more block

"#]]).text("posts/2020-01-02-a.md", str![[r#"

```ruby,linenos,hl_lines=1 2
a
b
c
```


```sh
one
```

```sh
two
```

Text.
{.wide}

"#]]);
}
