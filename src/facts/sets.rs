//! A graph whose cycles are taken as one: in which step each set lies, what waits for it at any distance, and which
//! dependencies others imply.

use super::{Graph, graph::Lists};

/// How many words of bits a sweep carries for each set: memory stays small, and a sweep stays in the cache.
const WORDS: usize = 4;
const TARGETS: usize = WORDS * 64;

/// A bit for each of the sets of a sweep.
type Bits = [u64; WORDS];

/// How many words all sweeps may touch, so that a roadmap of a million costs no minute. Past that nothing is counted or left out.
const MOST_WORDS: usize = 2_000_000_000;

/// The sets of items that wait for each other, numbered so that what is waited for comes first; most hold one item.
#[derive(Debug, Clone)]
pub(crate) struct Sets {
    /// The set of each item.
    of: Vec<usize>,
    /// The items of each set, sorted.
    members: Lists,
    /// The sets that wait for each, sorted; without those that others imply.
    after: Lists,
    /// The step of each: one more than that of the last set it waits for, from 0.
    steps: Vec<usize>,
    /// How many items in other sets wait for each, directly or through others.
    helps: Vec<usize>,
}

impl Sets {
    /// The sets of a graph.
    pub(crate) fn new(graph: &Graph) -> Self {
        let (of, members) = graph.sets();
        let (mut after, mut steps) = (Lists::default(), vec![0; members.len()]);
        let mut behind = Vec::new();
        for (set, items) in members.iter().enumerate() {
            let all = items.iter().flat_map(|item| graph.needed_by(*item)).map(|item| of[*item]);
            behind.clear();
            behind.extend(all.filter(|other| *other != set));
            behind.sort_unstable();
            behind.dedup();
            behind.iter().for_each(|other| steps[*other] = steps[*other].max(steps[set] + 1));
            after.push(&behind);
        }
        let (helps, of, members) = (vec![0; members.len()], of.to_vec(), members.clone());
        let mut sets = Self { helps, of, members, after, steps };
        sets.sweep();
        sets
    }

    /// Counts what waits at any distance, and leaves out what is implied: for some sets at a time, from the last set back to the
    /// first, which of them each set is waited for by.
    fn sweep(&mut self) {
        let edges: usize = self.after.iter().map(<[usize]>::len).sum();
        if edges == 0 || self.members.len().div_ceil(64).saturating_mul(edges) > MOST_WORDS {
            return;
        }
        let mut implied = Vec::new();
        let mut reach = vec![Bits::default(); self.members.len()];
        for start in (0..self.members.len()).step_by(TARGETS) {
            let end = (start + TARGETS).min(self.members.len());
            let large: Vec<_> = (start..end).filter(|set| self.members(*set).len() > 1).collect();
            let has = |bits: &Bits, set: usize| bits[(set - start) / 64] >> ((set - start) % 64) & 1 == 1;
            for set in (0..end).rev() {
                let mut bits = self.carried(set, end, &reach);
                let here = || self.after(set).iter().copied().filter(|next| (start..end).contains(next));
                implied.extend(here().filter(|next| has(&bits, *next)).map(|next| (set, next)));
                here().for_each(|next| bits[(next - start) / 64] |= 1 << ((next - start) % 64));
                let ones: usize = bits.iter().map(|word| word.count_ones() as usize).sum();
                let rest =
                    large.iter().filter(|set| has(&bits, **set)).map(|set| self.members(*set).len() - 1);
                self.helps[set] += ones + rest.sum::<usize>();
                reach[set] = bits;
            }
        }
        implied.sort_unstable();
        if !implied.is_empty() {
            self.after.retain(|set, next| implied.binary_search(&(set, next)).is_err());
        }
    }

    /// Which sets wait for those that wait for a set, at any distance, as far as a sweep has come.
    fn carried(&self, set: usize, end: usize, reach: &[Bits]) -> Bits {
        let mut bits = Bits::default();
        for next in self.after(set).iter().filter(|next| **next < end) {
            bits.iter_mut().zip(reach[*next]).for_each(|(word, more)| *word |= more);
        }
        bits
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// The set that an item is in.
    pub(crate) fn of(&self, item: usize) -> usize {
        self.of[item]
    }

    /// The items of a set, sorted.
    pub(crate) fn members(&self, set: usize) -> &[usize] {
        self.members.get(set)
    }

    /// The sets that wait for a set, sorted; without those that wait for another of them as well.
    pub(crate) fn after(&self, set: usize) -> &[usize] {
        self.after.get(set)
    }

    /// The step of an item.
    pub(crate) fn step(&self, item: usize) -> usize {
        self.steps[self.of[item]]
    }

    /// How many items wait for an item, directly or through others.
    pub(crate) fn helps(&self, item: usize) -> usize {
        let set = self.of[item];
        self.helps[set] + self.members(set).len() - 1
    }

    /// The longest chain of sets that wait for each other, as the first item of each; of equally long ones that of the first sets.
    pub(crate) fn longest_chain(&self) -> Vec<usize> {
        let last =
            (0..self.len()).max_by_key(|set| (self.steps[*set], std::cmp::Reverse(self.members(*set)[0])));
        let Some(mut set) = last.filter(|set| self.steps[*set] > 0) else { return Vec::new() };
        let mut chain = vec![self.members(set)[0]];
        while self.steps[set] > 0 {
            let is_before = |other: &usize| {
                self.steps[*other] + 1 == self.steps[set] && self.after(*other).contains(&set)
            };
            let Some(before) = (0..set).filter(is_before).min_by_key(|set| self.members(*set)[0]) else {
                break;
            };
            chain.push(self.members(before)[0]);
            set = before;
        }
        chain.reverse();
        chain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn sets(waits_for: &[&[usize]]) -> Sets {
        Sets::new(&Graph::new(waits_for.iter().map(|blockers| blockers.to_vec())))
    }

    #[test]
    fn what_others_imply_is_left_out_and_what_waits_is_counted() {
        // 0 ← 1 ← 2 ← 3 with 2 and 3 waiting for 0 as well; 4 and 5 wait for each other and for 0, and 3 for them.
        let sets = sets(&[&[], &[0], &[1, 0], &[2, 0, 5], &[5, 0], &[4]]);
        let after = |item: usize| {
            let mut behind: Vec<_> =
                sets.after(sets.of(item)).iter().map(|set| sets.members(*set)[0]).collect();
            behind.sort_unstable();
            behind
        };
        assert_eq!((after(0), after(1), after(2), after(4)), (vec![1, 4], vec![2], vec![3], vec![3]));
        assert_eq!([0, 1, 2, 3, 4, 5].map(|item| sets.helps(item)), [5, 2, 1, 0, 2, 2]);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|item| sets.step(item)), [0, 1, 2, 3, 1, 1]);
        assert_eq!(sets.longest_chain(), [0, 1, 2, 3]);
    }

    #[test]
    fn a_chain_over_many_sweeps_is_counted_whole() {
        let chain = Sets::new(&Graph::new((0..2_000).map(|item: usize| match item {
            0 => vec![],
            1 => vec![0],
            _ => vec![item - 1, item - 2],
        })));
        assert_eq!((chain.helps(0), chain.helps(1_999), chain.step(1_999)), (1_999, 0, 1_999));
        assert!((0..1_999).all(|item| chain.after(chain.of(item)) == [chain.of(item + 1)]));
        assert_eq!(chain.longest_chain().len(), 2_000);
    }

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
            let sets = Sets::new(&graph);
            let counted: Vec<_> = (0..items).map(|item| sets.helps(item)).collect();
            prop_assert_eq!(counted, walked(&graph, items));
        }
    }
}
