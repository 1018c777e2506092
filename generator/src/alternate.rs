//! Pages as Markdown, for programs that read texts: what authors wrote, with absolute links and computed
//! figures. And `llms.txt`, which lists them.

use std::borrow::Cow;
use std::fmt::Write;

use serde::Serialize;

use crate::feed::absolute_links;
use crate::view::Content;

/// A page as Markdown, for the most part still as it was written.
#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    /// By its place in the settings, as in [`crate::view::PageJob`].
    #[serde(skip)]
    pub language: usize,
    pub title: String,
    pub description: String,
    /// A day, or empty.
    pub date: String,
    pub permalink: String,
    /// Scheme and host.
    pub origin: String,
    /// Whether the text begins with a heading that is the title.
    pub has_heading: bool,
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, Serialize)]
pub enum Part {
    Markdown(String),
    /// What only a template of the theme can draw, as HTML.
    Drawn(Content),
}

/// Writes the page. `drawn` are its drawn parts, in their order.
pub fn write(alternate: &Alternate, drawn: &[Cow<'_, str>]) -> String {
    let mut text = String::from("---\n");
    let canonical = &alternate.permalink;
    let keys = [
        ("title", &alternate.title),
        ("description", &alternate.description),
        ("date", &alternate.date),
        ("canonical", canonical),
    ];
    for (key, value) in keys.into_iter().filter(|(_, value)| !value.is_empty()) {
        // A text of JSON is one of YAML too.
        let _ = writeln!(text, "{key}: {}", serde_json::Value::from(value.as_str()));
    }
    text.push_str("---\n\n");
    if !alternate.has_heading {
        let _ = write!(text, "# {}\n\n", alternate.title);
    }
    let mut drawn = drawn.iter();
    for part in &alternate.parts {
        match part {
            Part::Markdown(written) => text.push_str(written),
            Part::Drawn(_) => {
                let html = drawn.next().map_or("", |html| html.trim());
                text.push_str(&absolute_links(html, canonical, &alternate.origin));
            }
        }
    }
    let length = text.trim_end().len();
    text.truncate(length);
    text.push('\n');
    text
}

/// What `llms.txt` says of one language of a site (llmstxt.org).
#[derive(Clone, Debug, Default)]
pub struct Overview {
    pub title: String,
    pub description: String,
    pub sections: Vec<Listed>,
}

#[derive(Clone, Debug)]
pub struct Listed {
    /// Empty for what is in no section.
    pub title: String,
    pub pages: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub title: String,
    /// Absolute.
    pub address: String,
    pub description: String,
}

pub fn overview(overview: &Overview) -> String {
    let mut text = format!("# {}\n", on_one_line(&overview.title));
    if !overview.description.is_empty() {
        let _ = write!(text, "\n> {}\n", on_one_line(&overview.description));
    }
    for section in &overview.sections {
        text.push('\n');
        if !section.title.is_empty() {
            let _ = write!(text, "## {}\n\n", on_one_line(&section.title));
        }
        for entry in &section.pages {
            let title = on_one_line(&entry.title).replace('[', "\\[");
            let title = title.replace(']', "\\]");
            let _ = write!(text, "- [{title}]({})", entry.address);
            if !entry.description.is_empty() {
                let _ = write!(text, ": {}", on_one_line(&entry.description));
            }
            text.push('\n');
        }
    }
    text
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
