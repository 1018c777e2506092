//! What one page has to say to a search: its words, and how much each weighs. It takes a page and
//! looks at nothing else.

use std::borrow::Cow;
use std::collections::HashMap;

use super::words::for_each_word;
use crate::hash::{Fingerprint, Hasher};
use crate::html;
use crate::page::{Body, Page, Piece};

/// How much a word counts by where it stands.
const TITLE: f32 = 6.0;
const TERM: f32 = 3.0;
const HEADING: f32 = 2.5;
const DESCRIPTION: f32 = 2.0;
const TEXT: f32 = 1.0;

/// The words of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// By word: how often it stands there, weighted by where.
    pub words: Vec<(String, f32)>,
    /// Words of the text.
    pub length: usize,
}

/// The texts that a digest is made of, each with its weight; the last is the page's own text.
pub struct Source(Vec<(String, f32)>);

impl Digest {
    pub fn source(page: &Page) -> Source {
        let front = &page.front;
        let mut texts = vec![
            (page.title.clone(), TITLE),
            (front.description.clone(), DESCRIPTION),
        ];
        let terms = front.taxonomies.values().flatten();
        texts.extend(terms.map(|term| (term.value.clone(), TERM)));
        let headings = page.body.headings.iter();
        // They are in the text once more.
        texts.extend(headings.map(|heading| (heading.title.clone(), HEADING - TEXT)));
        let mut html = String::new();
        collect(&page.body, &mut html);
        texts.push((html, TEXT));
        Source(texts)
    }

    pub fn of(source: &Source) -> Self {
        let mut weights: HashMap<String, f32> = HashMap::new();
        let mut length = 0;
        for (place, (text, weight)) in source.0.iter().enumerate() {
            let text = match place + 1 == source.0.len() {
                true => Cow::Owned(html::text(text)),
                false => Cow::Borrowed(text.as_str()),
            };
            length = 0;
            for_each_word(&text, |word| {
                length += 1;
                match weights.get_mut(word) {
                    Some(known) => *known += weight,
                    None => _ = weights.insert(word.to_owned(), *weight),
                }
            });
        }
        let mut words: Vec<(String, f32)> = weights.into_iter().collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Self { words, length }
    }
}

impl Source {
    /// A fingerprint of everything that the digest depends on.
    pub fn key(&self) -> Fingerprint {
        let mut hasher = Hasher::default();
        for (text, weight) in &self.0 {
            hasher.add(text.as_bytes());
            hasher.add(&weight.to_le_bytes());
        }
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
