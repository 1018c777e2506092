//! Tells when a site's files change, and which, as far as the system says it. Events can be missed: whoever hears of a
//! change and wants to be sure reads everything again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::READ;

/// A program that writes a file writes its parts one after the other; this long without another and it is through.
const REST: Duration = Duration::from_millis(3);

/// The changes of one site's files.
pub struct Changes {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<Vec<PathBuf>>,
}

/// What has changed, as paths of the site.
#[derive(Debug, Default)]
pub struct Change {
    pub paths: BTreeSet<String>,
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
            let paths = match event {
                // Reading the files must not count as a change of them.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) => event.paths,
                // Events may have been lost, and it may have been any of them.
                Err(_) => watched.clone(),
            };
            let is_watched = |path: &PathBuf| watched.iter().any(|start| path.starts_with(start));
            let paths: Vec<PathBuf> = paths.into_iter().filter(is_watched).collect();
            if !paths.is_empty() {
                // The receiver is gone when the watching is over.
                let _ = sender.send(paths);
            }
        })?;
        watcher.watch(&root, RecursiveMode::NonRecursive)?;
        let mut changes = Self {
            root,
            watcher,
            events,
        };
        changes.watch_folders(|_| true);
        Ok(changes)
    }

    /// Waits for the next change to come to rest; `None` when there will be none any more.
    pub fn wait(&mut self) -> Option<Change> {
        let mut change = Change::default();
        let mut paths = self.events.recv().ok()?;
        loop {
            change
                .paths
                .extend(paths.iter().map(|path| self.named(path)));
            paths = match self.events.recv_timeout(REST) {
                Ok(paths) => paths,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            };
        }
        self.watch_folders(|name| change.paths.contains(name));
        Some(change)
    }

    /// A path as the site names it.
    fn named(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let parts = below.iter().map(|part| part.to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    /// Watches folders of the site that have come into being. All that is below has to be looked at for that,
    /// which takes long in a large site.
    fn watch_folders(&mut self, is_new: impl Fn(&str) -> bool) {
        for name in READ.into_iter().filter(|name| is_new(name)) {
            let folder = self.root.join(name);
            if folder.is_dir() {
                // Watching what is watched already changes nothing.
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}
