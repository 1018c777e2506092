//! Settings that name other folders than Jekyll's usual ones: `source`, `collections_dir` and the like.

use super::CONFIGS;
use crate::import::front::{Format, Keys};
use crate::import::mounted::Mounted;
use crate::source::SourceTree;

/// Folders with a setting of their own, and what it is called.
const OWN: [(&str, &str); 3] = [
    ("data_dir", "_data"),
    ("includes_dir", "_includes"),
    ("layouts_dir", "_layouts"),
];

/// The files of a site as Jekyll finds them, if it does not look into its usual folders.
pub fn laid_out(source: &SourceTree) -> Option<Mounted> {
    let (path, bytes) = CONFIGS
        .into_iter()
        .find_map(|path| Some((path, source.get(path)?)))?;
    let text = SourceTree::text(path, bytes).ok()?;
    let format = match path.ends_with(".toml") {
        true => Format::Toml,
        false => Format::Yaml,
    };
    let mut keys = Keys::read(path, text, format, 0..text.len(), &mut Vec::new());
    let mut folder = |key: &str| {
        let folder = keys.take_text(key)?;
        let folder = folder.trim_start_matches("./").trim_matches('/').to_owned();
        (!matches!(folder.as_str(), "" | ".")).then_some(format!("{folder}/"))
    };
    let root = folder("source");
    let collections = folder("collections_dir");
    let own = OWN.map(|(key, usual)| (folder(key), usual));
    if root.is_none() && collections.is_none() && own.iter().all(|(folder, _)| folder.is_none()) {
        return None;
    }
    Some(Mounted::new(source, |path| {
        if CONFIGS.contains(&path) {
            return vec![path.to_owned()];
        }
        // What is outside of the site's folder belongs to the repository.
        let Some(below) = path.strip_prefix(root.as_deref().unwrap_or_default()) else {
            return Vec::new();
        };
        for (folder, usual) in &own {
            let inside = folder
                .as_deref()
                .and_then(|folder| below.strip_prefix(folder));
            if let Some(inside) = inside {
                return vec![format!("{usual}/{inside}")];
            }
        }
        let of_collection = collections
            .as_deref()
            .and_then(|folder| below.strip_prefix(folder))
            .filter(|inside| inside.starts_with('_'));
        vec![of_collection.unwrap_or(below).to_owned()]
    }))
}
