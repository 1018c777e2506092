//! Exactly what each template may see: plain serialisable data, named as in
//! Zola where Zola has a name for it. Optional texts are empty strings and
//! optional lists are empty, so that templates can test them with `{% if %}`.
//!
//! Addresses are root-relative (`/blog/post/`) in `path` and absolute in `permalink`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;

use crate::authors::Kind as AuthorKind;
use crate::calculator::CalculatorView;
use crate::hash::Fingerprint;
use crate::methodology::MethodologyView;
use crate::ready::{Ready, Seen};

/// One output page: the template that makes it and everything that it sees.
#[derive(Clone, Debug, Serialize)]
pub struct PageJob {
    pub template: String,
    /// The language of the page, by its place in the settings. It decides which [`Shared`] is seen.
    #[serde(skip)]
    pub language: usize,
    pub current_path: String,
    pub current_url: String,
    /// Whether a calculator is on the page, so that its script is wanted.
    pub has_calculator: bool,
    /// Whether a model is laid open on the page, so that the styles for that are wanted.
    pub has_methodology: bool,
    /// The Content-Security-Policy of the page.
    pub csp: String,
    /// Every language of the site and where it has this page; empty for a site of one language.
    pub languages: Vec<LanguageLink>,
    /// Whether search engines are asked to leave the page out.
    pub noindex: bool,
    /// Root-relative address of the page as Markdown; empty when it is not published as that.
    pub markdown_path: String,
    /// What the page is about for search engines: JSON to be put into a `<script type="application/ld+json">`.
    pub json_ld: String,
    /// Pictures that other sites show beside a link to the page.
    pub share_images: Vec<CardImageView>,
    #[serde(flatten)]
    pub subject: Subject,
}

/// The page in one of the site's languages.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLink {
    pub lang: String,
    /// In the language itself, such as `Français`.
    pub name: String,
    /// The translation; where there is none, the nearest section around that the language has.
    pub path: String,
    pub permalink: String,
    pub is_translation: bool,
    pub is_current: bool,
}

/// What a page is about; each variant adds its variables at the top level.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Subject {
    Page {
        page: PageView,
    },
    Section {
        section: SectionView,
        paginator: Paginator,
        /// The newest dated pages of the whole site, for the home page.
        recent: Vec<Ready>,
    },
    TaxonomyList {
        taxonomy: TaxonomyView,
        terms: Vec<TermView>,
    },
    TaxonomyTerm {
        taxonomy: TaxonomyView,
        term: TermView,
        paginator: Paginator,
    },
    AuthorList {
        authors: Vec<Seen<AuthorView>>,
    },
    Author {
        author: Seen<AuthorView>,
        paginator: Paginator,
    },
    Archive {
        archive: ArchiveView,
    },
    Search {
        search: SearchView,
        /// What there is to read before anything is asked.
        recent: Vec<Ready>,
    },
    NotFound {
        recent: Vec<Ready>,
    },
    /// A page that holds nothing but a calculator, for a frame in a page of another site.
    Embed {
        calculator: Arc<CalculatorView>,
        article: ArticleLink,
    },
}

/// What every page of a language sees, shortcodes included.
#[derive(Clone, Debug, Serialize)]
pub struct Shared {
    /// Language tag, such as `en`.
    pub lang: String,
    /// Where its lines begin: `ltr` or `rtl`.
    pub dir: &'static str,
    pub config: ConfigView,
    /// The theme's words in the language, by key.
    pub t: Json,
    /// The theme's variables by name, with the site's values: colours as `{light, dark}`, pictures as `{path, width, height}`,
    /// fonts as `{family, files}`, links as `[{name, path}]`.
    pub variables: Json,
    /// The files of `content/data`.
    pub data: Json,
    /// Addresses of the theme's assets by their name in its `assets` folder.
    pub assets: BTreeMap<String, String>,
    /// What `integrity` attributes of the theme's scripts and style sheets hold, by the same names.
    pub integrity: BTreeMap<String, String>,
    /// Version of the generator, for `<meta name="generator">`.
    pub generator: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ConfigView {
    pub title: String,
    pub description: String,
    /// Absolute, with a slash at its end.
    pub base_url: String,
    /// Root-relative address of the site: `/`, or `/folder/` when it lives in one.
    pub base_path: String,
    /// Root-relative address of the language's home page.
    pub home_path: String,
    /// Tag of the site's own language.
    pub language: String,
    pub author: String,
    pub menu: Vec<MenuItem>,
    /// Root-relative address of the language's Atom feed; empty when there is none.
    pub feed_path: String,
    /// The same as a JSON feed.
    pub json_feed_path: String,
    /// Root-relative address of the articles by year; empty when the site has no such list.
    pub archive_path: String,
    pub contact: Option<ContactView>,
    pub organization: Option<OrganizationView>,
    /// Root-relative address of the search; empty when the site has none.
    pub search_path: String,
    pub extra: Json,
}

/// Who publishes the site. Addresses are absolute.
#[derive(Clone, Debug, Serialize)]
pub struct OrganizationView {
    pub name: String,
    pub url: String,
    /// May be empty.
    pub logo: String,
    pub same_as: Vec<String>,
}

/// How to reach the people behind the site.
#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    /// May be empty.
    pub email: String,
    /// Whether there is somebody who takes a form's answers.
    pub has_form: bool,
    /// The address to post them to; empty for the page's own.
    pub endpoint: String,
    /// Whether Netlify looks for the form.
    pub netlify: bool,
    /// Name of a field that people leave empty and machines fill in.
    pub trap: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct MenuItem {
    pub name: String,
    pub path: String,
    /// The language that its name is written in.
    pub lang: String,
    /// That of the page it leads to; empty if that is none of the site's.
    pub hreflang: String,
}

/// A page or section by name, for links to it.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub title: String,
    pub path: String,
}

/// What the script of a search page needs.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// Root-relative address of the entry to the index.
    pub index: String,
    /// Root-relative address of the script.
    pub script: String,
    /// For the `integrity` attribute of its tag.
    pub script_integrity: String,
    /// How many pages can be found.
    pub pages: usize,
}

/// The page that an embedded calculator comes from.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleLink {
    pub title: String,
    pub path: String,
    /// Also the canonical address of the embedded page, and where links to a calculator's state lead.
    pub permalink: String,
}

/// What lists show of a page. They hold it [`Ready`].
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    pub title: String,
    pub description: String,
    pub path: String,
    pub permalink: String,
    /// The day as `2026-05-01`; empty for an undated page.
    pub date: String,
    pub updated: String,
    pub draft: bool,
    /// Language tag of the page. In lists it may be another than that of the list.
    pub lang: String,
    pub authors: Vec<String>,
    /// The same, with what is known about each.
    pub bylines: Vec<Seen<AuthorView>>,
    pub word_count: usize,
    /// Minutes at 220 words a minute, at least 1.
    pub reading_time: usize,
    /// Terms by taxonomy: `page.taxonomies.tags`.
    pub taxonomies: BTreeMap<String, Vec<Seen<TermLink>>>,
    /// The section the page is in, as a [`Link`].
    pub section: Ready,
    pub extra: Json,
}

#[derive(Clone, Debug, Serialize)]
pub struct TermLink {
    pub name: String,
    pub path: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// For search engines; none if the theme has nothing to say to them.
    #[serde(skip)]
    pub summary: Option<Box<Summary>>,
    #[serde(flatten)]
    pub summary_fields: Ready,
    /// When it was published, for programs: the day, with time and offset where the author wrote a time; empty for an
    /// undated page.
    pub published: String,
    /// When it was changed, in the same way; empty where the author does not say.
    pub modified: String,
    /// Rendered by the job before its template: `page.content`, and
    /// `page.summary` with what stands before `<!-- more -->`.
    #[serde(skip)]
    pub content: Content,
    pub toc: Vec<Heading>,
    /// From the home page down to the page's section.
    pub ancestors: Vec<Link>,
    /// The page with the next earlier date in the same section.
    pub lower: Option<Ready>,
    /// The page with the next later date in the same section.
    pub higher: Option<Ready>,
    /// Pages the author named in `related`, then those that are most alike.
    pub related: Vec<Ready>,
    /// The series that the page is a part of.
    pub series: Vec<SeriesView>,
    /// Pages whose text links here.
    pub backlinks: Vec<Link>,
    /// Pictures for cards that other sites show, from front matter.
    pub images: Vec<CardImageView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct CardImageView {
    /// Absolute.
    pub url: String,
    /// In pixels; 0 where that is not known.
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

/// A page's place in a series.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesView {
    pub name: String,
    pub path: String,
    /// From 1.
    pub position: usize,
    pub total: usize,
    /// In the order in which they are read, this page included.
    pub pages: Vec<Link>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

/// Somebody who writes, or the name alone of somebody without a file in `content/authors`.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorView {
    pub name: String,
    pub kind: AuthorKind,
    pub role: String,
    pub description: String,
    /// The author's own site.
    pub url: String,
    pub same_as: Vec<String>,
    pub image: String,
    /// The picture's size, so that its room can be kept free.
    pub image_width: Option<u32>,
    pub image_height: Option<u32>,
    /// The page about the author; empty when there is none.
    pub path: String,
    pub permalink: String,
    pub page_count: usize,
    pub extra: Json,
}

/// Articles by year: all of them, or one year's.
#[derive(Clone, Debug, Serialize)]
pub struct ArchiveView {
    /// Address of the list of all years.
    pub path: String,
    /// The year of a page that has one; 0 on the list of all.
    pub year: i16,
    /// The newest first.
    pub years: Vec<YearView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    pub year: i16,
    pub path: String,
    /// The newest first.
    pub pages: Vec<Ready>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    pub title: String,
    pub description: String,
    pub path: String,
    pub permalink: String,
    #[serde(skip)]
    pub content: Content,
    pub toc: Vec<Heading>,
    pub ancestors: Vec<Link>,
    pub subsections: Vec<Link>,
    /// Pages the author named in `related`.
    pub related: Vec<Ready>,
    /// Address of the section's Atom feed; empty when it has none of its own.
    pub feed_path: String,
    /// The same as a JSON feed.
    pub json_feed_path: String,
    /// Number of pages in the section, over all its list pages.
    pub total_pages: usize,
    pub extra: Json,
}

#[derive(Clone, Debug, Serialize)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    /// Plain text.
    pub title: String,
    pub children: Vec<Heading>,
}

/// One of the numbered pages of a list. A list that is not divided has one.
#[derive(Clone, Debug, Serialize)]
pub struct Paginator {
    pub pages: Vec<Ready>,
    /// From 1.
    pub current_index: usize,
    pub number_pagers: usize,
    pub total_pages: usize,
    /// Addresses; empty where there is none.
    pub first: String,
    pub last: String,
    pub previous: String,
    pub next: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyView {
    /// As configured, such as `tags`.
    pub name: String,
    /// Whether its terms are series.
    pub series: bool,
    pub path: String,
    pub permalink: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    pub name: String,
    pub slug: String,
    pub path: String,
    pub permalink: String,
    /// Address of the term's Atom feed; empty when it has none.
    pub feed_path: String,
    /// The same as a JSON feed.
    pub json_feed_path: String,
    pub page_count: usize,
}

/// A body in pieces: finished HTML, and shortcodes that a template of the theme draws. Templates get it drawn.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Content {
    #[serde(skip)]
    pub segments: Vec<Segment>,
    /// How many segments stand before `<!-- more -->`; none without the mark.
    #[serde(skip)]
    pub summary: Option<usize>,
    /// Of the text that it was made from, and of all that was filled into it.
    pub fingerprint: Fingerprint,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    Html(String),
    Shortcode(ShortcodeView),
}

/// Seen by `shortcodes/NAME.html`: the arguments by name, `body` for the form
/// with an end, and what the generator computes.
#[derive(Clone, Debug, Serialize)]
pub struct ShortcodeView {
    pub name: String,
    pub args: BTreeMap<String, Json>,
    pub body: Option<Content>,
    /// Of a `faq`; its body is then what stands before the first of them.
    pub questions: Vec<QuestionView>,
    #[serde(flatten)]
    pub model: Option<ModelView>,
}

/// A question of a `faq`. Its heading and answer are rendered before the template sees them.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    pub id: String,
    pub level: u8,
    /// Plain text.
    pub title: String,
    pub heading: Content,
    pub answer: Content,
}

/// What a shortcode shows of an estimate model, under the shortcode's own name.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelView {
    Calculator(Arc<CalculatorView>),
    Methodology(Arc<MethodologyView>),
}
