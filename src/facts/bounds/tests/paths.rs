//! Laws of the critical path.
//!
//! Each of these mutations of the pass was planted, and the law behind it failed:
//!
//! | mutation | law |
//! |---|---|
//! | parts add to their whole, or blockers do not | a path is a chain |
//! | the number of issues is left out of the comparison | the order of the source; without days |
//! | the number of issues counts before the days | a path is a chain |
//! | issues that state a length are counted as those that do not | a path is a chain |
//!
//! What has passed of the first issue's days is held by `cases`.
use proptest::prelude::*;

use super::{
    laws::{config, shuffled},
    random::{Random, plans},
};
use crate::{
    facts::{
        Graph,
        bounds::{
            Bound, CriticalPath, Earliest, Kind, Lengths, Paths, Plan, forward::forward, path::remaining,
        },
    },
    source::schema::State,
};

fn path(random: &Random) -> (Plan, Vec<Earliest>, Option<CriticalPath>) {
    let plan = random.plan();
    let earliest = forward(&plan, Lengths::Stated);
    let path = Paths::new(&plan, &earliest).longest(&plan);
    (plan, earliest, path)
}

/// The most days of all chains, by looking at every item as often as there are items.
fn most_days(plan: &Plan, earliest: &[Earliest]) -> i64 {
    let is_live = |ix: usize| !plan.is_settled(ix) && earliest[ix].done != Bound::Never;
    let live: Vec<_> = (0..plan.len()).filter(|ix| is_live(*ix)).collect();
    let mut days = vec![0; plan.len()];
    loop {
        let before = days.clone();
        for &ix in &live {
            let own = remaining(plan, earliest[ix], ix);
            let blockers = plan.before(ix).iter().filter(|other| is_live(**other)).map(|other| days[*other]);
            let parts = plan.within(ix).filter(|other| is_live(*other)).map(|other| days[other]);
            days[ix] = (blockers.max().unwrap_or(0) + own).max(parts.max().unwrap_or(0));
        }
        if days == before {
            let issues = live.iter().filter(|ix| plan.item(**ix).kind == Kind::Issue);
            return issues.map(|ix| days[*ix]).max().unwrap_or(0);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_path_is_a_chain_and_its_days_are_its_own(random in plans()) {
        let (plan, earliest, path) = path(&random);
        let most = most_days(&plan, &earliest);
        let Some(path) = path else {
            prop_assert_eq!(most, 0);
            return Ok(());
        };
        prop_assert_eq!(path.days, most);
        let mut total = remaining(&plan, earliest[path.items[0]], path.items[0]);
        for pair in path.items.windows(2) {
            let own = remaining(&plan, earliest[pair[1]], pair[1]);
            if plan.before(pair[1]).contains(&pair[0]) {
                total += own;
            } else {
                prop_assert!(plan.within(pair[1]).any(|other| other == pair[0]));
                total = total.max(own);
            }
        }
        prop_assert_eq!(total, path.days);
        let without = path.items.iter().filter(|ix| plan.item(**ix).length().is_none()).count();
        prop_assert_eq!(without, path.without_length);
    }

    #[test]
    fn what_waits_for_more_never_shortens_the_path(random in plans(), a: usize, b: usize) {
        let (a, b) = (random.issue(a), random.issue(b));
        // What has begun waits for nothing, and what waits no more has all its days before it.
        prop_assume!(random.items[a].begun.is_none());
        prop_assume!(random.today.is_none_or(|today| random.items[a].start.is_none_or(|start| start > today)));
        let mut more = random.clone();
        more.items[a].blocked_by.push(b);
        let (_, before_days, before) = path(&random);
        let (_, after_days, after) = path(&more);
        let never = |found: &[Earliest]| found.iter().filter(|it| it.done == Bound::Never).count();
        prop_assume!(never(&before_days) == never(&after_days));
        prop_assert!(before.map_or(0, |path| path.days) <= after.map_or(0, |path| path.days));
    }

    #[test]
    fn days_and_length_of_the_path_do_not_depend_on_the_order_of_the_source(random in plans(), seed: u64) {
        let (turned, _) = shuffled(&random, seed);
        let measure = |path: Option<CriticalPath>| path.map(|path| (path.days, path.items.len()));
        prop_assert_eq!(measure(path(&random).2), measure(path(&turned).2));
    }

    #[test]
    fn without_days_it_is_the_longest_chain(random in plans()) {
        let mut bare = random;
        for item in &mut bare.items {
            (item.start, item.due, item.begun, item.closed) = (None, None, None, None);
            (item.parent, item.milestone) = (None, None);
            item.state = item.state.or(Some(State::Open));
        }
        let (plan, earliest, path) = path(&bare);
        prop_assume!(earliest.iter().all(|it| it.done != Bound::Never));
        // A cycle that only a closed issue closes is one for the whole graph, whose chains go around it.
        let graph = Graph::new(bare.items[..bare.issues].iter().map(|item| item.blocked_by.clone()));
        prop_assume!(graph.cycles().is_empty());
        let longest = graph.longest_chain(|ix| !plan.is_settled(ix));
        prop_assert_eq!(path.map(|path| path.items).unwrap_or_default(), longest);
    }
}
