//! Reading and writing a repository, as two types: what plans is given a [`Reader`] and cannot write.
//!
//! Every writing call is sent at most once where repeating it could make something twice, and its answer is compared with
//! what was sent: GitHub drops in silence what whoever asks may not set.

use std::collections::BTreeMap;

use super::{
    fields::{FieldKind, FieldValue, OrgFields},
    options::Field,
    remote::{
        Blocker, Done, Fetched, Gone, IssueKey, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone,
        Repository,
    },
};
use crate::{
    io::Failure,
    model::Day,
    source::schema::{State, StateReason},
};

/// Reads one repository. Lists are whole: all pages, open and closed, without pull requests.
pub(crate) trait Reader {
    /// The repository, and what may be done there.
    ///
    /// # Errors
    /// Where it cannot be reached, is not there, or the login is wrong.
    fn repository(&self) -> Result<Repository, Failure>;

    /// All labels.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure>;

    /// All milestones.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure>;

    /// All issues, by ascending number.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure>;

    /// What has this number now.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn issue(&self, number: u64) -> Result<Fetched, Failure>;

    /// What this name of an issue in another repository leads to now. A file knows of no other repository.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn elsewhere(&self, _: &IssueName) -> Result<Fetched, Failure> {
        Ok(Fetched::Gone(Gone::Hidden))
    }

    /// The pull requests that the last list of issues told of and that carry a marker: the ids in those, by number.
    fn marked_pulls(&self) -> BTreeMap<u64, String> {
        BTreeMap::new()
    }

    /// The labels of the pull requests that the last list of issues told of, by number; of those that have any.
    fn labelled_pulls(&self) -> BTreeMap<u64, Vec<String>> {
        BTreeMap::new()
    }

    /// The milestones of the pull requests that the last list of issues told of, by number; of those that have one.
    fn planned_pulls(&self) -> BTreeMap<u64, u64> {
        BTreeMap::new()
    }

    /// The issues that one waits for; `None` where this server knows no such relation.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn blocked_by(&self, number: u64) -> Result<Option<Vec<Blocker>>, Failure>;

    /// The issue fields of whoever owns the repository; asked once in a run.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn org_fields(&self) -> Result<OrgFields, Failure> {
        Ok(OrgFields::None("issue fields are not known here".into()))
    }

    /// What the issue fields of an issue hold; `None` where this server does not say.
    ///
    /// # Errors
    /// As [`Reader::repository`].
    fn field_values(&self, _number: u64) -> Result<Option<Vec<FieldValue>>, Failure> {
        Ok(None)
    }
}

/// What a label is to have; `None` leaves a member as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LabelChange {
    /// Its name; in a change, its new one.
    pub(crate) name: Option<String>,
    /// Six hex digits.
    pub(crate) color: Option<String>,
    /// What it means; empty for nothing.
    pub(crate) description: Option<String>,
}

/// What a milestone is to have; `None` leaves a member as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MilestoneChange {
    /// What it is called.
    pub(crate) title: Option<String>,
    /// What it is about; empty for nothing.
    pub(crate) description: Option<String>,
    /// The day by which it is due; `None` inside for none.
    pub(crate) due_on: Option<Option<Day>>,
    /// Whether it is open or closed.
    pub(crate) state: Option<State>,
}

/// What an issue is to have; `None` leaves a member as it is. Labels and assignees are the whole list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct IssueChange {
    /// What it is called.
    pub(crate) title: Option<String>,
    /// What is to be done, with the marker.
    pub(crate) body: Option<String>,
    /// The names of its labels.
    pub(crate) labels: Option<Vec<String>>,
    /// The logins of those who do it.
    pub(crate) assignees: Option<Vec<String>>,
    /// The number of its milestone; `None` inside for none.
    pub(crate) milestone: Option<Option<u64>>,
    /// The name of its type; `None` inside for none.
    pub(crate) kind: Option<Option<String>>,
    /// Whether it is open or closed, and why it is closed.
    pub(crate) state: Option<(State, Option<StateReason>)>,
}

/// Why a writing call did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    /// GitHub said no to this one thing, for good; others may still be done. The words are for people.
    This(String),
    /// It was done, but GitHub dropped a part of what was sent in silence. The words are for people.
    Dropped {
        /// What was dropped, and why.
        words: String,
        /// The fields that were dropped.
        fields: Vec<Field>,
        /// What was made or changed.
        done: Done,
    },
    /// What it speaks of is not there, or this server knows no such thing. The words are for people.
    Missing(String),
    /// What was to be created exists already.
    Exists(String),
    /// No answer came, or one that does not say: it may have been done. A listing tells.
    Unknown(String),
    /// Nothing more can be done: login, network, rate limit, repository.
    All(Failure),
}

/// Writes to one repository; serial, and paced.
pub(crate) trait Writer: Reader {
    /// Makes a label.
    ///
    /// # Errors
    /// See [`Refused`].
    fn create_label(&self, label: &LabelChange) -> Result<RemoteLabel, Refused>;

    /// Changes the label of that name.
    ///
    /// # Errors
    /// See [`Refused`].
    fn update_label(&self, name: &str, change: &LabelChange) -> Result<RemoteLabel, Refused>;

    /// Removes a label.
    ///
    /// # Errors
    /// See [`Refused`].
    fn delete_label(&self, name: &str) -> Result<(), Refused>;

    /// Makes a milestone.
    ///
    /// # Errors
    /// See [`Refused`].
    fn create_milestone(&self, milestone: &MilestoneChange) -> Result<RemoteMilestone, Refused>;

    /// Changes the milestone of that number.
    ///
    /// # Errors
    /// See [`Refused`].
    fn update_milestone(&self, number: u64, change: &MilestoneChange) -> Result<RemoteMilestone, Refused>;

    /// Removes a milestone; its issues stay, without one.
    ///
    /// # Errors
    /// See [`Refused`].
    fn delete_milestone(&self, number: u64) -> Result<(), Refused>;

    /// Makes an issue, with all that it is to have in one request: people are told of it once.
    ///
    /// # Errors
    /// See [`Refused`].
    fn create_issue(&self, issue: &IssueChange) -> Result<RemoteIssue, Refused>;

    /// Changes the issue of that number.
    ///
    /// # Errors
    /// See [`Refused`].
    fn update_issue(&self, number: u64, change: &IssueChange) -> Result<RemoteIssue, Refused>;

    /// Puts a label on an issue or a pull request, and leaves those that it has.
    ///
    /// # Errors
    /// See [`Refused`].
    fn add_label(&self, number: u64, name: &str) -> Result<(), Refused>;

    /// Takes a label off an issue or a pull request.
    ///
    /// # Errors
    /// See [`Refused`].
    fn remove_label(&self, number: u64, name: &str) -> Result<(), Refused>;

    /// Makes an issue a part of another, in place of the one that it is a part of now.
    ///
    /// # Errors
    /// See [`Refused`].
    fn set_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused>;

    /// Makes an issue a part of none.
    ///
    /// # Errors
    /// See [`Refused`].
    fn unset_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused>;

    /// Makes an issue wait for another.
    ///
    /// # Errors
    /// See [`Refused`].
    fn add_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused>;

    /// Makes an issue wait for another no more.
    ///
    /// # Errors
    /// See [`Refused`].
    fn remove_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused>;

    /// Puts values into issue fields of an issue, and returns all that it has then.
    ///
    /// # Errors
    /// See [`Refused`].
    fn set_fields(&self, issue: u64, values: &[(FieldKind, FieldValue)]) -> Result<Vec<FieldValue>, Refused>;

    /// Empties an issue field of an issue.
    ///
    /// # Errors
    /// See [`Refused`].
    fn empty_field(&self, issue: u64, field: u64) -> Result<(), Refused>;
}
