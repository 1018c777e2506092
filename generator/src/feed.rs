//! Feeds with full content, in which every link is absolute: Atom and JSON Feed.

mod atom;
mod json;

use pulldown_cmark_escape::escape_html;

use crate::config::FeedFormat;
use crate::html;
use crate::page::has_scheme;
use crate::view::{CardImageView, Content, Summary};

#[derive(Clone, Debug, serde::Serialize)]
pub struct Feed {
    pub format: FeedFormat,
    pub title: String,
    pub subtitle: String,
    /// By its place in the settings, as in [`crate::view::PageJob`].
    #[serde(skip)]
    pub language: usize,
    /// Language tag.
    pub lang: String,
    /// Scheme and host, put before root-relative links.
    pub origin: String,
    pub feed_url: String,
    pub page_url: String,
    /// The newest entry's moment; a feed without entries has none.
    pub updated: Option<String>,
    pub entries: Vec<FeedEntry>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct FeedEntry {
    pub summary: Summary,
    /// RFC 3339.
    pub published: String,
    pub updated: String,
    pub content: Content,
    pub images: Vec<CardImageView>,
}

/// Writes the feed. `contents` are the entries' rendered bodies, in their order.
pub fn write(feed: &Feed, contents: &[String]) -> String {
    match feed.format {
        FeedFormat::Atom => atom::write(feed, contents),
        FeedFormat::Json => json::write(feed, contents),
    }
}

/// Text for XML.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // XML allows few control characters, and feeds need none of them.
    let legal: String = text
        .chars()
        .filter(|one| match one {
            '\n' | '\t' => true,
            '\u{fffe}' | '\u{ffff}' => false,
            one => !one.is_control(),
        })
        .collect();
    // Writing to a String cannot fail.
    let _ = escape_html(&mut escaped, &legal);
    escaped
}

/// The HTML of the page at `permalink` with its addresses made absolute.
pub fn absolute_links(html: &str, permalink: &str, origin: &str) -> String {
    let mut absolute = String::with_capacity(html.len());
    let mut at = 0;
    for attribute in html::attributes(html) {
        for address in attribute.addresses() {
            let start = address.start;
            let address = &attribute.value[start..];
            let start = attribute.span.start + start;
            absolute.push_str(&html[at..start]);
            absolute.push_str(prefix(address, permalink, origin));
            at = start;
        }
    }
    absolute.push_str(&html[at..]);
    absolute
}

/// What makes an address on a page absolute when it is put before it.
fn prefix<'a>(address: &str, permalink: &'a str, origin: &'a str) -> &'a str {
    if has_scheme(address) {
        return "";
    }
    match address.bytes().next() {
        Some(b'/') => origin,
        None | Some(b'#' | b'?') => permalink,
        // Readers of feeds take out `..` themselves, as browsers do.
        Some(_) => &permalink[..=permalink.rfind('/').unwrap_or(0)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_absolute_and_code_stays_as_it_is() {
        let html = "<a href=\"/b/\">b</a> <a href=\"#c\">c</a> <a href=\"https://d\">d</a> \
                    <code>href=\"/e/\"</code>";
        assert_eq!(
            absolute_links(html, "https://x/a/", "https://x"),
            "<a href=\"https://x/b/\">b</a> <a href=\"https://x/a/#c\">c</a> \
             <a href=\"https://d\">d</a> <code>href=\"/e/\"</code>"
        );
    }

    #[test]
    fn relative_addresses_are_those_of_the_page() {
        let html = "<img src=\"p.png\" srcset=\"p.png, /q.png 2x\"><a href=\"../c/\">c</a>";
        assert_eq!(
            absolute_links(html, "https://x/a/b.html", "https://x"),
            "<img src=\"https://x/a/p.png\" srcset=\"https://x/a/p.png, https://x/q.png 2x\">\
             <a href=\"https://x/a/../c/\">c</a>"
        );
    }
}
