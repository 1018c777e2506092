//! Checks the links of finished pages, those that templates wrote included:
//! every address inside the site must be a file of the site, and every anchor
//! must be on its page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::address::{BaseUrl, followed};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::page::has_scheme;
use crate::plan::Origin;
use crate::render::Rendered;

/// A finished page and who made it, by the path of its file.
pub type Pages<'a> = BTreeMap<&'a str, (&'a Rendered, &'a Origin)>;

/// Checks every link of every page. `files` are all the site's files, `shared`
/// the links that every page has from the settings, `broken` what a link is that leads nowhere.
pub fn check(
    pages: &Pages<'_>,
    files: &BTreeSet<&str>,
    shared: &Origin,
    base_url: &BaseUrl,
    broken: Severity,
) -> Vec<Diagnostic> {
    let anchors: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, (page, _))| (*path, page.anchors.iter().map(String::as_str).collect()))
        .collect();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    // Links that a template wrote, by what is wrong with them: it writes them on many pages.
    let mut unplaced: BTreeMap<String, (Diagnostic, Vec<&str>)> = BTreeMap::new();
    for (path, (page, origin)) in pages {
        for link in &page.links {
            let Some(wrong) = wrong(link, path, files, &anchors, base_url) else {
                continue;
            };
            let diagnostic = wrong.diagnostic(link, files, base_url).as_severe_as(broken);
            let diagnostic = match place(link, [*origin, shared]) {
                Some((path, span)) => diagnostic.at(path, span),
                None => {
                    let key = format!("{link} {}", diagnostic.message);
                    let (_, sources) = unplaced.entry(key).or_insert_with(|| {
                        let label = format!("`{link}`: {}", diagnostic.label);
                        (diagnostic.label(label), Vec::new())
                    });
                    sources.push(&origin.place.path);
                    continue;
                }
            };
            // The pages of a list repeat their section's text.
            if !diagnostics.contains(&diagnostic) {
                diagnostics.push(diagnostic);
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
    diagnostics
}

/// Where an author wrote a link.
fn place<'a>(link: &str, origins: [&'a Origin; 2]) -> Option<(&'a str, Span)> {
    origins.into_iter().find_map(|origin| {
        let (_, place) = origin.hrefs.iter().find(|(href, _)| href == link)?;
        Some((place.path.as_str(), place.span.clone()?))
    })
}

enum Wrong<'a> {
    NoFile,
    Outside,
    NoAnchor {
        anchor: &'a str,
        there: &'a BTreeSet<&'a str>,
    },
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
        file: String,
        anchor: &'a str,
    },
}

/// Follows a link from the page in the file `from`, as a host would.
pub fn follow<'a>(
    link: &'a str,
    from: &str,
    files: &BTreeSet<&str>,
    base_url: &BaseUrl,
) -> Leads<'a> {
    let link = match link.strip_prefix(&base_url.absolute("")) {
        // An absolute address of this very site.
        Some(path) if base_url.below(path).is_some() => path,
        _ if has_scheme(link) => return Leads::Elsewhere,
        _ => link,
    };
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        let file = from.to_owned();
        return Leads::To { file, anchor };
    }
    let absolute = match path.starts_with('/') {
        true => path.to_owned(),
        false => base_url.href(&followed(from, path)),
    };
    let Some(below) = base_url.below(&absolute) else {
        return Leads::Outside;
    };
    match existing(&decoded(below), files) {
        Some(file) => Leads::To { file, anchor },
        None => Leads::Nowhere,
    }
}

fn wrong<'a>(
    link: &'a str,
    from: &str,
    files: &BTreeSet<&str>,
    anchors: &'a BTreeMap<&str, BTreeSet<&'a str>>,
    base_url: &BaseUrl,
) -> Option<Wrong<'a>> {
    match follow(link, from, files, base_url) {
        Leads::Elsewhere => None,
        Leads::Outside => Some(Wrong::Outside),
        Leads::Nowhere => Some(Wrong::NoFile),
        Leads::To { file, anchor } => {
            let there = anchors.get(file.as_str())?;
            let is_there = matches!(anchor, "" | "top") || there.contains(decoded(anchor).as_ref());
            (!is_there).then_some(Wrong::NoAnchor { anchor, there })
        }
    }
}

/// The file that a host serves for a path: itself, or the index of a folder.
fn existing(path: &str, files: &BTreeSet<&str>) -> Option<String> {
    let index = match path {
        "" => "index.html".to_owned(),
        path => format!("{}/index.html", path.trim_end_matches('/')),
    };
    [path.to_owned(), index]
        .into_iter()
        .find(|file| files.contains(file.as_str()))
}

/// Undoes percent-encoding; what is not UTF-8 stays as it is.
fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(text))
}

impl Wrong<'_> {
    fn diagnostic(&self, link: &str, files: &BTreeSet<&str>, base_url: &BaseUrl) -> Diagnostic {
        match self {
            Wrong::NoFile => {
                // As authors write them: below the site's root, wherever that is.
                let address =
                    |file: &str| format!("/{}", file.strip_suffix("index.html").unwrap_or(file));
                let addresses: Vec<String> = files.iter().map(|file| address(file)).collect();
                let path = link.split(['#', '?']).next().unwrap_or_default();
                let path = address(base_url.below(path).unwrap_or(path));
                Diagnostic::error("link to a page that does not exist")
                    .label("no page has this address")
                    .suggest(&path, addresses.iter().map(String::as_str))
            }
            Wrong::Outside => Diagnostic::error("link to an address outside the site")
                .label(format!("the site lives below `{}`", base_url.path())),
            Wrong::NoAnchor { anchor, there } => {
                Diagnostic::error("link to a part of a page that does not exist")
                    .label(format!("the page has no `#{anchor}`"))
                    .suggest(anchor, there.iter().copied())
            }
        }
    }
}
