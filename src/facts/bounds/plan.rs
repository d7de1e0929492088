//! What the bounds are computed from: items as numbers, who waits for whom, and what is settled.

use super::Bound;
use crate::{facts::Graph, source::schema::State};

/// Whether an item is a piece of work or something to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An issue: it takes its stated days once it begins.
    Issue,
    /// A milestone: it takes no days of its own, and may begin before what it waits for is done.
    Milestone,
}

/// What is stated of one issue or milestone. Days are numbers of whole days.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether it is open or closed, if that is known.
    pub(crate) state: Option<State>,
    /// Whether it was closed without being done: as not planned, or as a duplicate.
    pub(crate) is_dropped: bool,
    /// The first day on which it may begin.
    pub(crate) start: Option<i64>,
    /// The last day by which it is to be done.
    pub(crate) due: Option<i64>,
    /// By how many days later than `start` it may begin, where that stands for a month, a quarter or a year.
    pub(crate) spread: i64,
    /// Whether one of the two stands for a month, a quarter or a year, so that they give no length.
    pub(crate) is_coarse: bool,
    /// The day on which an issue has begun.
    pub(crate) begun: Option<i64>,
    /// The day on which it was closed.
    pub(crate) closed: Option<i64>,
    /// The items that it waits for.
    pub(crate) blocked_by: Vec<usize>,
    /// The issue that it is a part of.
    pub(crate) parent: Option<usize>,
    /// The milestone that it belongs to.
    pub(crate) milestone: Option<usize>,
}

impl Item {
    /// An open item of which nothing else is stated.
    pub(crate) fn open(kind: Kind) -> Self {
        Self {
            kind,
            state: Some(State::Open),
            is_dropped: false,
            start: None,
            due: None,
            spread: 0,
            is_coarse: false,
            begun: None,
            closed: None,
            blocked_by: Vec::new(),
            parent: None,
            milestone: None,
        }
    }

    /// How many days it takes, if two whole days in order say so. Points say nothing about days.
    pub(crate) fn length(&self) -> Option<i64> {
        let (start, due) = (self.start?, self.due?);
        (self.kind == Kind::Issue && !self.is_coarse && start <= due).then_some(due - start + 1)
    }
}

/// Items by number, on one day.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    items: Vec<Item>,
    today: Option<i64>,
    /// For each item the items that are a part of it, or belong to it.
    parts: Vec<Vec<usize>>,
    is_settled: Vec<bool>,
    /// Who is done only after whom, among items that are not settled.
    graph: Graph,
}

impl Plan {
    /// A plan on the day `today`. References to items must be below the number of items.
    pub(crate) fn new(items: Vec<Item>, today: Option<i64>) -> Self {
        let mut parts = vec![Vec::new(); items.len()];
        for (ix, item) in items.iter().enumerate() {
            [item.parent, item.milestone].into_iter().flatten().for_each(|whole| parts[whole].push(ix));
        }
        let is_settled: Vec<_> =
            items.iter().enumerate().map(|(ix, item)| is_settled(item, &parts[ix], &items, today)).collect();
        let mut plan = Self { items, today, parts, is_settled, graph: Graph::new(std::iter::empty()) };
        let awaited = |ix: usize| {
            let all = plan.blockers(ix).iter().chain(plan.parts(ix)).copied();
            let open = all.filter(|other| !plan.is_settled[*other] && !plan.is_settled[ix]);
            open.collect()
        };
        plan.graph = Graph::new((0..plan.items.len()).map(awaited));
        plan
    }

    /// How many items there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// What is stated of an item.
    pub(crate) fn item(&self, ix: usize) -> &Item {
        &self.items[ix]
    }

    /// The day that all this speaks for.
    pub(crate) fn today(&self) -> Option<i64> {
        self.today
    }

    /// Whether an item holds up nothing any more: it is closed, or nobody says that it is open and it does not lie ahead.
    pub(crate) fn is_settled(&self, ix: usize) -> bool {
        self.is_settled[ix]
    }

    /// The items that have to be done before this one begins. Work that has begun waits for nothing.
    pub(crate) fn blockers(&self, ix: usize) -> &[usize] {
        if self.items[ix].begun.is_some() { &[] } else { &self.items[ix].blocked_by }
    }

    /// The items that are a part of this one.
    pub(crate) fn parts(&self, ix: usize) -> &[usize] {
        &self.parts[ix]
    }

    /// The items after which the days of this one are counted: what blocks an issue. Those of a milestone only hold its end.
    pub(crate) fn before(&self, ix: usize) -> &[usize] {
        if self.items[ix].kind == Kind::Issue { self.blockers(ix) } else { &[] }
    }

    /// The items that are done no later than this one, without moving its begin: its parts, and what a milestone waits for.
    pub(crate) fn within(&self, ix: usize) -> impl Iterator<Item = usize> {
        let blockers = if self.items[ix].kind == Kind::Milestone { self.blockers(ix) } else { &[] };
        self.parts[ix].iter().chain(blockers).copied()
    }

    /// Items that are not settled and come after this one, directly.
    pub(crate) fn dependants(&self, ix: usize) -> &[usize] {
        self.graph.needed_by(ix)
    }

    /// Whether an item is in a cycle of waiting, so that it can never be done.
    pub(crate) fn is_in_cycle(&self, ix: usize) -> bool {
        self.graph.is_in_cycle(ix)
    }

    /// All items, what is waited for first; those of a cycle side by side.
    pub(crate) fn order(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.graph.in_components().iter().copied()
    }

    /// The earliest day that today leaves to an item: an open one is not done before it.
    pub(crate) fn today_for(&self, ix: usize) -> Bound {
        let item = &self.items[ix];
        let is_open = item.state == Some(State::Open) || item.kind == Kind::Milestone;
        self.today.filter(|_| is_open).into()
    }

    /// The due date of an item, while it can still hold.
    pub(crate) fn due(&self, ix: usize) -> Option<i64> {
        self.items[ix].due.filter(|day| self.lies_ahead(ix, *day))
    }

    /// The last day on which the stated start of an item still holds, while it can. It binds what the item waits for, so nothing once it has begun.
    pub(crate) fn start(&self, ix: usize) -> Option<i64> {
        self.items[ix].start.map(|day| day + self.items[ix].spread).filter(|day| self.lies_ahead(ix, *day))
    }

    fn lies_ahead(&self, ix: usize, day: i64) -> bool {
        !self.is_settled[ix] && self.today.is_none_or(|today| today <= day)
    }
}

fn is_settled(item: &Item, parts: &[usize], items: &[Item], today: Option<i64>) -> bool {
    if let Some(state) = item.state {
        return state == State::Closed;
    }
    if item.kind == Kind::Milestone {
        if parts.iter().any(|part| items[*part].state == Some(State::Open)) {
            return false;
        }
        // Where all were dropped, so is the milestone: it holds up nothing either.
        let mut kept = parts.iter().map(|part| &items[*part]).filter(|part| !part.is_dropped);
        if !parts.is_empty() && kept.all(|part| part.state == Some(State::Closed)) {
            return true;
        }
    }
    // Nobody has said whether it is open: it counts while its start lies ahead.
    item.start.is_none_or(|start| today.is_some_and(|today| start <= today))
}
