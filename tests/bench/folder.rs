//! Folders: a new one to work in, what is in one, and laying one over another.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A new folder, in memory where the system has a place for that. It is removed at the end.
pub fn for_work(wanted: Option<&Path>) -> io::Result<TempDir> {
    let in_memory = Path::new("/dev/shm");
    let around = match wanted {
        Some(folder) => folder.to_owned(),
        None if in_memory.is_dir() => in_memory.to_owned(),
        None => env::temp_dir(),
    };
    tempfile::Builder::new()
        .prefix("tallypress-bench-")
        .tempdir_in(around)
}

/// Every file in a folder and below.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => files.extend(self::files(&entry.path())?),
            false => files.push(entry.path()),
        }
    }
    Ok(files)
}

/// Copies a folder over another.
pub fn lay_over(from: &Path, to: &Path) -> io::Result<()> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(file, target)?;
    }
    Ok(())
}
