//! Where Hugo puts pages: by their folders, by `slug` and `url`, or by the pattern of a section.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::fields::Kind;
use crate::import::front::{Keys, text_of};
use crate::site::slug;

#[derive(Debug, Default)]
pub struct Addresses {
    /// The pattern of each first folder's pages.
    patterns: BTreeMap<String, String>,
    /// The pattern of each first folder and those below it.
    of_sections: BTreeMap<String, String>,
    /// `uglyURLs`: `/posts/first.html`.
    pub are_files: bool,
    /// Sections for which alone it is said.
    pub files_in: Vec<String>,
    /// `disablePathToLower`.
    pub keep_case: bool,
}

/// What a page's address is made of.
pub struct Place<'a> {
    /// Below the folder of pages, without its ending: `posts/first`, `posts/first/index`.
    pub stem: &'a str,
    pub is_section: bool,
    pub title: Option<&'a str>,
    pub slug: Option<String>,
    pub url: Option<String>,
    pub date: Option<Date>,
}

impl Addresses {
    /// Reads `[permalinks]`, which may have a table for each kind of page.
    pub fn patterns(&mut self, table: Keys<'_>, notes: &mut Vec<Diagnostic>) {
        let (path, text) = (table.path, table.text);
        for entry in table.rest() {
            // A section may be called `page`, too.
            let Kind::Table(patterns) = &entry.value.kind else {
                let pattern = text_of(&entry.value, text);
                self.patterns
                    .extend(pattern.map(|pattern| (entry.key, pattern)));
                continue;
            };
            for named in &patterns.entries {
                let Some(pattern) = text_of(&named.value, text) else {
                    continue;
                };
                let name = &named.key;
                match entry.key.as_str() {
                    "page" => drop(self.patterns.insert(name.clone(), pattern)),
                    "section" => drop(self.of_sections.insert(name.clone(), pattern)),
                    kind @ ("taxonomy" | "term") => notes.extend(
                        moved_lists(kind, name, &pattern)
                            .map(|note| note.at(path, named.value.span.clone())),
                    ),
                    _ => {}
                }
            }
        }
    }

    pub fn of(&self, place: &Place<'_>) -> String {
        if let Some(url) = &place.url {
            return format!("/{}", url.trim_start_matches('/'));
        }
        let (folder, name) = place.stem.rsplit_once('/').unwrap_or(("", place.stem));
        if place.is_section {
            let pattern = self.of_sections.get(first(folder));
            let name = folder.rsplit('/').next().unwrap_or(folder);
            let by_pattern =
                pattern.and_then(|pattern| self.expanded(pattern, place, folder, name));
            return by_pattern.unwrap_or_else(|| folders(&self.of_path(folder)));
        }
        let (folder, name) = match name {
            "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
            name => (folder, name),
        };
        let section = first(folder);
        let by_pattern = self
            .patterns
            .get(section)
            .or_else(|| self.patterns.get("/").filter(|_| section.is_empty()))
            .and_then(|pattern| self.expanded(pattern, place, folder, name));
        let address = by_pattern.unwrap_or_else(|| {
            let last = match &place.slug {
                Some(slug) => self.urlize(slug),
                None => self.of_path(name),
            };
            format!("{}{last}/", folders(&self.of_path(folder)))
        });
        let are_files = self.are_files || self.files_in.iter().any(|one| one == section);
        match are_files && address.len() > 1 && address.ends_with('/') {
            true => format!("{}.html", address.trim_end_matches('/')),
            false => address,
        }
    }

    /// `/:year/:month/:slug/` for a page; `None` if it asks for what is not known here.
    fn expanded(
        &self,
        pattern: &str,
        place: &Place<'_>,
        folder: &str,
        name: &str,
    ) -> Option<String> {
        let date = place.date.map(Date::day);
        let title = place.title.unwrap_or(name);
        let own = place.slug.as_deref();
        let mut address = String::new();
        let mut rest = pattern;
        while let Some(start) = rest.find(':') {
            address.push_str(&rest[..start]);
            let token = &rest[start + 1..];
            let end = token
                .find(|one: char| !one.is_ascii_alphabetic())
                .unwrap_or(token.len());
            let day = |format: &str| date.map(|date| date.strftime(format).to_string());
            address.push_str(&match &token[..end] {
                "year" => day("%Y")?,
                "month" => day("%m")?,
                "monthname" => day("%B")?.to_lowercase(),
                "day" => day("%d")?,
                "weekday" => day("%w")?,
                "weekdayname" => day("%A")?.to_lowercase(),
                "yearday" => day("%j")?.trim_start_matches('0').to_owned(),
                "section" => self.of_path(first(folder)),
                "sections" => self.of_path(folder),
                "title" => self.urlize(title),
                "slug" => self.urlize(own.unwrap_or(title)),
                "filename" | "contentbasename" => self.urlize(name),
                "slugorfilename" | "slugorcontentbasename" => self.urlize(own.unwrap_or(name)),
                _ => return None,
            });
            rest = &token[end..];
        }
        address.push_str(rest);
        let slash = if address.ends_with('/') || address.ends_with(".html") {
            ""
        } else {
            "/"
        };
        Some(format!("/{}{slash}", address.trim_start_matches('/')))
    }

    /// A title or a slug as Hugo writes it into addresses: a hyphen for the blanks between two words.
    pub fn urlize(&self, text: &str) -> String {
        let mut url = String::with_capacity(text.len());
        let mut is_parted = false;
        for letter in text.trim().chars() {
            if is_of_address(letter) {
                if is_parted && letter != '-' {
                    url.push('-');
                }
                is_parted = false;
                url.push(letter);
            } else if letter.is_whitespace() && !url.is_empty() && !url.ends_with('-') {
                is_parted = true;
            }
        }
        self.in_its_case(url)
    }

    /// The path of a file, or a term: a hyphen for every blank.
    pub fn of_path(&self, path: &str) -> String {
        let letters = path.trim().chars();
        let letters = letters.map(|letter| if letter == ' ' { '-' } else { letter });
        self.in_its_case(letters.filter(|letter| is_of_address(*letter)).collect())
    }

    fn in_its_case(&self, url: String) -> String {
        match self.keep_case {
            true => url,
            false => url.to_lowercase(),
        }
    }

    /// The target of a menu's entry that names a page: `@/posts`, until the file of the page is known.
    pub fn of_page_ref(&self, target: &str) -> String {
        match self.of_menu(target) {
            path if path.starts_with('/') && !path.contains('#') => {
                let path = path.trim_matches('/');
                format!("@/{}", path.strip_suffix(".md").unwrap_or(path))
            }
            other => other,
        }
    }

    /// The target of a menu's entry.
    pub fn of_menu(&self, target: &str) -> String {
        if target.contains("://") || target.starts_with('#') || target.starts_with("mailto:") {
            return target.to_owned();
        }
        let below = target.trim_start_matches(['/', '.']);
        let below = below.trim_start_matches("./");
        match below {
            "index.xml" => "/atom.xml".to_owned(),
            below => format!("/{below}"),
        }
    }
}

/// Says that the list of a taxonomy, or those of its terms, were elsewhere, if they were.
fn moved_lists(kind: &str, taxonomy: &str, pattern: &str) -> Option<Diagnostic> {
    let (list, now) = match kind {
        "taxonomy" => ("the list of", format!("/{}/", slug(taxonomy))),
        _ => (
            "the list of each one of",
            format!("/{}/:slug/", slug(taxonomy)),
        ),
    };
    let usual = pattern.replace(":title", ":slug");
    (usual.trim_matches('/') != now.trim_matches('/')).then(|| {
        Diagnostic::warning(format!("{list} `{taxonomy}` moves to `{now}`"))
            .label(format!("it was at `{pattern}`: have your host redirect it"))
    })
}

/// Whether Hugo lets a letter stand in an address.
fn is_of_address(letter: char) -> bool {
    letter.is_alphanumeric() || "./_#+~-@".contains(letter)
}

/// The section that a folder is in, or is.
fn first(folder: &str) -> &str {
    folder.split('/').next().unwrap_or_default()
}

fn folders(path: &str) -> String {
    match path {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(stem: &str) -> Place<'_> {
        Place {
            stem,
            is_section: false,
            title: Some("My first Post!"),
            slug: None,
            url: None,
            date: Date::parse("2019-05-01"),
        }
    }

    #[test]
    fn an_address_follows_the_folders() {
        let addresses = Addresses::default();
        assert_eq!(addresses.of(&place("Posts/My First")), "/posts/my-first/");
        assert_eq!(addresses.of(&place("posts/first/index")), "/posts/first/");
        assert_eq!(
            addresses.of(&place("2019-05-01-first")),
            "/2019-05-01-first/"
        );
        let section = Place {
            is_section: true,
            ..place("posts/_index")
        };
        assert_eq!(addresses.of(&section), "/posts/");
    }

    #[test]
    fn blanks_and_signs_in_names_are_written_as_hugo_does() {
        let addresses = Addresses::default();
        let at = |stem: &str| addresses.of(&place(stem));
        assert_eq!(at("My Dir & Co/a--b (c)"), "/my-dir--co/a--b-c/");
        assert_eq!(addresses.urlize("A & B -- C  d!"), "a-b--c-d");
    }

    #[test]
    fn an_address_follows_the_pattern_of_its_section() {
        let mut addresses = Addresses::default();
        let patterns = [
            ("posts", "/:year/:month/:slug/"),
            ("notes", ":section/:filename"),
        ];
        addresses.patterns = patterns
            .map(|(name, pattern)| (name.to_owned(), pattern.to_owned()))
            .into();
        assert_eq!(
            addresses.of(&place("posts/first")),
            "/2019/05/my-first-post/"
        );
        assert_eq!(addresses.of(&place("notes/first")), "/notes/first/");
    }
}
