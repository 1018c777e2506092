//! Pixels in memory: three bytes each, or four with transparency, row by row.

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    pub width: u32,
    pub height: u32,
    pub alpha: bool,
    pub pixels: Vec<u8>,
}

impl Bitmap {
    /// `None` if there are not as many pixels as the size says.
    pub fn new(width: u32, height: u32, alpha: bool, pixels: Vec<u8>) -> Option<Self> {
        let bitmap = Self {
            width,
            height,
            alpha,
            pixels,
        };
        let length = width as usize * height as usize * bitmap.channels();
        (bitmap.pixels.len() == length).then_some(bitmap)
    }

    pub fn channels(&self) -> usize {
        if self.alpha { 4 } else { 3 }
    }

    /// Many programs write transparency into pictures that have none.
    pub fn without_needless_alpha(self) -> Self {
        let is_needed = |pixels: &[u8]| pixels.chunks_exact(4).any(|pixel| pixel[3] < 255);
        match self.alpha && !is_needed(&self.pixels) {
            true => self.over([0; 3]),
            false => self,
        }
    }

    /// The picture on a ground of one colour.
    pub fn over(self, ground: [u8; 3]) -> Self {
        if !self.alpha {
            return self;
        }
        let mix = |above: u8, below: u8, alpha: u8| {
            let (above, below, alpha) = (u32::from(above), u32::from(below), u32::from(alpha));
            ((above * alpha + below * (255 - alpha) + 127) / 255) as u8
        };
        let pixels = self.pixels.chunks_exact(4).flat_map(|pixel| {
            [0, 1, 2].map(|channel| mix(pixel[channel], ground[channel], pixel[3]))
        });
        Self {
            alpha: false,
            pixels: pixels.collect(),
            ..self
        }
    }

    /// The picture turned and mirrored as the Exif orientation, from 1 to 8, says.
    pub fn turned(self, orientation: u32) -> Self {
        let (width, height) = (self.width as usize, self.height as usize);
        let (right, bottom) = (width - 1, height - 1);
        // Where the pixel at (x, y) of the upright picture is in the file.
        let from: fn(usize, usize, usize, usize) -> (usize, usize) = match orientation {
            2 => |x, y, right, _| (right - x, y),
            3 => |x, y, right, bottom| (right - x, bottom - y),
            4 => |x, y, _, bottom| (x, bottom - y),
            5 => |x, y, _, _| (y, x),
            6 => |x, y, _, bottom| (y, bottom - x),
            7 => |x, y, right, bottom| (right - y, bottom - x),
            8 => |x, y, right, _| (right - y, x),
            _ => return self,
        };
        let (across, down) = match orientation {
            5.. => (height, width),
            _ => (width, height),
        };
        let channels = self.channels();
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..down {
            for x in 0..across {
                let (from_x, from_y) = from(x, y, right, bottom);
                let start = (from_y * width + from_x) * channels;
                pixels.extend_from_slice(&self.pixels[start..start + channels]);
            }
        }
        Self {
            width: across as u32,
            height: down as u32,
            pixels,
            ..self
        }
    }

    /// The picture in a corner of a larger one, of which the rest is like the pixels at its edges.
    pub fn filled_up(&self, width: u32, height: u32) -> Self {
        let channels = self.channels();
        let row_length = self.width as usize * channels;
        let mut pixels = Vec::with_capacity(width as usize * height as usize * channels);
        for row in self.pixels.chunks_exact(row_length) {
            pixels.extend_from_slice(row);
            let last = &row[row_length - channels..];
            pixels.extend(last.repeat((width - self.width) as usize));
        }
        let last = pixels[pixels.len() - width as usize * channels..].to_vec();
        pixels.extend(last.repeat((height - self.height) as usize));
        Self {
            width,
            height,
            alpha: self.alpha,
            pixels,
        }
    }

    /// The colours alone.
    pub fn opaque(self) -> Self {
        if !self.alpha {
            return self;
        }
        let pixels = self.pixels.chunks_exact(4);
        Self {
            alpha: false,
            pixels: pixels
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
                .collect(),
            ..self
        }
    }

    /// The same picture in another size.
    pub fn resized(&self, width: u32, height: u32) -> Self {
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let kind = match self.alpha {
            true => PixelType::U8x4,
            false => PixelType::U8x3,
        };
        let mut to = Image::new(width, height, kind);
        let from =
            fast_image_resize::images::ImageRef::new(self.width, self.height, &self.pixels, kind);
        // Neither can fail: sizes and kinds of pixels fit together.
        if let Ok(from) = from {
            let _ = Resizer::new().resize(&from, &mut to, None);
        }
        Self {
            width,
            height,
            alpha: self.alpha,
            pixels: to.into_vec(),
        }
    }

    /// The mean colour.
    pub fn colour(&self) -> [u8; 3] {
        let pixel = self.resized(1, 1).over([255; 3]);
        [pixel.pixels[0], pixel.pixels[1], pixel.pixels[2]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture whose pixels are told apart by their red.
    fn numbered(width: u32, height: u32) -> Bitmap {
        let pixels = (0..width * height).flat_map(|number| [number as u8, 0, 0]);
        Bitmap::new(width, height, false, pixels.collect()).unwrap()
    }

    fn numbers(bitmap: &Bitmap) -> (u32, Vec<u8>) {
        let pixels = bitmap.pixels.chunks_exact(3);
        (bitmap.width, pixels.map(|pixel| pixel[0]).collect())
    }

    #[test]
    fn every_orientation_is_undone() {
        // 0 1 2
        // 3 4 5
        let turned = |orientation| numbers(&numbered(3, 2).turned(orientation));
        assert_eq!(turned(1), (3, vec![0, 1, 2, 3, 4, 5]));
        assert_eq!(turned(2), (3, vec![2, 1, 0, 5, 4, 3]));
        assert_eq!(turned(3), (3, vec![5, 4, 3, 2, 1, 0]));
        assert_eq!(turned(4), (3, vec![3, 4, 5, 0, 1, 2]));
        assert_eq!(turned(5), (2, vec![0, 3, 1, 4, 2, 5]));
        assert_eq!(turned(6), (2, vec![3, 0, 4, 1, 5, 2]));
        assert_eq!(turned(7), (2, vec![5, 2, 4, 1, 3, 0]));
        assert_eq!(turned(8), (2, vec![2, 5, 1, 4, 0, 3]));
        assert_eq!(turned(9), turned(1));
    }

    #[test]
    fn transparency_that_nothing_uses_is_left_out() {
        let opaque = Bitmap::new(1, 1, true, vec![9, 8, 7, 255]).unwrap();
        assert_eq!(opaque.without_needless_alpha().pixels, [9, 8, 7]);
        let clear = Bitmap::new(1, 1, true, vec![9, 8, 7, 0]).unwrap();
        assert!(clear.clone().without_needless_alpha().alpha);
        assert_eq!(clear.over([255; 3]).pixels, [255; 3]);
    }

    #[test]
    fn a_picture_is_filled_up_with_its_edges() {
        // 0 1 2
        // 3 4 5
        let filled = numbered(3, 2).filled_up(4, 4);
        let rows = [[0, 1, 2, 2], [3, 4, 5, 5], [3, 4, 5, 5], [3, 4, 5, 5]];
        assert_eq!(numbers(&filled), (4, rows.concat()));
    }

    #[test]
    fn a_picture_has_as_many_pixels_as_it_says() {
        assert_eq!(Bitmap::new(2, 2, false, vec![0; 11]), None);
    }
}
