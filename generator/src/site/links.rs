//! What an author wrote as a link's target, as the address that readers follow.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::{Node, Site, Withheld};
use crate::address::{BaseUrl, tidy};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity, closest};
use crate::page::{Page, Piece, Target, has_scheme};

/// Where a target is written.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// Paths start at its folder.
    pub file: &'a str,
    /// Other than the site's own.
    pub language: Option<&'a str>,
}

impl<'a> Writing<'a> {
    /// On a page, and not in a file that the page includes.
    pub fn on(page: &'a Page) -> Self {
        Self {
            file: &page.path,
            language: page.name.language.as_deref(),
        }
    }
}

/// Resolves targets within one site.
pub struct Links<'a> {
    site: &'a Site,
    base_url: &'a BaseUrl,
    /// Tags of the languages, the site's own first.
    languages: Vec<&'a str>,
    /// Addresses of pages and sections, and what is there, by source path.
    nodes: BTreeMap<&'a str, (Node, &'a str)>,
    /// Output paths of colocated files by source path.
    assets: BTreeMap<&'a str, &'a str>,
    withheld: &'a BTreeMap<String, Withheld>,
    /// What a target is that is not there.
    broken: Severity,
}

impl<'a> Links<'a> {
    pub fn new(site: &'a Site, config: &'a Config) -> Self {
        let pages = site.pages.iter().enumerate().map(|(index, page)| {
            let node = (Node::Page(index), page.address.as_str());
            (page.page.path.as_str(), node)
        });
        let sections = site.sections.iter().enumerate().map(|(index, section)| {
            let node = (Node::Section(index), section.address.as_str());
            (section.page.path.as_str(), node)
        });
        let languages = config.languages.iter();
        Self {
            site,
            base_url: &config.base_url,
            languages: languages.map(|language| language.tag.as_str()).collect(),
            nodes: pages.chain(sections).collect(),
            assets: site
                .assets
                .iter()
                .map(|(path, asset)| (path.as_str(), asset.output.as_str()))
                .collect(),
            withheld: &site.withheld,
            broken: config.broken_links,
        }
    }

    /// The same, with some files beside pages published at other paths than the site would have them.
    pub fn published_at(mut self, outputs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        self.assets.extend(outputs);
        self
    }

    pub fn base_url(&self) -> &'a BaseUrl {
        self.base_url
    }

    /// The root-relative address that a target means: `@/blog/post.md#part`, a
    /// file or Markdown source beside the page, or an address.
    ///
    /// # Errors
    /// A diagnostic if a source file that it names is not there. Whether an
    /// address leads anywhere is seen later, on the finished pages.
    pub fn resolve(
        &self,
        from: Writing<'_>,
        own_address: &str,
        target: &Target,
    ) -> Result<String, Diagnostic> {
        let found = self.found(from, own_address, target);
        found.map_err(|missing| missing.as_severe_as(self.broken))
    }

    /// Where a target that is not there would be found, for sites that let such links pass.
    pub fn would_be(&self, from: Writing<'_>, target: &Target) -> String {
        let (path, anchor) = split_anchor(&target.written);
        let Some(source) = source(from.file, path) else {
            return self.base_url.href("/");
        };
        let below = source.strip_prefix("content/").unwrap_or(&source);
        let address = match below.strip_suffix(".md") {
            Some(page) => {
                let page = page.trim_end_matches("_index").trim_end_matches("index");
                format!("{}/", page.trim_end_matches('/'))
            }
            None => below.to_owned(),
        };
        format!("{}{anchor}", self.base_url.href(&address))
    }

    /// The language of the page at an address of this site.
    pub fn language_at(&self, href: &str) -> Option<&'a str> {
        let (path, _) = split_anchor(href);
        if self.languages.len() < 2 || has_scheme(path) {
            return None;
        }
        let mut nodes = self.nodes.values();
        let (node, _) = nodes.find(|(_, address)| {
            let bare = address.trim_start_matches('/');
            path.ends_with(bare) && self.base_url.href(address) == path
        })?;
        let language = match *node {
            Node::Page(page) => self.site.pages[page].language,
            Node::Section(section) => self.site.sections[section].language,
        };
        Some(self.languages[language])
    }

    fn found(
        &self,
        from: Writing<'_>,
        own_address: &str,
        target: &Target,
    ) -> Result<String, Diagnostic> {
        let written = target.written.as_str();
        if has_scheme(written) || written.starts_with(['#', '?']) {
            return Ok(written.to_owned());
        }
        let (path, anchor) = split_anchor(written);
        if path.starts_with('/') {
            return Ok(format!("{}{anchor}", self.base_url.href(path)));
        }
        let source = source(from.file, path);
        let asset = source
            .as_ref()
            .and_then(|source| self.assets.get(source.as_str()));
        if let Some(output) = asset {
            return Ok(format!("{}{anchor}", self.base_url.href(output)));
        }
        if path.starts_with("@/") || path.ends_with(".md") {
            let source = source.unwrap_or_else(|| path.to_owned());
            let (_, address) = self.node(from, target, &source)?;
            return Ok(format!("{}{anchor}", self.base_url.href(address)));
        }
        if let Some(source) = source.filter(|source| is_file(source) || path.starts_with("www.")) {
            return Err(self.no_file(from, target, &source));
        }
        let Some(below) = tidy(&format!("{}{path}", folder(own_address))) else {
            return Err(Diagnostic::error("link to an address outside the site")
                .at(from.file, target.span.clone())
                .label("this leads above the home page"));
        };
        let is_folder = path.ends_with('/') || path.ends_with("..");
        let slash = if is_folder && !below.is_empty() {
            "/"
        } else {
            ""
        };
        Ok(format!("{}{slash}{anchor}", self.base_url.href(&below)))
    }

    /// Every target in the texts of a site whose source file is not there, for a site that cannot be
    /// planned because its theme is broken.
    pub fn broken(&self, site: &Site) -> Vec<Diagnostic> {
        let pages = site.pages.iter().map(|page| (&page.page, &page.address));
        let sections = site.sections.iter().map(|one| (&one.page, &one.address));
        let mut broken = Vec::new();
        for (page, address) in pages.chain(sections) {
            let mut bodies = vec![(Writing::on(page), &page.body)];
            while let Some((from, body)) = bodies.pop() {
                for piece in &body.pieces {
                    match piece {
                        Piece::Target(target) => {
                            broken.extend(self.resolve(from, address.as_str(), target).err());
                        }
                        Piece::Picture(picture) => {
                            let target = &picture.target;
                            broken.extend(self.resolve(from, address.as_str(), target).err());
                        }
                        Piece::Shortcode(shortcode) => {
                            bodies.extend(shortcode.bodies().map(|body| (from, body)));
                        }
                        Piece::Include(include) => {
                            let file = include.path.as_str();
                            bodies.push((Writing { file, ..from }, &include.body));
                        }
                        Piece::Html(_) | Piece::Words(_) => {}
                    }
                }
            }
        }
        broken
    }

    /// The source path of the file that a target means: one beside a page, or one in `static`.
    /// `from` is the file that names it.
    pub fn file(&self, from: &str, written: &str) -> Option<String> {
        let (path, _) = split_anchor(written);
        match path.strip_prefix('/') {
            Some(below) => {
                let below = percent_decode_str(below).decode_utf8_lossy();
                Some(format!("static/{}", tidy(&below)?))
            }
            None => source(from, path).filter(|source| self.assets.contains_key(source.as_str())),
        }
    }

    /// A picture or another file that should lie beside the page.
    fn no_file(&self, from: Writing<'_>, target: &Target, source: &str) -> Diagnostic {
        let beside = folder(source);
        let names = self
            .assets
            .keys()
            .filter_map(|path| path.strip_prefix(beside));
        let name = source.strip_prefix(beside).unwrap_or(source);
        let missing = Diagnostic::error("link to a file that does not exist")
            .at(from.file, target.span.clone())
            .label(format!("there is no `{source}`"));
        if names_a_host(&target.written) {
            return missing.help(format!(
                "write `https://{}` if it is another site",
                target.written
            ));
        }
        missing
            .suggest(name, names)
            .help("a file in `static/` is named with a slash before it, like `/photo.jpg`")
    }

    /// The page or section that is written in a file.
    pub fn written_in(&self, file: &str) -> Option<Node> {
        self.nodes.get(file).map(|(node, _)| *node)
    }

    /// The page or section whose source file a target names, if it names one.
    pub fn internal(&self, from: Writing<'_>, target: &Target) -> Option<Node> {
        let (path, _) = split_anchor(&target.written);
        let source = source(from.file, path)?;
        let node = self.nodes.get(source.as_str())?;
        Some(self.in_language_of(from, *node).0)
    }

    /// The tag of the language that a text is written in.
    pub fn tag<'b>(&self, from: Writing<'b>) -> &'b str
    where
        'a: 'b,
    {
        from.language.unwrap_or(self.languages[0])
    }

    /// A page in the site's own language stands for its translation into the language of the text that
    /// names it; where there is none, readers get the page itself.
    fn in_language_of(&self, from: Writing<'_>, node: (Node, &'a str)) -> (Node, &'a str) {
        let tag = from.language;
        let language = tag.and_then(|tag| self.languages.iter().position(|other| *other == tag));
        let (source, _) = self.site.node(node.0);
        language
            .filter(|_| source.name.language.is_none())
            .and_then(|language| self.site.translation(node.0, language))
            .map_or(node, |translation| {
                (translation, self.site.node(translation).1.as_str())
            })
    }

    /// # Errors
    /// A diagnostic if no published page has this source path.
    pub fn node(
        &self,
        from: Writing<'_>,
        target: &Target,
        source: &str,
    ) -> Result<(Node, &'a str), Diagnostic> {
        if let Some(node) = self.nodes.get(source) {
            return Ok(self.in_language_of(from, *node));
        }
        let diagnostic = Diagnostic::error("link to a page that does not exist")
            .at(from.file, target.span.clone());
        let diagnostic = match self.withheld.get(source) {
            Some(withheld) => diagnostic.label(format!("not published: {}", withheld.why)),
            None => {
                // The part that all paths share would make any two of them look alike.
                let others = self.nodes.keys().filter(|path| **path != from.file);
                let names = others.filter_map(|path| path.strip_prefix("content/"));
                let name = source.strip_prefix("content/").unwrap_or(source);
                let diagnostic = diagnostic.label(format!("there is no `{source}`"));
                let (path, anchor) = split_anchor(&target.written);
                let from_root = tidy(&format!("content/{path}"));
                let is_there = from_root.is_some_and(|root| self.nodes.contains_key(root.as_str()));
                match is_there {
                    true => diagnostic.help(format!(
                        "write `@/{path}{anchor}`: without `@/` a path begins beside this file"
                    )),
                    false => match closest(name, names) {
                        Some(page) => diagnostic.help(format!("did you mean `@/{page}`?")),
                        None => diagnostic,
                    },
                }
            }
        };
        Err(diagnostic)
    }
}

/// The source file that a path in a file names: `@/blog/post.md` from the
/// content's root, anything else from the file's own folder.
fn source(file: &str, path: &str) -> Option<String> {
    // `my%20photo.jpg` is the only way to write some names in Markdown.
    let path = percent_decode_str(path).decode_utf8_lossy();
    match path.strip_prefix("@/") {
        Some(below) => tidy(&format!("content/{below}")),
        None => tidy(&format!("{}{path}", folder(file))),
    }
}

/// Whether a path names a file that is no page: it has an ending of its own.
fn is_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && !matches!(ending, "" | "html" | "xml") && ending.len() <= 5
    })
}

/// Whether an address begins as the name of another site does, such as `example.com`.
fn names_a_host(written: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "app", "com", "de", "dev", "edu", "eu", "fr", "gov", "io", "net", "org", "uk",
    ];
    let host = written.split(['/', '?', '#']).next().unwrap_or_default();
    let ending = host.rsplit_once('.').map(|(_, ending)| ending);
    host.starts_with("www.") || ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// The folder of a path, with its last slash.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// Splits off `#anchor` or `?query#anchor`.
fn split_anchor(target: &str) -> (&str, &str) {
    target.split_at(target.find(['#', '?']).unwrap_or(target.len()))
}
