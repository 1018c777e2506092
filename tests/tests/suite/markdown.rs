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
    .expect_file("a/index.html", str![]);
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
    .expect_file("a/index.html", str![]);
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
    .expect_file("a/index.html", str![]);
}

#[test]
fn alerts_are_written_as_on_github() {
    site(r#"
--- content/a.md
> [!NOTE]
> Good to know.

> [!warning]
> Careful.

> Just a quote.
"#)
    .build()
    .expect_file("a/index.html", str![]);
}

#[test]
fn a_task_list_has_boxes_with_names() {
    site(r#"
--- content/a.md
- [x] done
- [ ] to do
"#)
    .build()
    .expect_file("a/index.html", str![]);
}

#[test]
fn definition_lists_and_strikethrough_are_there() {
    site(r#"
--- content/a.md
Tally
: A count kept ~~by hand~~ with strokes.
"#)
    .build()
    .expect_file("a/index.html", str![]);
}

#[test]
fn every_heading_has_an_id_of_its_own() {
    site(r#"
--- content/a.md
## Costs
## Costs
## Costs {#costs}
## Über *uns*
## Kosten `x` {.wide}
## 🎉
## !!!
"#)
    .build()
    .expect_lines("a/index.html", "<h", str![]);
}

#[test]
fn code_names_its_language_and_is_escaped() {
    site(r#"
--- content/a.md
```rust no_run
if a < b && "c" { }
```

    indented

`a < b`
"#)
    .build()
    .expect_file("a/index.html", str![]);
}

#[test]
fn punctuation_becomes_typographic_only_where_the_site_wants_it() {
    site("--- content/a.md\n\"Quoted\" -- it's 1...\n")
        .build()
        .expect_lines("a/index.html", "<p>", str![]);
    site(r#"
--- site.toml
[markdown]
smart_punctuation = true
--- content/a.md
"Quoted" -- it's 1... and `"code"`
"#)
    .build()
    .expect_lines("a/index.html", "<p>", str![]);
}

#[test]
fn raw_html_is_kept() {
    site(r#"
--- content/a.md
<figure class="wide">

*Markdown* inside

</figure>

A <kbd>key</kbd>.
"#)
    .build()
    .expect_file("a/index.html", str![]);
}

#[test]
fn words_are_counted_as_readers_see_them() {
    site(r#"
--- content/a.md
One **two** `three four` [five](/a/) ![six](/six.png)

| seven |
|-------|
| eight |
--- static/six.png
--- themes/default/templates/page.html
{{ page.word_count }}
"#)
    .build()
    .expect_file("a/index.html", str![]);
}
