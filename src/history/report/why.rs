//! Why something is late: the chain of blockers that pushes it, down to the one that nothing pushes.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    facts::{Facts, Slip, days_words},
    model::{Day, Roadmap, Target, When, is_after, title_without_id},
};

/// How many blockers a chain tells at most.
const MOST: usize = 6;

/// A blocker that pushes what waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Cause<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Its title, with the id that it may begin with.
    pub(crate) title: &'a str,
    /// The same without the id, which is what people read.
    #[serde(skip)]
    pub(crate) short_title: &'a str,
    /// What is the matter with it, as `overdue by 7 days`.
    pub(crate) why: String,
}

/// What is the matter with a blocker; what is worse is greater.
#[derive(Debug, Clone, Copy)]
enum Trouble {
    /// It is due after the day on which what waits for it was to be done.
    DueAfter(When),
    /// It is due later than planned.
    Slipped(Slip),
    /// It is late.
    Overdue(i64),
}

impl Trouble {
    /// The kind of trouble, then how much of it.
    fn rank(self) -> (u8, (bool, Day), i64) {
        match self {
            Self::DueAfter(due) => (0, due.order(), 0),
            Self::Slipped(slip) => (1, (false, Day::FIRST), slip.days),
            Self::Overdue(days) => (2, (false, Day::FIRST), days),
        }
    }
}

/// The chain that pushes an item, the nearest blocker first; empty where no blocker is in trouble.
pub(super) fn why<'a>(roadmap: &'a Roadmap, facts: &Facts, item: Target) -> Vec<Cause<'a>> {
    let mut seen = BTreeSet::from([key(item)]);
    let mut chain = Vec::new();
    let mut pushed = item;
    while let Some((trouble, next)) =
        worst(roadmap, facts, pushed).filter(|(_, next)| seen.insert(key(*next)))
    {
        let (id, title) = match next {
            Target::Milestone(ix) => (&roadmap.milestones[ix.0].id, &roadmap.milestones[ix.0].title),
            Target::Issue(ix) => (&roadmap.issues[ix.0].id, &roadmap.issues[ix.0].title),
        };
        let why = match trouble {
            Trouble::Overdue(days) => format!("overdue by {}", days_words(days)),
            Trouble::Slipped(slip) => format!("slipped by {}", slip.length()),
            Trouble::DueAfter(due) => format!("due {}", due.on()),
        };
        chain.push(Cause { id: id.as_str(), title, short_title: title_without_id(title, id), why });
        if chain.len() == MOST {
            break;
        }
        pushed = next;
    }
    chain
}

fn key(item: Target) -> (bool, usize) {
    match item {
        Target::Milestone(ix) => (true, ix.0),
        Target::Issue(ix) => (false, ix.0),
    }
}

/// The blocker that is in the worst trouble. A milestone is pushed by its own issues too.
fn worst(roadmap: &Roadmap, facts: &Facts, item: Target) -> Option<(Trouble, Target)> {
    let wanted = due(roadmap, item, true);
    let own = match item {
        Target::Milestone(ix) => facts.milestone(ix).issues.as_slice(),
        Target::Issue(_) => &[],
    };
    let blockers: Vec<Target> = match item {
        Target::Milestone(ix) => {
            roadmap.milestones[ix.0].blocked_by.iter().map(|link| Target::Milestone(link.to)).collect()
        }
        Target::Issue(ix) => {
            roadmap.issues[ix.0].blocked_by().iter().map(|link| Target::Issue(link.to)).collect()
        }
    };
    let open = |ix: &&crate::model::IssueIx| !facts.issue(**ix).status.is_closed();
    let own = own.iter().filter(open).map(|ix| Target::Issue(*ix));
    let in_trouble = |item: Target| Some((trouble(roadmap, facts, item, wanted)?, item));
    let worst = |items: &mut dyn Iterator<Item = Target>| {
        items
            .filter_map(in_trouble)
            .max_by_key(|(trouble, item)| (trouble.rank(), std::cmp::Reverse(key(*item))))
    };
    worst(&mut blockers.into_iter()).or_else(|| worst(&mut own.into_iter()))
}

/// What is the matter with something that was wanted by this day.
fn trouble(roadmap: &Roadmap, facts: &Facts, item: Target, wanted: Option<When>) -> Option<Trouble> {
    let (overdue, slip, status) = match item {
        Target::Milestone(ix) => {
            let own = facts.milestone(ix);
            (own.overdue, own.slip, own.status)
        }
        Target::Issue(ix) => {
            let own = facts.issue(ix);
            (own.overdue, own.slip, own.status)
        }
    };
    let late = overdue.map(Trouble::Overdue).or(slip.filter(|slip| slip.is_later()).map(Trouble::Slipped));
    let after = due(roadmap, item, false).filter(|due| !status.is_closed() && is_after(Some(*due), wanted));
    late.or(after.map(Trouble::DueAfter))
}

/// The day on which something is due; `planned`: or was first to be done, where that is another.
fn due(roadmap: &Roadmap, item: Target, planned: bool) -> Option<When> {
    let (first, day) = match item {
        Target::Milestone(ix) => {
            let milestone = &roadmap.milestones[ix.0];
            (milestone.planned_due_on, milestone.known_due_on())
        }
        Target::Issue(ix) => (roadmap.issues[ix.0].planned_due_on, roadmap.issues[ix.0].due_on),
    };
    first.filter(|_| planned).or(day)
}
