//! Sites in several languages: addresses, links between translations, and what stands in for those
//! that are missing.

use snapbox::str;
use tallypress_tests::program::Folder;
use tallypress_tests::{expect, site};

const TWO: &str = r#"
--- site.toml
title = "A site"
base_url = "https://example.com"
language = "en"

[[menu]]
name = "About"
path = "@/about.md"

[languages.en]
name = "English"

[languages.fr]
name = "Français"
title = "Un site"
--- content/_index.md
--- content/about.md
--- content/about.fr.md
+++
title = "À propos"
+++
--- content/blog/_index.md
+++
title = "Articles"
+++
--- content/blog/2026-01-01-both.md
+++
title = "Both"
tags = ["Money"]
+++
See [about](@/about.md) and [the other](@/blog/2026-01-02-only.md).
--- content/blog/2026-01-01-both.fr.md
+++
title = "Les deux"
tags = ["Argent"]
+++
Voir [à propos](@/about.md) et [l'autre](@/blog/2026-01-02-only.md).
--- content/blog/2026-01-02-only.md
+++
title = "Only English"
tags = ["Money"]
+++
"#;

#[test]
fn a_translation_is_a_file_beside_the_original() {
    site(TWO).build().expect_files(str![[r#"
about/index.html
blog/both/index.html
blog/index.html
blog/only/index.html
fr/about/index.html
fr/atom.xml
fr/blog/both/index.html
fr/blog/index.html
fr/feed.json
fr/index.html
fr/tags/argent/index.html
fr/tags/index.html
tags/index.html
tags/money/index.html
"#]]);
}

#[test]
fn a_link_leads_to_the_translation_and_where_there_is_none_to_the_original() {
    site(TWO)
        .build()
        .expect_lines("blog/both/index.html", "href", str![[r#"<p>See <a href="/about/">about</a> and <a href="/blog/only/">the other</a>.</p>"#]])
        .expect_lines("fr/blog/both/index.html", "href", str![[r#"<p>Voir <a href="/fr/about/">à propos</a> et <a href="/blog/only/">l'autre</a>.</p>"#]]);
}

#[test]
fn every_language_has_lists_and_a_feed_of_its_own() {
    let built = site(TWO).build();
    built
        .expect_lines("blog/index.html", "href", str![[r#"
<a href="/blog/only/">Only English</a>
<a href="/blog/both/">Both</a>
"#]])
        .expect_lines("fr/blog/index.html", "href", str![[r#"<a href="/fr/blog/both/">Les deux</a>"#]])
        .expect_lines("fr/tags/index.html", "href", str![[r#"<a href="/fr/tags/argent/">Argent</a> 1"#]])
        .expect_lines("fr/atom.xml", "<title>", str![[r#"
<title>Un site</title>
<title>Les deux</title>
"#]])
        .expect_lines("fr/atom.xml", "xml:lang", str![[r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">"#]])
        .expect_lines("atom.xml", "<title>", str![[r#"
<title>A site</title>
<title>Only English</title>
<title>Both</title>
"#]])
        .expect_lines("sitemap.xml", "both", str![[r#"
<url><loc>https://example.com/blog/both/</loc><lastmod>2026-01-01</lastmod><xhtml:link rel="alternate" hreflang="en" href="https://example.com/blog/both/"/><xhtml:link rel="alternate" hreflang="fr" href="https://example.com/fr/blog/both/"/></url>
<url><loc>https://example.com/fr/blog/both/</loc><lastmod>2026-01-01</lastmod><xhtml:link rel="alternate" hreflang="en" href="https://example.com/blog/both/"/><xhtml:link rel="alternate" hreflang="fr" href="https://example.com/fr/blog/both/"/></url>
"#]]);
}

#[test]
fn a_page_names_its_translations_and_the_nearest_place_where_there_is_none() {
    let built = site(TWO).default_theme().build();
    built
        .expect_lines(
            "fr/blog/both/index.html",
            "hreflang",
            str![[r#"
<link rel="alternate" hreflang="en" href="https://example.com/blog/both/">
<link rel="alternate" hreflang="fr" href="https://example.com/fr/blog/both/">
<li><a href="/blog/both/" lang="en" hreflang="en">English</a></li>
<li><a href="/fr/blog/both/" lang="fr" hreflang="fr" aria-current="true">Français</a></li>
"#]],
        )
        .expect_lines(
            "blog/only/index.html",
            "hreflang",
            str![[r#"
<li><a href="/blog/only/" lang="en" hreflang="en" aria-current="true">English</a></li>
<li><a href="/fr/blog/" lang="fr" hreflang="fr">Français</a></li>
"#]],
        );
}

#[test]
fn the_theme_speaks_the_language_of_the_page() {
    let built = site(TWO).default_theme().build();
    built
        .expect_lines("fr/blog/both/index.html", "<html", str![[r#"<html lang="fr">"#]])
        .expect_lines("fr/blog/both/index.html", "<time", str![[r#"<li><time datetime="2026-01-01">1 janvier 2026</time></li>"#]])
        .expect_lines("fr/blog/both/index.html", "skip-link", str![[r##"<a class="skip-link" href="#main">Aller au contenu</a>"##]])
        .expect_lines("fr/blog/index.html", "tallied", str![[r#"<p class="tallied"><svg class="tally" viewBox="0 0 8 24" width="8" height="24" aria-hidden="true" focusable="false">"#]])
        .expect_lines("fr/blog/both/index.html", "About", str![[r#"
<li><a href="/fr/about/" lang="en">About</a></li>
<li><a href="/fr/about/" lang="en">About</a></li>
"#]])
        .expect_lines("fr/index.html", "<title>", str!["<title>Un site</title>"]);
}

#[test]
fn a_language_may_list_what_is_not_translated() {
    let story = TWO.replace(
        "name = \"Français\"\n",
        "name = \"Français\"\nshow_untranslated = true\n",
    );
    let built = site(&story).default_theme().build();
    built
        .expect_lines(
            "fr/blog/index.html",
            "entry-title",
            str![[r#"
<h2 class="entry-title"><a href="/blog/only/">Only English</a></h2>
<h2 class="entry-title"><a href="/fr/blog/both/">Les deux</a></h2>
"#]],
        )
        .expect_lines(
            "fr/blog/index.html",
            "class=\"entry\"",
            str![[r#"
<li class="entry" lang="en">
<li class="entry">
"#]],
        )
        .expect_lines(
            "blog/index.html",
            "entry-title",
            str![[r#"
<h2 class="entry-title"><a href="/blog/only/">Only English</a></h2>
<h2 class="entry-title"><a href="/blog/both/">Both</a></h2>
"#]],
        )
        .expect_absent("fr/blog/only/index.html");
}

#[test]
fn words_of_the_theme_may_be_said_otherwise() {
    site(
        r#"
--- site.toml
[languages.en.strings]
on_this_page = "In this text"
related = "More"
[languages.fr.strings]
related = "Encore"
--- content/a.md
--- themes/default/templates/page.html
{{ t.related }} {{ t.pages }} {{ t.articles | plural(count=1, lang=lang) }} {{ t.page_of | fill(number=1, total=2) }}
--- content/a.fr.md
"#,
    )
    .default_theme()
    .build()
    .expect_file("a/index.html", str![[r#"
More Pages 1 article Page 1 of 2

"#]])
    .expect_file("fr/a/index.html", str![[r#"
Encore Pages 1 article Page 1 sur 2

"#]]);
}

#[test]
fn a_bundle_is_translated_beside_its_pictures() {
    site(
        r#"
--- site.toml
[languages.de]
--- content/post/index.md
![](photo.png)
--- content/post/index.de.md
![](photo.png)
--- content/post/photo.png
x
"#,
    )
    .build()
    .expect_files(str![[r#"
assets/images/photo-8.[HASH].webp
de/atom.xml
de/feed.json
de/index.html
de/post/index.html
post/index.html
"#]])
    .expect_lines(
        "de/post/index.html",
        "img",
        str![[r#"<p><img src="/assets/images/photo-8.[HASH].webp" alt="" width="8" height="8" class="tint tint-r0 tint-g0 tint-b4" decoding="async" /></p>"#]],
    );
}

#[test]
fn what_the_settings_do_not_say_is_no_language() {
    site(
        r#"
--- site.toml
language = "english"
[languages.french]
[languages.fr]
titel = "Un site"
[languages.fr.strings]
relatd = "Encore"
--- content/a.md
--- content/a.de.md
--- content/node.js.md
"#,
    )
    .default_theme()
    .build()
    .expect_errors(str![[r#"
error: the site has no language `de`
--> content/a.de.md
 = note: this looks like a translation of content/a.md
 = help: add `[languages.de]` to site.toml, or give the file another name

error: `english` is not the tag of a language
 --> site.toml:1:12
  |
1 | language = "english"
  |            ^^^^^^^^^ a tag is like `en`, `fr` or `pt-BR`

error: `french` is not the tag of a language
 --> site.toml:2:12
  |
2 | [languages.french]
  |            ^^^^^^ a tag is like `en`, `fr` or `pt-BR`

error: unknown key `titel`
 --> site.toml:4:1
  |
4 | titel = "Un site"
  | ^^^^^ nothing reads this
  |
  = help: did you mean `title`?

error: the theme has no words `relatd`
 --> site.toml:6:1
  |
6 | relatd = "Encore"
  | ^^^^^^ themes/default/strings/en.toml has no such key
  |
  = help: did you mean `related`?

"#]]);
}

#[test]
fn a_language_that_the_theme_does_not_speak_is_said() {
    let folder = Folder::of(&site(
        "--- site.toml\n[languages.pl]\nname = \"Polski\"\n--- content/a.pl.md\n# A\n",
    ));
    folder
        .run("build --now 2026-06-15")
        .expect_code(0)
        .expect_stderr(str![[r#"
warning: the theme has no words in `pl`
 --> site.toml:2:12
  |
2 | [languages.pl]
  |            ^^ its own are shown in `en`
  |
  = help: translate themes/default/strings/en.toml as `strings/pl.toml` in the theme, or as `[languages.pl.strings]`

"#]]);
}

#[test]
fn each_language_has_its_own_page_about_an_author() {
    site(
        r#"
--- site.toml
[languages.de]
--- content/authors/ada.toml
name = "Ada Example"
description = "Writes."
[translations.de]
description = "Schreibt."
--- content/2026-01-01-a.md
+++
authors = ["ada"]
+++
--- content/2026-01-01-a.de.md
+++
authors = ["ada"]
+++
"#,
    )
    .default_theme()
    .build()
    .expect_lines(
        "authors/ada/index.html",
        "standfirst",
        str![[r#"<p class="standfirst">Writes.</p>"#]],
    )
    .expect_lines(
        "de/authors/ada/index.html",
        "standfirst",
        str![[r#"<p class="standfirst">Schreibt.</p>"#]],
    )
    .expect_lines(
        "de/authors/ada/index.html",
        "entry-title",
        str![[r#"<h2 class="entry-title"><a href="/de/a/">A</a></h2>"#]],
    );
}

#[test]
fn what_the_generator_says_in_a_text_follows_the_page_s_language() {
    let said = |lang: &str| {
        let folder = Folder::of(&site(&format!(
            r#"
--- site.toml
base_url = "https://example.com"
language = "{lang}"
--- content/a.md
> [!NOTE]
> A.

{{% note(kind="warning") %}}
B.
{{% end %}}

- [x] c
- [ ] d[^1]

| e |
|---|

[^1]: F.
"#
        )));
        folder.run("build --quiet").expect_code(0);
        let page = folder.read("public/a/index.html");
        let text = page
            .split("<div class=\"prose\">")
            .nth(1)
            .unwrap_or_default();
        let words = text.split("</section>").next().unwrap_or_default();
        let labels = words.split("aria-label=\"").skip(1);
        let labels = labels.filter_map(|rest| rest.split('"').next());
        let titles = words.split("alert-title\">").skip(1);
        let titles = titles.filter_map(|rest| rest.split('<').next());
        titles.chain(labels).collect::<Vec<&str>>().join(", ")
    };
    expect(
        &said("en"),
        str!["Note, Warning, Done, To do, Footnote 1, Table, Footnotes, Back to the text"],
    );
    expect(
        &said("fr"),
        str!["Remarque, Avertissement, Fait, À faire, Note 1, Tableau, Notes, Retour au texte"],
    );
    expect(
        &said("de"),
        str![
            "Hinweis, Warnung, Erledigt, Zu erledigen, Fußnote 1, Tabelle, Fußnoten, Zurück zum Text"
        ],
    );
}

#[test]
fn a_language_that_is_written_from_the_right_says_so() {
    let built = site(
        r#"
--- site.toml
[languages.ar]
name = "العربية"
[languages.ar.strings]
archive = "الأرشيف"
--- content/a.md
--- content/a.ar.md
"#,
    )
    .default_theme()
    .build();
    let begins = |page: &str| built.text(page).lines().nth(1).unwrap().to_owned();
    assert_eq!(begins("a/index.html"), r#"<html lang="en">"#);
    assert_eq!(begins("ar/a/index.html"), r#"<html lang="ar" dir="rtl">"#);
}

#[test]
fn a_menu_says_which_language_it_leads_to() {
    site(
        r#"
--- site.toml
[[menu]]
name = "About"
path = "@/about.md"
[[menu]]
name = "Elsewhere"
path = "https://example.com/"
[languages.fr]
[languages.de]
[[languages.de.menu]]
name = "Wir"
path = "@/about.md"
--- content/about.md
--- content/about.fr.md
--- content/brief.de.md
"#,
    )
    .default_theme()
    .build()
    .expect_lines(
        "index.html",
        ">About<",
        str![[r#"
<li><a href="/about/">About</a></li>
<li><a href="/about/">About</a></li>
"#]],
    )
    .expect_lines(
        "fr/index.html",
        ">About<",
        str![[r#"
<li><a href="/fr/about/" lang="en">About</a></li>
<li><a href="/fr/about/" lang="en">About</a></li>
"#]],
    )
    .expect_lines(
        "fr/index.html",
        ">Elsewhere<",
        str![[r#"
<li><a href="https://example.com/" lang="en">Elsewhere</a></li>
<li><a href="https://example.com/" lang="en">Elsewhere</a></li>
"#]],
    )
    .expect_lines(
        "de/index.html",
        ">Wir<",
        str![[r#"
<li><a href="/about/" hreflang="en">Wir</a></li>
<li><a href="/about/" hreflang="en">Wir</a></li>
"#]],
    );
}
