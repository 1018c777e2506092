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
fn references_without_an_address_are_reported() {
    site(
        r#"
--- content/a.md
See [the guide][guide], ![a map][map], [guid][] and a [note].

[gide]: /a/
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: a link without an address
 --> content/a.md:1:5
  |
1 | See [the guide][guide], ![a map][map], [guid][] and a [note].
  |     ^^^^^^^^^^^^^^^^^^ no line defines this reference
  |
  = help: add a line such as `[name]: https://example.com/`, or write `\[` for a bracket

warning: a link without an address
 --> content/a.md:1:25
  |
1 | See [the guide][guide], ![a map][map], [guid][] and a [note].
  |                         ^^^^^^^^^^^^^ no line defines this reference
  |
  = help: add a line such as `[name]: https://example.com/`, or write `\[` for a bracket

warning: a link without an address
 --> content/a.md:1:40
  |
1 | See [the guide][guide], ![a map][map], [guid][] and a [note].
  |                                        ^^^^^^ no line defines this reference
  |
  = help: add a line such as `[name]: https://example.com/`, or write `\[` for a bracket

"#]]);
}

#[test]
fn a_quotation_that_was_to_be_an_alert_is_reported() {
    site(
        r#"
--- content/a.md
> [!INFO]
> Not one of them.

> [!NOTE] With a title
> Which it cannot have.

> [!] and [!NOTE] in the middle are text.
"#,
    )
    .build()
    .expect_warnings(str![[r#"
warning: there is no alert `INFO`
 --> content/a.md:1:3
  |
1 | > [!INFO]
  |   ^^^^^^^ alerts are NOTE, TIP, IMPORTANT, WARNING, CAUTION

warning: this is no alert
 --> content/a.md:4:3
  |
4 | > [!NOTE] With a title
  |   ^^^^^^^ more follows on the same line
  |
  = help: an alert's kind stands alone; `{% note(kind=…, title=…) %}` has a title of its own

"#]]);
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
<pre tabindex="0"><code class="language-rust"><span class="hl-keyword">if</span> a &lt; b &amp;&amp; <span class="hl-string">"c"</span> { }
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
fn headings_link_to_themselves_where_the_site_wants_it() {
    site(
        r#"
--- site.toml
[markdown]
heading_links = true
--- content/a.md
## Costs and `code` {.wide}
## A [link](/a/) of its own
## !!!
"#,
    )
    .build()
    .expect_lines("a/index.html", "<h2", str![[r##"
<h2 id="costs-and-code" class="wide"><a class="heading-link" href="#costs-and-code">Costs and <code>code</code></a></h2>
<h2 id="a-link-of-its-own">A <a href="/a/">link</a> of its own</h2>
<h2 id="section"><a class="heading-link" href="#section">!!!</a></h2>
"##]]);
}

#[test]
fn bare_addresses_are_links() {
    site(r#"
--- content/a.md
## See www.example.com

Visit (https://example.com/a_b_c/?q=1&r=2), ask me@example.com. *www.example.com/x*!

Not `https://example.com`, nor [https://example.com](/a/), nor <b title="https://example.com">this</b>,
nor \www.example.com.
"#)
    .build()
    .expect_file("a/index.html", str![[r#"
<!doctype html>
<title>A</title>
<h2 id="see-www-example-com">See <a href="http://www.example.com">www.example.com</a></h2>
<p>Visit (<a href="https://example.com/a_b_c/?q=1&amp;r=2">https://example.com/a_b_c/?q=1&amp;r=2</a>), ask <a href="mailto:me@example.com">me@example.com</a>. <em><a href="http://www.example.com/x">www.example.com/x</a></em>!</p>
<p>Not <code>https://example.com</code>, nor <a href="/a/">https://example.com</a>, nor <b title="https://example.com">this</b>,
nor \www.example.com.</p>


"#]]);
}

#[test]
fn a_bare_address_keeps_what_typography_would_change() {
    site(
        r#"
--- site.toml
[markdown]
smart_punctuation = true
--- content/a.md
"It's" at https://example.com/a--b/it's... -- see.
"#,
    )
    .build()
    .expect_lines("a/index.html", "<p>", str![[r#"<p>“It’s” at <a href="https://example.com/a--b/it&#x27;s">https://example.com/a--b/it's</a>… – see.</p>"#]]);
}

#[test]
fn a_link_to_a_page_of_the_site_is_checked_when_it_is_bare_too() {
    site(
        r#"
--- site.toml
base_url = "https://example.com/"
--- content/a.md
See https://example.com/nowhere/.
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:5
  |
1 | See https://example.com/nowhere/.
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no page has this address

"#]]);
}

#[test]
fn the_tag_filter_shows_tags_as_text() {
    site(
        r#"
--- site.toml
[markdown]
tag_filter = true
--- content/a.md
<strong> <title> <style> <em>

<blockquote>
  <xmp> is disallowed.  <XMP> is also disallowed.
</blockquote>
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<p><strong> &lt;title> &lt;style> <em></p>
<blockquote>
  &lt;xmp> is disallowed.  &lt;XMP> is also disallowed.
</blockquote>


"#]],
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

#[test]
fn a_mark_for_inches_never_opens_a_quotation() {
    site(
        r#"
--- site.toml
markdown.smart_punctuation = true
--- content/a.md
A 24" screen, 6' 2" tall, 24"x36" wide (24"). "A 24" screen", she said. "In 2024" and *"twice"*.
--- themes/default/templates/page.html
{{ page.content | safe }}
"#,
    )
    .build()
    .expect_file("a/index.html", str![[r#"
<p>A 24” screen, 6’ 2” tall, 24”x36” wide (24”). “A 24” screen”, she said. “In 2024” and <em>“twice”</em>.</p>


"#]]);
}
