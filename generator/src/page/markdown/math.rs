//! Formulas in TeX's notation, drawn as MathML while the site is built.

use std::ops::Range;
use std::sync::LazyLock;

use math_core::{LatexToMathML, MathDisplay};

use super::MARK;
use super::writer::Writer;
use crate::diagnostic::{Diagnostic, Span};

static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(LatexToMathML::default);

/// Styles that the converter writes into attributes, which the policy blocks, and
/// the theme's classes for them.
const CLASSES: [(&str, &str); 12] = [
    ("text-align:left", "math-left"),
    ("justify-items:start", ""),
    ("text-align:right", "math-right"),
    ("justify-items:end", ""),
    ("padding-left:0", "math-joins-left"),
    ("padding-right:0", "math-joins-right"),
    ("padding-left:1em", "math-apart"),
    ("padding-top:0", "math-close"),
    ("padding-bottom:0", ""),
    ("width:100%", "math-wide"),
    ("width:50%", "math-half"),
    ("font-variant-caps:small-caps", "math-small-caps"),
];

/// What is wrong with a formula, and where in it.
struct Wrong {
    span: Range<usize>,
    message: String,
}

impl Writer<'_, '_, '_> {
    pub(super) fn inline_math(&mut self, tex: &str, range: Span) {
        self.add_to_heading(tex);
        // `$10M to $25M` has a formula between its two dollars.
        if self.marked[range.end..].starts_with(|next: char| next.is_ascii_digit()) {
            let prices = Diagnostic::warning("this may be two prices")
                .label("readers see a formula that ends at the second dollar")
                .help("write `\\$` for a dollar that is one");
            self.report(prices, range.clone());
        }
        if let Some(mathml) = self.mathml(tex, MathDisplay::Inline, range) {
            self.out.html.push_str(&mathml);
        }
    }

    /// A formula on a line of its own, which scrolls where it is too wide.
    pub(super) fn display_math(&mut self, tex: &str, range: Span) {
        self.add_to_heading(tex);
        if let Some(mathml) = self.mathml(tex, MathDisplay::Block, range) {
            self.out
                .html
                .push_str("<span class=\"math-scroll\" tabindex=\"0\">");
            self.out.html.push_str(&mathml);
            self.out.html.push_str("</span>");
        }
    }

    /// A code block whose language is `math`.
    pub(super) fn math_block(&mut self, tex: &str, range: Span) {
        if let Some(mathml) = self.mathml(tex, MathDisplay::Block, range) {
            self.out.block("<div class=\"math-scroll\" tabindex=\"0\">");
            self.out.html.push_str(&mathml);
            self.out.html.push_str("</div>\n");
        }
    }

    fn mathml(&mut self, tex: &str, display: MathDisplay, range: Span) -> Option<String> {
        // A shortcode in it is reported in the end, with all others that found no place.
        if tex.contains(MARK) {
            return None;
        }
        self.count_words(tex);
        match mathml(tex, display) {
            Ok(mathml) => Some(mathml),
            Err(wrong) => {
                let written = &self.marked[range.clone()];
                let span = match written.find(tex) {
                    Some(start) => {
                        let start = range.start + start;
                        start + wrong.span.start..start + wrong.span.end
                    }
                    None => range,
                };
                let message =
                    Diagnostic::error("this formula cannot be drawn").label(wrong.message);
                self.report(message, span);
                None
            }
        }
    }
}

fn mathml(tex: &str, display: MathDisplay) -> Result<String, Wrong> {
    match CONVERTER.convert_with_local_state(tex, display) {
        Ok(converted) => without_styles(&converted.mathml).ok_or_else(|| Wrong {
            span: 0..tex.len(),
            message: "it uses colours or lengths of its own, which pages cannot have".to_owned(),
        }),
        Err(error) => Err(Wrong {
            span: error.0.start.min(tex.len())..error.0.end.min(tex.len()),
            message: error.error_message(),
        }),
    }
}

/// Classes in the place of style attributes; `None` if there is a style without a class.
fn without_styles(mathml: &str) -> Option<String> {
    let mut written = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some((before, after)) = rest.split_once(" style=\"") {
        let (style, after) = after.split_once('"')?;
        let mut classes = Vec::new();
        for declaration in style.split(';').filter(|one| !one.trim().is_empty()) {
            let declaration = declaration.replace(' ', "");
            let (_, class) = CLASSES.iter().find(|(known, _)| *known == declaration)?;
            classes.extend(Some(*class).filter(|class| !class.is_empty()));
        }
        written.push_str(before);
        if !classes.is_empty() {
            written.push_str(&format!(" class=\"{}\"", classes.join(" ")));
        }
        rest = after;
    }
    written.push_str(rest);
    Some(written)
}
