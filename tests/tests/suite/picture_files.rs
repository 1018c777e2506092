//! Pictures whose own files are published, because HTML, a link or a video names them: what a camera wrote into them
//! stays at home, and so it does in files of which `check` can only warn.

use snapbox::str;
use tallypress_tests::pictures::{Picture, seen};
use tallypress_tests::program::Folder;
use tallypress_tests::{Story, site};

const PLACE: &str = "48.2082 N, 16.3738 E";

/// An article with a picture beside it.
fn article(text: &str, name: &str, picture: &[u8]) -> Story {
    site(&format!("--- content/post/index.md\n# Post\n\n{text}\n"))
        .file(&format!("content/post/{name}"), picture)
}

#[test]
fn a_photo_that_html_names_loses_what_a_camera_wrote_and_no_pixel() {
    let bare = Picture::new(40, 20);
    let photo = bare.clone().exif(1, PLACE);
    for (name, picture, expected) in [
        ("a.jpg", photo.jpeg(), bare.jpeg()),
        ("a.png", photo.png(), bare.png()),
    ] {
        for text in [
            format!("<img src=\"{name}\" alt=\"Halves\">"),
            format!("<picture><source srcset=\"{name} 2x\"></picture>"),
            format!("<video poster=\"{name}\"></video>"),
            format!("[The whole picture]({name})"),
        ] {
            let built = article(&text, name, &picture).build();
            let (stem, ending) = name.split_once('.').unwrap();
            let published = built.bytes(&format!("post/{stem}.*.{ending}"));
            assert!(published == expected, "{text}");
        }
    }
    let built = article("<img src=\"a.webp\" alt=\"\">", "a.webp", &photo.webp()).build();
    let published = built.bytes("post/a.*.webp");
    assert!(!String::from_utf8_lossy(published).contains(PLACE));
    assert_eq!(seen(published), seen(&bare.webp()));
}

#[test]
fn a_photo_that_html_names_is_turned_as_the_camera_was_held() {
    let photo = Picture::new(192, 96).exif(6, PLACE);
    let built = article("<img src=\"a.webp\" alt=\"\">", "a.webp", &photo.webp()).build();
    let upright = (96, 192, ["red", "red", "blue", "blue"]);
    assert_eq!(seen(built.bytes("post/a.*.webp")), upright);
    for (name, picture) in [("a.jpg", photo.jpeg()), ("a.png", photo.png())] {
        let text = format!("<img src=\"{name}\" alt=\"\">");
        let built = article(&text, name, &picture).build();
        let (stem, ending) = name.split_once('.').unwrap();
        let published = built.bytes(&format!("post/{stem}.*.{ending}"));
        assert!(!String::from_utf8_lossy(published).contains(PLACE));
        assert_eq!(tallypress::images::size(published), Some((96, 192)));
    }
    // Shown by Markdown a drawing says what is in it.
    let built = article("<img src=\"a.png\" alt=\"\">", "a.png", &photo.png()).build();
    let published = built.bytes("post/a.*.png");
    let again = article("![Halves](a.png)", "a.png", published).build();
    assert_eq!(seen(again.bytes("assets/images/a-96.*.webp")), upright);
}

#[test]
fn what_was_turned_is_kept_for_the_next_build() {
    let photo = Picture::new(40, 20).exif(6, PLACE).jpeg();
    let folder = Folder::of(&article("<img src=\"a.jpg\" alt=\"\">", "a.jpg", &photo));
    let cache = Folder::of(&site(""));
    let build = format!(
        "build --base-url https://example.com/ --cache {}",
        cache.path("kept").display()
    );
    folder.run(&build).expect_code(0);
    let published = folder.files("public");
    assert_eq!(cache.kept("kept").len(), 1);
    std::fs::remove_dir_all(folder.path("public")).unwrap();
    folder.run(&build).expect_code(0);
    assert_eq!(folder.files("public"), published);
}

#[test]
fn what_moves_loses_the_remarks_in_it() {
    let head = b"GIF89a\x03\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff";
    let frame =
        b"!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00";
    let remark = b"!\xfe\x06secret\x00";
    let with = [&head[..], remark, frame, remark, frame, b";behind it"].concat();
    let built = article("![Blinks](a.gif)", "a.gif", &with).build();
    let without = [&head[..], frame, frame, b";"].concat();
    assert_eq!(built.bytes("post/a.*.gif"), without);
}

#[test]
fn what_html_names_as_a_picture_has_to_be_one() {
    let mut bomb = Picture::new(8, 8).png();
    bomb[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&100_000_u32.to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    let cut = Picture::new(60, 40).jpeg();
    site(
        "--- content/post/index.md\n# Post\n\n<img src=\"bomb.png\" alt=\"\">\n<img src=\"cut.jpg\" alt=\"\">\n<img src=\"text.gif\" alt=\"\">\n",
    )
    .file("content/post/bomb.png", &bomb)
    .file("content/post/cut.jpg", &cut[..cut.len() / 2])
    .file("content/post/text.gif", b"not a picture")
    .build()
    .expect_errors(str![[r#"
error: this picture is too large
 --> content/post/index.md:3:11
  |
3 | <img src="bomb.png" alt="">
  |           ^^^^^^^^ `content/post/bomb.png` has 100000 × 100000 pixels
  |
  = help: save it smaller: at most 64 million pixels are read, and readers get far fewer
  = help: what readers shall only download belongs into `static`

error: this picture is damaged
 --> content/post/index.md:4:11
  |
4 | <img src="cut.jpg" alt="">
  |           ^^^^^^^ `content/post/cut.jpg` cannot be read to its end
  |
  = help: it may have been copied in part: save it once more, or fetch it again

error: this is no picture
 --> content/post/index.md:5:11
  |
5 | <img src="text.gif" alt="">
  |           ^^^^^^^^ `content/post/text.gif` is not JPEG, PNG, WebP, AVIF, GIF or SVG
  |
  = help: save it in one of these formats: no others are shown by every browser

"#]]);
}

#[test]
fn check_names_files_that_say_where_they_were_taken() {
    let photo = Picture::new(40, 20).taken_somewhere();
    let film = b"\0\0\0\x18ftypmp42\0\0\0\0\0\0\0\x20udta\0\0\0\x18\xa9xyz\0\x0c\x15\xc7+48.2082+016.3738/";
    let story = site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/_index.md
+++
title = "Home"
description = "Where it begins"
+++
<img src="beside.jpg" alt="Halves"> <img src="/photo.jpg" alt="Halves"> <img src="/upright.png" alt="Halves">
[Film](film.mp4)
"#,
    );
    let folder = Folder::of(
        &story
            .file("content/beside.jpg", &photo.jpeg())
            .file("content/film.mp4", film)
            .file("static/photo.jpg", &photo.jpeg())
            .file(
                "static/upright.png",
                &Picture::new(40, 20).exif(1, "Camera").png(),
            ),
    );
    folder
        .run("check")
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: this video says where it was taken
--> content/film.mp4
 = note: it is published with all that a camera wrote into it
 = help: export it once more without its location

warning: this picture says where it was taken
--> static/photo.jpg
 = note: files in `static` are published with all that a camera wrote into them
 = help: put it beside the page that shows it, where this is left out, or save it without its location

"#]]);
}
