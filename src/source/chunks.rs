//! A list that grows without moving, and gives its memory back while it is walked to its end.
//!
//! Of a million items the list is larger than all that they say. A `Vec` that is turned into another one holds both; this
//! one is let go piece by piece.

use std::{borrow::Cow, fmt, marker::PhantomData, ops::Index};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};

/// How many items a piece holds.
const PIECE: usize = 1_024;

/// A list in pieces; all but the last are full.
#[derive(Debug, Clone)]
pub(crate) struct Chunks<T>(Vec<Vec<T>>);

impl<T> Chunks<T> {
    /// Adds an item at the end.
    pub(crate) fn push(&mut self, item: T) {
        match self.0.last_mut().filter(|last| last.len() < PIECE) {
            Some(last) => last.push(item),
            // The first piece grows as it has to: most lists are short.
            None => {
                let mut piece = Vec::with_capacity(if self.0.is_empty() { 1 } else { PIECE });
                piece.push(item);
                self.0.push(piece);
            }
        }
    }

    /// The items in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.0.iter().flatten()
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * PIECE + last.len())
    }
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Extend<T> for Chunks<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    fn index(&self, place: usize) -> &T {
        &self.0[place / PIECE][place % PIECE]
    }
}

impl<T> IntoIterator for Chunks<T> {
    type Item = T;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Chunks<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ChunksVisitor(PhantomData))
    }
}

struct ChunksVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ChunksVisitor<T> {
    type Value = Chunks<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut chunks = Chunks::default();
        while let Some(item) = items.next_element()? {
            chunks.push(item);
        }
        Ok(chunks)
    }
}

impl<T: JsonSchema> JsonSchema for Chunks<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_list() {
        for count in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5] {
            let mut chunks = Chunks::default();
            chunks.extend(0..count);
            assert_eq!(chunks.len(), count);
            assert!(chunks.iter().copied().eq(0..count));
            assert!((0..count).all(|n| chunks[n] == n));
            let json = serde_json::to_string(&(0..count).collect::<Vec<_>>()).expect("JSON");
            let read: Chunks<usize> = serde_json::from_str(&json).expect("a list");
            assert!(read.into_iter().eq(chunks));
        }
    }
}
