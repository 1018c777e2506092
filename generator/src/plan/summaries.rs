//! What lists show of each page. What many pages name, a section, a term or somebody who writes, is made ready once and
//! is in all their summaries.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::day;
use super::shared::{Authors, only_a_name};
use crate::address::Address;
use crate::config::Config;
use crate::page::Page;
use crate::ready::{Ready, Seen};
use crate::site::{self, Byline, Site, SitePage, Term};
use crate::view::{AuthorView, Link, Summary, TermLink};

/// Words that a reader takes in a minute.
const READING_SPEED: usize = 220;

/// What summaries are made from.
pub struct Summaries<'a> {
    site: &'a Site,
    config: &'a Config,
    pub authors: Authors,
    /// Those who write and have no file.
    names: HashMap<&'a str, Seen<AuthorView>>,
    sections: Vec<Ready>,
    /// By taxonomy, then in the order of its terms.
    terms: Vec<Vec<Seen<TermLink>>>,
}

/// Which of a taxonomy's terms is meant by what authors write. Many pages have the same few.
pub type Spellings<'a> = HashMap<(usize, &'a str), Option<usize>>;

impl<'a> Summaries<'a> {
    pub fn new(site: &'a Site, config: &'a Config, authors: Authors) -> Self {
        let mut names: HashMap<&str, Seen<AuthorView>> = HashMap::new();
        let bylines = site.pages.iter().flat_map(|page| &page.bylines);
        for byline in bylines.filter(|byline| byline.author.is_none()) {
            let name = byline.name.as_str();
            let view = || Seen::new(only_a_name(name));
            names.entry(name).or_insert_with(view);
        }
        let href = |address: &Address| config.base_url.href(address.as_str());
        let sections = site.sections.iter().map(|section| {
            Ready::new(&Link {
                title: section.page.title.clone(),
                path: href(&section.address),
            })
        });
        let link = |term: &Term| {
            Seen::new(TermLink {
                name: term.name.clone(),
                path: href(&term.address),
            })
        };
        let taxonomies = site.taxonomies.iter();
        let terms = taxonomies.map(|taxonomy| taxonomy.terms.iter().map(link).collect());
        Self {
            site,
            config,
            authors,
            names,
            sections: sections.collect(),
            terms: terms.collect(),
        }
    }

    /// Of each page of the site, ready for lists.
    pub fn listed(&self) -> Vec<Ready> {
        let pages = self.site.pages.par_iter();
        pages
            .map_init(Spellings::new, |spellings, placed| {
                Ready::new(&self.of(placed, &placed.page, spellings))
            })
            .collect()
    }

    /// Of one page of the site, or of one that has taken its place.
    pub fn of<'b>(
        &self,
        placed: &SitePage,
        page: &'b Page,
        spellings: &mut Spellings<'b>,
    ) -> Summary {
        let front = &page.front;
        let base_url = &self.config.base_url;
        let bylines = placed.bylines.iter();
        let byline = |byline: &Byline| self.byline(byline, placed.language);
        Summary {
            title: page.title.clone(),
            description: front.description.clone(),
            path: base_url.href(placed.address.as_str()),
            permalink: base_url.permalink(placed.address.as_str()),
            date: day(page.date()),
            updated: day(front.updated),
            draft: front.is_draft(),
            lang: self.config.languages[placed.language].tag.clone(),
            authors: bylines.clone().map(|byline| byline.name.clone()).collect(),
            bylines: bylines.map(byline).collect(),
            word_count: page.body.word_count,
            reading_time: page.body.word_count.div_ceil(READING_SPEED).max(1),
            taxonomies: self.terms_of(page, placed.language, spellings),
            section: self.sections[placed.section].clone(),
            extra: front.extra.clone(),
        }
    }

    fn byline(&self, byline: &Byline, language: usize) -> Seen<AuthorView> {
        let known = match byline.author {
            Some(author) => Some(&self.authors[language][author]),
            None => self.names.get(byline.name.as_str()),
        };
        known
            .cloned()
            .unwrap_or_else(|| Seen::new(only_a_name(&byline.name)))
    }

    fn terms_of<'b>(
        &self,
        page: &'b Page,
        language: usize,
        spellings: &mut Spellings<'b>,
    ) -> BTreeMap<String, Vec<Seen<TermLink>>> {
        let taxonomies = self.site.taxonomies.iter().enumerate();
        taxonomies
            .filter(|(_, taxonomy)| taxonomy.language == language)
            .map(|(index, taxonomy)| {
                let written = page.front.terms.of(&taxonomy.name);
                let mut terms: Vec<usize> = Vec::new();
                for name in written.into_iter().flatten() {
                    let term = spellings.entry((index, &name.value)).or_insert_with(|| {
                        let slug = site::term_slug(&name.value);
                        taxonomy.terms.iter().position(|term| term.slug == slug)
                    });
                    // Two spellings of one term are one link.
                    terms.extend(term.filter(|term| !terms.contains(term)));
                }
                let links = terms
                    .into_iter()
                    .map(|term| self.terms[index][term].clone());
                (taxonomy.name.clone(), links.collect())
            })
            .collect()
    }
}
