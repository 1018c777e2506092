//! Addresses inside the site: where a page is found below the site's root, and
//! the file that a static host serves there.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A page's address: `/`, `/blog/post/`, or `/old/page.html`. Made of the
/// characters that need no escaping in a URL and no care on any file system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    pub fn root() -> Self {
        Self("/".to_owned())
    }

    /// Checks an address that an author wrote, with or without slashes at its ends.
    ///
    /// # Errors
    /// Says what is wrong, to be shown next to the address.
    pub fn parse(written: &str) -> Result<Self, String> {
        let trimmed = written.trim_matches('/');
        let mut address = Self::root();
        if trimmed.is_empty() {
            return Ok(address);
        }
        for segment in trimmed.split('/') {
            if matches!(segment, "" | "." | "..") {
                return Err(format!("`{segment}` is not a name"));
            }
            let odd = |one: char| !(one.is_ascii_alphanumeric() || "-_.~".contains(one));
            if let Some(odd) = segment.chars().find(|one| odd(*one)) {
                return Err(format!(
                    "`{odd}` does not belong in an address: use letters, digits, `-`, `_` and `.`"
                ));
            }
            address = address.child(segment);
        }
        if trimmed.ends_with(".html") {
            address.0.pop();
        }
        Ok(address)
    }

    /// Why no page may be found here: the generator keeps some folders for itself.
    pub fn reserved(&self) -> Option<&'static str> {
        let first = self.0[1..].split('/').next().unwrap_or_default();
        match first {
            "assets" => Some("hosts let browsers keep everything below `/assets/` for ever"),
            ".tallypress-manifest" => Some("the list of the site's files has this name"),
            _ => None,
        }
    }

    /// The address one level below, or beside a page that is a file such as
    /// `/old/page.html`; `segment` must be a slug or a checked name.
    pub fn child(&self, segment: &str) -> Self {
        Self(format!("{}{segment}/", self.folder()))
    }

    /// The innermost folder of the address, with its last slash: the address
    /// itself unless it is a file's.
    pub fn folder(&self) -> &str {
        &self.0[..=self.0.rfind('/').unwrap_or(0)]
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file in the output folder that a host serves for this address.
    pub fn output_file(&self) -> String {
        let below_root = &self.0[1..];
        match below_root.is_empty() || below_root.ends_with('/') {
            true => format!("{below_root}index.html"),
            false => below_root.to_owned(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the site will be served: `https://example.com/` or `https://example.com/folder/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseUrl {
    /// Scheme and host without a slash at the end.
    origin: String,
    /// `/` or `/folder/`.
    path: String,
}

impl BaseUrl {
    /// # Errors
    /// Says what is wrong, to be shown next to the address.
    pub fn parse(written: &str) -> Result<Self, String> {
        let Some((scheme, rest)) = written.split_once("://") else {
            return Err("this must start with `https://` or `http://`".to_owned());
        };
        if !matches!(scheme, "https" | "http") {
            return Err(format!("`{scheme}` is neither `https` nor `http`"));
        }
        let (host, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let odd = |one: char| !(one.is_ascii_alphanumeric() || "-.:[]".contains(one));
        if host.is_empty() || host.contains(odd) {
            return Err(format!("`{host}` is not a host name"));
        }
        Ok(Self {
            origin: format!("{scheme}://{host}"),
            path: Address::parse(folder)?.0,
        })
    }

    /// The folder the site lives in: `/` or `/folder/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The host with its port, such as `example.com`.
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://");
        host.map_or("", |(_, host)| host)
    }

    /// The root-relative form of a path below the site's root (`/blog/`, `/feed.xml#x`).
    pub fn href(&self, path: &str) -> String {
        format!("{}{}", self.path, path.trim_start_matches('/'))
    }

    /// The absolute form of a path below the site's root.
    pub fn permalink(&self, path: &str) -> String {
        self.absolute(&self.href(path))
    }

    /// The absolute form of a root-relative address, one that [`Self::href`] made.
    pub fn absolute(&self, href: &str) -> String {
        format!("{}{href}", self.origin)
    }

    /// The path below the site's root that a root-relative address means; `None`
    /// for an address outside the site's folder.
    pub fn below<'a>(&self, href: &'a str) -> Option<&'a str> {
        href.strip_prefix(self.path.as_str())
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// A path without `.` and `..`; `None` if it leads out of the root.
pub fn tidy(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Where a relative path leads from a file, as browsers follow it: never out of the root.
pub fn followed(file: &str, path: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_file() {
        let file = |written| Address::parse(written).unwrap().output_file();
        assert_eq!(file("/"), "index.html");
        assert_eq!(file("blog/post"), "blog/post/index.html");
        assert_eq!(file("/old/page.html"), "old/page.html");
    }

    #[test]
    fn what_belongs_to_a_file_lies_beside_it() {
        let page = Address::parse("/old/page.html").unwrap();
        assert_eq!(page.child("2").as_str(), "/old/2/");
        assert_eq!(
            Address::parse("/old/").unwrap().child("2").as_str(),
            "/old/2/"
        );
    }

    #[test]
    fn an_address_cannot_leave_the_site() {
        assert_eq!(
            Address::parse("../../etc").unwrap_err(),
            "`..` is not a name"
        );
        assert!(Address::parse("a b").is_err());
    }

    #[test]
    fn a_site_may_live_in_a_folder() {
        let base = BaseUrl::parse("https://example.com/docs").unwrap();
        assert_eq!(base.href("/blog/"), "/docs/blog/");
        assert_eq!(base.permalink("/blog/"), "https://example.com/docs/blog/");
        assert_eq!(base.below("/docs/blog/"), Some("blog/"));
        assert_eq!(base.to_string(), "https://example.com/docs/");
    }
}
