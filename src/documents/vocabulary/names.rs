//! What the names of fields stand for: those of the catalogue, and those of what has no key in the source.

use super::Field;
use crate::model::fields::{self, ISSUE, LABEL, MILESTONE};

/// The names that are sure, and those that are likely.
type Heads = [&'static str; 2];

/// The names of what the source says in another way, or not at all.
const OTHERS: [(Field, Heads); 8] = [
    (Field::Count, ["issues, # issues, issue count, number of issues", "count, tasks, items, open issues"]),
    (Field::Progress, ["progress", "completion, complete, percent complete, percent done"]),
    (Field::Priority, ["priority", "prio"]),
    (Field::Blocks, ["blocks", "outward issue link blocks, blocking, blocking dependencies"]),
    (Field::Address, ["url", "link, html url, web url"]),
    // Trello's.
    (Field::Description, ["", "card description"]),
    (Field::State, ["", "list name"]),
    (Field::Assignees, ["", "members"]),
];

/// The fields that documents say in ways of their own, by their keys.
const KEYED: [(&str, Field); 14] = [
    ("id", Field::Id),
    ("title", Field::Title),
    ("description", Field::Description),
    ("goal", Field::Goal),
    ("labels", Field::Labels),
    ("milestone", Field::Milestone),
    ("state", Field::State),
    ("assignees", Field::Assignees),
    ("owner", Field::Owner),
    ("due_on", Field::Due),
    ("start_on", Field::Start),
    ("blocked_by", Field::Waits),
    ("parent", Field::Parent),
    ("color", Field::Color),
];

/// All names of all fields.
pub(super) fn all() -> impl Iterator<Item = (Field, Heads)> {
    let own = ISSUE.iter().chain(MILESTONE).chain(LABEL);
    own.map(|field| (Field::of(field), field.heads)).chain(OTHERS)
}

impl Field {
    /// What a field of an item is in documents.
    pub(crate) fn of(field: &'static fields::Field) -> Self {
        KEYED.iter().find(|(key, _)| *key == field.key).map_or(Self::Plain(field), |(_, own)| *own)
    }

    /// Its key in the source; what has none there is no key.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Plain(field) => field.key,
            own => KEYED.iter().find(|(_, field)| *field == own).map_or("", |(key, _)| key),
        }
    }

    /// What the column of SUMMARY.md that shows it is called, where it has one.
    pub(crate) fn column(self) -> Option<&'static str> {
        match self {
            Self::Place => Some("place"),
            Self::Count => Some("issues"),
            Self::Progress => Some("progress"),
            Self::Priority => Some("priority"),
            own => Some(own.key().trim_end_matches("_on")).filter(|name| !name.is_empty()),
        }
    }
}
