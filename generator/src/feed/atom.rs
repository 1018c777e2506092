//! Atom (RFC 4287).

use std::fmt::Write;

use super::{Feed, FeedEntry, absolute_links, escaped};

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
