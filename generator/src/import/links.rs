//! Links between what was moved: paths that no longer lead to a page or a file are written anew.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::addresses::Made;
use super::edits::Edits;
use super::settings::below;
use super::{Move, MovedPage};
use crate::address::{followed, tidy};
use crate::diagnostic::Span;
use crate::page::{has_scheme, raw_hrefs};

/// Where everything was and where it is.
struct Places {
    /// New paths of pages by their old ones.
    pages: BTreeMap<String, String>,
    /// Addresses of pages by their new paths.
    addresses: BTreeMap<String, String>,
    /// The same without their paths.
    found: BTreeSet<String>,
    /// The folder in which the site was served.
    folder: String,
    /// Of those pages, the ones that gave way to a list.
    made: Made,
    /// How a link names a file, by the address at which it was found.
    files: BTreeMap<String, String>,
}

impl Places {
    /// Whether a page or a file was found there.
    fn has(&self, address: &str) -> bool {
        address == "/"
            || self.files.contains_key(address)
            || self.found.contains(address)
            || (!address.ends_with('/') && self.found.contains(&format!("{address}/")))
    }

    /// A root-relative address without the folder of the site, unless it names a page only with it.
    fn in_site<'t>(&self, address: &'t str) -> &'t str {
        match below(&self.folder, address) {
            below if self.has(address) && !self.has(below) => address,
            below => below,
        }
    }

    /// The page that hosts serve without the ending of its file: `/guide.html` for `/guide`.
    fn without_ending(&self, address: &str) -> Option<String> {
        let file = format!("{address}.html");
        (self.found.contains(&file) && !self.has(address)).then_some(file)
    }
}

impl Move<'_> {
    /// Mends the links of pages whose targets have moved, in Markdown and in HTML.
    pub(super) fn follow_links(&mut self, pages: &mut [MovedPage], made: &Made) {
        let places = self.places(pages, made);
        let folder = self.settings.folder();
        for page in pages.iter_mut() {
            let mut edits = Edits::default();
            for (span, target) in targets(&page.body) {
                if let Some(now) = self.now(page, &target, &places) {
                    edits.replace(span, now);
                }
            }
            let whole = 0..page.body.len();
            for (value, span) in raw_hrefs(&page.body, whole.clone()) {
                if let Some(below) = value.strip_prefix("@/") {
                    let (path, anchor) = split_anchor(below);
                    if let Some(address) = places.addresses.get(&format!("content/{path}")) {
                        edits.replace(span, format!("{folder}{address}{anchor}"));
                    }
                    continue;
                }
                // Addresses from the root are those of the finished site in HTML.
                match self.now(page, &value, &places) {
                    Some(now) if now.starts_with("@/") => edits.replace(span, now),
                    Some(now) if !value.starts_with('/') => {
                        edits.replace(span, format!("{folder}{now}"));
                    }
                    _ => {}
                }
            }
            page.body = edits.apply(&page.body, whole);
        }
        for entry in self.settings.menu_entries() {
            if let Some(below) = entry.path.strip_prefix("@/") {
                if let Some(address) = made.get(&format!("content/{below}")) {
                    entry.path.clone_from(address);
                }
            } else if entry.path.starts_with('/') {
                let (path, anchor) = split_anchor(&entry.path);
                let address = places.in_site(path).to_owned();
                let now = places.without_ending(&address).unwrap_or(address);
                entry.path = format!("{now}{anchor}");
            }
        }
    }

    fn places(&self, pages: &[MovedPage], made: &Made) -> Places {
        let moved = pages.iter();
        let with_address = pages.iter().filter_map(|page| {
            let address = page.address.clone()?;
            Some((page.path.clone(), address))
        });
        let addresses: BTreeMap<String, String> = with_address.chain(made.clone()).collect();
        let beside = self.beside.iter().map(|path| {
            let name = path.strip_prefix("content/").unwrap_or(path);
            (address_beside(path, &addresses), format!("@/{name}"))
        });
        let fixed = self.files.keys().filter_map(|path| {
            let address = path.strip_prefix("static")?;
            Some((address.to_owned(), address.to_owned()))
        });
        Places {
            pages: moved
                .map(|page| (page.source.clone(), page.path.clone()))
                .collect(),
            files: fixed.chain(beside).collect(),
            found: addresses.values().cloned().collect(),
            folder: self.settings.old_folder(),
            addresses,
            made: made.clone(),
        }
    }

    /// What a link says now, if that is something else.
    fn now(&self, page: &MovedPage, target: &str, places: &Places) -> Option<String> {
        // What two tags of a template language make together: `/` and a page.
        if let Some(below) = target.strip_prefix("/@/") {
            return Some(format!("@/{below}"));
        }
        let (path, anchor) = split_anchor(target);
        if let Some(below) = path.strip_prefix("@/") {
            let address = places.made.get(&format!("content/{below}"))?;
            return Some(format!("{address}{anchor}"));
        }
        if path.is_empty() || has_scheme(target) || target.starts_with("//") {
            return None;
        }
        let path = percent_decode_str(path).decode_utf8_lossy();
        let beside = |file: &str| tidy(&format!("{}{path}", folder_of(file)));
        if path.ends_with(".md") && !path.starts_with('/') {
            let stands = beside(&page.path).filter(|path| places.addresses.contains_key(path));
            if let Some(address) = stands.as_ref().and_then(|path| places.made.get(path)) {
                return Some(format!("{address}{anchor}"));
            }
            // Zola once took `./a.md` for a path below `content/`.
            let old = [beside(&page.source), tidy(&format!("content/{path}"))];
            let mut old = old.into_iter().flatten();
            let now = old.find_map(|old| places.pages.get(&old));
            let now = now.filter(|_| stands.is_none())?;
            return Some(written(&format!("@/{}", &now["content/".len()..]), anchor));
        }
        let lies_beside = beside(&page.path).is_some_and(|path| self.files.contains_key(&path));
        if lies_beside && !path.starts_with('/') {
            return None;
        }
        // As a browser followed it on the finished page.
        let address = match path.starts_with('/') {
            true => places.in_site(&path).to_owned(),
            false => format!(
                "/{}",
                followed(page.address.as_deref()?.trim_start_matches('/'), &path)
            ),
        };
        let moved = places.files.get(&address).cloned();
        let now = match moved.or_else(|| places.without_ending(&address)) {
            Some(now) => now,
            None if path.starts_with('/') => address,
            None => return None,
        };
        (*now != *path).then(|| written(&now, anchor))
    }
}

/// Where a file beside a page was found: below the address of the page whose folder it is in.
fn address_beside(path: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut folder = path;
    while let Some((around, _)) = folder.rsplit_once('/') {
        folder = around;
        let page = ["index.md", "_index.md"]
            .iter()
            .find_map(|name| addresses.get(&format!("{folder}/{name}")));
        if let Some(address) = page {
            return format!("{}{}", folder_of(address), &path[folder.len() + 1..]);
        }
    }
    format!("/{}", path.strip_prefix("content/").unwrap_or(path))
}

/// The targets of links and pictures in Markdown, with their places.
fn targets(body: &str) -> Vec<(Span, String)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(body, options);
    let within = |span: Span, target: &str| {
        let start = span.start + body[span].rfind(target)?;
        (!target.is_empty()).then(|| (start..start + target.len(), target.to_owned()))
    };
    let mut found: Vec<(Span, String)> = parser
        .reference_definitions()
        .iter()
        .filter_map(|(_, definition)| within(definition.span.clone(), &definition.dest))
        .collect();
    let inline = parser
        .into_offset_iter()
        .filter_map(|(event, span)| match event {
            Event::Start(
                Tag::Link {
                    dest_url,
                    link_type,
                    ..
                }
                | Tag::Image {
                    dest_url,
                    link_type,
                    ..
                },
            ) if link_type == pulldown_cmark::LinkType::Inline => within(span, &dest_url),
            _ => None,
        });
    found.extend(inline);
    found
}

/// A target as Markdown takes it.
fn written(path: &str, anchor: &str) -> String {
    format!(
        "{}{anchor}",
        path.replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29")
    )
}

/// The folder of a path, with its last slash.
fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

fn split_anchor(target: &str) -> (&str, &str) {
    target.split_at(target.find(['#', '?']).unwrap_or(target.len()))
}
