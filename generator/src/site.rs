//! All pages together: which of them are published, at which address, in which language and section,
//! by whom and under which terms, and how they relate to each other.

mod addresses;
mod bylines;
mod cascade;
mod files;
mod kinship;
mod links;
mod publication;
mod relations;
mod sections;
mod terms;
mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::address::Address;
use crate::authors::Authors;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::Table;
use crate::page::Page;
use crate::rules;
use sections::ByDate;

pub use addresses::{home, slug, term_slug};
pub use bylines::authors_address;
pub use files::{colocated, hashed_name};
pub use kinship::{Index, Kinship, Reason};
pub use links::{Links, Writing};
pub use publication::{Change, Due, Publication, Why, Withheld};

/// A site whose pages know where they belong. Pages and sections are named by
/// their index; both lists are in the order of their source paths. Languages are
/// named by their place in the settings.
#[derive(Debug, Default)]
pub struct Site {
    pub pages: Vec<SitePage>,
    pub sections: Vec<Section>,
    /// By language, then as in the settings.
    pub taxonomies: Vec<Taxonomy>,
    pub authors: Authors,
    /// By language, then by the author's file.
    pub author_pages: Vec<AuthorPage>,
    pub aliases: Vec<Alias>,
    pub assets: BTreeMap<String, Asset>,
    /// Pages of each language by date, newest first; undated ones are left out.
    pub newest: Vec<Vec<usize>>,
    /// Pages that exist but are not published, with the reason.
    pub withheld: BTreeMap<String, Withheld>,
    /// Pages that are here because drafts are, with the reason why they would not be.
    pub previewed: Vec<(Address, Why)>,
    pub next_due: Option<Due>,
    /// What is the same in other languages, by its place in each of them.
    translations: BTreeMap<Node, Arc<[Option<Node>]>>,
}

#[derive(Debug)]
pub struct SitePage {
    pub page: Arc<Page>,
    pub address: Address,
    pub language: usize,
    pub section: usize,
    /// The neighbours by date in the same section: next earlier, next later.
    pub lower: Option<usize>,
    pub higher: Option<usize>,
    pub related: Vec<usize>,
    /// Pages and sections whose text links here, by source path.
    pub backlinks: Vec<Node>,
    pub bylines: Vec<Byline>,
}

/// Who a page says has written it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Byline {
    pub name: String,
    /// If there is a file about them.
    pub author: Option<usize>,
}

#[derive(Debug)]
pub struct AuthorPage {
    pub author: usize,
    pub language: usize,
    pub address: Address,
    /// Articles, newest first.
    pub pages: Vec<usize>,
}

#[derive(Debug)]
pub struct Section {
    pub page: Arc<Page>,
    pub address: Address,
    pub language: usize,
    /// The section around this one; none for a home page.
    pub parent: Option<usize>,
    /// In the section's own order.
    pub pages: Vec<usize>,
    pub subsections: Vec<usize>,
    pub related: Vec<usize>,
}

/// Which relations between pages are to be found out: it takes long, and not every theme shows them.
#[derive(Clone, Copy, Debug)]
pub struct Relations {
    pub related: bool,
    pub backlinks: bool,
}

impl Relations {
    pub const ALL: Self = Self {
        related: true,
        backlinks: true,
    };
}

/// A page or a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    Page(usize),
    Section(usize),
}

#[derive(Debug)]
pub struct Taxonomy {
    pub name: String,
    pub language: usize,
    pub address: Address,
    pub paginate_by: usize,
    pub feed: bool,
    /// Whether the pages of a term are to be read one after the other.
    pub series: bool,
    /// By name.
    pub terms: Vec<Term>,
}

#[derive(Debug)]
pub struct Term {
    /// As the first page in the order of paths spells it.
    pub name: String,
    pub slug: String,
    pub address: Address,
    /// Newest first; those of a series in the order in which they are read.
    pub pages: Vec<usize>,
}

/// An old address that leads to a page's present one.
#[derive(Debug)]
pub struct Alias {
    pub address: Address,
    pub target: Address,
    pub place: Place,
}

/// A file that lies beside a page.
#[derive(Debug)]
pub struct Asset {
    /// Below the output folder, with a fingerprint in its name.
    pub output: String,
    pub bytes: Arc<[u8]>,
}

impl Site {
    pub fn node(&self, node: Node) -> (&Page, &Address) {
        match node {
            Node::Page(index) => (&self.pages[index].page, &self.pages[index].address),
            Node::Section(index) => (&self.sections[index].page, &self.sections[index].address),
        }
    }

    /// The sections around a section, from the home page down, without itself.
    pub fn ancestors(&self, section: usize) -> Vec<usize> {
        let mut ancestors = Vec::new();
        let mut at = self.sections[section].parent;
        while let Some(section) = at {
            ancestors.push(section);
            at = self.sections[section].parent;
        }
        ancestors.reverse();
        ancestors
    }

    /// The same page in another language.
    pub fn translation(&self, node: Node, language: usize) -> Option<Node> {
        *self.translations.get(&node)?.get(language)?
    }

    /// The page about an author in a language.
    pub fn author_page(&self, author: usize, language: usize) -> Option<&AuthorPage> {
        let mut pages = self.author_pages.iter();
        pages.find(|page| page.author == author && page.language == language)
    }
}

/// Puts the pages together. `files` are those beside the pages, by source path.
pub fn assemble(
    pages: Vec<Arc<Page>>,
    files: Vec<(String, Arc<[u8]>)>,
    authors: Authors,
    config: &Config,
    publication: Publication,
    wanted: Relations,
) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let pages = cascade::apply(pages);
    diagnostics.extend(translations::endings_without_language(&pages, config));
    let next_due = publication::next_due(pages.iter().map(|page| &**page), publication.now);
    let (mut pages, withheld) = publication::published(pages, publication);
    diagnostics.extend(rules::check(&pages, config));
    // What the rules are for is not asked for again, unless the page is remembered for another build.
    pages
        .par_iter_mut()
        .filter_map(Arc::get_mut)
        .for_each(|page| {
            page.front.written = Table::default();
        });
    let (section_pages, pages): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|page| page.name.is_section);

    let folders = translations::folders(&pages, config);
    let mut sections = sections::sections(section_pages, &folders, config, &mut diagnostics);
    let mut pages = sections::place(pages, &sections, config, &mut diagnostics);
    let translations = translations::translations(&pages, &sections, config);
    let shown = translations::shown(&pages, &translations, config);
    for (language, shown) in shown.iter().enumerate() {
        for index in shown {
            let folder = &pages[*index].page.name.folder;
            let section = sections::section_of(language, folder, &sections);
            sections[section].pages.push(*index);
        }
    }
    let by_date = ByDate::of(&pages);
    for section in &mut sections {
        let by = section.page.front.section.sort_by;
        sections::sort(&mut section.pages, &pages, by, &by_date);
        for neighbours in relations::neighbours(section, &pages, &by_date) {
            pages[neighbours.of].lower = neighbours.lower;
            pages[neighbours.of].higher = neighbours.higher;
        }
    }
    let newest = shown
        .iter()
        .map(|shown| {
            let is_dated = |index: &usize| pages[*index].page.date().is_some();
            let mut newest: Vec<usize> = shown.iter().copied().filter(is_dated).collect();
            by_date.sort(&mut newest);
            newest
        })
        .collect();
    let previewed = pages
        .iter()
        .filter_map(|page| {
            let why = publication::why_withheld(&page.page, publication.now)?;
            Some((page.address.clone(), why))
        })
        .collect();
    let bylines = bylines::bylines(&pages, &authors, config, &mut diagnostics);
    for (page, bylines) in pages.iter_mut().zip(bylines) {
        page.bylines = bylines;
    }

    let author_pages = bylines::author_pages(&pages, &shown, &by_date, &authors, config);
    let taxonomies = terms::taxonomies(&pages, &shown, &by_date, config, &mut diagnostics);
    let aliases = addresses::aliases(&pages, &sections, &mut diagnostics);
    diagnostics.extend(files::misnamed(&files));
    let assets = files::assets(files, &pages, &sections, &withheld);
    let mut site = Site {
        pages,
        sections,
        taxonomies,
        authors,
        author_pages,
        aliases,
        assets,
        newest,
        withheld,
        previewed,
        next_due,
        translations,
    };
    let placed = site.pages.iter().map(|page| (&*page.page, &page.address));
    let sections = site.sections.iter();
    let sections = sections.map(|section| (&*section.page, &section.address));
    addresses::refuse_reserved(placed.chain(sections), &mut diagnostics);
    relate(&mut site, config, wanted, &mut diagnostics);
    (site, diagnostics)
}

fn relate(site: &mut Site, config: &Config, wanted: Relations, diagnostics: &mut Vec<Diagnostic>) {
    let links = Links::new(site, config);
    let mut related = relations::pinned_by_pages(site, &links, diagnostics);
    let pinned = relations::pinned_by_sections(site, &links, diagnostics);
    if wanted.related {
        related = relations::completed(related, site);
    }
    let backlinks = match wanted.backlinks {
        true => relations::backlinks(site, &links),
        false => vec![Vec::new(); site.pages.len()],
    };
    for ((page, related), backlinks) in site.pages.iter_mut().zip(related).zip(backlinks) {
        page.related = related;
        page.backlinks = backlinks;
    }
    for (section, pinned) in site.sections.iter_mut().zip(pinned) {
        section.related = pinned;
    }
}
