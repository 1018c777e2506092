//! What is odd about the texts of pages: headings that skip levels or are second titles, titles that search
//! engines cut, pages without a description or changed before they were written, terms and days that
//! are written so that nobody finds them, and languages that have none.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::Evidence;
use crate::config::{FILE, Language};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::Kind;
use crate::html;
use crate::page::{Body, Page, Piece};

/// What search engines show of a title before they cut it, in letters.
const LONGEST_TITLE: usize = 70;

/// So many dated pages, for each without a date, are meant to be dated all.
const MANY: usize = 3;

/// Keys that take a term or a list of them.
const TERMS: [&str; 4] = ["categories", "category", "series", "tags"];

/// Languages that sites are translated into; other endings of two letters may mean anything.
const OFTEN_WRITTEN: [&str; 28] = [
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "it", "ja",
    "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh",
];

/// A page's title is its only heading of the first level.
pub fn headings_that_skip_levels(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let Some(text) = evidence.text(&page.path) else {
            continue;
        };
        let mut above = HeadingLevel::H1;
        let mut bodies = bodies(page);
        for (level, span) in headings_of(text) {
            // What a shortcode makes of its first heading is its own affair: a `faq` has its questions where
            // they belong.
            let count = bodies.len();
            bodies.retain(|body| !body.contains(&span.start));
            let is_first = bodies.len() < count;
            if !is_first && level as usize > above as usize + 1 {
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

/// Where shortcodes stand that are written around something, none of them included.
fn bodies(page: &Page) -> Vec<Span> {
    fn collect(body: &Body, bodies: &mut Vec<Span>) {
        for piece in &body.pieces {
            if let Piece::Shortcode(shortcode) = piece {
                bodies.push(shortcode.span.clone());
                shortcode.bodies().for_each(|body| collect(body, bodies));
            }
        }
    }
    let mut found = Vec::new();
    collect(&page.body, &mut found);
    found
}

/// The headings of a file with their places.
fn headings_of(text: &str) -> impl Iterator<Item = (HeadingLevel, Span)> {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(text, options).into_offset_iter();
    events.filter_map(|(event, span)| match event {
        Event::Start(Tag::Heading { level, .. }) => Some((level, span)),
        _ => None,
    })
}

fn first_line(text: &str, span: Span) -> Span {
    let length = text[span.clone()].find('\n').unwrap_or(span.len());
    span.start..span.start + length
}

/// A language with a home page and nothing on it.
pub fn languages_without_pages(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let languages = evidence.config.languages.iter().skip(1);
    let empty = languages.filter(|language| {
        let mut pages = evidence.pages.iter();
        let is_in = |page: &Page| page.name.language.as_ref() == Some(&language.tag);
        !language.show_untranslated && !pages.any(|page| is_in(page))
    });
    let warning = |language: &Language| {
        Diagnostic::warning(format!("nothing is written in `{}`", language.tag))
            .at(FILE, language.span.clone())
            .label("its home page is empty, and yet published")
            .help(format!(
                "translate a page, such as `content/_index.{0}.md`; list the others in the meantime with `show_untranslated = true`; or delete `[languages.{0}]`",
                language.tag
            ))
    };
    empty.map(warning).collect()
}

/// `post.es.md` where the settings know no `es` is a page of its own in the site's language, and so is `post.en.md`
/// where that is `en`.
pub fn pages_in_no_language(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let warning = |page: &Arc<Page>| {
        let (name, ending) = page.path.strip_suffix(".md")?.rsplit_once('.')?;
        let own = &evidence.config.languages.first()?.tag;
        if page.name.language.is_some() || !(OFTEN_WRITTEN.contains(&ending) || ending == own) {
            return None;
        }
        let (message, help) = match ending == own {
            true => (
                format!("`{ending}` is the site's own language"),
                format!("name it `{name}.md`: only other languages are said in names"),
            ),
            false => (
                format!("the site has no language `{ending}`"),
                format!("add `[languages.{ending}]` to `{FILE}`, or give the file another name"),
            ),
        };
        let label = format!("published as a page of its own, in `{own}`");
        let warning = Diagnostic::warning(message).in_file(&page.path);
        Some(warning.label(label).help(help))
    };
    evidence.pages.iter().filter_map(warning).collect()
}

/// A page that says nowhere what it is called gets the name of its file, which was seldom meant.
pub fn missing_titles(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let pages = evidence.pages.iter().filter(|page| !page.name.is_section);
    pages
        .filter(|page| page.front.title.is_none() && !evidence.unreadable.contains(&page.path))
        .filter_map(|page| {
            let text = evidence.text(&page.path)?;
            let has_title = headings_of(text).any(|(level, _)| level == HeadingLevel::H1);
            let what = match page.body.pieces.is_empty() {
                true => "this page is empty",
                false => "this page has no title",
            };
            let untitled = Diagnostic::warning(what)
                .in_file(&page.path)
                .label(format!("published as `{}`, after its file", page.title))
                .help("begin its text with `# …`, or give it a `title`");
            let untitled = match page.front.written.entries.is_empty() {
                true => untitled.help("a file that is no page has a name that begins with `_`"),
                false => untitled,
            };
            (!has_title).then_some(untitled)
        })
        .collect()
}

pub fn missing_descriptions(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let pages = evidence.pages.iter().filter(|page| !page.name.is_section);
    pages
        .filter(|page| page.front.description.trim().is_empty())
        // Whether one that cannot be read has a description is not known.
        .filter(|page| !evidence.unreadable.contains(&page.path))
        .map(|page| {
            let sign = evidence.sign(&page.path);
            Diagnostic::warning("this page has no description")
                .in_file(&page.path)
                .label("lists, search engines and shared links show it below the title")
                .help(format!(
                    "add `description{sign} \"…\"` to its front matter: a sentence or two"
                ))
        })
        .collect()
}

/// Measured is what a theme writes into `<title>`, mostly with the name of the site.
pub fn long_titles(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let titles = finished_titles(evidence);
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let whole = titles.get(page.path.as_str()).unwrap_or(&page.title);
        let letters = whole.chars().count();
        if letters <= LONGEST_TITLE {
            continue;
        }
        let warning = Diagnostic::warning("this title is too long for search results");
        let warning = match title_span(evidence, page) {
            Some(span) => warning.at(&page.path, span),
            None => warning.in_file(&page.path),
        };
        let added = match whole.split_once(page.title.as_str()) {
            Some(("", "")) | None => String::new(),
            Some((before, after)) => format!(" with the theme's `{before}{after}`"),
        };
        let label = format!("{letters} letters{added}, of which about {LONGEST_TITLE} are shown");
        warnings.push(warning.label(label));
    }
    warnings
}

/// What stands in `<title>` of finished pages, by their sources; of a list, in its first page.
fn finished_titles<'a>(evidence: &'a Evidence<'_>) -> BTreeMap<&'a str, String> {
    let mut titles = BTreeMap::new();
    for (file, source) in &evidence.build.origins {
        let html = evidence.build.output.files.get(file);
        let html = html.and_then(|bytes| str::from_utf8(bytes).ok());
        let title = html.and_then(|html| html.split_once("<title>")?.1.split_once("</title>"));
        if let Some((title, _)) = title {
            let title = || html::unescape(title.trim()).into_owned();
            titles.entry(source.as_str()).or_insert_with(title);
        }
    }
    titles
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

/// A page's title is its only heading of the first level; one that opens a text without a title is that title.
pub fn second_titles(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let headings = page.body.headings.iter();
        let count = headings.filter(|heading| heading.level == 1).count();
        let Some(text) = evidence.text(&page.path).filter(|_| count > 0) else {
            continue;
        };
        let written: Vec<Span> = headings_of(text)
            .filter(|(level, _)| *level == HeadingLevel::H1)
            .map(|(_, span)| first_line(text, span))
            .collect();
        let own = written.len().saturating_sub(count);
        warnings.extend(written.into_iter().skip(own).map(|span| {
            Diagnostic::warning("this heading is a second title")
                .at(&page.path, span)
                .label(format!("the page's title is `{}`", page.title))
                .help("write it with ##, and those below it with one more # each")
        }));
    }
    warnings
}

/// `tags = "one, two"` is one term.
pub fn terms_in_one(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for page in &evidence.pages {
        let entries = page.front.written.entries.iter();
        let terms = entries.filter(|entry| TERMS.contains(&entry.key.as_str()));
        for entry in terms {
            let Kind::Text(text) = &entry.value.kind else {
                continue;
            };
            let parts: Vec<&str> = text.split(',').map(str::trim).collect();
            if parts.len() > 1 {
                let sign = evidence.sign(&page.path);
                let list = parts.join("\", \"");
                warnings.push(
                    Diagnostic::warning("this is one term")
                        .at(&page.path, entry.value.span.clone())
                        .label("a comma divides nothing in a text")
                        .help(format!("write `{}{sign} [\"{list}\"]`", entry.key)),
                );
            }
        }
    }
    warnings
}

/// `2026-02-30-post.md` has no date, and an odd address; neither has `2026-5-1-post.md`.
pub fn days_that_are_none(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let pages = evidence.pages.iter().filter(|page| !page.name.is_section);
    pages
        .filter(|page| page.name.date.is_none())
        .filter_map(|page| {
            let (day, rest) = day_before(&page.name.stem)?;
            let is_written = day.len() == 10 && day.as_bytes()[4] == b'-';
            let warning = match is_written {
                true if Date::parse(day).is_none() => {
                    Diagnostic::warning("this file's name begins with no day of the calendar")
                }
                // A day alone is a name.
                true if rest.is_empty() => return None,
                _ => Diagnostic::warning("this file's name begins with a day that is not read")
                    .help("a day in a name is written `2026-05-01-name.md`"),
            };
            let label = format!("`{day}` stays a part of its address, and dates nothing");
            Some(warning.in_file(&page.path).label(label))
        })
        .collect()
}

/// What looks like a day at the beginning of a name, with the year first or last, and what follows it.
fn day_before(name: &str) -> Option<(&str, &str)> {
    let is_number = |one: &str| one.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = name.splitn(3, '-');
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = third.bytes().take_while(u8::is_ascii_digit).count();
    let lengths = [first.len(), second.len(), digits];
    let is_day = is_number(first)
        && is_number(second)
        && matches!(lengths, [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]);
    let (day, rest) = name.split_at(first.len() + second.len() + digits + 2);
    is_day.then_some((day, rest))
}

/// One page without a date among many that have one is on no list of the newest.
pub fn undated_among_dated(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let mut folders: BTreeMap<&str, [Vec<&Arc<Page>>; 2]> = BTreeMap::new();
    for page in &evidence.pages {
        let folder = page.name.folder.as_str();
        // What is at the top is pages such as an imprint.
        if !page.name.is_section && !folder.is_empty() {
            let [undated, dated] = folders.entry(folder).or_default();
            match page.date() {
                Some(_) => dated.push(page),
                None => undated.push(page),
            }
        }
    }
    let mut warnings = Vec::new();
    for [undated, dated] in folders.values() {
        if dated.len() < MANY || undated.len() * MANY > dated.len() {
            continue;
        }
        let known = undated
            .iter()
            .filter(|page| !evidence.unreadable.contains(&page.path));
        warnings.extend(known.map(|page| {
            let sign = evidence.sign(&page.path);
            Diagnostic::warning("this page has no date")
                .in_file(&page.path)
                .label(
                    "the others in its folder have one; it is in no feed, and not on the home page",
                )
                .help(format!(
                    "add `date{sign} …` to its front matter, or begin the file's name with a day"
                ))
        }));
    }
    warnings
}
