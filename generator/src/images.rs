//! The pictures that articles show: each one that a page names becomes the files that readers get,
//! in several sizes and small formats, with nothing of what a camera writes beside the pixels.
//!
//! Finding what is wanted, and the work itself, are pure. [`Kept`] remembers the work, in memory
//! and in a folder between runs, because it costs a thousand times what the rest of a page does.

mod bitmap;
mod decode;
mod encode;
mod files;
mod format;
mod lint;
pub mod markup;
mod metadata;
mod parts;
mod variants;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::assets;
use crate::cache::Cache;
use crate::config::{Config, FILE};
use crate::diagnostic::{Diagnostic, Place, Span};
use crate::hash::Fingerprint;
use crate::page::{Body, Page, Piece};
use crate::progress::Progress;
use crate::site::{Links, Site};
use crate::source::SourceTree;
use crate::store::Store;

use self::decode::{Decoded, MOST_PIXELS, Unusable};
use self::variants::{Made, Variant, Variants};

pub use self::files::Prepared;
pub use self::lint::missing_descriptions;
pub use self::variants::Purpose;

/// The folder of everything made of pictures, below that of all assets.
const FOLDER: &str = "images/";

/// The pictures of a site, ready to be shown.
#[derive(Debug, Default)]
pub struct Images {
    /// By source path.
    ready: BTreeMap<(String, Purpose), Image>,
    /// What was made, by output path.
    pub files: BTreeMap<String, MadeFile>,
    /// Source paths of pictures beside pages of which only what was made is published: the file
    /// itself may say where and with what it was taken.
    pub unpublished: BTreeSet<String>,
    /// Source paths of pictures beside pages that are published themselves, with what readers get.
    pub prepared: BTreeMap<String, Prepared>,
    /// How wide pictures are shown in the text, and in figures.
    text_sizes: String,
    figure_sizes: String,
}

/// What readers get of one picture.
#[derive(Debug)]
pub enum Image {
    Sizes(Sizes),
    /// The file itself, with its size if it has one.
    File {
        size: Option<(u32, u32)>,
    },
}

/// One picture in several sizes.
#[derive(Debug)]
pub struct Sizes {
    /// From narrow to wide; never empty.
    pub main: Vec<SizedFile>,
    /// The same as AVIF, if the site wants it.
    pub avif: Vec<SizedFile>,
    /// The mean colour of a picture that hides what is behind it.
    pub colour: Option<[u8; 3]>,
}

/// A file that was made, by its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizedFile {
    /// Root-relative.
    pub href: String,
    pub width: u32,
    pub height: u32,
}

#[derive(Clone, Debug)]
pub struct MadeFile {
    pub bytes: Arc<[u8]>,
    /// The picture's own file.
    pub source: String,
}

/// What was made of pictures before.
pub struct Kept {
    made: Store<Result<Arc<Variants>, Unusable>>,
    /// Between runs, if there is a place for it.
    pub cache: Option<Cache>,
    /// Told of each picture that had to be made.
    pub progress: Arc<Progress>,
}

impl Default for Kept {
    /// In memory alone.
    fn default() -> Self {
        Self {
            made: Store::default(),
            cache: None,
            progress: Arc::default(),
        }
    }
}

impl Kept {
    /// To be called when a build is through.
    pub fn forget_unused(&mut self) {
        self.made.forget_unused();
        if let Some(cache) = &self.cache {
            cache.forget_unused();
        }
    }
}

impl Images {
    /// How wide a picture is shown, as HTML's `sizes` says it.
    pub fn sizes(&self, in_figure: bool) -> &str {
        match in_figure {
            true => &self.figure_sizes,
            false => &self.text_sizes,
        }
    }

    /// The files that pages show, by source path.
    pub fn sources(&self) -> BTreeSet<String> {
        self.ready
            .keys()
            .map(|(source, _)| source.clone())
            .collect()
    }

    /// Whether all that a page shows has been looked at, also if nothing came of it.
    pub fn has_all_of(&self, page: &Page, links: &Links<'_>) -> bool {
        let mut wanted = Wanted::default();
        wanted.look_through(&page.path, &page.body, links);
        let mut pictures = wanted.pictures.keys();
        pictures.all(|picture| self.ready.contains_key(picture))
    }

    /// Source and output paths of what is published itself and not as it is.
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &str)> {
        let prepared = self.prepared.iter();
        prepared.map(|(source, prepared)| (source.as_str(), prepared.output.as_str()))
    }

    pub fn get(&self, source: &str, purpose: Purpose) -> Option<&Image> {
        self.ready.get(&(source.to_owned(), purpose))
    }
}

impl Sizes {
    /// For programs that do not choose: enough for a text column.
    pub fn middle(&self) -> &SizedFile {
        const ENOUGH: u32 = 800;
        let enough = self.main.iter().find(|file| file.width >= ENOUGH);
        enough.unwrap_or_else(|| self.widest())
    }

    pub fn widest(&self) -> &SizedFile {
        &self.main[self.main.len() - 1]
    }
}

/// Width and height of a picture, if it says them.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    match decode::decode(bytes).ok()? {
        Decoded::Still { bitmap, .. } => Some((bitmap.width, bitmap.height)),
        Decoded::AsItIs { size } => size,
    }
}

/// Whether somebody can read from a picture's file where it was taken.
pub fn say_where(bytes: &[u8]) -> bool {
    let parts = format::format(bytes).and_then(|format| parts::parts(format, bytes));
    parts.is_some_and(|parts| parts::say_where(bytes, &parts))
}

/// A file, and what it is wanted for.
type Wish = (String, Purpose);

/// Makes every picture that the site's pages show and that was not made before.
pub fn prepare(
    site: &Site,
    config: &Config,
    source: &SourceTree,
    kept: &Kept,
) -> (Images, Vec<Diagnostic>) {
    let wanted = Wanted::of(site, config, &Links::new(site, config));
    let keyed: BTreeMap<&Wish, (Fingerprint, &Arc<[u8]>)> = wanted
        .pictures
        .keys()
        .filter_map(|picture| {
            let bytes = source.get(&picture.0)?;
            let key = variants::key(bytes, picture.1, &config.images);
            Some((picture, (key, bytes)))
        })
        .collect();
    // The same bytes may lie in several places.
    let jobs: BTreeMap<Fingerprint, (&Arc<[u8]>, Purpose)> = keyed
        .iter()
        .map(|(picture, (key, bytes))| (*key, (*bytes, picture.1)))
        .collect();
    let made = make_missing(&jobs, config, kept);

    let mut images = Images {
        text_sizes: config.images.sizes.clone(),
        figure_sizes: config.images.figure_sizes.clone(),
        ..Images::default()
    };
    let mut diagnostics = wanted.absent(source);
    for (picture, (key, _)) in keyed {
        match made.get(&key) {
            Some(Ok(variants)) => images.add(picture, variants, config, &wanted),
            Some(Err(why)) => {
                let places = wanted.pictures[picture].iter();
                let wrong = unusable(why, &picture.0).as_severe_as(config.broken_links);
                diagnostics.extend(places.map(|place| wrong.clone().placed(place)));
            }
            None => {}
        }
    }
    diagnostics.extend(images.prepare_files(site, &wanted, config, kept));
    (images, diagnostics)
}

impl Images {
    fn add(
        &mut self,
        picture: &(String, Purpose),
        variants: &Variants,
        config: &Config,
        wanted: &Wanted,
    ) {
        let (source, purpose) = picture;
        let image = match variants {
            Variants::File { size } => Image::File { size: *size },
            Variants::Made(Made { main, avif, colour }) => {
                let ending = match purpose {
                    Purpose::Page => "webp",
                    Purpose::Card => "jpg",
                    Purpose::File => return,
                };
                if source.starts_with("content/") && !wanted.linked.contains_key(source) {
                    self.unpublished.insert(source.clone());
                }
                Image::Sizes(Sizes {
                    main: self.publish(source, main, ending, config),
                    avif: self.publish(source, avif, "avif", config),
                    colour: *colour,
                })
            }
        };
        self.ready.insert(picture.clone(), image);
    }

    fn publish(
        &mut self,
        source: &str,
        variants: &[Variant],
        ending: &str,
        config: &Config,
    ) -> Vec<SizedFile> {
        let name = source.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut published = Vec::with_capacity(variants.len());
        for variant in variants {
            let name = format!("{FOLDER}{stem}-{}.{ending}", variant.width);
            // The name holds the hash of the bytes, so two files with one name are one file.
            let output = assets::output_path(&name, &variant.bytes);
            published.push(SizedFile {
                href: config.base_url.href(&output),
                width: variant.width,
                height: variant.height,
            });
            self.files.entry(output).or_insert_with(|| MadeFile {
                bytes: Arc::clone(&variant.bytes),
                source: source.to_owned(),
            });
        }
        published
    }
}

/// What comes of each job, from memory, from the cache, or made now.
fn make_missing(
    jobs: &BTreeMap<Fingerprint, (&Arc<[u8]>, Purpose)>,
    config: &Config,
    kept: &Kept,
) -> BTreeMap<Fingerprint, Result<Arc<Variants>, Unusable>> {
    let find = |key: Fingerprint| {
        if let Some(remembered) = kept.made.get(key) {
            return Some(remembered);
        }
        let written = kept.cache.as_ref()?.get(key)?;
        let found = Ok(Arc::new(Variants::read(&written)?));
        kept.made.keep(key, found.clone());
        Some(found)
    };
    let found = jobs.par_iter().map(|(key, job)| (*key, job, find(*key)));
    let (found, missing): (Vec<_>, Vec<_>) = found.partition_map(|(key, job, found)| match found {
        Some(found) => rayon::iter::Either::Left((key, found)),
        None => rayon::iter::Either::Right((key, job)),
    });
    if !missing.is_empty() {
        kept.progress.begin("pictures made", missing.len());
    }
    let made = missing.into_par_iter().map(|(key, (bytes, purpose))| {
        let made = variants::make(bytes, *purpose, &config.images).map(Arc::new);
        if let (Ok(variants), Some(cache)) = (&made, &kept.cache) {
            cache.keep(key, &variants.written());
        }
        kept.made.keep(key, made.clone());
        kept.progress.step();
        (key, made)
    });
    found.into_par_iter().chain(made).collect()
}

/// Which pictures the pages of a site show, and where they say so.
#[derive(Default)]
struct Wanted {
    pictures: BTreeMap<(String, Purpose), Vec<Place>>,
    /// Files that a link leads to, or that HTML or a shortcode shows, and where they say so.
    linked: BTreeMap<String, Vec<Place>>,
}

impl Wanted {
    fn of(site: &Site, config: &Config, links: &Links<'_>) -> Self {
        let mut wanted = Self::default();
        let pages = site.pages.iter().map(|placed| &placed.page);
        let sections = site.sections.iter().map(|section| &section.page);
        for page in pages.chain(sections) {
            wanted.look_through(&page.path, &page.body, links);
            let cards = page.front.images.iter().flatten();
            for image in cards.map(|card| &card.path) {
                wanted.note(links, &image.value, Purpose::Card, image.place());
            }
        }
        for author in &site.authors.authors {
            if let Some(image) = &author.image {
                let place = Place {
                    path: author.path.clone(),
                    span: Some(image.span.clone()),
                };
                wanted.note(links, &image.value, Purpose::Card, place);
            }
        }
        let for_all = config.share_image.as_ref();
        let for_all = for_all.and_then(|share_image| share_image.image.as_ref());
        let logo = config.organization.as_ref();
        let logo = logo.and_then(|organization| organization.logo.as_ref());
        for image in for_all.into_iter().chain(logo) {
            let place = image.clone().in_file(FILE).place();
            wanted.note(links, &image.value, Purpose::Card, place);
        }
        wanted
    }

    /// Pictures of the settings that are not there. What pages show is checked when these are finished.
    fn absent(&self, source: &SourceTree) -> Vec<Diagnostic> {
        let absent = self.pictures.iter();
        let absent = absent.filter(|((file, _), _)| source.get(file).is_none());
        let places = absent.flat_map(|((file, _), places)| {
            let in_settings = places.iter().filter(|place| place.path == FILE);
            in_settings.map(move |place| (file, place))
        });
        places
            .map(|(file, place)| {
                Diagnostic::error("there is no such picture")
                    .placed(place)
                    .label(format!("no file `{file}`"))
            })
            .collect()
    }

    fn look_through(&mut self, file: &str, body: &Body, links: &Links<'_>) {
        for piece in body.pieces.iter().filter(|_| body.holds.files) {
            match piece {
                Piece::Html(_) | Piece::Words(_) => {}
                // Of what is in `static`, every file is published anyway.
                Piece::Target(target) if target.written.starts_with('/') => {}
                Piece::Target(target) => {
                    self.note_link(links, file, &target.written, &target.span);
                }
                Piece::Picture(picture) => {
                    let place = Place {
                        path: file.to_owned(),
                        span: Some(picture.target.span.clone()),
                    };
                    self.note(links, &picture.target.written, Purpose::Page, place);
                }
                Piece::Shortcode(shortcode) => {
                    // Which of them name files is the theme's to say.
                    for arg in &shortcode.args {
                        let text = arg.value.value.as_str();
                        if let Some(text) = text.filter(|text| !text.starts_with('/')) {
                            self.note_link(links, file, text, &arg.value.span);
                        }
                    }
                    for inside in shortcode.bodies() {
                        self.look_through(file, inside, links);
                    }
                }
                Piece::Include(include) => self.look_through(&include.path, &include.body, links),
            }
        }
    }

    fn note_link(&mut self, links: &Links<'_>, file: &str, written: &str, span: &Span) {
        if let Some(linked) = links.file(file, written) {
            let place = Place {
                path: file.to_owned(),
                span: Some(span.clone()),
            };
            self.linked.entry(linked).or_default().push(place);
        }
    }

    fn note(&mut self, links: &Links<'_>, written: &str, purpose: Purpose, place: Place) {
        if let Some(file) = links.file(&place.path, written) {
            let places = self.pictures.entry((file, purpose)).or_default();
            // A section's default reaches many pages.
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
}

fn unusable(why: &Unusable, file: &str) -> Diagnostic {
    let (message, label, help) = match why {
        Unusable::NoPicture => (
            "this is no picture",
            format!("`{file}` is not JPEG, PNG, WebP, AVIF, GIF or SVG"),
            "save it in one of these formats: no others are shown by every browser".to_owned(),
        ),
        Unusable::Damaged => (
            "this picture is damaged",
            format!("`{file}` cannot be read to its end"),
            "it may have been copied in part: save it once more, or fetch it again".to_owned(),
        ),
        Unusable::TooLarge { width, height } => (
            "this picture is too large",
            format!("`{file}` has {width} × {height} pixels"),
            format!(
                "save it smaller: at most {} million pixels are read, and readers get far fewer",
                MOST_PIXELS / 1_000_000
            ),
        ),
    };
    Diagnostic::error(message).label(label).help(help)
}
