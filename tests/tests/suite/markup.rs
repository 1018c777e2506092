//! Every page is what the HTML standard asks for, as the Nu HTML Checker reads it (`tests/nu` fetches it). It
//! takes seconds to start, so that all sites are read in one run.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use snapbox::str;
use tallypress_tests::everything::EVERYTHING;
use tallypress_tests::site;

use crate::program::Folder;

#[derive(Deserialize)]
struct Report {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    url: Option<String>,
    last_line: Option<u32>,
    message: String,
    extract: Option<String>,
}

#[test]
fn every_page_is_sound_html() {
    let folder = Folder::of(&site(EVERYTHING));
    let blog = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for part in ["content", "static"] {
        copy(&blog.join(part), &folder.path("gazette").join(part));
    }
    let settings = fs::read_to_string(blog.join("site.toml")).unwrap();
    folder.write(
        "gazette/site.toml",
        format!("theme = \"gazette\"\n{settings}"),
    );
    folder.run("init new").expect_code(0);
    let blog = blog.to_str().unwrap();
    for (name, root) in [
        ("everything", "."),
        ("new", "new"),
        ("blog", blog),
        ("gazette", "gazette"),
    ] {
        let build = format!("build --quiet --now 2100-01-01 --root {root} --out pages/{name}");
        folder.run(&build).expect_stderr(str![]).expect_code(0);
    }
    let pages = folder.files("pages").into_keys();
    let pages = pages.filter(|path| path.ends_with(".html")).count();
    assert!(pages > 80, "there are {pages} pages");
    assert_eq!(errors(&folder.path("pages")), Vec::<String>::new());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// What the checker says about all pages below a folder.
fn errors(folder: &Path) -> Vec<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fetched = Command::new(tests.join("nu"))
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .expect("a shell for tests/nu");
    let problem = String::from_utf8_lossy(&fetched.stderr);
    assert!(fetched.status.success(), "{problem}");
    let program = String::from_utf8_lossy(&fetched.stdout);
    let checked = Command::new("java")
        .args(["-jar", program.trim()])
        .args(["--skip-non-html", "--format", "json"])
        .arg(folder)
        .output()
        .expect("Java");
    let report: Report =
        serde_json::from_slice(&checked.stderr).expect("a report of the Nu HTML Checker");
    let messages = report.messages.into_iter();
    messages
        .filter(|message| message.kind != "info")
        .map(|message| {
            let url = message.url.unwrap_or_default();
            let page = url.rsplit_once(&*folder.to_string_lossy());
            format!(
                "{}:{}: {} ({})",
                page.map_or(url.as_str(), |(_, page)| page),
                message.last_line.unwrap_or_default(),
                message.message,
                message.extract.unwrap_or_default()
            )
        })
        .collect()
}
