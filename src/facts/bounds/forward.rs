//! Forward: the earliest day on which each item can be done.

use super::{Bound, Plan};
use crate::source::schema::State;

/// What the days of an item are counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lengths {
    /// Each issue takes the days that are stated.
    Stated,
    /// Each issue takes one day, so that only what is stated as a day bounds.
    One,
}

/// The earliest day of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Earliest {
    /// On which it can begin.
    pub(crate) begin: Bound,
    /// On which it would be done by its own days.
    pub(crate) own: Bound,
    /// On which it can be done.
    pub(crate) done: Bound,
}

/// The earliest days of all items.
pub(super) fn forward(plan: &Plan, lengths: Lengths) -> Vec<Earliest> {
    // What is settled comes anywhere in the order, for nothing waits for it; the day on which it was closed counts all the same.
    let settled = |ix| if plan.is_settled(ix) { closed(plan, ix) } else { Earliest::default() };
    let mut found: Vec<_> = (0..plan.len()).map(settled).collect();
    for ix in plan.order().filter(|ix| !plan.is_settled(*ix)) {
        found[ix] = earliest(plan, lengths, ix, |other| found[other].done);
    }
    found
}

/// The earliest days of one item that is not settled, from those of all that it waits for.
pub(super) fn earliest(plan: &Plan, lengths: Lengths, ix: usize, done: impl Fn(usize) -> Bound) -> Earliest {
    if plan.is_in_cycle(ix) {
        return Earliest { begin: Bound::Never, own: Bound::Never, done: Bound::Never };
    }
    let item = plan.item(ix);
    let begin = match item.begun {
        Some(day) => Bound::Day(day),
        None => plan.before(ix).iter().map(|other| done(*other)).fold(item.start.into(), Bound::max),
    };
    let own = own_end(plan, lengths, ix, begin);
    let held = plan.within(ix).map(done).fold(plan.today_for(ix), Bound::max);
    Earliest { begin, own, done: own.max(held) }
}

/// When an item would be done by its own days. What has begun is not late by its length alone.
fn own_end(plan: &Plan, lengths: Lengths, ix: usize, begin: Bound) -> Bound {
    let item = plan.item(ix);
    let Some(length) = item.length().filter(|_| lengths == Lengths::Stated) else { return begin };
    let end = begin.plus(length - 1);
    if item.begun.is_some() { end.min(begin.max(item.due.into())) } else { end }
}

/// The day on which an item was closed: what waited for it was not done before.
fn closed(plan: &Plan, ix: usize) -> Earliest {
    let closed = plan.item(ix).closed.filter(|_| plan.item(ix).state == Some(State::Closed));
    let done = closed.map(|day| plan.today().map_or(day, |today| day.min(today)));
    Earliest { done: done.into(), ..Earliest::default() }
}
