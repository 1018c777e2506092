//! Tallypress turns Markdown articles into a static site in which the numbers
//! are computed, not typed.
//!
//! [`build`] is the whole flow: pure functions from a [`SourceTree`] to an
//! [`OutputTree`]. Only [`source`] and [`output`] touch the disk (and
//! [`watch`] and [`serve`], which repeat the flow). ARCHITECTURE.md explains
//! the parts.

#[macro_use]
pub mod say;

pub mod address;
pub mod alternate;
pub mod archetype;
pub mod assets;
pub mod authors;
pub mod cache;
pub mod calculator;
pub mod check;
pub mod cli;
pub mod compress;
pub mod config;
pub mod content;
pub mod data;
pub mod date;
pub mod diagnostic;
pub mod estimate;
pub mod explain;
pub mod external_links;
pub mod feed;
pub mod fields;
pub mod hash;
pub mod html;
pub mod images;
pub mod import;
pub mod json_ld;
pub mod last_build;
pub mod link_check;
pub mod list;
pub mod memory;
pub mod methodology;
pub mod models;
pub mod output;
pub mod page;
pub mod plan;
pub mod policy;
pub mod render;
pub mod report;
pub mod rules;
pub mod schema;
pub mod search;
pub mod serve;
pub mod share_images;
pub mod site;
pub mod sitemap;
pub mod source;
pub mod stamp;
pub mod starter;
pub mod store;
pub mod theme;
pub mod variables;
pub mod view;
pub mod watch;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::address::{Address, BaseUrl};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::hash::Hasher;
use crate::link_check::PageLinks;
use crate::memory::{Memory, ParsedPage};
use crate::output::{Collector, OutputTree, Sink};
use crate::page::Page;
use crate::plan::{Job, Made, Material, Plan, Planned};
use crate::render::{Press, Rendered};
use crate::search::Digest;
use crate::site::{Due, Publication, Site, Why, Withheld};
use crate::source::{File, SourceTree, is_page};
use crate::theme::Theme;

/// What a build depends on besides the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// Instead of the one in `site.toml`.
    pub base_url: Option<BaseUrl>,
    pub publication: Publication,
    /// Whether the site is only to be looked at, so that search engines are to leave it out. One with drafts is.
    pub preview: bool,
}

/// A finished site, or what is wrong with it.
#[derive(Debug, Default)]
pub struct Build {
    /// Nothing is in it if there was an error, or if the files were handed to a [`Sink`].
    pub output: OutputTree,
    /// Pages made by a template.
    pub pages: usize,
    /// For each page's file, the source that it is made from.
    pub origins: BTreeMap<String, String>,
    /// Source files of pages that are not published now, with the reason.
    pub withheld: Vec<(String, Withheld)>,
    /// Pages that are in it because drafts are, with the reason why they would not be.
    pub previewed: Vec<(Address, Why)>,
    /// When a build would next come out otherwise although no file has changed.
    pub next_due: Option<Due>,
    /// Files that pages show as pictures, by source path; readers get them in other sizes.
    pub pictured: BTreeSet<String>,
    /// In reading order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Build {
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Builds a site. `memory` only saves time: the result is the same with a new one.
pub fn build(source: &SourceTree, options: &Options, memory: &mut Memory) -> Build {
    let output = Collector::default();
    let mut build = build_into(source, options, memory, &output);
    if !build.failed() {
        build.output = output.into_tree();
    }
    build
}

/// The same with every file handed over as soon as it is finished, on any thread. If the build fails, what was
/// handed over is not to be published.
pub fn build_into(
    source: &SourceTree,
    options: &Options,
    memory: &mut Memory,
    sink: &dyn Sink,
) -> Build {
    let mut diagnostics = Vec::new();
    let mut note = |more: Vec<Diagnostic>| diagnostics.extend(more);

    let (mut config, wrong) = config::parse(source, options.base_url.as_ref());
    note(wrong);
    config.preview = options.preview || options.publication.drafts;
    let (site, wrong) = assemble(source, &config, options.publication, memory);
    note(wrong);
    let (models, wrong) = models::load(source, &config, &memory.models);
    note(wrong);
    let (data, wrong) = data::load(source);
    note(wrong);
    let (images, wrong) = images::prepare(&site, &config, source, &memory.images);
    note(wrong);

    let build = match Theme::load(source, &config.theme) {
        Err(wrong) => {
            note(wrong);
            // What is wrong with the texts should not come to light one mistake after another.
            note(site::Links::new(&site, &config).broken(&site));
            Build::default()
        }
        Ok(theme) => {
            let digests = match plan::has_search(&config, &theme) {
                true => digests(&site, memory),
                false => Vec::new(),
            };
            let (variables, wrong) = variables::of_site(&theme, &config, source);
            note(wrong);
            let (words, wrong) = words::of_site(&theme, &config);
            note(wrong);
            let cache = memory.images.cache.as_ref();
            let kept = &memory.share_images;
            let (share_images, wrong) =
                share_images::prepare(&site, &config, &theme, &variables[0], source, kept, cache);
            note(wrong);
            let material = Material {
                models: &models,
                data: &data,
                images: &images,
                share_images: &share_images,
                variables: &variables,
                words: &words,
                digests: &digests,
            };
            let (plan, wrong) = plan::plan(&site, &config, &theme, material, source);
            let (build, wrong) = finish(&plan, wrong, &config, &theme, memory, sink);
            note(wrong);
            build
        }
    };
    memory.forget_unused();

    diagnostics.sort_by_cached_key(Diagnostic::reading_order);
    // A file that several pages include is wrong once.
    diagnostics.dedup();
    let mut build = Build {
        withheld: site.withheld.into_iter().collect(),
        previewed: site.previewed,
        pictured: images.sources(),
        next_due: site.next_due,
        diagnostics,
        ..build
    };
    if build.failed() {
        build.origins.clear();
    }
    build
}

/// Reads every page and puts them together.
pub fn assemble(
    source: &SourceTree,
    config: &Config,
    publication: Publication,
    memory: &Memory,
) -> (Site, Vec<Diagnostic>) {
    let (pages, mut diagnostics) = parse_pages(source, config, memory);
    let (authors, wrong) = authors::load(source);
    diagnostics.extend(wrong);
    let files = site::colocated(source);
    let (site, wrong) = site::assemble(pages, files, authors, config, publication);
    diagnostics.extend(wrong);
    (site, diagnostics)
}

/// Parses every Markdown file that is new or has changed.
fn parse_pages(
    source: &SourceTree,
    config: &Config,
    memory: &Memory,
) -> (Vec<Arc<Page>>, Vec<Diagnostic>) {
    let files: Vec<(&str, &File)> = source
        .below("content/")
        .filter(|(path, _)| is_page(path))
        .collect();
    let languages = config.other_languages();
    let parsed: Vec<ParsedPage> = files
        .into_par_iter()
        .map(|(path, file)| {
            let (bytes, unreadable) = match file.once(path) {
                Ok(bytes) => (bytes, None),
                Err(unreadable) => (Arc::default(), Some(unreadable)),
            };
            let (text, not_text) = match SourceTree::text(path, &bytes) {
                Ok(text) => (text, unreadable),
                Err(not_text) => ("", Some(not_text)),
            };
            let included = page::included(path, text, source);
            let mut key = Hasher::default();
            key.add(path.as_bytes());
            key.add(&bytes);
            key.add(&config.markdown.key());
            key.add(languages.join(" ").as_bytes());
            for (path, text) in &included {
                key.add(path.as_bytes());
                key.add(&[u8::from(text.is_some())]);
                key.add(text.unwrap_or_default().as_bytes());
            }
            let (page, mut wrong) = memory.pages.get_or_make(key.finish(), || {
                let (page, wrong) = page::parse(path, text, &included, &languages, config.markdown);
                (Arc::new(page), wrong)
            });
            wrong.extend(not_text);
            (page, wrong)
        })
        .collect();
    let (pages, wrong): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    (pages, wrong.into_iter().flatten().collect())
}

/// What every page has to say to a search, where it is new or has changed.
fn digests(site: &Site, memory: &Memory) -> Vec<Arc<Digest>> {
    let pages = site.pages.par_iter();
    pages
        .map(|placed| {
            let words = Digest::source(&placed.page);
            let make = || Arc::new(Digest::of(&words));
            memory.digests.get_or_make(words.key(), make)
        })
        .collect()
}

/// Makes every file, hands it over, and checks the links of the pages. `wrong` is what the plan found.
fn finish(
    plan: &Plan<'_>,
    wrong: Vec<Diagnostic>,
    config: &Config,
    theme: &Theme,
    memory: &Memory,
    sink: &dyn Sink,
) -> (Build, Vec<Diagnostic>) {
    let press = match Press::new(theme, plan.shared()) {
        Ok(press) => press,
        Err(unusable) => return (Build::default(), [wrong, vec![unusable]].concat()),
    };
    let files = link_check::Files::new(plan.orders.keys(), &config.base_url);
    let is_listed =
        |job: &Job| config.publish.redirects_file && matches!(job, Job::Redirect { .. });
    let finished: Vec<Finished<'_>> = plan
        .orders
        .par_iter()
        .map(|(path, planned)| {
            let Made { job, diagnostics } = plan.job(planned);
            let mut finished = Finished {
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
                        finished.links = Some(files.links(path, &rendered));
                    }
                    hand_over(path, &rendered.bytes, plan, config, memory, sink);
                }
                Err(failed) => finished.failed = Some(failed),
            }
            finished
        })
        .collect();

    let mut wrong = wrong;
    let mut build = Build::default();
    let mut failures: Vec<Diagnostic> = Vec::new();
    let mut pages = link_check::Pages::new();
    for finished in finished {
        let path = finished.path;
        wrong.extend(finished.wrong);
        // One mistake in a template shows on every page it makes.
        if let Some(failed) = finished.failed.filter(|failed| !failures.contains(failed)) {
            let help = format!("this came up when making `{path}`");
            wrong.push(failed.clone().help(help));
            failures.push(failed);
        }
        if let Some(links) = finished.links {
            let origin = finished.planned.place.path.clone();
            build.pages += 1;
            build.origins.insert(path.to_owned(), origin);
            pages.insert(path, (links, finished.planned));
        }
    }
    let mut broken = link_check::check(&pages, &files, plan, config.broken_links);
    // A target without a source leads nowhere on the finished page either.
    broken.retain(|one| !wrong.iter().any(|known| known.is_at(one)));
    wrong.extend(broken);
    (build, wrong)
}

/// What is left of an order when its file has been handed over.
struct Finished<'a> {
    path: &'a str,
    planned: &'a Planned,
    /// Of a page.
    links: Option<PageLinks>,
    wrong: Vec<Diagnostic>,
    failed: Option<Diagnostic>,
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
