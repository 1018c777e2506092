//! The program as a person runs it: a site in a temporary folder with nothing else in it, the
//! real process, and what it printed and left behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use snapbox::Data;
use tempfile::TempDir;

use crate::{Story, expect};

/// Longer than anything here takes, on a machine that is busy with other things.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A site on the disk. It is removed when the test is over.
pub struct Folder(TempDir);

impl Folder {
    pub fn of(story: &Story) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (path, bytes) in story.files() {
            folder.write(path, bytes);
        }
        // A site that does not say where it will be served is warned, which is a story of its own.
        let settings = fs::read_to_string(folder.path("site.toml")).unwrap_or_default();
        if !settings.contains("base_url") {
            folder.write(
                "site.toml",
                format!("base_url = \"http://localhost/\"\n{settings}"),
            );
        }
        folder
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Writes a file in one step, so that a running server never sees half of it.
    pub fn write(&self, below: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(below);
        let unfinished = self.path(".unfinished");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&unfinished, bytes).unwrap();
        fs::rename(unfinished, path).unwrap();
    }

    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    pub fn remove(&self, below: &str) {
        fs::remove_file(self.path(below)).unwrap();
    }

    /// The command, to be run in the folder.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(program());
        command
            .args(arguments.split_whitespace())
            .current_dir(self.0.path())
            .env_clear();
        command
    }

    pub fn run(&self, arguments: &str) -> Run<'_> {
        let output = self.command(arguments).output().unwrap();
        Run {
            folder: self,
            output,
        }
    }

    /// What builds have kept in a folder, but for how the last of them went.
    pub fn kept(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut kept = self.files(below);
        kept.retain(|path, _| !path.starts_with("builds/"));
        kept
    }

    /// The files below a folder with their bytes.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(below), "", &mut files);
        files
    }
}

/// The program under test. Cargo makes it for every test, and puts it above the folder of the test.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap();
    let name = format!("tallypress-under-test{}", std::env::consts::EXE_SUFFIX);
    folder.join(name)
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    // A folder that is not there has no files.
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{name}{}", entry.file_name().to_str().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => collect(&entry.path(), &format!("{name}/"), files),
            false => {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
}

/// What came of running a command.
pub struct Run<'a> {
    folder: &'a Folder,
    output: Output,
}

impl Run<'_> {
    #[track_caller]
    pub fn expect_code(&self, code: i32) -> &Self {
        assert_eq!(
            self.output.status.code(),
            Some(code),
            "{}{}",
            self.stdout(),
            self.stderr()
        );
        self
    }

    #[track_caller]
    pub fn expect_stdout(&self, expected: impl Into<Data>) -> &Self {
        expect(&self.stdout(), expected);
        self
    }

    #[track_caller]
    pub fn expect_stderr(&self, expected: impl Into<Data>) -> &Self {
        expect(&self.stderr(), expected);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.output.stdout).unwrap()
    }

    pub fn stdout(&self) -> String {
        self.plain(&self.output.stdout)
    }

    pub fn stderr(&self) -> String {
        self.plain(&self.output.stderr)
    }

    /// Without what differs from run to run: where the folder is, and how long it took.
    fn plain(&self, printed: &[u8]) -> String {
        let folder = self.folder.0.path().to_str().unwrap();
        let text = str::from_utf8(printed).unwrap().replace(folder, "[FOLDER]");
        let mut words: Vec<&str> = text.split(' ').collect();
        for at in 1..words.len() {
            if words[at].trim_end_matches([':', '\n']) == "ms" {
                words[at - 1] = "[TIME]";
            }
        }
        words.join(" ")
    }
}

/// Waits until something is so, and fails if it never is.
#[track_caller]
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::yield_now();
    }
}
