//! Beta-PERT distributions: from `[low, mode, high]` to a sorted table of N quantiles (MODEL.md,
//! section 2).
//!
//! A table depends on one number, the place of the mode between the ends. It is found without a
//! root search per entry: the quantile function solves a differential equation, so its Taylor
//! series at one entry gives the next ones.

use super::maths::{exp, ln};
use alloc::vec;
use alloc::vec::Vec;

/// An uncertain number: at least `low`, most likely `mode`, at most `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pert {
    /// Smallest value.
    pub low: f64,
    /// Most likely value.
    pub mode: f64,
    /// Largest value.
    pub high: f64,
}

impl Pert {
    /// A number that is known.
    pub const fn certain(value: f64) -> Self {
        Self {
            low: value,
            mode: value,
            high: value,
        }
    }

    /// Place of the mode between the ends, 0 to 1; `None` if the number is known.
    pub fn shape(&self) -> Option<f64> {
        (self.high > self.low).then(|| (self.mode - self.low) / (self.high - self.low))
    }

    /// low ≤ mode ≤ high, all finite.
    pub fn is_ordered(&self) -> bool {
        self.low <= self.mode && self.mode <= self.high && (self.high - self.low).is_finite()
    }
}

/// One table of quantiles for each shape that was asked for.
#[derive(Clone, Debug, Default)]
pub struct Tables(Vec<(f64, Vec<f64>)>);

/// Tables that are kept: those of a large model, and what a reader tried out.
const MANY: usize = 256;

impl Tables {
    /// Makes sure that there are the tables of these distributions.
    pub fn add(&mut self, samples: usize, numbers: impl Iterator<Item = Pert>) {
        if self.0.len() > MANY {
            self.0.clear();
        }
        for number in numbers {
            if let Some(shape) = number.shape()
                && self.get(shape).is_empty()
            {
                self.0.push((shape, quantiles(shape, samples)));
            }
        }
    }

    /// The quantiles of a shape, between 0 and 1 and rising; empty for a shape that was not asked
    /// for.
    pub fn get(&self, shape: f64) -> &[f64] {
        for (known, table) in &self.0 {
            if *known == shape {
                return table;
            }
        }
        &[]
    }
}

/// Quantiles of Beta(1 + 4f, 5 − 4f) at (k + ½)/samples for k = 0 … samples − 1, `samples` a power
/// of two from 16 on.
///
/// Each half is stepped inwards from its own end, where the tail is known to full relative
/// accuracy.
pub fn quantiles(shape: f64, samples: usize) -> Vec<f64> {
    let mut table = vec![0.0; samples];
    let (lower, upper) = table.split_at_mut(samples / 2);
    let beta = Beta::new(4.0 * shape);
    beta.fill_lower_half(lower);
    beta.mirrored().fill_lower_half(upper);
    upper.reverse();
    for value in upper {
        *value = 1.0 - *value;
    }
    table
}

/// The density x^p (1−x)^q / `norm` with p + q = 4.
struct Beta {
    p: f64,
    q: f64,
    norm: f64,
}

/// Entries at the very end that are solved one by one: there the gaps are large beside the
/// probability itself.
const TAIL: usize = 8;
/// Terms of the Taylor series. Steps stay within 1/8 of the radius of convergence, and 8^−17 is
/// below 1e-15.
const ORDER: usize = 17;

impl Beta {
    fn new(p: f64) -> Self {
        let q = 4.0 - p;
        // B(a,b) is the sum of its two incomplete halves, each 2^−6 times a series of positive
        // terms.
        let norm =
            (tail_series(p + 1.0, 0.5) / (p + 1.0) + tail_series(q + 1.0, 0.5) / (q + 1.0)) / 64.0;
        Self { p, q, norm }
    }

    fn mirrored(&self) -> Self {
        Self {
            p: self.q,
            q: self.p,
            norm: self.norm,
        }
    }

    /// Quantiles at (k + ½)/(2·len) for k = 0 … len − 1.
    fn fill_lower_half(&self, table: &mut [f64]) {
        let step = 0.5 / table.len() as f64;
        let mut from = TAIL.min(table.len()) - 1;
        for (k, entry) in table.iter_mut().enumerate().take(from + 1) {
            *entry = self.tail_quantile((k as f64 + 0.5) * step);
        }
        while from + 1 < table.len() {
            let here = from as f64 + 0.5;
            let series = self.taylor(table[from], here * step);
            let reach = (from + 1).max(from + (from + 1) / 8).min(table.len() - 1);
            for (ahead, entry) in table[from + 1..=reach].iter_mut().enumerate() {
                let distance = (ahead + 1) as f64 / here;
                let mut sum = 0.0;
                for coefficient in series.iter().rev() {
                    sum = sum * distance + coefficient;
                }
                *entry = sum;
            }
            from = reach;
        }
    }

    /// Taylor coefficients of the quantile function around probability `u`, where it is `x`, in
    /// units of `u`.
    ///
    /// With y the quantile and w = dy = u / density(y): dw = w·(q·w/(1−y) − p·w/y), a recurrence on
    /// coefficients.
    fn taylor(&self, x: f64, u: f64) -> [f64; ORDER] {
        let mut y = [0.0; ORDER];
        let mut w = [0.0; ORDER];
        let mut over_y = [0.0; ORDER];
        let mut over_rest = [0.0; ORDER];
        let mut slope = [0.0; ORDER];
        let (per_x, per_rest) = (1.0 / x, 1.0 / (1.0 - x));
        y[0] = x;
        w[0] = u * self.norm * exp(-self.p * ln(x) - self.q * ln(1.0 - x));
        for n in 0..ORDER - 1 {
            let (mut ratio, mut rest) = (w[n], w[n]);
            for i in 0..n {
                ratio -= over_y[i] * y[n - i];
                rest += over_rest[i] * y[n - i];
            }
            over_y[n] = ratio * per_x;
            over_rest[n] = rest * per_rest;
            slope[n] = self.q * over_rest[n] - self.p * over_y[n];
            let mut product = 0.0;
            for i in 0..=n {
                product += w[i] * slope[n - i];
            }
            y[n + 1] = w[n] / (n + 1) as f64;
            w[n + 1] = product / (n + 1) as f64;
        }
        y
    }

    /// The quantile at a small probability `u`, by Newton's method on the logarithms of both.
    fn tail_quantile(&self, u: f64) -> f64 {
        let a = self.p + 1.0;
        let goal = ln(u * a * self.norm);
        let mut log_x = goal / a;
        for _ in 0..30 {
            let x = exp(log_x);
            let series = tail_series(a, x);
            // P(x) = x^a (1−x)^b · series / (a·norm), so d ln P / d ln x = a / ((1−x)·series).
            let missing = a * log_x + (self.q + 1.0) * ln(1.0 - x) + ln(series) - goal;
            let change = missing * (1.0 - x) * series / a;
            log_x -= change;
            if change.abs() < 1e-15 {
                break;
            }
        }
        exp(log_x)
    }
}

/// Σ xⁿ · 6·7···(5+n) / ((a+1)···(a+n)): the incomplete beta function with a + b = 6, without its
/// leading factors.
fn tail_series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 0..2000 {
        term *= x * (6.0 + f64::from(n)) / (a + 1.0 + f64::from(n));
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::quantiles;

    #[test]
    fn a_mode_at_the_low_end_has_quantiles_in_closed_form() {
        for samples in [64, 2048, 65_536] {
            for (k, x) in quantiles(0.0, samples).into_iter().enumerate() {
                let u = (k as f64 + 0.5) / samples as f64;
                let exact = -f64::exp_m1(f64::ln_1p(-u) / 5.0);
                assert!(
                    (x - exact).abs() <= 1e-13 * exact,
                    "{k} of {samples}: {x} is not {exact}"
                );
            }
        }
    }

    #[test]
    fn a_mode_in_the_middle_solves_its_cubic_distribution() {
        for (k, x) in quantiles(0.5, 1024).into_iter().enumerate() {
            let u = (k as f64 + 0.5) / 1024.0;
            let (tail, goal) = if x < 0.5 { (x, u) } else { (1.0 - x, 1.0 - u) };
            let probability = tail * tail * tail * (10.0 - 15.0 * tail + 6.0 * tail * tail);
            assert!(
                (probability - goal).abs() <= 1e-13 * goal,
                "{k}: P({x}) is {probability}, not {u}"
            );
        }
    }

    #[test]
    fn moments_are_those_of_the_beta_distribution() {
        for shape in [0.0, 0.01, 0.148, 1.0 / 3.0, 0.5, 0.775, 0.999, 1.0] {
            let table = quantiles(shape, 16_384);
            let mean = table.iter().sum::<f64>() / table.len() as f64;
            let (a, b) = (1.0 + 4.0 * shape, 5.0 - 4.0 * shape);
            let variance =
                table.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / table.len() as f64;
            assert!((mean - a / 6.0).abs() < 3e-6, "mean at {shape}: {mean}");
            assert!(
                (variance - a * b / 252.0).abs() < 3e-6,
                "variance at {shape}: {variance}"
            );
        }
    }

    #[test]
    fn quantiles_rise_and_mirror() {
        let left = quantiles(0.23, 2048);
        let right = quantiles(1.0 - 0.23, 2048);
        assert!(left.windows(2).all(|pair| pair[0] < pair[1]));
        for (x, y) in left.iter().zip(right.iter().rev()) {
            assert!((x + y - 1.0).abs() < 1e-14);
        }
    }
}
