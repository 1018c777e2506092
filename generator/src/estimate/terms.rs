//! What the terms of a model are called, and where they come from: the numbers that it computes with besides
//! its assumptions, such as ramps and shares. Takes a model whose assumptions have names; gives one entry for
//! each of [`Model::terms`](tallypress_calculator::model::Model::terms).

use std::collections::BTreeSet;

use tallypress_calculator::model::TermSubject;

use super::{EstimateModel, Name};

/// What one term is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Such as `ramp.work.sessions`. No input or assumption has it.
    pub key: String,
    pub subject: TermSubject,
    /// Addresses and remarks, or `judgement`.
    pub source: String,
}

/// One entry for each term of the model, in that order.
pub fn terms(names: &EstimateModel) -> Vec<Term> {
    let taken = names.assumptions.iter().map(|one| one.key.clone());
    let mut taken: BTreeSet<String> = taken.collect();
    let terms = names.model.terms().into_iter();
    terms
        .map(|(subject, _, _)| {
            let key = key(names, subject);
            let numbered = (2..).map(|number| format!("{key}.{number}"));
            let mut keys = std::iter::once(key.clone()).chain(numbered);
            let free = keys.find(|key| !taken.contains(key)).unwrap_or_default();
            taken.insert(free.clone());
            Term {
                key: free,
                subject,
                source: source(names, subject),
            }
        })
        .collect()
}

fn key(names: &EstimateModel, subject: TermSubject) -> String {
    let id = |names: &[Name], place: usize| names.get(place).map_or("", |name| &name.id).to_owned();
    let craft = |adoption| if adoption { "adoption" } else { "pack" };
    match subject {
        TermSubject::Number { number, .. } => {
            let number = names.assumptions.get(number);
            format!("ramp.{}", number.map_or("", |number| &number.key))
        }
        TermSubject::Capacity { role } => format!("capacity.{}", id(&names.roles, role)),
        TermSubject::Worth { role, .. } => format!("ramp.worth.{}", id(&names.roles, role)),
        TermSubject::Team { activity } => format!("team.{}", id(&names.activities, activity)),
        TermSubject::Work { activity, .. } => {
            format!("ramp.activity.{}", id(&names.activities, activity))
        }
        TermSubject::WorkIn {
            activity, approach, ..
        } => {
            let approach = id(&names.approaches, approach);
            format!(
                "ramp.activity.{}.{approach}",
                id(&names.activities, activity)
            )
        }
        TermSubject::Split { activity, split } => {
            let row = names.model.activities.get(activity);
            let row = row.and_then(|activity| activity.splits.get(split));
            let approach = row.map_or_else(String::new, |row| id(&names.approaches, row.approach));
            format!("share.{}.{approach}", id(&names.activities, activity))
        }
        TermSubject::Craft { adoption } => format!("bounds.{}", craft(adoption)),
        TermSubject::Fixed { adoption, .. } => format!("fixed.{}", craft(adoption)),
        TermSubject::Automations { .. } => "ramp.automations".to_owned(),
    }
}

/// A term is written in the entry of some number, and has its source.
fn source(names: &EstimateModel, subject: TermSubject) -> String {
    let model = &names.model;
    let first_gap = |adoption: bool| {
        let craft = match adoption {
            true => model.adoption.as_ref().map(|adoption| &adoption.craft),
            false => model.pack.as_ref().map(|pack| &pack.craft),
        };
        craft
            .and_then(|craft| craft.gaps.first())
            .map(|gap| gap.gap)
    };
    let number = match subject {
        TermSubject::Number { number, .. } => Some(number),
        TermSubject::Capacity { role } | TermSubject::Worth { role, .. } => {
            model.roles.get(role).map(|role| role.rate)
        }
        TermSubject::Team { activity }
        | TermSubject::Work { activity, .. }
        | TermSubject::WorkIn { activity, .. }
        | TermSubject::Split { activity, .. } => {
            let activity = model.activities.get(activity);
            activity.and_then(|activity| activity.work.first().copied())
        }
        TermSubject::Craft { adoption } | TermSubject::Fixed { adoption, .. } => {
            first_gap(adoption)
        }
        TermSubject::Automations { .. } => None,
    };
    let assumption = number.and_then(|number| names.assumptions.get(number));
    assumption.map_or_else(
        || "judgement".to_owned(),
        |assumption| assumption.source.clone(),
    )
}
