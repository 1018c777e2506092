//! What a search costs a reader of a large site: the index of 10,000 articles, and the bytes that a
//! real browser loads for a query. Tables to read and to keep, never a test.
#![expect(
    dead_code,
    reason = "the stories of `tests/browser`, whose reader this is, need more of it"
)]

#[path = "../tests/browser/chromium.rs"]
mod chromium;
#[path = "../tests/browser/site.rs"]
mod site;
#[path = "../tests/browser/tab.rs"]
mod tab;
#[path = "../tests/browser/web.rs"]
mod web;

mod browser;
mod machine;

use std::fmt::Write;
use std::io::Write as _;
use std::time::Instant;

use fastrand::Rng;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site::{Site, site};
use crate::tab::Tab;

const ARTICLES: usize = 10_000;
/// Words of an article.
const WORDS: usize = 1_200;
/// Words of the language.
const VOCABULARY: usize = 40_000;

fn main() {
    machine::print(&[browser::row()]);
    let mut random = Rng::with_seed(1);
    let language: Vec<String> = (0..VOCABULARY).map(|_| word(&mut random)).collect();
    let articles: Vec<(String, String)> = (0..ARTICLES)
        .map(|number| {
            let path = format!("content/article-{number:05}.md");
            (path, article(&language, &mut random))
        })
        .collect();
    let files: Vec<(&str, &str)> = articles
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let started = Instant::now();
    let library = site(&files);
    println!(
        "{ARTICLES} articles of {WORDS} words, built in {:.1} s with everything else that a site has.\n",
        started.elapsed().as_secs_f64()
    );
    index(&library);
    println!("| Query | Files | Raw | gzip -9 | Target |\n|---|---:|---:|---:|---|");
    let rare = &language[VOCABULARY / 2];
    let usual = &language[30];
    let slip: String = rare
        .chars()
        .rev()
        .skip(1)
        .collect::<Vec<_>>()
        .iter()
        .rev()
        .collect();
    for (what, query) in [
        ("a rare word", rare.clone()),
        ("a usual word", usual.clone()),
        ("the beginning of a word", rare[..4].to_owned()),
        ("a word with a slip", format!("{slip}q")),
        ("three words", format!("{usual} {rare} {}", language[400])),
        ("six words", language[1..7].join(" ")),
    ] {
        query_costs(&library, what, &query);
    }
}

/// A word of two to four syllables.
fn word(random: &mut Rng) -> String {
    let mut word = String::new();
    for _ in 0..random.usize(2..5) {
        word.push(letter(b"bcdfghklmnprstvw", random));
        word.push(letter(b"aeiou", random));
        if random.u8(..3) == 0 {
            word.push(letter(b"lnrst", random));
        }
    }
    word
}

fn letter(letters: &[u8], random: &mut Rng) -> char {
    char::from(letters[random.usize(..letters.len())])
}

/// Words as often as those of a language are: the n-th about 1/n as often as the first.
fn article(language: &[String], random: &mut Rng) -> String {
    let mut pick = || {
        let place = (VOCABULARY as f64).powf(random.f64()) as usize;
        language[place.min(VOCABULARY - 1)].as_str()
    };
    let title = [pick(), pick(), pick(), pick()].join(" ");
    let description = [pick(), pick(), pick(), pick(), pick(), pick()].join(" ");
    let mut text = format!("+++\ntitle = \"{title}\"\ndescription = \"{description}\"\n+++\n");
    for place in 0..WORDS {
        let end = if place % 90 == 89 { ".\n\n" } else { " " };
        let _ = write!(text, "{}{end}", pick());
    }
    text
}

fn index(library: &Site) {
    println!("| Index | Files | Raw | gzip -9 |\n|---|---:|---:|---:|");
    for kind in ["index", "words", "pages"] {
        let start = format!("assets/search/{kind}.");
        let files = library
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(&start));
        let sizes: Vec<[usize; 2]> = files.map(|(_, bytes)| sizes(bytes)).collect();
        let [raw, gzip] = [0, 1].map(|at| sizes.iter().map(|size| size[at]).sum::<usize>());
        println!("| {kind} | {} | {raw} | {gzip} |", sizes.len());
    }
    println!();
}

fn query_costs(library: &Site, what: &str, query: &str) {
    let tab = Tab::new();
    tab.open(
        &library
            .web
            .url(&format!("search/?q={}", query.replace(' ', "%20"))),
    );
    tab.wait_until("document.querySelector('.search-said').innerText !== ''");
    // Quotations come last.
    tab.run("new Promise((done) => setTimeout(done, 1000))");
    let origin = library.web.url("");
    let requests = tab.requests();
    let files: Vec<[usize; 2]> = requests
        .iter()
        .filter_map(|address| address.strip_prefix(&origin))
        .filter_map(|path| match path.strip_suffix('/') {
            Some(folder) => library.files.get(&format!("{folder}/index.html")),
            None => library
                .files
                .get(path)
                .filter(|_| path.starts_with("assets/search/")),
        })
        .map(|bytes| sizes(bytes))
        .collect();
    let [raw, gzip] = [0, 1].map(|at| files.iter().map(|size| size[at]).sum::<usize>());
    println!(
        "| {what}: `{query}` | {} | {raw} | {gzip} | gzip < 100,000 |",
        files.len()
    );
}

/// Bytes: raw, gzip.
fn sizes(bytes: &[u8]) -> [usize; 2] {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).expect("room in memory");
    [bytes.len(), gzip.finish().expect("room in memory").len()]
}
