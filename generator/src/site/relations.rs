//! How pages relate: neighbours by date, pages about the same things, and who links where.

use rayon::prelude::*;

use super::kinship::Scratch;
use super::sections::ByDate;
use super::{Index, Links, Node, Section, Site, SitePage, Writing};
use crate::diagnostic::Diagnostic;
use crate::fields::Spanned;
use crate::page::{Body, Page, Piece, Target};

/// Related pages shown beside one page.
const MOST_RELATED: usize = 3;

/// The pages with the next earlier and the next later date.
pub struct Neighbours {
    pub of: usize,
    pub lower: Option<usize>,
    pub higher: Option<usize>,
}

/// The neighbours of each dated page of a section, in the section's language.
pub fn neighbours(section: &Section, pages: &[SitePage], by_date: &ByDate) -> Vec<Neighbours> {
    let mut dated: Vec<usize> = section
        .pages
        .iter()
        .copied()
        .filter(|index| {
            let page = &pages[*index];
            page.page.date().is_some() && page.language == section.language
        })
        .collect();
    by_date.sort(&mut dated);
    (0..dated.len())
        .map(|at| Neighbours {
            of: dated[at],
            lower: dated.get(at + 1).copied(),
            higher: at.checked_sub(1).map(|before| dated[before]),
        })
        .collect()
}

/// The pages that each page's author named.
pub fn pinned_by_pages(
    site: &Site,
    links: &Links<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<usize>> {
    let pages = site.pages.iter();
    pages
        .map(|page| pinned(&page.page, links, diagnostics))
        .collect()
}

/// For each page, those its author named, then those that are most like it.
pub fn completed(pinned: Vec<Vec<usize>>, site: &Site) -> Vec<Vec<usize>> {
    let index = Index::new(site);
    pinned
        .into_par_iter()
        .enumerate()
        .map_init(Scratch::default, |scratch, (page, mut related)| {
            let most = MOST_RELATED + related.len();
            for (other, _) in index.kin(page, most, scratch) {
                if related.len() >= MOST_RELATED {
                    break;
                }
                if !related.contains(&other) {
                    related.push(other);
                }
            }
            related
        })
        .collect()
}

/// The pages that each section's author named.
pub fn pinned_by_sections(
    site: &Site,
    links: &Links<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<usize>> {
    site.sections
        .iter()
        .map(|section| pinned(&section.page, links, diagnostics))
        .collect()
}

/// The pages that the author of one named.
pub fn pinned(page: &Page, links: &Links<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut pinned = Vec::new();
    for Spanned { value, span } in &page.front.related {
        let target = Target {
            written: value.clone(),
            span: span.clone(),
        };
        let Some(source) = value.strip_prefix("@/") else {
            diagnostics.push(
                Diagnostic::error("`related` names pages by their source file")
                    .at(&page.path, span.clone())
                    .label("this must start with `@/`, like `@/blog/post.md`"),
            );
            continue;
        };
        match links.node(Writing::on(page), &target, &format!("content/{source}")) {
            Ok((Node::Page(index), _)) if !pinned.contains(&index) => pinned.push(index),
            Ok((Node::Page(_), _)) => {}
            Ok((Node::Section(_), _)) => diagnostics.push(
                Diagnostic::error("`related` names pages, and this is a section")
                    .at(&page.path, span.clone()),
            ),
            Err(missing) => diagnostics.push(missing),
        }
    }
    pinned
}

/// For each page, the pages and sections whose text links to it.
pub fn backlinks(site: &Site, links: &Links<'_>) -> Vec<Vec<Node>> {
    let pages = (0..site.pages.len()).into_par_iter().map(Node::Page);
    let sections = (0..site.sections.len()).into_par_iter().map(Node::Section);
    let linked: Vec<(Node, Vec<usize>)> = pages
        .chain(sections)
        .map(|from| (from, linked_from(from, site, links)))
        .collect();
    let mut backlinks: Vec<Vec<Node>> = vec![Vec::new(); site.pages.len()];
    for (from, linked) in linked {
        for to in linked {
            backlinks[to].push(from);
        }
    }
    backlinks
}

/// The other pages that the text of one links to, each once.
fn linked_from(from: Node, site: &Site, links: &Links<'_>) -> Vec<usize> {
    let (page, _) = site.node(from);
    let targets = targets(&page.path, &page.body).into_iter();
    let mut linked: Vec<usize> = targets
        .filter_map(|(file, target)| {
            let from_file = Writing {
                file,
                ..Writing::on(page)
            };
            match links.internal(from_file, target) {
                Some(Node::Page(to)) if Node::Page(to) != from => Some(to),
                _ => None,
            }
        })
        .collect();
    linked.sort_unstable();
    linked.dedup();
    linked
}

/// Every target of a body, and of what is inside of it, with the file that it is written in.
fn targets<'a>(file: &'a str, body: &'a Body) -> Vec<(&'a str, &'a Target)> {
    body.pieces
        .iter()
        .flat_map(|piece| match piece {
            Piece::Html(_) | Piece::Picture(_) | Piece::Words(_) => Vec::new(),
            Piece::Target(target) => vec![(file, target)],
            Piece::Shortcode(shortcode) => shortcode
                .bodies()
                .flat_map(|body| targets(file, body))
                .collect(),
            Piece::Include(include) => targets(&include.path, &include.body),
        })
        .collect()
}
