//! The fields of a plan as what a writer is given, forwards and backwards.

use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange},
        plan::{Change, IssueField, LabelField, MilestoneField, MilestoneRef, NewIssue},
        state::{Label, Milestone},
    },
    source::schema::State,
};

/// Which side of a change is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What was planned against.
    Was,
    /// What is to be.
    Becomes,
}

impl Side {
    /// The value on this side.
    pub(super) fn of<T>(self, change: &Change<T>) -> &T {
        match self {
            Self::Was => &change.was,
            Self::Becomes => &change.becomes,
        }
    }
}

/// A label as it is made.
pub(super) fn new_label(label: &Label) -> LabelChange {
    LabelChange {
        name: Some(label.name.clone()),
        color: label.color.get().cloned(),
        description: label.description.get().cloned(),
    }
}

/// A milestone as it is made.
pub(super) fn new_milestone(milestone: &Milestone) -> MilestoneChange {
    MilestoneChange {
        title: Some(milestone.title.clone()),
        description: milestone.description.get().cloned(),
        due_on: milestone.due_on.get().map(|day| Some(*day)),
        state: milestone.state.get().copied(),
    }
}

/// An issue as it is made, in the milestone of this number.
pub(super) fn new_issue(issue: &NewIssue, milestone: Option<u64>) -> IssueChange {
    let some = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
    IssueChange {
        title: Some(issue.title.clone()),
        body: Some(issue.body.clone()),
        labels: some(&issue.labels),
        assignees: some(&issue.assignees),
        milestone: milestone.map(Some),
        kind: issue.kind.clone().map(Some),
        state: None,
    }
}

/// A side of a label's change.
pub(super) fn label(fields: &[LabelField], side: Side) -> LabelChange {
    let mut change = LabelChange::default();
    for field in fields {
        match field {
            LabelField::Name(name) => change.name = Some(side.of(name).clone()),
            LabelField::Color(color) => change.color = side.of(color).clone(),
            LabelField::Description(text) => {
                change.description = Some(side.of(text).clone().unwrap_or_default())
            }
        }
    }
    change
}

/// A side of a milestone's change.
pub(super) fn milestone(fields: &[MilestoneField], side: Side) -> MilestoneChange {
    let mut change = MilestoneChange::default();
    for field in fields {
        match field {
            MilestoneField::Title(title) => change.title = Some(side.of(title).clone()),
            MilestoneField::Description(text) => {
                change.description = Some(side.of(text).clone().unwrap_or_default())
            }
            MilestoneField::DueOn(day) => change.due_on = Some(*side.of(day)),
            MilestoneField::State(state) => change.state = Some(*side.of(state)),
        }
    }
    change
}

/// A side of an issue's change; `None` where it names a milestone that was not made. Relations and the state are changed by
/// operations of their own.
pub(super) fn issue(
    fields: &[IssueField],
    side: Side,
    number: impl Fn(&MilestoneRef) -> Option<u64>,
) -> Option<IssueChange> {
    let mut change = IssueChange::default();
    for field in fields {
        match field {
            IssueField::Title(title) => change.title = Some(side.of(title).clone()),
            IssueField::Body(body) => change.body = Some(side.of(body).clone()),
            IssueField::Labels(labels) => {
                let list = if side == Side::Was { &labels.was } else { &labels.becomes };
                change.labels = Some(list.clone());
            }
            IssueField::Assignees(logins) => change.assignees = Some(side.of(logins).clone()),
            IssueField::Milestone(milestone) => {
                change.milestone = Some(match side.of(milestone) {
                    Some(milestone) => Some(number(milestone)?),
                    None => None,
                });
            }
            IssueField::Kind(kind) => change.kind = Some(side.of(kind).clone()),
            IssueField::StateReason(reason) => change.state = Some((State::Closed, Some(*side.of(reason)))),
            IssueField::Parent(_)
            | IssueField::BlockedBy(_)
            | IssueField::State(_)
            | IssueField::Custom(_) => {}
        }
    }
    Some(change)
}
