//! The site's files as one value: path -> bytes. The only reader of the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Diagnostic;
use crate::report::Texts;

/// The folders and files of a site that are read; everything else is the author's own business.
pub const READ: [&str; 4] = ["content", "static", "themes", "site.toml"];

/// The folder of estimate models; what is in it is not published as it is.
pub const MODELS: &str = "content/estimates/";

/// The folder of authors, one file for each.
pub const AUTHORS: &str = "content/authors/";

/// The folder of data for templates.
pub const DATA: &str = "content/data/";

/// No text that somebody writes comes near to this; one that does was put there by mistake.
const LONGEST_TEXT: usize = 16 << 20;

/// Whether a file below `content` is for the generator to read, and not to be published.
pub fn is_data(path: &str) -> bool {
    let ends = |endings: &[&str]| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| endings.contains(&ending))
    };
    path.starts_with(MODELS)
        || path.starts_with(AUTHORS) && ends(&["toml", "yaml", "yml"])
        || path.starts_with(DATA) && ends(&["toml", "yaml", "yml", "json", "csv"])
}

/// Every source file of a site by its path relative to the site's root, with
/// `/` between its parts.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl SourceTree {
    /// Reads a site from the disk, with `defaults` (the embedded theme) for the
    /// files that it lacks. What cannot be read is reported; the rest is still there.
    pub fn read(root: &Path, defaults: Vec<(String, &'static [u8])>) -> (Self, Vec<Diagnostic>) {
        // A site needs none of them but `content`, whose absence `site` explains.
        let there = READ
            .into_iter()
            .filter(|name| root.join(name).symlink_metadata().is_ok());
        let (files, diagnostics) = read_below(root, there, |_| true);
        let defaults = defaults
            .into_iter()
            .map(|(path, bytes)| (path, Arc::from(bytes)));
        (defaults.chain(files).collect(), diagnostics)
    }

    /// Reads a folder that is no site of ours: everything but hidden files and the folders
    /// in which other programs leave what they made or fetched.
    pub fn read_any(root: &Path) -> (Self, Vec<Diagnostic>) {
        let is_wanted = |path: &Path| {
            let made = ["node_modules", "_site", "resources"];
            !made.iter().any(|name| path == root.join(name))
        };
        let (files, diagnostics) = read_below(root, [""].into_iter(), is_wanted);
        (files.into_iter().collect(), diagnostics)
    }

    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// The files below a folder, which is named with its last slash.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        let folder = folder.to_owned();
        self.files
            .range(folder.clone()..)
            .take_while(move |(path, _)| path.starts_with(&folder))
            .map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// A file as text, without a byte order mark.
    ///
    /// # Errors
    /// A diagnostic if the bytes are not UTF-8, or more than anybody writes.
    pub fn text<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
        if bytes.len() > LONGEST_TEXT {
            return Err(Diagnostic::error("this file is too large for a text")
                .in_file(path)
                .label(format!(
                    "it has {} MB, and at most {} are read",
                    bytes.len().div_ceil(1 << 20),
                    LONGEST_TEXT >> 20
                ))
                .help("divide it; what readers shall download belongs into `static`"));
        }
        let text = str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            Diagnostic::error("this file is not UTF-8 text")
                .in_file(path)
                .label(format!("the first wrong byte is on line {line}"))
                .help("save it again with the encoding UTF-8")
        })?;
        Ok(without_mark(text))
    }

    /// Every file that is text, for drawing diagnostics.
    pub fn texts(&self) -> Texts<'_> {
        self.files
            .iter()
            .filter_map(|(path, bytes)| {
                let text = str::from_utf8(bytes).ok()?;
                Some((path.as_str(), without_mark(text)))
            })
            .collect()
    }
}

impl FromIterator<(String, Arc<[u8]>)> for SourceTree {
    fn from_iter<I: IntoIterator<Item = (String, Arc<[u8]>)>>(files: I) -> Self {
        Self {
            files: files.into_iter().collect(),
        }
    }
}

/// A site's files by path, and what could not be read.
type Files = Vec<(String, Arc<[u8]>)>;

/// Reads everything below some folders (or files) of a root.
#[expect(clippy::disallowed_methods, reason = "this is the reader of the disk")]
fn read_below<'a>(
    root: &Path,
    starts: impl Iterator<Item = &'a str>,
    is_wanted: impl Fn(&Path) -> bool,
) -> (Files, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut paths = Vec::new();
    let home = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    for name in starts {
        let mut walk = WalkDir::new(root.join(name))
            .follow_links(true)
            .into_iter()
            // What is in `static` is for the host, which may want a `.nojekyll`.
            .filter_entry(|entry| {
                entry.depth() == 0
                    || name == "static"
                    || (!is_private(entry.file_name()) && is_wanted(entry.path()))
            });
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if leads_out(&entry, name, &home) => {
                    diagnostics.push(private(root, entry.path()));
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_file() => paths.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => diagnostics.push(unreadable(root, error.path(), &error)),
            }
        }
    }
    let (files, failed): (Vec<_>, Vec<_>) = paths
        .into_par_iter()
        .map(|path| {
            let name = relative(root, &path).map_err(|why| unreadable(root, Some(&path), &why))?;
            match fs::read(&path) {
                Ok(bytes) => Ok((name, Arc::from(bytes))),
                Err(error) => Err(unreadable(root, Some(&path), &error)),
            }
        })
        .partition_map(|result| match result {
            Ok(file) => rayon::iter::Either::Left(file),
            Err(diagnostic) => rayon::iter::Either::Right(diagnostic),
        });
    diagnostics.extend(failed);
    (files, diagnostics)
}

/// Whether a symbolic link leads to files that are not the site's. Nobody sees by its content that such a
/// file would be published. The folders that a site consists of, and its themes, may be kept elsewhere.
fn leads_out(entry: &DirEntry, start: &str, home: &Path) -> bool {
    let is_arranged = entry.depth() == 0 || start == "themes" && entry.depth() == 1;
    entry.path_is_symlink()
        && !is_arranged
        && !fs::canonicalize(entry.path()).is_ok_and(|target| target.starts_with(home))
}

fn private(root: &Path, path: &Path) -> Diagnostic {
    let shown = path.strip_prefix(root).unwrap_or(path);
    Diagnostic::error("this link leads out of the site")
        .in_file(&shown.to_string_lossy())
        .label("whatever is behind it would be published")
        .help("copy what readers shall get, or keep it in the site's folder and link to it there")
}

/// Some editors begin every file with a byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// What editors and systems leave beside an author's files.
fn is_private(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    // Hosts look for this one; it is content.
    if name == ".well-known" {
        return false;
    }
    name.starts_with(['.', '#']) || name.ends_with('~') || name == "Thumbs.db"
}

/// A path below the site's root, or why it cannot be one.
fn relative(root: &Path, path: &Path) -> Result<String, &'static str> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let name = parts.ok_or("its name is not UTF-8")?.join("/");
    match name.contains(char::is_control) {
        true => Err("its name holds a control character, such as the end of a line"),
        false => Ok(name),
    }
}

fn unreadable(root: &Path, path: Option<&Path>, why: &dyn std::fmt::Display) -> Diagnostic {
    let diagnostic = Diagnostic::error("cannot read this");
    match path {
        Some(path) => {
            let shown = path.strip_prefix(root).unwrap_or(path);
            diagnostic
                .in_file(&shown.to_string_lossy())
                .label(why.to_string())
        }
        None => diagnostic.label(why.to_string()),
    }
}
