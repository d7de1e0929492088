//! What the lock holds once an operation is done, so that the next plan knows who changed what.

use super::{Close, Done, FieldChange, IssueRef, Operation, Pruned, Record};
use crate::{
    github::{
        fields::compared,
        remote::IssueKey,
        state::{IssueState, label_key},
    },
    model::Id,
    source::{
        AppliedIssue, Lock, LockItem,
        schema::{Field, State},
    },
};

impl Record {
    /// Writes the line into the lock.
    pub(crate) fn put(&self, lock: &mut Lock) {
        match self.clone() {
            Self::Label { label, entry } => {
                forget(lock, entry.id);
                lock.labels.insert(label_key(&label), entry);
            }
            Self::Milestone { item, entry } => {
                lock.milestones.insert(item.key().into(), entry);
            }
            Self::Issue { item, entry } => {
                lock.issues.insert(item.key().into(), entry);
            }
        }
    }
}

impl Operation {
    /// Writes into the lock that the operation is done. `done` is what GitHub made; an operation that makes nothing has
    /// none.
    pub(crate) fn record(&self, lock: &mut Lock, done: Option<Done>) {
        match self {
            Self::CreateLabel { label, applied } => {
                let id = if let Some(Done::Label(id)) = done { Some(id) } else { None };
                put(&mut lock.labels, label_key(&label.name), (None, id), applied.clone());
            }
            Self::ChangeLabel { label, id, applied, .. } => {
                forget(lock, Some(*id));
                put(&mut lock.labels, label_key(label), (None, Some(*id)), applied.clone());
            }
            Self::CreateMilestone { item, applied, .. } => {
                if let Some(Done::Milestone(key)) = done {
                    put(&mut lock.milestones, item.key().into(), both(key), applied.clone());
                }
            }
            Self::ChangeMilestone { item, key, applied, .. } => {
                put(&mut lock.milestones, item.key().into(), both(*key), applied.clone());
            }
            Self::CreateIssue { item, applied, .. } => {
                if let Some(Done::Issue(key)) = done {
                    part(lock, item.key());
                    put(&mut lock.issues, item.key().into(), both(key), applied.clone());
                }
            }
            Self::ChangeIssue { item, key, applied, .. } => {
                put(&mut lock.issues, item.key().into(), both(*key), applied.clone());
            }
            // What a label is merged into is known to the entry of the item alone.
            Self::AddLabel { .. } => {}
            Self::MergeLabel { id, .. } => forget(lock, Some(*id)),
            Self::Prune { pruned, .. } => prune(lock, pruned),
            Self::SetParent { .. } | Self::AddBlocker { .. } | Self::RemoveBlocker { .. } => {
                self.relate(lock)
            }
            Self::CloseIssue { issue, becomes, close, .. } => closed(lock, issue, *becomes, close),
            Self::ReopenIssue { item, .. } => reopened(lock, item),
            Self::SetFields { issue, fields } => filled(lock, issue, fields),
        }
    }

    /// Takes out of the lock the line that the operation put there, where it held none before.
    pub(crate) fn forget(&self, lock: &mut Lock) {
        let item = match self {
            Self::ChangeLabel { id, .. } => return forget(lock, Some(*id)),
            Self::ChangeMilestone { item, .. } => return drop(lock.milestones.remove(item.key())),
            Self::ChangeIssue { item, .. } | Self::ReopenIssue { item, .. } => Some(item),
            Self::SetParent { issue, .. }
            | Self::AddBlocker { issue, .. }
            | Self::RemoveBlocker { issue, .. }
            | Self::CloseIssue { issue, .. }
            | Self::SetFields { issue, .. } => issue.item(),
            Self::CreateLabel { .. }
            | Self::CreateMilestone { .. }
            | Self::CreateIssue { .. }
            | Self::AddLabel { .. }
            | Self::MergeLabel { .. }
            | Self::Prune { .. } => None,
        };
        item.into_iter().for_each(|item| drop(lock.issues.remove(item.key())));
    }

    /// Writes a relation into the lock.
    fn relate(&self, lock: &mut Lock) {
        match self {
            Self::SetParent { issue, becomes, .. } => {
                if let Some(item) = issue.item() {
                    applied(lock, item).parent = Field::Given(becomes.as_ref().map(IssueRef::lock_key));
                }
            }
            Self::AddBlocker { issue, blocker } | Self::RemoveBlocker { issue, blocker } => {
                if let Some(item) = issue.item() {
                    let list = &mut applied(lock, item).blocked_by;
                    let mut keys = list.get().cloned().unwrap_or_default();
                    keys.retain(|key| *key != blocker.lock_key());
                    if matches!(self, Self::AddBlocker { .. }) {
                        keys.push(blocker.lock_key());
                    }
                    keys.sort_unstable();
                    *list = Field::Given(Some(keys));
                }
            }
            _ => {}
        }
    }
}

fn prune(lock: &mut Lock, pruned: &Pruned) {
    match pruned {
        Pruned::Label { name, .. } => drop(lock.labels.remove(&label_key(name))),
        Pruned::Milestone { id, .. } => drop(lock.milestones.remove(&id.to_lowercase())),
    }
}

/// Takes the relations to an issue that is made anew out of the lock: GitHub forgot them with the one that is gone.
fn part(lock: &mut Lock, key: &str) {
    if !lock.issues.contains_key(key) {
        return;
    }
    for line in lock.issues.values_mut() {
        if line.applied.parent.get().is_some_and(|parent| parent == key) {
            line.applied.parent = Field::Given(None);
        }
        if let Field::Given(Some(keys)) = &mut line.applied.blocked_by {
            keys.retain(|other| other != key);
        }
    }
}

impl IssueRef {
    /// Its id, where it is ours.
    pub(crate) fn item(&self) -> Option<&Id> {
        match self {
            Self::Made { made } => Some(made),
            Self::There { item, .. } => item.as_ref(),
            Self::Elsewhere { .. } => None,
        }
    }

    /// What the lock writes for it: the id in lower case, else its number.
    pub(super) fn lock_key(&self) -> String {
        match self {
            Self::Made { made } => made.key().into(),
            Self::There { item: Some(item), .. } => item.key().into(),
            Self::There { item: None, key } => format!("#{}", key.number),
            Self::Elsewhere { elsewhere, .. } => elsewhere.key(),
        }
    }
}

fn closed(lock: &mut Lock, issue: &IssueRef, becomes: IssueState, close: &Close) {
    match close {
        Close::Said => {
            if let Some(item) = issue.item() {
                let applied = applied(lock, item);
                applied.state = Field::Given(Some(State::Closed));
                if let IssueState::Closed(Some(reason)) = becomes {
                    applied.state_reason = Field::Given(Some(reason));
                }
            }
        }
        Close::Pruned(id) => {
            lock.issues.remove(&id.to_lowercase());
        }
        // The lock knows the issue that is kept, not its copies.
        Close::Duplicate(_) => {}
    }
}

fn reopened(lock: &mut Lock, item: &Id) {
    let applied = applied(lock, item);
    (applied.state, applied.state_reason) = (Field::Given(Some(State::Open)), Field::Absent);
}

/// Writes values of issue fields into what was applied.
fn filled(lock: &mut Lock, issue: &IssueRef, fields: &[FieldChange]) {
    let Some(item) = issue.item() else { return };
    let applied = applied(lock, item);
    let mut values = applied.fields.get().cloned().unwrap_or_default();
    for change in fields {
        let value = change.becomes.as_deref().map(|value| compared(change.kind, value));
        values.0.insert(change.key(), value);
    }
    applied.fields = Field::Given(Some(values));
}

/// Takes a label's line out under whatever name it had.
fn forget(lock: &mut Lock, id: Option<u64>) {
    lock.labels.retain(|_, line| line.id.is_none() || line.id != id);
}

fn both(key: IssueKey) -> (Option<u64>, Option<u64>) {
    (Some(key.number), Some(key.id))
}

/// Puts a line in, with what GitHub was known to say of the item before.
fn put<A: Default>(
    lines: &mut std::collections::BTreeMap<String, LockItem<A>>,
    key: String,
    (number, id): (Option<u64>, Option<u64>),
    applied: A,
) {
    let line = lines.entry(key).or_default();
    (line.number, line.id, line.applied) = (number, id, applied);
}

fn applied<'l>(lock: &'l mut Lock, item: &Id) -> &'l mut AppliedIssue {
    &mut lock.issues.entry(item.key().into()).or_default().applied
}
