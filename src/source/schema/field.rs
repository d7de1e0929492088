//! Values that tell "left out" from "given and empty", and maps that refuse a doubled key.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData, sync::LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

use super::RuleSetting;

/// A field that can be owned: say it to own it.
///
/// A field that the JSON gives belongs to the JSON, also where it is `null`; one that it leaves out belongs to GitHub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field<T> {
    /// The JSON leaves it out: GitHub owns it.
    #[default]
    Absent,
    /// The JSON gives it, `None` where it says `null`: the JSON owns it.
    Given(Option<T>),
}

impl<T> Field<T> {
    /// The value, where one is given.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Given(Some(value)) => Some(value),
            Self::Given(None) | Self::Absent => None,
        }
    }

    /// The value, to be changed, where one is given.
    pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Given(value) => value.as_mut(),
            Self::Absent => None,
        }
    }

    /// Whether the JSON gives it, be it as `null`.
    pub(crate) fn is_given(&self) -> bool {
        matches!(self, Self::Given(_))
    }

    /// Whether the JSON leaves it out.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The same ownership, by reference.
    pub(crate) fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Given(value) => Field::Given(value.as_ref()),
        }
    }

    /// The same ownership with another value in place of the one that is given.
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        self.and_then(|value| Some(change(value)))
    }

    /// The same ownership with another value; a value that `change` refuses leaves the field given and empty.
    pub(crate) fn and_then<U>(self, change: impl FnOnce(T) -> Option<U>) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Given(value) => Field::Given(value.and_then(change)),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::Given)
    }
}

/// A field that is absent is to be left out by whoever writes the object that it is in (`skip_serializing_if`).
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

/// An object whose keys are the user's: ordered, and a doubled key is an error.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Map<V>(pub(crate) BTreeMap<String, V>);

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData)).map(Self)
    }
}

impl<V: JsonSchema> JsonSchema for Map<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<String, V>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, V>::json_schema(generator)
    }
}

struct MapVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for MapVisitor<V> {
    type Value = BTreeMap<String, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value()?;
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
            }
            map.insert(key, value);
        }
        Ok(map)
    }
}

/// Users' own data: any JSON, handed to templates as it is; a doubled key in it is an error.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Extra(pub(crate) Value);

impl Extra {
    /// What templates are given: where there is nothing, an object without members, of which each may be asked for.
    pub(crate) fn shown(&self) -> &Value {
        static NONE: LazyLock<Value> = LazyLock::new(|| Value::Object(serde_json::Map::new()));
        if self.0.is_null() { &NONE } else { &self.0 }
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExtraVisitor).map(Self)
    }
}

impl JsonSchema for Extra {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Extra".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

struct ExtraVisitor;

impl<'de> Visitor<'de> for ExtraVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Extra(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Value, A::Error> {
        let map = MapVisitor::<Extra>(PhantomData).visit_map(entries)?;
        Ok(Value::Object(map.into_iter().map(|(key, Extra(value))| (key, value)).collect()))
    }
}

/// Of untagged enums serde takes a list for an object, since it reads them ahead: this one is read as it comes.
impl<'de> Deserialize<'de> for RuleSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RuleVisitor)
    }
}

struct RuleVisitor;

impl<'de> Visitor<'de> for RuleVisitor {
    type Value = RuleSetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a level, or an object with a level and a reason")
    }

    fn visit_str<E: Error>(self, level: &str) -> Result<RuleSetting, E> {
        Deserialize::deserialize(level.into_deserializer()).map(RuleSetting::Level)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<RuleSetting, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(members)).map(RuleSetting::Reasoned)
    }
}
