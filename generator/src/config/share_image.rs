//! The table `[share_image]` of `site.toml`: the pictures that other sites show beside a link. Without it
//! pages have those that their authors name, and no others.

use super::Colour;
use crate::fields::{Fields, Spanned};

#[derive(Clone, Debug, PartialEq)]
pub struct ShareImageConfig {
    /// Whether a picture is drawn for each page that has none of its own.
    pub draw: bool,
    /// Colours that are not set are the theme's.
    pub background: Option<Colour>,
    pub text: Option<Colour>,
    pub accent: Option<Colour>,
    /// A font file of the site in place of the one that comes with the program.
    pub font: Option<Spanned<String>>,
    /// Stands in where none is drawn.
    pub image: Option<Spanned<String>>,
}

impl ShareImageConfig {
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let table = fields.table("share_image")?;
        let mut fields = Fields::new(fields.path(), table, fields.diagnostics());
        let share_image = Self {
            draw: fields.flag("draw").unwrap_or(true),
            background: Colour::read(&mut fields, "background"),
            text: Colour::read(&mut fields, "text"),
            accent: Colour::read(&mut fields, "accent"),
            font: fields.text("font"),
            image: fields.text("image"),
        };
        fields.finish();
        Some(share_image)
    }
}
