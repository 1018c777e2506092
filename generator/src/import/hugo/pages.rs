//! A page of Hugo: its front matter, its address, and its text.

use super::address::Place;
use super::settings::{OUTPUTS, makes_nothing_else};
use super::{Site, cascade, fences, menus, shortcodes};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::fields::{Kind, Value};
use crate::import::body::Body;
use crate::import::front::{Front, Keys, date_of, text_of, toml_date, toml_table};
use crate::import::settings::below;
use crate::import::{CONTENTS_OF_A_PAGE, Move, MovedPage};

/// Front matter that Hugo's own templates read, and ours do not need.
const KEYS_WITHOUT_EFFECT: [&str; 2] = ["iscjklanguage", "lang"];

const TEMPLATES: &str = "templates of Hugo are not read here";

const IN_LISTS: &str = "a page that has an address is in the lists, too";

const LEFT_OUT: [(&str, &str); 11] = [
    ("outputs", OUTPUTS),
    ("toc", CONTENTS_OF_A_PAGE),
    ("type", TEMPLATES),
    ("layout", TEMPLATES),
    (
        "resources",
        "files beside a page have no titles of their own: say it where they are shown",
    ),
    (
        "headless",
        "the page is a draft, so that it is not published; one that others include has a name that starts with `_`",
    ),
    ("_build", IN_LISTS),
    ("build", IN_LISTS),
    ("markup", "pages are Markdown"),
    (
        "translationKey",
        "translations have the same file name: `post.md` and `post.fr.md`",
    ),
    ("url", "a section is where its folder is"),
];

/// Where a page goes.
struct Goes<'a> {
    address: &'a str,
    is_section: bool,
    /// As menus name the page.
    title: Option<&'a str>,
    /// As a menu names it.
    target: String,
    language: Option<&'a str>,
}

/// Carries the page at `path`, which is `below` in the folder of its language.
pub fn carry<'a>(
    moving: &mut Move<'a>,
    site: &Site,
    path: &'a str,
    below: &str,
    language: Option<&str>,
) {
    let (stem, ending) = below.rsplit_once('.').unwrap_or((below, ""));
    let in_language = |off: &String| stem.ends_with(&format!(".{off}"));
    if site.switched_off.iter().any(in_language) {
        let why = "its language was switched off, so that it was not published";
        return moving.leave_out_file(path, "this page was left out", why);
    }
    let Some(text) = moving.text(path) else {
        return;
    };
    let (
        Front {
            mut keys,
            is_broken,
        },
        at,
    ) = moving.front(path, text);
    // `post.en.md` is `post.md` where the site's language is English.
    let own = stem.strip_suffix(&format!(".{}", site.language));
    let stem = own.filter(|_| !site.language.is_empty()).unwrap_or(stem);
    let languages = moving.settings.tags();
    let by_name = stem
        .rsplit_once('.')
        .filter(|(_, ending)| languages.iter().any(|language| language == ending));
    let (stem, language) = match by_name {
        Some((stem, language)) => (stem, Some(language)),
        None => (stem, language),
    };
    let destination = match language {
        Some(language) => format!("content/{stem}.{language}.md"),
        None => format!("content/{stem}.md"),
    };
    let is_section = stem == "_index" || stem.ends_with("/_index");
    let title = keys.take_text("title");
    let short = keys.take("linkTitle");
    let short_title = short.as_ref().and_then(|value| text_of(value, text));
    if let (Some(short), true) = (&short, title.is_some() && title != short_title) {
        moving.note(
            Diagnostic::warning("`linkTitle` was left out")
                .at(path, short.span.clone())
                .label("lists show the title; a menu has the short one"),
        );
    }
    let title = title.or_else(|| short_title.clone());
    let date = keys.take("date");
    let (day, name) = day_in_name(stem);
    let named = day.filter(|_| site.day_in_name);
    let own_slug = keys.take_text("slug");
    let place = Place {
        stem,
        is_section,
        title: title.as_deref(),
        slug: own_slug.or_else(|| named.map(|_| name.to_owned())),
        url: keys.take_text("url"),
        date: date
            .as_ref()
            .and_then(|value| date_of(value, text))
            .or(named),
    };
    // With a slash before it, `url` counts from the root of the site whatever the language.
    let is_whole = place.url.as_deref().is_some_and(|url| url.starts_with('/'));
    let address = match site.addresses.of(&place) {
        address if is_whole => address,
        address => site.in_language(&address, language),
    };
    let mut head = toml::Table::new();
    if let Some(title) = &title {
        head.insert("title".to_owned(), title.clone().into());
    }
    if is_broken {
        head.insert("draft".to_owned(), true.into());
    }
    match (&date, named) {
        (Some(date), _) => moving.dated(&mut head, path, "date", date, text),
        (None, Some(day)) => {
            head.insert("date".to_owned(), toml_date(&day.to_string()));
        }
        (None, None) => {}
    }
    let goes = Goes {
        address: &address,
        is_section,
        title: short_title.as_deref().or(title.as_deref()),
        target: destination.replacen("content/", "@/", 1),
        language,
    };
    let front = front_matter(moving, site, keys, head, &goes);
    let content = site.folder_of(path);
    let is_html = matches!(ending, "html" | "htm");
    let take = if is_html { Body::of_html } else { Body::new };
    let mut body = shortcodes::carry(moving, &content, path, text, at, &front, take);
    body.formulas_in_brackets = site.formulas_in_brackets;
    let body = match is_html {
        true => body.finish_html(),
        false => {
            fences::carry(&mut body);
            body.finish()
        }
    };
    moving.pages.push(MovedPage {
        source: path.to_owned(),
        path: destination,
        address: Some(address),
        front,
        body,
    });
}

/// The day that a page's name begins with, or that of its folder, and the rest of the name.
fn day_in_name(stem: &str) -> (Option<Date>, &str) {
    let name = stem.strip_suffix("/index").unwrap_or(stem);
    let name = name.rsplit('/').next().unwrap_or(name);
    let day = name.get(..10).and_then(Date::parse);
    match (
        day,
        name.get(10..)
            .and_then(|rest| rest.strip_prefix(['-', '_'])),
    ) {
        (Some(day), Some(rest)) => (Some(day), rest),
        _ => (None, name),
    }
}

impl Site {
    /// The folder of pages that a page is in, with its last slash.
    fn folder_of(&self, path: &str) -> String {
        let others = self.translated.iter().map(|(folder, _)| folder);
        let folders = others.chain([&self.content]);
        let around = folders.filter(|folder| path.starts_with(folder.as_str()));
        around
            .max_by_key(|folder| folder.len())
            .unwrap_or(&self.content)
            .clone()
    }
}

fn front_matter(
    moving: &mut Move<'_>,
    site: &Site,
    mut keys: Keys<'_>,
    head: toml::Table,
    goes: &Goes<'_>,
) -> toml::Table {
    let (path, text) = (keys.path, keys.text);
    let (address, is_section) = (goes.address, goes.is_section);
    let mut front = head;
    let mut params = keys.take_table("params");
    if let Some(params) = params.as_mut().filter(|_| !is_section) {
        // To templates they are the same as beside `params`.
        for key in ["author", "authors", "images"] {
            if keys.peek(key).is_none()
                && let Some(value) = params.take(key)
            {
                keys.put_back(key, value);
            }
        }
    }
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
            moving.dated(&mut front, path, ours, &value, text);
        }
    }
    if let Some(draft) = keys
        .take_flag("draft")
        .filter(|draft| *draft || (site.holds_back && !front.contains_key("draft")))
    {
        front.insert("draft".to_owned(), draft.into());
    }
    // Hugo publishes no such page.
    let build = keys.peek("build").or_else(|| keys.peek("_build"));
    if !is_section && build.is_some_and(is_unpublished) {
        front.insert("draft".to_owned(), true.into());
        keys.take_any(&["build", "_build"]);
    }
    if keys.peek("headless").map(|value| &value.kind) == Some(&Kind::Flag(true)) {
        front.insert("draft".to_owned(), true.into());
    }
    if keys.peek("headless").map(|value| &value.kind) == Some(&Kind::Flag(false)) {
        keys.take("headless");
    }
    if keys.take_noindex() {
        front.insert("noindex".to_owned(), true.into());
    }
    if let Some(aliases) = keys.take_texts("aliases") {
        let folder = address
            .trim_end_matches('/')
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let aliases: Vec<String> = aliases
            .into_iter()
            .map(|alias| match alias.starts_with('/') {
                true if site.is_in_language(&alias, goes.language) => alias,
                true => site.in_language(&alias, goes.language),
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
        let title = goes.title.map(str::to_owned);
        menus::of_page(
            moving,
            site,
            &menu,
            title,
            &goes.target,
            path,
            goes.language,
        );
    }
    let hands_down = keys.take("cascade");
    if let Some(cascade) = hands_down.as_ref().filter(|_| !is_section) {
        moving.note(
            Diagnostic::warning("`cascade` was left out")
                .at(path, cascade.span.clone())
                .label("a page has none below it: only sections hand something down"),
        );
    }
    if let Some(cascade) = hands_down.filter(|_| is_section)
        && let Some(defaults) = cascade::carry(moving, site, &cascade, path, text)
    {
        // What holds for those below holds for the section itself.
        if defaults.get("draft") == Some(&toml::Value::Boolean(true)) {
            front.entry("draft").or_insert(true.into());
        }
        front.insert("cascade".to_owned(), defaults.into());
    }
    for key in KEYS_WITHOUT_EFFECT {
        keys.take(key);
    }
    if keys.peek("outputs").is_some_and(makes_nothing_else) {
        keys.take("outputs");
    }
    for (key, why) in LEFT_OUT {
        if let Some(value) = keys.take(key) {
            moving.note(
                Diagnostic::warning(format!("`{key}` was left out"))
                    .at(path, value.span)
                    .label(why),
            );
        }
    }
    if let Some(params) = params {
        extra.extend(toml_table(&params.rest(), text));
    }
    extra.extend(toml_table(&keys.rest(), text));
    if !extra.is_empty() {
        front.insert("extra".to_owned(), extra.into());
    }
    front
}

/// Whether `build` keeps a page, or those below a section, from having an address.
pub fn is_unpublished(build: &Value) -> bool {
    let Kind::Table(build) = &build.kind else {
        return false;
    };
    build
        .get("render")
        .is_some_and(|render| match &render.value.kind {
            Kind::Flag(render) => !render,
            Kind::Text(render) => matches!(render.as_str(), "never" | "link"),
            _ => false,
        })
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
        let folder = moving.settings.old_folder();
        // A picture that is not there would be an error; themes of Hugo let it pass.
        let there = |image: &String| {
            let image = image.trim_start_matches('/');
            moving.source.get(&format!("static/{image}")).is_some()
        };
        let images: Vec<String> = images
            .into_iter()
            .map(|image| match below(&folder, &image).to_owned() {
                below if !there(&image) && there(&below) => below,
                _ => image,
            })
            .collect();
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

/// `my-posts` as a title.
pub fn title_of(folder: &str) -> String {
    let words = folder.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}
