//! A build that is killed at any moment is completed by the next one: then the output is exactly
//! that of a clean build.

use std::process::{Child, Stdio};

use tallypress_tests::site;

use crate::program::{Folder, wait_until};

/// Enough pages that there is a middle.
const PAGES: usize = 400;

fn large_site() -> Folder {
    let folder = Folder::of(&site("--- content/_index.md\n"));
    for number in 0..PAGES {
        folder.write(
            &format!("content/page-{number:03}.md"),
            format!(
                "# Page {number}\n\n{}\n",
                "A sentence of some length. ".repeat(50)
            ),
        );
    }
    folder
}

fn start(folder: &Folder) -> Child {
    folder
        .command("build --now 2026-06-15")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Starts a build and kills it as soon as something is so; says whether it was still running.
fn kill_when(folder: &Folder, is_so: impl Fn() -> bool) -> bool {
    let mut build = start(folder);
    let mut ended = false;
    wait_until("the build has got that far", || {
        ended = build.try_wait().unwrap().is_some();
        ended || is_so()
    });
    build.kill().unwrap();
    let status = build.wait().unwrap();
    !status.success()
}

fn assert_repaired(folder: &Folder) {
    folder.run("build --now 2026-06-15").expect_code(0);
    folder
        .run("build --now 2026-06-15 --out clean")
        .expect_code(0);
    assert_eq!(folder.files("public"), folder.files("clean"));
}

#[test]
fn a_first_build_that_is_killed_is_completed() {
    let mut in_the_middle = 0;
    for page in ["page-000", "page-050", "page-200", "page-350"] {
        let folder = large_site();
        let file = folder.path(&format!("public/{page}/index.html"));
        in_the_middle += usize::from(kill_when(&folder, || file.exists()));
        assert_repaired(&folder);
    }
    assert!(in_the_middle > 0, "every build was faster than its end");
}

#[test]
fn a_build_that_is_killed_before_its_first_file_is_completed() {
    let folder = large_site();
    kill_when(&folder, || true);
    assert_repaired(&folder);
    let folder = large_site();
    let public = folder.path("public");
    kill_when(&folder, || public.exists());
    assert_repaired(&folder);
}

#[test]
fn a_rebuild_that_is_killed_is_completed_and_leaves_nothing_stale() {
    let mut in_the_middle = 0;
    for page in ["page-100", "page-300"] {
        let folder = large_site();
        folder.run("build --now 2026-06-15").expect_code(0);
        // Every page changes, some go and some come.
        folder.write("site.toml", "title = \"Another title\"\n");
        for number in 0..50 {
            folder.remove(&format!("content/page-{number:03}.md"));
            folder.write(&format!("content/new-{number:03}.md"), "New.\n");
        }
        let file = folder.path(&format!("public/{page}/index.html"));
        let old = std::fs::read(&file).unwrap();
        in_the_middle += usize::from(kill_when(&folder, || std::fs::read(&file).unwrap() != old));
        assert_repaired(&folder);
    }
    assert!(in_the_middle > 0, "every build was faster than its end");
}

#[test]
fn a_file_is_there_as_a_whole_or_not_at_all() {
    let folder = large_site();
    folder.run("build --now 2026-06-15").expect_code(0);
    let old = folder.files("public");
    folder.write("site.toml", "title = \"Another title\"\n");
    let file = folder.path("public/page-100/index.html");
    let before = std::fs::read(&file).unwrap();
    kill_when(&folder, || std::fs::read(&file).unwrap() != before);
    let half = folder.files("public");
    folder.run("build --now 2026-06-15").expect_code(0);
    let new = folder.files("public");
    let is_page =
        |path: &str| path.ends_with(".html") && !path.starts_with(".tallypress-unfinished/");
    for (path, bytes) in half.iter().filter(|(path, _)| is_page(path)) {
        assert!(
            old.get(path) == Some(bytes) || new.get(path) == Some(bytes),
            "`{path}` is neither the old nor the new one"
        );
    }
}

#[test]
fn two_builds_at_once_take_turns() {
    let folder = large_site();
    folder
        .run("build --now 2026-06-15 --out clean")
        .expect_code(0);
    let builds = [start(&folder), start(&folder), start(&folder)];
    for mut build in builds {
        assert!(build.wait().unwrap().success());
    }
    assert_eq!(folder.files("public"), folder.files("clean"));
}
