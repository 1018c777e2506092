//! A theme: its templates compiled by Tera, its assets, and one fingerprint of
//! all that a rendered page can depend on.

mod filters;
mod shortcodes;
mod variables;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Tera};

use crate::config::FILE;
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Spanned, Table, Written, parse_toml};
use crate::hash::{self, Fingerprint};
use crate::source::SourceTree;

pub use filters::filled;
pub use shortcodes::{Setting, Signature, no_argument, written_args};
pub use variables::{Font, Value, Variable};

/// The version of the data that templates see, in `theme.toml`.
const API: i64 = 1;

/// The theme's style sheet. That of a theme which extends another follows the other's in one file, because
/// it says what is different.
pub const STYLE: &str = "style.css";

/// The key of `theme.toml` that names the theme behind it.
const EXTENDS: &str = "extends";

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../themes");

pub struct Theme {
    pub tera: Tera,
    /// Of every template: two themes with the same fingerprint render alike.
    pub fingerprint: Fingerprint,
    /// Files of the theme's `assets` folder by their path in it.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// The theme's own words by language tag.
    pub strings: BTreeMap<String, Strings>,
    /// What the theme leaves to the site, by name.
    pub variables: variables::Declarations,
    templates: BTreeMap<String, TemplateSource>,
    shortcodes: shortcodes::Declarations,
}

/// One file of the theme's `strings` folder.
pub struct Strings {
    pub path: String,
    pub table: Table,
}

/// A template as it was read.
struct TemplateSource {
    path: String,
    text: String,
}

/// The files of the embedded themes, by the paths they would have in a site.
pub fn embedded() -> Vec<(String, &'static [u8])> {
    fn collect(folder: &Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.push((format!("themes/{path}"), file.contents()));
        }
        for inner in folder.dirs() {
            collect(inner, files);
        }
    }
    let mut files = Vec::new();
    collect(&EMBEDDED, &mut files);
    files
}

impl Theme {
    /// A day such as `2026-05-01` as the theme writes days in a language.
    pub fn day(&self, day: &str, lang: &str) -> String {
        let strings = self.strings.get(lang).or_else(|| {
            let (primary, _) = lang.split_once('-')?;
            self.strings.get(primary)
        });
        let format = strings.and_then(|strings| match &strings.table.get("date")?.value.kind {
            Kind::Text(format) => Some(format.as_str()),
            _ => None,
        });
        let Some(format) = format else {
            return day.to_owned();
        };
        let mut context = Context::new();
        context.insert("day", day);
        context.insert("format", format);
        context.insert("lang", lang);
        let template = "{{ day | date(format=format, locale=lang) }}";
        let written = self.tera.render_str(template, &context, false);
        written.unwrap_or_else(|_| day.to_owned())
    }

    /// Loads `themes/NAME`, on top of the theme that it extends.
    ///
    /// # Errors
    /// Every template that does not compile, or that the theme is not there.
    pub fn load(source: &SourceTree, name: &Spanned<String>) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let parts = lineage(source, name).map_err(|wrong| vec![wrong])?;
        let mut templates = BTreeMap::new();
        let mut assets: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for Part { folder, .. } in &parts {
            let prefix = format!("{folder}templates/");
            for (path, bytes) in source.below(&prefix) {
                let text = SourceTree::text(path, bytes).unwrap_or_else(|not_text| {
                    diagnostics.push(not_text);
                    ""
                });
                let template = TemplateSource {
                    path: path.to_owned(),
                    text: text.to_owned(),
                };
                templates.insert(path[prefix.len()..].to_owned(), template);
            }
            let prefix = format!("{folder}assets/");
            for (path, bytes) in source.below(&prefix) {
                let name = path[prefix.len()..].to_owned();
                let bytes = match assets.get(&name).filter(|_| name == STYLE) {
                    Some(extended) => Arc::from([extended as &[u8], b"\n", bytes].concat()),
                    None => Arc::clone(bytes),
                };
                assets.insert(name, bytes);
            }
        }
        let mut strings = BTreeMap::new();
        let mut shortcodes = shortcodes::Declarations::new();
        let mut variables = variables::Declarations::new();
        let drawn: Vec<&str> = templates
            .keys()
            .filter_map(|name| shortcode(name))
            .collect();
        for part in &parts {
            translate(&mut strings, source, &part.folder, &mut diagnostics);
            if let Some(own) = part.of_the_program(source) {
                // What the program's theme declares is right.
                let declared = own.declarations(&drawn, &mut Vec::new());
                shortcodes.extend(declared.shortcodes);
                variables.extend(declared.variables);
            }
            let declared = part.declarations(&drawn, &mut diagnostics);
            shortcodes.extend(declared.shortcodes);
            variables.extend(declared.variables);
        }
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        filters::register(&mut tera);
        let mut fingerprint = hash::Hasher::default();
        for (name, template) in &templates {
            fingerprint.add(name.as_bytes());
            fingerprint.add(template.text.as_bytes());
        }
        let texts = templates.iter();
        let texts = texts.map(|(name, template)| (name.as_str(), template.text.as_str()));
        let compiled = tera.add_raw_templates(texts);
        let theme = Self {
            tera,
            fingerprint: fingerprint.finish(),
            assets,
            strings,
            variables,
            templates,
            shortcodes,
        };
        if let Err(error) = compiled {
            diagnostics.extend(theme.broken_templates(&error));
        }
        match diagnostics.is_empty() {
            true => Ok(theme),
            false => Err(diagnostics),
        }
    }

    pub fn has(&self, template: &str) -> bool {
        self.templates.contains_key(template)
    }

    /// Whether a template says a name anywhere. What none of them says need not be worked out.
    pub fn mentions(&self, name: &str) -> bool {
        let mut templates = self.templates.values();
        templates.any(|template| template.text.contains(name))
    }

    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(String::as_str)
    }

    /// The shortcodes that the theme draws, by name.
    pub fn shortcodes(&self) -> impl Iterator<Item = &str> {
        self.template_names().filter_map(shortcode)
    }

    /// What a shortcode takes; `None` for one that the theme lacks.
    pub fn signature(&self, name: &str) -> Option<Cow<'_, Signature>> {
        let template = self.templates.get(&format!("shortcodes/{name}.html"))?;
        Some(match self.shortcodes.get(name) {
            Some(declared) => Cow::Borrowed(declared),
            None => Cow::Owned(Signature::of_template(&template.text)),
        })
    }

    /// Everything that keeps the templates from being compiled.
    fn broken_templates(&self, error: &tera::Error) -> Vec<Diagnostic> {
        match error.kind() {
            // Tera stops at the first of them.
            ErrorKind::SyntaxError(_) => self
                .templates
                .iter()
                .filter_map(|(name, source)| Tera::new().add_raw_template(name, &source.text).err())
                .filter(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)))
                .map(|error| self.diagnostic(&error))
                .collect(),
            // It draws names that it does not know, of all templates, as one text.
            ErrorKind::Msg(drawings) => {
                let drawings = drawings.trim_start_matches("error: ").split("\nerror: ");
                let placed: Option<Vec<Diagnostic>> =
                    drawings.map(|drawing| self.placed(drawing)).collect();
                placed.unwrap_or_else(|| vec![self.diagnostic(error)])
            }
            _ => vec![self.diagnostic(error)],
        }
    }

    /// An error that Tera has drawn: what is wrong, ` --> page.html:1:4`, the line and carets.
    fn placed(&self, drawing: &str) -> Option<Diagnostic> {
        let (message, rest) = drawing.split_once('\n')?;
        let (_, place) = rest.lines().next()?.split_once("--> ")?;
        let mut parts = place.trim().rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let source = self.templates.get(parts.next()?)?;
        let before: usize = source
            .text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let in_line = source.text[before..]
            .chars()
            .take(column - 1)
            .map(char::len_utf8);
        let start = before + in_line.sum::<usize>();
        let carets = rest.matches('^').count();
        let diagnostic = Diagnostic::error("the template cannot be used")
            .at(&source.path, start..start + carets)
            .label(message);
        Some(diagnostic)
    }

    /// A template's error, at its place in the template.
    pub fn diagnostic(&self, error: &tera::Error) -> Diagnostic {
        let report = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report,
            _ => return Diagnostic::error(error.to_string()),
        };
        let path = self
            .templates
            .get(report.filename())
            .map_or(report.filename(), |template| template.path.as_str());
        Diagnostic::error("the template cannot be used")
            .at(path, report.span().range.clone())
            .label(report.message())
    }
}

/// A theme on its own, as one folder below `themes/`.
struct Part {
    folder: String,
    /// The path of its `theme.toml`.
    path: String,
    /// Its `theme.toml`, if it has one that can be read.
    manifest: Table,
    /// What is wrong with that.
    broken: Vec<Diagnostic>,
}

/// What `theme.toml` declares.
#[derive(Default)]
struct Declared {
    shortcodes: shortcodes::Declarations,
    variables: variables::Declarations,
}

/// The theme of a name and those that it extends, the furthest first.
fn lineage(source: &SourceTree, name: &Spanned<String>) -> Result<Vec<Part>, Diagnostic> {
    let mut parts: Vec<Part> = Vec::new();
    let mut wanted = name.clone().in_file(FILE);
    loop {
        let folder = format!("themes/{}/", wanted.value);
        if source.below(&folder).next().is_none() {
            return Err(missing(source, &wanted));
        }
        if parts.iter().any(|part| part.folder == folder) {
            let mut circle = Diagnostic::error("the theme extends itself")
                .label(format!("`{folder}` is on the way to here"));
            circle.place = Some(wanted.place());
            return Err(circle);
        }
        let part = Part::read(source, folder);
        let extends = part.manifest.get(EXTENDS).map(|entry| &entry.value);
        let next = match extends {
            Some(value) => match &value.kind {
                Kind::Text(name) => Some(Spanned {
                    value: name.clone(),
                    span: value.span.clone(),
                }),
                _ => None,
            },
            None => None,
        };
        let path = part.path.clone();
        parts.insert(0, part);
        match next {
            Some(next) => wanted = next.in_file(path.as_str()),
            None => return Ok(parts),
        }
    }
}

impl Part {
    fn read(source: &SourceTree, folder: String) -> Self {
        let path = format!("{folder}theme.toml");
        let bytes = source.get(&path).map(|bytes| &**bytes);
        Self::declared_by(bytes, folder, path)
    }

    /// The theme of the same name in the program, if the site has a `theme.toml` of its own for it: that says
    /// only what is different.
    fn of_the_program(&self, source: &SourceTree) -> Option<Self> {
        let name = self.path.strip_prefix("themes/")?;
        let embedded = EMBEDDED.get_file(name)?.contents();
        let is_own = source.get(&self.path).is_some_and(|own| **own != *embedded);
        // Places in this file are none in that of the site.
        let path = format!("{} of the program", self.path);
        is_own.then(|| Self::declared_by(Some(embedded), self.folder.clone(), path))
    }

    /// Reads the bytes of a `theme.toml`. A theme that declares nothing is taken as made for this version.
    fn declared_by(bytes: Option<&[u8]>, folder: String, path: String) -> Self {
        let (manifest, broken) = match bytes.map(|bytes| SourceTree::text(&path, bytes)) {
            Some(Ok(text)) => parse_toml(&path, text, 0..text.len()),
            Some(Err(not_text)) => (Table::default(), vec![not_text]),
            None => (Table::default(), Vec::new()),
        };
        Self {
            folder,
            path,
            manifest,
            broken,
        }
    }

    /// Reads all that `theme.toml` says. `templates` are the names of shortcodes that can be drawn.
    fn declarations(&self, templates: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Declared {
        diagnostics.extend(self.broken.iter().cloned());
        let path = self.path.as_str();
        let mut fields = Fields::new(path, &self.manifest, diagnostics);
        fields.text("name");
        fields.text("description");
        fields.text("license");
        fields.text(EXTENDS);
        if let Some(api) = fields.integer("api").filter(|api| api.value != API) {
            let (message, help) = match api.value < API {
                true => (
                    "the theme is made for an older version of the generator",
                    "see what has changed in docs/themes.md, and then say `api = 1`",
                ),
                false => (
                    "the theme is made for a newer version of the generator",
                    "take a newer Tallypress, or an older version of the theme",
                ),
            };
            let wrong = Diagnostic::error(message)
                .at(path, api.span)
                .label(format!("this generator speaks version {API}"))
                .help(help);
            fields.report(wrong);
        }
        let declared = Declared {
            shortcodes: shortcodes::declarations(&mut fields, templates),
            variables: variables::declarations(&mut fields),
        };
        fields.finish();
        declared
    }
}

/// Adds the files of `strings`, each named by its language, word by word.
fn translate(
    strings: &mut BTreeMap<String, Strings>,
    source: &SourceTree,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let folder = format!("{folder}strings/");
    for (path, bytes) in source.below(&folder) {
        let Some(tag) = path[folder.len()..].strip_suffix(".toml") else {
            continue;
        };
        let text = match SourceTree::text(path, bytes) {
            Ok(text) => text,
            Err(not_text) => {
                diagnostics.push(not_text);
                continue;
            }
        };
        let (mut table, wrong) = parse_toml(path, text, 0..text.len());
        diagnostics.extend(wrong);
        if let Some(extended) = strings.remove(tag) {
            let others = extended.table.entries.into_iter();
            let others: Vec<_> = others
                .filter(|entry| table.get(&entry.key).is_none())
                .collect();
            table.entries.extend(others);
        }
        let path = path.to_owned();
        strings.insert(tag.to_owned(), Strings { path, table });
    }
}

fn missing(source: &SourceTree, name: &Written<String>) -> Diagnostic {
    let there: BTreeSet<&str> = source
        .below("themes/")
        .filter_map(|(path, _)| path.split('/').nth(1))
        .collect();
    let mut missing = Diagnostic::error(format!("there is no theme `{}`", name.value))
        .label(format!("no folder `themes/{}`", name.value));
    missing.place = Some(name.place());
    missing.suggest(&name.value, there)
}

/// The name of the shortcode that a template draws.
fn shortcode(template: &str) -> Option<&str> {
    template.strip_prefix("shortcodes/")?.strip_suffix(".html")
}
