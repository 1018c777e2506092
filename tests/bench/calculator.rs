//! How fast and how small the calculator is, in a real browser and natively: tables to read and to
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

mod browser;
mod machine;
mod plain;
mod sizes;
mod slider;
mod start;
mod table;
mod throttle;

use std::hint::black_box;
use std::time::Instant;

use fastrand::Rng;
use tallypress_calculator::model::Engine;

use crate::native::Native;
use crate::plain::Agreement;
use crate::site::MODEL;
use crate::table::{Times, print_times, print_times_head};

/// How often the slider moves.
const RECOMPUTES: usize = 250;
/// How often the page is opened and the calculator comes alive, on a phone and on a desktop.
const STARTS: usize = 15;
/// How much slower than this machine a phone is taken to be.
const PHONE: u32 = 4;

fn main() {
    let native = Native::read(MODEL);
    let futures = native.model.model.samples;
    let approaches = native.model.approaches.len();
    println!("Model `{MODEL}`: {futures} futures × {approaches} approaches.\n");
    machine::print(&[browser::row()]);

    print_times_head();
    let desktop = slider::beside_plain_javascript(&native);
    print_times("Widget: estimate", &desktop.widget.estimate, "p95 ≤ 8 ms");
    print_times(
        "Widget: estimate, figures written",
        &desktop.widget.frame,
        "",
    );
    let phone = slider::throttled(&native, PHONE);
    print_times(
        &format!("Widget, {PHONE}× CPU throttling: estimate"),
        &phone.estimate,
        "p95 ≤ 60 ms",
    );
    print_times(
        &format!("Widget, {PHONE}× CPU throttling: estimate, figures written"),
        &phone.frame,
        "",
    );
    let starts = start::starts(&native, STARTS);
    print_times("Widget: from the last byte to alive", &starts.alive, "");
    print_times("Widget: first estimate", &starts.estimate, "");
    for (name, times) in &desktop.plain.estimates {
        print_times(&format!("Plain JavaScript, {name}: estimate"), times, "");
    }
    print_times("Plain JavaScript: made ready", &desktop.plain.ready, "");
    print_times("Native: estimate", &native_estimates(&native), "");
    print_times("Native: engine made ready", &native_starts(&native), "");

    println!(
        "\n| Plain JavaScript / widget, medians of one run | Ratio | Target |\n|---|---:|---|"
    );
    for (name, times) in &desktop.plain.estimates {
        let ratio = times.median() / desktop.widget.estimate.median();
        println!("| {name} | {ratio:.2} | ≥ 3 |");
    }
    let Agreement {
        series,
        common,
        difference,
    } = desktop.plain.agreement;
    println!(
        "\nOf the engine's {series} series plain JavaScript computes {common}, the same to {difference:.0e} relative."
    );

    println!(
        "\n| Layout shift while it comes alive, the largest of {STARTS} times | Score | Target |\n|---|---:|---|"
    );
    for (name, shift) in [
        ("390 × 600 pixels", starts.shift_on_phone),
        ("1280 × 900 pixels", starts.shift_on_desktop),
    ] {
        println!("| {name} | {shift:.4} | 0 |");
    }

    println!();
    sizes::print();
}

fn native_estimates(native: &Native) -> Times {
    let engine = native.with_samples(native.model.model.samples);
    let mut random = Rng::with_seed(1);
    let estimate = || {
        let inputs = native.random_inputs(&mut random);
        milliseconds(|| drop(black_box(engine.estimate(black_box(&inputs)))))
    };
    std::iter::repeat_with(estimate).take(RECOMPUTES).collect()
}

fn native_starts(native: &Native) -> Times {
    let model = &native.model.model;
    let start = || milliseconds(|| drop(black_box(Engine::new(black_box(model)))));
    std::iter::repeat_with(start).take(STARTS).collect()
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64() * 1000.0
}
