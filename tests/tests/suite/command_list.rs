//! `tallypress list` and `tallypress explain`: what is not published, and why pages stand beside others.

use snapbox::str;
use tallypress_tests::program::Folder;
use tallypress_tests::site;

fn timed() -> Folder {
    Folder::of(&site(
        r#"
--- content/2026-07-01-next-month.md
# Next month
--- content/draft.md
+++
title = "Unfinished"
draft = true
date = 2026-06-20
+++
--- content/gone.md
+++
expiryDate = 2026-06-01
+++
--- content/soon.md
+++
publishDate = 2026-06-30T09:00:00+02:00
expiryDate = 2026-07-05
+++
--- content/there.md
+++
expiryDate = 2027-01-01
+++
"#,
    ))
}

#[test]
fn what_is_not_published_is_listed_with_its_date_and_the_next_change() {
    let folder = timed();
    folder
        .run("list future --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
2026-06-30T09:00:00+02:00  content/soon.md  Soon
2026-07-01  content/2026-07-01-next-month.md  Next month
next: content/soon.md appears on 2026-06-30T09:00:00+02:00

"#]]);
    folder
        .run("list drafts --now 2026-06-15")
        .expect_stdout(str![[r#"
content/draft.md  Unfinished
next: content/soon.md appears on 2026-06-30T09:00:00+02:00

"#]]);
    folder
        .run("list expired --now 2026-06-15")
        .expect_stdout(str![[r#"
2026-06-01  content/gone.md  Gone
next: content/soon.md appears on 2026-06-30T09:00:00+02:00

"#]]);
    folder
        .run("list future --now 2028-01-01")
        .expect_stdout(str![[r#"
No page is still to come.

"#]]);
}

#[test]
fn the_next_change_moves_on_with_time() {
    let folder = timed();
    let next = |now: &str| {
        let json = folder
            .run(&format!("list future --json --now {now}"))
            .json();
        format!(
            "{} {}",
            json["next_due"]["change"], json["next_due"]["path"]
        )
    };
    assert_eq!(next("2026-06-15"), r#""appears" "content/soon.md""#);
    assert_eq!(
        next("2026-06-30T07:00:00Z"),
        r#""appears" "content/2026-07-01-next-month.md""#
    );
    assert_eq!(next("2026-07-02"), r#""expires" "content/soon.md""#);
    assert_eq!(next("2026-08-01"), r#""expires" "content/there.md""#);
}

#[test]
fn a_build_says_when_to_build_again() {
    timed()
        .run("build --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
4 pages in [TIME] ms: 21 files written, 0 unchanged, 0 removed -> ./public
not published: content/2026-07-01-next-month.md, because its date is still to come
not published: content/draft.md, because it is a draft
not published: content/gone.md, because its `expiryDate` has passed
not published: content/soon.md, because its date is still to come
next: content/soon.md appears on 2026-06-30T09:00:00+02:00

"#]]);
}

fn related() -> Folder {
    Folder::of(&site(
        r#"
--- content/2026-01-01-a.md
+++
title = "Pricing an estimate"
tags = ["cost", "estimates"]
related = ["@/2026-01-04-d.md"]
+++
--- content/2026-01-02-b.md
+++
title = "Reading an estimate"
tags = ["estimates"]
+++
--- content/2026-01-03-c.md
+++
title = "What paper costs"
tags = ["cost"]
series = "Office"
+++
## Pricing by weight
--- content/2026-01-04-d.md
+++
title = "Elsewhere"
+++
--- content/2026-01-05-e.md
+++
title = "Unlike anything"
+++
--- content/2026-01-06-f.md
+++
draft = true
+++
"#,
    ))
}

#[test]
fn why_pages_are_related_is_explained() {
    let folder = related();
    folder
        .run("explain related content/2026-01-01-a.md")
        .expect_code(0)
        .expect_stdout(str![[r#"
Beside content/2026-01-01-a.md:
     –  content/2026-01-04-d.md
        named in `related`
   71%  content/2026-01-02-b.md
         49% `estimates` in tags, which 2 pages have
         22% the word `estimate`, which 2 pages have
   68%  content/2026-01-03-c.md
         56% `cost` in tags, which 2 pages have
         12% the word `pricing`, which 2 pages have

"#]]);
    folder
        .run("explain related /e/")
        .expect_code(0)
        .expect_stdout(str![[r#"
Beside content/2026-01-05-e.md:
  nothing, because no page has much in common with it

"#]]);
}

#[test]
fn a_page_that_is_not_there_cannot_be_explained() {
    let folder = related();
    folder
        .run("explain related content/2026-01-01-aa.md")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: the site publishes no page `content/2026-01-01-aa.md`
 = help: did you mean `content/2026-01-01-a.md`?

"#]]);
    folder
        .run("explain related @/2026-01-06-f.md")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: the site publishes no page `@/2026-01-06-f.md`
 = help: it is not published: it is a draft

"#]]);
}

#[test]
fn a_page_that_cannot_be_read_is_not_passed_over() {
    let folder = Folder::of(&site(
        r#"
--- content/broken.md
+++
draft = treu
+++
"#,
    ));
    folder
        .run("list drafts --now 2026-06-15")
        .expect_code(1)
        .expect_stdout(str![[r#"
content/broken.md  Broken

"#]])
        .expect_stderr(str![[r#"
error: this is not valid TOML
 --> content/broken.md:2:9
  |
2 | draft = treu
  |         ^^^^ invalid boolean, expected `true`
  |
  = help: put the text in quotes: `draft = "treu"`

"#]]);
}
