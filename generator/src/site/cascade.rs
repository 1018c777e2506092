//! Sections' defaults: what `[cascade]` in an `_index.md` says stands for every page below that does
//! not say otherwise. The innermost section counts most.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sections::is_within;
use crate::page::{FrontMatter, Page};

/// Gives every page and section what the sections around it say for it.
pub fn apply(pages: Vec<Arc<Page>>) -> Vec<Arc<Page>> {
    // By folder, and by language: a translated section may say something of its own.
    let mut cascades: BTreeMap<(String, Option<String>), Box<FrontMatter>> = BTreeMap::new();
    for page in &pages {
        if let Some(cascade) = &page.front.section.cascade {
            let key = (page.name.folder.clone(), page.name.language.clone());
            cascades.insert(key, cascade.clone());
        }
    }
    if cascades.is_empty() {
        return pages;
    }
    pages
        .into_iter()
        .map(|page| {
            let around: Vec<&FrontMatter> = around(&page, &cascades);
            if around.is_empty() {
                return page;
            }
            let mut page = page;
            let inherits = Arc::make_mut(&mut page);
            for cascade in around {
                match inherits.name.is_section {
                    true => inherits.front.inherit_as_section(cascade),
                    false => inherits.front.inherit(cascade),
                }
            }
            page
        })
        .collect()
}

/// The defaults for a page, from the innermost section outwards; in each folder those of the page's
/// language before those of the site's own.
fn around<'a>(
    page: &Page,
    cascades: &'a BTreeMap<(String, Option<String>), Box<FrontMatter>>,
) -> Vec<&'a FrontMatter> {
    let folder = page.name.folder.as_str();
    let mut around: Vec<_> = cascades
        .iter()
        .filter(|((of, language), _)| {
            let is_own = page.name.is_section && of == folder;
            let speaks = language.is_none() || *language == page.name.language;
            is_within(folder, of) && !is_own && speaks
        })
        .collect();
    around.sort_by_key(|((of, language), _)| (std::cmp::Reverse(of.len()), language.is_none()));
    around.into_iter().map(|(_, cascade)| &**cascade).collect()
}
