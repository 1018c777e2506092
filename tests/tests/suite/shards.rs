//! A site that several machines build together: each makes a share of the files, and what `tallypress merge` makes of
//! them is what one machine would have made.

use std::io::ErrorKind;
use std::process::Stdio;
use std::time::Duration;

use snapbox::str;
use tallypress::shard::Shard;
use tallypress_tests::everything::EVERYTHING;
use tallypress_tests::program::{Folder, program, wait_until};
use tallypress_tests::{expect, site};

const NOW: &str = "--now 2026-06-15";

/// Two pages that link to parts of each other.
const TWO: &str = r#"
--- content/one.md
+++
title = "One"
+++
## First

See [the second](/two/#second).
--- content/two.md
+++
title = "Two"
+++
## Second

See [the first](/one/#first).
"#;

fn folder(story: &str) -> Folder {
    Folder::of(&site(story))
}

/// Builds every shard of a site; gives the command that merges them.
#[track_caller]
fn build(folder: &Folder, of: u64) -> String {
    let shards = (1..=of).map(|number| {
        let build = format!("build {NOW} --shard {number}/{of}");
        folder.run(&build).expect_code(0);
        format!(" shards/{number}")
    });
    format!("merge{}", shards.collect::<String>())
}

/// A number of shards of which two files are in different ones.
fn apart(one: &str, two: &str) -> u64 {
    let is_apart = |of: &u64| {
        let mut shards = (1..=*of).map(|number| Shard { number, of: *of });
        shards.any(|shard| shard.makes(one) && !shard.makes(two))
    };
    (2..).find(is_apart).unwrap()
}

#[test]
fn shards_make_up_what_a_single_build_makes() {
    let settings = "[publish]\nprecompress = [\"gzip\"]\nredirects_file = true\n[languages.fr]";
    let story = EVERYTHING.replace("[languages.fr]", settings)
        + r#"
--- content/blog/photo.png
--- content/blog/2026-03-01-three.md
+++
aliases = ["/old/"]
+++
# Three

![A picture](photo.png)

{{ calculator(model="small") }}
--- content/blog/2026-07-01-later.md
# Later
--- static/.well-known/security.txt
Contact: mailto:nobody@example.com
"#;
    let story = site(&story).file(
        "content/estimates/small.toml",
        include_bytes!("small-model.toml"),
    );
    let folder = Folder::of(&story);
    let whole = folder.run(&format!("build {NOW} --json"));
    whole.expect_code(0);
    let files = folder.files("public");
    for file in [
        "_redirects",
        "atom.xml",
        "blog/one/index.html.gz",
        "embed/small/index.html",
    ] {
        assert!(files.contains_key(file), "there is no `{file}`");
    }
    for of in [1, 2, 3, 7] {
        let merge = build(&folder, of);
        let merged = folder.run(&format!("{merge} --json --out merged"));
        merged.expect_code(0);
        let merged = merged.json();
        for count in ["pages", "withheld", "next_due", "diagnostics"] {
            assert_eq!(merged[count], whole.json()[count]);
        }
        assert!(
            folder.files("merged") == files,
            "{of} shards make another site"
        );
    }
}

#[test]
fn there_may_be_more_shards_than_files() {
    let folder = folder("--- content/one.md\n# One\n");
    folder.run(&format!("build {NOW}")).expect_code(0);
    let merge = build(&folder, 30);
    folder.run(&format!("{merge} --out merged")).expect_code(0);
    assert!(folder.files("merged") == folder.files("public"));
}

#[test]
fn a_shard_holds_its_files_and_a_record_of_them() {
    let folder = folder(TWO);
    let of = apart("one/index.html", "two/index.html");
    build(&folder, of);
    let shards = (1..=of).map(|number| folder.files(&format!("shards/{number}")));
    let shards: Vec<_> = shards.collect();
    for page in ["one/index.html", "two/index.html", "atom.xml"] {
        let with = shards.iter().filter(|shard| shard.contains_key(page));
        assert_eq!(with.count(), 1, "{page}");
    }
    for shard in shards {
        assert!(shard.contains_key(".tallypress-shard"));
    }
}

#[test]
fn a_merge_says_what_a_build_says() {
    let folder = folder(TWO);
    let merge = build(&folder, 3);
    folder.run(&merge).expect_code(0).expect_stdout(str![[r#"
5 pages in [TIME] ms: 22 files written, 0 unchanged, 0 removed -> public

"#]]);
    folder.run(&merge).expect_code(0).expect_stdout(str![[r#"
5 pages in [TIME] ms: 0 files written, 22 unchanged, 0 removed -> public

"#]]);
    folder
        .run(&format!("{merge} --quiet"))
        .expect_code(0)
        .expect_stdout(str![]);
}

#[test]
fn a_link_that_is_broken_between_shards_is_found_where_it_is_written() {
    let folder = folder(&TWO.replace("/two/#second", "/two/#secondly"));
    let whole = folder.run(&format!("build {NOW}"));
    whole.expect_code(1);
    let of = apart("one/index.html", "two/index.html");
    let merge = build(&folder, of);
    // The sources are not needed to show it.
    folder.remove("content/one.md");
    let merged = folder.run(&merge);
    merged.expect_code(1).expect_stderr(str![[r#"
error: link to a part of a page that does not exist
 --> content/one.md:6:18
  |
6 | See [the second](/two/#secondly).
  |                  ^^^^^^^^^^^^^^ the page has no `#secondly`
  |
  = help: did you mean `second`?

error: 1 error; nothing was published

"#]]);
    assert_eq!(merged.stderr(), whole.stderr());
    assert!(!folder.path("public").exists());
    let report = folder.run(&format!("{merge} --json")).json();
    let found = &report["diagnostics"][0];
    assert_eq!(
        (&found["path"], &found["line"], &found["column"]),
        (&"content/one.md".into(), &6.into(), &18.into())
    );
}

#[test]
fn warnings_are_those_of_a_single_build() {
    let folder = folder(
        r#"
--- site.toml
[link_checker]
internal_level = "warn"
[[menu]]
name = "Nowhere"
path = "/nowhere/"
[[menu]]
name = "A part"
path = "/two/#nowhere"
--- content/_part.md
[In both](/elsewhere/)
--- content/one.md
# One

[Nowhere](@/nowhere.md) and <a href="/raw/">raw</a>.

A [reference][that] [^is] none, and [no part](/two/#none).

{{ include(path="_part.md") }}
--- content/two.md
# Two

[No part](/one/#none) and <a href="/raw/">raw</a>.

{{ include(path="_part.md") }}
"#,
    );
    let whole = folder.run(&format!("build {NOW}"));
    whole.expect_code(0);
    for of in [2, 5] {
        let merge = build(&folder, of);
        let merged = folder.run(&format!("{merge} --out merged"));
        assert_eq!(merged.stderr(), whole.stderr());
        assert!(folder.files("merged") == folder.files("public"));
    }
    expect(
        &whole.stderr(),
        str![[r#"
warning: link to a page that does not exist
 --> content/_part.md:1:11
  |
1 | [In both](/elsewhere/)
  |           ^^^^^^^^^^^ no page has this address

warning: link to a page that does not exist
 --> content/one.md:3:11
  |
3 | [Nowhere](@/nowhere.md) and <a href="/raw/">raw</a>.
  |           ^^^^^^^^^^^^ there is no `content/nowhere.md`

warning: link to a page that does not exist
 --> content/one.md:3:38
  |
3 | [Nowhere](@/nowhere.md) and <a href="/raw/">raw</a>.
  |                                      ^^^^^ no page has this address

warning: a link without an address
 --> content/one.md:5:3
  |
5 | A [reference][that] [^is] none, and [no part](/two/#none).
  |   ^^^^^^^^^^^^^^^^^ no line defines this reference
  |
  = help: add a line such as `[name]: https://example.com/`, or write `\[` for a bracket

warning: there is no footnote `is`
 --> content/one.md:5:21
  |
5 | A [reference][that] [^is] none, and [no part](/two/#none).
  |                     ^^^^^ shown as it stands here
  |
  = help: add a line `[^is]: …`, or write `\[` for a bracket

warning: link to a part of a page that does not exist
 --> content/one.md:5:47
  |
5 | A [reference][that] [^is] none, and [no part](/two/#none).
  |                                               ^^^^^^^^^^ the page has no `#none`

warning: link to a part of a page that does not exist
 --> content/two.md:3:11
  |
3 | [No part](/one/#none) and <a href="/raw/">raw</a>.
  |           ^^^^^^^^^^ the page has no `#none`

warning: link to a page that does not exist
 --> content/two.md:3:36
  |
3 | [No part](/one/#none) and <a href="/raw/">raw</a>.
  |                                    ^^^^^ no page has this address

warning: link to a page that does not exist
 --> site.toml:6:8
  |
6 | path = "/nowhere/"
  |        ^^^^^^^^^^^ no page has this address

warning: link to a part of a page that does not exist
 --> site.toml:9:8
  |
9 | path = "/two/#nowhere"
  |        ^^^^^^^^^^^^^^^ the page has no `#nowhere`

"#]],
    );
}

#[test]
fn what_is_wrong_with_a_page_fails_its_shard_and_no_other() {
    let folder = folder(&TWO.replace("/two/#second", "/nowhere/"));
    let of = apart("one/index.html", "two/index.html");
    let codes = (1..=of).map(|number| {
        let shard = Shard { number, of };
        let run = folder.run(&format!("build {NOW} --shard {shard}"));
        run.expect_code(i32::from(shard.makes("one/index.html")));
        assert!(folder.path(&format!("shards/{number}")).exists() != shard.makes("one/index.html"));
        format!(" shards/{number}")
    });
    let merge = format!("merge{}", codes.collect::<String>());
    let merged = folder.run(&merge);
    merged.expect_code(1);
    assert!(merged.stderr().contains("this is no folder of a shard"));
    assert!(!folder.path("public").exists());
}

#[test]
fn two_sources_of_one_file_fail_every_shard() {
    let folder = folder(TWO);
    folder.write("static/one/index.html", "");
    let whole = folder.run(&format!("build {NOW}"));
    whole.expect_code(1);
    for number in 1..=3 {
        let run = folder.run(&format!("build {NOW} --shard {number}/3"));
        run.expect_code(1);
        assert_eq!(run.stderr(), whole.stderr());
    }
}

#[test]
fn all_shards_are_needed_and_each_once() {
    let folder = folder(TWO);
    build(&folder, 12);
    folder
        .run("merge shards/1 shards/2 shards/1")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: this is shard 1/12, and so is another
--> shards/1
 = note: the other is `shards/1`
 = help: name the folder of each shard once

error: 1 error; nothing was published

"#]]);
    folder
        .run("merge shards/11 shards/2")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: shards 1/12, 3/12, 4/12, 5/12, 6/12, 7/12, 8/12, 9/12 and 2 more are missing
 = help: name the folders of all 12 shards; `tallypress build --shard 1/12` makes the first that is missing

error: 1 error; nothing was published

"#]]);
    folder
        .run("merge shards/1 shards/2 shards/3 shards/4 shards/5 shards/6 shards/7 shards/8 shards/9 shards/10 shards/11")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: shard 12/12 is missing
 = help: name the folders of all 12 shards; `tallypress build --shard 12/12` makes the first that is missing

error: 1 error; nothing was published

"#]]);
    folder.run("merge").expect_code(2);
}

#[test]
fn shards_of_another_build_are_refused() {
    let folder = folder(TWO);
    build(&folder, 5);
    let other = |number: u64, options: &str| {
        folder
            .run(&format!(
                "build {NOW} --shard {number}/5 --out shards/{number} {options}"
            ))
            .expect_code(0);
    };
    other(2, "--base-url https://example.com/");
    folder
        .run(&format!("build {NOW} --shard 3/4"))
        .expect_code(0);
    folder.write("content/one.md", "# Otherwise\n\n## First\n");
    other(4, "");
    folder.write("shards/5/.tallypress-shard", "tallypress-shard 0 0\n{}");
    folder
        .run("merge shards/1 shards/2 shards/3 shards/4 shards/5 content --json")
        .expect_code(1);
    folder
        .run("merge shards/1 shards/2 shards/3 shards/4 shards/5 content")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: this shard was built by another version of tallypress
--> shards/5
 = help: build and merge shards with the same program

error: this is no folder of a shard
--> content
 = note: cannot read `.tallypress-shard`: No such file or directory (os error 2)
 = help: name folders that `tallypress build --shard` made
 = help: a program that copied it may have left out files whose names begin with a dot

error: this shard was built with other options than `shards/1`
--> shards/2
 = help: give all shards the same --base-url, --drafts and --preview

error: this is shard 3/4, and `shards/1` is shard 1/5
--> shards/3
 = help: merge shards of one number

error: this shard was built from other files than `shards/1`
--> shards/4
 = help: build all shards from the same state of the site

error: 5 errors; nothing was published

"#]]);
    assert!(!folder.path("public").exists());
}

#[test]
fn shards_of_another_program_are_refused() {
    let folder = folder(TWO);
    build(&folder, 2);
    let mut bytes = std::fs::read(program()).unwrap();
    bytes.push(0);
    let other = folder.path("other");
    std::fs::copy(program(), &other).unwrap();
    std::fs::write(&other, bytes).unwrap();
    let run = || {
        std::process::Command::new(&other)
            .args(["build", "--now", "2026-06-15", "--shard", "2/2"])
            .current_dir(folder.path(""))
            .env_clear()
            .stdout(Stdio::null())
            .status()
    };
    // A program that another story starts at this moment holds the file that was just written for as long as it is not running.
    let is_busy = |error: &std::io::Error| error.kind() == ErrorKind::ExecutableFileBusy;
    let mut built = run();
    while built.as_ref().is_err_and(is_busy) {
        std::thread::sleep(Duration::from_millis(10));
        built = run();
    }
    let built = built.unwrap();
    assert!(built.success());
    folder
        .run("merge shards/1 shards/2")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: this shard was built by another program than `shards/1`
--> shards/2
 = help: compile the program once, and run copies of that file

error: 1 error; nothing was published

"#]]);
}

#[test]
fn a_page_that_is_due_between_two_shards_is_noticed() {
    let folder = folder(TWO);
    folder.write("content/later.md", "+++\ndate = 2026-07-01\n+++\n# Later\n");
    folder
        .run("build --now 2026-06-30 --shard 1/2")
        .expect_code(0);
    folder
        .run("build --now 2026-06-29 --shard 2/2")
        .expect_code(0);
    folder.run("merge shards/1 shards/2").expect_code(0);
    folder
        .run("build --now 2026-07-01 --shard 2/2")
        .expect_code(0);
    folder
        .run("merge shards/1 shards/2")
        .expect_code(1)
        .expect_stderr(str![[r#"
error: this shard was built when other pages were due than in `shards/1`
--> shards/2
 = help: give all shards the same moment with --now

error: 1 error; nothing was published

"#]]);
}

#[test]
fn a_shard_that_is_damaged_is_refused_and_the_published_site_stays() {
    let folder = folder(TWO);
    let merge = build(&folder, 1);
    folder.run(&merge).expect_code(0);
    let good = folder.files("public");
    let record = folder.read("shards/1/.tallypress-shard");
    folder.write("shards/1/one/index.html", "vandalised");
    folder.remove("shards/1/two/index.html");
    folder.run(&merge).expect_code(1).expect_stderr(str![[r#"
error: this shard is damaged
--> shards/1
 = note: `one/index.html` is not as it was built (and 1 more of its files)
 = help: copy it again, or build it again

error: 1 error; nothing was published

"#]]);
    folder.write("shards/1/.tallypress-shard", record.replace("two", "too"));
    folder.run(&merge).expect_code(1).expect_stderr(str![[r#"
error: this shard is damaged
--> shards/1
 = note: `.tallypress-shard` is not as it was written
 = help: copy it again, or build it again

error: 1 error; nothing was published

"#]]);
    assert_eq!(folder.files("public"), good);
    // Building it once more mends it.
    build(&folder, 1);
    folder.run(&merge).expect_code(0);
    assert_eq!(folder.files("public"), good);
}

#[test]
fn a_record_cannot_lead_out_of_the_folder() {
    let folder = folder(TWO);
    let merge = build(&folder, 1);
    folder.write("precious.txt", "mine");
    let record = folder.read("shards/1/.tallypress-shard");
    let (_, json) = record.split_once('\n').unwrap();
    let json = json.replace("\"404.html\":", "\"../../precious.txt\":");
    let sum = tallypress::hash::Fingerprint::of(json.as_bytes());
    folder.write(
        "shards/1/.tallypress-shard",
        format!("tallypress-shard 1 {sum}\n{json}"),
    );
    folder.run(&format!("{merge} --out a/b")).expect_code(1);
    assert_eq!(folder.read("precious.txt"), "mine");
}

#[test]
fn a_shard_or_a_merge_that_is_killed_is_completed_by_the_next() {
    let folder = folder(TWO);
    for number in 0..200 {
        folder.write(
            &format!("content/page-{number}.md"),
            "# A page\n".repeat(20),
        );
    }
    folder.run(&format!("build {NOW}")).expect_code(0);
    let kill_once = |arguments: &str, begun: &str| {
        let mut run = folder
            .command(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = folder.path(begun);
        wait_until("it has begun", || {
            begun.exists() || run.try_wait().unwrap().is_some()
        });
        run.kill().unwrap();
        run.wait().unwrap();
    };
    kill_once(&format!("build {NOW} --shard 1/2"), "shards/1");
    let merge = format!("{} --out merged", build(&folder, 2));
    kill_once(&merge, "merged");
    folder.run(&merge).expect_code(0);
    assert!(folder.files("merged") == folder.files("public"));
}

#[test]
fn a_shard_is_not_taken_for_another_because_nothing_has_changed() {
    let folder = folder(TWO);
    std::thread::sleep(tallypress::stamp::SETTLED * 2);
    let build = |shard: &str| {
        let build = format!("build {NOW} --cache cache --out out --json{shard}");
        let run = folder.run(&build);
        run.expect_code(0);
        run.json()["written"].as_u64().unwrap()
    };
    assert!(build(" --shard 1/2") > 0);
    let first = folder.files("out");
    assert_eq!(build(" --shard 1/2"), 0);
    assert!(build(" --shard 2/2") > 0);
    assert!(build(" --shard 1/3") > 0);
    assert!(build(" --shard 1/2") > 0);
    assert!(folder.files("out") == first);
    assert!(build("") > 0);
    assert!(!folder.path("out/.tallypress-shard").exists());
}

#[test]
fn a_shard_does_not_take_the_place_of_a_site() {
    let folder = folder(TWO);
    folder.run(&format!("build {NOW}")).expect_code(0);
    let good = folder.files("public");
    folder
        .run("build --shard 1/2 --out public")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: `public` holds a whole site, of which a shard would leave only a part
  help: name another folder with --out

"#]]);
    assert_eq!(folder.files("public"), good);
}

#[test]
fn a_site_is_not_merged_into_a_shard() {
    let folder = folder(TWO);
    let merge = build(&folder, 2);
    let before = folder.files("shards");
    folder
        .run(&format!("{merge} --out shards/2/site"))
        .expect_code(2)
        .expect_stderr(str![[r#"
error: `shards/2/site` is in the shard `shards/2`
  help: publish beside the shards, for example with --out public

"#]]);
    assert_eq!(folder.files("shards"), before);
}

#[test]
fn what_is_no_shard_is_explained() {
    let folder = folder(TWO);
    folder
        .run("build --shard 5/4")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: invalid value '5/4' for '--shard <K/N>': of 4 there is no shard 5

For more information, try '--help'.

"#]]);
    folder
        .run("build --shard two")
        .expect_code(2)
        .expect_stderr(str![[r#"
error: invalid value 'two' for '--shard <K/N>': a shard looks like 2/4: the second of four

For more information, try '--help'.

"#]]);
}
