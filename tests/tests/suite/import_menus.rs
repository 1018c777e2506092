//! Menus of Hugo: which one stands on every page, and in which order.

use snapbox::str;

use crate::import::hugo;

#[test]
fn the_menu_of_a_theme_is_the_menu() {
    let site = hugo(
        r#"
--- hugo.toml
baseURL = "https://example.com/"
disableKinds = ["RSS", "taxonomy"]
sectionPagesMenu = "primary"
[[menus.primary]]
name = "Zoo"
url = "https://zoo.example/"
[[menus.primary]]
name = "news"
pageRef = "/news"
[[menus.primary]]
name = "First"
url = "/first/"
weight = 9
[[menus.footer]]
name = "Imprint"
url = "/imprint/"
--- content/_index.md
---
title: Home
---
--- content/news/_index.md
---
title: The news
---
--- content/docs/_index.md
---
title: Documentation
---
--- content/hidden/_index.md
---
title: Hidden
draft: true
---
--- content/first.md
---
title: One
menu: primary
---
--- content/about.md
---
title: About
menu: footer
---
"#,
    );
    site.notes(str![[r#"
hugo.toml:14:9: warning: the menu `footer` was left out: a site has one menu here

"#]]);
    site.file(
        "site.toml",
        str![[r##"
# The settings of the site; every key is optional.
base_url = "https://example.com/"
language = "en"
taxonomies = []

[[menu]]
name = "First"
path = "/first/"

[[menu]]
name = "Documentation"
path = "@/docs/_index.md"

[[menu]]
name = "news"
path = "@/news/_index.md"

[[menu]]
name = "One"
path = "@/first.md"

[[menu]]
name = "Zoo"
path = "https://zoo.example/"

[feed]
enabled = false

[markdown]
smart_punctuation = true

"##]],
    );
}
