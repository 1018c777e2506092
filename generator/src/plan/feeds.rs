//! What programs read: Atom feeds, the sitemap, and robots.txt.

use super::{Job, Origin, Planner, day};
use crate::address::Address;
use crate::config::FILE;
use crate::feed::{Feed, FeedEntry};
use crate::site::{Node, authors_address, home};
use crate::sitemap::{Sitemap, SitemapEntry};

/// The file of the feed of what is found at an address.
pub fn path(address: &Address) -> String {
    format!("{}atom.xml", &address.as_str()[1..])
}

impl Planner<'_> {
    /// A feed for each language, and for the terms of the taxonomies that want them.
    pub fn feeds(&mut self) {
        if !self.config.feed.enabled {
            return;
        }
        for (language, settings) in self.config.languages.iter().enumerate() {
            let home = home(language, &self.config.languages);
            let newest = &self.site.newest[language];
            let feed = self.feed(language, &settings.title, &home, newest);
            self.add(path(&home), Job::Feed(Box::new(feed)), Origin::file(FILE));
        }
        for taxonomy in self.site.taxonomies.iter().filter(|taxonomy| taxonomy.feed) {
            for term in &taxonomy.terms {
                let is_dated = |page: &usize| self.site.pages[*page].page.date().is_some();
                let mut dated: Vec<usize> = term.pages.iter().copied().filter(is_dated).collect();
                if taxonomy.series {
                    // A series is listed as it is read, and a feed begins with what is new.
                    dated.sort_by_key(|page| {
                        let page = &self.site.pages[*page].page;
                        (std::cmp::Reverse(page.date()), page.path.clone())
                    });
                }
                let site = &self.config.languages[taxonomy.language].title;
                let title = format!("{} · {site}", term.name);
                let feed = self.feed(taxonomy.language, &title, &term.address, &dated);
                let job = Job::Feed(Box::new(feed));
                self.add(path(&term.address), job, Origin::file(FILE));
            }
        }
    }

    fn feed(&self, language: usize, title: &str, page: &Address, newest: &[usize]) -> Feed {
        let base_url = &self.config.base_url;
        let entries: Vec<FeedEntry> = newest
            .iter()
            .take(self.config.feed.limit)
            .filter_map(|index| {
                let page = &self.site.pages[*index].page;
                let published = page.date()?;
                // What is wrong with the body has been said for the page itself.
                let address = self.site.pages[*index].address.as_str();
                let expanded = self.expander.expand_for_feed(page, address);
                Some(FeedEntry {
                    summary: self.summary(*index),
                    published: published.rfc3339(),
                    updated: page.front.updated.unwrap_or(published).rfc3339(),
                    content: expanded.content,
                })
            })
            .collect();
        let settings = &self.config.languages[language];
        Feed {
            title: title.to_owned(),
            subtitle: settings.description.clone(),
            language,
            lang: settings.tag.clone(),
            origin: base_url.absolute(""),
            feed_url: base_url.permalink(&path(page)),
            page_url: base_url.permalink(page.as_str()),
            updated: entries.iter().map(|entry| entry.updated.clone()).max(),
            entries,
        }
    }

    pub fn sitemap(&mut self) {
        let base_url = &self.config.base_url;
        let pages = self.site.pages.iter().enumerate();
        let pages = pages.map(|(index, placed)| SitemapEntry {
            permalink: base_url.permalink(placed.address.as_str()),
            updated: day(placed.page.front.updated.or(placed.page.date())),
            alternates: self.alternates(Node::Page(index)),
        });
        let sections = self.site.sections.iter().enumerate();
        let sections = sections.map(|(index, section)| SitemapEntry {
            alternates: self.alternates(Node::Section(index)),
            ..self.undated(&section.address)
        });
        let taxonomies = self.site.taxonomies.iter();
        let terms = taxonomies
            .filter(|taxonomy| !taxonomy.terms.is_empty())
            .flat_map(|taxonomy| {
                let terms = taxonomy.terms.iter().map(|term| &term.address);
                std::iter::once(&taxonomy.address).chain(terms)
            })
            .map(|address| self.undated(address));
        let mut entries: Vec<SitemapEntry> = pages.chain(sections).chain(terms).collect();
        entries.extend(self.author_entries());
        entries.extend(self.archive_entries());
        entries.sort();
        let sitemap = base_url.permalink("sitemap.xml");
        let origin = Origin::file(FILE);
        self.add(
            "sitemap.xml".to_owned(),
            Job::Sitemap(Sitemap { entries }),
            origin.clone(),
        );
        // An author's own `static/robots.txt` counts more.
        if !self.plan.jobs.contains_key("robots.txt") {
            self.add("robots.txt".to_owned(), Job::Robots { sitemap }, origin);
        }
    }

    fn author_entries(&self) -> Vec<SitemapEntry> {
        let pages = self.site.author_pages.iter();
        let mut entries: Vec<SitemapEntry> = Vec::new();
        if self.theme.has("author.html") {
            entries.extend(pages.clone().map(|page| self.undated(&page.address)));
        }
        if self.theme.has("authors.html") {
            let lists = pages.map(|page| authors_address(page.language, self.config));
            entries.extend(lists.map(|address| self.undated(&address)));
            entries.sort();
            entries.dedup();
        }
        entries
    }

    fn archive_entries(&self) -> Vec<SitemapEntry> {
        let languages = 0..self.config.languages.len();
        languages
            .filter_map(|language| self.archive_address(language))
            .map(|address| self.undated(&address))
            .collect()
    }

    fn undated(&self, address: &Address) -> SitemapEntry {
        SitemapEntry {
            permalink: self.config.base_url.permalink(address.as_str()),
            updated: String::new(),
            alternates: Vec::new(),
        }
    }

    /// The addresses of a page in every language that has it, if there are several.
    fn alternates(&self, node: Node) -> Vec<(String, String)> {
        let languages = self.config.languages.iter().enumerate();
        let alternates: Vec<(String, String)> = languages
            .filter_map(|(language, settings)| {
                let (_, address) = self.site.node(self.site.translation(node, language)?);
                let permalink = self.config.base_url.permalink(address.as_str());
                Some((settings.tag.clone(), permalink))
            })
            .collect();
        match alternates.len() {
            0 | 1 => Vec::new(),
            _ => alternates,
        }
    }
}
