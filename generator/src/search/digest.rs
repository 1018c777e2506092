//! What one page has to say to a search: its words, and how much each weighs. It takes a page and
//! looks at nothing else.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::words::for_each_word;
use crate::diagnostic::Span;
use crate::hash::{Fingerprint, Hasher};
use crate::html;
use crate::page::{Body, Page, Piece};

/// How much a word counts by where it stands. The title counts apart.
const TERM: f32 = 3.0;
const HEADING: f32 = 2.5;
const DESCRIPTION: f32 = 2.0;
const TEXT: f32 = 1.0;

/// The words of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// One after the other in their order: a large site has many digests.
    text: Box<str>,
    /// Where each word ends in it.
    #[serde(with = "packed")]
    words: Box<[(u32, Said)]>,
    /// Words of the page's text.
    pub length: usize,
}

/// Where a word stands on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// How much of the title it is: nothing, or 1, and soon more in a short one, up to 2 where it is alone.
    pub title: f32,
    /// How often it stands in what sums the page up, weighted by where.
    pub summary: f32,
    /// How often it stands in the text, of which a long one has more of everything.
    pub text: f32,
}

impl Digest {
    /// A fingerprint of everything that the digest of a page depends on.
    pub fn key(page: &Page) -> Fingerprint {
        let mut hasher = Hasher::default();
        hasher.add(&page.text.bytes());
        hasher.add(page.title.as_bytes());
        for (text, weight) in summary(page) {
            hasher.add(text.as_bytes());
            hasher.add(&weight.to_le_bytes());
        }
        hasher.finish()
    }

    /// Of a page with its whole text.
    pub fn of(page: &Page) -> Self {
        let mut heard = Heard::default();
        let in_title = heard.hear(&page.title, Said::default());
        let title = 1.0 + 1.0 / (in_title.max(1) as f32).powi(2);
        for (_, said) in &mut heard.words {
            said.title = title;
        }
        for (text, summary) in summary(page) {
            let said = Said::default();
            heard.hear(text, Said { summary, ..said });
        }
        let said = Said::default();
        let mut html = String::new();
        collect(&page.body, &mut html);
        let length = heard.hear(&html::text(&html), Said { text: TEXT, ..said });

        let mut found: FxHashMap<&str, Said> = FxHashMap::default();
        for (span, said) in &heard.words {
            let known = found.entry(&heard.text[span.clone()]).or_default();
            known.title = known.title.max(said.title);
            known.summary += said.summary;
            known.text += said.text;
        }
        let mut sorted: Vec<(u64, &str, Said)> = found
            .into_iter()
            .map(|(word, said)| (beginning(word), word, said))
            .collect();
        sorted.sort_unstable_by_key(|(beginning, word, _)| (*beginning, *word));

        let mut text = String::with_capacity(sorted.iter().map(|(_, word, _)| word.len()).sum());
        let words = sorted.into_iter().map(|(_, word, said)| {
            text.push_str(word);
            (text.len() as u32, said)
        });
        Self {
            words: words.collect(),
            text: text.into_boxed_str(),
            length,
        }
    }

    /// In their order.
    pub fn words(&self) -> impl Iterator<Item = (&str, Said)> {
        let mut start = 0;
        self.words.iter().map(move |(end, said)| {
            let word = &self.text[start..*end as usize];
            start = *end as usize;
            (word, *said)
        })
    }
}

/// Words as often as they were said.
#[derive(Default)]
struct Heard {
    text: String,
    /// Where each stands in it.
    words: Vec<(Span, Said)>,
}

impl Heard {
    /// Gives the number of words.
    fn hear(&mut self, text: &str, said: Said) -> usize {
        let before = self.words.len();
        for_each_word(text, |word| {
            let start = self.text.len();
            self.text.push_str(word);
            self.words.push((start..self.text.len(), said));
        });
        self.words.len() - before
    }
}

/// The first letters of a word as a number in the same order: few words have to be compared further.
fn beginning(word: &str) -> u64 {
    let mut bytes = [0; 8];
    for (byte, letter) in bytes.iter_mut().zip(word.bytes()) {
        *byte = letter;
    }
    u64::from_be_bytes(bytes)
}

/// What sums a page up besides its title, each with its weight.
fn summary(page: &Page) -> impl Iterator<Item = (&str, f32)> {
    let terms = page.front.terms.iter().flat_map(|(_, terms)| terms);
    let terms = terms.map(|term| (term.value.as_str(), TERM));
    let headings = page.body.headings.iter();
    // They are in the text once more.
    let headings = headings.map(|heading| (heading.title.as_str(), HEADING - TEXT));
    let description = (page.front.description.as_str(), DESCRIPTION);
    std::iter::once(description).chain(terms).chain(headings)
}

/// Words in few bytes: most of them stand in the text alone, some times.
mod packed {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Said;

    #[derive(Serialize, Deserialize)]
    enum Packed {
        Times(u16),
        Said(Said),
    }

    pub fn serialize<S: Serializer>(
        words: &[(u32, Said)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut start = 0;
        let packed = words.iter().map(|(end, said)| {
            let length = end - start;
            start = *end;
            let times = said.text as u16;
            let in_text = Said {
                text: f32::from(times),
                ..Said::default()
            };
            match *said == in_text {
                true => (length, Packed::Times(times)),
                false => (length, Packed::Said(*said)),
            }
        });
        serializer.collect_seq(packed)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<[(u32, Said)]>, D::Error> {
        let packed = Vec::<(u32, Packed)>::deserialize(deserializer)?;
        let mut end = 0;
        let words = packed.into_iter().map(|(length, packed)| {
            end += length;
            let said = match packed {
                Packed::Times(times) => Said {
                    text: f32::from(times),
                    ..Said::default()
                },
                Packed::Said(said) => said,
            };
            (end, said)
        });
        Ok(words.collect())
    }
}

/// What a body says, without what shortcodes compute.
fn collect(body: &Body, html: &mut String) {
    for piece in &body.pieces {
        match piece {
            Piece::Html(more) => html.push_str(more),
            // Inside of an attribute.
            Piece::Target(_) | Piece::Words(_) => {}
            Piece::Picture(picture) => {
                let alt = picture.alt.as_deref().unwrap_or_default();
                // Read as HTML, like everything around it.
                html.push_str(&alt.replace('&', "&amp;").replace('<', "&lt;"));
            }
            Piece::Include(include) => collect(&include.body, html),
            Piece::Shortcode(shortcode) => {
                html.push(' ');
                for body in shortcode.bodies() {
                    collect(body, html);
                    html.push(' ');
                }
            }
        }
    }
}
