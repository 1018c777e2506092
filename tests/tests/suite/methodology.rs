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

/// How the default theme lays a model open in an article.
fn laid_open(model: &str, article: &str) -> String {
    let built = site("")
        .default_theme()
        .file("content/a.md", article.as_bytes())
        .file("content/estimates/it.toml", model.as_bytes())
        .build();
    let (_, from) = built
        .text("a/index.html")
        .split_once("<div class=\"prose\">")
        .unwrap();
    let (text, _) = from.split_once("</article>").unwrap();
    text.to_owned()
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
<section id="small-methodology">small whole 5</section>

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
        .expect_lines("atom.xml", "methodology", str![[r#"<content type="html">&lt;section id=&quot;small-methodology-limits&quot;&gt;small limits 5&lt;/section&gt;"#]]);
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
<section id="small-methodology-claims">small claims 5</section>
<section id="small-methodology-numbers">small numbers 5</section>
<section id="small-methodology-claims-2">small claims 5</section>
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
        &in_words(&laid_open(SMALL_MODEL, WHOLE)),
        str![[r#"
Version 1 of the model has 5 uncertain numbers and settings; our own judgement stands behind 5 of them. 3 draws make one future, and 1,024 futures make one result.
What you set
The form of the calculator asks for these. Where an answer is multiplied, the first of its list counts 0, the second 1, and so on.
Inputs 2
Input | Range or answers | Default
Pages to write | 1 to 100 | 10
Care | Quick · Careful | Quick
How a number varies
Three numbers are the lowest, the most likely and the highest value of something uncertain. In between, values follow a Beta-PERT distribution. Where a number has one value only, it is the same in all futures.
value = low + (high − low) × Q(u; 1 + 4f, 5 − 4f), with f = (likely − low) ÷ (high − low)
its mean = (low + 4 × likely + high) ÷ 6
Q is the quantile function of the Beta distribution, and u says how high the draw is, from 0 to 1. For each number, the 1,024 futures take u from the middles of 1,024 equal slices, each slice once, in an order that never changes (a rank-1 lattice, shifted by seed 1). So nothing is random while you use the page, and all approaches and all inputs meet the same futures.
“Scaled by” names a factor that depends on an input: straight lines lead from one point to the next, and beyond the last one it stays as it is. Several factors are multiplied.
Work
Every activity has an amount of work, in hours. Some of it is fixed, some grows with an input, and factors say how much of it a situation leaves to be done.
work = (hours + hours for each unit × units) × factors
hours of a role = work × its share
One draw moves all hours of an activity together. Where an answer changes who does the work, the row with that answer counts.
Writing 1 activity
Number | Low | Likely | High
Draft
Hours for each of Pages to write | 2
Kind
words
Factors
Care: 1 at Quick, 1.5 at Careful
Who
Alone: Writer 100%
With help: Agency 100%
Source
Our own judgement
People
An hour of each role has a rate, and a week has so many of its hours.
Roles 2
Number | Low | Likely | High
Writer own people
Rate EUR/hour | 50
Hours a week
10
Source
Our own judgement
Agency paid in cash
Rate EUR/hour | 100
Hours a week
40
Source
Our own judgement
Calendar
Activities wait for one another and for people.
start = when all that an activity waits for is finished, and everybody who works on it is free
duration = the longest of: hours ÷ hours a week, for each role; its shortest time on the calendar
Roles take activities up in a fixed order, and each is free again when its own hours are done. The shortest time shrinks with the factors of the work when these leave less than all of it. An activity that nobody works on takes no time. Nobody gets later because somebody has more time. A milestone is reached when the last of its activities is finished, and everything is done at the last milestone.
Milestones 1
Done
Draft
Order of the work
Alone, With help
Draft
Total
All that an approach costs goes into one sum.
total = cash + own time
cash = hours of paid roles × their rates
own time = hours of own people × their rates
Recommendation
The approach with the lowest mean total is recommended, and “Alone” already when its mean is within 5% of the lowest. It is a close call when the recommended approach has the lowest total in fewer than 60% of the futures. Ranges reach from the 10th to the 90th percentile, hence over 8 of 10 futures. What is never finished, because somebody whom its work needs has no hours, takes no part.
The largest risks are found by looking only at the fifth of the futures in which one draw is lowest, and at the fifth in which it is highest. What would turn the answer is looked for by moving one thing at a time: Pages to write.
Settings 2
Number | Low | Likely | High
Alone suffices up to this share above the lowest total | 5%
Our own judgement
A close call if it wins in a smaller share of futures | 60%
Our own judgement
"#]],
    );
}

/// The second model has every part but orders, penalties, scenarios, claims and limits.
#[test]
fn every_number_of_a_model_is_on_the_page_once() {
    for model in [SMALL_MODEL, SECOND_MODEL] {
        let page = laid_open(model, WHOLE);
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
    let text = laid_open(&model, &parts.join("\n"));
    expect(
        &in_words(&text),
        str![[r#"
Each cell is a median total, and in how many of 100 simulated futures that approach is the cheapest.
Alone | With help
As the page opens Our default inputs.
€1,000 100 of 100 Recommended | €2,000 0 of 100
Much to write A book, say. Pages to write: 90.
€9,000 100 of 100 Recommended | €18,000 0 of 100
The model agrees with 1 of 2 claims and differs on 1. Each is computed again whenever this page is made.
What we say | What the model says
Write it yourself. Our default inputs
Agrees: Alone.
Nobody writes a careful book alone. Pages to write: 90; Care: Careful
Differs: Alone instead of With help. Time is money, but not in this model.
Nobody falls ill.
"#]],
    );
}
