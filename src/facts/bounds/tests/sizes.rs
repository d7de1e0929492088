//! Sizes: chains of a hundred thousand do not overflow, and cost in proportion.

use crate::facts::bounds::{Bounds, Item, Kind, Plan};
use crate::model::{IssueIx, MilestoneIx, Target};

/// A chain of issues of two days each, all in one milestone that is due long before.
fn chain(count: usize, parts: bool) -> Bounds {
    let issue = |ix: usize| Item {
        start: Some(0),
        due: Some(1),
        blocked_by: ix.checked_sub(1).filter(|_| !parts).into_iter().collect(),
        parent: (parts && ix + 1 < count).then_some(ix + 1),
        milestone: Some(count),
        ..Item::open(Kind::Issue)
    };
    let milestone = Item { due: Some(10), ..Item::open(Kind::Milestone) };
    Bounds::of(Plan::new((0..count).map(issue).chain([milestone]).collect(), Some(0)), count)
}

#[test]
fn a_chain_of_a_hundred_thousand_is_walked_to_its_end() {
    const COUNT: usize = 100_000;
    let bounds = chain(COUNT, false);
    let (first, last, milestone) =
        (Target::Issue(IssueIx(0)), Target::Issue(IssueIx(COUNT - 1)), Target::Milestone(MilestoneIx(0)));
    // Each begins on the day on which its blocker is done, so that it takes one day more.
    assert_eq!(bounds.earliest(last).map(crate::model::Day::number), Some(COUNT as i64));
    assert_eq!(bounds.chain(milestone).len(), COUNT + 1);
    // The last one is due on day 1, so that each before it would be needed a day sooner than the next.
    assert_eq!(bounds.slack(first), Some(1 - COUNT as i64));
    assert_eq!(bounds.room(last), Some(10 - COUNT as i64));
    assert_eq!(bounds.pushes(first, 5).len(), COUNT);
    let found = bounds.unreachable();
    assert_eq!((found.len(), found[0].with.len()), (1, COUNT - 1));
    let path = bounds.critical_path().expect("a path");
    assert_eq!((path.days, path.items.len()), (2 * COUNT as i64, COUNT));

    let nested = chain(COUNT, true);
    assert_eq!(nested.chain(last).len(), 1);
    assert_eq!(nested.critical_path().map(|path| (path.days, path.items.len())), Some((2, COUNT)));
}

#[test]
fn a_cycle_of_a_hundred_thousand_is_never_done() {
    const COUNT: usize = 100_000;
    let issue = |ix: usize| Item { blocked_by: vec![(ix + 1) % COUNT], ..Item::open(Kind::Issue) };
    let bounds = Bounds::of(Plan::new((0..COUNT).map(issue).collect(), None), COUNT);
    assert!((0..COUNT).all(|ix| bounds.is_never(Target::Issue(IssueIx(ix)))));
    assert_eq!((bounds.critical_path(), bounds.unreachable()), (None, Vec::new()));
}
