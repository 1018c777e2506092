//! A folder for results that cost too much to be made in every run. It lies outside the site and may
//! be deleted at any time. What is not there as a whole counts as not there, and what nobody has asked
//! for in a month is removed.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use crate::hash::{Fingerprint, Stream};

/// Digits of a fingerprint in hexadecimal, with which every file ends.
const CHECKSUM: usize = 32;

/// As many of them name a folder.
const FOLDER: usize = 2;

/// Most pieces of a result are small.
const BUFFER: usize = 64 << 10;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a result is kept that no run asks for.
const KEPT: Duration = Duration::from_secs(30 * DAY.as_secs());

#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Whether something was added, so that it is time to look for what nobody needs any more.
    has_grown: Arc<AtomicBool>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is what keeps results on the disk"
)]
impl Cache {
    /// The folder comes into being when there is something to keep.
    pub fn at(folder: PathBuf) -> Self {
        Self {
            folder,
            has_grown: Arc::default(),
        }
    }

    /// A part of it, for results of one kind that are few.
    pub fn below(&self, name: &str) -> Self {
        Self::at(self.folder.join(name))
    }

    /// Where a system wants such things: `$XDG_CACHE_HOME` if that is set, else what is usual on
    /// it. `None` if the environment does not say where a person's files are.
    pub fn usual(variable: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let folder = |name: &str| {
            let folder = PathBuf::from(variable(name)?);
            folder.is_absolute().then_some(folder)
        };
        let caches = folder("XDG_CACHE_HOME").or_else(|| match std::env::consts::OS {
            "windows" => folder("LOCALAPPDATA"),
            "macos" => Some(folder("HOME")?.join("Library/Caches")),
            _ => Some(folder("HOME")?.join(".cache")),
        });
        Some(Self::at(caches?.join("tallypress")))
    }

    pub fn get(&self, key: Fingerprint) -> Option<Vec<u8>> {
        let place = self.place(key);
        let mut bytes = fs::read(&place).ok()?;
        let length = bytes.len().checked_sub(CHECKSUM)?;
        let (result, checksum) = bytes.split_at(length);
        let is_whole = Fingerprint::of(result).to_string().as_bytes() == checksum;
        // The file's time says when it was asked for last, to the day.
        if is_whole && age(&place).is_some_and(|age| age > DAY) {
            let file = fs::File::options().append(true).open(&place);
            let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
        }
        bytes.truncate(length);
        is_whole.then_some(bytes)
    }

    /// Removes what no run has asked for in a month. A folder that does not grow is left alone.
    pub fn forget_unused(&self) {
        if !self.has_grown.swap(false, Ordering::Relaxed) {
            return;
        }
        // A person may name a folder that holds other things, too.
        let named = |folder: &Path, digits: usize| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).filter(move |path| {
                let name = path.file_stem().unwrap_or_default().as_encoded_bytes();
                name.len() == digits && name.iter().all(u8::is_ascii_hexdigit)
            })
        };
        for folder in named(&self.folder, FOLDER) {
            for file in named(&folder, CHECKSUM - FOLDER) {
                // A run that was killed leaves what it had begun aside.
                let longest = match file.extension() {
                    None => KEPT,
                    Some(_) => DAY,
                };
                if age(&file).is_some_and(|age| age > longest) {
                    let _ = fs::remove_file(file);
                }
            }
        }
    }

    /// A result that cannot be kept is made again, so failures are nobody's concern.
    pub fn keep(&self, key: Fingerprint, result: &[u8]) {
        let kept = self.begin(key).and_then(|mut pending| {
            pending.write_all(result)?;
            pending.keep()
        });
        // Nothing but time is lost.
        let _ = kept;
    }

    /// Begins with a result that comes in pieces.
    ///
    /// # Errors
    /// If nothing can be written where results are kept.
    pub fn begin(&self, key: Fingerprint) -> io::Result<Pending> {
        static BEGUN: AtomicUsize = AtomicUsize::new(0);
        let place = self.place(key);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        self.has_grown.store(true, Ordering::Relaxed);
        let number = BEGUN.fetch_add(1, Ordering::Relaxed);
        let aside = place.with_extension(format!("{}-{number}", process::id()));
        Ok(Pending {
            file: BufWriter::with_capacity(BUFFER, fs::File::create(&aside)?),
            checksum: Stream::default(),
            aside,
            place,
        })
    }

    /// Folders with too many files are slow on some systems.
    fn place(&self, key: Fingerprint) -> PathBuf {
        let name = key.to_string();
        self.folder.join(&name[..FOLDER]).join(&name[FOLDER..])
    }
}

/// A result that is being written aside, so that others, who may be at the same, see a whole file or none. One that is not
/// kept in the end is removed.
pub struct Pending {
    file: BufWriter<fs::File>,
    checksum: Stream,
    aside: PathBuf,
    place: PathBuf,
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is what keeps results on the disk"
)]
impl Pending {
    /// Puts the result in its place, and gives its fingerprint.
    ///
    /// # Errors
    /// If it cannot be written to its end.
    pub fn keep(mut self) -> io::Result<Fingerprint> {
        let checksum = self.checksum.finish();
        self.file.write_all(checksum.to_string().as_bytes())?;
        self.file.flush()?;
        fs::rename(&self.aside, &self.place)?;
        Ok(checksum)
    }
}

impl Write for Pending {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let length = self.file.write(piece)?;
        self.checksum.add(&piece[..length]);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is what keeps results on the disk"
)]
impl Drop for Pending {
    fn drop(&mut self) {
        // It is not there any more once it is in its place.
        let _ = fs::remove_file(&self.aside);
    }
}

/// How long ago a file was written, or asked for.
#[expect(
    clippy::disallowed_methods,
    reason = "only what may be made again depends on it"
)]
fn age(file: &Path) -> Option<Duration> {
    let written = fs::metadata(file).ok()?.modified().ok()?;
    SystemTime::now().duration_since(written).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(variables: &[(&str, &str)]) -> Option<PathBuf> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        Cache::usual(variable).map(|cache| cache.folder)
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_place_is_the_one_that_the_system_names() {
        let home = ("HOME", "/home/ada");
        let at = |folder: &str| Some(PathBuf::from(folder));
        assert_eq!(place(&[home]), at("/home/ada/.cache/tallypress"));
        assert_eq!(
            place(&[home, ("XDG_CACHE_HOME", "/var/cache")]),
            at("/var/cache/tallypress")
        );
        assert_eq!(
            place(&[home, ("XDG_CACHE_HOME", "relative")]),
            at("/home/ada/.cache/tallypress")
        );
        assert_eq!(place(&[]), None);
    }
}
