//! What a repository should hold, and what it holds: one type for both, so that they can be compared.
//!
//! A field that is [`Field::Absent`] is unsaid: GitHub's own business in the desired state, unknown in the actual one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{fields::Values, normal, remote::IssueName, text::Body};
use crate::{
    model::{Day, Id},
    source::schema::{self, Field, StateReason},
};

/// Labels, milestones and issues of one roadmap. Labels are keyed by their names in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The labels, by [`label_key`].
    pub labels: BTreeMap<String, Label>,
    /// The milestones.
    pub milestones: BTreeMap<Id, Milestone>,
    /// The issues.
    pub issues: BTreeMap<Id, Issue>,
}

/// What labels are compared by: GitHub tells them apart without case and the blanks around them.
pub(crate) fn label_key(name: &str) -> String {
    normal::folded(name)
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Its name, in the case in which it is shown.
    pub name: String,
    /// Six hex digits in lower case.
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    pub(crate) color: Field<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    pub description: Field<String>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What it is called.
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    pub description: Field<String>,
    /// The day by which it is due.
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    pub due_on: Field<Day>,
    /// Whether it is open or closed.
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    pub state: Field<schema::State>,
}

/// An issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What it is called.
    pub title: String,
    /// What is to be done.
    pub body: Field<Body>,
    /// Its labels by [`label_key`], with their names as they are shown.
    pub labels: Field<BTreeMap<String, String>>,
    /// The logins of those who do it.
    pub assignees: Field<Vec<String>>,
    /// Its milestone.
    pub milestone: Field<IssueLink>,
    /// The name of its type.
    pub kind: Field<String>,
    /// The issue that it is a part of.
    pub(crate) parent: Field<IssueLink>,
    /// The issues that it waits for.
    pub blocked_by: Field<BTreeSet<IssueLink>>,
    /// Whether it is open or closed.
    pub state: Field<IssueState>,
    /// What the organization's issue fields hold.
    pub(crate) fields: Values,
}

/// Whether an issue is open or closed, and why it is closed, where that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueState {
    /// It is to be done.
    Open,
    /// It is done, or will not be.
    Closed(Option<StateReason>),
}

impl IssueState {
    /// Whether it is open or closed, without the reason.
    pub fn state(self) -> schema::State {
        match self {
            Self::Open => schema::State::Open,
            Self::Closed(_) => schema::State::Closed,
        }
    }
}

/// What a relation leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssueLink {
    /// An item of the roadmap.
    Ours(Id),
    /// One that the roadmap does not know, by its place in GitHub.
    Theirs(IssueName),
}

impl IssueLink {
    /// What the lock writes: the id in lower case, else `#4` or `owner/name#4`.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Ours(id) => id.key().to_owned(),
            Self::Theirs(place) => place.key(),
        }
    }
}
