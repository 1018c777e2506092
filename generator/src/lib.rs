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
pub mod finish;
pub mod hash;
pub mod html;
pub mod images;
pub mod import;
pub mod json_ld;
pub mod last_build;
pub mod link_check;
pub mod list;
pub mod memory;
pub mod merge;
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
pub mod shard;
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
use crate::memory::{Memory, ParsedPage};
use crate::output::{Collector, OutputTree, Sink};
use crate::page::Page;
use crate::plan::Material;
use crate::search::Digest;
use crate::shard::{Shard, Share};
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
    /// Which share of the files is made; all of them if there is none.
    pub shard: Option<Shard>,
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
    /// Of a shard: what is to be known when it is put together with the others.
    pub share: Option<Share>,
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

    let mut build = match Theme::load(source, &config.theme) {
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
            let shard = options.shard;
            let finished = finish::finish(&plan, wrong, &config, &theme, memory, shard, sink);
            Build {
                pages: finished.pages,
                origins: finished.origins,
                diagnostics: finished.diagnostics,
                share: finished.share,
                ..Build::default()
            }
        }
    };
    memory.forget_unused();

    if let Some(share) = &mut build.share {
        share.in_site.clone_from(&diagnostics);
    }
    diagnostics.append(&mut build.diagnostics);
    let mut build = Build {
        withheld: site.withheld.into_iter().collect(),
        previewed: site.previewed,
        pictured: images.sources(),
        next_due: site.next_due,
        diagnostics: diagnostic::in_reading_order(diagnostics),
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
