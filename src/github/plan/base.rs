//! What something was when it was planned, so that a world that moved on is noticed.

use serde::{Deserialize, Serialize};

use crate::github::{
    normal,
    remote::{RemoteIssue, RemoteLabel, RemoteMilestone},
};

/// What something was when it was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Base {
    /// When it was last changed, where GitHub says so.
    pub(crate) updated_at: Option<String>,
    /// A hash of all that could be written to it.
    pub(crate) hash: String,
}

impl Base {
    /// Whether something is still as it was planned against. An issue's `updated_at` also moves with a comment, so that
    /// only its equality says something; else the hash decides.
    pub(crate) fn holds(&self, now: &Self) -> bool {
        self.hash == now.hash
    }

    /// Of a label.
    pub(crate) fn of_label(label: &RemoteLabel) -> Self {
        let RemoteLabel { id, name, color, description } = label;
        Self::of(None, &format!("{id}|{name:?}|{color}|{description:?}"))
    }

    /// Of a milestone.
    pub(crate) fn of_milestone(milestone: &RemoteMilestone) -> Self {
        let RemoteMilestone { id, number, title, description, due_on, state, closed_on: _ } = milestone;
        let description = description.as_deref().map(normal::text);
        Self::of(None, &format!("{id}|{number}|{title:?}|{description:?}|{due_on:?}|{state:?}"))
    }

    /// Of an issue, without its relations: those change by operations before others.
    pub(crate) fn of_issue(issue: &RemoteIssue) -> Self {
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
