//! What a repository holds, read once: whole lists, and what the lock names that no list told.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    api::Reader,
    fields::Fillable,
    remote::{Blocker, Fetched, Gone, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone, Repository},
};
use crate::{io::Failure, source::Lock};

/// All that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// The repository.
    pub repository: Repository,
    /// Its labels.
    pub labels: Vec<RemoteLabel>,
    /// Its milestones, closed ones too.
    pub milestones: Vec<RemoteMilestone>,
    /// Its issues, closed ones too, by ascending number.
    pub issues: Vec<RemoteIssue>,
    /// What issues wait for, by their numbers: of those that were asked for. `None` where this server knows no such
    /// relation.
    pub blocked_by: Option<BTreeMap<u64, Vec<Blocker>>>,
    /// What became of issues that the lock names and that are none of the repository's any more, by number.
    pub gone: BTreeMap<u64, Gone>,
    /// What the names of issues in other repositories lead to: of those that the roadmap relates to.
    pub elsewhere: BTreeMap<IssueName, Fetched>,
    /// Pull requests that carry a marker: the ids in those, by number.
    pub pulls: BTreeMap<u64, String>,
    /// The labels of pull requests that have any, by number.
    pub pull_labels: BTreeMap<u64, Vec<String>>,
    /// The milestones of pull requests that have one, by number.
    pub pull_milestones: BTreeMap<u64, u64>,
    /// The organization's issue fields, where the source maps something to them.
    pub fillable: Fillable,
}

impl World {
    /// Reads the lists. An issue that the lock names and the list lacks is asked for by itself: lists may lag.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn read(reader: &dyn Reader, lock: &Lock) -> Result<Self, Failure> {
        let repository = reader.repository()?;
        let (labels, milestones) = (reader.labels()?, reader.milestones()?);
        let mut issues = reader.issues()?;
        let listed: BTreeSet<_> = issues.iter().map(|issue| issue.number).collect();
        let locked: BTreeSet<_> = lock.issues.values().filter_map(|line| line.number).collect();
        let (pulls, pull_labels) = (reader.marked_pulls(), reader.labelled_pulls());
        let pull_milestones = reader.planned_pulls();
        let mut gone = BTreeMap::new();
        for number in locked.difference(&listed) {
            match reader.issue(*number)? {
                Fetched::Issue(issue) => issues.push(*issue),
                Fetched::Gone(why) => {
                    gone.insert(*number, why);
                }
            }
        }
        issues.sort_by_key(|issue| issue.number);
        issues.dedup_by_key(|issue| issue.number);
        let blocked_by = Some(BTreeMap::new());
        let (fillable, elsewhere) = (Fillable::default(), BTreeMap::new());
        Ok(Self {
            repository,
            labels,
            milestones,
            issues,
            blocked_by,
            gone,
            elsewhere,
            pulls,
            pull_labels,
            pull_milestones,
            fillable,
        })
    }

    /// Reads what these issues wait for. One that waits for nothing is known without asking.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(crate) fn read_blockers(
        &mut self,
        reader: &dyn Reader,
        wanted: &BTreeSet<u64>,
    ) -> Result<(), Failure> {
        let mut known = BTreeMap::new();
        for issue in self.issues.iter().filter(|issue| wanted.contains(&issue.number)) {
            if issue.blockers == Some(0) {
                known.insert(issue.number, Vec::new());
                continue;
            }
            let Some(blockers) = reader.blocked_by(issue.number)? else {
                self.blocked_by = None;
                return Ok(());
            };
            known.insert(issue.number, blockers);
        }
        self.blocked_by = Some(known);
        Ok(())
    }

    /// Asks what these names of issues in other repositories lead to.
    ///
    /// # Errors
    /// Where GitHub cannot be read.
    pub(crate) fn read_elsewhere(
        &mut self,
        reader: &dyn Reader,
        names: &BTreeSet<IssueName>,
    ) -> Result<(), Failure> {
        for name in names {
            self.elsewhere.insert(name.clone(), reader.elsewhere(name)?);
        }
        Ok(())
    }
}
