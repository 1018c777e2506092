//! A model laid open in an article: what it computes in words, every number, its answers, its limits.

use snapbox::str;
use tallypress_tests::{Story, expect, site};

const SMALL_MODEL: &str = include_str!("small-model.toml");
const SECOND_MODEL: &str = include_str!("../../reference/second-model.toml");

/// A theme that says what it is given.
const PLAIN: &str = r#"
--- themes/default/templates/shortcodes/methodology.html
<section id="{{ methodology.id }}">{{ methodology.model }} {{ args.part or "whole" }} {{ methodology.numbers }}</section>
--- themes/default/templates/page.html
{{ has_methodology }} {{ has_calculator }} {{ csp is containing(pat="wasm") }}
{{ page.content }}
"#;

/// A site with the small model, and an article with this text.
fn article(text: &str) -> Story {
    site(PLAIN)
        .file("content/a.md", text.as_bytes())
        .file("content/estimates/small.toml", SMALL_MODEL.as_bytes())
}

/// How the default theme lays a model open: what its sections hold.
fn sections(model: &str, article: &str) -> String {
    let built = site("")
        .default_theme()
        .file("content/a.md", article.as_bytes())
        .file("content/estimates/it.toml", model.as_bytes())
        .build();
    let page = built.text("a/index.html");
    let sections = page.split("<section class=\"method\"").skip(1);
    let inside = sections.filter_map(|section| {
        let (_, inside) = section.split_once('>')?;
        Some(inside.split_once("</section>")?.0)
    });
    inside.collect()
}

const WHOLE: &str = "{{ methodology(model=\"it\") }}\n";

/// What a reader sees: a line for each block, cells of a table with bars between them.
fn in_words(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap();
        text.push_str(match tag.split(' ').next().unwrap_or_default() {
            "b" | "/b" | "small" | "/small" | "span" | "/span" | "strong" | "/strong" => "",
            "td" | "th" => " | ",
            "/td" | "/th" => "",
            _ => "\n",
        });
        text.push_str(after);
    }
    let lines = text.lines().map(|line| line.trim_matches([' ', '|']));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[test]
fn a_model_is_laid_open_by_the_theme() {
    article("{{ methodology(model=\"small\") }}\n\nText.\n")
        .file("content/b.md", b"Text.\n")
        .build()
        .expect_file(
            "a/index.html",
            str![[r#"
true false false
<section id="small-methodology">small whole 10</section>

<p>Text.</p>


"#]],
        )
        .expect_file(
            "b/index.html",
            str![[r#"
false false false
<p>Text.</p>


"#]],
        );
}

#[test]
fn a_feed_holds_a_methodology_as_it_is() {
    article("{{ methodology(model=\"small\") }}\n")
        .file(
            "content/2026-05-01-b.md",
            b"{{ methodology(model=\"small\", part=\"limits\") }}\n",
        )
        .build()
        .expect_lines("atom.xml", "methodology", str![[r#"<content type="html">&lt;section id=&quot;small-methodology-limits&quot;&gt;small limits 10&lt;/section&gt;"#]]);
}

#[test]
fn parts_stand_where_the_author_wants_them() {
    article(
        r#"
{{ methodology(model="small", part="claims") }}

{{ methodology(model="small", part="numbers") }}

{{ methodology(model="small", part="claims") }}
"#,
    )
    .build()
    .expect_lines(
        "a/index.html",
        "<section",
        str![[r#"
<section id="small-methodology-claims">small claims 10</section>
<section id="small-methodology-numbers">small numbers 10</section>
<section id="small-methodology-claims-2">small claims 10</section>
"#]],
    );
}

#[test]
fn what_is_wrong_with_a_methodology_is_said_where_it_is() {
    article(
        r#"
{{ methodology() }}

{{ methodology(model="smal") }}

{{ methodology(model="small", part="claim") }}

{{ methodology(model="small", show="claims") }}

{% methodology(model="small") %}text{% end %}

{{ methodologies(model="small") }}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `methodology` needs `model`
 --> content/a.md:2:1
  |
2 | {{ methodology() }}
  | ^^^^^^^^^^^^^^^^^^^ add `model="…"`

error: there is no estimate model `smal`
 --> content/a.md:4:22
  |
4 | {{ methodology(model="smal") }}
  |                      ^^^^^^ no file `content/estimates/smal.toml`
  |
  = help: did you mean `small`?

error: a methodology has no part `claim`
 --> content/a.md:6:36
  |
6 | {{ methodology(model="small", part="claim") }}
  |                                    ^^^^^^^ its parts are numbers, scenarios, claims, limits
  |
  = help: did you mean `claims`?

error: `methodology` has no argument `show`
 --> content/a.md:8:31
  |
8 | {{ methodology(model="small", show="claims") }}
  |                               ^^^^ it takes model, part

error: `methodology` takes no body
  --> content/a.md:10:4
   |
10 | {% methodology(model="small") %}text{% end %}
   |    ^^^^^^^^^^^
   |
   = help: write `{{ methodology(…) }}`

error: there is no shortcode `methodologies`
  --> content/a.md:12:4
   |
12 | {{ methodologies(model="small") }}
   |    ^^^^^^^^^^^^^ neither the generator nor the theme has it
   |
   = help: did you mean `methodology`?

"#]]);
}

#[test]
fn a_theme_that_cannot_lay_a_model_open_is_at_fault() {
    site("")
        .file("content/a.md", b"{{ methodology(model=\"small\") }}\n")
        .file("content/estimates/small.toml", SMALL_MODEL.as_bytes())
        .build()
        .expect_errors(str![[r#"
error: the theme cannot draw methodologies
 --> content/a.md:1:4
  |
1 | {{ methodology(model="small") }}
  |    ^^^^^^^^^^^ it has no `templates/shortcodes/methodology.html`

"#]]);
}

/// The small model has none of the parts that a model may do without.
#[test]
fn a_small_model_reads_like_this() {
    expect(
        &in_words(&sections(SMALL_MODEL, WHOLE)),
        str![""],
    );
}

/// The second model has every part but orders, penalties, scenarios, claims and limits.
#[test]
fn every_number_of_a_model_is_on_the_page_once() {
    for model in [SMALL_MODEL, SECOND_MODEL] {
        let page = sections(model, WHOLE);
        let (_, after) = page.split_once("of the model has <b>").unwrap();
        let (numbers, _) = after.split_once("</b>").unwrap();
        let tables = page.split("<table class=\"method__numbers\">").skip(1);
        let rows = tables.map(|table| {
            let (table, _) = table.split_once("</table>").unwrap();
            table.matches("<th scope=\"row\">").count()
        });
        assert_eq!(rows.sum::<usize>().to_string(), numbers);
    }
}

#[test]
fn scenarios_claims_and_limits_are_told_with_the_model_s_answers() {
    let limits = "limits = [\"Nobody falls ill.\"]\napproaches";
    let model = format!(
        "{}{}",
        SMALL_MODEL.replacen("approaches", limits, 1),
        r#"
[[scenario]]
id = "much"
label = "Much to write"
help = "A book, say."
set = { pages = 90 }

[[claim]]
text = "Write it yourself."
set = {}
expect = "alone"

[[claim]]
text = "Nobody writes a careful book alone."
scenario = "much"
set = { care = "Careful" }
expect = "helped"
note = "Time is money, but not in this model."
"#
    );
    let parts = ["scenarios", "claims", "limits"]
        .map(|part| format!("{{{{ methodology(model=\"it\", part=\"{part}\") }}}}\n"));
    let sections = sections(&model, &parts.join("\n"));
    expect(
        &in_words(&sections),
        str![""],
    );
}
