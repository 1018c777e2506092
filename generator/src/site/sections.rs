//! The sections of every language and which pages they hold.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use super::addresses::{folder_address, home, own_address, slug};
use super::{Section, SitePage};
use crate::address::Address;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::page::{Body, FrontMatter, Name, Page, SortBy};

/// Makes the sections, by language and folder. Every language has a home page, and the site's own
/// sections for the `folders` of its pages, whether somebody has translated them or not.
pub fn sections(
    pages: Vec<Arc<Page>>,
    folders: &[(usize, String)],
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let mut pages: Vec<(usize, Arc<Page>)> = pages
        .into_iter()
        .map(|page| (language_of(&page.name, config), page))
        .collect();
    let untranslated = untranslated(&pages, folders, config);
    pages.extend(untranslated);
    for (language, home) in &mut pages {
        // The home page has no name from which its title could be made.
        if home.name.folder.is_empty() && home.title.is_empty() {
            let title = &config.languages[*language].title;
            Arc::make_mut(home).title.clone_from(title);
        }
    }
    pages.sort_by(|(a_language, a), (b_language, b)| {
        (a_language, &a.name.folder).cmp(&(b_language, &b.name.folder))
    });
    let mut sections: Vec<Section> = pages
        .into_iter()
        .map(|(language, page)| {
            let home = home(language, &config.languages);
            let address = own_address(&page, &folder_address(home, &page.name.folder), diagnostics);
            Section {
                page,
                address,
                language,
                parent: None,
                pages: Vec::new(),
                subsections: Vec::new(),
                related: Vec::new(),
            }
        })
        .collect();
    for index in 0..sections.len() {
        let section = &sections[index];
        if section.page.name.folder.is_empty() {
            continue;
        }
        let (around, _) = section
            .page
            .name
            .folder
            .rsplit_once('/')
            .unwrap_or_default();
        let parent = section_of(section.language, around, &sections);
        sections[index].parent = Some(parent);
        sections[parent].subsections.push(index);
    }
    sections
}

/// The language that a file's name says.
pub fn language_of(name: &Name, config: &Config) -> usize {
    let is = |tag: &String| {
        config
            .languages
            .iter()
            .position(|language| language.tag == *tag)
    };
    name.language.as_ref().and_then(is).unwrap_or(0)
}

/// Sections that a language needs and that nobody has written in it: called as in the site's own
/// language, and without its text.
fn untranslated(
    pages: &[(usize, Arc<Page>)],
    folders: &[(usize, String)],
    config: &Config,
) -> Vec<(usize, Arc<Page>)> {
    let written = |language: usize, folder: &str| {
        let mut pages = pages.iter();
        pages.any(|(other, page)| *other == language && page.name.folder == folder)
    };
    let mut made = Vec::new();
    for (language, settings) in config.languages.iter().enumerate() {
        let ending = match language {
            0 => String::new(),
            _ => format!(".{}", settings.tag),
        };
        let section = |folder: &str, title: String, front: FrontMatter| {
            let slash = if folder.is_empty() { "" } else { "/" };
            let page = Page {
                path: format!("content/{folder}{slash}_index{ending}.md"),
                name: Name {
                    folder: folder.to_owned(),
                    stem: String::new(),
                    date: None,
                    is_section: true,
                    language: (language > 0).then(|| settings.tag.clone()),
                },
                head: Fingerprint::of(&[]),
                text: Fingerprint::of(&[]),
                front,
                title,
                body: Body::default(),
                is_outline: false,
            };
            (language, Arc::new(page))
        };
        if !written(language, "") {
            made.push(section("", String::new(), FrontMatter::default()));
        }
        let originals = pages.iter().filter(|(original, page)| {
            let folder = page.name.folder.as_str();
            *original == 0
                && language > 0
                && !folder.is_empty()
                && !written(language, folder)
                && folders
                    .iter()
                    .any(|(of, inner)| *of == language && is_within(inner, folder))
        });
        for (_, original) in originals {
            let mut front = original.front.clone();
            front.aliases.clear();
            front.related.clear();
            for part in front.path.iter_mut() {
                part.value = format!(
                    "{}/{}",
                    settings.folder(),
                    part.value.trim_start_matches('/')
                );
            }
            made.push(section(
                &original.name.folder,
                original.title.clone(),
                front,
            ));
        }
    }
    made
}

/// Whether one folder is the other or below it.
pub fn is_within(inner: &str, folder: &str) -> bool {
    let rest = inner.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The innermost section of a language whose folder holds this one; at least its home page.
pub fn section_of(language: usize, folder: &str, sections: &[Section]) -> usize {
    let mut folder = folder;
    loop {
        let found = sections.binary_search_by(|section| {
            (section.language, section.page.name.folder.as_str()).cmp(&(language, folder))
        });
        match found {
            Ok(index) => return index,
            Err(_) if folder.is_empty() => return 0,
            Err(_) => folder = folder.rsplit_once('/').map_or("", |(around, _)| around),
        }
    }
}

/// Gives every page its section and its address.
pub fn place(
    pages: Vec<Arc<Page>>,
    sections: &[Section],
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<SitePage> {
    let mut pages = pages;
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
        .into_iter()
        .map(|page| {
            let language = language_of(&page.name, config);
            let section = section_of(language, &page.name.folder, sections);
            let around = &sections[section];
            // Folders between the section and the page count in its address.
            let between = &page.name.folder[around.page.name.folder.len()..];
            let below = between
                .split('/')
                .filter(|part| !part.is_empty())
                .fold(around.address.clone(), |address, part: &str| -> Address {
                    address.child(&slug(part))
                });
            SitePage {
                address: own_address(&page, &below, diagnostics),
                page,
                language,
                section,
                lower: None,
                higher: None,
                related: Vec::new(),
                backlinks: Vec::new(),
                bylines: Vec::new(),
            }
        })
        .collect()
}

/// A total order: ties are broken by title and then by path.
pub fn sort(indices: &mut [usize], pages: &[SitePage], by: SortBy, by_date: &ByDate) {
    match by {
        SortBy::Date => by_date.sort(indices),
        SortBy::Weight => indices.sort_by_cached_key(|index| {
            let weight = pages[*index].page.front.weight;
            (weight.unwrap_or(0), by_title(&pages[*index]))
        }),
        SortBy::Title => indices.sort_by_cached_key(|index| by_title(&pages[*index])),
    }
}

fn by_title(page: &SitePage) -> (String, String) {
    (page.page.title.to_lowercase(), page.page.path.clone())
}

/// Where each page stands when the newest comes first. It is found out once, because a page is in many lists.
pub struct ByDate(Vec<usize>);

impl ByDate {
    pub fn of(pages: &[SitePage]) -> Self {
        let mut order: Vec<usize> = (0..pages.len()).collect();
        order.par_sort_by_cached_key(|index| {
            let page = &pages[*index];
            let date = page.page.date();
            (date.is_none(), date.map(Reverse), by_title(page))
        });
        let mut places = vec![0; pages.len()];
        for (place, page) in order.into_iter().enumerate() {
            places[page] = place;
        }
        Self(places)
    }

    pub fn sort(&self, indices: &mut [usize]) {
        indices.sort_unstable_by_key(|index| self.0[*index]);
    }
}
