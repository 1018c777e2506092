//! What a reader changed, as a text for an address: the model's version, then only what differs,
//! such as `v1&cto_hours=20&rate.partner=90,150,210`. It takes any text at all and gives the
//! changes, or says what is wrong with it.

use alloc::vec::Vec;
use core::ops::Range;

use crate::model::LARGEST;

/// Why a text cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// Written for another version of the model.
    Version,
    /// Not the form of such a text, or a name or number that makes no sense here.
    Broken,
}

/// What can be set, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub version: f64,
    /// The names of inputs, then those of assumptions and of terms, with a space between them.
    pub keys: &'a [u8],
    /// How many of them are inputs, and assumptions.
    pub inputs: usize,
    pub assumptions: usize,
    /// How many numbers each term has.
    pub terms: &'a [usize],
}

impl Names<'_> {
    /// Where the numbers of a name begin and end: an input has one, an assumption low, most likely
    /// and high.
    fn place(&self, name: usize) -> Range<usize> {
        let Some(assumption) = name.checked_sub(self.inputs) else {
            return name..name + 1;
        };
        let Some(term) = assumption.checked_sub(self.assumptions) else {
            let from = self.inputs + 3 * assumption;
            return from..from + 3;
        };
        let mut end = self.inputs + 3 * self.assumptions;
        let mut from = end;
        for count in self.terms.iter().take(term + 1) {
            from = end;
            end += count;
        }
        from..end
    }

    /// Whether one number may stand for low, most likely and high.
    fn is_certain(&self, name: usize, numbers: &[f64]) -> bool {
        let assumption = name >= self.inputs && name < self.inputs + self.assumptions;
        assumption && numbers.first() == numbers.last()
    }

    /// Takes the changes over that a text lists. Whether the numbers are legal is up to the engine.
    pub fn read(&self, text: &[u8], state: &mut [f64]) -> Result<(), ShareError> {
        let mut parts = text.split(|byte| *byte == b'&');
        let version = parts.next().unwrap_or_default();
        match version.strip_prefix(b"v").and_then(number) {
            Some(version) if version == self.version => {}
            Some(_) => return Err(ShareError::Version),
            None => return Err(ShareError::Broken),
        }
        for part in parts {
            self.take_over(part, state).ok_or(ShareError::Broken)?;
        }
        Ok(())
    }

    fn take_over(&self, part: &[u8], state: &mut [f64]) -> Option<()> {
        let end = part.iter().position(|byte| *byte == b'=')?;
        let (key, values) = (&part[..end], &part[end + 1..]);
        let mut keys = self.keys.split(|byte| *byte == b' ');
        let name = keys.position(|known| known == key)?;
        let numbers = state.get_mut(self.place(name))?;
        let count = numbers.len();
        let certain = self.is_certain(name, numbers);
        let mut found = 0;
        for value in values.split(|byte| *byte == b',') {
            *numbers.get_mut(found)? = number(value)?;
            found += 1;
        }
        // One number for what is certain, and no more than that where it always is.
        if certain && found > 1 {
            return None;
        }
        if found == 1 && name < self.inputs + self.assumptions {
            let value = numbers[0];
            numbers.fill(value);
            found = count;
        }
        (found == count).then_some(())
    }

    /// The text for what differs between a state and the one that the model begins with.
    pub fn write(&self, state: &[f64], default: &[f64]) -> Vec<u8> {
        let mut text = Vec::from(*b"v");
        push(&mut text, self.version);
        for (name, key) in self.keys.split(|byte| *byte == b' ').enumerate() {
            let place = self.place(name);
            let (Some(numbers), Some(usual)) = (state.get(place.clone()), default.get(place))
            else {
                break;
            };
            if numbers == usual {
                continue;
            }
            text.push(b'&');
            text.extend_from_slice(key);
            let certain = self.is_certain(name, numbers);
            for (part, number) in numbers.iter().enumerate() {
                if part == 0 || !certain {
                    text.push(if part == 0 { b'=' } else { b',' });
                    push(&mut text, *number);
                }
            }
        }
        text
    }
}

/// Digits behind the point that are read and written.
const DECIMALS: usize = 6;

/// A number as `push` writes them, or a person would: digits, perhaps a point and a sign.
fn number(text: &[u8]) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let (mut units, mut power, mut behind_point) = (0.0, 1.0, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                units = units * 10.0 + f64::from(byte - b'0');
                if behind_point {
                    power *= 10.0;
                }
            }
            b'.' if !behind_point => behind_point = true,
            _ => return None,
        }
    }
    // One division, so that the result is the nearest number to the digits.
    let whole = digits.last().is_some_and(|last| *last != b'.');
    // The sum turns −0 into 0, which is what it is written as.
    (whole && power <= 1e6 && units / power <= LARGEST).then_some(sign * units / power + 0.0)
}

/// Writes a number with as few digits as give it back, at most [`DECIMALS`] behind the point.
fn push(text: &mut Vec<u8>, value: f64) {
    if value < 0.0 {
        text.push(b'-');
    }
    let size = value.abs();
    let (mut power, mut decimals) = (1.0, 0);
    let mut units = (size + 0.5) as u64;
    while units as f64 / power != size && decimals < DECIMALS {
        power *= 10.0;
        decimals += 1;
        units = (size * power + 0.5) as u64;
    }
    // From the last digit on, then the other way round.
    let start = text.len();
    let mut count = 0;
    while units > 0 || count <= decimals {
        if count == decimals && decimals > 0 {
            text.push(b'.');
        }
        text.push(b'0' + (units % 10) as u8);
        units /= 10;
        count += 1;
    }
    text[start..].reverse();
}

#[cfg(test)]
mod tests {
    use super::{Names, ShareError, number, push};
    use alloc::string::String;
    use alloc::vec::Vec;

    const NAMES: Names<'static> = Names {
        version: 3.0,
        keys: b"people share rate.own horizon_weeks ramp.rate share.draft",
        inputs: 2,
        assumptions: 2,
        terms: &[4, 3],
    };

    const USUAL: [f64; 15] = [
        25.0, 70.0, 60.0, 95.0, 145.0, 52.0, 52.0, 52.0, 8.0, 1.0, 20.0, 0.5, 0.5, 0.0, 0.5,
    ];

    fn opened(text: &str) -> Result<[f64; 15], ShareError> {
        let mut state = USUAL;
        NAMES.read(text.as_bytes(), &mut state)?;
        Ok(state)
    }

    fn written(state: &[f64]) -> String {
        String::from_utf8(NAMES.write(state, &USUAL)).unwrap()
    }

    #[test]
    fn only_what_was_changed_is_written() {
        let mut state = USUAL;
        assert_eq!(written(&state), "v3");
        state[1] = 12.5;
        state[3] = 80.25;
        state[5..8].fill(26.0);
        state[11] = 0.25;
        let text = written(&state);
        assert_eq!(
            text,
            "v3&share=12.5&rate.own=60,80.25,145&horizon_weeks=26&ramp.rate=8,1,20,0.25"
        );
        assert_eq!(opened(&text), Ok(state));
    }

    #[test]
    fn parts_of_a_whole_are_never_one_number() {
        let mut state = USUAL;
        state[12..].copy_from_slice(&[0.25, 0.5, 0.25]);
        let text = written(&state);
        assert_eq!(text, "v3&share.draft=0.25,0.5,0.25");
        assert_eq!(opened(&text), Ok(state));
    }

    #[test]
    fn a_text_for_another_version_says_so() {
        assert_eq!(opened("v2&people=3"), Err(ShareError::Version));
        assert_eq!(opened("v4"), Err(ShareError::Version));
    }

    #[test]
    fn whatever_makes_no_sense_is_broken() {
        for text in [
            "",
            "3",
            "v",
            "vx",
            "v3&",
            "v3&people",
            "v3&people=",
            "v3&people=x",
            "v3&people=1,2",
            "v3&person=1",
            "v3&=1",
            "v3&rate.own=1,2",
            "v3&rate.own=1,2,3,4",
            "v3&rate.own=1,,3",
            "v3&horizon_weeks=1,2,3",
            "v3&ramp.rate=1",
            "v3&ramp.rate=8,1,20",
            "v3&share.draft=1,0,0,0",
            "v3&people=1e9",
            "v3&people=99999999999",
            "v3&people=1.2.3",
            "v3&people=--1",
            "v3&people=1.",
            "v3&people=0.0000001",
            "v3&people=NaN",
            "v3&people=1&&share=2",
            "v3&people=½",
        ] {
            assert_eq!(opened(text), Err(ShareError::Broken), "{text}");
        }
    }

    /// Otherwise the address that a page writes for it would stand for another state.
    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(number(b"-0").map(f64::to_bits), Some(0));
        assert_eq!(number(b"-0.00").map(f64::to_bits), Some(0));
    }

    #[test]
    fn numbers_come_back_as_they_were_written() {
        for value in [
            0.0, 1.0, -1.0, 0.05, 0.1, 12.345, -0.000_001, 1e9, 1_234.5, 0.3, 99.999_999,
        ] {
            let mut text = Vec::new();
            push(&mut text, value);
            assert_eq!(
                number(&text),
                Some(value),
                "{}",
                String::from_utf8_lossy(&text)
            );
        }
    }
}
