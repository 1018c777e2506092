//! Sites whose files lie elsewhere than where their generator looks first, and files that stand for others.

use snapbox::str;

use crate::import::{hugo, jekyll};

#[test]
fn folders_that_hugo_mounts_are_the_site() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
defaultContentLanguage = "en"
disableKinds = ["RSS"]
[languages.en]
[languages.fr]
[module]
[[module.mounts]]
source = "content/en"
target = "content"
lang = "en"
[[module.mounts]]
source = "content/fr"
target = "content"
lang = "fr"
[[module.mounts]]
source = "../shared/docs"
target = "content/shared"
[[module.mounts]]
source = "manual"
target = "content/manual"
excludeFiles = ["drafts/*", "**/*.tmp"]
[[module.mounts]]
source = "files"
target = "static/downloads"
--- content/en/_index.md
---
title: Home
---
Read the [manual]({{< relref "manual/first.md" >}}) or [download](/downloads/list.txt).
--- content/en/posts/one.md
---
title: One
---
[plan](/downloads/plan.txt)
{{< chart >}}
--- content/fr/posts/one.md
---
title: Une
---
Un.
--- manual/first.md
---
title: First
tocc: 1
---
{{< diagram >}}
--- manual/drafts/secret.md
---
title: Secret
---
Not for readers.
--- manual/notes.tmp
x
--- files/list.txt
one
--- files/plan.txt
plan
"#,
    );
    // Each thing is named where its author finds it.
    site.notes(str![[r#"
content/en/posts/one.md:5:1: warning: the shortcode `chart` was left out: write what it showed, or make a shortcode `chart` in a theme (docs/shortcodes.md)
hugo.toml:15:1: warning: `../shared/docs` was left out: it is mounted from outside of the site: copy it to where it is mounted
manual: warning: `manual/` was left out (2 files): no page is made from it: copy what readers should get to `static/`
manual/first.md:5:1: warning: the shortcode `diagram` was left out: write what it showed, or make a shortcode `diagram` in a theme (docs/shortcodes.md)

"#]]);
    site.addresses(str![[r#"
404.html
fr/index.html
fr/posts/index.html
fr/posts/one/index.html
fr/search/index.html
index.html
manual/first/index.html
manual/index.html
posts/index.html
posts/one/index.html
search/index.html

"#]]);
    site.text(
        "_index.md",
        str![[r#"
Read the [manual](@/manual/first.md) or [download](/downloads/list.txt).

"#]],
    );
    assert_eq!(site.read("static/downloads/list.txt"), "one\n");
}

#[test]
fn a_site_of_jekyll_below_its_source_is_the_site() {
    let site = jekyll(
        r#"
--- _config.yml
url: https://example.com
feed: {path: atom.xml}
source: src
collections_dir: things
data_dir: facts
permalink: /:categories/:title/
include: [.htaccess, _redirects, .missing]
collections:
  recipes: {output: true}
--- src/index.md
---
title: Home
---
[soup]({% link _recipes/soup.md %}) {% chart x %}
--- src/things/_posts/2020-01-02-a.md
---
title: A
---
Text.
--- src/things/_recipes/soup.md
---
title: Soup
---
Hot.
--- src/facts/people.yml
- name: Ada
--- src/.htaccess
Options -Indexes
--- src/_redirects
/a /b 301
--- src/.editor
x
--- tools/readme.md
Not of the site.
--- Gemfile
gem "jekyll"
"#,
    );
    site.notes(str![[r#"
src/index.md:4:37: warning: `{% chart %}` was left out: its words stay: nothing here does the same

"#]]);
    site.addresses(str![[r#"
404.html
a/index.html
index.html
posts/index.html
recipes/soup/index.html
search/index.html

"#]]);
    assert_eq!(site.read("static/.htaccess"), "Options -Indexes\n");
    assert_eq!(site.read("static/_redirects"), "/a /b 301\n");
    assert_eq!(site.read("content/data/people.yml"), "- name: Ada\n");
}

#[test]
fn what_github_makes_of_a_repository_is_a_site() {
    let site = jekyll(
        r#"
--- _config.yml
url: https://example.com
feed: {path: atom.xml}
title: Tool
--- README.md
# Tool

It [installs](install.md) fast.
--- install.md
# How to install

Run it. See [the guide](guide/README.md).
--- guide/README.md
---
title: Guide
---
Step by step.
--- CONTRIBUTING.md
# How to help
--- LICENSE
Free.
"#,
    );
    site.notes(str![[r#"
warning: files around the site were left out: `CONTRIBUTING.md`, `LICENSE`

"#]]);
    site.addresses(str![[r#"
404.html
guide/index.html
index.html
install.html
search/index.html

"#]]);
    site.text(
        "_index.md",
        str![[r#"
# Tool

It [installs](install.md) fast.

"#]],
    );
}

#[test]
fn a_readme_is_no_page_where_another_generator_builds_the_site() {
    let site = jekyll(
        r#"
--- Gemfile
gem "jekyll", "~> 4.3"
--- README.md
# Tool
--- index.md
---
title: Home
---
Home.
--- notes/plain.md
Not a page.
"#,
    );
    site.notes(str![[r#"
warning: files around the site were left out: `Gemfile`, `README.md`

"#]]);
    site.addresses(str![[r#"
404.html
index.html
search/index.html

"#]]);
}
