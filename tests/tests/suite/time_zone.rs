//! `time_zone`: by whose clock a site's pages appear, expire and are dated.

use snapbox::str;
use tallypress_tests::program::Folder;
use tallypress_tests::site;

const BERLIN: &str = r#"
--- site.toml
base_url = "https://example.com"
time_zone = "Europe/Berlin"
--- content/2026-07-01-day.md
--- content/morning.md
+++
date = 2026-01-15
publishDate = 2026-07-01T09:00:00
+++
--- content/night.md
+++
date = 2026-06-29T22:30:00Z
expiryDate = 2026-07-01
+++
"#;

#[test]
fn pages_come_and_go_by_the_clock_of_the_site() {
    site(BERLIN)
        .now("2026-06-30T21:59:59Z")
        .build()
        .expect_files(str!["night/index.html"]);
    site(BERLIN)
        .now("2026-06-30T22:00:00Z")
        .build()
        .expect_files(str!["day/index.html"]);
    site(BERLIN)
        .now("2026-07-01T07:00:00Z")
        .build()
        .expect_files(str![[r#"
day/index.html
morning/index.html
"#]]);
}

#[test]
fn a_day_on_the_command_line_is_one_of_the_site() {
    let folder = Folder::of(&site(BERLIN));
    folder
        .run("list future --now 2026-06-30T23:59:59")
        .expect_code(0)
        .expect_stdout(str![[r#"
2026-07-01  content/2026-07-01-day.md  Day
2026-07-01T09:00:00+02:00  content/morning.md  Morning
next: content/2026-07-01-day.md appears on 2026-07-01

"#]]);
    folder
        .run("list expired --now 2026-07-01")
        .expect_code(0)
        .expect_stdout(str![[r#"
2026-07-01  content/night.md  Night
next: content/morning.md appears on 2026-07-01T09:00:00+02:00

"#]]);
    // The night before, in New York.
    folder
        .run("build --now 2026-06-30T17:59:00-04:00 --quiet")
        .expect_code(0);
    folder
        .run("build --now 2026-07-01T08:59 --json")
        .expect_code(0)
        .expect_stdout(str![[r#"
{
  "diagnostics": [],
  "error": null,
  "next_due": {
    "change": "appears",
    "date": "2026-07-01T09:00:00+02:00",
    "path": "content/morning.md"
  },
  "pages": 4,
  "published": true,
  "removed": 4,
  "unchanged": 11,
  "withheld": [
    "content/morning.md",
    "content/night.md"
  ],
  "written": 10
}

"#]]);
}

#[test]
fn feeds_and_lists_say_the_day_and_the_offset_of_the_site() {
    let built = site(BERLIN)
        .default_theme()
        .now("2026-07-02")
        .drafts()
        .build();
    built.expect_lines(
        "atom.xml",
        "published",
        str![[r#"
<published>2026-07-01T00:00:00+02:00</published>
<published>2026-06-30T00:30:00+02:00</published>
<published>2026-01-15T00:00:00+01:00</published>
"#]],
    );
    built.expect_lines(
        "atom.xml",
        "updated",
        str![[r#"
<updated>2026-07-01T00:00:00+02:00</updated>
<updated>2026-07-01T00:00:00+02:00</updated>
<updated>2026-06-30T00:30:00+02:00</updated>
<updated>2026-01-15T00:00:00+01:00</updated>
"#]],
    );
    built.expect_lines(
        "night/index.html",
        "published_time",
        str![[r#"<meta property="article:published_time" content="2026-06-30T00:30:00+02:00">"#]],
    );
    built.expect_lines(
        "morning/index.html",
        "published_time",
        str![[r#"<meta property="article:published_time" content="2026-01-15">"#]],
    );
    assert!(
        built
            .text("night/index.html")
            .contains("\"datePublished\":\"2026-06-30T00:30:00+02:00\"")
    );
    built.expect_lines(
        "night/index.html",
        "datetime=",
        str![[r#"<li><time datetime="2026-06-30">June 30, 2026</time></li>"#]],
    );
}

#[test]
fn without_a_zone_a_feed_says_the_offset_of_the_author() {
    let built = site(
        r#"
--- content/evening.md
+++
date = 2026-05-01T22:00:00-04:00
+++
--- content/later.md
+++
date = 2026-05-02T01:59:00Z
updated = 2026-05-02T02:01:00Z
+++
"#,
    )
    .default_theme()
    .build();
    // The moment counts for what is newest, however it is written.
    built.expect_lines(
        "atom.xml",
        "updated",
        str![[r#"
<updated>2026-05-02T02:01:00Z</updated>
<updated>2026-05-01T22:00:00-04:00</updated>
<updated>2026-05-02T02:01:00Z</updated>
"#]],
    );
}

#[test]
fn a_zone_that_nobody_knows_is_an_error() {
    for (name, expected) in [
        (
            "Europe/Berln",
            str![[r#"
error: `time_zone` names no time zone
 --> site.toml:2:13
  |
2 | time_zone = "Europe/Berln"
  |             ^^^^^^^^^^^^^^ no zone has this name
  |
  = help: did you mean `Europe/Berlin`?

"#]],
        ),
        (
            "new york",
            str![[r#"
error: `time_zone` names no time zone
 --> site.toml:2:13
  |
2 | time_zone = "new york"
  |             ^^^^^^^^^^ no zone has this name
  |
  = help: did you mean `America/New_York`?

"#]],
        ),
        (
            "CEST summer",
            str![[r#"
error: `time_zone` names no time zone
 --> site.toml:2:13
  |
2 | time_zone = "CEST summer"
  |             ^^^^^^^^^^^^^ no zone has this name
  |
  = help: zones have names such as `Europe/Berlin`, `America/New_York` and `UTC`

"#]],
        ),
    ] {
        let settings = format!("base_url = \"https://example.com\"\ntime_zone = \"{name}\"\n");
        site("--- content/a.md")
            .file("site.toml", settings.as_bytes())
            .build()
            .expect_errors(expected);
    }
}

#[test]
fn a_time_that_cannot_be_read_is_shown_as_it_would_be_right() {
    site(
        r#"
--- content/a.md
+++
date = "2026-05-01 9:30 CET"
+++
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: `date` must be a date such as 2026-05-01
 --> content/a.md:2:8
  |
2 | date = "2026-05-01 9:30 CET"
  |        ^^^^^^^^^^^^^^^^^^^^^ this is a text
  |
  = help: a time is written as in `2026-05-01T09:30`, and what it is ahead of UTC as in `2026-05-01T09:30+02:00`

"#]]);
}
