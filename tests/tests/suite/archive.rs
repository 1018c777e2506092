//! Articles by year.

use snapbox::str;
use tallypress_tests::site;

const YEARS: &str = r#"
--- content/2024-05-01-old.md
--- content/2026-01-01-new.md
--- content/2026-02-01-newer.md
--- content/undated.md
"#;

#[test]
fn an_archive_has_a_list_of_all_years_and_one_for_each() {
    let built = site(&format!("--- site.toml\n[archive]\n{YEARS}"))
        .default_theme()
        .build();
    built
        .expect_lines(
            "archive/index.html",
            "href=\"/archive/",
            str![[r#"
<h2 class="ledger-title" id="year-2026"><a href="/archive/2026/">2026</a></h2>
<h2 class="ledger-title" id="year-2024"><a href="/archive/2024/">2024</a></h2>
<li><a href="/archive/">Archive</a></li>
"#]],
        )
        .expect_lines(
            "archive/index.html",
            "entry-title",
            str![[r#"
<h3 class="entry-title"><a href="/newer/">Newer</a></h3>
<h3 class="entry-title"><a href="/new/">New</a></h3>
<h3 class="entry-title"><a href="/old/">Old</a></h3>
"#]],
        )
        .expect_lines(
            "archive/2026/index.html",
            "entry-title",
            str![[r#"
<h2 class="entry-title"><a href="/newer/">Newer</a></h2>
<h2 class="entry-title"><a href="/new/">New</a></h2>
"#]],
        )
        .expect_lines(
            "archive/2024/index.html",
            "<title>",
            str!["<title>Articles of 2024 · Untitled site</title>"],
        )
        .expect_lines(
            "sitemap.xml",
            "archive",
            str!["<url><loc>http://localhost/archive/</loc><lastmod>2026-02-01</lastmod></url>"],
        );
}

#[test]
fn an_archive_is_where_the_site_wants_it() {
    site(&format!(
        "--- site.toml\narchive.path = \"/all/by-year/\"\n{YEARS}"
    ))
    .default_theme()
    .build()
    .expect_lines(
        "all/by-year/2024/index.html",
        "entry-title",
        str![[r#"<h2 class="entry-title"><a href="/old/">Old</a></h2>"#]],
    );
}

#[test]
fn a_site_that_does_not_ask_has_no_archive() {
    site(YEARS)
        .default_theme()
        .build()
        .expect_absent("archive/index.html");
}

#[test]
fn an_archive_that_no_page_can_be_is_an_error() {
    site(&format!("--- site.toml\narchive.path = \"../x\"\n{YEARS}"))
        .build()
        .expect_errors(str![[r#"
error: this cannot be an address
 --> site.toml:1:16
  |
1 | archive.path = "../x"
  |                ^^^^^^ `..` is not a name

"#]]);
    site(&format!("--- site.toml\n[archive]\n{YEARS}"))
        .build()
        .expect_errors(str![[r#"
error: the theme has no template `archive.html`
--> themes/default/templates

"#]]);
}
