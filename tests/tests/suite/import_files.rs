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
