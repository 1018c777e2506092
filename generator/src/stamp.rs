//! What a file system says of a file without reading it. A file whose stamp is the same has the same bytes,
//! unless somebody went to great lengths: every write changes the moment that no program can set.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::hash::{Fingerprint, Stream};

/// File systems count time in steps; two changes within one look the same. None has longer ones.
pub const SETTLED: Duration = Duration::from_secs(2);

/// The same for one that counts parts of a second: that of the kernel's clock is then the longest, a hundredth.
const SETTLED_SOON: Duration = Duration::from_millis(100);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    length: u64,
    /// Since 1970, in nanoseconds.
    modified: u128,
    /// The same of the last change of any kind, which nobody can set back.
    changed: u128,
    /// Which file of the system it is.
    identity: [u64; 2],
}

impl Stamp {
    /// `None` if there is no such file. A link is what it leads to.
    pub fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        let modified = nanoseconds(found.modified().ok()?);
        let (changed, identity) = more(&found, modified);
        Some(Self {
            length: found.len(),
            modified,
            changed,
            identity,
        })
    }

    /// Whether the last change is so long ago that another one since would show.
    pub fn is_settled(self, now: SystemTime) -> bool {
        let settled = match self.changed % 1_000_000_000 {
            0 => SETTLED,
            _ => SETTLED_SOON,
        };
        self.changed.max(self.modified) + settled.as_nanos() < nanoseconds(now)
    }

    pub fn bytes(self) -> [u8; 56] {
        let mut bytes = [0; 56];
        bytes[..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..24].copy_from_slice(&self.modified.to_le_bytes());
        bytes[24..40].copy_from_slice(&self.changed.to_le_bytes());
        bytes[40..48].copy_from_slice(&self.identity[0].to_le_bytes());
        bytes[48..].copy_from_slice(&self.identity[1].to_le_bytes());
        bytes
    }
}

/// A fingerprint of a program. It is told by its bytes: the same version may have been compiled with other features, or
/// by a compiler that rounds pictures otherwise.
#[expect(
    clippy::disallowed_methods,
    reason = "the program is not a file of the site"
)]
pub fn program(path: &Path) -> Option<Fingerprint> {
    const PIECE: usize = 1 << 20;
    let mut file = fs::File::open(path).ok()?;
    let mut piece = vec![0; PIECE];
    let mut bytes = Stream::default();
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(bytes.finish()),
            length => bytes.add(&piece[..length]),
        }
    }
}

#[cfg(unix)]
fn more(found: &fs::Metadata, _modified: u128) -> (u128, [u64; 2]) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u128::try_from(found.ctime()).unwrap_or_default();
    let rest = u128::try_from(found.ctime_nsec()).unwrap_or_default();
    (seconds * 1_000_000_000 + rest, [found.dev(), found.ino()])
}

#[cfg(not(unix))]
fn more(_found: &fs::Metadata, modified: u128) -> (u128, [u64; 2]) {
    (modified, [0; 2])
}

fn nanoseconds(moment: SystemTime) -> u128 {
    let since = moment.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos())
}
