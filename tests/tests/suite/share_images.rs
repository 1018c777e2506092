//! What other sites show beside a link to a page.

use std::io::Cursor;

use snapbox::str;
use tallypress_tests::pictures::Picture;
use tallypress_tests::program::Folder;
use tallypress_tests::{Built, Story, expect, site};

/// What a page says about its picture.
fn named(built: &Built, page: &str) -> String {
    let lines = built.text(page).lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| line.contains("og:image") || line.contains("twitter:card"))
        .collect();
    lines.join("\n")
}

/// A card: its size, and the share of it in each colour that is at least a hundredth.
fn seen(png: &[u8]) -> (u32, u32, Vec<[u8; 3]>) {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let mut counted = std::collections::BTreeMap::new();
    for pixel in pixels.chunks_exact(3) {
        *counted.entry([pixel[0], pixel[1], pixel[2]]).or_insert(0) += 1;
    }
    let enough = (info.width * info.height / 100) as usize;
    let colours = counted.into_iter().filter(|(_, count)| *count >= enough);
    (
        info.width,
        info.height,
        colours.map(|(colour, _)| colour).collect(),
    )
}

/// One article, and the settings for share images.
fn story(settings: &str) -> Story {
    site(&format!(
        r#"
--- site.toml
title = "Tea"
base_url = "https://example.com/docs/"
{settings}
--- content/blog/_index.md
# Articles
--- content/blog/2026-05-01-green.md
# How green is “green” tea?
"#
    ))
    .default_theme()
}

#[test]
fn a_page_without_a_picture_gets_a_card_of_its_own() {
    let built = story("[share_image]").build();
    expect(
        &named(&built, "blog/green/index.html"),
        str![[r#"
<meta property="og:image" content="https://example.com/docs/assets/share/green.[HASH].png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="How green is “green” tea? · Tea">
<meta name="twitter:card" content="summary_large_image">
"#]],
    );
    let card = built.bytes("assets/share/green.*.png");
    let (width, height, colours) = seen(card);
    assert_eq!((width, height), (1200, 630));
    // The theme's `night`, `paper` and `highlight` by day.
    let of_theme = [[9, 43, 53], [247, 250, 251], [251, 176, 53]];
    assert_eq!(colours, of_theme);
    assert!(card.len() < 40_000, "{} bytes", card.len());
    // Search engines are told of it too.
    let page = built.text("blog/green/index.html");
    assert!(page.contains(r#""image":["https://example.com/docs/assets/share/green."#));
}

#[test]
fn sections_have_cards_and_lists_that_nobody_wrote_have_that_of_the_home_page() {
    let built = story("[share_image]")
        .file("content/tea.md", b"+++\ntags = [\"x\"]\n+++\n")
        .build();
    let image = |page: &str| {
        let named = named(&built, page);
        named.lines().next().unwrap().to_owned()
    };
    assert!(image("blog/index.html").contains("/assets/share/blog."));
    assert!(image("index.html").contains("/assets/share/home."));
    assert_eq!(image("tags/x/index.html"), image("index.html"));
    assert_eq!(image("404.html"), image("index.html"));
}

#[test]
fn a_picture_that_the_author_names_wins() {
    let picture = Picture::new(1600, 900).jpeg();
    let built = story("[share_image]")
        .file("static/tea.jpg", &picture)
        .file("content/a.md", b"+++\nimages = [\"/tea.jpg\"]\n+++\n")
        .file(
            "content/b/_index.md",
            b"+++\nimages = [{ path = \"/tea.jpg\", alt = \"A cup\" }]\n+++\n",
        )
        .build();
    expect(
        &named(&built, "a/index.html"),
        str![[r#"
<meta property="og:image" content="https://example.com/docs/assets/images/tea-1200.[HASH].jpg">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="675">
<meta name="twitter:card" content="summary_large_image">
"#]],
    );
    let section = named(&built, "b/index.html");
    assert!(section.contains("tea-1200.") && section.contains("A cup"));
    let drawn: Vec<&str> = built
        .files()
        .filter(|path| path.contains("share/a."))
        .collect();
    assert!(drawn.is_empty(), "{drawn:?}");
}

#[test]
fn without_the_setting_no_card_is_drawn() {
    let built = story("").build();
    expect(
        &named(&built, "blog/green/index.html"),
        str![[r#"<meta name="twitter:card" content="summary">"#]],
    );
    assert!(!built.files().any(|path| path.contains("share/")));
}

#[test]
fn a_site_chooses_colours_and_a_font() {
    let font = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../generator/fonts/Literata-SemiBold.ttf"
    ));
    let built = story(
        "[share_image]\nbackground = \"#ffffff\"\ntext = \"#000000\"\naccent = \"#cc0000\"\n\
         font = \"themes/default/assets/brand.ttf\"",
    )
    .file("themes/default/assets/brand.ttf", &font.unwrap())
    .build();
    let (.., colours) = seen(built.bytes("assets/share/green.*.png"));
    assert_eq!(
        colours,
        [[0, 0, 0], [0xcc, 0, 0], [0xff, 0xff, 0xff]],
        "ink, accent, paper"
    );
}

#[test]
fn what_the_font_cannot_write_has_the_picture_for_all() {
    let picture = Picture::new(1200, 630).png();
    let foreign = "# 日本語の記事\n".as_bytes();
    story("[share_image]\nimage = \"/card.png\"")
        .file("content/a.md", foreign)
        .file("static/card.png", &picture)
        .build()
        .expect_lines(
            "a/index.html",
            "og:image",
            str![[r#"
<meta property="og:image" content="https://example.com/docs/assets/images/card-1200.[HASH].jpg">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="Tea">
"#]],
        );
    let arabic = "# شاي أخضر\n".as_bytes();
    story("[share_image]")
        .file("content/a.md", foreign)
        .file("content/b.md", arabic)
        .build()
        .expect_warnings(str![[r#"
warning: no share image is drawn for 2 pages
--> content/a.md
 = note: the font cannot write `日本語の記事`
 = help: name a font that can as `font` in `[share_image]`, or a picture for all as `image`

"#]]);
}

#[test]
fn signs_without_a_letter_are_left_out() {
    let with = |title: &str| {
        let story = story("[share_image]").file("content/a.md", title.as_bytes());
        story.build().bytes("assets/share/a.*.png").to_owned()
    };
    assert_eq!(with("# Ship it 🚀\n"), with("# Ship it\n"));
}

#[test]
fn a_site_may_have_one_picture_for_all() {
    let built = story("[share_image]\ndraw = false\nimage = \"/card.png\"")
        .file("static/card.png", &Picture::new(1200, 630).png())
        .build();
    assert!(named(&built, "blog/green/index.html").contains("/assets/images/card-1200."));
    assert!(!built.files().any(|path| path.contains("share/")));
}

#[test]
fn wrong_settings_are_told_with_the_right_ones() {
    story("[share_image]\nbackground = \"petrol\"\nfont = \"static/none.ttf\"")
        .build()
        .expect_errors(str![[r#"
error: there is no colour `petrol`
 --> site.toml:4:14
  |
4 | background = "petrol"
  |              ^^^^^^^^ colours are written as in CSS: `#0b6e4f`, `teal`, `oklch(0.48 0.1 160)`

error: share images cannot be drawn with this font
 --> site.toml:5:8
  |
5 | font = "static/none.ttf"
  |        ^^^^^^^^^^^^^^^^^ `static/none.ttf` is no TrueType or OpenType font
  |
  = help: name a .ttf or .otf file by its path in the site, such as "static/brand.ttf"

"#]]);
}

#[test]
fn any_title_gets_a_card() {
    let story = story("[share_image]");
    let titles = [
        "W".repeat(2_000),
        "many words ".repeat(300),
        "\u{301}\u{301}".to_owned(),
        "a\u{200b}\u{ad}\u{2028}b\u{feff}".to_owned(),
        "—/—/-".to_owned(),
    ];
    let story = titles
        .iter()
        .enumerate()
        .fold(story, |story, (index, title)| {
            let front = serde_json::json!({ "title": title });
            let text = format!("---\n{front}\n---\n");
            story.file(&format!("content/{index}.md"), text.as_bytes())
        });
    let built = story.build();
    for index in [0, 1, 4] {
        let card = built.bytes(&format!("assets/share/{index}.*.png"));
        assert_eq!(seen(card).0, 1200);
    }
}

#[test]
fn cards_are_kept_outside_of_the_site() {
    let folder = Folder::of(&story("[share_image]"));
    let cache = Folder::of(&site(""));
    let build = format!("build --cache {}", cache.path("kept").display());
    folder.run(&build).expect_code(0);
    let kept = cache.kept("kept");
    assert_eq!(kept.len(), 3, "the home page, the section, the article");
    let published = folder.files("public");
    std::fs::remove_dir_all(folder.path("public")).unwrap();
    folder.run(&build).expect_code(0);
    assert_eq!(folder.files("public"), published);
    assert_eq!(cache.kept("kept"), kept);
}
