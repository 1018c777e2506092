//! The pictures that other sites show beside a link: for each page that has none of its own, a card with
//! its title, section, date and the site's name. Takes the site and the settings, gives PNG files.
//!
//! Drawing a card is pure. It costs some milliseconds, so it is remembered as pictures are.

mod canvas;
mod card;
mod font;
mod lines;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::assets;
use crate::cache::Cache;
use crate::config::{Colour, Config, FILE, ShareImageConfig};
use crate::diagnostic::Diagnostic;
use crate::fields::Spanned;
use crate::hash::{Fingerprint, Hasher};
use crate::site::{Node, Site};
use crate::source::SourceTree;
use crate::store::Store;
use crate::theme::Theme;
use crate::variables::{self, Values};

use self::card::{Colours, Words};
use self::font::{EMBEDDED, Font};

pub use self::card::{HEIGHT, WIDTH};

/// For themes that have no such colours: night, paper and a lamp.
const BACKGROUND: [u8; 3] = [0x0b, 0x2d, 0x38];
const TEXT: [u8; 3] = [0xee, 0xf5, 0xf7];
const ACCENT: [u8; 3] = [0xf6, 0xb1, 0x3d];

/// To be counted up with every change of what comes out for the same words and settings.
const RECIPE: u8 = 1;
/// The folder of all cards, below that of all assets.
const FOLDER: &str = "share/";

/// Cards that were drawn before.
pub type Kept = Store<Arc<[u8]>>;

/// The cards of a site, by what they are for.
#[derive(Debug, Default)]
pub struct ShareImages {
    pub drawn: BTreeMap<Node, ShareImage>,
}

#[derive(Debug)]
pub struct ShareImage {
    /// Below the output folder.
    pub output: String,
    pub bytes: Arc<[u8]>,
    /// What can be read on it.
    pub alt: String,
}

/// Draws what is wanted and was not drawn before.
pub fn prepare(
    site: &Site,
    config: &Config,
    theme: &Theme,
    variables: &Values,
    source: &SourceTree,
    kept: &Kept,
    cache: Option<&Cache>,
) -> (ShareImages, Vec<Diagnostic>) {
    let Some(settings) = config.share_image.as_ref().filter(|settings| settings.draw) else {
        return Default::default();
    };
    let mut diagnostics = Vec::new();
    let bytes = settings.font.as_ref().map(|font| file(font, source));
    let bytes = match &bytes {
        None => EMBEDDED,
        Some(Some(bytes)) => bytes,
        Some(None) => &[],
    };
    let Some(font) = Font::parse(bytes) else {
        diagnostics.extend(settings.font.as_ref().map(no_font));
        return (ShareImages::default(), diagnostics);
    };
    let colours = colours(settings, variables);
    let basis = basis(colours, bytes);
    let draw = |(node, words): (Node, Words)| {
        let Some(words) = drawable(&words, &font) else {
            return Err((node, words.title));
        };
        let key = key(basis, &words);
        let bytes = kept.get(key).unwrap_or_else(|| {
            let found = cache.and_then(|cache| cache.get(key));
            let bytes: Arc<[u8]> = Arc::from(found.unwrap_or_else(|| {
                let drawn = card::draw(&words, &font, colours);
                if let Some(cache) = cache {
                    cache.keep(key, &drawn);
                }
                drawn
            }));
            kept.keep(key, Arc::clone(&bytes));
            bytes
        });
        let (_, address) = site.node(node);
        let name = address.as_str().trim_end_matches('/');
        let name = name.rsplit('/').next().filter(|name| !name.is_empty());
        let name = format!("{FOLDER}{}.png", name.unwrap_or("home"));
        let alt = match words.site == words.title {
            true => words.title,
            false => format!("{} · {}", words.title, words.site),
        };
        let output = assets::output_path(&name, &bytes);
        Ok((node, ShareImage { output, bytes, alt }))
    };
    let wanted: Vec<(Node, Words)> = wanted(site, config, theme);
    let (drawn, undrawn): (BTreeMap<_, _>, Vec<_>) = wanted
        .into_par_iter()
        .map(draw)
        .partition_map(|drawn| match drawn {
            Ok(drawn) => rayon::iter::Either::Left(drawn),
            Err(undrawn) => rayon::iter::Either::Right(undrawn),
        });
    if settings.image.is_none() {
        diagnostics.extend(without_letters(site, &undrawn));
    }
    (ShareImages { drawn }, diagnostics)
}

/// What is to stand on the cards of everything that has no picture of its own.
fn wanted(site: &Site, config: &Config, theme: &Theme) -> Vec<(Node, Words)> {
    let pages = (0..site.pages.len()).map(Node::Page);
    let nodes = pages.chain((0..site.sections.len()).map(Node::Section));
    let has_none = |node: &Node| {
        let images = site.node(*node).0.front.images.as_ref();
        images.is_none_or(Vec::is_empty)
    };
    let words = |node| match node {
        Node::Page(page) => {
            let placed = &site.pages[page];
            let language = &config.languages[placed.language];
            let section = &site.sections[placed.section];
            let date = placed.page.date().map(|date| date.day().to_string());
            let label = section.parent.map(|_| section.page.title.clone());
            Words {
                label: label.unwrap_or_default(),
                title: placed.page.title.clone(),
                site: language.title.clone(),
                date: date.map_or_else(String::new, |day| theme.day(&day, &language.tag)),
            }
        }
        Node::Section(section) => {
            let section = &site.sections[section];
            let language = &config.languages[section.language];
            let (title, below) = match section.parent {
                None => (&language.title, config.base_url.host()),
                Some(_) => (&section.page.title, language.title.as_str()),
            };
            Words {
                label: String::new(),
                title: title.clone(),
                site: below.to_owned(),
                date: String::new(),
            }
        }
    };
    nodes
        .filter(has_none)
        .map(|node| (node, words(node)))
        .collect()
}

/// The words as the font can write them. Only the title is needed.
fn drawable(words: &Words, font: &Font<'_>) -> Option<Words> {
    let or_nothing = |text: &str| font.drawable(text).unwrap_or_default();
    Some(Words {
        title: font
            .drawable(&words.title)
            .filter(|title| !title.is_empty())?,
        label: or_nothing(&words.label),
        site: or_nothing(&words.site),
        date: or_nothing(&words.date),
    })
}

/// The site's own colours, else those that the default theme has for what is dark by day as well.
fn colours(settings: &ShareImageConfig, variables: &Values) -> Colours {
    let chosen = |own: &Option<Colour>, variable, plain| {
        let colour = own
            .as_ref()
            .or_else(|| variables::colour(variables, variable));
        colour.map_or(plain, |colour| colour.rgb)
    };
    Colours {
        background: chosen(&settings.background, "night", BACKGROUND),
        text: chosen(&settings.text, "paper", TEXT),
        accent: chosen(&settings.accent, "highlight", ACCENT),
    }
}

/// The fingerprint of what is the same on all cards.
fn basis(colours: Colours, font: &[u8]) -> Fingerprint {
    let mut hasher = Hasher::default();
    hasher.add(&[RECIPE]);
    hasher.add(font);
    for colour in [colours.background, colours.text, colours.accent] {
        hasher.add(&colour);
    }
    hasher.finish()
}

fn key(basis: Fingerprint, words: &Words) -> Fingerprint {
    let mut hasher = Hasher::default();
    hasher.add(b"share image");
    hasher.add(basis.to_string().as_bytes());
    for text in [&words.label, &words.title, &words.site, &words.date] {
        hasher.add(text.as_bytes());
    }
    hasher.finish()
}

fn file(font: &Spanned<String>, source: &SourceTree) -> Option<Arc<[u8]>> {
    source.get(&font.value).map(Arc::clone)
}

fn no_font(font: &Spanned<String>) -> Diagnostic {
    Diagnostic::error("share images cannot be drawn with this font")
        .at(FILE, font.span.clone())
        .label(format!("`{}` is no TrueType or OpenType font", font.value))
        .help("name a .ttf or .otf file by its path in the site, such as \"static/brand.ttf\"")
}

/// One warning for all titles, of which there may be thousands.
fn without_letters(site: &Site, undrawn: &[(Node, String)]) -> Option<Diagnostic> {
    let (node, title) = undrawn.first()?;
    let message = match undrawn.len() {
        1 => "no share image is drawn for a page".to_owned(),
        count => format!("no share image is drawn for {count} pages"),
    };
    let warning = Diagnostic::warning(message)
        .in_file(&site.node(*node).0.path)
        .label(format!("the font cannot write `{title}`"))
        .help("name a font that can as `font` in `[share_image]`, or a picture for all as `image`");
    Some(warning)
}
