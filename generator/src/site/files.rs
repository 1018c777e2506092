//! Files beside pages: where they are published, and under which names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::addresses::slug;
use super::{Asset, Section, SitePage, Withheld};
use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::page;
use crate::source::{SourceTree, is_beside_pages};

/// Files beside pages are published below the page or section whose folder
/// holds them, under names that change with their bytes. Those of a page that
/// is withheld wait with it.
pub fn assets(
    files: Vec<(String, Arc<[u8]>)>,
    pages: &[SitePage],
    sections: &[Section],
    withheld: &BTreeMap<String, Withheld>,
) -> BTreeMap<String, Asset> {
    let mut folders: Vec<(usize, &str, &Address)> = pages
        .iter()
        .filter_map(|page| Some((page.language, bundle(&page.page.path)?, &page.address)))
        .chain(sections.iter().map(|section| {
            let folder = section.page.name.folder.as_str();
            (section.language, folder, &section.address)
        }))
        .collect();
    // A folder has several pages if it is translated, and its files are published once.
    folders.sort_by_key(|(language, _, _)| std::cmp::Reverse(*language));
    let bundles: BTreeMap<&str, &Address> = folders
        .into_iter()
        .map(|(_, folder, address)| (folder, address))
        .collect();
    let kept_back: Vec<String> = withheld
        .keys()
        .filter_map(|path| bundle(path))
        .filter(|folder| !bundles.contains_key(folder))
        .map(|folder| format!("content/{folder}/"))
        .collect();
    files
        .into_iter()
        .filter(|(path, _)| {
            !kept_back
                .iter()
                .any(|folder| path.starts_with(folder.as_str()))
        })
        .map(|(path, bytes)| {
            let below = path.strip_prefix("content/").unwrap_or(&path);
            let (folder, file) = below.rsplit_once('/').unwrap_or(("", below));
            let mut holder = folder;
            let address = loop {
                match bundles.get(holder) {
                    Some(address) => break (*address).clone(),
                    None if holder.is_empty() => break Address::root(),
                    None => holder = holder.rsplit_once('/').map_or("", |(around, _)| around),
                }
            };
            let address = folder[holder.len()..]
                .split('/')
                .filter(|part| !part.is_empty())
                .fold(address, |address, part| address.child(&slug(part)));
            let name = hashed_name(file, &bytes);
            let output = format!("{}{name}", &address.folder()[1..]);
            (path, Asset { output, bytes })
        })
        .collect()
}

/// The folder below `content` of a page that has one of its own: `post` for `post/index.md` and `post/index.fr.md`.
fn bundle(path: &str) -> Option<&str> {
    let (folder, file) = path.strip_prefix("content/")?.rsplit_once('/')?;
    let rest = file.strip_prefix("index")?.strip_suffix("md")?;
    let is_bundle = rest.starts_with('.') && rest.matches('.').count() <= 2;
    is_bundle.then_some(folder)
}

/// `photo.jpg` becomes `photo.0f3a….jpg`.
pub fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = Fingerprint::of(bytes).short();
    match name.rsplit_once('.') {
        Some((stem, extension)) => {
            format!("{}.{hash}.{}", slug(stem), extension.to_lowercase())
        }
        None => format!("{}.{hash}", slug(name)),
    }
}

/// Files that people take for pages, and that would be published as they are, drafts included.
pub fn misnamed(files: &[(String, Arc<[u8]>)]) -> Vec<Diagnostic> {
    let endings = [".markdown", ".mdown", ".mkd", ".md"];
    files
        .iter()
        .filter_map(|(path, bytes)| {
            let name = path.to_lowercase();
            let stem = match endings.iter().find(|ending| name.ends_with(*ending)) {
                Some(ending) => &path[..path.len() - ending.len()],
                None if has_front_matter(path, bytes) => stem(path),
                None => return None,
            };
            let misnamed = Diagnostic::error("the name of a page ends in `.md`")
                .in_file(path)
                .label("this would be published as a file, with its front matter")
                .help(format!(
                    "call it `{stem}.md`; a text for readers to download belongs into `static`"
                ));
            Some(misnamed)
        })
        .collect()
}

/// Whether a text begins as a page does. YAML may begin with `---` for itself.
fn has_front_matter(path: &str, bytes: &[u8]) -> bool {
    let fences: [&[u8]; 4] = [b"---", b"+++", b"\xef\xbb\xbf---", b"\xef\xbb\xbf+++"];
    let is_yaml = [".yaml", ".yml"]
        .iter()
        .any(|ending| path.ends_with(ending));
    let is_fenced = fences.iter().any(|fence| bytes.starts_with(fence));
    is_fenced && !is_yaml && SourceTree::text(path, bytes).is_ok_and(page::has_front_matter)
}

/// A path without the ending of its file.
fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => stem,
        _ => path,
    }
}

/// The files beside pages: everything below `content` that is neither a page
/// nor data for the generator.
pub fn colocated(source: &SourceTree) -> Vec<(String, Arc<[u8]>)> {
    source
        .below("content/")
        .filter(|(path, _)| is_beside_pages(path))
        .map(|(path, bytes)| (path.to_owned(), Arc::clone(bytes)))
        .collect()
}
