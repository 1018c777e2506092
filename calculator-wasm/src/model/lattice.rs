//! The futures: a rank-1 lattice with stratified shifts (MODEL.md, section 2). It takes a risk
//! variable and the number of a future and gives the stratum, one of N equal slices of probability,
//! in which the variable lies.

/// Risk variables that a model may have: the length of the generating vector.
pub const MAX_VARIABLES: usize = GENERATING_VECTOR.len();

/// The embedded lattice rule of Cools, Kuo and Nuyens (2006), good for every power of two up to
/// 2^20.
const GENERATING_VECTOR: [u32; 75] = [
    1, 182667, 469891, 498753, 110745, 446247, 250185, 118627, 245333, 283199, 408519, 391023,
    246327, 126539, 399185, 461527, 300343, 69681, 516695, 436179, 106383, 238523, 413283, 70841,
    47719, 300129, 113029, 123925, 410745, 211325, 17489, 511893, 40767, 186077, 519471, 255369,
    101819, 243573, 66189, 152143, 503455, 113217, 132603, 463967, 297717, 157383, 224015, 502917,
    36237, 94049, 170665, 79397, 123963, 223451, 323871, 303633, 98567, 318855, 494245, 477137,
    177975, 64483, 26695, 88779, 94497, 239429, 381007, 110205, 339157, 73397, 407559, 181791,
    442675, 301397, 32569,
];

/// The way of one risk variable through the strata, future by future.
///
/// As the generator is odd and the number of futures a power of two, every stratum is visited
/// exactly once.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    step: u32,
    shift: u32,
    mask: u32,
}

impl Walk {
    /// The walk of variable `variable`, below [`MAX_VARIABLES`], over `samples` futures, a power of
    /// two.
    pub fn new(variable: usize, samples: usize, seed: u32) -> Self {
        let step = GENERATING_VECTOR.get(variable).copied().unwrap_or(1);
        let [shift, ..] = philox([variable as u32, 0, 0, 0], [seed, 0]);
        Self {
            step,
            shift,
            mask: samples as u32 - 1,
        }
    }

    /// The stratum of a future, below the number of futures.
    #[inline]
    pub fn stratum(self, future: usize) -> usize {
        ((future as u32)
            .wrapping_mul(self.step)
            .wrapping_add(self.shift)
            & self.mask) as usize
    }
}

/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): four words that depend on a counter and a key,
/// and on nothing else.
fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    let [mut left, mut right] = key;
    for _ in 0..10 {
        let first = u64::from(a) * 0xd251_1f53;
        let second = u64::from(c) * 0xcd9e_8d57;
        (a, b, c, d) = (
            (second >> 32) as u32 ^ b ^ left,
            second as u32,
            (first >> 32) as u32 ^ d ^ right,
            first as u32,
        );
        left = left.wrapping_add(0x9e37_79b9);
        right = right.wrapping_add(0xbb67_ae85);
    }
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::{MAX_VARIABLES, Walk, philox};
    use alloc::vec;

    #[test]
    fn philox_gives_the_published_answers() {
        assert_eq!(
            philox([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
    }

    #[test]
    fn every_variable_visits_every_stratum_once() {
        for variable in 0..MAX_VARIABLES {
            let walk = Walk::new(variable, 1024, 7);
            let mut seen = vec![0; 1024];
            for future in 0..1024 {
                seen[walk.stratum(future)] += 1;
            }
            assert!(seen.iter().all(|&times| times == 1), "variable {variable}");
        }
    }

    #[test]
    fn the_first_variable_walks_straight_from_its_shift() {
        let walk = Walk::new(0, 256, 0);
        assert_eq!(walk.stratum(0), 0x6627_e8d5 % 256);
        assert_eq!(walk.stratum(1), 0x6627_e8d5 % 256 + 1);
    }
}
