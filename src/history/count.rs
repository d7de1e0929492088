//! How many changes of each kind there are.

use super::change::{Change, Group};
use crate::words::{self, say};

/// The counts that are not 0, in the order of the groups.
pub(super) fn by_group<'c>(changes: impl Iterator<Item = &'c Change> + Clone) -> Vec<(Group, usize)> {
    let count = |group: &Group| changes.clone().filter(|change| change.group() == *group).count();
    Group::ALL.iter().map(|group| (*group, count(group))).filter(|(_, count)| *count > 0).collect()
}

/// The counts in words, as `1 slipped, 2 closed`; empty where there is none.
pub(super) fn words<'c>(changes: impl Iterator<Item = &'c Change> + Clone) -> String {
    let counts = by_group(changes).into_iter().map(|(group, count)| match group {
        Group::Dependencies => say!("dependencies of {count}", count = count),
        Group::People => say!("people of {count}", count = count),
        Group::Labels => say!("labels of {count}", count = count),
        group => format!("{count} {}", words::of(group.word())),
    });
    counts.collect::<Vec<_>>().join(", ")
}
