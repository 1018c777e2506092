//! `tallypress check` on a site that will change by itself: what is wrong with scheduled posts, and what will be
//! once a page has expired, is said before that day.

use snapbox::str;
use tallypress_tests::site;

use crate::program::Folder;

const CHECK: &str = "check --now 2026-06-15";

fn scheduled() -> Folder {
    Folder::of(&site(
        r#"
--- content/_index.md
[offer](@/offer.md)
--- content/2026-07-01-soon.md
+++
title = "T"
description = "Soon"
expiryDate = 2026-07-08
+++
[later](@/2026-08-01-later.md), {{ estimate(model="none") }}
--- content/2026-08-01-later.md
# Later

[offer](@/offer.md) and [nowhere](/nowhere/)
--- content/draft.md
+++
draft = true
+++
[nowhere](@/nowhere.md)
--- content/offer.md
+++
title = "T"
description = "Offer"
expiryDate = 2026-07-15T12:00:00+02:00
+++
--- content/talk.md
+++
title = "T"
description = "An old page gives way to a new one."
path = "talk"
expiryDate = 2026-07-01
+++
--- content/2026-07-01-talk-again.md
+++
title = "T"
description = "At the same address."
path = "talk"
+++
"#,
    ))
}

#[test]
fn what_a_later_build_will_report_is_said_today() {
    scheduled()
        .run(CHECK)
        .expect_code(1)
        .expect_stdout(str![[r#"
Checked 5 pages: 5 errors, 2 warnings

"#]])
        .expect_stderr(str![[r#"
error: link to a page that does not exist
 --> content/2026-07-01-soon.md:6:9
  |
6 | [later](@/2026-08-01-later.md), {{ estimate(model="none") }}
  |         ^^^^^^^^^^^^^^^^^^^^^ not published: its date is still to come
  |
  = help: a build reports it from 2026-07-01 on

error: `estimate` needs `show`
 --> content/2026-07-01-soon.md:6:33
  |
6 | [later](@/2026-08-01-later.md), {{ estimate(model="none") }}
  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ add `show="…"`
  |
  = help: a build reports it from 2026-07-01 on

warning: this page has no description
--> content/2026-08-01-later.md
 = note: lists, search engines and shared links show it below the title
 = help: add `description = "…"` to its front matter: a sentence or two

error: link to a page that does not exist
 --> content/2026-08-01-later.md:3:9
  |
3 | [offer](@/offer.md) and [nowhere](/nowhere/)
  |         ^^^^^^^^^^ not published: its `expiryDate` has passed
  |
  = help: a build reports it from 2026-08-01 on

error: link to a page that does not exist
 --> content/2026-08-01-later.md:3:35
  |
3 | [offer](@/offer.md) and [nowhere](/nowhere/)
  |                                   ^^^^^^^^^ no page has this address
  |
  = help: a build reports it from 2026-08-01 on

error: link to a page that does not exist
 --> content/_index.md:1:9
  |
1 | [offer](@/offer.md)
  |         ^^^^^^^^^^ not published: its `expiryDate` has passed
  |
  = help: a build reports it from 2026-07-15T12:00:00+02:00 on

warning: no page links to this one
--> content/talk.md
 = note: readers do not find it on the site
 = help: link to it, put it into a section or the menu, or mark it as a draft

"#]]);
}

#[test]
fn a_build_publishes_what_is_right_today() {
    scheduled()
        .run("build --quiet --now 2026-06-15")
        .expect_code(0);
}

#[test]
fn of_many_moments_the_next_and_the_last_are_looked_at() {
    let folder = Folder::of(&site("--- content/_index.md\nWelcome.\n"));
    for day in 1..=20 {
        folder.write(
            &format!("content/2026-07-{day:02}-post.md"),
            format!("+++\ntitle = \"T\"\nslug = \"post-{day}\"\ndescription = \"A post\"\n+++\n[nowhere](/nowhere/{day}/)\n"),
        );
    }
    let found = folder.run(&format!("{CHECK} --format json")).json();
    let found = found["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), 20, "{found:?}");
    assert_eq!(found[0]["help"][0], "a build reports it from 2026-07-01 on");
    assert_eq!(
        found[19]["help"][0],
        "a build reports it from 2026-07-20 on"
    );
}
