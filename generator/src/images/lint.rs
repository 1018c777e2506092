//! What `check` says of pictures.

use crate::diagnostic::Diagnostic;
use crate::page::{Body, Page, Piece};

/// A warning for each picture of a page without a description, unless it is said to be decoration.
pub fn missing_descriptions(page: &Page) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    look_through(&page.path, &page.body, &mut warnings);
    warnings
}

fn look_through(path: &str, body: &Body, warnings: &mut Vec<Diagnostic>) {
    for piece in &body.pieces {
        match piece {
            Piece::Picture(picture) if picture.alt.is_none() => warnings.push(
                Diagnostic::warning("a picture without a description")
                    .at(path, picture.target.span.clone())
                    .label("nobody who does not see it learns what it shows")
                    .help("write `![What it shows](…)`, or `![\"\"](…)` if it is decoration"),
            ),
            Piece::Shortcode(shortcode) => {
                for inside in shortcode.bodies() {
                    look_through(path, inside, warnings);
                }
            }
            Piece::Include(include) => look_through(&include.path, &include.body, warnings),
            Piece::Html(_) | Piece::Target(_) | Piece::Picture(_) | Piece::Words(_) => {}
        }
    }
}
