//! What only a person at a terminal sees: how far a long task is. Nothing of it goes into a pipe, a
//! file or the log of a service.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What takes less is over before anybody wonders.
const LONG: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Does something, and says meanwhile that it is being done and for how long already.
pub fn patiently<T>(what: &str, task: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return task();
    }
    let started = Instant::now();
    let (done, is_done) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut wait = LONG;
            while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                write_over(&format!("{what}: {:.1} s", started.elapsed().as_secs_f64()));
                wait = TICK;
            }
            if wait == TICK {
                write_over("");
            }
        });
        let made = task();
        // Hanging up is the message.
        drop(done);
        made
    })
}

/// A line on standard error that is written over as work goes on.
pub struct Progress {
    what: &'static str,
    all: usize,
    is_seen: bool,
}

impl Progress {
    pub fn new(what: &'static str, all: usize) -> Self {
        Self {
            what,
            all,
            is_seen: io::stderr().is_terminal(),
        }
    }

    pub fn show(&self, done: usize) {
        if self.is_seen {
            write_over(&format!("{}: {done} of {}", self.what, self.all));
        }
    }

    pub fn clear(&self) {
        if self.is_seen {
            write_over("");
        }
    }
}

/// To the line's start, the text, and nothing behind it.
fn write_over(text: &str) {
    let mut stderr = io::stderr().lock();
    // A terminal that is gone has nobody to tell.
    let _ = write!(stderr, "\r{text}\x1b[K");
    let _ = stderr.flush();
}
