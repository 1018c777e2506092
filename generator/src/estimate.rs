//! Estimate models: TOML files that marketing writes and that the calculator computes. Takes a
//! file's path and text; gives the numbers for the engine with the names for people, and
//! everything that is wrong with the file at once.

pub mod report;
pub mod settings;
pub mod shared;

mod assumptions;
mod entries;
mod inputs;
mod labels;
mod lint;
mod names;
mod numbers;
mod orders;
mod people;
mod results;
mod scenarios;
mod terms;
mod translation;
mod variables;
mod words;
mod work;

use tallypress_calculator::model::{
    APPROACHES, Flaw, Lever, MAX_VARIABLES, Model, Quality, Setting,
};

pub use self::assumptions::{Assumption, AssumptionSubject, AssumptionUnit, Group};
pub use self::lint::{is_judgement, lint, mentions_judgement};
use self::names::{Names, identifiers};
use self::numbers::{at_least, nested, number_or, required_list, scale};
pub use self::scenarios::{Claim, Scenario};
pub use self::terms::Term;
pub use self::translation::translate;
pub use self::variables::Variable;
use self::variables::{Counted, Notes};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Kind, Spanned, Table, parse_toml};

/// A model file that keeps all rules: what the engine computes, and what people call it.
///
/// Each list of names has the order of the list in [`Model`] that it names.
#[derive(Clone, Debug, PartialEq)]
pub struct EstimateModel {
    /// The file's name without its ending.
    pub id: String,
    pub path: String,
    pub version: i64,
    /// Such as `USD`.
    pub currency: String,
    pub approaches: Vec<Name>,
    pub inputs: Vec<Question>,
    pub roles: Vec<Name>,
    pub risks: Vec<Name>,
    pub penalties: Vec<Name>,
    /// Kinds of work, as the author calls them.
    pub skills: Vec<String>,
    pub phases: Vec<Name>,
    pub activities: Vec<Name>,
    pub expenses: Vec<Name>,
    pub milestones: Vec<Name>,
    /// What is drawn once per future, in the order of the engine's risk variables.
    pub variables: Vec<Variable>,
    /// Where numbers come from, in the order of the file.
    pub sources: Vec<Source>,
    /// What [`Model::assumptions`] are called, in the same order.
    pub assumptions: Vec<Assumption>,
    /// What [`Model::terms`] are called, in the same order.
    pub terms: Vec<Term>,
    /// The inputs that are asked first, in this order; the others are folded away.
    pub questions: Vec<usize>,
    /// What is named as turning the answer.
    pub levers: Vec<Lever>,
    pub scenarios: Vec<Scenario>,
    pub claims: Vec<Claim>,
    /// Sentences about what the model leaves out.
    pub limits: Vec<String>,
    pub model: Model,
}

/// What something is called in the file, and on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub id: String,
    pub label: String,
}

/// What the visitor is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: String,
    pub label: String,
    pub help: Option<String>,
    /// What its numbers count, such as `hours a week`.
    pub unit: Option<String>,
    /// The answers of a choice, empty for numbers.
    pub options: Vec<String>,
}

/// Where the numbers of one entry come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The entry's label.
    pub subject: String,
    /// As it was written: addresses and remarks, or `judgement`.
    pub text: String,
}

/// Everything that other parts of the file may refer to, and what is known about it.
struct Book<'a> {
    approaches: Names,
    inputs: Names,
    /// Kind and range of each input, for values that inputs are compared with.
    ranges: Vec<tallypress_calculator::model::Input>,
    roles: Names,
    phases: Names,
    activities: Names,
    /// The skills that activities have.
    skills: Names,
    milestones: Names,
    /// The whole file.
    file: &'a Table,
}

/// Reads a model file. There is no model if there is an error.
pub fn parse(path: &str, text: &str) -> (Option<EstimateModel>, Vec<Diagnostic>) {
    let (file, mut diagnostics) = parse_toml(path, text, 0..text.len());
    if diagnostics.iter().any(Diagnostic::is_error) {
        return (None, diagnostics);
    }
    let mut fields = Fields::new(path, &file, &mut diagnostics);
    let estimate = read(&mut fields, &file);
    fields.finish();
    diagnostics.sort_by_key(Diagnostic::reading_order);
    let sound = !diagnostics.iter().any(Diagnostic::is_error);
    (estimate.filter(|_| sound), diagnostics)
}

fn read<'a>(fields: &mut Fields<'a>, file: &'a Table) -> Option<EstimateModel> {
    let meta = match fields.table("meta") {
        Some(meta) => meta,
        None => {
            if file.get("meta").is_none() {
                fields.report(
                    Diagnostic::error("`[meta]` is missing")
                        .in_file(fields.path())
                        .help("a model begins with `[meta]`: version, currency, approaches"),
                );
            }
            return None;
        }
    };
    let (inputs, questions, ranges) = inputs::inputs(fields);
    let mut book = Book {
        approaches: Names::default(),
        inputs,
        ranges,
        roles: identifiers(fields, "role"),
        phases: identifiers(fields, "phase"),
        activities: identifiers(fields, "activity"),
        skills: work::skills(fields),
        milestones: identifiers(fields, "milestone"),
        file,
    };
    check_input_ids(fields);
    for (name, names) in [
        ("role", &book.roles),
        ("phase", &book.phases),
        ("activity", &book.activities),
    ] {
        if names.len() == 0 && file.get(name).is_none() {
            fields.report(
                Diagnostic::error(format!("`[[{name}]]` is missing"))
                    .in_file(fields.path())
                    .help("a model has at least one role, one phase and one activity"),
            );
        }
    }
    let head = nested(fields, meta, |meta| read_meta(meta, &mut book));

    let mut notes = Notes::default();
    let (roles, role_names) = people::roles(fields, &book, &mut notes);
    let (risks, risk_names) = people::risks(fields, &mut notes);
    let (penalties, penalty_names) = people::penalties(fields, &book, &role_names, &mut notes);
    let phases = entries::labelled(fields, "phase");
    let (activities, activity_names) = work::activities(fields, &book, &mut notes);
    let (expenses, expense_names) = work::expenses(fields, &book, &mut notes);
    let orders = orders::orders(fields, &book, &activities);
    let pack = results::pack(fields, &book, &mut notes);
    let adoption = results::adoption(fields, &book, &mut notes);
    let improvement = results::improvement(fields, &book, &mut notes);
    let (operations, automations) = results::value(fields, &book, &head.automation_scale);
    let (milestones, milestone_names) = results::milestones(fields, &book);
    let team = work::team(fields, &book, &head.team, &activities);

    let (scenario_ids, scenarios) = scenarios::scenarios(fields, &book, &questions);
    let claims = scenarios::claims(fields, &book, &questions, (&scenario_ids, &scenarios));

    let Counted {
        numbers,
        number_sources,
        variables,
        sources,
    } = notes.counted();
    let model = Model {
        samples: head.samples,
        seed: head.seed,
        approaches: book.approaches.len(),
        phases: book.phases.len(),
        sufficient: head.sufficient,
        close_call: head.close_call,
        inputs: book.ranges.clone(),
        roles,
        team,
        numbers,
        risks,
        penalties,
        activities,
        orders,
        expenses,
        quality: head.quality,
        pack,
        adoption,
        improvement,
        value: tallypress_calculator::model::Value {
            operations,
            automations,
            ..head.value
        },
        milestones,
        levers: Vec::new(),
    };
    check_limits(fields, &model);
    let path = fields.path();
    let estimate = EstimateModel {
        id: stem(path).to_owned(),
        path: path.to_owned(),
        version: head.version,
        currency: head.currency,
        approaches: head.approaches,
        inputs: questions,
        roles: role_names,
        risks: risk_names,
        penalties: penalty_names,
        skills: book.skills.iter().map(str::to_owned).collect(),
        phases,
        activities: activity_names,
        expenses: expense_names,
        milestones: milestone_names,
        variables,
        sources,
        assumptions: Vec::new(),
        terms: Vec::new(),
        questions: head.questions,
        levers: Vec::new(),
        scenarios,
        claims,
        limits: head.limits,
        model,
    };
    // These are named after everything else, hence last.
    let assumptions = assumptions::assumptions(&estimate, number_sources, head.setting_sources);
    let levers = assumptions::levers(fields, &estimate, &assumptions, head.break_even);
    let estimate = EstimateModel {
        model: Model {
            levers: levers.clone(),
            ..estimate.model
        },
        assumptions,
        levers,
        ..estimate
    };
    Some(EstimateModel {
        terms: terms::terms(&estimate),
        ..estimate
    })
}

/// What `[meta]` says.
struct Head {
    version: i64,
    currency: String,
    samples: usize,
    seed: u32,
    approaches: Vec<Name>,
    /// The role that does `team` hours.
    team: Option<Spanned<String>>,
    quality: Quality,
    value: tallypress_calculator::model::Value,
    automation_scale: tallypress_calculator::model::Scale,
    sufficient: f64,
    close_call: f64,
    /// Inputs.
    questions: Vec<usize>,
    /// As it was written: the assumptions that it may name have no keys yet.
    break_even: Option<Vec<Spanned<String>>>,
    limits: Vec<String>,
    /// In the order of [`Setting::ALL`].
    setting_sources: Vec<String>,
}

/// Inputs that are asked first where the file names none.
const USUAL_QUESTIONS: usize = 5;

/// Futures that a model file may ask for. (The engine can do with fewer, in tests.)
const SAMPLES: std::ops::RangeInclusive<i64> = 1024..=65_536;

fn read_meta(meta: &mut Fields<'_>, book: &mut Book<'_>) -> Head {
    let approaches = read_approaches(meta, book);
    let seed = meta.integer("seed").map_or(1, |seed| {
        u32::try_from(seed.value).unwrap_or_else(|_| {
            meta.error(
                "`seed` must be a whole number from 0 to 4294967295",
                seed.span,
                "this does not fit",
            );
            1
        })
    });
    let sources = meta.table("sources");
    let nothing = Table::default();
    Head {
        version: meta.integer("version").map_or(1, |version| version.value),
        currency: read_currency(meta),
        samples: read_samples(meta),
        seed,
        approaches,
        team: meta.text("team_role"),
        quality: read_quality(meta, book),
        value: read_value(meta, book),
        automation_scale: scale(meta, "auto_value_scale", book, at_least(0.0)),
        sufficient: number_or(meta, "sufficient", 0.05, 0.0..=1.0),
        close_call: number_or(meta, "close_call", 0.6, 0.0..=1.0),
        questions: match meta.has("questions") {
            true => book.inputs.listed(meta, "questions"),
            false => (0..book.inputs.len().min(USUAL_QUESTIONS)).collect(),
        },
        break_even: meta.texts("break_even"),
        limits: read_limits(meta),
        setting_sources: nested(
            meta,
            sources.unwrap_or(&nothing),
            assumptions::setting_sources,
        ),
    }
}

/// Sentences about what is left out.
fn read_limits(meta: &mut Fields<'_>) -> Vec<String> {
    let mut limits = Vec::new();
    for limit in meta.texts("limits").unwrap_or_default() {
        if limit.value.trim().is_empty() {
            meta.error("a limit is a sentence", limit.span, "this is empty");
        } else {
            limits.push(limit.value);
        }
    }
    limits
}

/// An input and a setting stand side by side in addresses and in `break_even`.
fn check_input_ids(fields: &mut Fields<'_>) {
    for table in fields.tables("input") {
        let Some(id) = table.get("id").map(|entry| &entry.value) else {
            continue;
        };
        let taken = Setting::ALL
            .into_iter()
            .map(assumptions::setting_key)
            .find(|key| id.kind == Kind::Text((*key).to_owned()));
        if let Some(key) = taken {
            fields.error(
                format!("an input cannot be called `{key}`"),
                id.span.clone(),
                "a setting in `[meta]` has this name",
            );
        }
    }
}

/// The code that browsers write amounts with.
fn read_currency(meta: &mut Fields<'_>) -> String {
    let Some(currency) = meta.required_text("currency") else {
        return String::new();
    };
    let code = &currency.value;
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        meta.error(
            "`currency` must be the three capital letters of ISO 4217, like `USD`",
            currency.span.clone(),
            "this is no such code",
        );
    }
    currency.value
}

fn read_approaches(meta: &mut Fields<'_>, book: &mut Book<'_>) -> Vec<Name> {
    let items = required_list(meta, "approaches").unwrap_or_default();
    for item in items {
        match &item.kind {
            Kind::Text(id) => book.approaches.add(meta, "approach", id, item.span.clone()),
            _ => meta.error(
                "`approaches` must be a list of texts",
                item.span.clone(),
                format!("this is {}", item.kind.name()),
            ),
        }
    }
    if let Some(value) = meta.value("approaches")
        && matches!(value.kind, Kind::List(_))
        && !APPROACHES.contains(&items.len())
    {
        meta.error(
            format!(
                "a model compares {} to {} approaches",
                APPROACHES.start(),
                APPROACHES.end()
            ),
            value.span.clone(),
            format!("this names {}", items.len()),
        );
    }
    let labels = meta.table("labels");
    for entry in labels.iter().flat_map(|labels| &labels.entries) {
        book.approaches
            .find(meta, &entry.key, entry.key_span.clone());
        if !matches!(entry.value.kind, Kind::Text(_)) {
            meta.error(
                format!("the label of `{}` must be a text in quotes", entry.key),
                entry.value.span.clone(),
                format!("this is {}", entry.value.kind.name()),
            );
        }
    }
    let label = |id: &str| match labels
        .and_then(|labels| labels.get(id))
        .map(|entry| &entry.value.kind)
    {
        Some(Kind::Text(label)) => label.clone(),
        _ => id.to_owned(),
    };
    book.approaches
        .iter()
        .map(|id| Name {
            id: id.to_owned(),
            label: label(id),
        })
        .collect()
}

fn read_samples(meta: &mut Fields<'_>) -> usize {
    let Some(samples) = meta.integer("samples") else {
        return 2048;
    };
    match usize::try_from(samples.value) {
        Ok(count) if count.is_power_of_two() && SAMPLES.contains(&samples.value) => count,
        _ => {
            meta.error(
                format!(
                    "`samples` must be a power of two from {} to {}",
                    SAMPLES.start(),
                    SAMPLES.end()
                ),
                samples.span,
                "every future needs its own place in the lattice",
            );
            2048
        }
    }
}

/// Bounds of quality; a model with a `[pack]` needs both.
fn read_quality(meta: &mut Fields<'_>, book: &Book<'_>) -> Quality {
    let needed = book.file.get("pack").is_some();
    let read = |meta: &mut Fields<'_>, key| {
        if needed {
            meta.required_number(key)
        } else {
            meta.number(key)
        }
    };
    let (max, target) = (read(meta, "quality_max"), read(meta, "quality_target"));
    if let (Some(max), Some(target)) = (&max, &target)
        && !(0.0 < target.value && target.value < max.value && max.value <= 1.0)
    {
        meta.error(
            "quality must keep 0 < `quality_target` < `quality_max` ≤ 1",
            target.span.clone(),
            format!("the target is {}, the maximum {}", target.value, max.value),
        );
    }
    Quality {
        max: max.map_or(1.0, |max| max.value),
        target: target.map_or(0.5, |target| target.value),
    }
}

/// What saved time is worth; a model with a `[value]` needs both numbers.
fn read_value(meta: &mut Fields<'_>, book: &Book<'_>) -> tallypress_calculator::model::Value {
    if book.file.get("value").is_some() {
        meta.required_number("value_team_rate");
        meta.required_number("value_recapture");
    }
    tallypress_calculator::model::Value {
        horizon_weeks: number_or(meta, "horizon_weeks", 52.0, at_least(0.0)),
        team_rate: number_or(meta, "value_team_rate", 0.0, at_least(0.0)),
        recapture: number_or(meta, "value_recapture", 0.0, 0.0..=1.0),
        operations: None,
        automations: None,
    }
}

/// What no single entry is to blame for. Earlier rules find everything else; should they not, the
/// engine's own check has the last word.
fn check_limits(fields: &mut Fields<'_>, model: &Model) {
    let path = fields.path();
    let variables = model.variables();
    if variables > MAX_VARIABLES {
        fields.report(
            Diagnostic::error(format!(
                "a model may have {MAX_VARIABLES} uncertain numbers, this one has {variables}"
            ))
            .in_file(path)
            .help("each role, penalty, gap, expense, activity and `min_weeks` is one"),
        );
        return;
    }
    if fields.diagnostics().iter().any(Diagnostic::is_error) {
        return;
    }
    if let Err(flaw) = model.check() {
        let what = match flaw {
            Flaw::TooMany => "has too many entries in one list".to_owned(),
            other => format!("cannot be computed ({other:?})"),
        };
        fields.report(Diagnostic::error(format!("the model {what}")).in_file(path));
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

#[cfg(test)]
mod tests;
