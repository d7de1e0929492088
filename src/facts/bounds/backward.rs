//! Backward: by which day each item is needed, so that the stated days behind it can hold.

use super::{Bound, Earliest, Plan};

/// By which day something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Need {
    /// The last day that will do.
    pub(crate) day: i64,
    /// Whose stated day it is.
    pub(crate) by: usize,
    /// Whether that is the day on which `by` begins; else the day by which it is due.
    pub(crate) is_start: bool,
}

/// By which day all items are needed.
#[derive(Debug, Clone)]
pub(crate) struct Backward {
    /// For each item by when it is needed for another; `None` where no stated day behind it counts.
    pub(crate) needed: Vec<Option<Need>>,
    /// The same with its own due date among the days that count.
    pub(crate) latest: Vec<Option<Need>>,
}

/// Walks the plan from its ends to its beginnings.
pub(super) fn backward(plan: &Plan, earliest: &[Earliest]) -> Backward {
    let mut found = Backward { needed: vec![None; plan.len()], latest: vec![None; plan.len()] };
    for ix in plan.order().rev() {
        if plan.is_settled(ix) || earliest[ix].done == Bound::Never {
            continue;
        }
        let own = plan.due(ix).map(|day| Need { day, by: ix, is_start: false });
        let latest = match (own, found.needed[ix]) {
            (Some(own), Some(needed)) if needed.day < own.day => Some(needed),
            (own, needed) => own.or(needed),
        };
        found.latest[ix] = latest;
        if let Some(day) = plan.start(ix) {
            let start = Need { day, by: ix, is_start: true };
            plan.blockers(ix).iter().for_each(|blocker| found.limit(*blocker, start));
        }
        if let Some(latest) = latest {
            let begin = Need { day: latest.day - plan.item(ix).length().unwrap_or(1) + 1, ..latest };
            plan.before(ix).iter().for_each(|blocker| found.limit(*blocker, begin));
            plan.within(ix).for_each(|other| found.limit(other, latest));
        }
    }
    found
}

impl Backward {
    fn limit(&mut self, ix: usize, need: Need) {
        let known = &mut self.needed[ix];
        if known.is_none_or(|known| (need.day, need.by) < (known.day, known.by)) {
            *known = Some(need);
        }
    }
}
