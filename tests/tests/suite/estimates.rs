//! Estimates in articles: figures inside sentences, calculators, and models that are wrong.

use snapbox::str;
use tallypress_tests::{Story, expect, site};

use crate::program::Folder;

pub const SMALL_MODEL: &str = include_str!("small-model.toml");

/// A site with the small model, and an article with this text.
pub fn article(text: &str) -> Story {
    site("")
        .file("content/a.md", text.as_bytes())
        .file("content/estimates/small.toml", SMALL_MODEL.as_bytes())
}

#[test]
fn a_figure_in_a_sentence_is_computed() {
    article(
        r#"
Alone it costs {{ estimate(model="small", approach="alone", show="internal.p50") }} and takes
{{ estimate(model="small", approach="alone", show="weeks.mean") }} weeks; with help
{{ estimate(model="small", approach="helped", show="cash.p90") }}. Take
{{ estimate(model="small", show="recommendation") }}: it wins in
{{ estimate(model="small", approach="alone", show="wins") }}. It is
{{ estimate(model="small", approach="alone", show="hours.writer") }} hours for
{{ estimate(model="small", show="input.pages") }} pages, done
{{ estimate(model="small", approach="alone", show="weeks_done.p10") }} weeks later.
"#,
    )
    .build()
    .expect_file(
        "a/index.html",
        str![[r#"
<!doctype html>
<title>A</title>
<p>Alone it costs €1,000 and takes
2.0 weeks; with help
€2,000. Take
Alone: it wins in
100 of 100. It is
20 hours for
10 pages, done
2.0 weeks later.</p>


"#]],
    );
}

#[test]
fn a_figure_may_be_asked_for_with_other_inputs() {
    article(r#"{{ estimate(model="small", approach="alone", show="internal.p50", set="pages=20, care=1") }}"#)
        .build()
        .expect_lines("a/index.html", "<p>", str!["<p>€3,000</p>"]);
}

#[test]
fn a_figure_that_is_not_there_is_an_error_with_what_is_there() {
    article(r#"
{{ estimate(model="smal", approach="alone", show="cash.p50") }}

{{ estimate(model="small", approach="alne", show="cash.p50") }}

{{ estimate(model="small", approach="alone", show="cahs.p50") }}

{{ estimate(model="small", approach="alone", show="cash.p95") }}

{{ estimate(model="small", approach="alone", show="cash") }}

{{ estimate(model="small", show="cash.p50") }}

{{ estimate(model="small", approach="alone", show="hours.riter") }}

{{ estimate(model="small", approach="alone", show="cash.p50", set="pages=1000") }}

{{ estimate(model="small", approach="alone", show="cash.p50", set="page=5, care=2, pages") }}
"#)
    .build()
    .expect_errors(str![[r#"
error: there is no estimate model `smal`
 --> content/a.md:2:19
  |
2 | {{ estimate(model="smal", approach="alone", show="cash.p50") }}
  |                   ^^^^^^ no file `content/estimates/smal.toml`
  |
  = help: did you mean `small`?

error: there is no approach `alne`
 --> content/a.md:4:37
  |
4 | {{ estimate(model="small", approach="alne", show="cash.p50") }}
  |                                     ^^^^^^
  |
  = help: did you mean `alone`?
  = help: there is alone, helped

error: there is no figure `cahs`
 --> content/a.md:6:51
  |
6 | {{ estimate(model="small", approach="alone", show="cahs.p50") }}
  |                                                   ^^^^^^^^^^
  |
  = help: did you mean `cash`?
  = help: there is cash, internal, delay, total, weeks, cash_writing, internal_writing, weeks_done, start_writing, finish_writing, wins, hours, recommendation, input

error: there is no statistic `p95`
 --> content/a.md:8:51
  |
8 | {{ estimate(model="small", approach="alone", show="cash.p95") }}
  |                                                   ^^^^^^^^^^
  |
  = help: did you mean `p90`?
  = help: there is mean, p10, p50, p90

error: `cash` is a range; which of its numbers is meant?
  --> content/a.md:10:51
   |
10 | {{ estimate(model="small", approach="alone", show="cash") }}
   |                                                   ^^^^^^
   |
   = help: write `cash.p50` for the median, or `.mean`, `.p10`, `.p90`

error: `cash.p50` needs an approach
  --> content/a.md:12:1
   |
12 | {{ estimate(model="small", show="cash.p50") }}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: add approach="…", one of alone, helped

error: there is no role `riter`
  --> content/a.md:14:51
   |
14 | {{ estimate(model="small", approach="alone", show="hours.riter") }}
   |                                                   ^^^^^^^^^^^^^
   |
   = help: did you mean `writer`?
   = help: there is writer, agency

error: `pages` cannot be 1000: it must be a whole number from 1 to 100
  --> content/a.md:16:67
   |
16 | {{ estimate(model="small", approach="alone", show="cash.p50", set="pages=1000") }}
   |                                                                   ^^^^^^^^^^^^

error: `care` cannot be 2: it must be a whole number from 0 to 1: 0 Quick, 1 Careful
  --> content/a.md:18:67
   |
18 | {{ estimate(model="small", approach="alone", show="cash.p50", set="page=5, care=2, pages") }}
   |                                                                   ^^^^^^^^^^^^^^^^^^^^^^^

error: `pages` sets nothing
  --> content/a.md:18:67
   |
18 | {{ estimate(model="small", approach="alone", show="cash.p50", set="page=5, care=2, pages") }}
   |                                                                   ^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: write the id of an input, `=` and a number

error: `small` has no input called `page`
  --> content/a.md:18:67
   |
18 | {{ estimate(model="small", approach="alone", show="cash.p50", set="page=5, care=2, pages") }}
   |                                                                   ^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: did you mean `pages`?

"#]]);
}

#[test]
fn wrong_arguments_of_the_built_in_shortcodes_are_errors() {
    article(
        r#"
{{ estimate() }}

{{ estimate(model=7, show="cash.p50") }}

{{ estimate(modle="small", approach="alone", show="cash.p50") }}

{{ calculator() }}

{{ calculator(model="small", approach="alone") }}

{{ calculator(model="big") }}

{% calculator(model="small") %}text{% end %}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `estimate` needs `model`
 --> content/a.md:2:1
  |
2 | {{ estimate() }}
  | ^^^^^^^^^^^^^^^^ add `model="…"`

error: `model` must be a text in quotes
 --> content/a.md:4:19
  |
4 | {{ estimate(model=7, show="cash.p50") }}
  |                   ^

error: `estimate` has no argument `modle`
 --> content/a.md:6:13
  |
6 | {{ estimate(modle="small", approach="alone", show="cash.p50") }}
  |             ^^^^^ it takes model, approach, show, set
  |
  = help: did you mean `model`?

error: `calculator` needs `model`
 --> content/a.md:8:1
  |
8 | {{ calculator() }}
  | ^^^^^^^^^^^^^^^^^^ add `model="…"`

error: `calculator` has no argument `approach`
  --> content/a.md:10:30
   |
10 | {{ calculator(model="small", approach="alone") }}
   |                              ^^^^^^^^ it takes model

error: there is no estimate model `big`
  --> content/a.md:12:21
   |
12 | {{ calculator(model="big") }}
   |                     ^^^^^ no file `content/estimates/big.toml`
   |
   = help: known models: small

error: `calculator` takes no body
  --> content/a.md:14:4
   |
14 | {% calculator(model="small") %}text{% end %}
   |    ^^^^^^^^^^
   |
   = help: write `{{ calculator(…) }}`

"#]]);
}

#[test]
fn a_calculator_brings_its_program_its_model_and_the_right_to_run() {
    let built = article("Before.\n\n{{ calculator(model=\"small\") }}\n\nAfter.\n")
        .file("content/plain.md", b"No calculator here.\n")
        .default_theme()
        .build();
    built.expect_files(str![[r#"
a/index.html
assets/calculator-loader.[HASH].js
assets/calculator.[HASH].css
assets/calculator.[HASH].js
assets/calculator.[HASH].wasm
assets/contact.[HASH].css
assets/contact.[HASH].js
assets/contents.[HASH].js
assets/estimates/small.[HASH].bin
assets/favicon.[HASH].svg
assets/methodology.[HASH].css
assets/search.[HASH].css
assets/search.[HASH].js
assets/search/index.[HASH].json
assets/search/pages.[HASH].json
assets/search/words.[HASH].bin
assets/style.[HASH].css
assets/tab-stops.[HASH].js
embed/calculator.js
embed/small/index.html
plain/index.html
search/index.html
"#]]);
    let page = built.text("a/index.html");
    assert!(page.contains("'wasm-unsafe-eval'") || page.contains("&#39;wasm-unsafe-eval&#39;"));
    assert!(!built.text("plain/index.html").contains("wasm"));
    // Every figure stands on the page before any script runs.
    for figure in ["€1,000", "€2,000", "Alone", "With help"] {
        assert!(page.contains(figure), "{figure} is not on the page");
    }
}

#[test]
fn a_theme_that_cannot_draw_a_calculator_is_at_fault() {
    article("{{ calculator(model=\"small\") }}")
        .build()
        .expect_errors(str![[r#"
error: the theme cannot draw calculators
 --> content/a.md:1:4
  |
1 | {{ calculator(model="small") }}
  |    ^^^^^^^^^^ it has no `templates/shortcodes/calculator.html`

"#]]);
}

#[test]
fn a_site_without_a_calculator_has_no_program() {
    article("{{ estimate(model=\"small\", show=\"recommendation\") }}")
        .build()
        .expect_files(str!["a/index.html"]);
}

#[test]
fn two_calculators_on_a_page_keep_apart() {
    let built = article("{{ calculator(model=\"small\") }}\n\n{{ calculator(model=\"small\") }}\n")
        .default_theme()
        .build();
    let page = built.text("a/index.html");
    let mut ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "two elements have the same id");
}

#[test]
fn a_calculator_shows_nothing_that_its_model_has_not() {
    let without_milestones = SMALL_MODEL.split("[[milestone]]").next().unwrap();
    let of_default = |model: &str| -> String {
        let story = site("")
            .default_theme()
            .file("content/a.md", br#"{{ calculator(model="small") }}"#)
            .file("content/estimates/small.toml", model.as_bytes());
        let folder = Folder::of(&story);
        folder.run("build").expect_code(0);
        folder.read("public/a/index.html")
    };
    let words = ["All done", "not yet delivered", "Worth of a saved hour"];
    let shown = |page: String| words.map(|word| page.contains(word));
    assert_eq!(shown(of_default(SMALL_MODEL)), [true, false, false]);
    assert_eq!(shown(of_default(without_milestones)), [false; 3]);
    let with_value = SMALL_MODEL.replace(
        "version = 1\n",
        "version = 1\nvalue_team_rate = 60\nvalue_recapture = 0.5\n",
    ) + "[value.operations]\ndrivers = [\"pages\"]\nlive = [\"done\"]\n";
    assert_eq!(shown(of_default(&with_value)), [true; 3]);
}

#[test]
fn in_a_feed_a_calculator_is_a_link_to_the_article() {
    let built = site("")
        .file(
            "content/2026-01-01-a.md",
            b"Before.\n\n{{ calculator(model=\"small\") }}\n",
        )
        .file("content/estimates/small.toml", SMALL_MODEL.as_bytes())
        .default_theme()
        .base_url("https://example.com")
        .build();
    built.expect_lines("atom.xml", "alculator", str!["&lt;p&gt;&lt;a href=&quot;https://example.com/a/#small&quot;&gt;Open the calculator in the article&lt;/a&gt;&lt;/p&gt;"]);
}

#[test]
fn an_edited_model_changes_the_figures_that_quote_it() {
    let quoted = |model: &str| {
        let text = "{{ estimate(model=\"small\", approach=\"alone\", show=\"internal.p50\") }}";
        let built = article(text)
            .file("content/estimates/small.toml", model.as_bytes())
            .build();
        let page = built.text("a/index.html").to_owned();
        page.lines()
            .find(|line| line.starts_with("<p>"))
            .map(str::to_owned)
    };
    expect(&quoted(SMALL_MODEL).unwrap(), str!["<p>€1,000</p>"]);
    expect(
        &quoted(&SMALL_MODEL.replace("[50, 50, 50]", "[70, 70, 70]")).unwrap(),
        str!["<p>€1,400</p>"],
    );
}
