//! What is odd about the texts of pages: headings that skip levels, titles that search engines cut,
//! pages without a description, or changed before they were written.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::Evidence;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Span};
use crate::page::Page;

/// What search engines show of a title before they cut it, in letters.
const LONGEST_TITLE: usize = 70;

/// A page's title is its only heading of the first level.
pub fn headings_that_skip_levels(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let Some(text) = evidence.text(&page.path) else {
            continue;
        };
        let mut above = HeadingLevel::H1;
        for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
            let Event::Start(Tag::Heading { level, .. }) = event else {
                continue;
            };
            if level as usize > above as usize + 1 {
                warnings.push(
                    Diagnostic::warning("this heading skips a level")
                        .at(&page.path, first_line(text, span))
                        .label(format!(
                            "level {} follows level {}",
                            level as usize, above as usize
                        ))
                        .help(format!("write it with {}", "#".repeat(above as usize + 1))),
                );
            }
            above = level;
        }
    }
    warnings
}

fn first_line(text: &str, span: Span) -> Span {
    let length = text[span.clone()].find('\n').unwrap_or(span.len());
    span.start..span.start + length
}

pub fn missing_descriptions(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let pages = evidence.pages.iter().filter(|page| !page.name.is_section);
    pages
        .filter(|page| page.front.description.trim().is_empty())
        .map(|page| {
            Diagnostic::warning("this page has no description")
                .in_file(&page.path)
                .label("lists, search engines and shared links show it below the title")
                .help("add `description = \"…\"` to its front matter: a sentence or two")
        })
        .collect()
}

pub fn long_titles(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let letters = page.title.chars().count();
        if letters <= LONGEST_TITLE {
            continue;
        }
        let warning = Diagnostic::warning("this title is too long for search results");
        let warning = match title_span(evidence, page) {
            Some(span) => warning.at(&page.path, span),
            None => warning.in_file(&page.path),
        };
        let label = format!("{letters} letters, of which about {LONGEST_TITLE} are shown");
        warnings.push(warning.label(label));
    }
    warnings
}

fn title_span(evidence: &Evidence<'_>, page: &Page) -> Option<Span> {
    let start = evidence.text(&page.path)?.find(&page.title)?;
    Some(start..start + page.title.len())
}

/// A page is changed after the day that it belongs to.
pub fn changed_before_written(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let date = page.date().map(Date::day);
        let (Some(date), Some(updated)) = (date, page.front.updated) else {
            continue;
        };
        let written = &page.front.written;
        let entry = written.get("updated").or_else(|| written.get("lastmod"));
        if let Some(entry) = entry.filter(|_| updated.day() < date) {
            warnings.push(
                Diagnostic::warning("this page was changed before it was written")
                    .at(&page.path, entry.value.span.clone())
                    .label(format!("its `date` is {date}"))
                    .help("search engines are told both: correct one of them, or delete this one"),
            );
        }
    }
    warnings
}
