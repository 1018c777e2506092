//! What shortcodes, includes and tags of a site's own showed is in its texts.

use snapbox::str;

use crate::import::{hugo, jekyll, zola};

#[test]
fn a_shortcode_of_zola_that_reckons_with_its_arguments_is_drawn() {
    let site = zola(
        r##"
--- content/a.md
+++
title = "A"
+++
Use {{ type(name="Vec", plural=true) }} or {{ type(crate="glam" name="Vec3") }} here.

{{
    gallery(
        images=["/a.png", "/b, c.png"],
        captions=["One", "*Two*"]
    )
}}

{% box(kind="big") %}
Some **words**.
{% end %}

{{ video_player(video_id="abc") }} {{ youtube_player(video_id="abc") }}

{{ rows(path="data.csv") }}
--- static/a.png
1
--- static/b, c.png
1
--- templates/shortcodes/type.html
{% if not crate %}
{% set crate = "std" %}
{% endif %}

<a href="https://docs.example/{{ crate }}/{{ name }}"><code>{{ name }}{% if plural %}s{% endif %}</code></a>
--- templates/shortcodes/gallery.html
{% for image in images %}
<figure><img src="{{ image }}" alt=""><figcaption>{{ captions | nth(n=loop.index0) | markdown(inline=true) | safe }}</figcaption></figure>
{% endfor %}
--- templates/shortcodes/box.html
{% set class = "box-" ~ kind %}
<div class="{{ class }}">
  {{ body | markdown | safe }}
</div>
--- templates/shortcodes/video_player.html
{% if video_id %}<p>Film {{ video_id }}</p>{% endif %}
--- templates/shortcodes/rows.html
{% set rows = load_data(path=path) %}{{ rows }}
"##,
    );
    site.says(str![[r#"
content/a.md:17:36: warning: `youtube_player` became a link: pages load nothing from other sites
content/a.md:19:1: warning: the shortcode `rows` was left out: `templates/shortcodes/rows.html` does more than to put values into their places; write what it showed, or make a shortcode `rows` in a theme (docs/shortcodes.md)
templates: warning: `templates/` was left out (2 files): the look of pages is a theme's: templates of Zola are not read here; 3 more were written into the pages that call them
1 page and 3 other files -> new: 3 things to look at
The new site can be built: tallypress serve --root new

"#]]);
    site.text("a.md", str![[r#"
Use <a href="https://docs.example/std/Vec"><code>Vecs</code></a> or <a href="https://docs.example/glam/Vec3"><code>Vec3</code></a> here.

<figure><img src="/a.png" alt=""><figcaption>One</figcaption></figure>
<figure><img src="/b, c.png" alt=""><figcaption><em>Two</em></figcaption></figure>

{% note(kind="note") %}

Some **words**.

{% end %}

<p>Film abc</p> [Video on YouTube](https://www.youtube.com/watch?v=abc)



"#]]);
}

#[test]
fn pages_without_shortcodes_keep_their_braces() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
skip_content_templating = ["posts/**"]
--- content/posts/a.md
+++
title = "A"
+++
Write {{ name }} and {% if x %} as they are.
"#,
    );
    site.notes(str![]);
    site.text(
        "posts/a.md",
        str![[r#"
Write \{{ name }} and \{% if x %} as they are.

"#]],
    );
}

#[test]
fn words_of_tags_that_a_plugin_of_jekyll_made_stay() {
    let site = jekyll(
        r#"
--- Gemfile
gem "jekyll"
--- a.md
---
title: Sun
---
The {% term sensor %} is {% my general title="set up" %} at once.

{% icon "mdi:home" %}

{% tip %}
Use a **threshold**.
{% endtip %}

{% configuration %}
Some lines.
{% endconfiguration %}

{% include steps/install.md what="sensor" %}

{% include list.html %}
--- _includes/steps/install.md
Install the {{ include.what }} for {{ page.title }}. {% include steps/restart.md %}
--- _includes/steps/restart.md
Then **restart** it.
--- _includes/list.html
{% for one in site.pages %}{{ one.title }}{% endfor %}
"#,
    );
    site.notes(str![[r#"
warning: files around the site were left out: `Gemfile`
_includes: warning: `_includes/` was left out (2 files): they belong to templates, or are named where pages call them; `_includes/steps/install.md` was written into the pages that call it
a.md:4:5: warning: `{% term %}` was left out: its words stay: nothing here does the same
a.md:4:26: warning: `{% my %}` was left out: its words stay: nothing here does the same
a.md:6:1: warning: `{% icon %}` was left out: nothing here does the same
a.md:12:1: warning: `{% configuration %}` was left out: what is inside of it stays: nothing here does the same
a.md:18:1: warning: the include `list.html` was left out: `_includes/list.html` does more than to put values into their places; write what it showed, or make a shortcode `list` in a theme (docs/shortcodes.md)

"#]]);
    site.text(
        "a.md",
        str![[r#"
The sensor is set up at once.



{% note(kind="tip") %}

Use a **threshold**.

{% end %}


Some lines.


Install the sensor for Sun. Then **restart** it.



"#]],
    );
}

#[test]
fn code_of_hugo_keeps_what_its_fence_says() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\[', '\]'], ['$$', '$$']]
inline = [['\(', '\)']]
--- content/a.md
---
title: A
---
```toml {file="hugo config.toml" copy=true hl_lines=[1, "2-3"]}
a = 1
```

```sh {.wide}
b
```

{{< code-toggle file=hugo >}}
[params]
a = 'b'
{{< /code-toggle >}}

Inline \(a^*=x-b^*\) and \[E=mc^2\], but not `\(x\)`.
"#,
    );
    site.notes(str![[r#"
content/a.md:4:9: warning: `copy=true` was left out: code has what its fence says: `sh,linenos,name=a.sh`; so it is with 1 more block
content/a.md:17:8: warning: formulas stay as they are written: `math = true` below `[markdown]` in site.toml makes them; then write a dollar that is one as `\$`

"#]]);
    site.text(
        "a.md",
        str![[r#"
```toml {name="hugo config.toml" hl_lines=[1, "2-3"]}
a = 1
```

```sh 
b
```


```
[params]
a = 'b'
```


Inline $a^*=x-b^*$ and $$E=mc^2$$, but not `\(x\)`.

"#]],
    );
}
