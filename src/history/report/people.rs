//! Who has what.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    facts::{Facts, Status},
    model::Roadmap,
};

/// Somebody who answers for milestones or does issues.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(crate) struct Person<'a> {
    /// The name, or the GitHub login.
    pub(crate) name: &'a str,
    /// The ids of the milestones that they answer for and that are known to be open.
    pub(crate) milestones: Vec<&'a str>,
    /// How many issues of theirs are known to be open.
    pub(crate) open: usize,
    /// Of how many of theirs nobody states whether they are open.
    pub(crate) unknown: usize,
    /// How many of these are late.
    pub(crate) overdue: usize,
    /// How many of these wait for others.
    pub(crate) blocked: usize,
    /// How many are done.
    pub(crate) done: usize,
}

/// Owners of milestones and those who are named on issues, the busiest first.
pub(super) fn people<'a>(roadmap: &'a Roadmap, facts: &Facts) -> Vec<Person<'a>> {
    let mut people = BTreeMap::<&'a str, Person<'a>>::new();
    for (ix, milestone) in roadmap.milestones() {
        if let Some(owner) = milestone.owner.as_deref() {
            let person = people.entry(owner).or_default();
            let is_open = facts.milestone(ix).is_open;
            person.milestones.extend(is_open.then_some(milestone.id.as_str()));
        }
    }
    for (ix, issue) in roadmap.issues() {
        let own = facts.issue(ix);
        for name in issue.assignees() {
            let person = people.entry(name).or_default();
            person.done += usize::from(own.status == Status::Done);
            person.open += usize::from(issue.is_open());
            person.unknown += usize::from(issue.known_state().is_none());
            person.blocked += usize::from(own.status == Status::Blocked);
            person.overdue += usize::from(own.overdue.is_some());
        }
    }
    let mut people: Vec<_> = people.into_iter().map(|(name, person)| Person { name, ..person }).collect();
    people.sort_by_key(|person| (std::cmp::Reverse(person.open + person.unknown), person.name));
    people
}
