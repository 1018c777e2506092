//! One run of a program, and what it cost: the time that passed, and what the kernel has on its account.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::machine;

/// Lines of what a failed program said that are shown.
const SHOWN: usize = 6;

#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub wall: Duration,
    /// Of all its threads and children, in the program and in the kernel.
    pub cpu: Duration,
    /// The most memory that it had at any moment, in bytes.
    pub memory: u64,
    /// How much of the machine others used meanwhile, from 0 to 1.
    pub others: f64,
}

/// Runs a command to its end. What it prints goes into the file `log`.
///
/// # Errors
/// What went wrong, if it failed or did not finish within `limit`.
pub fn run(command: &mut Command, log: &Path, limit: Duration) -> Result<Cost, String> {
    let file = File::create(log).map_err(|error| error.to_string())?;
    let copy = file.try_clone().map_err(|error| error.to_string())?;
    command.stdin(Stdio::null()).stdout(file).stderr(copy);
    let busy_before = machine::busy();
    let started = Instant::now();
    let child = command.spawn().map_err(|error| error.to_string())?;
    let (finished, is_finished) = channel::<()>();
    let process = child.id();
    let watch = thread::spawn(move || {
        // The process cannot be another one yet: nobody has waited for it.
        if is_finished.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            let killed = Command::new("kill")
                .args(["-KILL", &process.to_string()])
                .status();
            assert!(killed.is_ok(), "process {process} cannot be ended");
        }
    });
    let used = child.wait4().map_err(|error| error.to_string())?;
    let wall = started.elapsed();
    drop(finished);
    watch.join().map_err(|_| "the watch failed")?;
    if wall >= limit {
        return Err(format!("not finished after {} s", limit.as_secs()));
    }
    if !used.status.success() {
        let said = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        let last = &lines[lines.len().saturating_sub(SHOWN)..];
        return Err(format!("{}: {}", used.status, last.join(" / ")));
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    let others = machine::busy()
        .saturating_sub(busy_before)
        .saturating_sub(cpu);
    let capacity = wall.as_secs_f64() * machine::processors() as f64;
    Ok(Cost {
        wall,
        cpu,
        memory: used.rusage.maxrss,
        others: others.as_secs_f64() / capacity,
    })
}
