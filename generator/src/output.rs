//! The finished site as one value: path -> bytes, and the only writer of the
//! disk. The output folder is brought from what it is to what it should be:
//! changed files are replaced one by one, stale ones removed, and a list of
//! what is ours is kept, so that a build that is killed at any point is
//! repaired by the next one and nobody else's file is ever touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::hash::Fingerprint;
use crate::stamp::Stamp;

/// Names the files that the generator wrote, one on each line.
const MANIFEST: &str = ".tallypress-manifest";
/// Where files are written before they take their places.
const WORKSHOP: &str = ".tallypress-unfinished";

/// Takes finished files, on any thread.
pub trait Sink: Sync {
    fn put(&self, path: &str, bytes: Arc<[u8]>);

    /// Lets a file and those beside it stay as they are. `false` if one of them is not there, or no longer what it was:
    /// then all of them are to be made.
    fn keep(&self, _file: &Kept, _beside: &[Kept]) -> bool {
        false
    }

    /// Whether texts are wanted in the encodings that the site's host sends, too.
    fn takes_encodings(&self) -> bool {
        false
    }
}

/// A file as it was published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Below the output folder.
    pub path: String,
    pub bytes: Fingerprint,
    /// Of the file in its folder, as far as that is known.
    pub stamp: Option<Stamp>,
}

impl Kept {
    /// A file that is about to be published.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            bytes: Fingerprint::of(bytes),
            stamp: None,
        }
    }
}

/// Keeps them.
#[derive(Default)]
pub struct Collector(Mutex<OutputTree>);

impl Collector {
    pub fn into_tree(self) -> OutputTree {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Collector {
    fn put(&self, path: &str, bytes: Arc<[u8]>) {
        let mut tree = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tree.files.insert(path.to_owned(), bytes);
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    pub files: BTreeMap<String, Arc<[u8]>>,
}

/// What publishing changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// What the file system says of the files that are there now.
    pub stamps: Stamps,
}

/// What the file system says of published files, by path.
pub type Stamps = BTreeMap<String, Stamp>;

impl Published {
    /// How many the site has.
    pub fn files(&self) -> usize {
        self.written + self.unchanged
    }
}

/// Why a site could not be published.
#[derive(Debug)]
pub enum PublishError {
    /// The folder has files in it and none of them is known to be ours.
    NotOurs(PathBuf),
    /// A file of the site would replace one that the generator did not write.
    WouldReplace(PathBuf),
    Io(PathBuf, io::Error),
    /// A new file would replace one that is there.
    Exists(PathBuf),
}

impl std::fmt::Display for PublishError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotOurs(folder) => write!(
                f,
                "`{}` has files in it that this program did not write\n  \
                 help: empty it yourself if they are not needed, or name another folder with --out",
                folder.display()
            ),
            Self::WouldReplace(file) => write!(
                f,
                "`{}` is in the way and was not written by this program\n  \
                 help: move it to `static/` if it belongs to the site, or delete it",
                file.display()
            ),
            Self::Io(path, error) => write!(f, "cannot write `{}`: {error}", path.display()),
            Self::Exists(path) => write!(
                f,
                "`{}` is there already\n  help: name another folder, or move it away",
                path.display()
            ),
        }
    }
}

impl std::error::Error for PublishError {}

/// Brings a folder from what it is to a new site. Files are written aside as they come, on many threads, and take
/// their places when all of them are there; those that are in their places already are not written.
pub struct Publisher {
    folder: PathBuf,
    /// Begins with the first file, so that a site that is not finished leaves no trace.
    begun: OnceLock<Result<Begun, PublishError>>,
    seen: Mutex<Seen>,
}

/// What a folder was before.
struct Begun {
    /// The files in it that are ours.
    ours: BTreeSet<String>,
    /// Whether there was nothing in it, neither ours nor anybody's.
    was_empty: bool,
    /// Folders that were not there before, the innermost first.
    made: Vec<PathBuf>,
    /// The innermost one that was, and when it was changed.
    changed: Option<(PathBuf, SystemTime)>,
    /// Held until the end.
    _turn: Option<fs::File>,
}

#[derive(Default)]
struct Seen {
    /// Every file of the new site, with its stamp if it is in its place already.
    files: Vec<(String, Option<Stamp>)>,
    published: Published,
    failure: Option<PublishError>,
}

impl Sink for Publisher {
    fn put(&self, path: &str, bytes: Arc<[u8]>) {
        let Ok(begun) = self.begun() else {
            return;
        };
        let there = match begun.ours.contains(path) {
            true => holding(&self.folder.join(path), &bytes),
            false => None,
        };
        let written = match there {
            Some(_) => Ok(()),
            None => write_new(&self.staged().join(path), &bytes),
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match there {
            Some(_) => seen.published.unchanged += 1,
            None => seen.published.written += 1,
        }
        seen.files.push((path.to_owned(), there));
        if let Err(error) = written {
            let path = self.folder.join(path);
            seen.failure.get_or_insert(PublishError::Io(path, error));
        }
    }

    fn keep(&self, file: &Kept, beside: &[Kept]) -> bool {
        let Ok(begun) = self.begun() else {
            return false;
        };
        let files = std::iter::once(file).chain(beside);
        let there = files.map(|kept| {
            let stamp = as_it_was(&self.folder.join(&kept.path), kept);
            let stamp = stamp.filter(|_| begun.ours.contains(&kept.path));
            Some((kept.path.clone(), Some(stamp?)))
        });
        let Some(there) = there.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.published.unchanged += there.len();
        seen.files.extend(there);
        true
    }

    fn takes_encodings(&self) -> bool {
        true
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
impl Publisher {
    pub fn to(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            begun: OnceLock::new(),
            seen: Mutex::default(),
        }
    }

    fn begun(&self) -> &Result<Begun, PublishError> {
        self.begun.get_or_init(|| {
            let is_missing = |folder: &&Path| folder.symlink_metadata().is_err();
            let made = self.folder.ancestors().take_while(is_missing);
            let made: Vec<PathBuf> = made.map(Path::to_owned).collect();
            let known = self.folder.ancestors().nth(made.len());
            let changed = known.and_then(|folder| {
                let folder = match folder.as_os_str().is_empty() {
                    true => Path::new("."),
                    false => folder,
                };
                Some((folder.to_owned(), folder.metadata().ok()?.modified().ok()?))
            });
            let turn = take_turn(&self.folder)?;
            let ours = ours(&self.folder)?;
            remove_tree(&self.folder.join(WORKSHOP))?;
            let was_empty = fs::read_dir(&self.folder).is_ok_and(|mut all| all.next().is_none());
            Ok(Begun {
                ours,
                was_empty,
                made,
                changed,
                _turn: turn,
            })
        })
    }

    /// Where new files are until they take their places.
    fn staged(&self) -> PathBuf {
        self.folder.join(WORKSHOP).join("site")
    }

    /// Forgets what came, and leaves everything as it was.
    ///
    /// # Errors
    /// If what was written aside cannot be removed.
    pub fn abandon(self) -> Result<(), PublishError> {
        let Some(Ok(begun)) = self.begun.get() else {
            return Ok(());
        };
        remove_tree(&self.folder.join(WORKSHOP))?;
        for folder in &begun.made {
            // Somebody may have put something there meanwhile.
            let _ = fs::remove_dir(folder);
        }
        if let Some((folder, when)) = &begun.changed {
            // Where the system lets nobody say when a folder was changed, that is all that is left.
            let _ = fs::File::open(folder).and_then(|folder| folder.set_modified(*when));
        }
        Ok(())
    }

    /// Makes the folder hold exactly the files that came besides those that are not ours.
    ///
    /// # Errors
    /// If the folder is not ours or something cannot be written. What was
    /// published before is then still there, at most partly replaced, and the
    /// next call completes it.
    pub fn finish(mut self) -> Result<Published, PublishError> {
        self.begun();
        let Some(begun) = self.begun.take() else {
            return Ok(Published::default());
        };
        let begun = begun?;
        let seen = mem::take(&mut self.seen);
        let seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = seen.failure {
            return Err(failure);
        }
        let mut published = seen.published;
        let (folder, ours) = (&self.folder, &begun.ours);
        let mut planned: BTreeMap<String, Option<Stamp>> = seen.files.into_iter().collect();
        let workshop = folder.join(WORKSHOP);
        if !begun.was_empty
            && let Some(foreign) = in_the_way(folder, &planned, ours)
        {
            remove_tree(&workshop)?;
            return Err(PublishError::WouldReplace(foreign));
        }
        let manifest_changes = planned.keys().any(|path| !ours.contains(path));
        if manifest_changes {
            // Both lists, so that whatever a killed build leaves is known to be ours.
            let both: BTreeSet<&String> = ours.iter().chain(planned.keys()).collect();
            write_list(folder, both.into_iter())?;
        }
        // A stale file may stand where a folder is wanted now, or in a folder where a file is;
        // the others go last, when no page needs them any more.
        let stale = ours.iter().filter(|path| !planned.contains_key(*path));
        let (first, last): (Vec<&String>, Vec<&String>) = stale.partition(|path| {
            let inside = format!("{path}/");
            let is_folder_now = planned.range(inside.clone()..).next();
            is_folder_now.is_some_and(|(next, _)| next.starts_with(&inside))
                || folders_around(path).any(|part| planned.contains_key(part))
        });
        for stale in first {
            published.removed += usize::from(remove(folder, stale)?);
        }
        if published.written > 0 {
            settle(&self.staged(), folder)?;
        }
        for stale in last {
            published.removed += usize::from(remove(folder, stale)?);
        }
        if manifest_changes || planned.len() != ours.len() {
            write_list(folder, planned.keys())?;
        }
        remove_tree(&workshop)?;
        planned.par_iter_mut().for_each(|(path, stamp)| {
            *stamp = stamp.or_else(|| Stamp::of(&folder.join(path)));
        });
        let stamps = planned.into_iter();
        published.stamps = stamps
            .filter_map(|(path, stamp)| Some((path, stamp?)))
            .collect();
        Ok(published)
    }
}

/// What the file system says of every file in a folder that is ours, by path. `None` if one of them is not there, or
/// if a build was killed.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
pub fn stamps(folder: &Path) -> Option<Stamps> {
    let list = fs::read_to_string(folder.join(MANIFEST)).ok()?;
    let paths: Vec<&str> = list.lines().collect();
    let stamps = paths
        .into_par_iter()
        .map(|path| Some((path.to_owned(), Stamp::of(&folder.join(path))?)));
    let stamps: Vec<(String, Stamp)> = stamps.collect::<Option<_>>()?;
    let is_finished = folder.join(WORKSHOP).symlink_metadata().is_err();
    // They are in order already.
    is_finished.then(|| stamps.into_iter().collect())
}

/// The stamp of a file that holds what it was published with. One that came from another machine is read.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn as_it_was(place: &Path, kept: &Kept) -> Option<Stamp> {
    let stamp = Stamp::of(place)?;
    let is_whole = || fs::read(place).is_ok_and(|bytes| Fingerprint::of(&bytes) == kept.bytes);
    (Some(stamp) == kept.stamp || is_whole()).then_some(stamp)
}

/// The stamp of a file that holds just these bytes. It is from before they were compared, so that a change since shows.
fn holding(path: &Path, bytes: &[u8]) -> Option<Stamp> {
    let stamp = Stamp::of(path)?;
    holds(path, bytes).then_some(stamp)
}

/// Whether a file holds just these bytes.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = fs::File::open(path) else {
        return false;
    };
    let same_length = |file: &fs::File| {
        let length = file.metadata().map(|found| found.len());
        length.is_ok_and(|length| length == bytes.len() as u64)
    };
    let mut present = Vec::with_capacity(bytes.len());
    same_length(&file) && file.read_to_end(&mut present).is_ok() && present == bytes
}

/// Writes a file into a folder that may have to be made. Most files of a site have a folder of their own.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(around) = path.parent() {
        match fs::create_dir(around) {
            Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir_all(around)?,
            // Whatever else is wrong with it, the file cannot be written either.
            Ok(()) | Err(_) => {}
        }
    }
    fs::write(path, bytes)
}

/// Moves everything in a folder into another one, over what is there. What is not there yet is moved as a whole.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn settle(from: &Path, to: &Path) -> Result<(), PublishError> {
    let failed = |error| PublishError::Io(to.to_owned(), error);
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = to.join(entry.file_name());
        let is_folder = entry.file_type().map_err(failed)?.is_dir();
        if is_folder && target.symlink_metadata().is_ok() {
            settle(&entry.path(), &target)?;
        } else {
            let moved = fs::rename(entry.path(), &target);
            moved.map_err(|error| PublishError::Io(target, error))?;
        }
    }
    Ok(())
}

/// The files in the folder that are ours. Refuses a folder that is not.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
///
/// # Errors
/// If it is somebody else's, or cannot be read.
pub fn ours(folder: &Path) -> Result<BTreeSet<String>, PublishError> {
    match fs::read_to_string(folder.join(MANIFEST)) {
        Ok(list) => {
            let paths = list.lines().filter(|path| is_below(path));
            Ok(paths.map(str::to_owned).collect())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let failed = |error| PublishError::Io(folder.to_owned(), error);
            let mut entries = fs::read_dir(folder).map_err(failed)?;
            // A build that was killed before its first list leaves a workshop alone.
            let foreign =
                entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != WORKSHOP));
            match foreign {
                true => Err(PublishError::NotOurs(folder.to_owned())),
                false => Ok(BTreeSet::new()),
            }
        }
        Err(error) => Err(PublishError::Io(folder.join(MANIFEST), error)),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
impl OutputTree {
    /// Writes files that an author goes on with. None of them may be there yet.
    ///
    /// # Errors
    /// If one is, before anything is written, or if something cannot be written.
    pub fn create(&self, folder: &Path) -> Result<(), PublishError> {
        let there = self.files.keys().map(|path| folder.join(path));
        if let Some(path) = there
            .into_iter()
            .find(|path| path.symlink_metadata().is_ok())
        {
            return Err(PublishError::Exists(path));
        }
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            let failed = |error| PublishError::Io(path.clone(), error);
            if let Some(around) = path.parent() {
                fs::create_dir_all(around).map_err(failed)?;
            }
            fs::write(&path, bytes).map_err(failed)?;
        }
        Ok(())
    }
}

/// What somebody else put where a file, or a folder around it, is wanted. A link
/// to a folder counts: what lies behind it is not in this folder.
fn in_the_way(
    folder: &Path,
    planned: &BTreeMap<String, Option<Stamp>>,
    ours: &BTreeSet<String>,
) -> Option<PathBuf> {
    let around = planned.keys().flat_map(|path| folders_around(path));
    let mut around: Vec<&str> = around.filter(|around| !ours.contains(*around)).collect();
    around.sort_unstable();
    around.dedup();
    let folders = around.into_par_iter().map(|around| folder.join(around));
    if let Some(place) = folders.find_first(|place| is_no_folder(place)) {
        return Some(place);
    }
    let files: Vec<&String> = planned
        .iter()
        .filter(|(_, stamp)| stamp.is_none())
        .map(|(path, _)| path)
        .collect();
    let places = files.into_par_iter().map(|path| (path, folder.join(path)));
    let taken = places.find_first(|(path, place)| match place.symlink_metadata() {
        Err(_) => false,
        Ok(found) if found.is_dir() => {
            let inside = format!("{path}/");
            let first = ours.range(inside.clone()..).next();
            !first.is_some_and(|first| first.starts_with(&inside))
        }
        Ok(_) => !ours.contains(*path),
    });
    taken.map(|(_, place)| place)
}

/// The folders that a file is in, from the outermost on.
fn folders_around(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// Whether something is there that is no folder itself. A link to one is none.
fn is_no_folder(place: &Path) -> bool {
    place.symlink_metadata().is_ok_and(|found| !found.is_dir())
}

/// Waits until no other build publishes into the folder, and keeps others
/// waiting until the result is dropped, or the process ends however it ends.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn take_turn(folder: &Path) -> Result<Option<fs::File>, PublishError> {
    let failed = |error| PublishError::Io(folder.to_owned(), error);
    fs::create_dir_all(folder).map_err(failed)?;
    // Where the system opens no folders as files, builds are on their own.
    let Ok(turn) = fs::File::open(folder) else {
        return Ok(None);
    };
    match turn.lock() {
        // Another build failed and took with it the folder that it had made.
        Ok(()) if !folder.exists() => take_turn(folder),
        Ok(()) => Ok(Some(turn)),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// Writes the list of what is ours aside and renames it into place, so that it is there as a whole or not at all.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn write_list<'a>(
    folder: &Path,
    paths: impl Iterator<Item = &'a String>,
) -> Result<(), PublishError> {
    let list = paths.fold(String::new(), |list, path| list + path + "\n");
    let target = folder.join(MANIFEST);
    let aside = folder.join(WORKSHOP).join("list");
    let written = write_new(&aside, list.as_bytes()).and_then(|()| fs::rename(&aside, &target));
    written.map_err(|error| PublishError::Io(target, error))
}

/// Whether a line of a list, which someone may have edited, stays in the folder.
pub fn is_below(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Removes a file and the folders that it leaves empty. A file that is gone already is fine.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn remove(folder: &Path, path: &str) -> Result<bool, PublishError> {
    // Somebody put a link, or a file, in the place of our folder: nothing of ours is there.
    if folders_around(path).any(|part| is_no_folder(&folder.join(part))) {
        return Ok(false);
    }
    let target = folder.join(path);
    let removed = match fs::remove_file(&target) {
        Ok(()) => true,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            false
        }
        Err(error) => return Err(PublishError::Io(target, error)),
    };
    let mut around = target.parent();
    while let Some(parent) = around.filter(|parent| *parent != folder) {
        // Not empty: somebody's file is in it.
        if fs::remove_dir(parent).is_err() {
            break;
        }
        around = parent.parent();
    }
    Ok(removed)
}

#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn remove_tree(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(PublishError::Io(folder.to_owned(), error)),
    }
}
