//! Sites made with Hugo: settings in one file or several, page bundles, a folder for each language,
//! addresses by pattern, and shortcodes in two kinds of brackets.

mod address;
mod cascade;
mod fences;
mod menus;
mod mounts;
mod pages;
mod settings;
mod shortcodes;

use std::collections::BTreeSet;

use onig::Regex;

use super::settings::Taxonomy;
use super::{Move, MovedPage, is_hidden};
use crate::diagnostic::Diagnostic;
use crate::source::SourceTree;
use address::{Addresses, Place};
pub use mounts::laid_out;

/// What the settings say that pages are carried with.
struct Site {
    /// The file of the main settings.
    config: String,
    /// The folder of pages in the site's own language, with its last slash.
    content: String,
    /// Folders of pages in other languages, with their tags.
    translated: Vec<(String, String)>,
    /// Folders of files that are published as they are.
    statics: Vec<String>,
    data: String,
    addresses: Addresses,
    taxonomies: Vec<String>,
    /// The site's own, which names of files may end in.
    language: String,
    /// Whether pages in the site's own language are below its tag as well.
    own_in_folder: bool,
    /// Pages on one page of a list.
    per_page: Option<i64>,
    /// The name of feeds.
    feed: String,
    /// What the paths of files have in them that are not the site's.
    ignored: Vec<Regex>,
    /// Languages that are not published.
    switched_off: Vec<String>,
    /// Whether a page without a date has the day that its file's name begins with.
    day_in_name: bool,
    /// The name of the menu that stands on every page.
    menu: String,
    /// That of the menu which has all sections in it.
    section_menu: Option<String>,
    /// Whether formulas stand in `\\(` and `\\[`.
    formulas_in_brackets: bool,
    /// Whether some section makes drafts of the pages below it, so that `draft: false` says something.
    holds_back: bool,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            config: String::new(),
            content: "content/".to_owned(),
            translated: Vec::new(),
            statics: vec!["static/".to_owned()],
            data: "data/".to_owned(),
            addresses: Addresses::default(),
            taxonomies: vec!["tags".to_owned(), "categories".to_owned()],
            language: String::new(),
            own_in_folder: false,
            per_page: None,
            feed: "index".to_owned(),
            ignored: Vec::new(),
            switched_off: Vec::new(),
            day_in_name: false,
            menu: "main".to_owned(),
            section_menu: None,
            formulas_in_brackets: false,
            holds_back: false,
        }
    }
}

pub fn carry(moving: &mut Move<'_>) -> Result<(), Diagnostic> {
    let source = moving.source;
    let configs = settings::files(source);
    if configs.is_empty() {
        return Err(Diagnostic::error("this is no site of Hugo")
            .help("a `hugo.toml`, `config.toml` or `config/_default/` is missing"));
    }
    moving.settings.smart_punctuation = true;
    moving.settings.feed = Some(true);
    let mut site = settings::read(moving, &configs);
    site.holds_back = source.below("").any(|(path, bytes)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let text = SourceTree::text(path, bytes).unwrap_or_default();
        name.starts_with("_index.") && text.contains("cascade") && text.contains("draft")
    });
    let taxonomies = site.taxonomies.iter().map(|name| Taxonomy {
        name: name.clone(),
        feed: moving.settings.feed == Some(true),
        paginate_by: site.per_page,
    });
    moving.settings.taxonomies = taxonomies.collect();
    if moving.settings.feed == Some(true) {
        let feed = &site.feed;
        let home = site.old_home();
        moving.note(
            Diagnostic::warning(format!("the feeds move to `atom.xml` from `{feed}.xml`"))
                .in_file(&site.config)
                .label(format!(
                    "have your host redirect `{home}{feed}.xml` to `/atom.xml`"
                )),
        );
    }
    let mut folders = vec![(site.content.clone(), None)];
    for (folder, language) in &site.translated {
        folders.push((folder.clone(), Some(language.clone())));
    }
    for (folder, language) in &folders {
        let inner = folders.iter().map(|(other, _)| other.as_str());
        let inner: Vec<&str> = inner
            .filter(|other| *other != folder && other.starts_with(folder.as_str()))
            .collect();
        content(moving, &site, folder, language.as_deref(), &inner);
    }
    menus::find_pages(moving);
    menus::add_sections(moving, &site);
    menus::put_in_order(moving);
    moving.name_moved_terms(&site.config, |term| site.addresses.of_path(term));
    if site.own_in_folder {
        leave_the_folder(moving, &site);
    }
    for folder in &site.statics {
        moving.copy_folder(folder, "static/");
    }
    moving.copy_data(&site.data);
    for (folder, why) in [
        (
            "layouts/",
            "the look of pages is a theme's: templates of Hugo are not read here",
        ),
        (
            "assets/",
            "styles and scripts belong to a theme; put pictures into `static/`",
        ),
        (
            "config/",
            "settings for other environments than `_default` are not read here",
        ),
        (
            "archetypes/",
            "see docs/starting.md for archetypes without template code",
        ),
        ("i18n/", "the words of templates are a theme's"),
        ("themes/", "themes of Hugo are not read here"),
        ("_vendor/", "themes of Hugo are not read here"),
    ] {
        moving.leave_out(folder, why);
    }
    Ok(())
}

/// Carries the pages and files below a folder, but for what is below another one of `inner`.
fn content(
    moving: &mut Move<'_>,
    site: &Site,
    folder: &str,
    language: Option<&str>,
    inner: &[&str],
) {
    let source = moving.source;
    let mut sections: BTreeSet<&str> = BTreeSet::new();
    for (path, _) in source.below(folder) {
        if is_hidden(path) || inner.iter().any(|inner| path.starts_with(inner)) {
            continue;
        }
        // Hugo looks at the whole path, from the root of the disk.
        let absolute = format!("/{path}");
        if site
            .ignored
            .iter()
            .any(|pattern| pattern.find(&absolute).is_some())
        {
            moving.seen.insert(path);
            continue;
        }
        let below = &path[folder.len()..];
        match below.rsplit_once('.') {
            Some((_, "md" | "markdown" | "html" | "htm")) if is_in_bundle(source, path) => {
                // Kept where its page may include it.
                let name = path.rsplit('/').next().unwrap_or(path);
                let to = format!("content/{}_{name}", &below[..below.len() - name.len()]);
                moving.copy(path, &to);
                moving.note(
                    Diagnostic::warning("this text is no page of its own")
                        .in_file(path)
                        .label(format!(
                            "it belongs to the bundle that it is in, and is kept as `{to}`"
                        )),
                );
            }
            Some((_, "md" | "markdown" | "html" | "htm")) => {
                if let Some((section, _)) = below.split_once('/') {
                    sections.insert(section);
                }
                pages::carry(moving, site, path, below, language);
            }
            Some((
                _,
                "org" | "ad" | "adoc" | "asciidoc" | "rst" | "pandoc" | "pdc" | "rmd" | "Rmd",
            )) => moving.leave_out_file(
                path,
                "this page was left out",
                "pages are Markdown here: convert it first",
            ),
            Some((_, "gotmpl")) => moving.leave_out_file(
                path,
                "the pages that this template makes were left out",
                "a page is a file here: write those that readers should find",
            ),
            _ => moving.copy_beside(path, &format!("content/{below}")),
        }
    }
    for section in sections {
        let is_there = |name: &&str| source.get(&format!("{folder}{section}/{name}")).is_some();
        let bundles = [
            "index.md",
            "_index.md",
            "index.html",
            "_index.html",
            "_index.markdown",
        ];
        let own = format!("_index.{}.md", site.language);
        let is_list = site.taxonomies.iter().any(|taxonomy| taxonomy == section);
        if !is_list && !bundles.iter().any(is_there) && !is_there(&own.as_str()) {
            implied_section(moving, site, folder, section, language);
        }
    }
}

/// What every build puts where the site begins, and was below the site's own language.
fn leave_the_folder(moving: &mut Move<'_>, site: &Site) {
    let old = site.old_home();
    let mut pages = moving.pages.iter_mut();
    let home = pages.find(|page| page.path == "content/_index.md");
    let has_home = home.is_some();
    if let Some(home) = home {
        let aliases = home.front.entry("aliases");
        let aliases = aliases.or_insert_with(|| toml::Value::Array(Vec::new()));
        if let toml::Value::Array(aliases) = aliases {
            aliases.push(old.clone().into());
        }
    }
    let mut moved: Vec<(String, String)> = Vec::new();
    if !has_home {
        moved.push(("the home page".to_owned(), String::new()));
    }
    for taxonomy in &site.taxonomies {
        let has_terms = |page: &MovedPage| {
            let taxonomies = page.front.get("taxonomies");
            taxonomies.is_some_and(|taxonomies| taxonomies.get(taxonomy).is_some())
        };
        if moving.pages.iter().any(has_terms) {
            let below = format!("{}/", site.addresses.urlize(taxonomy));
            moved.push((format!("the lists of `{taxonomy}`"), below));
        }
    }
    for (what, below) in moved {
        let verb = if below.is_empty() { "moves" } else { "move" };
        let message = format!("{what} {verb} to `/{below}` from `{old}{below}`");
        let note = Diagnostic::warning(message).in_file(&site.config);
        moving.note(note.label("have your host redirect the old address and all below it"));
    }
}

/// A text beside the `index.md` of a page, which is no page itself.
fn is_in_bundle(source: &SourceTree, path: &str) -> bool {
    let mut folder = path;
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_index = name.starts_with("index.") || name.starts_with("_index.");
    let mut own = true;
    while let Some((around, _)) = folder.rsplit_once('/') {
        folder = around;
        let has_page = ["index.md", "index.html", "index.markdown"]
            .iter()
            .any(|index| source.get(&format!("{folder}/{index}")).is_some());
        if has_page {
            return !(own && is_index);
        }
        own = false;
    }
    false
}

/// A folder right below the content's root is a section without saying so.
fn implied_section(
    moving: &mut Move<'_>,
    site: &Site,
    folder: &str,
    section: &str,
    language: Option<&str>,
) {
    let mut front = toml::Table::new();
    front.insert("title".to_owned(), pages::title_of(section).into());
    if let Some(count) = site.per_page {
        front.insert("paginate_by".to_owned(), count.into());
    }
    let ending = language.map_or(String::new(), |language| format!(".{language}"));
    let title = pages::title_of(section);
    let address = site.addresses.of(&Place {
        stem: &format!("{section}/_index"),
        is_section: true,
        title: Some(&title),
        slug: None,
        url: None,
        date: None,
    });
    moving.pages.push(MovedPage {
        source: format!("{folder}{section}"),
        path: format!("content/{section}/_index{ending}.md"),
        address: Some(site.in_language(&address, language)),
        front,
        body: String::new(),
    });
}

impl Site {
    /// An address below its language's folder.
    fn in_language(&self, address: &str, language: Option<&str>) -> String {
        match language {
            Some(language) => format!("/{}{address}", language.to_lowercase()),
            // The home page is where the site begins.
            None if address != "/" => format!("{}{}", self.old_home(), &address[1..]),
            None => address.to_owned(),
        }
    }

    /// Whether an address is below its language's folder as it is written.
    fn is_in_language(&self, address: &str, language: Option<&str>) -> bool {
        let home = match language {
            Some(language) => format!("/{}/", language.to_lowercase()),
            None => self.old_home(),
        };
        format!("{}/", address.trim_end_matches('/')).starts_with(&home)
    }

    /// Where the home page was in the site's own language.
    fn old_home(&self) -> String {
        match self.own_in_folder {
            true => format!("/{}/", self.language.to_lowercase()),
            false => "/".to_owned(),
        }
    }
}
