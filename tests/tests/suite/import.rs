//! `tallypress import`: sites as their generators have them, brought over by the real program, and
//! what it says of things that could not be carried. Each new site is built.

use snapbox::str;
use tallypress_tests::site;

use crate::program::Folder;

/// A site of another generator in the folder `old`, with the outcome of importing it into `new`.
pub fn imported(from: &str, story: &str) -> (Folder, String) {
    let folder = Folder::of(&site(&story.replace("\n--- ", "\n--- old/")));
    let run = folder.run(&format!("import {from} old new"));
    run.expect_code(0);
    let said = run.stdout();
    (folder, said)
}

/// The addresses of pages and old addresses that the new site has.
pub fn addresses(folder: &Folder) -> String {
    folder
        .run("build --root new --drafts --quiet --base-url https://example.com")
        .expect_code(0);
    let files = folder.files("new/public");
    let pages = files.keys().filter(|path| path.ends_with(".html"));
    pages.flat_map(|path| [path.as_str(), "\n"]).collect()
}

#[test]
fn what_is_no_site_is_not_imported() {
    let folder = Folder::of(&site("--- old/notes.txt\nHello\n"));
    for from in ["zola", "hugo", "jekyll"] {
        folder
            .run(&format!("import {from} old new"))
            .expect_code(2)
            .expect_stdout(str![]);
    }
    folder
        .run("import hugo nowhere new")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: there is no folder `nowhere`

"#]]);
    folder.write("old/_config.yml", "title: Notes\n");
    folder.write("new/site.toml", "title = \"Mine\"\n");
    folder
        .run("import jekyll old new")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: `new/site.toml` is there already
  help: name another folder, or move it away

"#]]);
    assert!(!folder.path("new/content").exists());
}

#[test]
fn a_site_is_not_written_into_the_old_one() {
    let folder = Folder::of(&site(
        "--- old/config.toml\nbase_url = \"https://example.com\"\n",
    ));
    let before = folder.files("");
    for new in ["old", "old/new", "old/a/../b"] {
        folder.run(&format!("import zola old {new}")).expect_code(2);
    }
    folder
        .run("import zola old old/new")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: `old/new` is inside of the site that is brought over
  help: name a folder beside it

"#]]);
    assert_eq!(folder.files(""), before);
    folder.run("import zola old older").expect_code(0);
}
