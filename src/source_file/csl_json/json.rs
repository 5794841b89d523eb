//! JSON with its numbers as text and its keys in the order written.

use std::cell::RefCell;
use std::fmt;

use indexmap::IndexMap;
use indexmap::map::Entry as Slot;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// `null`, which is as good as nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A text, or a number as text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object; of a duplicate key the first stays.
    Map(IndexMap<String, Json>),
}

impl Json {
    /// The text or number, if it is one with something in it.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The value under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// The items of a list.
    pub(super) fn items(&self) -> &[Json] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

impl Json {
    /// Reads a text, with the keys that stand a second time in an object, in the order in which they end.
    pub(super) fn read(text: &str) -> Result<(Self, Vec<String>), serde_json::Error> {
        let twice = RefCell::default();
        let mut reader = serde_json::Deserializer::from_str(text);
        let json = Reading { twice: &twice }.deserialize(&mut reader)?;
        reader.end()?;
        Ok((json, twice.into_inner()))
    }
}

/// A value that is being read.
#[derive(Clone, Copy)]
struct Reading<'a> {
    twice: &'a RefCell<Vec<String>>,
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, v: bool) -> Result<Json, E> {
        Ok(Json::Bool(v))
    }
    fn visit_i64<E>(self, v: i64) -> Result<Json, E> {
        Ok(Json::Text(v.to_string()))
    }
    fn visit_u64<E>(self, v: u64) -> Result<Json, E> {
        Ok(Json::Text(v.to_string()))
    }
    fn visit_f64<E>(self, v: f64) -> Result<Json, E> {
        Ok(Json::Text(v.to_string()))
    }
    fn visit_str<E>(self, v: &str) -> Result<Json, E> {
        Ok(Json::Text(crate::model::text::clean(v).into_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Json::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut entries = IndexMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(self)?;
            match entries.entry(key) {
                Slot::Vacant(slot) => drop(slot.insert(value)),
                Slot::Occupied(first) => self.twice.borrow_mut().push(first.key().clone()),
            }
        }
        Ok(Json::Map(entries))
    }
}
