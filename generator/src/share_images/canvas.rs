//! A canvas of few inks on one background, and the PNG of it. Every pixel is a step on the way from the
//! background to one ink, so the palette is exact and the file small.

use ab_glyph_rasterizer::Rasterizer;

/// Red, green and blue.
pub type Colour = [u8; 3];

/// Steps from the background, which is step 0, to an ink.
const STEPS: usize = 15;

pub struct Canvas {
    pub width: usize,
    pub height: usize,
    palette: Vec<Colour>,
    pixels: Vec<u8>,
}

/// An ink by its place in the list that the canvas was made with.
#[derive(Clone, Copy)]
pub struct Ink(pub usize);

impl Canvas {
    /// At most seventeen inks have room in a palette.
    pub fn new(width: usize, height: usize, background: Colour, inks: &[Colour]) -> Self {
        let mut palette = vec![background];
        for ink in inks {
            palette.extend((1..=STEPS).map(|step| mixed(background, *ink, step)));
        }
        Self {
            width,
            height,
            palette,
            pixels: vec![0; width * height],
        }
    }

    /// Fills what the rasterizer holds, the corner of which is at this place.
    pub fn fill(&mut self, shape: &Rasterizer, left: usize, top: usize, ink: Ink) {
        let base = ink.0 * STEPS;
        let (width, height) = (self.width, self.height);
        let pixels = &mut self.pixels;
        shape.for_each_pixel_2d(|x, y, coverage| {
            let step = (coverage.min(1.0) * STEPS as f32 + 0.5) as usize;
            let (x, y) = (left + x as usize, top + y as usize);
            if step > 0 && x < width && y < height {
                pixels[y * width + x] = (base + step) as u8;
            }
        });
    }

    pub fn rectangle(&mut self, left: usize, top: usize, width: usize, height: usize, ink: Ink) {
        let full = ((ink.0 + 1) * STEPS) as u8;
        let rows = self.pixels.chunks_exact_mut(self.width);
        for row in rows.skip(top).take(height) {
            let end = (left + width).min(row.len());
            row[left.min(end)..end].fill(full);
        }
    }

    pub fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(self.palette.concat());
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        // Memory takes every byte, and the sizes agree.
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.pixels));
        debug_assert!(written.is_ok());
        bytes
    }
}

fn mixed(from: Colour, to: Colour, step: usize) -> Colour {
    let mix = |index: usize| {
        let (from, to) = (usize::from(from[index]), usize::from(to[index]));
        ((from * (STEPS - step) + to * step + STEPS / 2) / STEPS) as u8
    };
    [mix(0), mix(1), mix(2)]
}

/// A colour on its way from another, in hundredths.
pub fn between(from: Colour, to: Colour, hundredths: u16) -> Colour {
    let mix = |index: usize| {
        let (from, to) = (u16::from(from[index]), u16::from(to[index]));
        ((from * (100 - hundredths) + to * hundredths + 50) / 100) as u8
    };
    [mix(0), mix(1), mix(2)]
}
