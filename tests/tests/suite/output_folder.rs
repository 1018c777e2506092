//! The folder that `tallypress build` publishes into: compared and mended, and nobody else's files touched.

use std::os::unix::fs::symlink;

use snapbox::str;
use tallypress_tests::expect;

use crate::command_build::small_site;

#[test]
fn pages_that_are_gone_are_removed_with_their_folders() {
    let folder = small_site();
    folder.write("content/deep/er/b.md", "");
    folder.run("build --now 2026-06-15").expect_code(0);
    folder.remove("content/deep/er/b.md");
    folder
        .run("build --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
4 pages in [TIME] ms: 5 files written, 16 unchanged, 4 removed -> ./public

"#]]);
    assert!(!folder.path("public/deep").exists());
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let folder = small_site();
    folder.write("static/x", "a file");
    folder.write("static/y/z", "a file in a folder");
    folder.run("build --now 2026-06-15").expect_code(0);
    folder.remove("static/x");
    folder.remove("static/y/z");
    std::fs::remove_dir(folder.path("static/y")).unwrap();
    folder.write("static/x/w", "a file in a folder");
    folder.write("static/y", "a file");
    folder.run("build --now 2026-06-15").expect_code(0);
    assert_eq!(folder.read("public/x/w"), "a file in a folder");
    assert_eq!(folder.read("public/y"), "a file");
}

#[test]
fn a_folder_with_somebody_else_s_files_is_refused() {
    let folder = small_site();
    folder.write("public/thesis.txt", "years of work");
    folder.run("build").expect_code(1).expect_stderr(str![[r#"
error: `./public` has files in it that this program did not write
  help: empty it yourself if they are not needed, or name another folder with --out

"#]]);
    assert_eq!(folder.files("public").len(), 1);
    assert_eq!(folder.read("public/thesis.txt"), "years of work");
}

#[test]
fn an_empty_folder_is_taken() {
    let folder = small_site();
    std::fs::create_dir(folder.path("public")).unwrap();
    folder.run("build").expect_code(0);
}

#[test]
fn somebody_else_s_file_in_the_published_site_is_kept() {
    let folder = small_site();
    folder.run("build --now 2026-06-15").expect_code(0);
    folder.write("public/CNAME", "example.com");
    folder.write("public/a/notes.txt", "mine");
    folder.remove("content/2026-01-01-a.md");
    folder.run("build --now 2026-06-15").expect_code(0);
    assert_eq!(folder.read("public/CNAME"), "example.com");
    assert_eq!(folder.read("public/a/notes.txt"), "mine");
    assert!(!folder.path("public/a/index.html").exists());
}

#[test]
fn somebody_else_s_file_in_the_way_is_not_replaced() {
    let in_the_way = |theirs: &str, ours: &str| {
        let folder = small_site();
        folder.run("build --now 2026-06-15").expect_code(0);
        folder.write(theirs, "mine");
        let before = folder.files("public");
        folder.write(ours, "");
        let run = folder.run("build --now 2026-06-15");
        run.expect_code(1);
        assert_eq!(folder.files("public"), before);
        run.stderr()
    };
    expect(
        &in_the_way("public/b/index.html", "content/b.md"),
        str![[r#"
error: `./public/b/index.html` is in the way and was not written by this program
  help: move it to `static/` if it belongs to the site, or delete it

"#]],
    );
    expect(
        &in_the_way("public/b", "content/b.md"),
        str![[r#"
error: `./public/b` is in the way and was not written by this program
  help: move it to `static/` if it belongs to the site, or delete it

"#]],
    );
    expect(
        &in_the_way("public/b.txt/theirs", "static/b.txt"),
        str![[r#"
error: `./public/b.txt` is in the way and was not written by this program
  help: move it to `static/` if it belongs to the site, or delete it

"#]],
    );
}

#[test]
fn what_lies_behind_a_link_in_the_output_folder_is_left_alone() {
    let folder = small_site();
    folder.run("build").expect_code(0);
    folder.write("elsewhere/index.html", "mine");
    symlink(folder.path("elsewhere"), folder.path("public/b")).unwrap();
    folder.write("content/b.md", "");
    folder.run("build").expect_code(1);
    assert_eq!(folder.read("elsewhere/index.html"), "mine");
}

#[test]
fn nothing_is_removed_behind_a_link_that_took_the_place_of_a_folder() {
    let folder = small_site();
    folder.run("build").expect_code(0);
    folder.write("elsewhere/index.html", "mine");
    std::fs::remove_dir_all(folder.path("public/a")).unwrap();
    symlink(folder.path("elsewhere"), folder.path("public/a")).unwrap();
    folder.remove("content/2026-01-01-a.md");
    folder.run("build").expect_code(0);
    assert_eq!(folder.read("elsewhere/index.html"), "mine");
}

#[test]
fn a_folder_where_one_of_our_files_was_stops_everything_before_it_starts() {
    let folder = small_site();
    folder.run("build").expect_code(0);
    folder.remove("public/a/index.html");
    folder.write("public/a/index.html/theirs", "mine");
    let before = folder.files("public");
    folder.write("content/_index.md", "Changed.");
    folder.run("build").expect_code(1).expect_stderr(str![[r#"
error: `./public/a/index.html` is in the way and was not written by this program
  help: move it to `static/` if it belongs to the site, or delete it

"#]]);
    assert_eq!(folder.files("public"), before);
}

#[test]
fn a_site_is_not_published_among_its_sources() {
    let folder = small_site();
    folder
        .run("build --out content/public")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: `content/public` is where the site's sources are
  help: publish beside them, for example with --out ./public

"#]]);
    assert!(!folder.path("content/public").exists());
}

#[test]
fn a_file_that_was_changed_or_deleted_by_hand_is_mended() {
    let folder = small_site();
    folder.run("build --now 2026-06-15").expect_code(0);
    let good = folder.files("public");
    folder.write("public/a/index.html", "vandalised");
    folder.remove("public/index.html");
    folder.run("build --now 2026-06-15").expect_code(0);
    assert_eq!(folder.files("public"), good);
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    let folder = small_site();
    folder.run("build --now 2026-06-15").expect_code(0);
    folder.write("precious.txt", "mine");
    let manifest = folder.read("public/.tallypress-manifest");
    folder.write(
        "public/.tallypress-manifest",
        format!(
            "{manifest}../precious.txt\n{}\n",
            folder.path("precious.txt").display()
        ),
    );
    folder.run("build --now 2026-06-15").expect_code(0);
    assert_eq!(folder.read("precious.txt"), "mine");
}

#[test]
fn an_output_folder_that_cannot_be_written_is_an_error() {
    let folder = small_site();
    folder.write("file", "");
    folder
        .run("build --out file/public")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: cannot write `file/public`: Not a directory (os error 20)

"#]]);
}

#[test]
fn a_build_that_fails_leaves_no_trace() {
    let folder = small_site();
    let changed = |name: &str| folder.path(name).metadata().unwrap().modified().unwrap();
    // The error is found when all other pages are written aside.
    folder.write("content/wrong.md", "[nowhere](/nowhere/)\n");
    let around = changed(".");
    folder.run("build").expect_code(1);
    assert_eq!(changed("."), around);
    folder.remove("content/wrong.md");
    folder.run("build").expect_code(0);
    let public = changed("public");
    folder.write("content/wrong.md", "[nowhere](/nowhere/)\n");
    folder.run("build").expect_code(1);
    assert_eq!(changed("public"), public);
}
