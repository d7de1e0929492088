//! "Waits for" as a graph: cycles, the longest chain. Nothing here recurses, so that a chain of 100,000 holds.

use std::collections::VecDeque;

/// Lists of numbers one behind the other: a graph of a million items has a million of them, most empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    items: Vec<usize>,
    /// Where each list ends; it begins where the one before it ends.
    ends: Vec<usize>,
}

impl Lists {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, list: usize) -> &[usize] {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[list]]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[usize]> {
        (0..self.len()).map(|list| self.get(list))
    }

    pub(super) fn push(&mut self, list: &[usize]) {
        self.items.extend(list);
        self.ends.push(self.items.len());
    }

    /// Keeps the items that are wanted, each asked for by its list and itself.
    pub(super) fn retain(&mut self, mut is_wanted: impl FnMut(usize, usize) -> bool) {
        let (mut start, mut kept) = (0, 0);
        for list in 0..self.len() {
            for ix in start..self.ends[list] {
                let item = self.items[ix];
                if is_wanted(list, item) {
                    self.items[kept] = item;
                    kept += 1;
                }
            }
            start = std::mem::replace(&mut self.ends[list], kept);
        }
        self.items.truncate(kept);
    }

    /// For each list the lists that hold its number, sorted.
    fn turned(&self) -> Self {
        let mut ends = vec![0; self.len()];
        self.items.iter().for_each(|item| ends[*item] += 1);
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum);
        }
        // By now each says where its list begins; with every item it moves on, and ends where the list ends.
        let mut items = vec![0; self.items.len()];
        for (from, list) in self.iter().enumerate() {
            for item in list {
                items[ends[*item]] = from;
                ends[*item] += 1;
            }
        }
        Self { items, ends }
    }
}

/// Who waits for whom; items are numbers from 0.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    /// For each item the items that it waits for, sorted, without doubles.
    waits_for: Lists,
    /// For each item the items that wait for it, sorted.
    needed_by: Lists,
    /// For each item the number of its component: items with the same number can reach each other.
    component: Vec<usize>,
    /// Items of each component, sorted; a component of one is an item that waits for nothing that waits for it.
    components: Lists,
}

impl Graph {
    /// A graph out of what each item waits for.
    pub(crate) fn new(all: impl Iterator<Item = Vec<usize>>) -> Self {
        let mut waits_for = Lists::default();
        for mut blockers in all {
            blockers.sort_unstable();
            blockers.dedup();
            waits_for.push(&blockers);
        }
        let (component, components) = components(&waits_for);
        Self { needed_by: waits_for.turned(), waits_for, component, components }
    }

    /// What an item waits for, sorted.
    pub(crate) fn waits_for(&self, item: usize) -> &[usize] {
        self.waits_for.get(item)
    }

    /// What waits for an item, sorted.
    pub(crate) fn needed_by(&self, item: usize) -> &[usize] {
        self.needed_by.get(item)
    }

    /// All items in sets that can all reach each other, sorted; what is waited for comes before what waits. A set of one
    /// is an item that is in no cycle, or that waits for itself.
    pub(crate) fn components(&self) -> impl Iterator<Item = &[usize]> {
        self.components.iter()
    }

    /// The same items, one set behind the other.
    pub(crate) fn in_components(&self) -> &[usize] {
        &self.components.items
    }

    /// For each item the number of its set, and the sets.
    pub(super) fn sets(&self) -> (&[usize], &Lists) {
        (&self.component, &self.components)
    }

    /// The number of the cycle that an item is in: items that wait for each other, directly or through others, have the same;
    /// an item that waits for itself has one.
    pub(crate) fn cycle_of(&self, item: usize) -> Option<usize> {
        self.is_in_cycle(item).then(|| self.component[item])
    }

    /// Whether an item waits for itself, directly or through others.
    pub(crate) fn is_in_cycle(&self, item: usize) -> bool {
        self.components.get(self.component[item]).len() > 1
            || self.waits_for(item).binary_search(&item).is_ok()
    }

    /// Out of each set of items that can all reach each other the shortest cycle through its first item.
    pub(crate) fn cycles(&self) -> Vec<Vec<usize>> {
        let mut cycles: Vec<_> = self
            .components
            .iter()
            .filter(|items| self.is_in_cycle(items[0]))
            .map(|items| self.cycle_from(items[0]))
            .collect();
        cycles.sort();
        cycles
    }

    /// The shortest way from an item back to itself, by breadth.
    fn cycle_from(&self, start: usize) -> Vec<usize> {
        let mut came_from = std::collections::BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(item) = queue.pop_front() {
            for &next in
                self.waits_for(item).iter().filter(|next| self.component[**next] == self.component[start])
            {
                if next == start {
                    let mut cycle = vec![item];
                    while let Some(&before) = came_from.get(&cycle[cycle.len() - 1]) {
                        cycle.push(before);
                    }
                    cycle.reverse();
                    return cycle;
                }
                came_from.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    item
                });
            }
        }
        vec![start]
    }

    /// The longest chain of items that `keep` wants, first one first; of equally long ones that of the first items.
    /// Empty where no item that `keep` wants waits for another.
    pub(crate) fn longest_chain(&self, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        let depths = self.depths(&keep);
        let kept = (0..depths.len()).filter(|item| keep(*item));
        let Some(mut item) = kept.max_by_key(|item| (depths[*item], std::cmp::Reverse(*item))) else {
            return Vec::new();
        };
        if depths[item] == 0 {
            return Vec::new();
        }
        let mut chain = vec![item];
        while let Some(&next) = self.blockers(item, &keep).find(|next| depths[**next] + 1 == depths[item]) {
            chain.push(next);
            item = next;
        }
        chain.reverse();
        chain
    }

    /// What an item waits for that `keep` wants and that does not wait for it in a cycle.
    fn blockers<'a>(
        &'a self,
        item: usize,
        keep: &'a impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = &'a usize> {
        self.waits_for(item)
            .iter()
            .filter(move |next| self.component[**next] != self.component[item] && keep(**next))
    }

    /// For each kept item the length of the longest chain of kept items before it.
    fn depths(&self, keep: &impl Fn(usize) -> bool) -> Vec<usize> {
        let mut depths = vec![0; self.waits_for.len()];
        // `components` comes out with what is waited for first, so that every depth is final when it is read.
        for item in self.components.items.iter().copied().filter(|item| keep(*item)) {
            depths[item] = self.blockers(item, keep).map(|next| depths[*next] + 1).max().unwrap_or(0);
        }
        depths
    }
}

/// The strongly connected components (Tarjan 1972, without recursion): for each item its component, and each component's
/// items, those waited for before those that wait.
fn components(waits_for: &Lists) -> (Vec<usize>, Lists) {
    const UNSEEN: usize = usize::MAX;
    let count = waits_for.len();
    let (mut order, mut low, mut component) = (vec![UNSEEN; count], vec![UNSEEN; count], vec![UNSEEN; count]);
    let (mut components, mut open, mut path, mut seen) = (Lists::default(), Vec::new(), Vec::new(), 0);
    for start in 0..count {
        path.extend((order[start] == UNSEEN).then_some((start, 0)));
        while let Some((item, edge)) = path.pop() {
            if edge == 0 {
                (order[item], low[item]) = (seen, seen);
                seen += 1;
                open.push(item);
            }
            match waits_for.get(item).get(edge) {
                Some(&next) => {
                    path.push((item, edge + 1));
                    if order[next] == UNSEEN {
                        path.push((next, 0));
                    } else if component[next] == UNSEEN {
                        low[item] = low[item].min(order[next]);
                    }
                }
                None => {
                    if low[item] == order[item] {
                        let first = open.iter().rposition(|other| *other == item).unwrap_or(0);
                        let items = &mut open[first..];
                        items.iter().for_each(|item| component[*item] = components.len());
                        items.sort_unstable();
                        components.push(items);
                        open.truncate(first);
                    }
                    if let Some((parent, _)) = path.last() {
                        low[*parent] = low[*parent].min(low[item]);
                    }
                }
            }
        }
    }
    (component, components)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(waits_for: &[&[usize]]) -> Graph {
        Graph::new(waits_for.iter().map(|blockers| blockers.to_vec()))
    }

    #[test]
    fn components_are_found_whole() {
        let graph = graph(&[&[1], &[2], &[0, 1], &[3], &[], &[4, 0]]);
        assert_eq!(graph.cycles(), [vec![0, 1, 2], vec![3]]);
        assert!(
            graph.is_in_cycle(0) && graph.is_in_cycle(3) && !graph.is_in_cycle(4) && !graph.is_in_cycle(5)
        );
        let cycle = |item| graph.cycle_of(item);
        assert!(cycle(0).is_some() && cycle(0) == cycle(2) && cycle(3).is_some());
        assert!(cycle(0) != cycle(3) && cycle(4).is_none() && cycle(5).is_none());
        assert_eq!(graph.components().collect::<Vec<_>>(), [&[0, 1, 2][..], &[3], &[4], &[5]]);
        assert_eq!(
            (graph.needed_by(0), graph.needed_by(2), graph.needed_by(5)),
            (&[2, 5][..], &[1][..], &[][..])
        );
    }

    #[test]
    fn the_longest_chain_leaves_out_what_is_done() {
        let graph = graph(&[&[], &[0], &[1], &[0], &[]]);
        assert_eq!(graph.longest_chain(|_| true), [0, 1, 2]);
        assert_eq!(graph.longest_chain(|item| item > 2), [0; 0]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_does_not_overflow() {
        let chain = Graph::new((0..100_000).map(|item: usize| item.checked_sub(1).into_iter().collect()));
        assert_eq!(chain.longest_chain(|_| true).len(), 100_000);
        let ring = Graph::new((0..100_000).map(|item| vec![(item + 1) % 100_000]));
        assert_eq!(ring.cycles()[0].len(), 100_000);
    }
}
