//! The site's settings: `site.toml`, with every key optional.

use serde_json::Value as Json;

use crate::address::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Spanned, Table, parse_toml};
use crate::page::{MarkdownOptions, extra};
use crate::source::SourceTree;

pub const FILE: &str = "site.toml";

/// The theme of a site that names none; it is embedded in the program.
pub const DEFAULT_THEME: &str = "default";

#[derive(Clone, Debug)]
pub struct Config {
    pub title: String,
    pub description: String,
    pub base_url: BaseUrl,
    /// Language tag of the pages, such as `en`.
    pub language: String,
    /// By-line of pages that name no author.
    pub author: String,
    /// Folder below `themes/`.
    pub theme: Spanned<String>,
    pub menu: Vec<MenuEntry>,
    pub taxonomies: Vec<TaxonomyConfig>,
    pub feed: FeedConfig,
    pub markdown: MarkdownOptions,
    pub extra: Json,
}

#[derive(Clone, Debug)]
pub struct MenuEntry {
    pub name: String,
    /// An address, or `@/` and a source path.
    pub target: Spanned<String>,
}

#[derive(Clone, Debug)]
pub struct TaxonomyConfig {
    pub name: String,
    /// Pages on one list page; 0 puts all on one.
    pub paginate_by: usize,
    /// Whether each term has an Atom feed of its own.
    pub feed: bool,
}

#[derive(Clone, Debug)]
pub struct FeedConfig {
    pub enabled: bool,
    /// Newest entries that the feed holds.
    pub limit: usize,
}

/// Reads `site.toml`. Without one the defaults serve, so that a folder with
/// nothing but `content/` is a site.
pub fn parse(source: &SourceTree, base_url: Option<&BaseUrl>) -> (Config, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let text = match source.get(FILE).map(|bytes| SourceTree::text(FILE, bytes)) {
        Some(Ok(text)) => text,
        Some(Err(not_text)) => {
            diagnostics.push(not_text);
            ""
        }
        None => "",
    };
    let (table, broken) = parse_toml(FILE, text, 0..text.len());
    diagnostics.extend(broken);
    let mut config = keys(&table, &mut diagnostics);
    if let Some(base_url) = base_url {
        config.base_url = base_url.clone();
    }
    (config, diagnostics)
}

fn keys(table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut fields = Fields::new(FILE, table, diagnostics);
    let text = |fields: &mut Fields<'_>, key, default: &str| {
        fields
            .text(key)
            .map_or_else(|| default.to_owned(), |text| text.value)
    };
    let config = Config {
        title: text(&mut fields, "title", "Untitled site"),
        description: text(&mut fields, "description", ""),
        base_url: base_url(&mut fields),
        language: text(&mut fields, "language", "en"),
        author: text(&mut fields, "author", ""),
        theme: fields.text("theme").unwrap_or(Spanned {
            value: DEFAULT_THEME.to_owned(),
            span: 0..0,
        }),
        menu: menu(&mut fields),
        taxonomies: taxonomies(&mut fields),
        feed: feed(&mut fields),
        markdown: markdown(&mut fields),
        extra: fields.table("extra").map_or(Json::Null, extra),
    };
    fields.finish();
    config
}

fn base_url(fields: &mut Fields<'_>) -> BaseUrl {
    let Some(written) = fields.text("base_url") else {
        return local();
    };
    BaseUrl::parse(&written.value).unwrap_or_else(|wrong| {
        fields.error(
            "`base_url` is not the address of a site",
            written.span,
            wrong,
        );
        local()
    })
}

/// Stands in until an author names the site's address.
fn local() -> BaseUrl {
    match BaseUrl::parse("http://localhost/") {
        Ok(base_url) => base_url,
        Err(_) => unreachable!("a constant that a test reads too"),
    }
}

fn menu(fields: &mut Fields<'_>) -> Vec<MenuEntry> {
    let tables = fields.tables("menu");
    let path = fields.path();
    tables
        .into_iter()
        .filter_map(|table| {
            let mut fields = Fields::new(path, table, fields.diagnostics());
            let name = fields.required_text("name");
            let target = fields.required_text("path");
            fields.finish();
            Some(MenuEntry {
                name: name?.value,
                target: target?,
            })
        })
        .collect()
}

fn taxonomies(fields: &mut Fields<'_>) -> Vec<TaxonomyConfig> {
    if !fields.has("taxonomies") {
        return vec![TaxonomyConfig {
            name: "tags".to_owned(),
            paginate_by: 0,
            feed: false,
        }];
    }
    let tables = fields.tables("taxonomies");
    let path = fields.path();
    tables
        .into_iter()
        .filter_map(|table| {
            let mut fields = Fields::new(path, table, fields.diagnostics());
            let name = fields.required_text("name");
            let paginate_by = fields.count("paginate_by").unwrap_or(0);
            let feed = fields.flag("feed").unwrap_or(false);
            fields.finish();
            Some(TaxonomyConfig {
                name: name?.value,
                paginate_by,
                feed,
            })
        })
        .collect()
}

fn feed(fields: &mut Fields<'_>) -> FeedConfig {
    let default = FeedConfig {
        enabled: true,
        limit: 20,
    };
    let Some(table) = fields.table("feed") else {
        return default;
    };
    let path = fields.path();
    let mut fields = Fields::new(path, table, fields.diagnostics());
    let feed = FeedConfig {
        enabled: fields.flag("enabled").unwrap_or(default.enabled),
        limit: fields.count("limit").unwrap_or(default.limit),
    };
    fields.finish();
    feed
}

fn markdown(fields: &mut Fields<'_>) -> MarkdownOptions {
    let Some(table) = fields.table("markdown") else {
        return MarkdownOptions::default();
    };
    let path = fields.path();
    let mut fields = Fields::new(path, table, fields.diagnostics());
    let options = MarkdownOptions {
        smart_punctuation: fields.flag("smart_punctuation").unwrap_or(false),
    };
    fields.finish();
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_needs_no_settings() {
        let (config, diagnostics) = parse(&SourceTree::default(), None);
        assert_eq!(diagnostics, []);
        assert_eq!(config.base_url.to_string(), "http://localhost/");
    }
}
