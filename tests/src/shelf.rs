//! A folder that is published into again and again, each time by another process: all that is left in between is the
//! files and the ledger.

use std::sync::{Arc, Mutex, PoisonError};

use tallypress::build_into;
use tallypress::hash::Fingerprint;
use tallypress::ledger::Ledger;
use tallypress::memory::Memory;
use tallypress::output::{Kept, OutputTree, Sink, Stamps};

use crate::{Built, Files, Story};

/// What is in the folder, and beside it.
#[derive(Default)]
pub struct Shelf {
    published: OutputTree,
    ledger: Option<Vec<u8>>,
    /// The files that the last build had to make.
    pub made: Vec<String>,
}

/// A site that is being published.
struct Publishing<'a> {
    before: &'a OutputTree,
    now: Mutex<(OutputTree, Vec<String>)>,
}

impl Sink for Publishing<'_> {
    fn put(&self, path: &str, bytes: Arc<[u8]>) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.0.files.insert(path.to_owned(), bytes);
        now.1.push(path.to_owned());
    }

    fn keep(&self, file: &Kept, beside: &[Kept]) -> bool {
        let files = std::iter::once(file).chain(beside);
        let there = files.map(|kept| {
            let bytes = self.before.files.get(&kept.path);
            let bytes = bytes.filter(|bytes| Fingerprint::of(bytes) == kept.bytes)?;
            Some((kept.path.clone(), Arc::clone(bytes)))
        });
        let Some(there) = there.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.0.files.extend(there);
        true
    }
}

impl Shelf {
    /// Builds a story. What fails is not published.
    pub fn publish(&mut self, story: &Story) -> Built {
        self.publish_with(story, &story.files)
    }

    /// The same with these files in place of the story's own.
    pub(crate) fn publish_with(&mut self, story: &Story, files: &Files) -> Built {
        let program = Fingerprint::of(b"this program");
        let mut memory = Memory {
            ledger: Some(Ledger::after(self.ledger.clone(), program)),
            ..Memory::for_one_build()
        };
        let source = story.source(files.clone());
        let publishing = Publishing {
            before: &self.published,
            now: Mutex::default(),
        };
        let mut build = build_into(&source, &story.options(), &mut memory, &publishing);
        let now = publishing.now.into_inner();
        let (published, mut made) = now.unwrap_or_else(PoisonError::into_inner);
        made.sort();
        self.made = made;
        if !build.failed() {
            let ledger = memory.ledger.as_ref();
            let parts = ledger.and_then(|ledger| ledger.parts(program, &Stamps::new()));
            self.ledger = parts.map(|parts| parts.iter().flatten().copied().collect());
            build.output = published.clone();
            self.published = published;
        }
        Built::of(build, &source)
    }
}
