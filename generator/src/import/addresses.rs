//! Where pages are found: as before wherever that can be, and with a note where it cannot.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::front::text_of;
use super::{Move, MovedPage};
use crate::address::Address;
use crate::diagnostic::{Diagnostic, is_same_word};
use crate::fields::Value;
use crate::page::Name;
use crate::site::{slug, term_slug};

const FURTHER_PAGES: &str = "further pages of lists move to `page/2/` below their first";

/// Addresses of pages that gave way to a list, by the path that they would have had.
pub type Made = BTreeMap<String, String>;

impl Move<'_> {
    /// Gives every page its old address that would have another one here.
    pub(super) fn keep_addresses(&mut self, pages: &mut [MovedPage]) {
        let languages = self.settings.tags();
        let mut sections: Sections = BTreeMap::new();
        // Sections first, since the pages below one are found below its address.
        for sections_turn in [true, false] {
            for page in pages.iter_mut() {
                let name = &Name::of(&page.path, &languages);
                if name.is_section != sections_turn {
                    continue;
                }
                let by_name = match sections_turn {
                    true => folder_address(name),
                    false => {
                        let around = section_around(name, &sections);
                        let around = around.unwrap_or_else(|| folder_address(name));
                        format!("{around}{}/", slug(&name.stem))
                    }
                };
                let Some(old) = page.address.clone() else {
                    continue;
                };
                let now = match kept(&old) {
                    Ok(old) if old == by_name => by_name,
                    Ok(old) => {
                        page.front.insert("path".to_owned(), old.clone().into());
                        old
                    }
                    Err(why) => {
                        // The folder that it is in may be the generator's own.
                        let moved = || format!("/pages{by_name}");
                        let same = in_our_letters(&old);
                        let mut choices = same.into_iter().chain([by_name.clone()]);
                        let now = choices.find(|choice| kept(choice).is_ok());
                        let now = now.unwrap_or_else(moved);
                        if now != by_name {
                            page.front.insert("path".to_owned(), now.clone().into());
                        }
                        self.notes.push(
                            Diagnostic::warning(format!("the address changes to `{now}`"))
                                .in_file(&page.source)
                                .label(format!("it was `{old}`: {why}"))
                                .help("have your host redirect the old one"),
                        );
                        now
                    }
                };
                page.address = Some(now.clone());
                if sections_turn {
                    sections.insert((name.language.clone(), name.folder.clone()), now);
                }
            }
        }
    }

    /// Two pages cannot both take over one old address, and none that is in use.
    pub(super) fn drop_repeated_aliases(&mut self, pages: &mut [MovedPage]) {
        let mut taken: BTreeSet<String> = pages
            .iter()
            .filter_map(|page| page.address.clone())
            .collect();
        for page in pages.iter_mut() {
            let Some(toml::Value::Array(aliases)) = page.front.remove("aliases") else {
                continue;
            };
            let mut left = Vec::new();
            for alias in aliases {
                let Some(written) = alias.as_str() else {
                    continue;
                };
                let why = match kept(written) {
                    Ok(alias) if taken.insert(alias.clone()) => {
                        left.push(toml::Value::String(alias));
                        continue;
                    }
                    Ok(_) => "another page has this address".to_owned(),
                    Err(why) => why,
                };
                self.notes.push(
                    Diagnostic::warning(format!("the old address `{written}` was left out"))
                        .in_file(&page.source)
                        .label(why),
                );
            }
            if !left.is_empty() {
                page.front.insert("aliases".to_owned(), left.into());
            }
        }
    }

    /// Says once that the further pages of lists move, if what `named` calls them is not what they are called here.
    pub(super) fn name_further_pages(&mut self, path: &str, text: &str, named: &Value) {
        let before = text_of(named, text).unwrap_or_default();
        let before = before.trim_matches('/');
        let is_said = |note: &Diagnostic| note.message == FURTHER_PAGES;
        if before.is_empty() || before == "page" || self.notes.iter().any(is_said) {
            return;
        }
        self.note(
            Diagnostic::warning(FURTHER_PAGES)
                .at(path, named.span.clone())
                .label(format!(
                    "they were at `{before}/2/`: have your host redirect them"
                )),
        );
    }

    /// Names the terms whose lists have another address here; `before` says which one they had.
    pub(super) fn name_moved_terms(&mut self, config: &str, before: impl Fn(&str) -> String) {
        let mut terms: BTreeSet<(String, String)> = BTreeSet::new();
        for page in &mut self.pages {
            each_term(page, |taxonomy, term| {
                terms.insert((taxonomy.to_owned(), term.clone()));
            });
        }
        for (taxonomy, term) in terms {
            let (old, new) = (before(&term), term_slug(&term));
            if old != new {
                let taxonomy = slug(&taxonomy);
                let message = format!("the list of `{term}` moves to `/{taxonomy}/{new}/`");
                let label = format!("it was `/{taxonomy}/{old}/`: have your host redirect it");
                self.note(Diagnostic::warning(message).in_file(config).label(label));
            }
        }
    }

    /// Terms that would share an address become one, which is spelled as on the first page.
    pub(super) fn join_terms(&mut self, pages: &mut [MovedPage]) {
        let mut known: BTreeMap<(String, String), String> = BTreeMap::new();
        let mut joined: BTreeSet<(String, String)> = BTreeSet::new();
        for page in pages {
            each_term(page, |taxonomy, term| {
                let place = (taxonomy.to_owned(), term_slug(term));
                let first = known.entry(place).or_insert_with(|| term.clone());
                if !is_same_word(first, term) {
                    joined.insert((term.clone(), first.clone()));
                    term.clone_from(first);
                }
            });
        }
        for (term, first) in joined {
            self.note(
                Diagnostic::warning(format!("the term `{term}` became `{first}`"))
                    .label("both would have one address"),
            );
        }
    }

    /// Leaves out pages at whose addresses every build puts something of its own: lists of terms, the
    /// search, the page for errors. Where they were found, readers get that.
    pub(super) fn give_way_to_lists(&mut self, pages: &mut Vec<MovedPage>) -> Made {
        let lists = self.lists(pages);
        let mut made = Made::new();
        pages.retain(|page| {
            let Some(address) = &page.address else {
                return true;
            };
            let Some(what) = lists.get(within_language(&page.path, address)) else {
                return true;
            };
            let text = match page.body.trim() {
                "" => "",
                _ => "; its text is not on it: put it into a page with another address",
            };
            self.notes.push(
                Diagnostic::warning("this page was left out")
                    .in_file(&page.source)
                    .label(format!("every build makes {what} at `{address}`{text}")),
            );
            made.insert(page.path.clone(), address.clone());
            false
        });
        for file in [
            "static/404.html",
            "static/sitemap.xml",
            "static/atom.xml",
            "static/index.html",
        ] {
            if self.files.remove(file).is_some() {
                self.notes.push(
                    Diagnostic::warning("this file was left out")
                        .in_file(file)
                        .label("every build makes one"),
                );
            }
        }
        made
    }

    /// What a build puts at which address.
    fn lists(&self, pages: &[MovedPage]) -> BTreeMap<String, &'static str> {
        let mut lists = BTreeMap::from([
            ("/search/".to_owned(), "a search"),
            ("/404/".to_owned(), "the page for errors"),
            ("/404.html".to_owned(), "the page for errors"),
        ]);
        for page in pages {
            let Some(toml::Value::Table(taxonomies)) = page.front.get("taxonomies") else {
                continue;
            };
            for (taxonomy, terms) in taxonomies {
                lists.insert(format!("/{}/", slug(taxonomy)), "a list of terms");
                let terms = terms.as_array().into_iter().flatten();
                for term in terms.filter_map(|term| term.as_str()) {
                    let address = format!("/{}/{}/", slug(taxonomy), term_slug(term));
                    lists.insert(address, "the list of a term");
                }
            }
        }
        lists
    }

    /// Of two pages with one file the second gets another, unless there is nothing in it.
    pub(super) fn part_files(&mut self, pages: &mut Vec<MovedPage>) {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        pages.retain_mut(|page| {
            if taken.insert(page.path.to_lowercase()) {
                return true;
            }
            if page.body.trim().is_empty() {
                self.notes.push(
                    Diagnostic::warning("this page was left out")
                        .in_file(&page.source)
                        .label("another one stands in its place, and it has no text"),
                );
                return false;
            }
            let stem = page.path.strip_suffix(".md").unwrap_or(&page.path);
            let free = (2..)
                .map(|number| format!("{}-{number}.md", stem.replace("/_index", "/index")))
                .find(|free| taken.insert(free.to_lowercase()));
            page.path = free.unwrap_or_default();
            true
        });
    }

    /// Of two pages with one address the second gets another; capitals make no difference.
    pub(super) fn part_doubles(&mut self, pages: &mut [MovedPage]) {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for page in pages.iter_mut() {
            let Some(address) = page.address.clone() else {
                continue;
            };
            if taken.insert(address.to_lowercase()) {
                let file = match address.ends_with('/') {
                    true => format!("{}index.html", &address[1..]),
                    false => address[1..].to_owned(),
                };
                if self.files.remove(&format!("static/{file}")).is_some() {
                    self.notes.push(
                        Diagnostic::warning(format!("the file `{file}` was left out"))
                            .in_file(&page.source)
                            .label("this page has its address"),
                    );
                }
                continue;
            }
            let stem = match address.trim_end_matches('/').trim_end_matches(".html") {
                "" => "/index",
                stem => stem,
            };
            let free = (2..)
                .map(|number| format!("{stem}-{number}/"))
                .find(|free| taken.insert(free.to_lowercase()))
                .unwrap_or_default();
            self.notes.push(
                Diagnostic::warning(format!("the address changes to `{free}`"))
                    .in_file(&page.source)
                    .label(format!("another page is at `{address}`, too")),
            );
            page.front.insert("path".to_owned(), free.clone().into());
            page.address = Some(free);
        }
    }
}

/// Every term of a page, with its taxonomy.
fn each_term(page: &mut MovedPage, mut take: impl FnMut(&str, &mut String)) {
    let Some(toml::Value::Table(taxonomies)) = page.front.get_mut("taxonomies") else {
        return;
    };
    for (taxonomy, terms) in taxonomies {
        for term in terms.as_array_mut().into_iter().flatten() {
            if let toml::Value::String(term) = term {
                take(taxonomy, term);
            }
        }
    }
}

/// An address as it was, in the form that is written here; or why it cannot stay.
fn kept(old: &str) -> Result<String, String> {
    let decoded = percent_decode_str(old).decode_utf8_lossy();
    let address = Address::parse(&decoded)?;
    match address.reserved() {
        Some(why) => Err(why.to_owned()),
        None => Ok(address.as_str().to_owned()),
    }
}

/// An address with each part as it would be called here: `/how-to/first.html` for `/how%20to/first.html`.
/// `None` if nothing is left of a part.
fn in_our_letters(old: &str) -> Option<String> {
    let decoded = percent_decode_str(old).decode_utf8_lossy();
    let (address, ending) = match decoded.strip_suffix(".html") {
        Some(address) => (address, ".html"),
        None => (decoded.as_ref(), "/"),
    };
    let address = below("/".to_owned(), address);
    let is_whole = address.len() > 1 && !address.contains("//");
    is_whole.then(|| format!("{}{ending}", address.trim_end_matches('/')))
}

/// Addresses of sections by language and folder.
type Sections = BTreeMap<(Option<String>, String), String>;

/// The address of the folder that a page is in, below the home page of its language.
fn folder_address(name: &Name) -> String {
    let home = match &name.language {
        Some(language) => format!("/{}/", language.to_lowercase()),
        None => "/".to_owned(),
    };
    below(home, &name.folder)
}

fn below(address: String, folders: &str) -> String {
    folders
        .split('/')
        .filter(|part| !part.is_empty())
        .fold(address, |address, part| format!("{address}{}/", slug(part)))
}

/// Where a page's folder is found, below the address of the innermost section around it.
fn section_around(name: &Name, sections: &Sections) -> Option<String> {
    let mut around = name.folder.as_str();
    loop {
        if let Some(address) = sections.get(&(name.language.clone(), around.to_owned())) {
            let address = address[..=address.rfind('/')?].to_owned();
            return Some(below(address, &name.folder[around.len()..]));
        }
        if around.is_empty() {
            return None;
        }
        around = around.rsplit_once('/').map_or("", |(outer, _)| outer);
    }
}

/// The address of a page without the first part that its language gives it; `search.fr.md` is at `/fr/search/`.
fn within_language<'a>(path: &str, address: &'a str) -> &'a str {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let tag = stem.rsplit_once('.').map(|(_, tag)| tag.to_lowercase());
    let below = tag.and_then(|tag| address.strip_prefix('/')?.strip_prefix(&tag));
    below
        .filter(|below| below.starts_with('/'))
        .unwrap_or(address)
}
