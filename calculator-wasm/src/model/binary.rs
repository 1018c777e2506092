//! A model as bytes, for the page: compact and without names. `decode` takes any bytes
//! at all and gives a model that is safe to compute, or an error; `unseal` trusts bytes
//! that are as `seal` left them.

use super::inputs::{Input, Kind};
use super::{
    Activity, Adoption, Automations, Capacity, Craft, Domain, Equals, Expense, Fixed, Flaw, Gap,
    Improvement, Milestone, Model, Number, Operations, Opportunity, Owner, Pack, Penalty, Pert,
    Point, Quality, Ramp, Role, Scale, Share, Split, Value,
};
use alloc::vec::Vec;

/// First byte; changes whenever the layout does.
const VERSION: u8 = 1;

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Written for another version of the engine.
    Version,
    /// The bytes end in the middle.
    Truncated,
    /// Bytes are left over.
    TooLong,
    /// A byte, or a number, that the layout does not allow.
    Malformed,
    /// Well-formed, but not safe to compute.
    Unsound(Flaw),
    /// Not as they were sealed.
    Damaged,
}

/// The bytes of a model.
pub fn encode(model: &Model) -> Vec<u8> {
    let mut bytes = alloc::vec![VERSION];
    model.write(&mut bytes);
    bytes
}

/// The model in some bytes, whoever wrote them.
pub fn decode(bytes: &[u8]) -> Result<Model, DecodeError> {
    let model = read(bytes)?;
    model.check().map_err(DecodeError::Unsound)?;
    Ok(model)
}

/// The bytes of a model that has been checked, behind their checksum.
pub(super) fn seal(model: &Model) -> Vec<u8> {
    let bytes = encode(model);
    let mut sealed = checksum(&bytes).to_le_bytes().to_vec();
    sealed.extend(bytes);
    sealed
}

/// The model in sealed bytes. It was checked before it was sealed; doing it again would be more
/// than a twentieth of what a page has to load for its calculator.
pub(super) fn unseal(sealed: &[u8]) -> Result<Model, DecodeError> {
    match sealed.split_first_chunk() {
        Some((sum, bytes)) if u32::from_le_bytes(*sum) == checksum(bytes) => read(bytes),
        _ => Err(DecodeError::Damaged),
    }
}

/// FNV-1a, 32 bits: notices damage, not malice. Whoever can change a site's files can change its
/// scripts as well.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// The model in some bytes, well-formed if not sound.
fn read(bytes: &[u8]) -> Result<Model, DecodeError> {
    let mut reader = Reader {
        rest: bytes,
        error: None,
    };
    if reader.byte() != VERSION {
        reader.fail(DecodeError::Version);
    }
    let model = Model::read(&mut reader);
    if !reader.rest.is_empty() {
        reader.fail(DecodeError::TooLong);
    }
    match reader.error {
        Some(error) => Err(error),
        None => Ok(model),
    }
}

/// What is left to read.
///
/// An error does not stop the reading: everything after it is zero and empty, which ends soon. The
/// way out of the middle of a half-made model would be half of the code otherwise.
struct Reader<'a> {
    rest: &'a [u8],
    /// The first error.
    error: Option<DecodeError>,
}

impl Reader<'_> {
    fn fail(&mut self, error: DecodeError) {
        self.error = self.error.or(Some(error));
        self.rest = &[];
    }

    #[inline(never)]
    fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((&byte, rest)) => {
                self.rest = rest;
                byte
            }
            None => {
                self.fail(DecodeError::Truncated);
                0
            }
        }
    }

    /// Seven bits a byte, the lowest first; the last byte is below 128.
    #[inline(never)]
    fn varint(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte();
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
        }
        self.fail(DecodeError::Malformed);
        0
    }

    /// An index, a count, a seed: 32 bits.
    #[inline(never)]
    fn whole(&mut self) -> u32 {
        u32::try_from(self.varint()).unwrap_or_else(|_| {
            self.fail(DecodeError::Malformed);
            0
        })
    }
}

fn write_varint(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Something that can be written to bytes and read back. Everything takes at least one byte, so the
/// number of things that can be read is bounded by the length of the input.
trait Binary: Sized {
    fn write(&self, bytes: &mut Vec<u8>);
    fn read(reader: &mut Reader) -> Self;
}

/// Writes and reads the fields of a struct, from one list so that both agree.
macro_rules! binary {
    ($($name:ident { $($field:ident),+ })+) => { $(
        impl Binary for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                $(self.$field.write(bytes);)+
            }
            #[inline(never)]
            fn read(reader: &mut Reader) -> Self {
                Self { $($field: Binary::read(reader)),+ }
            }
        }
    )+ };
}

binary! {
    Model {
        samples, seed, approaches, phases, sufficient, close_call, inputs, roles, team, numbers,
        risks, penalties, activities, orders, expenses, quality, pack, adoption, improvement,
        value, milestones
    }
    Input { kind, min, max, default }
    Point { x, y }
    Ramp { input, points }
    Pert { low, mode, high }
    Number { variable, pert, domain, drivers, scale }
    Role { cash, rate, capacity, opportunity, loss }
    Capacity { base, per, input }
    Opportunity { input, scale }
    Penalty { role, skill, approaches, excess }
    Activity {
        phase, skill, work, scale, approach_scale, splits, after, min_weeks, team, ongoing
    }
    Share { role, part }
    Split { approach, when, shares }
    Equals { input, value }
    Expense { price, approaches }
    Quality { max, target }
    Craft { activity, ideal, floor, gaps, fixed }
    Gap { role, gap }
    Fixed { when, is }
    Pack { craft, work, milestone }
    Adoption { craft, from, to }
    Improvement { rates, owner }
    Owner { when, approach, rate }
    Value { horizon_weeks, team_rate, recapture, operations, automations }
    Operations { drivers, percent, live }
    Automations { count, saved, scale, from, to }
    Milestone { after }
}

impl Binary for Scale {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
    }
    fn read(reader: &mut Reader) -> Self {
        Self(Binary::read(reader))
    }
}

impl Binary for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(*self));
    }
    fn read(reader: &mut Reader) -> Self {
        let byte = reader.byte();
        if byte > 1 {
            reader.fail(DecodeError::Malformed);
        }
        byte == 1
    }
}

impl Binary for Kind {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(*self as u8);
    }
    fn read(reader: &mut Reader) -> Self {
        match reader.byte() {
            0 => Self::Int,
            1 => Self::Percent,
            2 => Self::Real,
            3 => Self::Choice,
            _ => {
                reader.fail(DecodeError::Malformed);
                Self::Int
            }
        }
    }
}

impl Binary for Domain {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(*self as u8);
    }
    fn read(reader: &mut Reader) -> Self {
        match reader.byte() {
            0 => Self::Any,
            1 => Self::NotNegative,
            2 => Self::Share,
            _ => {
                reader.fail(DecodeError::Malformed);
                Self::Any
            }
        }
    }
}

impl Binary for u32 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_varint(u64::from(*self), bytes);
    }
    fn read(reader: &mut Reader) -> Self {
        reader.whole()
    }
}

impl Binary for usize {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_varint(*self as u64, bytes);
    }
    fn read(reader: &mut Reader) -> Self {
        reader.whole() as Self
    }
}

/// People write numbers with few decimals, so a number is a whole number and how many decimals it
/// has, which divides back to the same bits; any other number is followed by its eight bytes.
impl Binary for f64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        for (decimals, power) in POWERS_OF_TEN.into_iter().enumerate() {
            let units = self * power;
            if units.abs() > 1e12 {
                break;
            }
            let units = (units + if units < 0.0 { -0.5 } else { 0.5 }) as i64;
            if (units as f64 / power).to_bits() == self.to_bits() {
                let folded = (units << 1) ^ (units >> 63);
                return write_varint((folded as u64) << 3 | decimals as u64, bytes);
            }
        }
        write_varint(PLAIN, bytes);
        bytes.extend_from_slice(&self.to_be_bytes());
    }

    #[inline(never)]
    fn read(reader: &mut Reader) -> Self {
        let coded = reader.varint();
        let value = match POWERS_OF_TEN.get((coded & 7) as usize) {
            Some(power) => {
                let folded = coded >> 3;
                ((folded >> 1) as i64 ^ -((folded & 1) as i64)) as Self / power
            }
            None => {
                let mut bits = 0;
                for _ in 0..8 {
                    bits = bits << 8 | u64::from(reader.byte());
                }
                Self::from_bits(bits)
            }
        };
        if !value.is_finite() || coded & 7 == PLAIN && coded != PLAIN {
            reader.fail(DecodeError::Malformed);
        }
        value
    }
}

const POWERS_OF_TEN: [f64; 7] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];
/// In place of a number of decimals.
const PLAIN: u64 = 7;

impl<T: Binary> Binary for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        if let Some(value) = self {
            value.write(bytes);
        }
    }
    fn read(reader: &mut Reader) -> Self {
        bool::read(reader).then(|| T::read(reader))
    }
}

impl<T: Binary> Binary for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        for item in self {
            item.write(bytes);
        }
    }
    #[inline(never)]
    fn read(reader: &mut Reader) -> Self {
        let count = reader.whole() as usize;
        let mut items = Self::new();
        // Grows as things are read, whatever length is claimed.
        while items.len() < count && reader.error.is_none() {
            items.push(T::read(reader));
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::{Binary, DecodeError, Reader, decode, encode, seal, unseal};
    use crate::model::example::{line, question, small};
    use crate::model::{Craft, Engine, Equals, Fixed, Flaw, Gap, Improvement, Model, Owner, Pack};
    use alloc::vec;
    use alloc::vec::Vec;

    /// A model with some of everything that is optional.
    fn rich() -> Model {
        let mut model = small();
        model.samples = 64;
        model.inputs = vec![question(1.0), question(0.125)];
        let number = model.add(-0.35, -0.25, 1.0 / 3.0);
        model.numbers[number].scale = line(1, 1e300, 0.1 + 0.2);
        model.roles[0].loss = Some(number);
        model.add_activity(1, 7.5, vec![0]);
        let when = Equals {
            input: 0,
            value: 1.0,
        };
        model.pack = Some(Pack {
            craft: Craft {
                activity: 1,
                ideal: 0.9,
                floor: 0.05,
                gaps: vec![Gap {
                    role: 1,
                    gap: number,
                }],
                fixed: vec![Fixed { when, is: 0.8 }],
            },
            work: vec![0, 1],
            milestone: None,
        });
        let owner = Some(Owner {
            when,
            approach: 1,
            rate: number,
        });
        model.improvement = Some(Improvement {
            rates: vec![0, 1],
            owner,
        });
        model
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        for model in [small(), rich()] {
            assert_eq!(decode(&encode(&model)), Ok(model));
        }
    }

    #[test]
    fn a_sealed_model_comes_back_and_a_damaged_one_does_not() {
        let mut sealed = seal(&rich());
        assert_eq!(unseal(&sealed), Ok(rich()));
        for place in 0..sealed.len() {
            sealed[place] ^= 0x10;
            assert_eq!(unseal(&sealed), Err(DecodeError::Damaged), "byte {place}");
            sealed[place] ^= 0x10;
        }
        for length in 0..sealed.len() {
            assert_eq!(unseal(&sealed[..length]), Err(DecodeError::Damaged));
        }
    }

    #[test]
    fn numbers_keep_every_bit() {
        let tricky = [
            0.0,
            -0.0,
            1.0,
            -0.35,
            0.1 + 0.2,
            1e-7,
            123_456.789,
            1e15,
            f64::MIN,
            5e-324,
        ];
        for number in tricky {
            let mut bytes = Vec::new();
            number.write(&mut bytes);
            let mut reader = Reader {
                rest: &bytes,
                error: None,
            };
            assert_eq!(
                f64::read(&mut reader).to_bits(),
                number.to_bits(),
                "{number}"
            );
            assert_eq!((reader.rest, reader.error), (&[][..], None));
        }
    }

    #[test]
    fn numbers_that_people_write_are_short() {
        for number in [0.0, 0.05, 1.5, -0.35, 40.0] {
            let mut bytes = Vec::new();
            number.write(&mut bytes);
            assert!(bytes.len() <= 2, "{number} takes {bytes:?}");
        }
    }

    #[test]
    fn a_piece_of_a_model_is_refused_and_so_is_more_than_a_model() {
        let mut bytes = encode(&rich());
        for length in 0..bytes.len() {
            assert!(decode(&bytes[..length]).is_err(), "{length} bytes");
        }
        bytes.push(0);
        assert_eq!(decode(&bytes), Err(DecodeError::TooLong));
        bytes[0] += 1;
        assert_eq!(decode(&bytes), Err(DecodeError::Version));
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let mut model = small();
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            model.sufficient = wrong;
            assert_eq!(decode(&encode(&model)), Err(DecodeError::Malformed));
        }
    }

    #[test]
    fn a_model_that_cannot_be_computed_is_refused() {
        let mut model = small();
        model.roles[1].rate = 99;
        assert_eq!(
            decode(&encode(&model)),
            Err(DecodeError::Unsound(Flaw::Index))
        );
    }

    #[test]
    fn no_bytes_whatever_stop_the_engine() {
        // A deterministic sequence (Knuth's linear congruence), as bytes and as changes to a model.
        let mut state = 1u64;
        let mut random = move |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let valid = encode(&rich());
        let (mut accepted, mut refused) = (0, 0);
        for round in 0..20_000 {
            let bytes: Vec<u8> = if round % 4 == 0 {
                let length = random(300);
                core::iter::once(1)
                    .chain((0..length).map(|_| random(256) as u8))
                    .collect()
            } else {
                let mut bytes = valid.clone();
                for _ in 0..=random(3) {
                    let place = random(bytes.len());
                    bytes[place] = random(256) as u8;
                }
                bytes
            };
            match decode(&bytes) {
                Err(_) => refused += 1,
                Ok(model) => {
                    accepted += 1;
                    if model.samples <= 1024 {
                        let inputs = model.defaults();
                        // Inputs may be illegal now (a default that is no whole number).
                        let _ = Engine::new(model).unwrap().estimate(&inputs);
                    }
                }
            }
        }
        assert!(
            accepted > 500 && refused > 5_000,
            "{accepted} accepted, {refused} refused"
        );
    }
}
