//! Which pages are about the same things: an inverted index over terms, titles and headings, weighted by
//! TF-IDF. What two pages share counts more the fewer other pages have it, and a term counts more than
//! a word.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::Site;

/// A term counts as much as this many words of a title.
const TERM: f64 = 3.0;
const SERIES: f64 = 4.0;
const TITLE_WORD: f64 = 2.0;
const HEADING_WORD: f64 = 1.0;

/// Letters of the shortest word that says what a page is about.
const SHORTEST_WORD: usize = 4;

/// What more pages than this have says nothing, and comparing them all would take its square.
const COMMON: usize = 1_000;

/// Pages that are less alike than this share a word by chance. Of a million.
const LEAST: u64 = 50_000;

/// Every page by what it is about.
pub struct Index {
    features: Vec<Feature>,
    /// What each page is about, with its weight, so that the squares of all weights add up to 1.
    pages: Vec<Weights>,
    /// Newest first.
    rank: Vec<usize>,
}

struct Feature {
    reason: Reason,
    /// Pages that have it, with its weight on each.
    pages: Weights,
}

/// Pages with the weight of one feature on each, in their order.
type Weights = Vec<(usize, f64)>;

/// Room for the sums of one page, so that the next need not ask for its own.
#[derive(Default)]
pub struct Scratch {
    /// For each page, how alike it is to the one that is looked at.
    alike: Vec<f64>,
    /// Where that is not nothing.
    touched: Vec<usize>,
}

/// What two pages have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Term { taxonomy: String, name: String },
    Word(String),
}

/// How alike a page is, of a million, and for what reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinship {
    pub page: usize,
    pub score: u64,
    /// The weightiest first: the reason, its part of the score, and how many pages have it.
    pub reasons: Vec<(Reason, u64, usize)>,
}

impl Index {
    pub fn new(site: &Site) -> Self {
        let mut features: Vec<((usize, Reason), Weights)> = Vec::new();
        for taxonomy in &site.taxonomies {
            let weight = if taxonomy.series { SERIES } else { TERM };
            for term in &taxonomy.terms {
                let reason = Reason::Term {
                    taxonomy: taxonomy.name.clone(),
                    name: term.name.clone(),
                };
                let written = term.pages.iter().copied();
                let written =
                    written.filter(|page| site.pages[*page].language == taxonomy.language);
                let mut pages: Weights = written.map(|page| (page, weight)).collect();
                pages.sort_by_key(|(page, _)| *page);
                features.push(((taxonomy.language, reason), pages));
            }
        }
        let mut in_language = BTreeMap::<usize, usize>::new();
        let mut by_word: Vec<HashMap<String, Weights>> = Vec::new();
        for (index, placed) in site.pages.iter().enumerate() {
            *in_language.entry(placed.language).or_default() += 1;
            if by_word.len() <= placed.language {
                by_word.resize_with(placed.language + 1, HashMap::new);
            }
            let by_word = &mut by_word[placed.language];
            let headings = placed.page.body.headings.iter();
            let title = words(&placed.page.title).map(|word| (word, TITLE_WORD));
            let headings = headings
                .flat_map(|heading| words(&heading.title))
                .map(|word| (word, HEADING_WORD));
            for (word, weight) in title.chain(headings) {
                let pages = by_word.entry(word).or_default();
                match pages.last_mut() {
                    Some((page, known)) if *page == index => *known = known.max(weight),
                    _ => pages.push((index, weight)),
                }
            }
        }
        for (language, by_word) in by_word.into_iter().enumerate() {
            let words = by_word.into_iter();
            features.extend(words.map(|(word, pages)| ((language, Reason::Word(word)), pages)));
        }
        features.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Self::weighted(site, features, &in_language)
    }

    fn weighted(
        site: &Site,
        features: Vec<((usize, Reason), Weights)>,
        in_language: &BTreeMap<usize, usize>,
    ) -> Self {
        let mut index = Self {
            features: Vec::new(),
            pages: vec![Vec::new(); site.pages.len()],
            rank: rank(site),
        };
        for ((language, reason), pages) in features {
            let all = in_language.get(&language).copied().unwrap_or_default();
            // A word that every third page has, such as "what", is no subject.
            let is_word = matches!(reason, Reason::Word(_));
            if pages.len() < 2 || pages.len() > COMMON || is_word && pages.len() * 3 > all.max(6) {
                continue;
            }
            let rarity = rarity(all, pages.len());
            let number = index.features.len();
            for (page, weight) in &pages {
                index.pages[*page].push((number, weight * rarity));
            }
            index.features.push(Feature {
                reason,
                pages: Vec::new(),
            });
        }
        for (page, weights) in index.pages.iter_mut().enumerate() {
            let length = weights
                .iter()
                .map(|(_, weight)| weight * weight)
                .sum::<f64>()
                .sqrt();
            for (feature, weight) in weights {
                *weight /= length;
                index.features[*feature].pages.push((page, *weight));
            }
        }
        index
    }

    /// The `most` pages that are most like one, the most alike first, ties broken by date and then by path.
    /// `scratch` may be that of another page.
    pub fn kin(&self, page: usize, most: usize, scratch: &mut Scratch) -> Vec<(usize, u64)> {
        scratch.alike.resize(self.pages.len(), 0.0);
        for (feature, own) in &self.pages[page] {
            for (other, weight) in &self.features[*feature].pages {
                let alike = &mut scratch.alike[*other];
                if *alike == 0.0 {
                    scratch.touched.push(*other);
                }
                *alike += own * weight;
            }
        }
        let mut kin: Vec<(Reverse<u64>, usize, usize)> = Vec::new();
        for other in scratch.touched.drain(..) {
            let score = millionths(std::mem::take(&mut scratch.alike[other]));
            if score >= LEAST && other != page {
                kin.push((Reverse(score), self.rank[other], other));
            }
        }
        if kin.len() > most {
            kin.select_nth_unstable(most);
            kin.truncate(most);
        }
        kin.sort_unstable();
        kin.into_iter()
            .map(|(Reverse(score), _, other)| (other, score))
            .collect()
    }

    /// The same, with what the pages have in common.
    pub fn explained(&self, page: usize) -> Vec<Kinship> {
        let explain = |(other, score)| {
            let mut reasons: Vec<(Reason, u64, usize)> = self.pages[page]
                .iter()
                .filter_map(|(feature, own)| {
                    let feature = &self.features[*feature];
                    let (_, weight) = feature.pages.iter().find(|(page, _)| *page == other)?;
                    let part = millionths(own * weight);
                    Some((feature.reason.clone(), part, feature.pages.len()))
                })
                .collect();
            reasons.sort_by(|(one, a, _), (other, b, _)| (b, one).cmp(&(a, other)));
            Kinship {
                page: other,
                score,
                reasons,
            }
        };
        let kin = self.kin(page, usize::MAX, &mut Scratch::default());
        kin.into_iter().map(explain).collect()
    }
}

/// Places of the pages, the newest first; undated ones share the last.
fn rank(site: &Site) -> Vec<usize> {
    let mut rank = vec![usize::MAX; site.pages.len()];
    for newest in &site.newest {
        for (place, index) in newest.iter().enumerate() {
            rank[*index] = rank[*index].min(place);
        }
    }
    rank
}

/// The words of a text that say what it is about.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|one: char| !one.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .map(str::to_lowercase)
}

/// The inverse document frequency in bits. Rounded, so that no platform's logarithm shows.
fn rarity(all: usize, having: usize) -> f64 {
    let bits = ((all + 1) as f64 / having as f64).log2();
    (bits * 1_000.0).round() / 1_000.0
}

/// Rounded, so that the order of pages does not hang on the last bit.
fn millionths(part: f64) -> u64 {
    (part * 1e6).round() as u64
}
