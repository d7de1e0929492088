//! Which issues have a row on a page of the timeline: all of them where there is room, else those that are open and have a day.

use crate::{
    facts::Facts,
    model::{Issue, IssueIx, Roadmap, When},
    render::{picture::lanes::Group, site::known::Known},
};

/// How many issues have a row on one page, and how many elements the rows of a page may be.
pub(super) const MOST_ISSUES: usize = 200;
const MOST_ELEMENTS: usize = 2_400;

/// How many elements the row of an issue is, and that of a group with its row in the table, or more.
const OF_ISSUE: usize = 12;
const OF_GROUP: usize = 32;

/// How many elements the columns are that count when issues began.
const OF_COLUMNS: usize = 1_300;

/// The room that a page has for rows of issues.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Whether only open issues that have a day get a row.
    pub(super) open_only: bool,
    /// Whether only issues that have a day get one.
    dated_only: bool,
    /// The most rows of one group.
    most: usize,
}

impl Room {
    /// Room for all open issues that have a day.
    pub(super) const OPEN: Self = Self { open_only: true, dated_only: true, most: usize::MAX };

    /// The room of a page with these groups; `dated_only` where a row without a day says nothing, and `beside` is how many elements
    /// the page has beside.
    pub(super) fn new(
        (roadmap, facts, known): (&Roadmap, &Facts, &Known),
        groups: &[Group],
        dated_only: bool,
        beside: usize,
    ) -> Self {
        let columns = if known.due { 0 } else { OF_COLUMNS };
        let elements = MOST_ELEMENTS.saturating_sub(OF_GROUP * groups.len() + columns + beside);
        let rows = MOST_ISSUES.min(elements / OF_ISSUE);
        let whole = Self { open_only: false, dated_only, most: usize::MAX };
        let wanted = |room: Self| {
            groups.iter().map(move |group| room.rows(roadmap, facts, &group.issues).len()).collect::<Vec<_>>()
        };
        if known.due && wanted(whole).iter().sum::<usize>() <= rows {
            return whole;
        }
        Self { most: share(wanted(Self::OPEN), rows), ..Self::OPEN }
    }

    /// The issues of a group that want a row, by the days on which they begin; those that get one come first.
    pub(super) fn rows(self, roadmap: &Roadmap, facts: &Facts, issues: &[IssueIx]) -> Vec<IssueIx> {
        let is_shown = |ix: &IssueIx| {
            let is_open = !self.open_only || !facts.issue(*ix).status.is_closed();
            is_open && (!self.dated_only || has_day(&roadmap.issues[ix.0]))
        };
        let mut rows: Vec<_> = issues.iter().copied().filter(is_shown).collect();
        rows.sort_by_key(|ix| by_day(roadmap, *ix));
        rows
    }

    /// The same as far as there is room.
    pub(super) fn fitting(self, roadmap: &Roadmap, facts: &Facts, issues: &[IssueIx]) -> Vec<IssueIx> {
        let mut rows = self.rows(roadmap, facts, issues);
        rows.truncate(self.most);
        rows
    }

    /// How many of so many rows there is no room for.
    pub(super) fn lacks(self, rows: usize) -> usize {
        rows.saturating_sub(self.most)
    }
}

/// What rows are sorted by: those without a day come last.
pub(super) fn by_day(roadmap: &Roadmap, ix: IssueIx) -> impl Ord + use<> {
    let day = day(&roadmap.issues[ix.0]);
    (day.is_none(), day, ix)
}

/// The day that an issue is sorted by.
pub(super) fn day(issue: &Issue) -> Option<crate::model::Day> {
    issue.begins().and_then(When::first).or_else(|| issue.due_on.and_then(When::last)).or(issue.closed_on)
}

/// Whether an issue has a place in time.
pub(super) fn has_day(issue: &Issue) -> bool {
    day(issue).is_some()
}

/// The most rows that each may have, so that all of them have at most this many: who wants few gets them all.
fn share(mut wanted: Vec<usize>, mut rows: usize) -> usize {
    wanted.sort_unstable();
    for (at, want) in wanted.iter().enumerate() {
        let each = rows / (wanted.len() - at);
        if *want > each {
            return each;
        }
        rows -= want;
    }
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shared_so_that_those_who_want_few_get_them_all() {
        for (wanted, rows, most) in [
            (vec![], 9, usize::MAX),
            (vec![3, 4], 7, usize::MAX),
            (vec![3, 4], 6, 3),
            (vec![400, 1, 30], 200, 169),
            (vec![5, 5, 5], 2, 0),
        ] {
            assert_eq!(share(wanted.clone(), rows), most, "{wanted:?}");
            assert!(wanted.iter().map(|want| most.min(*want)).sum::<usize>() <= rows);
        }
    }
}
