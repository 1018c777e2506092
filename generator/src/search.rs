//! Search in the browser without a server: an index of all words, cut into small files of which a
//! visitor loads the few that a query needs. It takes the pages of a language and gives the files;
//! `search.js` reads them.
//!
//! - `index.HASH.json`, the entry: how many pages there are, the first word of each shard, and the hashes
//!   in the names of all other files.
//! - `words.HASH.bin`, a shard: words in order, each with the pages that have it and how much it weighs there.
//! - `pages.HASH.json`: for each of [`PAGES`] pages its title, address, description and day.
//!
//! Weights are those of BM25F, computed here; the browser multiplies them with how rare a word is, which the number of its
//! pages tells, and adds them up.

mod digest;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::json;

use crate::hash::Fingerprint;

pub use digest::Digest;

/// Pages that one file tells about.
pub const PAGES: usize = 16;
/// A shard ends after a word that its own letters choose, so that an edit moves the borders of few
/// shards; on average after this many bytes, and never far from it.
const SHARD: usize = 8 * 1024;
/// A word on more pages than this says little; those on which it weighs most are enough.
const MOST: usize = 1_000;
/// Pages whose words are gathered by one thread.
const TOGETHER: usize = 256;

/// BM25's usual constants: how soon repeating a word stops to help, and how much a long text
/// weighs its words down.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.6;
/// What a word in the title counts besides: more than all that a text can say, however often it does.
const TITLE: f64 = SATURATION + 1.0;

/// The script that reads the index.
pub const SCRIPT: &str = include_str!("search/search.js");

/// A page as a result shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub title: String,
    /// Root-relative.
    pub path: String,
    pub description: String,
    /// Such as `2026-04-21`; may be empty.
    pub day: String,
}

/// The files of an index, by where they are below the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    pub entry: String,
    pub files: BTreeMap<String, Arc<[u8]>>,
}

/// Makes the index of some pages, in a folder below the output folder.
pub fn index(pages: &[(Document, Arc<Digest>)], folder: &str) -> Index {
    let mut files = BTreeMap::new();
    let mut add = |kind: &str, ending: &str, bytes: Vec<u8>| {
        let hash = Fingerprint::of(&bytes).short();
        let path = format!("{folder}/{kind}.{hash}.{ending}");
        files.insert(path.clone(), Arc::from(bytes));
        (path, hash)
    };
    let shards: Vec<_> = shards(&words(pages))
        .into_iter()
        .map(|(first, bytes)| (first, add("words", "bin", bytes).1))
        .collect();
    let about: Vec<String> = pages
        .chunks(PAGES)
        .map(|pages| add("pages", "json", about(pages)).1)
        .collect();
    let entry = json!({
        "pages": pages.len(),
        "each": PAGES,
        "shards": shards,
        "about": about,
    });
    let (entry, _) = add("index", "json", entry.to_string().into_bytes());
    Index { entry, files }
}

fn about(pages: &[(Document, Arc<Digest>)]) -> Vec<u8> {
    let pages: Vec<_> = pages
        .iter()
        .map(|(page, _)| [&page.title, &page.path, &page.description, &page.day])
        .collect();
    json!(pages).to_string().into_bytes()
}

/// Every word with the pages that have it, in order.
type Words<'a> = Vec<(&'a str, Pages)>;

struct Pages {
    /// On how many it stands.
    count: usize,
    /// Pages in their order, with the word's weight on each.
    weights: Vec<(u32, u8)>,
}

fn words(pages: &[(Document, Arc<Digest>)]) -> Words<'_> {
    let total: usize = pages.iter().map(|(_, digest)| digest.length).sum();
    let average = rounded(total.div_ceil(pages.len().max(1))).max(1) as f64;
    let found = pages
        .par_chunks(TOGETHER)
        .enumerate()
        .map(|(chunk, pages)| weights(pages, chunk * TOGETHER, average))
        .reduce(Found::default, |before, after| match before.is_empty() {
            true => after,
            false => joined(before, after),
        });
    let mut words: Words<'_> = found
        .into_par_iter()
        .map(|(word, mut weights)| {
            let count = weights.len();
            if count > MOST {
                weights.sort_unstable_by_key(|(page, weight)| (Reverse(*weight), *page));
                weights.truncate(MOST);
                weights.sort_unstable();
            }
            (word, Pages { count, weights })
        })
        .collect();
    words.par_sort_unstable_by_key(|(word, _)| *word);
    words
}

/// For each word the pages that have it, in their order, with its weight on each.
type Found<'a> = FxHashMap<&'a str, Vec<(u32, u8)>>;

/// What some pages say, the first of which has a number.
fn weights(pages: &[(Document, Arc<Digest>)], first: usize, average: f64) -> Found<'_> {
    // Nothing weighs more than this.
    let most = SATURATION + 1.0 + 2.0 * TITLE;
    let mut found = Found::default();
    for (page, (_, digest)) in (first as u32..).zip(pages) {
        let stretch = 1.0 - LENGTH + LENGTH * digest.length as f64 / average;
        for (word, said) in digest.words() {
            // What sums a page up is not longer on a long page.
            let count = f64::from(said.summary) + f64::from(said.text) / stretch;
            let weight = count * (SATURATION + 1.0) / (count + SATURATION);
            let weight = weight + TITLE * f64::from(said.title);
            let weight = (weight / most * 255.0).clamp(1.0, 255.0) as u8;
            found.entry(word).or_default().push((page, weight));
        }
    }
    found
}

fn joined<'a>(mut before: Found<'a>, after: Found<'a>) -> Found<'a> {
    for (word, weights) in after {
        before.entry(word).or_default().extend(weights);
    }
    before
}

/// A number with two digits that say something, so that one page more changes no weight.
fn rounded(number: usize) -> usize {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    number.div_ceil(unit) * unit
}

/// The words in files of their own: each file with its first word.
fn shards<'a>(words: &Words<'a>) -> Vec<(&'a str, Vec<u8>)> {
    let mut shards: Vec<(&str, Vec<u8>)> = Vec::new();
    let (mut bytes, mut first, mut last) = (Vec::new(), None, "");
    for (word, pages) in words {
        let start = bytes.len();
        first.get_or_insert(*word);
        record(word, if start == 0 { "" } else { last }, pages, &mut bytes);
        last = word;
        let share = (bytes.len() - start).max(1) as u64;
        // A long record is as likely a border as the short ones that would have taken its place.
        let chance = Fingerprint::of(word.as_bytes()).number() % SHARD as u64;
        let is_border = chance < share && bytes.len() >= SHARD / 4;
        if (is_border || bytes.len() >= 2 * SHARD)
            && let Some(first) = first.take()
        {
            shards.push((first, std::mem::take(&mut bytes)));
        }
    }
    if let Some(first) = first {
        shards.push((first, bytes));
    }
    shards
}

/// A word: how many bytes it shares with the one before, how many follow, and these; how many bytes
/// its pages take, doubled, and one more if these are not all, with their number behind; for each page how far it is
/// from the one before, and its weight.
fn record(word: &str, before: &str, pages: &Pages, bytes: &mut Vec<u8>) {
    let shared = word
        .bytes()
        .zip(before.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    number(shared, bytes);
    number(word.len() - shared, bytes);
    bytes.extend_from_slice(&word.as_bytes()[shared..]);
    let mut list = Vec::new();
    let mut last = 0;
    for (page, weight) in &pages.weights {
        number((page - last) as usize, &mut list);
        list.push(*weight);
        last = *page;
    }
    let is_cut = pages.count > pages.weights.len();
    number(2 * list.len() + usize::from(is_cut), bytes);
    if is_cut {
        number(pages.count, bytes);
    }
    bytes.extend_from_slice(&list);
}

/// Seven bits in each byte, the lowest first; the eighth says that more follow.
fn number(mut number: usize, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
