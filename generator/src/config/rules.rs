//! `[schema]`: what the site asks of its own front matter. Which keys under `extra` there are, of which
//! kind, which keys a page must have, and what may stand in them.

use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Spanned};

/// Keys that a rule may name besides `extra.…`.
pub const BUILT_IN: [&str; 8] = [
    "authors",
    "categories",
    "date",
    "description",
    "images",
    "series",
    "tags",
    "updated",
];

#[derive(Clone, Debug, Default)]
pub struct Rules {
    pub rules: Vec<Rule>,
    /// Whether `extra` holds nothing but what the rules name.
    pub closed: bool,
}

impl Rules {
    /// Whether they allow everything.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && !self.closed
    }
}

/// What is asked of one key.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `extra.audience`, `extra.review.by`, or a key of every page such as `description`.
    pub key: Spanned<String>,
    /// Of a key under `extra`; the others have theirs.
    pub kind: Option<RuleKind>,
    pub required: bool,
    /// What may stand there; anything if there are none.
    pub values: Vec<String>,
    /// The folder below `content` whose pages the rule is for; all pages if it is empty.
    pub section: String,
    pub description: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    List,
    Table,
}

impl RuleKind {
    const NAMES: [(&'static str, Self); 7] = [
        ("text", Self::Text),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("date", Self::Date),
        ("list", Self::List),
        ("table", Self::Table),
    ];

    pub fn holds(self, value: &Kind) -> bool {
        matches!(
            (self, value),
            (Self::Text, Kind::Text(_))
                | (Self::Integer, Kind::Integer(_))
                | (Self::Number, Kind::Integer(_) | Kind::Float(_))
                | (Self::Boolean, Kind::Flag(_))
                | (Self::Date, Kind::Date(_))
                | (Self::List, Kind::List(_))
                | (Self::Table, Kind::Table(_))
        ) || matches!((self, value), (Self::Date, Kind::Text(text)) if crate::date::Date::parse(text).is_some())
    }

    /// As an author would say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "`true` or `false`",
            Self::Date => "a date",
            Self::List => "a list",
            Self::Table => "a table",
        }
    }
}

impl Rule {
    /// The parts of the key below `extra`; none for a key that every page may have.
    pub fn below_extra(&self) -> Option<impl Iterator<Item = &str>> {
        Some(self.key.value.strip_prefix("extra.")?.split('.'))
    }
}

pub fn read(fields: &mut Fields<'_>) -> Rules {
    let Some(table) = fields.table("schema") else {
        return Rules::default();
    };
    let path = fields.path();
    let mut fields = Fields::new(path, table, fields.diagnostics());
    let closed = fields.flag("closed").unwrap_or(false);
    let tables = fields.tables("fields");
    let rules = tables
        .into_iter()
        .filter_map(|table| rule(Fields::new(path, table, fields.diagnostics())))
        .collect();
    fields.finish();
    Rules { rules, closed }
}

fn rule(mut fields: Fields<'_>) -> Option<Rule> {
    let key = fields.required_text("key");
    let kind = kind(&mut fields);
    let text = |fields: &mut Fields<'_>, key| fields.text(key).map(|text| text.value);
    let rule = key.map(|key| Rule {
        key,
        kind: kind.as_ref().map(|kind| kind.value),
        required: fields.flag("required").unwrap_or(false),
        values: fields
            .texts("values")
            .unwrap_or_default()
            .into_iter()
            .map(|value| value.value)
            .collect(),
        section: text(&mut fields, "section")
            .map(|section| section.trim_matches('/').to_owned())
            .unwrap_or_default(),
        description: text(&mut fields, "description").unwrap_or_default(),
    });
    if let Some(rule) = rule.as_ref().filter(|rule| rule.below_extra().is_none()) {
        let Spanned { value: key, span } = &rule.key;
        if !BUILT_IN.contains(&key.as_str()) {
            let path = fields.path();
            fields.report(
                Diagnostic::error(format!("a rule cannot be about `{key}`"))
                    .at(path, span.clone())
                    .label("name a key of your own as `extra.NAME`")
                    .suggest(key, BUILT_IN),
            );
        } else if let Some(kind) = kind {
            let message = format!("the kind of `{key}` is known");
            fields.error(message, kind.span, "only keys under `extra` take a `type`");
        }
    }
    fields.finish();
    rule
}

fn kind(fields: &mut Fields<'_>) -> Option<Spanned<RuleKind>> {
    let written = fields.text("type")?;
    let names = RuleKind::NAMES.map(|(name, _)| name);
    let found = RuleKind::NAMES
        .into_iter()
        .find(|(name, _)| *name == written.value);
    let path = fields.path();
    let Some((_, kind)) = found else {
        fields.report(
            Diagnostic::error(format!("there is no type `{}`", written.value))
                .at(path, written.span)
                .label(format!("types are {}", names.join(", ")))
                .suggest(&written.value, names),
        );
        return None;
    };
    Some(Spanned {
        value: kind,
        span: written.span,
    })
}
