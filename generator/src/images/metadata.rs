//! What stands beside the pixels of a picture and changes how they are meant: Exif says which way
//! is up, a colour profile which colours they are.

use exif::{Exif, In, Reader, Tag};
use qcms::{DataType, Intent, Profile, Transform};

use super::bitmap::Bitmap;

/// The orientation in Exif data, from 1 to 8; 1, upright, if it does not say.
pub fn orientation(exif: Vec<u8>) -> u32 {
    let Some(exif) = read(exif) else {
        return 1;
    };
    exif.get_field(Tag::Orientation, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .filter(|orientation| (1..=8).contains(orientation))
        .unwrap_or(1)
}

/// Whether Exif data say where a picture was taken.
pub fn says_where(exif: Vec<u8>) -> bool {
    read(exif).is_some_and(|exif| exif.get_field(Tag::GPSLatitude, In::PRIMARY).is_some())
}

fn read(exif: Vec<u8>) -> Option<Exif> {
    let exif = match exif.strip_prefix(b"Exif\0\0") {
        Some(inside) => inside.to_vec(),
        None => exif,
    };
    Reader::new()
        .continue_on_error(true)
        .read_raw(exif)
        .or_else(|error| error.distill_partial_result(|_| {}))
        .ok()
}

/// Gives the pixels the numbers that their colours have in sRGB. A profile that is broken, or not
/// one of red, green and blue, leaves them as they are.
pub fn to_srgb(bitmap: &mut Bitmap, profile: &[u8]) {
    // For any other space the pixels would have to be of another kind.
    if profile.get(16..20) != Some(b"RGB ") {
        return;
    }
    let Some(from) = Profile::new_from_slice(profile, false) else {
        return;
    };
    if from.is_sRGB() {
        return;
    }
    let kind = match bitmap.alpha {
        true => DataType::RGBA8,
        false => DataType::RGB8,
    };
    // Without `precache_output_transform`, whose results hang on the processor.
    let transform = Transform::new(&from, &Profile::new_sRGB(), kind, Intent::Perceptual);
    if let Some(transform) = transform {
        transform.apply(&mut bitmap.pixels);
    }
}
