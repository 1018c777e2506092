//! `[variables]`: what a theme leaves to the site, what a site may say about it, and what comes of it in
//! pages and style sheets.

use snapbox::str;
use tallypress_tests::{Built, expect, site};

/// A theme with one variable of each type, all of which its one page shows.
const THEME: &str = r##"
--- themes/paper/theme.toml
[variables.ink]
type = "colour"
default = { light = "#222222", dark = "#eeeeee" }
contrast = { with = "ground", at_least = 4.5 }
[variables.ground]
type = "colour"
default = { light = "white", dark = "black" }
[variables.letters]
type = "font"
default = "Georgia, serif"
[variables.edge]
type = "length"
default = "1px"
[variables.motto]
type = "text"
[variables.shouting]
type = "boolean"
default = false
[variables.badge]
type = "picture"
[variables.shelf]
type = "links"
default = []
--- themes/paper/assets/style.css
@layer base { p { color: var(--ink) } }
--- themes/paper/templates/index.html
{{ variables.motto }}|{{ variables.shouting }}|{{ variables.ink.dark }}|{{ variables.letters.family }}
{%- if variables.badge %}|{{ variables.badge.path }} {{ variables.badge.width }}x{{ variables.badge.height }}{% endif %}
{%- for link in variables.shelf %}|<a href="{{ link.path }}">{{ link.name }}</a>{% endfor %}
--- themes/paper/templates/page.html
{{ page.title }}
"##;

fn paper(settings: &str) -> Built {
    site(&format!(
        "--- site.toml
theme = \"paper\"
{settings}
--- content/terms.md
# Terms
--- static/badge.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"></svg>
--- static/letters.woff2
not looked into
{THEME}"
    ))
    .build()
}

fn style(built: &Built) -> &str {
    let mut files = built.files();
    let style = files.find(|path| path.starts_with("assets/style."));
    built.text(style.unwrap())
}

#[test]
fn a_theme_has_its_own_values_until_a_site_says_otherwise() {
    let built = paper("");
    built.expect_file(
        "index.html",
        str![[r##"
|false|#eeeeee|Georgia, serif

"##]],
    );
    let (variables, _) = style(&built).split_once("@layer base").unwrap();
    expect(
        variables,
        str![
            "@layer variables{:root{--edge:1px;--ground:white;--ink:#222222;--letters:Georgia,serif}@media (prefers-color-scheme:dark){:root{--ground:black;--ink:#eeeeee}}}"
        ],
    );
}

#[test]
fn a_site_sets_what_the_theme_leaves_to_it() {
    let built = paper(
        r##"[variables]
ink = { light = "oklch(0.3 0.1 250)", dark = "lightblue" }
letters = { family = "Letters, serif", files = [{ path = "/letters.woff2", weight = "300 700", italic = true }] }
edge = "0.25rem"
motto = "Figures & facts"
shouting = true
badge = "/badge.svg"
shelf = [{ name = "Our terms", path = "@/terms.md" }, { name = "Elsewhere", path = "https://example.com/" }]
"##,
    );
    built.expect_file("index.html", str![[r#"
Figures &amp; facts|true|lightblue|Letters, serif|/badge.svg 40x10|<a href="/terms/">Our terms</a>|<a href="https://example.com/">Elsewhere</a>

"#]]);
    let (variables, _) = style(&built).split_once("@layer base").unwrap();
    expect(
        variables,
        str![[
            r#"@font-face{font-family:Letters;src:url("/letters.woff2");font-weight:300 700;font-style:italic;font-display:optional}@layer variables{:root{--edge:0.25rem;--ground:white;--ink:oklch(0.3 0.1 250);--letters:Letters,serif}@media (prefers-color-scheme:dark){:root{--ground:black;--ink:lightblue}}}"#
        ]],
    );
}

#[test]
fn each_language_has_words_and_links_of_its_own() {
    let built = paper(
        r##"[variables]
motto = "Facts"
shelf = [{ name = "Terms", path = "@/terms.md" }]
[languages.fr.variables]
motto = "Des faits"
--- content/_index.fr.md
"##,
    );
    built.expect_file(
        "fr/index.html",
        str![[r#"
Des faits|false|#eeeeee|Georgia, serif|<a href="/terms/">Terms</a>

"#]],
    );
}

#[test]
fn the_style_is_the_same_in_every_language() {
    paper("[languages.de.variables]\nedge = \"2px\"\n").expect_errors(str![[r#"
error: `edge` is the same in every language
 --> site.toml:3:1
  |
3 | edge = "2px"
  | ^^^^ the style sheet is one
  |
  = help: set it under `[variables]`

"#]]);
}

#[test]
fn values_of_the_wrong_kind_are_errors_that_show_the_right_one() {
    paper(
        r##"[variables]
inc = "#000"
ink = "blak"
ground = { light = "ffffff", dark = "rgb(0 0 0 / 50%)" }
letters = "Georgia; } body { display: none"
edge = "thick"
motto = 3
shouting = "yes"
shelf = ["/terms/"]
"##,
    )
    .expect_errors(str![[r##"
error: the theme has no variable `inc`
 --> site.toml:3:1
  |
3 | inc = "#000"
  | ^^^ it has badge, edge, ground, ink, letters, motto, shelf, shouting
  |
  = help: did you mean `ink`?

error: there is no colour `blak`
 --> site.toml:4:7
  |
4 | ink = "blak"
  |       ^^^^^^ colours are written as in CSS: `#0b6e4f`, `teal`, `oklch(0.48 0.1 160)`
  |
  = help: did you mean `black`?

error: there is no colour `ffffff`
 --> site.toml:5:20
  |
5 | ground = { light = "ffffff", dark = "rgb(0 0 0 / 50%)" }
  |                    ^^^^^^^^ colours are written as in CSS: `#0b6e4f`, `teal`, `oklch(0.48 0.1 160)`
  |
  = help: digits follow a `#`: `#ffffff`

error: this colour shows what is behind it
 --> site.toml:5:37
  |
5 | ground = { light = "ffffff", dark = "rgb(0 0 0 / 50%)" }
  |                                     ^^^^^^^^^^^^^^^^^^ contrast can be told of whole colours only: leave out how much it covers

error: this is not a family of fonts
 --> site.toml:6:11
  |
6 | letters = "Georgia; } body { display: none"
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ names with commas between them, as in CSS: `Georgia, "Times New Roman", serif`

error: `edge` must be a length
 --> site.toml:7:8
  |
7 | edge = "thick"
  |        ^^^^^^^ this is not one
  |
  = help: write it as "0.5rem"

error: `motto` must be a text
 --> site.toml:8:9
  |
8 | motto = 3
  |         ^ this is a whole number
  |
  = help: write it as "…"

error: `shouting` must be true or false
 --> site.toml:9:12
  |
9 | shouting = "yes"
  |            ^^^^^ this is not one
  |
  = help: write it as true

error: `shelf` must be a list of links
  --> site.toml:10:10
   |
10 | shelf = ["/terms/"]
   |          ^^^^^^^^^ this is not one
   |
   = help: write it as [{ name = "Privacy", path = "@/privacy.md" }]

"##]]);
}

#[test]
fn files_that_are_not_there_are_errors() {
    paper(
        r##"[variables]
letters = { family = "Letters", files = [{ path = "/leters.woff2", weight = "bold" }] }
badge = "/bagde.svg"
shelf = [{ name = "Terms", path = "@/term.md" }]
"##,
    )
    .expect_errors(str![[r#"
error: there is no such font
 --> site.toml:3:51
  |
3 | letters = { family = "Letters", files = [{ path = "/leters.woff2", weight = "bold" }] }
  |                                                   ^^^^^^^^^^^^^^^ no file `static/leters.woff2`

error: this is no weight of a font
 --> site.toml:3:77
  |
3 | letters = { family = "Letters", files = [{ path = "/leters.woff2", weight = "bold" }] }
  |                                                                             ^^^^^^ `400`, or `200 900` for a variable font

error: link to a page that does not exist
 --> site.toml:5:35
  |
5 | shelf = [{ name = "Terms", path = "@/term.md" }]
  |                                   ^^^^^^^^^^^ there is no `content/term.md`
  |
  = help: did you mean `@/terms.md`?

"#]]);
}

#[test]
fn colours_that_are_hard_to_see_are_warned_about() {
    paper(
        r##"[variables]
ink = "#777"
"##,
    )
    .expect_warnings(str![[r##"
warning: `ink` is hard to see on `ground` in the light scheme
 --> site.toml:3:7
  |
3 | ink = "#777"
  |       ^^^^^^ their contrast is 4.48 : 1, and 4.5 : 1 is needed
  |
  = help: a colour may differ: `{ light = "…", dark = "…" }`

"##]]);
}

#[test]
fn a_theme_that_declares_nonsense_is_told_so() {
    site(
        r#"
--- site.toml
theme = "odd"
--- content/a.md
--- themes/odd/theme.toml
[variables]
plain = "red"
[variables.tone]
type = "color"
[variables.rim]
type = "length"
default = "wide"
contrast = { with = "tone", at_least = 3 }
[variables.empty]
--- themes/odd/templates/page.html
--- themes/odd/templates/index.html
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `plain` must be a table
 --> themes/odd/theme.toml:2:9
  |
2 | plain = "red"
  |         ^^^^^ a variable has a `type` and mostly a `default`

error: `color` is no type of variable
 --> themes/odd/theme.toml:4:8
  |
4 | type = "color"
  |        ^^^^^^^ it is one of colour, font, length, text, boolean, picture, links
  |
  = help: did you mean `colour`?

error: `rim` must be a length
 --> themes/odd/theme.toml:7:11
  |
7 | default = "wide"
  |           ^^^^^^ this is not one
  |
  = help: write it as "0.5rem"

error: `rim` cannot stand out from `tone`
 --> themes/odd/theme.toml:8:21
  |
8 | contrast = { with = "tone", at_least = 3 }
  |                     ^^^^^^ both have to be colours of the theme

error: `type` is missing
 --> themes/odd/theme.toml:9:1
  |
9 | [variables.empty]
  | ^ this needs a `type`

"#]]);
}

#[test]
fn a_theme_may_extend_another_and_change_a_part_of_it() {
    let built = site(&format!(
        r##"
--- site.toml
theme = "card"
title = "Notes"
[variables]
motto = "Small"
--- content/a.md
# A
--- themes/card/theme.toml
extends = "paper"
[variables.edge]
type = "length"
default = "3px"
--- themes/card/templates/page.html
<b>{{{{ page.title }}}}</b>
--- themes/card/assets/style.css
@layer card {{ p {{ margin: 0 }} }}
{THEME}"##
    ))
    .build();
    built.expect_file(
        "a/index.html",
        str![[r#"
<b>A</b>

"#]],
    );
    built.expect_file(
        "index.html",
        str![[r##"
Small|false|#eeeeee|Georgia, serif

"##]],
    );
    let style = style(&built);
    assert!(style.contains("--edge:3px;"), "{style}");
    let order = ["variables{", "base{", "card{"].map(|layer| style.find(layer));
    assert!(order.is_sorted() && order[0].is_some(), "{style}");
}

#[test]
fn a_theme_cannot_extend_itself_or_what_is_not_there() {
    let extending = |extends: &str| {
        site(&format!(
            r#"
--- site.toml
theme = "card"
--- content/a.md
--- themes/card/theme.toml
extends = "{extends}"
--- themes/paper/theme.toml
extends = "card"
"#
        ))
        .build()
    };
    extending("paper").expect_errors(str![[r#"
error: the theme extends itself
 --> themes/paper/theme.toml:1:11
  |
1 | extends = "card"
  |           ^^^^^^ `themes/card/` is on the way to here

"#]]);
    extending("papre").expect_errors(str![[r#"
error: there is no theme `papre`
 --> themes/card/theme.toml:1:11
  |
1 | extends = "papre"
  |           ^^^^^^^ no folder `themes/papre`
  |
  = help: did you mean `paper`?

"#]]);
}

#[test]
fn the_default_theme_shows_a_sites_brand() {
    let built = site(
        r##"
--- site.toml
title = "Kontor"
[variables]
accent = { light = "#7a1f3d", dark = "#f0a8c0" }
logo = "/logo.svg"
logo_has_name = true
imprint = "Made on a Tuesday"
footer = [{ name = "Terms", path = "@/terms.md" }]
closing_text = "Questions?"
closing_links = [{ name = "Write", path = "mailto:us@example.com" }]
--- static/logo.svg
<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"></svg>
--- content/terms.md
# Terms
--- content/2026-01-01-a.md
# A
"##,
    )
    .default_theme()
    .build();
    let page = built.text("a/index.html");
    for shown in [
        r#"<img class="logo" src="/logo.svg" width="120" height="40" alt="Kontor">"#,
        r#"<li><a href="/terms/">Terms</a></li>"#,
        r#"Questions? <a href="mailto:us@example.com">Write</a>"#.trim_end(),
        "Made on a Tuesday",
    ] {
        assert!(
            page.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains(shown),
            "{shown} is not in {page}"
        );
    }
    assert!(style(&built).contains("--accent:#7a1f3d;"));
}
