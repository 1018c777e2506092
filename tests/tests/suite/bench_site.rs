//! The sites that `cargo bench -p tallypress-tests --bench build` measures this generator with.

#[path = "../../bench/corpus.rs"]
#[expect(dead_code, reason = "the benches need more of it")]
mod corpus;
#[path = "../../bench/folder.rs"]
#[expect(dead_code, reason = "the benches need more of it")]
mod folder;

use std::path::Path;

use snapbox::str;
use tallypress_tests::{expect, site};

use crate::program::Folder;
use corpus::Flavour;

/// Enough for several pages of lists.
const ARTICLES: usize = 45;

/// A site of the benches, made of these folders of theirs.
fn bench_site(layers: &[&str]) -> Folder {
    let folder = Folder::of(&site(""));
    let root = folder.path("");
    corpus::write(&root, ARTICLES, Flavour::Plain).unwrap();
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench");
    for layer in layers {
        folder::lay_over(&bench.join(layer), &root).unwrap();
    }
    folder
}

#[test]
fn the_plain_site_of_the_benches_builds_without_a_complaint() {
    let folder = bench_site(&["site"]);
    let run = folder.run("build");
    run.expect_code(0).expect_stderr("").expect_stdout(str![[r#"
87 pages in [TIME] ms: 91 files written, 0 unchanged, 0 removed -> ./public

"#]]);
    let files = folder.files("public");
    let lists: Vec<&str> = files
        .keys()
        .map(String::as_str)
        .filter(|path| path.ends_with(".html") && !path.starts_with("tags/"))
        .filter(|path| !path.starts_with("posts/") || path.starts_with("posts/page/"))
        .collect();
    expect(
        &lists.join("\n"),
        str![[r#"
categories/field/index.html
categories/garden/index.html
categories/harbour/index.html
categories/house/index.html
categories/index.html
categories/school/index.html
categories/street/index.html
index.html
posts/page/2/index.html
posts/page/3/index.html
"#]],
    );
}

#[test]
fn an_article_of_the_benches_has_terms_and_neighbours() {
    let folder = bench_site(&["site"]);
    folder.run("build --quiet").expect_code(0);
    let slug = corpus::Article::new(7).slug;
    let page = folder.read(&format!("public/posts/{slug}/index.html"));
    let around: Vec<&str> = page
        .lines()
        .filter(|line| line.contains("class=\"tags\"") || line.contains("class=\"pager\""))
        .collect();
    expect(
        &around.join("\n"),
        str![[r#"
<ul class="tags"><li><a href="/tags/apples/">apples</a></li><li><a href="/tags/ink/">ink</a></li><li><a href="/tags/wind/">wind</a></li></ul>
<nav class="pager"><a rel="prev" href="/posts/what-a-faint-basket-teaches-000006/">What a faint basket teaches</a><a rel="next" href="/posts/the-compass-and-its-firm-kettle-000008/">The compass and its firm kettle</a></nav>
"#]],
    );
}

#[test]
fn the_full_site_of_the_benches_builds_without_a_complaint() {
    let folder = bench_site(&["site", "full"]);
    folder.run("build").expect_code(0).expect_stderr("");
}
