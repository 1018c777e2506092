//! `tallypress explain related`: why these pages are shown beside a page, and which would come next.

use std::fmt::Write;

use crate::diagnostic::Diagnostic;
use crate::site::{Index, Kinship, Reason, Site};

/// Pages that are explained; more of them are not worth reading.
const MOST: usize = 10;

/// Explains what is shown beside the page with this source file or address.
///
/// # Errors
/// A diagnostic if the site publishes no such page.
pub fn related(site: &Site, written: &str) -> Result<String, Diagnostic> {
    let page = find(site, written)?;
    let shown = &site.pages[page].related;
    let kin = Index::new(site).explained(page);
    let mut text = format!("Beside {}:\n", site.pages[page].page.path);
    if shown.is_empty() {
        text.push_str("  nothing, because no page has much in common with it\n");
    }
    for other in shown {
        let mut named = site.pages[page].page.front.related.iter();
        let is_pinned = named.any(|named| {
            let path = named.value.strip_prefix("@/").unwrap_or_default();
            site.pages[*other].page.path.strip_prefix("content/") == Some(path)
        });
        let kinship = kin.iter().find(|kinship| kinship.page == *other);
        line(&mut text, site, *other, is_pinned, kinship);
    }
    let mut others = kin.iter().filter(|kinship| !shown.contains(&kinship.page));
    if let Some(first) = others.next() {
        text.push_str("Next would be:\n");
        for kinship in std::iter::once(first)
            .chain(others)
            .take(MOST - shown.len().min(MOST))
        {
            line(&mut text, site, kinship.page, false, Some(kinship));
        }
    }
    Ok(text)
}

fn find(site: &Site, written: &str) -> Result<usize, Diagnostic> {
    let path = written
        .strip_prefix("@/")
        .map(|below| format!("content/{below}"));
    let path = path.as_deref().unwrap_or(written);
    let address = format!("/{}/", written.trim_matches('/'));
    let is =
        |page: &crate::site::SitePage| page.page.path == path || page.address.as_str() == address;
    site.pages.iter().position(is).ok_or_else(|| {
        let missing = Diagnostic::error(format!("the site publishes no page `{written}`"));
        match site.withheld.get(path) {
            Some(withheld) => missing.help(format!("it is not published: {}", withheld.why)),
            None => {
                let paths = site.pages.iter().map(|page| page.page.path.as_str());
                missing.suggest(path, paths)
            }
        }
    })
}

fn line(text: &mut String, site: &Site, page: usize, is_pinned: bool, kinship: Option<&Kinship>) {
    let score = match kinship {
        Some(kinship) => format!("{:>4}", percent(kinship.score)),
        None => "   –".to_owned(),
    };
    let _ = writeln!(text, "  {score}  {}", site.pages[page].page.path);
    if is_pinned {
        text.push_str("        named in `related`\n");
    }
    for (reason, part, pages) in kinship.into_iter().flat_map(|kinship| &kinship.reasons) {
        let what = match reason {
            Reason::Term { taxonomy, name } => format!("`{name}` in {taxonomy}"),
            Reason::Word(word) => format!("the word `{word}`"),
        };
        let _ = writeln!(
            text,
            "        {:>4} {what}, which {pages} pages have",
            percent(*part)
        );
    }
}

fn percent(millionths: u64) -> String {
    format!("{}%", (millionths + 5_000) / 10_000)
}
