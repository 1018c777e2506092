//! Files as editors and systems leave them: line ends, byte order marks, wrong encodings, nothing
//! at all, and nesting without end.

use snapbox::str;
use tallypress_tests::site;

const MIXED: &str = r#"+++
title = "A"
tags = ["x"]
+++
# Heading

Text with a
line break.

<!-- more -->

```
code
more code
```

| a |
|---|
| b |

{% note() %}
In a note.
{% end %}

<div>
raw
</div>
"#;

const NOTE: &str = "<aside>{{ body }}</aside>";

#[test]
fn windows_line_ends_change_nothing() {
    let build = |page: &str| {
        let built = site("--- site.toml\n")
            .file("content/a.md", page.as_bytes())
            .file(
                "themes/default/templates/shortcodes/note.html",
                NOTE.as_bytes(),
            )
            .build();
        built.text("a/index.html").to_owned()
    };
    assert_eq!(build(MIXED), build(&MIXED.replace('\n', "\r\n")));
    let yaml = "---\ntitle: A\ntags:\n  - x\n---\nText.\n";
    assert_eq!(build(yaml), build(&yaml.replace('\n', "\r\n")));
}

#[test]
fn errors_in_files_with_windows_line_ends_are_at_the_right_place() {
    site("")
        .file(
            "content/a.md",
            b"---\r\ntitle: \xc3\x9c\r\ndrfat: true\r\n---\r\n\r\n[x](@/b.md)\r\n",
        )
        .file("site.toml", b"title = \"A\"\r\ntitel = \"B\"\r\n")
        .build()
        .expect_errors(str![[r#"
error: unknown key `drfat`
 --> content/a.md:3:1
  |
3 | drfat: true
  | ^^^^^ nothing reads this
  |
  = help: did you mean `draft`?

error: link to a page that does not exist
 --> content/a.md:6:5
  |
6 | [x](@/b.md)
  |     ^^^^^^ there is no `content/b.md`

error: unknown key `titel`
 --> site.toml:2:1
  |
2 | titel = "B"
  | ^^^^^ nothing reads this
  |
  = help: did you mean `title`?

"#]]);
}

#[test]
fn a_byte_order_mark_is_not_part_of_a_file() {
    let built = site("")
        .file("content/a.md", "\u{feff}# A\n".as_bytes())
        .file(
            "content/b.md",
            "\u{feff}+++\ntitle = \"B\"\n+++\nText\n".as_bytes(),
        )
        .file(
            "content/c.md",
            "\u{feff}---\ntitle: C\n---\nText\n".as_bytes(),
        )
        .file("site.toml", "\u{feff}title = \"Marked\"\n".as_bytes())
        .file(
            "themes/default/templates/page.html",
            "\u{feff}{{ page.title }} {{ config.title }}".as_bytes(),
        )
        .build();
    built
        .expect_file("a/index.html", str!["A Marked"])
        .expect_file("b/index.html", str!["B Marked"])
        .expect_file("c/index.html", str!["C Marked"]);
}

#[test]
fn an_error_behind_a_byte_order_mark_is_at_the_right_column() {
    site("")
        .file("content/a.md", "\u{feff}[x](@/b.md)\n".as_bytes())
        .file("site.toml", "\u{feff}titel = \"A\"\n".as_bytes())
        .build()
        .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/a.md:1:5
  |
1 | [x](@/b.md)
  |     ^^^^^^ there is no `content/b.md`

error: unknown key `titel`
 --> site.toml:1:1
  |
1 | titel = "A"
  | ^^^^^ nothing reads this
  |
  = help: did you mean `title`?

"#]]);
}

#[test]
fn a_file_in_another_encoding_is_named() {
    site("--- content/good.md\n[x](@/missing.md)\n")
        .file("content/latin.md", b"# Caf\xe9\n")
        .file("content/utf16.md", b"\xff\xfe#\0 \0A\0")
        .file("site.toml", b"title = \"Caf\xe9\"\n")
        .file("themes/default/templates/page.html", b"line one\n\xe9\n")
        .build()
        .expect_errors(str![[r#"
error: link to a page that does not exist
 --> content/good.md:1:5
  |
1 | [x](@/missing.md)
  |     ^^^^^^^^^^^^ there is no `content/missing.md`

error: this file is not UTF-8 text
--> content/latin.md
 = note: the first wrong byte is on line 1
 = help: save it again with the encoding UTF-8

error: this file is not UTF-8 text
--> content/utf16.md
 = note: the first wrong byte is on line 1
 = help: save it again with the encoding UTF-8

error: this file is not UTF-8 text
--> site.toml
 = note: the first wrong byte is on line 1
 = help: save it again with the encoding UTF-8

error: this file is not UTF-8 text
--> themes/default/templates/page.html
 = note: the first wrong byte is on line 2
 = help: save it again with the encoding UTF-8

"#]]);
}

#[test]
fn a_file_that_nobody_can_have_written_is_refused() {
    let huge = vec![b'a'; (16 << 20) + 1];
    site("--- content/good.md\n")
        .file("content/huge.md", &huge)
        .build()
        .expect_errors(str![[r#"
error: this file is too large for a text
--> content/huge.md
 = note: it has 17 MB, and at most 16 are read
 = help: divide it; what readers shall download belongs into `static`

"#]]);
}

#[test]
fn an_empty_file_is_a_page() {
    site("--- content/nothing.md\n").build().expect_file(
        "nothing/index.html",
        str![[r#"
<!doctype html>
<title>Nothing</title>


"#]],
    );
}

#[test]
fn an_empty_site_is_a_site() {
    site("").build().expect_file(
        "index.html",
        str![[r#"
<!doctype html>
<title>Untitled site</title>


"#]],
    );
    site("").default_theme().build().expect_success();
}

#[test]
fn front_matter_without_text_is_a_page() {
    site("--- content/a.md\n+++\n+++\n--- content/b.md\n---\n---\n")
        .build()
        .expect_files(str![[r#"
a/index.html
b/index.html
"#]]);
}

#[test]
fn deep_nesting_comes_to_an_end() {
    let deep = 4_000;
    let built = site("--- content/a.md\n")
        .file("content/quotes.md", "> ".repeat(deep).as_bytes())
        .file("content/brackets.md", "[".repeat(deep).as_bytes())
        .file("content/emphasis.md", "*a **b ".repeat(deep).as_bytes())
        .file("content/lists.md", "- ".repeat(deep).as_bytes())
        .build();
    built.expect_success();
}

#[test]
fn shortcodes_and_values_nest_only_so_far() {
    let deep = 2_000;
    let lists = |deep: usize| format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    site("--- themes/default/templates/shortcodes/note.html\n{{ body }}\n")
        .file(
            "content/bodies.md",
            format!("{}{}", "{% note() %}".repeat(deep), "{% end %}".repeat(deep)).as_bytes(),
        )
        .file(
            "content/lists.md",
            format!("{{{{ note(a={}) }}}}", lists(deep)).as_bytes(),
        )
        .file("content/toml.md", format!("+++\nextra.a = {}\n+++\n", lists(deep)).as_bytes())
        .file("content/keys.md", format!("+++\nextra{} = 1\n+++\n", ".a".repeat(deep)).as_bytes())
        .file("content/yaml.md", format!("---\nextra: {}\n---\n", lists(deep)).as_bytes())
        .build()
        .expect_errors(str![[r#"
error: shortcodes are nested too deep
 --> content/bodies.md:1:205
  |
1 | ...%}{% note() %}{% note() %}{% note() %}{% note() %}{% note() %}{% note() %}{% note() %}{% note() %}{% note() %}{% note() %}{% note(...
  |                                                      ^ this is inside of 16 others

error: this is not valid TOML
 --> content/keys.md:2:1
  |
2 | extra.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a...
  | ^ recursion limit

error: malformed shortcode
 --> content/lists.md:1:28
  |
1 | {{ note(a=[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
  |                            ^ lists are nested more than 16 deep
  |
  = help: write `{{ name(key="value") }}`, or `\{{` for literal braces

error: this is not valid TOML
 --> content/toml.md:2:91
  |
2 | ...[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
  |                                            ^ cannot recurse further; max recursion depth met

error: this is not valid YAML
 --> content/yaml.md:2:263
  |
2 | ...[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
  |                                                        ^ recursion limit exceeded
  |
  = help: put the text in quotes: `extra: "…"`

"#]]);
}

#[test]
fn a_control_character_in_a_text_becomes_a_space() {
    site("")
        .file("content/a.md", "A \u{7f}00000\u{7f} b\n".as_bytes())
        .build()
        .expect_lines("a/index.html", "<p>", str!["<p>A  00000  b</p>"]);
}

#[test]
fn settings_that_are_no_text_are_wrong_once() {
    site("--- content/a.md\n")
        .file(
            "site.toml",
            b"title = \"Caf\xe9\"\nbase_url = \"https://example.com\"\n",
        )
        .build()
        .expect_errors(str![[r#"
error: this file is not UTF-8 text
--> site.toml
 = note: the first wrong byte is on line 1
 = help: save it again with the encoding UTF-8

"#]]);
}
