//! What a delay of one item pushes: the stated days that cannot hold then.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bound, Earliest, Lengths, Plan, forward::earliest};

/// By how many days the stated days of an item cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Fails {
    /// Its due date, against its earliest day.
    pub(crate) due: Option<i64>,
    /// Its start, against the earliest days of its blockers.
    pub(crate) start: Option<i64>,
}

impl Fails {
    /// Whether any stated day fails by more days than in `before`.
    fn exceeds(self, before: Self) -> bool {
        self.due > before.due || self.start > before.start
    }
}

/// Which stated days of an item fail, by the earliest days of all items.
pub(super) fn fails(plan: &Plan, ix: usize, done: impl Fn(usize) -> Bound) -> Fails {
    let Bound::Day(end) = done(ix) else { return Fails::default() };
    if plan.is_settled(ix) {
        return Fails::default();
    }
    let gate = plan.blockers(ix).iter().map(|other| done(*other)).max().and_then(Bound::day);
    let late = |day: i64, stated: Option<i64>| stated.map(|stated| day - stated).filter(|days| *days > 0);
    Fails { due: late(end, plan.due(ix)), start: gate.and_then(|gate| late(gate, plan.start(ix))) }
}

/// When an item is done if nothing else goes wrong: on its due date, or on its earliest day where that is later.
pub(super) fn expected(plan: &Plan, earliest: &[Earliest], ix: usize) -> Option<i64> {
    if plan.is_settled(ix) || earliest[ix].done == Bound::Never {
        return None;
    }
    earliest[ix].done.day().max(plan.due(ix))
}

/// The earliest days that change when an item is done `days` after it is expected: it and what comes after it, with all
/// that were looked at. Only these are computed anew, so that a delay costs what it reaches.
pub(super) fn delayed(plan: &Plan, before: &[Earliest], ix: usize, days: i64) -> BTreeMap<usize, Earliest> {
    let mut after = BTreeMap::new();
    let Some(expected) = expected(plan, before, ix) else { return after };
    let mut place = vec![0; plan.len()];
    plan.order().enumerate().for_each(|(at, ix)| place[ix] = at);
    let moved = before[ix].done.max(Bound::Day(expected + days));
    after.insert(ix, Earliest { done: moved, ..before[ix] });
    let mut waiting: BTreeSet<_> = plan.dependants(ix).iter().map(|next| (place[*next], *next)).collect();
    while let Some((_, next)) = waiting.pop_first() {
        let done = |other: usize| after.get(&other).unwrap_or(&before[other]).done;
        let now = earliest(plan, Lengths::Stated, next, done);
        if now.done != before[next].done {
            waiting.extend(plan.dependants(next).iter().map(|next| (place[*next], *next)));
        }
        after.insert(next, now);
    }
    after
}

/// The items whose stated days fail by more than now when an item is done `days` after it is expected.
pub(super) fn pushes(plan: &Plan, before: &[Earliest], ix: usize, days: i64) -> Vec<usize> {
    let after = delayed(plan, before, ix, days);
    let done = |other: usize| after.get(&other).unwrap_or(&before[other]).done;
    let is_pushed = |other: &usize| {
        let (now, then) = (fails(plan, *other, |ix| before[ix].done), fails(plan, *other, done));
        *other != ix && then.exceeds(now)
    };
    after.keys().copied().filter(is_pushed).collect()
}
