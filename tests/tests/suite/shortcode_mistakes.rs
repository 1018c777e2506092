//! Shortcodes that are malformed, unknown or in the wrong place: errors where they stand, never silent text.

use snapbox::str;
use tallypress_tests::site;

use crate::shortcodes::themed;

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

error: a shortcode's end without its beginning
  --> content/a.md:13:1
   |
13 | {% end %}
   | ^^^^^^^^^ no shortcode with a body is open here
   |
   = help: delete it, or write `\{%` for literal braces

error: malformed shortcode
  --> content/a.md:15:1
   |
15 | {% note() %} for ever
   | ^^^^^^^^^^^^ this has no `{% end %}`
   |
   = help: put `{% end %}` behind the text that belongs to it

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
  |
  = help: known shortcodes: badge, calculator, estimate, include, methodology, note

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
fn a_wrong_beginning_does_not_make_its_end_wrong() {
    site(
        r#"
--- content/a.md
{% note(kind=tip) %}
One {{ badge( }} and {% note() %}two{% end %}.
{% end %}

{% end %}
--- themes/default/templates/shortcodes/note.html
<p>{{ body }}</p>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: malformed shortcode
 --> content/a.md:1:14
  |
1 | {% note(kind=tip) %}
  |              ^^^ a text in quotes, a number, true, false or a list goes here
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: malformed shortcode
 --> content/a.md:2:15
  |
2 | One {{ badge( }} and {% note() %}two{% end %}.
  |               ^ an argument's name or `)` goes here
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: a shortcode's end without its beginning
 --> content/a.md:5:1
  |
5 | {% end %}
  | ^^^^^^^^^ no shortcode with a body is open here
  |
  = help: delete it, or write `\{%` for literal braces

"#]]);
}

#[test]
fn shortcodes_of_hugo_are_told_how_to_be_written() {
    site("--- content/a.md\n{{< youtube abc >}} {{% note %}}\n\n{% figure() %}A.\n")
        .default_theme()
        .build()
        .expect_errors(str![[r#"
error: malformed shortcode
 --> content/a.md:1:3
  |
1 | {{< youtube abc >}} {{% note %}}
  |   ^ a shortcode's name goes here
  |
  = help: what Hugo has as `{{< name key="value" >}}` is `{{ name(key="value") }}` here

error: malformed shortcode
 --> content/a.md:1:23
  |
1 | {{< youtube abc >}} {{% note %}}
  |                       ^ a shortcode's name goes here
  |
  = help: what Hugo has as `{{< name key="value" >}}` is `{{ name(key="value") }}` here

error: malformed shortcode
 --> content/a.md:3:1
  |
3 | {% figure() %}A.
  | ^^^^^^^^^^^^^^ this has no `{% end %}`
  |
  = help: put `{% end %}` behind the text that belongs to it

"#]]);
}
