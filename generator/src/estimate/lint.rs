//! What is allowed in a model file and yet most likely not meant: sources that nobody can look up,
//! entries without any effect, ids where readers expect words. Takes a sound model with its text,
//! gives warnings.

use tallypress_calculator::model::{Activity, Craft, Model, Scale, Setting};

use super::EstimateModel;
use super::assumptions::setting_key;
use super::numbers::finite;
use crate::diagnostic::{Diagnostic, Span};
use crate::fields::{Entry, Kind, Table, Value, parse_toml};

/// Everything that is worth a second look, from top to bottom.
pub fn lint(model: &EstimateModel, text: &str) -> Vec<Diagnostic> {
    let (file, _) = parse_toml(&model.path, text, 0..text.len());
    let mut lint = Lint {
        model,
        file: &file,
        warnings: Vec::new(),
    };
    lint.sources();
    lint.labels();
    lint.inputs();
    lint.roles();
    lint.penalties();
    lint.phases();
    lint.milestones();
    lint.shares();
    lint.scenarios();
    lint.ramps(&file);
    lint.warnings.sort_by_key(Diagnostic::reading_order);
    lint.warnings
}

/// Whether somebody else can look up where a number comes from, or is told that nobody can.
fn is_source(text: &str) -> bool {
    is_judgement(text)
        || ["https://", "http://"]
            .iter()
            .any(|start| text.contains(start))
}

/// Whether a source says first of all that it is an assumption of the author's own.
pub fn is_judgement(text: &str) -> bool {
    let text = text.trim_start().to_lowercase();
    text.starts_with("judgement") || text.starts_with("judgement")
}

/// Whether a source leaves some of its numbers to the author's judgement.
pub fn mentions_judgement(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("judgement") || text.contains("judgement")
}

/// A model, the file that it was read from, and what was found so far.
struct Lint<'a> {
    model: &'a EstimateModel,
    file: &'a Table,
    warnings: Vec<Diagnostic>,
}

impl<'a> Lint<'a> {
    fn warn(&mut self, span: Span, message: String, label: &str, help: &str) {
        let warning = Diagnostic::warning(message).at(&self.model.path, span);
        self.warnings.push(match help {
            "" => warning.label(label),
            help => warning.label(label).help(help),
        });
    }

    fn sources(&mut self) {
        let mut written: Vec<(&Entry, String)> = Vec::new();
        for entry in &self.file.entries {
            for table in tables_of(&entry.value) {
                let subject = ["label", "id", "skill"]
                    .iter()
                    .find_map(|key| text_of(table, key))
                    .unwrap_or(&entry.key);
                written.extend(table.get("src").map(|src| (src, format!("`{subject}`"))));
            }
        }
        let settings = table_of(self.file, "meta").and_then(|meta| table_of(meta, "sources"));
        for key in Setting::ALL.map(setting_key) {
            let source = settings.and_then(|settings| settings.get(key));
            written.extend(source.map(|source| (source, format!("`{key}`"))));
        }
        for (entry, subject) in written {
            let Kind::Text(source) = &entry.value.kind else {
                continue;
            };
            if !is_source(source) {
                self.warn(
                    entry.value.span.clone(),
                    format!("nobody can look up the source of {subject}"),
                    "neither an address nor a judgement",
                    "add the address, `https://…`, or begin with `judgement` if it is an assumption of your own",
                );
            }
        }
    }

    /// An approach that a `share` leaves out does the work with nobody, which costs nothing.
    fn shares(&mut self) {
        let approaches = table_of(self.file, "meta").and_then(|meta| meta.get("approaches"));
        let approaches = approaches.map_or(&[][..], |entry| items(&entry.value));
        for activity in self.tables("activity") {
            let Some(share) = table_of(activity, "share") else {
                continue;
            };
            let missing: Vec<&str> = approaches
                .iter()
                .filter_map(|approach| match &approach.kind {
                    Kind::Text(id) if share.get(id).is_none() => Some(id.as_str()),
                    _ => None,
                })
                .collect();
            if let [first, ..] = missing[..] {
                let span = span_of(activity, "share");
                let message = format!(
                    "nobody does `{}` in {}",
                    id_of(activity),
                    missing.join(", ")
                );
                let help = format!("say who does it there, or `{first} = {{}}` if nobody has to");
                let label = "left out here, so it costs nothing";
                self.warn(span, message, label, &help);
            }
        }
    }

    fn labels(&mut self) {
        for kind in [
            "input",
            "role",
            "risk",
            "phase",
            "activity",
            "expense",
            "milestone",
        ] {
            for table in self.tables(kind) {
                if let (Some(id), None) = (table.get("id"), table.get("label")) {
                    let message = format!("this {kind} has no `label`");
                    self.warn(id.value.span.clone(), message, "readers see this id", "");
                }
            }
        }
        let Some(meta) = table_of(self.file, "meta") else {
            return;
        };
        let labels = table_of(meta, "labels");
        for item in meta
            .get("approaches")
            .map_or(&[][..], |entry| items(&entry.value))
        {
            let Kind::Text(id) = &item.kind else { continue };
            if labels.is_none_or(|labels| labels.get(id).is_none()) {
                self.warn(
                    item.span.clone(),
                    "this approach has no label".to_owned(),
                    "readers see this id",
                    "add it to `labels` in `[meta]`",
                );
            }
        }
    }

    fn inputs(&mut self) {
        let used = inputs_used(&self.model.model);
        for (index, table) in self.tables("input").enumerate() {
            if !used.contains(&index) {
                self.warn(
                    span_of(table, "id"),
                    format!("nothing uses the input `{}`", id_of(table)),
                    "readers would change it without any effect",
                    "",
                );
            }
        }
    }

    fn roles(&mut self) {
        let model = &self.model.model;
        for (index, table) in self.tables("role").enumerate() {
            let for_team = model.team == Some(index);
            let works = model.activities.iter().any(|activity| {
                does_part(activity, index, &[]) || (for_team && activity.team > 0.0)
            });
            if !works {
                self.warn(
                    span_of(table, "id"),
                    format!("the role `{}` never works", id_of(table)),
                    "no activity gives it a share",
                    "",
                );
            }
        }
    }

    fn penalties(&mut self) {
        let model = &self.model.model;
        for (penalty, table) in model.penalties.iter().zip(self.tables("penalty")) {
            let applies = model.activities.iter().any(|activity| {
                activity.skill == penalty.skill
                    && does_part(activity, penalty.role, &penalty.approaches)
            });
            if !applies {
                self.warn(
                    span_of(table, "skill"),
                    "this penalty never applies".to_owned(),
                    "the role has no share in any activity of this skill",
                    "",
                );
            }
        }
    }

    fn phases(&mut self) {
        let activities = &self.model.model.activities;
        for (index, table) in self.tables("phase").enumerate() {
            if activities.iter().all(|activity| activity.phase != index) {
                self.warn(
                    span_of(table, "id"),
                    format!("the phase `{}` is empty", id_of(table)),
                    "no activity belongs to it",
                    "",
                );
            }
        }
    }

    fn milestones(&mut self) {
        let model = &self.model.model;
        for (milestone, table) in model.milestones.iter().zip(self.tables("milestone")) {
            let worked = |activity: &usize| {
                let activity = model.activities.get(*activity);
                activity.is_some_and(|activity| {
                    !activity.ongoing
                        && activity.splits.iter().any(|split| !split.shares.is_empty())
                })
            };
            if !milestone.after.iter().any(worked) {
                self.warn(
                    span_of(table, "after"),
                    format!("the milestone `{}` is always reached at once", id_of(table)),
                    "nobody ever works on anything that it waits for",
                    "",
                );
            }
        }
    }

    fn scenarios(&mut self) {
        let defaults = self.model.model.defaults();
        for (scenario, table) in self.model.scenarios.iter().zip(self.tables("scenario")) {
            if scenario.values == defaults {
                self.warn(
                    span_of(table, "set"),
                    format!("the scenario `{}` changes nothing", scenario.id),
                    "these are the defaults",
                    "",
                );
            }
        }
    }

    /// Looks for ramps everywhere: a ramp is a table with an `input` and an `x`.
    fn ramps(&mut self, table: &Table) {
        if let (Some(input), Some(x)) = (text_of(table, "input"), table.get("x")) {
            self.ramp(input, &x.value);
        }
        for entry in &table.entries {
            for table in tables_of(&entry.value) {
                self.ramps(table);
            }
        }
    }

    fn ramp(&mut self, input: &str, x: &Value) {
        let place = self.model.inputs.iter().position(|one| one.id == input);
        let Some(range) = place.and_then(|place| self.model.model.inputs.get(place)) else {
            return;
        };
        let (min, max) = (range.min, range.max);
        let outside = |x: &f64| *x < min || *x > max;
        if let Some(far) = items(x).iter().filter_map(finite).find(outside) {
            self.warn(
                x.span.clone(),
                format!("`{input}` never is {far}"),
                &format!("it goes from {min} to {max}"),
                "",
            );
        }
    }

    /// The tables of one kind, in the order of the model.
    fn tables(&self, kind: &str) -> impl Iterator<Item = &'a Table> + use<'a> {
        let entry = self.file.get(kind);
        entry.into_iter().flat_map(|entry| tables_of(&entry.value))
    }
}

/// Inputs that have an effect on something.
fn inputs_used(model: &Model) -> Vec<usize> {
    let mut used: Vec<usize> = Vec::new();
    let mut scales: Vec<&Scale> = Vec::new();
    for number in &model.numbers {
        used.extend(&number.drivers);
        scales.push(&number.scale);
    }
    for role in &model.roles {
        used.extend(role.capacity.input);
        if let Some(opportunity) = &role.opportunity {
            used.push(opportunity.input);
            scales.push(&opportunity.scale);
        }
    }
    for activity in &model.activities {
        scales.push(&activity.scale);
        scales.extend(&activity.approach_scale);
        let conditions = activity.splits.iter().filter_map(|split| split.when);
        used.extend(conditions.map(|when| when.input));
    }
    let crafts: [Option<&Craft>; 2] = [
        model.pack.as_ref().map(|pack| &pack.craft),
        model.adoption.as_ref().map(|adoption| &adoption.craft),
    ];
    for craft in crafts.into_iter().flatten() {
        used.extend(craft.fixed.iter().map(|row| row.when.input));
    }
    if let Some(owner) = model
        .improvement
        .as_ref()
        .and_then(|one| one.owner.as_ref())
    {
        used.push(owner.when.input);
    }
    if let Some(operations) = &model.value.operations {
        used.extend(&operations.drivers);
        used.extend(operations.percent);
    }
    if let Some(automations) = &model.value.automations {
        used.extend([automations.count, automations.saved]);
        scales.push(&automations.scale);
    }
    let ramps = scales.into_iter().flat_map(|scale| &scale.0);
    used.extend(ramps.map(|ramp| ramp.input));
    used
}

/// Whether a role ever has a share in an activity, in one of some approaches (all if empty).
fn does_part(activity: &Activity, role: usize, approaches: &[usize]) -> bool {
    activity.splits.iter().any(|split| {
        (approaches.is_empty() || approaches.contains(&split.approach))
            && split
                .shares
                .iter()
                .any(|share| share.role == role && share.part > 0.0)
    })
}

fn items(value: &Value) -> &[Value] {
    match &value.kind {
        Kind::List(items) => items,
        _ => &[],
    }
}

/// The tables that a value is or lists.
fn tables_of(value: &Value) -> impl Iterator<Item = &Table> {
    let own = match &value.kind {
        Kind::Table(table) => Some(table),
        _ => None,
    };
    let listed = items(value).iter().filter_map(|item| match &item.kind {
        Kind::Table(table) => Some(table),
        _ => None,
    });
    own.into_iter().chain(listed)
}

fn table_of<'a>(table: &'a Table, key: &str) -> Option<&'a Table> {
    match &table.get(key)?.value.kind {
        Kind::Table(table) => Some(table),
        _ => None,
    }
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    match &table.get(key)?.value.kind {
        Kind::Text(text) => Some(text),
        _ => None,
    }
}

fn id_of(table: &Table) -> &str {
    text_of(table, "id").unwrap_or_default()
}

/// Where the value of a key is written.
fn span_of(table: &Table, key: &str) -> Span {
    table
        .get(key)
        .map_or(table.span.clone(), |entry| entry.value.span.clone())
}
