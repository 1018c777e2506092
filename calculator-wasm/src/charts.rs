//! The charts of an estimate and of a study as SVG paths, in whole units of a fixed canvas, so that
//! the generator and the widget draw the same. Each path is one line of a text; its place among the
//! lines is its slot.

use alloc::string::String;
use alloc::vec::Vec;

use crate::figures::{Axes, axis, hours_of, raise};
use crate::model::{Facts, SWINGS, Series, Sheet, Study};

/// Width of every canvas. (Its height is that of its marks, and up to the page but for dots and
/// curves.)
pub const WIDTH: f64 = 1000.0;
/// Height of the canvas of dots, and of that of a curve.
pub const DOTS_HEIGHT: i32 = 160;
pub const CURVE_HEIGHT: i32 = 100;
/// Diameter of a dot.
pub const DOT: i32 = 20;

/// What a path draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The total of an approach as a pile of dots, each an equal share of the futures. The line has
    /// no length: its round ends are the dots.
    Dots { approach: usize },
    /// A series from its 10th to its 90th percentile.
    Range { approach: usize, series: Series },
    /// Its median: a line without length.
    Middle { approach: usize, series: Series },
    /// A phase from the median of its start to the median of its finish.
    Phase { approach: usize, phase: usize },
    /// The part of a role in the stacked bar of a phase's hours.
    Part {
        approach: usize,
        phase: usize,
        role: usize,
    },
    /// One of the largest risks: from the total at its low end to that at its high end, around the
    /// mean total in the middle of the canvas.
    Swing { rank: usize },
    /// The total of an approach over the range of an input.
    Curve { input: usize, approach: usize },
}

/// What takes paths down: the generator with what they are, the widget without.
pub trait Canvas {
    /// Begins the next path, which is empty. The one before is complete.
    fn begin(&mut self, drawing: Drawing) -> &mut String;
}

impl Canvas for Vec<(Drawing, String)> {
    fn begin(&mut self, drawing: Drawing) -> &mut String {
        let path = self.len();
        self.push((drawing, String::new()));
        &mut self[path].1
    }
}

/// Draws an estimate.
pub fn draw(canvas: &mut impl Canvas, sheet: &Sheet) {
    let Facts {
        approaches, phases, ..
    } = sheet.facts;
    let axes = Axes::of(sheet);
    let rows = sheet.facts.series_count() - 2 * phases;
    for approach in 0..approaches {
        let path = canvas.begin(Drawing::Dots { approach });
        draw_dots(path, sheet.dots(approach), axes.cost);
        for (place, series) in sheet.facts.series().enumerate() {
            if let Some(axis) = axis(series) {
                let end = axes.end(axis);
                let summary = sheet.summary(approach, place);
                let path = canvas.begin(Drawing::Range { approach, series });
                draw_line(path, summary.p10 / end, summary.p90 / end);
                let path = canvas.begin(Drawing::Middle { approach, series });
                draw_line(path, summary.p50 / end, summary.p50 / end);
            }
        }
        for phase in 0..phases {
            let path = canvas.begin(Drawing::Phase { approach, phase });
            let start = sheet.summary(approach, rows + phase).p50;
            let finish = sheet.summary(approach, rows + phases + phase).p50;
            draw_line(path, start / axes.weeks, finish / axes.weeks);
            let mut until = 0.0;
            for (role, hours) in hours_of(sheet, approach, phase).enumerate() {
                let path = canvas.begin(Drawing::Part {
                    approach,
                    phase,
                    role,
                });
                let start = until;
                until += hours / axes.hours;
                // No mark at all for nobody.
                if place(until) > place(start) {
                    draw_line(path, start, until);
                }
            }
        }
    }
}

/// Draws what is known of a study of an estimate.
pub fn draw_study(canvas: &mut impl Canvas, study: &Study, sheet: &Sheet) {
    let approaches = sheet.facts.approaches;
    let total = |approach| sheet.summary(approach, Series::TOTAL).mean;
    let mean = total(sheet.recommendation.studied());
    let mut far = 0.0;
    for swing in &study.swings {
        far = larger(far, (swing.low - mean).abs());
        far = larger(far, (swing.high - mean).abs());
    }
    for rank in 0..SWINGS {
        let path = canvas.begin(Drawing::Swing { rank });
        if let Some(swing) = study.swings.get(rank) {
            let at = |total: f64| (total - mean + far) / (2.0 * far);
            draw_line(path, at(swing.low), at(swing.high));
        }
    }
    for (input, curve) in study.curves.iter().enumerate() {
        let mut top = 0.0;
        for total in curve {
            raise(&mut top, *total);
        }
        for approach in 0..approaches {
            let path = canvas.begin(Drawing::Curve { input, approach });
            let steps = (curve.len() / approaches - 1) as f64;
            let totals = curve.iter().skip(approach).step_by(approaches);
            for (point, total) in totals.enumerate() {
                let height = f64::from(CURVE_HEIGHT);
                let y = height - total / top * height;
                path.push_str(if point == 0 { "M" } else { "L" });
                push(path, place(point as f64 / steps));
                path.push(' ');
                push(path, larger(y, -height) as i32);
            }
        }
    }
}

/// Stacks dots where they would overlap, closer together if the pile would leave the canvas.
fn draw_dots(path: &mut String, values: &[f64], end: f64) {
    let column = |value: &f64| (place(value / end) / DOT).min(WIDTH as i32 / DOT - 1);
    let (mut highest, mut height, mut last) = (1, 0, -1);
    for value in values {
        height = if column(value) == last { height + 1 } else { 1 };
        highest = highest.max(height);
        last = column(value);
    }
    let apart = ((DOTS_HEIGHT - DOT) / highest).min(DOT);
    last = -1;
    for value in values {
        height = if column(value) == last { height + 1 } else { 0 };
        last = column(value);
        path.push('M');
        push(path, last * DOT + DOT / 2);
        path.push(' ');
        push(path, DOTS_HEIGHT - DOT / 2 - height * apart);
        path.push_str("h0");
    }
}

/// A line on the middle of the canvas, from one share of its width to another.
#[inline(never)]
fn draw_line(path: &mut String, from: f64, to: f64) {
    path.push('M');
    push(path, place(from));
    path.push_str(" 6H");
    push(path, place(to));
}

/// Where a share of the width is.
#[inline(never)]
fn place(share: f64) -> i32 {
    // What is no number is nothing.
    let share = if share > 0.0 { share } else { 0.0 };
    let share = if share < 1.0 { share } else { 1.0 };
    (share * WIDTH + 0.5) as i32
}

fn larger(one: f64, other: f64) -> f64 {
    if other > one { other } else { one }
}

/// Writes a whole number.
#[inline(never)]
fn push(path: &mut String, number: i32) {
    if number < 0 {
        path.push('-');
    }
    let mut size = number.unsigned_abs();
    let mut power = 1;
    while size / power >= 10 {
        power *= 10;
    }
    while power > 0 {
        let digit = (size / power) as usize;
        path.push_str(&"0123456789"[digit..=digit]);
        size %= power;
        power /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::{draw_dots, draw_line, place, push};
    use alloc::string::String;

    fn drawn(work: impl FnOnce(&mut String)) -> String {
        let mut path = String::new();
        work(&mut path);
        path
    }

    #[test]
    fn numbers_are_written_whole() {
        for (number, text) in [
            (0, "0"),
            (7, "7"),
            (-10, "-10"),
            (1000, "1000"),
            (305, "305"),
        ] {
            assert_eq!(drawn(|path| push(path, number)), text);
        }
    }

    #[test]
    fn places_stay_on_the_canvas() {
        let cases = [
            (0.5, 500),
            (-0.1, 0),
            (1.1, 1000),
            (f64::INFINITY, 1000),
            (f64::NAN, 0),
        ];
        for (share, expected) in cases {
            assert_eq!(place(share), expected, "{share}");
        }
    }

    #[test]
    fn a_range_is_a_line() {
        assert_eq!(drawn(|path| draw_line(path, 0.02, 0.305)), "M20 6H305");
    }

    #[test]
    fn dots_of_one_column_are_piled_up() {
        let dots = drawn(|path| draw_dots(path, &[9.9, 5.1, 5.0, 0.0], 10.0));
        assert_eq!(dots, "M990 150h0M510 150h0M510 130h0M10 150h0");
        let high = drawn(|path| draw_dots(path, &[1.0; 50], 10.0));
        assert!(high.ends_with("M110 52h0"), "{high}");
    }
}
