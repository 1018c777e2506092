//! What a model computes with besides its assumptions, as rows that a reader may edit: how numbers depend on
//! answers, who does which part of the work, and how much time and quality there is.

use serde::Serialize;
use tallypress_calculator::model::{Kind, Model, Ramp, Scale, TermKind, TermSubject};

use super::assumptions::{SourcePart, remarks, source_parts};
use crate::estimate::{EstimateModel, Name, is_judgement};
use crate::words::Words;

#[derive(Clone, Debug, Serialize)]
pub struct TermGroup {
    pub label: String,
    /// How many rows there are.
    pub count: usize,
    pub owners: Vec<TermOwner>,
}

/// A part of the model with its terms, which have one source.
#[derive(Clone, Debug, Serialize)]
pub struct TermOwner {
    pub label: String,
    pub rows: Vec<TermRow>,
    pub source: Vec<SourcePart>,
    /// Whether it is our own judgement.
    pub judgement: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct TermRow {
    /// Behind the inputs and assumptions, among everything that a reader can set.
    pub place: usize,
    pub label: String,
    /// What makes sense for it: `any`, `not_negative`, `share`, `ramp`, `factor` or `split`.
    pub kind: &'static str,
    pub fields: Vec<TermField>,
}

#[derive(Clone, Debug, Serialize)]
pub struct TermField {
    /// Its place in the calculator's state.
    pub state: usize,
    /// As it stands in a field.
    pub value: String,
    /// Empty if the row has one number, and its label says it all.
    pub label: String,
}

/// All terms by what they are about.
pub fn groups(model: &EstimateModel, words: &Words) -> Vec<TermGroup> {
    let labels = ["estimate_ramps", "estimate_shares", "estimate_bounds"];
    let mut groups = labels.map(|label| TermGroup {
        label: words.say(label).to_owned(),
        count: 0,
        owners: Vec::new(),
    });
    let before = model.inputs.len() + model.assumptions.len();
    let mut state = model.inputs.len() + 3 * model.assumptions.len();
    let terms = model.terms.iter().zip(model.model.terms());
    for (place, (term, (subject, kind, numbers))) in terms.enumerate() {
        let teller = Teller { model, words };
        let fields = teller.fields(subject, &numbers, state);
        state += numbers.len();
        if !is_used(&model.model, subject) {
            continue;
        }
        let (group, owner) = teller.owner(subject);
        let row = TermRow {
            place: before + place,
            label: teller.label(subject),
            kind: match kind {
                TermKind::Any => "any",
                TermKind::NotNegative => "not_negative",
                TermKind::Share => "share",
                TermKind::Ramp => "ramp",
                TermKind::Factor => "factor",
                TermKind::Split => "split",
            },
            fields,
        };
        let group = &mut groups[group];
        group.count += 1;
        match group.owners.iter_mut().find(|known| known.label == owner) {
            Some(known) => known.rows.push(row),
            None => group.owners.push(TermOwner {
                label: owner,
                rows: vec![row],
                source: source_parts(remarks(&term.source)),
                judgement: is_judgement(&term.source),
            }),
        }
    }
    let groups = groups.into_iter();
    groups.filter(|group| group.count > 0).collect()
}

/// Whether a term has any part in an estimate: hours of a team are for work that it joins.
fn is_used(model: &Model, subject: TermSubject) -> bool {
    match subject {
        TermSubject::Team { activity } => {
            let activity = model.activities.get(activity);
            model.team.is_some() && activity.is_some_and(|activity| activity.team > 0.0)
        }
        _ => true,
    }
}

struct Teller<'a> {
    model: &'a EstimateModel,
    words: &'a Words,
}

impl Teller<'_> {
    /// The group of a term, and the part of the model that it belongs to.
    fn owner(&self, subject: TermSubject) -> (usize, String) {
        let Self { model, words } = *self;
        match subject {
            TermSubject::Number { number, .. } => (0, model.assumption_label(words, number)),
            TermSubject::Worth { role, .. } => (0, label(&model.roles, role)),
            TermSubject::Work { activity, .. } | TermSubject::WorkIn { activity, .. } => {
                (0, label(&model.activities, activity))
            }
            TermSubject::Automations { .. } => (0, words.say("estimate_automations").to_owned()),
            TermSubject::Split { activity, .. } => (1, label(&model.activities, activity)),
            TermSubject::Capacity { role } => (2, label(&model.roles, role)),
            TermSubject::Team { activity } => (2, label(&model.activities, activity)),
            TermSubject::Craft { adoption } | TermSubject::Fixed { adoption, .. } => {
                let key = match adoption {
                    true => "estimate_group_adoption",
                    false => "estimate_group_quality",
                };
                (2, words.say(key).to_owned())
            }
        }
    }

    /// What a term is, beside the part that it belongs to.
    fn label(&self, subject: TermSubject) -> String {
        let Self { model, words } = *self;
        let by = |key: &str, approach: &str| {
            let input = self.ramp(subject).map(|ramp| model.input_label(ramp.input));
            let values = [("input", input.unwrap_or_default()), ("approach", approach)];
            words.fill(key, &values)
        };
        match subject {
            TermSubject::Number { .. } | TermSubject::Work { .. } => by("estimate_by", ""),
            TermSubject::Automations { .. } => by("estimate_by", ""),
            TermSubject::WorkIn { approach, .. } => {
                by("estimate_in_by", &label(&model.approaches, approach))
            }
            TermSubject::Worth { .. } => by("estimate_worth_by", ""),
            TermSubject::Split { activity, split } => {
                let row = model.model.activities.get(activity);
                let Some(row) = row.and_then(|activity| activity.splits.get(split)) else {
                    return String::new();
                };
                let approach = label(&model.approaches, row.approach);
                match row.when {
                    Some(when) => {
                        let when = model.condition_in_words(words, when);
                        words.fill(
                            "estimate_share_if",
                            &[("approach", &approach), ("when", &when)],
                        )
                    }
                    None => approach,
                }
            }
            TermSubject::Capacity { .. } => words.say("estimate_capacity").to_owned(),
            TermSubject::Team { .. } => words.say("estimate_team").to_owned(),
            TermSubject::Craft { .. } => words.say("estimate_craft").to_owned(),
            TermSubject::Fixed { adoption, row } => {
                let pack = model.model.pack.as_ref().map(|pack| &pack.craft);
                let other = model.model.adoption.as_ref().map(|other| &other.craft);
                let craft = if adoption { other } else { pack };
                let fixed = craft.and_then(|craft| craft.fixed.get(row));
                let when = fixed.map_or_else(String::new, |fixed| {
                    model.condition_in_words(words, fixed.when)
                });
                words.fill("estimate_fixed", &[("when", &when)])
            }
        }
    }

    /// The ramp that a term holds.
    fn ramp(&self, subject: TermSubject) -> Option<&Ramp> {
        let model = &self.model.model;
        let (scale, ramp): (&Scale, usize) = match subject {
            TermSubject::Number { number, ramp } => (&model.numbers.get(number)?.scale, ramp),
            TermSubject::Worth { role, ramp } => {
                (&model.roles.get(role)?.opportunity.as_ref()?.scale, ramp)
            }
            TermSubject::Work { activity, ramp } => (&model.activities.get(activity)?.scale, ramp),
            TermSubject::WorkIn {
                activity,
                approach,
                ramp,
            } => {
                let scales = &model.activities.get(activity)?.approach_scale;
                (scales.get(approach)?, ramp)
            }
            TermSubject::Automations { ramp } => (&model.value.automations.as_ref()?.scale, ramp),
            _ => return None,
        };
        scale.0.get(ramp)
    }

    /// A field for each number that a reader can make sense of; `state` is the place of the first.
    fn fields(&self, subject: TermSubject, numbers: &[f64], state: usize) -> Vec<TermField> {
        let labels = self.field_labels(subject, numbers);
        let fields = numbers.iter().zip(labels).enumerate();
        fields
            .filter_map(|(place, (number, label))| {
                Some(TermField {
                    state: state + place,
                    value: self.words.typed(*number),
                    label: label?,
                })
            })
            .collect()
    }

    /// What each number is called; nothing for one that has no field.
    fn field_labels(&self, subject: TermSubject, numbers: &[f64]) -> Vec<Option<String>> {
        let Self { model, words } = *self;
        let say = |key: &str| Some(words.say(key).to_owned());
        if let Some(ramp) = self.ramp(subject) {
            let input = model.model.inputs.get(ramp.input);
            let is_choice = input.is_some_and(|input| input.kind == Kind::Choice);
            let labels = ramp.points.iter().flat_map(|point| match is_choice {
                // Nobody looks between two answers, so their places stay.
                true => [None, Some(model.value_in_words(words, ramp.input, point.x))],
                false => [say("estimate_point"), say("estimate_factor")],
            });
            return labels.collect();
        }
        match subject {
            TermSubject::Split { .. } => {
                let workers = model.model.workers().into_iter();
                workers
                    .map(|role| Some(label(&model.roles, role)))
                    .collect()
            }
            TermSubject::Capacity { role } => {
                let role = model.model.roles.get(role);
                let input = role.and_then(|role| role.capacity.input);
                let per = input.map(|input| {
                    let input = model.input_label(input);
                    words.fill("estimate_per", &[("input", input)])
                });
                let always = match per {
                    Some(_) => say("estimate_always"),
                    None => Some(String::new()),
                };
                vec![always, per]
            }
            TermSubject::Craft { .. } => vec![say("estimate_best"), say("estimate_least")],
            _ => vec![Some(String::new()); numbers.len()],
        }
    }
}

fn label(names: &[Name], place: usize) -> String {
    names
        .get(place)
        .map_or_else(String::new, |name| name.label.clone())
}
