//! Sections: which pages they hold, in which order, over how many list pages.

use snapbox::str;
use tallypress_tests::site;

#[test]
fn a_page_belongs_to_the_innermost_section_around_it() {
    site(r#"
--- content/docs/_index.md
--- content/docs/api/_index.md
--- content/docs/api/v2/call.md
--- content/docs/intro.md
--- content/loose/page.md
--- themes/default/templates/page.html
{{ page.path }} in {{ page.section.path }} below {% for one in page.ancestors %}{{ one.path }} {% endfor %}
"#)
    .build()
    .expect_file("docs/api/v2/call/index.html", str![[r#"
/docs/api/v2/call/ in /docs/api/ below / /docs/ /docs/api/ 

"#]])
    .expect_file("docs/intro/index.html", str![[r#"
/docs/intro/ in /docs/ below / /docs/ 

"#]])
    .expect_file("loose/page/index.html", str![[r#"
/loose/page/ in / below / 

"#]]);
}

#[test]
fn a_section_knows_its_subsections_and_its_ancestors() {
    site(r#"
--- content/docs/_index.md
--- content/docs/b/_index.md
--- content/docs/a/_index.md
--- content/docs/a/deep/_index.md
--- themes/default/templates/section.html
{{ section.title }}: {% for one in section.ancestors %}{{ one.path }} {% endfor %}| {% for one in section.subsections %}{{ one.path }} {% endfor %}
"#)
    .build()
    .expect_file("docs/index.html", str![[r#"
Docs: / | /docs/a/ /docs/b/ 

"#]])
    .expect_file("docs/a/index.html", str![[r#"
A: / /docs/ | /docs/a/deep/ 

"#]])
    .expect_file("docs/a/deep/index.html", str![[r#"
Deep: / /docs/ /docs/a/ | 

"#]]);
}

#[test]
fn pages_are_listed_newest_first_and_undated_ones_last() {
    site(
        r#"
--- content/_index.md
--- content/2026-01-01-old.md
--- content/2026-03-01-new.md
--- content/undated-b.md
--- content/undated-a.md
"#,
    )
    .build()
    .expect_lines(
        "index.html",
        "href",
        str![[r#"
<a href="/new/">New</a>
<a href="/old/">Old</a>
<a href="/undated-a/">Undated a</a>
<a href="/undated-b/">Undated b</a>
"#]],
    );
}

#[test]
fn ties_are_broken_by_title_and_then_by_path() {
    site(
        r#"
--- content/2026-01-01-z.md
# Apple
--- content/2026-01-01-y.md
# banana
--- content/a/2026-01-01-same.md
# Cherry
--- content/b/2026-01-01-same.md
# Cherry
"#,
    )
    .build()
    .expect_lines(
        "index.html",
        "href",
        str![[r#"
<a href="/z/">Apple</a>
<a href="/y/">banana</a>
<a href="/a/same/">Cherry</a>
<a href="/b/same/">Cherry</a>
"#]],
    );
}

#[test]
fn a_section_may_be_sorted_by_weight_or_by_title() {
    let site_sorted_by = |order: &str| {
        site(&format!(
            r#"
--- content/_index.md
+++
sort_by = "{order}"
+++
--- content/heavy.md
+++
title = "A heavy page"
weight = 10
+++
--- content/light.md
+++
title = "The light page"
weight = -1
+++
--- content/plain.md
"#
        ))
        .build()
    };
    site_sorted_by("weight").expect_lines(
        "index.html",
        "href",
        str![[r#"
<a href="/light/">The light page</a>
<a href="/plain/">Plain</a>
<a href="/heavy/">A heavy page</a>
"#]],
    );
    site_sorted_by("title").expect_lines(
        "index.html",
        "href",
        str![[r#"
<a href="/heavy/">A heavy page</a>
<a href="/plain/">Plain</a>
<a href="/light/">The light page</a>
"#]],
    );
}

#[test]
fn an_unknown_order_is_an_error() {
    site(
        r#"
--- content/_index.md
+++
sort_by = "random"
paginate_by = -1
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: unknown order
 --> content/_index.md:2:11
  |
2 | sort_by = "random"
  |           ^^^^^^^^ this is none of date, weight and title

error: `paginate_by` is negative
 --> content/_index.md:3:15
  |
3 | paginate_by = -1
  |               ^^ a count from 0 on

"#]]);
}

#[test]
fn a_long_list_is_divided_into_numbered_pages() {
    site(r#"
--- content/blog/_index.md
+++
paginate_by = 2
+++
--- content/blog/a.md
--- content/blog/b.md
--- content/blog/c.md
--- themes/default/templates/section.html
{{ paginator.current_index }} of {{ paginator.number_pagers }}, {{ paginator.total_pages }} in all:
{%- for page in paginator.pages %} {{ page.title }}{% endfor %}
first {{ paginator.first }} last {{ paginator.last }} previous {{ paginator.previous }} next {{ paginator.next }}
{{ current_path }} {{ current_url }}
"#)
    .build()
    .expect_files(str![[r#"
blog/a/index.html
blog/b/index.html
blog/c/index.html
blog/index.html
blog/page/2/index.html
"#]])
    .expect_file("blog/index.html", str![[r#"
1 of 2, 3 in all: A B
first /blog/ last /blog/page/2/ previous  next /blog/page/2/
/blog/ http://localhost/blog/

"#]])
    .expect_file("blog/page/2/index.html", str![[r#"
2 of 2, 3 in all: C
first /blog/ last /blog/page/2/ previous /blog/ next 
/blog/page/2/ http://localhost/blog/page/2/

"#]]);
}

#[test]
fn an_empty_section_has_one_page() {
    site(
        r#"
--- content/blog/_index.md
+++
paginate_by = 2
+++
"#,
    )
    .build()
    .expect_files(str!["blog/index.html"]);
}

#[test]
fn list_pages_of_a_section_with_a_file_for_an_address_lie_beside_it() {
    site(
        r#"
--- content/blog/_index.md
+++
path = "/archive/all.html"
paginate_by = 1
+++
--- content/blog/a.md
--- content/blog/b.md
--- content/blog/photo.jpg
"#,
    )
    .build()
    .expect_files(str![[r#"
archive/a/index.html
archive/all.html
archive/b/index.html
archive/page/2/index.html
archive/photo.[HASH].jpg
"#]]);
}

#[test]
fn a_section_chooses_the_template_of_its_pages() {
    site(
        r#"
--- content/news/_index.md
+++
template = "news.html"
page_template = "item.html"
+++
--- content/news/a.md
--- content/news/b.md
+++
template = "page.html"
+++
--- themes/default/templates/news.html
News
--- themes/default/templates/item.html
Item: {{ page.title }}
"#,
    )
    .build()
    .expect_file(
        "news/index.html",
        str![[r#"
News

"#]],
    )
    .expect_file(
        "news/a/index.html",
        str![[r#"
Item: A

"#]],
    )
    .expect_file(
        "news/b/index.html",
        str![[r#"
<!doctype html>
<title>B</title>


"#]],
    );
}

#[test]
fn the_home_page_shows_the_newest_pages_of_all_sections() {
    site(
        r#"
--- content/_index.md
+++
title = "Home"
+++
--- content/a/_index.md
--- content/a/2026-01-01-one.md
--- content/b/2026-02-01-two.md
--- content/undated.md
--- themes/default/templates/index.html
{{ section.title }}: {% for page in recent %}{{ page.title }} {% endfor %}
"#,
    )
    .build()
    .expect_file(
        "index.html",
        str![[r#"
Home: Two One 

"#]],
    );
}
