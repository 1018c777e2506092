//! `tallypress build`: what it prints, how it exits, and what it does to the output folder.

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use snapbox::str;
use tallypress_tests::{expect, site};

use crate::program::Folder;

pub fn small_site() -> Folder {
    Folder::of(&site(
        "--- content/_index.md\nWelcome.\n--- content/2026-01-01-a.md\nFirst.\n",
    ))
}

const BROKEN: &str = "+++\ndrfat = true\n+++\n[nowhere](@/nowhere.md)\n";

#[test]
fn a_folder_with_nothing_but_content_is_a_site() {
    let folder = small_site();
    folder.remove("site.toml");
    folder
        .run("build --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
4 pages in [TIME] ms: 21 files written, 0 unchanged, 0 removed, 1 warning -> ./public

"#]])
        .expect_stderr(str![[r#"
warning: the site does not say where it will be served
--> site.toml
 = note: its feeds, sitemap and canonical links say http://localhost/
 = help: add `base_url = "https://…"` as its first line, or give --base-url

"#]]);
    let mut names: Vec<String> = folder.files("public").into_keys().collect();
    // The order must not hang on a fingerprint.
    names.sort_by_key(|name| {
        let parts: Vec<&str> = name.split('.').collect();
        (parts[0].to_owned(), parts[parts.len() - 1].to_owned())
    });
    expect(
        &names.join("\n"),
        str![[r#"
.tallypress-manifest
404.html
a/index.html
assets/calculator.[HASH].css
assets/contact.[HASH].css
assets/contact.[HASH].js
assets/contents.[HASH].js
assets/favicon.[HASH].svg
assets/methodology.[HASH].css
assets/search.[HASH].css
assets/search.[HASH].js
assets/search/index.[HASH].json
assets/search/pages.[HASH].json
assets/search/words.[HASH].bin
assets/style.[HASH].css
assets/tab-stops.[HASH].js
atom.xml
feed.json
index.html
robots.txt
search/index.html
sitemap.xml
"#]],
    );
}

#[test]
fn a_second_build_writes_nothing() {
    let folder = small_site();
    folder.run("build --now 2026-06-15").expect_code(0);
    folder
        .run("build --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
4 pages in [TIME] ms: 0 files written, 21 unchanged, 0 removed -> ./public

"#]]);
}

#[test]
fn a_changed_page_alone_is_written_again() {
    let folder = small_site();
    folder.run("build --now 2026-06-15").expect_code(0);
    folder.write("content/_index.md", "Welcome back.\n");
    folder
        .run("build --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
4 pages in [TIME] ms: 1 file written, 20 unchanged, 0 removed -> ./public

"#]]);
}

#[test]
fn root_and_out_name_other_folders() {
    let folder = Folder::of(&site("--- blog/content/a.md\n"));
    folder
        .run("build --root blog --out dist/web")
        .expect_code(0);
    assert!(folder.path("dist/web/a/index.html").is_file());
    folder.run("build --root blog").expect_code(0);
    assert!(folder.path("blog/public/a/index.html").is_file());
}

#[test]
fn a_site_with_errors_exits_with_1_and_shows_them_all() {
    let folder = small_site();
    folder.write("content/broken.md", BROKEN);
    folder
        .run("build")
        .expect_code(1)
        .expect_stdout(str![])
        .expect_stderr(str![[r#"
error: unknown key `drfat`
 --> content/broken.md:2:1
  |
2 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

error: link to a page that does not exist
 --> content/broken.md:4:11
  |
4 | [nowhere](@/nowhere.md)
  |           ^^^^^^^^^^^^ there is no `content/nowhere.md`

error: 2 errors; nothing was published

"#]]);
    assert!(!folder.path("public").exists());
}

#[test]
fn with_an_error_the_last_good_site_stays() {
    let folder = small_site();
    folder.run("build --now 2026-06-15").expect_code(0);
    let good = folder.files("public");
    folder.write("content/_index.md", "Another text.\n");
    folder.write("content/broken.md", BROKEN);
    folder.run("build --now 2026-06-15").expect_code(1);
    assert_eq!(folder.files("public"), good);
}

#[test]
fn json_tells_programs_what_people_read() {
    let folder = small_site();
    folder
        .run("build --json --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
{
  "diagnostics": [],
  "error": null,
  "next_due": null,
  "pages": 4,
  "published": true,
  "removed": 0,
  "unchanged": 0,
  "withheld": [],
  "written": 21
}

"#]])
        .expect_stderr(str![]);
    folder.write("content/broken.md", BROKEN);
    folder
        .run("build --json --now 2026-06-15")
        .expect_code(1)
        .expect_stdout(str![[r#"
{
  "diagnostics": [
    {
      "column": 1,
      "help": [
        "did you mean `draft`?"
      ],
      "label": "nothing reads this",
      "line": 2,
      "message": "unknown key `drfat`",
      "path": "content/broken.md",
      "severity": "error"
    },
    {
      "column": 11,
      "help": [],
      "label": "there is no `content/nowhere.md`",
      "line": 4,
      "message": "link to a page that does not exist",
      "path": "content/broken.md",
      "severity": "error"
    }
  ],
  "error": null,
  "next_due": null,
  "pages": 5,
  "published": false,
  "removed": null,
  "unchanged": null,
  "withheld": [],
  "written": null
}

"#]])
        .expect_stderr(str![]);
}

#[test]
fn json_tells_of_a_folder_that_cannot_be_published_into() {
    let folder = small_site();
    folder.write("public/theirs.txt", "");
    let run = folder.run("build --json");
    run.expect_code(1);
    assert_eq!(run.json()["published"], false);
    assert!(
        run.json()["error"]
            .as_str()
            .unwrap()
            .contains("did not write")
    );
}

#[test]
fn wrong_usage_exits_with_2() {
    let folder = small_site();
    folder
        .run("build --root nowhere")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: there is no folder `content` in `nowhere`
  help: name the site's folder with --root

"#]]);
    folder
        .run("build --now soon")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: invalid value 'soon' for '--now <DATE>': a date looks like 2026-05-01 or 2026-05-01T09:30:00Z

For more information, try '--help'.

"#]]);
    folder
        .run("build --base-url example.com")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: invalid value 'example.com' for '--base-url <URL>': this must start with `https://` or `http://`

For more information, try '--help'.

"#]]);
    folder.run("biuld").expect_code(2);
    folder.run("").expect_code(2);
}

#[test]
fn the_moment_of_a_build_comes_from_now_then_from_the_environment() {
    let folder = Folder::of(&site("--- content/2026-07-01-later.md\n"));
    let published = |arguments: &str, epoch: Option<&str>| {
        let mut command = folder.command(arguments);
        command.envs(epoch.map(|epoch| ("SOURCE_DATE_EPOCH", epoch)));
        let output = command.output().unwrap();
        (
            output.status.code(),
            folder.path("public/later/index.html").exists(),
        )
    };
    // 2026-06-30T23:59:59Z and one second later.
    assert_eq!(published("build", Some("1782863999")), (Some(0), false));
    assert_eq!(published("build", Some("1782864000")), (Some(0), true));
    assert_eq!(
        published("build --now 2026-06-30", Some("1782864000")),
        (Some(0), false)
    );
    assert_eq!(published("build", Some("soon")).0, Some(2));
}

#[test]
fn two_builds_of_one_moment_are_the_same_wherever_they_are() {
    let one = small_site();
    let other = small_site();
    one.run("build --now 2026-06-15").expect_code(0);
    other
        .run("build --now 2026-06-15 --out elsewhere")
        .expect_code(0);
    assert_eq!(one.files("public"), other.files("elsewhere"));
}

#[test]
fn what_is_not_published_yet_is_named() {
    let folder = small_site();
    folder
        .run("build --now 2025-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
3 pages in [TIME] ms: 18 files written, 0 unchanged, 0 removed -> ./public
not published: content/2026-01-01-a.md, because its date is still to come
next: content/2026-01-01-a.md appears on 2026-01-01

"#]]);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let folder = small_site();
    // A link to nowhere: not even the system's administrator can read it.
    symlink("nowhere", folder.path("content/dangling.md")).unwrap();
    symlink(".", folder.path("content/round")).unwrap();
    folder.run("build").expect_code(1).expect_stderr(str![[r#"
error: cannot read this
--> content/dangling.md
 = note: this link leads to a file that is not there

error: cannot read this
--> content/round
 = note: this link leads back to `content`, around itself

error: 2 errors; nothing was published

"#]]);
    assert!(!folder.path("public").exists());
}

#[test]
fn what_is_no_file_is_an_error_too() {
    let folder = small_site();
    let _socket = UnixListener::bind(folder.path("content/talk.md")).unwrap();
    folder.run("build").expect_code(1).expect_stderr(str![[r#"
error: cannot read this
--> content/talk.md
 = note: this is no file: a pipe, a socket or a device

error: 1 error; nothing was published

"#]]);
}

#[test]
fn a_name_that_nobody_can_type_is_an_error() {
    let folder = small_site();
    folder.write("static/two\nlines.txt", "");
    folder.run("build").expect_code(1).expect_stderr(str![[r#"
error: cannot read this
--> static/two
lines.txt
 = note: its name holds a control character, such as the end of a line

error: 1 error; nothing was published

"#]]);
}

#[test]
fn links_to_files_and_folders_elsewhere_are_followed() {
    let folder = small_site();
    folder.write("shared/b.md", "# Shared\n");
    symlink("../shared", folder.path("content/shared")).unwrap();
    folder.run("build").expect_code(0);
    assert!(folder.read("public/shared/b/index.html").contains("Shared"));
}

#[test]
fn a_link_that_leads_out_of_the_site_publishes_nothing() {
    let folder = small_site();
    folder.write("site/content/a.md", "# A\n");
    folder.write("private/key.txt", "secret");
    for (target, link) in [
        ("../../../private", "site/content/notes/private"),
        ("../../private/key.txt", "site/static/key.txt"),
    ] {
        let link = folder.path(link);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(target, link).unwrap();
    }
    folder
        .run("build --root site --base-url http://localhost/")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: this link leads out of the site
--> content/notes/private
 = note: whatever is behind it would be published
 = help: copy what readers shall get, or keep it in the site's folder and link to it there

error: this link leads out of the site
--> static/key.txt
 = note: whatever is behind it would be published
 = help: copy what readers shall get, or keep it in the site's folder and link to it there

error: 2 errors; nothing was published

"#]]);
    assert!(!folder.path("site/public").exists());
}

#[test]
fn the_folders_of_a_site_may_be_kept_elsewhere() {
    let folder = small_site();
    folder.write("texts/a.md", "# Kept elsewhere\n");
    std::fs::create_dir_all(folder.path("site")).unwrap();
    symlink("../texts", folder.path("site/content")).unwrap();
    folder
        .run("build --root site --base-url http://localhost/")
        .expect_code(0);
    let page = folder.read("site/public/a/index.html");
    assert!(page.contains("Kept elsewhere"), "{page}");
}

#[test]
fn a_folder_that_leads_back_into_itself_is_an_error() {
    let folder = small_site();
    symlink("../content", folder.path("content/again")).unwrap();
    folder.run("build").expect_code(1).expect_stderr(str![[r#"
error: cannot read this
--> content/again
 = note: this link leads back to `content`, around itself

error: 1 error; nothing was published

"#]]);
    assert!(!folder.path("public").exists());
}

#[test]
fn what_editors_leave_beside_the_files_is_not_read() {
    let folder = small_site();
    for name in [".b.md.swp", "#b.md#", "b.md~", ".git/b.md", ".DS_Store"] {
        folder.write(&format!("content/{name}"), b"\xff");
    }
    folder.write("static/.well-known/x", "");
    folder.write("notes.md", b"\xff");
    folder.run("build").expect_code(0);
    assert!(folder.path("public/.well-known/x").exists());
}
