//! Colours as authors write them, which is as CSS has them.

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
    /// What to say where something else is written.
    pub const EXPECTED: &str = "this is not a colour that covers what is behind it";
    pub const EXAMPLES: &str =
        "colours are written as in CSS: `#0b6e4f`, `teal`, `oklch(0.48 0.1 160)`";

    pub fn parse(text: &str) -> Option<Self> {
        // The library also takes `ff0000`, which CSS does not.
        let is_css = !text.bytes().all(|one| one.is_ascii_hexdigit());
        let parsed = csscolorparser::parse(text).ok()?.clamp();
        let [red, green, blue, alpha] = parsed.to_rgba8();
        let [red_light, green_light, blue_light, _] = parsed.to_linear_rgba();
        (is_css && alpha == u8::MAX).then(|| Self {
            css: text.to_owned(),
            rgb: [red, green, blue],
            light: [red_light, green_light, blue_light],
        })
    }

    /// Reads the colour of a key, if it is written.
    pub fn read(fields: &mut Fields<'_>, key: &'static str) -> Option<Self> {
        let written = fields.text(key)?;
        let colour = Self::parse(&written.value);
        if colour.is_none() {
            fields.error(Self::EXPECTED, written.span, Self::EXAMPLES);
        }
        colour
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
