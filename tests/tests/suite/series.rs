//! Series: terms whose pages are to be read one after the other.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_part_of_a_series_knows_the_parts_around_it() {
    let built = site(
        r#"
--- content/2026-01-01-first.md
+++
series = "Basics"
+++
--- content/2026-02-01-second.md
+++
taxonomies.series = ["Basics"]
+++
--- content/2026-03-01-third.md
+++
series = ["Basics"]
+++
--- content/undated.md
+++
series = "Basics"
weight = -1
+++
--- themes/default/templates/page.html
{% for series in page.series %}{{ series.name }} {{ series.position }}/{{ series.total }} {{ series.path }}
{% if series.previous %}{{ series.previous.title }}{% endif %} < {{ page.title }} < {% if series.next %}{{ series.next.title }}{% endif %}
{%- endfor %}
"#,
    )
    .build();
    built
        .expect_file(
            "undated/index.html",
            str![[r#"
Basics 1/4 /series/basics/
 < Undated < First

"#]],
        )
        .expect_file(
            "first/index.html",
            str![[r#"
Basics 2/4 /series/basics/
Undated < First < Second

"#]],
        )
        .expect_file(
            "third/index.html",
            str![[r#"
Basics 4/4 /series/basics/
Second < Third < 

"#]],
        )
        .expect_lines(
            "series/basics/index.html",
            "href",
            str![[r#"
<a href="/undated/">Undated</a>
<a href="/first/">First</a>
<a href="/second/">Second</a>
<a href="/third/">Third</a>
"#]],
        );
}

#[test]
fn any_taxonomy_may_be_a_series_and_the_one_of_that_name_may_not() {
    site(
        r#"
--- site.toml
[[taxonomies]]
name = "courses"
series = true
[[taxonomies]]
name = "series"
series = false
--- content/2026-01-01-a.md
+++
taxonomies = { courses = ["One"], series = ["Two"] }
+++
--- content/2026-02-01-b.md
+++
taxonomies = { courses = ["One"], series = ["Two"] }
+++
--- themes/default/templates/page.html
{% for series in page.series %}{{ series.name }} {{ series.position }}{% endfor %}
"#,
    )
    .build()
    .expect_file(
        "b/index.html",
        str![[r#"
One 2

"#]],
    )
    .expect_lines(
        "series/two/index.html",
        "href",
        str![[r#"
<a href="/b/">B</a>
<a href="/a/">A</a>
"#]],
    );
}

#[test]
fn the_theme_leads_from_part_to_part() {
    site(
        r#"
--- content/2026-01-01-a.md
+++
series = "Basics"
+++
--- content/2026-02-01-b.md
+++
series = "Basics"
+++
"#,
    )
    .default_theme()
    .build()
    .expect_lines(
        "a/index.html",
        "part",
        str![[r#"<a class="onwards" href="/b/"><span>Next part</span> B</a>"#]],
    );
}

#[test]
fn a_neighbour_in_a_series_is_named_once() {
    let built = site(
        r#"
--- content/blog/_index.md
--- content/blog/2026-01-01-one.md
+++
title = "One"
series = "Counting"
+++
--- content/blog/2026-01-02-two.md
+++
title = "Two"
series = "Counting"
+++
--- content/blog/2026-01-03-other.md
# Other
"#,
    )
    .default_theme()
    .build();
    built.expect_lines(
        "blog/two/index.html",
        "<span>",
        str![[r#"
<span>Untitled site</span>
<a href="/blog/one/"><span>Previous part</span> One</a>
<span>1 min read</span>
<a href="/blog/other/" rel="next"><span>Later</span> Other</a>
"#]],
    );
}
