//! A small tree for parts whose shape is somebody else's, such as bibliographic entries.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IntoDeserializer as _, MapAccess, SeqAccess, Visitor};

/// A YAML value with scalars as text.
///
/// Reading one takes whatever YAML holds; what serde wrote of one is read back as a [`View`](super::View).
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub enum Value {
    /// A scalar as written.
    Text(Box<str>),
    /// A sequence.
    List(Vec<Value>),
    /// A mapping, in the order written.
    Map(Vec<(Box<str>, Value)>),
}

impl Value {
    /// The value under `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Map(entries) => entries.iter().find(|(k, _)| &**k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The scalar text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The scalar text, or that under `key` if this is a mapping.
    pub fn text_or(&self, key: &str) -> Option<&str> {
        self.text().or_else(|| self.get(key)?.text())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a list or a mapping")
            }
            fn visit_str<E: de::Error>(self, v: &str) -> Result<Value, E> {
                checked_text(v).map(Value::Text)
            }
            fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
                Ok(Value::Text("".into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Value::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut entries: Vec<(Box<str>, Value)> = Vec::new();
                while let Some(key) = map.next_key::<Box<str>>()? {
                    if entries.iter().any(|(k, _)| *k == key) {
                        return Err(de::Error::custom(format_args!("duplicate key `{key}`")));
                    }
                    entries.push((key, map.next_value()?));
                }
                Ok(Value::Map(entries))
            }
        }
        // A number or truth value ends the quick pass: it would lose how it was written.
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// `text`, unless it is larger than any field may be.
///
/// # Errors
/// When it is over [`super::MAX_FIELD`] bytes.
pub(crate) fn checked_text<E: de::Error>(text: &str) -> Result<Box<str>, E> {
    if text.len() > super::MAX_FIELD {
        return Err(E::custom(format_args!(
            "a field holds at most {} KB, this one has {} KB",
            super::MAX_FIELD / 1024,
            text.len().div_ceil(1024)
        )));
    }
    Ok(crate::model::text::clean(text).into())
}

/// Lets a reader of another crate's shape (Hayagriva's) read a [`Value`].
#[derive(Clone, Copy)]
pub struct ValueReader<'a> {
    value: &'a Value,
    /// The key it stands under, to know where a truth value is meant.
    key: &'a str,
}

impl<'a> ValueReader<'a> {
    /// A reader for a value that stands alone.
    pub fn new(value: &'a Value) -> Self {
        Self { value, key: "" }
    }
}

type ValueError = de::value::Error;

impl<'de> Deserializer<'de> for ValueReader<'de> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.value {
            Value::Text(text) => match (self.key, &**text) {
                ("verbatim" | "sentence-case", "true") => visitor.visit_bool(true),
                ("verbatim" | "sentence-case", "false") => visitor.visit_bool(false),
                _ => visitor.visit_borrowed_str(text),
            },
            Value::List(items) => {
                let key = self.key;
                visitor.visit_seq(de::value::SeqDeserializer::new(
                    items.iter().map(move |value| ValueReader { value, key }),
                ))
            }
            Value::Map(entries) => visitor.visit_map(de::value::MapDeserializer::new(
                entries.iter().map(|(key, value)| (&**key, ValueReader { value, key })),
            )),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        match self.value {
            Value::Text(text) => visitor.visit_enum((&**text).into_deserializer()),
            _ => Err(de::Error::custom("expected a word")),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> de::IntoDeserializer<'de, ValueError> for ValueReader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
