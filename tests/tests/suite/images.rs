//! Pictures: what readers get of those that an article shows, and what is wrong with some.

use snapbox::str;
use tallypress_tests::pictures::{Picture, seen};
use tallypress_tests::program::Folder;
use tallypress_tests::{Built, Story, site};

/// An article with a picture beside it.
fn article(text: &str, name: &str, picture: &[u8]) -> Story {
    site(&format!("--- content/post/index.md\n# Post\n\n{text}\n"))
        .file(&format!("content/post/{name}"), picture)
}

/// The attributes of the first picture.
fn shown(built: &Built) -> String {
    let page = built.text("post/index.html");
    let tag = page.split("<img ").nth(1).unwrap().split('>').next();
    tag.unwrap().trim_end_matches([' ', '/']).to_owned()
}

#[test]
fn a_picture_comes_in_several_sizes_with_its_room_kept_free() {
    let photo = Picture::new(1200, 800).jpeg();
    let built = article("![Red and blue](photo.jpg \"Halves\")", "photo.jpg", &photo).build();
    tallypress_tests::expect(
        &shown(&built),
        str![[
            r#"src="/assets/images/photo-960.[HASH].webp" srcset="/assets/images/photo-480.[HASH].webp 480w, /assets/images/photo-960.[HASH].webp 960w, /assets/images/photo-1200.[HASH].webp 1200w" sizes="(min-width: 44rem) 40rem, 100vw" alt="Red and blue" title="Halves" width="1200" height="800" class="tint tint-r3 tint-g0 tint-b3" decoding="async""#
        ]],
    );
    assert_eq!(
        seen(built.bytes("assets/images/photo-480.*.webp")),
        (480, 320, ["red", "blue", "red", "blue"])
    );
    assert_eq!(seen(built.bytes("assets/images/photo-1200.*.webp")).0, 1200);
    // What nobody is shown is not published.
    let others = built.files().filter(|path| path.ends_with(".jpg")).count();
    assert_eq!(others, 0);
}

#[test]
fn only_the_first_picture_is_loaded_at_once() {
    let photo = Picture::new(600, 400).png();
    let text = "![One](a.png)\n\n![Two](a.png)";
    let built = article(text, "a.png", &photo).build();
    let page = built.text("post/index.html");
    let lazy: Vec<bool> = page
        .split("<img ")
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap().contains("loading=\"lazy\""))
        .collect();
    assert_eq!(lazy, [false, true]);
}

#[test]
fn a_picture_is_never_made_larger() {
    let built = article("![Small](a.png)", "a.png", &Picture::new(100, 50).png()).build();
    let tag = shown(&built);
    assert!(tag.contains("width=\"100\" height=\"50\""), "{tag}");
    assert!(!tag.contains("480w"), "{tag}");
}

#[test]
fn the_way_a_camera_was_held_is_undone_and_what_it_wrote_is_left_out() {
    for (orientation, corners) in [
        (1, ["red", "blue", "red", "blue"]),
        (3, ["blue", "red", "blue", "red"]),
        (6, ["red", "red", "blue", "blue"]),
        (8, ["blue", "blue", "red", "red"]),
    ] {
        let photo = Picture::new(400, 200).exif(orientation, "48.2082 N, 16.3738 E");
        let built = article("![Halves](a.jpg)", "a.jpg", &photo.jpeg()).build();
        let picture = built.bytes("assets/images/a-*.webp");
        let (width, height, found) = seen(picture);
        let turned = orientation > 4;
        assert_eq!(
            (width, height),
            if turned { (200, 400) } else { (400, 200) }
        );
        assert_eq!(found, corners, "orientation {orientation}");
        assert!(!String::from_utf8_lossy(picture).contains("48.2082"));
    }
}

#[test]
fn colours_are_those_that_the_profile_means() {
    let photo = Picture::new(400, 200).profile_with_red_for_blue();
    let built = article("![Halves](a.jpg)", "a.jpg", &photo.jpeg()).build();
    let (.., corners) = seen(built.bytes("assets/images/a-*.webp"));
    assert_eq!(corners, ["blue", "red", "blue", "red"]);
}

#[test]
fn a_drawing_stays_as_it_is_and_has_its_size() {
    let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"><path d="M0 0h9"/></svg>"#;
    let built = article("![A line](line.svg)", "line.svg", drawing).build();
    let tag = shown(&built);
    assert!(tag.contains("width=\"300\" height=\"150\""), "{tag}");
    assert_eq!(built.bytes("post/line.*.svg"), drawing);
}

#[test]
fn a_site_says_which_sizes_it_wants() {
    article("![Halves](a.png)", "a.png", &Picture::new(1000, 500).png())
        .file(
            "site.toml",
            b"[images]\nwidths = [300, 700]\nsizes = \"50vw\"\n",
        )
        .build()
        .expect_lines("post/index.html", "<img", str![[r#"<p><img src="/assets/images/a-700.[HASH].webp" srcset="/assets/images/a-300.[HASH].webp 300w, /assets/images/a-700.[HASH].webp 700w" sizes="50vw" alt="Halves" width="700" height="350" class="tint tint-r3 tint-g0 tint-b3" decoding="async" /></p>"#]]);
}

#[test]
fn what_is_no_picture_is_an_error_where_it_is_named() {
    let cut = &Picture::new(600, 400).jpeg()[..300];
    article("![Nothing](a.png)", "a.png", b"not a picture")
        .build()
        .expect_errors(str![[r#"
error: this is no picture
 --> content/post/index.md:3:12
  |
3 | ![Nothing](a.png)
  |            ^^^^^ `content/post/a.png` is not JPEG, PNG, WebP, AVIF, GIF or SVG
  |
  = help: save it in one of these formats: no others are shown by every browser

"#]]);
    article("![Cut](a.jpg)", "a.jpg", cut)
        .build()
        .expect_errors(str![[r#"
error: this picture is damaged
 --> content/post/index.md:3:8
  |
3 | ![Cut](a.jpg)
  |        ^^^^^ `content/post/a.jpg` cannot be read to its end
  |
  = help: it may have been copied in part: save it once more, or fetch it again

"#]]);
}

#[test]
fn a_bomb_is_refused_before_it_is_opened() {
    // A PNG of 100,000 times 100,000 pixels, as far as its head says.
    let mut bomb = Picture::new(8, 8).png();
    bomb[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&100_000_u32.to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    article("![Boom](a.png)", "a.png", &bomb)
        .build()
        .expect_errors(str![[r#"
error: this picture is too large
 --> content/post/index.md:3:9
  |
3 | ![Boom](a.png)
  |         ^^^^^ `content/post/a.png` has 100000 × 100000 pixels
  |
  = help: save it smaller: at most 64 million pixels are read, and readers get far fewer

"#]]);
}

#[test]
fn wrong_settings_are_told_with_the_right_ones() {
    article("![Halves](a.png)", "a.png", &Picture::new(10, 10).png())
        .file(
            "site.toml",
            b"[images]\nwidths = [0, 90000]\nquality = 101\nwidhts = [1]\n",
        )
        .build()
        .expect_errors(str![[r#"
error: this is no width
 --> site.toml:2:11
  |
2 | widths = [0, 90000]
  |           ^ whole numbers from 1 to 4096, such as [480, 960]

error: this is no width
 --> site.toml:2:14
  |
2 | widths = [0, 90000]
  |              ^^^^^ whole numbers from 1 to 4096, such as [480, 960]

error: there is no such quality
 --> site.toml:3:11
  |
3 | quality = 101
  |           ^^^ a whole number from 1 to 100

error: unknown key `widhts`
 --> site.toml:4:1
  |
4 | widhts = [1]
  | ^^^^^^ nothing reads this
  |
  = help: did you mean `widths`?

"#]]);
}

#[test]
fn pictures_are_kept_outside_of_the_site_and_made_again_if_they_are_damaged() {
    let story = article(
        "![Halves](photo.jpg)",
        "photo.jpg",
        &Picture::new(900, 600).jpeg(),
    );
    let folder = Folder::of(&story);
    let cache = Folder::of(&site(""));
    let build = format!(
        "build --base-url https://example.com/ --cache {}",
        cache.path("kept").display()
    );
    folder.run(&build).expect_code(0);
    let published = folder.files("public");
    let kept = cache.kept("kept");
    assert_eq!(kept.len(), 1, "{:?}", kept.keys());
    for (path, bytes) in &kept {
        cache.write(&format!("kept/{path}"), &bytes[..bytes.len() / 2]);
    }
    std::fs::remove_dir_all(folder.path("public")).unwrap();
    folder.run(&build).expect_code(0);
    assert_eq!(folder.files("public"), published);
    assert_eq!(cache.kept("kept"), kept);
}

#[test]
fn a_picture_without_a_description_is_a_warning_unless_it_is_decoration() {
    let picture = Picture::new(100, 100).png();
    let text = "![](a.png)\n\n![\"\"](a.png)\n\n![Halves](a.png)";
    let story = article(text, "a.png", &picture).file(
        "content/_index.md",
        b"+++\ndescription = \"D.\"\n+++\n[Post](@/post/index.md)\n",
    );
    let check = Folder::of(&story);
    let check = check.run("check --base-url https://example.com/");
    let warnings = check.stderr();
    assert_eq!(
        warnings.matches("a picture without a description").count(),
        1,
        "{warnings}"
    );
    assert!(!warnings.contains("no page uses this file"), "{warnings}");
}

/// A GIF of one pixel, which is shown twice.
fn moving() -> Vec<u8> {
    let head = b"GIF89a\x03\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff";
    let frame =
        b"!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00";
    [&head[..], frame, frame, b";"].concat()
}

/// The boxes of an AVIF that says how large it is, without its pixels.
fn boxes() -> Vec<u8> {
    let part = |name: &[u8; 4], inside: &[u8]| {
        let length = (inside.len() as u32 + 8).to_be_bytes();
        [&length[..], name, inside].concat()
    };
    let size = part(b"ispe", b"\0\0\0\0\0\0\x02\x80\0\0\x01\xe0");
    [
        part(b"ftyp", b"avif\0\0\0\0avifmif1"),
        part(b"meta", &[&b"\0\0\0\0"[..], &size].concat()),
        part(b"mdat", &[7; 40]),
    ]
    .concat()
}

#[test]
fn a_picture_that_is_cut_off_is_damaged_in_every_format() {
    let picture = Picture::new(60, 40);
    let drawing =
        br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="6"><path d="M0 0h9"/></svg>"#;
    for (name, whole) in [
        ("a.jpg", picture.jpeg()),
        ("a.png", picture.png()),
        ("a.webp", picture.webp()),
        ("a.gif", moving()),
        ("a.avif", boxes()),
        ("a.svg", drawing.to_vec()),
    ] {
        let text = format!("![Halves]({name})");
        article(&text, name, &whole).build().expect_success();
        let cut = &whole[..whole.len() * 3 / 5];
        let folder = Folder::of(&article(&text, name, cut));
        let said = folder.run("build").expect_code(1).stderr();
        assert!(said.contains("this picture is damaged"), "{name}: {said}");
    }
}

#[test]
fn what_moves_stays_as_it_is() {
    let built = article("![Blinks](a.gif)", "a.gif", &moving()).build();
    let tag = shown(&built);
    assert!(tag.contains("width=\"3\" height=\"2\""), "{tag}");
    assert_eq!(built.bytes("post/a.*.gif"), moving());
}

#[test]
fn what_can_be_seen_through_stays_so_and_has_no_colour_in_its_place() {
    let built = article(
        "![Glass](a.png)",
        "a.png",
        &Picture::new(500, 20).alpha(90).png(),
    )
    .build();
    let tag = shown(&built);
    assert!(!tag.contains("tint"), "{tag}");
    let made = built.bytes("assets/images/a-500.*.webp");
    let decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(made)).unwrap();
    assert!(decoder.has_alpha());
}

#[test]
fn a_file_that_a_link_leads_to_is_published_as_it_is() {
    let photo = Picture::new(500, 20).jpeg();
    let built = article("[![Halves](a.jpg)](a.jpg)", "a.jpg", &photo).build();
    assert_eq!(built.bytes("post/a.*.jpg"), photo);
    assert!(shown(&built).contains("/assets/images/a-500."));
}

#[test]
fn a_figure_is_shown_wider_than_the_text() {
    let story = article(
        "![In the text](a.png)\n\n{% figure(caption=\"Halves\") %}\n![In a figure](a.png)\n{% end %}",
        "a.png",
        &Picture::new(500, 20).png(),
    );
    let folder = Folder::of(&story.file(
        "site.toml",
        b"base_url = \"https://example.com\"\n[images]\nwidths = [100, 400]\nsizes = \"50vw\"\nfigure_sizes = \"90vw\"\n",
    ));
    folder.run("build").expect_code(0);
    let page = folder.read("public/post/index.html");
    let sizes = page.split(" sizes=\"").skip(1);
    let sizes = sizes.filter_map(|rest| rest.split('"').next());
    assert_eq!(sizes.collect::<Vec<&str>>(), ["50vw", "90vw"]);
}

#[test]
fn cards_are_jpeg_and_a_list_shows_the_pictures_of_its_text() {
    let story = site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/_index.md
![Here too](post/photo.png)
--- content/post/index.md
+++
images = [{ path = "photo.png", alt = "Halves" }]
+++
![Halves](photo.png)
"#,
    );
    let folder = Folder::of(&story.file("content/post/photo.png", &Picture::new(200, 20).png()));
    folder.run("build").expect_code(0);
    let page = folder.read("public/post/index.html");
    let card = page
        .split("property=\"og:image\" content=\"https://example.com/")
        .nth(1);
    let card = card.and_then(|rest| rest.split('"').next()).unwrap();
    assert!(folder.files("public")[card].starts_with(&[0xff, 0xd8]));
    assert!(
        folder
            .read("public/index.html")
            .contains("/assets/images/photo-200.")
    );
}

#[test]
fn the_room_of_a_portrait_is_kept_free() {
    let story = site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/authors/ada.toml
name = "Ada Example"
image = "ada.png"
--- content/2026-01-02-a.md
+++
authors = ["ada"]
+++
"#,
    );
    let folder = Folder::of(&story.file("content/authors/ada.png", &Picture::new(30, 20).png()));
    folder.run("build").expect_code(0);
    let page = folder.read("public/authors/ada/index.html");
    let portrait = page.lines().find(|line| line.contains("<img ")).unwrap();
    assert!(
        portrait.contains("width=\"30\" height=\"20\""),
        "{portrait}"
    );
}

#[test]
fn what_no_build_has_used_for_a_month_is_forgotten() {
    let story = article("![Halves](a.png)", "a.png", &Picture::new(100, 50).png());
    let folder = Folder::of(&story);
    let cache = Folder::of(&site(""));
    let build = format!(
        "build --base-url https://example.com/ --cache {}",
        cache.path("kept").display()
    );
    let names = || cache.kept("kept").into_keys().collect::<Vec<String>>();
    let set_age = |name: &str, days: u64| {
        let place = cache.path(&format!("kept/{name}"));
        let file = std::fs::File::options().append(true).open(place).unwrap();
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(days * 86_400);
        file.set_modified(then).unwrap();
    };
    folder.run(&build).expect_code(0);
    let first = names().remove(0);

    // It is in use, however old it is.
    set_age(&first, 90);
    std::fs::remove_dir_all(folder.path("public")).unwrap();
    folder.run(&build).expect_code(0);
    folder.write("content/post/a.png", Picture::new(100, 60).png());
    folder.run(&build).expect_code(0);
    assert!(names().contains(&first));
    assert_eq!(names().len(), 2);

    // Nobody has asked for it since.
    set_age(&first, 31);
    folder.write("content/post/a.png", Picture::new(100, 70).png());
    folder.run(&build).expect_code(0);
    assert!(!names().contains(&first));
    assert_eq!(names().len(), 2);
}

#[test]
fn a_picture_that_is_taller_than_wide_is_known_by_its_class() {
    for (width, height, is_tall) in [(90, 120, true), (120, 90, false), (100, 120, false)] {
        let photo = Picture::new(width, height).png();
        let built = article("![Tall](a.png)", "a.png", &photo).build();
        assert_eq!(built.text("post/index.html").contains(" tall\""), is_tall);
    }
}
