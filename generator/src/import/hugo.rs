//! Sites made with Hugo: settings in one file or several, page bundles, addresses by pattern, and
//! shortcodes in two kinds of brackets.

mod address;
mod shortcodes;

use std::collections::BTreeSet;

use super::body::Body;
use super::front::{Format, Keys, date_of, split, text_of, toml_date, toml_table, written};
use super::settings::Settings;
use super::{Move, MovedPage};
use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Value};
use crate::site::slug;
use address::{Addresses, Place};

const NAMES: [&str; 2] = ["hugo", "config"];
const ENDINGS: [(&str, Format); 4] = [
    ("toml", Format::Toml),
    ("yaml", Format::Yaml),
    ("yml", Format::Yaml),
    ("json", Format::Json),
];

/// Settings that say nothing about what readers see here.
const WITHOUT_EFFECT: [&str; 20] = [
    "builddrafts",
    "buildexpired",
    "buildfuture",
    "caches",
    "canonifyurls",
    "defaultcontentlanguageinsubdir",
    "enablegitinfo",
    "enableinlineshortcodes",
    "enablerobotstxt",
    "hascjklanguage",
    "ignorefiles",
    "minify",
    "module",
    "outputformats",
    "outputs",
    "publishdir",
    "security",
    "sitemap",
    "theme",
    "themesdir",
];

/// Front matter that Hugo's own templates read, and ours do not need.
const KEYS_WITHOUT_EFFECT: [&str; 4] = ["iscjklanguage", "lang", "sitemap", "toc"];

pub fn carry(moving: &mut Move<'_>) -> Result<(), Diagnostic> {
    let source = moving.source;
    let mut site = Site {
        content: "content/".to_owned(),
        addresses: Addresses::default(),
        taxonomies: vec!["tags".to_owned(), "categories".to_owned()],
        language: String::new(),
        per_page: None,
    };
    let configs = configs(source);
    if configs.is_empty() {
        return Err(Diagnostic::error("this is no site of Hugo")
            .help("a `hugo.toml`, `config.toml` or `config/_default/` is missing"));
    }
    moving.settings.smart_punctuation = true;
    moving.settings.feed = Some(true);
    for (path, format, key) in &configs {
        settings(moving, &mut site, path, *format, key);
    }
    let taxonomies = site.taxonomies.iter().map(|name| (name.clone(), true));
    moving.settings.taxonomies = taxonomies.collect();
    moving.note(
        Diagnostic::warning("the feeds move to `atom.xml` from `index.xml`")
            .in_file(configs[0].0)
            .label("have your host redirect `/index.xml` to `/atom.xml`"),
    );
    let content = site.content.clone();
    let mut sections: BTreeSet<&str> = BTreeSet::new();
    for (path, _) in source.below(&content) {
        let below = &path[content.len()..];
        match below.rsplit_once('.') {
            Some((_, "md" | "markdown" | "html" | "htm")) => {
                if let Some((section, _)) = below.split_once('/') {
                    sections.insert(section);
                }
                page(moving, &site, path, below);
            }
            Some((_, "org" | "adoc" | "rst" | "pandoc" | "pdc" | "Rmd")) => moving.note(
                Diagnostic::warning("this page was left out")
                    .in_file(path)
                    .label("pages are Markdown here: convert it first"),
            ),
            _ => moving.copy_beside(path, &format!("content/{below}")),
        }
    }
    for section in sections {
        let index = |ending: &str| format!("{content}{section}/{ending}");
        let is_bundle = [
            "index.md",
            "_index.md",
            "index.html",
            "_index.html",
            "_index.markdown",
        ];
        if is_bundle
            .iter()
            .any(|name| source.get(&index(name)).is_some())
        {
            continue;
        }
        let mut front = toml::Table::new();
        front.insert("title".to_owned(), title_of(section).into());
        if let Some(count) = site.per_page {
            front.insert("paginate_by".to_owned(), count.into());
        }
        moving.pages.push(MovedPage {
            source: index(""),
            path: format!("content/{section}/_index.md"),
            address: Some(format!("/{}/", site.addresses.urlize(section))),
            front,
            body: String::new(),
        });
    }
    lists_of_terms(moving, &site, configs[0].0);
    moving.copy_folder("static/", "static/");
    data(moving);
    moving.leave_out(
        "layouts/",
        "the look of pages is a theme's: templates of Hugo are not read here",
    );
    moving.leave_out(
        "assets/",
        "styles and scripts belong to a theme; put pictures into `static/`",
    );
    moving.leave_out(
        "archetypes/",
        "see docs/starting.md for archetypes without template code",
    );
    moving.leave_out("i18n/", "the words of templates are a theme's");
    moving.leave_out("themes/", "themes of Hugo are not read here");
    Ok(())
}

/// What the settings say that pages are carried with.
struct Site {
    /// The folder of pages, with its last slash.
    content: String,
    addresses: Addresses,
    taxonomies: Vec<String>,
    /// The site's own, which names of files may end in.
    language: String,
    /// Pages on one page of a list.
    per_page: Option<i64>,
}

/// The files of settings; one that holds a part of them with the key of that part.
fn configs(source: &crate::source::SourceTree) -> Vec<(&str, Format, String)> {
    let format = |path: &str| {
        let (stem, ending) = path.rsplit_once('.')?;
        let (_, format) = ENDINGS.into_iter().find(|(known, _)| *known == ending)?;
        Some((stem.to_owned(), format))
    };
    let mut configs = Vec::new();
    for name in NAMES {
        for (ending, kind) in ENDINGS {
            if let Some((path, _)) = source.below(&format!("{name}.{ending}")).next()
                && path == format!("{name}.{ending}")
                && configs.is_empty()
            {
                configs.push((path, kind, String::new()));
            }
        }
    }
    for (path, _) in source.below("config/_default/") {
        let Some((stem, kind)) = format(path) else {
            continue;
        };
        let name = stem.rsplit('/').next().unwrap_or_default();
        let name = name.split('.').next().unwrap_or_default();
        let key = if NAMES.contains(&name) { "" } else { name };
        configs.push((path, kind, key.to_owned()));
    }
    configs
}

fn settings<'a>(moving: &mut Move<'a>, site: &mut Site, path: &'a str, format: Format, key: &str) {
    let Some(text) = moving.text(path) else {
        return;
    };
    let mut keys = Keys::read(path, text, format, 0..text.len(), &mut moving.notes);
    match key {
        "" => {}
        "params" => return params(moving, keys),
        "menu" | "menus" => return menus(moving, site, keys),
        "permalinks" => return site.addresses.patterns(keys),
        "taxonomies" => return taxonomies(site, keys),
        "languages" => {
            let own = moving.settings.language.clone();
            return moving.settings.add_languages(keys, &own);
        }
        "markup" | "module" | "outputs" | "privacy" | "services" => {
            return Settings::report(keys, "nothing here is set by it", &mut moving.notes);
        }
        _ => return,
    }
    let settings = &mut moving.settings;
    let mut set = |place: &mut String, name: &str| {
        if let Some(text) = keys.take_text(name) {
            *place = text;
        }
    };
    set(&mut settings.title, "title");
    set(&mut settings.base_url, "baseURL");
    set(&mut settings.language, "languageCode");
    let mut own = keys.take_text("defaultContentLanguage").unwrap_or_default();
    if own.is_empty() {
        own = settings
            .language
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_owned();
    }
    if let Some(languages) = keys.take_table("languages") {
        settings.add_languages(languages, &own);
    }
    if settings.language.is_empty() {
        settings.language.clone_from(&own);
    }
    site.language = own;
    // `http://example.org/` and `/` stand in for an address that is not known yet.
    if !settings.base_url.contains("://") {
        settings.base_url.clear();
    }
    settings.language = settings.language.replace('_', "-");
    if let Some(copyright) = keys.take_text("copyright") {
        settings
            .extra
            .insert("copyright".to_owned(), copyright.into());
    }
    if let Some(limit) = keys.take_count("rssLimit") {
        settings.feed_limit = Some(limit);
    }
    match keys.take("author").map(|author| author.kind) {
        Some(Kind::Text(name)) => settings.author = name,
        Some(Kind::Table(author)) => {
            settings.author = Keys::of(path, text, &author)
                .take_text("name")
                .unwrap_or_default();
        }
        _ => {}
    }
    if let Some(folder) = keys.take_text("contentDir") {
        site.content = format!("{}/", folder.trim_matches('/'));
    }
    site.per_page = keys.take_count("paginate");
    if let Some(mut pagination) = keys.take_table("pagination") {
        site.per_page = pagination.take_count("pagerSize");
    }
    site.addresses.are_files = keys.take_flag("uglyURLs").unwrap_or(false);
    site.addresses.keep_case = keys.take_flag("disablePathToLower").unwrap_or(false);
    if let Some(patterns) = keys.take_table("permalinks") {
        site.addresses.patterns(patterns);
    }
    if let Some(names) = keys.take_table("taxonomies") {
        taxonomies(site, names);
    }
    if let Some(table) = keys.take_table("params") {
        params(moving, table);
    }
    for name in ["menu", "menus"] {
        if let Some(table) = keys.take_table(name) {
            menus(moving, site, table);
        }
    }
    if let Some(markup) = keys.take_table("markup") {
        let mut goldmark = markup;
        let typographer = goldmark
            .take_table("goldmark")
            .and_then(|mut goldmark| goldmark.take_table("extensions"))
            .and_then(|mut extensions| extensions.take("typographer"));
        if typographer.is_some_and(|value| value.kind == Kind::Flag(false)) {
            moving.settings.smart_punctuation = false;
        }
    }
    for name in WITHOUT_EFFECT {
        keys.take(name);
    }
    Settings::report(keys, "nothing here is set by it", &mut moving.notes);
}

fn params(moving: &mut Move<'_>, mut params: Keys<'_>) {
    let settings = &mut moving.settings;
    if let Some(description) = params.take_text("description") {
        settings.description = description;
    }
    match params.take("author") {
        Some(Value {
            kind: Kind::Table(author),
            ..
        }) => {
            let mut author = Keys::of(params.path, params.text, &author);
            settings.author = author.take_text("name").unwrap_or_default();
        }
        Some(author) => settings.author = text_of(&author, params.text).unwrap_or_default(),
        None => {}
    }
    settings.keep(Some(params));
}

fn taxonomies(site: &mut Site, names: Keys<'_>) {
    let text = names.text;
    let named = names.rest();
    site.taxonomies = named
        .iter()
        .filter_map(|entry| text_of(&entry.value, text))
        .collect();
}

/// The entries of the main menu, in their order.
fn menus(moving: &mut Move<'_>, site: &Site, mut menus: Keys<'_>) {
    let (path, text) = (menus.path, menus.text);
    if let Some(Kind::List(items)) = menus.take("main").map(|value| value.kind) {
        let mut entries: Vec<(i64, String, String)> = Vec::new();
        for item in &items {
            let Kind::Table(table) = &item.kind else {
                continue;
            };
            let mut entry = Keys::of(path, text, table);
            let weight = match entry.take("weight").map(|value| value.kind) {
                Some(Kind::Integer(weight)) => weight,
                _ => 0,
            };
            let target = entry
                .take_text("pageRef")
                .or_else(|| entry.take_text("url"));
            let name = entry
                .take_text("name")
                .or_else(|| entry.take_text("identifier"));
            if let (Some(name), Some(target)) = (name, target) {
                entries.push((weight, name, site.addresses.of_menu(&target)));
            }
        }
        entries.sort_by_key(|(weight, ..)| *weight);
        let entries = entries.into_iter().map(|(_, name, target)| (name, target));
        moving.settings.menu.extend(entries);
    }
    for entry in menus.rest() {
        moving.note(
            Diagnostic::warning(format!("the menu `{}` was left out", entry.key))
                .at(path, entry.key_span)
                .label("a site has one menu here; a theme may read others from `[extra]`"),
        );
    }
}

/// Names the terms whose lists have another address here: Hugo keeps signs like `+` and `#`.
fn lists_of_terms(moving: &mut Move<'_>, site: &Site, config: &str) {
    let mut terms: BTreeSet<(String, String)> = BTreeSet::new();
    for page in &moving.pages {
        let Some(toml::Value::Table(taxonomies)) = page.front.get("taxonomies") else {
            continue;
        };
        for (taxonomy, list) in taxonomies {
            let list = list.as_array().into_iter().flatten();
            let list = list.filter_map(|term| term.as_str());
            terms.extend(list.map(|term| (taxonomy.clone(), term.to_owned())));
        }
    }
    for (taxonomy, term) in terms {
        let (old, new) = (site.addresses.urlize(&term), slug(&term));
        if old != new {
            let message = format!("the list of `{term}` moves to `/{taxonomy}/{new}/`");
            let label = format!("it was `/{taxonomy}/{old}/`: have your host redirect it");
            moving.note(Diagnostic::warning(message).in_file(config).label(label));
        }
    }
}

fn data(moving: &mut Move<'_>) {
    for (path, _) in moving.source.below("data/") {
        let readable = ["toml", "yaml", "yml", "json", "csv"];
        match path.rsplit_once('.') {
            Some((_, ending)) if readable.contains(&ending) => {
                moving.copy(path, &format!("content/{path}"));
            }
            _ => moving.note(
                Diagnostic::warning("this data was left out")
                    .in_file(path)
                    .label("data files are TOML, YAML, JSON or CSV"),
            ),
        }
    }
}

fn page<'a>(moving: &mut Move<'a>, site: &Site, path: &'a str, below: &str) {
    let Some(text) = moving.text(path) else {
        return;
    };
    let (front, at) = split(text);
    let mut keys = match front {
        Some((format, span)) => Keys::read(path, text, format, span, &mut moving.notes),
        None => Keys::empty(path, text),
    };
    let (stem, ending) = below.rsplit_once('.').unwrap_or((below, ""));
    // `post.en.md` is `post.md` where the site's language is English.
    let own = stem.strip_suffix(&format!(".{}", site.language));
    let stem = own.filter(|_| !site.language.is_empty()).unwrap_or(stem);
    let languages = moving.settings.tags();
    let translated = stem
        .rsplit_once('.')
        .filter(|(_, ending)| languages.iter().any(|language| language == ending));
    let destination = format!("content/{stem}.md");
    let (stem, language) = match translated {
        Some((stem, language)) => (stem, Some(language)),
        None => (stem, None),
    };
    let is_section = stem == "_index" || stem.ends_with("/_index");
    let title = keys
        .take_any(&["title", "linkTitle"])
        .and_then(|value| text_of(&value, text));
    let date = keys.take("date");
    let place = Place {
        stem,
        is_section,
        title: title.as_deref(),
        slug: keys.take_text("slug"),
        url: keys.take_text("url"),
        date: date.as_ref().and_then(|value| date_of(value, text)),
    };
    let address = match language {
        Some(language) => format!("/{language}{}", site.addresses.of(&place)),
        None => site.addresses.of(&place),
    };
    let mut head = toml::Table::new();
    if let Some(title) = &title {
        head.insert("title".to_owned(), title.clone().into());
    }
    if let Some(date) = &date {
        dated(moving, &mut head, path, "date", date, text);
    }
    let front = front_matter(moving, site, keys, head, &address, is_section, path);
    let body = match ending {
        "html" | "htm" => Body::of_html(path, text, at, &mut moving.notes).finish_html(),
        _ => shortcodes::carry(moving, &site.content, path, text, at),
    };
    moving.pages.push(MovedPage {
        source: path.to_owned(),
        path: destination,
        address: Some(address),
        front,
        body,
    });
}

/// A date, if it is one; `0001-01-01` means none.
fn dated(
    moving: &mut Move<'_>,
    front: &mut toml::Table,
    path: &str,
    key: &str,
    value: &Value,
    text: &str,
) {
    let as_written = written(value, text).trim_matches(['"', '\'']);
    if as_written.starts_with("0001-") {
        return;
    }
    match super::front::date(as_written) {
        Some((_, form)) => {
            front.insert(key.to_owned(), toml_date(&form));
        }
        None => moving.note(
            Diagnostic::warning(format!("`{key}` was left out"))
                .at(path, value.span.clone())
                .label("this cannot be read as a date"),
        ),
    }
}

fn front_matter(
    moving: &mut Move<'_>,
    site: &Site,
    mut keys: Keys<'_>,
    head: toml::Table,
    address: &str,
    is_section: bool,
    path: &str,
) -> toml::Table {
    let text = keys.text;
    let mut front = head;
    let description = keys
        .take_text("description")
        .filter(|text| !text.is_empty());
    let summary = keys.take_text("summary").filter(|text| !text.is_empty());
    let mut extra = toml::Table::new();
    match (description, summary) {
        (Some(description), summary) => {
            front.insert("description".to_owned(), description.into());
            extra.extend(summary.map(|summary| ("summary".to_owned(), summary.into())));
        }
        (None, Some(summary)) => {
            front.insert("description".to_owned(), summary.into());
        }
        (None, None) => {}
    }
    for (key, ours) in [
        ("lastmod", "updated"),
        ("modified", "updated"),
        ("publishDate", "publishDate"),
        ("pubdate", "publishDate"),
        ("expiryDate", "expiryDate"),
    ] {
        if let Some(value) = keys.take(key)
            && !(is_section && ours == "updated")
        {
            dated(moving, &mut front, path, ours, &value, text);
        }
    }
    if keys.take_flag("draft") == Some(true) {
        front.insert("draft".to_owned(), true.into());
    }
    if let Some(aliases) = keys.take_texts("aliases") {
        let folder = address
            .trim_end_matches('/')
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let aliases: Vec<String> = aliases
            .into_iter()
            .map(|alias| match alias.starts_with('/') {
                true => alias,
                false => format!("{folder}/{alias}"),
            })
            .collect();
        front.insert("aliases".to_owned(), aliases.into());
    }
    if is_section {
        if let Some(count) = site.per_page.filter(|_| address != "/") {
            front.insert("paginate_by".to_owned(), count.into());
        }
    } else {
        page_keys(moving, site, &mut keys, &mut front, &mut extra);
    }
    if let Some(menu) = keys.take_any(&["menu", "menus"]) {
        in_menu(moving, &menu, &front, path, &site.content);
    }
    for key in KEYS_WITHOUT_EFFECT {
        keys.take(key);
    }
    for key in [
        "type",
        "layout",
        "outputs",
        "resources",
        "headless",
        "_build",
        "build",
        "markup",
        "cascade",
        "url",
    ] {
        if let Some(value) = keys.take(key) {
            moving.note(
                Diagnostic::warning(format!("`{key}` was left out"))
                    .at(path, value.span)
                    .label("nothing here is set by it"),
            );
        }
    }
    if let Some(params) = keys.take_table("params") {
        extra.extend(toml_table(&params.rest(), text));
    }
    extra.extend(toml_table(&keys.rest(), text));
    if !extra.is_empty() {
        front.insert("extra".to_owned(), extra.into());
    }
    front
}

/// The keys that a page has and a section has not.
fn page_keys(
    moving: &mut Move<'_>,
    site: &Site,
    keys: &mut Keys<'_>,
    front: &mut toml::Table,
    extra: &mut toml::Table,
) {
    if let Some(Kind::Integer(weight)) = keys.take("weight").map(|value| value.kind) {
        front.insert("weight".to_owned(), weight.into());
    }
    let authors = keys
        .take_any(&["authors", "author"])
        .map(|value| match value.kind {
            Kind::Table(author) => {
                let mut author = Keys::of(keys.path, keys.text, &author);
                author.take_text("name").into_iter().collect()
            }
            Kind::List(authors) => {
                let authors = authors.iter();
                authors
                    .filter_map(|author| text_of(author, keys.text))
                    .collect()
            }
            _ => text_of(&value, keys.text)
                .into_iter()
                .collect::<Vec<String>>(),
        });
    if let Some(authors) = authors.filter(|authors| !authors.is_empty()) {
        front.insert("authors".to_owned(), authors.into());
    }
    if let Some(images) = keys
        .take_texts("images")
        .filter(|images| !images.is_empty())
    {
        // A picture that is not there would be an error; themes of Hugo let it pass.
        let there = |image: &String| {
            let image = image.trim_start_matches('/');
            moving.source.get(&format!("static/{image}")).is_some()
        };
        let (shared, others): (Vec<String>, Vec<String>) = images.into_iter().partition(there);
        if !shared.is_empty() {
            let shared = shared
                .into_iter()
                .map(|image| format!("/{}", image.trim_start_matches('/')));
            front.insert("images".to_owned(), shared.collect::<Vec<String>>().into());
        }
        if !others.is_empty() {
            extra.insert("images".to_owned(), others.into());
        }
    }
    let mut taxonomies = toml::Table::new();
    for name in &site.taxonomies {
        let mut terms = keys.take_texts(name).unwrap_or_default();
        terms.retain(|term| !term.trim().is_empty());
        if !terms.is_empty() {
            taxonomies.insert(name.clone(), terms.into());
        }
    }
    if !taxonomies.is_empty() {
        front.insert("taxonomies".to_owned(), taxonomies.into());
    }
}

/// `menu: main`, `menu: [main]` or `menu: {main: {name: …}}` on a page.
fn in_menu(moving: &mut Move<'_>, menu: &Value, front: &toml::Table, path: &str, content: &str) {
    let mut name = front
        .get("title")
        .and_then(|title| title.as_str())
        .map(str::to_owned);
    let in_main = match &menu.kind {
        Kind::Text(menu) => menu == "main",
        Kind::List(menus) => menus
            .iter()
            .any(|menu| menu.kind == Kind::Text("main".to_owned())),
        Kind::Table(table) => match table.get("main").map(|entry| &entry.value.kind) {
            Some(Kind::Table(entry)) => {
                if let Some(Kind::Text(own)) = entry.get("name").map(|name| &name.value.kind) {
                    name = Some(own.clone());
                }
                true
            }
            other => other.is_some(),
        },
        _ => false,
    };
    if let (true, Some(name)) = (in_main, name) {
        let target = format!("@/{}", path.strip_prefix(content).unwrap_or(path));
        moving.settings.menu.push((name, target));
    }
}

/// `my-posts` as a title.
fn title_of(folder: &str) -> String {
    let words = folder.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}
