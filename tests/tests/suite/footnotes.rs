//! Footnotes: numbered in the order of their first use, at the end of the page, those of shortcodes among them.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_their_first_use() {
    site(r#"
--- content/a.md
One[^b], two[^a], one again[^b].

[^a]: Second.
[^b]: First, with a [link](/a/).

The end.
"#)
    .build()
    .expect_file("a/index.html", str![[r##"
<!doctype html>
<title>A</title>
<p>One<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup>, two<sup class="footnote-ref"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup>, one again<sup class="footnote-ref"><a href="#fn-1" id="fnref-1-2" aria-label="Footnote 1">1</a></sup>.</p>
<p>The end.</p>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn-1">
<p>First, with a <a href="/a/">link</a>.</p>
<a href="#fnref-1" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
<li id="fn-2">
<p>Second.</p>
<a href="#fnref-2" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
</ol>
</section>


"##]]);
}

#[test]
fn footnotes_inside_and_outside_of_a_shortcode_keep_apart() {
    site(r#"
--- content/a.md
Outside[^x].

{% note() %}
Inside[^y].

[^y]: In the note.
{% end %}

[^x]: On the page.
--- themes/default/templates/shortcodes/note.html
<aside>{{ body }}</aside>
"#)
    .build()
    .expect_file("a/index.html", str![[r##"
<!doctype html>
<title>A</title>
<p>Outside<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup>.</p>
<aside><p>Inside<sup class="footnote-ref"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup>.</p>
</aside>

<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn-1">
<p>On the page.</p>
<a href="#fnref-1" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
<li id="fn-2">
<p>In the note.</p>
<a href="#fnref-2" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
</ol>
</section>


"##]]);
}

#[test]
fn footnotes_around_those_of_a_shortcode_keep_their_numbers() {
    site(
        r#"
--- content/a.md
One[^one].

{% note() %}
Two[^two].

[^two]: In the note.
{% end %}

Three[^three].

[^one]: On the page.
[^three]: On the page, too.
--- themes/default/templates/shortcodes/note.html
<aside>{{ body }}</aside>
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<li",
        str![[r#"
<li id="fn-1">
<li id="fn-2">
<li id="fn-3">
"#]],
    );
}

#[test]
fn footnotes_without_their_other_half_are_reported() {
    site(
        r#"
--- content/a.md
One[^one], `[^code]` and \[^escaped] and a *second[^second]*.

[^on]: Spelled wrong.
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: there is no footnote `one`
 --> content/a.md:1:4
  |
1 | One[^one], `[^code]` and \[^escaped] and a *second[^second]*.
  |    ^^^^^^ shown as it stands here
  |
  = help: add a line `[^one]: …`, or write `\[` for a bracket

warning: there is no footnote `second`
 --> content/a.md:1:51
  |
1 | One[^one], `[^code]` and \[^escaped] and a *second[^second]*.
  |                                                   ^^^^^^^^^ shown as it stands here
  |
  = help: add a line `[^second]: …`, or write `\[` for a bracket

warning: a footnote that readers do not get
 --> content/a.md:3:1
  |
3 | [^on]: Spelled wrong.
  | ^^^^^^ nothing refers to it with `[^on]`

"#]]);
}
