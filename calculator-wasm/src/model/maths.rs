//! Exponential and natural logarithm from plain IEEE operations, so that every platform computes
//! the same bits. Both are within one unit in the last place of the exact value.

/// ln 2, its first 33 bits: a product with a binary exponent is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
/// ln 2 − `LN_2_HIGH`.
const LN_2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);

/// The exponential function.
pub fn exp(x: f64) -> f64 {
    if x > 709.79 {
        return f64::INFINITY;
    }
    if x < -745.2 {
        return 0.0;
    }
    // x = k·ln 2 + r with |r| ≤ ½ ln 2; r is carried as high − low. (A NaN passes through r.)
    let half = if x < 0.0 { -0.5 } else { 0.5 };
    let k = (x * core::f64::consts::LOG2_E + half) as i64;
    let high = x - k as f64 * LN_2_HIGH;
    let low = k as f64 * LN_2_LOW;
    let r = high - low;
    // Taylor: the first term left out is r¹⁴/14! < 5e-18.
    let mut sum = INVERSE_FACTORIALS[11];
    for coefficient in INVERSE_FACTORIALS[..11].iter().rev() {
        sum = sum * r + coefficient;
    }
    let value = 1.0 + (high + (r * r * sum - low));
    if k > 1023 {
        value * 2.0 * power_of_two(k - 1)
    } else if k < -1022 {
        // Below the normal numbers: two steps, so that rounding happens once.
        value * power_of_two(k + 54) * power_of_two(-54)
    } else {
        value * power_of_two(k)
    }
}

/// The natural logarithm; NaN below zero.
pub fn ln(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return if x == 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::NAN
        };
    }
    if x == f64::INFINITY {
        return x;
    }
    let (x, lifted) = if x < f64::MIN_POSITIVE {
        (x * power_of_two(54), 54)
    } else {
        (x, 0)
    };
    // x = 2^k · m with m between √½ and √2.
    let shifted = x.to_bits() + (ONE - ROOT_OF_HALF);
    let k = ((shifted >> 52) as i64 - 1023 - lifted) as f64;
    let m = f64::from_bits((shifted & 0x000f_ffff_ffff_ffff) + ROOT_OF_HALF);
    // ln m = 2 artanh s, s = f/(2+f), f = m−1, arranged so that the leading f is exact.
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let mut series = 0.0;
    for n in (1..=11).rev() {
        series = (series + 2.0 / f64::from(2 * n + 1)) * z;
    }
    let half_square = 0.5 * f * f;
    k * LN_2_HIGH - ((half_square - (s * (half_square + series) + k * LN_2_LOW)) - f)
}

const ONE: u64 = 0x3ff0_0000_0000_0000;
const ROOT_OF_HALF: u64 = 0x3fe6_a09e_667f_3bcd;

/// 1/2!, 1/3!, … 1/13!
const INVERSE_FACTORIALS: [f64; 12] = [
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
];

/// 2^k for a normal result, −1022 ≤ k ≤ 1023.
fn power_of_two(k: i64) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::{exp, ln};

    /// Distance in units in the last place.
    fn ulps(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn exp_follows_the_platform_within_one_unit_in_the_last_place() {
        for step in -70_000..70_000 {
            let x = f64::from(step) * 0.010_123;
            assert!(
                ulps(exp(x), x.exp()) <= 1,
                "exp({x}): {} is not {}",
                exp(x),
                x.exp()
            );
        }
    }

    #[test]
    fn ln_follows_the_platform_within_one_unit_in_the_last_place() {
        let mut x = 1e-300;
        while x < 1e300 {
            assert!(
                ulps(ln(x), x.ln()) <= 1,
                "ln({x}): {} is not {}",
                ln(x),
                x.ln()
            );
            x *= 1.003_7;
        }
        for step in 1..100_000 {
            let x = f64::from(step) * 2.3e-5;
            assert!(
                ulps(ln(x), x.ln()) <= 1,
                "ln({x}): {} is not {}",
                ln(x),
                x.ln()
            );
        }
    }

    #[test]
    fn the_ends_of_the_range_are_those_of_the_platform() {
        for x in [
            -745.1,
            -744.0,
            -708.5,
            -709.0,
            709.7,
            709.79,
            800.0,
            -800.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ] {
            assert!(
                ulps(exp(x), x.exp()) <= 1,
                "exp({x}): {} is not {}",
                exp(x),
                x.exp()
            );
        }
        for x in [
            0.0,
            -0.0,
            f64::INFINITY,
            f64::MIN_POSITIVE / 1024.0,
            f64::MAX,
            1.0,
        ] {
            assert!(
                ln(x) == x.ln() || ulps(ln(x), x.ln()) <= 1,
                "ln({x}): {} is not {}",
                ln(x),
                x.ln()
            );
        }
        assert!(exp(f64::NAN).is_nan() && ln(f64::NAN).is_nan() && ln(-1.0).is_nan());
    }
}
