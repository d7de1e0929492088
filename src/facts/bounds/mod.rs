//! Bounds on days: how early something can be done, by when it is needed, what a delay pushes, which chain is critical.
//!
//! Everything here follows from stated days by maximum and addition alone, so no schedule that keeps what is stated is
//! done earlier. Nothing is estimated: where a day is missing its term drops out, and points are never days. Items that
//! wait for each other in a cycle, and all that wait for them, are never done.
//!
//! [`forward`](forward::forward) counts from what is waited for, [`backward`](backward::backward) from stated days to what they
//! need, [`pushes`](push::pushes) again from one item that comes later; all in one walk over items and references, without
//! recursion. [`Bounds`] is what the rest of the program asks; what few pages ask for is computed when it is first asked.

mod backward;
mod chain;
mod forward;
mod path;
mod plan;
mod push;
mod stated;
pub(crate) mod words;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use crate::model::{Day, IssueIx, MilestoneIx, Roadmap, Target};

pub(crate) use backward::Backward;
pub(crate) use chain::{Chains, Unreachable};
pub(crate) use forward::{Earliest, Lengths};
pub(crate) use path::{CriticalPath, Paths};
pub(crate) use plan::{Item, Kind, Plan};

/// The earliest day that stated days leave, as the number of a day. In this order: the later of two bounds is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Bound {
    /// No stated day says anything.
    #[default]
    Unknown,
    /// Not before this day.
    Day(i64),
    /// Never: it waits for itself.
    Never,
}

impl Bound {
    /// The day, if it is one.
    pub(crate) fn day(self) -> Option<i64> {
        if let Self::Day(day) = self { Some(day) } else { None }
    }

    /// So many days later.
    #[must_use]
    pub(crate) fn plus(self, days: i64) -> Self {
        if let Self::Day(day) = self { Self::Day(day + days) } else { self }
    }
}

impl From<Option<i64>> for Bound {
    fn from(day: Option<i64>) -> Self {
        day.map_or(Self::Unknown, Self::Day)
    }
}

/// By which day an item is needed, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Needed {
    /// The last day that will do.
    pub(crate) on: Day,
    /// Whose stated day it is.
    pub(crate) by: Target,
    /// Whether `by` begins on that account; else it is due.
    pub(crate) is_start: bool,
}

/// The bounds of a roadmap on one day.
#[derive(Debug, Clone)]
pub struct Bounds {
    plan: Plan,
    /// How many items of the plan are issues: the milestones come behind them.
    issues: usize,
    earliest: Vec<Earliest>,
    /// The same where each issue takes one day.
    floor: Vec<Earliest>,
    backward: OnceLock<Backward>,
    chains: OnceLock<Chains>,
    paths: OnceLock<Paths>,
}

impl Bounds {
    /// The bounds of a roadmap, for the day `as_of`.
    pub(crate) fn derive(roadmap: &Roadmap, as_of: Option<Day>) -> Self {
        Self::of(stated::plan(roadmap, as_of), roadmap.issues.len())
    }

    /// The bounds of a plan whose first items are issues.
    fn of(plan: Plan, issues: usize) -> Self {
        let earliest = forward::forward(&plan, Lengths::Stated);
        let has_length = (0..plan.len()).any(|ix| !plan.is_settled(ix) && plan.item(ix).length().is_some());
        let floor = if has_length { forward::forward(&plan, Lengths::One) } else { earliest.clone() };
        Self {
            plan,
            issues,
            earliest,
            floor,
            backward: OnceLock::new(),
            chains: OnceLock::new(),
            paths: OnceLock::new(),
        }
    }

    /// The day that all this speaks for.
    pub(crate) fn today(&self) -> Option<Day> {
        self.plan.today().map(Day::nearest)
    }

    /// Before which day an item cannot be done, as things are planned; `None` where nothing says, it is settled, or never.
    pub fn earliest(&self, item: Target) -> Option<Day> {
        self.open_day(item, &self.earliest)
    }

    /// Before which day an item cannot be done even if every issue took one day.
    pub fn floor(&self, item: Target) -> Option<Day> {
        self.open_day(item, &self.floor)
    }

    /// Whether an item can never be done: it waits for itself, or for something that does.
    pub fn is_never(&self, item: Target) -> bool {
        self.earliest[self.ix(item)].done == Bound::Never
    }

    /// Whether nothing of an item is left to be done, or nobody says that anything is.
    pub(crate) fn is_settled(&self, item: Target) -> bool {
        self.plan.is_settled(self.ix(item))
    }

    /// By which day an item is needed, so that the stated days behind it can hold.
    pub(crate) fn needed(&self, item: Target) -> Option<Needed> {
        let ix = self.ix(item);
        let need = self.backward().needed[ix].filter(|_| self.is_live(ix))?;
        Some(Needed { on: Day::nearest(need.day), by: self.target(need.by), is_start: need.is_start })
    }

    /// How many days after its earliest day an item may be done before a stated day cannot hold, its own due date among them.
    pub(crate) fn slack(&self, item: Target) -> Option<i64> {
        let ix = self.ix(item);
        Some(self.backward().latest[ix]?.day - self.earliest[ix].done.day()?)
    }

    /// How many days later than it is expected an item may be done before a stated day behind it cannot hold.
    pub(crate) fn room(&self, item: Target) -> Option<i64> {
        let ix = self.ix(item);
        Some(self.backward().needed[ix]?.day - push::expected(&self.plan, &self.earliest, ix)?)
    }

    /// The items whose stated days cannot hold, or fail by more than now, when an item is done `days` after its due date, or
    /// after its earliest day where that is later.
    pub(crate) fn pushes(&self, item: Target, days: i64) -> Vec<Target> {
        self.targets(&push::pushes(&self.plan, &self.earliest, self.ix(item), days))
    }

    /// The items that hold this one up, and it: what is done first comes first.
    pub(crate) fn chain(&self, item: Target) -> Vec<Target> {
        self.targets(&self.chains().chain(self.ix(item)))
    }

    /// The last `most` of these.
    pub(crate) fn chain_of(&self, item: Target, most: usize) -> Vec<Target> {
        self.targets(&self.chains().last(self.ix(item), most))
    }

    /// The due dates that cannot be met, one for each chain of them, with all that cannot be met because of it.
    pub(crate) fn unreachable(&self) -> Vec<Unreachable<Target>> {
        let found = self.chains().unreachable(&self.plan, &self.earliest);
        let of = |found: Unreachable| Unreachable {
            item: self.target(found.item),
            with: self.targets(&found.with),
        };
        found.into_iter().map(of).collect()
    }

    /// Whether any open issue says how many days it takes. Without, the longest chain is one of issues, not of days.
    pub(crate) fn has_lengths(&self) -> bool {
        self.paths().has_lengths()
    }

    /// The chain of open issues with the most days before it.
    pub fn critical_path(&self) -> Option<CriticalPath<IssueIx>> {
        self.paths().longest(&self.plan).map(of_issues)
    }

    /// The chain of open issues with the most days before a milestone.
    pub(crate) fn critical_path_of(&self, milestone: MilestoneIx) -> Option<CriticalPath<IssueIx>> {
        self.paths().ending_with(&self.plan, self.ix(Target::Milestone(milestone))).map(of_issues)
    }

    fn open_day(&self, item: Target, days: &[Earliest]) -> Option<Day> {
        let ix = self.ix(item);
        days[ix].done.day().filter(|_| self.is_live(ix)).map(Day::nearest)
    }

    /// Whether an item is still to be done, and can be.
    fn is_live(&self, ix: usize) -> bool {
        !self.plan.is_settled(ix) && self.earliest[ix].done != Bound::Never
    }

    fn backward(&self) -> &Backward {
        self.backward.get_or_init(|| backward::backward(&self.plan, &self.earliest))
    }

    fn chains(&self) -> &Chains {
        self.chains.get_or_init(|| Chains::new(&self.plan, &self.earliest))
    }

    fn paths(&self) -> &Paths {
        self.paths.get_or_init(|| Paths::new(&self.plan, &self.earliest))
    }

    fn ix(&self, item: Target) -> usize {
        match item {
            Target::Issue(IssueIx(ix)) => ix,
            Target::Milestone(MilestoneIx(ix)) => self.issues + ix,
        }
    }

    fn target(&self, ix: usize) -> Target {
        match ix.checked_sub(self.issues) {
            Some(milestone) => Target::Milestone(MilestoneIx(milestone)),
            None => Target::Issue(IssueIx(ix)),
        }
    }

    fn targets(&self, items: &[usize]) -> Vec<Target> {
        items.iter().map(|ix| self.target(*ix)).collect()
    }
}

fn of_issues(path: CriticalPath) -> CriticalPath<IssueIx> {
    let CriticalPath { days, items, without_length } = path;
    CriticalPath { days, items: items.into_iter().map(IssueIx).collect(), without_length }
}
