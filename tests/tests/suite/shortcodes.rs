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
fn arguments_are_texts_numbers_flags_and_lists() {
    site(r#"
--- content/a.md
{{ show(text="a \ b", single='"', number=-2.5, whole=7, on=true, list=[1, "two", [3]],) }}
--- themes/default/templates/shortcodes/show.html
{{ args.text }} {{ args.single }} {{ args.number + 1 }} {{ args.whole }} {% if args.on %}on{% endif %} {{ args.list }}
"#)
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
a \ b &quot; -1.5 7 on [1, &quot;two&quot;, [3]]



"#]]);
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
fn underscores_stars_and_quotes_in_arguments_are_not_markdown() {
    site(themed!(
        r#"
--- content/a.md
_before_ {{ badge(text='_a_ *b* "') }} **after**
"#
    ))
    .build()
    .expect_lines(
        "a/index.html",
        "<p>",
        str!["<p><em>before</em> <b>_a_ *b* &quot;</b>"],
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
fn what_is_malformed_is_an_error_never_text() {
    site(themed!(
        r#"
--- content/a.md
{{ badge }}

{{ badge(text=) }}

{{ badge(text="never closed) }}

{{ badge(text="x" }}

{{ badge(text="x", text="y") }}

{{ badge(text=page.title) }}

{% end %}

{% note() %} for ever
"#
    ))
    .build()
    .expect_errors(str![[r#"
error: malformed shortcode
 --> content/a.md:1:1
  |
1 | {{ badge }}
  | ^^^^^^^^ `(` is missing after the name
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: malformed shortcode
 --> content/a.md:3:15
  |
3 | {{ badge(text=) }}
  |               ^ a text in quotes, a number, true, false or a list goes here
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: malformed shortcode
 --> content/a.md:5:1
  |
5 | / {{ badge(text="never closed) }}
6 | |
7 | | {{ badge(text="x" }}
  | |_______________^ `,` or `)` is missing here
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: malformed shortcode
 --> content/a.md:9:20
  |
9 | {{ badge(text="x", text="y") }}
  |                    ^^^^ `text` is given twice
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: malformed shortcode
  --> content/a.md:11:15
   |
11 | {{ badge(text=page.title) }}
   |               ^^^^^^^^^^ a text in quotes, a number, true, false or a list goes here
   |
   = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: malformed shortcode
  --> content/a.md:13:1
   |
13 | {% end %}
   | ^^^^^^ `(` is missing after the name
   |
   = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: malformed shortcode
  --> content/a.md:15:1
   |
15 | {% note() %} for ever
   | ^^^^^^^^^^^^ this has no `{% end %}`
   |
   = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

"#]]);
}

#[test]
fn an_unknown_shortcode_is_an_error_with_a_suggestion() {
    site(themed!(
        r#"
--- content/a.md
{{ bagde(text="x") }} {{ calculater(model="m") }} {% end() %}x{% end %}
"#
    ))
    .build()
    .expect_errors(str![[r#"
error: there is no shortcode `bagde`
 --> content/a.md:1:4
  |
1 | {{ bagde(text="x") }} {{ calculater(model="m") }} {% end() %}x{% end %}
  |    ^^^^^ neither the generator nor the theme has it
  |
  = help: did you mean `badge`?

error: there is no shortcode `calculater`
 --> content/a.md:1:26
  |
1 | {{ bagde(text="x") }} {{ calculater(model="m") }} {% end() %}x{% end %}
  |                          ^^^^^^^^^^ neither the generator nor the theme has it
  |
  = help: did you mean `calculator`?

error: there is no shortcode `end`
 --> content/a.md:1:54
  |
1 | {{ bagde(text="x") }} {{ calculater(model="m") }} {% end() %}x{% end %}
  |                                                      ^^^ neither the generator nor the theme has it

"#]]);
}

#[test]
fn a_template_that_misses_an_argument_says_so_at_its_place() {
    site(
        r#"
--- content/a.md
{{ badge() }}
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text | upper }}</b>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the template cannot be used
 --> themes/default/templates/shortcodes/badge.html:1:7
  |
1 | <b>{{ args.text | upper }}</b>
  |       ^^^^ Invalid type for the value, expected `string` but got `undefined`
  |
  = help: this came up when making `a/index.html`

"#]]);
}

#[test]
fn a_shortcode_cannot_stand_in_an_address_a_description_or_a_title() {
    site(themed!(
        r#"
--- content/a.md
[one]({{ badge(text="x") }}) ![two {{ badge(text="x") }}](/a/) [three](/a/ "{{ badge(text="x") }}")
--- content/b.md
# Four {{ badge(text="x") }}
"#
    ))
    .build()
    .expect_errors(str![[r#"
error: a shortcode cannot stand here
 --> content/a.md:1:7
  |
1 | [one]({{ badge(text="x") }}) ![two {{ badge(text="x") }}](/a/) [three](/a/ "{{ badge(text="x") }}")
  |       ^^^^^^^^^^^^^^^^^^^^^ inside an address, a description or a title
  |
  = help: put it into the text instead

error: a shortcode cannot stand here
 --> content/a.md:1:36
  |
1 | [one]({{ badge(text="x") }}) ![two {{ badge(text="x") }}](/a/) [three](/a/ "{{ badge(text="x") }}")
  |                                    ^^^^^^^^^^^^^^^^^^^^^ inside an address, a description or a title
  |
  = help: put it into the text instead

error: a shortcode cannot stand here
 --> content/a.md:1:77
  |
1 | [one]({{ badge(text="x") }}) ![two {{ badge(text="x") }}](/a/) [three](/a/ "{{ badge(text="x") }}")
  |                                                                             ^^^^^^^^^^^^^^^^^^^^^ inside an address, a description or a title
  |
  = help: put it into the text instead

error: a shortcode cannot stand in a title
 --> content/b.md:1:8
  |
1 | # Four {{ badge(text="x") }}
  |        ^^^^^^^^^^^^^^^^^^^^^ a title is plain text, which lists and feeds show too

"#]]);
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
fn what_a_template_would_drop_is_refused() {
    site(
        r#"
--- content/a.md
{{ figure(src="a.png") }} {{ badge(txt="x") }} {% badge(text="x") %}body{% end %}
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text }}</b>
--- themes/default/templates/shortcodes/figure.html
<figure>{{ body }}{{ args.caption or "" }}</figure>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `figure` needs a body
 --> content/a.md:1:4
  |
1 | {{ figure(src="a.png") }} {{ badge(txt="x") }} {% badge(text="x") %}body{% end %}
  |    ^^^^^^
  |
  = help: write `{% figure(…) %}text{% end %}`

error: `figure` has no argument `src`
 --> content/a.md:1:11
  |
1 | {{ figure(src="a.png") }} {{ badge(txt="x") }} {% badge(text="x") %}body{% end %}
  |           ^^^ it takes caption

error: `badge` has no argument `txt`
 --> content/a.md:1:36
  |
1 | {{ figure(src="a.png") }} {{ badge(txt="x") }} {% badge(text="x") %}body{% end %}
  |                                    ^^^ it takes text
  |
  = help: did you mean `text`?

error: `badge` takes no body
 --> content/a.md:1:51
  |
1 | {{ figure(src="a.png") }} {{ badge(txt="x") }} {% badge(text="x") %}body{% end %}
  |                                                   ^^^^^
  |
  = help: write `{{ badge(…) }}`

"#]]);
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
fn what_is_wrong_in_such_a_body_is_shown_at_its_place() {
    site(
        r#"
--- content/a.md
> 1. {% box() %}
>    Good.
>
>    Then [bad](@/nowhere.md) and {{ bax() }}.
>    {% end %}
--- themes/default/templates/shortcodes/box.html
<div>{{ body }}</div>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:4:17
  |
4 | >    Then [bad](@/nowhere.md) and {{ bax() }}.
  |                 ^^^^^^^^^^^^ there is no `content/nowhere.md`

error: there is no shortcode `bax`
 --> content/a.md:4:38
  |
4 | >    Then [bad](@/nowhere.md) and {{ bax() }}.
  |                                      ^^^ neither the generator nor the theme has it
  |
  = help: did you mean `box`?

"#]]);
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

/// A theme that declares what a shortcode takes.
macro_rules! declared {
    ($story:literal) => {
        concat!(
            r#"
--- themes/default/theme.toml
[shortcodes.badge.arguments]
text = { type = "text", required = true }
kind = { values = ["new", "old"], default = "new" }
size = { type = "integer", values = [1, 2, 3] }
share = { type = "number" }
bold = { type = "boolean", default = false }
tags = { type = "list" }
[shortcodes.note]
body = "optional"
--- themes/default/templates/shortcodes/badge.html
<b class="{{ args.kind }}">{{ args.text }} {{ args.size or 0 }} {{ args.bold }}</b>
--- themes/default/templates/shortcodes/note.html
<aside>{{ body }}</aside>
"#,
            $story
        )
    };
}

#[test]
fn arguments_that_are_left_out_have_their_defaults() {
    site(declared!(
        r#"
--- content/a.md
{{ badge(text="a") }} {{ badge(text="b", kind="old", size=2, share=1, bold=true, tags=["x"]) }}

{{ note() }} {% note() %}body{% end %}
"#
    ))
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<b class="new">a 0 false</b>
 <b class="old">b 2 true</b>

<aside></aside>

 <aside><p>body</p>
</aside>




"#]],
    );
}

#[test]
fn arguments_that_do_not_fit_are_refused_with_those_that_do() {
    site(declared!(
        r#"
--- content/a.md
{{ badge(kind="odl", txt="x") }}

{{ badge(text=5, size=4, share="much", bold="yes", tags=1.5) }}

{% badge(text="x") %}body{% end %} {{ note(title="x") }}
"#
    ))
    .build()
    .expect_errors(str![[r#"
error: `badge` needs `text`
 --> content/a.md:1:4
  |
1 | {{ badge(kind="odl", txt="x") }}
  |    ^^^^^ add `text="…"`

error: `kind` cannot be odl
 --> content/a.md:1:15
  |
1 | {{ badge(kind="odl", txt="x") }}
  |               ^^^^^ it is one of new, old
  |
  = help: did you mean `old`?

error: `badge` has no argument `txt`
 --> content/a.md:1:22
  |
1 | {{ badge(kind="odl", txt="x") }}
  |                      ^^^ it takes bold, kind, share, size, tags, text
  |
  = help: did you mean `text`?

error: `text` must be a text in quotes
 --> content/a.md:3:15
  |
3 | {{ badge(text=5, size=4, share="much", bold="yes", tags=1.5) }}
  |               ^ this is a whole number

error: `size` cannot be 4
 --> content/a.md:3:23
  |
3 | {{ badge(text=5, size=4, share="much", bold="yes", tags=1.5) }}
  |                       ^ it is one of 1, 2, 3
  |
  = help: did you mean `1`?

error: `share` must be a number
 --> content/a.md:3:32
  |
3 | {{ badge(text=5, size=4, share="much", bold="yes", tags=1.5) }}
  |                                ^^^^^^ this is a text

error: `bold` must be true or false without quotes
 --> content/a.md:3:45
  |
3 | {{ badge(text=5, size=4, share="much", bold="yes", tags=1.5) }}
  |                                             ^^^^^ this is a text

error: `tags` must be a list in brackets
 --> content/a.md:3:57
  |
3 | {{ badge(text=5, size=4, share="much", bold="yes", tags=1.5) }}
  |                                                         ^^^ this is a number

error: `badge` takes no body
 --> content/a.md:5:4
  |
5 | {% badge(text="x") %}body{% end %} {{ note(title="x") }}
  |    ^^^^^
  |
  = help: write `{{ badge(…) }}`

error: `note` has no argument `title`
 --> content/a.md:5:44
  |
5 | {% badge(text="x") %}body{% end %} {{ note(title="x") }}
  |                                            ^^^^^ it takes no arguments

"#]]);
}

#[test]
fn what_a_theme_declares_wrongly_is_refused() {
    site(
        r#"
--- content/a.md
--- themes/default/theme.toml
[shortcodes.bagde]
body = "some"
[shortcodes.badge]
bodi = "none"
arguments.size = { type = "int", default = "x" }
arguments.kind = { values = ["a", 1], default = "b" }
arguments.text = "text"
--- themes/default/templates/shortcodes/badge.html
{{ args.size }}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: there is no shortcode `bagde`
 --> themes/default/theme.toml:1:13
  |
1 | [shortcodes.bagde]
  |             ^^^^^ no `templates/shortcodes/bagde.html`
  |
  = help: did you mean `badge`?

error: `body` cannot be `some`
 --> themes/default/theme.toml:2:8
  |
2 | body = "some"
  |        ^^^^^^ it is one of required, optional, none

error: unknown key `bodi`
 --> themes/default/theme.toml:4:1
  |
4 | bodi = "none"
  | ^^^^ nothing reads this
  |
  = help: did you mean `body`?

error: `type` cannot be `int`
 --> themes/default/theme.toml:5:27
  |
5 | arguments.size = { type = "int", default = "x" }
  |                           ^^^^^ it is one of text, integer, number, boolean, list

error: this must be a text in quotes
 --> themes/default/theme.toml:6:35
  |
6 | arguments.kind = { values = ["a", 1], default = "b" }
  |                                   ^ this is a whole number

error: the default is not among the values
 --> themes/default/theme.toml:6:49
  |
6 | arguments.kind = { values = ["a", 1], default = "b" }
  |                                                 ^^^ an author could not write this

error: `text` must be a table
 --> themes/default/theme.toml:7:18
  |
7 | arguments.text = "text"
  |                  ^^^^^^ this is a text

"#]]);
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
