//! How far a long task is: counted where the work is done, and shown on one line to a person at a terminal. Nothing of it
//! goes into a pipe, a file or the log of a service.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What takes less is over before anybody wonders.
const LONG: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Counts what is done of a task's present part.
#[derive(Debug, Default)]
pub struct Progress {
    /// What is counted, such as `pages read`, and how many there are.
    part: Mutex<Option<(&'static str, usize)>>,
    done: AtomicUsize,
}

impl Progress {
    /// Begins a part of the task.
    pub fn begin(&self, what: &'static str, all: usize) {
        *self.part() = Some((what, all)).filter(|(_, all)| *all > 0);
        self.reach(0);
    }

    /// One more is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// So many are done.
    pub fn reach(&self, done: usize) {
        self.done.store(done, Ordering::Relaxed);
    }

    /// What there is to say of a task that has taken some time.
    fn line(&self, task: &str, time: Duration) -> String {
        let seconds = time.as_secs_f64();
        match *self.part() {
            Some((what, all)) => {
                let done = self.done.load(Ordering::Relaxed).min(all);
                format!("{task}: {done} of {all} {what}, {seconds:.1} s")
            }
            None => format!("{task}: {seconds:.1} s"),
        }
    }

    fn part(&self) -> std::sync::MutexGuard<'_, Option<(&'static str, usize)>> {
        self.part.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does something, and says meanwhile how far it is and for how long it has been going on.
pub fn patiently<T>(task: &str, progress: &Progress, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let started = Instant::now();
    let (done, is_done) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut wait = LONG;
            while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                write_over(&progress.line(task, started.elapsed()));
                wait = TICK;
            }
            if wait == TICK {
                write_over("");
            }
        });
        let made = work();
        // Hanging up is the message.
        drop(done);
        made
    })
}

/// To the line's start, the text, and nothing behind it.
fn write_over(text: &str) {
    let mut stderr = io::stderr().lock();
    // A terminal that is gone has nobody to tell.
    let _ = write!(stderr, "\r{text}\x1b[K");
    let _ = stderr.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_how_much_of_it_is_done() {
        let progress = Progress::default();
        let line = || progress.line("Building", Duration::from_millis(1250));
        assert_eq!(line(), "Building: 1.2 s");
        progress.begin("pages read", 3);
        progress.step();
        progress.step();
        assert_eq!(line(), "Building: 2 of 3 pages read, 1.2 s");
        progress.begin("pictures made", 0);
        assert_eq!(line(), "Building: 1.2 s");
    }
}
