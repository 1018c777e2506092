//! One Markdown file as a [`Page`]: [`parse`] takes a path, a text and the files
//! that it includes, gives the page and everything that is wrong with it, and
//! looks at nothing else.

mod front_matter;
mod include;
mod markdown;
mod outline;
mod passage;
mod shortcode;
mod title;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place, Span};
use crate::hash::{Fingerprint, Hasher};
use crate::source::SourceTree;

pub use front_matter::{CardImage, FrontMatter, OWN_PLACE, SectionKeys, SortBy, is_key};
pub use include::{Included, included};
pub use markdown::{
    Attributes, Body, Heading, Holds, MarkdownOptions, Picture, Piece, Question, Shortcode, Target,
    raw_hrefs, render as render_markdown,
};
pub use outline::whole;
pub use passage::Passage;
pub use shortcode::Arg;
pub use title::of_file as title_of_file;

/// A page or a section as its author wrote it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Page {
    /// `content/blog/post.md`.
    pub path: String,
    pub name: Name,
    /// Of all that stands before the body, as it is written.
    pub head: Fingerprint,
    /// Of all that the page was read from.
    pub text: Fingerprint,
    pub front: FrontMatter,
    /// From front matter, else from a heading that opens the text, else from the file's name.
    pub title: String,
    pub body: Body,
    /// Whether the HTML of its text is left out.
    pub is_outline: bool,
}

/// What the file's name says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// Folders below `content`; for `post/index.md` and `_index.md` their own folder is left out or in:
    /// `blog` for `blog/post.md`, `blog/post/index.md` and `blog/_index.md`.
    pub folder: String,
    /// The last part of the address; empty for a section.
    pub stem: String,
    /// From `2026-05-01-slug.md`.
    pub date: Option<Date>,
    pub is_section: bool,
    /// From `slug.fr.md`; none for a page in the site's own language.
    pub language: Option<String>,
}

impl Page {
    /// The day an article belongs to: front matter before file name.
    pub fn date(&self) -> Option<Date> {
        self.front
            .date
            .as_ref()
            .map(|date| date.value)
            .or(self.name.date)
    }

    /// Where its address was written, or else its file, whose name it follows.
    pub fn place_of_address(&self) -> Place {
        let written = self.front.path.as_ref().or(self.front.slug.as_ref());
        Place {
            path: self.path.clone(),
            span: written.map(|written| written.span.clone()),
        }
    }
}

/// What a site's settings say of how its pages are read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Those that a file's name may end in.
    pub languages: Vec<String>,
    /// By whose clock its dates are told.
    pub time_zone: Option<TimeZone>,
    pub markdown: MarkdownOptions,
    /// Whether the site has rules of its own for what authors write before their texts.
    pub has_rules: bool,
}

impl Reading {
    /// All of it, for the keys of remembered pages.
    fn add_to(&self, key: &mut Hasher) {
        let zone = self.time_zone.as_ref().and_then(TimeZone::iana_name);
        key.add(&self.markdown.key());
        key.add(self.languages.join(" ").as_bytes());
        key.add(zone.unwrap_or_default().as_bytes());
        key.add(&[u8::from(self.has_rules)]);
    }
}

/// A file as it is written, with the files that it includes.
pub struct Draft<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub included: Included<'a>,
    /// Of the bytes of the file, and of those of each that it includes.
    pub fingerprint: Fingerprint,
    pub parts: Vec<(String, Fingerprint)>,
}

impl<'a> Draft<'a> {
    /// `fingerprint` is that of the file.
    pub fn of(
        path: &'a str,
        text: &'a str,
        fingerprint: Fingerprint,
        source: &'a SourceTree,
    ) -> Self {
        let included = included(path, text, source);
        let parts = included.keys().filter_map(|path| {
            let file = source.file(path)?;
            Some((path.clone(), file.fingerprint()))
        });
        Self {
            path,
            text,
            fingerprint,
            parts: parts.collect(),
            included,
        }
    }

    /// A fingerprint of everything that [`parse`] looks at.
    pub fn key(&self, reading: &Reading) -> Fingerprint {
        let parts = self.parts.iter();
        let parts = parts.map(|(path, part)| (path.as_str(), *part));
        key(self.path, self.fingerprint, parts, reading)
    }
}

/// A fingerprint of a page's path, of its file and of those that it includes.
pub fn key<'a>(
    path: &str,
    file: Fingerprint,
    parts: impl Iterator<Item = (&'a str, Fingerprint)>,
    reading: &Reading,
) -> Fingerprint {
    let mut key = Hasher::default();
    key.add(path.as_bytes());
    key.add(&file.bytes());
    reading.add_to(&mut key);
    for (path, part) in parts {
        key.add(path.as_bytes());
        key.add(&part.bytes());
    }
    key.finish()
}

/// Reads one file. The page is usable for what follows even if something is wrong with it.
pub fn parse(draft: &Draft<'_>, reading: &Reading) -> (Page, Vec<Diagnostic>) {
    let (path, text, options) = (draft.path, draft.text, reading.markdown);
    let mut diagnostics = Vec::new();
    let mut name = Name::of(path, &reading.languages);
    if let Some(zone) = &reading.time_zone {
        name.date = name.date.map(|date| date.in_zone(zone));
    }
    let (front, body) = match front_matter::split(path, text) {
        Ok(parts) => {
            let of = front_matter::Of::file(&name);
            let front = front_matter::read(path, text, &parts, of, reading, &mut diagnostics);
            (front, parts.body)
        }
        Err(unclosed) => {
            diagnostics.push(unclosed);
            (FrontMatter::default(), text.len()..text.len())
        }
    };
    let head = Fingerprint::of(&text.as_bytes()[..body.start]);
    let (title, body) = match front.title.clone() {
        Some(title) => (title, body),
        None => title::leading(path, text, body.clone(), options, &mut diagnostics)
            .unwrap_or_else(|| (title::from_name(&name), body)),
    };
    let body = Passage::new(path, text, body);
    let body = markdown::render(&body, &draft.included, options, &mut diagnostics);
    let page = Page {
        path: path.to_owned(),
        name,
        head,
        text: draft.key(reading),
        front,
        title,
        body,
        is_outline: false,
    };
    (page, diagnostics)
}

/// Where the text of a file stands that [`parse`] reads: behind its front matter.
pub fn body_of(path: &str, text: &str) -> Span {
    front_matter::split(path, text).map_or(text.len()..text.len(), |parts| parts.body)
}

/// Whether a text begins with a whole block of front matter.
pub fn has_front_matter(text: &str) -> bool {
    front_matter::split("", text).is_ok_and(|parts| parts.body.start > 0)
}

/// Whether an address starts with a scheme such as `https:` or `mailto:`, or
/// with `//`, and so needs no resolving.
pub fn has_scheme(address: &str) -> bool {
    if address.starts_with("//") {
        return true;
    }
    let scheme = address
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        .count();
    scheme > 1 && address.as_bytes().get(scheme) == Some(&b':')
}

impl Name {
    /// Reads the path of a page's file, whose name may end in one of `languages`.
    pub fn of(path: &str, languages: &[String]) -> Self {
        let below = path.strip_prefix("content/").unwrap_or(path);
        let (folder, file) = below.rsplit_once('/').unwrap_or(("", below));
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let in_another = stem
            .rsplit_once('.')
            .filter(|(_, ending)| languages.iter().any(|language| language == ending));
        let (stem, language) = match in_another {
            Some((stem, language)) => (stem, Some(language.to_owned())),
            None => (stem, None),
        };
        if stem == "_index" {
            return Self {
                folder: folder.to_owned(),
                stem: String::new(),
                date: None,
                is_section: true,
                language,
            };
        }
        let (folder, stem) = match stem {
            "index" if !folder.is_empty() => folder.rsplit_once('/').unwrap_or(("", folder)),
            _ => (folder, stem),
        };
        let dated = stem
            .get(..10)
            .and_then(Date::parse)
            .zip(stem.get(11..).filter(|rest| !rest.is_empty()));
        let (date, stem) = match dated {
            Some((date, rest)) if matches!(stem.as_bytes().get(10), Some(b'-' | b'_')) => {
                (Some(date), rest)
            }
            _ => (None, stem),
        };
        Self {
            folder: folder.to_owned(),
            stem: stem.to_owned(),
            date,
            is_section: false,
            language,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dated_file_name_gives_day_and_slug() {
        let name = Name::of("content/blog/2026-05-01-first-steps.md", &[]);
        assert_eq!(name.stem, "first-steps");
        assert_eq!(name.date, Date::parse("2026-05-01"));
        assert_eq!(Name::of("content/2026-05-01.md", &[]).stem, "2026-05-01");
    }

    #[test]
    fn a_bundle_is_named_by_its_folder() {
        let name = Name::of("content/blog/post/index.md", &[]);
        assert_eq!((name.folder.as_str(), name.stem.as_str()), ("blog", "post"));
    }

    #[test]
    fn only_a_language_of_the_site_is_one() {
        let name = |path| Name::of(path, &["fr".to_owned()]);
        let french = name("content/post/index.fr.md");
        assert_eq!(
            (french.stem.as_str(), french.language.as_deref()),
            ("post", Some("fr"))
        );
        assert!(name("content/_index.fr.md").is_section);
        assert_eq!(name("content/node.js.md").stem, "node.js");
    }
}
