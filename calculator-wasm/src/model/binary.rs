//! A list of numbers as bytes, for the page: compact, behind a checksum. `decode` takes any bytes at
//! all and gives the numbers, or an error.

use alloc::vec::Vec;

/// First byte behind the checksum; changes whenever the layout does.
const VERSION: u8 = 3;

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Not as they were sealed.
    Damaged,
    /// Written for another version of the engine.
    Version,
    /// A number that the layout does not allow.
    Malformed,
}

/// The bytes of some numbers.
pub fn encode(words: &[f64]) -> Vec<u8> {
    let mut bytes = alloc::vec![VERSION];
    for word in words {
        write(*word, &mut bytes);
    }
    let mut sealed = checksum(&bytes).to_le_bytes().to_vec();
    sealed.extend(bytes);
    sealed
}

/// The numbers in some bytes.
pub fn decode(sealed: &[u8]) -> Result<Vec<f64>, DecodeError> {
    let Some((sum, bytes)) = sealed.split_first_chunk() else {
        return Err(DecodeError::Damaged);
    };
    if u32::from_le_bytes(*sum) != checksum(bytes) {
        return Err(DecodeError::Damaged);
    }
    let Some((&VERSION, mut rest)) = bytes.split_first() else {
        return Err(DecodeError::Version);
    };
    let mut words = Vec::new();
    while !rest.is_empty() {
        match read(&mut rest) {
            Some(word) if word.is_finite() => words.push(word),
            _ => return Err(DecodeError::Malformed),
        }
    }
    Ok(words)
}

/// FNV-1a, 32 bits: notices damage, not malice. Whoever can change a site's files can change its
/// scripts as well.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// People write numbers with few decimals, and most numbers here are small indices. So a number is
/// twice itself, or one more than twice of what its digits are as a whole number (with the sign
/// folded in) and how many of them are decimals: both divide back to the same bits. Any other number
/// is a mark followed by its eight bytes.
fn write(word: f64, bytes: &mut Vec<u8>) {
    for (decimals, power) in POWERS_OF_TEN.into_iter().enumerate() {
        let units = word * power;
        if units.abs() > 1e12 {
            break;
        }
        let units = (units + if units < 0.0 { -0.5 } else { 0.5 }) as i64;
        if (units as f64 / power).to_bits() == word.to_bits() {
            return match u64::try_from(units) {
                Ok(units) if decimals == 0 => write_varint(units << 1, bytes),
                _ => {
                    let folded = (units << 1) ^ (units >> 63);
                    write_varint((folded as u64) << 4 | (decimals as u64) << 1 | 1, bytes);
                }
            };
        }
    }
    write_varint(PLAIN, bytes);
    bytes.extend_from_slice(&word.to_be_bytes());
}

fn read(rest: &mut &[u8]) -> Option<f64> {
    let coded = read_varint(rest)?;
    if coded & 1 == 0 {
        return Some((coded >> 1) as f64);
    }
    match POWERS_OF_TEN.get((coded >> 1 & 7) as usize) {
        Some(power) => {
            let folded = coded >> 4;
            Some(((folded >> 1) as i64 ^ -((folded & 1) as i64)) as f64 / power)
        }
        None => {
            let (bytes, behind) = rest.split_first_chunk()?;
            *rest = behind;
            Some(f64::from_be_bytes(*bytes))
        }
    }
}

const POWERS_OF_TEN: [f64; 7] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];
/// In place of a number of decimals.
const PLAIN: u64 = 15;

/// Seven bits a byte, the lowest first; the last byte is below 128.
fn write_varint(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn read_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let (&byte, behind) = rest.split_first()?;
        *rest = behind;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{DecodeError, VERSION, checksum, decode, encode, write};
    use alloc::vec::Vec;

    /// Any bytes behind a checksum that is right.
    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut sealed = checksum(bytes).to_le_bytes().to_vec();
        sealed.extend(bytes);
        sealed
    }

    const TRICKY: [f64; 12] = [
        0.0,
        -0.0,
        1.0,
        63.0,
        -1.0,
        -0.35,
        0.1 + 0.2,
        1e-7,
        123_456.789,
        1e15,
        f64::MIN,
        5e-324,
    ];

    #[test]
    fn numbers_come_back_with_every_bit() {
        let back = decode(&encode(&TRICKY)).unwrap();
        assert_eq!(
            back.iter().map(|word| word.to_bits()).collect::<Vec<_>>(),
            TRICKY.map(f64::to_bits)
        );
    }

    #[test]
    fn numbers_that_people_write_are_short() {
        for (number, length) in [
            (0.0, 1),
            (63.0, 1),
            (40.0, 1),
            (1.5, 2),
            (-0.35, 2),
            (0.05, 1),
        ] {
            let mut bytes = Vec::new();
            write(number, &mut bytes);
            assert!(bytes.len() <= length + 1, "{number} takes {bytes:?}");
        }
    }

    #[test]
    fn damage_is_noticed() {
        let mut bytes = encode(&TRICKY);
        for place in 0..bytes.len() {
            bytes[place] ^= 0x10;
            assert_eq!(decode(&bytes), Err(DecodeError::Damaged), "byte {place}");
            bytes[place] ^= 0x10;
        }
        for length in 0..bytes.len() {
            assert_eq!(decode(&bytes[..length]), Err(DecodeError::Damaged));
        }
        assert_eq!(decode(&sealed(&[VERSION + 1])), Err(DecodeError::Version));
        assert_eq!(decode(&sealed(&[])), Err(DecodeError::Version));
    }

    #[test]
    fn half_a_number_and_what_is_none_are_refused() {
        for bytes in [&[VERSION, 0x80][..], &[VERSION, 15, 1, 2], &[VERSION; 1]] {
            let expected = match bytes {
                [VERSION] => Ok(Vec::new()),
                _ => Err(DecodeError::Malformed),
            };
            assert_eq!(decode(&sealed(bytes)), expected);
        }
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(decode(&encode(&[wrong])), Err(DecodeError::Malformed));
        }
    }
}
