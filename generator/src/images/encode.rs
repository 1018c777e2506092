//! Pixels to the bytes that readers get.

use image_webp::{ColorType, EncoderParams, WebPEncoder};

use super::bitmap::Bitmap;
use super::format::Format;
use super::parts;
use crate::diagnostic::Span;

/// The longest side that WebP can have.
pub const LONGEST_SIDE: u32 = 16_383;

/// WebP. What was kept exactly before is kept exactly again where that costs nothing, as it does
/// in most drawings and screenshots.
pub fn webp(bitmap: &Bitmap, quality: u8, was_lossless: bool) -> Vec<u8> {
    let lossy = lossy_webp(bitmap, quality);
    if !was_lossless {
        return lossy;
    }
    let exact = webp_with(bitmap, EncoderParams::default());
    if exact.len() <= lossy.len() {
        exact
    } else {
        lossy
    }
}

/// Lossy WebP is made of squares. The encoder leaves empty what of them lies beyond the edges of a picture, which shows within,
/// too: so they are filled before, and the true size is written into the head afterwards.
fn lossy_webp(bitmap: &Bitmap, quality: u8) -> Vec<u8> {
    const SQUARE: u32 = 16;
    let mut params = EncoderParams::default();
    params.use_lossy = true;
    params.lossy_quality = quality;
    if bitmap.width.is_multiple_of(SQUARE) && bitmap.height.is_multiple_of(SQUARE) {
        return webp_with(bitmap, params);
    }
    let (width, height) = (bitmap.width, bitmap.height);
    let filled = bitmap.filled_up(
        width.next_multiple_of(SQUARE),
        height.next_multiple_of(SQUARE),
    );
    let mut file = webp_with(&filled.opaque(), params.clone());
    if let Some(pixels) = pixels_of_webp(&file) {
        // A tag and a code for the start stand before the two sides.
        let size = [width as u16, height as u16].map(u16::to_le_bytes).concat();
        if let Some(written) = file[pixels.clone()].get_mut(8 + 6..8 + 10) {
            written.copy_from_slice(&size);
        }
        if bitmap.alpha {
            // Transparency is kept apart from the pixels, and has no squares.
            let mut clear = webp_with(bitmap, params);
            if let Some(place) = pixels_of_webp(&clear) {
                clear.splice(place, file[pixels].iter().copied());
                parts::head_of_webp(&mut clear);
            }
            return clear;
        }
    }
    file
}

/// Where in a file its lossy pixels are, with the name and the length before them.
fn pixels_of_webp(file: &[u8]) -> Option<Span> {
    let parts = parts::parts(Format::WebP, file)?;
    let mut spans = parts.into_iter().map(|part| part.span);
    spans.find(|span| file[span.clone()].starts_with(b"VP8 "))
}

fn webp_with(bitmap: &Bitmap, params: EncoderParams) -> Vec<u8> {
    let color = match bitmap.alpha {
        true => ColorType::Rgba8,
        false => ColorType::Rgb8,
    };
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new(&mut bytes);
    encoder.set_params(params);
    // Sides are within `LONGEST_SIDE`, and memory takes every byte.
    let _ = encoder.encode(&bitmap.pixels, bitmap.width, bitmap.height, color);
    bytes
}

/// JPEG, which every program that draws a card for a shared link can read.
pub fn jpeg(bitmap: &Bitmap, quality: u8) -> Vec<u8> {
    let flat = bitmap.clone().over([255; 3]);
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    encoder.set_optimized_huffman_tables(true);
    // Sides are within `LONGEST_SIDE`, and memory takes every byte.
    let _ = encoder.encode(
        &flat.pixels,
        flat.width as u16,
        flat.height as u16,
        jpeg_encoder::ColorType::Rgb,
    );
    bytes
}

/// PNG, for a file that is one.
pub fn png(bitmap: &Bitmap) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, bitmap.width, bitmap.height);
    encoder.set_color(match bitmap.alpha {
        true => png::ColorType::Rgba,
        false => png::ColorType::Rgb,
    });
    encoder.set_depth(png::BitDepth::Eight);
    // As many pixels as the size says, and memory takes every byte.
    let _ = encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&bitmap.pixels));
    bytes
}

/// AVIF, smaller than WebP and many times slower to make. Its scale of quality is another one.
#[cfg(feature = "avif")]
pub fn avif(bitmap: &Bitmap, quality: u8) -> Vec<u8> {
    use ravif::{Encoder, Img, RGB8, RGBA8};
    const SPEED: u8 = 7;
    let encoder = Encoder::new()
        .with_quality(f32::from(quality) * 0.8)
        .with_speed(SPEED)
        // How the work is divided changes the bytes.
        .with_num_threads(Some(1));
    let (width, height) = (bitmap.width as usize, bitmap.height as usize);
    let encoded = if bitmap.alpha {
        let pixels = bitmap.pixels.chunks_exact(4);
        let pixels: Vec<RGBA8> = pixels
            .map(|pixel| RGBA8::new(pixel[0], pixel[1], pixel[2], pixel[3]))
            .collect();
        encoder.encode_rgba(Img::new(&pixels, width, height))
    } else {
        let pixels = bitmap.pixels.chunks_exact(3);
        let pixels: Vec<RGB8> = pixels
            .map(|pixel| RGB8::new(pixel[0], pixel[1], pixel[2]))
            .collect();
        encoder.encode_rgb(Img::new(&pixels, width, height))
    };
    encoded.map(|encoded| encoded.avif_file).unwrap_or_default()
}

/// Settings cannot ask for it: see `config`.
#[cfg(not(feature = "avif"))]
pub fn avif(_: &Bitmap, _: u8) -> Vec<u8> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image_webp::WebPDecoder;

    use super::*;

    /// Its pixels as a reader sees them, and whether it has transparency.
    fn decoded(file: &[u8]) -> (u32, u32, bool, Vec<u8>) {
        let mut decoder = WebPDecoder::new(Cursor::new(file)).unwrap();
        let (width, height) = decoder.dimensions();
        let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
        decoder.read_image(&mut pixels).unwrap();
        (width, height, decoder.has_alpha(), pixels)
    }

    #[test]
    fn the_edges_of_a_picture_have_its_colour_whatever_its_size() {
        for (width, height) in [(101, 77), (100, 200), (16, 33), (1, 1), (32, 16)] {
            for alpha in [None, Some(128)] {
                let pixel: Vec<u8> = [30, 30, 220].into_iter().chain(alpha).collect();
                let pixels = pixel.repeat((width * height) as usize);
                let bitmap = Bitmap::new(width, height, alpha.is_some(), pixels).unwrap();
                let seen = decoded(&webp(&bitmap, 85, false));
                let size = (seen.0, seen.1, seen.2);
                assert_eq!(size, (width, height, alpha.is_some()));
                let is_near = |(one, other): (&u8, &u8)| one.abs_diff(*other) < 8;
                assert!(
                    seen.3.iter().zip(&bitmap.pixels).all(is_near),
                    "{width} × {height}, {alpha:?}"
                );
            }
        }
    }
}
