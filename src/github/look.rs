//! From a reader to what a repository holds of a roadmap: the one way in which a plan comes by its world.

mod fields;

use std::collections::BTreeSet;

use super::{
    actual::{Actual, actual},
    api::Reader,
    desired::Desired,
    identity::identify,
    plan::Options,
    remote::{IssueName, Repository},
    world::World,
};
use crate::{
    io::{Failure, FailureKind},
    source::Lock,
};

/// Reads the repository and finds the roadmap's items in it.
///
/// # Errors
/// Where it cannot be read, has no issues, or the lock is another repository's.
pub(crate) fn look(
    reader: &dyn Reader,
    desired: &Desired,
    lock: &Lock,
    options: &Options,
) -> Result<Actual, Failure> {
    let mut world = World::read(reader, lock)?;
    refuse_other(lock, &world.repository.full_name)?;
    refuse_without_issues(&world.repository)?;
    let identity = identify(desired, &world, lock, options);
    let mut asked = BTreeSet::new();
    for (id, seen) in &identity.issues {
        let Some(wanted) = desired.state.issues.get(id) else { continue };
        if let Ok(seen) = seen
            && wanted.blocked_by.is_given()
        {
            let issue = &world.issues[seen.at];
            let waits = wanted.blocked_by.get().is_some_and(|blockers| !blockers.is_empty());
            // A server that does not count blockers is asked only where one is wanted or was.
            let waited =
                lock.issues.get(id.key()).is_some_and(|line| line.applied.blocked_by.get().is_some());
            if waits || waited || issue.blockers.is_some() {
                asked.insert(issue.number);
            }
        }
    }
    world.read_blockers(reader, &asked)?;
    fields::read(&mut world, reader, desired, &identity, lock)?;
    let elsewhere = desired.elsewhere();
    refuse_own(&elsewhere, &world.repository.full_name)?;
    world.read_elsewhere(reader, &elsewhere)?;
    Ok(actual(world, identity))
}

/// Refuses the repository's own issues by their full names: under `--repo`, or since it was renamed, another repository is this one.
fn refuse_own(elsewhere: &BTreeSet<IssueName>, repository: &str) -> Result<(), Failure> {
    let Some(own) = elsewhere.iter().find(|name| name.is_in(repository)) else { return Ok(()) };
    let message = format!("a relation leads to `{own}`, which is in `{repository}` itself");
    Err(Failure::new(FailureKind::GitHub, message)
        .help("name the issue by its id, and the roadmap's repository in `repository`"))
}

/// Refuses a repository without issues: all of them would seem to be gone.
fn refuse_without_issues(repository: &Repository) -> Result<(), Failure> {
    if repository.has_issues {
        return Ok(());
    }
    let name = &repository.full_name;
    Err(Failure::new(FailureKind::GitHub, format!("issues are switched off in `{name}`"))
        .help("switch them on in its settings: General, Features, Issues"))
}

/// Refuses a lock that speaks of another repository: its numbers are other issues here.
///
/// # Errors
/// Where it does.
pub(crate) fn refuse_other(lock: &Lock, repository: &str) -> Result<(), Failure> {
    match lock.repository.as_deref() {
        Some(known) if !known.eq_ignore_ascii_case(repository) => {
            let message = format!("the lock speaks of `{known}`, and this is `{repository}`");
            Err(Failure::new(FailureKind::GitHub, message).help(
                "in a copy of a template, delete the lock; where the repository was renamed, write its new name into the lock",
            ))
        }
        _ => Ok(()),
    }
}
