//! Checks the links of finished pages, those that templates wrote included:
//! every address inside the site must be a file of the site, and every anchor
//! must be on its page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::address::{BaseUrl, followed};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::page::has_scheme;
use crate::plan::Href;
use crate::render::Rendered;

/// Separates the ids of a page; no document can hold it.
const BETWEEN: char = '\0';

/// The file that a host serves for a folder.
const INDEX: &str = "index.html";

/// What the check needs of a finished page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PageLinks {
    /// Links that lead nowhere, or to an id on another page that is yet to be finished.
    open: Vec<String>,
    /// What links to the page may name, each followed by [`BETWEEN`]: there are many pages.
    anchors: Box<str>,
}

impl PageLinks {
    /// Those that may turn out to be wrong.
    pub fn open(&self) -> &[String] {
        &self.open
    }

    fn anchors(&self) -> impl Iterator<Item = &str> {
        self.anchors.split_terminator(BETWEEN)
    }
}

/// What there is of each finished page, and the source of the one who wanted it, by the path of its file.
pub type Pages<'a> = BTreeMap<&'a str, (&'a PageLinks, &'a str)>;

/// All of the site's files, as links find them.
pub struct Files<'a> {
    /// Each with whether a page leads to it, as far as pages are finished.
    paths: FxHashMap<&'a str, AtomicBool>,
    /// What a host serves for a folder, by the folder.
    indexes: FxHashMap<&'a str, &'a str>,
    base_url: &'a BaseUrl,
    /// How absolute addresses of this very site begin.
    origin: String,
}

impl<'a> Files<'a> {
    pub fn new(paths: impl Iterator<Item = &'a String>, base_url: &'a BaseUrl) -> Self {
        let unseen = |path: &'a String| (path.as_str(), AtomicBool::new(false));
        let paths: FxHashMap<&str, AtomicBool> = paths.map(unseen).collect();
        let index = |path: &&'a str| {
            let folder = path.strip_suffix(INDEX)?;
            let is_index = folder.is_empty() || folder.ends_with('/');
            is_index.then_some((folder.trim_end_matches('/'), *path))
        };
        Self {
            indexes: paths.keys().filter_map(index).collect(),
            paths,
            base_url,
            origin: base_url.absolute(""),
        }
    }

    /// What is to be kept of a page until all are finished.
    pub fn links(&self, path: &str, page: &Rendered) -> PageLinks {
        let is_open = |link: &&String| self.judge(link, path, page) != Judgement::Good;
        let mut anchors = String::new();
        for id in &page.anchors {
            anchors.push_str(id);
            anchors.push(BETWEEN);
        }
        PageLinks {
            open: page.links.iter().filter(is_open).cloned().collect(),
            anchors: anchors.into_boxed_str(),
        }
    }

    /// Notes that a page leads to a file. `false` if there is no such file.
    pub fn note_link(&self, file: &str) -> bool {
        let Some(is_linked) = self.paths.get(file) else {
            return false;
        };
        // Threads that only read do not wait for each other.
        if !is_linked.load(Ordering::Relaxed) {
            is_linked.store(true, Ordering::Relaxed);
        }
        true
    }

    /// The files to which pages lead, in their order.
    pub fn linked(&self) -> Vec<String> {
        let linked = self.paths.iter();
        let linked = linked.filter(|(_, is_linked)| is_linked.load(Ordering::Relaxed));
        let mut linked: Vec<String> = linked.map(|(path, _)| (*path).to_owned()).collect();
        linked.sort_unstable();
        linked
    }

    /// Whether every link of a page leads to a file of the site, or out of it. Ids on other pages are not looked for.
    pub fn leads_somewhere(&self, path: &str, page: &Rendered) -> bool {
        let mut links = page.links.iter();
        links.all(|link| self.judge(link, path, page) != Judgement::Wrong)
    }

    fn judge(&self, link: &str, path: &str, page: &Rendered) -> Judgement {
        let leads = self.follow(link, path);
        if let Leads::To { file, .. } = leads {
            self.note_link(file);
        }
        match leads {
            Leads::Elsewhere => Judgement::Good,
            Leads::Outside | Leads::Nowhere => Judgement::Wrong,
            Leads::To { anchor, .. } if is_top(anchor) => Judgement::Good,
            Leads::To { file, .. } if file != path => Judgement::Open,
            Leads::To { anchor, .. } => {
                match page.anchors.iter().any(|id| *id == decoded(anchor)) {
                    true => Judgement::Good,
                    false => Judgement::Wrong,
                }
            }
        }
    }

    /// Follows a link from the page in the file `from`, as a host would.
    pub fn follow<'b>(&self, link: &'b str, from: &'b str) -> Leads<'b>
    where
        'a: 'b,
    {
        let link = match link.strip_prefix(&self.origin) {
            // An absolute address of this very site.
            Some(path) if self.base_url.below(path).is_some() => path,
            _ if has_scheme(link) => return Leads::Elsewhere,
            _ => link,
        };
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return Leads::To { file: from, anchor };
        }
        let absolute = match path.starts_with('/') {
            true => Cow::Borrowed(path),
            false => Cow::Owned(self.base_url.href(&followed(from, path))),
        };
        let Some(below) = self.base_url.below(&absolute) else {
            return Leads::Outside;
        };
        match self.existing(&decoded(below)) {
            Some(file) => Leads::To { file, anchor },
            None => Leads::Nowhere,
        }
    }

    /// The file that a host serves for a path: itself, or the index of a folder.
    fn existing(&self, path: &str) -> Option<&'a str> {
        let index = || self.indexes.get(path.trim_end_matches('/')).copied();
        let file = self.paths.get_key_value(path).map(|(path, _)| *path);
        file.or_else(index)
    }
}

/// What can be said of a link as soon as its own page is finished.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judgement {
    Good,
    /// It leads to an id on another page.
    Open,
    Wrong,
}

/// Where a link on a finished page leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Leads<'a> {
    /// To another site.
    Elsewhere,
    /// To this host, but not into the site's folder.
    Outside,
    Nowhere,
    /// To this file of the site, and to a part of it unless that is empty.
    To {
        file: &'a str,
        anchor: &'a str,
    },
}

/// Checks every link of every page, as far as it leads to one of them. `hrefs` gives, for a page's file, the links that
/// authors wrote there, and `broken` says what a link is that leads nowhere. What is `known` to be wrong is not
/// said again: a target without a source leads nowhere on the finished page either.
pub fn check(
    pages: &Pages<'_>,
    files: &Files<'_>,
    hrefs: impl Fn(&str) -> Vec<Href>,
    broken: Severity,
    known: &[Diagnostic],
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    // Links that a template wrote, by what is wrong with them: it writes them on many pages.
    let mut unplaced: BTreeMap<String, (Diagnostic, Vec<&str>)> = BTreeMap::new();
    for (path, (page, source)) in pages {
        let mut wrongs = page
            .open
            .iter()
            .filter_map(|link| Some((link, wrong(link, path, files, pages)?)))
            .peekable();
        if wrongs.peek().is_none() {
            continue;
        }
        let hrefs = hrefs(path);
        for (link, wrong) in wrongs {
            let diagnostic = wrong.diagnostic(link, files).as_severe_as(broken);
            let mut places = places(link, &hrefs).peekable();
            if places.peek().is_none() {
                let key = format!("{link} {}", diagnostic.message);
                let (_, sources) = unplaced.entry(key).or_insert_with(|| {
                    let label = format!("`{link}`: {}", diagnostic.label);
                    (diagnostic.label(label), Vec::new())
                });
                sources.push(source);
                continue;
            }
            // The pages of a list repeat their section's text.
            for place in places {
                let diagnostic = diagnostic.clone().placed(place);
                if !diagnostics.contains(&diagnostic) {
                    diagnostics.push(diagnostic);
                }
            }
        }
    }
    diagnostics.extend(unplaced.into_values().map(|(diagnostic, sources)| {
        let also = match sources.len() - 1 {
            0 => String::new(),
            1 => " (one more page has it)".to_owned(),
            more => format!(" ({more} more pages have it)"),
        };
        let help = format!("the link is in raw HTML, in front matter or in a template{also}");
        diagnostic.in_file(sources[0]).help(help)
    }));
    diagnostics.retain(|one| !known.iter().any(|known| known.is_at(one)));
    diagnostics
}

/// Wherever authors wrote a link.
pub fn places<'a>(link: &str, hrefs: &'a [Href]) -> impl Iterator<Item = &'a Place> {
    let places = hrefs.iter().filter(move |(href, _)| href == link);
    places.filter_map(|(_, place)| place.span.is_some().then_some(place))
}

enum Wrong<'a> {
    NoFile,
    Outside,
    NoAnchor {
        anchor: &'a str,
        there: &'a PageLinks,
    },
}

fn wrong<'a>(
    link: &'a str,
    from: &'a str,
    files: &Files<'a>,
    pages: &'a Pages<'_>,
) -> Option<Wrong<'a>> {
    match files.follow(link, from) {
        Leads::Elsewhere => None,
        Leads::Outside => Some(Wrong::Outside),
        Leads::Nowhere => Some(Wrong::NoFile),
        Leads::To { file, anchor } => {
            let (there, _) = pages.get(file)?;
            let is_there = is_top(anchor) || there.anchors().any(|id| id == decoded(anchor));
            (!is_there).then_some(Wrong::NoAnchor { anchor, there })
        }
    }
}

/// What every page has.
fn is_top(anchor: &str) -> bool {
    matches!(anchor, "" | "top")
}

/// Undoes percent-encoding; what is not UTF-8 stays as it is.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(text))
}

impl Wrong<'_> {
    fn diagnostic(&self, link: &str, files: &Files<'_>) -> Diagnostic {
        let base_url = files.base_url;
        match self {
            Wrong::NoFile => {
                // As authors write them: below the site's root, wherever that is.
                let address = |file: &str| format!("/{}", file.strip_suffix(INDEX).unwrap_or(file));
                // In order, because the first of equally good suggestions is taken.
                let paths: BTreeSet<&str> = files.paths.keys().copied().collect();
                let addresses: Vec<String> = paths.into_iter().map(address).collect();
                let path = link.split(['#', '?']).next().unwrap_or_default();
                let path = address(base_url.below(path).unwrap_or(path));
                Diagnostic::error("link to a page that does not exist")
                    .label("no page has this address")
                    .suggest(&path, addresses.iter().map(String::as_str))
            }
            Wrong::Outside => Diagnostic::error("link to an address outside the site")
                .label(format!("the site lives below `{}`", base_url.path())),
            Wrong::NoAnchor { anchor, there } => {
                let ids: BTreeSet<&str> = there.anchors().collect();
                Diagnostic::error("link to a part of a page that does not exist")
                    .label(format!("the page has no `#{anchor}`"))
                    .suggest(anchor, ids)
            }
        }
    }
}
