//! The repository as the lock knows it, for a plan without a network: what was last applied is taken for what is there.

use super::{
    api::Reader,
    desired::Desired,
    fields::{self, OrgFields},
    remote::{
        Blocker, Fetched, Gone, IssueName, Reason, RemoteIssue, RemoteLabel, RemoteMilestone, Repository,
    },
    text::fingerprint,
};
use crate::{
    io::Failure,
    model::{Day, Id},
    source::{AppliedIssue, Lock, LockItem, schema::State},
};

/// Reads the lock. The lock keeps of a body only whether it has changed: one that has not is the source's own. An export names
/// no REST ids: where a line has none, what it has a number or a name for is there all the same, under an id of this
/// reader's.
pub(crate) struct Offline<'a> {
    /// The lock.
    pub(crate) lock: &'a Lock,
    /// What is wanted.
    pub(crate) desired: &'a Desired,
}

impl Offline<'_> {
    fn one(&self, key: &str, line: &LockItem<AppliedIssue>) -> Option<RemoteIssue> {
        let applied = &line.applied;
        let wanted = self.desired.state.issues.get_key_value(key);
        let title = wanted.map(|(_, issue)| issue.title.clone()).unwrap_or_default();
        let body = wanted.and_then(|(_, issue)| issue.body.get());
        let body = body.filter(|body| fingerprint(&body.text).as_ref() == applied.body.get());
        // Without the network the lock is taken at its word: nothing is written.
        let id = wanted.map_or_else(|| Id::new(key), |(id, _)| Some(id.clone()))?;
        let body = body.cloned().unwrap_or_default().written(&id);
        Some(RemoteIssue {
            id: line.id.or(line.number)?,
            number: line.number?,
            title: applied.title.get().cloned().unwrap_or(title),
            body,
            state: line.remote.state.or(applied.state.get().copied()).unwrap_or(State::Open),
            state_reason: line.remote.state_reason.map(Reason::Closed),
            labels: applied.labels.get().cloned().unwrap_or_default(),
            assignees: applied.assignees.get().cloned().unwrap_or_default(),
            milestone: applied.milestone.get().and_then(|key| match key.strip_prefix('#') {
                Some(number) => number.parse().ok(),
                None => self.lock.milestones.get(key)?.number,
            }),
            kind: applied.kind.get().cloned(),
            parent: Some(applied.parent.get().and_then(|key| self.name(key))),
            blockers: Some(applied.blocked_by.get().map_or(0, Vec::len) as u64),
            fields: Some(fields::locked(&self.desired.mappings, &applied.fields)),
            updated_at: String::new(),
            closed_on: line.remote.closed_on.as_deref().and_then(Day::parse),
            is_locked: false,
        })
    }
}

impl Offline<'_> {
    /// What a relation of the lock leads to.
    fn name(&self, key: &str) -> Option<IssueName> {
        IssueName::parse(key).or_else(|| Some(IssueName::here(self.lock.issues.get(key)?.number?)))
    }
}

impl Reader for Offline<'_> {
    fn repository(&self) -> Result<Repository, Failure> {
        let full_name = self.lock.repository.clone().unwrap_or_default();
        Ok(Repository { full_name, can_push: true, has_issues: true, is_archived: false })
    }

    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure> {
        let labels = (1..).zip(&self.lock.labels).map(|(place, (key, line))| RemoteLabel {
            id: line.id.unwrap_or(u64::MAX - place),
            name: line.applied.name.get().unwrap_or(key).clone(),
            color: line.applied.color.get().cloned().unwrap_or_default(),
            description: line.applied.description.get().cloned(),
        });
        Ok(labels.collect())
    }

    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure> {
        let milestones = self.lock.milestones.iter().filter_map(|(key, line)| {
            let (applied, remote) = (&line.applied, &line.remote);
            let title = self.desired.state.milestones.get(key.as_str()).map(|it| it.title.clone());
            Some(RemoteMilestone {
                id: line.id.or(line.number)?,
                number: line.number?,
                title: applied.title.get().cloned().or(title).unwrap_or_default(),
                description: applied.description.get().cloned(),
                due_on: applied.due_on.get().or(remote.due_on.as_ref()).and_then(|day| Day::parse(day)),
                state: remote.state.or(applied.state.get().copied()).unwrap_or(State::Open),
                closed_on: remote.closed_on.as_deref().and_then(Day::parse),
            })
        });
        Ok(milestones.collect())
    }

    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure> {
        let mut issues: Vec<_> =
            self.lock.issues.iter().filter_map(|(key, line)| self.one(key, line)).collect();
        issues.sort_by_key(|issue| issue.number);
        Ok(issues)
    }

    fn issue(&self, _: u64) -> Result<Fetched, Failure> {
        Ok(Fetched::Gone(Gone::Hidden))
    }

    /// One that no snapshot saw is taken for an issue, whose REST id is not known.
    fn elsewhere(&self, name: &IssueName) -> Result<Fetched, Failure> {
        let known = self.lock.elsewhere.get(&name.key());
        let remote = known.map(|known| known.remote.clone()).unwrap_or_default();
        Ok(Fetched::Issue(Box::new(RemoteIssue {
            id: known.and_then(|known| known.id).unwrap_or_default(),
            number: name.number,
            title: String::new(),
            body: String::new(),
            state: remote.state.unwrap_or(State::Open),
            state_reason: remote.state_reason.map(Reason::Closed),
            labels: Vec::new(),
            assignees: Vec::new(),
            milestone: None,
            kind: None,
            parent: None,
            blockers: None,
            updated_at: String::new(),
            closed_on: remote.closed_on.as_deref().and_then(Day::parse),
            is_locked: false,
            fields: None,
        })))
    }

    fn blocked_by(&self, number: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        let line = self.lock.issues.values().find(|line| line.number == Some(number));
        let keys = line.and_then(|line| line.applied.blocked_by.get()).into_iter().flatten();
        let blockers = keys.filter_map(|key| {
            let line = self.lock.issues.get(key).and_then(|line| line.id);
            let id = line.or_else(|| self.lock.elsewhere.get(key)?.id).unwrap_or_default();
            Some(Blocker { name: self.name(key)?, id })
        });
        Ok(Some(blockers.collect()))
    }

    fn org_fields(&self) -> Result<OrgFields, Failure> {
        Ok(fields::as_locked(&self.desired.mappings))
    }
}
