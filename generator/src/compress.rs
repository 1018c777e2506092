//! Texts of a finished site in fewer bytes, beside themselves: `index.html.br` for hosts that send it to
//! browsers as it is. A pure function of the files, whose results are kept between runs: the smallest form
//! of a page takes longer to find than the page takes to make.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cache::Cache;
use crate::config::Encoding;
use crate::hash::{Fingerprint, Hasher};

/// To be counted up with every change of what comes out for the same bytes.
const RECIPE: u8 = 1;

/// What is text, or as good as text, by the endings of files.
const TEXTS: [&str; 13] = [
    "bin", "css", "html", "ico", "js", "json", "md", "otf", "svg", "ttf", "txt", "wasm", "xml",
];

/// A file that fits into one packet of a network is not sent sooner for being smaller.
const SMALLEST: usize = 512;

impl Encoding {
    /// What hosts look for behind the name of a file.
    fn ending(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
            Self::Zstd => "zst",
        }
    }

    /// As small as it gets. The same bytes give the same result.
    fn encoded(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Brotli => brotli(bytes),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                // Memory takes every byte.
                let _ = encoder.write_all(bytes);
                encoder.finish().unwrap_or_default()
            }
            Self::Zstd => zstd(bytes),
        }
    }
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    const BUFFER: usize = 4096;
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 22;
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    // Memory takes every byte.
    let _ = encoder.write_all(bytes);
    encoder.into_inner()
}

#[cfg(feature = "zstd")]
fn zstd(bytes: &[u8]) -> Vec<u8> {
    const LEVEL: i32 = 19;
    zstd::bulk::compress(bytes, LEVEL).unwrap_or_default()
}

/// Settings cannot ask for it: see `config`.
#[cfg(not(feature = "zstd"))]
fn zstd(_: &[u8]) -> Vec<u8> {
    Vec::new()
}

/// Where a file may be in each of the encodings.
pub fn paths(path: &str, encodings: &[Encoding]) -> impl Iterator<Item = String> {
    let encodings = encodings.iter().filter(|_| is_text(path));
    encodings.map(move |encoding| format!("{path}.{}", encoding.ending()))
}

/// A text in each of the encodings in which it becomes smaller, with the path that it has then.
pub fn beside<'a>(
    path: &'a str,
    bytes: &'a [u8],
    encodings: &'a [Encoding],
    cache: Option<&'a Cache>,
) -> impl Iterator<Item = (String, Arc<[u8]>)> + 'a {
    let is_wanted = is_text(path) && bytes.len() >= SMALLEST;
    let encodings = encodings.iter().filter(move |_| is_wanted);
    encodings.filter_map(move |encoding| {
        let encoded = encoded(bytes, *encoding, cache);
        let is_worth_it = !encoded.is_empty() && encoded.len() < bytes.len();
        let path = || format!("{path}.{}", encoding.ending());
        is_worth_it.then(|| (path(), Arc::from(encoded)))
    })
}

fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| TEXTS.contains(&ending))
}

fn encoded(bytes: &[u8], encoding: Encoding, cache: Option<&Cache>) -> Vec<u8> {
    let key = key(bytes, encoding);
    if let Some(found) = cache.and_then(|cache| cache.get(key)) {
        return found;
    }
    let encoded = encoding.encoded(bytes);
    if let Some(cache) = cache {
        cache.keep(key, &encoded);
    }
    encoded
}

fn key(bytes: &[u8], encoding: Encoding) -> Fingerprint {
    let mut hasher = Hasher::default();
    hasher.add(&[RECIPE]);
    hasher.add(encoding.ending().as_bytes());
    hasher.add(bytes);
    hasher.finish()
}

#[cfg(all(test, feature = "zstd"))]
mod tests {
    use super::*;

    #[test]
    fn zstandard_is_read_back() {
        let text = "The same again and again. ".repeat(100);
        let small = zstd(text.as_bytes());
        assert!(small.len() < text.len() / 10);
        let read = ::zstd::bulk::decompress(&small, text.len()).unwrap();
        assert_eq!(read, text.as_bytes());
    }
}
