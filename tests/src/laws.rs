//! What holds for every site, checked on every story: the same input gives the
//! same bytes, a rebuild after any edit equals a clean build, shards make up the
//! site, and no page holds script or style of its own.

use std::sync::Arc;

use html5gum::{Token, Tokenizer};
use tallypress::memory::Memory;
use tallypress::shard::Shard;
use tallypress::source::is_page;
use tallypress::{Options, build, standing};

use crate::shelf::Shelf;
use crate::{Built, Files, Story};

/// Neither a second build nor the order in which files are found changes a byte.
#[track_caller]
pub fn same_input_same_bytes(story: &Story, first: &Built) {
    let second = story.outcome(&story.files, &mut Memory::default());
    assert_same(first, &second, "a second build");
    let reversed = story.source(story.files.clone().into_iter().rev());
    assert_eq!(
        reversed.below("").collect::<Vec<_>>(),
        story
            .source(story.files.clone())
            .below("")
            .collect::<Vec<_>>(),
        "the order in which files are found matters"
    );
}

/// For every file of the story: what a memory of earlier builds makes of an edit, and of
/// taking it back, is what a build without any memory makes of the same files. So is what another process makes
/// of what the last one has left on the disk.
#[track_caller]
pub fn a_rebuild_equals_a_clean_build(story: &Story, clean: &Built) {
    let mut memory = Memory::default();
    story.outcome(&story.files, &mut memory);
    let mut shelf = Shelf::default();
    shelf.publish_with(story, &story.files);
    for path in story.files.keys() {
        for (edit, edited) in edits(&story.files, path) {
            let warm = story.outcome(&edited, &mut memory);
            let cold = story.outcome(&edited, &mut Memory::default());
            assert_same(
                &cold,
                &warm,
                &format!("a rebuild after `{path}` was {edit}"),
            );
            assert_same(
                &cold,
                &shelf.publish_with(story, &edited),
                &format!("another process after `{path}` was {edit}"),
            );
            assert_same(
                clean,
                &shelf.publish_with(story, &story.files),
                &format!("another process after `{path}` was {edit} and restored"),
            );
            let back = story.outcome(&story.files, &mut memory);
            assert_same(
                clean,
                &back,
                &format!("a rebuild after `{path}` was {edit} and restored"),
            );
        }
    }
}

/// A page that is made again because its text has changed is what a build of everything makes of it.
#[track_caller]
pub fn a_revised_page_equals_a_clean_build(story: &Story) {
    let options = story.options();
    let source = story.source(story.files.clone());
    let (_, Some(standing)) = standing::build(&source, &options, &mut Memory::default()) else {
        return;
    };
    for path in story.files.keys().filter(|path| is_page(path)) {
        for (edit, edited) in edits(&story.files, path) {
            let text = edited.get(path);
            let Some(page) = text.and_then(|text| standing.revised(path, text)) else {
                continue;
            };
            let clean = story.outcome(&edited, &mut Memory::default());
            let expected = clean.build.output.files.get(&page.file);
            assert!(
                expected == Some(&page.bytes),
                "`{}` is revised to\n{}\nwhen `{path}` is {edit}, and built as\n{}",
                page.file,
                String::from_utf8_lossy(&page.bytes),
                String::from_utf8_lossy(expected.map_or(&[], |bytes| bytes)),
            );
        }
    }
}

/// Two machines that share the work make the files that one makes, each of them once.
#[track_caller]
pub fn shards_make_up_the_site(story: &Story, whole: &Built) {
    if whole.build.failed() {
        return;
    }
    let source = story.source(story.files.clone());
    let mut made = Files::new();
    let mut pages = 0;
    for number in [1, 2] {
        let shard = Some(Shard { number, of: 2 });
        let options = Options {
            shard,
            ..story.options()
        };
        let share = build(&source, &options, &mut Memory::default());
        pages += share.pages;
        for (path, bytes) in share.output.files {
            let other = made.insert(path.clone(), bytes);
            assert!(other.is_none(), "`{path}` is made by two shards");
        }
    }
    assert_eq!(
        pages, whole.build.pages,
        "shards count their pages differently"
    );
    assert!(
        made == whole.build.output.files,
        "shards make up another site"
    );
}

/// The story's files with one of them changed in various ways.
fn edits(files: &Files, path: &str) -> Vec<(&'static str, Files)> {
    let with = |bytes: Vec<u8>| {
        let mut edited = files.clone();
        edited.insert(path.to_owned(), Arc::from(bytes));
        edited
    };
    let mut removed = files.clone();
    removed.remove(path);
    let mut edits = vec![
        (
            "added to",
            with([&files[path], &b"\nAn added line.\n"[..]].concat()),
        ),
        ("removed", removed),
    ];
    edits.extend(retitled(&files[path]).map(|bytes| ("retitled", with(bytes))));
    edits
}

/// A text with another title, if it says what its title is.
fn retitled(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(bytes).ok()?;
    ["title = \"", "title: ", "# "]
        .into_iter()
        .find(|mark| text.starts_with(mark) || text.contains(&format!("\n{mark}")))
        .map(|mark| {
            text.replacen(mark, &format!("{mark}Another "), 1)
                .into_bytes()
        })
}

#[track_caller]
fn assert_same(expected: &Built, actual: &Built, what: &str) {
    assert_eq!(
        expected.errors, actual.errors,
        "{what} complains differently"
    );
    assert_eq!(
        expected.build.diagnostics, actual.build.diagnostics,
        "{what} complains differently"
    );
    assert_eq!(
        expected.build.pages, actual.build.pages,
        "{what} counts its pages differently"
    );
    let paths = |built: &Built| built.build.output.files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(expected), paths(actual), "{what} has other files");
    for (path, bytes) in &expected.build.output.files {
        let other = &actual.build.output.files[path];
        assert!(
            bytes == other,
            "{what} differs in `{path}`:\n{}\ninstead of\n{}",
            String::from_utf8_lossy(other),
            String::from_utf8_lossy(bytes)
        );
    }
}

/// The Content-Security-Policy would block it, and the reader would see a broken page.
#[track_caller]
pub fn no_page_has_inline_code(built: &Built) {
    for (path, html) in built.pages() {
        for Ok(token) in Tokenizer::new(html) {
            let Token::StartTag(tag) = token else {
                continue;
            };
            let name = String::from_utf8_lossy(&tag.name).into_owned();
            let attributes: Vec<String> = tag
                .attributes
                .keys()
                .map(|attribute| String::from_utf8_lossy(attribute).into_owned())
                .collect();
            let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
            // What no browser takes for code is data.
            let kind = tag.attributes.get(b"type".as_slice());
            let data: [&[u8]; 2] = [b"application/json", b"application/ld+json"];
            let is_data = kind.is_some_and(|kind| data.contains(&kind.as_slice()));
            assert!(name != "style", "`{path}` has a <style>");
            assert!(
                name != "script" || has("src") || is_data,
                "`{path}` has an inline <script>"
            );
            assert!(!has("style"), "`{path}` has a <{name}> with inline style");
            let handler = attributes
                .iter()
                .find(|attribute| attribute.starts_with("on"));
            assert!(
                handler.is_none(),
                "`{path}` has a <{name}> with {handler:?}"
            );
        }
    }
}
