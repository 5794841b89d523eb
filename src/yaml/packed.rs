//! A mapping in one run of bytes: a desk holds tens of thousands of bibliographic entries and looks into few of them at a
//! time, while as trees they would be the larger part of all that it asks the memory for.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Value;

/// The entries of a mapping, in the order written.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Packed(Box<[u8]>);

/// A value of a [`Packed`] mapping, its texts where they lie.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum View<'a> {
    /// A scalar as written.
    Text(&'a str),
    /// A sequence.
    #[serde(borrow)]
    List(Vec<View<'a>>),
    /// A mapping, in the order written.
    Map(Vec<(&'a str, View<'a>)>),
}

impl Packed {
    /// Every entry.
    pub fn views(&self) -> impl Iterator<Item = (&str, View<'_>)> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            // What is in it was written here; nothing is left at the end.
            let (entry, behind) = postcard::take_from_bytes(rest).ok()?;
            rest = behind;
            Some(entry)
        })
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<View<'_>> {
        self.views().find(|(k, _)| *k == key).map(|(_, value)| value)
    }

    /// Every entry as a tree of its own.
    pub fn entries(&self) -> Vec<(Box<str>, Value)> {
        self.views().map(|(key, view)| (key.into(), view.into())).collect()
    }
}

impl From<Vec<(Box<str>, Value)>> for Packed {
    fn from(entries: Vec<(Box<str>, Value)>) -> Self {
        let packed = entries.iter().try_fold(Vec::new(), |packed, entry| postcard::to_extend(entry, packed));
        // Only a type that refuses to be written could fail, and texts, lists and mappings do not.
        Self(packed.unwrap_or_default().into())
    }
}

impl fmt::Debug for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.views()).finish()
    }
}

impl<'a> View<'a> {
    /// The value under `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&View<'a>> {
        match self {
            Self::Map(entries) => entries.iter().find(|(k, _)| *k == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The scalar text.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The scalar text, or that under `key` if this is a mapping.
    pub fn text_or(&self, key: &str) -> Option<&'a str> {
        self.text().or_else(|| self.get(key)?.text())
    }
}

impl From<View<'_>> for Value {
    fn from(view: View<'_>) -> Self {
        match view {
            View::Text(text) => Self::Text(text.into()),
            View::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
            View::Map(entries) => Self::Map(entries.into_iter().map(|(key, view)| (key.into(), view.into())).collect()),
        }
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Packed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a packed mapping")
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Packed, E> {
                Ok(Packed(bytes.into()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = Box<str>> {
        ".{0,12}".prop_map(|text: String| text.into())
    }

    fn value() -> impl Strategy<Value = Value> {
        text().prop_map(Value::Text).prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::vec((text(), inner), 0..4).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn entries_come_back_as_they_were(entries in prop::collection::vec((text(), value()), 0..6)) {
            let packed = Packed::from(entries.clone());
            prop_assert_eq!(packed.entries(), entries.as_slice());
            let first = |key: &str| entries.iter().find(|(k, _)| &**k == key).map(|(_, value)| value.clone());
            for (key, _) in &entries {
                prop_assert_eq!(packed.get(key).map(Value::from), first(key));
            }
            prop_assert_eq!(packed.get("no such key of twelve letters"), None);
            let kept = postcard::to_allocvec(&packed).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Packed>(&kept).unwrap(), packed);
        }
    }

    #[test]
    fn a_view_is_asked_like_the_tree_it_was() {
        let url = Value::Map(vec![
            ("value".into(), Value::Text("https://example.org".into())),
            ("date".into(), Value::Text("2024-08-20".into())),
        ]);
        let packed = Packed::from(vec![("url".into(), url), ("title".into(), Value::Text("One".into()))]);
        let url = packed.get("url").unwrap();
        assert_eq!((url.text(), url.text_or("value")), (None, Some("https://example.org")));
        assert_eq!(url.get("date").and_then(View::text), Some("2024-08-20"));
        assert_eq!(packed.get("title").and_then(|title| title.text_or("value")), Some("One"));
        assert_eq!(packed.get("author"), None);
        assert_eq!(Packed::default().get("title"), None);
    }
}
