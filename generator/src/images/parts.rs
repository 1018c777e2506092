//! What a picture's file is made of: the picture itself, and what a camera or a program wrote beside it, such as the
//! place. Takes the bytes; gives the spans of both, so that one can be had without the other, bit for bit.

mod avif;

use std::borrow::Cow;

use super::format::{self, Format};
use super::metadata;
use crate::diagnostic::Span;

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub span: Span,
    pub holds: Holds,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Pixels, or what says how they are meant.
    Picture,
    /// Exif data, which begin at this place.
    Exif(usize),
    /// A text in which a program describes the picture.
    Xmp,
    /// Remarks, small copies, and what only the program knows that wrote it.
    Else,
}

/// The parts of a picture in their order, or `None` if it breaks off. Those of a drawing, which no camera makes, are not
/// looked for.
pub fn parts(format: Format, bytes: &[u8]) -> Option<Vec<Part>> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::WebP => webp(bytes),
        Format::Gif => gif(bytes),
        Format::Avif => avif::parts(bytes),
        Format::Svg => format::svg_is_whole(bytes).then(Vec::new),
    }
}

/// The file with nothing but the picture in it.
pub fn bare<'a>(format: Format, bytes: &'a [u8], parts: &[Part]) -> Cow<'a, [u8]> {
    let is_picture = |part: &Part| part.holds == Holds::Picture;
    let length = parts.last().map_or(bytes.len(), |last| last.span.end);
    if parts.iter().all(is_picture) && length == bytes.len() {
        return Cow::Borrowed(bytes);
    }
    if format == Format::Avif {
        return Cow::Owned(avif::blanked(bytes, parts));
    }
    let pictures = parts.iter().filter(|part| is_picture(part));
    let mut bare = Vec::with_capacity(length);
    pictures.for_each(|part| bare.extend_from_slice(&bytes[part.span.clone()]));
    if format == Format::WebP {
        head_of_webp(&mut bare);
    }
    Cow::Owned(bare)
}

/// Which way is up, as Exif data say it.
pub fn orientation(bytes: &[u8], parts: &[Part]) -> u32 {
    exif(bytes, parts).map_or(1, |exif| metadata::orientation(exif.to_vec()))
}

/// Whether somebody can read from the file where the picture was taken.
pub fn say_where(bytes: &[u8], parts: &[Part]) -> bool {
    let in_exif = exif(bytes, parts).is_some_and(|exif| metadata::says_where(exif.to_vec()));
    in_exif
        || parts.iter().any(|part| {
            let written = &bytes[part.span.clone()];
            part.holds == Holds::Xmp && contain(written, b"GPSLatitude")
        })
}

fn contain(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn exif<'a>(bytes: &'a [u8], parts: &[Part]) -> Option<&'a [u8]> {
    parts.iter().find_map(|part| match part.holds {
        Holds::Exif(start) => bytes.get(start..part.span.end),
        _ => None,
    })
}

/// Segments with their lengths, between which compressed pixels stand. What follows the end is another picture, or a film.
fn jpeg(bytes: &[u8]) -> Option<Vec<Part>> {
    const END: u8 = 0xd9;
    const ALONE: u8 = 0x01;
    const SCAN: u8 = 0xda;
    let mut parts = vec![picture(0..2)];
    let mut at = 2;
    loop {
        let start = at;
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        if at == start {
            return None;
        }
        let marker = bytes[at];
        at += 1;
        if marker == END {
            parts.push(picture(start..at));
            return Some(parts);
        }
        if matches!(marker, ALONE | 0xd0..=0xd7) {
            parts.push(picture(start..at));
            continue;
        }
        let inside = at + 2;
        let length = bytes.get(at..inside)?;
        at += usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
        let segment = bytes.get(inside..at)?;
        if marker == SCAN {
            at = end_of_scan(bytes, at)?;
        }
        let holds = match marker {
            0xe0 if segment.starts_with(b"JFIF\0") => Holds::Picture,
            0xe1 if segment.starts_with(b"Exif\0") => Holds::Exif(inside),
            0xe1 => Holds::Xmp,
            0xe2 if segment.starts_with(b"ICC_PROFILE\0") => Holds::Picture,
            // Says what the numbers of the pixels are.
            0xee if segment.starts_with(b"Adobe") => Holds::Picture,
            0xe0..=0xef | 0xfe => Holds::Else,
            _ => Holds::Picture,
        };
        parts.push(Part {
            span: start..at,
            holds,
        });
    }
}

/// Where compressed pixels end: at a mark that is neither a written `ff` nor a place to begin anew.
fn end_of_scan(bytes: &[u8], start: usize) -> Option<usize> {
    let pairs = bytes.get(start..)?.windows(2);
    let mut ends = pairs
        .enumerate()
        .filter(|(_, pair)| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff));
    ends.next().map(|(at, _)| start + at)
}

/// Chunks with their lengths and names.
fn png(bytes: &[u8]) -> Option<Vec<Part>> {
    const KEPT: [&[u8]; 20] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT", b"cHRM", b"gAMA",
        b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT",
    ];
    let mut parts = vec![picture(0..8)];
    let mut at = 8;
    loop {
        let length = usize::try_from(number(bytes, at, u32::from_be_bytes)?).ok()?;
        let name = bytes.get(at + 4..at + 8)?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let inside = bytes.get(at + 8..end)?;
        let holds = match name {
            b"eXIf" => Holds::Exif(at + 8),
            b"iTXt" | b"tEXt" | b"zTXt" if inside.starts_with(b"XML:") => Holds::Xmp,
            _ if KEPT.contains(&name) => Holds::Picture,
            _ => Holds::Else,
        };
        parts.push(Part {
            span: at..end,
            holds,
        });
        at = end;
        if name == b"IEND" {
            return Some(parts);
        }
    }
}

/// Chunks with their names and lengths, each of an even length.
fn webp(bytes: &[u8]) -> Option<Vec<Part>> {
    const KEPT: [&[u8]; 7] = [
        b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
    ];
    let end = usize::try_from(number(bytes, 4, u32::from_le_bytes)?)
        .ok()?
        .checked_add(8)?;
    // Some programs forget the last byte, which fills up.
    let whole = bytes.get(..end.min(bytes.len() + end % 2))?;
    let mut parts = vec![picture(0..12)];
    let mut at = 12;
    while at < whole.len() {
        let name = whole.get(at..at + 4)?;
        let length = usize::try_from(number(whole, at + 4, u32::from_le_bytes)?).ok()?;
        let inside = at + 8;
        let end = inside.checked_add(length)?;
        let end = match end == whole.len() {
            true => end,
            false => end + length % 2,
        };
        whole.get(inside..end)?;
        let holds = match name {
            b"EXIF" => Holds::Exif(inside),
            b"XMP " => Holds::Xmp,
            _ if KEPT.contains(&name) => Holds::Picture,
            _ => Holds::Else,
        };
        parts.push(Part {
            span: at..end,
            holds,
        });
        at = end;
    }
    Some(parts)
}

/// Lets the head say how long the file is now, and that it holds neither Exif data nor a text.
pub fn head_of_webp(bytes: &mut [u8]) {
    const EXIF_OR_XMP: u8 = 0b1100;
    if let Ok(length) = u32::try_from(bytes.len().saturating_sub(8)) {
        bytes[4..8].copy_from_slice(&length.to_le_bytes());
    }
    if bytes.get(12..16) == Some(b"VP8X")
        && let Some(flags) = bytes.get_mut(20)
    {
        *flags &= !EXIF_OR_XMP;
    }
}

/// Blocks of small pieces with their lengths. The last byte may be missing, as it is in some.
fn gif(bytes: &[u8]) -> Option<Vec<Part>> {
    const COMMENT: u8 = 0xfe;
    const PROGRAM: u8 = 0xff;
    let colours = |flags: u8| match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    };
    let mut at = 13 + colours(*bytes.get(10)?);
    bytes.get(..at)?;
    let mut parts = vec![picture(0..at)];
    let mut has_picture = false;
    while let Some(kind) = bytes.get(at) {
        let start = at;
        at += match kind {
            b',' => 1 + 9 + colours(*bytes.get(at + 9)?) + 1,
            b'!' => 2,
            _ => {
                parts.push(picture(at..at + 1));
                break;
            }
        };
        has_picture |= *kind == b',';
        let pieces = at;
        // Up to an empty one.
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        let program = bytes.get(pieces + 1..at)?;
        let holds = match (kind, bytes[start + 1]) {
            (b'!', COMMENT) => Holds::Else,
            (b'!', PROGRAM) if program.starts_with(b"XMP Data") => Holds::Xmp,
            // How often it moves.
            (b'!', PROGRAM)
                if !program.starts_with(b"NETSCAPE") && !program.starts_with(b"ANIMEXTS") =>
            {
                Holds::Else
            }
            _ => Holds::Picture,
        };
        parts.push(Part {
            span: start..at,
            holds,
        });
    }
    has_picture.then_some(parts)
}

fn picture(span: Span) -> Part {
    Part {
        span,
        holds: Holds::Picture,
    }
}

fn number(bytes: &[u8], at: usize, read: fn([u8; 4]) -> u32) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(read(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare_of(format: Format, bytes: &[u8]) -> Option<Vec<u8>> {
        Some(bare(format, bytes, &parts(format, bytes)?).into_owned())
    }

    #[test]
    fn what_follows_the_end_of_a_photo_is_left_out() {
        let photo = b"\xff\xd8\xff\xe1\0\x0aExif\0\0II\xff\xfe\0\x05hey\xff\xda\0\x02pix\xff\0els\xff\xd0more\xff\xd9a film";
        let bare = bare_of(Format::Jpeg, photo).unwrap();
        assert_eq!(
            bare,
            b"\xff\xd8\xff\xda\0\x02pix\xff\0els\xff\xd0more\xff\xd9"
        );
        assert_eq!(bare_of(Format::Jpeg, &bare).unwrap(), bare);
    }

    #[test]
    fn a_webp_says_how_long_it_is_afterwards() {
        let file = b"RIFF\x2c\0\0\0WEBPVP8X\x0a\0\0\0\x1c\0\0\0\0\0\0\0\0\0EXIF\x03\0\0\0II*\0VP8L\0\0\0\0";
        let bare = bare_of(Format::WebP, file).unwrap();
        let expected = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\0\0\0\0\0\0VP8L\0\0\0\0";
        let expected_length = u32::try_from(expected.len() - 8).unwrap().to_le_bytes();
        assert_eq!(bare[4..8], expected_length);
        assert_eq!(bare[8..], expected[8..]);
    }

    #[test]
    fn files_that_break_off_anywhere_are_none() {
        let files: [(Format, &[u8]); 2] = [
            (
                Format::Jpeg,
                b"\xff\xd8\xff\xe1\0\x0aExif\0\0II\xff\xda\0\x02pix\xff\xd9",
            ),
            (
                Format::Gif,
                b"GIF89a\x03\0\x02\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0",
            ),
        ];
        for (format, file) in files {
            assert!(parts(format, file).is_some());
            for end in 0..file.len() {
                assert_eq!(parts(format, &file[..end]), None, "{end} of {format:?}");
            }
        }
    }
}
