//! A new page from its archetype: a text with `{{ title }}`, `{{ date }}` and `{{ slug }}` where
//! those belong.

use crate::date::Date;
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

/// The path and the text of the new page. `sections` are the folders that there are.
pub fn page(wish: Wish<'_>, archetype: Option<&str>, sections: &[String]) -> (String, String) {
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
    let folder = match folder.trim_matches('/') {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let file = if wish.is_bundle {
        format!("{name}/index.md")
    } else {
        format!("{name}.md")
    };
    (format!("content/{folder}{file}"), text)
}

/// `posts` or `post` for a post, whichever there is, or else the first that such sites have.
fn folder_of(kind: &str, sections: &[String]) -> String {
    let names = match kind {
        "page" => return String::new(),
        "post" => vec!["posts", "post", "blog", "articles"],
        kind => vec![kind],
    };
    let plural = format!("{kind}s");
    let names = names.into_iter().chain([plural.as_str()]);
    let there = names
        .into_iter()
        .find(|name| sections.iter().any(|section| section == name));
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
        let sections: Vec<String> = sections.iter().map(|name| (*name).to_owned()).collect();
        page(wish, None, &sections).0
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
