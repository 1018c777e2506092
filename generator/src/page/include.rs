//! Markdown files inside others: `{{ include(path="_offer.md") }}`. Which files
//! a page includes is found before it is parsed, so that parsing stays a
//! function of what it is given: a path, a text, and these files.

use std::collections::BTreeMap;

use super::passage::Passage;
use super::shortcode::{self, Call};
use crate::address::tidy;
use crate::source::SourceTree;

/// The shortcode's name.
pub const NAME: &str = "include";

/// The files that a page includes, directly and through others, by path.
/// One that is not UTF-8 is `None`; one that is not there is missing.
pub type Included<'a> = BTreeMap<String, Option<&'a str>>;

/// Everything that parsing the file at `path` may need besides its text. What
/// stands in code is found too; parsing then does not ask for it.
pub fn included<'a>(path: &str, text: &str, source: &'a SourceTree) -> Included<'a> {
    let mut included = Included::new();
    let mut waiting = mentioned(path, text);
    while let Some(path) = waiting.pop() {
        if included.contains_key(&path) {
            continue;
        }
        let Some(bytes) = source.get(&path) else {
            continue;
        };
        let text = SourceTree::text(&path, bytes).ok();
        waiting.extend(text.map(|text| mentioned(&path, text)).unwrap_or_default());
        included.insert(path, text);
    }
    included
}

/// The file that a path in an include means: from the including file's folder, or
/// from the content's root after `@/`. `None` if it is no Markdown file of the content.
pub fn resolve(from: &str, written: &str) -> Option<String> {
    let folder = from.rfind('/').map_or("", |slash| &from[..=slash]);
    let path = match written.strip_prefix("@/") {
        Some(below) => tidy(&format!("content/{below}"))?,
        None => tidy(&format!("{folder}{written}"))?,
    };
    (path.starts_with("content/") && path.ends_with(".md")).then_some(path)
}

/// The path that an include names, if it names one.
pub fn path(call: &Call) -> Option<&str> {
    let arg = call.args.iter().find(|arg| arg.name.value == "path")?;
    arg.value.value.as_str()
}

fn mentioned(path: &str, text: &str) -> Vec<String> {
    if !text.contains(NAME) {
        return Vec::new();
    }
    let passage = Passage::new(path, text, 0..text.len());
    shortcode::every_inline(&passage)
        .filter(|call| call.name.value == NAME)
        .filter_map(|call| resolve(path, self::path(&call)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_starts_at_the_file_or_at_the_content() {
        let resolve = |written| resolve("content/blog/post.md", written);
        assert_eq!(resolve("_a.md").as_deref(), Some("content/blog/_a.md"));
        assert_eq!(resolve("../_a.md").as_deref(), Some("content/_a.md"));
        assert_eq!(resolve("@/x/_a.md").as_deref(), Some("content/x/_a.md"));
        assert_eq!(resolve("../../site.md"), None);
        assert_eq!(resolve("../../../a.md"), None);
        assert_eq!(resolve("notes.txt"), None);
    }
}
