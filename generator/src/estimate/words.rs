//! Parts of a model in words, for labels and for the page that explains it. Takes indexes and
//! numbers, gives what the author called them.

use tallypress_calculator::model::{Equals, Kind};

use super::EstimateModel;

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
    pub fn value_in_words(&self, input: usize, value: f64) -> String {
        let option = self
            .inputs
            .get(input)
            .and_then(|question| question.options.get(value as usize));
        match (option, self.model.inputs.get(input)) {
            (Some(option), _) => option.clone(),
            (None, Some(range)) if range.kind == Kind::Percent => format!("{value}%"),
            _ => value.to_string(),
        }
    }

    /// `Regulated data: One regime`.
    pub fn condition_in_words(&self, when: Equals) -> String {
        let value = self.value_in_words(when.input, when.value);
        let label = self.input_label(when.input);
        let colon = if label.ends_with('?') { "" } else { ":" };
        format!("{label}{colon} {value}")
    }

    /// The inputs that have another value than at first, with that value.
    pub fn changes_in_words(&self, values: &[f64]) -> Vec<(String, String)> {
        let inputs = self.model.inputs.iter().zip(values).enumerate();
        inputs
            .filter(|(_, (input, value))| input.default != **value)
            .map(|(input, (_, value))| {
                let label = self.input_label(input).to_owned();
                (label, self.value_in_words(input, *value))
            })
            .collect()
    }
}
