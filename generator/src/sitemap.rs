//! What search engines read: the sitemap and robots.txt.

use std::fmt::Write;

use crate::feed::escaped;

/// Below the output folder; names the others where one file is not enough.
pub const FILE: &str = "sitemap.xml";

/// What the protocol allows in one file (sitemaps.org).
const LIMITS: Limits = Limits {
    entries: 50_000,
    bytes: 50 << 20,
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const END: &str = "</urlset>\n";

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SitemapEntry {
    pub permalink: String,
    /// A day, or empty.
    pub updated: String,
    /// Language tag and address of each translation, this one included; empty without translations.
    pub alternates: Vec<(String, String)>,
}

#[derive(Clone, Copy)]
struct Limits {
    entries: usize,
    bytes: usize,
}

/// The sitemap, by the path of each of its files: one, or as many as the protocol demands and one that
/// lists them.
pub fn files(
    entries: &[SitemapEntry],
    permalink: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    within(LIMITS, entries, permalink)
}

fn within(
    limits: Limits,
    entries: &[SitemapEntry],
    permalink: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    let has_alternates = entries.iter().any(|entry| !entry.alternates.is_empty());
    let start = match has_alternates {
        true => {
            format!("<urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n")
        }
        false => format!("<urlset xmlns=\"{NAMESPACE}\">\n"),
    };
    let start = format!("{HEAD}{start}");
    let mut texts = vec![start.clone()];
    let mut latest = vec![""];
    let mut held = 0;
    for entry in entries {
        let text = written(entry);
        let last = texts.len() - 1;
        let is_full = texts[last].len() + text.len() + END.len() > limits.bytes;
        if held == limits.entries || is_full && held > 0 {
            texts.push(start.clone());
            latest.push("");
            held = 0;
        }
        let last = texts.len() - 1;
        texts[last].push_str(&text);
        latest[last] = latest[last].max(&entry.updated);
        held += 1;
    }
    for text in &mut texts {
        text.push_str(END);
    }
    if texts.len() == 1 {
        return texts
            .into_iter()
            .map(|text| (FILE.to_owned(), text))
            .collect();
    }
    let mut index = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    let mut files = Vec::with_capacity(texts.len() + 1);
    for (number, (text, latest)) in texts.into_iter().zip(latest).enumerate() {
        let path = format!("sitemap-{}.xml", number + 1);
        let _ = write!(index, "<sitemap><loc>{}</loc>", escaped(&permalink(&path)));
        write_day(&mut index, latest);
        index.push_str("</sitemap>\n");
        files.push((path, text));
    }
    index.push_str("</sitemapindex>\n");
    files.push((FILE.to_owned(), index));
    files
}

fn written(entry: &SitemapEntry) -> String {
    let mut xml = format!("<url><loc>{}</loc>", escaped(&entry.permalink));
    write_day(&mut xml, &entry.updated);
    for (lang, address) in &entry.alternates {
        let _ = write!(
            xml,
            "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
            escaped(lang),
            escaped(address)
        );
    }
    xml.push_str("</url>\n");
    xml
}

fn write_day(xml: &mut String, day: &str) {
    if !day.is_empty() {
        let _ = write!(xml, "<lastmod>{day}</lastmod>");
    }
}

/// Everything may be read, because whoever may not read a page never sees that it is not to be listed.
/// `sitemap` says where the list is of what is to be.
pub fn robots(sitemap: Option<&String>) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(sitemap) = sitemap {
        let _ = writeln!(text, "Sitemap: {sitemap}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(count: usize) -> Vec<SitemapEntry> {
        let entry = |number: usize| SitemapEntry {
            permalink: format!("https://x/{number:06}/"),
            updated: format!("2026-01-{:02}", number % 28 + 1),
            alternates: Vec::new(),
        };
        (0..count).map(entry).collect()
    }

    fn paths(files: &[(String, String)]) -> Vec<&str> {
        files.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn a_large_site_has_an_index_of_several_files() {
        let permalink = |path: &str| format!("https://x/{path}");
        let files = files(&entries(50_001), permalink);
        assert_eq!(paths(&files), ["sitemap-1.xml", "sitemap-2.xml", FILE]);
        assert_eq!(files[0].1.matches("<loc>").count(), 50_000);
        assert_eq!(files[1].1.matches("<loc>").count(), 1);
        let index = &files[2].1;
        assert!(
            index.contains("<loc>https://x/sitemap-1.xml</loc><lastmod>2026-01-28</lastmod>"),
            "{index}"
        );
    }

    #[test]
    fn no_file_is_larger_than_allowed() {
        let limits = Limits {
            entries: 1_000,
            bytes: 1_000,
        };
        let files = within(limits, &entries(40), |path| path.to_owned());
        assert!(files.len() > 3);
        let (_, texts) = files.split_last().unwrap();
        for (path, text) in texts {
            assert!(text.len() <= limits.bytes, "{path} has {}", text.len());
        }
        let listed: usize = texts
            .iter()
            .map(|(_, text)| text.matches("<url>").count())
            .sum();
        assert_eq!(listed, 40);
    }
}
