//! Posts of Jekyll are found where they were: under the day of their site's clock, and by the settings of what they belong to.

use snapbox::str;

use crate::import::{hugo, jekyll};

#[test]
fn a_post_of_jekyll_is_found_under_the_day_of_its_site() {
    let evening = |zone: &str| {
        jekyll(&format!(
            r#"
--- _config.yml
url: https://example.com
feed: {{path: atom.xml}}
{zone}
--- _posts/2020-01-01-evening.md
---
title: Evening
date: 2020-01-01 23:30:00 -0800
---
--- _posts/2020-01-01-noon.md
---
title: Noon
date: 2020-01-01 12:00:00 -0800
---
--- _posts/2020-01-01-utc.md
---
title: In UTC
date: 2020-01-01 02:00:00
---
"#
        ))
    };
    evening("timezone: America/Los_Angeles")
        .notes(str![])
        .front(
            "posts/2020-01-01-evening.md",
            str![[r#"
title = "Evening"
date = 2020-01-01T23:30:00-08:00
path = "/2020/01/01/evening.html"

"#]],
        )
        .addresses(str![[r#"
2019/12/31/utc.html
2020/01/01/evening.html
2020/01/01/noon.html
404.html
index.html
posts/index.html
search/index.html

"#]]);
    evening("").notes(str![]).addresses(str![[r#"
2020/01/01/evening.html
2020/01/01/noon.html
2020/01/01/utc.html
2020/01/02/evening.html
404.html
index.html
posts/index.html
search/index.html

"#]]);
    evening("timezone: Mars/Olympus").notes(str![[r#"
_config.yml:3:11: warning: the setting `timezone` was left out: there is no such time zone: dates without an offset are read as UTC

"#]]);
}

#[test]
fn a_post_of_jekyll_keeps_a_list_of_categories_under_its_other_name() {
    let site = jekyll(
        r#"
--- _config.yml
title: Notes
permalink: /:categories/:title/
--- _posts/2020-01-03-list.md
---
title: List
category: [life, net]
---
Text
--- _posts/2020-01-04-one.md
---
title: One
category: life
---
Text
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it

"#]]);
    site.addresses(str![[r#"
404.html
categories/index.html
categories/life/index.html
categories/net/index.html
index.html
life/net/list/index.html
life/one/index.html
posts/index.html
search/index.html

"#]]);
}

#[test]
fn posts_of_jekyll_follow_the_settings_of_their_collection_and_of_their_folder() {
    let site = jekyll(
        r#"
--- _config.yml
url: https://example.com
feed: {path: atom.xml, categories: [release], posts_limit: 5}
collections:
  posts: {permalink: "/news/:categories/:year/:title/"}
defaults:
  - scope: {path: _posts/release, type: posts}
    values: {category: release, permalink: "/:categories/:title/"}
  - scope: {path: _posts/notes, type: posts}
    values: {categories: [notes, small], version: "2"}
jekyll-archives:
  enabled: [tags, categories, year]
  permalinks: {tag: "/tagged/:name/", category: "/categories/:name/"}
--- _posts/release/2020-01-02-first.md
---
title: First
---
--- _posts/notes/2020-01-03-second.md
---
title: Second
tags: [one]
---
Version {{ page.version }}.
--- _posts/readme.md
For writers.
"#,
    );
    site.notes(str![[r#"
_config.yml:2:24: warning: the setting `categories` was left out: feeds have whole posts, those of tags and categories too
_config.yml:8:5: warning: `version` was left out of `defaults`: only templates of Jekyll read this
_config.yml:11:12: warning: lists of posts move: from `/tagged/:name/` to `/tags/:name/`, and those of years are made by `[archive]` in site.toml: have your host redirect them
_posts/readme.md: warning: this file was left out: a post has its day before its name; Jekyll does not publish it either

"#]])
        .text("posts/2020-01-03-second.md", str![[r#"
Version 2.

"#]])
        .addresses(str![[r#"
404.html
categories/index.html
categories/notes/index.html
categories/release/index.html
categories/small/index.html
index.html
news/notes/small/2020/second/index.html
posts/index.html
release/first/index.html
search/index.html
tags/index.html
tags/one/index.html

"#]]);
    assert!(site.read("site.toml").contains("limit = 5"));
}

#[test]
fn an_address_that_a_translation_names_is_below_its_language_or_not() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
defaultContentLanguage = "en"
disableKinds = ["RSS"]
[languages.en]
[languages.de]
--- content/a.de.md
---
title: A
url: /impressum/
aliases: [/alt/, /de/uralt/, daneben/]
---
--- content/b.de.md
---
title: B
url: wir/ueber-uns/
---
--- content/My Notes & more/a--b.md
---
title: C
---
"#,
    );
    site.notes(str![]);
    site.addresses(str![[r#"
404.html
daneben/index.html
de/alt/index.html
de/index.html
de/search/index.html
de/uralt/index.html
de/wir/ueber-uns/index.html
impressum/index.html
index.html
my-notes--more/a--b/index.html
my-notes--more/index.html
search/index.html

"#]]);
}

#[test]
fn categories_of_jekyll_are_put_together() {
    let site = jekyll(
        r#"
--- Gemfile
gem "jekyll"
--- _config.yml
url: https://example.com
feed: {path: atom.xml}
permalink: /:categories/:slug/
defaults:
  - scope: {path: "", type: posts}
    values: {categories: [Blog]}
--- rust/_posts/2020-01-02-One_Two.md
---
title: A
categories: [rust, Web Things]
---
--- _posts/2020-01-03-b.md
---
title: B
---
"#,
    );
    site.notes(str![[r#"
warning: files around the site were left out: `Gemfile`
rust/_posts/2020-01-02-One_Two.md: warning: the address changes to `/rust/blog/web-things/one-two/`: it was `/rust/blog/web%20things/one-two/`: ` ` does not belong in an address: use letters, digits, `-`, `_` and `.`; have your host redirect the old one

"#]]);
    site.addresses(str![[r#"
404.html
blog/b/index.html
categories/blog/index.html
categories/index.html
categories/rust/index.html
categories/web-things/index.html
index.html
posts/index.html
rust/blog/web-things/one-two/index.html
search/index.html

"#]]);
}
