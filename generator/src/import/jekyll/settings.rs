//! The settings of Jekyll, and which files of the repository are a part of the site.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::{Kind, Table, Value};
use crate::import::Move;
use crate::import::front::{Format, Keys, text_of, toml_table};
use crate::import::settings::Settings;
use crate::source::SourceTree;

use super::permalink::Style;

/// Files of a repository that are no part of the site.
const NOT_PUBLISHED: [&str; 14] = [
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "Gemfile",
    "Gemfile.lock",
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "Makefile",
    "README.md",
    "Rakefile",
    "package-lock.json",
    "package.json",
];

const WITHOUT_EFFECT: [&str; 18] = [
    "collections_dir",
    "compress_html",
    "encoding",
    "highlighter",
    "incremental",
    "keep_files",
    "kramdown",
    "limit_posts",
    "lsi",
    "markdown",
    "markdown_ext",
    "plugins_dir",
    "port",
    "safe",
    "sass",
    "show_drafts",
    "unpublished",
    "whitelist",
];

/// Plugins whose work is done here, or that only helped to build.
const DONE_HERE: [&str; 18] = [
    "jekyll-archives",
    "jekyll-archives-v2",
    "jekyll-coffeescript",
    "jekyll-commonmark-ghpages",
    "jekyll-default-layout",
    "jekyll-feed",
    "jekyll-include-cache",
    "jekyll-optional-front-matter",
    "jekyll-paginate",
    "jekyll-redirect-from",
    "jekyll-relative-links",
    "jekyll-remote-theme",
    "jekyll-sass-converter",
    "jekyll-seo-tag",
    "jekyll-sitemap",
    "jekyll-titles-from-headings",
    "jekyll-toc",
    "jemoji",
];

/// Settings that readers miss something of, and what.
const MISSED: [(&str, &str); 4] = [
    ("name", "the site is called by its `title`"),
    ("remote_theme", "themes of Jekyll are not read here"),
    ("theme", "themes of Jekyll are not read here"),
    ("paginate_path", PAGES_OF_LISTS),
];

/// Where the second page of a list is.
const PAGES_OF_LISTS: &str = "further pages of the list of posts are at `page/2/` below it: have your host redirect the old ones";

/// What `defaults` may say of pages that readers notice, in texts, lists and flags.
const FILLED_IN: [&str; 10] = [
    "description",
    "draft",
    "excerpt",
    "image",
    "lang",
    "noindex",
    "published",
    "robots",
    "sitemap",
    "tags",
];

/// What else of `defaults` is carried, or is a template's.
const OTHER_DEFAULTS: [&str; 7] = [
    "author",
    "categories",
    "category",
    "layout",
    "permalink",
    "title",
    "toc",
];

/// What the settings say that pages are carried with.
pub struct Site {
    pub style: Style,
    /// That of posts alone.
    pub post_style: Option<Style>,
    pub baseurl: String,
    /// Collections that are published, with the pattern of their addresses.
    pub collections: BTreeMap<String, Option<String>>,
    exclude: Vec<String>,
    /// Files and folders that are published although their names start with `_` or a dot.
    pub include: Vec<String>,
    pub header_pages: Vec<String>,
    /// Values for pages below a path, and the kind of page they are for.
    defaults: Vec<Defaults>,
    /// Texts of the settings, for `{{ site.title }}`.
    pub texts: BTreeMap<String, String>,
    /// Posts on one page of a list.
    pub per_page: Option<i64>,
    /// Where readers found the feed.
    pub feed: String,
    /// What ends the beginning of a post that lists show.
    pub excerpt_separator: String,
    /// Whether Markdown is a page although it has no front matter.
    pub pages_without_front_matter: bool,
    /// Whether a README stands for the index of its folder although it has none either.
    pub read_me_is_index: bool,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            style: Style::default(),
            post_style: None,
            baseurl: String::new(),
            collections: BTreeMap::new(),
            exclude: Vec::new(),
            include: Vec::new(),
            header_pages: Vec::new(),
            defaults: Vec::new(),
            texts: BTreeMap::new(),
            per_page: None,
            feed: "/feed.xml".to_owned(),
            excerpt_separator: String::new(),
            pages_without_front_matter: false,
            read_me_is_index: false,
        }
    }
}

struct Defaults {
    path: String,
    kind: String,
    values: Table,
}

impl Site {
    pub fn is_excluded(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.ends_with(".gemspec")
            || self.exclude.iter().any(|excluded| {
                let excluded = excluded.trim_matches('/');
                fits(excluded, path) || path.starts_with(&format!("{excluded}/"))
            })
    }

    /// Whether a file without front matter belongs to the repository.
    pub fn is_of_repository(path: &str) -> bool {
        NOT_PUBLISHED.contains(&path)
    }

    /// Whether a part of a path that starts with `_` or a dot is published all the same.
    pub fn is_included(&self, part: &str) -> bool {
        self.include
            .iter()
            .any(|included| fits(included.trim_matches('/'), part))
    }

    /// Texts that the settings give to all pages like one, for `{{ page.version }}`.
    pub fn default_texts(&self, path: &str, kind: &str) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for entry in self.fitting(path, kind).flat_map(|one| &one.values.entries) {
            if let Kind::Text(text) = &entry.value.kind {
                texts.insert(entry.key.clone(), text.clone());
            }
        }
        texts
    }

    /// The defaults that hold for a page, those for fewer pages last.
    fn fitting(&self, path: &str, kind: &str) -> impl DoubleEndedIterator<Item = &Defaults> {
        let holds = |defaults: &&Defaults| {
            let below = defaults.path.trim_matches('/');
            (below.is_empty() || fits(below, path) || path.starts_with(&format!("{below}/")))
                && (defaults.kind.is_empty() || defaults.kind == kind)
        };
        let mut fitting: Vec<&Defaults> = self.defaults.iter().filter(holds).collect();
        fitting.sort_by_key(|defaults| defaults.path.len());
        fitting.into_iter()
    }

    /// Gives front matter what the settings say of all pages like it.
    pub fn fill_in(&self, keys: &mut Keys<'_>, kind: &str) {
        for key in FILLED_IN {
            let default = self.default_for(key, keys.path, kind);
            if let Some(value) = default.filter(|_| keys.peek(key).is_none()) {
                // Its place is in another file.
                let span = 0..0;
                keys.put_back(
                    key,
                    Value {
                        span,
                        ..value.clone()
                    },
                );
            }
        }
    }

    pub fn default_for(&self, key: &str, path: &str, kind: &str) -> Option<&Value> {
        self.fitting(path, kind)
            .rev()
            .find_map(|defaults| defaults.values.get(key))
            .map(|entry| &entry.value)
    }
}

/// Whether a path is what a pattern with `*` in it means: `Gemfile*`, `*.config.js`.
fn fits(pattern: &str, path: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(rest) = path.strip_prefix(before) else {
        return false;
    };
    // A star stops at a slash, and two of them do not.
    let after = after.trim_start_matches('*');
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.into_iter()
        .take_while(|end| pattern.contains("**") || !rest[..*end].contains('/'))
        .any(|end| fits(after, &rest[end..]))
}

/// Reads `_config.yml`.
pub fn read(moving: &mut Move<'_>, path: &'static str) -> Site {
    let on_github = is_built_by_github(moving.source);
    let mut site = Site {
        pages_without_front_matter: on_github,
        read_me_is_index: on_github,
        ..Site::default()
    };
    let Some(text) = moving.text(path) else {
        return site;
    };
    let format = if path.ends_with(".toml") {
        Format::Toml
    } else {
        Format::Yaml
    };
    let mut broken = Vec::new();
    let mut keys = Keys::read(path, text, format, 0..text.len(), &mut broken);
    let broken = broken.into_iter();
    moving
        .notes
        .extend(broken.map(|one| one.as_severe_as(Severity::Warning)));
    let settings = &mut moving.settings;
    settings.title = keys
        .take_any(&["title", "name"])
        .and_then(|title| text_of(&title, text))
        .unwrap_or_default();
    settings.description = keys
        .take_text("description")
        .unwrap_or_default()
        .trim()
        .to_owned();
    settings.language = keys
        .take_any(&["lang", "locale"])
        .and_then(|lang| text_of(&lang, text))
        .unwrap_or_default()
        .replace('_', "-");
    let url = keys.take_text("url").unwrap_or_default();
    site.baseurl = keys
        .take_text("baseurl")
        .unwrap_or_default()
        .trim_matches('/')
        .to_owned();
    if !site.baseurl.is_empty() {
        settings.baseurl = format!("/{}", site.baseurl);
    }
    if url.contains("://") {
        settings.base_url = format!("{}/{}", url.trim_end_matches('/'), site.baseurl);
    }
    match keys.take("author") {
        Some(Value {
            kind: Kind::Table(author),
            ..
        }) => {
            settings.author = Keys::of(path, text, &author)
                .take_text("name")
                .unwrap_or_default();
        }
        Some(author) => settings.author = text_of(&author, text).unwrap_or_default(),
        None => {}
    }
    if settings.author.is_empty()
        && let Some(Kind::Table(social)) = keys.peek("social").map(|value| &value.kind)
        && let Some(Kind::Text(name)) = social.get("name").map(|entry| &entry.value.kind)
    {
        settings.author.clone_from(name);
    }
    if let Some(pattern) = keys.take_text("permalink") {
        site.style = Style::parse(&pattern);
    }
    if let Some(collections) = keys.take_table("collections") {
        for entry in collections.rest() {
            if let Kind::Table(table) = &entry.value.kind {
                let mut collection = Keys::of(path, text, table);
                let pattern = collection.take_text("permalink");
                if let Some(pattern) = pattern.as_deref().filter(|_| entry.key == "posts") {
                    site.post_style = Some(Style::parse(pattern));
                }
                if collection.take_flag("output") == Some(true) && entry.key != "posts" {
                    site.collections.insert(entry.key.clone(), pattern);
                }
            }
        }
    }
    if let Some(Kind::List(items)) = keys.take("defaults").map(|value| value.kind) {
        for item in &items {
            site.defaults
                .extend(defaults(item, path, text, &mut moving.notes));
        }
    }
    if let Some(mut kramdown) = keys.take_table("kramdown") {
        moving.settings.hard_lines = kramdown.take_flag("hard_wrap") == Some(true);
    }
    site.exclude = keys.take_texts("exclude").unwrap_or_default();
    site.header_pages = keys.take_texts("header_pages").unwrap_or_default();
    site.include = keys.take_texts("include").unwrap_or_default();
    let paginate = keys.peek("paginate").map(|value| value.span.clone());
    site.per_page = keys.take_count("paginate");
    if let (Some(span), None) = (paginate, keys.peek("paginate_path")) {
        moving.note(
            Diagnostic::warning("the second page of posts is no longer at `/page2/`")
                .at(path, span)
                .label(PAGES_OF_LISTS),
        );
    }
    let feed = keys
        .take_table("feed")
        .or_else(|| keys.take_table("atom_feed"));
    if let Some(mut feed) = feed {
        if let Some(path) = feed.take_text("path") {
            site.feed = format!("/{}", path.trim_start_matches('/'));
        }
        moving.settings.feed_limit = feed.take_count("posts_limit");
        Settings::report(
            feed,
            "feeds have whole posts, those of tags and categories too",
            &mut moving.notes,
        );
    }
    if let Some(archives) = keys.take_table("jekyll-archives") {
        archived(moving, archives);
    }
    site.excerpt_separator = keys.take_text("excerpt_separator").unwrap_or_default();
    for name in WITHOUT_EFFECT {
        keys.take(name);
    }
    if let Some(name) = keys.peek("name").and_then(|name| text_of(name, text)) {
        site.texts.insert("name".to_owned(), name);
    }
    moving.read_zone(&mut keys, "timezone");
    let notes = &mut moving.notes;
    for (name, why) in MISSED {
        Settings::leave_out(&mut keys, name, why, notes);
    }
    match keys.peek("future").map(|value| &value.kind) {
        Some(Kind::Flag(true)) => {
            let why = "posts of the future wait for their day; `--drafts` shows them";
            Settings::leave_out(&mut keys, "future", why, notes);
        }
        _ => drop(keys.take("future")),
    }
    for key in ["plugins", "gems"] {
        let has = |name| {
            let plugins = keys.peek(key).map(|value| &value.kind);
            let Some(Kind::List(plugins)) = plugins else {
                return false;
            };
            plugins
                .iter()
                .any(|one| one.kind == Kind::Text(String::from(name)))
        };
        site.pages_without_front_matter |= has("jekyll-optional-front-matter");
        site.read_me_is_index |= has("jekyll-readme-index");
        moving.settings.emoji |= plugins(&mut keys, key, notes);
    }
    site.texts
        .insert("title".to_owned(), moving.settings.title.clone());
    site.texts.insert(
        "description".to_owned(),
        moving.settings.description.clone(),
    );
    site.texts.insert("url".to_owned(), String::new());
    let rest = keys.rest();
    for entry in &rest {
        if let Some(value) = text_of(&entry.value, text) {
            site.texts.insert(entry.key.clone(), value);
        }
    }
    // Themes of Jekyll read settings of their own from the top.
    moving.settings.extra.extend(toml_table(&rest, text));
    site
}

/// GitHub builds sites with plugins that nobody has to name.
fn is_built_by_github(source: &SourceTree) -> bool {
    let gems = source.get("Gemfile");
    gems.is_none_or(|bytes| String::from_utf8_lossy(bytes).contains("github-pages"))
}

/// Says where the lists of terms go that a plugin made under addresses of its own.
fn archived(moving: &mut Move<'_>, mut archives: Keys<'_>) {
    // Its second version has a table for each collection.
    if let Some(of_posts) = archives.take_table("posts") {
        archives = of_posts;
    }
    let (path, text) = (archives.path, archives.text);
    let span = archives.peek("enabled").map(|value| value.span.clone());
    let enabled = archives.take("enabled");
    let is_made = |kind: &str| match enabled.as_ref().map(|enabled| &enabled.kind) {
        Some(Kind::List(kinds)) => kinds
            .iter()
            .any(|one| text_of(one, text).as_deref() == Some(kind)),
        Some(Kind::Text(all)) => all == "all",
        Some(Kind::Flag(on)) => *on,
        _ => false,
    };
    let mut permalinks = archives.take_table("permalinks");
    let mut pattern = |kinds: &str, kind: &str| {
        let own = permalinks
            .as_mut()
            .and_then(|table| table.take_text(kind).or_else(|| table.take_text(kinds)));
        own.unwrap_or_else(|| format!("/{kind}/:name/"))
    };
    let mut moved = Vec::new();
    for (kinds, kind) in [("tags", "tag"), ("categories", "category")] {
        let old = pattern(kinds, kind);
        let old = old.replace(":type", kind);
        let now = format!("/{kinds}/:name/");
        if is_made(kinds) && old.trim_matches('/') != now.trim_matches('/') {
            moved.push(format!("from `{old}` to `{now}`"));
        }
    }
    if is_made("year") || is_made("month") || is_made("day") {
        moved.push("and those of years are made by `[archive]` in site.toml".to_owned());
    }
    if let (Some(span), false) = (span, moved.is_empty()) {
        moving.note(
            Diagnostic::warning("lists of posts move")
                .at(path, span)
                .label(format!(
                    "{}: have your host redirect them",
                    moved.join(", ")
                )),
        );
    }
}

/// Names the plugins of which nothing is here; whether one of them draws emoji.
fn plugins(keys: &mut Keys<'_>, key: &str, notes: &mut Vec<Diagnostic>) -> bool {
    let Some(value) = keys.peek(key).cloned() else {
        return false;
    };
    let names = keys.take_texts(key).unwrap_or_default();
    let draws_emoji = names.iter().any(|name| name == "jemoji");
    let names: Vec<String> = names
        .iter()
        .filter(|name| !DONE_HERE.contains(&name.as_str()))
        .map(|name| format!("`{name}`"))
        .collect();
    if !names.is_empty() {
        notes.push(
            Diagnostic::warning("plugins were left out")
                .at(keys.path, value.span)
                .label(format!(
                    "nothing here does the same as {}",
                    names.join(", ")
                )),
        );
    }
    draws_emoji
}

fn defaults(item: &Value, file: &str, text: &str, notes: &mut Vec<Diagnostic>) -> Option<Defaults> {
    let Kind::Table(table) = &item.kind else {
        return None;
    };
    let mut keys = Keys::of(file, text, table);
    let mut scope = keys.take_table("scope");
    let mut of = |key: &str| {
        scope
            .as_mut()
            .and_then(|scope| scope.take_text(key))
            .unwrap_or_default()
    };
    let (path, kind) = (of("path"), of("type"));
    let Kind::Table(values) = keys.take("values")?.kind else {
        return None;
    };
    let is_known = |key: &str| FILLED_IN.contains(&key) || OTHER_DEFAULTS.contains(&key);
    let others = values.entries.iter().filter(|entry| !is_known(&entry.key));
    let others: Vec<String> = others.map(|entry| format!("`{}`", entry.key)).collect();
    if !others.is_empty() {
        notes.push(
            Diagnostic::warning(format!("{} was left out of `defaults`", others.join(", ")))
                .at(file, item.span.clone())
                .label("only templates of Jekyll read this"),
        );
    }
    Some(Defaults { path, kind, values })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_stands_for_names() {
        assert!(fits("Gemfile*", "Gemfile.lock"));
        assert!(fits("*.config.js", "eslint.config.js"));
        assert!(fits("package*.json", "package-lock.json"));
        assert!(!fits("*.js", "assets/a.js"));
        assert!(fits("**/*.js", "assets/a.js"));
        assert!(!fits("docs", "docs2"));
    }
}
