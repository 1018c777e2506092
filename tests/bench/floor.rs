//! The floor of a build, as a program of its own: it reads the articles, renders their bodies and writes files of given names
//! and sizes, on all processors. What a generator takes beyond that is its own.

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pulldown_cmark::{Options, Parser, html};

use crate::folder::files;
use crate::machine;

/// The first argument with which a bench runs itself as this.
pub const COMMAND: &str = "floor";

/// Writes down what a finished site consists of.
pub fn record(finished: &Path, list: &Path) -> io::Result<()> {
    let mut text = String::new();
    for entry in files(finished)? {
        let size = fs::metadata(&entry)?.len();
        let below = entry.strip_prefix(finished).unwrap_or(&entry);
        text.push_str(&format!("{size} {}\n", below.display()));
    }
    fs::write(list, text)
}

/// Does it all: `list` is what [`record`] wrote.
pub fn run(articles: &Path, list: &Path, out: &Path) -> io::Result<()> {
    let articles = files(articles)?;
    each(&articles, |article| {
        let text = fs::read_to_string(article)?;
        let mut rendered = String::with_capacity(text.len() * 3 / 2);
        html::push_html(&mut rendered, Parser::new_ext(body(&text), extensions()));
        black_box(&rendered);
        Ok(())
    })?;
    let list = fs::read_to_string(list)?;
    let written: Vec<(PathBuf, usize)> = list
        .lines()
        .filter_map(|line| {
            let (size, path) = line.split_once(' ')?;
            Some((out.join(path), size.parse().ok()?))
        })
        .collect();
    let largest = written.iter().map(|(_, size)| *size).max();
    let bytes = vec![b'x'; largest.unwrap_or_default()];
    // A folder with folders in it has to be there first; that of one page can be made with the page.
    let folders: BTreeSet<&Path> = written
        .iter()
        .filter_map(|(path, _)| path.parent())
        .collect();
    let shared: BTreeSet<&Path> = folders
        .iter()
        .filter_map(|folder| folder.parent())
        .collect();
    for folder in shared {
        fs::create_dir_all(folder)?;
    }
    each(&written, |(path, size)| {
        if let Some(folder) = path.parent() {
            // It may be there; what else is wrong with it shows when the file is written.
            let _ = fs::create_dir(folder);
        }
        fs::write(path, &bytes[..*size])
    })
}

/// Does something with each of many things, on all processors.
fn each<T: Sync>(things: &[T], act: impl Fn(&T) -> io::Result<()> + Sync) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
            act(thing)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..machine::processors())
            .map(|_| scope.spawn(work))
            .collect();
        workers.into_iter().try_for_each(|worker| {
            let failed = |_| Err(io::Error::other("a thread failed"));
            worker.join().unwrap_or_else(failed)
        })
    })
}

/// What stands behind the front matter.
fn body(text: &str) -> &str {
    let mut parts = text.splitn(3, "---\n");
    parts.nth(2).unwrap_or(text)
}

fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}
