//! A name as data: `null` where there is none.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a name.
pub(super) fn serialize<S: Serializer>(name: &str, to: S) -> Result<S::Ok, S::Error> {
    (!name.is_empty()).then_some(name).serialize(to)
}

/// Reads a name.
pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
