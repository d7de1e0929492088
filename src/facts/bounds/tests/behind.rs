//! Laws of what lies behind an item: by when it is needed, its room and its slack, and what a delay of it pushes.
//!
//! Each of these mutations of the pass was planted, and the law behind it failed:
//!
//! | mutation | law |
//! |---|---|
//! | an item's own due date is left out; so is a stated start, or a part | room is exact; nothing is pushed without a need |
//! | a length is not taken off, or a day too many | room is exact; slack |
//! | a part is needed as early as a blocker | room is exact; slack |
//! | of several needs the latest counts | room is exact; nothing is pushed without a need |
//! | of several needs the first counts | room is exact; the order of the source |
//! | a delay moves only what waits directly | a delay is the same; room is exact |
//! | a delay counts from the due date although it cannot be met | a delay is the same; room is exact |
//! | a delay counts twice | a delay moves by no more than itself |
//! | starts never fail; a day fails on itself | room is exact; slack |
//! | what failed before is told as pushed | nothing is pushed without a need; room is exact |
//! | today counts as an item's own day; any blocker holds it up | a chain explains the day |
//! | late days behind a late one are told again, or those in time with them | each late day is told once |
//! | the start of a month, a quarter or a year holds on its first day alone | less exactly |
//!
//! Which of several equal chains is taken, and that own days come first, is held by `cases`.
use proptest::prelude::*;

use super::{
    laws::{config, shuffled},
    random::{Random, plans},
};
use crate::facts::bounds::{
    Backward, Bound, Earliest, Lengths, Plan,
    backward::backward,
    chain::Chains,
    forward::{earliest, forward},
    push::{Fails, delayed, expected, fails, pushes},
};

struct Pass {
    plan: Plan,
    earliest: Vec<Earliest>,
    backward: Backward,
}

impl Pass {
    fn new(random: &Random) -> Self {
        let plan = random.plan();
        let earliest = forward(&plan, Lengths::Stated);
        let backward = backward(&plan, &earliest);
        Self { plan, earliest, backward }
    }

    fn fails(&self, ix: usize) -> Fails {
        fails(&self.plan, ix, |other| self.earliest[other].done)
    }

    /// What fails where one item is done so many days later.
    fn fails_after(&self, delayed_ix: usize, days: i64, ix: usize) -> Fails {
        let after = delayed(&self.plan, &self.earliest, delayed_ix, days);
        fails(&self.plan, ix, |other| after.get(&other).unwrap_or(&self.earliest[other]).done)
    }

    fn room(&self, ix: usize) -> Option<i64> {
        Some(self.backward.needed[ix]?.day - expected(&self.plan, &self.earliest, ix)?)
    }

    /// An item of those that satisfy `keep`.
    fn chosen(&self, drawn: usize, keep: impl Fn(usize) -> bool) -> Option<usize> {
        let found: Vec<_> = (0..self.plan.len()).filter(|ix| keep(*ix)).collect();
        found.get(drawn % found.len().max(1)).copied()
    }
}

/// All earliest days where one item is held to a day, computed from the beginning.
fn with_one_held(plan: &Plan, held: usize, day: i64) -> Vec<Bound> {
    let mut found: Vec<_> = forward(plan, Lengths::Stated).iter().map(|it| it.done).collect();
    for ix in plan.order().filter(|ix| !plan.is_settled(*ix)) {
        let own = earliest(plan, Lengths::Stated, ix, |other| found[other]).done;
        found[ix] = if ix == held { own.max(Bound::Day(day)) } else { own };
    }
    found
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_delay_moves_others_by_no_more_than_itself(random in plans(), x: usize, days in 0_i64..20) {
        let pass = Pass::new(&random);
        let Some(x) = pass.chosen(x, |ix| expected(&pass.plan, &pass.earliest, ix).is_some()) else { return Ok(()) };
        let (zero, moved) = (delayed(&pass.plan, &pass.earliest, x, 0), delayed(&pass.plan, &pass.earliest, x, days));
        for ix in 0..pass.plan.len() {
            let done = |found: &std::collections::BTreeMap<usize, Earliest>| found.get(&ix).unwrap_or(&pass.earliest[ix]).done;
            let (before, after) = (done(&zero), done(&moved));
            prop_assert!(before <= after && after <= before.plus(days), "{before:?} became {after:?}");
        }
    }

    #[test]
    fn a_delay_is_computed_only_where_it_reaches_and_is_the_same(random in plans(), x: usize, days in 0_i64..20) {
        let pass = Pass::new(&random);
        let Some(x) = pass.chosen(x, |ix| expected(&pass.plan, &pass.earliest, ix).is_some()) else { return Ok(()) };
        let day = expected(&pass.plan, &pass.earliest, x).unwrap_or_default() + days;
        let after = delayed(&pass.plan, &pass.earliest, x, days);
        for (ix, whole) in with_one_held(&pass.plan, x, day).into_iter().enumerate() {
            prop_assert_eq!(after.get(&ix).unwrap_or(&pass.earliest[ix]).done, whole);
        }
    }

    #[test]
    fn room_is_exact(random in plans(), x: usize) {
        let pass = Pass::new(&random);
        let Some(x) = pass.chosen(x, |ix| pass.room(ix).is_some()) else { return Ok(()) };
        let (Some(room), Some(need)) = (pass.room(x), pass.backward.needed[x]) else { return Ok(()) };
        let pushed = pushes(&pass.plan, &pass.earliest, x, room.max(0));
        prop_assert!(room < 0 || pushed.is_empty(), "{pushed:?} within a room of {room} days");
        let after = pass.fails_after(x, room.max(-1) + 1, need.by);
        let failed = if need.is_start { after.start } else { after.due };
        prop_assert!(failed.is_some(), "{need:?} holds beyond a room of {room} days");
    }

    #[test]
    fn nothing_is_pushed_without_a_need(random in plans(), x: usize, days in 0_i64..30) {
        let pass = Pass::new(&random);
        let x = random.any(x);
        let pushed = pushes(&pass.plan, &pass.earliest, x, days);
        prop_assert!(pushed.is_empty() || pass.room(x).is_some_and(|room| days > room), "{pushed:?}");
        for other in &pushed {
            let (now, then) = (pass.fails(*other), pass.fails_after(x, days, *other));
            prop_assert!(then.due > now.due || then.start > now.start);
            prop_assert!(then.due.unwrap_or(0) - now.due.unwrap_or(0) <= days.max(then.due.unwrap_or(0)));
        }
    }

    #[test]
    fn slack_is_negative_only_if_a_stated_day_behind_it_fails(random in plans()) {
        let pass = Pass::new(&random);
        for ix in 0..pass.plan.len() {
            let Some(latest) = pass.backward.latest[ix] else { continue };
            let Some(done) = pass.earliest[ix].done.day() else { continue };
            let slack = latest.day - done;
            let by = pass.fails(latest.by);
            let is_failed = if latest.is_start { by.start.is_some() } else { by.due.is_some() };
            prop_assert!(slack >= 0 || is_failed, "{ix} has a slack of {slack}, and {latest:?} holds");
            prop_assert!(slack < 0 || pass.fails(ix).due.is_none(), "{ix} is late with a slack of {slack}");
        }
    }

    #[test]
    fn what_is_stated_less_exactly_fails_no_more(random in plans(), a: usize, before in 0_i64..40, after in 0_i64..40) {
        let (pass, less) = (Pass::new(&random), Pass::new(&random.less_exactly(a, before, after)));
        let a = random.any(a);
        // A day that has passed counts no more; less exactly stated it can count again.
        prop_assume!(random.items[a].state.is_some());
        prop_assume!(pass.plan.due(a).is_some() == less.plan.due(a).is_some());
        prop_assume!(pass.plan.start(a).is_some() == less.plan.start(a).is_some());
        for ix in 0..pass.plan.len() {
            prop_assert!(less.fails(ix).due <= pass.fails(ix).due && less.fails(ix).start <= pass.fails(ix).start, "{ix}");
        }
    }

    #[test]
    fn needs_and_rooms_do_not_depend_on_the_order_of_the_source(random in plans(), seed: u64) {
        let (turned, place) = shuffled(&random, seed);
        let (before, after) = (Pass::new(&random), Pass::new(&turned));
        for (ix, place) in place.into_iter().enumerate() {
            prop_assert_eq!(before.room(ix), after.room(place));
            let latest = |pass: &Pass, ix: usize| pass.backward.latest[ix].map(|need| need.day);
            prop_assert_eq!(latest(&before, ix), latest(&after, place));
        }
    }

    #[test]
    fn each_late_day_is_told_once(random in plans()) {
        let pass = Pass::new(&random);
        let chains = Chains::new(&pass.plan, &pass.earliest);
        let found = chains.unreachable(&pass.plan, &pass.earliest);
        let mut told: Vec<_> = found.iter().flat_map(|found| found.with.iter().copied().chain([found.item])).collect();
        told.sort_unstable();
        let late: Vec<_> = (0..pass.plan.len()).filter(|ix| pass.fails(*ix).due.is_some()).collect();
        prop_assert_eq!(told, late);
        for found in &found {
            for behind in &found.with {
                prop_assert!(chains.chain(*behind).contains(&found.item), "{behind} is not behind {}", found.item);
            }
            let chain = chains.chain(found.item);
            let before = chain.iter().filter(|ix| **ix != found.item);
            prop_assert!(before.clone().all(|ix| pass.fails(*ix).due.is_none()), "{} is not the first", found.item);
        }
    }

    #[test]
    fn a_chain_explains_the_day(random in plans()) {
        let pass = Pass::new(&random);
        let chains = Chains::new(&pass.plan, &pass.earliest);
        for ix in 0..pass.plan.len() {
            let Bound::Day(_) = pass.earliest[ix].done else { continue };
            let chain = chains.chain(ix);
            prop_assert_eq!(chain.last(), Some(&ix));
            for pair in chain.windows(2) {
                let is_before = pass.plan.before(pair[1]).contains(&pair[0]);
                prop_assert!(is_before || pass.plan.within(pair[1]).any(|other| other == pair[0]));
                // What comes first holds the next one up: its begin, or its end.
                let (first, next) = (pass.earliest[pair[0]], pass.earliest[pair[1]]);
                prop_assert!(first.done == next.begin || first.done == next.done);
            }
            // The first needs nobody else: its own days, a closed item, or today say as much.
            let first = chain[0];
            let Earliest { own, done, .. } = pass.earliest[first];
            let closed = pass.plan.within(first).filter(|other| pass.plan.is_settled(*other));
            let is_closed = closed.map(|other| pass.earliest[other].done).any(|day| day == done);
            prop_assert!(pass.plan.is_settled(first) || own == done || is_closed || done == pass.plan.today().into());
        }
    }
}
