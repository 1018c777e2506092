//! The site that `tallypress init` begins: small, complete, with an article and its model. Takes a
//! title and a day, gives the files.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::date::Date;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// The files of a new site by path.
pub fn files(title: &str, today: Date) -> BTreeMap<String, Arc<[u8]>> {
    let day = today.day().to_string();
    let title = toml::Value::String(title.to_owned()).to_string();
    let filled = |text: &str| text.replace("@date@", &day).replace("@title@", &title);
    let mut files = BTreeMap::new();
    let mut folders = vec![&FILES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let text = file.contents_utf8().unwrap_or_default();
            let bytes = filled(text).into_bytes();
            files.insert(filled(&path), Arc::from(bytes));
        }
    }
    files
}
