//! Questions and answers: one construct for readers and for search engines.

use snapbox::str;
use tallypress_tests::site;

/// A theme that shows all of a `faq`.
macro_rules! themed {
    ($story:literal) => {
        concat!(
            r#"
--- site.toml
base_url = "https://example.com/folder/"
--- themes/default/templates/shortcodes/faq.html
<div>{{ body }}</div>
{% for question in questions %}
<details id="{{ question.id }}"><summary>{{ question.heading }} ({{ question.title }}, {{ question.level }})</summary>
{{ question.answer }}</details>
{% endfor %}
--- themes/default/templates/shortcodes/badge.html
<b>{{ args.text }}</b>
--- themes/default/templates/page.html
{% for heading in page.toc %}#{{ heading.id }} {% endfor %}
{% if faq %}<script type="application/ld+json">{{ faq }}</script>{% endif %}
{{ page.content }}
"#,
            $story
        )
    };
}

#[test]
fn headings_ask_and_what_follows_answers() {
    site(themed!(
        r#"
--- content/a.md
## Before

{% faq() %}
What people ask.

### Is it *free*?

Yes, {{ badge(text="all") }} of it. See [b](b.md).

- A list

#### A part of the answer

> ### No question in here

### What </script> then? {#then}

Nothing.
{% end %}

## After
--- content/b.md
"#
    ))
    .build()
    .expect_file("a/index.html", str![[r##"
#before #after 
<script type="application/ld+json">{"@context":"https://schema.org","@type":"FAQPage","mainEntity":[{"@type":"Question","acceptedAnswer":{"@type":"Answer","text":"\u003cp>Yes, \u003cb>all\u003c/b>\n of it. See \u003ca href=\"https://example.com/folder/b/\">b\u003c/a>.\u003c/p>\n\u003cul>\n\u003cli>A list\u003c/li>\n\u003c/ul>\n\u003ch4 id=\"a-part-of-the-answer\">A part of the answer\u003c/h4>\n\u003cblockquote>\n\u003ch3 id=\"no-question-in-here\">No question in here\u003c/h3>\n\u003c/blockquote>"},"name":"Is it free?"},{"@type":"Question","acceptedAnswer":{"@type":"Answer","text":"\u003cp>Nothing.\u003c/p>"},"name":"What  then?"}],"url":"https://example.com/folder/a/"}</script>
<h2 id="before">Before</h2>
<div><p>What people ask.</p>
</div>

<details id="is-it-free"><summary>Is it <em>free</em>? (Is it free?, 3)</summary>
<p>Yes, <b>all</b>
 of it. See <a href="/folder/b/">b</a>.</p>
<ul>
<li>A list</li>
</ul>
<h4 id="a-part-of-the-answer">A part of the answer</h4>
<blockquote>
<h3 id="no-question-in-here">No question in here</h3>
</blockquote>
</details>

<details id="then"><summary>What </script> then? (What  then?, 3)</summary>
<p>Nothing.</p>
</details>


<h2 id="after">After</h2>



"##]]);
}

#[test]
fn a_page_without_questions_has_no_data_about_them() {
    site(themed!("--- content/a.md\nText.\n"))
        .build()
        .expect_lines("a/index.html", "script", str![]);
}

#[test]
fn a_faq_that_asks_nothing_is_refused() {
    site(themed!(
        r#"
--- content/a.md
{% faq() %}
**Bold is no heading?**

It is not.
{% end %}
"#
    ))
    .build()
    .expect_errors(str![[r#"
error: this `faq` asks nothing
 --> content/a.md:1:4
  |
1 | {% faq() %}
  |    ^^^
  |
  = help: write each question as a heading, and its answer below it

"#]]);
}

#[test]
fn the_default_theme_folds_answers_and_tells_search_engines() {
    site(
        r#"
--- content/a.md
{% faq() %}
### Why?
Because.
{% end %}
"#,
    )
    .default_theme()
    .build()
    .expect_lines("a/index.html", "FAQPage", str![[r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"FAQPage","mainEntity":[{"@type":"Question","acceptedAnswer":{"@type":"Answer","text":"\u003cp>Because.\u003c/p>"},"name":"Why?"}],"url":"http://localhost/a/"}</script>"#]])
    .expect_lines(
        "a/index.html",
        "summary",
        str![[r#"
<meta name="twitter:card" content="summary">
<summary><h2 id="why">Why?</h2></summary>
"#]],
    );
}
