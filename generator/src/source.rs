//! The site's files as one value: path -> bytes. The only reader of the disk.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Diagnostic;
use crate::hash::{Fingerprint, Hasher};
use crate::report::Texts;
use crate::stamp::Stamp;

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

/// Whether a file is published beside the pages of its folder: it is neither a page, nor data for the generator.
pub fn is_beside_pages(path: &str) -> bool {
    path.starts_with("content/") && !path.ends_with(".md") && !is_data(path)
}

/// Whether a file is a page's, or a section's.
pub fn is_page(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md") && !is_part(path)
}

/// Whether a Markdown file is only there to be included: its name starts with `_`.
fn is_part(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('_') && name != "_index.md" && !name.starts_with("_index.")
}

/// Every source file of a site by its path relative to the site's root, with
/// `/` between its parts. A copy of it costs nothing.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    files: Arc<BTreeMap<String, File>>,
}

/// The bytes of a file. Those of a page are read when they are asked for: a large site has too many texts to
/// hold them all.
#[derive(Clone, Debug, Default)]
pub struct File {
    bytes: OnceLock<Arc<[u8]>>,
    /// Where it is on the disk; in the memory if nowhere.
    place: Option<PathBuf>,
    /// Of the bytes, once they were read.
    fingerprint: OnceLock<Fingerprint>,
    /// What the file system says of it, if another change would show there.
    stamp: Option<Stamp>,
}

impl File {
    fn read(bytes: Arc<[u8]>) -> Self {
        Self {
            bytes: OnceLock::from(bytes),
            place: None,
            fingerprint: OnceLock::new(),
            stamp: None,
        }
    }

    fn at(place: PathBuf, stamp: Option<Stamp>) -> Self {
        Self {
            bytes: OnceLock::new(),
            place: Some(place),
            fingerprint: OnceLock::new(),
            stamp,
        }
    }

    /// The bytes for one who needs them once; nobody else has them afterwards.
    ///
    /// # Errors
    /// A diagnostic if the file at this path of the site cannot be read any more.
    pub fn once(&self, path: &str) -> Result<Cow<'_, [u8]>, Diagnostic> {
        self.content(path).map(|(bytes, _)| bytes)
    }

    /// The same with the fingerprint of just these bytes: a file may be changed between two readings.
    ///
    /// # Errors
    /// If it cannot be read any more.
    #[expect(clippy::disallowed_methods, reason = "this is the reader of the disk")]
    pub fn content(&self, path: &str) -> Result<(Cow<'_, [u8]>, Fingerprint), Diagnostic> {
        match (self.bytes.get(), &self.place) {
            (None, Some(place)) => match fs::read(place) {
                Ok(bytes) => {
                    let fingerprint = Fingerprint::of(&bytes);
                    self.fingerprint.get_or_init(|| fingerprint);
                    Ok((Cow::Owned(bytes), fingerprint))
                }
                Err(error) => Err(unreadable(Path::new(""), Some(Path::new(path)), &error)),
            },
            (bytes, _) => {
                let bytes = bytes.map_or(Cow::default(), |bytes| Cow::Borrowed(&bytes[..]));
                let fingerprint = *self.fingerprint.get_or_init(|| Fingerprint::of(&bytes));
                Ok((bytes, fingerprint))
            }
        }
    }

    /// Of the bytes as they were read first.
    pub fn fingerprint(&self) -> Fingerprint {
        if let Some(known) = self.fingerprint.get() {
            return *known;
        }
        let content = self.content("");
        content.map_or_else(|_| Fingerprint::of(&[]), |(_, fingerprint)| fingerprint)
    }

    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }
}

/// The bytes, kept from then on. Of a file that cannot be read, which [`File::once`] says, there are none.
impl Deref for File {
    type Target = Arc<[u8]>;

    fn deref(&self) -> &Self::Target {
        let read = || Arc::from(self.once("").unwrap_or_default());
        self.bytes.get_or_init(read)
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl SourceTree {
    /// Reads a site from the disk, with `defaults` (the embedded theme) for the
    /// files that it lacks. What cannot be read is reported; the rest is still there.
    pub fn read(root: &Path, defaults: Vec<(String, &'static [u8])>) -> (Self, Vec<Diagnostic>) {
        Self::listed(Listing::of(root), defaults)
    }

    /// Reads the files of a list.
    pub fn listed(
        listing: Listing,
        defaults: Vec<(String, &'static [u8])>,
    ) -> (Self, Vec<Diagnostic>) {
        let (files, diagnostics) = listing.read();
        let defaults = defaults
            .into_iter()
            .map(|(path, bytes)| (path, File::read(Arc::from(bytes))));
        let files = Arc::new(defaults.chain(files).collect());
        (Self { files }, diagnostics)
    }

    /// Reads a folder that is no site of ours: everything but hidden folders, which may be meant for its host only in
    /// `static`, and the folders in which other programs leave what they made or fetched.
    pub fn read_any(root: &Path) -> (Self, Vec<Diagnostic>) {
        let statics = root.join("static");
        let is_wanted = |_: &str, path: &Path| {
            let made = ["node_modules", "_site", "resources"];
            let name = path.file_name().unwrap_or_default();
            let is_for_host = path.starts_with(&statics) && !is_left_behind(name);
            let is_file = || path.is_file() && !is_left_behind(name);
            (is_for_host || !is_private(name) || is_file())
                && !made.iter().any(|name| path == root.join(name))
        };
        let (files, diagnostics) = list_below(root, [""].into_iter(), is_wanted).read();
        let files = Arc::new(files.into_iter().collect());
        (Self { files }, diagnostics)
    }

    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path).map(Deref::deref)
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// Of all files and their paths.
    pub fn fingerprint(&self) -> Fingerprint {
        let files = self.files.par_iter();
        let fingerprints: Vec<(&String, Fingerprint)> = files
            .map(|(path, file)| (path, file.fingerprint()))
            .collect();
        let mut hasher = Hasher::default();
        for (path, fingerprint) in fingerprints {
            hasher.add(path.as_bytes());
            hasher.add(&fingerprint.bytes());
        }
        hasher.finish()
    }

    /// The files below a folder, which is named with its last slash.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &File)> {
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

    /// The texts that some diagnostics point into.
    pub fn texts_of(&self, diagnostics: &[Diagnostic]) -> Texts<'_> {
        let places = diagnostics.iter().filter_map(|one| one.place.as_ref());
        places
            .filter_map(|place| {
                let (path, bytes) = self.files.get_key_value(&place.path)?;
                let text = str::from_utf8(bytes).ok()?;
                Some((path.as_str(), without_mark(text)))
            })
            .collect()
    }
}

impl FromIterator<(String, Arc<[u8]>)> for SourceTree {
    fn from_iter<I: IntoIterator<Item = (String, Arc<[u8]>)>>(files: I) -> Self {
        let files = files.into_iter();
        let files = files.map(|(path, bytes)| (path, File::read(bytes)));
        Self {
            files: Arc::new(files.collect()),
        }
    }
}

/// A file of a site as it is now, if it is there.
#[expect(clippy::disallowed_methods, reason = "this is the reader of the disk")]
pub fn now(root: &Path, path: &str) -> Option<Vec<u8>> {
    fs::read(root.join(path)).ok()
}

/// A site's files by path.
type Files = Vec<(String, File)>;

/// Where the files of a site are.
pub struct Listing {
    root: PathBuf,
    paths: Vec<PathBuf>,
    /// Of each file, if another change would show in it; looked up when they are asked for.
    stamps: OnceLock<Vec<Option<Stamp>>>,
    /// What is wrong with the rest.
    diagnostics: Vec<Diagnostic>,
}

impl Listing {
    pub fn of(root: &Path) -> Self {
        // A site needs none of them but `content`, whose absence `site` explains.
        let there = READ
            .into_iter()
            .filter(|name| root.join(name).symlink_metadata().is_ok());
        // What is in `static` is for the host, which may want a `.nojekyll`.
        list_below(root, there, |start, path| {
            start == "static" || !is_private(path.file_name().unwrap_or_default())
        })
    }

    /// A fingerprint of what the file system says of every file. `None` if something is wrong with one, or if
    /// one was changed so short a time ago that another change might not show.
    pub fn stamp(&self) -> Option<Fingerprint> {
        let mut hasher = Hasher::default();
        for (path, stamp) in self.paths.iter().zip(self.stamps()) {
            let below = path.strip_prefix(&self.root).unwrap_or(path);
            hasher.add(below.as_os_str().as_encoded_bytes());
            hasher.add(&(*stamp)?.bytes());
        }
        self.diagnostics.is_empty().then(|| hasher.finish())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the moment decides only whether something is done again"
    )]
    fn stamps(&self) -> &[Option<Stamp>] {
        let now = SystemTime::now();
        let settled = |path: &PathBuf| Stamp::of(path).filter(|stamp| stamp.is_settled(now));
        let stamps = || self.paths.par_iter().map(settled).collect();
        self.stamps.get_or_init(stamps)
    }

    fn read(self) -> (Files, Vec<Diagnostic>) {
        let Self {
            root,
            paths,
            stamps,
            mut diagnostics,
        } = self;
        let stamps = stamps.into_inner();
        let stamps = stamps.unwrap_or_else(|| vec![None; paths.len()]);
        let (files, failed): (Vec<_>, Vec<_>) = paths
            .into_par_iter()
            .zip(stamps)
            .map(|(path, stamp)| read(&root, path, stamp))
            .partition_map(|result| match result {
                Ok(file) => rayon::iter::Either::Left(file),
                Err(diagnostic) => rayon::iter::Either::Right(diagnostic),
            });
        diagnostics.extend(failed);
        (files, diagnostics)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the reader of the disk")]
fn read(root: &Path, path: PathBuf, stamp: Option<Stamp>) -> Result<(String, File), Diagnostic> {
    let name = relative(root, &path).map_err(|why| unreadable(root, Some(&path), &why))?;
    if is_page(&name) {
        return Ok((name, File::at(path, stamp)));
    }
    match fs::read(&path) {
        Ok(bytes) => Ok((name, File::read(Arc::from(bytes)))),
        Err(error) => Err(unreadable(root, Some(&path), &error)),
    }
}

/// Lists everything below some folders (or files) of a root, in a stable order.
#[expect(clippy::disallowed_methods, reason = "this is the reader of the disk")]
fn list_below<'a>(
    root: &Path,
    starts: impl Iterator<Item = &'a str>,
    is_wanted: impl Fn(&str, &Path) -> bool,
) -> Listing {
    let mut diagnostics = Vec::new();
    let mut paths = Vec::new();
    let home = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    for name in starts {
        let mut walk = WalkDir::new(root.join(name))
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || is_wanted(name, entry.path()));
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if leads_out(&entry, name, &home) => {
                    diagnostics.push(private(root, entry.path()));
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_file() => paths.push(entry.into_path()),
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let why = "this is no file: a pipe, a socket or a device";
                    diagnostics.push(unreadable(root, Some(entry.path()), &why));
                }
                Err(error) => diagnostics.push(unlisted(root, &error)),
            }
        }
    }
    // As bytes: to compare paths part by part takes ten times as long.
    paths.sort_unstable_by(|one, other| one.as_os_str().cmp(other.as_os_str()));
    diagnostics.sort_by_cached_key(Diagnostic::reading_order);
    Listing {
        root: root.to_owned(),
        paths,
        stamps: OnceLock::new(),
        diagnostics,
    }
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

/// What programs leave in every folder, and no host asks for.
fn is_left_behind(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('#')
        || name.ends_with('~')
        || ["Thumbs.db", ".DS_Store"].contains(&name.as_ref())
        || name.starts_with(".git")
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

/// What could not be looked at while listing.
fn unlisted(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let why = match (error.loop_ancestor(), error.io_error()) {
        (Some(folder), _) => {
            let shown = folder.strip_prefix(root).unwrap_or(folder);
            format!(
                "this link leads back to `{}`, around itself",
                shown.display()
            )
        }
        (None, Some(io)) if io.kind() == ErrorKind::NotFound => {
            "this link leads to a file that is not there".to_owned()
        }
        (None, Some(io)) => io.to_string(),
        (None, None) => error.to_string(),
    };
    unreadable(root, error.path(), &why)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_an_underscore_is_a_part() {
        assert!(is_part("content/_offer.md"));
        assert!(!is_part("content/_index.md"));
        assert!(!is_part("content/_index.fr.md"));
        assert!(!is_part("content/_drafts/offer.md"));
    }
}
