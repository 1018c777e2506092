//! What the generator says: the figures, charts and bits that the native engine gives for a model
//! file, against which the page is held.
//!
//! A state is what a reader can set: the inputs, then low, most likely and high of each assumption, then the
//! numbers of each term.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use fastrand::Rng;
use serde_json::Value;
use tallypress::calculator::{self, Results, Spot, Urls};
use tallypress::estimate::{self, EstimateModel};
use tallypress::words::Words;
use tallypress_calculator::charts::{Drawing, draw};
use tallypress_calculator::figures::{Figure, list};
use tallypress_calculator::model::{
    Domain, Engine, Estimate, Input, Kind, Model, Study, TermKind, TermSubject,
};

use crate::site::repository_file;

/// A model with its engine.
pub struct Native {
    pub model: EstimateModel,
    engine: Engine,
}

/// What a calculator shows for one state, by slot.
pub struct Shown {
    /// Figures and flags.
    figures: BTreeMap<usize, Value>,
    paths: BTreeMap<usize, String>,
    /// The names of the model's risk variables.
    variables: Vec<String>,
    /// How many figures and paths an estimate has. Those of a study follow.
    of_estimate: [usize; 2],
    with_study: bool,
}

impl Native {
    /// Reads a model file of this repository.
    pub fn read(path: &str) -> Self {
        Self::parse(path, &repository_file(path))
    }

    pub fn parse(path: &str, text: &str) -> Self {
        let (model, wrong) = estimate::parse(path, text);
        let model = model.unwrap_or_else(|| panic!("{path}: {wrong:?}"));
        let engine = Engine::new(&model.model).expect("a sound model");
        Self { model, engine }
    }

    pub fn inputs(&self) -> &[Input] {
        &self.model.model.inputs
    }

    /// The state that the model begins with.
    pub fn defaults(&self) -> Vec<f64> {
        self.model.state()
    }

    /// Where an input stands in the state.
    #[track_caller]
    pub fn input(&self, id: &str) -> usize {
        let place = self.model.inputs.iter().position(|input| input.id == id);
        place.unwrap_or_else(|| panic!("there is no input `{id}`"))
    }

    /// The row of an assumption, which follow those of the inputs.
    #[track_caller]
    pub fn assumption(&self, key: &str) -> usize {
        let mut assumptions = self.model.assumptions.iter();
        let place = assumptions.position(|assumption| assumption.key == key);
        let place = place.unwrap_or_else(|| panic!("there is no assumption `{key}`"));
        self.inputs().len() + place
    }

    /// The row of a term, which follow those of the assumptions.
    #[track_caller]
    pub fn term(&self, key: &str) -> usize {
        let place = self.model.terms.iter().position(|term| term.key == key);
        let place = place.unwrap_or_else(|| panic!("there is no term `{key}`"));
        self.inputs().len() + self.model.assumptions.len() + place
    }

    /// Where the numbers of a row begin in the state.
    pub fn place(&self, row: usize) -> usize {
        let (inputs, assumptions) = (self.inputs().len(), self.model.assumptions.len());
        let Some(assumption) = row.checked_sub(inputs) else {
            return row;
        };
        let Some(term) = assumption.checked_sub(assumptions) else {
            return inputs + 3 * assumption;
        };
        let terms = self.model.model.terms();
        let before = terms.iter().take(term);
        let before: usize = before.map(|(_, _, numbers)| numbers.len()).sum();
        inputs + 3 * assumptions + before
    }

    /// The numbers of the state for which the page has fields: all but those of settings for what the
    /// model has not, places of answers, and hours of teams where there are none.
    pub fn numbers_with_fields(&self) -> Vec<usize> {
        let inputs = self.inputs().len();
        let used = (0..self.model.assumptions.len()).filter(|place| self.model.model.uses(*place));
        let assumptions = used.flat_map(|place| {
            let first = self.place(inputs + place);
            first..first + 3
        });
        let first = inputs + self.model.assumptions.len();
        let terms = self.model.model.terms().into_iter().enumerate();
        let terms = terms.flat_map(|(place, (subject, kind, numbers))| {
            let first = self.place(first + place);
            let is_factor = kind == TermKind::Factor || kind == TermKind::Ramp;
            let has_field = move |number: &usize| match subject {
                TermSubject::Team { .. } => numbers[0] > 0.0,
                TermSubject::Capacity { role } => {
                    *number == 0 || self.model.model.roles[role].capacity.input.is_some()
                }
                _ => !is_factor || number % 2 == 1 || !self.is_of_choice(subject),
            };
            let count = self.model.model.terms()[place].2.len();
            let numbers: Vec<usize> = (0..count).filter(has_field).collect();
            numbers.into_iter().map(move |number| first + number)
        });
        (0..inputs).chain(assumptions).chain(terms).collect()
    }

    /// Whether a ramp leads from one answer of a choice to the next.
    fn is_of_choice(&self, subject: TermSubject) -> bool {
        let model = &self.model.model;
        let (scale, ramp) = match subject {
            TermSubject::Number { number, ramp } => (&model.numbers[number].scale, ramp),
            TermSubject::Worth { role, ramp } => {
                let opportunity = model.roles[role].opportunity.as_ref();
                (&opportunity.expect("its own").scale, ramp)
            }
            TermSubject::Work { activity, ramp } => (&model.activities[activity].scale, ramp),
            TermSubject::WorkIn {
                activity,
                approach,
                ramp,
            } => (&model.activities[activity].approach_scale[approach], ramp),
            TermSubject::Automations { ramp } => {
                let automations = model.value.automations.as_ref();
                (&automations.expect("some").scale, ramp)
            }
            _ => return false,
        };
        model.inputs[scale.0[ramp].input].kind == Kind::Choice
    }

    /// The rows that differ from the model.
    pub fn changed(&self, state: &[f64]) -> Vec<usize> {
        let rows = 0..self.model.keys().count();
        let defaults = self.defaults();
        rows.filter(|row| {
            let numbers = self.place(*row)..self.place(row + 1);
            state[numbers.clone()] != defaults[numbers]
        })
        .collect()
    }

    /// The state with the inputs of a scenario.
    pub fn scenario(&self, scenario: usize, state: &[f64]) -> Vec<f64> {
        let inputs = &self.model.scenarios[scenario].values;
        [inputs, &state[inputs.len()..]].concat()
    }

    /// What is computed for a state.
    #[track_caller]
    pub fn estimate(&self, state: &[f64]) -> Estimate {
        self.assume(state)
            .estimate(self.inputs_of(state))
            .expect("legal inputs")
    }

    /// What the page has to show.
    #[track_caller]
    pub fn shown(&self, state: &[f64]) -> Arc<Shown> {
        self.remembered(state, false, |estimate, _| {
            Study::of(&estimate.sheet, self.inputs_of(state))
        })
    }

    /// What it has to show when all that stands behind the answer has been computed, too.
    #[track_caller]
    pub fn shown_with_study(&self, state: &[f64]) -> Arc<Shown> {
        self.remembered(state, true, |estimate, engine| {
            let inputs = self.inputs_of(state);
            let study = Study::complete(&estimate.sheet, inputs, engine, &engine.sketch());
            study.expect("legal inputs")
        })
    }

    /// What a calculator shows, computed once: without optimisation it takes its time, and stories
    /// ask for the same again and again.
    fn remembered(
        &self,
        state: &[f64],
        with_study: bool,
        study: impl FnOnce(&Estimate, &Engine) -> Study,
    ) -> Arc<Shown> {
        static KNOWN: Mutex<Option<HashMap<String, Arc<Shown>>>> = Mutex::new(None);
        let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let key = format!("{} {with_study} {state:?}", self.model.id);
        if let Some(shown) = known().get_or_insert_default().get(&key) {
            return Arc::clone(shown);
        }
        let engine = self.assume(state);
        let estimate = self.estimate(state);
        let study = study(&estimate, &engine);
        let shown = Arc::new(Shown {
            with_study,
            ..self.shown_of(&engine, &estimate, &study)
        });
        known()
            .get_or_insert_default()
            .insert(key, Arc::clone(&shown));
        shown
    }

    fn shown_of(&self, engine: &Engine, estimate: &Estimate, study: &Study) -> Shown {
        let results = Results {
            model: &self.model,
            engine,
            default: estimate,
            study,
            scenarios: &[],
            words: Words::english(),
        };
        let spot = Spot {
            title: "",
            number: 1,
            below: 2,
        };
        let view = calculator::view(results, &Urls::default(), spot);
        let figures: Vec<(Figure, f64)> = list(&estimate.sheet);
        let mut drawings: Vec<(Drawing, String)> = Vec::new();
        draw(&mut drawings, &estimate.sheet);
        let mut shown = Shown {
            figures: BTreeMap::new(),
            paths: BTreeMap::new(),
            variables: (0..self.model.variables.len())
                .map(|variable| self.model.variable_label(Words::english(), variable))
                .collect(),
            of_estimate: [figures.len(), drawings.len()],
            with_study: false,
        };
        shown.add(&serde_json::to_value(&view).expect("plain data"));
        shown
    }

    /// The engine with the assumptions of a state.
    #[track_caller]
    pub fn assume(&self, state: &[f64]) -> Engine {
        let mut engine = self.engine.clone();
        let assumed = engine.assume(&state[self.inputs().len()..]);
        assert_eq!(assumed, Ok(()), "the place of a senseless assumption");
        engine
    }

    fn inputs_of<'a>(&self, state: &'a [f64]) -> &'a [f64] {
        &state[..self.inputs().len()]
    }

    /// The engine at another number of futures.
    pub fn with_samples(&self, samples: usize) -> Engine {
        let model = Model {
            samples,
            ..self.model.model.clone()
        };
        Engine::new(&model).expect("a sound model")
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

    /// The same as readers would fill it in: with short numbers, and one for what is certain.
    pub fn random_neat_state(&self, random: &mut Rng) -> Vec<f64> {
        let assumptions = self.model.model.assumptions();
        loop {
            let mut state = self.random_state(random);
            for number in &mut state {
                *number = (*number * 100.0).round() / 100.0;
            }
            let terms = self.place(self.inputs().len() + assumptions.len());
            let numbers = state[self.inputs().len()..terms].chunks_exact_mut(3);
            for (numbers, pert) in numbers.zip(&assumptions) {
                if pert.low == pert.high {
                    numbers.fill(numbers[1]);
                }
            }
            if self.makes_sense(&state) {
                return state;
            }
        }
    }

    /// Legal inputs, and up to eight assumptions changed to others that make sense.
    pub fn random_state(&self, random: &mut Rng) -> Vec<f64> {
        loop {
            let mut state = self.defaults();
            state.splice(..self.inputs().len(), self.random_inputs(random));
            let domains: Vec<Domain> = self.model.model.domains().collect();
            for _ in 0..random.usize(..=8) {
                let assumption = random.usize(..domains.len());
                if !self.model.model.uses(assumption) {
                    continue;
                }
                let place = self.place(self.inputs().len() + assumption);
                let most = match domains[assumption] {
                    Domain::Share => 1.0,
                    Domain::Any | Domain::NotNegative | Domain::Excess => {
                        3.0 * state[place + 2].abs() + 1.0
                    }
                };
                let mut numbers = [(); 3].map(|()| most * random.f64());
                match random.u8(..4) {
                    0 => numbers = [numbers[0]; 3],
                    1 => numbers[0] = 0.0,
                    2 => numbers[2] = numbers[1],
                    _ => {}
                }
                numbers.sort_by(f64::total_cmp);
                state[place..place + 3].copy_from_slice(&numbers);
            }
            let terms = self.model.model.terms();
            let with_fields = self.numbers_with_fields();
            for _ in 0..random.usize(..=4) {
                let term = random.usize(..terms.len());
                let last = self.place(self.inputs().len() + domains.len() + term + 1) - 1;
                if !with_fields.contains(&last) {
                    continue;
                }
                let (_, kind, numbers) = &terms[term];
                let place = self.place(self.inputs().len() + domains.len() + term);
                let part = (random.f64() * 100.0).round() / 100.0;
                let changed = &mut state[place..place + numbers.len()];
                match kind {
                    TermKind::Split => {
                        changed.fill(0.0);
                        let (one, other) =
                            (random.usize(..changed.len()), random.usize(..changed.len()));
                        changed[one] += part;
                        changed[other] += 1.0 - part;
                    }
                    // The second point of a ramp; or how good or bad it gets.
                    _ => changed[numbers.len() - 1] = part,
                }
            }
            // Two of the settings have to fit together.
            if self.makes_sense(&state) {
                return state;
            }
        }
    }

    pub fn makes_sense(&self, state: &[f64]) -> bool {
        let (inputs, assumptions) = state.split_at(self.inputs().len());
        let mut engine = self.engine.clone();
        engine.check_inputs(inputs).is_ok() && engine.assume(assumptions).is_ok()
    }
}

impl Shown {
    /// What a place on the page has to show: `how` is the attribute by which it asks for it, `slot`
    /// may be negated. `None` for what belongs to a study that has not been made.
    #[track_caller]
    pub fn at(&self, how: &str, slot: &str) -> Option<String> {
        let (negated, number) = match slot.strip_prefix('!') {
            Some(number) => (true, number),
            None => (false, slot),
        };
        let number: usize = number.parse().expect("the number of a slot");
        if number >= self.of_estimate[usize::from(how == "draw")] && !self.with_study {
            return None;
        }
        let nothing = format!("something in slot {slot} for {how}");
        if how == "draw" {
            return Some(self.paths.get(&number).expect(&nothing).clone());
        }
        let figure = self.figures.get(&number).expect(&nothing);
        let value = figure["value"].as_f64().unwrap_or(f64::NAN);
        let shown = match (how, &figure["on"], figure["unit"].as_str()) {
            ("flag", Value::Bool(on), _) => if *on { "on" } else { "off" }.to_owned(),
            ("when", Value::Bool(on), _) => if *on != negated { "there" } else { "hidden" }.into(),
            ("label", _, Some("number")) => self.variables[value as usize].clone(),
            (how, _, Some(unit)) if unit == how => figure["text"].as_str().unwrap_or("?").into(),
            _ => panic!("slot {slot} cannot be shown as {how}: {figure}"),
        };
        Some(shown)
    }

    /// Takes figures and charts out of any part of the view.
    fn add(&mut self, view: &Value) {
        match view {
            Value::Array(parts) => parts.iter().for_each(|part| self.add(part)),
            Value::Object(parts) => {
                let number = |name| Some(parts.get(name)?.as_u64()? as usize);
                if let Some(slot) = number("slot") {
                    self.figures.insert(slot, view.clone());
                }
                if let (Some(slot), Some(path)) = (number("draw"), view["path"].as_str()) {
                    self.paths.insert(slot, path.to_owned());
                }
                parts.values().for_each(|part| self.add(part));
            }
            _ => {}
        }
    }
}
