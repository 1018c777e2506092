//! A new page from its archetype: a text with `{{ title }}`, `{{ date }}` and `{{ slug }}` where
//! those belong.

use std::collections::BTreeSet;

use crate::date::Date;
use crate::page::{Name, title_of_file};
use crate::site::slug;

/// Serves where a site has no archetype of the kind.
const PLAIN: &str = include_str!("../starter/archetypes/post.md");

/// A page that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// `post`, or the name of another archetype.
    pub kind: &'a str,
    pub title: &'a str,
    pub today: Date,
    /// The folder below `content/`; without one the kind decides.
    pub folder: Option<&'a str>,
    /// A folder of its own, for pictures beside the page.
    pub is_bundle: bool,
}

/// The file of an archetype below the site's root.
pub fn file(kind: &str) -> String {
    format!("archetypes/{kind}.md")
}

/// A page that has been begun.
pub struct Begun {
    pub path: String,
    pub text: String,
    /// The `_index.md` of its section and what stands in it, if that begins with the page: without one nothing lists it.
    pub section: Option<(String, String)>,
}

/// The folders that hold pages, below `content`; `paths` are those of the files in it.
pub fn sections<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut sections = BTreeSet::from([String::new()]);
    for path in paths.filter(|path| path.ends_with(".md")) {
        // A page with a folder of its own is in the one around that.
        let mut folder = Name::of(path, &[]).folder;
        while !folder.is_empty() && sections.insert(folder.clone()) {
            folder.truncate(folder.rfind('/').unwrap_or(0));
        }
    }
    sections
}

/// The file of a page that would be found where the one at `path` is.
pub fn at_same_address<'a>(
    path: &str,
    mut paths: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let name = Name::of(path, &[]);
    paths.find(|other| {
        let is_page = other.ends_with(".md");
        let other = Name::of(other, &[]);
        is_page && !other.is_section && other.folder == name.folder && other.stem == name.stem
    })
}

/// Begins a page. `sections` are the folders that there are.
pub fn page(wish: Wish<'_>, archetype: Option<&str>, sections: &BTreeSet<String>) -> Begun {
    let archetype = archetype.unwrap_or(PLAIN);
    let slug = slug(wish.title);
    let day = wish.today.day().to_string();
    // Inside quotes, in TOML and in YAML.
    let title = wish.title.replace('\\', "\\\\").replace('"', "\\\"");
    let text = archetype
        .replace("{{ title }}", &title)
        .replace("{{ date }}", &day)
        .replace("{{ slug }}", &slug);
    // The name says the day where the text does not.
    let name = match wish.kind == "page" || archetype.contains("{{ date }}") {
        true => slug,
        false => format!("{day}-{slug}"),
    };
    let folder = wish
        .folder
        .map_or_else(|| folder_of(wish.kind, sections), str::to_owned);
    let folder = folder.trim_matches('/');
    let is_new = !folder.is_empty() && !sections.contains(folder);
    let section = is_new.then(|| {
        let title = title_of_file(folder);
        (
            format!("content/{folder}/_index.md"),
            format!("+++\ntitle = \"{title}\"\n+++\n"),
        )
    });
    let folder = match folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let file = if wish.is_bundle {
        format!("{name}/index.md")
    } else {
        format!("{name}.md")
    };
    Begun {
        path: format!("content/{folder}{file}"),
        text,
        section,
    }
}

/// `posts` or `post` for a post, whichever there is, or else the first that such sites have.
fn folder_of(kind: &str, sections: &BTreeSet<String>) -> String {
    let names = match kind {
        "page" => return String::new(),
        "post" => vec!["posts", "post", "blog", "articles"],
        kind => vec![kind],
    };
    let plural = format!("{kind}s");
    let names = names.into_iter().chain([plural.as_str()]);
    let there = names.into_iter().find(|name| sections.contains(*name));
    there.map_or(plural.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(kind: &str, sections: &[&str]) -> String {
        let wish = Wish {
            kind,
            title: "Why \"now\"?",
            today: Date::parse("2026-05-01").unwrap(),
            folder: None,
            is_bundle: false,
        };
        let sections = sections.iter().map(|name| (*name).to_owned()).collect();
        page(wish, None, &sections).path
    }

    #[test]
    fn a_page_goes_where_its_kind_belongs() {
        assert_eq!(
            path("post", &["blog"]),
            "content/blog/2026-05-01-why-now.md"
        );
        assert_eq!(path("post", &[]), "content/posts/2026-05-01-why-now.md");
        assert_eq!(
            path("recipe", &["recipes"]),
            "content/recipes/2026-05-01-why-now.md"
        );
        assert_eq!(path("page", &["blog"]), "content/why-now.md");
    }
}
