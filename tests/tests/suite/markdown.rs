//! What Markdown becomes beyond CommonMark: tables, footnotes, alerts, tasks, headings with ids.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_table_is_aligned_by_classes_not_by_style() {
    site(r#"
--- content/a.md
| Role | Hours | Rate |
|:-----|:-----:|-----:|
| CTO  | 8     | *150* |
"#)
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>
<thead><tr><th scope="col" class="align-left">Role</th><th scope="col" class="align-center">Hours</th><th scope="col" class="align-right">Rate</th></tr></thead><tbody>
<tr><td class="align-left">CTO</td><td class="align-center">8</td><td class="align-right"><em>150</em></td></tr>
</tbody></table></div>


"#]]);
}

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_their_first_use() {
    site(r#"
--- content/a.md
One[^b], two[^a], one again[^b].

[^a]: Second.
[^b]: First, with a [link](/a/).
[^unused]: Nowhere.

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
<p>Outside<sup class="footnote-ref"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup>.</p>
<aside><p>Inside<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup>.</p>
<section class="footnotes" aria-label="Footnotes">
<ol>
<li id="fn-1">
<p>In the note.</p>
<a href="#fnref-1" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
</ol>
</section>
</aside>

<section class="footnotes" aria-label="Footnotes">
<ol start="2">
<li id="fn-2">
<p>On the page.</p>
<a href="#fnref-2" class="footnote-back" aria-label="Back to the text">↩</a>
</li>
</ol>
</section>


"##]]);
}

#[test]
fn alerts_are_written_as_on_github() {
    site(
        r#"
--- content/a.md
> [!NOTE]
> Good to know.

> [!warning]
> Careful.

> Just a quote.
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<blockquote class="alert alert-note">
<p class="alert-title">Note</p>
<p>Good to know.</p>
</blockquote>
<blockquote class="alert alert-warning">
<p class="alert-title">Warning</p>
<p>Careful.</p>
</blockquote>
<blockquote>
<p>Just a quote.</p>
</blockquote>


"#]],
    );
}

#[test]
fn a_task_list_has_boxes_with_names() {
    site(
        r#"
--- content/a.md
- [x] done
- [ ] to do
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<ul>
<li><input type="checkbox" disabled checked aria-label="Done" />
done</li>
<li><input type="checkbox" disabled aria-label="To do" />
to do</li>
</ul>


"#]],
    );
}

#[test]
fn definition_lists_and_strikethrough_are_there() {
    site(
        r#"
--- content/a.md
Tally
: A count kept ~~by hand~~ with strokes.
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<dl>
<dt>Tally</dt>
<dd>A count kept <del>by hand</del> with strokes.</dd>
</dl>


"#]],
    );
}

#[test]
fn every_heading_has_an_id_of_its_own() {
    site(
        r#"
--- content/a.md
## Costs
## Costs
## Costs {#prices}
## Über *uns*
## Kosten `x` {.wide}
## 🎉
## !!!
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<h",
        str![[r#"
<h2 id="costs">Costs</h2>
<h2 id="costs-1">Costs</h2>
<h2 id="prices">Costs</h2>
<h2 id="uber-uns">Über <em>uns</em></h2>
<h2 id="kosten-x" class="wide">Kosten <code>x</code></h2>
<h2 id="tada">🎉</h2>
<h2 id="section">!!!</h2>
"#]],
    );
}

#[test]
fn an_id_given_twice_is_an_error() {
    site(
        r#"
--- content/a.md
## Costs
## Prices {#costs}
## More {#more}
## Even more {#more}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: two headings have the id `costs`
 --> content/a.md:2:1
  |
2 | ## Prices {#costs}
  | ^^^^^^^^^^^^^^^^^^ links could not tell them apart

error: two headings have the id `more`
 --> content/a.md:4:1
  |
4 | ## Even more {#more}
  | ^^^^^^^^^^^^^^^^^^^^ links could not tell them apart

"#]]);
}

#[test]
fn code_names_its_language_and_is_escaped() {
    site(
        r#"
--- content/a.md
```rust no_run
if a < b && "c" { }
```

    indented

`a < b`
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<pre tabindex="0"><code class="language-rust">if a &lt; b &amp;&amp; "c" { }
</code></pre>
<pre tabindex="0"><code>indented
</code></pre>
<p><code>a &lt; b</code></p>


"#]],
    );
}

#[test]
fn punctuation_becomes_typographic_only_where_the_site_wants_it() {
    site("--- content/a.md\n\"Quoted\" -- it's 1...\n")
        .build()
        .expect_lines(
            "a/index.html",
            "<p>",
            str![[r#"<p>"Quoted" -- it's 1...</p>"#]],
        );
    site(
        r#"
--- site.toml
[markdown]
smart_punctuation = true
--- content/a.md
"Quoted" -- it's 1... and `"code"`
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<p>",
        str!["<p>“Quoted” – it’s 1… and <code>&quot;code&quot;</code></p>"],
    );
}

#[test]
fn raw_html_is_kept() {
    site(
        r#"
--- content/a.md
<figure class="wide">

*Markdown* inside

</figure>

A <kbd>key</kbd>.
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<figure class="wide">
<p><em>Markdown</em> inside</p>
</figure>
<p>A <kbd>key</kbd>.</p>


"#]],
    );
}

#[test]
fn words_are_counted_as_readers_see_them() {
    site(
        r#"
--- content/a.md
One **two** `three four` [five](/a/) ![six](/six.png)

| seven |
|-------|
| eight |
--- static/six.png
--- themes/default/templates/page.html
{{ page.word_count }}
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
7

"#]],
    );
}
