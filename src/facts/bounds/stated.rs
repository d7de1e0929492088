//! A roadmap as the plan that bounds are computed from.

use super::{Item, Kind, Plan};
use crate::model::{Day, Issue, Link, Milestone, Roadmap};

/// The plan of a roadmap: its issues, then its milestones.
pub(super) fn plan(roadmap: &Roadmap, as_of: Option<Day>) -> Plan {
    let issues = roadmap.issues.len();
    let milestone = |milestone: &Milestone| of_milestone(milestone, issues);
    let items = roadmap.issues.iter().map(|issue| of_issue(issue, issues));
    let items = items.chain(roadmap.milestones.iter().map(milestone)).collect();
    Plan::new(items, as_of.map(Day::number))
}

fn of_issue(issue: &Issue, issues: usize) -> Item {
    Item {
        kind: Kind::Issue,
        state: issue.known_state(),
        is_dropped: issue.is_dropped(),
        start: issue.start_on.map(Day::number),
        due: issue.due_on.map(Day::number),
        begun: issue.begun_on.map(Day::number),
        closed: issue.known_closed_on().map(Day::number),
        blocked_by: numbers(issue.blocked_by(), |ix| ix.0),
        parent: issue.parent.get().map(|ix| ix.0),
        milestone: issue.milestone.get().map(|ix| issues + ix.0),
    }
}

fn of_milestone(milestone: &Milestone, issues: usize) -> Item {
    Item {
        kind: Kind::Milestone,
        state: milestone.known_state(),
        is_dropped: false,
        start: milestone.start_on.map(Day::number),
        due: milestone.known_due_on().map(Day::number),
        begun: None,
        closed: milestone.snapshot.closed_on.map(Day::number),
        blocked_by: numbers(&milestone.blocked_by, |ix| issues + ix.0),
        parent: None,
        milestone: None,
    }
}

fn numbers<T: Copy>(links: &[Link<T>], number: impl Fn(T) -> usize) -> Vec<usize> {
    links.iter().map(|link| number(link.to)).collect()
}
