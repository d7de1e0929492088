//! Items in the form in which they are compared, which is also the form in which the lock keeps them.
//!
//! Each function takes its item apart without leaving a field out, so that a new one cannot be forgotten.

use crate::{
    github::{
        desired::Desired,
        fields,
        normal::login_key,
        state::{Issue, IssueLink, IssueState, Label, Milestone},
        text::fingerprint,
    },
    source::{AppliedIssue, AppliedLabel, AppliedMilestone, Lock, schema::Field},
};

/// Takes all that is wanted for applied, of the items that the lock knows and of all labels: for a source that was just
/// made of what is there.
pub fn agree(lock: &mut Lock, desired: &Desired) {
    for (key, wanted) in &desired.state.labels {
        lock.labels.entry(key.clone()).or_default().applied = label(wanted);
    }
    for (id, wanted) in &desired.state.milestones {
        if let Some(line) = lock.milestones.get_mut(id.key()) {
            line.applied = milestone(wanted);
        }
    }
    for (id, wanted) in &desired.state.issues {
        if let Some(line) = lock.issues.get_mut(id.key()) {
            line.applied = issue(wanted);
        }
    }
}

/// A label as it is compared.
pub(in crate::github) fn label(label: &Label) -> AppliedLabel {
    let Label { name, color, description } = label;
    AppliedLabel {
        name: Field::Given(Some(name.clone())),
        color: color.clone(),
        description: description.clone(),
    }
}

/// A milestone as it is compared.
pub(in crate::github) fn milestone(milestone: &Milestone) -> AppliedMilestone {
    let Milestone { title, description, due_on, state } = milestone;
    AppliedMilestone {
        title: Field::Given(Some(title.clone())),
        description: description.clone(),
        due_on: due_on.map(|day| day.to_string()),
        state: *state,
    }
}

/// An issue as it is compared.
pub(in crate::github) fn issue(issue: &Issue) -> AppliedIssue {
    let Issue { title, body, labels, assignees, milestone, kind, parent, blocked_by, state, fields } = issue;
    let sorted = |mut list: Vec<String>| {
        list.sort_unstable();
        list.dedup();
        (!list.is_empty()).then_some(list)
    };
    let logins = |logins: &Vec<String>| sorted(logins.iter().map(|login| login_key(login)).collect());
    AppliedIssue {
        title: Field::Given(Some(title.clone())),
        body: body.as_ref().and_then(|body| fingerprint(&body.text)),
        labels: labels.as_ref().and_then(|labels| sorted(labels.keys().cloned().collect())),
        assignees: assignees.as_ref().and_then(logins),
        milestone: milestone.as_ref().map(IssueLink::key),
        kind: kind.clone(),
        parent: parent.as_ref().map(IssueLink::key),
        blocked_by: blocked_by.as_ref().and_then(|all| sorted(all.iter().map(IssueLink::key).collect())),
        state: state.map(IssueState::state),
        state_reason: match state {
            Field::Given(Some(IssueState::Closed(Some(reason)))) => Field::Given(Some(*reason)),
            _ => Field::Absent,
        },
        fields: fields::kept(fields),
    }
}
