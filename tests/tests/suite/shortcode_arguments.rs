//! Arguments of shortcodes: what authors may write, and what a theme declares of them.

use snapbox::str;
use tallypress_tests::site;

use crate::shortcodes::themed;

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
  |                           ^^^^^ it is one of text, integer, number, boolean, list, file

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
