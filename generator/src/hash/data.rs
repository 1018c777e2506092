//! Fingerprints of data, straight from its fields: no text is made of it in between. What kind a value is counts
//! as well as what it holds, so that data that is told apart by its type alone has another fingerprint.

use std::error::Error;
use std::fmt;

use serde::ser::{self, Serialize, Serializer};

use super::Hasher;

/// Why data has no fingerprint: its own `Serialize` refuses it.
#[derive(Debug)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self(why.to_string())
    }
}

/// Marks in the stream of bytes.
mod mark {
    pub const NONE: u8 = 0;
    pub const SOME: u8 = 1;
    pub const UNIT: u8 = 2;
    pub const VARIANT: u8 = 3;
    pub const LIST: u8 = 4;
    pub const MAP: u8 = 5;
    pub const END: u8 = 6;
    pub const ENTRY: u8 = 7;
    pub const NUMBER: u8 = 8;
    pub const TEXT: u8 = 9;
    pub const BYTES: u8 = 10;
}

impl Hasher {
    /// Adds data. Maps must be sorted: an order that changes from run to run would change the fingerprint.
    ///
    /// # Errors
    /// If the data refuses to be serialised.
    pub fn add_data(&mut self, data: &impl Serialize) -> Result<(), Refused> {
        data.serialize(&mut *self)
    }

    fn mark(&mut self, mark: u8) {
        self.0.update(&[mark]);
    }

    fn number(&mut self, bytes: &[u8]) {
        self.mark(mark::NUMBER);
        self.add(bytes);
    }

    fn variant(&mut self, index: u32, name: &str) {
        self.mark(mark::VARIANT);
        self.0.update(&index.to_le_bytes());
        self.add(name.as_bytes());
    }

    fn entry(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        self.mark(mark::ENTRY);
        value.serialize(self)
    }

    fn field(&mut self, key: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        self.mark(mark::ENTRY);
        self.add(key.as_bytes());
        value.serialize(self)
    }
}

macro_rules! numbers {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, value: $number) -> Result<(), Refused> {
            self.number(&value.to_le_bytes());
            Ok(())
        })*
    };
}

impl Serializer for &mut Hasher {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_f32: f32, serialize_f64: f64
    }

    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.number(&[u8::from(value)]);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Refused> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        self.mark(mark::TEXT);
        self.add(value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Refused> {
        self.mark(mark::BYTES);
        self.add(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.mark(mark::NONE);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.mark(mark::SOME);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.mark(mark::UNIT);
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.variant(index, variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.variant(index, variant);
        value.serialize(self)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Self, Refused> {
        self.mark(mark::LIST);
        Ok(self)
    }

    fn serialize_tuple(self, _length: usize) -> Result<Self, Refused> {
        self.mark(mark::LIST);
        Ok(self)
    }

    fn serialize_tuple_struct(self, _name: &'static str, _length: usize) -> Result<Self, Refused> {
        self.mark(mark::LIST);
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self, Refused> {
        self.variant(index, variant);
        self.mark(mark::LIST);
        Ok(self)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Self, Refused> {
        self.mark(mark::MAP);
        Ok(self)
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Self, Refused> {
        self.mark(mark::MAP);
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self, Refused> {
        self.variant(index, variant);
        self.mark(mark::MAP);
        Ok(self)
    }

    /// Data that is made ready for readers of several kinds gives a program less than a person.
    fn is_human_readable(&self) -> bool {
        false
    }
}

macro_rules! lists {
    ($($list:ident $method:ident),*) => {
        $(impl ser::$list for &mut Hasher {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.entry(value)
            }

            fn end(self) -> Result<(), Refused> {
                self.mark(mark::END);
                Ok(())
            }
        })*
    };
}

lists! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
}

macro_rules! structs {
    ($($kind:ident),*) => {
        $(impl ser::$kind for &mut Hasher {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Refused> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), Refused> {
                self.mark(mark::END);
                Ok(())
            }
        })*
    };
}

structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for &mut Hasher {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.entry(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Refused> {
        self.mark(mark::END);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::hash::Fingerprint;

    fn fingerprint(data: &impl Serialize) -> Fingerprint {
        let mut hasher = Hasher::default();
        hasher.add_data(data).expect("plain data");
        hasher.finish()
    }

    #[test]
    fn where_a_value_ends_and_what_it_is_counts() {
        let several = [
            fingerprint(&("ab", "c")),
            fingerprint(&("a", "bc")),
            fingerprint(&["ab", "c", ""]),
            fingerprint(&(vec!["ab"], "c")),
            fingerprint(&BTreeMap::from([("ab", "c")])),
            fingerprint(&Some("ab")),
            fingerprint(&None::<&str>),
            fingerprint(&1_u8),
            fingerprint(&1_u64),
            fingerprint(&"1"),
        ];
        for (place, one) in several.iter().enumerate() {
            assert!(
                !several[..place].contains(one),
                "number {place} is as one before"
            );
        }
        assert_eq!(fingerprint(&("ab", "c")), fingerprint(&("ab", "c")));
    }
}
