//! Every example of the CommonMark specification (0.31.2) through our Markdown. No example differs
//! but for what [`plain`] takes out, with the reason for each.

use std::path::PathBuf;

use pulldown_cmark_escape::{escape_href, escape_html};
use tallypress::page::{Included, MarkdownOptions, Passage, Piece, render_markdown};
use tallypress::words::Words;

use crate::cargo::{cargo, host};

/// How many examples the specification has.
const EXAMPLES: usize = 652;

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn every_example_is_rendered_as_specified() {
    let examples = examples();
    assert_eq!(examples.len(), EXAMPLES);
    let mut different = Vec::new();
    for Example {
        number,
        markdown,
        html,
    } in &examples
    {
        let (ours, expected) = (plain(&render(markdown)), plain(html));
        if ours != expected {
            different.push(format!(
                "example {number}\n{markdown}\nwas to be\n{expected}\nand is\n{ours}"
            ));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n\n"));
}

fn render(markdown: &str) -> String {
    let options = MarkdownOptions {
        highlight: false,
        ..MarkdownOptions::default()
    };
    let passage = Passage::new("example.md", markdown, 0..markdown.len());
    let body = render_markdown(&passage, &Included::new(), options, &mut Vec::new());
    let mut html = String::new();
    for piece in body.pieces {
        match piece {
            Piece::Html(finished) => html.push_str(&finished),
            // On a page the target is resolved first; escaping it is what follows.
            Piece::Target(target) => escape_href(&mut html, &target.written).unwrap(),
            // On a page the picture is made first.
            Piece::Picture(picture) => {
                html.push_str("<img src=\"");
                escape_href(&mut html, &picture.target.written).unwrap();
                html.push_str("\" alt=\"");
                escape_html(&mut html, &picture.alt.unwrap_or_default()).unwrap();
                if !picture.title.is_empty() {
                    html.push_str("\" title=\"");
                    escape_html(&mut html, &picture.title).unwrap();
                }
                html.push_str("\" />");
            }
            Piece::Words(words) => html.push_str(&Words::english().fill(&words.key, &[])),
            Piece::Shortcode(_) | Piece::Include(_) => panic!("CommonMark has no shortcodes"),
        }
    }
    html
}

/// HTML in the form that both sides share.
fn plain(html: &str) -> String {
    // A reader without a mouse scrolls wide code only if it can have the focus.
    let mut plain = html.replace("<pre tabindex=\"0\">", "<pre>");
    // Outside of attributes both mean the same; the parser's copy of the examples differs here
    // from the specification, too.
    plain = plain.replace("&quot;", "\"");
    // Bare addresses are links in GitHub's Markdown, and so in ours.
    for scheme in ["mailto:", ""] {
        let mut at = 0;
        while let Some(start) = plain[at..].find(&format!("<a href=\"{scheme}")) {
            let start = at + start;
            at = start + 1;
            let address = start + "<a href=\"".len() + scheme.len();
            let length = plain[address..].find('"').unwrap();
            let address = plain[address..address + length].to_owned();
            let link = format!("<a href=\"{scheme}{address}\">{address}</a>");
            if plain[start..].starts_with(&link) {
                plain.replace_range(start..start + link.len(), &address);
            }
        }
    }
    // Links need something to lead to.
    for level in 1..=6 {
        let open = format!("<h{level} id=\"");
        while let Some(start) = plain.find(&open) {
            let id = start + open.len();
            let end = id + plain[id..].find("\">").unwrap();
            plain.replace_range(start..end + 2, &format!("<h{level}>"));
        }
    }
    plain
}

/// The examples, which the package of our Markdown parser brings with it as tests of its own.
fn examples() -> Vec<Example> {
    let path = package("pulldown-cmark").join("tests/suite/spec.rs");
    let tests = std::fs::read_to_string(&path).unwrap();
    tests
        .split("fn spec_test_")
        .skip(1)
        .map(|test| {
            let mut texts = test.split("r##\"").skip(1);
            let mut text = || {
                texts
                    .next()
                    .unwrap()
                    .split("\"##")
                    .next()
                    .unwrap()
                    .to_owned()
            };
            Example {
                number: test.split('(').next().unwrap().parse().unwrap(),
                markdown: text(),
                html: text(),
            }
        })
        .collect()
}

/// Where cargo keeps a package that the workspace depends on.
fn package(name: &str) -> PathBuf {
    let metadata = cargo(&[
        "metadata",
        "--format-version=1",
        "--filter-platform",
        &host(),
    ]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|package| package["name"] == name)
        .unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().to_owned()
}
