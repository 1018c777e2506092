//! Every file of the finished site and the job that makes it. Two jobs for one
//! file are found here, before anything is rendered.

mod alternates;
mod articles;
mod feeds;
mod files;
mod lists;
mod pages;
mod search;
mod shared;
mod summaries;
mod views;

pub use alternates::OPEN_CALCULATOR;
pub use search::is_wanted as has_search;
pub use views::Views;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::alternate::Alternate;
use crate::config::{Config, FILE, FeedFormat};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place};
use crate::feed::Feed;
use crate::images::Images;
use crate::models::Models;
use crate::page::{self, Page};
use crate::search::Digest;
use crate::share_images::ShareImages;
use crate::site::{Links, Node, Site};
use crate::source::{SourceTree, is_page};
use crate::theme::Theme;
use crate::variables::Variables;
use crate::view::{ArticleLink, PageJob, Shared};
use crate::words::Words;

/// What the site will be made of.
pub struct Plan<'a> {
    /// By the path of their file below the output folder.
    pub orders: BTreeMap<String, Planned>,
    /// Links of the settings, which every page has.
    pub settings: Origin,
    views: Views<'a>,
}

#[derive(Debug)]
pub struct Planned {
    pub order: Order,
    /// Who wanted the file.
    pub place: Place,
}

impl<'a> Plan<'a> {
    /// What an order is about, with all that is to be seen of it.
    pub fn job<'b>(&'b self, planned: &'b Planned) -> Made<'b> {
        self.views.job(&planned.order, Texts::Whole)
    }

    /// The same without texts that were not read: enough to tell whether it is as it was.
    pub fn outline<'b>(&'b self, planned: &'b Planned) -> Made<'b> {
        self.views.job(&planned.order, Texts::AsRead)
    }

    /// The links that authors wrote who can be on a page: who wanted it, and the settings.
    pub fn hrefs(&self, planned: &Planned) -> Vec<Href> {
        let mut hrefs = self.views.origin(&planned.place).hrefs;
        hrefs.extend(self.raw_hrefs(&planned.place.path));
        hrefs.extend_from_slice(&self.settings.hrefs);
        hrefs
    }

    /// Those in HTML of an author's own. The text is read once more: only pages with broken links are asked for it.
    fn raw_hrefs(&self, path: &str) -> Vec<Href> {
        let Some(file) = self.views.source.file(path).filter(|_| is_page(path)) else {
            return Vec::new();
        };
        let bytes = file.once(path).unwrap_or_default();
        let text = SourceTree::text(path, &bytes).unwrap_or_default();
        let place = |span| Place {
            path: path.to_owned(),
            span: Some(span),
        };
        let raw = page::raw_hrefs(text, page::body_of(path, text)).into_iter();
        raw.map(|(href, span)| (href, place(span))).collect()
    }

    /// An article with another text than the site was put together with; `None` if it is made otherwise.
    pub fn revised(&self, file: &str, index: usize, page: &Page) -> Option<Made<'_>> {
        match &self.orders.get(file)?.order {
            Order::Article {
                page: made,
                template,
            } if *made == index => Some(self.views.revised(index, page, template)),
            _ => None,
        }
    }

    pub fn links(&self) -> &Links<'_> {
        &self.views.expander.links
    }

    /// What all pages of a language see, by language.
    pub fn shared(&self) -> &[Shared] {
        &self.views.shared
    }
}

/// What becomes a [`Job`] when it is its turn: the texts of a large site are not all held at once.
#[derive(Debug)]
pub enum Order {
    /// One that is small enough to be ready.
    Ready(Job),
    Article {
        page: usize,
        template: String,
    },
    Feed(FeedFormat, Arc<feeds::Subject>),
    Markdown(Node),
}

/// Which texts of pages are wanted in a job.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// All that the job shows.
    Whole,
    /// Those that were read: others are left out.
    AsRead,
}

/// A job, and what is wrong with what it is made of.
pub struct Made<'a> {
    pub job: Cow<'a, Job>,
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a text was left out, so that it cannot be done yet.
    pub is_outline: bool,
}

/// Who wanted a file, for diagnostics about it.
#[derive(Clone, Debug)]
pub struct Origin {
    pub place: Place,
    /// Links that the author wrote.
    pub hrefs: Vec<Href>,
}

/// A link as readers get it, with the place where it is written.
pub type Href = (String, Place);

impl<'a> Made<'a> {
    fn new(job: Job, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            job: Cow::Owned(job),
            diagnostics,
            is_outline: false,
        }
    }

    fn ready(job: &'a Job) -> Self {
        Self {
            job: Cow::Borrowed(job),
            diagnostics: Vec::new(),
            is_outline: false,
        }
    }
}

/// Everything that one file is made from.
#[derive(Clone, Debug)]
pub enum Job {
    /// A template of the theme.
    Page(Box<PageJob>),
    /// A page that leads to another address.
    Redirect {
        path: String,
        permalink: String,
    },
    Feed(Box<Feed>),
    Markdown(Box<Alternate>),
    /// Bytes as they are.
    Copy(Arc<[u8]>),
}

/// What pages show besides texts, made before there is a plan.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    pub models: &'a Models,
    pub data: &'a Json,
    pub images: &'a Images,
    pub share_images: &'a ShareImages,
    /// Of each language.
    pub variables: &'a Variables,
    /// The theme's words in each language.
    pub words: &'a [Words],
    /// Of the site's pages, in their order; empty if there is no search.
    pub digests: &'a [Arc<Digest>],
}

/// Plans the whole site.
pub fn plan<'a>(
    site: &'a Site,
    config: &'a Config,
    theme: &'a Theme,
    material: Material<'a>,
    source: &'a SourceTree,
) -> (Plan<'a>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (views, assets, settings) =
        Views::new(site, config, theme, material, source, &mut diagnostics);
    let mut planner = Planner {
        views,
        orders: BTreeMap::new(),
        lower_case: BTreeMap::new(),
        calculators: BTreeMap::new(),
        diagnostics,
    };
    planner.pages();
    planner.sections();
    planner.taxonomies();
    planner.authors();
    planner.archives();
    planner.not_found();
    planner.search(material.digests);
    planner.embeds();
    planner.redirects();
    planner.feeds();
    planner.markdown();
    planner.copies(assets);
    planner.sitemap();
    planner.files_in_the_way_of_folders();
    let plan = Plan {
        orders: planner.orders,
        settings,
        views: planner.views,
    };
    (plan, planner.diagnostics)
}

struct Planner<'a> {
    views: Views<'a>,
    orders: BTreeMap<String, Planned>,
    /// Planned paths in lower case: some file systems take them for the same.
    lower_case: BTreeMap<String, String>,
    /// Where each model's calculator stands first, and in which language.
    calculators: BTreeMap<String, (usize, ArticleLink)>,
    diagnostics: Vec<Diagnostic>,
}

impl Planner<'_> {
    fn add(&mut self, path: String, order: Order, place: Place) {
        let lower_case = path.to_lowercase();
        if let Some(other) = self.lower_case.get(&lower_case)
            && let Some(first) = self.orders.get(other)
        {
            self.diagnostics
                .push(collision(&path, other, &place, &first.place));
            if path == *other {
                return;
            }
        }
        self.lower_case.insert(lower_case, path.clone());
        self.orders.insert(path, Planned { order, place });
    }

    /// `blog` cannot be a file when there is a `blog/index.html`.
    fn files_in_the_way_of_folders(&mut self) {
        let mut wrong: BTreeMap<&str, Diagnostic> = BTreeMap::new();
        for (path, planned) in &self.orders {
            let lower_case = path.to_lowercase();
            let folders = lower_case
                .match_indices('/')
                .map(|(end, _)| &lower_case[..end]);
            for file in folders.filter_map(|folder| self.lower_case.get(folder)) {
                let message = format!("`{file}` is a file, and a folder for `{path}`");
                let other = &self.orders[file].place;
                wrong
                    .entry(file)
                    .or_insert_with(|| clash(message, &planned.place, other));
            }
        }
        self.diagnostics.extend(wrong.into_values());
    }
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.day().to_string()).unwrap_or_default()
}

/// For programs, which understand a time as well.
fn moment(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn collision(path: &str, other: &str, second: &Place, first: &Place) -> Diagnostic {
    if path == other && first.path == second.path && first.path.ends_with(".md") {
        return Diagnostic::error("this page has this address already")
            .placed(second)
            .label(format!("`{path}` is made without it"))
            .help("delete it: `aliases` are other addresses that lead here");
    }
    let message = match path == other {
        true => format!("two sources make the file `{path}`"),
        false => format!("`{path}` and `{other}` differ only in case"),
    };
    clash(message, second, first)
}

/// Two sources that cannot both have what they want. It is shown where an author can change it.
fn clash(message: String, second: &Place, first: &Place) -> Diagnostic {
    let can_change = |place: &Place| (place.path.ends_with(".md"), place.span.is_some());
    let [shown, other] = match can_change(first) > can_change(second) {
        true => [first, second],
        false => [second, first],
    };
    let label = match other.path.as_str() {
        FILE => "the site makes one there itself".to_owned(),
        path => format!("the other is {path}"),
    };
    Diagnostic::error(message)
        .placed(shown)
        .label(label)
        .help(way_out([&shown.path, &other.path]))
}

/// What helps two sources of which one has to give way.
fn way_out(paths: [&str; 2]) -> String {
    let [second, first] = paths.map(|path| path.starts_with("static/"));
    let pages = paths.iter().filter(|path| path.ends_with(".md")).count();
    let file = if second { paths[0] } else { paths[1] };
    if second && first {
        "rename one of them".to_owned()
    } else if !second && !first {
        match pages {
            1 => "give the page another `path`".to_owned(),
            _ => "give one of them another `slug` or `path`".to_owned(),
        }
    } else if pages > 0 {
        format!("rename `{file}`, or give the page another `slug` or `path`")
    } else {
        format!("rename or delete `{file}`: the build makes this file itself")
    }
}
