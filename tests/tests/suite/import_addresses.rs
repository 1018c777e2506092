//! Readers find every page of an imported site where it was, whatever settings its address came from, and are told of
//! lists that cannot stay.

use snapbox::str;

use crate::import::{hugo, jekyll, zola};

#[test]
fn translations_keep_their_addresses() {
    let site = hugo(
        r#"
--- hugo.toml
defaultContentLanguage = "en"
[languages.en]
title = "Notes"
[languages.fr]
languageName = "Français"
title = "Carnet"
--- content/posts/one.en.md
+++
title = "One"
+++
--- content/posts/one.fr.md
+++
title = "Un"
slug = "un"
+++
"#,
    );
    site.addresses(str![[r#"
404.html
fr/index.html
fr/posts/index.html
fr/posts/un/index.html
fr/search/index.html
index.html
posts/index.html
posts/one/index.html
search/index.html

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
title = "Notes"
language = "en"

[[taxonomies]]
name = "tags"
feed = true

[[taxonomies]]
name = "categories"
feed = true

[markdown]
smart_punctuation = true

[languages.fr]
name = "Français"
title = "Carnet"

"##]],
    );
}

#[test]
fn pages_beside_posts_whose_addresses_end_in_html_end_so_too() {
    let site = jekyll(
        r#"
--- _config.yml
permalink: /blog/:year/:title.html
header_pages: [guide.md]
--- guide.md
---
title: Guide
---
[team](/team), [itself](guide.html), [post](/blog/2025/first.html)
--- team.md
---
title: Team
---
[guide](guide#top)
--- _posts/2025-01-02-first.md
---
title: First
---
First.
"#,
    );
    site.notes(str![[r#"
_config.yml: warning: the feed is at `/atom.xml`: if readers follow `/feed.xml`, have your host redirect it

"#]]);
    site.addresses(str![[r#"
404.html
blog/2025/first.html
guide.html
index.html
posts/index.html
search/index.html
team.html

"#]]);
    site.file(
        "content/guide.md",
        str![[r#"
+++
title = "Guide"
path = "/guide.html"
+++
[team](/team.html), [itself](guide.html), [post](/blog/2025/first.html)

"#]],
    );
    site.file(
        "content/team.md",
        str![[r#"
+++
title = "Team"
path = "/team.html"
+++
[guide](/guide.html#top)

"#]],
    );
}

#[test]
fn a_page_of_hugo_may_have_its_day_in_its_name() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
[frontmatter]
date = [":filename", ":default"]
[permalinks]
blog = "/:year/:month/:slug/"
--- content/blog/2020-01-02-first.md
---
title: The first one
---
--- content/blog/2020-01-03-second/index.md
---
title: The second one
slug: other
date: 2021-05-06
---
--- content/blog/third.md
---
title: The third one
date: 2021-05-06
---
"#,
    );
    site.notes(str![])
        .front(
            "blog/2020-01-02-first.md",
            str![[r#"
title = "The first one"
date = 2020-01-02
path = "/2020/01/first/"

"#]],
        )
        .addresses(str![[r#"
2020/01/first/index.html
2021/05/other/index.html
2021/05/the-third-one/index.html
404.html
blog/index.html
index.html
search/index.html

"#]]);
}

#[test]
fn languages_that_were_switched_off_stay_so() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
defaultContentLanguage = "en"
disableLanguages = ["no"]
ignoreFiles = ["OWNERS$"]
[languages.en]
weight = 1
[languages.no]
weight = 2
[languages.fr]
disabled = true
[languages.zh]
weight = 3
[[languages.zh.menus.main]]
name = "About"
url = "../about/"
--- content/about.md
---
title: About
---
--- content/OWNERS
us
--- content/about.no.md
---
title: Om
---
--- content/about.fr.md
---
title: À propos
---
--- content/about.zh.md
---
title: 关于
---
"#,
    );
    site.notes(str![[r#"
content/about.fr.md: warning: this page was left out: its language was switched off, so that it was not published
content/about.no.md: warning: this page was left out: its language was switched off, so that it was not published
hugo.toml: warning: the language `fr` was left out: it was switched off, and its pages were not published
hugo.toml: warning: the language `no` was left out: it was switched off, and its pages were not published

"#]]).addresses(str![[r#"
404.html
about/index.html
index.html
search/index.html
zh/about/index.html
zh/index.html
zh/search/index.html

"#]]);
}

#[test]
fn lists_and_headings_of_zola_that_move_are_named() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
taxonomies = [{ name = "tags", lang = "fr" }, { name = "tags" }]
[slugify]
taxonomies = "safe"
anchors = "safe"
[extra]
paper_menu_links = [{ url = "$BASE_URL/a", name = "A" }]
navigation = "top"
--- content/a.md
+++
title = "A"
[taxonomies]
tags = ["C++", "Été", "plain"]
+++
"#,
    );
    site.notes(str![[r#"
config.toml: warning: the list of `C++` moves to `/tags/c-plus-plus/`: it was `/tags/C++/`: have your host redirect it
config.toml: warning: the list of `Été` moves to `/tags/ete/`: it was `/tags/Été/`: have your host redirect it
config.toml:5:11: warning: the setting `anchors` was left out: ids of headings are Latin letters, digits and hyphens: links from elsewhere to others miss them

"#]]).file("site.toml", str![[r##"
# The settings of the site; every key is optional.
base_url = "https://example.com"

[[menu]]
name = "A"
path = "/a/"

[[taxonomies]]
name = "tags"

[feed]
enabled = false

[extra]
navigation = "top"

"##]]);
}

#[test]
fn a_site_of_hugo_below_the_folder_of_its_language_is_found_there() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
[languages.en]
weight = 1
[[languages.en.menus.main]]
name = "Posts"
pageRef = "/posts"
[[languages.en.menus.main]]
name = "Tags"
pageRef = "/tags"
[languages.fr]
weight = 2
[[languages.fr.menus.main]]
name = "Articles"
pageRef = "posts/"
--- content/_index.md
---
title: Home
---
--- content/posts/_index.md
---
title: Posts
---
--- content/posts/_index.fr.md
---
title: Articles
---
--- content/posts/one.md
---
title: One
tags: [go]
---
"#,
    );
    site.notes(str![[r#"
hugo.toml: warning: the feeds move to `atom.xml` from `index.xml`: have your host redirect `/en/index.xml` to `/atom.xml`
hugo.toml: warning: the lists of `tags` move to `/tags/` from `/en/tags/`: have your host redirect the old address and all below it

"#]])
        .addresses(str![[r#"
404.html
en/index.html
en/posts/index.html
en/posts/one/index.html
fr/index.html
fr/posts/index.html
fr/search/index.html
index.html
search/index.html
tags/go/index.html
tags/index.html

"#]])
        .file("site.toml", str![[r##"
# The settings of the site; every key is optional.
base_url = "https://example.com/"
language = "en"

[[menu]]
name = "Posts"
path = "@/posts/_index.md"

[[menu]]
name = "Tags"
path = "/tags/"

[[taxonomies]]
name = "tags"
feed = true

[[taxonomies]]
name = "categories"
feed = true

[markdown]
smart_punctuation = true

[[languages.fr.menu]]
name = "Articles"
path = "@/posts/_index.fr.md"

"##]]);
}

#[test]
fn lists_of_hugo_that_have_addresses_of_their_own_keep_them_or_are_named() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
[pagination]
pagerSize = 2
path = "p"
[permalinks.page]
posts = "/j/:contentbasename/"
[permalinks.section]
posts = "/journal/"
notes = "/n/:slug/"
[permalinks.term]
tags = "/topic/:slug/"
categories = "/categories/:slug/"
[permalinks.taxonomy]
tags = "/topics/"
[[menus.main]]
name = "Journal"
pageRef = "/posts"
--- content/posts/one.md
---
title: One
tags: [go]
---
--- content/notes/_index.md
---
title: Small notes
---
--- content/notes/first.md
---
title: First
---
"#,
    );
    site.notes(str![[r#"
hugo.toml:5:8: warning: further pages of lists move to `page/2/` below their first: they were at `p/2/`: have your host redirect them
hugo.toml:12:8: warning: the list of each one of `tags` moves to `/tags/:slug/`: it was at `/topic/:slug/`: have your host redirect it
hugo.toml:15:8: warning: the list of `tags` moves to `/tags/`: it was at `/topics/`: have your host redirect it

"#]]).addresses(str![[r#"
404.html
index.html
j/one/index.html
journal/index.html
n/small-notes/index.html
notes/first/index.html
search/index.html
tags/go/index.html
tags/index.html

"#]]);
    let named_as_here = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS"]
[pagination]
path = "page"
--- content/a.md
---
title: A
---
"#,
    );
    named_as_here.notes(str![]);
}

#[test]
fn addresses_of_zola_keep_their_case_where_slugs_are_off() {
    let site = zola(
        r#"
--- config.toml
base_url = "https://example.com"
generate_feeds = true
feed_filenames = ["atom.xml", "rss.xml"]
taxonomies = [
  { name = "tags", paginate_by = 2, paginate_path = "page" },
  { name = "series", paginate_by = 2, paginate_path = "p" },
]
[slugify]
paths = "safe"
--- content/blog/_index.md
+++
title = "Blog"
paginate_by = 2
paginate_path = "seite"
+++
--- content/blog/a.md
+++
title = "A"
slug = "Up_1"
+++
"#,
    );
    site.notes(str![[r#"
config.toml:3:18: warning: the feed is at `/atom.xml` alone: have your host redirect `/rss.xml`
config.toml:6:55: warning: further pages of lists move to `page/2/` below their first: they were at `p/2/`: have your host redirect them

"#]]).addresses(str![[r#"
404.html
blog/Up_1/index.html
blog/index.html
index.html
search/index.html

"#]]);
}
