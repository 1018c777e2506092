//! Sites made with Zola: nearly the same folders, front matter and shortcodes as here.

use super::body::Body;
use super::brackets;
use super::front::{Keys, split, toml_date, toml_table, written};
use super::settings::Settings;
use super::shortcode::{Call, Written, comma_args, common};
use super::template::{self, Dialect};
use super::{Move, MovedPage};
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::Kind;
use crate::page::Name;
use crate::site::slug;

const CONFIGS: [&str; 2] = ["zola.toml", "config.toml"];

/// What is in a front matter's table and needs nothing done: the theme does it, or nobody does.
const WITHOUT_EFFECT: [&str; 6] = [
    "in_search_index",
    "insert_anchor_links",
    "generate_feed",
    "page_template",
    "render",
    "weight",
];

pub fn carry(moving: &mut Move<'_>) -> Result<(), Diagnostic> {
    let source = moving.source;
    let Some(config) = CONFIGS.into_iter().find(|path| source.get(path).is_some()) else {
        return Err(Diagnostic::error("this is no site of Zola")
            .help("a `config.toml` or `zola.toml` is missing"));
    };
    let slugs = settings(moving, config);
    for (path, _) in source.below("content/") {
        match path.strip_suffix(".md") {
            Some(_) => page(moving, path, slugs),
            None => moving.copy_beside(path, path),
        }
    }
    moving.copy_folder("static/", "static/");
    moving.leave_out(
        "templates/",
        "the look of pages is a theme's: templates of Zola are not read here",
    );
    moving.leave_out("sass/", "styles belong to a theme, as plain CSS");
    moving.leave_out("themes/", "themes of Zola are not read here");
    Ok(())
}

/// How parts of addresses are made of names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slugs {
    On,
    /// Names stay as they are.
    Off,
}

fn settings(moving: &mut Move<'_>, path: &'static str) -> Slugs {
    let Some(text) = moving.text(path) else {
        return Slugs::On;
    };
    let mut keys = Keys::read(
        path,
        text,
        super::front::Format::Toml,
        0..text.len(),
        &mut moving.notes,
    );
    let settings = &mut moving.settings;
    settings.title = keys.take_text("title").unwrap_or_default();
    settings.description = keys.take_text("description").unwrap_or_default();
    settings.base_url = keys.take_text("base_url").unwrap_or_default();
    settings.language = keys.take_text("default_language").unwrap_or_default();
    settings.author = keys.take_text("author").unwrap_or_default();
    let feeds = keys
        .take("generate_feeds")
        .or_else(|| keys.take("generate_feed"));
    settings.feed = Some(feeds.is_some_and(|feeds| feeds.kind == Kind::Flag(true)));
    settings.feed_limit = keys.take_count("feed_limit");
    if let Some(languages) = keys.take_table("languages") {
        let own = settings.language.clone();
        settings.add_languages(languages, &own);
    }
    settings.taxonomies.extend(taxonomies(&mut keys));
    if let Some(mut markdown) = keys.take_table("markdown") {
        settings.smart_punctuation = markdown.take_flag("smart_punctuation").unwrap_or(false);
        for same in [
            "highlight_code",
            "highlight_theme",
            "render_emoji",
            "highlighting",
            "bottom_footnotes",
        ] {
            markdown.take(same);
        }
        Settings::report(
            markdown,
            "Markdown has no such option here",
            &mut moving.notes,
        );
    }
    let slugs = keys
        .take_table("slugify")
        .and_then(|mut slugify| slugify.take_text("paths"))
        .map_or(Slugs::On, |paths| {
            if paths == "on" { Slugs::On } else { Slugs::Off }
        });
    moving.settings.keep(keys.take_table("extra"));
    for same in [
        "compile_sass",
        "minify_html",
        "build_search_index",
        "search",
        "theme",
        "output_dir",
        "link_checker",
        "hard_link_static",
    ] {
        keys.take(same);
    }
    let names = keys.take_any(&["feed_filenames", "feed_filename"]);
    if let Some(names) = names.filter(|names| !written(names, text).contains("atom.xml")) {
        moving.note(
            Diagnostic::warning("the feed moves to `/atom.xml`")
                .at(path, names.span)
                .label("have your host redirect these addresses"),
        );
    }
    Settings::report(keys, "nothing here is set by it", &mut moving.notes);
    slugs
}

fn taxonomies(keys: &mut Keys<'_>) -> Vec<(String, bool)> {
    let Some(Kind::List(items)) = keys.take("taxonomies").map(|value| value.kind) else {
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| {
            let Kind::Table(table) = &item.kind else {
                return None;
            };
            let mut taxonomy = Keys::of(keys.path, keys.text, table);
            let name = taxonomy.take_text("name")?;
            Some((name, taxonomy.take_flag("feed").unwrap_or(false)))
        })
        .collect()
}

fn page<'a>(moving: &mut Move<'a>, path: &'a str, slugs: Slugs) {
    let Some(text) = moving.text(path) else {
        return;
    };
    let (front, at) = split(text);
    let languages = moving.settings.tags();
    let name = Name::of(path, &languages);
    let mut keys = match front {
        Some((format, span)) => Keys::read(path, text, format, span, &mut moving.notes),
        None => Keys::empty(path, text),
    };
    let address = match (keys.take_text("path"), keys.take_text("slug")) {
        (Some(path), _) => path,
        (None, Some(written)) => {
            let parent = Name {
                is_section: true,
                ..name.clone()
            };
            format!("{}{}/", by_name(&parent, slugs), slug(&written))
        }
        (None, None) => by_name(&name, slugs),
    };
    let front = front_matter(moving, keys, name.is_section);
    let body = body(moving, path, text, at);
    moving.pages.push(MovedPage {
        source: path.to_owned(),
        path: path.to_owned(),
        address: Some(address),
        front,
        body,
    });
}

/// Where Zola puts a page that names no address itself.
fn by_name(name: &Name, slugs: Slugs) -> String {
    let part = |part: &str| match slugs {
        Slugs::On => slug(part),
        Slugs::Off => part.to_owned(),
    };
    let folders = name.folder.split('/').filter(|folder| !folder.is_empty());
    let home = match &name.language {
        Some(language) => format!("/{language}/"),
        None => "/".to_owned(),
    };
    let address = folders.fold(home, |address, folder| {
        format!("{address}{}/", part(folder))
    });
    match name.is_section {
        true => address,
        false => format!("{address}{}/", part(&name.stem)),
    }
}

fn front_matter(moving: &mut Move<'_>, mut keys: Keys<'_>, is_section: bool) -> toml::Table {
    let (path, text) = (keys.path, keys.text);
    let mut front = toml::Table::new();
    for key in ["title", "description"] {
        if let Some(value) = keys.take_text(key) {
            front.insert(key.to_owned(), value.into());
        }
    }
    for key in ["date", "updated"] {
        if let Some(value) = keys.take(key) {
            front.insert(key.to_owned(), toml_date(written(&value, text)));
        }
    }
    if keys.take_flag("draft") == Some(true) {
        front.insert("draft".to_owned(), true.into());
    }
    if let Some(aliases) = keys.take_texts("aliases") {
        front.insert("aliases".to_owned(), aliases.into());
    }
    let order = keys.take_text("sort_by");
    match order.as_deref() {
        None | Some("none") => {}
        Some(order @ ("date" | "weight" | "title")) => {
            front.insert("sort_by".to_owned(), order.into());
        }
        Some("title_bytes") => {
            front.insert("sort_by".to_owned(), "title".into());
        }
        Some(order) => moving.note(
            Diagnostic::warning(format!("pages cannot be sorted by `{order}`"))
                .in_file(path)
                .label("they are sorted by date"),
        ),
    }
    if let Some(count) = keys.take_count("paginate_by") {
        front.insert("paginate_by".to_owned(), count.into());
    }
    if !is_section {
        if let Some(Kind::Integer(weight)) = keys.take("weight").map(|value| value.kind) {
            front.insert("weight".to_owned(), weight.into());
        }
        if keys.take_flag("in_search_index") == Some(false) {
            front.insert("in_search_index".to_owned(), false.into());
        }
        if let Some(authors) = keys.take_texts("authors") {
            front.insert("authors".to_owned(), authors.into());
        }
        if let Some(taxonomies) = keys.take_table("taxonomies") {
            let terms = taxonomies.rest();
            for taxonomy in &terms {
                if !moving.settings.has_taxonomy(&taxonomy.key) {
                    moving
                        .settings
                        .taxonomies
                        .push((taxonomy.key.clone(), false));
                }
            }
            front.insert("taxonomies".to_owned(), toml_table(&terms, text).into());
        }
    }
    if let Some(extra) = keys.take_table("extra") {
        let extra = toml_table(&extra.rest(), text);
        if !extra.is_empty() {
            front.insert("extra".to_owned(), extra.into());
        }
    }
    for key in WITHOUT_EFFECT {
        let value = keys.take(key);
        if key == "render"
            && value
                .as_ref()
                .is_some_and(|value| value.kind == Kind::Flag(false))
        {
            moving.note(
                Diagnostic::warning("a page that was not published is one now")
                    .in_file(path)
                    .label("it had `render = false`; delete it, or mark it as a draft"),
            );
        }
    }
    for entry in keys.rest() {
        let what = match entry.key.as_str() {
            "template" => "templates of Zola are not read here",
            "redirect_to" => "have your host redirect it",
            "transparent" => "a section lists its own pages alone",
            _ => "nothing here is set by it",
        };
        moving.note(
            Diagnostic::warning(format!("`{}` was left out", entry.key))
                .at(path, entry.key_span)
                .label(what),
        );
    }
    front
}

/// One `{{ … }}` or `{% … %}`.
struct Mark<'t> {
    span: Span,
    is_block: bool,
    inside: &'t str,
}

const KINDS: [brackets::Kind; 2] = [("{{", "}}"), ("{%", "%}")];

fn marks(text: &str, at: Span) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut from = at.start;
    while let Some(found) = brackets::first(text, from..at.end, &KINDS) {
        from = found.span.end;
        marks.push(Mark {
            span: found.span,
            is_block: found.kind == KINDS[1],
            inside: found.inside,
        });
    }
    marks
}

fn body(moving: &mut Move<'_>, path: &str, text: &str, at: Span) -> String {
    let source = moving.source;
    let mut body = Body::new(path, text, at.clone(), &mut moving.notes);
    // What closes each shortcode that is open.
    let mut open: Vec<String> = Vec::new();
    for mark in marks(text, at) {
        let Mark {
            span,
            is_block,
            inside,
        } = mark;
        if let Some(shown) = inside
            .strip_prefix("/*")
            .and_then(|rest| rest.strip_suffix("*/"))
        {
            let (before, after) = if is_block { ("{%", "%}") } else { ("{{", "}}") };
            let escape = if body.is_literal(span.start) {
                ""
            } else {
                "\\"
            };
            body.replace(span, format!("{escape}{before}{shown}{after}"));
            continue;
        }
        if is_block && inside == "end" {
            if let Some(close) = open.pop() {
                body.replace(span, close);
            }
            continue;
        }
        let Some((name, args)) = inside
            .strip_suffix(')')
            .and_then(|call| call.split_once('('))
        else {
            continue;
        };
        let is_name = |one: char| one.is_ascii_alphanumeric() || one == '_';
        if name.is_empty() || !name.trim().chars().all(is_name) || body.is_literal(span.start) {
            continue;
        }
        let call = Call {
            name: name.trim().to_owned(),
            args: comma_args(args),
        };
        let known = common(&call)
            .filter(|known| is_block == matches!(known, Written::Around(..)))
            .or_else(|| {
                let found = template::find(source, "templates/shortcodes/", &call.name)?;
                let drawn = template::draw(found, &call, Dialect::Tera)?;
                (is_block == matches!(drawn, Written::Around(..))).then_some(drawn)
            });
        match known {
            Some(Written::Whole(whole)) => body.replace(span, whole),
            Some(Written::Around(before, after)) => {
                body.replace(span, before);
                open.push(after);
            }
            None => {
                let label = match is_block {
                    true => "what is inside of it stays",
                    false => {
                        "write what it showed, or make `templates/shortcodes/NAME.html` in a theme of your own"
                    }
                };
                body.note(
                    span.clone(),
                    format!("the shortcode `{}` was left out", call.name),
                    label,
                );
                body.replace(span, "");
                if is_block {
                    open.push(String::new());
                }
            }
        }
    }
    body.finish()
}
