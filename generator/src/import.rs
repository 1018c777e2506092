//! A site made with another generator as a site of this one. Takes the files of the other site and
//! gives those of the new one, with a note at its place for each thing that could not be carried.
//!
//! What counts most in a move is that readers find every page where it was: an importer says at
//! which address a page was found, and [`Move::finish`] writes it down wherever ours would differ.

mod body;
mod brackets;
mod edits;
mod front;
mod hugo;
mod jekyll;
mod settings;
mod shortcode;
mod template;
mod zola;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Parser, Tag};

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::html;
use crate::page::Name;
use crate::site::slug;
use crate::source::SourceTree;
use settings::{Settings, tables_last};

/// The generators whose sites can be brought over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Generator {
    Zola,
    Hugo,
    Jekyll,
}

/// A site that was brought over.
#[derive(Debug)]
pub struct Imported {
    /// The files of the new site by path.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// What could not be carried as it was, at its place in the old site, in reading order.
    pub notes: Vec<Diagnostic>,
    pub pages: usize,
}

/// Brings a site over.
///
/// # Errors
/// If the files are no site of this generator.
pub fn import(from: Generator, source: &SourceTree) -> Result<Imported, Diagnostic> {
    let mut moving = Move {
        source,
        settings: Settings::default(),
        pages: Vec::new(),
        files: BTreeMap::new(),
        beside: Vec::new(),
        notes: Vec::new(),
    };
    match from {
        Generator::Zola => zola::carry(&mut moving)?,
        Generator::Hugo => hugo::carry(&mut moving)?,
        Generator::Jekyll => jekyll::carry(&mut moving)?,
    }
    Ok(moving.finish())
}

/// A site on its way.
struct Move<'a> {
    source: &'a SourceTree,
    settings: Settings,
    pages: Vec<MovedPage>,
    files: BTreeMap<String, Arc<[u8]>>,
    /// Files beside pages, where they lie now.
    beside: Vec<String>,
    notes: Vec<Diagnostic>,
}

/// A page with its new place.
struct MovedPage {
    /// Where it was read, for notes.
    source: String,
    /// Below the new site's root: `content/posts/first.md`.
    path: String,
    /// Where readers found it, if that is known: `/posts/first/`.
    address: Option<String>,
    front: toml::Table,
    body: String,
}

impl<'a> Move<'a> {
    fn note(&mut self, note: Diagnostic) {
        self.notes.push(note);
    }

    /// Copies files as they are.
    fn copy(&mut self, from: &str, to: &str) {
        if let Some(bytes) = self.source.get(from) {
            self.files.insert(to.to_owned(), Arc::clone(bytes));
        }
    }

    /// Copies a folder's files.
    fn copy_folder(&mut self, from: &str, to: &str) {
        for (path, bytes) in self.source.below(from) {
            let below = &path[from.len()..];
            self.files.insert(format!("{to}{below}"), Arc::clone(bytes));
        }
    }

    /// Copies a file that lies beside a page.
    fn copy_beside(&mut self, from: &str, to: &str) {
        self.copy(from, to);
        self.beside.push(to.to_owned());
    }

    /// The text of a file; one that is not UTF-8 is reported.
    fn text(&mut self, path: &str) -> Option<&'a str> {
        let bytes = self.source.get(path)?;
        match SourceTree::text(path, bytes) {
            Ok(text) => Some(text),
            Err(not_text) => {
                self.notes.push(Diagnostic {
                    severity: crate::diagnostic::Severity::Warning,
                    ..not_text
                });
                None
            }
        }
    }

    /// Says of a folder that its files mean nothing here.
    fn leave_out(&mut self, folder: &str, why: &str) {
        let files = self.source.below(folder).count();
        if files > 0 {
            let files = crate::report::counted(files, "file");
            self.note(
                Diagnostic::warning(format!("`{folder}` was left out ({files})"))
                    .in_file(folder.trim_end_matches('/'))
                    .label(why),
            );
        }
    }

    fn finish(mut self) -> Imported {
        let mut pages = std::mem::take(&mut self.pages);
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        self.keep_addresses(&mut pages);
        self.drop_repeated_aliases(&mut pages);
        self.keep_named_files(&pages);
        for page in &pages {
            let front = tables_last(page.front.clone());
            let text = format!("+++\n{front}+++\n{}", page.body);
            self.files
                .insert(page.path.clone(), Arc::from(text.into_bytes()));
        }
        let settings = self.settings.to_toml();
        self.files
            .insert("site.toml".to_owned(), Arc::from(settings.into_bytes()));
        self.notes.sort_by_cached_key(Diagnostic::reading_order);
        self.notes.dedup();
        Imported {
            files: self.files,
            notes: self.notes,
            pages: pages.len(),
        }
    }

    /// Gives every page its old address that would have another one here.
    fn keep_addresses(&mut self, pages: &mut [MovedPage]) {
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
                        self.notes.push(
                            Diagnostic::warning(format!("the address changes to `{by_name}`"))
                                .in_file(&page.source)
                                .label(format!("it was `{old}`: {why}"))
                                .help("have your host redirect the old one"),
                        );
                        by_name
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
    fn drop_repeated_aliases(&mut self, pages: &mut [MovedPage]) {
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

    /// Files beside pages have a hash in their names here. Those that raw HTML or an absolute
    /// address names are published under their old names too.
    fn keep_named_files(&mut self, pages: &[MovedPage]) {
        let mut named: BTreeSet<String> = BTreeSet::new();
        for page in pages {
            let address = page.address.as_deref().unwrap_or("/");
            let folder = &address[..=address.rfind('/').unwrap_or(0)];
            let attributes = html::attributes(&page.body)
                .filter(|one| matches!(one.name.as_ref(), "src" | "href" | "poster"))
                .map(|one| html::unescape(one.value).into_owned());
            let links = Parser::new(&page.body).filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                    if dest_url.starts_with('/') =>
                {
                    Some(dest_url.into_string())
                }
                _ => None,
            });
            for target in attributes.chain(links) {
                let target = target.split(['?', '#']).next().unwrap_or_default();
                let target = percent_decode_str(target).decode_utf8_lossy();
                named.insert(match target.strip_prefix('/') {
                    Some(_) => target.into_owned(),
                    None => format!("{folder}{}", target.trim_start_matches("./")),
                });
            }
        }
        for path in std::mem::take(&mut self.beside) {
            let address = address_beside(&path, pages);
            let to = format!("static{address}");
            if named.contains(&address)
                && !self.files.contains_key(&to)
                && let Some(bytes) = self.files.get(&path)
            {
                let bytes = Arc::clone(bytes);
                self.files.insert(to, bytes);
            }
        }
    }
}

/// Where a file beside a page was found: below the address of the page whose folder it is in.
fn address_beside(path: &str, pages: &[MovedPage]) -> String {
    let mut folder = path;
    while let Some((around, _)) = folder.rsplit_once('/') {
        folder = around;
        let of_folder = |page: &&MovedPage| {
            let name = page.path.strip_prefix(folder);
            matches!(name, Some("/index.md" | "/_index.md"))
        };
        if let Some(address) = pages
            .iter()
            .find(of_folder)
            .and_then(|page| page.address.as_ref())
        {
            let address = &address[..=address.rfind('/').unwrap_or(0)];
            return format!("{address}{}", &path[folder.len() + 1..]);
        }
    }
    format!("/{}", path.strip_prefix("content/").unwrap_or(path))
}

/// An address as it was, in the form that is written here; or why it cannot stay.
fn kept(old: &str) -> Result<String, String> {
    let decoded = percent_decode_str(old).decode_utf8_lossy();
    Address::parse(&decoded).map(|address| address.as_str().to_owned())
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
