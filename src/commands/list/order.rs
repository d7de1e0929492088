//! In which order `list` prints: by one key, and where that is the same in the order of the source.

use std::cmp::{Ordering, Reverse};

use crate::{
    cli::SortKey,
    facts::{Facts, Status},
    model::{Day, Id, IssueIx, MilestoneIx, Roadmap, When},
};

/// What an item is sorted by.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'r> {
    Id(Option<&'r str>, Option<u64>, &'r str),
    Day(Option<Day>),
    Status(Status),
    Place(Option<usize>),
    Title(String),
    Count(Reverse<usize>),
}

impl Key<'_> {
    /// Whether it says nothing, as a day that nobody gave: such items come last, whichever way it is sorted.
    fn is_missing(&self) -> bool {
        matches!(self, Self::Day(None) | Self::Place(None))
    }
}

/// Sorts issues.
pub(super) fn issues<'r>(
    wanted: &mut [IssueIx],
    by: SortKey,
    reverse: bool,
    (roadmap, facts): (&'r Roadmap, &'r Facts),
) {
    sort(wanted, reverse, |ix| {
        let issue = &roadmap.issues[ix.0];
        match by {
            SortKey::Id => id(&issue.id),
            SortKey::Start => Key::Day(issue.begun_on.or(issue.start_on.and_then(When::first))),
            SortKey::Due => Key::Day(issue.due_on.and_then(When::last)),
            SortKey::Closed => Key::Day(issue.known_closed_on()),
            SortKey::Status => Key::Status(facts.issue(*ix).status),
            SortKey::Milestone => Key::Place(issue.milestone.get().map(|ix| ix.0)),
            SortKey::Title => Key::Title(issue.short_title().to_lowercase()),
            SortKey::Waiting => Key::Count(Reverse(facts.live().helps(*ix))),
        }
    });
}

/// Sorts milestones.
pub(super) fn milestones<'r>(
    wanted: &mut [MilestoneIx],
    by: SortKey,
    reverse: bool,
    (roadmap, facts): (&'r Roadmap, &'r Facts),
) {
    sort(wanted, reverse, |ix| {
        let milestone = &roadmap.milestones[ix.0];
        match by {
            SortKey::Id => id(&milestone.id),
            SortKey::Start => Key::Day(milestone.start_on.and_then(When::first)),
            SortKey::Due => Key::Day(milestone.known_due_on().and_then(When::last)),
            SortKey::Status => Key::Status(facts.milestone(*ix).status),
            SortKey::Title => Key::Title(milestone.title.to_lowercase()),
            SortKey::Closed | SortKey::Milestone | SortKey::Waiting => Key::Place(Some(ix.0)),
        }
    });
}

fn id(id: &Id) -> Key<'_> {
    Key::Id(id.series(), id.number(), id.key())
}

fn sort<'r, T>(wanted: &mut [T], reverse: bool, key: impl Fn(&T) -> Key<'r>) {
    wanted.sort_by(|one, other| {
        let (one, other) = (key(one), key(other));
        match (one.is_missing(), other.is_missing()) {
            (false, false) if reverse => other.cmp(&one),
            (false, false) => one.cmp(&other),
            (true, true) => Ordering::Equal,
            (is_missing, _) => is_missing.cmp(&!is_missing),
        }
    });
}
