//! What one page has to say to a search: its words, and how much each weighs. It takes a page and
//! looks at nothing else.

use std::collections::HashMap;

use super::words::for_each_word;
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
    pub words: Vec<(String, Said)>,
    /// Words of the text.
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
        let terms = front.taxonomies.values().flatten();
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
        let mut words: HashMap<String, Said> = HashMap::new();
        let mut add = |text: &str, count: &dyn Fn(&mut Said)| {
            let mut length = 0;
            for_each_word(text, |word| {
                length += 1;
                match words.get_mut(word) {
                    Some(said) => count(said),
                    None => count(words.entry(word.to_owned()).or_default()),
                }
            });
            length
        };
        let in_title = add(&source.title, &|_| {}).max(1) as f32;
        add(&source.title, &|said| {
            said.title = 1.0 + 1.0 / in_title.powi(2)
        });
        for (text, weight) in &source.summary {
            add(text, &|said| said.summary += weight);
        }
        let length = add(&html::text(&source.html), &|said| said.text += TEXT);
        let mut words: Vec<(String, Said)> = words.into_iter().collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Self { words, length }
    }
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
