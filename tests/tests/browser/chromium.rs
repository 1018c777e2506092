//! The one headless Chromium that all stories share: found, started, and spoken to in the
//! `DevTools` protocol. It ends when this process does, however that comes about.
//!
//! Messages go through a pipe: there is no port to find, and a browser whose pipe closes ends by
//! itself. They stay plain JSON, so that an event in a form that nobody foresaw is still an event.

use std::collections::HashMap;
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take before a story fails. Only failures wait for it.
pub const PATIENCE: Duration = Duration::from_secs(60);

const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

const FLAGS: [&str; 14] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    // Stories run side by side, each in a window of its own that must not be put to sleep.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // A page that asks another host for something gets no answer.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// Chromium reads commands from descriptor 3 and answers on 4. The shell puts our pipes there, and
/// removes the profile afterwards, whoever ended first.
const START: &str = r#"
profile=$1; shift
"$@" --user-data-dir="$profile" 3<&0 4>&1 </dev/null >/dev/null
rm -rf "$profile"
"#;

/// The browser of this run, started by whoever needs it first.
pub fn chromium() -> &'static Chromium {
    static CHROMIUM: OnceLock<Chromium> = OnceLock::new();
    CHROMIUM.get_or_init(Chromium::start)
}

/// A running browser.
pub struct Chromium {
    commands: Mutex<ChildStdin>,
    last_id: AtomicU64,
    inbox: Arc<Inbox>,
}

/// Something that happened in a tab.
#[derive(Clone, Debug)]
pub struct Event {
    /// Such as `Page.loadEventFired`.
    pub name: String,
    pub details: Value,
}

impl Chromium {
    /// Sends a command, to a tab if its session is named, and returns the answer.
    #[track_caller]
    pub fn call(&self, session: Option<&str>, method: &str, params: Value) -> Value {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed);
        let mut command = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        // If it has ended there will be no answer, and the inbox says why.
        let _ = write!(lock(&self.commands), "{command}\0");
        let answer = self.inbox.wait_for(method, |mail| mail.answers.remove(&id));
        if let Some(error) = answer.get("error") {
            panic!("Chromium refused {method}: {error}");
        }
        answer["result"].clone()
    }

    /// Waits until something has happened in a tab.
    #[track_caller]
    pub fn wait_for_event(&self, session: &str, what: &str, is_it: impl Fn(&Event) -> bool) {
        self.inbox.wait_for(what, |mail| {
            let events = mail.events.get(session)?;
            events.iter().any(&is_it).then_some(())
        });
    }

    /// Everything that has happened in a tab so far.
    pub fn events(&self, session: &str) -> Vec<Event> {
        let mail = lock(&self.inbox.mail);
        mail.events.get(session).cloned().unwrap_or_default()
    }

    pub fn forget_events(&self, session: &str) {
        lock(&self.inbox.mail).events.remove(session);
    }

    fn start() -> Self {
        let program = program();
        let profile = tempfile::Builder::new()
            .prefix("tallypress-browser-")
            .tempdir()
            .expect("a folder for the browser's profile")
            .keep();
        let as_root = profile.metadata().is_ok_and(|folder| folder.uid() == 0);
        let mut browser = Command::new("sh")
            .args(["-c", START, "sh"])
            .arg(&profile)
            .arg(program)
            .args(FLAGS)
            // The sandbox needs a user with fewer powers.
            .args(as_root.then_some("--no-sandbox"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell to start Chromium");
        let commands = browser.stdin.take().expect("a pipe");
        let messages = browser.stdout.take().expect("a pipe");
        let complaints = browser.stderr.take().expect("a pipe");
        let inbox = Arc::new(Inbox::default());
        let reader = Arc::clone(&inbox);
        thread::spawn(move || {
            let listener = thread::spawn({
                let reader = Arc::clone(&reader);
                move || reader.read_complaints(complaints)
            });
            reader.read_messages(messages);
            // So that whoever waits for an answer learns the reason too.
            let _ = (browser.wait(), listener.join());
            lock(&reader.mail).ended = true;
            reader.news.notify_all();
        });
        Self {
            commands: Mutex::new(commands),
            last_id: AtomicU64::default(),
            inbox,
        }
    }
}

/// What the browser has said, for several stories at once.
#[derive(Default)]
struct Inbox {
    mail: Mutex<Mail>,
    news: Condvar,
}

#[derive(Default)]
struct Mail {
    answers: HashMap<u64, Value>,
    /// By session, oldest first.
    events: HashMap<String, Vec<Event>>,
    /// What it printed for people.
    complaints: String,
    ended: bool,
}

impl Inbox {
    #[track_caller]
    fn wait_for<T>(&self, what: &str, mut take: impl FnMut(&mut Mail) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut mail = lock(&self.mail);
        loop {
            if let Some(found) = take(&mut mail) {
                return found;
            }
            if mail.ended {
                panic!(
                    "Chromium ended and left {what} open; it said:\n{}",
                    mail.complaints
                );
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited {PATIENCE:?} for {what} in vain");
            let woken = self.news.wait_timeout(mail, left);
            (mail, _) = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn read_messages(&self, messages: impl Read) {
        for message in BufReader::new(messages).split(0) {
            let Ok(message) = message else { return };
            let mut message: Value = serde_json::from_slice(&message).expect("JSON from Chromium");
            let mut mail = lock(&self.mail);
            if let Some(id) = message["id"].as_u64() {
                mail.answers.insert(id, message);
            } else if let Some(session) = message["sessionId"].as_str().map(str::to_owned) {
                mail.events.entry(session).or_default().push(Event {
                    name: message["method"].as_str().unwrap_or_default().to_owned(),
                    details: message["params"].take(),
                });
            }
            self.news.notify_all();
        }
    }

    fn read_complaints(&self, complaints: impl Read) {
        for line in BufReader::new(complaints).lines().map_while(Result::ok) {
            let mut mail = lock(&self.mail);
            mail.complaints.push_str(&line);
            mail.complaints.push('\n');
        }
    }
}

fn program() -> PathBuf {
    if let Some(chosen) = env::var_os("CHROME") {
        return PathBuf::from(chosen);
    }
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders)
        .flat_map(|folder| PROGRAMS.map(|name| folder.join(name)))
        .find(|program| program.is_file())
        .unwrap_or_else(|| {
            panic!(
                "these tests need a browser, and there is none: no {} in PATH, and CHROME names none.\n\
                 Install one (Debian, Ubuntu: `apt-get install chromium`), or set CHROME to its program.",
                PROGRAMS.join(", ")
            )
        })
}

/// A story that has failed while it held the lock is no reason for others to fail.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
