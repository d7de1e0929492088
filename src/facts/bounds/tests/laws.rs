//! Laws of the earliest day, over random plans.
//!
//! Each of these mutations of the pass was planted, and the law behind it failed:
//!
//! | mutation | law |
//! |---|---|
//! | blockers, starts, parts, today, the blockers of a milestone or a closed day are left out | the least solution |
//! | a length is a day longer, counts from today, or doubles with each blocker | no schedule is earlier; the least solution |
//! | a length is a day shorter; an end is cut at the due date | the least solution; `behind`: room, slack |
//! | of several parts the first one done counts | a part more; the least solution |
//! | what has begun takes its whole length | no schedule is earlier; the least solution |
//! | what has begun waits for its blockers | the least solution; `behind`: room, slack |
//! | a milestone has a length | the least solution |
//! | what is settled blocks as if it were open | the least solution; `behind`: a delay |
//! | items are walked in the order of the source | the order is irrelevant; the least solution |
//! | nothing is in a cycle | the least solution (chains then have no end) |
//! | a month, a quarter or a year gives a length | the least solution; less exactly |
//!
//! What decides who is settled, the floor and a closed day behind today are held by `cases`.
use proptest::prelude::*;

use super::random::{Random, plans};
use crate::{
    facts::bounds::{
        Bound, Item, Kind, Lengths, Plan,
        forward::{Earliest, forward},
    },
    source::schema::State,
};

pub(super) fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        max_global_rejects: 1 << 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

pub(super) fn days(plan: &Plan, lengths: Lengths) -> Vec<Bound> {
    forward(plan, lengths).into_iter().map(|found: Earliest| found.done).collect()
}

fn stated(random: &Random) -> Vec<Bound> {
    days(&random.plan(), Lengths::Stated)
}

/// No item of `before` is earlier in `after`.
fn never_earlier(before: &[Bound], after: &[Bound]) -> Result<(), TestCaseError> {
    for (ix, (before, after)) in before.iter().zip(after).enumerate() {
        prop_assert!(before <= after, "item {ix} was {before:?} and is {after:?}");
    }
    Ok(())
}

/// The least days that agree with every sentence of the specification, found by repetition and without an order of work.
fn by_repetition(random: &Random) -> Vec<Bound> {
    let plan = random.plan();
    let count = plan.len();
    let awaited = |ix: usize| -> Vec<usize> {
        let item = plan.item(ix);
        let mut all: Vec<_> = (0..count)
            .filter(|other| {
                let other = plan.item(*other);
                other.parent == Some(ix) || other.milestone == Some(ix)
            })
            .collect();
        if item.begun.is_none() {
            all.extend(&item.blocked_by);
        }
        all
    };
    // Whoever is left when all that wait for nothing left are taken away is in a cycle, or behind one.
    let mut is_left: Vec<_> = (0..count).map(|ix| !plan.is_settled(ix)).collect();
    while let Some(free) =
        (0..count).find(|ix| is_left[*ix] && awaited(*ix).iter().all(|other| !is_left[*other]))
    {
        is_left[free] = false;
    }
    let mut days = vec![Bound::Unknown; count];
    loop {
        let before = days.clone();
        for ix in 0..count {
            days[ix] =
                if is_left[ix] { Bound::Never } else { by_sentences(random, &plan, ix, &days, &awaited(ix)) };
        }
        if days == before {
            return days;
        }
    }
}

fn by_sentences(random: &Random, plan: &Plan, ix: usize, days: &[Bound], awaited: &[usize]) -> Bound {
    let item = plan.item(ix);
    if plan.is_settled(ix) {
        let closed = item.closed.filter(|_| item.state == Some(State::Closed));
        return closed.map(|day| random.today.unwrap_or(day).min(day)).into();
    }
    let is_blocker = |other: &usize| item.kind == Kind::Issue && item.blocked_by.contains(other);
    let mut end: Option<i64> = item.begun.or(item.start);
    if item.begun.is_none() {
        let blockers = awaited.iter().filter(|other| is_blocker(other));
        end = end.max(blockers.filter_map(|other| days[*other].day()).max());
    }
    if let (Some(begin), Kind::Issue, Some(start), Some(due)) = (end, item.kind, item.start, item.due)
        && !item.is_coarse
        && start <= due
    {
        let own = begin + due - start;
        end = Some(if item.begun.is_some() { own.min(due.max(begin)) } else { own });
    }
    // A part that blocks its whole as well is a part all the same.
    let parts = awaited.iter().filter(|other| {
        let other_item = plan.item(**other);
        item.kind == Kind::Milestone || other_item.parent == Some(ix)
    });
    end = end.max(parts.filter_map(|other| days[*other].day()).max());
    if item.state == Some(State::Open) || item.kind == Kind::Milestone {
        end = end.max(random.today);
    }
    end.into()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_pass_is_the_least_solution_of_the_sentences(random in plans()) {
        prop_assert_eq!(stated(&random), by_repetition(&random));
    }

    #[test]
    fn no_schedule_that_keeps_what_is_stated_is_earlier(random in plans(), rests in prop::collection::vec(0_i64..6, 320)) {
        let plan = random.plan();
        let (earliest, floor) = (stated(&random), days(&plan, Lengths::One));
        let mut done: Vec<Option<i64>> = earliest.iter().map(|bound| bound.day()).collect();
        for ix in plan.order().filter(|ix| !plan.is_settled(*ix) && earliest[*ix] != Bound::Never) {
            let (item, rest) = (plan.item(ix), |at: usize| rests[(ix + at) % rests.len()]);
            // It begins some days after it can, takes what is stated, and ends some days after all that it needs.
            let free = plan.before(ix).iter().filter_map(|other| done[*other]).max().max(item.start);
            let begin = item.begun.unwrap_or_else(|| free.unwrap_or(random.today.unwrap_or(0)) + rest(0));
            let own = begin + item.length().unwrap_or(1) - 1;
            let own = if item.begun.is_some() { own.min(item.due.unwrap_or(begin).max(begin)) } else { own };
            let parts = plan.within(ix).filter_map(|other| done[other]).max();
            let today = random.today.filter(|_| item.state == Some(State::Open) || item.kind == Kind::Milestone);
            let end = parts.max(today).max(Some(own)).unwrap_or(own) + rest(7) / 3;
            prop_assert!(earliest[ix] <= Bound::Day(end) && floor[ix] <= Bound::Day(end), "item {ix} was done on {end}");
            done[ix] = Some(end);
        }
    }

    #[test]
    fn without_lengths_nothing_is_later(random in plans()) {
        let plan = random.plan();
        never_earlier(&days(&plan, Lengths::One), &days(&plan, Lengths::Stated))?;
    }

    #[test]
    fn what_waits_for_more_is_never_earlier(random in plans(), a: usize, b: usize) {
        let mut more = random.clone();
        let (a, b) = (random.issue(a), random.issue(b));
        more.items[a].blocked_by.push(b);
        never_earlier(&stated(&random), &stated(&more))?;
    }

    #[test]
    fn a_part_more_makes_nothing_earlier(random in plans(), a: usize, b: usize) {
        let (a, b) = (random.issue(a), random.any(b));
        let mut more = random.clone();
        if b < random.issues {
            prop_assume!(random.items[a].parent.is_none() && a != b);
            more.items[a].parent = Some(b);
        } else {
            // Of a milestone whose state nobody says, the last issue to be closed says that it is done.
            prop_assume!(random.items[a].milestone.is_none() && random.items[b].state.is_some());
            more.items[a].milestone = Some(b);
        }
        never_earlier(&stated(&random), &stated(&more))?;
    }

    #[test]
    fn an_open_item_more_makes_nothing_earlier(random in plans(), a: usize, start in prop::option::of(0_i64..90)) {
        let mut more = random.clone();
        let (a, added) = (random.issue(a), random.items.len());
        more.items.push(Item { start, milestone: random.items[a].milestone, ..Item::open(Kind::Issue) });
        more.items[a].blocked_by.push(added);
        never_earlier(&stated(&random), &stated(&more)[..added])?;
    }

    #[test]
    fn a_later_today_makes_nothing_earlier_and_nothing_later_than_itself(random in plans(), days in 1_i64..9) {
        prop_assume!(random.today.is_some());
        let mut said = random;
        said.items.iter_mut().for_each(|item| item.state = item.state.or(Some(State::Open)));
        let before = stated(&said);
        said.today = said.today.map(|today| today + days);
        let after = stated(&said);
        never_earlier(&before, &after)?;
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(*after <= before.plus(days), "{before:?} became {after:?}");
        }
    }

    #[test]
    fn stated_days_that_move_later_make_nothing_earlier(random in plans(), a: usize, how in 0..4_u8, days in 1_i64..9) {
        let mut moved = random.clone();
        let item = &mut moved.items[random.any(a)];
        // Where nobody says whether it is open, a start that moves can settle it or not.
        prop_assume!(item.state.is_some());
        match how {
            0 => item.due = item.due.map(|due| due + days),
            1 if item.length().is_some() => (item.start, item.due) = (item.start.map(|day| day + days), item.due.map(|day| day + days)),
            2 => item.start = item.start.or(Some(days)),
            _ => item.due = item.due.or(Some(90 + days)),
        }
        never_earlier(&stated(&random), &stated(&moved))?;
    }

    #[test]
    fn what_is_stated_less_exactly_is_never_later(random in plans(), a: usize, before in 0_i64..40, after in 0_i64..40) {
        let (less, a) = (random.less_exactly(a, before, after), random.any(a));
        // Where nobody says whether it is open, a start that moves can settle it or not.
        prop_assume!(random.items[a].state.is_some());
        never_earlier(&stated(&less), &stated(&random))?;
    }

    #[test]
    fn the_order_of_the_source_is_irrelevant(random in plans(), seed: u64) {
        let (turned, place) = shuffled(&random, seed);
        for lengths in [Lengths::Stated, Lengths::One] {
            let (before, after) = (days(&random.plan(), lengths), days(&turned.plan(), lengths));
            for (ix, bound) in before.iter().enumerate() {
                prop_assert_eq!(*bound, after[place[ix]]);
            }
        }
    }

    #[test]
    fn what_is_closed_makes_nothing_else_later(random in plans(), a: usize) {
        let a = random.issue(a);
        prop_assume!(random.items[a].state == Some(State::Open));
        let Some(today) = random.today else { return Ok(()) };
        let mut closed = random.clone();
        let item = &mut closed.items[a];
        (item.state, item.closed, item.begun) = (Some(State::Closed), Some(today), None);
        let (before, mut after) = (stated(&random), stated(&closed));
        after[a] = Bound::Unknown;
        never_earlier(&after, &before)?;
    }
}

/// The same plan in another order, and the new place of each item.
pub(super) fn shuffled(random: &Random, seed: u64) -> (Random, Vec<usize>) {
    let count = random.items.len();
    let mut order: Vec<_> = (0..count).collect();
    // Any order will do that differs from seed to seed; issues stay before milestones, as everywhere.
    let key = |ix: &usize| (*ix >= random.issues, (*ix as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
    order.sort_by_key(key);
    let mut place = vec![0; count];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let moved = |old: &usize| {
        let mut item = random.items[*old].clone();
        item.blocked_by.iter_mut().for_each(|blocker| *blocker = place[*blocker]);
        item.parent = item.parent.map(|whole| place[whole]);
        item.milestone = item.milestone.map(|whole| place[whole]);
        item
    };
    (Random { items: order.iter().map(moved).collect(), ..random.clone() }, place)
}
