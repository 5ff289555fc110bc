//! The human words in a body, for search and for length checks: every string and nothing else.

use serde::Serialize;
use serde::ser::{self, Serializer};

use crate::event::Body;
use crate::id::EventId;
use crate::state::State;

/// All words of a body, in order.
pub fn texts(body: &Body) -> Vec<String> {
    let mut collector = Collector { found: Vec::new() };
    // The collector cannot fail.
    let _ = body.serialize(&mut collector);
    collector.found
}

/// Words of one own entry, to search in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searchable {
    /// The entry.
    pub id: EventId,
    /// Slug of its step.
    pub step: &'static str,
    /// Its words.
    pub texts: Vec<String>,
}

impl State {
    /// Words of all own entries that hold, newest first. Draft versions that were written over are left out.
    pub fn own_texts(&self) -> impl Iterator<Item = Searchable> {
        let me = self.world().me;
        let superseded = self.superseded();
        let own = self.events().filter(move |event| event.author == me && self.holds(event));
        let current = own.filter(move |event| !superseded.contains(&event.id));
        let mut found: Vec<_> = current
            .map(|event| Searchable { id: event.id, step: event.body.step(), texts: texts(&event.body) })
            .filter(|entry| entry.texts.iter().any(|text| !text.trim().is_empty()))
            .collect();
        found.reverse();
        found.into_iter()
    }

    /// Own entries with these words, in any case of letters.
    pub fn search(&self, words: &str) -> Vec<Searchable> {
        let words = words.trim().to_lowercase();
        if words.is_empty() {
            return Vec::new();
        }
        let holds = |entry: &Searchable| entry.texts.iter().any(|text| text.to_lowercase().contains(&words));
        self.own_texts().filter(holds).collect()
    }
}

struct Collector {
    found: Vec<String>,
}

#[derive(Debug)]
struct Never;

impl std::fmt::Display for Never {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value that is not part of any event")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Never
    }
}

macro_rules! ignore {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, _: $type) -> Result<(), Never> { Ok(()) })*
    };
}

impl Serializer for &mut Collector {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    ignore! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str,
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.found.push(text.into());
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Never> {
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

macro_rules! compound {
    ($($trait:ident . $method:ident ($($key:ident)?);)*) => {
        $(impl ser::$trait for &mut Collector {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, $($key: &'static str,)? value: &T) -> Result<(), Never> {
                $(let _ = $key;)?
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        })*
    };
}

compound! {
    SerializeSeq.serialize_element();
    SerializeTuple.serialize_element();
    SerializeTupleStruct.serialize_field();
    SerializeTupleVariant.serialize_field();
    SerializeStruct.serialize_field(key);
    SerializeStructVariant.serialize_field(key);
}

impl ser::SerializeMap for &mut Collector {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}
