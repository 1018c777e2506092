//! A site looked over before it is published. Takes what a build takes; gives everything that a
//! build would report, and warnings about what it lets pass but was most likely not meant. Writes
//! nothing.

mod assets;
mod later;
mod links;
mod numbers;
mod places;
mod raw_html;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::ground::parse_pages;
use crate::html;
use crate::images;
use crate::link_check::{Files, Leads};
use crate::memory::Memory;
use crate::models::{self, Models};
use crate::output::Collector;
use crate::page::{Page, body_of};
use crate::report::counted;
use crate::site::Why;
use crate::source::SourceTree;
use crate::{Build, Options, build_into, estimate};

/// What looks for one kind of thing that was most likely not meant. While a site has errors all of them speak but those
/// that say of something that no page names it: what names it may be lost by a mistake.
const LINTS: [fn(&Evidence<'_>) -> Vec<Diagnostic>; 22] = [
    odd_models,
    numbers::that_a_model_knows,
    texts::headings_that_skip_levels,
    texts::missing_titles,
    texts::missing_descriptions,
    texts::long_titles,
    texts::changed_before_written,
    texts::second_titles,
    texts::terms_in_one,
    texts::days_that_are_none,
    texts::undated_among_dated,
    texts::languages_without_pages,
    texts::pages_in_no_language,
    links::misspelt_schemes,
    links::without_text,
    raw_html::links_without_text,
    raw_html::pictures_without_description,
    pictures_without_description,
    pages_that_nothing_links_to,
    assets::unused,
    places::told,
    assets::missing_from_styles,
];

/// The page for addresses that there are not.
const NOT_FOUND: &str = "404.html";

/// What was looked at, and what was found.
#[derive(Debug)]
pub struct Checked {
    /// Pages made by a template.
    pub pages: usize,
    pub models: usize,
    /// Whether it was looked for what nothing names, too.
    pub is_whole: bool,
    /// In reading order.
    pub diagnostics: Vec<Diagnostic>,
    /// Addresses of other sites, with the places that lead there.
    pub elsewhere: BTreeMap<String, Vec<Place>>,
}

/// What lints look at.
struct Evidence<'a> {
    source: &'a SourceTree,
    config: Config,
    /// Those that are published, or will be.
    pages: Vec<Arc<Page>>,
    models: Models,
    build: Build,
    /// Whether nothing is missing from it.
    is_whole: bool,
    /// Pages whose front matter has an error, so that it is not all known.
    unreadable: BTreeSet<String>,
    /// For each file of the site, the links of its page with the tags that they stand in.
    links: BTreeMap<String, Vec<(String, String)>>,
}

/// Checks a site.
pub fn check(source: &SourceTree, options: &Options, memory: &mut Memory) -> Checked {
    // What could be made is looked at although there are errors: nobody publishes it.
    let output = Collector::default();
    let mut build = build_into(source, options, memory, &output);
    build.output = output.into_tree();
    let is_whole = !build.failed();
    let wrong_later = later::wrong_later(source, options, memory, &build);
    build.diagnostics.extend(wrong_later);
    // Everything that is wrong with these has been said by the build.
    let (config, _) = config::parse(source, options.base_url.as_ref());
    let (pages, _) = parse_pages(source, &config, memory);
    let (models, _) = models::load(source, &config, &memory.models);
    let withheld: BTreeMap<&str, Why> = build
        .withheld
        .iter()
        .map(|(path, page)| (path.as_str(), page.why))
        .collect();
    let is_scheduled = |why: &Why| matches!(why, Why::Future(_));
    let is_meant = |page: &Arc<Page>| withheld.get(page.path.as_str()).is_none_or(is_scheduled);
    let mut evidence = Evidence {
        source,
        pages: pages.into_iter().filter(is_meant).collect(),
        config,
        models,
        links: links(&build),
        unreadable: unreadable(source, &build.diagnostics),
        is_whole,
        build,
    };
    let mut diagnostics = std::mem::take(&mut evidence.build.diagnostics);
    diagnostics.extend(LINTS.iter().flat_map(|lint| lint(&evidence)));
    diagnostics.sort_by_cached_key(Diagnostic::reading_order);
    Checked {
        pages: evidence.build.pages,
        is_whole: evidence.is_whole,
        models: model_files(source).count(),
        diagnostics,
        elsewhere: elsewhere(&evidence),
    }
}

impl Checked {
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// `Checked 26 pages and 1 model: no errors, 2 warnings`
    pub fn summary(&self) -> String {
        let errors = self.diagnostics.iter().filter(|one| one.is_error()).count();
        let warnings = self.diagnostics.len() - errors;
        let number = |count: usize, noun: &str| match count {
            0 => format!("no {noun}s"),
            count => counted(count, noun),
        };
        let models = match self.models {
            0 => String::new(),
            models => format!(" and {}", counted(models, "model")),
        };
        let to_come = match self.is_whole {
            true => "",
            false => {
                ". Pages and files that nothing leads to are looked for when there are no errors"
            }
        };
        format!(
            "Checked {}{models}: {}, {}{to_come}",
            counted(self.pages, "page"),
            number(errors, "error"),
            number(warnings, "warning")
        )
    }
}

impl Evidence<'_> {
    /// The files of the finished site.
    fn files(&self) -> Files<'_> {
        Files::new(self.build.output.files.keys(), &self.config.base_url)
    }

    /// A source as text.
    fn text(&self, path: &str) -> Option<&str> {
        SourceTree::text(path, self.source.get(path)?).ok()
    }

    /// What stands between a key and its value in a page's front matter.
    fn sign(&self, path: &str) -> &'static str {
        match self.text(path) {
            Some(text) if text.starts_with("---") => ":",
            _ => " =",
        }
    }
}

/// The files with an error before their text begins, or one that has no place in them.
fn unreadable(source: &SourceTree, diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let errors = diagnostics.iter().filter(|one| one.is_error());
    let places = errors.filter_map(|error| error.place.as_ref());
    let unreadable = places.filter(|place| {
        let text = source
            .get(&place.path)
            .and_then(|bytes| SourceTree::text(&place.path, bytes).ok());
        match (text, &place.span) {
            (Some(text), Some(span)) => span.start < body_of(&place.path, text).start,
            _ => true,
        }
    });
    unreadable.map(|place| place.path.clone()).collect()
}

fn links(build: &Build) -> BTreeMap<String, Vec<(String, String)>> {
    let pages = build
        .output
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    pages
        .filter_map(|(path, bytes)| {
            let html = str::from_utf8(bytes).ok()?;
            let mut links = Vec::new();
            for attribute in html::attributes(html) {
                let value = html::unescape(attribute.value);
                let targets: Vec<&str> = match attribute.name.as_ref() {
                    "href" | "src" | "poster" | "content" | "data" => vec![&value],
                    "srcset" => value
                        .split(',')
                        .filter_map(|one| one.split_whitespace().next())
                        .collect(),
                    _ => continue,
                };
                let tag = attribute.tag.as_ref();
                links.extend(
                    targets
                        .into_iter()
                        .map(|link| (tag.to_owned(), link.to_owned())),
                );
            }
            Some((path.clone(), links))
        })
        .collect()
}

fn pictures_without_description(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let pages = evidence.pages.iter();
    pages
        .flat_map(|page| images::missing_descriptions(page))
        .collect()
}

/// What is odd about the estimate models; those with errors have been reported already.
fn odd_models(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for path in model_files(evidence.source) {
        if let Some(text) = evidence.text(path)
            && let (Some(model), _) = estimate::parse(path, text)
        {
            warnings.extend(estimate::lint(&model, text));
        }
    }
    warnings
}

/// Without translations, which hold no numbers.
fn model_files(source: &SourceTree) -> impl Iterator<Item = &str> {
    let files = models::files(source).into_iter();
    files
        .filter(|file| file.language.is_none())
        .map(|file| file.path)
}

/// A page that readers find by its address or a search alone.
fn pages_that_nothing_links_to(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    if !evidence.is_whole {
        return Vec::new();
    }
    let files = evidence.files();
    let mut linked: BTreeSet<&str> = BTreeSet::new();
    for (from, links) in &evidence.links {
        // Readers are on other sites there, or on none.
        if from == NOT_FOUND || from.starts_with(models::EMBEDS) {
            continue;
        }
        for (_, link) in links.iter().filter(|(tag, _)| tag == "a") {
            match files.follow(link, from) {
                Leads::To { file, .. } if file != *from => {
                    linked.insert(file);
                }
                _ => {}
            }
        }
    }
    let sources: BTreeSet<&str> = evidence
        .pages
        .iter()
        .map(|page| page.path.as_str())
        .collect();
    let mut orphans: BTreeMap<&str, bool> = BTreeMap::new();
    for (file, source) in &evidence.build.origins {
        if sources.contains(source.as_str()) && file != "index.html" {
            // The numbered pages of a list belong to its first.
            *orphans.entry(source).or_insert(true) &= !linked.contains(file.as_str());
        }
    }
    orphans
        .into_iter()
        .filter(|(_, is_orphan)| *is_orphan)
        .map(|(source, _)| {
            Diagnostic::warning("no page links to this one")
                .in_file(source)
                .label("readers do not find it on the site")
                .help("link to it, put it into a section or the menu, or mark it as a draft")
        })
        .collect()
}

/// Addresses of other sites that pages link to, with where their authors wrote them.
fn elsewhere(evidence: &Evidence<'_>) -> BTreeMap<String, Vec<Place>> {
    let mut elsewhere: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let own = evidence.config.base_url.absolute("");
    for (file, links) in &evidence.links {
        let Some(source) = evidence.build.origins.get(file) else {
            continue;
        };
        for (_, link) in links.iter().filter(|(tag, _)| tag == "a") {
            let is_web = link.starts_with("https://") || link.starts_with("http://");
            if !is_web || link.starts_with(&own) {
                continue;
            }
            let address = link.split('#').next().unwrap_or_default();
            let written = evidence.text(source).and_then(|text| text.find(address));
            let place = Place {
                path: source.clone(),
                span: written.map(|start| start..start + address.len()),
            };
            let places = elsewhere.entry(address.to_owned()).or_default();
            // A template repeats a link on many pages, and a list its pages' texts.
            let is_known = places
                .iter()
                .any(|known| known.span.is_some() || known == &place);
            if !places.contains(&place) && (place.span.is_some() || !is_known) {
                places.push(place);
            }
        }
    }
    elsewhere
}
