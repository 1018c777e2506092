//! A model laid open: every number with its unit, what it is multiplied by and where it comes from,
//! in words. Takes a model and what it answers for its scenarios and claims, gives the data for the
//! template that draws it. The formulas are the same for all models, so they stand in the template.

mod book;
mod tables;
mod words;

use std::sync::Arc;

use tallypress_calculator::model::{Estimate, Kind, Lever};

use self::book::Book;
pub use self::tables::*;
pub use self::words::SourcePart;
use crate::calculator::{Wanted, figure_text};
use crate::estimate::{EstimateModel, Name};
use crate::words::Words;

/// What an author may ask for by itself: what the model computes with every number of it, the
/// answers for its scenarios, what of its claims it agrees with, what it leaves out.
pub const PARTS: [&str; 4] = ["numbers", "scenarios", "claims", "limits"];

/// The model with its answers, for an element of this id, in the words of a language. `estimate`
/// computes one for inputs of the model.
pub fn view(
    model: &EstimateModel,
    id: &str,
    words: &Words,
    estimate: impl Fn(&[f64]) -> Option<Arc<Estimate>>,
) -> MethodologyView {
    let answer = |inputs: &[f64]| answer(model, words, inputs, estimate(inputs).as_deref());
    let book = Book::new(model, words);
    let numbers = || book.all();
    let claims: Vec<ClaimRow> = model
        .claims
        .iter()
        .map(|claim| {
            let answer = answer(&claim.values);
            ClaimRow {
                text: claim.text.clone(),
                set: set(model, words, &claim.values),
                agrees: claim.expected.iter().any(|approach| {
                    let answer = answer.approaches.get(*approach);
                    answer.is_some_and(|answer| answer.recommended)
                }),
                expected: labels(&model.approaches, &claim.expected),
                found: answer.recommendation,
                close_call: answer.close_call,
                note: claim.note.clone().unwrap_or_default(),
            }
        })
        .collect();
    MethodologyView {
        id: id.to_owned(),
        model: model.id.clone(),
        version: model.version,
        currency: model.currency.clone(),
        samples: words.number(model.model.samples as f64),
        seed: model.model.seed,
        variables: model.variables.len(),
        approaches: model
            .approaches
            .iter()
            .map(|name| name.label.clone())
            .collect(),
        inputs: inputs(model, words),
        roles: book.roles(),
        risks: book.numbers(&model.model.risks),
        penalties: book.penalties(),
        phases: book.phases(),
        orders: book.orders(),
        expenses: book.expenses(),
        pack: book.pack(),
        adoption: book.adoption(),
        improvement: book.improvement(),
        operations: book.operations(),
        automations: book.automations(),
        milestones: book.milestones(),
        settings: book.settings(),
        groups: book.groups(),
        numbers: numbers().count(),
        judgements: numbers().filter(|row| row.judgement).count(),
        levers: levers(model, words),
        limits: model.limits.clone(),
        at_first: answer(&model.model.defaults()),
        scenarios: model
            .scenarios
            .iter()
            .map(|scenario| ScenarioRow {
                id: scenario.id.clone(),
                label: scenario.label.clone(),
                help: scenario.help.clone().unwrap_or_default(),
                set: set(model, words, &scenario.values),
                answer: answer(&scenario.values),
            })
            .collect(),
        agreed: claims.iter().filter(|claim| claim.agrees).count(),
        claims,
    }
}

fn inputs(model: &EstimateModel, words: &Words) -> Vec<InputRow> {
    let inputs = model.inputs.iter().zip(&model.model.inputs).enumerate();
    let rows = inputs.map(|(place, (question, input))| InputRow {
        id: question.id.clone(),
        label: question.label.clone(),
        help: question.help.clone().unwrap_or_default(),
        kind: match input.kind {
            Kind::Int => "int",
            Kind::Percent => "percent",
            Kind::Real => "real",
            Kind::Choice => "choice",
        },
        range: match input.kind {
            Kind::Choice => String::new(),
            _ => {
                let [low, high] =
                    [input.min, input.max].map(|end| model.value_in_words(words, place, end));
                words.fill("estimate_range", &[("low", &low), ("high", &high)])
            }
        },
        options: question.options.clone(),
        value: model.value_in_words(words, place, input.default),
        first: model.questions.contains(&place),
    });
    rows.collect()
}

fn levers(model: &EstimateModel, words: &Words) -> Vec<String> {
    let label = |lever: &Lever| match lever {
        Lever::Input(input) => model.input_label(*input).to_owned(),
        Lever::Assumption(place) => model.assumption_label(words, *place),
    };
    model.levers.iter().map(label).collect()
}

fn set(model: &EstimateModel, words: &Words, values: &[f64]) -> Vec<SetRow> {
    let changes = model.changes_in_words(words, values).into_iter();
    changes
        .map(|(input, value)| SetRow { input, value })
        .collect()
}

fn answer(
    model: &EstimateModel,
    words: &Words,
    inputs: &[f64],
    estimate: Option<&Estimate>,
) -> AnswerView {
    let Some(estimate) = estimate else {
        // Inputs of a model that was read are legal, so there is always an estimate.
        return AnswerView {
            recommendation: String::new(),
            close_call: false,
            sufficient: false,
            approaches: Vec::new(),
        };
    };
    let recommendation = estimate.recommendation;
    let figure = |name: &Name, show: &str| {
        // The same text as in the calculator and in sentences.
        let wanted = Wanted {
            approach: Some(&name.id),
            show,
            words,
        };
        let text = figure_text(model, inputs, estimate, wanted);
        text.unwrap_or_default()
    };
    let approaches = model.approaches.iter().enumerate();
    AnswerView {
        recommendation: match recommendation.approach {
            Some(approach) => label(&model.approaches, approach),
            None => words.say("estimate_none").to_owned(),
        },
        close_call: recommendation.close_call,
        sufficient: recommendation.sufficient,
        approaches: approaches
            .map(|(approach, name)| ApproachAnswer {
                label: name.label.clone(),
                recommended: recommendation.approach == Some(approach),
                total: figure(name, "total.p50"),
                wins: figure(name, "wins"),
            })
            .collect(),
    }
}

fn label(names: &[Name], place: usize) -> String {
    names
        .get(place)
        .map_or_else(String::new, |name| name.label.clone())
}

fn labels(names: &[Name], places: &[usize]) -> Vec<String> {
    places.iter().map(|place| label(names, *place)).collect()
}

#[cfg(test)]
mod tests;
