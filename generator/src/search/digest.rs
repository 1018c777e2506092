//! What one page has to say to a search: its words, and how much each weighs. It takes a page and
//! looks at nothing else.

use rustc_hash::FxHashMap;

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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// One after the other in their order: a large site has many digests.
    text: Box<str>,
    /// Where each word ends in it.
    words: Box<[(u32, Said)]>,
    /// Words of the page's text.
    pub length: usize,
}

/// Where a word stands on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Said {
    /// How much of the title it is: nothing, or 1, and soon more in a short one, up to 2 where it is alone.
    pub title: f32,
    /// How often it stands in what sums the page up, weighted by where.
    pub summary: f32,
    /// How often it stands in the text, of which a long one has more of everything.
    pub text: f32,
}

/// The texts that a digest is made of.
pub struct Source {
    title: String,
    /// Each with its weight.
    summary: Vec<(String, f32)>,
    html: String,
}

impl Digest {
    pub fn source(page: &Page) -> Source {
        let front = &page.front;
        let mut summary = vec![(front.description.clone(), DESCRIPTION)];
        let terms = front.terms.iter().flat_map(|(_, terms)| terms);
        summary.extend(terms.map(|term| (term.value.clone(), TERM)));
        let headings = page.body.headings.iter();
        // They are in the text once more.
        summary.extend(headings.map(|heading| (heading.title.clone(), HEADING - TEXT)));
        let mut html = String::new();
        collect(&page.body, &mut html);
        Source {
            title: page.title.clone(),
            summary,
            html,
        }
    }

    pub fn of(source: &Source) -> Self {
        let mut heard = Heard::default();
        let in_title = heard.hear(&source.title, Said::default());
        let title = 1.0 + 1.0 / (in_title.max(1) as f32).powi(2);
        for (_, said) in &mut heard.words {
            said.title = title;
        }
        for (text, weight) in &source.summary {
            let summary = *weight;
            let said = Said::default();
            heard.hear(text, Said { summary, ..said });
        }
        let said = Said::default();
        let length = heard.hear(&html::text(&source.html), Said { text: TEXT, ..said });

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

impl Source {
    /// A fingerprint of everything that the digest depends on.
    pub fn key(&self) -> Fingerprint {
        let mut hasher = Hasher::default();
        hasher.add(self.title.as_bytes());
        for (text, weight) in &self.summary {
            hasher.add(text.as_bytes());
            hasher.add(&weight.to_le_bytes());
        }
        hasher.add(self.html.as_bytes());
        hasher.finish()
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
