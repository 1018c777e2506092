//! What many pages show: the settings and words of each language, and what is known about each author.

use serde_json::{Value as Json, json};

use super::{Origin, feeds, search};
use crate::assets::Assets;
use crate::authors::Author;
use crate::config::{
    Config, Contact, FILE, FeedFormat, Form, Language, MenuEntry, Organization, TRAP,
};
use crate::content::Expander;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::Spanned;
use crate::images::{self, Image, Purpose};
use crate::page::has_scheme;
use crate::ready::Seen;
use crate::site::{Site, Writing, home};
use crate::source::SourceTree;
use crate::theme::{Theme, Value};
use crate::variables::Variables;
use crate::view::{AuthorView, ConfigView, ContactView, MenuItem, OrganizationView, Shared};

/// What is decided once for the whole site.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    pub config: &'a Config,
    pub theme: &'a Theme,
    pub data: &'a Json,
    pub assets: &'a Assets,
    pub variables: &'a Variables,
    pub source: &'a SourceTree,
}

/// What is shared by all pages of each language, and the links in it.
pub fn shared(
    settings: Settings<'_>,
    expander: &Expander<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Shared>, Origin) {
    let Settings {
        config,
        theme,
        data,
        assets,
        ..
    } = settings;
    let mut origin = Origin {
        place: Place::file(FILE),
        hrefs: Vec::new(),
    };
    let mut shared = Vec::with_capacity(config.languages.len());
    let languages = config.languages.iter().zip(expander.words);
    for (index, (language, words)) in languages.enumerate() {
        let mut links = SettingsLinks {
            language,
            expander,
            origin: &mut origin,
            diagnostics,
        };
        // Without a menu of its own, a language has that of the site, with links to its own pages.
        let whose = match language.menu.is_empty() {
            true => config.language(),
            false => language,
        };
        let menu = links.resolved(&whose.menu, &whose.tag);
        let variables = settings.variables[index].iter();
        let variables = variables
            .map(|(name, value)| {
                let value = value.as_ref().map(|value| &value.value);
                let shown = value.map_or(Json::Null, |value| links.shown(value, settings));
                (name.clone(), shown)
            })
            .collect();
        let base_url = &config.base_url;
        let home = home(index, &config.languages);
        let archive_path = config.archive.as_ref().map(|archive| {
            let below = archive.as_str().trim_start_matches('/');
            base_url.href(&format!("{home}{below}"))
        });
        shared.push(Shared {
            lang: language.tag.clone(),
            dir: words.direction(),
            config: ConfigView {
                title: language.title.clone(),
                description: language.description.clone(),
                base_url: base_url.to_string(),
                base_path: base_url.path().to_owned(),
                home_path: base_url.href(home.as_str()),
                language: config.language().tag.clone(),
                author: config.author.clone(),
                menu,
                feed_path: feeds::href(config, FeedFormat::Atom, &home),
                json_feed_path: feeds::href(config, FeedFormat::Json, &home),
                archive_path: archive_path.unwrap_or_default(),
                contact: config.contact.as_ref().map(contact),
                organization: config
                    .organization
                    .as_ref()
                    .map(|organization| publisher(organization, config, expander, diagnostics)),
                search_path: match search::is_wanted(config, theme) {
                    true => base_url.href(search::address(&home).as_str()),
                    false => String::new(),
                },
                extra: config.extra.clone(),
            },
            t: words.json(),
            variables,
            data: data.clone(),
            assets: assets.addresses.clone(),
            integrity: assets.integrity.clone(),
            generator: concat!("Tallypress ", env!("CARGO_PKG_VERSION")).to_owned(),
        });
    }
    (shared, origin)
}

fn contact(contact: &Contact) -> ContactView {
    let (endpoint, trap) = match &contact.form {
        Some(Form::Endpoint { url, trap }) => (url.as_str(), *trap),
        Some(Form::Netlify) | None => ("", TRAP),
    };
    ContactView {
        email: contact.email.clone(),
        has_form: contact.form.is_some(),
        endpoint: endpoint.to_owned(),
        netlify: contact.form == Some(Form::Netlify),
        trap: trap.to_owned(),
    }
}

/// Who publishes the site.
fn publisher(
    organization: &Organization,
    config: &Config,
    expander: &Expander<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> OrganizationView {
    let base_url = &config.base_url;
    let settings = Writing {
        file: FILE,
        language: None,
    };
    let mut wrong = Vec::new();
    let mut absolute = |target: &Spanned<String>| {
        let href = expander.resolve(settings, "/", target, &mut wrong);
        match has_scheme(&href) {
            true => href,
            false => base_url.absolute(&href),
        }
    };
    let url = organization.url.as_ref().map(&mut absolute);
    let logo = organization.logo.as_ref().map(|logo| {
        let made = expander.image(&logo.clone().in_file(FILE), Purpose::Card);
        match made {
            Some(Image::Sizes(sizes)) => base_url.absolute(&sizes.widest().href),
            Some(Image::File { .. }) | None => absolute(logo),
        }
    });
    // What is wrong is so in every language.
    wrong.retain(|wrong| !diagnostics.contains(wrong));
    diagnostics.extend(wrong);
    OrganizationView {
        name: organization.name.clone(),
        url: url.unwrap_or_else(|| base_url.to_string()),
        logo: logo.unwrap_or_default(),
        same_as: organization.same_as.clone(),
    }
}

/// Links that are written in the settings, seen from one language.
struct SettingsLinks<'a> {
    language: &'a Language,
    expander: &'a Expander<'a>,
    origin: &'a mut Origin,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl SettingsLinks<'_> {
    /// Links with names in a language.
    fn resolved(&mut self, entries: &[MenuEntry], lang: &str) -> Vec<MenuItem> {
        let item = |entry: &MenuEntry| {
            let path = self.href(&entry.target);
            let leads_to = self.expander.links.language_at(&path);
            MenuItem {
                name: entry.name.clone(),
                path,
                lang: lang.to_owned(),
                hreflang: leads_to.unwrap_or_default().to_owned(),
            }
        };
        entries.iter().map(item).collect()
    }

    fn href(&mut self, target: &Spanned<String>) -> String {
        let settings = Writing {
            file: FILE,
            language: Some(&self.language.tag),
        };
        let mut wrong = Vec::new();
        let path = self.expander.resolve(settings, "/", target, &mut wrong);
        // What is wrong is so in every language.
        wrong.retain(|wrong| !self.diagnostics.contains(wrong));
        self.diagnostics.extend(wrong);
        let place = Place {
            path: FILE.to_owned(),
            span: Some(target.span.clone()),
        };
        self.origin.hrefs.push((path.clone(), place));
        path
    }

    /// The value of a theme's variable as templates see it.
    fn shown(&mut self, value: &Value, settings: Settings<'_>) -> Json {
        match value {
            Value::Colour(scheme) => {
                json!({ "light": scheme.light.css, "dark": scheme.dark.css })
            }
            Value::Font(font) => {
                let base_url = &settings.config.base_url;
                let files = font.files.iter();
                let files: Vec<String> =
                    files.map(|file| base_url.href(&file.path.value)).collect();
                json!({ "family": font.family, "files": files })
            }
            Value::Length(text) | Value::Text(text) => json!(text),
            Value::Boolean(flag) => json!(flag),
            Value::Links(entries) => json!(self.resolved(entries, &self.language.tag)),
            Value::Picture(target) => {
                let path = self.href(target);
                let file = format!("static/{}", target.value.trim_start_matches('/'));
                let bytes = settings.source.get(&file);
                let (width, height) = bytes.and_then(|bytes| images::size(bytes)).unzip();
                json!({ "path": path, "width": width, "height": height })
            }
        }
    }
}

/// By language and author.
pub type Authors = Vec<Vec<Seen<AuthorView>>>;

/// What is known about every author, in each language.
pub fn authors(
    site: &Site,
    config: &Config,
    theme: &Theme,
    expander: &Expander<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Authors {
    let mut wrong = Vec::new();
    let views = (0..config.languages.len())
        .map(|language| {
            let authors = site.authors.authors.iter().enumerate();
            authors
                .map(|(index, author)| {
                    let mut view = about(author, language, config, expander, &mut wrong);
                    let page = site.author_page(index, language);
                    if let Some(page) = page.filter(|_| theme.has("author.html")) {
                        view.path = config.base_url.href(page.address.as_str());
                        view.permalink = config.base_url.permalink(page.address.as_str());
                    }
                    view.page_count = page.map_or(0, |page| page.pages.len());
                    Seen::new(view)
                })
                .collect()
        })
        .collect();
    // What is wrong is so in every language.
    for wrong in wrong {
        if !diagnostics.contains(&wrong) {
            diagnostics.push(wrong);
        }
    }
    views
}

/// What an author's file says, in a language.
fn about(
    author: &Author,
    language: usize,
    config: &Config,
    expander: &Expander<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> AuthorView {
    let tag = &config.languages[language].tag;
    // Files lie beside the author's own, and links lead to pages in the language.
    let writing = Writing {
        file: &author.path,
        language: Some(tag),
    };
    let mut resolved = |target: &Option<Spanned<String>>| match target {
        Some(target) => expander.resolve(writing, "/authors/", target, diagnostics),
        None => String::new(),
    };
    let portrait = author.image.clone().and_then(|image| {
        let made = expander.image(&image.in_file(author.path.as_str()), Purpose::Card)?;
        match made {
            Image::Sizes(sizes) => {
                let widest = sizes.widest();
                Some((
                    Some(widest.href.clone()),
                    Some((widest.width, widest.height)),
                ))
            }
            Image::File { size } => Some((None, *size)),
        }
    });
    let (portrait, portrait_size) = portrait.unwrap_or_default();
    let url = resolved(&author.url);
    let image = portrait.unwrap_or_else(|| resolved(&author.image));
    let translated = author.translations.get(tag);
    let said = |own: &str, translated: Option<&String>| {
        let translated = translated.filter(|text| !text.is_empty());
        translated.map_or(own, String::as_str).to_owned()
    };
    AuthorView {
        name: author.name.clone(),
        kind: author.kind,
        role: said(&author.role, translated.map(|words| &words.role)),
        description: said(
            &author.description,
            translated.map(|words| &words.description),
        ),
        url,
        same_as: author.same_as.clone(),
        image,
        image_width: portrait_size.map(|(width, _)| width),
        image_height: portrait_size.map(|(_, height)| height),
        extra: author.extra.clone(),
        ..only_a_name("")
    }
}

/// Somebody who has no file.
pub fn only_a_name(name: &str) -> AuthorView {
    AuthorView {
        name: name.to_owned(),
        kind: crate::authors::Kind::default(),
        role: String::new(),
        description: String::new(),
        url: String::new(),
        same_as: Vec::new(),
        image: String::new(),
        image_width: None,
        image_height: None,
        path: String::new(),
        permalink: String::new(),
        page_count: 0,
        extra: Json::Null,
    }
}
