//! What to begin with: ready issues, those first that most others wait for.

use super::{Facts, Status};
use crate::model::{Day, IssueIx, Roadmap, Target, When};

/// A ready issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct First {
    /// Which one.
    pub(crate) ix: IssueIx,
    /// How many open issues wait for it, directly or through others.
    pub(crate) waiting: usize,
    /// The day by which it is needed, or it or its milestone is due, whichever comes first.
    pub(crate) by: Option<Day>,
    /// Whether that is its own due date.
    pub(crate) is_due: bool,
}

impl Facts {
    /// Issues that are not closed and wait for each other, directly or through others that are not: each set in the order of the
    /// source, and one alone where it waits for itself.
    pub(crate) fn open_cycles(&self) -> Vec<Vec<IssueIx>> {
        // A cycle of open issues is a part of one of all.
        if self.cycles.is_empty() {
            return Vec::new();
        }
        let graph = self.live().graph();
        let mut cycles: Vec<Vec<_>> = graph
            .components()
            .filter(|set| set.first().is_some_and(|first| graph.is_in_cycle(*first)))
            .map(|set| set.iter().map(|ix| IssueIx(*ix)).collect())
            .collect();
        cycles.sort();
        cycles
    }

    /// The ready issues, those first that most others wait for, then those that are needed sooner, then in the order of the source.
    pub(crate) fn first(&self, roadmap: &Roadmap) -> Vec<First> {
        let ready = roadmap.issues().filter(|(ix, _)| self.issue(*ix).status == Status::Ready);
        let mut ready: Vec<_> = ready
            .map(|(ix, issue)| {
                let needed = self.bounds.needed(Target::Issue(ix)).map(|needed| needed.on);
                // What is closed needs nothing any more.
                let milestone = issue.milestone.get().filter(|ix| !self.milestone(**ix).status.is_closed());
                let whole = milestone.and_then(|ix| roadmap.milestones[ix.0].known_due_on());
                let due = issue.due_on.and_then(When::last);
                let needed = needed.into_iter().chain(whole.and_then(When::last)).min();
                let by = needed.into_iter().chain(due).min();
                First { ix, waiting: self.live().helps(ix), by, is_due: by.is_some() && by == due }
            })
            .collect();
        ready.sort_by_key(|first| (std::cmp::Reverse(first.waiting), first.by.is_none(), first.by, first.ix));
        ready
    }
}
