//! How the last build of a folder went, so that one that would come out the same need not be done. That is so if
//! the program, the options and every file, of the site and of the folder, are what they were then. Files are told
//! by what the file system says of them; where that leaves a doubt, the site is built.

use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::cache::{Cache, Pending};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::hash::{Fingerprint, Hasher};
use crate::ledger::Ledger;
use crate::output::Stamps;
use crate::source::Listing;
use crate::stamp::{self, Stamp};
use crate::{Build, Options, list, output};

/// To be counted up with every change of what is kept.
const FORMAT: u8 = 3;

/// What is said of a build that was published.
#[derive(Default, Serialize, Deserialize)]
pub struct Outcome {
    pub pages: usize,
    pub files: usize,
    /// Source files of pages that are not published now, with the reason.
    pub withheld: Vec<(String, String)>,
    pub next_due: Option<Next>,
    pub diagnostics: Vec<Diagnostic>,
}

/// When a build will come out otherwise although no file has changed.
#[derive(PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// RFC 3339.
    moment: String,
    pub sentence: String,
    pub json: Json,
}

impl Outcome {
    pub fn of(build: &Build, files: usize) -> Self {
        let withheld = build.withheld.iter();
        Self {
            pages: build.pages,
            files,
            withheld: withheld
                .map(|(path, withheld)| (path.clone(), withheld.why.to_string()))
                .collect(),
            next_due: build.next_due.as_ref().map(|due| Next {
                moment: due.date.rfc3339(),
                sentence: list::next(due),
                json: list::due_json(due),
            }),
            diagnostics: build.diagnostics.clone(),
        }
    }
}

/// What is kept of the last build of a folder.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Of everything that it was made from.
    source: String,
    /// Of the folder as it was published.
    published: String,
    /// The moment of the build, as RFC 3339.
    now: String,
    outcome: Outcome,
}

/// The last build of a folder, seen from one that is to come.
pub struct LastBuild<'a> {
    cache: Cache,
    folder: &'a Path,
    now: Date,
    program: Fingerprint,
    /// Of everything that the next build will be made from, if that can be told for certain.
    source: Option<Fingerprint>,
    /// Under which the last one is kept, and the head and the texts of its ledger.
    key: Fingerprint,
    head: Fingerprint,
    texts: Fingerprint,
    /// The texts of the next one.
    pending: Arc<Mutex<Option<Pending>>>,
}

/// Takes the texts of a ledger.
struct Texts(Arc<Mutex<Option<Pending>>>);

impl Write for Texts {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let mut pending = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pending = pending.as_mut();
        pending.map_or(Err(ErrorKind::NotFound.into()), |to| to.write(piece))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for LastBuild<'_> {
    fn drop(&mut self) {
        // Of a build that failed: whoever else holds it has no more to write.
        drop(self.taken());
    }
}

impl<'a> LastBuild<'a> {
    /// A build by the program in a file. `None` if there is no place where anything could be kept.
    pub fn by(
        program: &Path,
        listing: &Listing,
        options: &Options,
        folder: &'a Path,
        cache: Option<&Cache>,
    ) -> Option<Self> {
        let cache = cache?.below("builds");
        let place = std::path::absolute(folder).ok()?;
        let key = |what: &[u8]| {
            let mut key = Hasher::of(place.as_os_str().as_encoded_bytes());
            key.add(what);
            key.finish()
        };
        let program = identity(program, &cache)?;
        let source = listing.stamp().map(|listing| {
            let base_url = options.base_url.as_ref().map(ToString::to_string);
            let shard = options.shard.map(|shard| shard.to_string());
            let mut hasher = Hasher::of(&[FORMAT]);
            hasher.add(&program.bytes());
            hasher.add(base_url.unwrap_or_default().as_bytes());
            hasher.add(&[options.publication.drafts, options.preview].map(u8::from));
            hasher.add(shard.unwrap_or_default().as_bytes());
            hasher.add(&listing.bytes());
            hasher.finish()
        });
        Some(Self {
            folder,
            now: options.publication.now,
            program,
            source,
            key: key(b"outcome"),
            head: key(b"ledger"),
            texts: key(b"texts"),
            pending: Arc::default(),
            cache,
        })
    }

    /// How the last build went, if one now would come out the same.
    pub fn outcome(&self) -> Option<Outcome> {
        let source = self.source?.to_string();
        let kept: Kept = serde_json::from_slice(&self.cache.get(self.key)?).ok()?;
        if kept.source != source {
            return None;
        }
        let then = Date::parse(&kept.now)?;
        let next = kept.outcome.next_due.as_ref();
        let next = next.map(|next| Date::parse(&next.moment));
        let is_due = match next {
            None => false,
            Some(Some(next)) => !next.is_after(self.now),
            Some(None) => return None,
        };
        let is_same = published(&output::stamps(self.folder)?).to_string() == kept.published;
        (is_same && !is_due && !then.is_after(self.now)).then_some(kept.outcome)
    }

    /// What the last build left for one that comes out otherwise.
    pub fn ledger(&self) -> Ledger {
        let head = self.cache.get(self.head);
        let last = head.and_then(|head| Some((head, self.cache.get(self.texts)?)));
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        *pending = self.cache.begin(self.texts).ok();
        Ledger::after(last, self.program, Texts(Arc::clone(&self.pending)))
    }

    fn taken(&self) -> Option<Pending> {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.take()
    }

    /// Keeps how a build went that has just been published, and what it noted in its ledger.
    pub fn keep(&self, outcome: Outcome, stamps: &Stamps, ledger: Option<&Ledger>) {
        // The head comes last: it counts only with the texts that it is about.
        let texts = self.taken().and_then(|texts| texts.keep().ok());
        let head = ledger
            .zip(texts)
            .and_then(|(ledger, texts)| ledger.head(self.program, texts, stamps));
        if let Some(head) = head {
            self.cache.keep(self.head, &head);
        }
        let Some(source) = self.source else {
            return;
        };
        let kept = Kept {
            source: source.to_string(),
            published: published(stamps).to_string(),
            now: self.now.rfc3339(),
            outcome,
        };
        if let Ok(kept) = serde_json::to_vec(&kept) {
            self.cache.keep(self.key, &kept);
        }
    }
}

/// The fingerprint of a program, which is found out once for each.
fn identity(program: &Path, cache: &Cache) -> Option<Fingerprint> {
    let key = Fingerprint::of(&Stamp::of(program)?.bytes());
    let known = cache.get(key);
    if let Some(known) = known.and_then(|known| serde_json::from_slice(&known).ok()) {
        return Some(known);
    }
    let identity = stamp::program(program)?;
    if let Ok(bytes) = serde_json::to_vec(&identity) {
        cache.keep(key, &bytes);
    }
    Some(identity)
}

/// A fingerprint of what the file system says of published files.
fn published(stamps: &Stamps) -> Fingerprint {
    let mut hasher = Hasher::default();
    for (path, stamp) in stamps {
        hasher.add(path.as_bytes());
        hasher.add(&stamp.bytes());
    }
    hasher.finish()
}
