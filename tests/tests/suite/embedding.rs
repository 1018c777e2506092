//! Calculators in pages of other sites: a page for each that holds nothing else, and one script that
//! puts it into a frame.

use snapbox::str;
use tallypress_tests::{Story, expect, site};

const SMALL_MODEL: &[u8] = include_bytes!("small-model.toml");

/// A theme with a page to embed. Every calculator says what it offers and where it belongs.
const EMBEDDING: &str = r#"
--- themes/default/templates/shortcodes/calculator.html
<div id="{{ calculator.id }}" title="{{ calculator.embed_url }} {{ calculator.embed_script }}">{% if article is defined %}{{ article.permalink }}{% endif %}</div>
--- themes/default/templates/embed.html
<!doctype html>
<title>{{ article.title }}</title>
<script async src="{{ assets["calculator-embed.js"] }}"></script>
{% include "shortcodes/calculator.html" %}
<a href="{{ article.path }}">{{ has_calculator }} {{ current_path }} {{ csp is containing(pat="wasm") }}</a>
--- site.toml
base_url = "https://example.com"
"#;

/// A site with the model `small` and these other files.
fn story(files: &str) -> Story {
    site(&format!("{EMBEDDING}{files}")).file("content/estimates/small.toml", SMALL_MODEL)
}

#[test]
fn a_calculator_has_a_page_of_its_own_and_a_script() {
    story(
        r#"
--- content/2026-05-01-a.md
# How long?
{{ calculator(model="small") }}
"#,
    )
    .build()
    .expect_files(str![[r#"
a/index.html
assets/calculator-loader.[HASH].js
assets/calculator.[HASH].js
assets/calculator.[HASH].wasm
assets/estimates/small.[HASH].bin
embed/calculator.js
embed/small/index.html
"#]])
    .expect_file("embed/small/index.html", str![[r#"
<!doctype html>
<title>How long?</title>
<script async src="/embed/calculator.js"></script>
<div id="small" title="https://example.com/embed/small/ https://example.com/embed/calculator.js">https://example.com/a/</div>

<a href="/a/">true /embed/small/ true</a>

"#]])
    .expect_lines("a/index.html", "<div", str![[r#"<div id="small" title="https://example.com/embed/small/ https://example.com/embed/calculator.js"></div>"#]])
    .expect_lines("sitemap.xml", "embed", str![""])
    .expect_lines("atom.xml", "embed", str![""]);
}

#[test]
fn a_theme_without_the_template_offers_no_embedding() {
    site(
        r#"
--- themes/default/templates/shortcodes/calculator.html
<div title="{{ calculator.embed_url }}{{ calculator.embed_script }}"></div>
--- content/a.md
{{ calculator(model="small") }}
"#,
    )
    .file("content/estimates/small.toml", SMALL_MODEL)
    .build()
    .expect_files(str![[r#"
a/index.html
assets/calculator-loader.[HASH].js
assets/calculator.[HASH].js
assets/calculator.[HASH].wasm
assets/estimates/small.[HASH].bin
"#]])
    .expect_lines("a/index.html", "<div", str![[r#"<div title=""></div>"#]]);
}

#[test]
fn an_embedded_calculator_belongs_to_the_first_page_that_holds_it() {
    let built = story(
        r#"
--- content/_index.md
{{ calculator(model="small") }}
--- content/draft.md
+++
draft = true
+++
{{ calculator(model="small") }}
--- content/guide/how-long.md
{{ calculator(model="other") }}

{{ calculator(model="small") }}

{{ calculator(model="small") }}
--- content/later.md
{{ calculator(model="small") }}
"#,
    )
    .file("content/estimates/other.toml", SMALL_MODEL)
    .file("content/estimates/unused.toml", SMALL_MODEL)
    .build();
    built
        .expect_lines("embed/small/index.html", "<a", str![[r#"<a href="/guide/how-long/">true /embed/small/ true</a>"#]])
        // The first of a model has the model's own id, so that links to its state fit both pages.
        .expect_lines("embed/small/index.html", "<div", str![[r#"<div id="small" title="https://example.com/embed/small/ https://example.com/embed/calculator.js">https://example.com/guide/how-long/</div>"#]])
        .expect_lines("guide/how-long/index.html", "<div", str![[r#"
<div id="other" title="https://example.com/embed/other/ https://example.com/embed/calculator.js"></div>
<div id="small" title="https://example.com/embed/small/ https://example.com/embed/calculator.js"></div>
<div id="small-2" title="https://example.com/embed/small/ https://example.com/embed/calculator.js"></div>
"#]])
        .expect_absent("embed/unused/index.html");
}

#[test]
fn a_site_in_a_folder_is_embedded_from_there() {
    story(
        r#"
--- content/a.md
{{ calculator(model="small") }}
"#,
    )
    .base_url("https://example.com/docs/")
    .build()
    .expect_file("embed/small/index.html", str![[r#"
<!doctype html>
<title>A</title>
<script async src="/docs/embed/calculator.js"></script>
<div id="small" title="https://example.com/docs/embed/small/ https://example.com/docs/embed/calculator.js">https://example.com/docs/a/</div>

<a href="/docs/a/">true /docs/embed/small/ true</a>

"#]]);
}

#[test]
fn the_address_of_an_embedded_page_must_be_free_and_legal() {
    story(
        r#"
--- content/a.md
{{ calculator(model="small") }}

{{ calculator(model="my model") }}
--- content/embed/small.md
"#,
    )
    .file("content/estimates/my model.toml", SMALL_MODEL)
    .build()
    .expect_errors(str![[r#"
error: two sources make the file `embed/small/index.html`
--> content/embed/small.md
 = note: the other is content/estimates/small.toml
 = help: give the page another `path`

error: `my model` cannot be a part of an address
--> content/estimates/my model.toml
 = note: ` ` does not belong in an address: use letters, digits, `-`, `_` and `.`
 = help: the page to embed has the name of the model: rename its file

"#]]);
}

#[test]
fn an_embedded_page_runs_under_the_policy_of_articles_and_stays_out_of_search() {
    let built = site(
        r#"
--- content/a.md
# How long?
{{ calculator(model="small") }}
--- site.toml
base_url = "https://example.com"
"#,
    )
    .file("content/estimates/small.toml", SMALL_MODEL)
    .default_theme()
    .build();
    let policy = |path| {
        let html = built.text(path);
        let lines = html.lines().map(str::trim);
        let found = lines.filter(|line| line.contains("Content-Security-Policy"));
        found.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(policy("embed/small/index.html"), policy("a/index.html"));
    built
        .expect_lines("embed/small/index.html", "noindex", str![[r#"<meta name="robots" content="noindex">"#]])
        .expect_lines("embed/small/index.html", "canonical", str![[r#"<link rel="canonical" href="https://example.com/a/">"#]])
        .expect_lines("embed/small/index.html", "<title>", str!["<title>Calculator: How long?</title>"])
        .expect_lines("embed/small/index.html", "<script ", str![[r#"
<script type="module" src="/assets/calculator-loader.[HASH].js" integrity="sha384-[HASH]"></script>
<script defer src="/embed/calculator.js"></script>
<script type="application/json" data-facts>{"approaches":["alone","helped"],"dots":50,"inputs":2,"keys":["pages","care","rate.writer","rate.agency","work.draft","value_team_rate","value_recapture","horizon_weeks","quality_max","quality_target","sufficient","close_call","capacity.writer","capacity.agency","team.draft","ramp.activity.draft","share.draft.alone","share.draft.helped"],"measures":{"cash":"EUR","cash_writing":"EUR","delay":"EUR","finish_writing":"weeks","hours":"hours","internal":"EUR","internal_writing":"EUR","start_writing":"weeks","total":"EUR","weeks":"weeks","weeks_done":"weeks","wins":"share"},"model":"small","never":"never","phases":["writing"],"roles":["writer","agency"],"samples":1024,"scenarios":[],"seed":1,"series":["cash","internal","delay","total","weeks","cash_writing","internal_writing","weeks_done","start_writing","finish_writing"],"situations":[""],"terms":[2,2,1,4,2,2],"units":{"care":"","close_call":"share","horizon_weeks":"weeks","pages":"","quality_max":"share","quality_target":"share","rate.agency":"EUR/hour","rate.writer":"EUR/hour","sufficient":"share","value_recapture":"share","value_team_rate":"EUR/hour","work.draft":"hours"},"variables":["Writer: rate","Agency: rate","Draft: hours"],"version":1}</script>
"#]])
        .expect_lines("a/index.html", "embed/calculator.js", str![[r#"<pre><code>&lt;script async src="https://example.com/embed/calculator.js" data-calculator="small"&gt;&lt;/script&gt;</code></pre>"#]]);
}

/// It stands in pages of other sites, so it asks nothing of them, and takes word from its own frame alone.
#[test]
fn the_script_is_small_and_keeps_to_itself() {
    let built = story(
        r#"
--- content/a.md
{{ calculator(model="small") }}
"#,
    )
    .build();
    expect(
        built.text("embed/calculator.js"),
        str![[
            r#"{let e=document.currentScript,{calculator:t}=e.dataset;if(t){let n=new URL(`${t}/`,e.src),r=document.createElement(`iframe`);r.src=n,r.title=`Calculator`,r.loading=`lazy`,r.allow=`clipboard-write`;let{style:i}=r;i.display=`block`,i.border=0,i.width=`100%`,i.height=`60rem`;let a=document.createElement(`p`),o=document.createElement(`a`);o.href=o.textContent=n,a.append(`No calculator answers at `,o,`. Is "${t}" its name in the tag that its own page offers?`);let s;addEventListener(`message`,({source:e,origin:t,data:o})=>{e===r.contentWindow&&t===n.origin&&o?.height>0&&(clearTimeout(s),a.remove(),i.height=`${o.height}px`,r.title=`${o.title}`,r.onload=null)}),r.onload=()=>{s=setTimeout(()=>{r.after(a),i.height=0},3e3)},e.after(r)}else if(parent!==window){let{documentElement:e,body:t,title:n}=document;t.style.minHeight=0,e.style.scrollbarWidth=`none`;let r=()=>{let t=Math.ceil(e.getBoundingClientRect().height);parent.postMessage({height:t,title:n},`*`)};r(),new ResizeObserver(r).observe(e)}}"#
        ]],
    );
}
