//! Atom feeds (RFC 4287) with full content, in which every link is absolute.

use std::fmt::Write;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;

use crate::html;
use crate::view::{Content, Summary};

#[derive(Clone, Debug, serde::Serialize)]
pub struct Feed {
    pub title: String,
    pub subtitle: String,
    pub language: String,
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
        escaped(&feed.language)
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
    let authors = if page.authors.is_empty() { site } else { &page.authors };
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
    let _ = writeln!(xml, "<content type=\"html\">{}</content>", escaped(&content));
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
        .filter(|one| !one.is_control() || matches!(one, '\n' | '\t'))
        .collect();
    // Writing to a String cannot fail.
    let _ = escape_html(&mut escaped, &legal);
    escaped
}

/// The HTML with root-relative addresses and bare anchors made absolute.
fn absolute_links(html: &str, permalink: &str, origin: &str) -> String {
    let mut absolute = String::with_capacity(html.len());
    let mut at = 0;
    for attribute in html::attributes(html) {
        if !matches!(attribute.name, "href" | "src" | "poster") {
            continue;
        }
        let prefix = match attribute.value.as_bytes() {
            [b'/', b'/', ..] => continue,
            [b'/', ..] => origin,
            [b'#', ..] => permalink,
            _ => continue,
        };
        absolute.push_str(&html[at..attribute.span.start]);
        absolute.push_str(prefix);
        at = attribute.span.start;
    }
    absolute.push_str(&html[at..]);
    absolute
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
}
