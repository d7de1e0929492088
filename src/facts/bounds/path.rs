//! The critical path: the chain of open issues with the most days before it, and of those with the most issues.

use std::cmp::Reverse;

use super::{Bound, Earliest, Kind, Plan};

/// A chain of issues that decides how long all takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticalPath<T = usize> {
    /// How many days it takes at least.
    pub days: i64,
    /// Its issues, first one first.
    pub items: Vec<T>,
    /// How many of them state no length.
    pub without_length: usize,
}

/// The longest chain that ends with each item.
#[derive(Debug, Clone)]
pub(crate) struct Paths {
    /// Days and issues; `None` where an item is settled or can never be done.
    ends: Vec<Option<End>>,
    /// Whether any open issue says how many days it takes.
    has_lengths: bool,
}

#[derive(Debug, Clone, Copy)]
struct End {
    days: i64,
    count: usize,
    from: Option<usize>,
}

impl Paths {
    /// Measures all chains.
    pub(crate) fn new(plan: &Plan, earliest: &[Earliest]) -> Self {
        let mut paths = Self { ends: vec![None; plan.len()], has_lengths: false };
        for ix in plan.order() {
            if plan.is_settled(ix) || earliest[ix].done == Bound::Never {
                continue;
            }
            paths.has_lengths |= plan.item(ix).length().is_some();
            paths.ends[ix] = Some(paths.end(plan, ix, remaining(plan, earliest[ix], ix)));
        }
        paths
    }

    /// Blockers come before an item; a whole takes as long as it or its longest part.
    fn end(&self, plan: &Plan, ix: usize, own: i64) -> End {
        let one = usize::from(plan.item(ix).kind == Kind::Issue);
        let end =
            |days: i64, before: End, from: usize| End { days, count: before.count + one, from: Some(from) };
        let before = plan.before(ix).iter();
        let before = before.filter_map(|from| Some((self.ends[*from]?, *from)));
        let added = before.map(|(before, from)| end(before.days + own, before, from));
        let within = plan.within(ix).filter_map(|from| Some((self.ends[from]?, from)));
        let covered = within.map(|(before, from)| end(before.days.max(own), before, from));
        let alone = End { days: own, count: one, from: None };
        let key = |end: &End| (end.days, end.count, end.from.map_or(Reverse(0), |from| Reverse(from + 1)));
        added.chain(covered).chain([alone]).max_by_key(key).unwrap_or(alone)
    }

    /// Whether any open issue says how many days it takes.
    pub(crate) fn has_lengths(&self) -> bool {
        self.has_lengths
    }

    /// The longest of all chains; `None` where none is worth saying.
    pub(crate) fn longest(&self, plan: &Plan) -> Option<CriticalPath> {
        let issues = (0..plan.len()).filter(|ix| plan.item(*ix).kind == Kind::Issue);
        let ends = issues.filter_map(|ix| Some((self.ends[ix]?, ix)));
        let (_, ix) = ends.max_by_key(|(end, ix)| (end.days, end.count, Reverse(*ix)))?;
        self.ending_with(plan, ix)
    }

    /// The longest chain that ends with an item. A single issue is one only where it takes days.
    pub(crate) fn ending_with(&self, plan: &Plan, ix: usize) -> Option<CriticalPath> {
        let days = self.ends[ix]?.days;
        let chain = std::iter::successors(Some(ix), |ix| self.ends[*ix]?.from);
        let mut items: Vec<_> = chain.filter(|ix| plan.item(*ix).kind == Kind::Issue).collect();
        items.reverse();
        let without_length = items.iter().filter(|ix| plan.item(**ix).length().is_none()).count();
        (items.len() > 1 || (items.len() == 1 && days > 0)).then_some(CriticalPath {
            days,
            items,
            without_length,
        })
    }
}

/// The stated days that still lie before an open issue. Its planned start does not cut them, unless it waits for nothing
/// and has begun by then.
pub(super) fn remaining(plan: &Plan, earliest: Earliest, ix: usize) -> i64 {
    let Some(length) = plan.item(ix).length() else { return 0 };
    let is_free = plan.blockers(ix).iter().all(|other| plan.is_settled(*other));
    match (plan.today(), earliest.begin.day(), earliest.own.day()) {
        (Some(today), Some(begin), Some(own)) if is_free && begin <= today => (own + 1 - today).max(0),
        _ => length,
    }
}
