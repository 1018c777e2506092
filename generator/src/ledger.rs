//! What a build leaves on the disk for the next one of the same folder, in whichever process: of every page an outline,
//! and of every file the fingerprint of all that it was made from. With that the next build reads again only texts that
//! have changed, and makes only files that come out otherwise. It holds no file of the site: those lie in the folder,
//! and one that is not what it was is made again.

use std::io::Write;
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
pub struct Ledger {
    earlier: Earlier,
    texts: Mutex<Texts>,
    /// The pages that this build has read, or found unchanged.
    pages: Mutex<Vec<(String, Outlined)>>,
    digests: Mutex<FxHashMap<String, (Fingerprint, Range<usize>)>>,
    files: Mutex<(Vec<Arc<Made>>, Vec<String>)>,
}

/// Where outlines and digests go, one after the other and in any order: a large site has too many to hold them.
struct Texts {
    to: Box<dyn Write + Send>,
    length: usize,
    /// Whether all of them have got there.
    are_whole: bool,
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

/// What is kept beside the texts.
#[derive(Serialize, Deserialize)]
struct Head {
    format: u8,
    program: Fingerprint,
    /// Of all texts.
    texts: Fingerprint,
    pages: Vec<(String, Outlined)>,
    files: Vec<Arc<Made>>,
    /// The paths to which pages lead.
    linked: Vec<String>,
}

impl Ledger {
    /// Begins with what the last build by the same program has left, its head and its texts. Those of this build go to `to`.
    pub fn after(
        last: Option<(Vec<u8>, Vec<u8>)>,
        program: Fingerprint,
        to: impl Write + Send + 'static,
    ) -> Self {
        let earlier = last.and_then(|(head, texts)| {
            let head: Head = postcard::from_bytes(&head).ok()?;
            let is_ours = (head.format, head.program) == (FORMAT, program);
            if !is_ours || head.texts != Fingerprint::of(&texts) {
                return None;
            }
            let files = head.files.into_iter();
            Some(Earlier {
                pages: head.pages.into_iter().collect(),
                files: files.map(|made| (made.file.path.clone(), made)).collect(),
                linked: head.linked,
                texts,
            })
        });
        Self {
            earlier: earlier.unwrap_or_default(),
            texts: Mutex::new(Texts {
                to: Box::new(to),
                length: 0,
                are_whole: true,
            }),
            pages: Mutex::default(),
            digests: Mutex::default(),
            files: Mutex::default(),
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
        self.note(path, read, bytes);
        Some(page)
    }

    /// Notes a page that was read, and with which nothing is wrong.
    pub fn note_page(&self, page: &Page, file: &File, draft: &Draft<'_>) {
        let Ok(outline) = encoded(&page.outline()) else {
            return;
        };
        let read = Read {
            file: draft.fingerprint,
            stamp: file.stamp(),
            parts: draft.parts.clone(),
            key: page.text,
        };
        self.note(&page.path, read, &outline);
    }

    fn note(&self, path: &str, read: Read, outline: &[u8]) {
        let page = Outlined {
            read,
            outline: lock(&self.texts).add(outline),
            digest: None,
        };
        lock(&self.pages).push((path.to_owned(), page));
    }

    /// What a page has to say to a search, if it is kept under this key.
    pub fn digest(&self, path: &str, key: Fingerprint) -> Option<Digest> {
        let (known, place) = self.earlier.pages.get(path)?.digest.as_ref()?;
        let bytes = self.earlier.texts.get(place.clone())?;
        let digest = postcard::from_bytes(bytes).ok()?;
        if *known != key {
            return None;
        }
        let place = lock(&self.texts).add(bytes);
        lock(&self.digests).insert(path.to_owned(), (key, place));
        Some(digest)
    }

    pub fn note_digest(&self, path: &str, key: Fingerprint, digest: &Digest) {
        if let Ok(bytes) = encoded(digest) {
            let place = lock(&self.texts).add(&bytes);
            lock(&self.digests).insert(path.to_owned(), (key, place));
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

    /// What is to be kept of a build that has been published, beside its texts, which have this fingerprint. `None` if
    /// they are not whole.
    pub fn head(
        &self,
        program: Fingerprint,
        texts: Fingerprint,
        stamps: &Stamps,
    ) -> Option<Vec<u8>> {
        let mut pages = mem::take(&mut *lock(&self.pages));
        let mut digests = mem::take(&mut *lock(&self.digests));
        for (path, page) in &mut pages {
            page.digest = digests.remove(path);
        }
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
            texts,
            pages,
            files,
            linked,
        };
        let head = encoded(&head).ok();
        head.filter(|_| lock(&self.texts).are_whole)
    }
}

impl Texts {
    /// Gives the place of a text among the others.
    fn add(&mut self, text: &[u8]) -> Range<usize> {
        self.are_whole &= self.to.write_all(text).is_ok();
        let start = self.length;
        self.length += text.len();
        start..self.length
    }
}

fn encoded(data: &impl Serialize) -> postcard::Result<Vec<u8>> {
    const ROOM: usize = 2 << 10;
    postcard::to_extend(data, Vec::with_capacity(ROOM))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
