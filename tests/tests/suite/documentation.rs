//! The examples in `docs/`: each is built as an article, so that nobody copies one that does not work.

use std::fs;
use std::path::Path;

use snapbox::str;
use tallypress_tests::program::Folder;
use tallypress_tests::site;

/// What the examples need around them.
const AROUND: &str = r#"
--- site.toml
[markdown]
math = true
--- content/about.md
## History
--- content/_offer.md
The offer.
--- content/photo.png
--- content/table.csv
--- content/clip.mp4
--- content/clip.vtt
--- content/still.jpg
"#;

#[test]
fn every_example_of_the_markdown_works() {
    let mut story = site(AROUND)
        .default_theme()
        .file("content/estimates/cto-or-partner.toml", &model());
    for page in ["markdown.md", "shortcodes.md"] {
        let examples = examples(page);
        assert!(!examples.is_empty(), "`{page}` has no examples");
        for (number, example) in examples.iter().enumerate() {
            let path = format!("content/example-of-{page}-{number}.md");
            story = story.file(&path, example.as_bytes());
        }
    }
    // All at once, by the program itself: the laws that stories check are checked elsewhere.
    let folder = Folder::of(&story);
    let build = folder.run("build --base-url https://example.com/");
    build.expect_code(0).expect_stderr(str![]);
}

/// The blocks of code whose language is `markdown`.
fn examples(page: &str) -> Vec<String> {
    let text = fs::read_to_string(repository().join("docs").join(page)).unwrap();
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_suffix("markdown") else {
            continue;
        };
        if fence.len() >= 3 && fence.chars().all(|one| one == '`') {
            let inside = lines.by_ref().take_while(|line| *line != fence);
            examples.push(inside.flat_map(|line| [line, "\n"]).collect());
        }
    }
    examples
}

fn model() -> Vec<u8> {
    fs::read(repository().join("content/estimates/cto-or-partner.toml")).unwrap()
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
