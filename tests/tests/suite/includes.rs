//! Markdown files inside others: as if their text stood there, except that mistakes are shown in
//! the file that they are in.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_file_is_put_where_it_is_included() {
    site(
        r#"
--- content/blog/a.md
## First[^1]

{{ include(path="_offer.md") }}

- {{ include(path="@/_hours.md") }}

## First

[^1]: Of the page.
--- content/blog/_offer.md
+++
title = "Not shown"
+++
## First

The offer[^1] of [b](b.md). {{ badge(text="new") }}

[^1]: Of the offer.
--- content/_hours.md
Monday to Friday
--- content/blog/b.md
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text }}</b>
"#,
    )
    .build()
    .expect_file("blog/a/index.html", str![[r##"
<!doctype html>
<title>A</title>
<h2 id="first">First<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup></h2>
<h2 id="first-1">First</h2>
<p>The offer<sup class="footnote-ref"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup> of <a href="/blog/b/">b</a>. <b>new</b>
</p>

<ul>
<li><p>Monday to Friday</p>
</li>
</ul>
<h2 id="first-2">First</h2>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn-1">
<p>Of the page.</p>
<a href="#fnref-1" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
<li id="fn-2">
<p>Of the offer.</p>
<a href="#fnref-2" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
</ol>
</section>


"##]]);
}

#[test]
fn a_file_whose_name_starts_with_an_underscore_is_no_page() {
    site(
        r#"
--- content/a.md
{{ include(path="b.md") }}
--- content/b.md
A page of its own.
--- content/_part.md
--- content/_index.md
"#,
    )
    .build()
    .expect_files(str![[r#"
a/index.html
b/index.html
"#]]);
}

#[test]
fn mistakes_are_shown_once_in_the_file_that_they_are_in() {
    site(
        r#"
--- content/a.md
{{ include(path="_part.md") }}
--- content/b.md
{{ include(path="_part.md") }}
--- content/_part.md
# Part

See [nowhere](@/nowhere.md), [gone](/gone/) and {{ bagde(text="x") }}.

{{ include(path="_inner.md") }}

[a][b]
--- content/_inner.md
{{ broken
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text }}</b>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: malformed shortcode
 --> content/_inner.md:1:1
  |
1 | {{ broken
  | ^^^^^^^^^ `(` is missing after the name
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: link to a page that does not exist
 --> content/_part.md:3:15
  |
3 | See [nowhere](@/nowhere.md), [gone](/gone/) and {{ bagde(text="x") }}.
  |               ^^^^^^^^^^^^ there is no `content/nowhere.md`

error: link to a page that does not exist
 --> content/_part.md:3:37
  |
3 | See [nowhere](@/nowhere.md), [gone](/gone/) and {{ bagde(text="x") }}.
  |                                     ^^^^^^ no page has this address

error: there is no shortcode `bagde`
 --> content/_part.md:3:52
  |
3 | See [nowhere](@/nowhere.md), [gone](/gone/) and {{ bagde(text="x") }}.
  |                                                    ^^^^^ neither the generator nor the theme has it
  |
  = help: did you mean `badge`?

warning: a link without an address
 --> content/_part.md:7:1
  |
7 | [a][b]
  | ^^^^^^ no line defines this reference
  |
  = help: add a line such as `[name]: https://example.com/`, or write `\[` for a bracket

"#]]);
}

#[test]
fn files_that_include_each_other_are_refused() {
    site(
        r#"
--- content/a.md
{{ include(path="_b.md") }}
--- content/_b.md
{{ include(path="_c.md") }}
--- content/_c.md
{{ include(path="_b.md") }}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: files include each other without an end
 --> content/_c.md:1:17
  |
1 | {{ include(path="_b.md") }}
  |                 ^^^^^^^ `content/_b.md` includes `content/_c.md` includes `content/_b.md`

"#]]);
}

#[test]
fn an_include_says_what_it_cannot_do() {
    site(
        r#"
--- content/a.md
{{ include(path="_missing.md") }}

{{ include(path="../site.toml") }}

{{ include(file="_b.md") }}

{{ include(path=1) }}

{% include(path="_b.md") %}body{% end %}

Text and {{ include(path="_b.md") }} in one line.

Text above
{{ include(path="_b.md") }}

{{ include(path="_latin.md") }}
--- content/_b.md
B
"#,
    )
    .file("content/_latin.md", b"caf\xe9\n")
    .build()
    .expect_errors(str![[r#"
error: include of a file that does not exist
 --> content/a.md:1:17
  |
1 | {{ include(path="_missing.md") }}
  |                 ^^^^^^^^^^^^^ there is no `content/_missing.md`
  |
  = help: a path starts at this file's folder, or with `@/` at `content`

error: an include names a Markdown file
 --> content/a.md:3:17
  |
3 | {{ include(path="../site.toml") }}
  |                 ^^^^^^^^^^^^^^ this is no `.md` file below `content`
  |
  = help: a path starts at this file's folder, or with `@/` at `content`

error: `include` needs `path`
 --> content/a.md:5:1
  |
5 | {{ include(file="_b.md") }}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ add `path="…"`, the Markdown file to put here

error: `include` has no argument `file`
 --> content/a.md:5:12
  |
5 | {{ include(file="_b.md") }}
  |            ^^^^ it takes path

error: `include` needs `path`
 --> content/a.md:7:1
  |
7 | {{ include(path=1) }}
  | ^^^^^^^^^^^^^^^^^^^^^ add `path="…"`, the Markdown file to put here

error: `include` takes no body
 --> content/a.md:9:4
  |
9 | {% include(path="_b.md") %}body{% end %}
  |    ^^^^^^^
  |
  = help: write `{{ include(path="…") }}`

error: an include stands in a paragraph of its own
  --> content/a.md:11:10
   |
11 | Text and {{ include(path="_b.md") }} in one line.
   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: leave an empty line before and after it

error: an include stands in a paragraph of its own
  --> content/a.md:14:1
   |
14 | {{ include(path="_b.md") }}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: leave an empty line before and after it

error: include of a file that is not UTF-8 text
  --> content/a.md:16:17
   |
16 | {{ include(path="_latin.md") }}
   |                 ^^^^^^^^^^^
   |
   = help: save `content/_latin.md` again with the encoding UTF-8

"#]]);
}

#[test]
fn includes_that_multiply_come_to_an_end() {
    let mut story = String::from("--- content/a.md\n{{ include(path=\"_0.md\") }}\n");
    for depth in 0..4 {
        let next = format!("{{{{ include(path=\"_{}.md\") }}}}\n\n", depth + 1);
        story += &format!("--- content/_{depth}.md\n{}", next.repeat(10));
    }
    story += "--- content/_4.md\nLeaf\n";
    site(&story).build().expect_errors(str![[r#"
error: a page includes too many files
  --> content/_3.md:19:17
   |
19 | {{ include(path="_4.md") }}
   |                 ^^^^^^^ it may include 1000

"#]]);
}
