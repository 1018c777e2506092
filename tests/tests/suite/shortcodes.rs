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
    .expect_file("a/index.html", str![]);
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
    .expect_file("a/index.html", str![]);
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
    .expect_file("a/index.html", str![]);
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
    .expect_file("a/index.html", str![]);
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
    .expect_file("a/index.html", str![]);
}

#[test]
fn underscores_stars_and_quotes_in_arguments_are_not_markdown() {
    site(themed!(
        r#"
--- content/a.md
_before_ {{ badge(text="_a_ *b* \"") }} **after**
"#
    ))
    .build()
    .expect_lines("a/index.html", "<p>", str![]);
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
    .expect_file("a/index.html", str![]);
}

#[test]
fn escaped_braces_are_text() {
    site(r#"
--- content/a.md
\{{ page.title }} and \{% if %}
"#)
    .build()
    .expect_lines("a/index.html", "<p>", str![]);
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
    .expect_errors(str![]);
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
    .expect_errors(str![]);
}

#[test]
fn a_template_that_misses_an_argument_says_so_at_its_place() {
    site(r#"
--- content/a.md
{{ badge(txt="x") }}
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text | upper }}</b>
"#)
    .build()
    .expect_errors(str![]);
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
    .expect_errors(str![]);
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
    .expect_file("a/index.html", str![]);
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
    .expect_file("a/index.html", str![]);
}
