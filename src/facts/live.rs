//! What is left to wait for: the dependencies whose ends are both not closed, among issues.

use super::{Facts, Graph, Sets};
use crate::model::{IssueIx, MilestoneIx, Roadmap};

/// The live dependencies of a roadmap.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    graph: Graph,
    sets: Sets,
    /// The issues that wait or are waited for.
    joined: Vec<IssueIx>,
    /// The longest chain, first one first.
    chain: Vec<IssueIx>,
}

impl Live {
    /// Finds them.
    pub(super) fn new(facts: &Facts) -> Self {
        let is_open = |ix: IssueIx| !facts.issue(ix).status.is_closed();
        let waits = |ix: usize| {
            let blockers = facts.issues[ix].waiting_for.iter().filter(|blocker| is_open(**blocker));
            if is_open(IssueIx(ix)) { blockers.map(|blocker| blocker.0).collect() } else { Vec::new() }
        };
        Self::of((0..facts.issues.len()).map(waits))
    }

    /// Those of all issues, whether they are closed or not.
    pub(crate) fn of_all(roadmap: &Roadmap) -> Self {
        Self::of(roadmap.issues.iter().map(|issue| issue.blocked_by().iter().map(|link| link.to.0).collect()))
    }

    fn of(waits: impl ExactSizeIterator<Item = Vec<usize>>) -> Self {
        let issues = waits.len();
        let graph = Graph::new(waits);
        let sets = Sets::new(&graph);
        let is_joined = |ix: &usize| !graph.waits_for(*ix).is_empty() || !graph.needed_by(*ix).is_empty();
        let joined: Vec<_> = (0..issues).filter(is_joined).map(IssueIx).collect();
        let chain = sets.longest_chain().into_iter().map(IssueIx).collect();
        Self { graph, sets, joined, chain }
    }

    /// All issues with what is left to wait for.
    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The issues that wait or are waited for, in the order of the source.
    pub(crate) fn joined(&self) -> &[IssueIx] {
        &self.joined
    }

    /// What an issue waits for.
    pub(crate) fn waits_for(&self, ix: IssueIx) -> impl Iterator<Item = IssueIx> {
        self.graph.waits_for(ix.0).iter().copied().map(IssueIx)
    }

    /// What waits for an issue.
    pub(crate) fn needed_by(&self, ix: IssueIx) -> impl Iterator<Item = IssueIx> {
        self.graph.needed_by(ix.0).iter().copied().map(IssueIx)
    }

    /// Whether an issue waits or is waited for.
    pub(crate) fn has(&self, ix: IssueIx) -> bool {
        self.joined.binary_search(&ix).is_ok()
    }

    /// The step of an issue: 0 where it waits for nothing.
    pub(crate) fn step(&self, ix: IssueIx) -> usize {
        self.sets.step(ix.0)
    }

    /// How many issues wait for one, directly or through others.
    pub(crate) fn helps(&self, ix: IssueIx) -> usize {
        self.sets.helps(ix.0)
    }

    /// The longest chain, first one first; a cycle is one link of it.
    pub(crate) fn chain(&self) -> &[IssueIx] {
        &self.chain
    }

    /// Whether an issue of a milestone waits or is waited for.
    pub(crate) fn touches(&self, facts: &Facts, ix: MilestoneIx) -> bool {
        facts.milestone(ix).issues.iter().any(|issue| self.has(*issue))
    }
}
