//! What is there and not wanted: what left the source, and further copies of what is in it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Base, Close, IssueRef, Operation, Prune, Pruned, Unmanaged, Uses, make::Making};
use crate::{
    github::{
        identity::{proves_issue, proves_milestone},
        remote::{IssueKey, RemoteLabel},
        state::{IssueState, label_key},
    },
    source::schema::{State, StateReason},
};

/// How many issues of nobody are told.
const MOST_STRANGERS: usize = 20;

/// Tells what left the source, and removes what may be.
pub(super) fn take(making: &mut Making<'_>) {
    labels(making);
    milestones(making);
    issues(making);
    copies(making);
    strangers(making);
}

fn labels(making: &mut Making<'_>) {
    let (world, lock) = (&making.actual.world, making.lock);
    let mut counts = BTreeMap::<String, Uses>::new();
    for name in world.issues.iter().flat_map(|issue| &issue.labels) {
        counts.entry(label_key(name)).or_default().issues += 1;
    }
    for name in world.pull_labels.values().flatten() {
        counts.entry(label_key(name)).or_default().pulls += 1;
    }
    let found: Vec<_> =
        making.actual.identity.labels.values().flatten().map(|seen| world.labels[seen.at].id).collect();
    for line in lock.labels.values() {
        let label = world.labels.iter().find(|label| Some(label.id) == line.id);
        let is_left = |label: &RemoteLabel| !found.contains(&label.id) && !making.merged.contains(&label.id);
        let Some(label) = label.filter(|label| is_left(label)) else { continue };
        let (name, uses) =
            (label.name.clone(), counts.get(&label_key(&label.name)).copied().unwrap_or_default());
        let is_ours = making.proven_labels.contains(&label_key(&label.name));
        if is_ours && making.options.prune.contains(&Prune::Labels) {
            let pruned = Pruned::Label { name, uses };
            making.prunes.push(Operation::Prune { pruned, base: Base::of_label(label) });
        } else {
            making.plan.unmanaged.push(Unmanaged::Label { name, uses });
        }
    }
}

fn milestones(making: &mut Making<'_>) {
    let (world, lock) = (&making.actual.world, making.lock);
    let found = making.actual.identity.milestones.values().flatten();
    let found: BTreeSet<_> = found.map(|seen| world.milestones[seen.at].number).collect();
    for (id, line) in &lock.milestones {
        let milestone = world.milestones.iter().find(|milestone| Some(milestone.number) == line.number);
        let Some(milestone) = milestone else { continue };
        if making.desired.state.milestones.contains_key(id.as_str()) || found.contains(&milestone.number) {
            continue;
        }
        let uses = Uses {
            issues: world.issues.iter().filter(|issue| issue.milestone == Some(milestone.number)).count(),
            pulls: world.pull_milestones.values().filter(|it| **it == milestone.number).count(),
        };
        let (id, number, title) = (id.clone(), milestone.number, milestone.title.clone());
        // One that was renamed since may be another one by now.
        if making.options.prune.contains(&Prune::Milestones) && proves_milestone(line, milestone) {
            let pruned = Pruned::Milestone { id, number, title, uses };
            making.prunes.push(Operation::Prune { pruned, base: Base::of_milestone(milestone) });
        } else {
            making.plan.unmanaged.push(Unmanaged::Milestone { id, number, title, uses });
        }
    }
}

fn issues(making: &mut Making<'_>) {
    let (world, lock) = (&making.actual.world, making.lock);
    let found: BTreeSet<_> = making.actual.identity.issues.values().flatten().map(|seen| seen.at).collect();
    for (id, line) in &lock.issues {
        let Some(number) = line.number.filter(|_| !making.desired.state.issues.contains_key(id.as_str()))
        else {
            continue;
        };
        let Ok(at) = world.issues.binary_search_by_key(&number, |issue| issue.number) else { continue };
        if found.contains(&at) {
            continue;
        }
        let issue = &world.issues[at];
        let is_open = issue.state == State::Open;
        let body = &making.actual.identity.bodies[at];
        let is_ours = proves_issue(id, line, issue, body);
        if is_open && is_ours && making.options.prune.contains(&Prune::Issues) {
            let close = Close::Pruned(id.clone());
            let becomes = IssueState::Closed(Some(StateReason::NotPlanned));
            making.closes.push(closing(issue.id, number, becomes, close));
        } else {
            let (id, title) = (id.clone(), issue.title.clone());
            making.plan.unmanaged.push(Unmanaged::Issue { id, number, title, is_open });
        }
    }
}

/// Closes further copies where that was asked for; else they are told.
fn copies(making: &mut Making<'_>) {
    let identity = &making.actual.identity;
    for (id, at) in &identity.copies {
        let issue = &making.actual.world.issues[*at];
        if issue.state == State::Closed {
            continue;
        }
        if making.options.adopt_oldest {
            let close = Close::Duplicate(id.clone());
            let becomes = IssueState::Closed(Some(StateReason::Duplicate));
            making.closes.push(closing(issue.id, issue.number, becomes, close));
        } else {
            let number = issue.number;
            let note = format!(
                "#{number} has the marker of `{id}` as well: `--adopt oldest` closes it as a duplicate"
            );
            making.note(note);
        }
    }
}

fn closing(id: u64, number: u64, becomes: IssueState, close: Close) -> Operation {
    let issue = IssueRef::There { item: None, key: IssueKey { id, number } };
    Operation::CloseIssue { issue, was: IssueState::Open, becomes, close }
}

/// Tells of issues that have a marker which nobody knows: of another roadmap, or of a lock that was lost.
fn strangers(making: &mut Making<'_>) {
    let locked: BTreeSet<_> = making.lock.issues.values().filter_map(|line| line.number).collect();
    let issues = making.actual.world.issues.iter().zip(&making.actual.identity.bodies);
    let strange = issues.filter_map(|(issue, body)| {
        let marker = body.marker.as_deref()?;
        let is_known = making.desired.state.issues.contains_key(making.desired.key_of(marker).as_str())
            || locked.contains(&issue.number);
        (!is_known && issue.state == State::Open).then(|| (issue.number, marker.to_owned()))
    });
    let strange: Vec<_> = strange.take(MOST_STRANGERS).collect();
    for (number, marker) in strange {
        making.note(format!(
            "#{number} has the marker of `{marker}`, which neither the source nor the lock knows"
        ));
    }
}
