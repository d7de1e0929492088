//! The columns of SUMMARY.md's tables, as a source names them.

use std::fmt;

use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer, value::SeqAccessDeserializer},
};

/// The columns of SUMMARY.md's tables.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub(crate) enum Columns {
    /// One list for both tables: each takes the columns that its items can fill.
    Both(Vec<String>),
    /// A list for each table.
    Each(EachTable),
}

/// The columns of each table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct EachTable {
    /// Those of the overview of milestones. Default: `place`, `title`, `description`, `issues`.
    pub(crate) milestones: Option<Vec<String>>,
    /// Those of the tables of issues. Default: `id`, `title`, `labels`.
    pub(crate) issues: Option<Vec<String>>,
}

impl Columns {
    /// The names for milestones and for issues; `None` where the default holds.
    pub(crate) fn tables(&self) -> [Option<&[String]>; 2] {
        match self {
            Self::Both(names) => [Some(names), Some(names)],
            Self::Each(each) => [each.milestones.as_deref(), each.issues.as_deref()],
        }
    }
}

/// Read as it comes, like a rule's setting: an untagged enum takes a list for an object.
impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ColumnsVisitor)
    }
}

struct ColumnsVisitor;

impl<'de> Visitor<'de> for ColumnsVisitor {
    type Value = Columns;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of columns, or an object with a list for each table")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, names: A) -> Result<Columns, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(names)).map(Columns::Both)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Columns, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(members)).map(Columns::Each)
    }
}
