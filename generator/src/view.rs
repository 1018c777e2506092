//! Exactly what each template may see: plain serialisable data, named as in
//! Zola where Zola has a name for it. Optional texts are empty strings and
//! optional lists are empty, so that templates can test them with `{% if %}`.
//!
//! Addresses are root-relative (`/blog/post/`) in `path` and absolute in `permalink`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::calculator::CalculatorView;
use crate::methodology::MethodologyView;

/// One output page: the template that makes it and everything that it sees.
#[derive(Clone, Debug, Serialize)]
pub struct PageJob {
    pub template: String,
    /// What the page shares with every other page of the site.
    #[serde(flatten)]
    pub shared: Arc<Shared>,
    /// Language tag of the page, such as `en`.
    pub lang: String,
    pub current_path: String,
    pub current_url: String,
    /// Whether a calculator is on the page, so that its script is wanted.
    pub has_calculator: bool,
    /// Whether a model is laid open on the page, so that the styles for that are wanted.
    pub has_methodology: bool,
    /// The Content-Security-Policy of the page.
    pub csp: String,
    #[serde(flatten)]
    pub subject: Subject,
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
        recent: Vec<Arc<Summary>>,
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
    NotFound {
        recent: Vec<Arc<Summary>>,
    },
    /// A page that holds nothing but a calculator, for a frame in a page of another site.
    Embed {
        calculator: Arc<CalculatorView>,
        article: ArticleLink,
    },
}

#[derive(Clone, Debug, Serialize)]
pub struct Shared {
    pub config: ConfigView,
    /// Addresses of the theme's assets by their name in its `assets` folder.
    pub assets: BTreeMap<String, String>,
    /// Version of the generator, for `<meta name="generator">`.
    pub generator: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ConfigView {
    pub title: String,
    pub description: String,
    /// Absolute, with a slash at its end.
    pub base_url: String,
    /// Root-relative address of the home page: `/`, or `/folder/` when the site lives in one.
    pub base_path: String,
    pub language: String,
    pub author: String,
    pub menu: Vec<MenuItem>,
    /// Root-relative address of the site's Atom feed; empty when there is none.
    pub feed_path: String,
    pub extra: serde_json::Value,
}

#[derive(Clone, Debug, Serialize)]
pub struct MenuItem {
    pub name: String,
    pub path: String,
}

/// A page or section by name, for links to it.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub title: String,
    pub path: String,
}

/// The page that an embedded calculator comes from.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleLink {
    pub title: String,
    pub path: String,
    /// Also the canonical address of the embedded page, and where links to a calculator's state lead.
    pub permalink: String,
}

/// What lists show of a page.
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
    pub authors: Vec<String>,
    pub word_count: usize,
    /// Minutes at 220 words a minute, at least 1.
    pub reading_time: usize,
    /// Terms by taxonomy: `page.taxonomies.tags`.
    pub taxonomies: BTreeMap<String, Vec<TermLink>>,
    /// The section the page is in.
    pub section: Link,
    pub extra: serde_json::Value,
}

#[derive(Clone, Debug, Serialize)]
pub struct TermLink {
    pub name: String,
    pub path: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    #[serde(flatten)]
    pub summary_fields: Arc<Summary>,
    /// Rendered by the job before its template: `page.content`, and
    /// `page.summary` with what stands before `<!-- more -->`.
    pub content: Content,
    pub toc: Vec<Heading>,
    /// From the home page down to the page's section.
    pub ancestors: Vec<Link>,
    /// The page with the next earlier date in the same section.
    pub lower: Option<Arc<Summary>>,
    /// The page with the next later date in the same section.
    pub higher: Option<Arc<Summary>>,
    /// Pages the author named in `related`, then those sharing most terms.
    pub related: Vec<Arc<Summary>>,
    /// Pages whose text links here.
    pub backlinks: Vec<Link>,
    /// Absolute addresses of pictures for sharing, from front matter.
    pub images: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    pub title: String,
    pub description: String,
    pub path: String,
    pub permalink: String,
    pub content: Content,
    pub toc: Vec<Heading>,
    pub ancestors: Vec<Link>,
    pub subsections: Vec<Link>,
    /// Pages the author named in `related`.
    pub related: Vec<Arc<Summary>>,
    /// Number of pages in the section, over all its list pages.
    pub total_pages: usize,
    pub extra: serde_json::Value,
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
    pub pages: Vec<Arc<Summary>>,
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
    pub path: String,
    pub permalink: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    pub name: String,
    pub slug: String,
    pub path: String,
    pub permalink: String,
    pub page_count: usize,
}

/// A body in pieces: finished HTML, and shortcodes that a template of the theme draws.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Content {
    pub segments: Vec<Segment>,
    /// How many segments stand before `<!-- more -->`; none without the mark.
    pub summary: Option<usize>,
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
    pub args: BTreeMap<String, serde_json::Value>,
    pub body: Option<Content>,
    #[serde(flatten)]
    pub model: Option<ModelView>,
}

/// What a shortcode shows of an estimate model, under the shortcode's own name.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelView {
    Calculator(Arc<CalculatorView>),
    Methodology(Arc<MethodologyView>),
}
