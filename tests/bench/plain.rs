//! The opponent: `estimate.js`, plain JavaScript that computes the same estimate, in a page without
//! the widget. (Once the widget is alive in a page, Chromium runs the opponent's loops there at half
//! the speed, which would be no fair comparison.)

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use tallypress::fields::{Kind, Table, parse_toml};
use tallypress_calculator::model::Series;

use crate::native::Native;
use crate::site::{MODEL, Site, blog, repository_file};
use crate::tab::Tab;
use crate::table::Times;

const MODULE: &str = "bench/estimate.js";
const MODEL_AS_JSON: &str = "bench/model.json";

/// How often it is made ready, which is slow.
const STARTS: usize = 5;

/// Ways to find percentiles, by the names that `estimate.js` gives them.
const WAYS: [(&str, &str); 2] = [
    ("bySorting", "percentiles by sorting"),
    ("bySelection", "percentiles by selection"),
];

pub struct Measured {
    /// One estimate, by the way in which percentiles are found.
    pub estimates: [(&'static str, Times); 2],
    /// Tables of quantiles and columns of uncertain numbers.
    pub ready: Times,
    /// The largest relative difference between its mean totals and the native engine's.
    pub difference: f64,
}

/// Plain JavaScript in a page of its own.
pub struct Plain {
    tab: Tab,
}

impl Plain {
    /// Makes it ready, with the model's defaults for inputs.
    pub fn load() -> Self {
        let tab = host().visit("");
        let times: Json = WAYS
            .iter()
            .map(|(way, _)| ((*way).to_owned(), json!([])))
            .collect();
        tab.run(&format!(
            "(async () => {{
                const module = await import('/{MODULE}');
                const model = await (await fetch('/{MODEL_AS_JSON}')).json();
                const milliseconds = (work) => {{
                    const began = performance.now();
                    work();
                    return performance.now() - began;
                }};
                let prepared;
                const ready = Array.from({{ length: {STARTS} }}, () => milliseconds(() => prepared = module.prepare(model)));
                const inputs = Object.fromEntries(model.input.map((input) => [input.id, input.default]));
                const times = {times};
                const estimate = (way) => {{
                    times[way].push(milliseconds(() => plain.last = module.estimate(prepared, inputs, module[way])));
                }};
                window.plain = {{ ready, inputs, times, estimate }};
            }})()"
        ));
        Self { tab }
    }

    /// The estimate with another value for an input, in each way, and each in a frame of its own.
    pub fn estimate(&self, input: &str, value: f64) {
        self.tab.run(&format!("plain.inputs[{input:?}] = {value}"));
        for (way, _) in WAYS {
            self.tab.run(&format!(
                "new Promise((done) => requestAnimationFrame(() => done(plain.estimate({way:?}))))"
            ));
        }
    }

    pub fn measured(&self, native: &Native) -> Measured {
        let mut times: BTreeMap<String, Vec<f64>> = self.tab.ask("plain.times");
        let ready: Vec<f64> = self.tab.ask("plain.ready");
        let estimates = WAYS.map(|(way, name)| {
            let times = times.remove(way).unwrap_or_default();
            (name, times.into_iter().collect())
        });
        Measured {
            estimates,
            ready: ready.into_iter().collect(),
            difference: self.difference(native),
        }
    }

    /// Compares its last estimate with the native engine's for the same inputs.
    fn difference(&self, native: &Native) -> f64 {
        let inputs: BTreeMap<String, f64> = self.tab.ask("plain.inputs");
        let questions = native.model.inputs.iter();
        let inputs: Vec<f64> = questions.map(|question| inputs[&question.id]).collect();
        let engine = native.with_samples(native.model.model.samples);
        let estimate = engine.estimate(&inputs).expect("legal inputs");
        let approaches = native.model.approaches.iter().zip(&estimate.approaches);
        let differences = approaches.map(|(name, outcome)| {
            let total = outcome.get(Series::Total).expect("every model has it");
            let plain: f64 = self.tab.ask(&format!(
                "plain.last.approaches[{:?}].series.total.mean",
                name.id
            ));
            ((plain - total.mean) / total.mean).abs()
        });
        let largest = differences.fold(0.0, f64::max);
        assert!(largest < 1e-9, "plain JavaScript computes something else");
        largest
    }
}

/// The blog, with the opponent and its model: pages may load nothing from other hosts.
fn host() -> Site {
    let text = repository_file(MODEL);
    let (model, wrong) = parse_toml(MODEL, &text, 0..text.len());
    assert!(wrong.is_empty(), "{MODEL}: {wrong:?}");
    let model = table_to_json(&model).to_string();
    let mut files = blog().files.clone();
    files.insert(
        MODULE.to_owned(),
        Arc::from(&include_bytes!("estimate.js")[..]),
    );
    files.insert(MODEL_AS_JSON.to_owned(), Arc::from(model.into_bytes()));
    Site::new(files)
}

fn table_to_json(table: &Table) -> Json {
    let entries = table.entries.iter();
    entries
        .map(|entry| (entry.key.clone(), to_json(&entry.value.kind)))
        .collect()
}

fn to_json(kind: &Kind) -> Json {
    match kind {
        Kind::Null => Json::Null,
        Kind::Text(text) => json!(text),
        Kind::Integer(integer) => json!(integer),
        Kind::Float(float) => json!(float),
        Kind::Flag(flag) => json!(flag),
        Kind::Date(_) => panic!("a model has no dates"),
        Kind::List(items) => items.iter().map(|item| to_json(&item.kind)).collect(),
        Kind::Table(table) => table_to_json(table),
    }
}
