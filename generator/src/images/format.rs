//! What a file's first bytes say about it: which format it has, and how large those pictures are
//! that readers get as they are.

use crate::html;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Avif,
    Svg,
}

/// The format of a picture that browsers can show; its name does not count.
pub fn format(bytes: &[u8]) -> Option<Format> {
    let brand = bytes.get(4..12).unwrap_or_default();
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Format::Png),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(Format::WebP),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        _ if brand == b"ftypavif" || brand == b"ftypavis" => Some(Format::Avif),
        _ => svg(bytes).map(|_| Format::Svg),
    }
}

/// Width and height of a picture that is not decoded; `None` if it does not say.
pub fn size(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    let size = match format {
        Format::Gif => gif_size(bytes),
        Format::Avif => avif_size(bytes),
        Format::Svg => svg_size(svg(bytes)?),
        Format::Jpeg | Format::Png | Format::WebP => None,
    };
    size.filter(|(width, height)| *width > 0 && *height > 0)
}

/// Whether a drawing goes on to its end.
pub fn svg_is_whole(bytes: &[u8]) -> bool {
    let Some(text) = svg(bytes) else {
        return false;
    };
    let closes_itself = || {
        let root = text
            .split_once("<svg")
            .and_then(|(_, rest)| rest.split_once('>'));
        root.is_some_and(|(attributes, _)| attributes.ends_with('/'))
    };
    text.trim_end().ends_with('>') && (text.contains("</svg") || closes_itself())
}

fn gif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| {
        let bytes = bytes.get(at..at + 2)?.try_into().ok()?;
        Some(u32::from(u16::from_le_bytes(bytes)))
    };
    Some((side(6)?, side(8)?))
}

/// The largest of the picture's `ispe` boxes: the others are tiles, or its transparency.
fn avif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    let boxes = bytes.windows(4).enumerate();
    boxes
        .filter(|(_, name)| name == b"ispe")
        .filter_map(|(at, _)| Some((number(at + 8)?, number(at + 12)?)))
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

/// The text of a file that begins as SVG does.
fn svg(bytes: &[u8]) -> Option<&str> {
    let text = str::from_utf8(bytes).ok()?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_markup = ["<svg", "<?xml", "<!--", "<!DOCTYPE"]
        .iter()
        .any(|opening| start.starts_with(opening));
    (is_markup && text.contains("<svg")).then_some(text)
}

/// From `width` and `height`, or what one of them makes of the shape that `viewBox` has, or `viewBox`.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let of = |name: &str| {
        html::attributes(text)
            .skip_while(|attribute| attribute.tag != "svg")
            .take_while(|attribute| attribute.tag == "svg")
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value)
    };
    let length = |text: &str| -> Option<f64> {
        let number = text.trim().trim_end_matches("px").parse().ok()?;
        (1.0..1e6).contains(&number).then_some(number)
    };
    let width = of("width").and_then(length);
    let height = of("height").and_then(length);
    let shape = of("viewbox").and_then(|view| {
        let mut numbers = view
            .split([' ', ',', '\n', '\t'])
            .filter(|part| !part.is_empty());
        Some((length(numbers.nth(2)?)?, length(numbers.next()?)?))
    });
    let (width, height) = match (width, height, shape) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (_, _, shape) => shape?,
    };
    Some((width.round() as u32, height.round() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg_size(text: &str) -> Option<(u32, u32)> {
        size(format(text.as_bytes())?, text.as_bytes())
    }

    #[test]
    fn an_svg_is_as_large_as_it_says_or_as_its_view_box() {
        let size = svg_size("<?xml version=\"1.0\"?>\n<svg width=\"12px\" height='8.4'></svg>");
        assert_eq!(size, Some((12, 8)));
        assert_eq!(svg_size("<svg viewBox=\"0 0 40,30\"/>"), Some((40, 30)));
        assert_eq!(
            svg_size("<svg width=\"80\" viewBox=\"-1 -1 40 30\"/>"),
            Some((80, 60))
        );
        assert_eq!(
            svg_size("<svg width=\"100%\" viewBox=\"0 0 4 3\"/>"),
            Some((4, 3))
        );
        assert_eq!(
            svg_size("<svg><rect width=\"3\" height=\"4\"/></svg>"),
            None
        );
    }

    #[test]
    fn a_gif_says_its_size_in_its_head() {
        let head = b"GIF89a\x03\x00\x00\x01rest";
        assert_eq!(format(head), Some(Format::Gif));
        assert_eq!(size(Format::Gif, head), Some((3, 256)));
        assert_eq!(size(Format::Gif, &head[..8]), None);
    }

    #[test]
    fn the_largest_part_of_an_avif_is_the_picture() {
        let part = |width: u32, height: u32| {
            let sizes = [width.to_be_bytes(), height.to_be_bytes()].concat();
            [b"ispe\0\0\0\0".to_vec(), sizes].concat()
        };
        let file = [b"\0\0\0\x18ftypavif".to_vec(), part(64, 64), part(640, 480)].concat();
        assert_eq!(format(&file), Some(Format::Avif));
        assert_eq!(size(Format::Avif, &file), Some((640, 480)));
    }

    #[test]
    fn a_text_or_a_page_is_no_picture() {
        assert_eq!(format(b"a picture"), None);
        assert_eq!(format(b"<!doctype html><svg></svg>"), None);
        assert_eq!(format(b""), None);
    }
}
