//! The numbers behind a model as rows that a reader may edit: low, most likely and high, with where
//! they come from, under the headings of the model.

use std::collections::BTreeMap;

use serde::Serialize;
use tallypress_calculator::model::Domain;

use crate::estimate::{EstimateModel, Group, is_judgement};
use crate::words::Words;

#[derive(Clone, Debug, Serialize)]
pub struct AssumptionGroup {
    pub label: String,
    pub rows: Vec<AssumptionView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct AssumptionView {
    /// Behind the inputs, among everything that a reader can set.
    pub place: usize,
    pub key: String,
    pub label: String,
    pub unit: String,
    /// A single number, the same in all futures.
    pub certain: bool,
    // Numbers as they stand in fields.
    pub low: String,
    pub mode: String,
    pub high: String,
    /// The place of `low` in the calculator's state; those of `mode` and `high` follow.
    pub state: usize,
    /// The least and the most that make sense; empty where there is no limit.
    pub min: String,
    pub max: String,
    /// What is said about that, beside its being a judgement.
    pub source: Vec<SourcePart>,
    /// Whether it is our own judgement.
    pub judgement: bool,
    /// The number of its source in the list of all; nothing for a judgement without a remark.
    pub cited: Option<usize>,
}

/// A source, which several rows may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceView {
    pub parts: Vec<SourcePart>,
    /// Whether what it says is about our own judgement.
    pub judgement: bool,
}

/// A remark on where a number comes from, or an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourcePart {
    pub text: String,
    /// Empty if this is no address.
    pub url: String,
}

/// All assumptions by their groups, and their sources as far as they say anything, in the order of the rows.
pub fn groups(model: &EstimateModel, words: &Words) -> (Vec<AssumptionGroup>, Vec<SourceView>) {
    let mut groups: BTreeMap<Group, Vec<AssumptionView>> = BTreeMap::new();
    let inputs = model.inputs.len();
    let numbers = model.model.assumptions().into_iter();
    let known = numbers.zip(model.model.domains()).zip(&model.assumptions);
    for (place, ((pert, domain), names)) in known.enumerate() {
        if !model.model.uses(place) {
            continue;
        }
        let (min, max) = match domain {
            Domain::Any => ("", ""),
            Domain::Excess => ("-1", ""),
            Domain::NotNegative => ("0", ""),
            Domain::Share => ("0", "1"),
        };
        let row = AssumptionView {
            place: inputs + place,
            key: names.key.clone(),
            label: model.assumption_label(words, place),
            unit: names.unit.text(words, &model.currency),
            certain: pert.low == pert.high,
            low: words.typed(pert.low),
            mode: words.typed(pert.mode),
            high: words.typed(pert.high),
            state: inputs + 3 * place,
            min: min.to_owned(),
            max: max.to_owned(),
            source: source_parts(remarks(&names.source)),
            judgement: is_judgement(&names.source),
            cited: None,
        };
        groups.entry(names.group).or_default().push(row);
    }
    let groups = groups.into_iter().map(|(group, rows)| AssumptionGroup {
        label: group.label(words).to_owned(),
        rows,
    });
    let mut groups: Vec<AssumptionGroup> = groups.collect();
    let sources = cite(groups.iter_mut().flat_map(|group| &mut group.rows));
    (groups, sources)
}

/// Numbers the sources of rows, those of several rows once.
fn cite<'a>(rows: impl Iterator<Item = &'a mut AssumptionView>) -> Vec<SourceView> {
    let mut sources: Vec<SourceView> = Vec::new();
    for row in rows.filter(|row| !row.source.is_empty()) {
        let source = SourceView {
            parts: row.source.clone(),
            judgement: row.judgement,
        };
        let known = sources.iter().position(|known| *known == source);
        let place = known.unwrap_or_else(|| {
            sources.push(source);
            sources.len() - 1
        });
        row.cited = Some(place + 1);
    }
    sources
}

/// What follows the word that makes a source a judgement.
pub fn remarks(source: &str) -> &str {
    match is_judgement(source) {
        true => source
            .trim_start()
            .trim_start_matches(char::is_alphabetic)
            .trim_start_matches([';', ',', ':', ' ']),
        false => source,
    }
}

/// Addresses in a text of sources, and the remarks between them.
pub fn source_parts(source: &str) -> Vec<SourcePart> {
    let mut parts: Vec<SourcePart> = Vec::new();
    for word in source.split_whitespace() {
        let address = word.trim_end_matches([',', ';', ')', '.']);
        let is_address = address.starts_with("https://") || address.starts_with("http://");
        match parts.last_mut() {
            _ if is_address => {
                let shown = address.split_once("//").map_or(address, |(_, rest)| rest);
                parts.push(SourcePart {
                    text: shown.split('/').next().unwrap_or(shown).to_owned(),
                    url: address.to_owned(),
                });
            }
            // Separators between addresses say nothing by themselves.
            _ if word == ";" => {}
            Some(part) if part.url.is_empty() => {
                part.text.push(' ');
                part.text.push_str(word);
            }
            _ => parts.push(SourcePart {
                text: word.to_owned(),
                url: String::new(),
            }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{SourcePart, remarks, source_parts};

    fn part(text: &str, url: &str) -> SourcePart {
        SourcePart {
            text: text.to_owned(),
            url: url.to_owned(),
        }
    }

    #[test]
    fn addresses_are_told_from_remarks() {
        assert_eq!(
            source_parts(
                "https://a.example/b/c ; https://d.example (2017, dated); rest: judgement"
            ),
            [
                part("a.example", "https://a.example/b/c"),
                part("d.example", "https://d.example"),
                part("(2017, dated); rest: judgement", ""),
            ]
        );
        assert_eq!(source_parts(remarks("judgement")), []);
        assert_eq!(
            source_parts(remarks("judgement; the usual rule")),
            [part("the usual rule", "")]
        );
    }
}
