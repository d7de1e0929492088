//! The owned fields of an item as they were last applied: a field that was never owned is absent.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::source::schema::{Field, Map, State, StateReason};

/// Values of issue fields; `None` for one that is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(inline)]
pub(crate) struct FieldValues(pub(crate) BTreeMap<String, Option<String>>);

impl<'de> Deserialize<'de> for FieldValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(|Map(values)| Self(values))
    }
}

/// Defines a list of fields, all of which may be absent.
macro_rules! applied {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident $(as $written:literal)?: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name {
            $(
                $(#[$about])*
                #[serde(default, skip_serializing_if = "Field::is_absent" $(, rename = $written)?)]
                pub(crate) $field: Field<$type>,
            )*
        }
    };
}

applied! {
    /// A label as it was last applied.
    AppliedLabel {
        /// Its name, in the case in which it was applied.
        name: String,
        /// Six hex digits in lower case.
        color: String,
        /// What it means.
        description: String,
    }
}

applied! {
    /// A milestone as it was last applied.
    AppliedMilestone {
        /// What it is called.
        title: String,
        /// What it is about.
        description: String,
        /// The day by which it is due, as `2026-11-22`.
        due_on: String,
        /// Whether it is open or closed.
        state: State,
    }
}

applied! {
    /// An issue as it was last applied.
    AppliedIssue {
        /// What it is called.
        title: String,
        /// A hash of its body above the marker, with every box unticked.
        body: String,
        /// The labels that were put there from here, by name.
        labels: Vec<String>,
        /// The logins of those who do it.
        assignees: Vec<String>,
        /// The id of its milestone, else the number of one that is not ours as `#4`.
        milestone: String,
        /// The name of its type.
        kind as "type": String,
        /// The id of the issue that it is a part of, else the number of one that is not ours.
        parent: String,
        /// The ids of the issues that it waits for, else numbers.
        blocked_by: Vec<String>,
        /// Whether it is open or closed.
        state: State,
        /// Why it is closed.
        state_reason: StateReason,
        /// What was put into the organization's issue fields, by their names in lower case.
        fields: FieldValues,
    }
}
