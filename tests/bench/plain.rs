//! The opponent: `estimate.js`, plain JavaScript that computes the same estimate, in a page without
//! the widget. (Once the widget is alive in a page, Chromium runs the opponent's loops there at half
//! the speed, which would be no fair comparison.)

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use tallypress::estimate::report::series_name;
use tallypress::fields::{Kind, Table, parse_toml};

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
    pub agreement: Agreement,
}

/// How its last estimate compares with the native engine's.
#[derive(Default)]
pub struct Agreement {
    /// Series of all approaches that the engine computes, and those of them that it computes too.
    pub series: usize,
    pub common: usize,
    /// The largest relative difference of a mean or percentile.
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
            agreement: self.agreement(native),
        }
    }

    /// Compares its last estimate with the native engine's for the same inputs.
    fn agreement(&self, native: &Native) -> Agreement {
        let inputs: BTreeMap<String, f64> = self.tab.ask("plain.inputs");
        let questions = native.model.inputs.iter();
        let inputs: Vec<f64> = questions.map(|question| inputs[&question.id]).collect();
        let engine = native.with_samples(native.model.model.samples);
        let estimate = engine.estimate(&inputs).expect("legal inputs");
        let plain: Json = self.tab.ask("plain.last.approaches");
        let mut agreement = Agreement::default();
        for (name, outcome) in native.model.approaches.iter().zip(&estimate.approaches) {
            for (series, summary) in &outcome.series {
                let series = series_name(&native.model, *series);
                agreement.series += 1;
                let plain = &plain[&name.id]["series"][&series];
                if plain.is_null() {
                    continue;
                }
                agreement.common += 1;
                let pairs = [
                    ("mean", summary.mean),
                    ("p10", summary.p10),
                    ("p50", summary.p50),
                    ("p90", summary.p90),
                ];
                for (statistic, expected) in pairs {
                    // What is never reached is infinite, and no number in JSON.
                    let plain = plain[statistic].as_f64().unwrap_or(f64::INFINITY);
                    if plain != expected {
                        let off = (plain - expected).abs() / expected.abs();
                        assert!(off < 1e-9, "{series}: {plain} instead of {expected}");
                        agreement.difference = agreement.difference.max(off);
                    }
                }
            }
        }
        agreement
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
