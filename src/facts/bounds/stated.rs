//! A roadmap as the plan that bounds are computed from.

use super::{Item, Kind, Plan};
use crate::model::{Day, Issue, Link, Milestone, Roadmap, When};

/// The plan of a roadmap: its issues, then its milestones.
pub(super) fn plan(roadmap: &Roadmap, as_of: Option<Day>) -> Plan {
    let issues = roadmap.issues.len();
    let milestone = |milestone: &Milestone| of_milestone(milestone, issues);
    let items = roadmap.issues.iter().map(|issue| of_issue(issue, issues));
    let items = items.chain(roadmap.milestones.iter().map(milestone)).collect();
    Plan::new(items, as_of.map(Day::number))
}

fn of_issue(issue: &Issue, issues: usize) -> Item {
    let item = Item {
        state: issue.known_state(),
        is_dropped: issue.is_dropped(),
        begun: issue.begun_on.map(Day::number),
        closed: issue.known_closed_on().map(Day::number),
        blocked_by: numbers(issue.blocked_by(), |ix| ix.0),
        parent: issue.parent.get().map(|ix| ix.0),
        milestone: issue.milestone.get().map(|ix| issues + ix.0),
        ..Item::open(Kind::Issue)
    };
    with_days(item, issue.start_on, issue.due_on)
}

fn of_milestone(milestone: &Milestone, issues: usize) -> Item {
    let item = Item {
        state: milestone.known_state(),
        closed: milestone.snapshot.closed_on.map(Day::number),
        blocked_by: numbers(&milestone.blocked_by, |ix| issues + ix.0),
        ..Item::open(Kind::Milestone)
    };
    with_days(item, milestone.start_on, milestone.known_due_on())
}

/// The item with its stated days. Of a span no more is taken than it says: work may begin on its first day, a start holds and a due
/// day is met until its last, and it gives no length. `later` bounds nothing.
pub(super) fn with_days(item: Item, start: Option<When>, due: Option<When>) -> Item {
    let (first, last) = (start.and_then(When::first), start.and_then(When::last));
    Item {
        start: first.map(Day::number),
        spread: last.zip(first).map_or(0, |(last, first)| last.days_since(first)),
        due: due.and_then(When::last).map(Day::number),
        is_coarse: [start, due].into_iter().flatten().any(When::is_coarse),
        ..item
    }
}

fn numbers<T: Copy>(links: &[Link<T>], number: impl Fn(T) -> usize) -> Vec<usize> {
    links.iter().map(|link| number(link.to)).collect()
}
