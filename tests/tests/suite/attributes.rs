//! Ids and classes in braces: below a block, behind a picture, and nowhere else.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_block_has_the_attributes_on_the_line_below_it() {
    site(
        r#"
--- content/a.md
One
two.
{#start .lead class="wide"}
Three.

> Four.
{.aside}

> Five.
> {.inner}

- Six
- Seven
{.plain}

| a |
|---|
| 1 |
{#sums .table}

***
{.thick}

Term
: Meaning
{.terms}

> [!TIP]
> Eight.
{.extra}

[up](#sums)
--- themes/default/templates/page.html
{{ page.content | safe }}
"#,
    )
    .build()
    .expect_file("a/index.html", str![[r##"
<p id="start" class="lead wide">One
two.</p>
<p>Three.</p>
<blockquote class="aside">
<p>Four.</p>
</blockquote>
<blockquote>
<p class="inner">Five.</p>
</blockquote>
<ul class="plain">
<li>Six</li>
<li>Seven</li>
</ul>
<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table id="sums" class="table">
<thead><tr><th scope="col">a</th></tr></thead><tbody>
<tr><td>1</td></tr>
</tbody></table></div>
<hr class="thick" />
<dl class="terms">
<dt>Term</dt>
<dd>Meaning</dd>
</dl>
<blockquote class="alert alert-tip extra">
<p class="alert-title">Tip</p>
<p>Eight.</p>
</blockquote>
<p><a href="#sums">up</a></p>


"##]]);
}

#[test]
fn a_picture_has_the_attributes_behind_it() {
    site(
        r#"
--- content/a.md
![One](a.svg){.left #one} and ![two](a.svg){.b}, {.text} behind
--- content/a.svg
<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>
"#,
    )
    .build()
    .expect_lines("a/index.html", "<p><img", str![[r#"<p><img src="/a.[HASH].svg" alt="One" width="3" height="2" id="one" class="left" decoding="async" /> and <img src="/a.[HASH].svg" alt="two" width="3" height="2" class="b" loading="lazy" decoding="async" />, {.text} behind</p>"#]]);
}

#[test]
fn braces_that_are_no_attributes_are_text() {
    site(
        r#"
--- content/a.md
One
{a set}

Two {.words} three

```
three
{.code}
```

`four`
{}
--- themes/default/templates/page.html
{{ page.content | safe }}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<p>One
{a set}</p>
<p>Two {.words} three</p>
<pre tabindex="0"><code>three
{.code}
</code></pre>
<p><code>four</code>
{}</p>


"#]],
    );
}

#[test]
fn attributes_that_mean_nothing_are_named() {
    site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/a.md
One
{width="20" .a}

```
two
```
{.b}
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: this attribute does nothing
 --> content/a.md:2:2
  |
2 | {width="20" .a}
  |  ^^^^^^^^^^ blocks and pictures have ids and classes

warning: these attributes belong to nothing
 --> content/a.md:7:1
  |
7 | {.b}
  | ^^^^ they stand below a paragraph, quotation, list, table or line, or behind a picture

"#]]);
}

#[test]
fn a_heading_has_an_id_and_classes_and_nothing_else() {
    site(
        r##"
--- content/a.md
## Costs {#costs .wide data-x=1 hidden}

> ### Time {lang=fr}
--- themes/default/templates/page.html
{{ page.content | safe }}
"##,
    )
    .build()
    .expect_warnings(str![[r#"
warning: this attribute does nothing
 --> content/a.md:1:24
  |
1 | ## Costs {#costs .wide data-x=1 hidden}
  |                        ^^^^^^^^ headings have an id and classes: `{#id .class}`

warning: this attribute does nothing
 --> content/a.md:1:33
  |
1 | ## Costs {#costs .wide data-x=1 hidden}
  |                                 ^^^^^^ headings have an id and classes: `{#id .class}`

warning: this attribute does nothing
 --> content/a.md:3:13
  |
3 | > ### Time {lang=fr}
  |             ^^^^^^^ headings have an id and classes: `{#id .class}`

"#]]);
}

#[test]
fn an_id_is_given_once() {
    site("--- content/a.md\n## One {#x}\n\nTwo\n{#x}\n")
        .build()
        .expect_errors(str![[r#"
error: two elements have the id `x`
 --> content/a.md:4:1
  |
4 | {#x}
  | ^^^^ links could not tell them apart

"#]]);
}

#[test]
fn attributes_below_a_definition_list_are_the_list_s() {
    site(
        r#"
--- content/a.md
Term
: What it means
{#terms .wide}

A paragraph.

Word
: Another

  with two paragraphs
{#words}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<dl id="terms" class="wide">
<dt>Term</dt>
<dd>What it means</dd>
</dl>
<p>A paragraph.</p>
<dl id="words">
<dt>Word</dt>
<dd>
<p>Another</p>
<p>with two paragraphs</p>
</dd>
</dl>


"#]],
    );
}

#[test]
fn attributes_that_would_be_shown_are_named() {
    site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/_index.md
--- content/a.md
{.alone}

A paragraph ends. {.lead}

A [link](https://example.com/){.button} in the middle.

- An item
- and another {#last}

A third
{: .kramdown}

> *Said*
>
> {#by .line}

As {x}, {#each items}, {.5}, \{.b} and `{.c}`; {.d} in a sentence.

    {.code}

```
{.code}
```
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: attributes that are shown as text
 --> content/a.md:1:1
  |
1 | {.alone}
  | ^^^^^^^^ there is no block right above
  |
  = help: write `{.alone}` on a line of its own below the block, with no empty line between, or `\{` for a brace

warning: attributes that are shown as text
 --> content/a.md:3:19
  |
3 | A paragraph ends. {.lead}
  |                   ^^^^^^^ those of a block stand below it
  |
  = help: write `{.lead}` on a line of its own below the block, with no empty line between, or `\{` for a brace

warning: attributes that are shown as text
 --> content/a.md:5:31
  |
5 | A [link](https://example.com/){.button} in the middle.
  |                               ^^^^^^^^^ only headings, blocks and pictures have any
  |
  = help: write `{.button}` on a line of its own below the block, with no empty line between, or `\{` for a brace

warning: attributes that are shown as text
 --> content/a.md:8:15
  |
8 | - and another {#last}
  |               ^^^^^^^ those of a block stand below it
  |
  = help: write `{#last}` on a line of its own below the block, with no empty line between, or `\{` for a brace

warning: attributes that are shown as text
  --> content/a.md:11:1
   |
11 | {: .kramdown}
   | ^^^^^^^^^^^^^ there is no colon in a list of attributes
   |
   = help: write `{.kramdown}` on a line of its own below the block, with no empty line between, or `\{` for a brace

warning: attributes that are shown as text
  --> content/a.md:15:3
   |
15 | > {#by .line}
   |   ^^^^^^^^^^^ there is no block right above
   |
   = help: write `{#by .line}` on a line of its own below the block, with no empty line between, or `\{` for a brace

"#]]);
}
