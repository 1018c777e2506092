//! A model in another language: a file of texts beside its own, such as `x.fr.toml`. Takes the model and that
//! file, gives the model with these texts; its numbers stand in one place only.

use super::numbers::nested;
use super::{EstimateModel, Name};
use crate::diagnostic::Diagnostic;
use crate::fields::{Entry, Fields, Kind, Spanned, Table, parse_toml};

/// The model with the texts of a translation. What nobody has translated stays as it is, and is said.
pub fn translate(
    model: &EstimateModel,
    path: &str,
    text: &str,
) -> (EstimateModel, Vec<Diagnostic>) {
    let (file, mut diagnostics) = parse_toml(path, text, 0..text.len());
    let mut translated = model.clone();
    if diagnostics.iter().any(Diagnostic::is_error) {
        return (translated, diagnostics);
    }
    let mut fields = Fields::new(path, &file, &mut diagnostics);
    let mut translation = Translation::default();
    translation.read(&mut fields, &mut translated);
    fields.finish();
    let missing = translation.missing;
    if !missing.is_empty() {
        diagnostics.push(
            Diagnostic::warning("not all texts of the model are translated")
                .in_file(path)
                .label(format!("shown as they are: {}", missing.join(", "))),
        );
    }
    diagnostics.sort_by_key(Diagnostic::reading_order);
    (translated, diagnostics)
}

/// What has been read of the file.
#[derive(Default)]
struct Translation {
    /// What it does not say, such as `role.cto`.
    missing: Vec<String>,
}

impl Translation {
    fn read(&mut self, fields: &mut Fields<'_>, model: &mut EstimateModel) {
        self.names(fields, "approach", &mut model.approaches);
        self.questions(fields, model);
        self.names(fields, "role", &mut model.roles);
        self.names(fields, "risk", &mut model.risks);
        self.skills(fields, &mut model.skills);
        self.names(fields, "phase", &mut model.phases);
        self.names(fields, "activity", &mut model.activities);
        self.names(fields, "expense", &mut model.expenses);
        self.names(fields, "milestone", &mut model.milestones);
        self.scenarios(fields, model);
        self.claims(fields, model);
        if let Some(limits) = self.texts(fields, "limits", model.limits.len()) {
            model.limits = limits;
        }
    }

    /// `[role]` with a label for each id.
    fn names(&mut self, fields: &mut Fields<'_>, kind: &'static str, names: &mut [Name]) {
        let ids: Vec<String> = names.iter().map(|name| name.id.clone()).collect();
        for (place, entry) in self.entries(fields, kind, &ids) {
            if let Some(label) = text_of(fields, entry) {
                names[place].label = label;
            }
        }
    }

    /// Kinds of work have no labels: what they are called is their id.
    fn skills(&mut self, fields: &mut Fields<'_>, skills: &mut [String]) {
        let ids = skills.to_vec();
        for (place, entry) in self.entries(fields, "skill", &ids) {
            if let Some(skill) = text_of(fields, entry) {
                skills[place] = skill;
            }
        }
    }

    /// `[input.ID]` with `label`, `help`, `unit` and `options`.
    fn questions(&mut self, fields: &mut Fields<'_>, model: &mut EstimateModel) {
        let inputs = model.inputs.iter();
        let ids: Vec<String> = inputs.map(|input| input.id.clone()).collect();
        for (place, entry) in self.entries(fields, "input", &ids) {
            let Some(table) = table_of(fields, entry) else {
                continue;
            };
            let question = &mut model.inputs[place];
            let name = format!("input.{}", question.id);
            nested(fields, table, |fields| {
                self.text(fields, "label", &name, Some(&mut question.label));
                self.text(fields, "help", &name, question.help.as_mut());
                self.text(fields, "unit", &name, question.unit.as_mut());
                let count = question.options.len();
                if let Some(options) = self.texts(fields, "options", count) {
                    question.options = options;
                }
            });
        }
    }

    /// `[scenario.ID]` with `label` and `help`.
    fn scenarios(&mut self, fields: &mut Fields<'_>, model: &mut EstimateModel) {
        let scenarios = model.scenarios.iter();
        let ids: Vec<String> = scenarios.map(|scenario| scenario.id.clone()).collect();
        for (place, entry) in self.entries(fields, "scenario", &ids) {
            let Some(table) = table_of(fields, entry) else {
                continue;
            };
            let scenario = &mut model.scenarios[place];
            let name = format!("scenario.{}", scenario.id);
            nested(fields, table, |fields| {
                self.text(fields, "label", &name, Some(&mut scenario.label));
                self.text(fields, "help", &name, scenario.help.as_mut());
            });
        }
    }

    /// `[[claim]]` with `text` and `note`, one for each claim of the model: they have no ids.
    fn claims(&mut self, fields: &mut Fields<'_>, model: &mut EstimateModel) {
        let count = model.claims.len();
        let Some(list) = fields.value("claim") else {
            self.missing.extend((count > 0).then(|| "claim".to_owned()));
            return;
        };
        let tables = fields.tables("claim");
        if tables.len() != count {
            let label = format!("this has {}, the model {count}", tables.len());
            let message = "a translation has the model's claims, in their order";
            fields.error(message, list.span.clone(), label);
        }
        for (claim, table) in model.claims.iter_mut().zip(tables) {
            nested(fields, table, |fields| {
                self.text(fields, "text", "claim", Some(&mut claim.text));
                self.text(fields, "note", "claim", claim.note.as_mut());
            });
        }
    }

    /// The entries of a table by the places of the ids that they name. Ids that it lacks are noted.
    fn entries<'a>(
        &mut self,
        fields: &mut Fields<'a>,
        kind: &'static str,
        ids: &[String],
    ) -> Vec<(usize, &'a Entry)> {
        let table = fields.table(kind);
        let mut found = Vec::new();
        for entry in table.iter().flat_map(|table| &table.entries) {
            match ids.iter().position(|id| *id == entry.key) {
                Some(place) => found.push((place, entry)),
                None => {
                    let wrong = Diagnostic::error(format!("there is no {kind} `{}`", entry.key))
                        .at(fields.path(), entry.key_span.clone())
                        .label("the model has none of this name")
                        .suggest(&entry.key, ids.iter().map(String::as_str));
                    fields.report(wrong);
                }
            }
        }
        let named = |place: usize| found.iter().any(|(known, _)| *known == place);
        let missing = ids.iter().enumerate().filter(|(place, _)| !named(*place));
        self.missing
            .extend(missing.map(|(_, id)| format!("{kind}.{id}")));
        found
    }

    /// Replaces a text that the model has.
    fn text(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        of: &str,
        own: Option<&mut String>,
    ) {
        match (fields.text(key), own) {
            (Some(Spanned { value, .. }), Some(own)) => *own = value,
            (Some(Spanned { span, .. }), None) => {
                let message = format!("`{of}` of the model has no `{key}`");
                fields.error(message, span, "nothing to translate");
            }
            (None, Some(_)) => self.missing.push(format!("{of}.{key}")),
            (None, None) => {}
        }
    }

    /// A list as long as the model's own.
    fn texts(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        count: usize,
    ) -> Option<Vec<String>> {
        let Some(list) = fields.value(key) else {
            self.missing.extend((count > 0).then(|| key.to_owned()));
            return None;
        };
        let texts = fields.texts(key)?;
        if texts.len() != count {
            let label = format!("this has {}, the model {count}", texts.len());
            let message = format!("`{key}` has as many texts as in the model");
            fields.error(message, list.span.clone(), label);
            return None;
        }
        Some(texts.into_iter().map(|text| text.value).collect())
    }
}

fn text_of(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    match &entry.value.kind {
        Kind::Text(text) => Some(text.clone()),
        kind => wrong_kind(fields, entry, kind, "a text in quotes"),
    }
}

fn table_of<'a>(fields: &mut Fields<'_>, entry: &'a Entry) -> Option<&'a Table> {
    match &entry.value.kind {
        Kind::Table(table) => Some(table),
        kind => wrong_kind(fields, entry, kind, "a table"),
    }
}

fn wrong_kind<T>(fields: &mut Fields<'_>, entry: &Entry, kind: &Kind, wanted: &str) -> Option<T> {
    let message = format!("`{}` must be {wanted}", entry.key);
    let label = format!("this is {}", kind.name());
    fields.error(message, entry.value.span.clone(), label);
    None
}
