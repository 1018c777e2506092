//! A theme: its templates compiled by Tera, its assets, and one fingerprint of
//! all that a rendered page can depend on.

mod filters;
mod shortcodes;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Tera};

use crate::config::{DEFAULT_THEME, FILE};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Spanned, Table, parse_toml};
use crate::hash::{self, Fingerprint};
use crate::source::SourceTree;

pub use filters::filled;
use shortcodes::Declarations;
pub use shortcodes::{Signature, no_argument, written_args};

/// The version of the data that templates see, in `theme.toml`.
const API: i64 = 1;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../themes/default");

pub struct Theme {
    pub tera: Tera,
    /// Of every template: two themes with the same fingerprint render alike.
    pub fingerprint: Fingerprint,
    /// Files of the theme's `assets` folder by their path in it.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// The theme's own words by language tag.
    pub strings: BTreeMap<String, Strings>,
    templates: BTreeMap<String, TemplateSource>,
    declarations: Declarations,
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

/// The files of the embedded theme, by the paths they would have in a site.
pub fn embedded() -> Vec<(String, &'static [u8])> {
    fn collect(folder: &Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.push((format!("themes/{DEFAULT_THEME}/{path}"), file.contents()));
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

    /// Loads `themes/NAME`.
    ///
    /// # Errors
    /// Every template that does not compile, or that the theme is not there.
    pub fn load(source: &SourceTree, name: &Spanned<String>) -> Result<Self, Vec<Diagnostic>> {
        let folder = format!("themes/{}/", name.value);
        if source.below(&folder).next().is_none() {
            return Err(vec![missing(source, name)]);
        }
        let mut diagnostics = Vec::new();
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        filters::register(&mut tera);
        let mut fingerprint = hash::Hasher::default();
        let mut templates = BTreeMap::new();
        let mut texts = Vec::new();
        let prefix = format!("{folder}templates/");
        for (path, bytes) in source.below(&prefix) {
            let template = &path[prefix.len()..];
            let text = SourceTree::text(path, bytes).unwrap_or_else(|not_text| {
                diagnostics.push(not_text);
                ""
            });
            texts.push((template, text));
            fingerprint.add(template.as_bytes());
            fingerprint.add(bytes);
            let source = TemplateSource {
                path: path.to_owned(),
                text: text.to_owned(),
            };
            templates.insert(template.to_owned(), source);
        }
        let prefix = format!("{folder}assets/");
        let assets = source
            .below(&prefix)
            .map(|(path, bytes)| (path[prefix.len()..].to_owned(), Arc::clone(bytes)))
            .collect();
        let shortcodes: Vec<&str> = templates
            .keys()
            .filter_map(|name| shortcode(name))
            .collect();
        let path = format!("{folder}theme.toml");
        let declarations = manifest(source, &path, &shortcodes, &mut diagnostics);
        let compiled = tera.add_raw_templates(texts);
        let theme = Self {
            tera,
            fingerprint: fingerprint.finish(),
            assets,
            strings: strings(source, &folder, &mut diagnostics),
            templates,
            declarations,
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
        Some(match self.declarations.get(name) {
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

/// The files of `strings`, each named by its language.
fn strings(
    source: &SourceTree,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Strings> {
    let folder = format!("{folder}strings/");
    let mut strings = BTreeMap::new();
    for (path, bytes) in source.below(&folder) {
        let Some(tag) = path[folder.len()..].strip_suffix(".toml") else {
            continue;
        };
        match SourceTree::text(path, bytes) {
            Ok(text) => {
                let (table, wrong) = parse_toml(path, text, 0..text.len());
                diagnostics.extend(wrong);
                let path = path.to_owned();
                strings.insert(tag.to_owned(), Strings { path, table });
            }
            Err(not_text) => diagnostics.push(not_text),
        }
    }
    strings
}

fn missing(source: &SourceTree, name: &Spanned<String>) -> Diagnostic {
    let there: Vec<&str> = source
        .below("themes/")
        .filter_map(|(path, _)| path.split('/').nth(1))
        .collect();
    Diagnostic::error(format!("there is no theme `{}`", name.value))
        .at(FILE, name.span.clone())
        .label(format!("no folder `themes/{}`", name.value))
        .suggest(&name.value, there)
}

/// The name of the shortcode that a template draws.
fn shortcode(template: &str) -> Option<&str> {
    template.strip_prefix("shortcodes/")?.strip_suffix(".html")
}

/// Reads `theme.toml`; a theme without one is taken as made for this version.
fn manifest(
    source: &SourceTree,
    path: &str,
    templates: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Declarations {
    let Some(bytes) = source.get(path) else {
        return Declarations::new();
    };
    let text = match SourceTree::text(path, bytes) {
        Ok(text) => text,
        Err(not_text) => {
            diagnostics.push(not_text);
            return Declarations::new();
        }
    };
    let (table, wrong) = parse_toml(path, text, 0..text.len());
    diagnostics.extend(wrong);
    let mut fields = Fields::new(path, &table, diagnostics);
    fields.text("name");
    fields.text("description");
    fields.text("license");
    if let Some(api) = fields.integer("api").filter(|api| api.value != API) {
        fields.error(
            "the theme is made for another version of the generator",
            api.span,
            format!("this generator speaks version {API}"),
        );
    }
    let declarations = shortcodes::declarations(&mut fields, templates);
    fields.finish();
    declarations
}
