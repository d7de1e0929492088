//! Which dependencies contradict themselves: the one half is due after the other, or both wait for each other.

use crate::{
    facts::{Facts, Graph},
    model::{IssueIx, Link, MilestoneIx, Roadmap, is_after},
};

/// Judges the dependencies of one roadmap.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    roadmap: &'a Roadmap,
    facts: &'a Facts,
}

impl<'a> Judge<'a> {
    pub(super) fn new(roadmap: &'a Roadmap, facts: &'a Facts) -> Self {
        Self { roadmap, facts }
    }

    /// Whether an issue cannot wait for another as it says.
    pub(super) fn issue(&self, ix: IssueIx, blocker: IssueIx) -> bool {
        let due = |ix: IssueIx| self.roadmap.issues[ix.0].due_on;
        let open = |ix: IssueIx| !self.facts.issue(ix).status.is_closed();
        is_one_cycle(self.facts.issue(ix).cycle, self.facts.issue(blocker).cycle)
            || (open(ix) && open(blocker) && is_after(due(blocker), due(ix)))
    }

    /// Whether a milestone cannot wait for another as it says.
    pub(super) fn milestone(&self, ix: MilestoneIx, blocker: MilestoneIx) -> bool {
        let due = |ix: MilestoneIx| self.roadmap.milestones[ix.0].known_due_on();
        let open = |ix: MilestoneIx| !self.facts.milestone(ix).status.is_closed();
        is_one_cycle(self.facts.milestone(ix).cycle, self.facts.milestone(blocker).cycle)
            || (open(ix) && open(blocker) && is_after(due(blocker), due(ix)))
    }
}

/// Whether two items wait for each other, by the cycles that they are in.
fn is_one_cycle(one: Option<usize>, other: Option<usize>) -> bool {
    one.is_some() && one == other
}

/// Which milestones wait for which.
pub(super) fn milestone_graph(roadmap: &Roadmap) -> Graph {
    Graph::new(roadmap.milestones.iter().map(|m| targets(&m.blocked_by).map(|ix| ix.0).collect()))
}

/// What a list of references means, each once, in the order of the source.
pub(super) fn targets<T: Copy + Ord>(links: &[Link<T>]) -> impl Iterator<Item = T> {
    let mut seen = std::collections::BTreeSet::new();
    links.iter().map(|link| link.to).filter(move |to| seen.insert(*to))
}
