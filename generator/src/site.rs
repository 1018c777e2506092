//! All pages together: which of them are published, at which address, in which
//! section and under which terms, and how they relate to each other.

mod links;
mod relations;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::address::{Address, BaseUrl};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place, Span, is_same_word};
use crate::fields::Spanned;
use crate::hash::Fingerprint;
use crate::page::{Page, SortBy};
use crate::source::SourceTree;

pub use links::Links;

/// What decides whether a page is published.
#[derive(Clone, Copy, Debug)]
pub struct Publication {
    pub now: Date,
    pub drafts: bool,
}

/// A site whose pages know where they belong. Pages and sections are named by
/// their index; both lists are in the order of their source paths.
#[derive(Debug)]
pub struct Site {
    pub pages: Vec<SitePage>,
    pub sections: Vec<Section>,
    pub taxonomies: Vec<Taxonomy>,
    pub aliases: Vec<Alias>,
    pub assets: BTreeMap<String, Asset>,
    /// Pages by date, newest first; undated ones are left out.
    pub newest: Vec<usize>,
    /// Pages that exist but are not published, with the reason.
    pub withheld: BTreeMap<String, &'static str>,
}

#[derive(Debug)]
pub struct SitePage {
    pub page: Arc<Page>,
    pub address: Address,
    pub section: usize,
    /// The neighbours by date in the same section: next earlier, next later.
    pub lower: Option<usize>,
    pub higher: Option<usize>,
    pub related: Vec<usize>,
    /// Pages and sections whose text links here, by source path.
    pub backlinks: Vec<Node>,
}

#[derive(Debug)]
pub struct Section {
    pub page: Arc<Page>,
    pub address: Address,
    /// The section around this one; none for the home page.
    pub parent: Option<usize>,
    /// In the section's own order.
    pub pages: Vec<usize>,
    pub subsections: Vec<usize>,
    pub related: Vec<usize>,
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
    pub address: Address,
    pub paginate_by: usize,
    pub feed: bool,
    /// By name.
    pub terms: Vec<Term>,
}

#[derive(Debug)]
pub struct Term {
    /// As the first page in the order of paths spells it.
    pub name: String,
    pub slug: String,
    pub address: Address,
    /// Newest first.
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
}

/// Puts the pages together. `files` are those beside the pages, by source path.
pub fn assemble(
    pages: Vec<Arc<Page>>,
    files: Vec<(String, Arc<[u8]>)>,
    config: &Config,
    publication: Publication,
) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (pages, withheld) = published(pages, publication);
    let (section_pages, pages): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|page| page.name.is_section);

    let mut sections = sections(section_pages, config, &mut diagnostics);
    let mut pages = place(pages, &sections, &mut diagnostics);
    for (index, page) in pages.iter().enumerate() {
        sections[page.section].pages.push(index);
    }
    for section in &mut sections {
        sort(
            &mut section.pages,
            &pages,
            section.page.front.section.sort_by,
        );
        for neighbours in relations::neighbours(&section.pages, &pages) {
            pages[neighbours.of].lower = neighbours.lower;
            pages[neighbours.of].higher = neighbours.higher;
        }
    }
    let mut newest: Vec<usize> = (0..pages.len())
        .filter(|index| pages[*index].page.date().is_some())
        .collect();
    sort(&mut newest, &pages, SortBy::Date);

    let taxonomies = taxonomies(&pages, config, &mut diagnostics);
    let aliases = aliases(&pages, &sections, &mut diagnostics);
    let assets = assets(files, &pages, &sections, &withheld);
    let mut site = Site {
        pages,
        sections,
        taxonomies,
        aliases,
        assets,
        newest,
        withheld,
    };
    relate(&mut site, &config.base_url, &mut diagnostics);
    (site, diagnostics)
}

fn relate(site: &mut Site, base_url: &BaseUrl, diagnostics: &mut Vec<Diagnostic>) {
    let links = Links::new(site, base_url);
    let related = relations::related(site, &links, diagnostics);
    let pinned = relations::pinned_by_sections(site, &links, diagnostics);
    let backlinks = relations::backlinks(site, &links);
    for ((page, related), backlinks) in site.pages.iter_mut().zip(related).zip(backlinks) {
        page.related = related;
        page.backlinks = backlinks;
    }
    for (section, pinned) in site.sections.iter_mut().zip(pinned) {
        section.related = pinned;
    }
}

/// Separates what is published from what is not yet or no longer.
fn published(
    pages: Vec<Arc<Page>>,
    publication: Publication,
) -> (Vec<Arc<Page>>, BTreeMap<String, &'static str>) {
    let mut withheld = BTreeMap::new();
    let mut kept = Vec::with_capacity(pages.len());
    for page in pages {
        match reason_to_withhold(&page, publication) {
            Some(reason) => {
                withheld.insert(page.path.clone(), reason);
            }
            None => kept.push(page),
        }
    }
    (kept, withheld)
}

fn reason_to_withhold(page: &Page, publication: Publication) -> Option<&'static str> {
    if publication.drafts {
        return None;
    }
    let front = &page.front;
    if front.draft {
        return Some("it is a draft");
    }
    if front
        .publish
        .or(page.date())
        .is_some_and(|date| date > publication.now)
    {
        return Some("its date is still to come");
    }
    if front.expiry.is_some_and(|date| date <= publication.now) {
        return Some("its `expiryDate` has passed");
    }
    None
}

/// The folder's address: each folder's name as a slug.
fn folder_address(folder: &str) -> Address {
    folder
        .split('/')
        .filter(|part| !part.is_empty())
        .fold(Address::root(), |address, part| address.child(&slug(part)))
}

/// A text as a part of an address.
pub fn slug(text: &str) -> String {
    match slug::slugify(text) {
        slug if slug.is_empty() => Fingerprint::of(text.as_bytes()).short(),
        slug => slug,
    }
}

/// The address that a page's author wants; where that cannot be, it is
/// reported and the file's name decides.
fn own_address(page: &Page, below: &Address, diagnostics: &mut Vec<Diagnostic>) -> Address {
    let by_name = match page.name.is_section {
        true => below.clone(),
        false => below.child(&slug(&page.name.stem)),
    };
    let not_an = |what: &str, span: &Span, label: &str| {
        Diagnostic::error(format!("this cannot be {what}"))
            .at(&page.path, span.clone())
            .label(label)
    };
    if let Some(path) = &page.front.path {
        return Address::parse(&path.value).unwrap_or_else(|wrong| {
            diagnostics.push(not_an("an address", &path.span, &wrong));
            by_name
        });
    }
    match &page.front.slug {
        Some(written) if slug::slugify(&written.value).is_empty() => {
            diagnostics.push(not_an(
                "a slug",
                &written.span,
                "no letter or digit is in it",
            ));
            by_name
        }
        Some(written) if written.value.contains(['/', '\\']) => {
            let wrong = not_an("a slug", &written.span, "a slug is one part of an address");
            diagnostics.push(wrong.help("give the whole address as `path` instead"));
            by_name
        }
        Some(written) => below.child(&slug(&written.value)),
        None => by_name,
    }
}

fn sections(
    pages: Vec<Arc<Page>>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let mut pages = pages;
    if !pages.iter().any(|page| page.name.folder.is_empty()) {
        let (home, _) = crate::page::parse("content/_index.md", "", config.markdown);
        pages.push(Arc::new(home));
    }
    // The home page has no name from which its title could be made.
    let unnamed = |page: &&mut Arc<Page>| page.name.folder.is_empty() && page.title.is_empty();
    for home in pages.iter_mut().filter(unnamed) {
        Arc::make_mut(home).title.clone_from(&config.title);
    }
    pages.sort_by(|a, b| a.name.folder.cmp(&b.name.folder));
    let mut sections: Vec<Section> = pages
        .into_iter()
        .map(|page| {
            let address = own_address(&page, &folder_address(&page.name.folder), diagnostics);
            Section {
                page,
                address,
                parent: None,
                pages: Vec::new(),
                subsections: Vec::new(),
                related: Vec::new(),
            }
        })
        .collect();
    for index in 1..sections.len() {
        let (around, _) = sections[index]
            .page
            .name
            .folder
            .rsplit_once('/')
            .unwrap_or_default();
        let parent = section_of(around, &sections);
        sections[index].parent = Some(parent);
        sections[parent].subsections.push(index);
    }
    sections
}

/// The innermost section whose folder holds this one; at least the home page.
fn section_of(folder: &str, sections: &[Section]) -> usize {
    let mut folder = folder;
    loop {
        let found =
            sections.binary_search_by(|section| section.page.name.folder.as_str().cmp(folder));
        match found {
            Ok(index) => return index,
            Err(_) if folder.is_empty() => return 0,
            Err(_) => folder = folder.rsplit_once('/').map_or("", |(around, _)| around),
        }
    }
}

fn place(
    pages: Vec<Arc<Page>>,
    sections: &[Section],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<SitePage> {
    let mut pages = pages;
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
        .into_iter()
        .map(|page| {
            let section = section_of(&page.name.folder, sections);
            let around = &sections[section];
            // Folders between the section and the page count in its address.
            let between = &page.name.folder[around.page.name.folder.len()..];
            let below = between
                .split('/')
                .filter(|part| !part.is_empty())
                .fold(around.address.clone(), |address, part| {
                    address.child(&slug(part))
                });
            SitePage {
                address: own_address(&page, &below, diagnostics),
                page,
                section,
                lower: None,
                higher: None,
                related: Vec::new(),
                backlinks: Vec::new(),
            }
        })
        .collect()
}

/// A total order: ties are broken by title and then by path.
fn sort(indices: &mut [usize], pages: &[SitePage], by: SortBy) {
    let title = |index: &usize| {
        let page = &pages[*index].page;
        (page.title.to_lowercase(), page.path.clone())
    };
    match by {
        SortBy::Date => indices.sort_by_cached_key(|index| {
            let date = pages[*index].page.date();
            let newest_first = date.map(std::cmp::Reverse);
            (date.is_none(), newest_first, title(index))
        }),
        SortBy::Weight => {
            indices.sort_by_cached_key(|index| (pages[*index].page.front.weight, title(index)));
        }
        SortBy::Title => indices.sort_by_cached_key(title),
    }
}

fn taxonomies(
    pages: &[SitePage],
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Taxonomy> {
    let names: BTreeSet<&str> = config
        .taxonomies
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let mut terms: BTreeMap<&str, BTreeMap<String, Term>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for (taxonomy, written) in &page.page.front.taxonomies {
            let Some(name) = names.get(taxonomy.as_str()) else {
                diagnostics.push(unknown_taxonomy(&page.page, taxonomy, written, &names));
                continue;
            };
            let known = terms.entry(name).or_default();
            for term in written {
                let slug = slug(&term.value);
                let known = known.entry(slug.clone()).or_insert_with(|| Term {
                    name: term.value.clone(),
                    address: Address::root().child(&self::slug(name)).child(&slug),
                    slug,
                    pages: Vec::new(),
                });
                if !is_same_word(&known.name, &term.value) {
                    diagnostics.push(same_address(&page.page, term, known));
                }
                if known.pages.last() != Some(&index) {
                    known.pages.push(index);
                }
            }
        }
    }
    config
        .taxonomies
        .iter()
        .map(|taxonomy| {
            let mut terms: Vec<Term> = terms
                .remove(taxonomy.name.as_str())
                .unwrap_or_default()
                .into_values()
                .collect();
            for term in &mut terms {
                sort(&mut term.pages, pages, SortBy::Date);
            }
            terms.sort_by_cached_key(|term| (term.name.to_lowercase(), term.slug.clone()));
            Taxonomy {
                name: taxonomy.name.clone(),
                address: Address::root().child(&slug(&taxonomy.name)),
                paginate_by: taxonomy.paginate_by,
                feed: taxonomy.feed,
                terms,
            }
        })
        .collect()
}

fn same_address(page: &Page, term: &Spanned<String>, known: &Term) -> Diagnostic {
    let message = format!(
        "`{}` and `{}` would share an address",
        known.name, term.value
    );
    Diagnostic::error(message)
        .at(&page.path, term.span.clone())
        .label(format!(
            "`{}` is found at {} already",
            known.name, known.address
        ))
        .help("spell them alike if they mean the same, else so that letters or digits differ")
}

fn unknown_taxonomy(
    page: &Page,
    taxonomy: &str,
    terms: &[Spanned<String>],
    names: &BTreeSet<&str>,
) -> Diagnostic {
    let span: Span = terms.first().map_or(0..0, |term| term.span.clone());
    Diagnostic::error(format!("the site has no taxonomy `{taxonomy}`"))
        .at(&page.path, span)
        .label("these terms would be lost")
        .suggest(taxonomy, names.iter().copied())
        .help(format!(
            "or add `[[taxonomies]]` with `name = \"{taxonomy}\"` to {}",
            crate::config::FILE
        ))
}

fn aliases(
    pages: &[SitePage],
    sections: &[Section],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Alias> {
    let targets = pages.iter().map(|page| (&page.page, &page.address)).chain(
        sections
            .iter()
            .map(|section| (&section.page, &section.address)),
    );
    let mut aliases = Vec::new();
    for (page, target) in targets {
        for written in &page.front.aliases {
            match Address::parse(&written.value) {
                Ok(address) => aliases.push(Alias {
                    address,
                    target: target.clone(),
                    place: Place {
                        path: page.path.clone(),
                        span: Some(written.span.clone()),
                    },
                }),
                Err(wrong) => diagnostics.push(
                    Diagnostic::error("this cannot be an address")
                        .at(&page.path, written.span.clone())
                        .label(wrong),
                ),
            }
        }
    }
    aliases
}

/// Files beside pages are published below the page or section whose folder
/// holds them, under names that change with their bytes. Those of a page that
/// is withheld wait with it.
fn assets(
    files: Vec<(String, Arc<[u8]>)>,
    pages: &[SitePage],
    sections: &[Section],
    withheld: &BTreeMap<String, &'static str>,
) -> BTreeMap<String, Asset> {
    let kept_back: Vec<&str> = withheld
        .keys()
        .filter_map(|path| path.strip_suffix("index.md"))
        .filter(|folder| folder.ends_with('/'))
        .collect();
    let bundles: BTreeMap<&str, &Address> = pages
        .iter()
        .filter_map(|page| {
            let folder = page
                .page
                .path
                .strip_prefix("content/")?
                .strip_suffix("/index.md")?;
            Some((folder, &page.address))
        })
        .chain(
            sections
                .iter()
                .map(|section| (section.page.name.folder.as_str(), &section.address)),
        )
        .collect();
    files
        .into_iter()
        .filter(|(path, _)| !kept_back.iter().any(|folder| path.starts_with(folder)))
        .map(|(path, bytes)| {
            let below = path.strip_prefix("content/").unwrap_or(&path);
            let (folder, file) = below.rsplit_once('/').unwrap_or(("", below));
            let mut holder = folder;
            let address = loop {
                match bundles.get(holder) {
                    Some(address) => break (*address).clone(),
                    None if holder.is_empty() => break Address::root(),
                    None => holder = holder.rsplit_once('/').map_or("", |(around, _)| around),
                }
            };
            let address = folder[holder.len()..]
                .split('/')
                .filter(|part| !part.is_empty())
                .fold(address, |address, part| address.child(&slug(part)));
            let name = hashed_name(file, &bytes);
            let output = format!("{}{name}", &address.folder()[1..]);
            (path, Asset { output, bytes })
        })
        .collect()
}

/// `photo.jpg` becomes `photo.0f3a….jpg`.
pub fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = Fingerprint::of(bytes).short();
    match name.rsplit_once('.') {
        Some((stem, extension)) => {
            format!("{}.{hash}.{}", slug(stem), extension.to_lowercase())
        }
        None => format!("{}.{hash}", slug(name)),
    }
}

/// The files beside pages: everything below `content` that is neither a page
/// nor data for the generator.
pub fn colocated(source: &SourceTree) -> Vec<(String, Arc<[u8]>)> {
    source
        .below("content/")
        .filter(|(path, _)| !path.ends_with(".md") && !path.starts_with(crate::source::MODELS))
        .map(|(path, bytes)| (path.to_owned(), Arc::clone(bytes)))
        .collect()
}
