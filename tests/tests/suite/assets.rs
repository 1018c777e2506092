//! Files that are not pages: the theme's assets under hashed names, and `static/` as it is.

use std::io::Read;

use snapbox::str;
use tallypress_tests::program::Folder;
use tallypress_tests::{expect, site};

#[test]
fn the_theme_s_assets_have_a_hash_in_their_names() {
    site(
        r#"
--- content/a.md
--- themes/default/assets/style.css
body { color: green }
--- themes/default/assets/fonts/book.woff2
a font
--- themes/default/templates/page.html
{{ assets["style.css"] }} {{ assets["fonts/book.woff2"] }}
"#,
    )
    .build()
    .expect_files(str![[r#"
a/index.html
assets/fonts/book.[HASH].woff2
assets/style.[HASH].css
"#]])
    .expect_file(
        "a/index.html",
        str![[r#"
/assets/style.[HASH].css /assets/fonts/book.[HASH].woff2

"#]],
    );
}

#[test]
fn urls_in_a_style_sheet_become_those_of_the_hashed_files() {
    site(r#"
--- content/a.md
--- themes/default/assets/style.css
@font-face { src: url("fonts/book.woff2") format("woff2"), url(fonts/book.woff2), url( 'fonts/book.woff2' ) }
a { background: url(data:image/gif;base64,R0lGOD) url("https://example.org/x.png") }
--- themes/default/assets/fonts/book.woff2
a font
"#)
    .build()
    .expect_file("assets/style.*.css", str![[r#"@font-face{src: url("/assets/fonts/book.[HASH].woff2") format("woff2"),url("/assets/fonts/book.[HASH].woff2"),url("/assets/fonts/book.[HASH].woff2")}a{background: url(data:image/gif;base64,R0lGOD) url("https://example.org/x.png")}"#]]);
}

#[test]
fn a_style_sheet_changes_its_name_when_a_file_that_it_uses_changes() {
    let name = |font: &[u8]| {
        let built = site(
            r#"
--- content/a.md
--- themes/default/assets/style.css
@font-face { src: url("book.woff2") }
--- themes/default/templates/page.html
{{ assets["style.css"] }}
"#,
        )
        .file("themes/default/assets/book.woff2", font)
        .build();
        built.text("a/index.html").to_owned()
    };
    assert_ne!(name(b"one"), name(b"two"));
}

#[test]
fn static_files_are_copied_as_they_are() {
    let bytes: Vec<u8> = (0..=255).collect();
    let built = site("--- content/a.md\n--- static/.well-known/security.txt\nContact: us\n")
        .file("static/Deep/Raw File.bin", &bytes)
        .build();
    built.expect_files(str![[r#"
.well-known/security.txt
Deep/Raw File.bin
a/index.html
"#]]);
    assert_eq!(
        built.bytes("static/Deep/Raw File.bin".trim_start_matches("static/")),
        bytes
    );
}

#[test]
fn an_unknown_asset_is_an_error_of_the_template() {
    site(
        r#"
--- content/a.md
--- themes/default/templates/page.html
<link rel="stylesheet" href="{{ assets["stlye.css"] }}">
"#,
    )
    .build()
    .expect_errors(str![[r#"
error: the template cannot be used
 --> themes/default/templates/page.html:1:33
  |
1 | <link rel="stylesheet" href="{{ assets["stlye.css"] }}">
  |                                 ^^^^^^^^^^^^^^^^^^ Tried to render a variable that is undefined
  |
  = help: this came up when making `a/index.html`

"#]]);
}

#[test]
fn models_are_not_published_as_they_are() {
    site(
        r#"
--- content/a.md
--- content/estimates/notes.txt
to do
"#,
    )
    .build()
    .expect_files(str!["a/index.html"]);
}

#[test]
fn a_style_sheet_is_published_without_what_its_authors_read() {
    site(
        r#"
--- content/a.md
--- themes/default/assets/style.css
/* Colours first. */
:root {
  --ink: #123;
}

a:hover, a :focus { color: var(--ink); }
"#,
    )
    .build()
    .expect_file(
        "assets/style.*.css",
        str![":root{--ink: #123}a:hover,a :focus{color: var(--ink)}"],
    );
}

#[test]
fn scripts_and_style_sheets_are_held_against_what_the_page_expects() {
    let built = site(
        r#"
--- content/a.md
{{ calculator(model="small") }}
"#,
    )
    .file(
        "content/estimates/small.toml",
        include_bytes!("small-model.toml"),
    )
    .default_theme()
    .build();
    let mut held = 0;
    for (path, page) in built.pages() {
        for tag in page.split('<').filter(|tag| {
            tag.starts_with("script") && tag.contains("src=") || tag.contains("rel=\"stylesheet\"")
        }) {
            let attribute = |name: &str| {
                let value = tag.split(&format!("{name}=\"")).nth(1)?;
                value.split('"').next()
            };
            let file = attribute("src").or(attribute("href")).unwrap();
            // Its name does not change with its bytes, so that other sites may name it too.
            if file == "/embed/calculator.js" {
                continue;
            }
            let integrity = attribute("integrity").unwrap_or_else(|| panic!("{path}: {file}"));
            assert_eq!(
                integrity,
                tallypress::assets::integrity(built.bytes(&file[1..]))
            );
            held += 1;
        }
    }
    assert!(held > 10, "{held} tags");
}

#[test]
fn an_integrity_is_what_browsers_compute() {
    // The example of the specification, computed with `openssl dgst -sha384 -binary | base64`.
    assert_eq!(
        tallypress::assets::integrity(b"alert('Hello, world.');"),
        "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
    );
}

/// A site that wants its texts smaller, and a host that asks for a file.
fn precompressed(settings: &str) -> Folder {
    let text = "A line that is written again and again. ".repeat(40);
    let story = site(&format!(
        "--- site.toml\nbase_url = \"https://example.com\"\n{settings}\n--- content/a.md\n{text}\n--- content/short.md\n"
    ));
    Folder::of(
        &story
            .file("static/noise.bin", &noise())
            .file("static/photo.jpg", &noise()),
    )
}

/// Bytes that nothing makes smaller.
fn noise() -> Vec<u8> {
    let mut state = 1_u64;
    let next = |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..2_000).map(next).collect()
}

#[test]
fn texts_lie_beside_themselves_in_fewer_bytes() {
    let folder = precompressed("publish.precompress = [\"br\", \"gzip\"]");
    let kept = Folder::of(&site(""));
    let build = format!("build --cache {}", kept.path("kept").display());
    folder.run(&build).expect_code(0);
    let files = folder.files("public");
    let page = &files["a/index.html"];
    let mut read = Vec::new();
    let mut gzip = flate2::read::GzDecoder::new(&files["a/index.html.gz"][..]);
    gzip.read_to_end(&mut read).unwrap();
    assert_eq!(&read, page);
    read.clear();
    let mut brotli = brotli::Decompressor::new(&files["a/index.html.br"][..], 4096);
    brotli.read_to_end(&mut read).unwrap();
    assert_eq!(&read, page);
    assert!(files["a/index.html.br"].len() < files["a/index.html.gz"].len());
    for kept_as_it_is in ["static/noise.bin", "noise.bin.br", "photo.jpg.gz"] {
        assert!(!files.contains_key(kept_as_it_is), "{kept_as_it_is}");
    }

    // What was made is found again, and nothing is written twice.
    let made = kept.kept("kept");
    assert!(!made.is_empty());
    let again = folder.run(&format!("{build} --json")).json();
    assert_eq!(again["written"], 0);
    assert_eq!(kept.kept("kept"), made);

    // A file takes its smaller forms with it.
    std::fs::remove_file(folder.path("content/a.md")).unwrap();
    folder.run(&build).expect_code(0);
    let left = folder.files("public");
    assert!(
        left.keys().all(|path| !path.starts_with("a/")),
        "{:?}",
        left.keys()
    );
}

#[test]
fn nothing_is_made_smaller_that_nobody_asked_for() {
    let folder = precompressed("");
    folder.run("build").expect_code(0);
    let files = folder.files("public");
    assert!(
        !files
            .keys()
            .any(|path| path.ends_with(".br") || path.ends_with(".gz"))
    );
}

#[test]
fn an_unknown_encoding_is_told_with_those_there_are() {
    site("--- site.toml\npublish.precompress = [\"deflate\"]\n--- content/a.md\n")
        .build()
        .expect_errors(str![[r#"
error: unknown encoding
 --> site.toml:1:24
  |
1 | publish.precompress = ["deflate"]
  |                        ^^^^^^^^^ this is none of br, gzip and zstd

"#]]);
}

#[test]
fn zstandard_is_for_programs_that_were_compiled_with_it() {
    site("--- site.toml\npublish.precompress = [\"br\", \"zstd\"]\n--- content/a.md\n")
        .build()
        .expect_errors(str![[r#"
error: this program was compiled without Zstandard
 --> site.toml:1:30
  |
1 | publish.precompress = ["br", "zstd"]
  |                              ^^^^^^ compile it with `cargo install --path generator --locked --features zstd`

"#]]);
}

#[test]
fn a_host_may_have_old_addresses_in_a_list() {
    let built = site(
        r#"
--- site.toml
base_url = "https://example.com/"
publish.redirects_file = true
--- content/a.md
+++
aliases = ["old", "older/page.html"]
+++
[old](/old/)
"#,
    )
    .build();
    built
        .expect_file(
            "_redirects",
            str![[r#"
/old/ /a/ 301
/older/page.html /a/ 301

"#]],
        )
        .expect_absent("old/index.html");
}

#[test]
fn the_list_of_old_addresses_is_below_the_folder_of_the_site() {
    let folder = Folder::of(&site(
        r#"
--- site.toml
publish.redirects_file = true
--- content/a.md
+++
aliases = ["old"]
+++
"#,
    ));
    folder
        .run("build --base-url https://example.com/blog/")
        .expect_code(0);
    expect(
        &folder.read("public/_redirects"),
        str![[r#"
/blog/old/ /blog/a/ 301

"#]],
    );
}
