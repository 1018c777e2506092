//! Pictures as HTML. Pages run without inline style, so the colour of a place that a picture has
//! yet to fill is said by classes: eight steps of red, green and blue, which a theme gives a meaning.

use std::fmt::Write;

use pulldown_cmark_escape::escape_html;

use super::{SizedFile, Sizes};
use crate::page::Attributes;

/// A picture as its author wrote it.
pub struct Shown<'a> {
    pub alt: &'a str,
    pub title: &'a str,
    /// Ids and classes that its author gave it.
    pub attributes: &'a Attributes,
    /// How wide it is shown, as HTML's `sizes` says it.
    pub sizes: &'a str,
    pub loading: Loading,
}

/// When a browser fetches a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    AtOnce,
    /// When a reader comes near.
    Late,
    /// As whoever shows it likes, and without a choice of sizes: for feeds.
    Unsaid,
}

/// A file as it is, by its escaped address, with its size if that is known.
pub fn file(address: &str, size: Option<(u32, u32)>, shown: &Shown<'_>) -> String {
    let mut html = format!("<img src=\"{address}\"");
    describe(&mut html, shown);
    if let Some((width, height)) = size {
        // Writing to a String cannot fail, here and below.
        let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
    }
    shown.attributes.write(size.map_or("", shape), &mut html);
    if size.is_some() {
        loading(&mut html, shown);
    }
    html.push_str(" />");
    html
}

/// A picture in the sizes that were made of it.
pub fn sizes(picture: &Sizes, shown: &Shown<'_>) -> String {
    let middle = picture.middle();
    if shown.loading == Loading::Unsaid {
        return file(&middle.href, Some((middle.width, middle.height)), shown);
    }
    let mut html = String::new();
    let has_choice = !picture.avif.is_empty();
    if has_choice {
        html.push_str("<picture><source type=\"image/avif\"");
        choice(&mut html, &picture.avif, shown.sizes);
        html.push_str(" />");
    }
    let _ = write!(html, "<img src=\"{}\"", middle.href);
    if picture.main.len() > 1 {
        choice(&mut html, &picture.main, shown.sizes);
    }
    describe(&mut html, shown);
    let widest = picture.widest();
    let _ = write!(
        html,
        " width=\"{}\" height=\"{}\"",
        widest.width, widest.height
    );
    let tint = picture.colour.map(|colour| {
        let [red, green, blue] = colour.map(|part| part / 32);
        format!("tint tint-r{red} tint-g{green} tint-b{blue}")
    });
    let shape = Some(shape((widest.width, widest.height)));
    let shape = shape.filter(|shape| !shape.is_empty());
    let classes: Vec<&str> = tint.as_deref().into_iter().chain(shape).collect();
    shown.attributes.write(&classes.join(" "), &mut html);
    loading(&mut html, shown);
    html.push_str(" />");
    if has_choice {
        html.push_str("</picture>");
    }
    html
}

/// The class of a picture that is a good deal taller than wide: a style sheet has no other way to know.
fn shape((width, height): (u32, u32)) -> &'static str {
    match u64::from(height) * 4 > u64::from(width) * 5 {
        true => "tall",
        false => "",
    }
}

fn choice(html: &mut String, files: &[SizedFile], sizes: &str) {
    html.push_str(" srcset=\"");
    for (number, file) in files.iter().enumerate() {
        let comma = if number == 0 { "" } else { ", " };
        let _ = write!(html, "{comma}{} {}w", file.href, file.width);
    }
    html.push_str("\" sizes=\"");
    let _ = escape_html(&mut *html, sizes);
    html.push('"');
}

fn describe(html: &mut String, shown: &Shown<'_>) {
    html.push_str(" alt=\"");
    let _ = escape_html(&mut *html, shown.alt);
    html.push('"');
    if !shown.title.is_empty() {
        html.push_str(" title=\"");
        let _ = escape_html(&mut *html, shown.title);
        html.push('"');
    }
}

fn loading(html: &mut String, shown: &Shown<'_>) {
    html.push_str(match shown.loading {
        Loading::AtOnce => " decoding=\"async\"",
        Loading::Late => " loading=\"lazy\" decoding=\"async\"",
        Loading::Unsaid => "",
    });
}
