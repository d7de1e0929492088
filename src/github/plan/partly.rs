//! What is left of an operation that GitHub did, but for fields that it dropped in silence: the lock keeps of those what it held
//! before, so that the next plan does not take the dropped value for one that somebody removed.

use super::{Field, IssueField, LabelField, MilestoneField, Operation, Record};
use crate::{
    github::state::IssueState,
    source::{AppliedIssue, AppliedLabel, AppliedMilestone},
};

impl Operation {
    /// The same without the fields that were dropped; `before` is the line that the lock held. `None` where nothing is left.
    pub(crate) fn without(&self, dropped: &[Field], before: Option<&Record>) -> Option<Self> {
        let is_kept = |field: Field| !dropped.contains(&field);
        let mut left = self.clone();
        left.restore(before, is_kept)?;
        let is_empty = match &mut left {
            // What was made is made all the same.
            Self::CreateLabel { .. } | Self::CreateMilestone { .. } | Self::CreateIssue { .. } => false,
            Self::ChangeLabel { fields, .. } => {
                fields.retain(|field| is_kept(field.field()));
                fields.is_empty()
            }
            Self::ChangeMilestone { fields, .. } => {
                fields.retain(|field| is_kept(field.field()));
                fields.is_empty()
            }
            Self::ChangeIssue { fields, .. } => {
                fields.retain(|field| is_kept(field.field()));
                fields.is_empty()
            }
            // These change one thing each: without it nothing is done.
            Self::SetParent { .. }
            | Self::AddBlocker { .. }
            | Self::RemoveBlocker { .. }
            | Self::ReopenIssue { .. }
            | Self::AddLabel { .. }
            | Self::MergeLabel { .. }
            | Self::Prune { .. }
            | Self::SetFields { .. } => true,
            Self::CloseIssue { becomes, .. } => {
                *becomes = IssueState::Closed(None);
                !is_kept(Field::State)
            }
        };
        (!is_empty).then_some(left)
    }

    /// Puts back in the line for the lock what was dropped; `None` where it is not known what that held.
    fn restore(&mut self, before: Option<&Record>, is_kept: impl Fn(Field) -> bool) -> Option<()> {
        match (self, before) {
            (Self::CreateLabel { applied, .. }, _) => {
                restore_label(applied, &AppliedLabel::default(), is_kept)
            }
            (Self::CreateMilestone { applied, .. }, _) => {
                restore_milestone(applied, &AppliedMilestone::default(), is_kept);
            }
            (Self::CreateIssue { applied, .. }, _) => {
                restore_issue(applied, &AppliedIssue::default(), is_kept)
            }
            (Self::ChangeLabel { applied, .. }, Some(Record::Label { entry, .. })) => {
                restore_label(applied, &entry.applied, is_kept);
            }
            (Self::ChangeMilestone { applied, .. }, Some(Record::Milestone { entry, .. })) => {
                restore_milestone(applied, &entry.applied, is_kept);
            }
            (Self::ChangeIssue { applied, .. }, Some(Record::Issue { entry, .. })) => {
                restore_issue(applied, &entry.applied, is_kept);
            }
            (Self::ChangeLabel { .. } | Self::ChangeMilestone { .. } | Self::ChangeIssue { .. }, _) => {
                return None;
            }
            _ => {}
        }
        Some(())
    }
}

/// Puts back what was dropped.
fn restore_label(applied: &mut AppliedLabel, before: &AppliedLabel, is_kept: impl Fn(Field) -> bool) {
    let AppliedLabel { name, color, description } = before.clone();
    restore(&mut applied.name, name, is_kept(Field::Name));
    restore(&mut applied.color, color, is_kept(Field::Color));
    restore(&mut applied.description, description, is_kept(Field::Description));
}

fn restore_milestone(
    applied: &mut AppliedMilestone,
    before: &AppliedMilestone,
    is_kept: impl Fn(Field) -> bool,
) {
    let AppliedMilestone { title, description, due_on, state } = before.clone();
    restore(&mut applied.title, title, is_kept(Field::Title));
    restore(&mut applied.description, description, is_kept(Field::Description));
    restore(&mut applied.due_on, due_on, is_kept(Field::DueOn));
    restore(&mut applied.state, state, is_kept(Field::State));
}

fn restore_issue(applied: &mut AppliedIssue, before: &AppliedIssue, is_kept: impl Fn(Field) -> bool) {
    let AppliedIssue {
        title,
        body,
        labels,
        assignees,
        milestone,
        kind,
        parent,
        blocked_by,
        state,
        state_reason,
        // They are put in by operations of their own.
        fields: _,
    } = before.clone();
    restore(&mut applied.title, title, is_kept(Field::Title));
    restore(&mut applied.body, body, is_kept(Field::Body));
    restore(&mut applied.labels, labels, is_kept(Field::Labels));
    restore(&mut applied.assignees, assignees, is_kept(Field::Assignees));
    restore(&mut applied.milestone, milestone, is_kept(Field::Milestone));
    restore(&mut applied.kind, kind, is_kept(Field::Type));
    restore(&mut applied.parent, parent, is_kept(Field::Parent));
    restore(&mut applied.blocked_by, blocked_by, is_kept(Field::BlockedBy));
    restore(&mut applied.state, state, is_kept(Field::State));
    restore(&mut applied.state_reason, state_reason, is_kept(Field::StateReason));
}

fn restore<T>(applied: &mut T, before: T, is_kept: bool) {
    if !is_kept {
        *applied = before;
    }
}

impl LabelField {
    /// Its name.
    pub(in crate::github) fn field(&self) -> Field {
        match self {
            Self::Name(_) => Field::Name,
            Self::Color(_) => Field::Color,
            Self::Description(_) => Field::Description,
        }
    }
}

impl MilestoneField {
    /// Its name.
    pub(in crate::github) fn field(&self) -> Field {
        match self {
            Self::Title(_) => Field::Title,
            Self::Description(_) => Field::Description,
            Self::DueOn(_) => Field::DueOn,
            Self::State(_) => Field::State,
        }
    }
}

impl IssueField {
    /// Its name.
    pub(in crate::github) fn field(&self) -> Field {
        match self {
            Self::Title(_) => Field::Title,
            Self::Body(_) => Field::Body,
            Self::Labels(_) => Field::Labels,
            Self::Assignees(_) => Field::Assignees,
            Self::Milestone(_) => Field::Milestone,
            Self::Kind(_) => Field::Type,
            Self::Parent(_) => Field::Parent,
            Self::BlockedBy(_) => Field::BlockedBy,
            Self::State(_) => Field::State,
            Self::StateReason(_) => Field::StateReason,
            Self::Custom(change) => change.of,
        }
    }
}
