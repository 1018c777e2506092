//! JSON Feed 1.1 (jsonfeed.org).

use serde_json::{Value as Json, json};

use super::{Feed, FeedEntry, absolute_links};

/// One entry to a line, so that an edit changes few of them.
pub fn write(feed: &Feed, contents: &[String]) -> String {
    let mut head = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.lang,
    });
    if !feed.subtitle.is_empty() {
        head["description"] = feed.subtitle.as_str().into();
    }
    let items = feed.entries.iter().zip(contents);
    let items: Vec<String> = items
        .map(|(entry, content)| item(feed, entry, content).to_string())
        .collect();
    let head = head.to_string();
    // The list takes the place of the brace that ends the head.
    let head = head.trim_end_matches('}');
    format!("{head},\"items\":[\n{}\n]}}\n", items.join(",\n"))
}

fn item(feed: &Feed, entry: &FeedEntry, content: &str) -> Json {
    let page = &entry.summary;
    let mut item = json!({
        "id": page.permalink,
        "url": page.permalink,
        "title": page.title,
        "content_html": absolute_links(content, &page.permalink, &feed.origin),
        "date_published": entry.published,
        "date_modified": entry.updated,
        "language": page.lang,
    });
    let mut add = |key: &str, value: Json| item[key] = value;
    if !page.description.is_empty() {
        add("summary", page.description.as_str().into());
    }
    if let Some(image) = entry.images.first() {
        add("image", image.url.as_str().into());
    }
    let authors = page.bylines.iter().map(|author| {
        let mut named = json!({ "name": author.name });
        if !author.permalink.is_empty() {
            named["url"] = author.permalink.as_str().into();
        }
        named
    });
    let authors: Vec<Json> = authors.collect();
    if !authors.is_empty() {
        add("authors", authors.into());
    }
    let terms = page.taxonomies.values().flatten();
    let tags: Vec<Json> = terms.map(|term| term.name.as_str().into()).collect();
    if !tags.is_empty() {
        add("tags", tags.into());
    }
    item
}
