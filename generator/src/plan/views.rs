//! Everything that views are made from. The plan keeps it, so that a job's view is made when it is the job's
//! turn and gone when the job is done.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::summaries::Summaries;
use super::{Made, Material, Order, Origin, Texts, shared};
use crate::address::Address;
use crate::assets::Assets;
use crate::config::Config;
use crate::content::Expander;
use crate::diagnostic::{Diagnostic, Place};
use crate::page::{self, Page, Reading};
use crate::ready::Ready;
use crate::share_images::ShareImages;
use crate::site::{Links, Node, Site, home};
use crate::source::SourceTree;
use crate::theme::Theme;
use crate::variables;
use crate::view::Shared;

/// What is known of the site when its files are made.
pub struct Views<'a> {
    pub site: &'a Site,
    pub config: &'a Config,
    pub theme: &'a Theme,
    pub source: &'a SourceTree,
    reading: Reading,
    pub expander: Expander<'a>,
    pub share_images: &'a ShareImages,
    /// What all pages of a language see, by language.
    pub shared: Vec<Shared>,
    pub summaries: Summaries<'a>,
    /// Each page of the site as lists show it.
    pub listed: Vec<Ready>,
    /// What authors wrote, by where it is found.
    pub nodes: BTreeMap<&'a Address, Node>,
    /// The home page of each language.
    pub homes: Vec<Address>,
    pub series: Series,
    /// Whether pages say to search engines what they are about.
    pub says_json_ld: bool,
}

/// For each page, the series that it is a part of: taxonomy, term, and the place in it.
type Series = BTreeMap<usize, Vec<(usize, usize, usize)>>;

impl<'a> Views<'a> {
    /// Also gives the theme's assets, and the links of the settings.
    pub fn new(
        site: &'a Site,
        config: &'a Config,
        theme: &'a Theme,
        material: Material<'a>,
        source: &'a SourceTree,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Self, Assets, Origin) {
        let Material {
            models,
            data,
            images,
            share_images,
            variables,
            words,
            ..
        } = material;
        let style = variables::style(&variables[0], |path| config.base_url.href(path));
        let assets = Assets::new(theme, &style, &config.base_url);
        let expander = Expander {
            links: Links::new(site, config).published_at(images.outputs()),
            models,
            images,
            theme,
            words,
            has_contact: config.contact.is_some(),
        };
        let settings = shared::Settings {
            config,
            theme,
            data,
            assets: &assets,
            variables,
            source,
        };
        let (shared, settings) = shared::shared(settings, &expander, diagnostics);
        let authors = shared::authors(site, config, theme, &expander, diagnostics);
        let summaries = Summaries::new(site, config, authors);
        let views = Self {
            site,
            config,
            theme,
            source,
            reading: config.reading(),
            expander,
            share_images,
            shared,
            listed: summaries.listed(),
            summaries,
            nodes: nodes(site),
            homes: (0..config.languages.len())
                .map(|language| home(language, &config.languages))
                .collect(),
            series: series(site),
            says_json_ld: theme.mentions("json_ld"),
        };
        (views, assets, settings)
    }

    /// What an order is about, with all that is to be seen of it.
    pub fn job<'b>(&'b self, order: &'b Order, texts: Texts) -> Made<'b> {
        match order {
            Order::Ready(job) => Made::ready(job),
            Order::Article { page, template } => self.article(*page, template, texts),
            Order::Feed(format, subject) => self.feed(*format, subject, texts),
            Order::Markdown(node) => self.alternate(*node),
        }
    }

    /// A page with its text, if that is wanted.
    pub fn text<'b>(&self, page: &'b Page, texts: Texts) -> Cow<'b, Page> {
        match texts {
            Texts::Whole => page::whole(page, self.source, &self.reading),
            Texts::AsRead => Cow::Borrowed(page),
        }
    }

    /// The file that wanted something, with the links in it.
    pub fn origin(&self, place: &Place) -> Origin {
        let node = self.expander.links.written_in(&place.path);
        let hrefs = node.map(|node| {
            let (page, address) = self.site.node(node);
            self.expander.hrefs(page, address.as_str())
        });
        Origin {
            place: place.clone(),
            hrefs: hrefs.unwrap_or_default(),
        }
    }
}

fn series(site: &Site) -> Series {
    let mut series = Series::new();
    let taxonomies = site.taxonomies.iter().enumerate();
    for (taxonomy, terms) in taxonomies.filter(|(_, taxonomy)| taxonomy.series) {
        for (term, pages) in terms.terms.iter().enumerate() {
            for (position, page) in pages.pages.iter().enumerate() {
                if site.pages[*page].language == terms.language {
                    series
                        .entry(*page)
                        .or_default()
                        .push((taxonomy, term, position));
                }
            }
        }
    }
    series
}

fn nodes(site: &Site) -> BTreeMap<&Address, Node> {
    let pages = site.pages.iter().enumerate();
    let pages = pages.map(|(index, page)| (&page.address, Node::Page(index)));
    let sections = site.sections.iter().enumerate();
    let sections = sections.map(|(index, section)| (&section.address, Node::Section(index)));
    pages.chain(sections).collect()
}
