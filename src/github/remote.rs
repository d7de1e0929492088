//! What a repository holds, as GitHub tells it: only the members that we use.
//!
//! Source: GitHub's OpenAPI document, version 2022-11-28; all of these members are the same in 2026-03-10.

use serde::{Deserialize, Serialize};

pub use crate::model::IssueName;

use super::fields::FieldValue;
use crate::{
    model::Day,
    source::schema::{State, StateReason},
};

/// A repository, and what may be done there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// `owner/name` as GitHub writes it now: another one than was asked for where it was renamed.
    pub full_name: String,
    /// Whether whoever asks may write labels, milestones and issues there.
    pub can_push: bool,
    /// Whether it has issues at all.
    pub has_issues: bool,
    /// Whether it is archived, and so read-only.
    pub is_archived: bool,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteLabel {
    /// Its REST id, which a rename keeps.
    pub id: u64,
    /// Its name, in the case in which it was made.
    pub name: String,
    /// Six hex digits, in lower case.
    pub color: String,
    /// What it means.
    pub description: Option<String>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteMilestone {
    /// Its REST id.
    pub id: u64,
    /// Its number, by which addresses name it.
    pub number: u64,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// The day by which it is due. GitHub answers with midnight in California: the first ten characters are the day.
    pub due_on: Option<Day>,
    /// Whether it is open or closed.
    pub state: State,
    /// The day on which it was closed, in UTC.
    pub closed_on: Option<Day>,
}

/// An issue; never a pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteIssue {
    /// Its REST id, by which relations name it.
    pub id: u64,
    /// Its number, by which addresses name it.
    pub number: u64,
    /// What it is called.
    pub title: String,
    /// What is to be done, as it is stored.
    pub body: String,
    /// Whether it is open or closed.
    pub state: State,
    /// Why it was closed, or that it was opened again.
    pub state_reason: Option<Reason>,
    /// The names of its labels.
    pub labels: Vec<String>,
    /// The logins of those who do it.
    pub assignees: Vec<String>,
    /// The number of its milestone.
    pub milestone: Option<u64>,
    /// The name of its type.
    pub kind: Option<String>,
    /// The issue that it is a part of; `None` inside where it is part of none, outside where this server does not say.
    pub parent: Option<Option<IssueName>>,
    /// How many issues it waits for, closed ones too; `None` where this server does not say.
    pub blockers: Option<u64>,
    /// What the organization's issue fields hold of it; `None` where this server does not say.
    pub fields: Option<Vec<FieldValue>>,
    /// When it was last changed, as GitHub writes it (`2026-11-22T10:00:00Z`): compared, never computed with.
    pub updated_at: String,
    /// The day on which it was closed, in UTC.
    pub closed_on: Option<Day>,
    /// Whether its conversation is locked.
    pub is_locked: bool,
}

/// An issue that another one waits for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blocker {
    /// What it is called.
    pub name: IssueName,
    /// Its REST id.
    pub id: u64,
}

/// What a number leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// An issue.
    Issue(Box<RemoteIssue>),
    /// No issue of this repository, or none any more.
    Gone(Gone),
}

impl Fetched {
    /// The issue, where it is one.
    pub(crate) fn issue(self) -> Option<RemoteIssue> {
        match self {
            Self::Issue(issue) => Some(*issue),
            Self::Gone(_) => None,
        }
    }
}

/// Why a number leads to no issue of this repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    /// It was deleted.
    Deleted,
    /// GitHub does not show it to this token.
    Hidden,
    /// It was transferred, to this place where GitHub says it: `owner/name#4`.
    Moved(Option<String>),
    /// It was made a pull request.
    PullRequest,
    /// It was made a discussion.
    Discussion,
}

impl Gone {
    /// What became of it, in a few words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Deleted => "it was deleted in GitHub".into(),
            Self::Hidden => {
                "GitHub does not show it: it was deleted, or moved to where this token may not look".into()
            }
            Self::Moved(Some(place)) => format!("it was transferred to `{place}`"),
            Self::Moved(None) => "it was transferred to another repository".into(),
            Self::PullRequest => "it is a pull request now".into(),
            Self::Discussion => "it is a discussion now".into(),
        }
    }
}

/// Why an issue has the state that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was closed for this reason.
    Closed(StateReason),
    /// It was opened again.
    Reopened,
}

/// An issue's two names: by number in addresses, by id in relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct IssueKey {
    /// Its REST id.
    pub(crate) id: u64,
    /// Its number.
    pub(crate) number: u64,
}

/// What was made or found by an operation, for the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Done {
    /// A label, by its REST id.
    Label(u64),
    /// A milestone: REST id and number.
    Milestone(IssueKey),
    /// An issue: REST id and number.
    Issue(IssueKey),
}
