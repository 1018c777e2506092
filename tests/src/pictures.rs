//! Pictures for stories, made on the spot: half of one colour and half of another, so that it can be
//! seen which way they are turned.

use std::io::Cursor;

use image_webp::{ColorType, WebPDecoder, WebPEncoder};
use jpeg_encoder::Encoder;

pub type Colour = [u8; 3];

pub const RED: Colour = [220, 30, 30];
pub const BLUE: Colour = [30, 30, 220];

/// A picture whose left half has one colour and whose right half another.
#[derive(Clone)]
pub struct Picture {
    width: u32,
    height: u32,
    halves: [Colour; 2],
    alpha: Option<u8>,
    exif: Option<Vec<u8>>,
    profile: Option<Vec<u8>>,
}

impl Picture {
    /// Red at the left, blue at the right.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            halves: [RED, BLUE],
            alpha: None,
            exif: None,
            profile: None,
        }
    }

    pub fn colours(mut self, left: Colour, right: Colour) -> Self {
        self.halves = [left, right];
        self
    }

    pub fn alpha(mut self, alpha: u8) -> Self {
        self.alpha = Some(alpha);
        self
    }

    /// With what a camera writes: an orientation, and a text that no reader should get.
    pub fn exif(mut self, orientation: u16, text: &str) -> Self {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        let text = [text.as_bytes(), b"\0"].concat();
        // The text follows the list of two entries.
        let place = 8 + 2 + 2 * 12 + 4_u32;
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            let head = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
            [head, count.to_le_bytes().into(), value.to_le_bytes().into()].concat()
        };
        tiff.extend(entry(0x010e, 2, text.len() as u32, place));
        tiff.extend(entry(0x0112, 3, 1, u32::from(orientation)));
        tiff.extend([0; 4]);
        tiff.extend(text);
        self.exif = Some(tiff);
        self
    }

    /// With what a phone writes that knows where it is.
    pub fn taken_somewhere(mut self) -> Self {
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            let head = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
            [head, count.to_le_bytes().into(), value.to_le_bytes().into()].concat()
        };
        // Each list has one entry: the first leads to the second, and that to degrees, minutes and seconds.
        let list = 2 + 12 + 4;
        let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
        tiff.extend(entry(0x8825, 4, 1, 8 + list));
        tiff.extend(b"\0\0\0\0\x01\0");
        tiff.extend(entry(2, 5, 3, 8 + 2 * list));
        tiff.extend([0; 4]);
        for number in [48_u32, 1, 12, 1, 30, 1] {
            tiff.extend(number.to_le_bytes());
        }
        self.exif = Some(tiff);
        self
    }

    /// With a colour profile in which red is blue and blue is red.
    pub fn profile_with_red_for_blue(mut self) -> Self {
        // The primaries of sRGB as fixed-point numbers, as every profile has them.
        const RED: [i32; 3] = [0x6fa2, 0x38f5, 0x0390];
        const GREEN: [i32; 3] = [0x6299, 0xb785, 0x18da];
        const BLUE: [i32; 3] = [0x24a0, 0x0f84, 0xb6cf];
        let xyz = |numbers: [i32; 3]| {
            let numbers = numbers.map(i32::to_be_bytes).concat();
            [b"XYZ \0\0\0\0".to_vec(), numbers].concat()
        };
        // A gamma of 2.2.
        let curve = b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0".to_vec();
        let parts = [
            (b"rXYZ", xyz(BLUE)),
            (b"gXYZ", xyz(GREEN)),
            (b"bXYZ", xyz(RED)),
            (b"rTRC", curve.clone()),
            (b"gTRC", curve.clone()),
            (b"bTRC", curve),
        ];
        let mut place = 128 + 4 + 12 * parts.len();
        let mut list = (parts.len() as u32).to_be_bytes().to_vec();
        let mut data: Vec<u8> = Vec::new();
        for (name, part) in &parts {
            list.extend(*name);
            list.extend((place as u32).to_be_bytes());
            list.extend((part.len() as u32).to_be_bytes());
            place += part.len();
            data.extend(part);
        }
        let mut profile = (place as u32).to_be_bytes().to_vec();
        profile.extend(b"\0\0\0\0\x02\x40\0\0mntrRGB XYZ ");
        profile.resize(36, 0);
        profile.extend(b"acsp");
        profile.resize(128, 0);
        profile.extend(list);
        profile.extend(data);
        self.profile = Some(profile);
        self
    }

    fn pixels(&self) -> Vec<u8> {
        let row = (0..self.width).flat_map(|x| {
            let colour = self.halves[usize::from(x >= self.width / 2)];
            colour.into_iter().chain(self.alpha)
        });
        let row: Vec<u8> = row.collect();
        row.repeat(self.height as usize)
    }

    pub fn png(&self) -> Vec<u8> {
        let mut info = png::Info::with_size(self.width, self.height);
        info.bit_depth = png::BitDepth::Eight;
        info.color_type = match self.alpha {
            Some(_) => png::ColorType::Rgba,
            None => png::ColorType::Rgb,
        };
        info.exif_metadata = self.exif.clone().map(Into::into);
        info.icc_profile = self.profile.clone().map(Into::into);
        let mut bytes = Vec::new();
        let encoder = png::Encoder::with_info(&mut bytes, info).unwrap();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.pixels()).unwrap();
        writer.finish().unwrap();
        bytes
    }

    pub fn jpeg(&self) -> Vec<u8> {
        assert_eq!(self.alpha, None, "JPEG has no transparency");
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 90);
        if let Some(exif) = &self.exif {
            encoder.add_exif_metadata(exif).unwrap();
        }
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).unwrap();
        }
        let (width, height) = (self.width as u16, self.height as u16);
        let colours = jpeg_encoder::ColorType::Rgb;
        let encoded = encoder.encode(&self.pixels(), width, height, colours);
        encoded.unwrap();
        bytes
    }

    pub fn webp(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = WebPEncoder::new(&mut bytes);
        encoder.set_exif_metadata(self.exif.clone().unwrap_or_default());
        encoder.set_icc_profile(self.profile.clone().unwrap_or_default());
        let colours = match self.alpha {
            Some(_) => ColorType::Rgba8,
            None => ColorType::Rgb8,
        };
        let encoded = encoder.encode(&self.pixels(), self.width, self.height, colours);
        encoded.unwrap();
        bytes
    }
}

/// A small picture for a file of a story, if its name is that of a picture.
pub fn stand_in(path: &str, text: &str) -> Option<Vec<u8>> {
    let mix = text.bytes().fold(7_u32, |mix, byte| {
        mix.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    let [red, green, blue, _] = mix.to_be_bytes();
    let picture = Picture::new(8, 8).colours([red, green, blue], BLUE);
    match path.rsplit('.').next()? {
        "png" => Some(picture.png()),
        "jpg" | "jpeg" => Some(picture.jpeg()),
        "webp" => Some(picture.webp()),
        _ => None,
    }
}

/// What is in a WebP file: its size, and the names of the colours in its corners, from the top
/// left to the right and then below.
pub fn seen(webp: &[u8]) -> (u32, u32, [&'static str; 4]) {
    let mut decoder = WebPDecoder::new(Cursor::new(webp)).unwrap();
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut pixels).unwrap();
    let name = |x: u32, y: u32| {
        let start = (y * width + x) as usize * channels;
        match pixels[start..start + 3] {
            [170..=255, ..=80, ..=80] => "red",
            [..=80, ..=80, 170..=255] => "blue",
            _ => "another",
        }
    };
    let (right, bottom) = (width - 1, height - 1);
    let corners = [
        name(0, 0),
        name(right, 0),
        name(0, bottom),
        name(right, bottom),
    ];
    (width, height, corners)
}
