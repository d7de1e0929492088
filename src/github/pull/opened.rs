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
pub(crate) struct Opened {
    /// Its number.
    pub(crate) number: u64,
    /// Its REST id.
    pub(crate) id: u64,
    /// The id that it was given by a run that was cut off before the source had it.
    pub(crate) reserved: Option<String>,
    /// What it is called.
    pub(crate) title: String,
    /// What is to be done; empty where nobody said.
    pub(crate) body: String,
    /// Its milestone, where that is the roadmap's.
    pub(crate) milestone: Option<Id>,
    /// The keys of its labels that are the roadmap's.
    pub(crate) known: Vec<String>,
    /// The names of its other labels.
    pub(crate) others: Vec<String>,
    /// Its type.
    pub(crate) kind: Option<String>,
    /// What it is a part of.
    pub(crate) parent: Option<IssueName>,
    /// What it waits for.
    pub(crate) blocked_by: Vec<IssueName>,
}

/// The issues that people opened, by ascending number.
pub(crate) fn opened(desired: &Desired, actual: &Actual, lock: &Lock) -> Vec<Opened> {
    let (world, identity) = (&actual.world, &actual.identity);
    let taken = taken(actual);
    let owners = owners(lock);
    let (labels, milestones) = (own_labels(actual), own_milestones(actual));
    let mut found = Vec::new();
    for (at, issue) in world.issues.iter().enumerate() {
        let milestone = issue.milestone.and_then(|number| milestones.get(&number));
        let known: Vec<_> = issue.labels.iter().filter_map(|name| labels.get(&label_key(name))).collect();
        let others = issue.labels.iter().filter(|name| !labels.contains_key(&label_key(name)));
        let is_ours = milestone.is_some() || !known.is_empty();
        let owner = owners.get(&issue.number);
        let is_known = |(key, line): &(&String, &LockItem<AppliedIssue>)| {
            !is_reserved(line, issue) || desired.state.issues.contains_key(key.as_str())
        };
        let body = &identity.bodies[at];
        // What has a marker is another roadmap's, or a copy: the plan's notes name it.
        let is_others = taken.contains(&issue.number) || owner.is_some_and(is_known) || body.marker.is_some();
        if !is_ours || is_others || is_dropped(issue) {
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
            known: known.into_iter().map(|key| (*key).clone()).collect(),
            others: others.cloned().collect(),
            kind: issue.kind.clone(),
            parent: issue.parent.clone().flatten(),
            blocked_by: blockers.into_iter().flatten().map(|blocker| blocker.name.clone()).collect(),
        });
    }
    found
}

/// The keys and entries of issues that the lock knows, by their numbers.
fn owners(lock: &Lock) -> BTreeMap<u64, (&String, &LockItem<AppliedIssue>)> {
    lock.issues.iter().filter_map(|(key, line)| Some((line.number?, (key, line)))).collect()
}

/// The keys of the roadmap's labels, by the keys of their names in GitHub.
fn own_labels(actual: &Actual) -> BTreeMap<String, &String> {
    let seen = actual.identity.labels.iter().filter_map(|(key, seen)| Some((key, seen.as_ref().ok()?)));
    seen.map(|(key, seen)| (label_key(&actual.world.labels[seen.at].name), key)).collect()
}

/// The roadmap's milestones, by their numbers.
fn own_milestones(actual: &Actual) -> BTreeMap<u64, &Id> {
    let seen = actual.identity.milestones.iter().filter_map(|(id, seen)| Some((id, seen.as_ref().ok()?)));
    seen.map(|(id, seen)| (actual.world.milestones[seen.at].number, id)).collect()
}

/// Whether an entry only keeps an id for an issue that the source does not say yet.
fn is_reserved(line: &LockItem<AppliedIssue>, issue: &RemoteIssue) -> bool {
    line.number.is_some() && line.id == Some(issue.id) && line.applied == AppliedIssue::default()
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
