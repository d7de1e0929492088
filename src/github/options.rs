//! What planning is told beside the three states: who wins, what may be reopened, made again or removed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// How a plan is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What becomes of fields that both sides changed.
    pub(crate) on_conflict: OnConflict,
    /// Whether of several copies the oldest is taken, and the others closed as its duplicates.
    pub(crate) adopt_oldest: bool,
    /// Whether issues of which only the id in the title is an item's are taken for it.
    pub(crate) adopt_by_id: bool,
    /// Which issue an item is, by its id in lower case, where somebody said so.
    pub(crate) adopt: BTreeMap<String, Which>,
    /// What may be removed where it left the source.
    pub(crate) prune: BTreeSet<Prune>,
    /// Whether what was deleted in GitHub is made again.
    pub(crate) recreate: bool,
    /// Whether what was closed in GitHub is opened again.
    pub(crate) reopen: bool,
    /// Whether labels whose former name cannot be followed are merged.
    pub(crate) merge_labels: bool,
    /// What the plan is about; all where it is empty.
    pub(crate) only: BTreeSet<Only>,
    /// Whether nothing is written to GitHub: an issue without a marker is then known by its number and REST id alone.
    pub(crate) reads_only: bool,
}

/// Which issue an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The one of this number.
    Number(u64),
    /// None that is there: it is to be made.
    New,
}

/// What becomes of fields that both sides changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OnConflict {
    /// What becomes of those that are not named.
    pub(crate) all: Resolution,
    /// What becomes of one field of one item: id in lower case, and field.
    pub(crate) fields: BTreeMap<(String, Field), Resolution>,
}

impl OnConflict {
    /// Who wins in one field of the item of this id (of a label: name), whatever its case.
    pub(crate) fn of(&self, item: &str, field: Field) -> Resolution {
        self.fields.get(&(item.to_lowercase(), field)).copied().unwrap_or(self.all)
    }
}

/// Who wins where both sides changed a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// The source.
    Ours,
    /// GitHub: its value is written into the source.
    Theirs,
    /// GitHub, where it alone changed the value; else nobody.
    TheirsAlone,
    /// Nobody, until somebody decides.
    #[default]
    Fail,
}

/// A field, by its name in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    /// A label's name.
    Name,
    /// A label's colour.
    Color,
    /// A label's or milestone's description.
    Description,
    /// A title.
    Title,
    /// The day by which a milestone or an issue is due.
    DueOn,
    /// Open or closed.
    State,
    /// Why an issue is closed.
    StateReason,
    /// An issue's body.
    Body,
    /// An issue's labels.
    Labels,
    /// An issue's people.
    Assignees,
    /// An issue's milestone.
    Milestone,
    /// An issue's type.
    Type,
    /// The issue that one is a part of.
    Parent,
    /// The issues that one waits for.
    BlockedBy,
    /// An issue's first day.
    StartOn,
    /// An issue's points.
    Estimate,
}

impl Field {
    /// Every field with its key in the source, in the order of the source.
    pub(crate) const ALL: [(Self, &'static str); 16] = [
        (Self::Name, "name"),
        (Self::Color, "color"),
        (Self::Description, "description"),
        (Self::Title, "title"),
        (Self::DueOn, "due_on"),
        (Self::State, "state"),
        (Self::StateReason, "state_reason"),
        (Self::Body, "body"),
        (Self::Labels, "labels"),
        (Self::Assignees, "assignees"),
        (Self::Milestone, "milestone"),
        (Self::Type, "type"),
        (Self::Parent, "parent"),
        (Self::BlockedBy, "blocked_by"),
        (Self::StartOn, "start_on"),
        (Self::Estimate, "estimate"),
    ];

    /// Whether the request that makes an issue gives it this value: what is a list is only added to, and relations and the state
    /// are changes of their own.
    pub(crate) fn is_made_with(self) -> bool {
        matches!(self, Self::Title | Self::Body | Self::Milestone | Self::Type)
    }

    /// Its key in the source.
    pub(crate) fn key(self) -> &'static str {
        Self::ALL.iter().find(|(own, _)| *own == self).map_or("", |(_, key)| key)
    }
}

/// A kind of item that may be removed where it left the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Prune {
    /// Labels are deleted.
    Labels,
    /// Milestones are deleted; their issues stay.
    Milestones,
    /// Issues are closed as not planned.
    Issues,
}

/// A part of the roadmap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Only {
    /// The labels.
    Labels,
    /// The milestones.
    Milestones,
    /// One milestone or issue, by its id in lower case, with what it needs to be made.
    Item(String),
}
