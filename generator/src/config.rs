//! The site's settings: `site.toml`, with every key optional.

mod colour;
mod contact;
mod feed;
mod images;
mod languages;
mod organization;
mod publish;
mod rules;
mod share_image;
mod time_zone;

use jiff::tz::TimeZone;
use serde_json::Value as Json;

use crate::address::{Address, BaseUrl};
use crate::diagnostic::{Diagnostic, Severity, Span, is_same_word};
use crate::fields::{Fields, Spanned, Table, parse_toml};
use crate::page::{MarkdownOptions, Reading};
use crate::source::{AUTHORS, SourceTree};

pub use colour::Colour;
pub use contact::{Contact, Form, TRAP};
pub use feed::{FeedConfig, FeedFormat};
pub use languages::Language;
pub use organization::Organization;
pub use publish::{Encoding, PublishConfig};
pub use rules::{Rule, RuleKind, Rules};
pub use share_image::ShareImageConfig;
pub use time_zone::time_zone_of;

pub use images::{ImagesConfig, WIDEST_IMAGE};

pub const FILE: &str = "site.toml";

/// The taxonomy whose terms are series unless the site says otherwise.
const SERIES: &str = "series";

/// The theme of a site that names none; it is embedded in the program.
pub const DEFAULT_THEME: &str = "default";

#[derive(Clone, Debug)]
pub struct Config {
    pub title: String,
    pub description: String,
    pub base_url: BaseUrl,
    /// The site's own language, and then the others in the order of the settings.
    pub languages: Vec<Language>,
    /// Whether what is built is only to be looked at, so that search engines are to leave it out. No
    /// setting says so but whoever builds.
    pub preview: bool,
    /// By whose clock dates are told; without one by that of their authors, and in UTC.
    pub time_zone: Option<TimeZone>,
    /// By-line of pages that name no author.
    pub author: String,
    /// Folder below `themes/`.
    pub theme: Spanned<String>,
    pub taxonomies: Vec<TaxonomyConfig>,
    pub feed: FeedConfig,
    pub images: ImagesConfig,
    /// What other sites show beside a link, if the site wants more than its authors name.
    pub share_image: Option<ShareImageConfig>,
    /// Where the lists of articles by year are, if the site has them.
    pub archive: Option<Address>,
    pub contact: Option<Contact>,
    /// Whether pages lie as Markdown beside themselves.
    pub markdown_alternates: bool,
    /// Whether `llms.txt` lists them for programs that read texts.
    pub llms_txt: bool,
    /// What the program that hosts the site wants besides pages.
    pub publish: PublishConfig,
    /// Who publishes the site, if that is to be said to search engines.
    pub organization: Option<Organization>,
    /// Whether there is a search, if the theme has a template for it.
    pub search: bool,
    pub markdown: MarkdownOptions,
    /// What a link or a picture that leads nowhere is; readers meet it if it is a warning.
    pub broken_links: Severity,
    /// What the site asks of its own front matter.
    pub rules: Rules,
    pub extra: Json,
}

impl Config {
    /// The site's own language.
    pub fn language(&self) -> &Language {
        &self.languages[0]
    }

    /// How the site's files are to be read. Their names may end in a language, as `post.fr.md` does.
    pub fn reading(&self) -> Reading {
        let others = self.languages.iter().skip(1);
        Reading {
            languages: others.map(|language| language.tag.clone()).collect(),
            time_zone: self.time_zone.clone(),
            markdown: self.markdown,
            has_rules: !self.rules.is_empty(),
        }
    }
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
    /// Where the name stands in the settings.
    pub span: Span,
    /// Pages on one list page; 0 puts all on one.
    pub paginate_by: usize,
    /// Whether each term has an Atom feed of its own.
    pub feed: bool,
    /// Whether the pages of a term are to be read one after the other.
    pub series: bool,
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
    let is_readable = diagnostics.is_empty();
    let mut config = keys(&table, &mut diagnostics);
    match base_url {
        Some(base_url) => config.base_url = base_url.clone(),
        None if is_readable && table.get("base_url").is_none() => diagnostics.push(
            Diagnostic::warning("the site does not say where it will be served")
                .in_file(FILE)
                .label(format!(
                    "its feeds, sitemap and canonical links say {}",
                    config.base_url
                ))
                .help("add `base_url = \"https://…\"` as its first line, or give --base-url"),
        ),
        None => {}
    }
    if source.below(AUTHORS).next().is_some() {
        diagnostics.extend(config.taxonomies.iter().filter_map(taxonomy_of_authors));
    }
    (config, diagnostics)
}

/// The pages of a taxonomy of this name would have the addresses of those that authors with files have.
fn taxonomy_of_authors(taxonomy: &TaxonomyConfig) -> Option<Diagnostic> {
    let folder = AUTHORS.trim_end_matches('/');
    let is_theirs = folder.ends_with(&format!("/{}", taxonomy.name.to_lowercase()));
    let wrong = Diagnostic::error("authors are no taxonomy")
        .at(FILE, taxonomy.span.clone())
        .label(format!("those in `{folder}` have pages already"))
        .help("delete this taxonomy: the key `authors` of a page names them");
    is_theirs.then_some(wrong)
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
        languages: Vec::new(),
        preview: false,
        time_zone: time_zone::read(&mut fields),
        author: text(&mut fields, "author", ""),
        theme: fields.text("theme").unwrap_or(Spanned {
            value: DEFAULT_THEME.to_owned(),
            span: 0..0,
        }),
        taxonomies: taxonomies(&mut fields),
        feed: FeedConfig::read(&mut fields),
        images: ImagesConfig::read(&mut fields),
        share_image: ShareImageConfig::read(&mut fields),
        archive: archive(&mut fields),
        contact: contact::read(&mut fields),
        markdown_alternates: fields.flag("markdown_alternates").unwrap_or(false),
        llms_txt: fields.flag("llms_txt").unwrap_or(false),
        publish: PublishConfig::read(&mut fields),
        organization: Organization::read(&mut fields),
        search: fields.flag("search").unwrap_or(true),
        markdown: markdown(&mut fields),
        broken_links: broken_links(&mut fields),
        rules: rules::read(&mut fields),
        extra: fields.table("extra").map_or(Json::Null, Table::json),
    };
    let own = Language {
        title: config.title.clone(),
        description: config.description.clone(),
        menu: menu(&mut fields),
        variables: fields.table("variables").cloned().unwrap_or_default(),
        ..Language::own(&mut fields)
    };
    let config = Config {
        languages: languages::read(&mut fields, own),
        ..config
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
    links(fields.path(), tables, fields.diagnostics())
}

/// Links as authors list them, each with its `name` and `path`.
pub fn links(path: &str, tables: Vec<&Table>, diagnostics: &mut Vec<Diagnostic>) -> Vec<MenuEntry> {
    tables
        .into_iter()
        .filter_map(|table| {
            let mut fields = Fields::new(path, table, diagnostics);
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
        return ["tags", "categories", SERIES]
            .map(|name| TaxonomyConfig {
                name: name.to_owned(),
                span: 0..0,
                paginate_by: 0,
                feed: false,
                series: name == SERIES,
            })
            .into();
    }
    let tables = fields.tables("taxonomies");
    let path = fields.path();
    let mut names: Vec<String> = Vec::new();
    tables
        .into_iter()
        .filter_map(|table| {
            let mut fields = Fields::new(path, table, fields.diagnostics());
            let name = fields.required_text("name");
            let name = name.filter(|name| is_taxonomy(name, &mut fields, &mut names));
            let paginate_by = fields.count("paginate_by").unwrap_or(0);
            let feed = fields.flag("feed").unwrap_or(false);
            let series = fields.flag("series");
            fields.finish();
            let Spanned { value: name, span } = name?;
            Some(TaxonomyConfig {
                span,
                paginate_by,
                feed,
                series: series.unwrap_or(name == SERIES),
                name,
            })
        })
        .collect()
}

/// Whether a taxonomy can have this name: it is a key of front matter and a part of addresses. `names` are
/// those before it.
fn is_taxonomy(name: &Spanned<String>, fields: &mut Fields<'_>, names: &mut Vec<String>) -> bool {
    let written = name.value.as_str();
    let fits = |one: char| one.is_alphanumeric() || matches!(one, ' ' | '-' | '_');
    if !written.chars().all(fits) || !written.contains(char::is_alphanumeric) {
        fields.error(
            format!("a taxonomy cannot be called `{written}`"),
            name.span.clone(),
            "a name is letters, digits, spaces, `-` and `_`",
        );
        return false;
    }
    if names.iter().any(|other| is_same_word(other, written)) {
        fields.error(
            format!("there are two taxonomies `{written}`"),
            name.span.clone(),
            "the second one",
        );
        return false;
    }
    names.push(written.to_owned());
    true
}

/// `[archive]`, with the `path` that it is found at.
fn archive(fields: &mut Fields<'_>) -> Option<Address> {
    let table = fields.table("archive")?;
    let mut fields = Fields::new(fields.path(), table, fields.diagnostics());
    let written = fields.text("path");
    let address = match &written {
        None => Address::parse("archive"),
        Some(written) => Address::parse(&written.value),
    };
    let address = address.map_err(|wrong| {
        let span = written.map_or(0..0, |written| written.span);
        fields.error("this cannot be an address", span, wrong);
    });
    fields.finish();
    address.ok()
}

fn markdown(fields: &mut Fields<'_>) -> MarkdownOptions {
    let Some(table) = fields.table("markdown") else {
        return MarkdownOptions::default();
    };
    let path = fields.path();
    let mut fields = Fields::new(path, table, fields.diagnostics());
    let options = MarkdownOptions {
        smart_punctuation: fields.flag("smart_punctuation").unwrap_or(false),
        math: fields.flag("math").unwrap_or(false),
        highlight: fields.flag("highlight").unwrap_or(true),
        heading_links: fields.flag("heading_links").unwrap_or(false),
        tag_filter: fields.flag("tag_filter").unwrap_or(false),
    };
    fields.finish();
    options
}

/// `[link_checker]`, with the `internal_level` that Zola has under this name too.
fn broken_links(fields: &mut Fields<'_>) -> Severity {
    let Some(table) = fields.table("link_checker") else {
        return Severity::Error;
    };
    let path = fields.path();
    let mut fields = Fields::new(path, table, fields.diagnostics());
    let level = fields.text("internal_level");
    let severity = match level.as_ref().map(|level| level.value.as_str()) {
        None | Some("error") => Severity::Error,
        Some("warn") => Severity::Warning,
        Some(_) => {
            let span = level.map_or(0..0, |level| level.span);
            fields.error("unknown level", span, "this is neither `error` nor `warn`");
            Severity::Error
        }
    };
    fields.finish();
    severity
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_needs_no_settings() {
        let (config, diagnostics) = parse(&SourceTree::default(), None);
        assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()));
        assert_eq!(config.base_url.to_string(), "http://localhost/");
    }
}
