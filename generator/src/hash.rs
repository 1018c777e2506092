//! 128-bit fingerprints of bytes, for memory keys and hashed file names.

mod data;

use std::fmt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Equal bytes have equal fingerprints; different bytes practically never do.
/// Not for defence against someone who wants two things to look the same.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Fingerprint(u128);

impl Fingerprint {
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// A part of it, as a number that is as good as random.
    pub fn number(self) -> u64 {
        self.0 as u64
    }

    pub fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// Twelve hexadecimal digits, for a file's name.
    pub fn short(self) -> String {
        format!("{:012x}", self.0 >> 80)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The fingerprint of bytes that come in pieces, wherever these end.
#[derive(Default)]
pub struct Stream(Xxh3);

impl Stream {
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.digest128())
    }
}

/// Makes one fingerprint of several parts; where one part ends matters.
#[derive(Default)]
pub struct Hasher(Xxh3);

impl Hasher {
    /// One that begins with a part.
    pub fn of(part: &[u8]) -> Self {
        let mut hasher = Self::default();
        hasher.add(part);
        hasher
    }

    pub fn add(&mut self, part: &[u8]) {
        self.0.update(&part.len().to_le_bytes());
        self.0.update(part);
    }

    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.digest128())
    }
}
