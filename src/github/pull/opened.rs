//! Issues that people opened in the roadmap's milestones or with one of its labels, and that no source says.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    github::{
        actual::Actual,
        desired::Desired,
        identity::Lost,
        remote::{IssueName, Reason, RemoteIssue},
        state::label_key,
        text::taken_over,
    },
    model::Id,
    source::{AppliedIssue, Lock, LockItem, schema::StateReason},
};

/// An issue that a source could say. Its texts are whoever's who opened it: they are data wherever they go.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its number.
    pub number: u64,
    /// Its REST id.
    pub id: u64,
    /// The id that it was given by a run that was cut off before the source had it.
    pub reserved: Option<String>,
    /// What it is called.
    pub title: String,
    /// What is to be done; empty where nobody said.
    pub body: String,
    /// Its milestone, where that is the roadmap's.
    pub milestone: Option<Id>,
    /// The keys of its labels that are the roadmap's.
    pub known: Vec<String>,
    /// The names of its other labels.
    pub others: Vec<String>,
    /// Its type.
    pub kind: Option<String>,
    /// What it is a part of.
    pub parent: Option<IssueName>,
    /// What it waits for.
    pub blocked_by: Vec<IssueName>,
}

/// Whether an entry only keeps an id for an issue that the source does not say yet.
fn is_reserved(line: &LockItem<AppliedIssue>) -> bool {
    line.number.is_some() && line.id.is_some() && line.applied == AppliedIssue::default()
}

/// The issues that people opened, by ascending number.
pub fn opened(desired: &Desired, actual: &Actual, lock: &Lock) -> Vec<Opened> {
    let (world, identity) = (&actual.world, &actual.identity);
    let taken = taken(actual);
    let owners: BTreeMap<_, _> =
        lock.issues.iter().filter_map(|(key, line)| Some((line.number?, (key, line)))).collect();
    let labels = identity.labels.iter().filter_map(|(key, seen)| Some((key, seen.as_ref().ok()?)));
    let labels: BTreeMap<_, _> =
        labels.map(|(key, seen)| (label_key(&world.labels[seen.at].name), key)).collect();
    let milestones = identity.milestones.iter().filter_map(|(id, seen)| Some((id, seen.as_ref().ok()?)));
    let milestones: BTreeMap<_, _> =
        milestones.map(|(id, seen)| (world.milestones[seen.at].number, id)).collect();
    let mut found = Vec::new();
    for (at, issue) in world.issues.iter().enumerate() {
        let milestone = issue.milestone.and_then(|number| milestones.get(&number));
        let (known, others): (Vec<_>, Vec<_>) =
            issue.labels.iter().partition(|name| labels.contains_key(&label_key(name)));
        let is_ours = milestone.is_some() || !known.is_empty();
        if !is_ours || taken.contains(&issue.number) || is_dropped(issue) {
            continue;
        }
        let owner = owners.get(&issue.number);
        if owner.is_some_and(|(key, line)| {
            !is_reserved(line) || line.id != Some(issue.id) || desired.state.issues.contains_key(key.as_str())
        }) {
            continue;
        }
        let body = &identity.bodies[at];
        // Another roadmap's, or a copy: the plan's notes name it.
        if body.marker.is_some() {
            continue;
        }
        let blockers = world.blocked_by.as_ref().and_then(|all| all.get(&issue.number));
        found.push(Opened {
            number: issue.number,
            id: issue.id,
            reserved: owner.map(|(key, _)| (*key).clone()),
            title: issue.title.trim().to_owned(),
            body: taken_over(&body.text),
            milestone: milestone.map(|id| (*id).clone()),
            known: known
                .into_iter()
                .filter_map(|name| labels.get(&label_key(name)).map(|it| (*it).clone()))
                .collect(),
            others: others.into_iter().cloned().collect(),
            kind: issue.kind.clone(),
            parent: issue.parent.clone().flatten(),
            blocked_by: blockers.into_iter().flatten().map(|blocker| blocker.name.clone()).collect(),
        });
    }
    found
}

/// Closed and not done: nothing is planned of it.
fn is_dropped(issue: &RemoteIssue) -> bool {
    matches!(issue.state_reason, Some(Reason::Closed(reason)) if StateReason::is_dropped(reason))
}

/// The numbers of issues that are an item of the source, or may be one.
fn taken(actual: &Actual) -> BTreeSet<u64> {
    let (world, identity) = (&actual.world, &actual.identity);
    let mut taken: BTreeSet<_> = identity.copies.iter().map(|(_, at)| world.issues[*at].number).collect();
    for seen in identity.issues.values() {
        match seen {
            Ok(seen) => _ = taken.insert(world.issues[seen.at].number),
            Err(Lost::Ambiguous(_, numbers) | Lost::Alike(numbers)) => taken.extend(numbers),
            Err(Lost::Taken { number, .. } | Lost::Unmarked(number) | Lost::Gone(number, _)) => {
                _ = taken.insert(*number);
            }
            Err(Lost::New | Lost::Deleted(_)) => {}
        }
    }
    taken
}
