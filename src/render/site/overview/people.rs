//! Who has what.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    facts::Status,
    model::MilestoneIx,
    render::site::{
        PageContext,
        people::by_person,
        rows::{Items, milestone_items},
        words::and_more,
    },
};

/// How many people are shown.
const MOST: usize = 12;

/// Who has what, the busiest first.
#[derive(Debug, Serialize)]
pub(super) struct People<'a> {
    people: Vec<Person<'a>>,
    has: Columns,
    more: String,
}

/// Which columns any of them has something in.
#[derive(Debug, Serialize)]
struct Columns {
    milestones: bool,
    open: bool,
    overdue: bool,
    done: bool,
    /// All issues, where nobody says which are done.
    issues: bool,
}

/// One person.
#[derive(Debug, Serialize)]
struct Person<'a> {
    name: &'a str,
    /// The milestones that they answer for.
    milestones: Items<'a>,
    /// Issues of theirs that are not done.
    open: usize,
    /// Those that are late.
    overdue: usize,
    done: usize,
    /// All issues of theirs but those that were dropped.
    issues: usize,
}

/// What is counted for one person.
#[derive(Default)]
struct Counts {
    milestones: Vec<MilestoneIx>,
    open: usize,
    overdue: usize,
    done: usize,
    unknown: usize,
}

/// Owners of milestones and those who are named on issues.
pub(super) fn people<'a>(here: &PageContext<'a>) -> People<'a> {
    let mut people: Vec<_> = counts(here).into_values().collect();
    people.sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.open + counts.unknown), *name));
    let more = and_more(people.len(), MOST);
    let any = |is: fn(&Counts) -> bool| people.iter().any(|(_, counts)| is(counts));
    let has = Columns {
        milestones: any(|counts| !counts.milestones.is_empty()),
        open: any(|counts| counts.open > 0),
        overdue: any(|counts| counts.overdue > 0),
        done: any(|counts| counts.done > 0),
        issues: any(|counts| counts.unknown > 0),
    };
    let person = |(name, counts): (&'a str, Counts)| Person {
        name,
        milestones: milestone_items(here, counts.milestones),
        open: counts.open,
        overdue: counts.overdue,
        done: counts.done,
        issues: counts.open + counts.done + counts.unknown,
    };
    People { has, people: people.into_iter().take(MOST).map(person).collect(), more }
}

/// What is counted for each of them, by the name in small letters: beside it stands as it is written first.
fn counts<'a>(here: &PageContext<'a>) -> BTreeMap<String, (&'a str, Counts)> {
    let mut people = BTreeMap::<_, (&'a str, Counts)>::new();
    let mut of = |name: &'a str, count: &dyn Fn(&mut Counts)| {
        count(&mut people.entry(name.to_lowercase()).or_insert((name, Counts::default())).1);
    };
    for (ix, milestone) in here.roadmap.milestones() {
        if let Some(owner) = milestone.owner.as_deref() {
            of(owner, &|counts| counts.milestones.push(ix));
        }
    }
    for (name, issues) in by_person(here.roadmap).into_values() {
        for facts in issues.into_iter().map(|ix| here.facts.issue(ix)) {
            of(name, &|counts| {
                match facts.status {
                    Status::Done => counts.done += 1,
                    Status::Dropped => {}
                    Status::Unknown => counts.unknown += 1,
                    _ => counts.open += 1,
                }
                counts.overdue += usize::from(facts.overdue.is_some());
            });
        }
    }
    people
}
