//! A site made with another generator as a site of this one. Takes the files of the other site and
//! gives those of the new one, with a note at its place for each thing that could not be carried.
//!
//! What counts most in a move is that readers find every page where it was: an importer says at
//! which address a page was found, and [`Move::finish`] writes it down wherever ours would differ.

mod abbreviations;
mod addresses;
mod alerts;
mod apart;
mod authors;
mod blocked;
mod body;
mod brackets;
mod clock;
mod edits;
mod embeds;
mod emoji;
mod folded;
mod front;
mod globs;
mod hugo;
mod jekyll;
mod lines;
mod links;
mod mounted;
mod recognised;
mod settings;
mod shortcode;
mod template;
mod zola;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::address::BaseUrl;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::fields::Value;
use crate::report::counted;
use crate::source::SourceTree;
use authors::ImportedAuthors;
pub use folded::folded;
use front::{Front, Keys, date, is_repeated, split, toml_date, unclosed, written};
pub use recognised::recognised;
use settings::{Settings, tables_last};

/// What is said of the width that a page gives to a picture.
const SIZE_OF_FILE: &str = "a picture has the size of its file";

/// Of sections that had an order of their own.
const SECTIONS_IN_ORDER: &str = "sections stand in the order of their folders' names";

/// Why a page says nothing of its contents.
const CONTENTS_OF_A_PAGE: &str = "a theme shows the contents of every page that is long enough";

/// Of what stands in braces behind code.
const ATTRIBUTES_OF_CODE: &str = "code has what its fence says: `sh,linenos,name=a.sh`";

/// The generators whose sites can be brought over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Generator {
    Zola,
    Hugo,
    Jekyll,
}

impl Generator {
    pub fn name(self) -> &'static str {
        match self {
            Self::Zola => "Zola",
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
        }
    }
}

/// A site that was brought over.
#[derive(Debug)]
pub struct Imported {
    /// The files of the new site by path.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// What could not be carried as it was, at its place in the old site, in reading order.
    pub notes: Vec<Diagnostic>,
    pub pages: usize,
}

impl Imported {
    /// The same site as one that can be built although links in it lead nowhere.
    pub fn with_broken_links(mut self) -> Self {
        if let Some(settings) = self.files.get_mut(crate::config::FILE) {
            let mut text = String::from_utf8_lossy(settings).into_owned();
            text.push_str(BROKEN_LINKS);
            *settings = Arc::from(text.into_bytes());
        }
        self
    }
}

const BROKEN_LINKS: &str = "
# Links and pictures that lead nowhere are warnings. Once they are mended, delete this.
[link_checker]
internal_level = \"warn\"
";

/// Brings a site over.
///
/// # Errors
/// If the files are no site of this generator.
pub fn import(from: Generator, source: &SourceTree) -> Result<Imported, Diagnostic> {
    let mounted = match from {
        Generator::Zola => None,
        Generator::Hugo => hugo::laid_out(source),
        Generator::Jekyll => jekyll::laid_out(source),
    };
    let Some(mounted) = mounted else {
        return bring_over(from, source);
    };
    let mut imported = bring_over(from, &mounted.tree)?;
    let notes = std::mem::take(&mut imported.notes).into_iter();
    imported.notes = notes.map(|note| mounted.at_its_origin(note)).collect();
    imported.notes.sort_by_cached_key(Diagnostic::reading_order);
    Ok(imported)
}

fn bring_over(from: Generator, source: &SourceTree) -> Result<Imported, Diagnostic> {
    let mut moving = Move {
        source,
        settings: Settings::default(),
        authors: ImportedAuthors::default(),
        pages: Vec::new(),
        files: BTreeMap::new(),
        beside: BTreeSet::new(),
        seen: BTreeSet::new(),
        drawn: BTreeSet::new(),
        zone: None,
        notes: Vec::new(),
    };
    match from {
        Generator::Zola => zola::carry(&mut moving)?,
        Generator::Hugo => hugo::carry(&mut moving)?,
        Generator::Jekyll => jekyll::carry(&mut moving)?,
    }
    Ok(moving.finish())
}

/// A site on its way.
struct Move<'a> {
    source: &'a SourceTree,
    settings: Settings,
    authors: ImportedAuthors,
    pages: Vec<MovedPage>,
    files: BTreeMap<String, Arc<[u8]>>,
    /// Files beside pages, where they lie now.
    beside: BTreeSet<String>,
    /// Files of the old site that are carried, or of which something is said.
    seen: BTreeSet<&'a str>,
    /// Templates of shortcodes that were written into the pages that call them.
    drawn: BTreeSet<String>,
    /// By whose clock a time without an offset is meant.
    zone: Option<TimeZone>,
    notes: Vec<Diagnostic>,
}

/// A page with its new place.
struct MovedPage {
    /// Where it was read, for notes.
    source: String,
    /// Below the new site's root: `content/posts/first.md`.
    path: String,
    /// Where readers found it, if that is known: `/posts/first/`.
    address: Option<String>,
    front: toml::Table,
    body: String,
}

impl<'a> Move<'a> {
    fn note(&mut self, note: Diagnostic) {
        self.notes.push(note);
    }

    /// Copies a file as it is.
    fn copy(&mut self, from: &'a str, to: &str) {
        if let Some(bytes) = self.source.get(from) {
            self.seen.insert(from);
            self.files.insert(to.to_owned(), Arc::clone(bytes));
        }
    }

    /// Copies a folder's files.
    fn copy_folder(&mut self, from: &str, to: &str) {
        for (path, _) in self.source.below(from) {
            self.copy(path, &format!("{to}{}", &path[from.len()..]));
        }
    }

    /// Copies a file that lies beside a page.
    fn copy_beside(&mut self, from: &'a str, to: &str) {
        self.copy(from, to);
        self.beside.insert(to.to_owned());
    }

    /// Copies a folder of data that templates read.
    fn copy_data(&mut self, from: &str) {
        let paths = self.source.below(from).map(|(path, _)| path);
        for path in paths.filter(|path| !is_hidden(path)) {
            let readable = ["toml", "yaml", "yml", "json", "csv"];
            match path.rsplit_once('.') {
                Some((_, ending)) if readable.contains(&ending) => {
                    let to = format!("content/data/{}", &path[from.len()..]);
                    match self
                        .source
                        .get(path)
                        .and_then(|bytes| unreadable(&to, bytes))
                    {
                        Some(why) => self.leave_out_file(path, "this data was left out", &why),
                        None => self.copy(path, &to),
                    }
                }
                _ => self.leave_out_file(
                    path,
                    "this data was left out",
                    "data files are TOML, YAML, JSON or CSV",
                ),
            }
        }
    }

    /// The text of a file; one that is not UTF-8 is reported.
    fn text(&mut self, path: &'a str) -> Option<&'a str> {
        let bytes = self.source.get(path)?;
        self.seen.insert(path);
        match SourceTree::text(path, bytes) {
            Ok(text) => Some(text),
            Err(not_text) => {
                self.notes.push(not_text.as_severe_as(Severity::Warning));
                None
            }
        }
    }

    /// A page's front matter, and where its text is. Of broken front matter is taken what can be read.
    fn front(&mut self, path: &'a str, text: &'a str) -> (Front<'a>, Span) {
        let (front, body) = split(text);
        let mut broken = Vec::new();
        let keys = match &front {
            Some((format, span)) => Keys::read(path, text, *format, span.clone(), &mut broken),
            None => Keys::empty(path, text),
        };
        let fence = front.and_then(|(_, span)| unclosed(text, &span));
        if let Some(fence) = fence {
            broken.insert(
                0,
                Diagnostic::warning("front matter is never closed")
                    .at(path, fence)
                    .label("its keys are taken from before the first empty line"),
            );
        }
        let is_broken = self.front_is_broken(broken, &keys);
        (Front { keys, is_broken }, body)
    }

    /// Adds a date to front matter, or says that it is none.
    fn dated(&mut self, front: &mut toml::Table, path: &str, key: &str, value: &Value, text: &str) {
        let as_written = written(value, text).trim_matches(['"', '\'']);
        // Programs write the year 1 for no date.
        if as_written.starts_with("0001-") {
            return;
        }
        match date(as_written) {
            Some((_, form)) => {
                let zone = self.zone.as_ref();
                let completed = zone.and_then(|zone| clock::completed(&form, zone));
                front.insert(key.to_owned(), toml_date(&completed.unwrap_or(form)));
            }
            None => self.note(
                Diagnostic::warning(format!("`{key}` was left out"))
                    .at(path, value.span.clone())
                    .label("this cannot be read as a date"),
            ),
        }
    }

    /// Says that front matter is broken, if it is.
    fn front_is_broken(&mut self, broken: Vec<Diagnostic>, keys: &Keys<'_>) -> bool {
        let is_broken = !broken.iter().all(is_repeated);
        let missing = match keys.lost.as_deref() {
            None | Some([]) => "with what could be read: look it over".to_owned(),
            Some(lost) => {
                let lost: Vec<String> = lost.iter().map(|name| format!("`{name}`")).collect();
                format!("without {}: write it anew", lost.join(", "))
            }
        };
        for one in broken {
            let one = one.as_severe_as(Severity::Warning);
            self.notes.push(match is_broken {
                true => one.help(format!("the page is a draft {missing}")),
                false => one,
            });
        }
        is_broken
    }

    /// Says of a file what became of it.
    fn leave_out_file(&mut self, path: &'a str, message: &str, why: &str) {
        self.seen.insert(path);
        self.note(Diagnostic::warning(message).in_file(path).label(why));
    }

    /// Says of a folder that its files mean nothing here, but for those that were used.
    fn leave_out(&mut self, folder: &str, why: &str) {
        let paths = self.source.below(folder).map(|(path, _)| path);
        let paths = paths.filter(|path| !self.seen.contains(path));
        let (drawn, others): (Vec<&str>, Vec<&str>) =
            paths.partition(|path| self.drawn.contains(*path));
        self.seen.extend(drawn.iter().chain(&others));
        if others.is_empty() {
            return;
        }
        let also = match drawn.len() {
            0 => String::new(),
            1 => format!("; `{}` was written into the pages that call it", drawn[0]),
            more => format!("; {more} more were written into the pages that call them"),
        };
        let files = counted(others.len(), "file");
        self.note(
            Diagnostic::warning(format!("`{folder}` was left out ({files})"))
                .in_file(folder.trim_end_matches('/'))
                .label(format!("{why}{also}")),
        );
    }

    /// Names what nobody has looked at: most of it belongs to the repository and not to the site.
    fn leave_out_the_rest(&mut self) {
        let paths = self.source.below("").map(|(path, _)| path);
        let mut rest: BTreeMap<&str, usize> = BTreeMap::new();
        for path in paths.filter(|path| !self.seen.contains(path)) {
            let first = path.split_inclusive('/').next().unwrap_or(path);
            *rest.entry(first).or_default() += 1;
        }
        let hidden = |name: &str| name.starts_with('.') || NOT_OF_THE_SITE.contains(&name);
        let (folders, files): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .filter(|(name, _)| !hidden(name))
            .partition(|(name, _)| name.ends_with('/'));
        for (folder, count) in folders {
            let files = counted(count, "file");
            self.note(
                Diagnostic::warning(format!("`{folder}` was left out ({files})"))
                    .in_file(folder.trim_end_matches('/'))
                    .label("no page is made from it: copy what readers should get to `static/`"),
            );
        }
        if !files.is_empty() {
            let names: Vec<String> = files.iter().map(|(name, _)| format!("`{name}`")).collect();
            self.note(
                Diagnostic::warning("files around the site were left out").label(names.join(", ")),
            );
        }
    }

    /// The default theme reads some keys of `[extra]` in its own way; those of other themes step aside.
    fn rename_keys_of_the_theme(&mut self) {
        for key in ["contact", "footer", "imprint"] {
            if let Some(value) = self.settings.extra.remove(key) {
                let name = format!("imported_{key}");
                self.notes.push(
                    Diagnostic::warning(format!("`{key}` of the settings is `{name}` now"))
                        .label("the theme has a meaning of its own for it"),
                );
                self.settings.extra.insert(name, value);
            }
        }
    }

    /// Formulas are off until the settings say otherwise, because prose has prices.
    fn name_formulas(&mut self, pages: &[MovedPage]) {
        let mut written: Vec<Diagnostic> = self
            .notes
            .extract_if(.., |note| note.message == FORMULAS)
            .collect();
        written.sort_by_cached_key(Diagnostic::reading_order);
        if let Some(first) = written.into_iter().next() {
            self.notes.push(first);
            return;
        }
        let has_formulas = |page: &&MovedPage| {
            let extra = page.front.get("extra").and_then(|extra| extra.as_table());
            let keys = ["math", "katex", "mathjax", "latex", "usemathjax"];
            extra.is_some_and(|extra| {
                keys.iter()
                    .any(|key| extra.get(*key) == Some(&toml::Value::Boolean(true)))
            })
        };
        if let Some(page) = pages.iter().find(has_formulas) {
            self.notes.push(
                Diagnostic::warning(FORMULAS)
                    .in_file(&page.source)
                    .label(MAKE_FORMULAS),
            );
        }
    }

    /// An address that is none would stop every build.
    fn check_base_url(&mut self) {
        if self.settings.base_url.is_empty() {
            return;
        }
        if let Err(why) = BaseUrl::parse(&self.settings.base_url) {
            let written = std::mem::take(&mut self.settings.base_url);
            self.note(
                Diagnostic::warning(format!("the site's address `{written}` was left out"))
                    .label(why),
            );
        }
    }

    /// Front matter is plain text, in which a shortcode cannot stand.
    fn plain_titles(&mut self, pages: &mut [MovedPage]) {
        for page in pages {
            for key in ["title", "description"] {
                let Some(toml::Value::String(text)) = page.front.get_mut(key) else {
                    continue;
                };
                if text.contains("{{") || text.contains("{%") {
                    *text = text.replace("{{", "{ {").replace("{%", "{ %");
                    self.notes.push(
                        Diagnostic::warning(format!("the braces in `{key}` stand apart now"))
                            .in_file(&page.source)
                            .label("what looks like a shortcode cannot stand in front matter"),
                    );
                }
            }
        }
    }

    fn finish(mut self) -> Imported {
        self.check_base_url();
        self.leave_out_the_rest();
        let mut pages = std::mem::take(&mut self.pages);
        // Of two with one path, the one that says something is first.
        pages.sort_by_cached_key(|page| (page.path.clone(), page.body.trim().is_empty()));
        self.join_terms(&mut pages);
        self.part_files(&mut pages);
        self.keep_addresses(&mut pages);
        let made = self.give_way_to_lists(&mut pages);
        self.part_doubles(&mut pages);
        self.drop_repeated_aliases(&mut pages);
        self.follow_links(&mut pages, &made);
        self.name_authors(&mut pages);
        self.rename_keys_of_the_theme();
        self.name_formulas(&pages);
        self.plain_titles(&mut pages);
        if self.settings.emoji {
            pages.iter_mut().for_each(emoji::draw);
        }
        if self.settings.hard_lines {
            pages
                .iter_mut()
                .for_each(|page| page.body = lines::hard(&page.body));
        }
        if self.settings.numbered_lines {
            pages
                .iter_mut()
                .for_each(|page| page.body = lines::numbered(&page.body));
        }
        for page in &pages {
            let front = tables_last(page.front.clone());
            let text = format!("+++\n{front}+++\n{}", page.body);
            self.files
                .insert(page.path.clone(), Arc::from(text.into_bytes()));
        }
        let settings = self.settings.to_toml();
        self.files.insert(
            crate::config::FILE.to_owned(),
            Arc::from(settings.into_bytes()),
        );
        self.notes.sort_by_cached_key(Diagnostic::reading_order);
        self.notes.dedup();
        Imported {
            files: self.files,
            notes: self.notes,
            pages: pages.len(),
        }
    }
}

/// Whether a file is there for an editor or a host, and not for the site.
fn is_hidden(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.')
}

/// Why a build would not read a file of data.
fn unreadable(path: &str, bytes: &Arc<[u8]>) -> Option<String> {
    let tree = SourceTree::from_iter([(path.to_owned(), Arc::clone(bytes))]);
    let (_, wrong) = crate::data::load(&tree);
    let wrong = wrong.into_iter().find(Diagnostic::is_error)?;
    Some(format!("{}: {}", wrong.message, wrong.label))
}

/// Said once for a site, of its first formula.
const FORMULAS: &str = "formulas stay as they are written";
const MAKE_FORMULAS: &str = "`math = true` below `[markdown]` in site.toml makes them; then write a dollar that is one as `\\$`";

/// What was made from the site, or keeps its history.
const NOT_OF_THE_SITE: [&str; 5] = [
    "_site/",
    "node_modules/",
    "public/",
    "resources/",
    "vendor/",
];
