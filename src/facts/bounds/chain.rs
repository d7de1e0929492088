//! Why an item cannot be done sooner: the chain of items that hold it up.

use super::{Bound, Earliest, Plan, push::fails};

/// What holds each item up.
#[derive(Debug, Clone)]
pub(crate) struct Chains {
    /// The item that holds it up; `None` where its own days, a closed item or today do.
    held_by: Vec<Option<usize>>,
}

/// A due date that cannot be met, and all that cannot be met because of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreachable<T = usize> {
    /// The first item of its chain that cannot be done by its due date.
    pub(crate) item: T,
    /// Those that are held up by it, in the order of the source.
    pub(crate) with: Vec<T>,
}

impl Chains {
    /// Finds for each item what holds it up. Of several items that do, the one with the longest chain before it is taken,
    /// then the first one of the source.
    pub(crate) fn new(plan: &Plan, earliest: &[Earliest]) -> Self {
        let mut held_by = vec![None; plan.len()];
        let mut count = vec![1_usize; plan.len()];
        for ix in plan.order() {
            let binding = binding(plan, earliest, ix);
            held_by[ix] = binding.min_by_key(|other| (std::cmp::Reverse(count[*other]), *other));
            count[ix] = 1 + held_by[ix].map_or(0, |other: usize| count[other]);
        }
        Self { held_by }
    }

    /// The chain that ends with an item, what is done first coming first.
    pub(crate) fn chain(&self, ix: usize) -> Vec<usize> {
        self.last(ix, usize::MAX)
    }

    /// The last `most` items of that chain.
    pub(crate) fn last(&self, ix: usize, most: usize) -> Vec<usize> {
        let mut chain: Vec<_> = std::iter::successors(Some(ix), |ix| self.held_by[*ix]).take(most).collect();
        chain.reverse();
        chain
    }

    /// The due dates that cannot be met, one for each chain of them, in the order of the source.
    pub(crate) fn unreachable(&self, plan: &Plan, earliest: &[Earliest]) -> Vec<Unreachable> {
        // What is waited for comes first, so that the first of a chain is known before what is behind it.
        let mut first = vec![None; plan.len()];
        for ix in plan.order() {
            let held = self.held_by[ix].and_then(|other| first[other]);
            let is_late = || fails(plan, ix, |other| earliest[other].done).due.is_some();
            first[ix] = held.or_else(|| is_late().then_some(ix));
        }
        let mut found: Vec<_> = (0..plan.len())
            .filter(|ix| first[*ix] == Some(*ix))
            .map(|item| Unreachable { item, with: Vec::new() })
            .collect();
        for (ix, cause) in first.iter().enumerate() {
            let Some(cause) = cause.filter(|cause| *cause != ix) else { continue };
            let is_late = fails(plan, ix, |other| earliest[other].done).due.is_some();
            if let Ok(at) = found.binary_search_by_key(&cause, |found| found.item)
                && is_late
            {
                found[at].with.push(ix);
            }
        }
        found
    }
}

/// The items without which this one could be done sooner; none where its own days say as much.
fn binding(plan: &Plan, earliest: &[Earliest], ix: usize) -> impl Iterator<Item = usize> {
    let Earliest { begin, own, done } = earliest[ix];
    let item = plan.item(ix);
    let is_open = !plan.is_settled(ix) && matches!(done, Bound::Day(_));
    let is_own = own == done;
    let stated = item.begun.or(item.start);
    let is_held = is_open && !(is_own && begin == Bound::from(stated));
    let before =
        plan.before(ix).iter().copied().filter(move |other| is_own && earliest[*other].done == begin);
    let within = plan.within(ix).filter(move |other| earliest[*other].done == done);
    before.chain(within).filter(move |other| is_held && !plan.is_settled(*other))
}
