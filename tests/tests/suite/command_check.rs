//! `tallypress check`: what it warns of, what it says at the end, and that it writes nothing.

use std::process::Stdio;

use snapbox::str;
use tallypress_tests::site;

use crate::program::Folder;

const MODEL: &str = include_str!("small-model.toml");

fn small_site() -> Folder {
    Folder::of(&site(
        "--- content/_index.md\nWelcome.\n\
         --- content/2026-01-01-a.md\n+++\ntitle = \"T\"\ndescription = \"A beginning\"\n+++\nFirst.\n",
    ))
}

/// A site with the small model after these changes to it.
fn with_model(changes: &[(&str, &str)]) -> Folder {
    let mut model = MODEL.to_owned();
    for (from, to) in changes {
        assert!(model.contains(from), "`{from}` is in the model");
        model = model.replacen(from, to, 1);
    }
    let folder = small_site();
    folder.write("content/estimates/small.toml", model);
    folder
}

#[test]
fn a_sound_site_passes_and_nothing_is_written() {
    let folder = with_model(&[]);
    let before = folder.files("");
    folder
        .run("check --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
Checked 4 pages and 1 model: no errors, no warnings

"#]])
        .expect_stderr(str![]);
    assert_eq!(folder.files(""), before);
    small_site()
        .run("check --now 2026-06-15")
        .expect_code(0)
        .expect_stdout(str![[r#"
Checked 4 pages: no errors, no warnings

"#]]);
}

#[test]
fn errors_are_those_of_a_build() {
    let folder = small_site();
    folder.write(
        "content/broken.md",
        "+++\ntitle = \"T\"\ndescription = \"Broken\"\ndrfat = true\n+++\n[nowhere](@/nowhere.md)\n",
    );
    folder.write("content/estimates/broken.toml", "[meta\n");
    folder
        .run("check --now 2026-06-15")
        .expect_code(1)
        .expect_stdout(str![[r#"
Checked 5 pages and 1 model: 3 errors, no warnings. Pages and files that nothing leads to are looked for when there are no errors

"#]])
        .expect_stderr(str![[r#"
error: unknown key `drfat`
 --> content/broken.md:4:1
  |
4 | drfat = true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

error: link to a page that does not exist
 --> content/broken.md:6:11
  |
6 | [nowhere](@/nowhere.md)
  |           ^^^^^^^^^^^^ there is no `content/nowhere.md`

error: this is not valid TOML
 --> content/estimates/broken.toml:1:6
  |
1 | [meta
  |      ^ unclosed table, expected `]`
  |
  = help: write `[meta]`

"#]]);
}

#[test]
fn options_are_those_of_a_build() {
    let folder = Folder::of(&site(
        "--- site/content/a.md\n+++\ndraft = true\ndescription = \"A\"\n+++\n[nowhere](@/nowhere.md)\n",
    ));
    folder.run("check --root site").expect_code(0);
    folder.run("check --root site --drafts").expect_code(1);
    folder.run("check").expect_code(2).expect_stderr(str![[r#"
error: there is no folder `content` in `.`
  help: name the site's folder with --root

"#]]);
    folder.run("check --root site --now soon").expect_code(2);
    folder
        .run("check --help")
        .expect_code(0)
        .expect_stdout(str![[r#"
Look the site over without writing anything

Reports what a build would report, and warns of what a build lets pass but was most likely not meant: headings that skip a level, pages without a description, titles that search engines cut, pages that nothing links to, files that no page uses, numbers typed by hand that a model of the page computes, and entries of a model without effect.

Usage: tallypress-under-test check [OPTIONS]

Options:
      --root <FOLDER>
          The folder with `content/` in it
          
          [default: .]

      --base-url <URL>
          Where the site will be served, instead of `base_url` in site.toml

      --drafts
          Include drafts, and pages whose date is still to come or has expired

      --preview
          Ask search engines to leave the site out, as one that is only to be looked at; so does --drafts

      --now <DATE>
          Build as if it were this day or moment (default: SOURCE_DATE_EPOCH, else the clock)

      --cache <FOLDER>
          Keep what later builds can use in this folder (default: `tallypress` among your caches)

      --external
          Ask other sites whether the pages are there that this one links to

      --external-limit <SECONDS>
          The seconds after which no other site is asked any more
          
          [default: 120]

      --format <FORMAT>
          How to say what was found

          Possible values:
          - text:   Each with the lines that it is about, for people
          - json:   One object, for programs
          - github: Annotations of a run on GitHub
          
          [default: text]

      --strict
          Count warnings as errors

  -q, --quiet
          Print nothing but what is wrong

  -h, --help
          Print help (see a summary with '-h')

Exit codes:
  0  no errors, perhaps warnings
  1  there are errors, and a build would publish nothing; or a link to another site is dead
  2  the command was given something wrong

"#]]);
}

#[test]
fn warnings_do_not_fail_a_check() {
    with_model(&[(
        "scale = [{ input = \"care\", x = [0, 1], y = [1, 1.5] }]\n",
        "",
    )])
    .run("check --now 2026-06-15")
    .expect_code(0)
    .expect_stdout(str![[r#"
Checked 4 pages and 1 model: no errors, 1 warning

"#]])
    .expect_stderr(str![[r#"
warning: nothing uses the input `care`
  --> content/estimates/small.toml:20:6
   |
20 | id = "care"
   |      ^^^^^^ readers would change it without any effect

"#]]);
}

#[test]
fn a_source_is_an_address_or_a_judgement() {
    with_model(&[
        ("src = \"judgement\"", "src = \"a survey of ours\""),
        ("src = \"judgement\"", "src = \"Judgment, as always\""),
        (
            "src = \"judgement\"",
            "src = \"hours: https://example.com/hours\"",
        ),
        (
            "labels =",
            "sources = { horizon_weeks = \"habit\" }\nlabels =",
        ),
    ])
    .run("check --now 2026-06-15")
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: nobody can look up the source of `horizon_weeks`
 --> content/estimates/small.toml:9:29
  |
9 | sources = { horizon_weeks = "habit" }
  |                             ^^^^^^^ neither an address nor a judgement
  |
  = help: add the address, `https://…`, or begin with `judgement` if it is an assumption of your own

warning: nobody can look up the source of `Writer`
  --> content/estimates/small.toml:33:7
   |
33 | src = "a survey of ours"
   |       ^^^^^^^^^^^^^^^^^^ neither an address nor a judgement
   |
   = help: add the address, `https://…`, or begin with `judgement` if it is an assumption of your own

warning: nobody can look up the source of `Agency`
  --> content/estimates/small.toml:41:7
   |
41 | src = "Judgment, as always"
   |       ^^^^^^^^^^^^^^^^^^^^^ neither an address nor a judgement
   |
   = help: add the address, `https://…`, or begin with `judgement` if it is an assumption of your own

"#]]);
}

#[test]
fn readers_should_see_words_and_no_ids() {
    with_model(&[
        (", helped = \"With help\" }", " }"),
        ("label = \"Pages to write\"\n", ""),
        ("label = \"Agency\"\n", ""),
        ("label = \"Writing\"\n", ""),
        ("label = \"Draft\"\n", ""),
        ("label = \"Done\"\n", ""),
    ])
    .run("check --now 2026-06-15")
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: this approach has no label
 --> content/estimates/small.toml:8:24
  |
8 | approaches = ["alone", "helped"]
  |                        ^^^^^^^^ readers see this id
  |
  = help: add it to `labels` in `[meta]`

warning: this input has no `label`
  --> content/estimates/small.toml:12:6
   |
12 | id = "pages"
   |      ^^^^^^^ readers see this id

warning: this role has no `label`
  --> content/estimates/small.toml:34:6
   |
34 | id = "agency"
   |      ^^^^^^^^ readers see this id

warning: this phase has no `label`
  --> content/estimates/small.toml:41:6
   |
41 | id = "writing"
   |      ^^^^^^^^^ readers see this id

warning: this activity has no `label`
  --> content/estimates/small.toml:44:6
   |
44 | id = "draft"
   |      ^^^^^^^ readers see this id

warning: this milestone has no `label`
  --> content/estimates/small.toml:53:6
   |
53 | id = "done"
   |      ^^^^^^ readers see this id

"#]]);
}

#[test]
fn what_has_no_effect_is_named() {
    let idle = r#"[[role]]
id = "idler"
label = "Idler"
kind = "internal"
rate = 10
capacity = { base = 1 }
src = "judgement"

[[penalty]]
role = "idler"
skill = "words"
excess = 0.5
src = "judgement"

[[penalty]]
role = "agency"
skill = "words"
approaches = ["alone"]
excess = 0.5
src = "judgement"

[[phase]]
id = "reading"
label = "Reading"

[[activity]]"#;
    let milestone = r#"[[milestone]]
id = "read"
label = "Read"
after = ["proof"]

[[scenario]]
id = "usual"
label = "As usual"
set = { pages = 10, care = "Quick" }

[[activity]]
id = "proof"
label = "Proof"
phase = "writing"
skill = "eyes"
base = 3
share = { alone = {}, helped = {} }
src = "judgement"

[[milestone]]
id = "done""#;
    with_model(&[
        ("[[activity]]", idle),
        ("[[milestone]]\nid = \"done\"", milestone),
        (
            "scale = [{ input = \"care\", x = [0, 1], y = [1, 1.5] }]\n",
            "",
        ),
    ])
    .run("check --now 2026-06-15")
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: nothing uses the input `care`
  --> content/estimates/small.toml:20:6
   |
20 | id = "care"
   |      ^^^^^^ readers would change it without any effect

warning: the role `idler` never works
  --> content/estimates/small.toml:47:6
   |
47 | id = "idler"
   |      ^^^^^^^ no activity gives it a share

warning: this penalty never applies
  --> content/estimates/small.toml:56:9
   |
56 | skill = "words"
   |         ^^^^^^^ the role has no share in any activity of this skill

warning: this penalty never applies
  --> content/estimates/small.toml:62:9
   |
62 | skill = "words"
   |         ^^^^^^^ the role has no share in any activity of this skill

warning: the phase `reading` is empty
  --> content/estimates/small.toml:68:6
   |
68 | id = "reading"
   |      ^^^^^^^^^ no activity belongs to it

warning: the milestone `read` is always reached at once
  --> content/estimates/small.toml:83:9
   |
83 | after = ["proof"]
   |         ^^^^^^^^^ nobody ever works on anything that it waits for

warning: the scenario `usual` changes nothing
  --> content/estimates/small.toml:88:7
   |
88 | set = { pages = 10, care = "Quick" }
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ these are the defaults

"#]]);
}

#[test]
fn what_never_happens_is_named() {
    with_model(&[
        ("x = [0, 1], y = [1, 1.5]", "x = [0, 1, 2], y = [1, 1.5, 2]"),
        (
            "capacity = { base = 10 }",
            "capacity = { base = -1, input = \"pages\" }",
        ),
    ])
    .run("check --now 2026-06-15")
    .expect_code(0)
    .expect_stderr(str![[r#"
warning: with no hours a week this role never finishes anything
  --> content/estimates/small.toml:31:12
   |
31 | capacity = { base = -1, input = "pages" }
   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ as low as 0 hours a week
   |
   = help: give it a `base`, or raise the `min` of the input

warning: `care` never is 2
  --> content/estimates/small.toml:52:32
   |
52 | scale = [{ input = "care", x = [0, 1, 2], y = [1, 1.5, 2] }]
   |                                ^^^^^^^^^ it goes from 0 to 1

"#]]);
}

#[test]
fn work_that_an_approach_leaves_to_nobody_is_a_warning() {
    let folder = with_model(&[(
        "share = { alone = { writer = 1.0 }, helped = { agency = 1.0 } }",
        "share = { alone = { writer = 1.0 } }",
    )]);
    folder
        .run("check --now 2026-06-15")
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: the role `agency` never works
  --> content/estimates/small.toml:35:6
   |
35 | id = "agency"
   |      ^^^^^^^^ no activity gives it a share

warning: nobody does `draft` in helped
  --> content/estimates/small.toml:53:9
   |
53 | share = { alone = { writer = 1.0 } }
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ left out here, so it costs nothing
   |
   = help: say who does it there, or `helped = {}` if nobody has to

"#]]);
}

#[test]
fn somebody_who_stops_to_listen_changes_nothing() {
    let folder = with_model(&[]);
    folder.write("content/b.md", "[Nowhere](/nowhere/)\n");
    let mut command = folder.command("check");
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn mistakes_in_texts_hide_no_other_and_what_nothing_leads_to_has_its_turn_later() {
    let folder = Folder::of(&site(
        r#"
--- content/_index.md
[nowhere](@/nowhere.md) and [elsewhere](https://example.org/)
--- static/style.css
a { background: url(missing.png) }
--- static/unused.png
"#,
    ));
    folder
        .run("check --base-url https://example.com --now 2026-06-15")
        .expect_code(1)
        .expect_stdout(str![[r#"
Checked 3 pages: 2 errors, no warnings. Pages and files that nothing leads to are looked for when there are no errors

"#]])
        .expect_stderr(str![[r#"
error: link to a page that does not exist
 --> content/_index.md:1:11
  |
1 | [nowhere](@/nowhere.md) and [elsewhere](https://example.org/)
  |           ^^^^^^^^^^^^ there is no `content/nowhere.md`

error: this style sheet names a file that does not exist
 --> static/style.css:1:21
  |
1 | a { background: url(missing.png) }
  |                     ^^^^^^^^^^^ no file has this address

"#]]);
}
