//! How work flows: since when an issue is ready, how long one takes from its first day to its last, how old open work is.
//!
//! Facts alone: nothing is extrapolated, and what nobody stated is not counted. The day on which work began is known only where
//! `begun_on` says so.

use super::Facts;
use crate::model::{Day, Issue, IssueIx, Roadmap};

/// The fewest issues that percentiles are given for.
pub(crate) const FEWEST: usize = 10;

/// How many days issues took, from the day on which work on them began to the day on which they were closed, both counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CycleTimes(Vec<i64>);

impl CycleTimes {
    /// Of the issues that are done by a day and of which both days are stated.
    pub(crate) fn of(roadmap: &Roadmap, today: Day) -> Self {
        let took = |issue: &Issue| {
            let (begun, closed) = (issue.begun_on?, issue.known_closed_on()?);
            (begun <= closed && closed <= today).then(|| closed.days_since(begun) + 1)
        };
        let mut days: Vec<_> =
            roadmap.issues.iter().filter(|issue| issue.is_done()).filter_map(took).collect();
        days.sort_unstable();
        Self(days)
    }

    /// Of how many issues it is known.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Within how many days so many of a hundred were closed, by the nearest rank; nothing of fewer than ten issues.
    pub(crate) fn percentile(&self, of_a_hundred: usize) -> Option<i64> {
        let rank = (self.0.len() * of_a_hundred).div_ceil(100).max(1);
        if self.0.len() < FEWEST { None } else { self.0.get(rank - 1).copied() }
    }
}

/// For how many days work on an open issue goes on, today counted; `None` where nobody says when it began.
pub(crate) fn age(issue: &Issue, today: Day) -> Option<i64> {
    let begun = issue.begun_on.filter(|begun| *begun <= today)?;
    Some(today.days_since(begun) + 1)
}

/// The day on which the last of an issue's blockers was closed; `None` where it has none, one of them is open or the day of one is not
/// known.
pub(crate) fn ready_since(roadmap: &Roadmap, facts: &Facts, ix: IssueIx) -> Option<Day> {
    let blockers = roadmap.issues[ix.0].blocked_by();
    let closed = |blocker: IssueIx| {
        let is_closed = facts.issue(blocker).status.is_closed();
        roadmap.issues[blocker.0].known_closed_on().filter(|_| is_closed)
    };
    let elsewhere = roadmap.issues[ix.0]
        .blocked_elsewhere
        .iter()
        .map(|link| link.to.snapshot.closed_on.filter(|_| link.to.is_closed() == Some(true)));
    let days: Option<Vec<_>> = blockers.iter().map(|link| closed(link.to)).chain(elsewhere).collect();
    days?.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(days: &[i64]) -> CycleTimes {
        CycleTimes(days.to_vec())
    }

    #[test]
    fn percentiles_are_those_of_the_nearest_rank_and_need_ten() {
        assert_eq!(times(&[1, 2, 3, 4, 5, 6, 7, 8, 9]).percentile(50), None);
        let ten = times(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 30]);
        assert_eq!((ten.percentile(50), ten.percentile(85)), (Some(5), Some(9)));
        let twenty: Vec<_> = (1..=20).collect();
        assert_eq!((times(&twenty).percentile(50), times(&twenty).percentile(85)), (Some(10), Some(17)));
    }
}
