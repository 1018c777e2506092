//! Files that are not pages: the theme's assets under hashed names, and `static/` as it is.

use snapbox::str;
use tallypress_tests::site;

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
    .expect_file("assets/style.*.css", str![[r#"
@font-face { src: url("/assets/fonts/book.[HASH].woff2") format("woff2"), url("/assets/fonts/book.[HASH].woff2"), url("/assets/fonts/book.[HASH].woff2") }
a { background: url(data:image/gif;base64,R0lGOD) url("https://example.org/x.png") }

"#]]);
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
