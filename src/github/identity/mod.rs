//! Which issue is `DB-001`? The lock says, else the marker, else the title; the first that says it of exactly one.
//!
//! Each way of looking is gone through for all items before the next one, so that nothing is taken for another item that
//! a better way would have found. What the lock says counts only where GitHub confirms it: see [`Trust`].

mod found;
mod issues;
mod names;
mod titles;
mod trust;

use std::collections::BTreeMap;

pub(crate) use found::Found;
pub(crate) use titles::is_called;
pub(crate) use trust::{Trust, is_label_of, label_proofs, proves_issue, proves_milestone};

use super::{desired::Desired, options::Options, remote::Gone, text::Body, world::World};
use crate::{model::Id, source::Lock};

/// Where in the world an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Its place in its list of the world.
    pub(crate) at: usize,
    /// How it was found.
    pub(crate) found: Found,
    /// How far it is known what was last applied to it.
    pub(crate) trust: Trust,
}

/// Why an item has no place in the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lost {
    /// Nothing there could be it: it is to be made.
    New,
    /// The lock knows it, and it is gone.
    Deleted(Option<u64>),
    /// The issue of this number became something else, or is not to be seen.
    Gone(u64, Gone),
    /// Several could be it: their numbers.
    Ambiguous(Found, Vec<u64>),
    /// Issues of these numbers have titles that begin with its id, and are otherwise titled; milestones may as well be called almost
    /// as it is.
    Alike(Vec<u64>),
    /// What has its number in the lock is another item.
    Taken {
        /// The number.
        number: u64,
        /// Which one, by its marker or by another line of the lock.
        marker: String,
    },
    /// What has its number in the lock carries no marker, nor its title: it may be anybody's.
    Unmarked(u64),
}

/// Which item is which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The labels, by key.
    pub(crate) labels: BTreeMap<String, Result<Seen, Lost>>,
    /// The milestones.
    pub(crate) milestones: BTreeMap<Id, Result<Seen, Lost>>,
    /// The issues.
    pub(crate) issues: BTreeMap<Id, Result<Seen, Lost>>,
    /// Further copies of issues that were found: places in the list of issues.
    pub(crate) copies: Vec<(Id, usize)>,
    /// The bodies of all issues of the world, read.
    pub(crate) bodies: Vec<Body>,
}

/// Finds every wanted item.
pub fn identify(desired: &Desired, world: &World, lock: &Lock, options: &Options) -> Identity {
    let bodies: Vec<_> = world.issues.iter().map(|issue| Body::read(&issue.body)).collect();
    let (issues, copies) = issues::find(desired, world, &bodies, lock, options);
    Identity {
        labels: names::labels(desired, world, lock, options),
        milestones: names::milestones(desired, world, lock, options),
        issues,
        copies,
        bodies,
    }
}

#[cfg(test)]
mod tests;
