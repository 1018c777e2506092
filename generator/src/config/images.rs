//! The table `[images]` of `site.toml`: in which sizes and formats readers get pictures.

use crate::fields::{Fields, Kind};

/// The largest width that may be asked for: more than any screen shows.
pub const WIDEST_IMAGE: i64 = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImagesConfig {
    /// In pixels, from narrow to wide, and at least one.
    pub widths: Vec<u32>,
    /// From 1 to 100.
    pub quality: u8,
    /// Whether AVIF is offered besides WebP.
    pub avif: bool,
    /// How wide a picture in the text is shown, as HTML's `sizes` says it.
    pub sizes: String,
    /// The same for a picture in a figure.
    pub figure_sizes: String,
}

impl Default for ImagesConfig {
    /// The widths serve phones with two and three pixels to the point, and the text column and
    /// the figures of the default theme on screens with one and two, as `sizes` has them.
    fn default() -> Self {
        Self {
            widths: vec![480, 960, 1440, 1920],
            quality: 85,
            avif: false,
            sizes: "(min-width: 44rem) 40rem, 100vw".to_owned(),
            figure_sizes: "(min-width: 64rem) 58rem, 100vw".to_owned(),
        }
    }
}

impl ImagesConfig {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let default = Self::default();
        let Some(table) = fields.table("images") else {
            return default;
        };
        let path = fields.path();
        let mut fields = Fields::new(path, table, fields.diagnostics());
        let images = Self {
            widths: widths(&mut fields).unwrap_or(default.widths),
            quality: quality(&mut fields).unwrap_or(default.quality),
            avif: avif(&mut fields),
            sizes: fields
                .text("sizes")
                .map_or(default.sizes, |sizes| sizes.value),
            figure_sizes: fields
                .text("figure_sizes")
                .map_or(default.figure_sizes, |sizes| sizes.value),
        };
        fields.finish();
        images
    }
}

fn widths(fields: &mut Fields<'_>) -> Option<Vec<u32>> {
    let list = fields.value("widths")?;
    let label = format!("whole numbers from 1 to {WIDEST_IMAGE}, such as [480, 960]");
    let items = match &list.kind {
        Kind::List(items) if !items.is_empty() => items.as_slice(),
        _ => {
            fields.error(
                "`widths` must be a list of widths",
                list.span.clone(),
                label,
            );
            return None;
        }
    };
    let mut widths = Vec::with_capacity(items.len());
    for item in items {
        match item.kind {
            Kind::Integer(width @ 1..=WIDEST_IMAGE) => widths.push(width as u32),
            _ => fields.error("this is no width", item.span.clone(), label.as_str()),
        }
    }
    widths.sort_unstable();
    widths.dedup();
    (!widths.is_empty()).then_some(widths)
}

fn quality(fields: &mut Fields<'_>) -> Option<u8> {
    let quality = fields.integer("quality")?;
    match quality.value {
        value @ 1..=100 => Some(value as u8),
        _ => {
            let label = "a whole number from 1 to 100";
            fields.error("there is no such quality", quality.span, label);
            None
        }
    }
}

fn avif(fields: &mut Fields<'_>) -> bool {
    let wanted = fields.flag("avif").unwrap_or(false);
    if wanted && !cfg!(feature = "avif") {
        let span = fields.value("avif").map(|value| value.span.clone());
        let label = "compile it with `cargo install --path generator --locked --features avif`";
        fields.error(
            "this program was compiled without AVIF",
            span.unwrap_or_default(),
            label,
        );
        return false;
    }
    wanted
}
