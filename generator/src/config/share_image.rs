//! The table `[share_image]` of `site.toml`: the pictures that other sites show beside a link. Without it
//! pages have those that their authors name, and no others.

use crate::fields::{Fields, Spanned};

/// Red, green and blue.
pub type Colour = [u8; 3];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareImageConfig {
    /// Whether a picture is drawn for each page that has none of its own.
    pub draw: bool,
    pub background: Colour,
    pub text: Colour,
    pub accent: Colour,
    /// A font file of the site in place of the one that comes with the program.
    pub font: Option<Spanned<String>>,
    /// Stands in where none is drawn.
    pub image: Option<Spanned<String>>,
}

/// The colours of the default theme's icon.
const BACKGROUND: Colour = [0x0b, 0x2d, 0x38];
const TEXT: Colour = [0xee, 0xf5, 0xf7];
const ACCENT: Colour = [0xf6, 0xb1, 0x3d];

impl ShareImageConfig {
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let table = fields.table("share_image")?;
        let mut fields = Fields::new(fields.path(), table, fields.diagnostics());
        let share_image = Self {
            draw: fields.flag("draw").unwrap_or(true),
            background: colour(&mut fields, "background", BACKGROUND),
            text: colour(&mut fields, "text", TEXT),
            accent: colour(&mut fields, "accent", ACCENT),
            font: fields.text("font"),
            image: fields.text("image"),
        };
        fields.finish();
        Some(share_image)
    }
}

fn colour(fields: &mut Fields<'_>, key: &'static str, default: Colour) -> Colour {
    let Some(written) = fields.text(key) else {
        return default;
    };
    parsed(&written.value).unwrap_or_else(|| {
        let label = "`#` and six hexadecimal digits, such as `#0b2d38`";
        fields.error("this is no colour", written.span, label);
        default
    })
}

fn parsed(written: &str) -> Option<Colour> {
    let digits = written.strip_prefix('#')?;
    let is_colour = digits.len() == 6 && digits.bytes().all(|one| one.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_colour)?;
    let [_, colour @ ..] = number.to_be_bytes();
    Some(colour)
}
