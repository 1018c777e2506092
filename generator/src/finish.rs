//! The plan carried out: every order becomes a job when it is its turn, its file is rendered and handed over, and at
//! the end the links of all pages are checked. Gives what is left to know when the files are gone. A shard does so
//! for its share of the plan, and also gives what is to be known of that when all shares are put together.

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use rayon::prelude::*;

use crate::compress;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::hash::{Fingerprint, Hasher};
use crate::ledger::{Ledger, Made};
use crate::link_check::{self, PageLinks};
use crate::memory::Memory;
use crate::output::{Kept, Sink};
use crate::plan::{Job, Plan, Planned};
use crate::render::{Press, Rendered};
use crate::shard::{Done, DonePage, Shard, Share};
use crate::theme::Theme;

/// What is known of a site whose files have been handed over.
#[derive(Default)]
pub struct Finished {
    /// Pages made by a template.
    pub pages: usize,
    /// For each page's file, the source that it is made from.
    pub origins: BTreeMap<String, String>,
    pub diagnostics: Vec<Diagnostic>,
    /// Of a shard.
    pub share: Option<Share>,
}

/// Makes every file, or those of a shard, hands them over, and checks the links of the pages. `wrong` is what the
/// plan found.
pub fn finish(
    plan: &Plan<'_>,
    wrong: Vec<Diagnostic>,
    config: &Config,
    theme: &Theme,
    memory: &Memory,
    shard: Option<Shard>,
    sink: &dyn Sink,
) -> Finished {
    let press = match Press::new(theme, plan.shared()) {
        Ok(press) => press,
        Err(unusable) => {
            return Finished {
                diagnostics: [wrong, vec![unusable]].concat(),
                ..Finished::default()
            };
        }
    };
    let files = link_check::Files::new(plan.orders.keys(), &config.base_url);
    let work = Work {
        plan,
        press,
        config,
        files: &files,
        memory,
        sink,
        // A page that stays as it is has links that are not looked at again.
        keeps: memory
            .ledger
            .as_ref()
            .is_some_and(|ledger| keeps(ledger, &files)),
    };
    let is_wanted = |path: &str| shard.is_none_or(|shard| shard.makes(path));
    let wanted = plan.orders.keys().filter(|path| is_wanted(path)).count();
    memory.progress.begin("files made", wanted);
    let mut done: Vec<Left<'_>> = plan
        .orders
        .par_iter()
        .filter(|(path, _)| is_wanted(path))
        .map(|(path, planned)| {
            let left = work.carry_out(path, planned);
            memory.progress.step();
            left
        })
        .collect();

    let mut finished = Finished {
        share: shard.map(|_| share(plan, &wrong, config, &done)),
        diagnostics: wrong,
        ..Finished::default()
    };
    let mut failures: Vec<Diagnostic> = Vec::new();
    let mut pages = link_check::Pages::new();
    for left in &done {
        let path = left.path;
        finished.diagnostics.extend_from_slice(&left.wrong);
        // One mistake in a template shows on every page it makes.
        let failed = left.failed.as_deref();
        if let Some(failed) = failed.filter(|failed| !failures.contains(failed)) {
            let help = format!("this came up when making `{path}`");
            finished.diagnostics.push(failed.clone().help(help));
            failures.push(failed.clone());
        }
        if let Some(links) = &left.links {
            let origin = &left.planned.place.path;
            finished.pages += 1;
            finished.origins.insert(path.to_owned(), origin.clone());
            pages.insert(path, (&**links, origin));
        }
    }
    let hrefs = |path: &str| plan.hrefs(&plan.orders[path]);
    let known = &finished.diagnostics;
    let broken = link_check::check(&pages, &files, hrefs, config.broken_links, known);
    finished.diagnostics.extend(broken);
    if let Some(ledger) = &memory.ledger {
        let made = done.iter_mut().filter_map(|left| left.made.take());
        ledger.note_files(made.collect(), files.linked());
    }
    finished
}

/// Whether pages that the last build made may stay: not if one of them may lead to a file that is gone. What led
/// somewhere then still does.
fn keeps(ledger: &Ledger, files: &link_check::Files<'_>) -> bool {
    let mut linked = ledger.linked().iter();
    linked.all(|path| files.note_link(path))
}

/// What orders are carried out with.
struct Work<'a> {
    plan: &'a Plan<'a>,
    press: Press<'a>,
    config: &'a Config,
    files: &'a link_check::Files<'a>,
    memory: &'a Memory,
    sink: &'a dyn Sink,
    /// Whether files may stay that the last build made.
    keeps: bool,
}

impl<'a> Work<'a> {
    /// Hands over the file of an order, unless it is there already.
    fn carry_out(&self, path: &'a str, planned: &'a Planned) -> Left<'a> {
        let ledger = self.memory.ledger.as_ref();
        let mut made = match ledger {
            Some(_) => self.plan.outline(planned),
            None => self.plan.job(planned),
        };
        let mut left = Left {
            path,
            planned,
            links: None,
            wrong: mem::take(&mut made.diagnostics),
            failed: None,
            made: None,
        };
        let mut key = ledger.and_then(|ledger| Some((ledger, self.key(path, &made.job)?)));
        if let Some(kept) = key.and_then(|(ledger, key)| self.kept(ledger, path, key)) {
            left.links.clone_from(&kept.links);
            left.made = Some(kept);
            return left;
        }
        if made.is_outline {
            made = self.plan.job(planned);
            // A text that was changed while the site was being built is not the one that the outline is of.
            key = key.filter(|(_, key)| self.key(path, &made.job) == Some(*key));
        }
        match remembered(&self.press, &made.job, self.memory) {
            // The site's host has them in a list.
            Ok(_) if self.is_listed(&made.job) => {}
            Ok(rendered) => {
                if matches!(*made.job, Job::Page(_)) {
                    left.links = Some(Arc::new(self.files.links(path, &rendered)));
                }
                let beside = self.hand_over(path, &rendered.bytes);
                let beside = beside.iter();
                left.made = key.map(|(_, key)| {
                    Arc::new(Made {
                        file: Kept::of(path, &rendered.bytes),
                        key,
                        beside: beside.map(|(path, bytes)| Kept::of(path, bytes)).collect(),
                        links: left.links.clone(),
                    })
                });
            }
            Err(failed) => left.failed = Some(Box::new(failed)),
        }
        left
    }

    /// A fingerprint of everything that a file and those beside it are made from; `None` if there will be no file.
    fn key(&self, path: &str, job: &Job) -> Option<Fingerprint> {
        let key = match job {
            job if self.is_listed(job) => return None,
            Job::Copy(bytes) => Fingerprint::of(bytes),
            Job::Redirect { path, permalink } => {
                let mut hasher = Hasher::of(path.as_bytes());
                hasher.add(permalink.as_bytes());
                hasher.finish()
            }
            job => self.press.key(job)?,
        };
        let encodings = &self.config.publish.precompress;
        if encodings.is_empty() {
            return Some(key);
        }
        let mut hasher = Hasher::of(&key.bytes());
        for path in compress::paths(path, encodings).filter(|path| self.is_free(path)) {
            hasher.add(path.as_bytes());
        }
        Some(hasher.finish())
    }

    /// A file that the last build made from the same, if it is still there.
    fn kept(&self, ledger: &Ledger, path: &str, key: Fingerprint) -> Option<Arc<Made>> {
        let made = ledger
            .made(path)
            .filter(|made| self.keeps && made.key == key)?;
        let stays = self.sink.keep(&made.file, &made.beside);
        stays.then(|| Arc::clone(made))
    }

    /// Hands over a file, and beside it the encodings in which the site's host wants it, which it gives.
    fn hand_over(&self, path: &str, bytes: &Arc<[u8]>) -> Vec<(String, Arc<[u8]>)> {
        let mut encoded = Vec::new();
        if self.sink.takes_encodings() {
            let encodings = &self.config.publish.precompress;
            let cache = self.memory.images.cache.as_ref();
            let beside = compress::beside(path, bytes, encodings, cache);
            encoded.extend(beside.filter(|(path, _)| self.is_free(path)));
        }
        for (path, bytes) in &encoded {
            self.sink.put(path, Arc::clone(bytes));
        }
        self.sink.put(path, Arc::clone(bytes));
        encoded
    }

    /// Whether the site has no file of its own at a path.
    fn is_free(&self, path: &str) -> bool {
        !self.plan.orders.contains_key(path)
    }

    /// Whether a job is a line in a list of the site's host, and no file.
    fn is_listed(&self, job: &Job) -> bool {
        self.config.publish.redirects_file && matches!(job, Job::Redirect { .. })
    }
}

/// What is left of an order when its file has been handed over.
struct Left<'a> {
    path: &'a str,
    planned: &'a Planned,
    /// Of a page.
    links: Option<Arc<PageLinks>>,
    wrong: Vec<Diagnostic>,
    failed: Option<Box<Diagnostic>>,
    /// For the next build.
    made: Option<Arc<Made>>,
}

/// What is to be known of a shard's files when all are put together.
fn share(plan: &Plan<'_>, wrong: &[Diagnostic], config: &Config, done: &[Left<'_>]) -> Share {
    let page = |left: &Left<'_>| {
        let links = left.links.clone()?;
        let hrefs = match links.open().is_empty() {
            true => Vec::new(),
            false => plan.hrefs(left.planned),
        };
        let placed = |link: &String| {
            let places = link_check::places(link, &hrefs);
            let placed = places.map(|place| (link.clone(), place.clone()));
            placed.collect::<Vec<_>>()
        };
        let hrefs = links.open().iter().flat_map(placed).collect();
        Some(DonePage {
            links: Arc::unwrap_or_clone(links),
            hrefs,
        })
    };
    let done = done.par_iter().map(|left| {
        let done = Done {
            source: left.planned.place.path.clone(),
            page: page(left),
            diagnostics: left.wrong.clone(),
        };
        (left.path.to_owned(), done)
    });
    Share {
        base_url: config.base_url.clone(),
        broken_links: config.broken_links,
        in_site: Vec::new(),
        in_plan: wrong.to_vec(),
        done: done.collect(),
    }
}

/// Renders a job that is new or has changed.
fn remembered(press: &Press<'_>, job: &Job, memory: &Memory) -> Result<Arc<Rendered>, Diagnostic> {
    let key = memory.rendered.keeps().then(|| press.key(job)).flatten();
    if let Some(remembered) = key.and_then(|key| memory.rendered.get(key)) {
        return Ok(remembered);
    }
    let rendered = press.render(job).map(Arc::new)?;
    if let Some(key) = key {
        memory.rendered.keep(key, Arc::clone(&rendered));
    }
    Ok(rendered)
}
