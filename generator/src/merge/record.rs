//! What lies in the folder of a shard besides its files: one file that says what it is a shard of, which files there
//! are and what they hold, and what is to be known of them when all shards are put together.

use std::collections::BTreeMap;
use std::fs;
use std::iter::once;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::excerpts::Excerpts;
use crate::diagnostic::{Diagnostic, Span};
use crate::hash::{Fingerprint, Hasher};
use crate::last_build::{Next, Outcome};
use crate::memory::Memory;
use crate::output::{self, Kept, Publisher, Sink, is_below};
use crate::shard::{Shard, Share};
use crate::source::SourceTree;
use crate::stamp;
use crate::{Build, Options, build_into};

/// The file's name. It begins with a line of its own: a word, its format, and the fingerprint of the rest.
pub const RECORD: &str = ".tallypress-shard";
const WORD: &str = "tallypress-shard";
/// To be counted up with every change of what is kept.
const FORMAT: &str = "1";

#[derive(Serialize, Deserialize)]
pub struct Record {
    pub shard: Shard,
    /// What all shards of a build have in common, as fingerprints.
    pub program: String,
    pub options: String,
    pub source: String,
    /// Source files of pages that are not published now, with the reason.
    pub withheld: Vec<(String, String)>,
    pub next_due: Option<Next>,
    /// The fingerprint of each file.
    pub files: BTreeMap<String, String>,
    pub share: Share,
    pub excerpts: Excerpts,
}

/// Builds a shard, with a record of it, into a folder that is then to be finished. `program` is the file of the
/// program that is running.
pub fn build_shard(
    source: &SourceTree,
    options: &Options,
    memory: &mut Memory,
    program: &Path,
    publisher: &Publisher,
) -> Build {
    let recorder = Recorder {
        publisher,
        files: Mutex::default(),
    };
    let mut build = build_into(source, options, memory, &recorder);
    let share = build.share.take().filter(|_| !build.failed());
    if let (Some(share), Some(shard)) = (share, options.shard) {
        let Outcome {
            withheld, next_due, ..
        } = Outcome::of(&build, 0);
        let files = recorder.files.into_inner();
        let record = Record {
            shard,
            program: stamp::program(program).unwrap_or_default().to_string(),
            options: said(options).to_string(),
            source: source.fingerprint().to_string(),
            withheld,
            next_due,
            files: files.unwrap_or_else(PoisonError::into_inner),
            excerpts: Excerpts::of(stretches(&share), source),
            share,
        };
        publisher.put(RECORD, record.bytes());
    }
    build
}

/// Whether a whole site is in a folder, of which a shard would leave only a part.
pub fn holds_a_site(folder: &Path) -> bool {
    let ours = output::ours(folder).unwrap_or_default();
    !ours.is_empty() && !ours.contains(RECORD)
}

/// Lets files through to the shard's folder, and notes what they hold.
struct Recorder<'a> {
    publisher: &'a Publisher,
    files: Mutex<BTreeMap<String, String>>,
}

impl Sink for Recorder<'_> {
    fn put(&self, path: &str, bytes: Arc<[u8]>) {
        let fingerprint = Fingerprint::of(&bytes).to_string();
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), fingerprint);
        drop(files);
        self.publisher.put(path, bytes);
    }

    fn keep(&self, file: &Kept, beside: &[Kept]) -> bool {
        let stays = self.publisher.keep(file, beside);
        if stays {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            for kept in once(file).chain(beside) {
                files.insert(kept.path.clone(), kept.bytes.to_string());
            }
        }
        stays
    }

    fn takes_encodings(&self) -> bool {
        self.publisher.takes_encodings()
    }
}

/// Everything that a merge may have to show.
fn stretches(share: &Share) -> impl Iterator<Item = (&str, Span)> {
    let done = share.done.values();
    let found = [&share.in_site, &share.in_plan].into_iter();
    let found = found.chain(done.clone().map(|done| &done.diagnostics));
    let found = found.flatten().filter_map(|one| {
        let place = one.place.as_ref()?;
        let span = place.span.clone()?;
        // From the one to the other: a line between two that are marked is shown, too.
        let because_of = one.because_of.as_ref().map(|(span, _)| span.clone());
        let other = because_of.unwrap_or(span.clone());
        let whole = span.start.min(other.start)..span.end.max(other.end);
        Some((place.path.as_str(), whole))
    });
    let hrefs = done.filter_map(|done| done.page.as_ref());
    let hrefs = hrefs.flat_map(|page| &page.hrefs);
    found.chain(hrefs.filter_map(|(_, place)| Some((place.path.as_str(), place.span.clone()?))))
}

/// Of the options, but for the moment: what counts of it is which pages are due.
fn said(options: &Options) -> Fingerprint {
    let base_url = options.base_url.as_ref().map(ToString::to_string);
    let mut hasher = Hasher::default();
    hasher.add(base_url.unwrap_or_default().as_bytes());
    hasher.add(&[options.publication.drafts, options.preview].map(u8::from));
    hasher.finish()
}

impl Record {
    fn bytes(&self) -> Arc<[u8]> {
        // Maps with texts as keys, and numbers: nothing that JSON cannot hold.
        let json = serde_json::to_vec(self).unwrap_or_default();
        let head = format!("{WORD} {FORMAT} {}\n", Fingerprint::of(&json));
        once(head.as_bytes())
            .chain(once(&json[..]))
            .flatten()
            .copied()
            .collect()
    }

    /// # Errors
    /// A diagnostic about the folder if there is no whole record in it that this program understands.
    #[expect(
        clippy::disallowed_methods,
        reason = "reads back what `output` wrote into a folder of ours"
    )]
    pub fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let wrong =
            |message: &str| Diagnostic::error(message).in_file(&folder.display().to_string());
        let bytes = fs::read(folder.join(RECORD)).map_err(|error| {
            let label = format!("cannot read `{RECORD}`: {error}");
            wrong("this is no folder of a shard")
                .label(label)
                .help("name folders that `tallypress build --shard` made")
                .help(
                    "a program that copied it may have left out files whose names begin with a dot",
                )
        })?;
        let damaged = || {
            wrong("this shard is damaged")
                .label(format!("`{RECORD}` is not as it was written"))
                .help("copy it again, or build it again")
        };
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (head, json) = bytes.split_at(end.ok_or_else(damaged)?);
        let json = &json[1..];
        let head = str::from_utf8(head).map_err(|_| damaged())?;
        let [word, format, fingerprint] = head.split(' ').collect::<Vec<&str>>()[..] else {
            return Err(damaged());
        };
        if word == WORD && format != FORMAT {
            return Err(
                wrong("this shard was built by another version of tallypress")
                    .help("build and merge shards with the same program"),
            );
        }
        let is_whole = word == WORD && Fingerprint::of(json).to_string() == fingerprint;
        let record: Option<Self> = serde_json::from_slice(json).ok();
        let record =
            record.filter(|record| is_whole && record.files.keys().all(|path| is_below(path)));
        record.ok_or_else(damaged)
    }
}
