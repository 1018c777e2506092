//! Every file of the finished site and the job that makes it. Two jobs for one
//! file are found here, before anything is rendered.

mod alternates;
mod feeds;
mod files;
mod lists;
mod pages;
mod search;
mod shared;

pub use alternates::OPEN_CALCULATOR;
pub use search::is_wanted as has_search;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::address::Address;
use crate::alternate::Alternate;
use crate::assets::Assets;
use crate::config::Config;
use crate::content::Expander;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place};
use crate::feed::Feed;
use crate::images::Images;
use crate::models::Models;
use crate::search::Digest;
use crate::share_images::ShareImages;
use crate::site::{Links, Node, Site, home};
use crate::source::SourceTree;
use crate::theme::Theme;
use crate::variables::{self, Variables};
use crate::view::{ArticleLink, AuthorView, PageJob, Shared, Summary};
use crate::words;

/// What the site will be made of.
#[derive(Debug)]
pub struct Plan {
    /// By the path of their file below the output folder.
    pub jobs: BTreeMap<String, Planned>,
    /// What all pages of a language see, by language.
    pub shared: Vec<Shared>,
    /// Links of the settings, which every page has.
    pub settings: Origin,
}

#[derive(Debug)]
pub struct Planned {
    pub job: Job,
    pub origin: Origin,
}

/// Who wanted a file, for diagnostics about it.
#[derive(Clone, Debug)]
pub struct Origin {
    pub place: Place,
    /// Links that the author wrote, as readers get them, with their places.
    pub hrefs: Vec<(String, Place)>,
}

impl Origin {
    fn file(path: &str) -> Self {
        Self {
            place: Place {
                path: path.to_owned(),
                span: None,
            },
            hrefs: Vec::new(),
        }
    }
}

/// Everything that one file is made from.
#[derive(Debug)]
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
    /// Of the site's pages, in their order; empty if there is no search.
    pub digests: &'a [Arc<Digest>],
}

/// Plans the whole site.
pub fn plan(
    site: &Site,
    config: &Config,
    theme: &Theme,
    material: Material<'_>,
    source: &SourceTree,
) -> (Plan, Vec<Diagnostic>) {
    let Material {
        models,
        data,
        images,
        share_images,
        variables,
        digests,
    } = material;
    let mut diagnostics = Vec::new();
    let style = variables::style(&variables[0], |path| config.base_url.href(path));
    let assets = Assets::new(theme, &style, &config.base_url);
    let mut words = Vec::with_capacity(config.languages.len());
    for language in &config.languages {
        let (known, wrong) = words::in_language(theme, language);
        words.push(known);
        diagnostics.extend(wrong);
    }
    let expander = Expander {
        links: Links::new(site, config),
        models,
        images,
        theme,
        words: &words,
    };
    let settings = shared::Settings {
        config,
        theme,
        data,
        assets: &assets,
        variables,
        source,
    };
    let (shared, settings) = shared::shared(settings, &expander, &mut diagnostics);
    let authors = shared::authors(site, config, theme, &expander, &mut diagnostics);
    let mut planner = Planner {
        site,
        config,
        theme,
        expander: &expander,
        share_images,
        summaries: shared::summaries(site, config, &authors),
        authors,
        nodes: nodes(site),
        homes: (0..config.languages.len())
            .map(|language| home(language, &config.languages))
            .collect(),
        series: series(site),
        plan: Plan {
            jobs: BTreeMap::new(),
            shared,
            settings,
        },
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
    planner.search(digests);
    planner.embeds();
    planner.redirects();
    planner.feeds();
    planner.markdown(source);
    planner.copies(source, assets);
    planner.sitemap();
    planner.files_in_the_way_of_folders();
    (planner.plan, planner.diagnostics)
}

struct Planner<'a> {
    site: &'a Site,
    config: &'a Config,
    theme: &'a Theme,
    expander: &'a Expander<'a>,
    share_images: &'a ShareImages,
    summaries: Vec<Arc<Summary>>,
    /// By language and author.
    authors: Vec<Vec<Arc<AuthorView>>>,
    /// What authors wrote, by where it is found.
    nodes: BTreeMap<&'a Address, Node>,
    /// The home page of each language.
    homes: Vec<Address>,
    series: Series,
    plan: Plan,
    /// Planned paths in lower case: some file systems take them for the same.
    lower_case: BTreeMap<String, String>,
    /// Where each model's calculator stands first, and in which language.
    calculators: BTreeMap<String, (usize, ArticleLink)>,
    diagnostics: Vec<Diagnostic>,
}

/// For each page, the series that it is a part of: taxonomy, term, and the place in it.
type Series = BTreeMap<usize, Vec<(usize, usize, usize)>>;

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

impl Planner<'_> {
    fn add(&mut self, path: String, job: Job, origin: Origin) {
        let lower_case = path.to_lowercase();
        if let Some(other) = self.lower_case.get(&lower_case)
            && let Some(first) = self.plan.jobs.get(other)
        {
            self.diagnostics
                .push(collision(&path, other, &origin, &first.origin));
            if path == *other {
                return;
            }
        }
        self.lower_case.insert(lower_case, path.clone());
        self.plan.jobs.insert(path, Planned { job, origin });
    }

    /// `blog` cannot be a file when there is a `blog/index.html`.
    fn files_in_the_way_of_folders(&mut self) {
        let mut wrong: BTreeMap<&str, Diagnostic> = BTreeMap::new();
        for (path, planned) in &self.plan.jobs {
            let lower_case = path.to_lowercase();
            let folders = lower_case
                .match_indices('/')
                .map(|(end, _)| &lower_case[..end]);
            for file in folders.filter_map(|folder| self.lower_case.get(folder)) {
                let message = format!("`{file}` is a file, and a folder for `{path}`");
                let other = &self.plan.jobs[file].origin;
                wrong
                    .entry(file)
                    .or_insert_with(|| clash(message, &planned.origin, other));
            }
        }
        self.diagnostics.extend(wrong.into_values());
    }
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.day().to_string()).unwrap_or_default()
}

fn collision(path: &str, other: &str, second: &Origin, first: &Origin) -> Diagnostic {
    let message = match path == other {
        true => format!("two sources make the file `{path}`"),
        false => format!("`{path}` and `{other}` differ only in case"),
    };
    clash(message, second, first)
}

/// Two sources that cannot both have what they want.
fn clash(message: String, second: &Origin, first: &Origin) -> Diagnostic {
    let diagnostic = Diagnostic::error(message)
        .label(format!("the other is {}", first.place.path))
        .help(way_out(
            [second, first].map(|origin| origin.place.path.as_str()),
        ));
    match second.place.span.clone() {
        Some(span) => diagnostic.at(&second.place.path, span),
        None => diagnostic.in_file(&second.place.path),
    }
}

/// What helps two sources of which one has to give way.
fn way_out(paths: [&str; 2]) -> String {
    let [second, first] = paths.map(|path| path.starts_with("static/"));
    let file = if second { paths[0] } else { paths[1] };
    if second && first {
        "rename one of them".to_owned()
    } else if !second && !first {
        "give one of them another `slug` or `path`".to_owned()
    } else if paths.iter().any(|path| path.ends_with(".md")) {
        format!("rename `{file}`, or give the page another `slug` or `path`")
    } else {
        format!("rename or delete `{file}`: the build makes this file itself")
    }
}
