//! The operations of a plan, and the values in them.

use serde::{Deserialize, Serialize};

use crate::{
    github::{
        normal,
        remote::{IssueKey, RemoteIssue, RemoteLabel, RemoteMilestone},
        state::{Label, Milestone, Standing},
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
pub enum Operation {
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
        was: Standing,
        /// Closed, and why.
        becomes: Standing,
        /// For what reason the plan closes it.
        close: Close,
    },
    /// Opens an issue again; it must be closed still.
    ReopenIssue {
        /// Which one.
        item: Id,
        /// Its REST id and its number.
        key: IssueKey,
    },
    /// Removes a label or a milestone that left the source.
    Prune {
        /// Which one.
        pruned: Pruned,
        /// What it was planned against.
        base: Base,
    },
}

/// How an item was found in GitHub, in the order in which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// The lock knows it.
    Lock,
    /// Its body has the marker.
    Marker,
    /// Its title begins with the id, or is the milestone's or the label's own.
    Title,
    /// It has a former title or name.
    Was,
}

/// Why an issue is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Close {
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
pub enum Pruned {
    /// A label.
    Label {
        /// Its name.
        name: String,
        /// How many issues have it.
        uses: usize,
    },
    /// A milestone.
    Milestone {
        /// Its former id.
        id: String,
        /// Its number.
        number: u64,
        /// What it is called.
        title: String,
        /// How many issues it holds.
        uses: usize,
    },
}

/// An issue that an operation names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum IssueRef {
    /// One that an operation before this one makes.
    Made {
        /// Which one.
        made: Id,
    },
    /// One in another repository.
    Elsewhere {
        /// That repository, as `owner/name`.
        repository: String,
        /// Its number there.
        number: u64,
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
pub enum MilestoneRef {
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
pub struct NewIssue {
    /// What it is called.
    pub title: String,
    /// What is to be done, with the marker.
    pub body: String,
    /// The names of its labels.
    pub labels: Vec<String>,
    /// The logins of those who do it.
    pub assignees: Vec<String>,
    /// Its milestone.
    pub milestone: Option<MilestoneRef>,
    /// The name of its type.
    pub kind: Option<String>,
}

/// A value in GitHub, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<T> {
    /// What GitHub has.
    pub was: T,
    /// What the source says.
    pub becomes: T,
}

/// A list in GitHub of which a part is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetChange {
    /// What GitHub has.
    pub was: Vec<String>,
    /// What is put in.
    pub added: Vec<String>,
    /// What is taken out.
    pub removed: Vec<String>,
    /// The whole list then, under the names that labels have once they are renamed.
    pub becomes: Vec<String>,
}

/// A field of a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum LabelField {
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
pub enum MilestoneField {
    /// What it is called.
    Title(Change<String>),
    /// What it is about.
    Description(Change<Option<String>>),
    /// When it is due.
    DueOn(Change<Option<Day>>),
    /// Whether it is open or closed.
    State(Change<State>),
}

/// A field of an issue. Relations and the state occur only in conflicts: to change them are operations of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum IssueField {
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
    State(Change<Standing>),
    /// Why it is closed.
    StateReason(Change<StateReason>),
}

/// What something was when it was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// When it was last changed, where GitHub says so.
    pub updated_at: Option<String>,
    /// A hash of all that could be written to it.
    pub hash: String,
}

impl Base {
    /// Whether something is still as it was planned against. An issue's `updated_at` also moves with a comment, so that
    /// only its equality says something; else the hash decides.
    pub fn holds(&self, now: &Self) -> bool {
        self.hash == now.hash
    }

    /// Of a label.
    pub fn of_label(label: &RemoteLabel) -> Self {
        let RemoteLabel { id, name, color, description } = label;
        Self::of(None, &format!("{id}|{name:?}|{color}|{description:?}"))
    }

    /// Of a milestone.
    pub fn of_milestone(milestone: &RemoteMilestone) -> Self {
        let RemoteMilestone { id, number, title, description, due_on, state, closed_on: _ } = milestone;
        let description = description.as_deref().map(normal::text);
        Self::of(None, &format!("{id}|{number}|{title:?}|{description:?}|{due_on:?}|{state:?}"))
    }

    /// Of an issue, without its relations: those change by operations before others.
    pub fn of_issue(issue: &RemoteIssue) -> Self {
        Self::of_issue_with(issue, issue.labels.clone())
    }

    /// Of an issue whose labels have other names by the time that it is written to.
    pub(in crate::github) fn of_issue_with(issue: &RemoteIssue, mut labels: Vec<String>) -> Self {
        let RemoteIssue { id, number, title, body, state, state_reason, assignees, milestone, kind, .. } =
            issue;
        labels.sort_unstable();
        let body = normal::text(body);
        let head = format!("{id}|{number}|{title:?}|{body:?}|{state:?}|{state_reason:?}");
        let rest = format!("|{labels:?}|{assignees:?}|{milestone:?}|{kind:?}");
        Self::of(Some(issue.updated_at.clone()), &(head + &rest))
    }

    fn of(updated_at: Option<String>, text: &str) -> Self {
        Self { updated_at, hash: crate::github::hash::hash([text]) }
    }
}
