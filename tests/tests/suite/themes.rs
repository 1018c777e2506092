//! Themes: found by name, checked when they are loaded, and blamed at the right place.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_theme_that_is_not_there_is_an_error_with_a_suggestion() {
    site(r#"
--- site.toml
theme = "papre"
--- content/a.md
--- themes/paper/templates/page.html
"#)
    .build()
    .expect_errors(str![]);
}

#[test]
fn a_theme_for_another_version_is_refused() {
    site(r#"
--- content/a.md
--- themes/default/theme.toml
name = "Old"
api = 0
autor = "me"
"#)
    .build()
    .expect_errors(str![]);
}

#[test]
fn a_template_that_does_not_compile_is_shown_at_its_line() {
    site(r#"
--- content/a.md
--- themes/default/templates/page.html
<p>
{% if page.title %}
</p>
"#)
    .build()
    .expect_errors(str![]);
}

#[test]
fn every_template_that_does_not_compile_is_shown() {
    site(r#"
--- content/a.md
--- themes/default/templates/page.html
{{ page.title
--- themes/default/templates/section.html
{% endfor %}
"#)
    .build()
    .expect_errors(str![]);
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
    .expect_errors(str![]);
}

#[test]
fn a_template_that_the_theme_lacks_is_named() {
    site(r#"
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
"#)
    .build()
    .expect_errors(str![]);
}

#[test]
fn a_template_cannot_reach_for_more_than_it_is_given() {
    site(r#"
--- content/a.md
--- themes/default/templates/page.html
{{ get_page(path="a.md") }}
--- themes/default/templates/index.html
{{ now() }}
"#)
    .build()
    .expect_errors(str![]);
}

#[test]
fn a_site_may_replace_single_files_of_the_default_theme() {
    site(r#"
--- content/a.md
--- content/2026-01-01-b.md
--- themes/default/templates/404.html
Lost.
"#)
    .default_theme()
    .build()
    .expect_file("404.html", str![])
    .expect_lines("a/index.html", "<h1>", str![]);
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
    .expect_file("a/index.html", str![]);
}
