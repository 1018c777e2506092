//! Taxonomies: the terms of every language, and the pages that have them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::addresses::{home, slug, term_slug};
use super::bylines;
use super::sections::ByDate;
use super::{SitePage, Taxonomy, Term};
use crate::config::{Config, TaxonomyConfig};
use crate::diagnostic::{Diagnostic, is_same_word};
use crate::fields::Written;
use crate::page::{OWN_PLACE, Page, is_key};

/// Every taxonomy of every language. `shown` are the pages of each language.
pub fn taxonomies(
    pages: &[SitePage],
    shown: &[Vec<usize>],
    by_date: &ByDate,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Taxonomy> {
    let names: BTreeSet<&str> = config
        .taxonomies
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    for page in pages {
        for (taxonomy, written) in page.page.front.terms.iter() {
            if !names.contains(taxonomy) {
                let unknown = unknown_taxonomy(&page.page, taxonomy, written, &names);
                // A section's defaults are wrong once, not on every page.
                if !diagnostics.contains(&unknown) {
                    diagnostics.push(unknown);
                }
            }
        }
    }
    shown
        .iter()
        .enumerate()
        .flat_map(|(language, shown)| {
            let all = config.taxonomies.iter();
            all.map(move |taxonomy| (language, shown, taxonomy))
        })
        .map(|(language, shown, taxonomy)| {
            let address = home(language, &config.languages).child(&slug(&taxonomy.name));
            let mut terms = terms(taxonomy, &address, shown, pages, diagnostics);
            for term in &mut terms {
                match taxonomy.series {
                    true => sort_as_read(&mut term.pages, pages),
                    false => by_date.sort(&mut term.pages),
                }
            }
            terms.sort_by_cached_key(|term| (term.name.to_lowercase(), term.slug.clone()));
            Taxonomy {
                name: taxonomy.name.clone(),
                language,
                address,
                paginate_by: taxonomy.paginate_by,
                feed: taxonomy.feed,
                series: taxonomy.series,
                terms,
            }
        })
        .collect()
}

fn terms(
    taxonomy: &TaxonomyConfig,
    address: &crate::address::Address,
    shown: &[usize],
    pages: &[SitePage],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Term> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    // Many pages have the same few terms.
    let mut slugs: HashMap<&str, String> = HashMap::new();
    for index in shown {
        let written = pages[*index].page.front.terms.of(&taxonomy.name);
        for term in written.into_iter().flatten() {
            let slug = slugs
                .entry(&term.value)
                .or_insert_with(|| term_slug(&term.value));
            let known = match terms.get_mut(slug) {
                Some(known) => known,
                None => terms.entry(slug.clone()).or_insert_with(|| Term {
                    name: term.value.clone(),
                    address: address.child(slug),
                    slug: slug.clone(),
                    pages: Vec::new(),
                }),
            };
            if known.name != term.value && !is_same_word(&known.name, &term.value) {
                let clash = same_address(term, known);
                if !diagnostics.contains(&clash) {
                    diagnostics.push(clash);
                }
            }
            if known.pages.last() != Some(index) {
                known.pages.push(*index);
            }
        }
    }
    terms.into_values().collect()
}

/// The order in which a series is read: by weight, then the oldest first.
fn sort_as_read(indices: &mut [usize], pages: &[SitePage]) {
    indices.sort_by_cached_key(|index| {
        let page = &pages[*index].page;
        let date = page.date();
        (
            page.front.weight.unwrap_or(0),
            date.is_none(),
            date,
            page.title.to_lowercase(),
            page.path.clone(),
        )
    });
}

fn same_address(term: &Written<String>, known: &Term) -> Diagnostic {
    let message = format!(
        "`{}` and `{}` would share an address",
        known.name, term.value
    );
    Diagnostic::error(message)
        .placed(&term.place())
        .label(format!(
            "`{}` is found at {} already",
            known.name, known.address
        ))
        .help("spell them alike if they mean the same, else so that letters or digits differ")
}

fn unknown_taxonomy(
    page: &Page,
    taxonomy: &str,
    terms: &[Written<String>],
    names: &BTreeSet<&str>,
) -> Diagnostic {
    let unknown = Diagnostic::error(format!("the site has no taxonomy `{taxonomy}`"));
    let unknown = match terms.first() {
        Some(term) => unknown.placed(&term.place()),
        None => unknown.in_file(&page.path),
    };
    let unknown = unknown.label("these terms would be lost");
    let unknown = match is_key(taxonomy) {
        true => unknown.help(OWN_PLACE),
        false => unknown.suggest(taxonomy, names.iter().copied()),
    };
    if taxonomy == bylines::FOLDER {
        return unknown;
    }
    let or = if unknown.help.is_empty() { "" } else { "or " };
    let file = crate::config::FILE;
    unknown.help(format!(
        "{or}add `[[taxonomies]]` with `name = \"{taxonomy}\"` to {file}"
    ))
}
