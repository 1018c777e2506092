//! What the parts of a build cost, one by one and on one thread: parsing, finding related pages, rendering, and the index of the search.
#![expect(dead_code, reason = "builds, whose corpus this is, need more of it")]

mod corpus;
mod folder;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use tallypress::config::{self, Config};
use tallypress::date::Date;
use tallypress::hash::Fingerprint;
use tallypress::memory::Memory;
use tallypress::plan::{self, Material, Order};
use tallypress::render::Press;
use tallypress::search::{self, Digest, Document};
use tallypress::share_images::ShareImages;
use tallypress::site::{self, Publication, Relations, Site};
use tallypress::source::SourceTree;
use tallypress::theme::{self, Theme};
use tallypress::{assemble, data, images, models, page, variables, words};

use crate::corpus::{Article, Flavour};

const ARTICLES: usize = 1_000;
/// Of them are parsed or rendered in one turn.
const TURN: usize = 50;
/// Related pages that are looked for, as the generator does.
const RELATED: usize = 3;

fn main() {
    divan::main();
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let articles: Vec<(String, String)> = (0..TURN).map(article).collect();
    let bytes: usize = articles.iter().map(|(_, text)| text.len()).sum();
    let source = library(&["site"]);
    let (config, _) = config::parse(&source, None);
    let reading = config.reading();
    bencher
        .counter(ItemsCount::new(TURN))
        .counter(BytesCount::new(bytes))
        .bench(|| {
            for (path, text) in &articles {
                let fingerprint = Fingerprint::of(text.as_bytes());
                let draft = page::Draft::of(path, text, fingerprint, &source);
                black_box(page::parse(&draft, &reading));
            }
        });
}

#[divan::bench(sample_count = 20)]
fn related(bencher: Bencher<'_, '_>) {
    let (site, _) = assembled(&library(&["site", "full"]));
    bencher.counter(ItemsCount::new(ARTICLES)).bench(|| {
        let index = site::Index::new(&site);
        let mut scratch = Default::default();
        for page in 0..site.pages.len() {
            black_box(index.kin(page, RELATED, &mut scratch));
        }
    });
}

#[divan::bench(sample_count = 20)]
fn search_words(bencher: Bencher<'_, '_>) {
    let (site, _) = assembled(&library(&["site", "full"]));
    bencher.counter(ItemsCount::new(ARTICLES)).bench(|| {
        for placed in &site.pages {
            black_box(Digest::of(&placed.page));
        }
    });
}

#[divan::bench(sample_count = 20)]
fn search_index(bencher: Bencher<'_, '_>) {
    let (site, _) = assembled(&library(&["site", "full"]));
    let pages: Vec<(Document, Arc<Digest>)> = site
        .pages
        .iter()
        .map(|placed| {
            let document = Document {
                title: placed.page.title.clone(),
                path: placed.address.to_string(),
                description: placed.page.front.description.clone(),
                day: String::new(),
            };
            (document, Arc::new(Digest::of(&placed.page)))
        })
        .collect();
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .bench(|| search::index(black_box(&pages), "assets/search"));
}

/// Articles become pages: first all that a template sees of one, then its HTML, in which links are found.
#[divan::bench(args = ["plain", "default-theme"], sample_count = 20)]
fn render(bencher: Bencher<'_, '_>, theme: &str) {
    let layers: &[&str] = match theme {
        "plain" => &["site"],
        _ => &["site", "full"],
    };
    let source = library(layers);
    let (site, config) = assembled(&source);
    let theme = Theme::load(&source, &config.theme).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let memory = Memory::default();
    let (models, _) = models::load(&source, &config, &memory.models);
    let (data, _) = data::load(&source);
    let (images, _) = images::prepare(&site, &config, &source, &memory.images);
    let (variables, _) = variables::of_site(&theme, &config, &source);
    let (words, _) = words::of_site(&theme, &config);
    let material = Material {
        models: &models,
        data: &data,
        images: &images,
        share_images: &ShareImages::default(),
        variables: &variables,
        words: &words,
        digests: &[],
    };
    let (plan, _) = plan::plan(&site, &config, &theme, material, &source);
    let press = Press::new(&theme, plan.shared()).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let articles = plan.orders.values();
    let articles: Vec<_> = articles
        .filter(|planned| matches!(planned.order, Order::Article { .. }))
        .take(TURN)
        .collect();
    bencher.counter(ItemsCount::new(TURN)).bench(|| {
        for planned in &articles {
            let made = plan.job(planned);
            black_box(press.render(&made.job)).expect("a page");
        }
    });
}

/// The path and the text of one article.
fn article(number: usize) -> (String, String) {
    let article = Article::new(number);
    let path = format!("{}/{}", Flavour::Plain.folder(), article.file());
    (path, article.text(Flavour::Plain))
}

/// A site of the benches, made of these folders of theirs, as if it had been read.
fn library(layers: &[&str]) -> SourceTree {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench");
    let themes = theme::embedded().into_iter();
    let themes = themes.map(|(path, bytes)| (path, Arc::from(bytes)));
    let layers = layers.iter().map(|layer| bench.join(layer));
    let settings = layers.flat_map(|layer| {
        let files = folder::files(&layer).expect("the folder of a site");
        files.into_iter().map(move |file| {
            let path = file.strip_prefix(&layer).expect("a file in it");
            let bytes = fs::read(&file).expect("a file");
            (path.to_string_lossy().into_owned(), Arc::from(bytes))
        })
    });
    let articles = (0..ARTICLES).map(|number| {
        let (path, text) = article(number);
        (path, Arc::from(text.into_bytes()))
    });
    themes.chain(settings).chain(articles).collect()
}

fn assembled(source: &SourceTree) -> (Site, Config) {
    let (config, _) = config::parse(source, None);
    let publication = Publication {
        now: Date::parse("2026-06-15").expect("a day"),
        drafts: false,
    };
    let (site, _) = assemble(
        source,
        &config,
        publication,
        Relations::ALL,
        &Memory::default(),
    );
    (site, config)
}
