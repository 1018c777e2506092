//! `tallypress init`, `new`, `completions` and `man`: how a site and a page begin.

use snapbox::str;
use tallypress_tests::site;

use crate::program::Folder;

fn nothing() -> Folder {
    let folder = Folder::of(&site(""));
    folder.remove("site.toml");
    folder
}

#[test]
fn a_new_site_is_complete_and_sound() {
    let folder = nothing();
    folder
        .run("init my-notes")
        .expect_code(0)
        .expect_stdout(str![[r#"
8 files -> my-notes

  tallypress serve --root my-notes                shows the site while you write
  tallypress new post "A title" --root my-notes   begins an article
  tallypress build --root my-notes                makes the files to publish

"#]]);
    let notes = folder.run("check --strict --root my-notes");
    notes.expect_code(0).expect_stderr(str![]);
    assert!(
        folder
            .read("my-notes/site.toml")
            .contains("title = \"My notes\"")
    );
    folder
        .run("build --quiet --root my-notes")
        .expect_code(0)
        .expect_stdout(str![]);
    let home = folder.read("my-notes/public/index.html");
    assert!(
        home.contains("Should you automate the weekly report?"),
        "{home}"
    );
}

#[test]
fn a_new_site_replaces_no_file() {
    let folder = nothing();
    folder.write("content/about.md", "Mine.\n");
    folder.run("init").expect_code(1).expect_stderr(str![[r#"
error: `./content/about.md` is there already
  help: name another folder, or move it away

"#]]);
    let files: Vec<String> = folder.files("").into_keys().collect();
    assert_eq!(files, ["content/about.md"]);
}

#[test]
fn a_new_post_is_a_draft_with_its_day() {
    let folder = nothing();
    folder.write("content/posts/_index.md", "");
    let new = |title: &str, more: &str| {
        let mut command = folder.command("new post --now 2026-06-15");
        let output = command
            .arg(title)
            .args(more.split_whitespace())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        new("Why \"now\"?", ""),
        "content/posts/2026-06-15-why-now.md\n"
    );
    assert!(
        folder
            .read("content/posts/2026-06-15-why-now.md")
            .starts_with("+++\ntitle = \"Why \\\"now\\\"?\"\n")
    );
    folder
        .run("build --drafts --now 2026-06-15 --base-url https://example.com")
        .expect_code(0);
    assert_eq!(
        new("Why \"now\"?", ""),
        "error: `content/posts/2026-06-15-why-now.md` has this address already\n  help: go on writing there, or give the page another title or --section\n"
    );
    folder.write("content/posts/2020-01-01-old/index.md", "# Old\n");
    assert_eq!(
        new("Old", ""),
        "error: `content/posts/2020-01-01-old/index.md` has this address already\n  help: go on writing there, or give the page another title or --section\n"
    );
    assert_eq!(
        new("With pictures", "--bundle --section talk"),
        "error: there is no section `talk`\n  help: there are posts\n  help: write `content/talk/_index.md` to begin it\n"
    );
    assert_eq!(
        new("With pictures", "--section post"),
        "error: there is no section `post`\n  help: did you mean `--section posts`?\n  help: write `content/post/_index.md` to begin it\n"
    );
    folder.write("content/talks/_index.md", "");
    assert_eq!(
        new("With pictures", "--bundle --section talks"),
        "content/talks/2026-06-15-with-pictures/index.md\n"
    );
}

#[test]
fn a_site_has_archetypes_of_its_own() {
    let folder = nothing();
    folder.write("content/_index.md", "");
    folder.write(
        "archetypes/recipe.md",
        "---\ntitle: \"{{ title }}\"\ndate: {{ date }}\nslug: {{ slug }}\n---\n## Ingredients\n",
    );
    folder
        .run("new recipe Bread --now 2026-06-15")
        .expect_stdout(str![[r#"
content/recipes/_index.md
content/recipes/bread.md

"#]]);
    tallypress_tests::expect(
        &folder.read("content/recipes/_index.md"),
        str![[r#"
+++
title = "Recipes"
+++

"#]],
    );
    tallypress_tests::expect(
        &folder.read("content/recipes/bread.md"),
        str![[r#"
---
title: "Bread"
date: 2026-06-15
slug: bread
---
## Ingredients

"#]],
    );
    folder
        .run("new recipes Bread")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: there is no `archetypes/recipes.md`
  help: did you mean `recipe`?

"#]]);
}

#[test]
fn shells_and_the_manual_are_told_every_command() {
    let folder = nothing();
    for shell in ["bash", "zsh", "fish"] {
        let script = folder.run(&format!("completions {shell}")).stdout();
        assert!(
            script.contains("estimate") && script.contains("base-url"),
            "{script}"
        );
    }
    let manual = folder.run("man").stdout();
    assert!(
        manual.starts_with(".") && manual.contains("tallypress\\-build"),
        "{manual}"
    );
    assert!(folder.run("man check").stdout().contains("external"));
    folder.run("man nothing").expect_code(2);
}

#[test]
fn a_new_page_stays_within_the_content() {
    let folder = nothing();
    folder.write("content/a.md", "# A\n");
    for section in ["../../etc", "/../etc", "blog/../.."] {
        let run = folder.run(&format!("new post Title --section {section}"));
        run.expect_code(2);
        assert!(
            run.stderr().contains("is no folder in `content`"),
            "{}",
            run.stderr()
        );
    }
    assert_eq!(folder.files("").len(), 1);
}

#[test]
fn a_site_may_begin_in_a_folder_that_has_a_history() {
    let folder = nothing();
    folder.write(".gitignore", "target\n");
    folder.write("README.md", "Ours.\n");
    folder
        .run("init --title Notes")
        .expect_code(0)
        .expect_stdout(str![[r#"
7 files -> .

  tallypress serve                shows the site while you write
  tallypress new post "A title"   begins an article
  tallypress build                makes the files to publish

`.gitignore` stays as it is: add a line `/public/` to it, for what the build makes

"#]]);
    assert_eq!(folder.read(".gitignore"), "target\n");
    assert_eq!(folder.read("README.md"), "Ours.\n");
}

#[test]
fn what_can_be_begun_is_listed_once() {
    let folder = nothing();
    folder.write("content/_index.md", "");
    folder.write("archetypes/post.md", "+++\ntitle = \"{{ title }}\"\n+++\n");
    folder.write(
        "archetypes/report.md",
        "+++\ntitle = \"{{ title }}\"\n+++\n",
    );
    folder
        .run("new invoice Bread")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: there is no `archetypes/invoice.md`
  help: there are page, post, report

"#]]);
}

#[test]
fn the_section_of_a_new_page_may_be_named_as_a_shell_completes_it() {
    let folder = nothing();
    folder.write("content/posts/a.md", "# A\n");
    for section in ["content/posts", "./content/posts/", "posts/"] {
        let kept = folder.run(&format!("new post {} --section {section}", section.len()));
        kept.expect_code(0);
    }
    folder.run("new page Top --section content").expect_code(0);
    let files = folder.files("");
    assert!(
        files
            .keys()
            .all(|path| path.starts_with("content/posts/") || path == "content/top.md"),
        "{:?}",
        files.keys()
    );
    assert_eq!(files.len(), 5);
}

#[test]
fn a_site_of_another_generator_is_recognised() {
    for (path, text, expected) in [
        (
            "hugo.toml",
            "",
            str![[r#"
error: `.` holds a site of Hugo, and no `site.toml`
  help: `tallypress import hugo . FOLDER` brings it over into another folder

"#]],
        ),
        (
            "_config.yml",
            "",
            str![[r#"
error: `.` holds a site of Jekyll, and no `site.toml`
  help: `tallypress import jekyll . FOLDER` brings it over into another folder

"#]],
        ),
        (
            "config.toml",
            "base_url = \"https://example.com\"\n",
            str![[r#"
error: `.` holds a site of Zola, and no `site.toml`
  help: `tallypress import zola . FOLDER` brings it over into another folder

"#]],
        ),
    ] {
        let folder = nothing();
        folder.write(path, text);
        folder.write("content/a.md", "# A\n");
        folder.run("build").expect_code(2).expect_stderr(expected);
        folder.write("site.toml", "");
        folder.run("check").expect_code(0);
    }
}
