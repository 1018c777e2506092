//! What an import makes of what only some programs read in a text: alerts with titles, abbreviations, addresses of pages
//! in sentences, and what other sites show in a frame.

use snapbox::str;

use crate::import::{hugo, jekyll, zola};

#[test]
fn alerts_with_titles_become_ours() {
    let site = hugo(
        r#"
--- content/a.md
---
title: A
---
> [!NOTE] Before you begin
> Read *this*.

> [!warning]- Of no use
> Folded.
>
> - item

> [!TIP]
> As it is.

> [!faq]+
> Asked often.

- In a list
  > [!example] One
  > of two

> [!pricing] What it costs
> Little.

> Somebody said so.
"#,
    );
    site.notes(str![[r#"
content/a.md:7:1: warning: this alert does not fold: it is always open; what folds is `<details>` in HTML
content/a.md:15:1: warning: this alert does not fold: it is always open; what folds is `<details>` in HTML

"#]]).text("a.md", str![[r#"
> [!NOTE]
> **Before you begin**
>
> Read *this*.

> [!WARNING]
> **Of no use**
>
> Folded.
>
> - item

> [!TIP]
> As it is.

> [!NOTE]
> Asked often.

- In a list
  > [!TIP]
  > **One**
  >
  > of two

> [!NOTE]
> **What it costs**
>
> Little.

> Somebody said so.

"#]]);
}

#[test]
fn abbreviations_are_marked_where_they_are_used() {
    let site = jekyll(
        r#"
--- about.md
---
title: About
permalink: /about/
---
# About CSS

CSS is not CSSOM, `CSS` is code, and [CSS](/about/) is a link. W3C's CSS.

*[CSS]: Cascading "Style" Sheets
*[W3C]: World Wide Web Consortium
"#,
    );
    site.notes(str![]).text("about.md", str![[r##"
# About CSS

<abbr title="Cascading &quot;Style&quot; Sheets">CSS</abbr> is not CSSOM, `CSS` is code, and [<abbr title="Cascading &quot;Style&quot; Sheets">CSS</abbr>](/about/) is a link. <abbr title="World Wide Web Consortium">W3C</abbr>'s <abbr title="Cascading &quot;Style&quot; Sheets">CSS</abbr>.


"##]]);
}

#[test]
fn an_address_in_a_sentence_is_a_link() {
    let site = hugo(
        r#"
--- content/a.md
---
title: A
---
See {{< ref "b.md" >}} (or {{< relref "/b#part" >}}), [by name]({{< ref "b" >}}), [x][x].

<p>{{< ref "b.md" >}} <a href="{{< ref "b.md" >}}">b</a></p>

`{{< ref "b.md" >}}`

[x]: {{< ref "b.md" >}}
--- content/b.md
---
title: The [second] one
---
## Part
"#,
    );
    site.notes(str![[r#"
content/a.md:8:2: warning: an address in code was left out: write the one of `b.md`

"#]])
        .text(
            "a.md",
            str![[r#"
See [The \[second\] one](@/b.md) (or [The \[second\] one](@/b.md#part)), [by name](@/b.md), [x][x].

<p><a href="/b/">The [second] one</a> <a href="/b/">b</a></p>

`b.md`

[x]: @/b.md

"#]],
        );
}

#[test]
fn what_was_shown_in_a_frame_is_a_link_and_said() {
    let site = hugo(
        r#"
--- content/a.md
---
title: A
---
{{< youtube id="abc" start="30" >}} {{< vimeo 12 >}} {{< x user="ada" id="7" >}} {{< instagram aB1 >}}

{{< gist ada 5f >}} {{< spotify type="album" id="9" >}} {{< video src="/film.mp4" >}}

{{< player "q" >}}
--- static/film.mp4
1
--- layouts/shortcodes/player.html
<div class="player"><iframe src="https://www.youtube.com/embed/{{ .Get 0 }}" allowfullscreen></iframe></div>
"#,
    );
    site.notes(str![[r#"
content/a.md:4:1: warning: `youtube` became a link: pages load nothing from other sites
content/a.md:4:37: warning: `vimeo` became a link: pages load nothing from other sites
content/a.md:4:54: warning: `x` became a link: pages load nothing from other sites
content/a.md:4:82: warning: `instagram` became a link: pages load nothing from other sites
content/a.md:6:1: warning: `gist` became a link: pages load nothing from other sites
content/a.md:6:21: warning: `spotify` became a link: pages load nothing from other sites
content/a.md:8:1: warning: `<iframe>` became a link: pages load nothing from other sites

"#]]).text("a.md", str![[r#"
[Video on YouTube](https://www.youtube.com/watch?v=abc&t=30) [Video on Vimeo](https://vimeo.com/12) [A post on X](https://x.com/ada/status/7) [A picture on Instagram](https://www.instagram.com/p/aB1/)

[Code on GitHub](https://gist.github.com/ada/5f) [Music on Spotify](https://open.spotify.com/album/9) <video controls src="/film.mp4"></video>

<div class="player"><a href="https://www.youtube.com/watch?v=q">Video on YouTube</a></div>

"#]]);
    let site = jekyll(
        r#"
--- about.md
---
title: About
permalink: /about/
---
{% youtube "https://www.youtube.com/watch?v=abc" %}
{% gist ada/5f %}
{% include embed/bilibili.html id='BV1' %}
{% include video id="12" provider="vimeo" %}
{% include clip.html id="q" %}
--- _includes/clip.html
<style>.clip { color: red }</style>
<iframe src="https://www.youtube-nocookie.com/embed/{{ include.id }}"></iframe>
"#,
    );
    site.notes(str![[r#"
about.md:5:1: warning: `youtube` became a link: pages load nothing from other sites
about.md:6:1: warning: `gist` became a link: pages load nothing from other sites
about.md:7:1: warning: `bilibili` became a link: pages load nothing from other sites
about.md:8:1: warning: `vimeo` became a link: pages load nothing from other sites
about.md:9:1: warning: `<iframe>` became a link: pages load nothing from other sites
about.md:9:1: warning: `<style>` was left out: pages hold no style of their own: a theme does

"#]])
        .text(
            "about.md",
            str![[r#"
[Video on YouTube](https://www.youtube.com/watch?v=abc)
[Code on GitHub](https://gist.github.com/ada/5f)
[Video on Bilibili](https://www.bilibili.com/video/BV1)
[Video on Vimeo](https://vimeo.com/12)

<a href="https://www.youtube.com/watch?v=q">Video on YouTube</a>

"#]],
        );
    let site = zola(
        r#"
--- content/a.md
+++
title = "A"
+++
{{ youtube(id="abc", autoplay=true) }} {{ streamable(id="s1") }} {{ gist(url="https://gist.github.com/ada/5f") }}
"#,
    );
    site.notes(str![[r#"
content/a.md:4:1: warning: `youtube` became a link: pages load nothing from other sites
content/a.md:4:40: warning: `streamable` became a link: pages load nothing from other sites
content/a.md:4:66: warning: `gist` became a link: pages load nothing from other sites

"#]]).text("a.md", str![[r#"
[Video on YouTube](https://www.youtube.com/watch?v=abc) [Video on Streamable](https://streamable.com/s1) [Code on GitHub](https://gist.github.com/ada/5f)

"#]]);
}

#[test]
fn code_in_shortcodes_is_shown_letter_by_letter() {
    let site = hugo(
        r#"
--- content/a.md
---
title: A
---
{{< tabs >}}
{{< tab name="One" codelang="yaml" >}}
a: {{ b }}
{{< /tab >}}
{{< /tabs >}}

{{< mermaid >}}
graph LR
  a{{"one"}} --> b
{{< /mermaid >}}

[in HTML]({{< ref "b.html" >}})
--- content/b.html
---
title: B
---
<p>B</p>
"#,
    );
    site.notes(str![]).text(
        "a.md",
        str![[r#"


**One**

```yaml
a: {{ b }}
```




```mermaid
graph LR
  a{{"one"}} --> b
```


[in HTML](@/b.md)

"#]],
    );
    let site = zola(
        r#"
--- content/a.md
+++
title = "A"
+++
{% mermaid_diagram() %}
a{{ b }} --> c
{% end %}
"#,
    );
    site.notes(str![]).text(
        "a.md",
        str![[r#"

```mermaid
a{{ b }} --> c
```


"#]],
    );
    let site = jekyll(
        r#"
--- about.md
---
title: About
permalink: /about/
---
```html
{% raw %}
{{ page.title }}
{% endraw %}
```

{% raw %}{{ page.title }}{% endraw %}
"#,
    );
    site.notes(str![]).text(
        "about.md",
        str![[r#"
```html
{{ page.title }}
```

\{{ page.title }}

"#]],
    );
}

#[test]
fn components_are_the_shortcodes_of_a_newer_zola() {
    let site = zola(
        r#"
--- content/a/index.md
+++
title = "A"
+++
{{ <image path="lake.png" alt="A lake" width={150} /> }} {{ <gallery page /> }}

{% <callout type="tip"> %}
A *tip*.
{% </callout> %}

`{{ <gallery page /> }}` and a < b.
--- content/a/lake.png
"#,
    );
    site.notes(str![[r#"
content/a/index.md:4:1: warning: `width` was left out: a picture has the size of its file; `{.left}` behind it gives it a class
content/a/index.md:4:58: warning: the shortcode `gallery` was left out: write what it showed, or make a shortcode `gallery` in a theme (docs/shortcodes.md)

"#]]).text("a/index.md", str![[r#"
![A lake](lake.png) 

{% note(kind="tip") %}

A *tip*.

{% end %}

`{{ <gallery page /> }}` and a < b.

"#]]);
}

#[test]
fn a_paragraph_with_markdown_in_it_is_one_paragraph() {
    let site = jekyll(
        r#"
--- about.md
---
title: About
permalink: /about/
---
<aside markdown="1" class="aside">
  Somebody *said*:
  <p markdown="1" class="credit small" id="who">
— [Ada](https://example.com)
  </p>
</aside>

<p markdown="1">Plain *text*.</p>
"#,
    );
    site.notes(str![]).text(
        "about.md",
        str![[r#"
<aside class="aside">


  Somebody *said*:
  


— [Ada](https://example.com)
{.credit .small #who}




</aside>




Plain *text*.



"#]],
    );
}

#[test]
fn formulas_stand_between_dollars() {
    let site = zola(
        r#"
--- content/a.md
+++
title = "A"
+++
With {% katex() %} x_1 {% end %} and \\( y_2 \\), `\\( z \\)`.

{% katex(block=true) %}
\frac{1}{2}
{% end %}

\\[ a_b \\]
"#,
    );
    site.notes(str![[r#"
content/a.md:4:6: warning: formulas stay as they are written: `math = true` below `[markdown]` in site.toml makes them; then write a dollar that is one as `\$`

"#]]).text("a.md", str![[r#"
With $x_1$ and $y_2$, `\\( z \\)`.

$$
\frac{1}{2}
$$

$$a_b$$

"#]]);
}

#[test]
fn what_a_page_of_jekyll_gives_a_name_to_stands_where_it_is_named() {
    let site = jekyll(
        r#"
--- about.md
---
title: About
permalink: /about/
---
{% capture kept %}
Kept for *reference*.
{% endcapture %}
{% include alert.html type="warning" content=kept %}

{% assign release = "2.1" %}
Version {{ release }}.

{% include alert.html type="note"
   content = "With blanks" %}

{% assign last = site.posts | first %}
"#,
    );
    site.notes(str![[r#"
about.md:16:1: warning: `{% assign %}` was left out: nothing here does the same

"#]])
        .text(
            "about.md",
            str![[r#"

{% note(kind="warning") %}
Kept for *reference*.
{% end %}


Version 2.1.

{% note(kind="note") %}
With blanks
{% end %}



"#]],
        );
}
