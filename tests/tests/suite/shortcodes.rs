//! Shortcodes: drawn by the theme with the author's arguments, left alone inside code, and never
//! passed through as silent text.

use snapbox::str;
use tallypress_tests::site;

/// A theme with two shortcodes before the story's own files.
macro_rules! themed {
    ($story:literal) => {
        concat!(
            r#"
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text }}</b>
--- themes/default/templates/shortcodes/note.html
<aside class="{{ args.kind or "note" }}">
{{ body }}</aside>
"#,
            $story
        )
    };
}
pub(crate) use themed;

#[test]
fn a_shortcode_is_drawn_by_the_theme() {
    site(themed!(
        r#"
--- content/a.md
Before {{ badge(text="new & <improved>") }} after.

{{ badge(text='alone') }}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<p>Before <b>new &amp; &lt;improved&gt;</b>
 after.</p>
<b>alone</b>



"#]],
    );
}

#[test]
fn a_body_is_markdown_of_its_own() {
    site(themed!(
        r#"
--- content/a.md
{% note(kind="tip") %}
## A heading

- a list with a [link](@/b.md)
{% end %}
--- content/b.md
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<aside class="tip">
<h2 id="a-heading">A heading</h2>
<ul>
<li>a list with a <a href="/b/">link</a></li>
</ul>
</aside>




"#]],
    );
}

#[test]
fn shortcodes_nest() {
    site(themed!(
        r#"
--- content/a.md
{% note() %}
Outer {{ badge(text="one") }}

{% note(kind="inner") %}Inner {{ badge(text="two") }}{% end %}
{% end %}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<aside class="note">
<p>Outer <b>one</b>
</p>
<aside class="inner">
<p>Inner <b>two</b>
</p>
</aside>


</aside>




"#]],
    );
}

#[test]
fn several_blocks_in_a_row_stand_in_no_paragraph() {
    site(themed!(
        r#"
--- content/a.md
{% note() %}one{% end %}
{% note() %}two{% end %}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<aside class="note">
<p>one</p>
</aside>


<aside class="note">
<p>two</p>
</aside>




"#]],
    );
}

#[test]
fn code_is_never_a_shortcode() {
    site(themed!(
        r#"
--- content/a.md
Write `{{ badge(text="x") }}`:

```
{{ badge(text="x") }}
{% note() %}
```

    {{ broken

{% note() %}
`{% end %}` ends it.
{% end %}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<p>Write <code>{{ badge(text=&quot;x&quot;) }}</code>:</p>
<pre tabindex="0"><code>{{ badge(text="x") }}
{% note() %}
</code></pre>
<pre tabindex="0"><code>{{ broken
</code></pre>
<aside class="note">
<p><code>{% end %}</code> ends it.</p>
</aside>




"#]],
    );
}

#[test]
fn escaped_braces_are_text() {
    site(
        r#"
--- content/a.md
\{{ page.title }} and \{% if %}
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<p>",
        str!["<p>{{ page.title }} and {% if %}</p>"],
    );
}

#[test]
fn a_shortcode_may_stand_in_a_heading_a_cell_and_a_link() {
    site(themed!(
        r#"
--- content/a.md
## Costs {{ badge(text="now") }}

| Cell |
|------|
| {{ badge(text="a | b") }} |

[{{ badge(text="linked") }}](/a/)
--- themes/default/templates/page.html
{{ page.content }}
{% for heading in page.toc %}{{ heading.title }} #{{ heading.id }}{% endfor %}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<h2 id="costs">Costs <b>now</b>
</h2>
<div class="table-scroll" tabindex="0" role="region" aria-label="Table: Costs"><table>
<thead><tr><th scope="col">Cell</th></tr></thead><tbody>
<tr><td><b>a | b</b>
</td></tr>
</tbody></table></div>
<p><a href="/a/"><b>linked</b>
</a></p>

Costs #costs

"#]],
    );
}

#[test]
fn the_summary_may_end_behind_a_shortcode() {
    site(themed!(
        r#"
--- content/a.md
{{ badge(text="lead") }}

<!-- more -->

{{ badge(text="rest") }}
--- themes/default/templates/page.html
{{ page.summary }}|{{ page.content }}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<b>lead</b>

<span id="continue-reading"></span>|<b>lead</b>

<span id="continue-reading"></span>
<b>rest</b>



"#]],
    );
}

#[test]
fn shortcodes_may_stand_next_to_each_other() {
    site(
        r#"
--- content/a.md
{{ badge(text="one") }}{{ badge(text="two") }}
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text }}</b>
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<b>",
        str![[r#"
<b>one</b>
<b>two</b>
"#]],
    );
}

#[test]
fn a_body_of_several_lines_may_stand_in_a_list_or_a_quotation() {
    site(
        r#"
--- content/a.md
1. One

    {% box() %}
    text

    - a list

          code
    {% end %}

2. {% box() %}
   > quoted
   {% end %}

> {% box() %}
> **two**
> lines
>
> {% box() %}
> inner
> {% end %}
> {% end %}
--- themes/default/templates/shortcodes/box.html
<div>{{ body }}</div>
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<ol>
<li>
<p>One</p>
<div><p>text</p>
<ul>
<li>
<p>a list</p>
<pre tabindex="0"><code>code
</code></pre>
</li>
</ul>
</div>

</li>
<li>
<div><blockquote>
<p>quoted</p>
</blockquote>
</div>

</li>
</ol>
<blockquote>
<div><p><strong>two</strong>
lines</p>
<div><p>inner</p>
</div>

</div>

</blockquote>


"#]],
    );
}

#[test]
fn headings_in_a_body_keep_their_place_among_those_of_the_page() {
    site(themed!(
        r#"
--- content/a.md
## First

{% note() %}
## Second
{% end %}

## Third
--- themes/default/templates/page.html
{% for heading in page.toc %}{{ heading.title }} {% endfor %}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
First Second Third 

"#]],
    );
}

#[test]
fn a_control_character_of_the_author_s_is_no_shortcode() {
    site(
        "--- content/a.md\nx\u{7f}00000 and {{ badge(text=\"one\") }} end\n\
         --- themes/default/templates/shortcodes/badge.html\n<b>{{ args.text }}</b>\n",
    )
    .build()
    .expect_lines("a/index.html", "<b>", str!["<p>x 00000 and <b>one</b>"]);
}

#[test]
fn code_and_comments_in_html_hold_no_shortcodes() {
    site(
        r#"
--- content/a.md
<pre>
{{ badge(text="shown") }}

{% note() %}
</pre>

Inside of <code>{{ badge }}</code> and <!-- {{ nothing() }} --> {{ badge(text="drawn") }}.

<!--
{% note() %}

later {% end %}
-->

<div>{{ badge(text="drawn, too") }}</div>
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text }}</b>
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<pre>
{{ badge(text="shown") }}

{% note() %}
</pre>
<p>Inside of <code>{{ badge }}</code> and <!-- {{ nothing() }} --> <b>drawn</b>
.</p>
<!--
{% note() %}

later {% end %}
-->
<div><b>drawn, too</b>
</div>


"#]],
    );
}
