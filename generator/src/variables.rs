//! The theme's variables with the values that a site gives them: what is declared, what the settings say
//! about it, and the custom properties that the theme's style sheet begins with.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::config::{Colour, Config, FILE, Language};
use crate::diagnostic::Diagnostic;
use crate::fields::{Spanned, Written};
use crate::source::SourceTree;
use crate::theme::{Font, Theme, Value, Variable};

/// The values of a language by name; a variable need not have one.
pub type Values = BTreeMap<String, Option<Written<Value>>>;

/// The colour that a variable has by day.
pub fn colour<'a>(values: &'a Values, name: &str) -> Option<&'a Colour> {
    match &values.get(name)?.as_ref()?.value {
        Value::Colour(scheme) => Some(&scheme.light),
        _ => None,
    }
}

/// The values of each language of the site.
pub type Variables = Vec<Values>;

/// Puts the site's values in the place of the theme's.
pub fn of_site(
    theme: &Theme,
    config: &Config,
    source: &SourceTree,
) -> (Variables, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let defaults: Values = theme
        .variables
        .iter()
        .map(|(name, variable)| (name.clone(), variable.default.clone()))
        .collect();
    let mut variables: Variables = Vec::with_capacity(config.languages.len());
    for language in &config.languages {
        let mut values = variables.first().unwrap_or(&defaults).clone();
        let is_own = variables.is_empty();
        values.extend(set(theme, language, is_own, &mut diagnostics));
        variables.push(values);
    }
    if let Some(own) = variables.first() {
        diagnostics.extend(hard_to_see(theme, own));
        diagnostics.extend(missing_fonts(own, source));
    }
    (variables, diagnostics)
}

/// What a language's settings say.
fn set(
    theme: &Theme,
    language: &Language,
    is_own: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Option<Written<Value>>)> {
    let mut set = Vec::new();
    for entry in &language.variables.entries {
        let (name, span) = (&entry.key, entry.value.span.clone());
        let Some(Variable { kind, .. }) = theme.variables.get(name) else {
            let known: Vec<&str> = theme.variables.keys().map(String::as_str).collect();
            let unknown = Diagnostic::error(format!("the theme has no variable `{name}`"))
                .at(FILE, entry.key_span.clone())
                .label(match known.is_empty() {
                    true => "it declares none".to_owned(),
                    false => format!("it has {}", known.join(", ")),
                })
                .suggest(name, known);
            diagnostics.push(unknown);
            continue;
        };
        if !is_own && kind.is_style() {
            let wrong = Diagnostic::error(format!("`{name}` is the same in every language"))
                .at(FILE, entry.key_span.clone())
                .label("the style sheet is one")
                .help("set it under `[variables]`");
            diagnostics.push(wrong);
            continue;
        }
        if let Some(value) = kind.read(name, &entry.value, FILE, diagnostics) {
            set.push((name.clone(), Some(Spanned { value, span }.in_file(FILE))));
        }
    }
    set
}

/// Colours that people would not tell from what is behind them, by day or by night.
fn hard_to_see(theme: &Theme, values: &Values) -> Vec<Diagnostic> {
    let colour = |name: &str| {
        let written = values.get(name)?.as_ref()?;
        match &written.value {
            Value::Colour(scheme) => Some((scheme, written)),
            _ => None,
        }
    };
    let mut diagnostics = Vec::new();
    for (name, variable) in &theme.variables {
        let Some(contrast) = &variable.contrast else {
            continue;
        };
        let Some(((of, own), (with, behind))) = colour(name).zip(colour(&contrast.with.value))
        else {
            continue;
        };
        let reached = [
            ("light", of.light.contrast(&with.light)),
            ("dark", of.dark.contrast(&with.dark)),
        ];
        let Some((scheme, least)) = reached
            .into_iter()
            .min_by(|one, other| one.1.total_cmp(&other.1))
            .filter(|(_, least)| *least < contrast.at_least)
        else {
            continue;
        };
        // Whoever changed one of the two is who can change it again.
        let changed = match *own.file == *FILE {
            true => own,
            false => behind,
        };
        let mut hard = Diagnostic::warning(format!(
            "`{name}` is hard to see on `{}` in the {scheme} scheme",
            contrast.with.value
        ))
        .label(format!(
            "their contrast is {least:.2} : 1, and {} : 1 is needed",
            contrast.at_least
        ));
        hard.place = Some(changed.place());
        let same = |colour: &Colour, other: &Colour| colour.css == other.css;
        if same(&of.light, &of.dark) {
            hard = hard.help("a colour may differ: `{ light = \"…\", dark = \"…\" }`");
        }
        diagnostics.push(hard);
    }
    diagnostics
}

/// Files of fonts that `static/` does not have.
fn missing_fonts(values: &Values, source: &SourceTree) -> Vec<Diagnostic> {
    fonts(values)
        .flat_map(|(_, font)| &font.files)
        .filter_map(|file| {
            let path = format!("static/{}", file.path.value.trim_start_matches('/'));
            if source.get(&path).is_some() {
                return None;
            }
            let missing = Diagnostic::error("there is no such font")
                .at(FILE, file.path.span.clone())
                .label(format!("no file `{path}`"));
            Some(missing)
        })
        .collect()
}

fn fonts(values: &Values) -> impl Iterator<Item = (&String, &Font)> {
    values.iter().filter_map(|(name, value)| match value {
        Some(Written {
            value: Value::Font(font),
            ..
        }) => Some((name, font)),
        _ => None,
    })
}

/// Rules for the beginning of the theme's style sheet: colours, fonts and lengths as custom properties
/// of the root, in a cascade layer below all layers of the theme. `href` gives the address of a file.
pub fn style(values: &Values, href: impl Fn(&str) -> String) -> String {
    let (mut light, mut dark) = (String::new(), String::new());
    for (name, value) in values {
        let property = name.replace('_', "-");
        let Some(Written { value, .. }) = value else {
            continue;
        };
        // Writing into a text cannot fail.
        let _ = match value {
            Value::Colour(scheme) => {
                let _ = write!(light, "--{property}:{};", scheme.light.css);
                write!(dark, "--{property}:{};", scheme.dark.css)
            }
            Value::Font(font) => write!(light, "--{property}:{};", font.family),
            Value::Length(length) => write!(light, "--{property}:{length};"),
            Value::Text(_) | Value::Boolean(_) | Value::Picture(_) | Value::Links(_) => Ok(()),
        };
    }
    let mut style = String::new();
    for (_, font) in fonts(values) {
        let name = font.family.split(',').next().unwrap_or_default().trim();
        for file in &font.files {
            let slope = if file.italic { "italic" } else { "normal" };
            // A font that is late waits for the next page, so that no text moves.
            let _ = writeln!(
                style,
                "@font-face{{font-family:{name};src:url(\"{}\");font-weight:{};font-style:{slope};font-display:optional}}",
                href(&file.path.value),
                file.weight,
            );
        }
    }
    if light.is_empty() {
        return style;
    }
    let _ = write!(style, "@layer variables{{:root{{{light}}}");
    if !dark.is_empty() {
        let _ = write!(
            style,
            "@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        );
    }
    style.push_str("}\n");
    style
}
