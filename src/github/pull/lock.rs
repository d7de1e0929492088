//! The lock after a pull: what both sides say alike is taken for applied, whoever said it first.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    github::{actual::Actual, desired::Desired, fields, plan::keys, snapshot},
    model::Day,
    source::{AppliedIssue, AppliedLabel, AppliedMilestone, FieldValues, Lock, LockItem, schema::Field},
};

/// The lock once the source says this, with the states and days that GitHub has. An item that the lock did not know is entered
/// where all that the source says of it is so: of one that differs, nobody knows who changed it. Where nothing but the day of
/// asking would change, nothing does.
pub(crate) fn settled(lock: &Lock, desired: &Desired, actual: &Actual, today: Day) -> Lock {
    let mut new = lock.clone();
    labels(&mut new, desired, actual);
    let renamed = label_keys(actual, lock);
    for line in new.issues.values_mut() {
        for key in line.applied.labels.get_mut().into_iter().flatten() {
            if let Some(now) = renamed.get(key) {
                key.clone_from(now);
            }
        }
    }
    milestones(&mut new, desired, actual);
    issues(&mut new, desired, actual);
    let known = Known::of(&new);
    snapshot::refresh(&mut new, actual, today);
    known.keep(&mut new);
    let day = new.snapshot_on.clone();
    new.snapshot_on.clone_from(&lock.snapshot_on);
    if new != *lock {
        new.snapshot_on = day;
    }
    new
}

/// The keys that labels have now, by those under which the lock knows them.
pub(super) fn label_keys(actual: &Actual, lock: &Lock) -> BTreeMap<String, String> {
    let there = actual.identity.labels.iter().filter_map(|(key, seen)| Some((key, seen.as_ref().ok()?)));
    let ids: BTreeMap<_, _> = there.map(|(key, seen)| (actual.world.labels[seen.at].id, key)).collect();
    let keys =
        lock.labels.iter().filter_map(|(was, line)| Some((was.clone(), (*ids.get(&line.id?)?).clone())));
    keys.filter(|(was, now)| was != now).collect()
}

/// A value that both sides say, or else the one that was applied.
fn agreed<T: PartialEq + Clone>(base: Field<T>, there: &Field<T>, owned: &Field<T>) -> Field<T> {
    match owned {
        Field::Absent => Field::Absent,
        owned if owned == there => owned.clone(),
        Field::Given(_) => base,
    }
}

fn labels(lock: &mut Lock, desired: &Desired, actual: &Actual) {
    for (key, seen) in &actual.identity.labels {
        let (Ok(seen), Some(wanted)) = (seen, desired.state.labels.get(key)) else { continue };
        let Some(there) = actual.state.labels.get(key) else { continue };
        let id = actual.world.labels[seen.at].id;
        let was = lock.labels.iter().find(|(_, line)| line.id == Some(id)).map(|(key, _)| key.clone());
        let line = was.as_ref().and_then(|was| lock.labels.get(was)).cloned();
        let (mut owned, there) = (keys::label(wanted), keys::label(there));
        if desired.unlisted.contains(key) {
            owned.name = Field::Absent;
        }
        let is_known = line.is_some();
        let line = line.unwrap_or_default();
        let AppliedLabel { name, color, description } = line.applied;
        let applied = AppliedLabel {
            name: agreed(name, &there.name, &owned.name),
            color: agreed(color, &there.color, &owned.color),
            description: agreed(description, &there.description, &owned.description),
        };
        if is_known || applied == owned {
            was.map(|was| lock.labels.remove(&was));
            lock.labels.insert(key.clone(), LockItem { id: Some(id), applied, ..line });
        }
    }
}

fn milestones(lock: &mut Lock, desired: &Desired, actual: &Actual) {
    for (id, seen) in &actual.identity.milestones {
        let (Ok(seen), Some(wanted)) = (seen, desired.state.milestones.get(id)) else { continue };
        let Some(there) = actual.state.milestones.get(id) else { continue };
        let remote = &actual.world.milestones[seen.at];
        let line = known(lock.milestones.get(id.key()), remote.number, remote.id);
        let (owned, there) = (keys::milestone(wanted), keys::milestone(there));
        let is_known = line.is_some();
        let line = line.unwrap_or_default();
        let AppliedMilestone { title, description, due_on, state } = line.applied;
        let applied = AppliedMilestone {
            title: agreed(title, &there.title, &owned.title),
            description: agreed(description, &there.description, &owned.description),
            due_on: agreed(due_on, &there.due_on, &owned.due_on),
            state: agreed(state, &there.state, &owned.state),
        };
        if is_known || applied == owned {
            let (number, rest) = (Some(remote.number), Some(remote.id));
            lock.milestones.insert(id.key().into(), LockItem { number, id: rest, applied, ..line });
        }
    }
}

fn issues(lock: &mut Lock, desired: &Desired, actual: &Actual) {
    for (id, seen) in &actual.identity.issues {
        let (Ok(seen), Some(wanted)) = (seen, desired.state.issues.get(id)) else { continue };
        let Some(there) = actual.state.issues.get(id) else { continue };
        let remote = &actual.world.issues[seen.at];
        let line = known(lock.issues.get(id.key()), remote.number, remote.id);
        let (owned, there) = (keys::issue(wanted), keys::issue(there));
        let is_known = line.is_some();
        let line = line.unwrap_or_default();
        let applied = issue(line.applied, &there, &owned);
        if is_known || applied == owned {
            let (number, rest) = (Some(remote.number), Some(remote.id));
            lock.issues.insert(id.key().into(), LockItem { number, id: rest, applied, ..line });
        }
    }
}

fn issue(base: AppliedIssue, there: &AppliedIssue, owned: &AppliedIssue) -> AppliedIssue {
    let AppliedIssue {
        title,
        body,
        labels,
        assignees,
        milestone,
        kind,
        parent,
        blocked_by,
        state,
        state_reason,
        fields,
    } = base;
    AppliedIssue {
        title: agreed(title, &there.title, &owned.title),
        body: agreed(body, &there.body, &owned.body),
        labels: agreed_labels(labels, &there.labels, &owned.labels),
        assignees: agreed(assignees, &there.assignees, &owned.assignees),
        milestone: agreed(milestone, &there.milestone, &owned.milestone),
        kind: agreed(kind, &there.kind, &owned.kind),
        parent: agreed(parent, &there.parent, &owned.parent),
        blocked_by: agreed(blocked_by, &there.blocked_by, &owned.blocked_by),
        state: agreed(state, &there.state, &owned.state),
        state_reason: agreed(state_reason, &there.state_reason, &owned.state_reason),
        fields: filled(&fields, &there.fields, &owned.fields),
    }
}

/// Of the labels that an issue has, ours are those that the source names, and those put on from here that it no longer does:
/// the next apply takes them off.
fn agreed_labels(
    base: Field<Vec<String>>,
    there: &Field<Vec<String>>,
    owned: &Field<Vec<String>>,
) -> Field<Vec<String>> {
    let on: BTreeSet<_> = there.get().into_iter().flatten().collect();
    let are_on = owned.get().into_iter().flatten().all(|key| on.contains(key));
    match owned {
        Field::Given(Some(owned)) if are_on => {
            let ours = base.get().into_iter().flatten().filter(|key| on.contains(key));
            let all: BTreeSet<_> = owned.iter().chain(ours).cloned().collect();
            Field::Given(Some(all.into_iter().collect()))
        }
        Field::Given(_) if !are_on => base,
        owned => owned.clone(),
    }
}

/// The same for each issue field by itself.
fn filled(
    base: &Field<FieldValues>,
    there: &Field<FieldValues>,
    owned: &Field<FieldValues>,
) -> Field<FieldValues> {
    let keys = [base, owned].into_iter().filter_map(Field::get).flat_map(|FieldValues(values)| values.keys());
    let value = |key: &String| {
        let [base, there, owned] = [base, there, owned].map(|side| fields::of(side, key));
        // What the source says no longer is taken away by the next apply, which asks what was applied.
        let applied = if owned.is_absent() { base } else { agreed(base, &there, &owned) };
        (key.clone(), applied)
    };
    fields::kept(&keys.map(value).collect())
}

/// An entry, where it is of this number and REST id.
fn known<A: Clone>(line: Option<&LockItem<A>>, number: u64, id: u64) -> Option<LockItem<A>> {
    line.filter(|line| line.number == Some(number) && line.id.is_none_or(|known| known == id)).cloned()
}

/// The items that a lock knows.
struct Known {
    labels: BTreeSet<String>,
    milestones: BTreeSet<String>,
    issues: BTreeSet<String>,
}

impl Known {
    fn of(lock: &Lock) -> Self {
        Self {
            labels: lock.labels.keys().cloned().collect(),
            milestones: lock.milestones.keys().cloned().collect(),
            issues: lock.issues.keys().cloned().collect(),
        }
    }

    /// Takes out whatever else the lock has come to know.
    fn keep(&self, lock: &mut Lock) {
        lock.labels.retain(|key, _| self.labels.contains(key));
        lock.milestones.retain(|key, _| self.milestones.contains(key));
        lock.issues.retain(|key, _| self.issues.contains(key));
    }
}
