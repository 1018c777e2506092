//! The finished site as one value: path -> bytes, and the only writer of the
//! disk. The output folder is brought from what it is to what it should be:
//! changed files are replaced one by one, stale ones removed, and a list of
//! what is ours is kept, so that a build that is killed at any point is
//! repaired by the next one and nobody else's file is ever touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names the files that the generator wrote, one on each line.
const MANIFEST: &str = ".tallypress-manifest";
/// Where a file is written before it takes its place.
const WORKSHOP: &str = ".tallypress-unfinished";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    pub files: BTreeMap<String, Arc<[u8]>>,
}

/// What publishing changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
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

#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
impl OutputTree {
    /// Makes the folder hold exactly these files besides those that are not ours.
    ///
    /// # Errors
    /// If the folder is not ours or something cannot be written. What was
    /// published before is then still there, at most partly replaced, and the
    /// next call completes it.
    pub fn publish(&self, folder: &Path) -> Result<Published, PublishError> {
        let _turn = take_turn(folder)?;
        let ours = self.claim(folder)?;
        let mut published = Published::default();
        let workshop = folder.join(WORKSHOP);
        remove_tree(&workshop)?;

        let planned: BTreeSet<&str> = self.files.keys().map(String::as_str).collect();
        // Both lists, so that whatever a killed build leaves is known to be ours.
        let union: BTreeSet<&str> = ours
            .iter()
            .map(String::as_str)
            .chain(planned.iter().copied())
            .collect();
        let manifest_changes = union.len() != ours.len();
        if manifest_changes {
            write(folder, &workshop, MANIFEST, lines(&union).as_bytes())?;
        }
        // A stale file may stand where a folder is wanted now, or in a folder where a file is;
        // the others go last, when no page needs them any more.
        let (first, last): (Vec<&str>, Vec<&str>) = ours
            .iter()
            .map(String::as_str)
            .filter(|path| !planned.contains(path))
            .partition(|path| {
                let inside = format!("{path}/");
                let is_folder_now = planned.range(inside.as_str()..).next();
                is_folder_now.is_some_and(|next| next.starts_with(&inside))
                    || folders_around(path).any(|part| planned.contains(part))
            });
        for stale in first {
            published.removed += usize::from(remove(folder, stale)?);
        }
        for (path, bytes) in &self.files {
            match fs::read(folder.join(path)) {
                Ok(present) if present[..] == bytes[..] => published.unchanged += 1,
                Ok(_) | Err(_) => {
                    write(folder, &workshop, path, bytes)?;
                    published.written += 1;
                }
            }
        }
        for stale in last {
            published.removed += usize::from(remove(folder, stale)?);
        }
        if manifest_changes || planned.len() != ours.len() {
            write(folder, &workshop, MANIFEST, lines(&planned).as_bytes())?;
        }
        remove_tree(&workshop)?;
        Ok(published)
    }

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

    /// The files in the folder that are ours. Refuses a folder that is not, and
    /// one where a file of somebody else's stands in the way of one of these.
    fn claim(&self, folder: &Path) -> Result<BTreeSet<String>, PublishError> {
        let ours: BTreeSet<String> = match fs::read_to_string(folder.join(MANIFEST)) {
            Ok(list) => list
                .lines()
                .filter(|path| is_below(path))
                .map(str::to_owned)
                .collect(),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut entries = match fs::read_dir(folder) {
                    Ok(entries) => entries,
                    Err(error) if error.kind() == ErrorKind::NotFound => {
                        return Ok(BTreeSet::new());
                    }
                    Err(error) => return Err(PublishError::Io(folder.to_owned(), error)),
                };
                // A build that was killed before its first list leaves a workshop alone.
                let foreign =
                    entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != WORKSHOP));
                if foreign {
                    return Err(PublishError::NotOurs(folder.to_owned()));
                }
                BTreeSet::new()
            }
            Err(error) => return Err(PublishError::Io(folder.join(MANIFEST), error)),
        };
        for path in self.files.keys() {
            if let Some(foreign) = in_the_way(folder, path, &ours) {
                return Err(PublishError::WouldReplace(foreign));
            }
        }
        Ok(ours)
    }
}

/// What somebody else put where a file, or a folder around it, is wanted. A link
/// to a folder counts: what lies behind it is not in this folder.
fn in_the_way(folder: &Path, path: &str, ours: &BTreeSet<String>) -> Option<PathBuf> {
    let outside = folders_around(path)
        .filter(|part| !ours.contains(*part))
        .map(|part| folder.join(part))
        .find(|place| is_no_folder(place));
    if outside.is_some() {
        return outside;
    }
    let place = folder.join(path);
    let found = place.symlink_metadata().ok()?;
    if ours.contains(path) && !found.is_dir() {
        return None;
    }
    let inside = format!("{path}/");
    let is_our_folder = found.is_dir()
        && ours
            .range(inside.clone()..)
            .next()
            .is_some_and(|first| first.starts_with(&inside));
    (!is_our_folder).then_some(place)
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
        Ok(()) => Ok(Some(turn)),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

fn lines(paths: &BTreeSet<&str>) -> String {
    paths
        .iter()
        .fold(String::new(), |list, path| list + path + "\n")
}

/// Whether a line of a manifest, which someone may have edited, stays in the folder.
fn is_below(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Writes a file aside and renames it into place, so that it is there as a whole or not at all.
#[expect(clippy::disallowed_methods, reason = "this is the writer of the disk")]
fn write(folder: &Path, workshop: &Path, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
    let target = folder.join(path);
    let failed = |error| PublishError::Io(target.clone(), error);
    fs::create_dir_all(workshop).map_err(failed)?;
    let unfinished = workshop.join("file");
    fs::write(&unfinished, bytes).map_err(failed)?;
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::rename(&unfinished, &target).map_err(failed)
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
