//! A plan for a part of the roadmap, with what that part needs to be made.

use std::collections::BTreeSet;

use super::{
    Conflict, IssueField, IssueRef, Item, MilestoneRef, Only, Operation, Options, Plan, Pruned, Record,
    Unmanaged,
};
use crate::{github::state::label_key, model::Id};

/// Leaves of the plan what `--only` names, and what that needs.
pub(super) fn narrow(plan: &mut Plan, options: &Options) {
    if options.only.is_empty() {
        return;
    }
    let mut part = Part { only: options.only.clone(), labels: BTreeSet::new() };
    plan.operations.iter().for_each(|operation| part.need(operation));
    plan.operations.retain(|operation| part.holds(operation));
    let made: BTreeSet<_> = plan.operations.iter().filter_map(made).cloned().collect();
    plan.operations.retain(|operation| {
        let reaches = |issue: &IssueRef| !matches!(issue, IssueRef::Made { made: id } if !made.contains(id));
        refs(operation).into_iter().all(reaches)
    });
    plan.conflicts.retain_mut(|conflict| part.conflict(conflict));
    plan.source_changes.retain(|change| part.item(&change.item));
    plan.records.retain(|record| part.item(&of_record(record)));
    plan.unmanaged.retain(|unmanaged| match unmanaged {
        Unmanaged::Label { .. } => part.only.contains(&Only::Labels),
        Unmanaged::Milestone { id, .. } => part.only.contains(&Only::Milestones) || part.id(id),
        Unmanaged::Issue { id, .. } => part.id(id),
    });
}

/// Whether an item is among what a plan is about, were nothing made.
pub(crate) fn is_named(item: &Item, options: &Options) -> bool {
    let part = Part { only: options.only.clone(), labels: BTreeSet::new() };
    part.only.is_empty() || part.item(item)
}

struct Part {
    only: BTreeSet<Only>,
    /// Labels that a part of it has, by key.
    labels: BTreeSet<String>,
}

impl Part {
    fn id(&self, id: &str) -> bool {
        self.only.contains(&Only::Item(id.to_lowercase()))
    }

    fn item(&self, item: &Item) -> bool {
        match item {
            Item::Label(name) => self.only.contains(&Only::Labels) || self.labels.contains(&label_key(name)),
            Item::Milestone(id) => self.only.contains(&Only::Milestones) || self.id(id.as_str()),
            Item::Issue(id) => self.id(id.as_str()),
        }
    }

    /// Whether a conflict is about this part, which alone it names then.
    fn conflict(&self, conflict: &mut Conflict) -> bool {
        match conflict {
            Conflict::Label { label, .. } => self.item(&Item::Label(label.clone())),
            Conflict::Milestone { item, .. } => self.item(&Item::Milestone(item.clone())),
            Conflict::Issue { item, .. }
            | Conflict::Taken { item, .. }
            | Conflict::Unmarked { item, .. }
            | Conflict::TooLong { item, .. }
            | Conflict::Elsewhere { item, .. }
            | Conflict::Unreached { item, .. } => self.id(item.as_str()),
            Conflict::Closed { item, .. }
            | Conflict::Alike { item, .. }
            | Conflict::Gone { item, .. }
            | Conflict::Ambiguous { item, .. }
            | Conflict::Deleted { item, .. } => self.item(item),
            Conflict::NoOption { issues, .. } | Conflict::NoField { issues, .. } => {
                issues.retain(|id| self.id(id.as_str()));
                !issues.is_empty()
            }
        }
    }

    /// Adds what an operation of this part needs to be made before it.
    fn need(&mut self, operation: &Operation) {
        if !self.holds(operation) {
            return;
        }
        let milestone = match operation {
            Operation::CreateIssue { issue, .. } => {
                self.labels.extend(issue.labels.iter().map(|name| label_key(name)));
                issue.milestone.clone()
            }
            Operation::ChangeIssue { fields, .. } => {
                for field in fields {
                    if let IssueField::Labels(change) = field {
                        self.labels.extend(change.added.iter().map(|name| label_key(name)));
                    }
                }
                fields.iter().find_map(|field| match field {
                    IssueField::Milestone(change) => change.becomes.clone(),
                    _ => None,
                })
            }
            _ => None,
        };
        if let Some(MilestoneRef::Made { made }) = milestone {
            self.only.insert(Only::Item(made.key().into()));
        }
    }

    fn holds(&self, operation: &Operation) -> bool {
        match operation {
            Operation::CreateLabel { label, .. } => self.item(&Item::Label(label.name.clone())),
            Operation::ChangeLabel { label, .. } => self.item(&Item::Label(label.clone())),
            Operation::CreateMilestone { item, .. } | Operation::ChangeMilestone { item, .. } => {
                self.item(&Item::Milestone(item.clone()))
            }
            Operation::CreateIssue { item, .. }
            | Operation::ChangeIssue { item, .. }
            | Operation::ReopenIssue { item, .. } => self.id(item.as_str()),
            Operation::SetParent { issue, .. }
            | Operation::AddBlocker { issue, .. }
            | Operation::RemoveBlocker { issue, .. }
            | Operation::SetFields { issue, .. } => issue.item().is_some_and(|id| self.id(id.as_str())),
            Operation::CloseIssue { issue, close, .. } => match close {
                super::Close::Said => issue.item().is_some_and(|id| self.id(id.as_str())),
                super::Close::Pruned(id) => self.id(id),
                super::Close::Duplicate(id) => self.id(id.as_str()),
            },
            Operation::AddLabel { label, .. } | Operation::MergeLabel { into: label, .. } => {
                self.item(&Item::Label(label.clone()))
            }
            Operation::Prune { pruned: Pruned::Label { .. }, .. } => self.only.contains(&Only::Labels),
            Operation::Prune { pruned: Pruned::Milestone { id, .. }, .. } => {
                self.only.contains(&Only::Milestones) || self.id(id)
            }
        }
    }
}

/// The issue that an operation makes.
fn made(operation: &Operation) -> Option<&Id> {
    if let Operation::CreateIssue { item, .. } = operation { Some(item) } else { None }
}

/// The issues that an operation relates.
fn refs(operation: &Operation) -> Vec<&IssueRef> {
    match operation {
        Operation::SetParent { issue, becomes, .. } => becomes.iter().chain([issue]).collect(),
        Operation::AddBlocker { issue, blocker } | Operation::RemoveBlocker { issue, blocker } => {
            vec![issue, blocker]
        }
        Operation::CloseIssue { issue, .. } | Operation::SetFields { issue, .. } => vec![issue],
        _ => Vec::new(),
    }
}

fn of_record(record: &Record) -> Item {
    match record {
        Record::Label { label, .. } => Item::Label(label.clone()),
        Record::Milestone { item, .. } => Item::Milestone(item.clone()),
        Record::Issue { item, .. } => Item::Issue(item.clone()),
    }
}
