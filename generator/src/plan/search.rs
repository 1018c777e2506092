//! The search: an index of each language, and a page that looks things up in it.

use std::sync::Arc;

use super::{Job, Order, Planner, day};
use crate::address::Address;
use crate::assets::{integrity, output_path};
use crate::config::{Config, FILE};
use crate::content::Shown;
use crate::diagnostic::Place;
use crate::search::{Digest, Document, SCRIPT, index};
use crate::theme::Theme;
use crate::view::{SearchView, Subject};

const TEMPLATE: &str = "search.html";
/// Where the index is, below the output folder.
const FOLDER: &str = "assets/search";

/// Whether the site has a search.
pub fn is_wanted(config: &Config, theme: &Theme) -> bool {
    config.search && theme.has(TEMPLATE)
}

/// Where the search of a language is.
pub fn address(home: &Address) -> Address {
    home.child("search")
}

impl Planner<'_> {
    /// `digests` are those of the pages, in their order.
    pub fn search(&mut self, digests: &[Arc<Digest>]) {
        if !is_wanted(self.views.config, self.views.theme) {
            return;
        }
        let script = output_path("search.js", SCRIPT.as_bytes());
        let href = |path: &str| self.views.config.base_url.href(path);
        let mut files = Vec::new();
        let mut views = Vec::new();
        for language in 0..self.views.homes.len() {
            let pages = self.views.site.pages.iter().zip(digests);
            let pages: Vec<(Document, Arc<Digest>)> = pages
                .filter(|(page, _)| {
                    page.language == language && page.page.front.searchable.unwrap_or(true)
                })
                .map(|(placed, digest)| {
                    let document = Document {
                        title: placed.page.title.clone(),
                        path: href(placed.address.as_str()),
                        description: placed.page.front.description.clone(),
                        day: day(placed.page.date()),
                    };
                    (document, Arc::clone(digest))
                })
                .collect();
            let index = index(&pages, FOLDER);
            files.extend(index.files);
            views.push(SearchView {
                index: href(&index.entry),
                script: href(&script),
                script_integrity: integrity(SCRIPT.as_bytes()),
                pages: pages.len(),
            });
        }
        files.push((script, Arc::from(SCRIPT.as_bytes())));
        for (language, search) in views.into_iter().enumerate() {
            let address = address(&self.views.homes[language]);
            let recent = self.views.recent(language);
            let subject = Subject::Search { search, recent };
            let shown = Shown::default();
            let place = Place::file(FILE);
            self.page(TEMPLATE, &address, language, subject, &shown, place);
        }
        for (path, bytes) in files {
            // Two languages may well have the same file.
            if !self.orders.contains_key(&path) {
                self.add(path, Order::Ready(Job::Copy(bytes)), Place::file(FILE));
            }
        }
    }
}
