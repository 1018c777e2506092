//! A build in a new process makes again what comes out otherwise, and lets all else stay where it is. That it comes out
//! as a build of everything does is a law that every story is held against.

use std::fs;
use std::thread;

use tallypress::address::BaseUrl;
use tallypress::cache::Cache;
use tallypress::date::Date;
use tallypress::last_build::{LastBuild, Outcome};
use tallypress::memory::Memory;
use tallypress::output::Publisher;
use tallypress::site::Publication;
use tallypress::source::{Listing, SourceTree};
use tallypress::{Options, build_into, stamp, theme};
use tallypress_tests::program::{Folder, program};
use tallypress_tests::shelf::Shelf;
use tallypress_tests::site;

const SITE: &str = r#"
--- content/_index.md
Welcome.
--- content/a.md
+++
title = "First"
date = 2026-01-01
tags = ["tea"]
+++

The text of the first page, which leads to [the second](b.md#its-part).
--- content/b.md
+++
title = "Second"
date = 2026-01-02
tags = ["tea"]
+++

## Its part

{{ include(path="_part.md") }}
--- content/c.md
+++
title = "Third"
date = 2026-01-03
+++

Words that [nobody](https://example.com/) has changed.
--- content/_part.md
A part of another page.
"#;

/// The files that are made again when a text of the site is replaced by another one.
#[track_caller]
fn made_again(from: &str, to: &str) -> Vec<String> {
    let mut shelf = Shelf::default();
    shelf.publish(&site(SITE)).expect_success();
    assert!(SITE.contains(from), "`{from}` is in no text of the site");
    shelf
        .publish(&site(&SITE.replace(from, to)))
        .expect_success();
    shelf.made
}

#[test]
fn nothing_is_made_again_where_nothing_has_changed() {
    let mut shelf = Shelf::default();
    let story = site(SITE).default_theme();
    shelf.publish(&story).expect_success();
    assert!(!shelf.made.is_empty());
    shelf.publish(&story).expect_success();
    assert_eq!(shelf.made, Vec::<String>::new());
}

#[test]
fn an_edited_text_is_made_again_with_the_feed_that_carries_it() {
    let made = made_again("nobody", "somebody");
    assert_eq!(made, ["atom.xml", "c/index.html", "feed.json"]);
}

#[test]
fn an_edited_part_is_made_again_where_it_is_included() {
    let made = made_again("A part of", "A piece of");
    assert_eq!(made, ["atom.xml", "b/index.html", "feed.json"]);
}

#[test]
fn a_title_is_made_again_wherever_it_is_shown() {
    let made = made_again("\"First\"", "\"Foremost\"");
    assert!(made.contains(&"a/index.html".to_owned()), "{made:?}");
    assert!(made.contains(&"tags/tea/index.html".to_owned()), "{made:?}");
    assert!(!made.contains(&"c/index.html".to_owned()), "{made:?}");
}

#[test]
fn a_page_that_stays_is_told_that_its_link_is_broken() {
    let mut shelf = Shelf::default();
    shelf.publish(&site(SITE)).expect_success();
    let renamed = SITE.replace("## Its part", "## Another part");
    let broken = shelf.publish(&site(&renamed));
    broken.expect_errors(snapbox::str![[r#"
error: link to a part of a page that does not exist
 --> content/a.md:7:57
  |
7 | The text of the first page, which leads to [the second](b.md#its-part).
  |                                                         ^^^^^^^^^^^^^ the page has no `#its-part`

"#]]);
    // Nothing of that was published, and nothing of it is remembered.
    shelf.publish(&site(SITE)).expect_success();
    assert_eq!(shelf.made, Vec::<String>::new());
}

#[test]
fn a_page_that_stays_is_told_that_an_address_is_gone() {
    let with_alias = SITE.replace(
        "title = \"Third\"",
        "title = \"Third\"\naliases = [\"/old/\"]",
    ) + "--- content/d.md\n# Fourth\n\n<a href=\"/old/\">By its old address</a>\n";
    let mut shelf = Shelf::default();
    shelf.publish(&site(&with_alias)).expect_success();
    let without = with_alias.replace("aliases = [\"/old/\"]", "");
    shelf
        .publish(&site(&without))
        .expect_errors(snapbox::str![[r#"
error: link to a page that does not exist
 --> content/d.md:3:10
  |
3 | <a href="/old/">By its old address</a>
  |          ^^^^^ no page has this address

"#]]);
}

#[test]
fn shortcodes_and_formulas_are_as_they_were() {
    let text = r#"
--- site.toml
title = "A site"
base_url = "https://example.com"
[markdown]
math = true
--- content/a.md
# First

{% note(kind="tip") %}
Words with $x^2$ in them.
{% end %}

More words[^1].

[^1]: A note.
--- content/b.md
# Second

| A | B |
|---|--:|
| 1 | 2 |
"#;
    let mut shelf = Shelf::default();
    let story = |text: &str| site(text).default_theme();
    shelf.publish(&story(text)).expect_success();
    shelf.publish(&story(&text.replace("Words with", "Letters with")));
    assert!(shelf.made.contains(&"a/index.html".to_owned()));
    assert!(!shelf.made.contains(&"b/index.html".to_owned()));
}

const BUILD: &str = "build --cache cache --now 2026-06-15 --json";

/// How many files a build of the folder writes.
#[track_caller]
fn written(folder: &Folder) -> u64 {
    let done = folder.run(BUILD);
    done.expect_code(0);
    let report: serde_json::Value = serde_json::from_str(&done.stdout()).unwrap();
    report["written"].as_u64().unwrap()
}

/// The site without a search, whose index changes with every text.
fn published() -> Folder {
    let settings =
        "\n--- site.toml\ntitle = \"A site\"\nbase_url = \"https://example.com\"\nsearch = false\n";
    let folder = Folder::of(&site(&format!("{settings}{}", &SITE[1..])));
    folder.run(BUILD).expect_code(0);
    folder
}

/// Writes every file below a folder again, as a copy from another machine would be.
fn copied(folder: &Folder, below: &str) {
    for (path, bytes) in folder.files(below) {
        let path = format!("{below}/{path}");
        fs::remove_file(folder.path(&path)).unwrap();
        folder.write(&path, bytes);
    }
}

#[test]
fn another_machine_goes_on_with_copies() {
    let folder = published();
    let clean = folder.files("public");
    for below in ["content", "public", "cache"] {
        copied(&folder, below);
    }
    assert_eq!(written(&folder), 0);
    let text = folder.read("content/c.md").replace("nobody", "somebody");
    folder.write("content/c.md", text);
    assert_eq!(written(&folder), 3);
    assert_ne!(folder.files("public"), clean);
}

#[test]
fn a_published_file_that_is_not_what_it_was_is_made_again() {
    let folder = published();
    let page = folder.read("public/b/index.html");
    folder.write("public/b/index.html", page.replace("Second", "Another"));
    folder.remove("public/a/index.html");
    let text = folder.read("content/c.md").replace("nobody", "somebody");
    folder.write("content/c.md", text);
    assert_eq!(written(&folder), 5);
    assert_eq!(folder.read("public/b/index.html"), page);
    assert!(folder.path("public/a/index.html").exists());
}

#[test]
fn what_is_damaged_is_not_trusted() {
    let folder = published();
    let clean = folder.files("public");
    for (path, bytes) in folder.files("cache") {
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            folder.write(&format!("cache/{path}"), damaged);
            folder.run(BUILD).expect_code(0);
            assert_eq!(folder.files("public"), clean);
        }
        folder.write(&format!("cache/{path}"), &bytes[..bytes.len() / 2]);
        folder.run(BUILD).expect_code(0);
        assert_eq!(folder.files("public"), clean);
    }
}

#[test]
fn texts_in_encodings_stay_beside_what_they_were_made_from() {
    let settings = "\n--- site.toml\ntitle = \"A site\"\nbase_url = \"https://example.com\"\n\
                    [publish]\nprecompress = [\"gzip\"]\n";
    let folder = Folder::of(&site(&format!("{settings}{}", &SITE[1..])));
    folder.run(BUILD).expect_code(0);
    assert!(folder.path("public/a/index.html.gz").exists());
    let clean = folder.files("public");
    let text = folder.read("content/c.md");
    folder.write("content/c.md", text.replace("nobody", "somebody"));
    folder.run(BUILD).expect_code(0);
    folder.write("content/c.md", text);
    folder.run(BUILD).expect_code(0);
    assert_eq!(folder.files("public"), clean);
    // A form that was asked for and is no longer wanted goes away.
    let settings = folder.read("site.toml").replace("[\"gzip\"]", "[]");
    folder.write("site.toml", settings);
    folder.run(BUILD).expect_code(0);
    assert!(!folder.path("public/a/index.html.gz").exists());
    assert!(folder.path("public/a/index.html").exists());
}

#[test]
fn a_redirect_that_the_host_makes_is_no_page_any_more() {
    let settings = |more: &str| {
        format!(
            "\n--- site.toml\ntitle = \"A site\"\n{more}--- content/a.md\n+++\ntitle = \"A\"\naliases = [\"/old/\"]\n+++\n\nText.\n"
        )
    };
    let folder = Folder::of(&site(&settings("")));
    folder.run(BUILD).expect_code(0);
    assert!(folder.path("public/old/index.html").exists());
    folder.write(
        "site.toml",
        "title = \"A site\"\n[publish]\nredirects_file = true\n",
    );
    for _ in 0..2 {
        folder.run(BUILD).expect_code(0);
        assert!(!folder.path("public/old/index.html").exists());
        assert!(folder.read("public/_redirects").contains("/old/"));
    }
}

/// One build of a folder in this process; `meanwhile` happens when its files have been looked at.
fn build_here(folder: &Folder, base_url: &str, meanwhile: impl FnOnce()) {
    let (root, public) = (folder.path(""), folder.path("public"));
    let options = Options {
        base_url: BaseUrl::parse(base_url).ok(),
        publication: Publication {
            now: Date::parse("2026-06-15").unwrap(),
            drafts: false,
        },
        preview: false,
        shard: None,
    };
    let listing = Listing::of(&root);
    let cache = Cache::at(folder.path("cache"));
    let last = LastBuild::by(&program(), &listing, &options, &public, Some(&cache)).unwrap();
    meanwhile();
    let mut memory = Memory {
        ledger: Some(last.ledger()),
        ..Memory::for_one_build()
    };
    let (source, _) = SourceTree::listed(listing, theme::embedded());
    let publisher = Publisher::to(&public);
    let build = build_into(&source, &options, &mut memory, &publisher);
    assert!(!build.failed(), "{:?}", build.diagnostics);
    let published = publisher.finish().unwrap();
    let outcome = Outcome::of(&build, published.files());
    last.keep(outcome, &published.stamps, memory.ledger.as_ref());
}

#[test]
fn a_text_that_is_changed_during_a_build_and_back_is_not_left_behind() {
    let folder = Folder::of(&site(SITE));
    let text = folder.read("content/c.md");
    thread::sleep(stamp::SETTLED);
    build_here(&folder, "https://example.com/", || {});
    // Another address of the site: every page is made again, and of this one the text is read late.
    build_here(&folder, "https://example.org/", || {
        folder.write("content/c.md", text.replace("nobody", "threnody"));
    });
    assert!(folder.read("public/c/index.html").contains("threnody"));
    folder.write("content/c.md", &text);
    build_here(&folder, "https://example.org/", || {});
    assert!(!folder.read("public/c/index.html").contains("threnody"));
    for (path, bytes) in folder.files("public") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("threnody"), "`{path}` has it still");
    }
}

#[test]
fn a_file_that_changes_between_two_readings_is_told_by_the_second() {
    let folder = Folder::of(&site(SITE));
    let (source, _) = SourceTree::read(&folder.path(""), theme::embedded());
    let file = source.file("content/c.md").unwrap();
    let first = file.fingerprint();
    folder.write("content/c.md", "Another text.");
    let (bytes, second) = file.content("content/c.md").unwrap();
    assert_eq!(&bytes[..], b"Another text.");
    assert_ne!(first, second);
}
