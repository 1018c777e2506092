//! What the pages of the shipped blog tell search engines and other sites, read by a parser and held
//! against what these ask for.

use std::path::Path;
use std::sync::LazyLock;

use html5gum::{StartTag, Token, Tokenizer};
use serde_json::Value as Json;
use snapbox::str;
use tallypress::date::Date;
use tallypress::memory::Memory;
use tallypress::site::Publication;
use tallypress::source::SourceTree;
use tallypress::{Build, Options, build, theme};
use tallypress_tests::{expect, site};

/// The blog of this repository, on a day on which all of it is published.
pub static BLOG: LazyLock<Build> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (source, unreadable) = SourceTree::read(&root, theme::embedded());
    assert_eq!(unreadable, []);
    let options = Options {
        base_url: None,
        publication: Publication {
            now: Date::parse("2027-01-01").unwrap(),
            drafts: false,
        },
        preview: false,
        shard: None,
    };
    let blog = build(&source, &options, &mut Memory::default());
    assert!(!blog.failed(), "{:?}", blog.diagnostics);
    blog
});

const HOST: &str = "https://blog.phosailabs.com/";

/// What stands in the head of a page.
#[derive(Default)]
struct Head {
    titles: Vec<String>,
    /// By `name` or `property`.
    metas: Vec<(String, String)>,
    /// By `rel`.
    links: Vec<(String, String)>,
    json_ld: Vec<Json>,
}

impl Head {
    fn of(html: &str) -> Self {
        let mut head = Self::default();
        let mut inside = String::new();
        for Ok(token) in Tokenizer::new(html) {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            match token {
                Token::StartTag(tag) => {
                    let value = |name: &str| attribute(&tag, name);
                    inside = match (text(&tag.name).as_str(), value("type").as_deref()) {
                        ("meta", _) => {
                            let name = value("name").or(value("property")).unwrap_or_default();
                            head.metas
                                .push((name, value("content").unwrap_or_default()));
                            String::new()
                        }
                        ("link", _) => {
                            let href = value("href").unwrap_or_default();
                            head.links.push((value("rel").unwrap_or_default(), href));
                            String::new()
                        }
                        ("script", Some("application/ld+json")) => "json".to_owned(),
                        ("title", _) => "title".to_owned(),
                        ("body", _) => break,
                        _ => String::new(),
                    };
                }
                Token::String(found) if inside == "json" => {
                    let json: Json = serde_json::from_slice(&found.value).unwrap();
                    match json {
                        Json::Array(several) => head.json_ld.extend(several),
                        one => head.json_ld.push(one),
                    }
                }
                Token::String(found) if inside == "title" => head.titles.push(text(&found.value)),
                Token::EndTag(_) => inside.clear(),
                _ => {}
            }
        }
        head
    }

    /// The only one of this name.
    fn meta(&self, name: &str) -> Option<&str> {
        let mut found = self.metas.iter().filter(|(known, _)| known == name);
        let first = found.next();
        assert_eq!(found.next(), None, "two of `{name}`");
        first.map(|(_, content)| content.as_str())
    }

    fn link(&self, relation: &str) -> Option<&str> {
        let found = self.links.iter().find(|(known, _)| known == relation);
        found.map(|(_, href)| href.as_str())
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(&value.value).into_owned())
}

/// The blog's pages by path; pages that lead elsewhere are none.
fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = BLOG.output.files.iter();
    files
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).unwrap()))
        .filter(|(_, html)| !html.contains("http-equiv=\"refresh\""))
}

#[test]
fn every_page_has_what_results_and_cards_show() {
    let mut seen = 0;
    for (path, html) in pages() {
        let head = Head::of(html);
        assert_eq!(head.titles.len(), 1, "{path}");
        assert!(!head.titles[0].is_empty(), "{path}");
        if path.starts_with("embed/") {
            continue;
        }
        let description = head.meta("description").unwrap_or_default();
        assert!(!description.is_empty(), "{path} has no description");
        let hidden = head.meta("robots") == Some("noindex");
        assert_eq!(hidden, path == "404.html", "{path}");
        let address = head.link("canonical");
        assert_eq!(address.is_none(), hidden, "{path}");
        if let Some(address) = address {
            let own = format!("{HOST}{}", path.trim_end_matches("index.html"));
            assert_eq!(address, own);
            assert_eq!(head.meta("og:url"), Some(address));
        }
        for needed in ["og:site_name", "og:title", "og:type", "twitter:card"] {
            assert!(
                head.meta(needed).is_some_and(|text| !text.is_empty()),
                "{path}: {needed}"
            );
        }
        assert_eq!(
            head.meta("twitter:card"),
            Some("summary_large_image"),
            "{path}"
        );
        let image = head.meta("og:image").unwrap();
        let file = image.strip_prefix(HOST).unwrap();
        let card = &BLOG.output.files[file];
        assert!(card.len() <= 40_000, "{file} has {} bytes", card.len());
        assert_eq!(head.meta("og:image:width"), Some("1200"), "{path}");
        assert_eq!(head.meta("og:image:height"), Some("630"), "{path}");
        assert!(head.meta("og:image:alt").is_some(), "{path}");
        seen += 1;
    }
    assert!(seen > 15, "{seen} pages");
}

/// What Google requires and recommends for each kind of thing.
fn wanted(kind: &str) -> &'static [&'static str] {
    match kind {
        "BlogPosting" => &[
            "headline",
            "description",
            "image",
            "datePublished",
            "dateModified",
            "author",
            "publisher",
            "mainEntityOfPage",
            "inLanguage",
        ],
        "BreadcrumbList" => &["itemListElement"],
        "FAQPage" => &["mainEntity"],
        "Question" => &["name", "acceptedAnswer"],
        "Answer" => &["text"],
        "ListItem" => &["position", "name"],
        "Organization" => &["name", "url"],
        "Person" => &["name"],
        "ProfilePage" => &["mainEntity"],
        "WebSite" => &["name", "url"],
        kind => panic!("nobody has said what a {kind} needs"),
    }
}

/// Every thing in the data, with what it needs in it, and addresses that hold anywhere.
fn check(thing: &Json, page: &str, kinds: &mut Vec<String>) {
    match thing {
        Json::Array(things) => things.iter().for_each(|thing| check(thing, page, kinds)),
        Json::Object(fields) => {
            let kind = fields["@type"].as_str().unwrap();
            for needed in wanted(kind) {
                let value = fields.get(*needed);
                let is_said =
                    value.is_some_and(|value| value.as_str() != Some("") && !value.is_null());
                assert!(is_said, "{page}: {kind} without {needed}");
            }
            for (key, value) in fields {
                let is_address = ["url", "item", "logo", "image", "mainEntityOfPage", "sameAs"];
                let text = value.as_str().unwrap_or("https://");
                if is_address.contains(&key.as_str()) {
                    assert!(text.starts_with("https://"), "{page}: {key} is {text}");
                }
                if !value.is_string()
                    && !value.is_number()
                    && key != "keywords"
                    && key != "image"
                    && key != "sameAs"
                {
                    check(value, page, kinds);
                }
            }
            kinds.push(kind.to_owned());
        }
        other => panic!("{page}: {other} is no thing"),
    }
}

#[test]
fn the_data_for_search_engines_is_complete_on_every_page() {
    let mut kinds = Vec::new();
    for (path, html) in pages() {
        for thing in &Head::of(html).json_ld {
            assert_eq!(thing["@context"], "https://schema.org", "{path}");
            check(thing, path, &mut kinds);
            if thing["@type"] == "BreadcrumbList" {
                let items = thing["itemListElement"].as_array().unwrap();
                let (last, before) = items.split_last().unwrap();
                assert!(before.iter().all(|item| item["item"].is_string()), "{path}");
                let title = last["name"].as_str().unwrap();
                assert!(html.contains("<h1"), "{path}: {title}");
                for (index, item) in items.iter().enumerate() {
                    assert_eq!(item["position"], index + 1, "{path}");
                }
            }
        }
    }
    kinds.sort();
    kinds.dedup();
    for kind in [
        "BlogPosting",
        "BreadcrumbList",
        "Organization",
        "ProfilePage",
        "WebSite",
    ] {
        assert!(
            kinds.iter().any(|found| found == kind),
            "no page has a {kind}"
        );
    }
}

#[test]
fn a_site_names_its_publisher() {
    let story = |settings: &str| {
        let story = site(&format!(
            r#"
--- site.toml
title = "Tea"
base_url = "https://example.com/docs/"
{settings}
--- content/2026-05-01-a.md
--- static/logo.png
"#
        ));
        story.default_theme().build()
    };
    let built = story(
        "[organization]\nname = \"Leaves\"\nlogo = \"/logo.png\"\nsame_as = [\"https://social.example/@leaves\"]",
    );
    let home = Head::of(built.text("index.html")).json_ld;
    expect(
        &serde_json::to_string_pretty(&home[1]).unwrap(),
        str![[r#"
{
  "@context": "https://schema.org",
  "@type": "Organization",
  "logo": "https://example.com/docs/assets/images/logo-8.[HASH].jpg",
  "name": "Leaves",
  "sameAs": [
    "https://social.example/@leaves"
  ],
  "url": "https://example.com/docs/"
}
"#]],
    );
    let article = &Head::of(built.text("a/index.html")).json_ld[0];
    assert_eq!(article["publisher"], home[1]);
    story("[organization]\nname = \"Leaves\"\nlogo = \"/none.png\"").expect_errors(str![[r#"
error: there is no such picture
 --> site.toml:5:8
  |
5 | logo = "/none.png"
  |        ^^^^^^^^^^^ no file `static/none.png`

"#]]);
}

#[test]
fn an_answer_is_told_as_the_page_gives_it() {
    let built = site(
        r#"
--- site.toml
base_url = "https://example.com"
--- content/a.md
{% faq() %}
## Is it <green>?
It is, see [there](/a/).
{% end %}
"#,
    )
    .default_theme()
    .build();
    let mut kinds = Vec::new();
    for thing in &Head::of(built.text("a/index.html")).json_ld {
        check(thing, "a", &mut kinds);
    }
    assert!(kinds.contains(&"Question".to_owned()));
}
