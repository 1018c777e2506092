//! Sites made with Jekyll: posts by the names of their files, addresses by pattern, Liquid in texts.

mod filters;
mod folders;
mod found;
mod kramdown;
mod liquid;
mod navigation;
mod pages;
mod permalink;
mod settings;

use super::settings::Taxonomy;
use super::{Move, MovedPage};
use crate::diagnostic::Diagnostic;
pub use folders::laid_out;
use found::{Found, Origin, is_private};

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

pub fn carry(moving: &mut Move<'_>) -> Result<(), Diagnostic> {
    let source = moving.source;
    let is_jekyll = source.below("_posts/").next().is_some();
    let config = CONFIGS.into_iter().find(|path| source.get(path).is_some());
    if config.is_none() && !is_jekyll {
        return Err(Diagnostic::error("this is no site of Jekyll")
            .help("a `_config.yml` or a folder `_posts` is missing"));
    }
    let site = match config {
        Some(path) => settings::read(moving, path),
        None => settings::Site::default(),
    };
    moving.settings.smart_punctuation = true;
    moving.settings.feed = Some(true);
    for name in ["tags", "categories"] {
        moving.settings.taxonomies.push(Taxonomy {
            name: name.to_owned(),
            feed: true,
            paginate_by: None,
        });
    }
    let mut found: Vec<Found<'_>> = Vec::new();
    for (path, _) in source.below("") {
        let is_page = || found::is_page(source, &site, path);
        if site.is_excluded(path) || (settings::Site::is_of_repository(path) && !is_page()) {
            continue;
        }
        match Origin::of(path, &site) {
            Some(origin) => found.extend(found::read(moving, &site, path, origin)),
            None if is_private(path, &site) => {}
            None => moving.copy(path, &format!("static/{path}")),
        }
    }
    let posts = folder_of_posts(&found);
    let mut places = liquid::Places::default();
    for one in &mut found {
        one.destination =
            one.destination
                .replacen("content/_posts/", &format!("content/{posts}/"), 1);
        let address = one.address.clone().unwrap_or_default();
        places.insert(one.path, one.destination.clone(), address);
    }
    let has_posts = found
        .iter()
        .any(|one| matches!(one.origin, Origin::Post { .. }));
    if has_posts {
        let mut front = toml::Table::new();
        front.insert("title".to_owned(), "Posts".into());
        if let Some(count) = site.per_page {
            front.insert("paginate_by".to_owned(), count.into());
        }
        moving.pages.push(MovedPage {
            source: "_posts".to_owned(),
            path: format!("content/{posts}/_index.md"),
            address: None,
            front,
            body: String::new(),
        });
    }
    moving.settings.menu = navigation::read(moving, &site, &found, has_posts.then_some(posts));
    moving.authors = pages::authors(moving);
    for one in found {
        pages::carry(moving, &site, &places, one);
    }
    moving.copy_data("_data/");
    for (folder, why) in [
        (
            "_layouts/",
            "the look of pages is a theme's: templates of Jekyll are not read here",
        ),
        (
            "_includes/",
            "they belong to templates, or are named where pages call them",
        ),
        ("_sass/", "styles belong to a theme, as plain CSS"),
        ("_plugins/", "there are no plugins here"),
    ] {
        moving.leave_out(folder, why);
    }
    let feed = &site.feed;
    if feed != "/atom.xml" {
        moving.note(
            Diagnostic::warning("the feed is at `/atom.xml`")
                .in_file(config.unwrap_or("_posts"))
                .label(format!(
                    "if readers follow `{feed}`, have your host redirect it"
                )),
        );
    }
    Ok(())
}

/// A folder for posts in which no other page is found.
fn folder_of_posts(found: &[Found<'_>]) -> &'static str {
    let is_taken = |name: &str| {
        found.iter().any(|one| {
            one.destination.starts_with(&format!("content/{name}/"))
                || one.destination == format!("content/{name}.md")
                || one
                    .address
                    .as_deref()
                    .is_some_and(|address| address.trim_matches('/') == name)
        })
    };
    let names = ["posts", "blog", "articles", "entries"];
    names
        .into_iter()
        .find(|name| !is_taken(name))
        .unwrap_or("all-posts")
}
