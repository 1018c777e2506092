//! What is the same in several languages, and what a language shows of the pages that nobody has
//! translated into it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sections::language_of;
use super::{Node, Section, SitePage};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::page::{Name, Page};

/// What two files must share to be one page in two languages.
type Key<'a> = (bool, &'a str, &'a str);

fn key(name: &Name) -> Key<'_> {
    (name.is_section, &name.folder, &name.stem)
}

/// For every page and section, itself and its translations, each at its language's place.
pub fn translations(
    pages: &[SitePage],
    sections: &[Section],
    config: &Config,
) -> BTreeMap<Node, Arc<[Option<Node>]>> {
    if config.languages.len() < 2 {
        return BTreeMap::new();
    }
    let pages = pages
        .iter()
        .enumerate()
        .map(|(index, page)| (Node::Page(index), page.language, &page.page.name));
    let sections = sections
        .iter()
        .enumerate()
        .map(|(index, section)| (Node::Section(index), section.language, &section.page.name));
    let mut sets: BTreeMap<Key<'_>, Vec<Option<Node>>> = BTreeMap::new();
    for (node, language, name) in pages.chain(sections) {
        let set = sets.entry(key(name));
        let set = set.or_insert_with(|| vec![None; config.languages.len()]);
        set[language].get_or_insert(node);
    }
    let mut translations = BTreeMap::new();
    for set in sets.into_values() {
        let set: Arc<[Option<Node>]> = Arc::from(set);
        for node in set.iter().flatten() {
            translations.insert(*node, Arc::clone(&set));
        }
    }
    translations
}

/// The pages that each language lists: those written in it, and if the site wants that, those of the
/// site's own language that nobody has translated.
pub fn shown(
    pages: &[SitePage],
    translations: &BTreeMap<Node, Arc<[Option<Node>]>>,
    config: &Config,
) -> Vec<Vec<usize>> {
    let is_translated = |index: usize, language: usize| {
        let set = translations.get(&Node::Page(index));
        set.is_some_and(|set| set[language].is_some())
    };
    let languages = config.languages.iter().enumerate();
    languages
        .map(|(language, settings)| {
            let pages = pages.iter().enumerate();
            let shown = pages.filter(|(index, page)| {
                let stands_in = page.language == 0
                    && settings.show_untranslated
                    && !is_translated(*index, language);
                page.language == language || stands_in
            });
            shown.map(|(index, _)| index).collect()
        })
        .collect()
}

/// The folders in which each language has pages, its sections being wanted there.
pub fn folders(pages: &[Arc<Page>], config: &Config) -> Vec<(usize, String)> {
    let mut folders: Vec<(usize, String)> = Vec::new();
    for page in pages {
        let language = language_of(&page.name, config);
        folders.push((language, page.name.folder.clone()));
        if language == 0 {
            let languages = config.languages.iter().enumerate().skip(1);
            let showing = languages.filter(|(_, other)| other.show_untranslated);
            folders.extend(showing.map(|(other, _)| (other, page.name.folder.clone())));
        }
    }
    folders.sort();
    folders.dedup();
    folders
}

/// `post.de.md` beside `post.md` on a site that does not speak `de` was meant as a translation.
pub fn endings_without_language(pages: &[Arc<Page>], config: &Config) -> Vec<Diagnostic> {
    let stems: BTreeMap<&str, &Page> = pages
        .iter()
        .filter_map(|page| Some((page.path.strip_suffix(".md")?, &**page)))
        .collect();
    stems
        .iter()
        .filter_map(|(stem, page)| {
            let (original, ending) = stem.rsplit_once('.')?;
            let is_language = config
                .languages
                .iter()
                .any(|language| language.tag == ending);
            let looks_like =
                ending.len() == 2 && ending.bytes().all(|one| one.is_ascii_lowercase());
            stems
                .get(original)
                .filter(|_| looks_like && !is_language)
                .map(|_| {
                    Diagnostic::error(format!("the site has no language `{ending}`"))
                        .in_file(&page.path)
                        .label(format!("this looks like a translation of {original}.md"))
                        .help(format!(
                            "add `[languages.{ending}]` to {}, or give the file another name",
                            crate::config::FILE
                        ))
                })
        })
        .collect()
}
