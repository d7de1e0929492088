//! The lock: what GitHub said last.

use std::collections::BTreeMap;

use super::schema::{State, StateReason};

/// What GitHub said last, as far as builds read it.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// The repository.
    pub repository: Option<String>,
    /// The day of the snapshot.
    pub snapshot_on: Option<String>,
    /// Milestones by id in lower case.
    pub milestones: BTreeMap<String, LockItem>,
    /// Issues by id in lower case.
    pub issues: BTreeMap<String, LockItem>,
    /// Labels by name in lower case.
    pub labels: BTreeMap<String, LockItem>,
}

/// One item of the lock.
#[derive(Debug, Clone, Default)]
pub struct LockItem {
    /// GitHub's number.
    pub number: Option<u64>,
    /// GitHub's state.
    pub remote: Remote,
}

/// GitHub's state of an item.
#[derive(Debug, Clone, Default)]
pub struct Remote {
    /// Open or closed.
    pub state: Option<State>,
    /// Why closed.
    pub state_reason: Option<StateReason>,
    /// The day it was closed.
    pub closed_on: Option<String>,
    /// The due day.
    pub due_on: Option<String>,
}
