//! AVIF is a tree of boxes, of which one says where the bytes of each item are. Items may lie anywhere, so those that
//! are no picture are not cut out but overwritten.

use super::{Holds, Part, picture};
use crate::diagnostic::Span;

/// A box: its name, and where its inside is.
struct Boxed<'a> {
    name: &'a [u8],
    inside: Span,
}

/// An item beside the picture: its number, and what it holds.
type Item = (u64, Holds);

/// The parts of a file of whole boxes; those between items are the picture's.
pub fn parts(bytes: &[u8]) -> Option<Vec<Part>> {
    let boxes = boxes(bytes, 0..bytes.len())?;
    let mut beside: Vec<Part> = Vec::new();
    for meta in boxes.iter().filter(|one| one.name == b"meta") {
        // What cannot be understood is left as it is.
        beside.extend(items_in(bytes, meta).unwrap_or_default());
    }
    beside.sort_by_key(|part| part.span.start);
    let mut parts = Vec::new();
    let mut at = 0;
    for part in beside
        .into_iter()
        .filter(|part| part.span.end <= bytes.len())
    {
        if part.span.start < at {
            continue;
        }
        parts.push(picture(at..part.span.start));
        at = part.span.end;
        parts.push(part);
    }
    parts.push(picture(at..bytes.len()));
    Some(parts)
}

/// The file with zeros for all that is not the picture.
pub fn blanked(bytes: &[u8], parts: &[Part]) -> Vec<u8> {
    let mut blanked = bytes.to_vec();
    for part in parts.iter().filter(|part| part.holds != Holds::Picture) {
        blanked[part.span.clone()].fill(0);
    }
    blanked
}

fn boxes(bytes: &[u8], within: Span) -> Option<Vec<Boxed<'_>>> {
    let mut boxes = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let name = bytes.get(at + 4..at + 8)?;
        let (length, head) = match number(bytes, at, 4)? {
            // To the end.
            0 => (within.end - at, 8),
            1 => (usize::try_from(number(bytes, at + 8, 8)?).ok()?, 16),
            length => (usize::try_from(length).ok()?, 8),
        };
        let end = at.checked_add(length.max(head))?;
        if end > within.end {
            return None;
        }
        boxes.push(Boxed {
            name,
            inside: at + head..end,
        });
        at = end;
    }
    Some(boxes)
}

/// The parts of a file that a box of descriptions names as Exif data or texts.
fn items_in(bytes: &[u8], meta: &Boxed<'_>) -> Option<Vec<Part>> {
    // Four bytes say its version.
    let boxes = boxes(bytes, meta.inside.start + 4..meta.inside.end)?;
    let named = |name: &[u8]| boxes.iter().find(|one| one.name == name);
    let items = items(bytes, named(b"iinf")?)?;
    places(bytes, named(b"iloc")?, &items)
}

fn items(bytes: &[u8], list: &Boxed<'_>) -> Option<Vec<Item>> {
    let head = match bytes.get(list.inside.start)? {
        0 => 4 + 2,
        _ => 4 + 4,
    };
    let entries = boxes(bytes, list.inside.start + head..list.inside.end)?;
    let item = |entry: &Boxed<'_>| {
        let start = entry.inside.start;
        let size = match bytes.get(start)? {
            2 => 2,
            _ => 4,
        };
        let kind = bytes.get(start + 4 + size + 2..start + 4 + size + 6)?;
        let holds = match kind {
            // Four bytes say where the data begin.
            b"Exif" => Holds::Exif(4),
            b"mime" => Holds::Xmp,
            _ => return None,
        };
        Some((number(bytes, start + 4, size)?, holds))
    };
    Some(entries.iter().filter_map(item).collect())
}

/// Where the bytes of items are.
fn places(bytes: &[u8], list: &Boxed<'_>, items: &[Item]) -> Option<Vec<Part>> {
    let start = list.inside.start;
    let version = *bytes.get(start)?;
    let sizes = bytes.get(start + 4..start + 6)?;
    let [offset, length] = [sizes[0] >> 4, sizes[0] & 15].map(usize::from);
    let [base, index] = [sizes[1] >> 4, sizes[1] & 15].map(usize::from);
    let index = if version == 0 { 0 } else { index };
    let wide = if version == 2 { 4 } else { 2 };
    let mut at = start + 6;
    let mut take = |size: usize| {
        let taken = number(bytes, at, size);
        at += size;
        taken
    };
    let mut parts = Vec::new();
    for _ in 0..take(wide)? {
        let id = take(wide)?;
        let in_file = match version {
            0 => true,
            _ => take(2)? & 15 == 0,
        };
        take(2)?;
        let from = take(base)?;
        for _ in 0..take(2)? {
            take(index)?;
            let start = usize::try_from(from.checked_add(take(offset)?)?).ok()?;
            let end = start.checked_add(usize::try_from(take(length)?).ok()?)?;
            let item = items.iter().find(|(known, _)| *known == id);
            let Some((_, holds)) = item.filter(|_| in_file && start < end) else {
                continue;
            };
            let holds = match holds {
                Holds::Exif(head) => Holds::Exif(start + head),
                other => other.clone(),
            };
            parts.push(Part {
                span: start..end,
                holds,
            });
        }
    }
    Some(parts)
}

/// A number of so many bytes; nothing is 0.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        let length = (inside.len() as u32 + 8).to_be_bytes();
        [&length[..], name, inside].concat()
    }

    /// A file with pixels and Exif data, both among the data at the end.
    fn file() -> Vec<u8> {
        let entry =
            |id: u8, kind: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind].concat());
        let entries = [entry(1, b"av01\0"), entry(2, b"Exif\0")].concat();
        let items = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 2][..], &entries].concat());
        let place = |id: u8, start: u8, length: u8| [0, id, 0, 0, 0, 1, start, length];
        let places = |data: u8| {
            let head = [0, 0, 0, 0, 0x11, 0x00, 0, 2];
            let places = [place(1, data, 6), place(2, data + 6, 8)].concat();
            boxed(b"iloc", &[&head[..], &places].concat())
        };
        let with = |data: u8| {
            let meta = boxed(b"meta", &[&[0; 4], &items[..], &places(data)].concat());
            [boxed(b"ftyp", b"avif"), meta].concat()
        };
        let data = with(0).len() as u8 + 8;
        [with(data), boxed(b"mdat", b"pixels\0\0\0\0here")].concat()
    }

    #[test]
    fn what_is_no_picture_is_overwritten_where_it_is() {
        let file = file();
        let parts = parts(&file).unwrap();
        let exif = parts.iter().find(|part| part.holds != Holds::Picture);
        let exif = exif.unwrap();
        assert_eq!(exif.holds, Holds::Exif(file.len() - 4));
        let blanked = blanked(&file, &parts);
        assert_eq!(blanked.len(), file.len());
        assert!(blanked.ends_with(b"pixels\0\0\0\0\0\0\0\0"));
        assert_eq!(blanked[..file.len() - 8], file[..file.len() - 8]);
    }

    #[test]
    fn a_file_that_breaks_off_has_no_parts() {
        let file = file();
        assert_eq!(parts(&file[..file.len() - 1]), None);
        for end in 0..file.len() {
            let _ = parts(&file[..end]);
        }
    }
}
