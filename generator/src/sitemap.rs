//! What search engines read: the sitemap and robots.txt.

use std::fmt::Write;

use crate::feed::escaped;

#[derive(Clone, Debug, serde::Serialize)]
pub struct Sitemap {
    pub entries: Vec<SitemapEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct SitemapEntry {
    pub permalink: String,
    /// A day, or empty.
    pub updated: String,
    /// Language tag and address of each translation, this one included; empty without translations.
    pub alternates: Vec<(String, String)>,
}

pub fn write(sitemap: &Sitemap) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    );
    if sitemap
        .entries
        .iter()
        .any(|entry| !entry.alternates.is_empty())
    {
        xml.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    xml.push_str(">\n");
    for entry in &sitemap.entries {
        let _ = write!(xml, "<url><loc>{}</loc>", escaped(&entry.permalink));
        if !entry.updated.is_empty() {
            let _ = write!(xml, "<lastmod>{}</lastmod>", entry.updated);
        }
        for (lang, address) in &entry.alternates {
            let _ = write!(
                xml,
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                escaped(lang),
                escaped(address)
            );
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Everything may be read; `sitemap` says where the list is.
pub fn robots(sitemap: &str) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {sitemap}\n")
}
