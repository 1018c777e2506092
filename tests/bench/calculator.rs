//! How fast and how small the calculator is, in a real browser and natively: a table to read and to
//! keep, never a test. `README.md` says how to run it and what the rows mean.
#![expect(
    dead_code,
    reason = "the stories of `tests/browser`, whose reader and form these are, need more of them"
)]

#[path = "../tests/browser/calculator.rs"]
mod calculator;
#[path = "../tests/browser/chromium.rs"]
mod chromium;
#[path = "../tests/browser/native.rs"]
mod native;
#[path = "../tests/browser/site.rs"]
mod site;
#[path = "../tests/browser/tab.rs"]
mod tab;
#[path = "../tests/browser/web.rs"]
mod web;

use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::thread;
use std::time::Instant;

use fastrand::Rng;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use tallypress_calculator::model::Engine;

use crate::calculator::Calculator;
use crate::chromium::chromium;
use crate::native::Native;
use crate::site::{ARTICLE, CALCULATOR, MODEL, blog};
use crate::tab::{Key, Tab};

/// How often the slider moves.
const RECOMPUTES: usize = 250;
/// How often the page is opened and the calculator comes alive.
const STARTS: usize = 15;

fn main() {
    let native = Native::read(MODEL);
    let futures = native.model.model.samples;
    let approaches = native.model.approaches.len();
    println!("Model `{MODEL}`: {futures} futures × {approaches} approaches.\n");
    facts();

    println!("| Time | Median | 95th percentile |\n|---|---:|---:|");
    let [estimate, change] = recomputes(&native);
    row("Chromium: estimate", estimate);
    row("Chromium: estimate, figures written", change);
    let (connected, live) = starts();
    row("Chromium: from bytes to a connected widget", connected);
    row("Chromium: from bytes to first estimate", live);
    row("Native: estimate", native_estimates(&native));
    row("Native: engine made ready", native_starts(&native));

    println!("\n| Size in bytes | Raw | gzip -9 | brotli -q 11 |\n|---|---:|---:|---:|");
    sizes();
}

fn facts() {
    let chromium = chromium().call(None, "Browser.getVersion", json!({}));
    let processors = thread::available_parallelism().map_or(1, usize::from);
    println!("| Machine | |\n|---|---|");
    println!(
        "| Processor | {}, {processors} cores |",
        line_after("/proc/cpuinfo", "model name")
    );
    println!(
        "| System | {} |",
        line_after("/etc/os-release", "PRETTY_NAME").trim_matches('"')
    );
    let load = line_after("/proc/loadavg", "");
    println!(
        "| Load before | {} |",
        load.split(' ').next().unwrap_or_default()
    );
    println!(
        "| Browser | {} |\n",
        chromium["product"].as_str().unwrap_or("unknown")
    );
}

/// What a file of the system says behind a word; "unknown" on other systems.
fn line_after(file: &str, word: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(word));
    line.map_or("unknown", |line| {
        line.trim_start_matches([' ', '\t', ':', '='])
    })
    .to_owned()
}

/// Milliseconds for the estimate alone, as the widget measures it, and for all that it does in the
/// frame after a change. Keys move a slider, as a reader's would.
fn recomputes(native: &Native) -> [Vec<f64>; 2] {
    let tab = blog().visit(ARTICLE);
    let calculator = Calculator::live(&tab, CALCULATOR);
    tab.click(&calculator.slider(native.input("people")));
    tab.press(Key::Home);
    // A frame's work is done in the order in which it was asked for: one of these listeners hears of
    // a change before the widget does, the other one after it.
    calculator.run(
        "{
            let began;
            window.changes = [];
            const begin = () => began = performance.now();
            const end = () => changes.push(performance.now() - began);
            root.addEventListener('input', () => requestAnimationFrame(begin), { capture: true });
            root.addEventListener('input', () => requestAnimationFrame(end));
            performance.clearMeasures();
        }",
    );
    for change in 0..RECOMPUTES {
        tab.press(if change % 50 == 49 {
            Key::Home
        } else {
            Key::Right
        });
        tab.wait_for_frame();
    }
    [
        tab.ask("performance.getEntriesByName('tallypress-estimate', 'measure').map(({ duration }) => duration)"),
        tab.ask("changes"),
    ]
}

/// Milliseconds from the bytes of widget and model until the widget can be called, and until the
/// first figures are on the page. Each in a tab that has not seen the widget before.
fn starts() -> (Vec<f64>, Vec<f64>) {
    let start = || {
        let tab = Tab::new();
        tab.resize(390, 600);
        tab.open(&blog().web.url(ARTICLE));
        Calculator::new(&tab, CALCULATOR).ask::<(f64, f64)>(
            "(async () => {
                const { widget, wasm, model } = root.dataset;
                const loader = await import(document.querySelector('script[src*=loader]').src);
                const bytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
                const glue = import(new URL(widget, document.baseURI));
                const [code, numbers] = await Promise.all([bytes(wasm), bytes(model), glue]);
                // The loader gets what is here already.
                window.fetch = async () => new Response(code);
                const began = performance.now();
                const { mount } = await loader.widget(widget, wasm);
                const connected = performance.now();
                if (!mount(root, numbers, 'en')) throw new Error('the calculator did not start');
                return [connected - began, performance.now() - began];
            })()",
        )
    };
    std::iter::repeat_with(start).take(STARTS).unzip()
}

fn native_estimates(native: &Native) -> Vec<f64> {
    let engine = native.with_samples(native.model.model.samples);
    let mut random = Rng::with_seed(1);
    let estimate = || {
        let inputs = native.random_inputs(&mut random);
        milliseconds(|| drop(black_box(engine.estimate(black_box(&inputs)))))
    };
    std::iter::repeat_with(estimate).take(RECOMPUTES).collect()
}

fn native_starts(native: &Native) -> Vec<f64> {
    let model = &native.model.model;
    let start = || milliseconds(|| drop(black_box(Engine::new(black_box(model.clone())))));
    std::iter::repeat_with(start).take(STARTS).collect()
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64() * 1000.0
}

fn row(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "| {name} ({} times) | {:.2} ms | {:.2} ms |",
        times.len(),
        at(50),
        at(95)
    );
}

fn sizes() {
    let files = [
        ("Wasm", blog().asset("calculator", ".wasm")),
        ("Glue", blog().asset("calculator", ".js")),
        ("Loader", blog().asset("calculator-loader", ".js")),
    ];
    let mut program = [0; 3];
    for (name, path) in files {
        let sizes = sizes_of(&blog().files[path]);
        for (sum, size) in program.iter_mut().zip(sizes) {
            *sum += size;
        }
        print_sizes(name, sizes);
    }
    print_sizes("**All three**", program);
    let model = blog().asset("estimates/cto-or-partner", ".bin");
    print_sizes("Model", sizes_of(&blog().files[model]));
}

fn sizes_of(bytes: &[u8]) -> [usize; 3] {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).expect("room in memory");
    let gzip = gzip.finish().expect("room in memory");
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    brotli.write_all(bytes).expect("room in memory");
    [bytes.len(), gzip.len(), brotli.into_inner().len()]
}

fn print_sizes(name: &str, [raw, gzip, brotli]: [usize; 3]) {
    println!("| {name} | {raw} | {gzip} | {brotli} |");
}
