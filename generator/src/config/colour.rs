//! Colours as authors write them, which is as CSS has them.

use crate::diagnostic::Diagnostic;
use crate::fields::Fields;

/// A colour that covers what is behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Colour {
    /// As written.
    pub css: String,
    /// Red, green and blue, as screens take them.
    pub rgb: [u8; 3],
    /// The same as amounts of light, each from 0 to 1.
    light: [f32; 3],
}

impl Colour {
    /// # Errors
    /// What is wrong with it, without a place.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        const EXAMPLES: &str =
            "colours are written as in CSS: `#0b6e4f`, `teal`, `oklch(0.48 0.1 160)`";
        let is_bare = text.bytes().all(|one| one.is_ascii_hexdigit());
        let parsed = csscolorparser::parse(text);
        let parsed = match parsed {
            // The library also takes `ff0000`, which CSS does not.
            Ok(_) if is_bare => {
                let wrong = Diagnostic::error(format!("there is no colour `{text}`"));
                return Err(wrong
                    .label(EXAMPLES)
                    .help(format!("digits follow a `#`: `#{text}`")));
            }
            Ok(parsed) => parsed.clamp(),
            Err(_) => {
                let names = csscolorparser::NAMED_COLORS.keys();
                let wrong = Diagnostic::error(format!("there is no colour `{text}`"));
                return Err(wrong
                    .label(EXAMPLES)
                    .suggest(text, names.map(|name| name.as_str())));
            }
        };
        let [red, green, blue, alpha] = parsed.to_rgba8();
        let [red_light, green_light, blue_light, _] = parsed.to_linear_rgba();
        match alpha {
            u8::MAX => Ok(Self {
                css: text.to_owned(),
                rgb: [red, green, blue],
                light: [red_light, green_light, blue_light],
            }),
            _ => Err(Diagnostic::error("this colour shows what is behind it")
                .label("contrast can be told of whole colours only: leave out how much it covers")),
        }
    }

    /// Reads the colour of a key, if it is written.
    pub fn read(fields: &mut Fields<'_>, key: &'static str) -> Option<Self> {
        let written = fields.text(key)?;
        let path = fields.path();
        match Self::parse(&written.value) {
            Ok(colour) => Some(colour),
            Err(wrong) => {
                fields.report(wrong.at(path, written.span));
                None
            }
        }
    }

    /// How far two colours are apart for the eye, as WCAG 2.2 defines contrast: from 1 to 21.
    pub fn contrast(&self, other: &Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(&self) -> f64 {
        let [red, green, blue] = self.light.map(f64::from);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
