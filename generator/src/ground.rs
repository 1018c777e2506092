//! All that the files of a site are made from, before anybody has decided which files these are: texts put together,
//! and what pages show besides texts. The plan of the files stands on it.

use std::sync::Arc;

use rayon::prelude::*;
use self_cell::self_cell;
use serde_json::Value as Json;

use crate::address::BaseUrl;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::fields::Table;
use crate::hash::Fingerprint;
use crate::images::{self, Images};
use crate::memory::{Memory, ParsedPage};
use crate::models::{self, Models};
use crate::page::{self, Draft, Page, Reading};
use crate::plan::{self, Material, Plan};
use crate::search::Digest;
use crate::shard::Shard;
use crate::share_images::{self, ShareImages};
use crate::site::{self, Publication, Relations, Site};
use crate::source::{File, SourceTree, is_page};
use crate::theme::Theme;
use crate::variables::{self, Variables};
use crate::words::{self, Words};
use crate::{authors, data};

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

/// What the files of a site are made from.
pub struct Ground {
    source: SourceTree,
    pub config: Config,
    pub site: Site,
    models: Models,
    data: Json,
    images: Images,
    /// None if the theme does not load.
    look: Option<Look>,
}

self_cell!(
    /// A ground with the plan that stands on it, if there can be one, and what is wrong with that.
    pub struct Layout {
        owner: Ground,
        #[covariant]
        dependent: Planned,
    }
);

type Planned<'a> = Option<(Plan<'a>, Vec<Diagnostic>)>;

impl Layout {
    pub fn of(ground: Ground) -> Self {
        Self::new(ground, Ground::plan)
    }

    pub fn ground(&self) -> &Ground {
        self.borrow_owner()
    }

    pub fn plan(&self) -> &Planned<'_> {
        self.borrow_dependent()
    }
}

/// A theme, and what depends on it.
struct Look {
    theme: Theme,
    variables: Variables,
    words: Vec<Words>,
    share_images: ShareImages,
    /// Of the site's pages, in their order; empty if there is no search.
    digests: Vec<Arc<Digest>>,
}

impl Ground {
    /// Reads and puts together all that there is. What is wrong with one part keeps no other from being looked at.
    pub fn prepare(
        source: &SourceTree,
        options: &Options,
        memory: &Memory,
    ) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut note = |more: Vec<Diagnostic>| diagnostics.extend(more);

        let (mut config, wrong) = config::parse(source, options.base_url.as_ref());
        note(wrong);
        config.preview = options.preview || options.publication.drafts;
        let theme = Theme::load(source, &config.theme);
        let wanted = theme.as_ref().map_or(Relations::ALL, |theme| Relations {
            related: theme.mentions("related"),
            backlinks: theme.mentions("backlinks"),
        });
        let (site, wrong) = assemble(source, &config, options.publication, wanted, memory);
        note(wrong);
        let (models, wrong) = models::load(source, &config, &memory.models);
        note(wrong);
        let (data, wrong) = data::load(source);
        note(wrong);
        let (images, wrong) = images::prepare(&site, &config, source, &memory.images);
        note(wrong);
        let look = match theme {
            Ok(theme) => {
                let (look, wrong) = Look::of(theme, &site, &config, source, memory);
                note(wrong);
                Some(look)
            }
            Err(wrong) => {
                note(wrong);
                // What is wrong with the texts should not come to light one mistake after another.
                note(site::Links::new(&site, &config).broken(&site));
                None
            }
        };
        let ground = Self {
            source: source.clone(),
            config,
            site,
            models,
            data,
            images,
            look,
        };
        (ground, diagnostics)
    }

    /// Every file of the site with the order for it, and what is wrong with them together.
    fn plan(&self) -> Option<(Plan<'_>, Vec<Diagnostic>)> {
        let look = self.look.as_ref()?;
        let material = Material {
            models: &self.models,
            data: &self.data,
            images: &self.images,
            share_images: &look.share_images,
            variables: &look.variables,
            words: &look.words,
            digests: &look.digests,
        };
        let (site, config) = (&self.site, &self.config);
        Some(plan::plan(
            site,
            config,
            &look.theme,
            material,
            &self.source,
        ))
    }

    /// Reads a page's file with another text. `None` if there is a mistake in it.
    pub fn parse(&self, path: &str, bytes: &[u8]) -> Option<Page> {
        let text = SourceTree::text(path, bytes).ok()?;
        let draft = Draft::of(path, text, Fingerprint::of(bytes), &self.source);
        let (page, wrong) = page::parse(&draft, &self.config.reading());
        (!wrong.iter().any(Diagnostic::is_error)).then_some(page)
    }

    pub fn theme(&self) -> Option<&Theme> {
        self.look.as_ref().map(|look| &look.theme)
    }

    pub fn images(&self) -> &Images {
        &self.images
    }
}

impl Look {
    fn of(
        theme: Theme,
        site: &Site,
        config: &Config,
        source: &SourceTree,
        memory: &Memory,
    ) -> (Self, Vec<Diagnostic>) {
        let digests = match plan::has_search(config, &theme) {
            true => digests(site, source, &config.reading(), memory),
            false => Vec::new(),
        };
        let (variables, mut diagnostics) = variables::of_site(&theme, config, source);
        let (words, wrong) = words::of_site(&theme, config);
        diagnostics.extend(wrong);
        let cache = memory.images.cache.as_ref();
        let kept = &memory.share_images;
        let (share_images, wrong) =
            share_images::prepare(site, config, &theme, &variables[0], source, kept, cache);
        diagnostics.extend(wrong);
        let look = Self {
            theme,
            variables,
            words,
            share_images,
            digests,
        };
        (look, diagnostics)
    }
}

/// Reads every page and puts them together.
pub fn assemble(
    source: &SourceTree,
    config: &Config,
    publication: Publication,
    wanted: Relations,
    memory: &Memory,
) -> (Site, Vec<Diagnostic>) {
    let (pages, mut diagnostics) = parse_pages(source, config, memory);
    let (authors, wrong) = authors::load(source);
    diagnostics.extend(wrong);
    let files = site::colocated(source);
    let (site, wrong) = site::assemble(pages, files, authors, config, publication, wanted);
    diagnostics.extend(wrong);
    (site, diagnostics)
}

/// Parses every Markdown file that is new or has changed.
pub fn parse_pages(
    source: &SourceTree,
    config: &Config,
    memory: &Memory,
) -> (Vec<Arc<Page>>, Vec<Diagnostic>) {
    let files: Vec<(&str, &File)> = source
        .below("content/")
        .filter(|(path, _)| is_page(path))
        .collect();
    let reading = config.reading();
    let ledger = memory.ledger.as_ref();
    memory.progress.begin("pages read", files.len());
    let parsed: Vec<ParsedPage> = files
        .into_par_iter()
        .map(|(path, file)| {
            let outline = ledger.and_then(|ledger| ledger.page(path, file, source, &reading));
            if let Some(outline) = outline {
                memory.progress.step();
                return (Arc::new(outline), Vec::new());
            }
            let ((bytes, fingerprint), unreadable) = match file.content(path) {
                Ok(content) => (content, None),
                Err(unreadable) => (Default::default(), Some(unreadable)),
            };
            let (text, not_text) = match SourceTree::text(path, &bytes) {
                Ok(text) => (text, unreadable),
                Err(not_text) => ("", Some(not_text)),
            };
            let draft = Draft::of(path, text, fingerprint, source);
            let parse = || {
                let (mut page, wrong) = page::parse(&draft, &reading);
                // What only rules ask for is not kept for another process, where there are none.
                if ledger.is_some() && !reading.has_rules {
                    page.front.written = Table::default();
                }
                (Arc::new(page), wrong)
            };
            let (page, mut wrong) = match memory.pages.keeps() {
                true => memory.pages.get_or_make(draft.key(&reading), parse),
                false => parse(),
            };
            wrong.extend(not_text);
            // What is wrong with a text is to be said again, and sections are few.
            let is_quiet = wrong.is_empty() && !page.name.is_section;
            if let Some(ledger) = ledger.filter(|_| is_quiet) {
                ledger.note_page(&page, file, &draft);
            }
            memory.progress.step();
            (page, wrong)
        })
        .collect();
    let (pages, wrong): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    (pages, wrong.into_iter().flatten().collect())
}

/// What every page has to say to a search, where it is new or has changed.
fn digests(
    site: &Site,
    source: &SourceTree,
    reading: &Reading,
    memory: &Memory,
) -> Vec<Arc<Digest>> {
    let ledger = memory.ledger.as_ref();
    let pages = site.pages.par_iter();
    pages
        .map(|placed| {
            let page = &placed.page;
            let key = Digest::key(page);
            memory.digests.get_or_make(key, || {
                let kept = ledger.and_then(|ledger| ledger.digest(&page.path, key));
                Arc::new(kept.unwrap_or_else(|| {
                    let whole = page::whole(page, source, reading);
                    let digest = Digest::of(&whole);
                    // The text may have been changed meanwhile.
                    if let Some(ledger) = ledger.filter(|_| whole.text == page.text) {
                        ledger.note_digest(&page.path, key, &digest);
                    }
                    digest
                }))
            })
        })
        .collect()
}
