//! Pages as Markdown beside themselves, and `llms.txt`, for sites that want them.

use super::{Job, Made, Order, Planner, Views, day};
use crate::address::Address;
use crate::alternate::{Alternate, Entry, Listed, Overview, overview};
use crate::config::FILE;
use crate::diagnostic::Place;
use crate::page::body_of;
use crate::site::Node;
use crate::source::SourceTree;

/// What stands for a calculator where the theme has no words.
pub const OPEN_CALCULATOR: &str = "Open the calculator in the article";

const LLMS: &str = "llms.txt";

impl Planner<'_> {
    pub fn markdown(&mut self) {
        let config = self.views.config;
        if config.markdown_alternates {
            let nodes: Vec<Node> = self.views.nodes.values().copied().collect();
            for node in nodes {
                let (page, address) = self.views.site.node(node);
                if let Some(file) = self.views.markdown_file(address) {
                    self.add(file, Order::Markdown(node), Place::file(&page.path));
                }
            }
        }
        if config.llms_txt && !config.preview {
            for language in 0..self.views.homes.len() {
                let home = &self.views.homes[language].as_str()[1..];
                let path = format!("{home}{LLMS}");
                let text = overview(&self.views.overview(language));
                let job = Job::Copy(text.into_bytes().into());
                self.add(path, Order::Ready(job), Place::file(FILE));
            }
        }
    }
}

impl Views<'_> {
    /// The file of a page as Markdown, below the output folder, if there is one.
    pub fn markdown_file(&self, address: &Address) -> Option<String> {
        let node = self.nodes.get(address)?;
        let (page, _) = self.site.node(*node);
        let has_text = matches!(node, Node::Page(_)) || page.body.word_count > 0;
        if !self.config.markdown_alternates || !has_text || self.is_hidden(address) {
            return None;
        }
        let file = address.output_file();
        let stem = file.strip_suffix(".html").unwrap_or(&file);
        Some(format!("{stem}.md"))
    }

    /// A page as its author wrote it, but for addresses and shortcodes.
    pub fn alternate(&self, node: Node) -> Made<'static> {
        let (page, address) = self.site.node(node);
        let text = self.source.get(&page.path);
        let text = text.and_then(|bytes| SourceTree::text(&page.path, bytes).ok());
        // What is no text has no body either, and that has been said.
        let text = text.unwrap_or_default();
        let language = match node {
            Node::Page(page) => self.site.pages[page].language,
            Node::Section(section) => self.site.sections[section].language,
        };
        let open = self.shared[language].t["open_calculator"].as_str();
        let open = open.unwrap_or(OPEN_CALCULATOR);
        let body = body_of(&page.path, text);
        let has_heading =
            page.front.title.is_none() && text[body.clone()].trim_start().starts_with("# ");
        let parts = self
            .expander
            .expand_as_markdown(page, address.as_str(), text, body, open);
        let alternate = Alternate {
            language,
            title: page.title.clone(),
            description: page.front.description.clone(),
            date: day(page.date()),
            permalink: self.config.base_url.permalink(address.as_str()),
            origin: self.config.base_url.absolute(""),
            has_heading,
            parts,
        };
        Made::new(Job::Markdown(Box::new(alternate)), Vec::new())
    }

    /// Sections and what is in them, as they are listed.
    fn overview(&self, language: usize) -> Overview {
        let settings = &self.config.languages[language];
        let sections = self.site.sections.iter();
        let sections = sections.filter(|section| section.language == language);
        let listed = sections.map(|section| Listed {
            // The home page's title is that of the whole.
            title: match section.parent {
                None => String::new(),
                Some(_) => section.page.title.clone(),
            },
            pages: section
                .pages
                .iter()
                .filter_map(|page| self.entry(*page))
                .collect(),
        });
        Overview {
            title: settings.title.clone(),
            description: settings.description.clone(),
            sections: listed.filter(|section| !section.pages.is_empty()).collect(),
        }
    }

    fn entry(&self, page: usize) -> Option<Entry> {
        let placed = &self.site.pages[page];
        if self.is_hidden(&placed.address) {
            return None;
        }
        let markdown = self.markdown_file(&placed.address);
        let path = markdown.as_deref().unwrap_or(placed.address.as_str());
        Some(Entry {
            title: placed.page.title.clone(),
            address: self.config.base_url.permalink(path),
            description: placed.page.front.description.clone(),
        })
    }
}
