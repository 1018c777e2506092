//! Pages that list others: terms, authors, years.

use std::collections::BTreeMap;

use super::{Planner, Views, feeds};
use crate::address::Address;
use crate::config::{FILE, FeedFormat};
use crate::content::Shown;
use crate::diagnostic::Place;
use crate::ready::Seen;
use crate::site::{Taxonomy, Term, authors_address, home};
use crate::view::{ArchiveView, AuthorView, Paginator, Subject, TaxonomyView, TermView, YearView};

impl Planner<'_> {
    pub fn taxonomies(&mut self) {
        for taxonomy in &self.views.site.taxonomies {
            if taxonomy.terms.is_empty() {
                continue;
            }
            let view = TaxonomyView {
                name: taxonomy.name.clone(),
                series: taxonomy.series,
                path: self.views.config.base_url.href(taxonomy.address.as_str()),
                permalink: self
                    .views
                    .config
                    .base_url
                    .permalink(taxonomy.address.as_str()),
            };
            let terms: Vec<TermView> = taxonomy
                .terms
                .iter()
                .map(|term| self.views.term(taxonomy, term))
                .collect();
            let subject = Subject::TaxonomyList {
                taxonomy: view.clone(),
                terms: terms.clone(),
            };
            let template = self.template(None, "taxonomy_list.html");
            self.list_page(&template, &taxonomy.address, taxonomy.language, subject);
            let template = self.template(None, "taxonomy_single.html");
            for (term, term_view) in taxonomy.terms.iter().zip(terms) {
                let lists = self
                    .views
                    .paginate(&term.address, &term.pages, taxonomy.paginate_by);
                for (address, paginator) in lists {
                    let subject = Subject::TaxonomyTerm {
                        taxonomy: view.clone(),
                        term: term_view.clone(),
                        paginator,
                    };
                    self.list_page(&template, &address, taxonomy.language, subject);
                }
            }
        }
    }

    /// A page for each author, and a list of them, if the theme has templates for that.
    pub fn authors(&mut self) {
        let mut lists: BTreeMap<usize, Vec<Seen<AuthorView>>> = BTreeMap::new();
        for page in &self.views.site.author_pages {
            let author = self.views.summaries.authors[page.language][page.author].clone();
            lists.entry(page.language).or_default().push(author.clone());
            if !self.views.theme.has("author.html") {
                continue;
            }
            let per_page = self.views.site.sections[0].page.front.section.paginate_by;
            for (address, paginator) in self.views.paginate(&page.address, &page.pages, per_page) {
                let subject = Subject::Author {
                    author: author.clone(),
                    paginator,
                };
                self.list_page("author.html", &address, page.language, subject);
            }
        }
        if !self.views.theme.has("authors.html") {
            return;
        }
        for (language, authors) in lists {
            let address = authors_address(language, self.views.config);
            let subject = Subject::AuthorList { authors };
            self.list_page("authors.html", &address, language, subject);
        }
    }

    /// All articles by year, and a page for each year.
    pub fn archives(&mut self) {
        if self.views.config.archive.is_none() {
            return;
        }
        for (language, newest) in self.views.site.newest.iter().enumerate() {
            let Some(archive) = self.views.archive_address(language) else {
                continue;
            };
            let href = |address: &Address| self.views.config.base_url.href(address.as_str());
            let mut years: Vec<(Address, YearView)> = Vec::new();
            for index in newest {
                let Some(date) = self.views.site.pages[*index].page.date() else {
                    continue;
                };
                let year = date.year();
                if years.last().is_none_or(|(_, last)| last.year != year) {
                    let address = archive.child(&year.to_string());
                    let path = href(&address);
                    let pages = Vec::new();
                    years.push((address, YearView { year, path, pages }));
                }
                if let Some((_, last)) = years.last_mut() {
                    last.pages.push(self.views.in_lists(*index));
                }
            }
            let template = self.template(None, "archive.html");
            let path = href(&archive);
            let all = ArchiveView {
                path: path.clone(),
                year: 0,
                years: years.iter().map(|(_, year)| year.clone()).collect(),
            };
            self.list_page(
                &template,
                &archive,
                language,
                Subject::Archive { archive: all },
            );
            for (address, year) in years {
                let archive = ArchiveView {
                    path: path.clone(),
                    year: year.year,
                    years: vec![year],
                };
                self.list_page(&template, &address, language, Subject::Archive { archive });
            }
        }
    }

    fn list_page(&mut self, template: &str, address: &Address, language: usize, subject: Subject) {
        let shown = Shown::default();
        let place = Place::file(FILE);
        self.page(template, address, language, subject, &shown, place);
    }
}

impl Views<'_> {
    /// Where a language's articles by year are.
    pub fn archive_address(&self, language: usize) -> Option<Address> {
        let below = self.config.archive.as_ref()?.as_str();
        let home = home(language, &self.config.languages);
        let parts = below.split('/').filter(|part| !part.is_empty());
        Some(parts.fold(home, |address, part| address.child(part)))
    }

    pub fn paginate(
        &self,
        address: &Address,
        pages: &[usize],
        per_page: usize,
    ) -> Vec<(Address, Paginator)> {
        let per_page = if per_page == 0 { usize::MAX } else { per_page };
        let count = pages.len().div_ceil(per_page).max(1);
        let numbered = |number: usize| match number {
            1 => address.clone(),
            number => address.child("page").child(&number.to_string()),
        };
        let href = |number: usize| self.config.base_url.href(numbered(number).as_str());
        (1..=count)
            .map(|number| {
                let start = (number - 1).saturating_mul(per_page);
                let end = start.saturating_add(per_page).min(pages.len());
                let paginator = Paginator {
                    pages: self.list(&pages[start..end]),
                    current_index: number,
                    number_pagers: count,
                    total_pages: pages.len(),
                    first: href(1),
                    last: href(count),
                    previous: if number > 1 {
                        href(number - 1)
                    } else {
                        String::new()
                    },
                    next: if number < count {
                        href(number + 1)
                    } else {
                        String::new()
                    },
                };
                (numbered(number), paginator)
            })
            .collect()
    }

    pub fn term(&self, taxonomy: &Taxonomy, term: &Term) -> TermView {
        let feed = |format| match taxonomy.feed {
            true => feeds::href(self.config, format, &term.address),
            false => String::new(),
        };
        TermView {
            name: term.name.clone(),
            slug: term.slug.clone(),
            path: self.config.base_url.href(term.address.as_str()),
            permalink: self.config.base_url.permalink(term.address.as_str()),
            feed_path: feed(FeedFormat::Atom),
            json_feed_path: feed(FeedFormat::Json),
            page_count: term.pages.len(),
        }
    }
}
