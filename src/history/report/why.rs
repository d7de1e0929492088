//! Why something is late: the chain of blockers that pushes it, down to the one that nothing pushes.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    facts::{Facts, days_words},
    model::{Day, Roadmap, Target, title_without_id},
};

/// How many blockers a chain tells at most.
const MOST: usize = 6;

/// A blocker that pushes what waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cause<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title, with the id that it may begin with.
    pub title: &'a str,
    /// The same without the id, which is what people read.
    #[serde(skip)]
    pub short_title: &'a str,
    /// What is the matter with it, as `overdue by 7 days`.
    pub why: String,
}

/// What is the matter with a blocker; what is worse is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trouble {
    /// It is due after the day on which what waits for it was to be done.
    DueAfter(Day),
    /// It is due later than planned.
    Slipped(i64),
    /// It is late.
    Overdue(i64),
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
            Trouble::Slipped(days) => format!("slipped by {}", days_words(days)),
            Trouble::DueAfter(day) => format!("due on {day}"),
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
        items.filter_map(in_trouble).max_by_key(|(trouble, item)| (*trouble, std::cmp::Reverse(key(*item))))
    };
    worst(&mut blockers.into_iter()).or_else(|| worst(&mut own.into_iter()))
}

/// What is the matter with something that was wanted by this day.
fn trouble(roadmap: &Roadmap, facts: &Facts, item: Target, wanted: Option<Day>) -> Option<Trouble> {
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
    let late = overdue.map(Trouble::Overdue).or(slip.filter(|days| *days > 0).map(Trouble::Slipped));
    let after = due(roadmap, item, false)
        .filter(|day| !status.is_closed() && Some(*day) > wanted && wanted.is_some());
    late.or(after.map(Trouble::DueAfter))
}

/// The day on which something is due; `planned`: or was first to be done, where that is another.
fn due(roadmap: &Roadmap, item: Target, planned: bool) -> Option<Day> {
    let (first, day) = match item {
        Target::Milestone(ix) => {
            let milestone = &roadmap.milestones[ix.0];
            (milestone.planned_due_on, milestone.known_due_on())
        }
        Target::Issue(ix) => (roadmap.issues[ix.0].planned_due_on, roadmap.issues[ix.0].due_on),
    };
    first.filter(|_| planned).or(day)
}
