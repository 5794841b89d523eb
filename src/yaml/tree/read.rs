//! The tree through serde.

use std::cell::RefCell;
use std::rc::Rc;

use serde::de::{self, Deserializer, IntoDeserializer as _, Visitor};

use super::{Key, Node, NodeKind, TreeError, Unknown, shortened};

/// How many unknown keys are compared with those that are known.
const MOST_COMPARED: usize = 1000;

/// Reads a [`Node`] through serde.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) node: &'a Node,
    pub(super) unknown: &'a RefCell<Vec<Unknown>>,
}

impl<'a> Reader<'a> {
    fn child(self, node: &'a Node) -> Self {
        Self { node, unknown: self.unknown }
    }

    fn visit_list<'de, V: Visitor<'de>>(self, items: &'a [Rc<Node>], visitor: V) -> Result<V::Value, TreeError> {
        visitor.visit_seq(ListAccess { reader: self, items: items.iter() })
    }

    fn visit_entries<'de, V: Visitor<'de>>(
        self,
        entries: &'a [(Key, Rc<Node>)],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        visitor.visit_map(EntryAccess { reader: self, entries: entries.iter(), value: None })
    }

    fn note_unknown(self, fields: &'static [&'static str]) {
        for (key, value) in self.node.entries() {
            if !fields.contains(&&*key.text) && !key.text.starts_with("x-") {
                let mut unknown = self.unknown.borrow_mut();
                // To compare takes its time, and a file of nothing but unknown keys has no word misspelt.
                let may_be_meant = unknown.len() < MOST_COMPARED;
                let near = || crate::model::text::nearest(&key.text, fields.iter().copied());
                unknown.push(Unknown {
                    key: shortened(&key.text),
                    at: key.at,
                    nearest: may_be_meant.then(near).flatten(),
                    bare: value.is_null(),
                });
            }
        }
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = TreeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        let result = match &self.node.kind {
            NodeKind::Scalar { .. } if self.node.is_null() => visitor.visit_unit(),
            NodeKind::Scalar { text, .. } => visitor.visit_str(text),
            NodeKind::List(items) => self.visit_list(items, visitor),
            NodeKind::Map(entries) => self.visit_entries(entries, visitor),
        };
        result.map_err(|e| e.or_at(self.node.at))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match &self.node.kind {
            NodeKind::Scalar { text, .. } => visitor.visit_str(text).map_err(|e: TreeError| e.or_at(self.node.at)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match &self.node.kind {
            NodeKind::Scalar { text, plain: true } if matches!(&**text, "true" | "True" | "TRUE") => {
                visitor.visit_bool(true)
            }
            NodeKind::Scalar { text, plain: true } if matches!(&**text, "false" | "False" | "FALSE") => {
                visitor.visit_bool(false)
            }
            _ => self.deserialize_any(visitor),
        }
        .map_err(|e: TreeError| e.or_at(self.node.at))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, TreeError> {
        match &self.node.kind {
            NodeKind::List(items) => self.visit_list(items, visitor),
            _ if self.node.is_null() => visitor.visit_unit(),
            _ => visitor.visit_newtype_struct(self),
        }
        .map_err(|e: TreeError| e.or_at(self.node.at))
    }

    /// Says to [`super::shape`] that this reader takes hints about what is expected.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        let entries = match &self.node.kind {
            NodeKind::Map(entries) => entries,
            // A shape would take a list as its fields in their order, which nobody writes on purpose.
            NodeKind::List(_) => {
                let error: TreeError = de::Error::invalid_type(de::Unexpected::Seq, &visitor);
                return Err(error.or_at(self.node.at));
            }
            NodeKind::Scalar { .. } => return self.deserialize_any(visitor),
        };
        self.note_unknown(fields);
        // Shapes deny keys that they do not know; here those cost nothing but a warning.
        let known = entries.iter().filter(|(key, _)| fields.contains(&&*key.text));
        let access = EntryAccess { reader: self, entries: known, value: None };
        visitor.visit_map(access).map_err(|e| e.or_at(self.node.at))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        match &self.node.kind {
            NodeKind::Scalar { text, .. } => visitor.visit_enum((&**text).into_deserializer()),
            _ => self.deserialize_any(visitor),
        }
        .map_err(|e: TreeError| e.or_at(self.node.at))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier
    }
}

struct ListAccess<'a> {
    reader: Reader<'a>,
    items: std::slice::Iter<'a, Rc<Node>>,
}

impl<'de> de::SeqAccess<'de> for ListAccess<'_> {
    type Error = TreeError;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, TreeError> {
        let Some(item) = self.items.next() else { return Ok(None) };
        seed.deserialize(self.reader.child(item)).map(Some).map_err(|e| e.or_at(item.at))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct EntryAccess<'a, I> {
    reader: Reader<'a>,
    entries: I,
    value: Option<&'a Node>,
}

impl<'de, 'a, I: Iterator<Item = &'a (Key, Rc<Node>)>> de::MapAccess<'de> for EntryAccess<'a, I> {
    type Error = TreeError;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, TreeError> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        let deserializer: de::value::StrDeserializer<'_, TreeError> = (&*key.text).into_deserializer();
        seed.deserialize(deserializer).map(Some).map_err(|e| e.or_at(key.at))
    }

    fn next_value_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, TreeError> {
        match self.value.take() {
            Some(value) => seed.deserialize(self.reader.child(value)).map_err(|e| e.or_at(value.at)),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}
