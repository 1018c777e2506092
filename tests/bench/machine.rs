//! Where the figures come from: a table of the machine, its load and the browser.

use std::fs;
use std::thread;

use serde_json::json;

use crate::chromium::chromium;

pub fn print() {
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
