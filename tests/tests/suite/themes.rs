//! Themes: found by name, checked when they are loaded, and blamed at the right place.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_theme_that_is_not_there_is_an_error_with_a_suggestion() {
    site(
        r#"
--- site.toml
theme = "papre"
--- content/a.md
--- themes/paper/templates/page.html
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: there is no theme `papre`
 --> site.toml:1:9
  |
1 | theme = "papre"
  |         ^^^^^^^ no folder `themes/papre`
  |
  = help: did you mean `paper`?

"#]]);
}

#[test]
fn a_theme_for_another_version_is_refused() {
    site(
        r#"
--- content/a.md
--- themes/default/theme.toml
name = "Old"
api = 0
autor = "me"
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the theme is made for an older version of the generator
 --> themes/default/theme.toml:2:7
  |
2 | api = 0
  |       ^ this generator speaks version 1
  |
  = help: see what has changed in docs/themes.md, and then say `api = 1`

error: unknown key `autor`
 --> themes/default/theme.toml:3:1
  |
3 | autor = "me"
  | ^^^^^ nothing reads this

"#]]);
}

#[test]
fn a_template_that_does_not_compile_is_shown_at_its_line() {
    site(
        r#"
--- content/a.md
--- themes/default/templates/page.html
<p>
{% if page.title %}
</p>
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the template cannot be used
 --> themes/default/templates/page.html:2:20
  |
2 |   {% if page.title %}
  |  ____________________^
3 | | </p>
  | |____^ Unexpected end of input

"#]]);
}

#[test]
fn a_page_whose_template_is_not_there_is_looked_over_all_the_same() {
    site(
        r#"
--- content/a.md
+++
template = "pgae.html"
+++
[one](@/none.md), [two](/none/), [three](#none) and {{ none() }}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the theme has no template `pgae.html`
 --> content/a.md:2:12
  |
2 | template = "pgae.html"
  |            ^^^^^^^^^^^ no such file in the theme's `templates`
  |
  = help: did you mean `page.html`?

error: link to a page that does not exist
 --> content/a.md:4:7
  |
4 | [one](@/none.md), [two](/none/), [three](#none) and {{ none() }}
  |       ^^^^^^^^^ there is no `content/none.md`

error: link to a page that does not exist
 --> content/a.md:4:25
  |
4 | [one](@/none.md), [two](/none/), [three](#none) and {{ none() }}
  |                         ^^^^^^ no page has this address

error: link to a part of a page that does not exist
 --> content/a.md:4:42
  |
4 | [one](@/none.md), [two](/none/), [three](#none) and {{ none() }}
  |                                          ^^^^^ the page has no `#none`

error: there is no shortcode `none`
 --> content/a.md:4:56
  |
4 | [one](@/none.md), [two](/none/), [three](#none) and {{ none() }}
  |                                                        ^^^^ neither the generator nor the theme has it
  |
  = help: known shortcodes: calculator, estimate, include, methodology

"#]]);
}

#[test]
fn every_template_that_does_not_compile_is_shown() {
    site(
        r#"
--- content/a.md
--- themes/default/templates/page.html
{{ page.title
--- themes/default/templates/section.html
{% endfor %}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the template cannot be used
 --> themes/default/templates/page.html:1:9
  |
1 | {{ page.title
  |         ^^^^^ Unexpected end of input

error: the template cannot be used
 --> themes/default/templates/section.html:1:4
  |
1 | {% endfor %}
  |    ^^^^^^ Unknown tag

"#]]);
}

#[test]
fn a_variable_that_is_not_there_is_shown_once_at_its_place() {
    site(r#"
--- content/a.md
--- content/b.md
--- themes/default/templates/page.html
<p>{{ page.titel }}</p>
"#)
    .build()
    .expect_errors(str![[r#"
error: the template cannot be used
 --> themes/default/templates/page.html:1:12
  |
1 | <p>{{ page.titel }}</p>
  |            ^^^^^ Field `titel` is not defined. Available fields: ancestors, authors, backlinks, bylines, content, date, description, draft, extra, higher, images, lang, lower, modified, path, permalink, published, reading_time, related, section, series, summary, taxonomies, title, toc, updated, word_count
  |
  = help: this came up when making `a/index.html`

"#]]);
}

#[test]
fn a_template_that_the_theme_lacks_is_named() {
    site(
        r#"
--- site.toml
theme = "bare"
--- content/a.md
+++
template = "artcle.html"
+++
--- content/b/_index.md
+++
page_template = "missing.html"
+++
--- content/b/c.md
--- themes/bare/templates/article.html
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the theme has no template `artcle.html`
 --> content/a.md:2:12
  |
2 | template = "artcle.html"
  |            ^^^^^^^^^^^^^ no such file in the theme's `templates`
  |
  = help: did you mean `article.html`?

error: the theme has no template `missing.html`
 --> content/b/_index.md:2:17
  |
2 | page_template = "missing.html"
  |                 ^^^^^^^^^^^^^^ no such file in the theme's `templates`

error: the theme has no template `index.html`
--> themes/bare/templates

error: the theme has no template `section.html`
--> themes/bare/templates

"#]]);
}

#[test]
fn a_template_cannot_reach_for_more_than_it_is_given() {
    site(
        r#"
--- content/a.md
--- themes/default/templates/page.html
{{ get_page(path="a.md") }}
--- themes/default/templates/index.html
{{ now() }}
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the template cannot be used
 --> themes/default/templates/index.html:1:4
  |
1 | {{ now() }}
  |    ^^^^^ Unknown function `now`

error: the template cannot be used
 --> themes/default/templates/page.html:1:4
  |
1 | {{ get_page(path="a.md") }}
  |    ^^^^^^^^^^^^^^^^^^^^^ Unknown function `get_page`

"#]]);
}

#[test]
fn a_site_may_replace_single_files_of_the_default_theme() {
    site(
        r#"
--- content/a.md
--- content/2026-01-01-b.md
--- themes/default/templates/404.html
Lost.
"#,
    )
    .default_theme()
    .build()
    .expect_file(
        "404.html",
        str![[r#"
Lost.

"#]],
    )
    .expect_lines("a/index.html", "<h1>", str!["<h1>A</h1>"]);
}

#[test]
fn a_template_gives_the_same_bytes_whatever_it_walks_over() {
    site(r#"
--- content/a.md
+++
[extra]
zebra = 1
apple = 2
mango = 3
[extra.deep]
y = 1
x = 2
+++
{{ show(b=1, a=2, c=3) }}
--- themes/default/templates/shortcodes/show.html
{% for name, value in args %}{{ name }}={{ value }} {% endfor %}
--- themes/default/templates/page.html
{% for name, value in page.extra %}{{ name }} {% endfor %}{% for name, value in page.extra.deep %}{{ name }} {% endfor %}
{{ page.content }}
"#)
    .build()
    .expect_file("a/index.html", str![[r#"
apple deep mango zebra x y 
a=2 b=1 c=3 



"#]]);
}

#[test]
fn a_site_says_in_the_theme_file_of_the_program_only_what_is_different() {
    let built = site(
        r#"
--- content/a.md
{% quote(by="Our team") %}Plan for the bad week.{% end %}

{% note(kind="tip") %}Still there.{% end %}
--- themes/default/theme.toml
[shortcodes.quote]
body = "required"

[shortcodes.quote.arguments]
by = { type = "text", required = true }
size = { values = ["small", "large"], default = "small" }
--- themes/default/templates/shortcodes/quote.html
<aside class="quote quote-{{ args.size }}">{{ body }}<p>{{ args.by }}</p></aside>
"#,
    )
    .default_theme()
    .build();
    built.expect_success();
    let html = built.text("a/index.html");
    assert!(
        html.contains("<aside class=\"quote quote-small\">"),
        "{html}"
    );
    assert!(html.contains("Still there."), "{html}");
}
