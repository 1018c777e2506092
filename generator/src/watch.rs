//! Tells when a site's files change. Whatever the change was, the answer is to
//! read everything again: single events can be missed, a whole reading cannot.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::READ;

/// Editors write a file in several steps; this long without another one and they are through.
const QUIET: Duration = Duration::from_millis(30);

/// The changes of one site's files.
pub struct Changes {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<()>,
}

impl Changes {
    /// Starts to watch.
    ///
    /// # Errors
    /// If the system refuses, for example because too much is watched already.
    pub fn watch(root: &Path) -> notify::Result<Self> {
        let root = root.canonicalize()?;
        let (sender, events) = channel();
        let watched: Vec<PathBuf> = READ.map(|name| root.join(name)).into();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let matters = match event {
                // Reading the files must not count as a change of them.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
                Ok(event) => event
                    .paths
                    .iter()
                    .any(|path| watched.iter().any(|start| path.starts_with(start))),
                // Events may have been lost.
                Err(_) => true,
            };
            if matters {
                // The receiver is gone when the watching is over.
                let _ = sender.send(());
            }
        })?;
        watcher.watch(&root, RecursiveMode::NonRecursive)?;
        let mut changes = Self {
            root,
            watcher,
            events,
        };
        changes.watch_folders();
        Ok(changes)
    }

    /// Waits for the next change to come to rest; `false` when there will be none any more.
    pub fn wait(&mut self) -> bool {
        if self.events.recv().is_err() {
            return false;
        }
        loop {
            match self.events.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        // A folder may have come into being.
        self.watch_folders();
        true
    }

    fn watch_folders(&mut self) {
        for folder in READ.map(|name| self.root.join(name)) {
            if folder.is_dir() {
                // Watching what is watched already changes nothing.
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}
