//! Where the figures come from: a table of the machine and its load, and what else is asked about it.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How the kernel counts the time of processors for programs, on every system of today.
const TICKS_A_SECOND: u64 = 100;
/// A machine on which less than this is in use is quiet.
const QUIET: f64 = 0.1;

/// Prints the table, with more rows at its end.
pub fn print(more: &[(&str, String)]) {
    println!("| Machine | |\n|---|---|");
    println!(
        "| Processor | {}, {} cores |",
        line_after("/proc/cpuinfo", "model name"),
        processors()
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
    for (what, value) in more {
        println!("| {what} | {value} |");
    }
    println!();
}

pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// The time that all processors together have worked since the machine was started.
pub fn busy() -> Duration {
    let counters = line_after("/proc/stat", "cpu ");
    let counters: Vec<u64> = counters
        .split_whitespace()
        .filter_map(|count| count.parse().ok())
        .collect();
    // The fourth and the fifth are idle and waiting for a disk; from the ninth on they are counted twice.
    let working = counters.iter().take(8).enumerate();
    let ticks: u64 = working
        .filter(|(place, _)| !matches!(place, 3 | 4))
        .map(|(_, ticks)| ticks)
        .sum();
    Duration::from_millis(ticks * 1_000 / TICKS_A_SECOND)
}

/// Waits until nothing else runs, but no longer than this.
pub fn wait_for_quiet(patience: Duration) {
    let look = Duration::from_millis(250);
    let started = Instant::now();
    while started.elapsed() < patience {
        let before = busy();
        thread::sleep(look);
        let used = (busy() - before).as_secs_f64() / look.as_secs_f64();
        if used < QUIET * processors() as f64 {
            return;
        }
    }
}

/// The kind of file system that a folder is on.
pub fn file_system(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let around = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let at = fields.next()?;
        folder.starts_with(at).then_some((at.len(), fields.next()?))
    });
    // Of two at one place the later hides the earlier.
    let nearest = around.max_by_key(|(length, _)| *length);
    nearest.map_or("unknown", |(_, kind)| kind).to_owned()
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
