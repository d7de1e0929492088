//! How many changes of each kind there are.

use super::change::{Change, Group};

/// The counts that are not 0, in the order of the groups.
pub(super) fn by_group<'c>(changes: impl Iterator<Item = &'c Change> + Clone) -> Vec<(Group, usize)> {
    let count = |group: &Group| changes.clone().filter(|change| change.group() == *group).count();
    Group::ALL.iter().map(|group| (*group, count(group))).filter(|(_, count)| *count > 0).collect()
}

/// The counts in words, as `1 slipped, 2 closed`; empty where there is none.
pub(super) fn words<'c>(changes: impl Iterator<Item = &'c Change> + Clone) -> String {
    let counts = by_group(changes).into_iter().map(|(group, count)| match group {
        Group::Dependencies => format!("dependencies of {count}"),
        Group::People => format!("people of {count}"),
        Group::Labels => format!("labels of {count}"),
        group => format!("{count} {}", group.word()),
    });
    counts.collect::<Vec<_>>().join(", ")
}
