//! One picture in the sizes and formats that readers get: a pure function of its bytes and the
//! settings. What comes out can be written down as bytes, to be remembered between runs.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bitmap::Bitmap;
use super::decode::{Decoded, Unusable, decode};
use super::encode::{self, LONGEST_SIDE};
use super::format::{Format, format};
use crate::config::ImagesConfig;
use crate::hash::{Fingerprint, Hasher};

/// To be counted up with every change of what comes out for the same bytes and settings.
const RECIPE: u8 = 4;

/// How wide a picture for sharing is at most; what sites that show such cards ask for.
const SHARED_WIDTH: u32 = 1200;
const SHARED_QUALITY: u8 = 85;

/// Of what is turned and published itself: it was compressed once before.
const FILE_QUALITY: u8 = 92;

/// What a picture is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To be seen in a page.
    Page,
    /// To stand beside a link to the page elsewhere.
    Card,
    /// To be published itself, in its own format and size, turned as the camera was held.
    File,
}

/// What readers get instead of a picture's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Variants {
    Made(Made),
    /// The file itself, with its size if it has one.
    File {
        size: Option<(u32, u32)>,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// From narrow to wide; never empty. WebP in a page, JPEG on a card.
    pub main: Vec<Variant>,
    /// The same widths as AVIF, if the site wants it.
    pub avif: Vec<Variant>,
    /// The mean colour of a picture that hides what is behind it.
    pub colour: Option<[u8; 3]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    pub width: u32,
    pub height: u32,
    pub bytes: Arc<[u8]>,
}

/// The fingerprint of everything that [`make`] reads.
pub fn key(bytes: &[u8], purpose: Purpose, settings: &ImagesConfig) -> Fingerprint {
    let mut hasher = Hasher::default();
    hasher.add(&[RECIPE]);
    hasher.add(bytes);
    match purpose {
        Purpose::Card => hasher.add(b"card"),
        Purpose::File => hasher.add(b"file"),
        Purpose::Page => {
            hasher.add(&[settings.quality, u8::from(settings.avif)]);
            for width in &settings.widths {
                hasher.add(&width.to_le_bytes());
            }
        }
    }
    hasher.finish()
}

/// # Errors
/// If the bytes cannot be shown as a picture.
pub fn make(bytes: &[u8], purpose: Purpose, settings: &ImagesConfig) -> Result<Variants, Unusable> {
    let (bitmap, lossless) = match decode(bytes)? {
        Decoded::AsItIs { size } => return Ok(Variants::File { size }),
        Decoded::Still { bitmap, lossless } => (bitmap, lossless),
    };
    let made = match purpose {
        Purpose::Card => Made {
            main: vec![variant(&bitmap, SHARED_WIDTH, |bitmap| {
                encode::jpeg(bitmap, SHARED_QUALITY)
            })],
            ..Made::default()
        },
        Purpose::File => {
            let encode: fn(&Bitmap) -> Vec<u8> = match (format(bytes), lossless) {
                (Some(Format::Jpeg), _) => |bitmap| encode::jpeg(bitmap, FILE_QUALITY),
                (Some(Format::WebP), true) => |bitmap| encode::webp(bitmap, FILE_QUALITY, true),
                (Some(Format::WebP), false) => |bitmap| encode::webp(bitmap, FILE_QUALITY, false),
                _ => encode::png,
            };
            Made {
                main: vec![variant(&bitmap, bitmap.width, encode)],
                ..Made::default()
            }
        }
        Purpose::Page => {
            let widths = widths(bitmap.width, &settings.widths);
            let each = |encode: &dyn Fn(&Bitmap) -> Vec<u8>| {
                let variants = widths.iter().map(|width| variant(&bitmap, *width, encode));
                variants.collect()
            };
            let avif = |bitmap: &Bitmap| encode::avif(bitmap, settings.quality);
            let main = each(&|bitmap| encode::webp(bitmap, settings.quality, lossless));
            Made {
                avif: match settings.avif {
                    true => if_lighter(each(&avif), &main),
                    false => Vec::new(),
                },
                main,
                colour: (!bitmap.alpha).then(|| bitmap.colour()),
            }
        }
    };
    Ok(Variants::Made(made))
}

/// What browsers would take first, unless it gives readers more to load: drawings have fewer bytes as WebP.
fn if_lighter(variants: Vec<Variant>, than: &[Variant]) -> Vec<Variant> {
    let weight = |variants: &[Variant]| variants.iter().map(|one| one.bytes.len()).sum::<usize>();
    match weight(&variants) < weight(than) {
        true => variants,
        false => Vec::new(),
    }
}

/// The wanted widths that a picture has pixels for, and its own unless that is beyond them all. A
/// width just below its own would save nobody anything.
fn widths(own: u32, wanted: &[u32]) -> Vec<u32> {
    let widest = wanted.last().copied().unwrap_or(own).min(own);
    let narrower = wanted.iter().copied();
    narrower
        .filter(|width| *width < widest && u64::from(*width) * 8 <= u64::from(own) * 7)
        .chain([widest])
        .collect()
}

/// The picture at most this wide, and no higher than formats allow.
fn variant(bitmap: &Bitmap, width: u32, encode: impl Fn(&Bitmap) -> Vec<u8>) -> Variant {
    let scaled = |side: u32, to: u32, of: u32| {
        let scaled = (u64::from(side) * u64::from(to) + u64::from(of) / 2) / u64::from(of);
        u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
    };
    let mut width = width.min(bitmap.width);
    let mut height = scaled(bitmap.height, width, bitmap.width);
    if height > LONGEST_SIDE {
        width = scaled(bitmap.width, LONGEST_SIDE, bitmap.height);
        height = LONGEST_SIDE;
    }
    let bytes = encode(&bitmap.resized(width, height));
    Variant {
        width,
        height,
        bytes: Arc::from(bytes),
    }
}

/// The head of [`Variants`] written down; the bytes of the variants follow in its order.
#[derive(Serialize, Deserialize)]
enum Head {
    Made {
        main: Vec<Part>,
        avif: Vec<Part>,
        colour: Option<[u8; 3]>,
    },
    File {
        size: Option<(u32, u32)>,
    },
}

/// Width, height and number of bytes of one variant.
type Part = (u32, u32, usize);

impl Variants {
    /// To be read by [`Variants::read`].
    pub fn written(&self) -> Vec<u8> {
        let parts = |variants: &[Variant]| {
            let parts = variants.iter();
            parts
                .map(|one| (one.width, one.height, one.bytes.len()))
                .collect()
        };
        let (head, files) = match self {
            Variants::File { size } => (Head::File { size: *size }, Vec::new()),
            Variants::Made(made) => {
                let head = Head::Made {
                    main: parts(&made.main),
                    avif: parts(&made.avif),
                    colour: made.colour,
                };
                (head, made.main.iter().chain(&made.avif).collect())
            }
        };
        // Numbers in lists: there is nothing that could not be written.
        let mut written = serde_json::to_vec(&head).unwrap_or_default();
        written.push(b'\n');
        for file in files {
            written.extend_from_slice(&file.bytes);
        }
        written
    }

    /// `None` if this is not what [`Variants::written`] gave.
    pub fn read(written: &[u8]) -> Option<Self> {
        let end = written.iter().position(|byte| *byte == b'\n')?;
        let (head, mut files) = (&written[..end], &written[end + 1..]);
        let mut take = |parts: Vec<Part>| -> Option<Vec<Variant>> {
            let variants = parts.into_iter().map(|(width, height, length)| {
                let (bytes, rest) = files.split_at_checked(length)?;
                files = rest;
                Some(Variant {
                    width,
                    height,
                    bytes: Arc::from(bytes),
                })
            });
            variants.collect()
        };
        match serde_json::from_slice(head).ok()? {
            Head::File { size } => Some(Variants::File { size }),
            Head::Made { main, avif, colour } => Some(Variants::Made(Made {
                main: take(main).filter(|main| !main.is_empty())?,
                avif: take(avif)?,
                colour,
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_never_made_wider_than_it_is() {
        let wanted = [480, 960, 1440, 1920];
        assert_eq!(widths(4000, &wanted), wanted);
        assert_eq!(widths(1500, &wanted), [480, 960, 1500]);
        assert_eq!(widths(1920, &wanted), wanted);
        assert_eq!(widths(500, &wanted), [500]);
        assert_eq!(widths(1, &wanted), [1]);
    }

    #[test]
    fn another_format_is_offered_where_it_is_lighter() {
        let of = |length: usize| Variant {
            width: 1,
            height: 1,
            bytes: Arc::from(vec![0; length]),
        };
        let two = || vec![of(3), of(4)];
        assert_eq!(if_lighter(two(), &[of(4), of(4)]), two());
        assert_eq!(if_lighter(two(), &[of(2), of(4)]), []);
    }

    #[test]
    fn a_tower_fits_into_the_format() {
        let tower = Bitmap::new(2, 40_000, false, vec![0; 240_000]).unwrap();
        let made = variant(&tower, 480, |_| Vec::new());
        assert_eq!((made.width, made.height), (1, LONGEST_SIDE));
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        let variant = |width, bytes: &[u8]| Variant {
            width,
            height: 1,
            bytes: Arc::from(bytes),
        };
        let made = Variants::Made(Made {
            main: vec![variant(1, b"one\n"), variant(2, b"")],
            avif: vec![variant(1, b"three")],
            colour: Some([1, 2, 3]),
        });
        let written = made.written();
        assert_eq!(Variants::read(&written), Some(made));
        assert_eq!(Variants::read(&written[..written.len() - 1]), None);
        let file = Variants::File { size: Some((3, 4)) };
        assert_eq!(Variants::read(&file.written()), Some(file));
        assert_eq!(Variants::read(b"something else"), None);
    }
}
