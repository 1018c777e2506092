//! What a build leaves on the disk for the next one of the same folder, in whichever process: of every page an outline,
//! and of every file the fingerprint of all that it was made from. With that the next build reads again only texts that
//! have changed, and makes only files that come out otherwise. It holds no file of the site: those lie in the folder,
//! and one that is not what it was is made again.

use std::iter::once;
use std::mem;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::hash::Fingerprint;
use crate::link_check::PageLinks;
use crate::output::{Kept, Stamps};
use crate::page::{self, Draft, Page, Reading};
use crate::search::Digest;
use crate::source::{File, SourceTree};
use crate::stamp::Stamp;

/// To be counted up with every change of what is kept, or of what a page or a file depends on.
const FORMAT: u8 = 1;

/// The books of one folder: what the last build left, and what this one will.
#[derive(Default)]
pub struct Ledger {
    earlier: Earlier,
    pages: Mutex<Vec<(String, Noted)>>,
    digests: Mutex<FxHashMap<String, (Fingerprint, Text)>>,
    files: Mutex<(Vec<Arc<Made>>, Vec<String>)>,
}

/// What the last build left.
#[derive(Default)]
struct Earlier {
    /// By the path of their source.
    pages: FxHashMap<String, Outlined>,
    /// By their own path.
    files: FxHashMap<String, Arc<Made>>,
    linked: Vec<String>,
    /// The outlines and digests, one after the other.
    texts: Vec<u8>,
}

/// A page as it was read.
#[derive(Serialize, Deserialize)]
struct Outlined {
    read: Read,
    /// Where its outline is, and what a search needs of it.
    outline: Range<usize>,
    digest: Option<(Fingerprint, Range<usize>)>,
}

/// What a page was read from.
#[derive(Clone, Serialize, Deserialize)]
struct Read {
    file: Fingerprint,
    /// If the file was told by it for certain.
    stamp: Option<Stamp>,
    /// The files that it includes.
    parts: Vec<(String, Fingerprint)>,
    /// Of all of this.
    key: Fingerprint,
}

/// A page that this build has read, or found unchanged.
struct Noted {
    read: Read,
    outline: Text,
}

/// What is kept of a page.
enum Text {
    New(Box<[u8]>),
    /// As the last build has left it.
    Old(Range<usize>),
}

/// A file of the site as it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Made {
    pub file: Kept,
    /// Of everything that it was made from.
    pub key: Fingerprint,
    /// The same text in the encodings of the site's host.
    pub beside: Vec<Kept>,
    /// Of a page.
    pub links: Option<Arc<PageLinks>>,
}

/// What is at the beginning of all that is kept.
#[derive(Serialize, Deserialize)]
struct Head {
    format: u8,
    program: Fingerprint,
    pages: Vec<(String, Outlined)>,
    files: Vec<Arc<Made>>,
    /// The paths to which pages lead.
    linked: Vec<String>,
}

impl Ledger {
    /// Begins with what the last build has left, if that was by the same program.
    pub fn after(last: Option<Vec<u8>>, program: Fingerprint) -> Self {
        let earlier = last.and_then(|mut kept| {
            let (head, rest) = postcard::take_from_bytes::<Head>(&kept).ok()?;
            if (head.format, head.program) != (FORMAT, program) {
                return None;
            }
            let start = kept.len() - rest.len();
            kept.drain(..start);
            Some(Earlier {
                pages: head.pages.into_iter().collect(),
                files: head
                    .files
                    .into_iter()
                    .map(|made| (made.file.path.clone(), made))
                    .collect(),
                linked: head.linked,
                texts: kept,
            })
        });
        Self {
            earlier: earlier.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The outline of a page whose file, and all that it includes, is as it was.
    pub fn page(
        &self,
        path: &str,
        file: &File,
        source: &SourceTree,
        reading: &Reading,
    ) -> Option<Page> {
        let known = self.earlier.pages.get(path)?;
        let stamp = file.stamp();
        let is_as_it_was =
            (stamp.is_some() && stamp == known.read.stamp) || file.fingerprint() == known.read.file;
        if !is_as_it_was {
            return None;
        }
        let parts = known.read.parts.iter().map(|(path, _)| {
            let file = source.file(path)?;
            Some((path.as_str(), file.fingerprint()))
        });
        let parts: Vec<_> = parts.collect::<Option<_>>()?;
        if page::key(path, known.read.file, parts.into_iter(), reading) != known.read.key {
            return None;
        }
        let bytes = self.earlier.texts.get(known.outline.clone())?;
        let page = postcard::from_bytes(bytes).ok()?;
        let read = Read {
            stamp,
            ..known.read.clone()
        };
        let outline = Text::Old(known.outline.clone());
        lock(&self.pages).push((path.to_owned(), Noted { read, outline }));
        Some(page)
    }

    /// Notes a page that was read, and with which nothing is wrong.
    pub fn note_page(&self, page: &Page, file: &File, draft: &Draft<'_>) {
        let Ok(outline) = encoded(&page.outline()) else {
            return;
        };
        let outline = Text::New(outline);
        let read = Read {
            file: draft.fingerprint,
            stamp: file.stamp(),
            parts: draft.parts.clone(),
            key: page.text,
        };
        lock(&self.pages).push((page.path.clone(), Noted { read, outline }));
    }

    /// What a page has to say to a search, if it is kept under this key.
    pub fn digest(&self, path: &str, key: Fingerprint) -> Option<Digest> {
        let (known, place) = self.earlier.pages.get(path)?.digest.as_ref()?;
        let bytes = self.earlier.texts.get(place.clone())?;
        let digest = postcard::from_bytes(bytes).ok()?;
        if *known != key {
            return None;
        }
        lock(&self.digests).insert(path.to_owned(), (key, Text::Old(place.clone())));
        Some(digest)
    }

    pub fn note_digest(&self, path: &str, key: Fingerprint, digest: &Digest) {
        if let Ok(bytes) = encoded(digest) {
            lock(&self.digests).insert(path.to_owned(), (key, Text::New(bytes)));
        }
    }

    /// A file as the last build made it.
    pub fn made(&self, path: &str) -> Option<&Arc<Made>> {
        self.earlier.files.get(path)
    }

    /// The paths to which pages of the last build led.
    pub fn linked(&self) -> &[String] {
        &self.earlier.linked
    }

    /// Notes the files of the site, in the order of their paths, and the paths to which pages lead.
    pub fn note_files(&self, files: Vec<Arc<Made>>, linked: Vec<String>) {
        *lock(&self.files) = (files, linked);
    }

    /// What is to be kept of a build that has been published, in parts that belong one behind the other.
    pub fn parts(&self, program: Fingerprint, stamps: &Stamps) -> Option<Parts<'_>> {
        let mut digests = mem::take(&mut *lock(&self.digests));
        let mut texts: Vec<Text> = Vec::new();
        let mut length = 0;
        let mut add = |text: Text| {
            let start = length;
            length += self.bytes(&text).len();
            texts.push(text);
            start..length
        };
        let mut pages = mem::take(&mut *lock(&self.pages));
        pages.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let pages = pages.into_iter().map(|(path, noted)| {
            let page = Outlined {
                outline: add(noted.outline),
                digest: digests.remove(&path).map(|(key, text)| (key, add(text))),
                read: noted.read,
            };
            (path, page)
        });
        let pages = pages.collect();
        let (mut files, linked) = mem::take(&mut *lock(&self.files));
        for made in &mut files {
            let mut all = once(&made.file).chain(&made.beside);
            if all.all(|kept| kept.stamp.as_ref() == stamps.get(&kept.path)) {
                continue;
            }
            let Made { file, beside, .. } = Arc::make_mut(made);
            for kept in once(file).chain(beside) {
                kept.stamp = stamps.get(&kept.path).copied();
            }
        }
        let head = Head {
            format: FORMAT,
            program,
            pages,
            files,
            linked,
        };
        Some(Parts {
            head: encoded(&head).ok()?,
            texts,
            ledger: self,
        })
    }

    fn bytes<'a>(&'a self, text: &'a Text) -> &'a [u8] {
        match text {
            Text::New(bytes) => bytes,
            Text::Old(place) => &self.earlier.texts[place.clone()],
        }
    }
}

/// What is kept.
pub struct Parts<'a> {
    head: Box<[u8]>,
    texts: Vec<Text>,
    ledger: &'a Ledger,
}

impl Parts<'_> {
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let texts = self.texts.iter().map(|text| self.ledger.bytes(text));
        once(&self.head[..]).chain(texts)
    }
}

fn encoded(data: &impl Serialize) -> postcard::Result<Box<[u8]>> {
    const ROOM: usize = 2 << 10;
    let bytes = postcard::to_extend(data, Vec::with_capacity(ROOM))?;
    // There are as many as pages: a copy has no room to spare, and the next one finds that of this one.
    Ok(Box::from(&bytes[..]))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
