//! What a reader of the shipped blog loads, in the sizes in which hosts send it, and how much that may be.
//! `--nocapture` prints it.

use std::io::Write;

use crate::structured_data::BLOG;

const ARTICLE: &str = "blog/do-you-need-an-ai-strategy-partner-if-you-have-a-cto/index.html";

/// Compressed bytes of everything that an article needs to be read, and with its calculator alive.
const TO_READ: usize = 60_000;
const WITH_CALCULATOR: usize = 85_000;

#[test]
fn no_page_is_heavier_than_its_budget() {
    let pages = BLOG.output.files.keys();
    for page in pages.filter(|path| path.ends_with(".html") && !path.starts_with("embed/")) {
        let needed = named(page, |tag| {
            tag.contains("rel=\"stylesheet\"") || tag.contains("rel=\"icon\"")
        });
        let weight = weight(page) + needed.iter().map(|file| weight(file)).sum::<usize>();
        println!("{weight:>6} bytes to read {page}");
        assert!(weight <= TO_READ, "{page} weighs {weight}");
    }
}

#[test]
fn the_calculator_stays_within_the_budget_of_its_article() {
    let all = named(ARTICLE, |tag| {
        let is_needed = [
            "rel=\"stylesheet\"",
            "rel=\"icon\"",
            "src=\"",
            "data-model=",
        ];
        is_needed.iter().any(|attribute| tag.contains(attribute))
    });
    for needed in [".wasm", ".bin", ".js", ".css"] {
        assert!(
            all.iter().any(|file| file.ends_with(needed)),
            "no {needed} in {all:?}"
        );
    }
    let weight = weight(ARTICLE) + all.iter().map(|file| weight(file)).sum::<usize>();
    println!("{weight:>6} bytes with the calculator of {ARTICLE}");
    assert!(weight <= WITH_CALCULATOR, "{weight} bytes: {all:?}");
}

#[test]
fn text_is_shown_after_the_page_and_one_style_sheet() {
    for (path, bytes) in BLOG.output.files.iter() {
        let html = str::from_utf8(bytes).unwrap_or_default();
        if !path.ends_with(".html") || path.starts_with("embed/") {
            continue;
        }
        let head = html.split("</head>").next().unwrap();
        let sheets = head.matches("rel=\"stylesheet\"").count();
        assert_eq!(sheets, 1, "{path} waits for {sheets} style sheets");
        for tag in head
            .split('<')
            .filter(|tag| tag.starts_with("script") && tag.contains(" src="))
        {
            assert!(tag.contains("type=\"module\""), "{path} waits for {tag}");
        }
    }
}

#[test]
fn no_page_asks_another_host_for_anything() {
    let texts = BLOG.output.files.iter();
    for (path, bytes) in texts.filter(|(path, _)| path.ends_with(".html") || path.ends_with(".css"))
    {
        let text = str::from_utf8(bytes).unwrap();
        for tag in text.split('<').filter(|tag| is_loaded(tag)) {
            for attribute in ["src", "srcset", "href", "poster"] {
                let value = value(tag, attribute).unwrap_or_default();
                let is_own = !value.contains("//");
                assert!(is_own, "{path} loads {value}");
            }
        }
        assert!(
            !text.contains("url(//") && !text.contains("url(http"),
            "{path}"
        );
        assert!(!text.contains("@import"), "{path}");
    }
}

/// Whether a browser fetches what a tag names without being asked.
fn is_loaded(tag: &str) -> bool {
    let name = tag.split([' ', '>']).next().unwrap_or_default();
    match name {
        "script" | "img" | "source" | "video" | "audio" | "iframe" => true,
        "link" => !["canonical", "alternate", "prev", "next", "author"]
            .iter()
            .any(|relation| value(tag, "rel") == Some(relation)),
        _ => false,
    }
}

fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    let rest = tag.split(&format!(" {attribute}=\"")).nth(1)?;
    rest.split('"').next()
}

/// The files that tags of a page name, each once.
fn named(page: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let html = str::from_utf8(&BLOG.output.files[page]).unwrap();
    let mut files = Vec::new();
    for tag in html
        .split('<')
        .filter(|tag| is_wanted(tag.split('>').next().unwrap()))
    {
        let names = ["href", "src", "data-model", "data-widget", "data-wasm"];
        let names = names.iter().filter_map(|name| value(tag, name));
        for name in names.filter_map(|address| address.strip_prefix('/')) {
            files.extend(
                BLOG.output
                    .files
                    .get_key_value(name)
                    .map(|(path, _)| path.as_str()),
            );
        }
    }
    files.sort_unstable();
    files.dedup();
    files
}

/// As Brotli sends it.
fn weight(path: &str) -> usize {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    encoder.write_all(&BLOG.output.files[path]).unwrap();
    encoder.into_inner().len()
}
