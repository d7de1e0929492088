//! Random plans: up to 300 issues and 20 milestones, with parts, partial days, closed, dropped and unsaid items; one in
//! four with cycles. Of the stated days some are months, quarters, a year or `later`. Every number of an item comes from a few drawn ones, all of which shrink to an open item without days.

use std::fmt;

use proptest::{collection::vec, prelude::*};

use crate::{
    facts::bounds::{Item, Kind, Plan, stated::with_days},
    model::{Day, Unit, When, within},
    source::schema::State,
};

/// Days are drawn below this one.
const SPAN: i64 = 90;

/// How exactly days are stated: most are whole, and only what is due is `later`.
const UNITS: [Unit; 10] = [
    Unit::Day,
    Unit::Day,
    Unit::Day,
    Unit::Day,
    Unit::Day,
    Unit::Month,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
    Unit::Later,
];

/// What an item is made of.
type Draws = [u16; 12];

/// A plan that can still be changed.
#[derive(Clone)]
pub(super) struct Random {
    pub(super) items: Vec<Item>,
    /// How many of them are issues.
    pub(super) issues: usize,
    pub(super) today: Option<i64>,
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} issues, today {:?}", self.issues, self.today)?;
        self.items.iter().enumerate().try_for_each(|(ix, item)| writeln!(f, "{ix}: {item:?}"))
    }
}

impl Random {
    pub(super) fn plan(&self) -> Plan {
        Plan::new(self.items.clone(), self.today)
    }

    /// The issue or milestone that a drawn number means.
    pub(super) fn any(&self, drawn: usize) -> usize {
        drawn % self.items.len()
    }

    /// The same with the days of an item stated less exactly: it may begin so many days earlier and later, and is due so many later.
    pub(super) fn less_exactly(&self, drawn: usize, before: i64, after: i64) -> Self {
        let mut less = self.clone();
        let item = &mut less.items[self.any(drawn)];
        item.start = item.start.map(|day| day - before);
        item.spread += before + after;
        item.due = item.due.map(|day| day + after);
        item.is_coarse |= before + after > 0;
        less
    }

    pub(super) fn issue(&self, drawn: usize) -> usize {
        drawn % self.issues
    }
}

/// Random plans. Most are small, so that what is found is small; some have hundreds of items.
pub(super) fn plans() -> impl Strategy<Value = Random> {
    let issues = prop_oneof![
        7 => vec(any::<Draws>(), 1..=10),
        2 => vec(any::<Draws>(), 11..=60),
        1 => vec(any::<Draws>(), 61..=300),
    ];
    let today = prop_oneof![1 => Just(None), 3 => (0..SPAN).prop_map(Some)];
    (issues, vec(any::<Draws>(), 0..=20), today, prop::bool::weighted(0.25)).prop_map(made)
}

fn made((issues, milestones, today, cyclic): (Vec<Draws>, Vec<Draws>, Option<i64>, bool)) -> Random {
    let count = issues.len();
    // A milestone for each fifth issue at most, so that many share one.
    let milestones = &milestones[..milestones.len().min(count.div_ceil(5))];
    let mut items: Vec<_> = issues.iter().map(|draws| item(Kind::Issue, draws, today)).collect();
    items.extend(milestones.iter().map(|draws| item(Kind::Milestone, draws, today)));
    for (ix, draws) in issues.iter().enumerate() {
        let number = |at: usize| usize::from(draws[at]);
        items[ix].blocked_by = blockers(draws, ix, 0, count, cyclic);
        let whole = ix + 1 + number(9) / 8 % 10;
        let whole = if cyclic && number(9) % 40 == 1 { number(10) % count } else { whole };
        items[ix].parent = (number(9) % 8 == 1 && whole < count && whole != ix).then_some(whole);
        let has_milestone = number(10) % 3 != 0 && !milestones.is_empty();
        items[ix].milestone = has_milestone.then(|| count + number(10) / 3 % milestones.len());
    }
    for (ix, draws) in milestones.iter().enumerate() {
        items[count + ix].blocked_by = blockers(draws, ix, count, milestones.len(), cyclic);
    }
    Random { items, issues: count, today }
}

/// Up to three items before this one, and at times any.
fn blockers(draws: &Draws, ix: usize, base: usize, count: usize, cyclic: bool) -> Vec<usize> {
    let mut blockers = Vec::new();
    for draw in &draws[6..6 + usize::from(draws[5] % 4)] {
        let draw = usize::from(*draw);
        let any = (cyclic && draw % 31 == 1).then_some(draw / 31 % count);
        blockers.extend(any.or(ix.checked_sub(1 + draw % 10)).map(|blocker| base + blocker));
    }
    blockers.sort_unstable();
    blockers.dedup();
    blockers
}

/// An item with its own days and states.
fn item(kind: Kind, draws: &Draws, today: Option<i64>) -> Item {
    let number = |at: usize| i64::from(draws[at]);
    let day = |at: usize| number(at) % SPAN;
    let past = |day: i64| today.map_or(day, |today| day.min(today));
    let is_issue = kind == Kind::Issue;
    let state = match number(0) % 10 {
        0..=6 => Some(State::Open),
        7 | 8 => Some(State::Closed),
        _ => None,
    };
    let start = (number(1) % 2 == 1).then(|| day(2));
    let due = match (number(3) % 4, start) {
        (0, _) => None,
        (1 | 2, Some(start)) => Some(start + number(4) % 15),
        _ => Some(day(4)),
    };
    let stated =
        |day: Option<i64>, unit: Unit| -> Option<When> { day.map(|day| within(unit, Day::nearest(day))) };
    let start = stated(start, UNITS[(number(2) / SPAN % 8) as usize]);
    let due = stated(due, UNITS[(number(4) / SPAN % 10) as usize]);
    let item = Item {
        state,
        is_dropped: is_issue && number(0) % 10 == 8,
        begun: (is_issue && state == Some(State::Open) && number(11) % 9 == 1)
            .then(|| past(number(11) / 9 % SPAN)),
        closed: (state == Some(State::Closed) && number(11) % 2 == 1).then(|| past(number(11) / 2 % SPAN)),
        ..Item::open(kind)
    };
    with_days(item, start, due)
}
