//! Files that tell every reader where they were taken. A build takes that out of pictures beside pages; what is in
//! `static`, and films, are published as they are.

use super::Evidence;
use crate::diagnostic::Diagnostic;
use crate::images;

/// How files of films end in which phones write the place.
const FILMS: [&str; 4] = ["m4v", "mov", "mp4", "3gp"];

/// The names below which they write it.
const NAMES: [&[u8]; 2] = [b"\xa9xyz", b"com.apple.quicktime.location.ISO6709"];

pub fn told(evidence: &Evidence<'_>) -> Vec<Diagnostic> {
    let pictures = evidence.source.below("static/");
    let pictures = pictures.filter(|(_, bytes)| images::say_where(bytes)).map(|(path, _)| {
        Diagnostic::warning("this picture says where it was taken")
            .in_file(path)
            .label("files in `static` are published with all that a camera wrote into them")
            .help("put it beside the page that shows it, where this is left out, or save it without its location")
    });
    let films = evidence.source.below("");
    let films =
        films.filter(|(path, _)| path.starts_with("content/") || path.starts_with("static/"));
    let films = films.filter(|(path, bytes)| is_film(path) && film_says_where(bytes));
    let films = films.map(|(path, _)| {
        Diagnostic::warning("this video says where it was taken")
            .in_file(path)
            .label("it is published with all that a camera wrote into it")
            .help("export it once more without its location")
    });
    pictures.chain(films).collect()
}

fn is_film(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    FILMS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn film_says_where(bytes: &[u8]) -> bool {
    NAMES
        .iter()
        .any(|name| bytes.windows(name.len()).any(|window| window == *name))
}
