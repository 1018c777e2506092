//! Parts of a model in words, for labels and for the page that explains it. Takes indexes and
//! numbers, gives what the author called them.

use tallypress_calculator::model::{Equals, Kind};

use super::EstimateModel;
use crate::words::Words;

impl EstimateModel {
    /// The label of an input.
    pub fn input_label(&self, input: usize) -> &str {
        self.inputs.get(input).map_or("", |input| &input.label)
    }

    /// Inputs that are multiplied: `People × Months`.
    pub fn product_in_words(&self, inputs: &[usize]) -> String {
        let labels: Vec<&str> = inputs
            .iter()
            .map(|input| self.input_label(*input))
            .collect();
        labels.join(" × ")
    }

    /// A value of an input as people say it: `8`, `70%`, `Starting fresh`.
    pub fn value_in_words(&self, words: &Words, input: usize, value: f64) -> String {
        let option = self
            .inputs
            .get(input)
            .and_then(|question| question.options.get(value as usize));
        match (option, self.model.inputs.get(input)) {
            (Some(option), _) => option.clone(),
            (None, Some(range)) if range.kind == Kind::Percent => words.percent(value / 100.0),
            _ => words.number(value),
        }
    }

    /// `Regulated data: One regime`.
    pub fn condition_in_words(&self, words: &Words, when: Equals) -> String {
        let value = self.value_in_words(words, when.input, when.value);
        self.labelled(words, when.input, &value)
    }

    /// The label of an input before something that is said about it.
    pub fn labelled(&self, words: &Words, input: usize, said: &str) -> String {
        let label = self.input_label(input);
        match label.ends_with('?') {
            true => format!("{label} {said}"),
            false => words.fill("estimate_labelled", &[("label", label), ("value", said)]),
        }
    }

    /// The inputs that have another value than at first, with that value.
    pub fn changes_in_words(&self, words: &Words, values: &[f64]) -> Vec<(String, String)> {
        let inputs = self.model.inputs.iter().zip(values).enumerate();
        inputs
            .filter(|(_, (input, value))| input.default != **value)
            .map(|(input, (_, value))| {
                let label = self.input_label(input).to_owned();
                (label, self.value_in_words(words, input, *value))
            })
            .collect()
    }
}
