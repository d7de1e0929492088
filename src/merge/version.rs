//! One version of a file: what it says, and the order in which it says it.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::edit::New;

/// A version of a file.
pub(super) struct Version<'t> {
    /// Its text.
    pub(super) text: &'t str,
    /// What it says.
    pub(super) value: Map<String, Value>,
    /// The same with keys in their order.
    tree: New,
}

impl<'t> Version<'t> {
    /// Reads a version; an empty text is one that says nothing yet. `None` where it is no object, or a key is doubled.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let own = text.strip_prefix('\u{feff}').unwrap_or(text);
        let tree = match own.trim() {
            "" => New::Object(Vec::new()),
            own => serde_json::from_str::<Ordered>(own).ok()?.0,
        };
        match tree.value() {
            Value::Object(value) => Some(Self { text, value, tree }),
            _ => None,
        }
    }

    /// The objects of a list; none where it is left out. `None` where it is something else.
    pub(super) fn items(&self, list: &str) -> Option<Vec<&Map<String, Value>>> {
        match self.value.get(list) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::Array(items)) => items.iter().map(Value::as_object).collect(),
            Some(_) => None,
        }
    }

    /// A new item with its keys in the order that this version gives them.
    pub(super) fn ordered(&self, list: &str, index: usize, item: &Value) -> New {
        let New::Object(members) = &self.tree else { return item.clone().into() };
        let template = members.iter().find(|(key, _)| key == list).and_then(|(_, list)| match list {
            New::List(items) => items.get(index),
            _ => None,
        });
        template.map_or_else(|| item.clone().into(), |template| ordered(item, template))
    }
}

fn ordered(value: &Value, template: &New) -> New {
    match (value, template) {
        (Value::Object(members), New::Object(order)) => {
            let known = order
                .iter()
                .filter_map(|(key, inner)| Some((key.clone(), ordered(members.get(key)?, inner))));
            let is_new = |key: &str| order.iter().all(|(other, _)| other != key);
            let new = members
                .iter()
                .filter(|(key, _)| is_new(key))
                .map(|(key, value)| (key.clone(), value.clone().into()));
            New::Object(known.chain(new).collect())
        }
        (Value::Array(items), New::List(order)) if items.len() == order.len() => {
            New::List(items.iter().zip(order).map(|(item, inner)| ordered(item, inner)).collect())
        }
        _ => value.clone().into(),
    }
}

/// JSON with the keys of objects in their order, none of them twice.
struct Ordered(New);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OrderedVisitor).map(Self)
    }
}

struct OrderedVisitor;

impl<'de> Visitor<'de> for OrderedVisitor {
    type Value = New;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<New, E> {
        Ok(Value::Null.into())
    }

    fn visit_bool<E>(self, value: bool) -> Result<New, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<New, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<New, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<New, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<New, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<New, A::Error> {
        let mut list = Vec::new();
        while let Some(Ordered(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(New::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<New, A::Error> {
        let (mut members, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
        while let Some((key, Ordered(value))) = entries.next_entry::<String, Ordered>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
            }
            members.push((key, value));
        }
        Ok(New::Object(members))
    }
}
