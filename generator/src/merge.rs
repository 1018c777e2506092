//! The shards of a build put together: from their folders to the very folder that a single build makes. What only all
//! pages together can tell, which links between shards lead nowhere, is found out here.

mod excerpts;
mod record;

pub use record::{build_shard, holds_a_site};

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic};
use crate::hash::Fingerprint;
use crate::last_build::Outcome;
use crate::link_check::{self, Files, Pages};
use crate::output::{PublishError, Published, Publisher, Sink};
use crate::shard::{Done, Shard};
use excerpts::Excerpts;
use record::Record;

/// So many shards that are missing are named.
const NAMED: usize = 8;

/// What came of shards that were to be put together.
pub struct Merged {
    /// Of the whole site.
    pub outcome: Outcome,
    /// What of the sources its diagnostics are about.
    pub texts: BTreeMap<String, String>,
    pub published: Result<Published, Option<PublishError>>,
}

impl Merged {
    fn refused(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            outcome: Outcome {
                diagnostics,
                ..Outcome::default()
            },
            texts: BTreeMap::new(),
            published: Err(None),
        }
    }
}

/// A shard that lies in a folder.
struct Opened<'a> {
    folder: &'a Path,
    record: Record,
}

/// Publishes what the shards in some folders make up.
pub fn merge(folders: &[PathBuf], out: &Path) -> Merged {
    let (mut shards, mut refused) = (Vec::new(), Vec::new());
    let records = folders.par_iter().map(|folder| Record::read(folder));
    let records: Vec<Result<Record, Diagnostic>> = records.collect();
    for (folder, record) in folders.iter().zip(records) {
        match record {
            Ok(record) => shards.push(Opened { folder, record }),
            Err(why) => refused.push(why),
        }
    }
    refused.extend(misfits(&shards));
    if refused.is_empty() {
        refused.extend(missing(&shards));
    }
    if !refused.is_empty() {
        return Merged::refused(refused);
    }

    let (pages, diagnostics) = found(&shards);
    let mut excerpts = Excerpts::default();
    for shard in &mut shards {
        excerpts.add(mem::take(&mut shard.record.excerpts));
    }
    let within = |diagnostic| excerpts.within(diagnostic);
    let mut outcome = Outcome {
        pages,
        diagnostics: diagnostics.into_iter().map(within).collect(),
        ..Outcome::default()
    };
    // They are the same in all shards.
    if let Some(Opened { record, .. }) = shards.first_mut() {
        outcome.withheld = mem::take(&mut record.withheld);
        outcome.next_due = record.next_due.take();
    }
    let published = match outcome.diagnostics.iter().any(Diagnostic::is_error) {
        true => Err(None),
        false => {
            let publisher = Publisher::to(out);
            let damaged = hand_over(&shards, &publisher);
            match damaged.is_empty() {
                true => publisher.finish().map_err(Some),
                false => {
                    outcome.diagnostics.extend(damaged);
                    Err(publisher.abandon().err())
                }
            }
        }
    };
    outcome.files = published.as_ref().map_or(0, Published::files);
    Merged {
        outcome,
        texts: excerpts.texts(),
        published,
    }
}

/// Why shards cannot be those of one build.
fn misfits(shards: &[Opened<'_>]) -> Vec<Diagnostic> {
    let Some((first, others)) = shards.split_first() else {
        return Vec::new();
    };
    let differ = others.iter().filter_map(|shard| shard.differs_from(first));
    let mut wrong: Vec<Diagnostic> = differ.collect();
    let mut known: BTreeMap<Shard, &Path> = BTreeMap::new();
    for Opened { folder, record } in shards {
        if let Some(other) = known.insert(record.shard, folder) {
            let message = format!("this is shard {}, and so is another", record.shard);
            wrong.push(
                Diagnostic::error(message)
                    .in_file(&folder.display().to_string())
                    .label(format!("the other is `{}`", other.display()))
                    .help("name the folder of each shard once"),
            );
        }
    }
    wrong
}

/// Which of the shards of one build are not there.
fn missing(shards: &[Opened<'_>]) -> Option<Diagnostic> {
    let of = shards.first()?.record.shard.of;
    let there = shards.iter().map(|shard| shard.record.shard.number);
    let there: BTreeSet<u64> = there.collect();
    let missing = (1..=of).filter(|number| !there.contains(number));
    let missing = missing.map(|number| Shard { number, of }.to_string());
    let named: Vec<String> = missing.take(NAMED).collect();
    let first = named.first()?;
    let names = named.join(", ");
    let message = match of - shards.len() as u64 {
        1 => format!("shard {names} is missing"),
        all if all > NAMED as u64 => {
            format!("shards {names} and {} more are missing", all - NAMED as u64)
        }
        _ => format!("shards {names} are missing"),
    };
    let help = format!(
        "name the folders of all {of} shards; `tallypress build --shard {first}` makes the first that is missing"
    );
    Some(Diagnostic::error(message).help(help))
}

impl Opened<'_> {
    /// Why they cannot be of one build.
    fn differs_from(&self, first: &Self) -> Option<Diagnostic> {
        let (ours, theirs) = (&self.record, &first.record);
        let first = first.folder.display();
        let (message, help) = if ours.shard.of != theirs.shard.of {
            let message = format!(
                "this is shard {}, and `{first}` is shard {}",
                ours.shard, theirs.shard
            );
            (message, "merge shards of one number")
        } else if ours.program != theirs.program {
            let message = format!("this shard was built by another program than `{first}`");
            let help = "compile the program once, and run copies of that file";
            (message, help)
        } else if ours.options != theirs.options {
            let message = format!("this shard was built with other options than `{first}`");
            let help = "give all shards the same --base-url, --drafts and --preview";
            (message, help)
        } else if ours.source != theirs.source {
            let message = format!("this shard was built from other files than `{first}`");
            (message, "build all shards from the same state of the site")
        } else if (&ours.withheld, &ours.next_due) != (&theirs.withheld, &theirs.next_due) {
            let message =
                format!("this shard was built when other pages were due than in `{first}`");
            (message, "give all shards the same moment with --now")
        } else {
            return None;
        };
        let diagnostic = Diagnostic::error(message).help(help);
        Some(diagnostic.in_file(&self.folder.display().to_string()))
    }
}

/// How many pages the site has, and what a single build finds wrong with it.
fn found(shards: &[Opened<'_>]) -> (usize, Vec<Diagnostic>) {
    let Some(first) = shards.first().map(|first| &first.record.share) else {
        return Default::default();
    };
    let done = shards.iter().flat_map(|shard| &shard.record.share.done);
    let done: BTreeMap<&String, &Done> = done.collect();
    let files = Files::new(done.keys().copied(), &first.base_url);
    let pages = done.iter().filter_map(|(path, done)| {
        let page = done.page.as_ref()?;
        Some((path.as_str(), (&page.links, done.source.as_str())))
    });
    let pages: Pages<'_> = pages.collect();
    let hrefs = |path: &str| {
        let page = done
            .get(&path.to_owned())
            .and_then(|done| done.page.as_ref());
        page.map_or_else(Vec::new, |page| page.hrefs.clone())
    };
    let mut known = first.in_plan.clone();
    known.extend(done.values().flat_map(|done| done.diagnostics.clone()));
    let broken = link_check::check(&pages, &files, hrefs, first.broken_links, &known);
    let diagnostics = [first.in_site.clone(), known, broken].concat();
    (pages.len(), diagnostic::in_reading_order(diagnostics))
}

/// Gives every file of every shard to the one who publishes the site, and says what is wrong with those that are not
/// what they were.
fn hand_over(shards: &[Opened<'_>], publisher: &Publisher) -> Vec<Diagnostic> {
    let damaged = shards.iter().filter_map(|Opened { folder, record }| {
        let files = record.files.par_iter();
        let wrong = files.filter_map(|(path, fingerprint)| match bytes(&folder.join(path)) {
            Err(error) => Some(format!("`{path}`: {error}")),
            Ok(bytes) if Fingerprint::of(&bytes).to_string() != *fingerprint => {
                Some(format!("`{path}` is not as it was built"))
            }
            Ok(bytes) => {
                publisher.put(path, bytes);
                None
            }
        });
        let wrong: Vec<String> = wrong.collect();
        let (first, more) = wrong.split_first()?;
        let label = match more.len() {
            0 => first.clone(),
            more => format!("{first} (and {more} more of its files)"),
        };
        let damaged = Diagnostic::error("this shard is damaged").label(label);
        let damaged = damaged.help("copy it again, or build it again");
        Some(damaged.in_file(&folder.display().to_string()))
    });
    damaged.collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "reads back what `output` wrote into a folder of ours"
)]
fn bytes(file: &Path) -> io::Result<Arc<[u8]>> {
    fs::read(file).map(Arc::from)
}
