//! The bytes of a picture to its pixels as they are meant to be seen: turned upright, in sRGB,
//! without anything that a camera or a program wrote beside them.

use std::io::Cursor;

use image_webp::WebPDecoder;
use png::Transformations;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::bitmap::Bitmap;
use super::format::{self, Format};
use super::metadata;
use super::parts::parts;

/// The most pixels that are decoded. A file of some kilobytes can claim to hold billions, which
/// no memory holds; no camera that people carry makes more in its usual setting.
pub const MOST_PIXELS: u64 = 64_000_000;

/// A picture as far as it has to be understood.
pub enum Decoded {
    Still {
        bitmap: Bitmap,
        /// Whether the file keeps every pixel exactly, as files of drawings and screenshots do.
        lossless: bool,
    },
    /// Drawn or moving, or smaller than we could make it: readers get the file itself.
    AsItIs { size: Option<(u32, u32)> },
}

/// Why a file cannot be shown as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    NoPicture,
    Damaged,
    TooLarge { width: u32, height: u32 },
}

/// # Errors
/// If the bytes are no whole picture of sensible size.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Unusable> {
    let format = format::format(bytes).ok_or(Unusable::NoPicture)?;
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::WebP => webp(bytes),
        Format::Gif | Format::Avif | Format::Svg => match parts(format, bytes) {
            Some(_) => Ok(Decoded::AsItIs {
                size: format::size(format, bytes),
            }),
            None => Err(Unusable::Damaged),
        },
    }
}

/// Looks at no more than the head of a picture.
///
/// # Errors
/// If it says that the picture is too large, or cannot be read.
pub fn refuse_bombs(format: Format, bytes: &[u8]) -> Result<(), Unusable> {
    let size = match format {
        Format::Jpeg => {
            let mut decoder = jpeg_decoder(bytes);
            let read = decoder.decode_headers();
            read.ok()
                .and(decoder.info())
                .map(|info| (u32::from(info.width), u32::from(info.height)))
        }
        Format::Png => {
            let mut decoder = png::Decoder::new(Cursor::new(bytes));
            let head = decoder.read_header_info();
            head.ok().map(|head| (head.width, head.height))
        }
        Format::WebP => {
            let decoder = WebPDecoder::new(Cursor::new(bytes));
            decoder.ok().map(|decoder| decoder.dimensions())
        }
        // A browser is not told to make more of these than fits.
        Format::Gif | Format::Avif | Format::Svg => return Ok(()),
    };
    let (width, height) = size.ok_or(Unusable::Damaged)?;
    refuse_too_large(width, height)
}

fn jpeg_decoder(bytes: &[u8]) -> JpegDecoder<Cursor<&[u8]>> {
    let options = DecoderOptions::default()
        // Otherwise what is missing from a file that was copied in part becomes grey.
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    JpegDecoder::new_with_options(Cursor::new(bytes), options)
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, Unusable> {
    let mut decoder = jpeg_decoder(bytes);
    decoder.decode_headers().map_err(|_| Unusable::Damaged)?;
    let info = decoder.info().ok_or(Unusable::Damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    refuse_too_large(width, height)?;
    let profile = decoder.icc_profile();
    let exif = decoder.exif().cloned();
    let pixels = decoder.decode().map_err(|_| Unusable::Damaged)?;
    let bitmap = Bitmap::new(width, height, false, pixels).ok_or(Unusable::Damaged)?;
    Ok(Decoded::Still {
        bitmap: as_meant(bitmap, profile, exif),
        lossless: false,
    })
}

fn png(bytes: &[u8]) -> Result<Decoded, Unusable> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(|_| Unusable::Damaged)?;
    let (width, height) = (header.width, header.height);
    refuse_too_large(width, height)?;
    let mut reader = decoder.read_info().map_err(|_| Unusable::Damaged)?;
    if reader.info().animation_control.is_some() {
        let size = Some((width, height));
        return Ok(Decoded::AsItIs { size });
    }
    let length = reader.output_buffer_size().ok_or(Unusable::Damaged)?;
    let mut pixels = vec![0; length];
    let frame = reader.next_frame(&mut pixels);
    let color = frame.map_err(|_| Unusable::Damaged)?.color_type;
    let (alpha, pixels) = match color {
        png::ColorType::Rgb => (false, pixels),
        png::ColorType::Rgba => (true, pixels),
        png::ColorType::Grayscale => (false, repeated(&pixels)),
        png::ColorType::GrayscaleAlpha => {
            let pixels = pixels.chunks_exact(2);
            let coloured = pixels.flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]);
            (true, coloured.collect())
        }
        // Expanded by the transformations.
        png::ColorType::Indexed => return Err(Unusable::Damaged),
    };
    let info = reader.info();
    let profile = info.icc_profile.as_deref().map(<[u8]>::to_vec);
    let exif = info.exif_metadata.as_deref().map(<[u8]>::to_vec);
    let bitmap = Bitmap::new(width, height, alpha, pixels).ok_or(Unusable::Damaged)?;
    Ok(Decoded::Still {
        bitmap: as_meant(bitmap, profile, exif),
        lossless: true,
    })
}

fn repeated(grey: &[u8]) -> Vec<u8> {
    grey.iter().flat_map(|value| [*value; 3]).collect()
}

fn webp(bytes: &[u8]) -> Result<Decoded, Unusable> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| Unusable::Damaged)?;
    let (width, height) = decoder.dimensions();
    refuse_too_large(width, height)?;
    if decoder.is_animated() {
        let size = Some((width, height));
        return Ok(Decoded::AsItIs { size });
    }
    let length = decoder.output_buffer_size().ok_or(Unusable::Damaged)?;
    let mut pixels = vec![0; length];
    let read = decoder.read_image(&mut pixels);
    read.map_err(|_| Unusable::Damaged)?;
    let lossless = !decoder.is_lossy();
    // What cannot be read beside the pixels is as good as not there.
    let profile = decoder.icc_profile().unwrap_or_default();
    let exif = decoder.exif_metadata().unwrap_or_default();
    let alpha = decoder.has_alpha();
    let bitmap = Bitmap::new(width, height, alpha, pixels).ok_or(Unusable::Damaged)?;
    Ok(Decoded::Still {
        bitmap: as_meant(bitmap, profile, exif),
        lossless,
    })
}

fn refuse_too_large(width: u32, height: u32) -> Result<(), Unusable> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Unusable::Damaged),
        1..=MOST_PIXELS => Ok(()),
        _ => Err(Unusable::TooLarge { width, height }),
    }
}

fn as_meant(bitmap: Bitmap, profile: Option<Vec<u8>>, exif: Option<Vec<u8>>) -> Bitmap {
    let mut bitmap = bitmap.without_needless_alpha();
    if let Some(profile) = profile {
        metadata::to_srgb(&mut bitmap, &profile);
    }
    match exif {
        Some(exif) => bitmap.turned(metadata::orientation(exif)),
        None => bitmap,
    }
}
