//! What an author says about a page before its text: TOML between `+++` lines
//! or YAML between `---` lines, with the names of Zola, Hugo and Jekyll.

mod elsewhere;
mod fences;

use std::sync::{Arc, LazyLock};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Name, Reading};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Spanned, Table, Value, Written, parse_toml, parse_yaml};
use fences::{Format, between_wrong_lines, in_other_format};

pub use fences::{Parts, split};

/// The keys of front matter, under the names that this generator prefers. What a section may set
/// for its pages is `None` where nobody said anything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    pub title: Option<String>,
    pub description: String,
    pub date: Option<Spanned<Date>>,
    pub updated: Option<Date>,
    /// Not published before this moment; `date` counts too.
    pub publish: Option<Date>,
    /// Not published from this moment on.
    pub expiry: Option<Date>,
    pub weight: Option<i64>,
    pub draft: Option<bool>,
    pub slug: Option<Spanned<String>>,
    /// The whole address below the site's root, instead of folder and slug.
    pub path: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    /// Names, or ids of files in `content/authors`.
    pub authors: Option<Vec<Written<String>>>,
    pub template: Option<Written<String>>,
    /// For cards that other sites show beside a link to the page.
    pub images: Option<Vec<CardImage>>,
    /// Whether the search of the site finds it.
    pub searchable: Option<bool>,
    /// Whether search engines are asked to leave the page out.
    pub noindex: Option<bool>,
    /// Source paths (`@/blog/post.md`) of pages to show beside this one.
    pub related: Vec<Spanned<String>>,
    /// Terms by taxonomy.
    pub terms: Terms,
    pub section: SectionKeys,
    #[serde(with = "super::outline::as_text")]
    pub extra: Json,
    /// All of it as it was written, for the site's own rules and for lints.
    pub written: Table,
}

impl FrontMatter {
    pub fn is_draft(&self) -> bool {
        self.draft.unwrap_or(false)
    }

    /// Takes what a section does not say from one around it.
    pub fn inherit_as_section(&mut self, cascade: &FrontMatter) {
        self.draft = self.draft.or(cascade.draft);
        self.publish = self.publish.or(cascade.publish);
        self.expiry = self.expiry.or(cascade.expiry);
        self.noindex = self.noindex.or(cascade.noindex);
        merge(&mut self.extra, &cascade.extra);
    }

    /// Takes what a page does not say from a section around it.
    pub fn inherit(&mut self, cascade: &FrontMatter) {
        self.inherit_as_section(cascade);
        self.weight = self.weight.or(cascade.weight);
        self.searchable = self.searchable.or(cascade.searchable);
        take_over(&mut self.template, &cascade.template);
        take_over(&mut self.authors, &cascade.authors);
        take_over(&mut self.images, &cascade.images);
        for (taxonomy, terms) in cascade.terms.iter() {
            if self.terms.of(taxonomy).is_none() {
                self.terms.add(taxonomy, terms.to_vec());
            }
        }
    }
}

/// The terms of a page by taxonomy, in the order of their names. Few as they are, a map would be mostly empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Terms(Vec<(String, Vec<Written<String>>)>);

impl Terms {
    /// `None` if nobody said anything of the taxonomy.
    pub fn of(&self, taxonomy: &str) -> Option<&[Written<String>]> {
        Some(&self.0[self.place(taxonomy).ok()?].1)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Written<String>])> {
        let terms = self.0.iter();
        terms.map(|(taxonomy, terms)| (taxonomy.as_str(), terms.as_slice()))
    }

    fn add(&mut self, taxonomy: &str, terms: Vec<Written<String>>) {
        match self.place(taxonomy) {
            Ok(known) => self.0[known].1.extend(terms),
            Err(place) => {
                self.0.reserve_exact(1);
                self.0.insert(place, (taxonomy.to_owned(), terms));
            }
        }
    }

    fn place(&self, taxonomy: &str) -> Result<usize, usize> {
        self.0.binary_search_by_key(&taxonomy, |(name, _)| name)
    }
}

fn take_over<T: Clone>(own: &mut Option<T>, other: &Option<T>) {
    if own.is_none() {
        own.clone_from(other);
    }
}

/// Adds the keys of `other` that are not in `own`, within tables too.
fn merge(own: &mut Json, other: &Json) {
    match (own, other) {
        (Json::Object(own), Json::Object(other)) => {
            for (key, value) in other {
                match own.get_mut(key) {
                    Some(own) => merge(own, value),
                    None => drop(own.insert(key.clone(), value.clone())),
                }
            }
        }
        (own @ Json::Null, other) => own.clone_from(other),
        _ => {}
    }
}

/// A picture in front matter: `"photo.jpg"`, or `{ path = "photo.jpg", alt = "A lake" }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardImage {
    pub path: Written<String>,
    /// Empty if the author did not say what it shows.
    pub alt: String,
}

/// The keys that only an `_index.md` may have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SectionKeys {
    pub sort_by: SortBy,
    /// Pages on one list page; 0 puts all on one.
    pub paginate_by: usize,
    /// Template of the section's pages that name none themselves.
    pub page_template: Option<Written<String>>,
    /// Whether the pages of the section and those below have a feed of their own.
    pub feed: bool,
    /// What stands for every page below that does not say otherwise.
    pub cascade: Option<Box<FrontMatter>>,
}

/// Whose keys are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Page,
    Section,
    Cascade,
}

impl Of {
    pub fn file(name: &Name) -> Self {
        match name.is_section {
            true => Self::Section,
            false => Self::Page,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortBy {
    /// Newest first; undated pages follow, by title.
    #[default]
    Date,
    /// Lightest first, then by title.
    Weight,
    Title,
}

/// Reads the front matter of a page or of a section.
pub fn read(
    path: &str,
    text: &str,
    parts: &Parts,
    of: Of,
    reading: &Reading,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let Some((format, span)) = parts.front.clone() else {
        return FrontMatter::default();
    };
    let format = match in_other_format(&text[span.clone()], format) {
        Some((written, line)) => {
            let line = span.start + line.start..span.start + line.end;
            diagnostics.push(between_wrong_lines(path, text, format, written, line));
            written
        }
        None => format,
    };
    let (table, broken) = match format {
        Format::Toml => parse_toml(path, text, span),
        Format::Yaml => parse_yaml(path, text, span),
    };
    let mut wrong = Vec::new();
    let zone = reading.time_zone.as_ref();
    let mut front = keys(path, &table, of, zone, &mut wrong);
    // What could not be read has no kind of its own: one message for a line is enough.
    let line = |diagnostic: &Diagnostic| {
        let start = diagnostic.place.as_ref()?.span.as_ref()?.start;
        Some(text[..start].matches('\n').count())
    };
    wrong.retain(|one| !broken.iter().any(|other| line(other) == line(one)));
    diagnostics.extend(broken);
    diagnostics.extend(wrong);
    front.written = table;
    front
}

fn keys(
    path: &str,
    table: &Table,
    of: Of,
    zone: Option<&TimeZone>,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let mut fields = Fields::new(path, table, diagnostics).in_zone(zone);
    let mut front = own_keys(&mut fields);
    front.terms = terms(&mut fields);
    for key in ["title", "description", "summary"] {
        let Some(value) = fields.value(key) else {
            continue;
        };
        if matches!(&value.kind, Kind::Text(text) if text.contains("{{") || text.contains("{%")) {
            let label = "front matter is plain text, which lists and feeds show too";
            fields.error("a shortcode cannot stand here", value.span.clone(), label);
        }
    }
    match of {
        Of::Page => {}
        Of::Section => {
            front.section = section_keys(&mut fields);
            refuse(
                &mut fields,
                &PAGE_KEYS,
                "a section has no",
                "only pages have one",
            );
        }
        Of::Cascade => refuse(
            &mut fields,
            &OWN_KEYS,
            "a cascade has no",
            "every page has one of its own",
        ),
    }
    elsewhere::refuse(&mut fields);
    fields.finish();
    front
}

/// What a page says of itself, but for its terms.
fn own_keys(fields: &mut Fields<'_>) -> FrontMatter {
    let path = fields.path();
    let (publish, expiry) = time_on_the_site(fields);
    FrontMatter {
        title: title(fields),
        description: either(fields, "description", "summary", Fields::text)
            .map(|text| text.value)
            .unwrap_or_default(),
        date: fields.date("date"),
        updated: either(fields, "updated", "lastmod", Fields::date).map(|date| date.value),
        weight: fields.integer("weight").map(|weight| weight.value),
        draft: fields.flag("draft"),
        slug: fields.text("slug"),
        path: either(fields, "path", "url", Fields::text),
        aliases: fields.texts("aliases").unwrap_or_default(),
        authors: either(fields, "authors", "author", one_or_more)
            .map(|authors| in_file(authors, &path.into())),
        template: fields.text("template").map(|name| name.in_file(path)),
        images: fields.has("images").then(|| card_images(fields)),
        searchable: fields.flag("in_search_index"),
        noindex: fields.flag("noindex"),
        related: fields.texts("related").unwrap_or_default(),
        extra: fields.table("extra").map_or(Json::Null, Table::json),
        publish,
        expiry,
        ..FrontMatter::default()
    }
}

/// One that says nothing would leave lists, feeds and search results with a link that nobody sees.
fn title(fields: &mut Fields<'_>) -> Option<String> {
    let title = fields.text("title")?;
    if title.value.trim().is_empty() {
        let empty = Diagnostic::error("the title is empty")
            .at(fields.path(), title.span.clone())
            .label("lists, feeds and search results would show nothing")
            .help("write one, or delete this line and begin the text with `# …`");
        fields.report(empty);
    }
    Some(title.value)
}

/// `publishDate` and `expiryDate`.
fn time_on_the_site(fields: &mut Fields<'_>) -> (Option<Date>, Option<Date>) {
    let publish = fields.date("publishDate").map(|date| date.value);
    let expiry = fields.date("expiryDate");
    if let (Some(publish), Some(expiry)) = (publish, &expiry)
        && !expiry.value.is_after(publish)
    {
        fields.error(
            "this page would never be published",
            expiry.span.clone(),
            "it ends before `publishDate`",
        );
    }
    (publish, expiry.map(|date| date.value))
}

fn in_file(texts: Vec<Spanned<String>>, file: &Arc<str>) -> Vec<Written<String>> {
    let texts = texts.into_iter();
    texts.map(|text| text.in_file(Arc::clone(file))).collect()
}

fn card_images(fields: &mut Fields<'_>) -> Vec<CardImage> {
    let items = fields.list("images").unwrap_or_default();
    let path = fields.path();
    let mut images = Vec::with_capacity(items.len());
    for item in items {
        match &item.kind {
            Kind::Text(text) => images.push(CardImage {
                path: Spanned {
                    value: text.clone(),
                    span: item.span.clone(),
                }
                .in_file(path),
                alt: String::new(),
            }),
            Kind::Table(table) => {
                let mut fields = Fields::new(path, table, fields.diagnostics());
                let file = fields.required_text("path");
                let alt = fields.text("alt").map(|alt| alt.value).unwrap_or_default();
                fields.finish();
                images.extend(file.map(|file| CardImage {
                    path: file.in_file(path),
                    alt,
                }));
            }
            kind => {
                let label = format!("this is {}", kind.name());
                let message =
                    "`images` must be a list of texts, or of tables with `path` and `alt`";
                fields.error(message, item.span.clone(), label);
            }
        }
    }
    images
}

/// What would be lost in an `_index.md`.
const PAGE_KEYS: [&str; 12] = [
    "author",
    "authors",
    "categories",
    "category",
    "in_search_index",
    "lastmod",
    "series",
    "slug",
    "tags",
    "taxonomies",
    "updated",
    "weight",
];

/// What cannot be the same for all pages of a section.
const OWN_KEYS: [&str; 11] = [
    "aliases",
    "date",
    "description",
    "lastmod",
    "path",
    "related",
    "slug",
    "summary",
    "title",
    "updated",
    "url",
];

fn refuse(fields: &mut Fields<'_>, keys: &[&'static str], message: &str, label: &str) {
    for key in keys {
        if let Some(value) = fields.value(key) {
            let span = value.span.clone();
            fields.error(format!("{message} `{key}`"), span, label);
        }
    }
}

fn section_keys(fields: &mut Fields<'_>) -> SectionKeys {
    let (path, zone) = (fields.path(), fields.zone());
    let sort_by = match fields.text("sort_by") {
        None => SortBy::default(),
        Some(text) => match text.value.as_str() {
            "date" => SortBy::Date,
            "weight" => SortBy::Weight,
            "title" => SortBy::Title,
            _ => {
                let label = "this is none of date, weight and title";
                fields.error("unknown order", text.span, label);
                SortBy::default()
            }
        },
    };
    SectionKeys {
        sort_by,
        paginate_by: fields.count("paginate_by").unwrap_or(0),
        feed: fields.flag("feed").unwrap_or(false),
        page_template: fields.text("page_template").map(|name| name.in_file(path)),
        cascade: fields.table("cascade").map(|table| {
            let cascade = keys(path, table, Of::Cascade, zone, fields.diagnostics());
            Box::new(FrontMatter {
                written: table.clone(),
                ..cascade
            })
        }),
    }
}

/// Zola's `[taxonomies]` table, and Hugo's and Jekyll's keys beside it.
fn terms(fields: &mut Fields<'_>) -> Terms {
    let path = fields.path();
    let file: Arc<str> = path.into();
    let mut found = Terms::default();
    let mut add = |taxonomy: &str, terms: Vec<Spanned<String>>| {
        found.add(taxonomy, in_file(terms, &file));
    };
    for (key, taxonomy) in [
        ("tags", "tags"),
        ("categories", "categories"),
        ("category", "categories"),
        ("series", "series"),
    ] {
        if let Some(terms) = one_or_more(fields, key) {
            add(taxonomy, terms);
        }
    }
    let Some(table) = fields.table("taxonomies") else {
        return found;
    };
    for entry in &table.entries {
        let Some(terms) = texts(&entry.value) else {
            if is_key(&entry.key) {
                let stray = Diagnostic::error(format!("`{}` stands in `taxonomies`", entry.key))
                    .at(path, entry.key_span.clone())
                    .label("there it would name a taxonomy, and say nothing of the page");
                fields.report(stray.help(OWN_PLACE));
                continue;
            }
            fields.error(
                format!("the terms of `{}` must be a list of texts", entry.key),
                entry.value.span.clone(),
                format!("this is {}", entry.value.kind.name()),
            );
            continue;
        };
        add(&entry.key, terms);
    }
    found
}

/// What to do with a page's own key that stands below `[taxonomies]`, where it is one of that table.
pub const OWN_PLACE: &str = "move it above `taxonomies`, to the page's own keys";

/// Whether a word is a key of front matter that names no taxonomy.
pub fn is_key(word: &str) -> bool {
    static KEYS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let (nothing, mut diagnostics) = (Table::default(), Vec::new());
        let mut fields = Fields::new("", &nothing, &mut diagnostics);
        own_keys(&mut fields);
        fields.known().to_vec()
    });
    KEYS.contains(&word)
}

/// A text or a list of texts.
fn one_or_more(fields: &mut Fields<'_>, key: &'static str) -> Option<Vec<Spanned<String>>> {
    match fields.value(key)?.kind {
        Kind::Text(_) => fields.text(key).map(|text| vec![text]),
        _ => fields.texts(key),
    }
}

fn texts(value: &Value) -> Option<Vec<Spanned<String>>> {
    let Kind::List(items) = &value.kind else {
        return None;
    };
    items
        .iter()
        .map(|item| match &item.kind {
            Kind::Text(text) => Some(Spanned {
                value: text.clone(),
                span: item.span.clone(),
            }),
            _ => None,
        })
        .collect()
}

/// A key under its preferred name or its other one; both at once is an error.
fn either<'a, T>(
    fields: &mut Fields<'a>,
    name: &'static str,
    other: &'static str,
    read: impl Fn(&mut Fields<'a>, &'static str) -> Option<T>,
) -> Option<T> {
    let value = read(fields, name);
    let second = read(fields, other);
    if value.is_some() && second.is_some() {
        let span = fields.value(other).map_or(0..0, |value| value.span.clone());
        fields.error(
            format!("`{name}` and `{other}` mean the same"),
            span,
            "keep one of the two",
        );
    }
    value.or(second)
}
