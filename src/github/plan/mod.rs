//! What is to be done in GitHub: a value that is shown, kept in a file, and applied.
//!
//! Operations stand in the order in which they are to be done: labels, milestones, issues, parents, blocked by, closes,
//! labels that are merged, what is pruned, and last issue fields. Each holds all that doing it needs.

mod base;
mod decide;
mod elsewhere;
mod estimate;
mod field_change;
mod fields;
mod issue_labels;
mod issues;
pub(super) mod keys;
mod labels;
mod leftovers;
mod make;
mod merge;
mod milestones;
mod named;
mod names;
mod only;
mod operation;
mod partly;
mod record;
mod relations;

use serde::{Deserialize, Serialize};

pub(crate) use super::identity::Found;
pub use super::options::Options;
pub(crate) use super::options::{Field, Only, Prune, Resolution, Which};
pub(crate) use super::remote::Done;
pub(crate) use base::Base;
pub(crate) use field_change::FieldChange;
pub use keys::agree;
pub use make::plan;
pub(crate) use only::is_named;
pub(crate) use operation::{
    Change, Close, IssueField, IssueRef, LabelField, MilestoneField, MilestoneRef, NewIssue, Operation,
    Pruned, SetChange, Uses,
};

use super::remote::{Gone, IssueName};
use crate::{
    model::Id,
    source::{AppliedIssue, AppliedLabel, AppliedMilestone, LockItem},
};

/// The version of a plan as a file. While it stays, no member is taken away or changes its meaning.
pub(crate) const PLAN_VERSION: u32 = 1;

/// What is to be done, what cannot be, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The version of this form.
    pub(crate) version: u32,
    /// The repository, as `owner/name`; empty where none is known, which is `null` as data.
    #[serde(with = "named")]
    pub(crate) repository: String,
    /// What is to be done, in this order.
    pub(crate) operations: Vec<Operation>,
    /// What is not done until somebody decides.
    pub(crate) conflicts: Vec<Conflict>,
    /// Values that people set in GitHub and that are to be written into the source.
    pub(crate) source_changes: Vec<SourceChange>,
    /// What the lock knows and the source no longer does.
    pub(crate) unmanaged: Vec<Unmanaged>,
    /// What is worth knowing, in words.
    pub(crate) notes: Vec<String>,
    /// What the lock is to hold of items that need no request: found as they should be, or agreed upon since.
    pub(crate) records: Vec<Record>,
    /// What has to be confirmed by its number.
    pub(crate) guard: Guard,
    /// What it costs.
    pub(crate) estimate: Estimate,
}

impl Plan {
    /// Whether GitHub is as the source says, as far as both say it.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { operations, conflicts, source_changes, .. } = self;
        operations.is_empty() && conflicts.is_empty() && source_changes.is_empty()
    }
}

/// An item of the roadmap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Item {
    /// A label, by its name.
    Label(String),
    /// A milestone.
    Milestone(Id),
    /// An issue.
    Issue(Id),
}

/// What is not done until somebody decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "conflict", rename_all = "snake_case")]
pub(crate) enum Conflict {
    /// A label's field that somebody changed in GitHub since the last apply.
    Label {
        /// The label's name in the source.
        label: String,
        /// What would change.
        field: LabelField,
    },
    /// A milestone's field that somebody changed in GitHub since the last apply.
    Milestone {
        /// Which one.
        item: Id,
        /// Its number.
        number: u64,
        /// What would change.
        field: MilestoneField,
    },
    /// An issue's field that somebody changed in GitHub since the last apply.
    Issue {
        /// Which one.
        item: Id,
        /// Its number.
        number: u64,
        /// What would change.
        field: IssueField,
    },
    /// The source says open, GitHub closed: `--reopen` opens it again.
    Closed {
        /// Which one.
        item: Item,
        /// Its number.
        number: u64,
    },
    /// Several could be the item.
    Ambiguous {
        /// Which one.
        item: Item,
        /// How they were found.
        found: Found,
        /// Their numbers.
        numbers: Vec<u64>,
    },
    /// Issues or milestones begin with the item's id and have another title, or are called almost as it is: whether one of them is
    /// it has to be said.
    Alike {
        /// Which one.
        item: Item,
        /// What the source calls it.
        title: String,
        /// Those that could be it.
        others: Vec<Titled>,
    },
    /// What the lock knows under this number is another item by its marker.
    Taken {
        /// Which one.
        item: Id,
        /// The number in the lock.
        number: u64,
        /// What the marker there says.
        marker: String,
    },
    /// What the lock knows under this number carries no marker, nor the item's title: it may be anybody's.
    Unmarked {
        /// Which one.
        item: Id,
        /// The number in the lock.
        number: u64,
    },
    /// Its body is too long for GitHub, with the marker and what people wrote below it.
    TooLong {
        /// Which one.
        item: Id,
        /// How many characters it has.
        characters: usize,
    },
    /// What the lock knows under this number, or somebody named, is none of the repository.
    Gone {
        /// Which one.
        item: Item,
        /// The number.
        number: u64,
        /// What became of it.
        gone: Gone,
    },
    /// What a relation leads to is in conflict itself.
    Unreached {
        /// Which one.
        item: Id,
        /// The relation.
        field: Field,
        /// What it leads to.
        to: Id,
    },
    /// What a relation leads to in another repository is no issue that can be related.
    Elsewhere {
        /// Which one.
        item: Id,
        /// The relation.
        field: Field,
        /// What it leads to.
        to: IssueName,
        /// What GitHub says of it.
        gone: Gone,
    },
    /// The source says values for an issue field that is not there, or holds something else.
    NoField {
        /// The field's name in the source.
        field: String,
        /// The issues that would have a value.
        issues: Vec<Id>,
        /// Why it cannot be filled, and what to do about it.
        why: String,
    },
    /// An issue field has no option for a label: nobody can choose it.
    NoOption {
        /// The field's name in GitHub.
        field: String,
        /// What it would have to offer, as it is compared.
        option: String,
        /// The label that says so.
        label: String,
        /// What can be chosen.
        options: Vec<String>,
        /// The issues with that label.
        issues: Vec<Id>,
    },
    /// The lock knows it, and GitHub no longer does: `--recreate` makes it again.
    Deleted {
        /// Which one.
        item: Item,
        /// Its number, where it had one.
        number: Option<u64>,
    },
}

/// An issue or milestone of GitHub's by its number and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Titled {
    /// Its number.
    pub(crate) number: u64,
    /// What it is called.
    pub(crate) title: String,
}

/// A value that people set in GitHub and that is to be written into the source, by `--on-conflict theirs`: before
/// anything else is done, since the lock takes it for ours from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceChange {
    /// Which item.
    pub(crate) item: Item,
    /// Which field of it.
    pub(crate) field: Field,
    /// The value as the source is to write it.
    pub(crate) value: serde_json::Value,
}

/// What the lock knows and the source no longer does. It is only told, unless `--prune` names its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unmanaged", rename_all = "snake_case")]
pub(crate) enum Unmanaged {
    /// A label.
    Label {
        /// Its name.
        name: String,
        /// What has it.
        #[serde(flatten)]
        uses: Uses,
    },
    /// A milestone.
    Milestone {
        /// Its former id.
        id: String,
        /// Its number.
        number: u64,
        /// What it is called.
        title: String,
        /// What it holds.
        #[serde(flatten)]
        uses: Uses,
    },
    /// An issue.
    Issue {
        /// Its former id.
        id: String,
        /// Its number.
        number: u64,
        /// What it is called.
        title: String,
        /// Whether it is open.
        is_open: bool,
    },
}

/// What the lock is to hold of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(crate) enum Record {
    /// Of a label.
    Label {
        /// Its name.
        label: String,
        /// The line.
        entry: LockItem<AppliedLabel>,
    },
    /// Of a milestone.
    Milestone {
        /// Which one.
        item: Id,
        /// The line.
        entry: LockItem<AppliedMilestone>,
    },
    /// Of an issue.
    Issue {
        /// Which one.
        item: Id,
        /// The line.
        entry: LockItem<AppliedIssue>,
    },
}

/// What has to be confirmed by its number where it is more than a fifth of what there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Guard {
    /// How many issues and milestones are closed, and labels and milestones removed.
    pub(crate) closes: usize,
    /// How many items get another name or title.
    pub(crate) renames: usize,
    /// How many items the lock and the source know in GitHub.
    pub(crate) known: usize,
}

impl Guard {
    /// The number that `--yes=COUNT` must name; `None` where a plain yes is enough.
    pub(crate) fn count(self) -> Option<usize> {
        let most = self.closes.max(self.renames);
        (most * 5 > self.known).then_some(self.closes + self.renames)
    }
}

/// What doing it costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Estimate {
    /// How many writing requests are sent.
    pub(crate) requests: usize,
    /// How many people are told by GitHub: assignees, and those whom new texts mention.
    pub(crate) notified: usize,
    /// How long it takes at least, in seconds: one after each write, three after one that tells people.
    pub(crate) seconds: u64,
}
