//! What programs read: feeds, the sitemap, and robots.txt.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date as Day;

use super::{Job, Made, Order, Planner, Texts, Views};
use crate::address::Address;
use crate::config::{Config, FILE, FeedFormat};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place};
use crate::feed::{Feed, FeedEntry};
use crate::page::Page;
use crate::site::{Node, authors_address, home};
use crate::sitemap::{self, SitemapEntry};

/// The file of the feed of what is found at an address.
fn path(format: FeedFormat, address: &Address) -> String {
    format!("{}{}", &address.as_str()[1..], format.file())
}

/// The root-relative address of that file; empty if the site has no such feeds.
pub fn href(config: &Config, format: FeedFormat, address: &Address) -> String {
    match config.feed.formats.contains(&format) {
        true => config.base_url.href(&path(format, address)),
        false => String::new(),
    }
}

/// What a feed is about.
#[derive(Debug)]
pub struct Subject {
    language: usize,
    title: String,
    address: Address,
    /// Dated pages, the newest first, as many as a feed has.
    newest: Vec<usize>,
}

impl Planner<'_> {
    /// Feeds for each language, and for the sections and terms that want them.
    pub fn feeds(&mut self) {
        if self.views.config.feed.formats.is_empty() {
            return;
        }
        let site = self.views.site;
        let languages = &self.views.config.languages;
        for (language, settings) in languages.iter().enumerate() {
            self.feeds_of(Subject {
                language,
                title: settings.title.clone(),
                address: home(language, languages),
                newest: site.newest[language].clone(),
            });
        }
        for (index, section) in site.sections.iter().enumerate() {
            // That of a home page is the language's own.
            if !section.page.front.section.feed || section.parent.is_none() {
                continue;
            }
            let is_below = |page: &usize| {
                let around = site.pages[*page].section;
                around == index || site.ancestors(around).contains(&index)
            };
            let newest = site.newest[section.language].iter().copied();
            self.feeds_of(Subject {
                language: section.language,
                title: self.views.titled(&section.page.title, section.language),
                address: section.address.clone(),
                newest: newest.filter(is_below).collect(),
            });
        }
        for taxonomy in site.taxonomies.iter().filter(|taxonomy| taxonomy.feed) {
            for term in &taxonomy.terms {
                let is_dated = |page: &usize| site.pages[*page].page.date().is_some();
                let mut newest: Vec<usize> = term.pages.iter().copied().filter(is_dated).collect();
                if taxonomy.series {
                    // A series is listed as it is read, and a feed begins with what is new.
                    newest.sort_by_key(|page| {
                        let page = &site.pages[*page].page;
                        (Reverse(page.date()), page.path.clone())
                    });
                }
                self.feeds_of(Subject {
                    language: taxonomy.language,
                    title: self.views.titled(&term.name, taxonomy.language),
                    address: term.address.clone(),
                    newest,
                });
            }
        }
    }

    fn feeds_of(&mut self, mut subject: Subject) {
        subject.newest.truncate(self.views.config.feed.limit);
        let subject = Arc::new(subject);
        for format in &self.views.config.feed.formats {
            let path = path(*format, &subject.address);
            let order = Order::Feed(*format, Arc::clone(&subject));
            self.add(path, order, Place::file(FILE));
        }
    }

    pub fn sitemap(&mut self) {
        let views = &self.views;
        let base_url = &views.config.base_url;
        let is_shown = |address: &Address| !views.is_hidden(address);
        let pages = views.site.pages.iter().enumerate();
        let pages = pages.filter(|(_, placed)| is_shown(&placed.address));
        let pages = pages.map(|(index, placed)| SitemapEntry {
            permalink: base_url.permalink(placed.address.as_str()),
            updated: written(last_change(&placed.page)),
            alternates: views.alternates(Node::Page(index)),
        });
        let newest = views.newest_below();
        let sections = self.views.site.sections.iter().enumerate();
        let sections = sections.filter(|(_, section)| is_shown(&section.address));
        let sections = sections.map(|(index, section)| SitemapEntry {
            permalink: base_url.permalink(section.address.as_str()),
            updated: written(newest[index]),
            alternates: views.alternates(Node::Section(index)),
        });
        let taxonomies = self.views.site.taxonomies.iter();
        let terms = taxonomies
            .filter(|taxonomy| !taxonomy.terms.is_empty())
            .flat_map(|taxonomy| {
                let all: Vec<usize> = taxonomy
                    .terms
                    .iter()
                    .flat_map(|term| &term.pages)
                    .copied()
                    .collect();
                let terms = taxonomy.terms.iter();
                let terms = terms.map(|term| views.listed(&term.address, &term.pages));
                std::iter::once(views.listed(&taxonomy.address, &all)).chain(terms)
            });
        let mut entries: Vec<SitemapEntry> = pages.chain(sections).chain(terms).collect();
        entries.extend(views.author_entries());
        entries.extend(views.archive_entries());
        entries.sort();
        if self.views.config.preview {
            // A sitemap asks for what pages forbid.
            entries.clear();
        }
        let place = Place::file(FILE);
        for (path, text) in sitemap::files(&entries, |path| base_url.permalink(path)) {
            let job = Job::Copy(text.into_bytes().into());
            self.add(path, Order::Ready(job), place.clone());
        }
        // An author's own `static/robots.txt` counts more.
        if self.orders.contains_key("robots.txt") {
            self.unread_in_a_folder("static/robots.txt", "robots.txt");
        } else {
            let sitemap = base_url.permalink(sitemap::FILE);
            let text = sitemap::robots((!self.views.config.preview).then_some(&sitemap));
            let job = Job::Copy(text.into_bytes().into());
            self.add("robots.txt".to_owned(), Order::Ready(job), place);
        }
    }
}

impl Views<'_> {
    pub fn feed(&self, format: FeedFormat, subject: &Subject, texts: Texts) -> Made<'static> {
        let mut diagnostics = Vec::new();
        let entries = self.entries(&subject.newest, texts, &mut diagnostics);
        let mut pages = subject.newest.iter().map(|page| &self.site.pages[*page]);
        let is_outline = texts == Texts::AsRead && pages.any(|placed| placed.page.is_outline);
        let changed = subject.newest.iter().filter_map(|page| {
            let page = &self.site.pages[*page].page;
            page.front.updated.or(page.date())
        });
        let base_url = &self.config.base_url;
        let settings = &self.config.languages[subject.language];
        let feed = Feed {
            format,
            title: subject.title.clone(),
            subtitle: settings.description.clone(),
            language: subject.language,
            lang: settings.tag.clone(),
            origin: base_url.absolute(""),
            feed_url: base_url.permalink(&path(format, &subject.address)),
            page_url: base_url.permalink(subject.address.as_str()),
            updated: changed.max().map(Date::rfc3339),
            entries,
        };
        Made {
            is_outline,
            ..Made::new(Job::Feed(Box::new(feed)), diagnostics)
        }
    }

    fn entries(
        &self,
        newest: &[usize],
        texts: Texts,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<FeedEntry> {
        let mut entries = Vec::with_capacity(newest.len());
        for index in newest {
            let placed = &self.site.pages[*index];
            let page = self.text(&placed.page, texts);
            let Some(published) = page.date() else {
                continue;
            };
            // What is wrong with the body has been said for the page itself.
            let expanded = self
                .expander
                .expand_for_feed(&page, placed.address.as_str());
            entries.push(FeedEntry {
                summary: self.summary(*index, &page),
                published: published.rfc3339(),
                updated: page.front.updated.unwrap_or(published).rfc3339(),
                content: expanded.content,
                images: self.share_images(&placed.address, placed.language, diagnostics),
            });
        }
        entries
    }

    /// The name of a part of the site with that of the whole.
    fn titled(&self, part: &str, language: usize) -> String {
        format!("{part} · {}", self.config.languages[language].title)
    }

    fn author_entries(&self) -> Vec<SitemapEntry> {
        let pages = self.site.author_pages.iter();
        let mut entries: Vec<SitemapEntry> = Vec::new();
        if self.theme.has("author.html") {
            entries.extend(
                pages
                    .clone()
                    .map(|page| self.listed(&page.address, &page.pages)),
            );
        }
        if self.theme.has("authors.html") {
            let languages: BTreeSet<usize> = pages.map(|page| page.language).collect();
            let lists = languages.into_iter();
            let lists = lists.map(|language| authors_address(language, self.config));
            entries.extend(lists.map(|address| self.listed(&address, &[])));
        }
        entries
    }

    fn archive_entries(&self) -> Vec<SitemapEntry> {
        let languages = 0..self.config.languages.len();
        languages
            .filter_map(|language| {
                let address = self.archive_address(language)?;
                Some(self.listed(&address, &self.site.newest[language]))
            })
            .collect()
    }

    /// A list changes with the newest of its pages.
    fn listed(&self, address: &Address, pages: &[usize]) -> SitemapEntry {
        let days = pages.iter().map(|page| self.changed(*page));
        SitemapEntry {
            permalink: self.config.base_url.permalink(address.as_str()),
            updated: written(days.max().flatten()),
            alternates: Vec::new(),
        }
    }

    /// For each section the day of its last change, or of one below it: what a list shows is not only its own.
    fn newest_below(&self) -> Vec<Option<Day>> {
        let sections = &self.site.sections;
        let mut newest: Vec<Option<Day>> = sections
            .iter()
            .map(|section| last_change(&section.page))
            .collect();
        for (page, placed) in self.site.pages.iter().enumerate() {
            let day = self.changed(page);
            let mut around = Some(placed.section);
            while let Some(section) = around {
                newest[section] = newest[section].max(day);
                around = sections[section].parent;
            }
        }
        newest
    }

    fn changed(&self, page: usize) -> Option<Day> {
        last_change(&self.site.pages[page].page)
    }

    /// The addresses of a page in every language that has it, if there are several.
    fn alternates(&self, node: Node) -> Vec<(String, String)> {
        let languages = self.config.languages.iter().enumerate();
        let alternates: Vec<(String, String)> = languages
            .filter_map(|(language, settings)| {
                let (_, address) = self.site.node(self.site.translation(node, language)?);
                if self.is_hidden(address) {
                    return None;
                }
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

fn last_change(page: &Page) -> Option<Day> {
    page.front.updated.or(page.date()).map(Date::day)
}

/// Nothing if there is none.
fn written(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
