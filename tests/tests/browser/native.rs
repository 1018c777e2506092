//! What the generator says: the figures and bits that the native engine gives for a model file,
//! against which the page is held.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::Value;
use tallypress::calculator::{self, Urls};
use tallypress::estimate::{self, EstimateModel};
use tallypress_calculator::figures::Layout;
use tallypress_calculator::model::{Engine, Input, Model};

use crate::site::repository_file;

/// A model with its engine.
pub struct Native {
    pub model: EstimateModel,
    engine: Engine,
}

/// What a calculator shows for one set of inputs, by slot.
pub struct Shown(BTreeMap<u64, Value>);

impl Native {
    /// Reads a model file of this repository.
    pub fn read(path: &str) -> Self {
        let text = repository_file(path);
        let (model, wrong) = estimate::parse(path, &text);
        let model = model.unwrap_or_else(|| panic!("{path}: {wrong:?}"));
        let engine = Engine::new(&model.model).expect("a sound model");
        Self { model, engine }
    }

    pub fn inputs(&self) -> &[Input] {
        &self.model.model.inputs
    }

    pub fn defaults(&self) -> Vec<f64> {
        self.model.model.defaults()
    }

    /// Where an input stands in the list.
    #[track_caller]
    pub fn input(&self, id: &str) -> usize {
        let place = self.model.inputs.iter().position(|input| input.id == id);
        place.unwrap_or_else(|| panic!("there is no input `{id}`"))
    }

    /// What the page has to show.
    pub fn shown(&self, inputs: &[f64]) -> Shown {
        let estimate = self.engine.estimate(inputs).expect("legal inputs");
        let layout = Layout::new(&self.model.model);
        let nowhere = Urls {
            model: String::new(),
            widget: String::new(),
            wasm: String::new(),
        };
        let view = calculator::view(&self.model, &layout, &estimate, &nowhere, 1);
        let mut shown = Shown(BTreeMap::new());
        shown.add(&serde_json::to_value(&view).expect("plain data"));
        shown
    }

    /// The engine at another number of futures.
    pub fn with_samples(&self, samples: usize) -> Engine {
        let model = Model {
            samples,
            ..self.model.model.clone()
        };
        Engine::new(model).expect("a sound model")
    }

    /// Legal inputs, the ends of their ranges more often than chance would have it.
    pub fn random_inputs(&self, random: &mut Rng) -> Vec<f64> {
        let any = |input: &Input| match random.u8(..8) {
            0 => input.min,
            1 => input.max,
            _ if input.kind.is_whole() => random.i64(input.min as i64..=input.max as i64) as f64,
            _ => input.min + (input.max - input.min) * random.f64(),
        };
        self.inputs().iter().map(any).collect()
    }
}

impl Shown {
    /// What a place on the page has to show: `how` is `text`, `state`, `when`, or the attribute that
    /// holds a length; `slot` may be negated.
    pub fn at(&self, how: &str, slot: &str) -> String {
        let (negated, number) = match slot.strip_prefix('!') {
            Some(number) => (true, number),
            None => (false, slot),
        };
        let figure = number.parse().ok().and_then(|number| self.0.get(&number));
        let figure = figure.unwrap_or_else(|| panic!("there is no figure in slot {slot}"));
        let member = match how {
            "text" => "text",
            "state" | "when" => "on",
            _ => "value",
        };
        match (how, &figure[member]) {
            ("state", Value::Bool(on)) => if *on { "on" } else { "off" }.to_owned(),
            ("when", Value::Bool(on)) => if *on != negated { "there" } else { "hidden" }.to_owned(),
            (_, Value::String(text)) => text.clone(),
            _ => panic!("slot {slot} cannot be shown as {how}: {figure}"),
        }
    }

    /// Takes the figures out of any part of the view.
    fn add(&mut self, view: &Value) {
        match view {
            Value::Array(parts) => parts.iter().for_each(|part| self.add(part)),
            Value::Object(parts) => {
                if let Some(slot) = parts.get("slot").and_then(Value::as_u64) {
                    self.0.insert(slot, view.clone());
                }
                parts.values().for_each(|part| self.add(part));
            }
            _ => {}
        }
    }
}
