//! Which files of another generator's site come along: those for its host, and none that it left alone.

use snapbox::str;

use crate::import::hugo;

#[test]
fn files_for_the_host_come_along() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
ignoreFiles = ["\\.Rmd$", "_cache/", "("]
--- content/_index.md
--- content/post/a.md
---
title: A
---
--- content/post/a.Rmd
Not for readers.
--- content/post/a_cache/b.md
Not for readers.
--- static/.htaccess
Options -Indexes
--- static/.well-known/security.txt
Contact: us
--- static/.DS_Store
--- static/.gitkeep
--- .env
secret
"#,
    );
    site.notes(str![[r#"
hugo.toml:3:15: warning: the pattern `(` of `ignoreFiles` was left out: it cannot be read: delete the files that nobody should get

"#]]);
    for (path, is_there) in [
        ("static/.htaccess", true),
        ("static/.well-known/security.txt", true),
        ("static/.DS_Store", false),
        ("static/.gitkeep", false),
        (".env", false),
        ("content/post/a.Rmd", false),
    ] {
        assert_eq!(site.has(path), is_there, "{path}");
    }
}

#[test]
fn html_names_files_where_they_are_now() {
    let site = hugo(
        r##"
--- hugo.toml
baseURL = "https://example.com/notes/"
disableKinds = ["RSS"]
--- content/post/a.md
---
title: A
---
<a href="far.pdf">far</a>, <a href="../b/">B</a>, <a href="../b/near.pdf#page=2">near</a>, <a href="/notes/post/b/near.pdf">near</a>

`<a href="../b/near.pdf">`
--- content/post/b/index.md
---
title: B
---
<video src="clip.mp4" poster="../a/still.svg"></video>
--- content/post/b/near.pdf
near
--- content/post/b/clip.mp4
a clip
--- static/post/a/far.pdf
far
--- static/post/a/still.svg
<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>
"##,
    );
    site.notes(str![[r#""#]])
        .text("post/a.md", str![[r#"
<a href="/notes/post/a/far.pdf">far</a>, <a href="../b/">B</a>, <a href="@/post/b/near.pdf#page=2">near</a>, <a href="@/post/b/near.pdf">near</a>

`<a href="../b/near.pdf">`

"#]])
        .text("post/b/index.md", str![[r#"
<video src="clip.mp4" poster="/notes/post/a/still.svg"></video>

"#]]);
}
