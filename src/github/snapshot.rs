//! What the lock keeps of what GitHub says: states and days, from which builds tell progress.

use super::{
    actual::Actual,
    identity::Lost,
    remote::{Fetched, Gone, IssueName, Reason, RemoteIssue, RemoteMilestone},
};
use crate::{
    model::Day,
    source::{Lock, LockElsewhere, LockItem, Remote},
};

/// Brings the lock up to date with what was read: states and days of what was found, and the day of asking. What was
/// applied stays, since nothing was.
pub(crate) fn refresh(lock: &mut Lock, actual: &Actual, today: Day) {
    let Actual { identity, world, .. } = actual;
    lock.repository = Some(world.repository.full_name.clone());
    lock.snapshot_on = Some(today.to_string());
    for (key, seen) in &identity.labels {
        if let Ok(seen) = seen {
            let remote = &world.labels[seen.at];
            let known = lock.labels.values().any(|line| line.id == Some(remote.id));
            if !known {
                lock.labels.entry(key.clone()).or_default().id = Some(remote.id);
            }
        }
    }
    for (id, seen) in &identity.milestones {
        let Ok(seen) = seen else {
            // What GitHub has no more it says nothing of.
            lock.milestones.get_mut(id.key()).into_iter().for_each(|line| line.remote = Remote::default());
            continue;
        };
        let remote = &world.milestones[seen.at];
        let line = lock.milestones.entry(id.key().into()).or_default();
        number(line, (remote.number, remote.id));
        line.remote = of_milestone(remote);
    }
    for (id, seen) in &identity.issues {
        let Ok(seen) = seen else {
            lock.issues.get_mut(id.key()).into_iter().for_each(|line| line.remote = Remote::default());
            continue;
        };
        let remote = &world.issues[seen.at];
        let line = lock.issues.entry(id.key().into()).or_default();
        number(line, (remote.number, remote.id));
        line.remote = of_issue(remote);
    }
    lock.elsewhere = world.elsewhere.iter().filter_map(elsewhere).collect();
}

/// What the lock names and GitHub says nothing of, a line each.
pub(crate) fn unseen(lock: &Lock, actual: &Actual) -> Vec<String> {
    let identity = &actual.identity;
    let milestones = identity.milestones.iter().filter_map(|(id, seen)| {
        let (number, lost) = (lock.milestones.get(id.key())?.number?, seen.as_ref().err()?);
        Some(format!("milestone #{number} of `{id}`: {}", words(lost)))
    });
    let issues = identity.issues.iter().filter_map(|(id, seen)| {
        let (number, lost) = (lock.issues.get(id.key())?.number?, seen.as_ref().err()?);
        Some(format!("#{number} of `{id}`: {}", words(lost)))
    });
    milestones.chain(issues).collect()
}

/// Why an item that the lock names has no place.
fn words(lost: &Lost) -> String {
    match lost {
        Lost::New | Lost::Deleted(_) => Gone::Deleted.words(),
        Lost::Gone(_, gone) => gone.words(),
        Lost::Taken { marker, .. } => format!("it is `{marker}` by its marker"),
        Lost::Unmarked(_) => "it lacks the marker".into(),
        Lost::Ambiguous(..) | Lost::Alike(_) => "several or others could be it: see `roadbook plan`".into(),
    }
}

/// What the lock keeps of an issue in another repository.
fn elsewhere((name, fetched): (&IssueName, &Fetched)) -> Option<(String, LockElsewhere)> {
    match fetched {
        Fetched::Issue(issue) => {
            Some((name.key(), LockElsewhere { id: Some(issue.id), remote: of_issue(issue) }))
        }
        Fetched::Gone(_) => None,
    }
}

/// Gives an entry its numbers. What was applied to something of other numbers was not applied to this.
fn number<A: Default>(line: &mut LockItem<A>, (number, id): (u64, u64)) {
    if line.number.is_some_and(|known| known != number) || line.id.is_some_and(|known| known != id) {
        line.applied = A::default();
    }
    (line.number, line.id) = (Some(number), Some(id));
}

/// What the lock keeps of a milestone.
pub(crate) fn of_milestone(milestone: &RemoteMilestone) -> Remote {
    Remote {
        state: Some(milestone.state),
        state_reason: None,
        closed_on: milestone.closed_on.map(|day| day.to_string()),
        due_on: milestone.due_on.map(|day| day.to_string()),
    }
}

/// What the lock keeps of an issue.
pub(crate) fn of_issue(issue: &RemoteIssue) -> Remote {
    let reason = match issue.state_reason {
        Some(Reason::Closed(reason)) => Some(reason),
        Some(Reason::Reopened) | None => None,
    };
    Remote {
        state: Some(issue.state),
        state_reason: reason,
        closed_on: issue.closed_on.map(|day| day.to_string()),
        due_on: None,
    }
}
