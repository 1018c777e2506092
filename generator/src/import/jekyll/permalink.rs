//! Where Jekyll puts pages: one of its styles, or a pattern such as `/blog/:year/:title/`.

use crate::date::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    pattern: String,
    /// What follows the name of a page that is no post.
    page_end: &'static str,
}

/// What a pattern may name.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    pub date: Option<Date>,
    /// The file's name without its day, or the page's own slug.
    pub title: &'a str,
    /// The file without its ending.
    pub path: &'a str,
    pub categories: &'a [String],
}

impl Default for Style {
    fn default() -> Self {
        Self::parse("date")
    }
}

impl Style {
    pub fn parse(written: &str) -> Self {
        let (pattern, page_end) = match written {
            "date" => ("/:categories/:year/:month/:day/:title.html", ".html"),
            "pretty" => ("/:categories/:year/:month/:day/:title/", "/"),
            "ordinal" => ("/:categories/:year/:y_day/:title.html", ".html"),
            "weekdate" => ("/:categories/:year/W:week/:short_day/:title.html", ".html"),
            "none" => ("/:categories/:title.html", ".html"),
            pattern if pattern.ends_with(":output_ext") || pattern.ends_with(".html") => {
                (pattern, ".html")
            }
            // Without an ending such as `/about` a host serves `about.html`, and `about/` just as well.
            pattern => (pattern, "/"),
        };
        Self {
            pattern: pattern.to_owned(),
            page_end,
        }
    }

    pub fn of_post(&self, parts: &Parts<'_>) -> String {
        self.expanded("", parts.path, parts)
    }

    /// A page in a collection, or one with a pattern of its own.
    pub fn of_document(&self, collection: &str, below: &str, parts: &Parts<'_>) -> String {
        self.expanded(collection, below, parts)
    }

    /// A page without a pattern of its own; `path` has no ending.
    pub fn of_page(&self, path: &str) -> String {
        match path.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => format!("/{path}{}", self.page_end),
        }
    }

    fn expanded(&self, collection: &str, path: &str, parts: &Parts<'_>) -> String {
        let mut address = String::from("/");
        let mut rest = self.pattern.as_str();
        while let Some(start) = rest.find(':') {
            address.push_str(&rest[..start]);
            let token = &rest[start + 1..];
            let end = token
                .find(|one: char| !one.is_ascii_lowercase() && one != '_')
                .unwrap_or(token.len());
            let name = &token[..end];
            match value(name, collection, path, parts) {
                Some(value) => address.push_str(&value),
                None => {
                    address.push(':');
                    address.push_str(name);
                }
            }
            rest = &token[end..];
        }
        address.push_str(rest);
        while address.contains("//") {
            address = address.replace("//", "/");
        }
        let is_complete = address.ends_with('/') || address.ends_with(".html");
        format!("{address}{}", if is_complete { "" } else { "/" })
    }
}

fn value(name: &str, collection: &str, path: &str, parts: &Parts<'_>) -> Option<String> {
    let day = |format: &str| {
        let date = parts.date.map(Date::day);
        date.map(|date| date.strftime(format).to_string())
    };
    let unpadded = |text: Option<String>| text.map(|text| text.trim_start_matches('0').to_owned());
    match name {
        "year" => day("%Y"),
        "short_year" => day("%y"),
        "month" => day("%m"),
        "i_month" => unpadded(day("%m")),
        "short_month" => day("%b"),
        "long_month" => day("%B"),
        "day" => day("%d"),
        "i_day" => unpadded(day("%d")),
        "y_day" => day("%j"),
        "week" => day("%V"),
        "short_day" => day("%a"),
        "long_day" => day("%A"),
        "hour" | "minute" | "second" => Some("00".to_owned()),
        "title" | "basename" => Some(word(parts.title)),
        "slug" | "name" => Some(slugified(parts.title)),
        "path" => Some(path.to_owned()),
        "collection" => Some(collection.to_owned()),
        "output_ext" => Some(".html".to_owned()),
        "slugified_categories" => {
            let words = parts.categories.iter().map(|category| slugified(category));
            Some(words.collect::<Vec<String>>().join("/"))
        }
        "categories" => {
            let categories = parts.categories.iter();
            let words = categories.map(|category| category.to_lowercase().replace(' ', "%20"));
            Some(words.collect::<Vec<String>>().join("/"))
        }
        _ => None,
    }
}

/// A file's name in an address: what is neither letter nor digit nor one of a few signs becomes a hyphen.
fn word(title: &str) -> String {
    let mut word = String::new();
    for letter in title.chars() {
        match letter {
            letter if letter.is_alphanumeric() || "._~!$&'()+,;=@".contains(letter) => {
                word.push(letter)
            }
            _ if word.ends_with('-') => {}
            _ => word.push('-'),
        }
    }
    word.trim_matches('-').to_owned()
}

/// The same in small letters, and without any signs.
fn slugified(title: &str) -> String {
    let parts = title.split(|letter: char| !letter.is_alphanumeric());
    let parts = parts.filter(|part| !part.is_empty());
    parts.collect::<Vec<&str>>().join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_follows_its_style() {
        let categories = ["News".to_owned()];
        let parts = Parts {
            date: Date::parse("2019-05-01"),
            title: "First_post",
            path: "_posts/2019-05-01-First_post",
            categories: &categories,
        };
        let post = |style: &str| Style::parse(style).of_post(&parts);
        assert_eq!(post("date"), "/news/2019/05/01/First_post.html");
        assert_eq!(post("pretty"), "/news/2019/05/01/First_post/");
        assert_eq!(
            post("/blog/:year/:i_month/:title"),
            "/blog/2019/5/First_post/"
        );
        assert_eq!(Style::parse("date").of_page("about"), "/about.html");
        assert_eq!(Style::parse("/:title/").of_page("about"), "/about/");
        assert_eq!(Style::parse("date").of_page("talks/index"), "/talks/");
    }
}
