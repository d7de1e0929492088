//! The operations of a plan, and the values in them.

use serde::{Deserialize, Serialize};

use super::{Base, FieldChange};
use crate::{
    github::{
        identity::Found,
        remote::{IssueKey, IssueName},
        state::{IssueState, Label, Milestone},
    },
    model::{Day, Id},
    source::{
        AppliedIssue, AppliedLabel, AppliedMilestone,
        schema::{State, StateReason},
    },
};

/// One thing to do. Those that change something know what it was planned against: a world that moved on is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub(crate) enum Operation {
    /// Makes a label.
    CreateLabel {
        /// All of it.
        label: Label,
        /// What the lock holds of it then.
        applied: AppliedLabel,
    },
    /// Changes a label.
    ChangeLabel {
        /// Its name in the source.
        label: String,
        /// Its name in GitHub now.
        name: String,
        /// Its REST id.
        id: u64,
        /// How it was found.
        found: Found,
        /// What changes.
        fields: Vec<LabelField>,
        /// What it was planned against.
        base: Base,
        /// What the lock holds of it then.
        applied: AppliedLabel,
    },
    /// Makes a milestone.
    CreateMilestone {
        /// Which one.
        item: Id,
        /// All of it.
        milestone: Milestone,
        /// What the lock holds of it then.
        applied: AppliedMilestone,
    },
    /// Changes a milestone.
    ChangeMilestone {
        /// Which one.
        item: Id,
        /// Its REST id and its number.
        key: IssueKey,
        /// How it was found.
        found: Found,
        /// What changes.
        fields: Vec<MilestoneField>,
        /// What it was planned against.
        base: Base,
        /// What the lock holds of it then.
        applied: AppliedMilestone,
    },
    /// Makes an issue, open and without relations: those have operations of their own.
    CreateIssue {
        /// Which one.
        item: Id,
        /// All of it.
        issue: NewIssue,
        /// What the lock holds of it then.
        applied: AppliedIssue,
        /// Whether somebody said that it is none of GitHub's issues, whatever those are called.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_said_new: bool,
    },
    /// Changes an issue, but for its relations and its state. Where `found` is not the lock, it is an adoption.
    ChangeIssue {
        /// Which one.
        item: Id,
        /// Its REST id and its number.
        key: IssueKey,
        /// How it was found.
        found: Found,
        /// What changes.
        fields: Vec<IssueField>,
        /// What it was planned against.
        base: Base,
        /// What the lock holds of it then.
        applied: AppliedIssue,
    },
    /// Makes an issue a part of another one, or of none.
    SetParent {
        /// The part.
        issue: IssueRef,
        /// What it is a part of now.
        was: Option<IssueRef>,
        /// What it is to be a part of.
        becomes: Option<IssueRef>,
    },
    /// Makes an issue wait for another.
    AddBlocker {
        /// What waits.
        issue: IssueRef,
        /// What it waits for.
        blocker: IssueRef,
    },
    /// Makes an issue wait for another no more.
    RemoveBlocker {
        /// What waits.
        issue: IssueRef,
        /// What it waits for.
        blocker: IssueRef,
    },
    /// Closes an issue. Operations before this one may change the issue, so that only its state is held against the plan.
    CloseIssue {
        /// Which one.
        issue: IssueRef,
        /// What it was when it was planned: open.
        was: IssueState,
        /// Closed, and why.
        becomes: IssueState,
        /// For what reason the plan closes it.
        close: Close,
    },
    /// Opens an issue again; it must be closed still.
    ReopenIssue {
        /// Which one.
        item: Id,
        /// Its REST id and its number.
        key: IssueKey,
        /// Why it is closed, where GitHub says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<StateReason>,
    },
    /// Puts a label on an issue that has one which is merged into it.
    AddLabel {
        /// Its number.
        number: u64,
        /// Whether it is a pull request.
        is_pull: bool,
        /// The label.
        label: String,
        /// The one that it has.
        merged: String,
    },
    /// Removes a label, once whatever has it has the one that it is merged into.
    MergeLabel {
        /// Its REST id.
        id: u64,
        /// All of it, so that it can be made again.
        merged: Label,
        /// The name of the label that takes its place.
        into: String,
        /// The issues and pull requests that have it.
        numbers: Vec<u64>,
        /// What it was planned against.
        base: Base,
    },
    /// Removes a label or a milestone that left the source.
    Prune {
        /// Which one.
        pruned: Pruned,
        /// What it was planned against.
        base: Base,
    },
    /// Fills issue fields of an issue; one that somebody changed since leaves them all as they are.
    SetFields {
        /// Which one.
        issue: IssueRef,
        /// What changes.
        fields: Vec<FieldChange>,
    },
}

/// Why an issue is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Close {
    /// The source says so.
    Said,
    /// It left the source, under this id.
    Pruned(String),
    /// It is another copy of this issue.
    Duplicate(Id),
}

/// What is removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pruned {
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
}

/// How often something is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Uses {
    /// By how many issues.
    #[serde(rename = "uses")]
    pub(crate) issues: usize,
    /// By how many pull requests.
    #[serde(default, rename = "used_by_pulls", skip_serializing_if = "is_none")]
    pub(crate) pulls: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// An issue that an operation names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum IssueRef {
    /// One that an operation before this one makes.
    Made {
        /// Which one.
        made: Id,
    },
    /// One in another repository.
    Elsewhere {
        /// What it is called.
        elsewhere: IssueName,
        /// Its REST id, where GitHub said it.
        id: Option<u64>,
    },
    /// One that is there.
    There {
        /// Its id, where it is ours.
        item: Option<Id>,
        /// Its REST id and its number.
        #[serde(flatten)]
        key: IssueKey,
    },
}

/// A milestone that an operation names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum MilestoneRef {
    /// One that an operation before this one makes.
    Made {
        /// Which one.
        made: Id,
    },
    /// One that is there.
    There {
        /// Its id, where it is ours.
        item: Option<Id>,
        /// Its number.
        number: u64,
        /// What it is called.
        title: String,
    },
}

/// An issue as it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NewIssue {
    /// What it is called.
    pub(crate) title: String,
    /// What is to be done, with the marker.
    pub(crate) body: String,
    /// The names of its labels.
    pub(crate) labels: Vec<String>,
    /// The logins of those who do it.
    pub(crate) assignees: Vec<String>,
    /// Its milestone.
    pub(crate) milestone: Option<MilestoneRef>,
    /// The name of its type.
    pub(crate) kind: Option<String>,
}

/// A value in GitHub, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change<T> {
    /// What GitHub has.
    pub(crate) was: T,
    /// What the source says.
    pub(crate) becomes: T,
}

/// A list in GitHub of which a part is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SetChange {
    /// What GitHub has.
    pub(crate) was: Vec<String>,
    /// What is put in.
    pub(crate) added: Vec<String>,
    /// What is taken out.
    pub(crate) removed: Vec<String>,
    /// The whole list then, under the names that labels have once they are renamed.
    pub(crate) becomes: Vec<String>,
}

/// A field of a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub(crate) enum LabelField {
    /// Its name.
    Name(Change<String>),
    /// Its colour.
    Color(Change<Option<String>>),
    /// What it means.
    Description(Change<Option<String>>),
}

/// A field of a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub(crate) enum MilestoneField {
    /// What it is called.
    Title(Change<String>),
    /// What it is about.
    Description(Change<Option<String>>),
    /// When it is due.
    DueOn(Change<Option<Day>>),
    /// Whether it is open or closed.
    State(Change<State>),
}

/// A field of an issue. Relations, the state and issue fields of the organization occur only in conflicts: to change them are operations of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub(crate) enum IssueField {
    /// What it is called.
    Title(Change<String>),
    /// The whole body as it is stored, with marker, ticks and what people wrote below.
    Body(Change<String>),
    /// Its labels.
    Labels(SetChange),
    /// Who does it.
    Assignees(Change<Vec<String>>),
    /// Its milestone.
    Milestone(Change<Option<MilestoneRef>>),
    /// Its type.
    #[serde(rename = "type")]
    Kind(Change<Option<String>>),
    /// What it is a part of.
    Parent(Change<Option<IssueRef>>),
    /// What it waits for.
    BlockedBy(Change<Vec<IssueRef>>),
    /// Whether it is open or closed.
    State(Change<IssueState>),
    /// Why it is closed.
    StateReason(Change<StateReason>),
    /// One of the organization's issue fields.
    Custom(FieldChange),
}
