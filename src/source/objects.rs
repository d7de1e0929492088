//! JSON whose objects are objects: serde's derived types take a list as well, as their fields in order.
//!
//! [`Strict`] stands between a parser and a type, and refuses a list wherever a struct is asked for, at any depth. What serde
//! reads ahead of the type (enums that are tagged inside or not at all) is out of its reach: [`read_back`] is for values
//! that we wrote ourselves, of such types too.

use std::fmt;

use serde::{
    Deserializer, Serialize,
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
        VariantAccess, Visitor,
    },
};
use serde_json::Value;

/// Reads JSON, a list in the place of an object being none.
///
/// # Errors
/// Where it is no JSON, or no such value.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    from_slice(text.as_bytes())
}

/// The same of bytes.
///
/// # Errors
/// Where it is no JSON, or no such value.
pub(crate) fn from_slice<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    let mut parser = serde_json::Deserializer::from_slice(json);
    let value = T::deserialize(Strict(&mut parser))?;
    parser.end()?;
    Ok(value)
}

/// The same of JSON that was read already.
///
/// # Errors
/// Where it is no such value.
pub(crate) fn from_value<T: DeserializeOwned>(json: &Value) -> serde_json::Result<T> {
    T::deserialize(Strict(json))
}

/// Reads what was written of the same type: whatever was an object there is to be one here.
///
/// # Errors
/// Where it is no JSON, or no such value.
pub(crate) fn read_back<T: DeserializeOwned + Serialize>(json: &[u8]) -> serde_json::Result<T> {
    let value: Value = serde_json::from_slice(json)?;
    let read: T = from_value(&value)?;
    match list_for_object(&value, &serde_json::to_value(&read)?) {
        None => Ok(read),
        Some(place) => {
            Err(serde_json::Error::custom(format!("a list stands where an object belongs, at `{place}`")))
        }
    }
}

/// Where one value has a list and the other an object.
fn list_for_object(read: &Value, wanted: &Value) -> Option<String> {
    let mut pairs = vec![(String::new(), read, wanted)];
    while let Some((place, read, wanted)) = pairs.pop() {
        match (read, wanted) {
            (Value::Array(_), Value::Object(_)) => {
                return Some(if place.is_empty() { "/".into() } else { place });
            }
            (Value::Array(read), Value::Array(wanted)) => {
                pairs.extend(
                    read.iter().zip(wanted).enumerate().map(|(n, (a, b))| (format!("{place}/{n}"), a, b)),
                );
            }
            (Value::Object(read), Value::Object(wanted)) => {
                let both = read.iter().filter_map(|(key, value)| Some((key, value, wanted.get(key)?)));
                pairs.extend(both.map(|(key, a, b)| (format!("{place}/{key}"), a, b)));
            }
            _ => {}
        }
    }
    None
}

/// Something of serde's that hands on this strictness to all that is read through it.
struct Strict<T>(T);

/// A visitor, and whether an object is all that it may be given.
struct Looking<V> {
    visitor: V,
    is_struct: bool,
}

/// Passes calls on with a visitor that looks.
macro_rules! looking {
    ($($name:ident($($arg:ident: $kind:ty),*) $is_struct:literal;)*) => {$(
        fn $name<V: Visitor<'de>>(self, $($arg: $kind,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$name($($arg,)* Looking { visitor, is_struct: $is_struct })
        }
    )*};
}

/// Passes calls on for values without parts.
macro_rules! plain {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$name(visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    looking! {
        deserialize_any() false;
        deserialize_option() false;
        deserialize_newtype_struct(name: &'static str) false;
        deserialize_seq() false;
        deserialize_tuple(len: usize) false;
        deserialize_tuple_struct(name: &'static str, len: usize) false;
        deserialize_map() false;
        deserialize_struct(name: &'static str, fields: &'static [&'static str]) true;
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) false;
    }

    plain! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

/// Passes values without parts on to the visitor.
macro_rules! visits {
    ($($name:ident($kind:ty);)*) => {$(
        fn $name<E: Error>(self, value: $kind) -> Result<V::Value, E> {
            self.visitor.$name(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Looking<V> {
    type Value = V::Value;

    visits! {
        visit_bool(bool);
        visit_i64(i64);
        visit_i128(i128);
        visit_u64(u64);
        visit_u128(u128);
        visit_f64(f64);
        visit_char(char);
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
        visit_bytes(&[u8]);
        visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Strict(inner))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Strict(inner))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        if self.is_struct {
            return Err(A::Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.visitor.visit_seq(Strict(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Strict(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, chosen: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Strict(chosen))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(inner))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Strict<A> {
    type Error = A::Error;
    type Variant = Strict<A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), A::Error> {
        self.0.variant_seed(seed).map(|(chosen, inside)| (chosen, Strict(inside)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.0.newtype_variant_seed(Strict(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(len, Looking { visitor, is_struct: false })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.struct_variant(fields, Looking { visitor, is_struct: true })
    }
}

/// The value with one of its objects made a list of what it holds, for each of its objects that hold something; with the
/// place of the object.
#[cfg(test)]
pub(crate) fn with_lists(value: &Value) -> Vec<(String, Value)> {
    let mut places = vec![String::new()];
    let mut made = Vec::new();
    while let Some(place) = places.pop() {
        match value.pointer(&place) {
            Some(Value::Array(items)) => places.extend((0..items.len()).map(|n| format!("{place}/{n}"))),
            Some(Value::Object(members)) => {
                places.extend(
                    members
                        .keys()
                        .map(|key| format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"))),
                );
                let mut changed = value.clone();
                if let Some(there) = changed.pointer_mut(&place) {
                    *there = members.values().cloned().collect();
                }
                made.push((place, changed));
            }
            _ => {}
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Outer {
        inner: Option<Inner>,
        list: Vec<Inner>,
        choice: Choice,
        pair: (u8, Inner),
        any: Value,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Inner {
        #[serde(default)]
        x: u8,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Choice {
        New(Inner),
        Fields { inner: Inner },
        Pair(u8, Inner),
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        One { inner: Inner },
    }

    #[test]
    fn a_list_is_no_object_at_any_depth() {
        for choice in
            [r#"{"New": {"x": 1}}"#, r#"{"Fields": {"inner": {"x": 1}}}"#, r#"{"Pair": [1, {"x": 1}]}"#]
        {
            let good = format!(
                r#"{{"inner": {{"x": 1}}, "list": [{{"x": 2}}], "choice": {choice}, "pair": [3, {{"x": 4}}], "any": [1, [2]]}}"#
            );
            let read = from_str::<Outer>(&good).expect("it is one");
            assert_eq!(serde_json::from_str::<Outer>(&good).expect("it is one"), read);
            let value = serde_json::from_str(&good).expect("JSON");
            let changed = with_lists(&value);
            assert!(changed.len() >= 5, "{changed:?}");
            for (place, changed) in changed {
                let fault = from_value::<Outer>(&changed).expect_err(&place);
                assert!(!fault.to_string().is_empty());
            }
        }
        assert!(from_str::<Inner>("{} {}").is_err());
    }

    #[test]
    fn what_is_tagged_inside_is_held_by_writing_it_again() {
        let good = serde_json::json!({ "kind": "One", "inner": { "x": 1 } });
        let bytes = |value: &Value| value.to_string().into_bytes();
        assert!(read_back::<Tagged>(&bytes(&good)).is_ok());
        let mut taken = 0;
        for (place, changed) in with_lists(&good) {
            taken += usize::from(serde_json::from_value::<Tagged>(changed.clone()).is_ok());
            let fault = read_back::<Tagged>(&bytes(&changed)).expect_err(&place).to_string();
            assert!(!fault.is_empty());
        }
        assert!(taken > 0, "serde itself takes such a list");
        let fault = read_back::<Tagged>(br#"{"kind": "One", "inner": [1]}"#).expect_err("a list").to_string();
        assert_eq!(fault, "a list stands where an object belongs, at `/inner`");
    }
}
