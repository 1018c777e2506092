//! The plan carried out: every order becomes a job when it is its turn, its file is rendered and handed over, and at
//! the end the links of all pages are checked. Gives what is left to know when the files are gone. A shard does so
//! for its share of the plan, and also gives what is to be known of that when all shares are put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::compress;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::link_check::{self, PageLinks};
use crate::memory::Memory;
use crate::output::Sink;
use crate::plan::{Job, Made, Plan, Planned};
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
    let is_listed =
        |job: &Job| config.publish.redirects_file && matches!(job, Job::Redirect { .. });
    let is_wanted = |path: &str| shard.is_none_or(|shard| shard.makes(path));
    let wanted = plan.orders.keys().filter(|path| is_wanted(path)).count();
    memory.progress.begin("files made", wanted);
    let done: Vec<Left<'_>> = plan
        .orders
        .par_iter()
        .filter(|(path, _)| is_wanted(path))
        .map(|(path, planned)| {
            let Made { job, diagnostics } = plan.job(planned);
            let mut left = Left {
                path,
                planned,
                links: None,
                wrong: diagnostics,
                failed: None,
            };
            match remembered(&press, &job, memory) {
                // The site's host has them in a list.
                Ok(_) if is_listed(&job) => {}
                Ok(rendered) => {
                    if matches!(*job, Job::Page(_)) {
                        left.links = Some(files.links(path, &rendered));
                    }
                    hand_over(path, &rendered.bytes, plan, config, memory, sink);
                }
                Err(failed) => left.failed = Some(Box::new(failed)),
            }
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
            pages.insert(path, (links, origin));
        }
    }
    let hrefs = |path: &str| plan.hrefs(&plan.orders[path]);
    let known = &finished.diagnostics;
    let broken = link_check::check(&pages, &files, hrefs, config.broken_links, known);
    finished.diagnostics.extend(broken);
    finished
}

/// What is left of an order when its file has been handed over.
struct Left<'a> {
    path: &'a str,
    planned: &'a Planned,
    /// Of a page.
    links: Option<PageLinks>,
    wrong: Vec<Diagnostic>,
    failed: Option<Box<Diagnostic>>,
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
        Some(DonePage { links, hrefs })
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

/// Hands over a file, and beside it the encodings in which the site's host wants it.
fn hand_over(
    path: &str,
    bytes: &Arc<[u8]>,
    plan: &Plan<'_>,
    config: &Config,
    memory: &Memory,
    sink: &dyn Sink,
) {
    if sink.takes_encodings() {
        let encodings = &config.publish.precompress;
        let cache = memory.images.cache.as_ref();
        let beside = compress::beside(path, bytes, encodings, cache);
        // A file of the site's own with such a name stays.
        let beside = beside.filter(|(path, _)| !plan.orders.contains_key(path));
        beside.for_each(|(path, bytes)| sink.put(&path, bytes));
    }
    sink.put(path, Arc::clone(bytes));
}
