//! What a theme leaves to the site: colours, fonts, a logo, links of the footer. `theme.toml` declares
//! each variable with its type and default; here they are read, and values of the site with them.

use std::collections::BTreeMap;

use crate::config::{Colour, MenuEntry, links};
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Fields, Kind as FieldKind, Spanned, Table, Value as Field, Written};

/// What a theme declares, by the variable's name.
pub type Declarations = BTreeMap<String, Variable>;

/// One variable of a theme.
#[derive(Clone, Debug)]
pub struct Variable {
    pub kind: Kind,
    /// A variable without a value is `null` for templates.
    pub default: Option<Written<Value>>,
    /// How well a colour has to stand out from another.
    pub contrast: Option<Contrast>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Colour,
    Font,
    Length,
    Text,
    Boolean,
    Picture,
    Links,
}

/// The kinds by the names that `theme.toml` has for them.
const KINDS: [(&str, Kind); 7] = [
    ("colour", Kind::Colour),
    ("font", Kind::Font),
    ("length", Kind::Length),
    ("text", Kind::Text),
    ("boolean", Kind::Boolean),
    ("picture", Kind::Picture),
    ("links", Kind::Links),
];

/// The units of a length that follows the reader's own settings, and those that do not.
const UNITS: [&str; 8] = ["rem", "em", "ch", "px", "vw", "vh", "%", "pt"];

#[derive(Clone, Debug)]
pub struct Contrast {
    /// The name of the colour behind or beside it.
    pub with: Spanned<String>,
    /// As in WCAG 2: from 1 for no difference to 21 for black on white.
    pub at_least: f64,
}

#[derive(Clone, Debug)]
pub enum Value {
    Colour(Scheme),
    Font(Font),
    /// As in CSS.
    Length(String),
    Text(String),
    Boolean(bool),
    /// A file of the site, as a link to it is written.
    Picture(Spanned<String>),
    Links(Vec<MenuEntry>),
}

/// A colour by day and by night.
#[derive(Clone, Debug)]
pub struct Scheme {
    pub light: Colour,
    pub dark: Colour,
}

/// A family of fonts, and the site's own files of it.
#[derive(Clone, Debug, Default)]
pub struct Font {
    /// As in CSS: names with commas between them.
    pub family: String,
    pub files: Vec<FontFile>,
}

#[derive(Clone, Debug)]
pub struct FontFile {
    /// A file in `static/`, as a link to it is written.
    pub path: Spanned<String>,
    /// `400`, or `200 900` for a variable font.
    pub weight: String,
    pub italic: bool,
}

impl Kind {
    /// Whether style sheets see it, which hold for all languages of a site.
    pub fn is_style(self) -> bool {
        matches!(self, Self::Colour | Self::Font | Self::Length)
    }

    /// Reads a value of the variable `name`; what is wrong is reported.
    pub fn read(
        self,
        name: &str,
        value: &Field,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Value> {
        match (self, &value.kind) {
            (Self::Colour, FieldKind::Text(text)) => {
                let colour = colour(text, &value.span, path, diagnostics)?;
                let (light, dark) = (colour.clone(), colour);
                Some(Value::Colour(Scheme { light, dark }))
            }
            (Self::Colour, FieldKind::Table(table)) => {
                let mut fields = Fields::new(path, table, diagnostics);
                let light = fields.required_text("light");
                let dark = fields.required_text("dark");
                fields.finish();
                let (light, dark) = (light?, dark?);
                let light = colour(&light.value, &light.span, path, diagnostics);
                let dark = colour(&dark.value, &dark.span, path, diagnostics);
                Some(Value::Colour(Scheme {
                    light: light?,
                    dark: dark?,
                }))
            }
            (Self::Font, FieldKind::Text(text)) => {
                let family = family(text, &value.span, path, diagnostics)?;
                let files = Vec::new();
                Some(Value::Font(Font { family, files }))
            }
            (Self::Font, FieldKind::Table(table)) => {
                let fields = Fields::new(path, table, diagnostics);
                font(fields).map(Value::Font)
            }
            (Self::Length, FieldKind::Text(text)) if is_length(text) => {
                Some(Value::Length(text.clone()))
            }
            (Self::Text, FieldKind::Text(text)) => Some(Value::Text(text.clone())),
            (Self::Boolean, FieldKind::Flag(flag)) => Some(Value::Boolean(*flag)),
            (Self::Picture, FieldKind::Text(text)) => Some(Value::Picture(Spanned {
                value: text.clone(),
                span: value.span.clone(),
            })),
            (Self::Links, FieldKind::List(items)) => {
                let tables = items.iter().filter_map(|item| match &item.kind {
                    FieldKind::Table(table) => Some(table),
                    _ => {
                        diagnostics.push(self.refuse(name, item, path));
                        None
                    }
                });
                let tables: Vec<&Table> = tables.collect();
                Some(Value::Links(links(path, tables, diagnostics)))
            }
            _ => {
                diagnostics.push(self.refuse(name, value, path));
                None
            }
        }
    }

    fn refuse(self, name: &str, value: &Field, path: &str) -> Diagnostic {
        let (expected, example) = match self {
            Self::Colour => ("a colour", r##""#0b6e4f", or { light = "…", dark = "…" }"##),
            Self::Font => ("a family of fonts", r#""Georgia, serif""#),
            Self::Length => ("a length", r#""0.5rem""#),
            Self::Text => ("a text", r#""…""#),
            Self::Boolean => ("true or false", "true"),
            Self::Picture => ("the address of a picture", r#""/logo.svg""#),
            Self::Links => (
                "a list of links",
                r#"[{ name = "Privacy", path = "@/privacy.md" }]"#,
            ),
        };
        let label = match &value.kind {
            FieldKind::Text(_) => "this is not one".to_owned(),
            kind => format!("this is {}", kind.name()),
        };
        Diagnostic::error(format!("`{name}` must be {expected}"))
            .at(path, value.span.clone())
            .label(label)
            .help(format!("write it as {example}"))
    }
}

/// Reads `[variables]` of `theme.toml`.
pub fn declarations(fields: &mut Fields<'_>) -> Declarations {
    let mut declared = Declarations::new();
    let Some(table) = fields.table("variables") else {
        return declared;
    };
    let path = fields.path();
    for entry in &table.entries {
        let FieldKind::Table(settings) = &entry.value.kind else {
            fields.error(
                format!("`{}` must be a table", entry.key),
                entry.value.span.clone(),
                "a variable has a `type` and mostly a `default`",
            );
            continue;
        };
        let keys = Fields::new(path, settings, fields.diagnostics());
        if let Some(variable) = variable(&entry.key, keys) {
            declared.insert(entry.key.clone(), variable);
        }
    }
    for (name, variable) in &declared {
        let Some(Contrast { with, .. }) = &variable.contrast else {
            continue;
        };
        let is_colour = |name: &str| {
            declared
                .get(name)
                .is_some_and(|other| other.kind == Kind::Colour)
        };
        if variable.kind != Kind::Colour || !is_colour(&with.value) {
            fields.error(
                format!("`{name}` cannot stand out from `{}`", with.value),
                with.span.clone(),
                "both have to be colours of the theme",
            );
        }
    }
    declared
}

fn variable(name: &str, mut fields: Fields<'_>) -> Option<Variable> {
    let written = fields.required_text("type");
    let default = fields.value("default");
    let contrast = fields.table("contrast");
    let path = fields.path();
    let contrast = contrast.and_then(|table| {
        let mut fields = Fields::new(path, table, fields.diagnostics());
        let with = fields.required_text("with");
        let at_least = fields.required_number("at_least");
        fields.finish();
        let at_least = at_least?.value;
        with.map(|with| Contrast { with, at_least })
    });
    let kind = written.and_then(|written| {
        let kind = KINDS.iter().find(|(name, _)| *name == written.value);
        if kind.is_none() {
            let names = KINDS.map(|(name, _)| name);
            let unknown = Diagnostic::error(format!("`{}` is no type of variable", written.value))
                .at(path, written.span)
                .label(format!("it is one of {}", names.join(", ")))
                .suggest(&written.value, names);
            fields.report(unknown);
        }
        kind.map(|(_, kind)| *kind)
    });
    let default = default.zip(kind).and_then(|(value, kind)| {
        let span = value.span.clone();
        let value = kind.read(name, value, path, fields.diagnostics())?;
        Some(Spanned { value, span }.in_file(path))
    });
    fields.finish();
    kind.map(|kind| Variable {
        kind,
        default,
        contrast,
    })
}

fn colour(
    text: &str,
    span: &Span,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Colour> {
    match Colour::parse(text) {
        Ok(colour) => Some(colour),
        Err(wrong) => {
            diagnostics.push(wrong.at(path, span.clone()));
            None
        }
    }
}

/// A list of names as in CSS, where nothing could end the declaration.
fn family(
    text: &str,
    span: &Span,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let is_name = |name: &str| {
        let quoted = ['"', '\''].into_iter().find_map(|quote| {
            let inner = name.strip_prefix(quote)?.strip_suffix(quote)?;
            (!inner.contains(['"', '\'', '\\', '\n'])).then_some(inner)
        });
        let bare = name
            .chars()
            .all(|one| one.is_alphanumeric() || matches!(one, ' ' | '-' | '_'));
        quoted.is_some_and(|inner| !inner.is_empty()) || (bare && !name.is_empty())
    };
    if text.split(',').all(|name| is_name(name.trim())) {
        return Some(text.to_owned());
    }
    let wrong = Diagnostic::error("this is not a family of fonts")
        .at(path, span.clone())
        .label("names with commas between them, as in CSS: `Georgia, \"Times New Roman\", serif`");
    diagnostics.push(wrong);
    None
}

/// `{ family = "…", files = [{ path = "/fonts/x.woff2", weight = "200 900", italic = true }] }`
fn font(mut fields: Fields<'_>) -> Option<Font> {
    let path = fields.path();
    let written = fields.required_text("family");
    let mut files = Vec::new();
    for table in fields.tables("files") {
        let mut file = Fields::new(path, table, fields.diagnostics());
        let address = file.required_text("path");
        let weight = file.text("weight");
        let italic = file.flag("italic").unwrap_or(false);
        let is_weight = |text: &str| {
            let mut numbers = text.split(' ');
            text.split(' ').count() <= 2 && numbers.all(|number| number.parse::<u16>().is_ok())
        };
        if let Some(weight) = weight.as_ref().filter(|weight| !is_weight(&weight.value)) {
            file.error(
                "this is no weight of a font",
                weight.span.clone(),
                "`400`, or `200 900` for a variable font",
            );
        }
        file.finish();
        files.extend(address.map(|path| FontFile {
            path,
            weight: weight.map_or_else(|| "400".to_owned(), |weight| weight.value),
            italic,
        }));
    }
    let family = written
        .and_then(|written| family(&written.value, &written.span, path, fields.diagnostics()));
    fields.finish();
    family.map(|family| Font { family, files })
}

fn is_length(text: &str) -> bool {
    let number = UNITS.iter().find_map(|unit| text.strip_suffix(unit));
    text == "0" || number.is_some_and(|number| number.parse::<f32>().is_ok_and(f32::is_finite))
}
