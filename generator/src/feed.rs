//! Atom feeds (RFC 4287) with full content, in which every link is absolute.

use std::fmt::Write;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;

use crate::html;
use crate::page::has_scheme;
use crate::view::{Content, Summary};

#[derive(Clone, Debug, serde::Serialize)]
pub struct Feed {
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
    pub summary: Arc<Summary>,
    /// RFC 3339.
    pub published: String,
    pub updated: String,
    pub content: Content,
}

/// Writes the feed. `contents` are the entries' rendered bodies, in their order.
pub fn write(feed: &Feed, contents: &[String]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        escaped(&feed.lang)
    );
    element(&mut xml, "title", &feed.title);
    if !feed.subtitle.is_empty() {
        element(&mut xml, "subtitle", &feed.subtitle);
    }
    let _ = writeln!(
        xml,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        escaped(&feed.feed_url),
        escaped(&feed.page_url)
    );
    // Required by the format; a feed that never had an entry is as old as it gets.
    let updated = feed.updated.as_deref().unwrap_or("1970-01-01T00:00:00Z");
    element(&mut xml, "updated", updated);
    element(&mut xml, "id", &feed.feed_url);
    for (entry, content) in feed.entries.iter().zip(contents) {
        write_entry(&mut xml, feed, entry, content);
    }
    xml.push_str("</feed>\n");
    xml
}

fn write_entry(xml: &mut String, feed: &Feed, entry: &FeedEntry, content: &str) {
    let page = &entry.summary;
    xml.push_str("<entry>\n");
    element(xml, "title", &page.title);
    let _ = writeln!(
        xml,
        "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        escaped(&page.permalink)
    );
    element(xml, "id", &page.permalink);
    element(xml, "published", &entry.published);
    element(xml, "updated", &entry.updated);
    // The format wants an author for every entry.
    let site = std::slice::from_ref(&feed.title);
    let authors = if page.authors.is_empty() {
        site
    } else {
        &page.authors
    };
    for author in authors {
        let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(author));
    }
    for term in page.taxonomies.values().flatten() {
        let _ = writeln!(xml, "<category term=\"{}\"/>", escaped(&term.name));
    }
    if !page.description.is_empty() {
        element(xml, "summary", &page.description);
    }
    let content = absolute_links(content, &page.permalink, &feed.origin);
    let _ = writeln!(
        xml,
        "<content type=\"html\">{}</content>",
        escaped(&content)
    );
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(text));
}

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
        // Where addresses begin, in offsets into the attribute's value.
        let starts: Vec<usize> = match attribute.name.as_ref() {
            "href" | "src" | "poster" => vec![0],
            "srcset" => candidates(attribute.value),
            _ => continue,
        };
        for start in starts {
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

/// Where the addresses in `srcset="a.png 1x, b.png 2x"` begin.
fn candidates(srcset: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for candidate in srcset.split(',') {
        starts.push(at + candidate.len() - candidate.trim_start().len());
        at += candidate.len() + 1;
    }
    starts
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
