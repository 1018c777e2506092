//! A model as bytes, for the page: compact and without names. `decode` takes any bytes
//! at all and gives a model that is safe to compute, or an error.

use super::inputs::{Input, Kind};
use super::{
    Activity, Adoption, Automations, Capacity, Craft, Equals, Expense, Fixed, Flaw, Gap,
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
}

/// The bytes of a model.
pub fn encode(model: &Model) -> Vec<u8> {
    let mut bytes = alloc::vec![VERSION];
    model.write(&mut bytes);
    bytes
}

/// The model in some bytes.
pub fn decode(bytes: &[u8]) -> Result<Model, DecodeError> {
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
        None => model.check().map_err(DecodeError::Unsound).map(|()| model),
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
    Number { variable, pert, drivers, scale }
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
