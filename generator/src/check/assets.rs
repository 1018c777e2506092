//! Files that no page uses, and files that a style sheet names and that are not there.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Evidence;
use crate::address::followed;
use crate::diagnostic::{Diagnostic, Span};
use crate::link_check::Leads;
use crate::page::has_scheme;
use crate::source::{SourceTree, is_beside_pages};

/// Files in `static` that pages load or link to. Others are for hosts and robots, which know their names.
const LINKED: [&str; 18] = [
    "avif", "css", "gif", "jpeg", "jpg", "js", "mp3", "mp4", "otf", "pdf", "png", "svg", "ttf",
    "webm", "webp", "woff", "woff2", "zip",
];

/// Names that browsers ask for by themselves.
const ASKED_FOR: [&str; 3] = ["favicon.", "apple-touch-icon", "browserconfig."];

pub fn unused(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    if !evidence.is_whole {
        return Vec::new();
    }
    let used = used_files(evidence);
    let output = &evidence.build.output.files;
    let is_used = |path: &str, bytes: &Arc<[u8]>| match evidence.build.prepared.get(path) {
        Some(prepared) => used.contains(prepared),
        None => used
            .iter()
            .filter_map(|path| output.get(path))
            .any(|file| Arc::ptr_eq(file, bytes)),
    };
    // A draft's pictures wait with it.
    let withheld: Vec<&str> = evidence
        .build
        .withheld
        .iter()
        .filter_map(|(path, _)| path.strip_suffix("index.md"))
        .collect();
    let beside = evidence.source.below("content/");
    beside
        .chain(evidence.source.below("static/"))
        .filter(|(path, _)| is_to_be_linked(path))
        .filter(|(path, _)| !withheld.iter().any(|folder| path.starts_with(folder)))
        .filter(|(path, bytes)| !is_used(path, bytes) && !evidence.build.pictured.contains(*path))
        .map(|(path, _)| {
            Diagnostic::warning("no page uses this file")
                .in_file(path)
                .label("it is published all the same")
                .help("link to it, or delete it")
        })
        .collect()
}

/// In `content`, whatever is beside pages is there for them.
fn is_to_be_linked(path: &str) -> bool {
    if path.starts_with("content/") {
        return is_beside_pages(path);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    LINKED.contains(&ending.as_str()) && !ASKED_FOR.iter().any(|start| name.starts_with(start))
}

/// Every file that a page or a style sheet names, and those that a script or a feed mentions.
fn used_files(evidence: &Evidence<'_>) -> BTreeSet<String> {
    let files = evidence.files();
    let mut used = BTreeSet::new();
    let mut follow_from = |from: &str, link: &str| {
        if let Leads::To { file, .. } = files.follow(link, from) {
            used.insert(file.to_owned());
        }
    };
    for (from, links) in &evidence.links {
        for (_, link) in links {
            follow_from(from, link);
        }
    }
    let mut mentioned = String::new();
    for (path, bytes) in &evidence.build.output.files {
        let Ok(text) = str::from_utf8(bytes) else {
            continue;
        };
        match path.rsplit('.').next() {
            Some("css") => urls(text).for_each(|span| follow_from(path, &text[span])),
            Some("js" | "json" | "webmanifest" | "xml" | "txt") => mentioned.push_str(text),
            _ => {}
        }
    }
    let paths = evidence.build.output.files.keys();
    let paths = paths.filter(|path| mentioned.contains(path.as_str()));
    used.extend(paths.cloned());
    used
}

/// A picture or a font that a style sheet names and that is not there.
pub fn missing_from_styles(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    // Without a theme that can be read nothing is made.
    if evidence.build.output.files.is_empty() {
        return Vec::new();
    }
    let files = evidence.files();
    let theme = format!("themes/{}/assets/", evidence.config.theme.value);
    let names: BTreeSet<&str> = evidence
        .source
        .below(&theme)
        .map(|(path, _)| &path[theme.len()..])
        .collect();
    let mut wrong = Vec::new();
    for (folder, is_theme) in [(theme.as_str(), true), ("static/", false)] {
        for (path, bytes) in evidence.source.below(folder) {
            let (true, Ok(text)) = (path.ends_with(".css"), SourceTree::text(path, bytes)) else {
                continue;
            };
            let name = &path[folder.len()..];
            for span in urls(text) {
                let url = &text[span.clone()];
                let from = if is_theme {
                    format!("assets/{name}")
                } else {
                    name.to_owned()
                };
                let is_asset = is_theme && names.contains(beside(name, url).as_str());
                let is_there = is_asset
                    || url.starts_with('#')
                    || has_scheme(url)
                    || matches!(
                        files.follow(url, &from),
                        Leads::To { .. } | Leads::Elsewhere
                    );
                if !is_there {
                    wrong.push(
                        Diagnostic::error("this style sheet names a file that does not exist")
                            .at(path, span)
                            .label("no file has this address"),
                    );
                }
            }
        }
    }
    wrong
}

/// A path as the theme's assets name it, from the style sheet that names it.
fn beside(style: &str, url: &str) -> String {
    followed(style, url.split(['?', '#']).next().unwrap_or_default())
}

/// The places of the addresses in `url(…)`, without their quotes; comments hold none.
fn urls(css: &str) -> impl Iterator<Item = Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    loop {
        let rest = &css[at..];
        let comment = rest.find("/*");
        let Some(found) = rest.find("url(") else {
            break;
        };
        if let Some(comment) = comment.filter(|comment| *comment < found) {
            match rest[comment + 2..].find("*/") {
                Some(end) => at += comment + 2 + end + 2,
                None => break,
            }
            continue;
        }
        let start = at + found + 4;
        let Some(end) = css[start..].find(')').map(|end| start + end) else {
            break;
        };
        let inside = css[start..end].trim_matches([' ', '"', '\'']);
        let lead = css[start..end].find(inside).unwrap_or_default();
        if !inside.is_empty() && !inside.starts_with("data:") {
            spans.push(start + lead..start + lead + inside.len());
        }
        at = end;
    }
    spans.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_styles_are_found_with_and_without_quotes() {
        let css = "/* url(no) */ a{b:url(x.png)} c{d:url( \"y.woff2?v=1\" )} e{f:url(data:x)}";
        let found: Vec<&str> = urls(css).map(|span| &css[span]).collect();
        assert_eq!(found, ["x.png", "y.woff2?v=1"]);
        assert_eq!(beside("fonts/a.css", "../img/b.png?x"), "img/b.png");
    }
}
