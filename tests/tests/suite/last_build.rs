//! A build that would come out as the last one did is not done again, and nothing that could make it come out
//! otherwise is missed.

use std::fs;
use std::thread;
use std::time::{Duration, SystemTime};

use tallypress::cache::Cache;
use tallypress::date::Date;
use tallypress::last_build::LastBuild;
use tallypress::site::Publication;
use tallypress::source::Listing;
use tallypress::{Options, stamp};
use tallypress_tests::program::{Folder, program};
use tallypress_tests::site;

const BUILD: &str = "build --cache cache --now 2026-06-15";

/// A site that was built a while ago.
fn built() -> Folder {
    let folder = Folder::of(&site(
        r#"
--- content/a.md
# A

As it was.
--- content/later.md
+++
title = "Later"
date = 2026-07-01
+++
"#,
    ));
    // What was changed just now may change again without a trace.
    rest();
    folder.run(BUILD).expect_code(0);
    folder
}

fn rest() {
    thread::sleep(stamp::SETTLED + Duration::from_millis(100));
}

/// Whether the next build of the folder has nothing to do.
fn has_nothing_to_do(folder: &Folder, now: &str, drafts: bool) -> bool {
    let cache = Cache::at(folder.path("cache"));
    let options = Options {
        base_url: None,
        publication: Publication {
            now: Date::parse(now).unwrap(),
            drafts,
        },
        preview: false,
        shard: None,
    };
    let listing = Listing::of(&folder.path(""));
    let public = folder.path("public");
    let last = LastBuild::by(&program(), &listing, &options, &public, Some(&cache));
    last.is_some_and(|last| last.outcome().is_some())
}

#[test]
fn nothing_is_done_where_nothing_has_changed() {
    let folder = built();
    assert!(has_nothing_to_do(&folder, "2026-06-15", false));
    assert!(has_nothing_to_do(&folder, "2026-06-30", false));
    let again = folder.run(&format!("{BUILD} --json"));
    again.expect_code(0);
    let report: serde_json::Value = serde_json::from_str(&again.stdout()).unwrap();
    assert_eq!(report["written"], 0);
    assert_eq!(report["withheld"], serde_json::json!(["content/later.md"]));
    assert_eq!(report["next_due"]["path"], "content/later.md");
}

#[test]
fn a_page_is_due_although_no_file_has_changed() {
    let folder = built();
    assert!(!has_nothing_to_do(&folder, "2026-07-01", false));
    // Nor is a build of an earlier day the same.
    assert!(!has_nothing_to_do(&folder, "2026-06-14", false));
    folder
        .run("build --cache cache --now 2026-07-01")
        .expect_code(0);
    assert!(folder.path("public/later/index.html").exists());
}

#[test]
fn other_options_are_another_build() {
    let folder = built();
    assert!(!has_nothing_to_do(&folder, "2026-06-15", true));
}

#[test]
fn a_change_shows_even_if_length_and_time_are_as_before() {
    let folder = built();
    let page = folder.path("content/a.md");
    let written = fs::metadata(&page).unwrap().modified().unwrap();
    let text = folder
        .read("content/a.md")
        .replace("As it was", "As it is.");
    fs::write(&page, text).unwrap();
    let file = fs::File::options().append(true).open(&page).unwrap();
    file.set_modified(written).unwrap();
    rest();
    assert!(!has_nothing_to_do(&folder, "2026-06-15", false));
    folder.run(BUILD).expect_code(0);
    assert!(folder.read("public/a/index.html").contains("As it is."));
}

#[test]
fn a_change_that_is_yet_to_come_leaves_a_doubt() {
    let folder = built();
    let page = folder.path("content/a.md");
    let file = fs::File::options().append(true).open(&page).unwrap();
    let soon = SystemTime::now() + Duration::from_secs(3_600);
    file.set_modified(soon).unwrap();
    rest();
    folder.run(BUILD).expect_code(0);
    assert!(!has_nothing_to_do(&folder, "2026-06-15", false));
}

#[test]
fn a_published_file_that_was_changed_or_deleted_is_mended() {
    let folder = built();
    let page = folder.read("public/a/index.html");
    folder.write("public/a/index.html", "changed");
    folder.run(BUILD).expect_code(0);
    assert_eq!(folder.read("public/a/index.html"), page);
    folder.remove("public/a/index.html");
    folder.run(BUILD).expect_code(0);
    assert_eq!(folder.read("public/a/index.html"), page);
    assert!(has_nothing_to_do(&folder, "2026-06-15", false));
}

#[test]
fn what_was_kept_is_not_trusted_if_it_is_damaged() {
    let folder = built();
    for (path, mut bytes) in folder.files("cache") {
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        folder.write(&format!("cache/{path}"), bytes);
    }
    assert!(!has_nothing_to_do(&folder, "2026-06-15", false));
    folder.run(BUILD).expect_code(0);
    assert!(has_nothing_to_do(&folder, "2026-06-15", false));
}

#[test]
fn warnings_are_said_again() {
    let folder = Folder::of(&site(
        r#"
--- site.toml
title = "A site"
[link_checker]
internal_level = "warn"
--- content/a.md
# A

[Nowhere](/nowhere/)
"#,
    ));
    rest();
    let first = folder.run(BUILD);
    assert!(has_nothing_to_do(&folder, "2026-06-15", false));
    let again = folder.run(BUILD);
    assert!(
        first
            .stderr()
            .contains("link to a page that does not exist")
    );
    assert_eq!(first.stderr(), again.stderr());
}
