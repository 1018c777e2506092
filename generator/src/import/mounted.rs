//! A site whose files lie elsewhere than where its generator looks for them first. They are laid out as if they lay
//! there, and what is said of them names the places where their author finds them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::SourceTree;

pub struct Mounted {
    pub tree: SourceTree,
    /// Where each file was read, by where it lies now.
    origins: BTreeMap<String, String>,
}

impl Mounted {
    /// Lays out files; `places` says where one goes. What came to a place first stays there.
    pub fn new(source: &SourceTree, places: impl Fn(&str) -> Vec<String>) -> Self {
        let mut files: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        let mut origins = BTreeMap::new();
        for (path, _) in source.below("") {
            let Some(bytes) = source.get(path) else {
                continue;
            };
            for place in places(path) {
                files.entry(place.clone()).or_insert_with(|| {
                    origins.insert(place, path.to_owned());
                    Arc::clone(bytes)
                });
            }
        }
        Self {
            tree: files.into_iter().collect(),
            origins,
        }
    }

    /// Names the old place of a file in what is said of it.
    pub fn at_its_origin(&self, mut note: Diagnostic) -> Diagnostic {
        if let Some(place) = &mut note.place
            && let Some(origin) = self.origins.get(&place.path)
        {
            place.path.clone_from(origin);
        }
        note
    }
}
