//! The settings of Hugo: one file, or several that each hold a part of them, some of them for one language.

use onig::Regex;

use super::{Site, menus};
use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Value};
use crate::import::Move;
use crate::import::front::{Format, Keys, text_of};
use crate::import::settings::Settings;
use crate::source::SourceTree;

const NAMES: [&str; 2] = ["hugo", "config"];
const ENDINGS: [(&str, Format); 4] = [
    ("toml", Format::Toml),
    ("yaml", Format::Yaml),
    ("yml", Format::Yaml),
    ("json", Format::Json),
];

/// Settings that say nothing about what readers see here.
const WITHOUT_EFFECT: [&str; 31] = [
    "assetdir",
    "caches",
    "canonifyurls",
    "defaultcontentlanguageinsubdir",
    "disablealiases",
    "disablefastrender",
    "disablehugogeneratorinject",
    "disablelivereload",
    "enablegitinfo",
    "enablemissingtranslationplaceholders",
    "enablerobotstxt",
    "footnotereturnlinkcontents",
    "hascjklanguage",
    "ignoreerrors",
    "ignorelogs",
    "imaging",
    "loglevel",
    "minify",
    "newcontenteditor",
    "pluralizelisttitles",
    "publishdir",
    "pygmentscodefences",
    "pygmentscodefencesguesssyntax",
    "pygmentsoptions",
    "pygmentsstyle",
    "pygmentsuseclasses",
    "pygmentsuseclassic",
    "security",
    "sitemap",
    "themesdir",
    "timeout",
];

/// Settings that readers miss something of, and what.
const MISSED: [(&str, &str); 3] = [
    (
        "cascade",
        "say it below `[cascade]` in the `_index.md` of a section",
    ),
    ("theme", "themes of Hugo are not read here"),
    ("outputs", OUTPUTS),
];

pub const OUTPUTS: &str = "pages are HTML, and lists have feeds";

/// Switches that say something only where they are on.
const MISSED_IF_ON: [(&str, &str); 4] = [
    ("buildDrafts", SHOWN),
    ("buildExpired", SHOWN),
    ("buildFuture", SHOWN),
    (
        "enableInlineShortcodes",
        "shortcodes are made by a theme: docs/shortcodes.md",
    ),
];

const SHOWN: &str = "a build leaves such pages out; `--drafts` shows them";

/// Of a language.
const OF_A_LANGUAGE_WITHOUT_EFFECT: [&str; 6] = [
    "disabled",
    "hascjklanguage",
    "languagecode",
    "languagedirection",
    "locale",
    "weight",
];

/// A file of settings.
pub struct File<'a> {
    path: &'a str,
    format: Format,
    /// The part of the settings that it holds; nothing for all of them.
    key: String,
    /// The language that it is for.
    language: Option<String>,
}

impl<'a> File<'a> {
    /// What stands in it, whatever is wrong with the rest.
    pub fn keys(&self, source: &'a SourceTree) -> Option<Keys<'a>> {
        let text = SourceTree::text(self.path, source.get(self.path)?).ok()?;
        let (whole, mut broken) = (0..text.len(), Vec::new());
        Some(Keys::read(self.path, text, self.format, whole, &mut broken))
    }

    /// Whether it holds this part of the settings, or with `""` any of them, for all languages.
    pub fn is_part(&self, key: &str) -> bool {
        self.key == key && self.language.is_none()
    }

    /// Whether it holds menus alone.
    pub fn is_menu(&self) -> bool {
        self.key == "menu" || self.key == "menus"
    }
}

/// The files of settings, the main ones first.
pub fn files(source: &SourceTree) -> Vec<File<'_>> {
    let format = |path: &str| {
        let (stem, ending) = path.rsplit_once('.')?;
        let (_, format) = ENDINGS.into_iter().find(|(known, _)| *known == ending)?;
        Some((stem.to_owned(), format))
    };
    let mut files = Vec::new();
    for name in NAMES {
        for (ending, kind) in ENDINGS {
            let wanted = format!("{name}.{ending}");
            let found = source.below(&wanted).map(|(path, _)| path).next();
            if let Some(path) = found.filter(|path| *path == wanted && files.is_empty()) {
                files.push(File {
                    path,
                    format: kind,
                    key: String::new(),
                    language: None,
                });
            }
        }
    }
    for (path, _) in source.below("config/_default/") {
        let Some((stem, kind)) = format(path) else {
            continue;
        };
        let name = stem.rsplit('/').next().unwrap_or_default();
        let (name, language) = match name.split_once('.') {
            Some((name, language)) => (name, Some(language.to_owned())),
            None => (name, None),
        };
        files.push(File {
            path,
            format: kind,
            key: match NAMES.contains(&name) {
                true => String::new(),
                false => name.to_owned(),
            },
            language,
        });
    }
    // What all pages share is read before what holds for one language.
    files.sort_by_key(|file| {
        (
            !file.key.is_empty(),
            file.key.starts_with("menu"),
            file.language.is_some(),
        )
    });
    files
}

/// Reads all of them.
pub fn read<'a>(moving: &mut Move<'a>, files: &[File<'a>]) -> Site {
    let mut site = Site {
        config: files[0].path.to_owned(),
        menu: menus::chosen(moving.source, files),
        ..Site::default()
    };
    for file in files {
        let Some(text) = moving.text(file.path) else {
            continue;
        };
        let keys = Keys::read(
            file.path,
            text,
            file.format,
            0..text.len(),
            &mut moving.notes,
        );
        part(moving, &mut site, keys, file);
    }
    let known = &mut moving.settings;
    // `http://example.org/` and `/` stand in for an address that is not known yet.
    if !known.base_url.contains("://") {
        known.base_url.clear();
    }
    if known.language.is_empty() {
        known.language.clone_from(&site.language);
    }
    known.language = known.language.replace('_', "-");
    site
}

fn part(moving: &mut Move<'_>, site: &mut Site, mut keys: Keys<'_>, file: &File<'_>) {
    let language = file.language.as_deref();
    match (file.key.as_str(), language) {
        ("", _) => main(moving, site, keys),
        ("params", None) => params(moving, keys),
        ("params", Some(language)) => {
            let words = keys.take_text("description");
            if let Some(words) = words.filter(|_| language != site.language) {
                let other = moving.settings.language(language);
                other.keys.insert("description".to_owned(), words.into());
            }
        }
        ("menu" | "menus", language) => menus::carry(moving, site, keys, language),
        ("permalinks", _) => site.addresses.patterns(keys, &mut moving.notes),
        ("taxonomies", _) => taxonomies(site, keys),
        ("languages", None) => languages(moving, site, keys),
        ("languages", Some(tag)) => one_language(moving, site, keys, tag),
        ("markup", _) => markup(moving, site, keys),
        ("module", _) => module(&mut keys, &mut moving.notes),
        ("pagination", _) => pagination(moving, site, keys),
        ("outputFormats", _) => output_formats(site, keys),
        ("frontmatter", _) => {
            let dates = keys.take_texts("date").unwrap_or_default();
            site.day_in_name = dates.iter().any(|one| one == ":filename");
        }
        _ => {}
    }
}

fn main(moving: &mut Move<'_>, site: &mut Site, mut keys: Keys<'_>) {
    let (path, text) = (keys.path, keys.text);
    let settings = &mut moving.settings;
    let mut set = |place: &mut String, name: &str| {
        if let Some(text) = keys.take_text(name) {
            *place = text;
        }
    };
    set(&mut settings.title, "title");
    set(&mut settings.base_url, "baseURL");
    set(&mut settings.language, "languageCode");
    set(&mut settings.language, "locale");
    let own = keys.take_text("defaultContentLanguage");
    site.language = own.unwrap_or_else(|| {
        let code = settings.language.split(['-', '_']).next();
        code.filter(|code| !code.is_empty())
            .unwrap_or("en")
            .to_lowercase()
    });
    site.own_in_folder = keys
        .take_flag("defaultContentLanguageInSubdir")
        .unwrap_or(false);
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
    let folder = |folder: String| format!("{}/", folder.trim_matches('/'));
    if let Some(content) = keys.take_text("contentDir") {
        site.content = folder(content);
    }
    if let Some(data) = keys.take_text("dataDir") {
        site.data = folder(data);
    }
    if let Some(statics) = keys.take_texts("staticDir") {
        site.statics = statics.into_iter().map(folder).collect();
    }
    site.per_page = keys.take_count("paginate");
    if let Some(named) = keys.take("paginatePath") {
        moving.name_further_pages(path, text, &named);
    }
    if let Some(table) = keys.take_table("pagination") {
        pagination(moving, site, table);
    }
    match keys.take("uglyURLs").map(|value| value.kind) {
        Some(Kind::Flag(are_files)) => site.addresses.are_files = are_files,
        Some(Kind::Table(sections)) => {
            let sections = sections.entries.into_iter();
            let sections = sections.filter(|entry| entry.value.kind == Kind::Flag(true));
            site.addresses.files_in = sections.map(|entry| entry.key).collect();
        }
        _ => {}
    }
    site.addresses.keep_case = keys.take_flag("disablePathToLower").unwrap_or(false);
    if let Some(patterns) = keys.take_table("permalinks") {
        site.addresses.patterns(patterns, &mut moving.notes);
    }
    if let Some(names) = keys.take_table("taxonomies") {
        taxonomies(site, names);
    }
    for kind in keys.take_texts("disableKinds").unwrap_or_default() {
        match kind.as_str() {
            "taxonomy" | "taxonomyTerm" | "term" => site.taxonomies.clear(),
            "RSS" | "rss" => moving.settings.feed = Some(false),
            _ => {}
        }
    }
    if let Some(formats) = keys.take_table("outputFormats") {
        output_formats(site, formats);
    }
    site.switched_off
        .extend(keys.take_texts("disableLanguages").unwrap_or_default());
    if let Some(mut order) = keys.take_table("frontmatter") {
        let dates = order.take_texts("date").unwrap_or_default();
        site.day_in_name = dates.iter().any(|one| one == ":filename");
    }
    if let Some(list) = keys.take_table("languages") {
        languages(moving, site, list);
    }
    if let Some(table) = keys.take_table("params") {
        params(moving, table);
    }
    for name in ["menu", "menus"] {
        if let Some(table) = keys.take_table(name) {
            menus::carry(moving, site, table, None);
        }
    }
    if let Some(table) = keys.take_table("markup") {
        markup(moving, site, table);
    }
    if keys.take_flag("enableEmoji") == Some(true) {
        moving.settings.emoji = true;
    }
    site.section_menu = keys.take_text("sectionPagesMenu");
    moving.read_zone(&mut keys, "timeZone");
    site.ignored = ignored(moving, &mut keys);
    for name in WITHOUT_EFFECT {
        keys.take(name);
    }
    left_out(keys, &mut moving.notes);
}

/// Names what is left of the settings, but for what is as it would be here.
fn left_out(mut keys: Keys<'_>, notes: &mut Vec<Diagnostic>) {
    for (name, why) in MISSED_IF_ON {
        let is_on = |value: &Value| value.kind == Kind::Flag(true);
        match keys.peek(name).is_some_and(is_on) {
            true => Settings::leave_out(&mut keys, name, why, notes),
            false => drop(keys.take(name)),
        }
    }
    if keys.peek("outputs").is_some_and(makes_nothing_else) {
        keys.take("outputs");
    }
    for (name, why) in MISSED {
        Settings::leave_out(&mut keys, name, why, notes);
    }
    if let Some(mut own) = keys.take_table("module") {
        module(&mut own, notes);
    }
    Settings::report(keys, "nothing here is set by it", notes);
}

/// Whether a value is a text, or holds it somewhere.
fn has_text(value: &Value, wanted: &str) -> bool {
    match &value.kind {
        Kind::Text(text) => text == wanted,
        Kind::List(items) => items.iter().any(|item| has_text(item, wanted)),
        Kind::Table(table) => {
            let mut entries = table.entries.iter();
            entries.any(|entry| has_text(&entry.value, wanted))
        }
        _ => false,
    }
}

/// What modules bring in. Where a site's own files are mounted was seen before.
fn module(keys: &mut Keys<'_>, notes: &mut Vec<Diagnostic>) {
    let why = "modules of Hugo are not read here: what pages need of them has to be copied";
    Settings::leave_out(keys, "imports", why, notes);
    let Some(Kind::List(mounts)) = keys.take("mounts").map(|value| value.kind) else {
        return;
    };
    for mount in &mounts {
        let Kind::Table(table) = &mount.kind else {
            continue;
        };
        let source = Keys::of(keys.path, keys.text, table).take_text("source");
        if let Some(source) = source.filter(|source| source.starts_with("..")) {
            notes.push(
                Diagnostic::warning(format!("`{source}` was left out"))
                    .at(keys.path, mount.span.clone())
                    .label(
                        "it is mounted from outside of the site: copy it to where it is mounted",
                    ),
            );
        }
    }
}

/// Whether `outputs`, of a site or a page, names no other forms of pages than those that there are here.
pub fn makes_nothing_else(outputs: &Value) -> bool {
    match &outputs.kind {
        Kind::Table(kinds) => kinds
            .entries
            .iter()
            .all(|kind| makes_nothing_else(&kind.value)),
        Kind::List(forms) => forms.iter().all(makes_nothing_else),
        Kind::Text(form) => ["html", "rss"].contains(&form.to_lowercase().as_str()),
        _ => true,
    }
}

/// Patterns of files that Hugo does not look at.
fn ignored(moving: &mut Move<'_>, keys: &mut Keys<'_>) -> Vec<Regex> {
    let Some(place) = keys.peek("ignoreFiles").map(|value| value.span.clone()) else {
        return Vec::new();
    };
    let mut patterns = Vec::new();
    for written in keys.take_texts("ignoreFiles").unwrap_or_default() {
        match Regex::new(&written) {
            Ok(pattern) => patterns.push(pattern),
            Err(_) => moving.note(
                Diagnostic::warning(format!(
                    "the pattern `{written}` of `ignoreFiles` was left out"
                ))
                .at(keys.path, place.clone())
                .label("it cannot be read: delete the files that nobody should get"),
            ),
        }
    }
    patterns
}

fn pagination(moving: &mut Move<'_>, site: &mut Site, mut keys: Keys<'_>) {
    site.per_page = keys.take_count("pagerSize");
    if let Some(named) = keys.take("path") {
        moving.name_further_pages(keys.path, keys.text, &named);
    }
}

/// What feeds are called.
fn output_formats(site: &mut Site, mut formats: Keys<'_>) {
    let name = formats
        .take_table("RSS")
        .and_then(|mut rss| rss.take_text("baseName"));
    if let Some(name) = name {
        site.feed = name;
    }
}

fn markup(moving: &mut Move<'_>, site: &mut Site, mut markup: Keys<'_>) {
    if let Some(mut highlight) = markup.take_table("highlight") {
        moving.settings.numbered_lines = highlight.take_flag("lineNos") == Some(true);
    }
    let Some(mut goldmark) = markup.take_table("goldmark") else {
        return;
    };
    if let Some(mut renderer) = goldmark.take_table("renderer") {
        moving.settings.hard_lines = renderer.take_flag("hardWraps") == Some(true);
    }
    let mut extensions = goldmark.take_table("extensions");
    let mut extension = |name: &str| extensions.as_mut().and_then(|all| all.take(name));
    site.formulas_in_brackets = extension("passthrough").is_some_and(|value| {
        let Kind::Table(passthrough) = &value.kind else {
            return false;
        };
        let is_on = passthrough.get("enable");
        let delimiters = passthrough.get("delimiters").map(|entry| &entry.value);
        is_on.is_some_and(|on| on.value.kind == Kind::Flag(true))
            && delimiters.is_some_and(|value| has_text(value, r"\("))
    });
    let typographer = extension("typographer");
    let is_off = |value: Value| match value.kind {
        Kind::Flag(on) => !on,
        Kind::Table(table) => table
            .get("disable")
            .is_some_and(|entry| entry.value.kind == Kind::Flag(true)),
        _ => false,
    };
    if typographer.is_some_and(is_off) {
        moving.settings.smart_punctuation = false;
    }
}

/// `[languages]`, in the order of their weights.
fn languages(moving: &mut Move<'_>, site: &mut Site, list: Keys<'_>) {
    let (path, text) = (list.path, list.text);
    let mut languages = Vec::new();
    for entry in list.rest() {
        let Kind::Table(table) = entry.value.kind else {
            continue;
        };
        let weight = match table.get("weight").map(|entry| &entry.value.kind) {
            Some(Kind::Integer(weight)) => *weight,
            _ => i64::MAX,
        };
        languages.push((weight, entry.key, table));
    }
    languages.sort_by_key(|(weight, ..)| *weight);
    for (_, tag, table) in languages {
        one_language(moving, site, Keys::of(path, text, &table), &tag);
    }
}

fn one_language(moving: &mut Move<'_>, site: &mut Site, mut keys: Keys<'_>, tag: &str) {
    if keys.take_flag("disabled") == Some(true) {
        site.switched_off.push(tag.to_owned());
    }
    if site.switched_off.iter().any(|off| off == tag) {
        moving.note(
            Diagnostic::warning(format!("the language `{tag}` was left out"))
                .in_file(keys.path)
                .label("it was switched off, and its pages were not published"),
        );
        return;
    }
    let is_own = tag == site.language;
    let folder = |folder: String| format!("{}/", folder.trim_matches('/'));
    let content = keys.take_text("contentDir").map(folder);
    if let Some(statics) = keys.take_texts("staticDir") {
        site.statics.extend(statics.into_iter().map(folder));
    }
    match (content, is_own) {
        (Some(content), true) => site.content = content,
        (Some(content), false) => site.translated.push((content, tag.to_owned())),
        (None, _) => {}
    }
    let mut words = toml::Table::new();
    let mut params = keys.take_table("params");
    let described = params
        .as_mut()
        .and_then(|params| params.take_text("description"));
    for (key, value) in [
        (
            "name",
            keys.take_any(&["languageName", "label"])
                .and_then(|name| text_of(&name, keys.text)),
        ),
        ("title", keys.take_text("title")),
        ("description", keys.take_text("description").or(described)),
    ] {
        let value = value
            .map(|text| plain(&text))
            .filter(|text| !text.is_empty());
        words.extend(value.map(|text| (key.to_owned(), text.into())));
    }
    if is_own {
        let settings = &mut moving.settings;
        for (key, place) in [
            ("title", &mut settings.title),
            ("description", &mut settings.description),
        ] {
            if let Some(text) = words.get(key).and_then(|text| text.as_str()) {
                *place = text.to_owned();
            }
        }
        if settings.language.is_empty() {
            settings.language = keys
                .take_any(&["languageCode", "locale"])
                .and_then(|code| text_of(&code, keys.text))
                .unwrap_or_default();
        }
    } else {
        moving.settings.language(tag).keys.extend(words);
    }
    for name in ["menu", "menus"] {
        if let Some(table) = keys.take_table(name) {
            menus::carry(moving, site, table, Some(tag));
        }
    }
    if let Some(names) = keys.take_table("taxonomies") {
        // A site has the same ones in every language here.
        let known = std::mem::take(&mut site.taxonomies);
        taxonomies(site, names);
        for name in known.into_iter().rev() {
            if !site.taxonomies.contains(&name) {
                site.taxonomies.insert(0, name);
            }
        }
    }
    for name in OF_A_LANGUAGE_WITHOUT_EFFECT {
        keys.take(name);
    }
    let why = "a language has no settings for templates here";
    Settings::report(keys, why, &mut moving.notes);
    match params {
        Some(own) if is_own => self::params(moving, own),
        Some(other) => Settings::report(other, why, &mut moving.notes),
        None => {}
    }
}

/// A description without the tags that some sites write into it.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.trim();
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>') else {
            break;
        };
        plain.push_str(&rest[..start]);
        rest = &rest[start + end + 1..];
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn params(moving: &mut Move<'_>, mut params: Keys<'_>) {
    let settings = &mut moving.settings;
    if let Some(description) = params.take_text("description") {
        settings.description = plain(&description);
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
