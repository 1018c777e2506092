//! Who wrote what: by-lines matched with authors' files, and the pages of every author.

use super::addresses::{home, slug};
use super::sections::ByDate;
use super::{AuthorPage, Byline, SitePage};
use crate::address::Address;
use crate::authors::Authors;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::AUTHORS;

/// The folder of authors' pages, below a language's home page.
pub const FOLDER: &str = "authors";

/// The by-lines of every page. Once a site has files of authors, a name without one is a mistake.
pub fn bylines(
    pages: &[SitePage],
    authors: &Authors,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<Byline>> {
    let byline = |name: &str| {
        let author = authors.find(name);
        Byline {
            name: author
                .map_or(name, |index| &authors.authors[index].name)
                .to_owned(),
            author,
        }
    };
    let of_site: Vec<Byline> = Some(config.author.as_str())
        .filter(|author| !author.is_empty())
        .map(byline)
        .into_iter()
        .collect();
    pages
        .iter()
        .map(|placed| {
            let Some(written) = &placed.page.front.authors else {
                return of_site.clone();
            };
            let mut bylines: Vec<Byline> = Vec::new();
            for name in written {
                let byline = byline(&name.value);
                if byline.author.is_none() && !authors.authors.is_empty() {
                    let unknown = Diagnostic::error(format!("there is no author `{}`", name.value))
                        .placed(&name.place())
                        .label(format!("no file in `{AUTHORS}` has this name"))
                        .suggest(&name.value, authors.names());
                    if !diagnostics.contains(&unknown) {
                        diagnostics.push(unknown);
                    }
                }
                if !bylines.contains(&byline) {
                    bylines.push(byline);
                }
            }
            bylines
        })
        .collect()
}

/// The page of every author who has written something in a language.
pub fn author_pages(
    pages: &[SitePage],
    shown: &[Vec<usize>],
    by_date: &ByDate,
    authors: &Authors,
    config: &Config,
) -> Vec<AuthorPage> {
    let mut made = Vec::new();
    for (language, shown) in shown.iter().enumerate() {
        for (author, data) in authors.authors.iter().enumerate() {
            let wrote = |index: &usize| {
                let mut bylines = pages[*index].bylines.iter();
                pages[*index].page.date().is_some() && bylines.any(|by| by.author == Some(author))
            };
            let mut wrote: Vec<usize> = shown.iter().copied().filter(wrote).collect();
            if wrote.is_empty() {
                continue;
            }
            by_date.sort(&mut wrote);
            made.push(AuthorPage {
                author,
                language,
                address: authors_address(language, config).child(&slug(&data.id)),
                pages: wrote,
            });
        }
    }
    made
}

/// The list of a language's authors.
pub fn authors_address(language: usize, config: &Config) -> Address {
    home(language, &config.languages).child(FOLDER)
}
