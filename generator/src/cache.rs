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
                let name = path.file_name().unwrap_or_default().as_encoded_bytes();
                name.len() == digits && name.iter().all(u8::is_ascii_hexdigit)
            })
        };
        for folder in named(&self.folder, FOLDER) {
            for file in named(&folder, CHECKSUM - FOLDER) {
                if age(&file).is_some_and(|age| age > KEPT) {
                    let _ = fs::remove_file(file);
                }
            }
        }
    }

    /// A result that cannot be kept is made again, so failures are nobody's concern.
    pub fn keep(&self, key: Fingerprint, result: &[u8]) {
        self.keep_parts(key, std::iter::once(result));
    }

    /// The same of a result in parts, which are not put together before.
    pub fn keep_parts<'a>(&self, key: Fingerprint, parts: impl Iterator<Item = &'a [u8]>) {
        let _ = self.write(key, parts);
        self.has_grown.store(true, Ordering::Relaxed);
    }

    /// Writes aside and renames, so that others, who may be at the same, see a whole file.
    fn write<'a>(&self, key: Fingerprint, parts: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
        static WRITTEN: AtomicUsize = AtomicUsize::new(0);
        let place = self.place(key);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let aside = place.with_extension(format!("{}-{number}", process::id()));
        let written = write_whole(&aside, parts).and_then(|()| fs::rename(&aside, &place));
        if written.is_err() {
            let _ = fs::remove_file(&aside);
        }
        written
    }

    /// Folders with too many files are slow on some systems.
    fn place(&self, key: Fingerprint) -> PathBuf {
        let name = key.to_string();
        self.folder.join(&name[..FOLDER]).join(&name[FOLDER..])
    }
}

/// Writes the parts of a result, and its checksum behind them.
#[expect(
    clippy::disallowed_methods,
    reason = "this is what keeps results on the disk"
)]
fn write_whole<'a>(place: &Path, parts: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
    let mut file = BufWriter::new(fs::File::create(place)?);
    let mut checksum = Stream::default();
    for part in parts {
        checksum.add(part);
        file.write_all(part)?;
    }
    file.write_all(checksum.finish().to_string().as_bytes())?;
    file.flush()
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
