//! What to begin with: ready issues, those first that most others wait for.

use super::{Facts, Graph, IssueFacts, Status};
use crate::model::{Day, IssueIx, Roadmap, Target};

/// How many items one round counts: their bits take 128 bytes for each item, however many there are.
const ROUND: usize = 1024;

/// The bits of one round.
type Bits = [u64; ROUND / 64];

/// A ready issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct First {
    /// Which one.
    pub ix: IssueIx,
    /// How many open issues wait for it, directly or through others.
    pub waiting: usize,
    /// The day by which it is needed or due, whichever comes first.
    pub by: Option<Day>,
}

impl Facts {
    /// For each issue how many issues that are not closed wait for it, directly or through others that are not; 0 for one that is
    /// closed.
    pub fn waiting(&self) -> Vec<usize> {
        let waits =
            self.issues.iter().any(|facts| !facts.status.is_closed() && !facts.waiting_for.is_empty());
        if waits { behind(&self.open_graph()) } else { vec![0; self.issues.len()] }
    }

    /// Issues that are not closed and wait for each other, directly or through others that are not: each set in the order of the
    /// source, and one alone where it waits for itself.
    pub fn open_cycles(&self) -> Vec<Vec<IssueIx>> {
        // A cycle of open issues is a part of one of all.
        if self.cycles.is_empty() {
            return Vec::new();
        }
        let graph = self.open_graph();
        let mut cycles: Vec<Vec<_>> = graph
            .circles()
            .filter(|set| set.first().is_some_and(|first| graph.is_in_cycle(*first)))
            .map(|set| set.iter().map(|ix| IssueIx(*ix)).collect())
            .collect();
        cycles.sort();
        cycles
    }

    /// What waits for what, among issues that are not closed.
    fn open_graph(&self) -> Graph {
        let is_open = |ix: IssueIx| !self.issue(ix).status.is_closed();
        let waits = |facts: &IssueFacts| {
            let blockers = facts.waiting_for.iter().filter(|blocker| is_open(**blocker));
            if facts.status.is_closed() { Vec::new() } else { blockers.map(|blocker| blocker.0).collect() }
        };
        Graph::new(self.issues.iter().map(waits))
    }

    /// The ready issues, those first that most others wait for, then those that are needed sooner, then in the order of the source.
    /// `waiting` is what [`Facts::waiting`] counted.
    pub fn first(&self, roadmap: &Roadmap, waiting: &[usize]) -> Vec<First> {
        let ready = roadmap.issues().filter(|(ix, _)| self.issue(*ix).status == Status::Ready);
        let mut ready: Vec<_> = ready
            .map(|(ix, issue)| {
                let needed = self.bounds.needed(Target::Issue(ix)).map(|needed| needed.on);
                let by = needed.into_iter().chain(issue.due_on.and_then(|due| due.last())).min();
                First { ix, waiting: waiting[ix.0], by }
            })
            .collect();
        ready.sort_by_key(|first| (std::cmp::Reverse(first.waiting), first.by.is_none(), first.by, first.ix));
        ready
    }
}

/// How many items lie behind each: that wait for it, directly or through others.
fn behind(graph: &Graph) -> Vec<usize> {
    let sets: Vec<_> = graph.circles().collect();
    let items = sets.iter().map(|set| set.len()).sum();
    let mut counts = vec![0; items];
    for start in (0..items).step_by(ROUND) {
        let mut behind: Vec<Bits> = vec![[0; ROUND / 64]; items];
        // What waits comes after what is waited for, so that from the end all that waits for a set is known.
        for set in sets.iter().rev() {
            let mut bits = [0; ROUND / 64];
            for waiting in set.iter().flat_map(|item| graph.needed_by(*item)) {
                bits.iter_mut().zip(behind[*waiting]).for_each(|(bits, more)| *bits |= more);
                put(&mut bits, start, *waiting);
            }
            for item in *set {
                behind[*item] = bits;
                let own = usize::from(has(&bits, start, *item));
                counts[*item] += bits.iter().map(|bits| bits.count_ones() as usize).sum::<usize>() - own;
            }
        }
    }
    counts
}

fn put(bits: &mut Bits, start: usize, item: usize) {
    if let Some(at) = item.checked_sub(start).filter(|at| *at < ROUND) {
        bits[at / 64] |= 1 << (at % 64);
    }
}

fn has(bits: &Bits, start: usize, item: usize) -> bool {
    item.checked_sub(start).filter(|at| *at < ROUND).is_some_and(|at| bits[at / 64] >> (at % 64) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// What a walk from each item finds.
    fn walked(graph: &Graph, items: usize) -> Vec<usize> {
        let count = |item: usize| {
            let (mut found, mut ahead) = (BTreeSet::new(), vec![item]);
            while let Some(at) = ahead.pop() {
                ahead.extend(graph.needed_by(at).iter().copied().filter(|next| found.insert(*next)));
            }
            found.remove(&item);
            found.len()
        };
        (0..items).map(count).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn what_lies_behind_is_what_a_walk_finds(
            items in 1_usize..60,
            waits in prop::collection::vec((0_usize..60, 0_usize..60), 0..120),
        ) {
            let of = |item: usize| {
                let own = waits.iter().filter(|(waiting, _)| waiting % items == item);
                own.map(|(_, blocker)| blocker % items).collect::<Vec<_>>()
            };
            let graph = Graph::new((0..items).map(of));
            prop_assert_eq!(behind(&graph), walked(&graph, items));
        }
    }

    #[test]
    fn more_are_counted_than_one_round_holds() {
        let items = 2 * ROUND + 100;
        let chain = Graph::new((0..items).map(|item| item.checked_sub(1).into_iter().collect()));
        assert_eq!(behind(&chain), (0..items).rev().collect::<Vec<_>>());
    }
}
