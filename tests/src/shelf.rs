//! A folder that is published into again and again, each time by another process: all that is left in between is the
//! files and the ledger.

use std::io::{self, Write};
use std::mem;
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
    /// The head of the ledger, and its texts.
    ledger: Option<(Vec<u8>, Vec<u8>)>,
    /// The files that the last build had to make.
    pub made: Vec<String>,
}

/// Where a ledger writes its texts.
#[derive(Clone, Default)]
struct Texts(Arc<Mutex<Vec<u8>>>);

impl Write for Texts {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        texts.write(piece)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
        let texts = Texts::default();
        let mut memory = Memory {
            ledger: Some(Ledger::after(self.ledger.clone(), program, texts.clone())),
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
            let texts = mem::take(&mut *texts.0.lock().unwrap_or_else(PoisonError::into_inner));
            let of_texts = Fingerprint::of(&texts);
            let ledger = memory.ledger.as_ref();
            let head = ledger.and_then(|ledger| ledger.head(program, of_texts, &Stamps::new()));
            self.ledger = head.map(|head| (head, texts));
            build.output = published.clone();
            self.published = published;
        }
        Built::of(build, &source)
    }
}
