//! One thing that a JSON Schema lets a value be.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::json::{Kind, Member, Node};

/// The schema of anything.
const ANYTHING: &Value = &Value::Bool(true);

/// A schema without `$ref`, `anyOf` and `oneOf`: one of the things that a value may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice<'s> {
    schema: &'s Value,
    /// What the schema calls it, as `LabelGroup`.
    pub(super) name: Option<&'s str>,
}

impl<'s> Choice<'s> {
    /// Everything that a schema lets a value be, in the schema's order.
    pub(super) fn all(root: &'s Value, schema: &'s Value) -> Vec<Self> {
        let mut found = Vec::new();
        let mut todo = vec![(schema, None)];
        while let Some((schema, name)) = todo.pop() {
            let inner = ["anyOf", "oneOf"].into_iter().find_map(|word| schema.get(word)?.as_array());
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
                let target = root.pointer(reference.trim_start_matches('#'));
                todo.extend(target.map(|target| (target, reference.rsplit('/').next())));
            } else if let Some(inner) = inner {
                todo.extend(inner.iter().rev().map(|schema| (schema, name)));
            } else {
                found.push(Self { schema, name });
            }
        }
        found
    }

    /// Whether the value is of this type, and one of the names where names are listed. Its inside is not looked at.
    pub(super) fn fits(&self, node: &Node<'_>, text: &str) -> bool {
        let of_type = match &node.kind {
            Kind::Null => self.allows("null"),
            Kind::Bool => self.allows("boolean"),
            Kind::Number => {
                self.allows("number") || self.allows("integer") && self.whole(&text[node.range.clone()])
            }
            Kind::Text => self.allows("string"),
            Kind::List(_) => self.allows("array"),
            Kind::Object(_) => self.allows("object"),
        };
        of_type
            && (self.names().next().is_none()
                || self.names().any(|name| node.text(text).is_some_and(|text| text == name)))
    }

    /// Whether the schema allows values of a type, in JSON Schema's word for it.
    pub(super) fn allows(&self, kind: &str) -> bool {
        match self.schema.get("type") {
            None => true,
            Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
            Some(one) => one == kind,
        }
    }

    /// Whether the schema names this type.
    pub(super) fn is_of(&self, kind: &str) -> bool {
        self.schema.get("type").is_some() && self.allows(kind)
    }

    /// The names that a text must be one of; none where any text will do.
    pub(super) fn names(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        let one = self.schema.get("const");
        let many = self.schema.get("enum").and_then(Value::as_array);
        one.into_iter().chain(many.into_iter().flatten()).filter_map(Value::as_str)
    }

    /// The keys that an object has by name.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        self.properties().into_iter().flat_map(Map::keys).map(String::as_str)
    }

    /// The keys that an object must have.
    pub(super) fn required(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        let keys = self.schema.get("required").and_then(Value::as_array);
        keys.into_iter().flatten().filter_map(Value::as_str)
    }

    /// The keys that an object has by name and that are among the members.
    pub(super) fn given(&self, members: &[Member<'_>]) -> BTreeSet<&'s str> {
        let Some(properties) = self.properties() else { return BTreeSet::new() };
        members.iter().filter_map(|member| Some(properties.get_key_value(&*member.key)?.0.as_str())).collect()
    }

    /// The schema of what stands under a key; `None` where the key is unknown.
    pub(super) fn member(&self, key: &str) -> Option<&'s Value> {
        let named = self.properties().and_then(|properties| properties.get(key));
        let other = self.schema.get("additionalProperties").unwrap_or(ANYTHING);
        named.or_else(|| (other != &Value::Bool(false)).then_some(other))
    }

    /// The schema of a list's items.
    pub(super) fn items(&self) -> &'s Value {
        self.schema.get("items").unwrap_or(ANYTHING)
    }

    fn properties(&self) -> Option<&'s Map<String, Value>> {
        self.schema.get("properties")?.as_object()
    }

    /// Whether a number is whole, and not below zero where the schema says so.
    fn whole(&self, number: &str) -> bool {
        number.parse::<u64>().is_ok() || self.schema.get("minimum").is_none() && number.parse::<i64>().is_ok()
    }
}
