//! How far an entry of the lock is trusted. The lock is a file that anybody can change in a pull request, and few people read
//! its changes: it is believed only where GitHub itself confirms it.

use std::collections::BTreeSet;

use super::{Found, Lost, Seen};
use crate::{
    github::{
        normal::composed,
        remote::{Gone, RemoteIssue, RemoteLabel, RemoteMilestone},
        state::label_key,
        text::Body,
    },
    source::{AppliedIssue, AppliedLabel, AppliedMilestone, Lock, LockItem},
};

/// How far it is known what was last applied to an item that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Its entry agrees with what is there: what it says was applied counts.
    Entry,
    /// It carries our marker, and no entry agrees: what was applied is not known.
    Marker,
    /// It has our name or title, and nothing more.
    Name,
    /// Its entry names it, and it is called neither what was last applied nor what is wanted.
    Doubted,
}

/// What an entry says of an issue, held against the issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is gone.
    Gone(u64, Gone),
    /// It carries another item's marker.
    Other { number: u64, marker: String },
    /// It carries no marker, or is another issue of this number.
    Unproven { number: u64, at: usize },
}

impl Doubt {
    /// Why an item with such an entry has no place, where nothing else finds it.
    pub(super) fn lost(self) -> Lost {
        match self {
            Self::Gone(number, Gone::Deleted) => Lost::Deleted(Some(number)),
            Self::Gone(number, gone) => Lost::Gone(number, gone),
            Self::Other { number, marker } => Lost::Taken { number, marker },
            Self::Unproven { number, .. } => Lost::Unmarked(number),
        }
    }
}

/// Whether an entry is of this issue: its number and its REST id.
pub(super) fn is_of_issue(line: &LockItem<AppliedIssue>, issue: &RemoteIssue) -> bool {
    line.number == Some(issue.number) && line.id.is_none_or(|id| id == issue.id)
}

/// Whether an entry agrees with an issue: number, REST id, and the marker of this id.
pub(crate) fn proves_issue(
    key: &str,
    line: &LockItem<AppliedIssue>,
    issue: &RemoteIssue,
    body: &Body,
) -> bool {
    let is_marked = body.marker.as_deref().is_some_and(|marker| marker.eq_ignore_ascii_case(key));
    is_of_issue(line, issue) && is_marked
}

/// Whether an entry agrees with a milestone: number, REST id, and the title that was last applied.
pub(crate) fn proves_milestone(line: &LockItem<AppliedMilestone>, milestone: &RemoteMilestone) -> bool {
    let title = line.applied.title.get().map(|title| composed(title));
    is_of_milestone(line, milestone) && title == Some(composed(&milestone.title))
}

pub(super) fn is_of_milestone(line: &LockItem<AppliedMilestone>, milestone: &RemoteMilestone) -> bool {
    line.number == Some(milestone.number) && line.id.is_none_or(|id| id == milestone.id)
}

/// The labels of the lock by REST id and the key of the name that was last applied; of a label that is only used the case of
/// the name is GitHub's, and its own key is all that was.
pub(crate) fn label_proofs(lock: &Lock) -> BTreeSet<(u64, String)> {
    let applied = |key: &String, line: &LockItem<AppliedLabel>| {
        line.applied.name.get().map_or_else(|| key.clone(), |name| label_key(name))
    };
    lock.labels.iter().filter_map(|(key, line)| Some((line.id?, applied(key, line)))).collect()
}

/// Whether an entry of the lock agrees with a label: REST id, and the name that was last applied.
pub(crate) fn is_label_of(proofs: &BTreeSet<(u64, String)>, label: &RemoteLabel) -> bool {
    proofs.contains(&(label.id, label_key(&label.name)))
}

/// A place that the lock proves.
pub(super) fn proven(at: usize) -> Seen {
    Seen { at, found: Found::Lock, trust: Trust::Entry }
}

/// A place that is not taken yet, and is from now on.
pub(super) fn take(taken: &mut BTreeSet<usize>, at: usize) -> Option<usize> {
    taken.insert(at).then_some(at)
}
