//! Pixels to the bytes that readers get.

use image_webp::{ColorType, EncoderParams, WebPEncoder};

use super::bitmap::Bitmap;

/// The longest side that WebP can have.
pub const LONGEST_SIDE: u32 = 16_383;

/// WebP. What was kept exactly before is kept exactly again where that costs nothing, as it does
/// in most drawings and screenshots.
pub fn webp(bitmap: &Bitmap, quality: u8, was_lossless: bool) -> Vec<u8> {
    let mut lossy = EncoderParams::default();
    lossy.use_lossy = true;
    lossy.lossy_quality = quality;
    let lossy = webp_with(bitmap, lossy);
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
