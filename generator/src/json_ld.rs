//! What a page is about, said to search engines in the words of schema.org.

mod faq;

use serde_json::{Value as Json, json};

use crate::authors::Kind;
use crate::view::{
    AuthorView, CardImageView, ConfigView, Link, OrganizationView, PageView, Subject, Summary,
};

pub use faq::{Answer, faq};

/// The text of a page's `<script type="application/ld+json">`; empty for a page of which there is
/// nothing to say.
pub fn of(
    subject: &Subject,
    images: &[CardImageView],
    config: &ConfigView,
    lang: &str,
    permalink: &str,
) -> String {
    let things = match subject {
        Subject::Page { page } => {
            let Some(summary) = &page.summary else {
                return String::new();
            };
            let article = match summary.date.is_empty() {
                true => None,
                false => Some(article(page, summary, images, config, lang)),
            };
            let trail = trail(&page.ancestors, &summary.title, config);
            article.into_iter().chain([trail]).collect()
        }
        Subject::Section { section, .. } if section.ancestors.is_empty() => {
            let web_site = web_site(config, lang, permalink);
            let organization = config.organization.as_ref().map(organization);
            std::iter::once(web_site).chain(organization).collect()
        }
        Subject::Section { section, .. } => {
            vec![trail(&section.ancestors, &section.title, config)]
        }
        Subject::Author { author, .. } => vec![json!({
            "@context": "https://schema.org",
            "@type": "ProfilePage",
            "inLanguage": lang,
            "mainEntity": described(author, config),
        })],
        Subject::TaxonomyList { .. }
        | Subject::TaxonomyTerm { .. }
        | Subject::AuthorList { .. }
        | Subject::Archive { .. }
        | Subject::Search { .. }
        | Subject::NotFound { .. }
        | Subject::Embed { .. } => return String::new(),
    };
    let json = match <[Json; 1]>::try_from(things) {
        Ok([only]) => only,
        Err(several) => Json::Array(several),
    };
    text(&json)
}

/// JSON for a script, which ends at the first `</script` wherever that stands. No browser runs a
/// script of this type, so the Content-Security-Policy of published pages does not block it.
fn text(json: &Json) -> String {
    json.to_string().replace('<', "\\u003c")
}

fn article(
    page: &PageView,
    summary: &Summary,
    images: &[CardImageView],
    config: &ConfigView,
    lang: &str,
) -> Json {
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": summary.title,
        "url": summary.permalink,
        "mainEntityOfPage": summary.permalink,
        "inLanguage": lang,
        "datePublished": page.published,
        "dateModified": match page.modified.is_empty() {
            true => &page.published,
            false => &page.modified,
        },
        "wordCount": summary.word_count,
        "isPartOf": { "@type": "WebSite", "name": config.title, "url": config.base_url },
    });
    let mut add = |key: &str, value: Json| {
        article[key] = value;
    };
    if !summary.description.is_empty() {
        add("description", summary.description.clone().into());
    }
    if let Some(publisher) = &config.organization {
        add("publisher", organization(publisher));
    }
    if !images.is_empty() {
        add("image", images.iter().map(|image| &*image.url).collect());
    }
    if !summary.bylines.is_empty() {
        let authors = summary.bylines.iter();
        add(
            "author",
            authors.map(|author| named(author, config)).collect(),
        );
    }
    let terms: Vec<&str> = summary
        .taxonomies
        .values()
        .flatten()
        .map(|term| term.name.as_str())
        .collect();
    if !terms.is_empty() {
        add("keywords", terms.into());
    }
    article
}

/// An author as an article names them.
fn named(author: &AuthorView, config: &ConfigView) -> Json {
    let kind = match author.kind {
        Kind::Person => "Person",
        Kind::Organization => "Organization",
    };
    let mut named = json!({ "@type": kind, "name": author.name });
    // Their own page on this site says more about them than any other.
    let url = [author.permalink.clone(), absolute(&author.url, config)];
    if let Some(url) = url.into_iter().find(|url| !url.is_empty()) {
        named["url"] = url.into();
    }
    named
}

/// An author with all that is known.
fn described(author: &AuthorView, config: &ConfigView) -> Json {
    let mut described = named(author, config);
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            described[key] = value.into();
        }
    };
    add("description", &author.description);
    if author.kind == Kind::Person {
        add("jobTitle", &author.role);
    }
    add("image", &absolute(&author.image, config));
    let elsewhere: Vec<String> = Some(absolute(&author.url, config))
        .filter(|url| !url.is_empty())
        .into_iter()
        .chain(author.same_as.clone())
        .collect();
    if !elsewhere.is_empty() {
        described["sameAs"] = json!(elsewhere);
    }
    described
}

fn organization(organization: &OrganizationView) -> Json {
    let mut described = json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": organization.name,
        "url": organization.url,
    });
    if !organization.logo.is_empty() {
        described["logo"] = organization.logo.as_str().into();
    }
    if !organization.same_as.is_empty() {
        described["sameAs"] = json!(organization.same_as);
    }
    described
}

fn web_site(config: &ConfigView, lang: &str, permalink: &str) -> Json {
    let mut web_site = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": config.title,
        "url": permalink,
        "inLanguage": lang,
    });
    if !config.description.is_empty() {
        web_site["description"] = config.description.as_str().into();
    }
    web_site
}

/// Where the page stands, itself included.
fn trail(ancestors: &[Link], title: &str, config: &ConfigView) -> Json {
    let ancestors = ancestors
        .iter()
        .map(|link| json!({ "name": link.title, "item": absolute(&link.path, config) }));
    let items = ancestors.chain([json!({ "name": title })]);
    let items = items.enumerate().map(|(index, mut item)| {
        item["@type"] = "ListItem".into();
        item["position"] = (index + 1).into();
        item
    });
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Json>(),
    })
}

/// A root-relative address with the site's host before it.
fn absolute(href: &str, config: &ConfigView) -> String {
    match href.strip_prefix(&config.base_path) {
        Some(below) => format!("{}{below}", config.base_url),
        None => href.to_owned(),
    }
}
