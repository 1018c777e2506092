//! What the theme's shortcodes may be given: as `theme.toml` declares it, and
//! otherwise as their templates read it. Anything else would be lost without a word.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Fields, Kind, Spanned, Table, Value as Field};
use crate::page::{Arg, Shortcode, has_scheme};

/// Declarations by the shortcode's name.
pub type Declarations = BTreeMap<String, Signature>;

/// What one shortcode takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    arguments: Arguments,
    body: Use,
    /// What the site has to have set, for the shortcode to show anything.
    pub needs: Option<Setting>,
    /// Whether a page may hold but one, because its parts have ids.
    pub once: bool,
}

/// A table of `site.toml` that a site may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Contact,
}

const SETTINGS: [(&str, Setting); 1] = [("contact", Setting::Contact)];

#[derive(Clone, Debug, PartialEq)]
enum Arguments {
    Declared(BTreeMap<String, Argument>),
    /// Those that the template names.
    Named(BTreeSet<String>),
    /// The template takes them as they come.
    Any,
}

#[derive(Clone, Debug, PartialEq)]
struct Argument {
    kind: ArgumentKind,
    /// The values that it may have; empty if any will do.
    values: Vec<Value>,
    default: Option<Value>,
    required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ArgumentKind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    /// A file beside the page or in `static`, or whatever else a link may lead to; templates see its address.
    File,
}

/// The kinds by the names that `theme.toml` has for them.
const KINDS: [(&str, ArgumentKind); 6] = [
    ("text", ArgumentKind::Text),
    ("integer", ArgumentKind::Integer),
    ("number", ArgumentKind::Number),
    ("boolean", ArgumentKind::Boolean),
    ("list", ArgumentKind::List),
    ("file", ArgumentKind::File),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Required,
    Optional,
    None,
}

const USES: [(&str, Use); 3] = [
    ("required", Use::Required),
    ("optional", Use::Optional),
    ("none", Use::None),
];

impl ArgumentKind {
    /// As an author would say it.
    fn name(self) -> &'static str {
        match self {
            ArgumentKind::Text => "a text in quotes",
            ArgumentKind::Integer => "a whole number",
            ArgumentKind::Number => "a number",
            ArgumentKind::Boolean => "true or false without quotes",
            ArgumentKind::List => "a list in brackets",
            ArgumentKind::File => "a path in quotes",
        }
    }

    /// How a value of the kind is written.
    fn example(self) -> &'static str {
        match self {
            ArgumentKind::Text | ArgumentKind::File => "\"…\"",
            ArgumentKind::Integer | ArgumentKind::Number => "1",
            ArgumentKind::Boolean => "true",
            ArgumentKind::List => "[…]",
        }
    }

    fn fits(self, value: &Value) -> bool {
        match self {
            ArgumentKind::Text | ArgumentKind::File => value.is_string(),
            ArgumentKind::Integer => value.is_i64() || value.is_u64(),
            ArgumentKind::Number => value.is_number(),
            ArgumentKind::Boolean => value.is_boolean(),
            ArgumentKind::List => value.is_array(),
        }
    }
}

impl Signature {
    /// Finds `args.NAME` and `body` in a template.
    pub fn of_template(template: &str) -> Self {
        let word = |one: char| one.is_ascii_alphanumeric() || one == '_';
        let mut arguments = Some(BTreeSet::new());
        let mut body = Use::None;
        let mut rest = template;
        while let Some(start) = rest.find(word) {
            let inside = &rest[start..];
            let end = inside.find(|one| !word(one)).unwrap_or(inside.len());
            let (name, after) = inside.split_at(end);
            rest = after;
            if matches!(name, "body" | "questions") {
                body = Use::Required;
            }
            if name != "args" {
                continue;
            }
            let field = after.strip_prefix('.').map(|field| {
                let end = field.find(|one| !word(one)).unwrap_or(field.len());
                &field[..end]
            });
            match (field, &mut arguments) {
                (Some(field), Some(arguments)) if !field.is_empty() => {
                    arguments.insert(field.to_owned());
                }
                _ => arguments = None,
            }
        }
        Self {
            arguments: arguments.map_or(Arguments::Any, Arguments::Named),
            body,
            needs: None,
            once: false,
        }
    }

    /// Those of a shortcode's arguments that name files.
    pub fn files<'a>(&self, shortcode: &'a Shortcode) -> impl Iterator<Item = &'a Arg> {
        let args = shortcode.args.iter();
        args.filter(move |arg| match &self.arguments {
            Arguments::Declared(declared) => declared
                .get(&arg.name.value)
                .is_some_and(|argument| argument.kind == ArgumentKind::File),
            Arguments::Named(_) | Arguments::Any => false,
        })
    }

    /// The arguments that a template sees for a shortcode, with defaults for those
    /// that were left out.
    ///
    /// # Errors
    /// Everything that does not fit, with its place in the shortcode's file.
    pub fn args(
        &self,
        shortcode: &Shortcode,
    ) -> Result<BTreeMap<String, Value>, Vec<(Diagnostic, Span)>> {
        let name = &shortcode.name.value;
        let mut wrong = Vec::new();
        let mut args = written_args(shortcode);
        let known: Option<Vec<&str>> = match &self.arguments {
            Arguments::Declared(declared) => Some(declared.keys().map(String::as_str).collect()),
            Arguments::Named(named) => Some(named.iter().map(String::as_str).collect()),
            Arguments::Any => None,
        };
        for arg in &shortcode.args {
            let known = known.as_deref().unwrap_or_default();
            if matches!(self.arguments, Arguments::Any) {
                continue;
            }
            if !known.contains(&arg.name.value.as_str()) {
                let unknown = no_argument(name, &arg.name.value, known);
                wrong.push((unknown, arg.name.span.clone()));
            }
        }
        if let Arguments::Declared(declared) = &self.arguments {
            for (argument_name, argument) in declared {
                let given = shortcode
                    .args
                    .iter()
                    .find(|arg| arg.name.value == *argument_name);
                match given {
                    Some(arg) => wrong.extend(argument.refuse(argument_name, &arg.value)),
                    None if argument.required => {
                        let missing =
                            Diagnostic::error(format!("`{name}` needs `{argument_name}`"))
                                .label(argument.wanted(argument_name));
                        wrong.push((missing, shortcode.name.span.clone()));
                    }
                    None => {
                        let default = argument.default.clone();
                        args.extend(default.map(|default| (argument_name.clone(), default)));
                    }
                }
            }
        }
        let help = match (self.body, &shortcode.body) {
            (Use::None, Some(_)) => Some(("takes no", format!("`{{{{ {name}(…) }}}}`"))),
            (Use::Required, None) => {
                Some(("needs a", format!("`{{% {name}(…) %}}text{{% end %}}`")))
            }
            _ => None,
        };
        wrong.extend(help.map(|(verb, form)| {
            let misused =
                Diagnostic::error(format!("`{name}` {verb} body")).help(format!("write {form}"));
            (misused, shortcode.name.span.clone())
        }));
        match wrong.is_empty() {
            true => Ok(args),
            false => Err(wrong),
        }
    }
}

impl Argument {
    /// What is wrong with a value, if anything is.
    fn refuse(&self, name: &str, value: &Spanned<Value>) -> Option<(Diagnostic, Span)> {
        let wrong = if !self.kind.fits(&value.value) {
            Diagnostic::error(format!("`{name}` must be {}", self.kind.name()))
                .label(format!("this is {}", kind_of(&value.value)))
        } else if self.kind == ArgumentKind::File && value.value.as_str().is_some_and(has_scheme) {
            Diagnostic::error(format!("`{name}` must be a file of this site"))
                .label("pages load nothing from elsewhere")
                .help("put the file beside the page, or link to it there")
        } else if !self.values.is_empty() && !self.values.contains(&value.value) {
            let allowed: Vec<String> = self.values.iter().map(shown).collect();
            Diagnostic::error(format!("`{name}` cannot be {}", shown(&value.value)))
                .label(format!("it is one of {}", allowed.join(", ")))
                .suggest(&shown(&value.value), allowed.iter().map(String::as_str))
        } else {
            return None;
        };
        Some((wrong, value.span.clone()))
    }

    /// What to add where it is missing.
    fn wanted(&self, name: &str) -> String {
        let form = format!("add `{name}={}`", self.kind.example());
        let allowed: Vec<String> = self.values.iter().map(shown).collect();
        match allowed.is_empty() {
            true => form,
            false => format!("{form}, one of {}", allowed.join(", ")),
        }
    }
}

/// A value in a message, without the quotes of a text.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Bool(_) => "true or false",
        Value::Array(_) => "a list",
        Value::Number(number) if number.is_f64() => "a number",
        _ => "a whole number",
    }
}

/// The arguments as their author wrote them.
pub fn written_args(shortcode: &Shortcode) -> BTreeMap<String, Value> {
    let args = shortcode.args.iter();
    args.map(|arg| (arg.name.value.clone(), arg.value.value.clone()))
        .collect()
}

/// An argument that a shortcode does not have, still without its place.
pub fn no_argument(shortcode: &str, argument: &str, known: &[&str]) -> Diagnostic {
    let takes = match known {
        [] => "it takes no arguments".to_owned(),
        known => format!("it takes {}", known.join(", ")),
    };
    Diagnostic::error(format!("`{shortcode}` has no argument `{argument}`"))
        .label(takes)
        .suggest(argument, known.iter().copied())
}

/// Reads `[shortcodes.NAME]` of `theme.toml`. `templates` are the shortcodes that the theme draws.
pub fn declarations(fields: &mut Fields<'_>, templates: &[&str]) -> Declarations {
    let Some(table) = fields.table("shortcodes") else {
        return Declarations::new();
    };
    let path = fields.path();
    let mut declarations = Declarations::new();
    for entry in &table.entries {
        if !templates.contains(&entry.key.as_str()) {
            let wrong = Diagnostic::error(format!("there is no shortcode `{}`", entry.key))
                .at(path, entry.key_span.clone())
                .label(format!("no `templates/shortcodes/{}.html`", entry.key))
                .suggest(&entry.key, templates.iter().copied());
            fields.report(wrong);
        }
        let Some(table) = nested(fields, &entry.key, &entry.value) else {
            continue;
        };
        let mut fields = Fields::new(path, table, fields.diagnostics());
        let signature = Signature {
            body: choice(&mut fields, "body", &USES).unwrap_or(Use::None),
            arguments: Arguments::Declared(arguments(&mut fields)),
            needs: choice(&mut fields, "needs", &SETTINGS),
            once: fields.flag("once").unwrap_or(false),
        };
        fields.finish();
        declarations.insert(entry.key.clone(), signature);
    }
    declarations
}

fn arguments(fields: &mut Fields<'_>) -> BTreeMap<String, Argument> {
    let Some(table) = fields.table("arguments") else {
        return BTreeMap::new();
    };
    let path = fields.path();
    let mut arguments = BTreeMap::new();
    for entry in &table.entries {
        let Some(table) = nested(fields, &entry.key, &entry.value) else {
            continue;
        };
        let mut fields = Fields::new(path, table, fields.diagnostics());
        let kind = choice(&mut fields, "type", &KINDS).unwrap_or(ArgumentKind::Text);
        let mut values = Vec::new();
        for value in fields.list("values").unwrap_or_default() {
            values.extend(of_kind(&mut fields, kind, value));
        }
        let default = fields.value("default");
        let default = default.and_then(|value| {
            let default = of_kind(&mut fields, kind, value)?;
            if !values.is_empty() && !values.contains(&default) {
                fields.error(
                    "the default is not among the values",
                    value.span.clone(),
                    "an author could not write this",
                );
            }
            Some(default)
        });
        let argument = Argument {
            kind,
            values,
            default,
            required: fields.flag("required").unwrap_or(false),
        };
        fields.finish();
        arguments.insert(entry.key.clone(), argument);
    }
    arguments
}

fn nested<'a>(fields: &mut Fields<'a>, key: &str, value: &'a Field) -> Option<&'a Table> {
    match &value.kind {
        Kind::Table(table) => Some(table),
        kind => {
            fields.error(
                format!("`{key}` must be a table"),
                value.span.clone(),
                format!("this is {}", kind.name()),
            );
            None
        }
    }
}

/// One of several words.
fn choice<T: Copy>(
    fields: &mut Fields<'_>,
    key: &'static str,
    choices: &[(&'static str, T)],
) -> Option<T> {
    let written = fields.text(key)?;
    let found = choices.iter().find(|(name, _)| *name == written.value);
    if found.is_none() {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let wrong = Diagnostic::error(format!("`{key}` cannot be `{}`", written.value))
            .at(fields.path(), written.span)
            .label(format!("it is one of {}", names.join(", ")))
            .suggest(&written.value, names);
        fields.report(wrong);
    }
    found.map(|(_, choice)| *choice)
}

/// A value in `theme.toml` as a shortcode would be given it.
fn of_kind(fields: &mut Fields<'_>, kind: ArgumentKind, field: &Field) -> Option<Value> {
    let value = json(field).filter(|value| kind.fits(value));
    if value.is_none() {
        fields.error(
            format!("this must be {}", kind.name()),
            field.span.clone(),
            format!("this is {}", field.kind.name()),
        );
    }
    value
}

fn json(field: &Field) -> Option<Value> {
    Some(match &field.kind {
        Kind::Text(text) => text.as_str().into(),
        Kind::Integer(integer) => (*integer).into(),
        Kind::Float(float) => Value::Number(serde_json::Number::from_f64(*float)?),
        Kind::Flag(flag) => (*flag).into(),
        Kind::List(items) => items
            .iter()
            .map(json)
            .collect::<Option<Vec<Value>>>()?
            .into(),
        Kind::Null | Kind::Date(_) | Kind::Table(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_says_what_its_shortcode_takes() {
        let signature =
            Signature::of_template("<p>{{ args.kind | upper }} {{ args.title }}</p>{{ body }}");
        let names = BTreeSet::from(["kind", "title"].map(str::to_owned));
        assert_eq!(signature.arguments, Arguments::Named(names));
        assert_eq!(signature.body, Use::Required);
        let any = Signature::of_template("{{ <x ...args /> }}");
        assert_eq!(any.arguments, Arguments::Any);
    }
}
