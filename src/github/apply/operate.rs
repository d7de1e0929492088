//! One operation, done.

use super::{Apply, Outcome, Stop, change, change::Side, left};
use crate::{
    github::{
        api::{IssueChange, Reader, Refused, Writer},
        plan::{Base, Done, Field, IssueRef, LabelField, MilestoneField, NewIssue, Operation, Pruned},
        remote::{Fetched, IssueKey, IssueName, RemoteIssue, RemoteLabel},
        state::{IssueState, Label, Milestone},
    },
    model::Id,
    source::schema::{State, StateReason},
};

/// Why something was left alone.
const CHANGED: &str = "it was changed in GitHub since it was planned";
const GONE: &str = "it is not there any more";

impl Apply<'_> {
    /// Does one operation.
    pub(super) fn operate(&mut self, operation: &Operation) -> Result<Outcome, Stop> {
        match operation {
            Operation::CreateLabel { label, .. } => self.create_label(label),
            Operation::ChangeLabel { id, fields, base, .. } => self.change_label(*id, base, fields),
            Operation::CreateMilestone { milestone, .. } => self.create_milestone(milestone),
            Operation::ChangeMilestone { key, fields, base, .. } => self.change_milestone(*key, base, fields),
            Operation::CreateIssue { item, issue, .. } => self.create_issue(item, issue),
            Operation::ChangeIssue { key, fields, base, .. } => {
                let Some(wish) = change::issue(fields, Side::Becomes, |milestone| self.milestone(milestone))
                else {
                    return Ok(Outcome::Waits);
                };
                self.change_issue(key.number, base, &wish)
            }
            Operation::SetParent { issue, was, becomes } => {
                self.set_parent(issue, was.as_ref(), becomes.as_ref())
            }
            Operation::AddBlocker { issue, blocker } => self.relate(issue, blocker, true),
            Operation::RemoveBlocker { issue, blocker } => self.relate(issue, blocker, false),
            Operation::CloseIssue { issue, becomes, .. } => {
                let Some(key) = self.key(issue) else { return Ok(Outcome::Waits) };
                let reason = if let IssueState::Closed(reason) = becomes { *reason } else { None };
                self.set_state(key, State::Open, (State::Closed, reason))
            }
            Operation::ReopenIssue { key, .. } => self.set_state(*key, State::Closed, (State::Open, None)),
            Operation::AddLabel { number, label, .. } => self.add_label(*number, label),
            Operation::MergeLabel { id, into, base, .. } => self.merge_label(*id, into, base),
            Operation::Prune { pruned, base } => self.prune(pruned, base),
            Operation::SetFields { issue, fields } => self.set_fields(issue, fields),
        }
    }

    fn create_label(&mut self, label: &Label) -> Result<Outcome, Stop> {
        match self.writer.create_label(&change::new_label(label)) {
            Ok(made) => Ok(Outcome::Done(Some(Done::Label(made.id)))),
            // Names are unique: were it made twice, the second would be refused.
            Err(Refused::Unknown(why)) => match self.settle_label(&label.name, &why)? {
                Some(id) => Ok(Outcome::Done(Some(Done::Label(id)))),
                None => Ok(Outcome::Left(why)),
            },
            Err(refused) => left(refused),
        }
    }

    fn change_label(&mut self, id: u64, base: &Base, fields: &[LabelField]) -> Result<Outcome, Stop> {
        let labels = self.writer.labels()?;
        let Some(now) = labels.iter().find(|label| label.id == id) else { return gone() };
        if !base.holds(&Base::of_label(now)) {
            return changed();
        }
        let wish = change::label(fields, Side::Becomes);
        match self.writer.update_label(&now.name, &wish) {
            // It may be the answer that was lost: under its former name it is not there any more then.
            Err(refused @ (Refused::Missing(_) | Refused::Unknown(_))) => {
                let is_it = |label: &RemoteLabel| label.id == id && Some(&label.name) == wish.name.as_ref();
                if self.writer.labels()?.iter().any(is_it) { Ok(Outcome::Done(None)) } else { left(refused) }
            }
            written => done(written),
        }
    }

    fn create_milestone(&mut self, milestone: &Milestone) -> Result<Outcome, Stop> {
        match self.writer.create_milestone(&change::new_milestone(milestone)) {
            Ok(made) => {
                let key = IssueKey { id: made.id, number: made.number };
                Ok(Outcome::Done(Some(Done::Milestone(key))))
            }
            // As with labels.
            Err(Refused::Unknown(why)) => match self.settle_milestone(&milestone.title, &why)? {
                Some(key) => Ok(Outcome::Done(Some(Done::Milestone(key)))),
                None => Ok(Outcome::Left(why)),
            },
            Err(refused) => left(refused),
        }
    }

    fn change_milestone(
        &mut self,
        key: IssueKey,
        base: &Base,
        fields: &[MilestoneField],
    ) -> Result<Outcome, Stop> {
        let milestones = self.writer.milestones()?;
        let Some(now) = milestones.iter().find(|milestone| milestone.id == key.id) else { return gone() };
        if !base.holds(&Base::of_milestone(now)) {
            return changed();
        }
        done(self.writer.update_milestone(key.number, &change::milestone(fields, Side::Becomes)))
    }

    fn create_issue(&mut self, item: &Id, issue: &NewIssue) -> Result<Outcome, Stop> {
        if let Some(key) = self.made.issues.get(item) {
            return Ok(Outcome::Left(format!(
                "it was made as #{}, which GitHub does not list yet",
                key.number
            )));
        }
        let milestone = match &issue.milestone {
            Some(milestone) => match self.milestone(milestone) {
                Some(number) => Some(number),
                None => return Ok(Outcome::Waits),
            },
            None => None,
        };
        self.ledger.intend(item)?;
        match self.writer.create_issue(&change::new_issue(issue, milestone)) {
            Ok(made) => {
                self.wrote(&made);
                let key = IssueKey { id: made.id, number: made.number };
                Ok(Outcome::Done(Some(Done::Issue(key))))
            }
            Err(Refused::Unknown(why)) => {
                let key = self.settle_issue(item, &why)?;
                Ok(Outcome::Done(Some(Done::Issue(key))))
            }
            Err(refused) => {
                // What was made without a part of it is entered as made, which settles it too.
                if !matches!(refused, Refused::Dropped { .. }) {
                    self.ledger.settled(item)?;
                }
                left(refused)
            }
        }
    }

    /// Changes an issue that is as it was planned against, or as this run left it.
    fn change_issue(&mut self, number: u64, base: &Base, wish: &IssueChange) -> Result<Outcome, Stop> {
        let now = match self.writer.issue(number)? {
            Fetched::Issue(now) => now,
            Fetched::Gone(gone) => return Ok(Outcome::Left(gone.words())),
        };
        if !self.is_as_planned(&now, base) {
            return changed();
        }
        self.update(number, wish)
    }

    /// Opens or closes an issue that is in the other state.
    pub(super) fn set_state(
        &mut self,
        key: IssueKey,
        was: State,
        becomes: (State, Option<StateReason>),
    ) -> Result<Outcome, Stop> {
        match self.writer.issue(key.number)? {
            Fetched::Issue(now) if now.state == was => {
                let wish = IssueChange { state: Some(becomes), ..IssueChange::default() };
                self.update(key.number, &wish)
            }
            Fetched::Issue(_) => changed(),
            Fetched::Gone(gone) => Ok(Outcome::Left(gone.words())),
        }
    }

    fn update(&mut self, number: u64, wish: &IssueChange) -> Result<Outcome, Stop> {
        match self.writer.update_issue(number, wish) {
            Ok(written) => {
                self.wrote(&written);
                Ok(Outcome::Done(None))
            }
            Err(refused) => left(refused),
        }
    }

    fn is_as_planned(&self, now: &RemoteIssue, base: &Base) -> bool {
        self.made.written.get(&now.number).unwrap_or(base).holds(&Base::of_issue(now))
    }

    pub(super) fn set_parent(
        &mut self,
        issue: &IssueRef,
        was: Option<&IssueRef>,
        becomes: Option<&IssueRef>,
    ) -> Result<Outcome, Stop> {
        let Some(child) = self.key(issue) else { return Ok(Outcome::Waits) };
        if matches!(issue, IssueRef::There { .. }) {
            let now = match self.writer.issue(child.number)? {
                Fetched::Issue(now) => now,
                Fetched::Gone(gone) => return Ok(Outcome::Left(gone.words())),
            };
            let was = was.and_then(|was| self.place(was));
            let is_done = match becomes {
                Some(parent) => self.place(parent).is_some_and(|parent| now.parent == Some(Some(parent))),
                None => now.parent == Some(None),
            };
            if is_done {
                return Ok(Outcome::Done(None));
            }
            if now.parent.is_some_and(|parent| parent != was) {
                return changed();
            }
        }
        match (becomes, was) {
            (Some(parent), _) => match self.place(parent) {
                Some(parent) => {
                    let written = self.writer.set_parent(&parent, child);
                    if matches!(written, Err(Refused::Unknown(_)))
                        && let Fetched::Issue(now) = self.writer.issue(child.number)?
                        && now.parent.flatten().is_some_and(|now| now == parent)
                    {
                        return Ok(Outcome::Done(None));
                    }
                    let ends = [parent, IssueName::here(child.number)];
                    self.related(written, ends, "sub-issues", Field::Parent)
                }
                None => Ok(Outcome::Waits),
            },
            (None, Some(was)) => match self.place(was) {
                Some(was) => done(self.writer.unset_parent(&was, child)),
                None => Ok(Outcome::Done(None)),
            },
            (None, None) => Ok(Outcome::Done(None)),
        }
    }

    /// Lets an issue wait for another, or no more.
    fn relate(&mut self, issue: &IssueRef, blocker: &IssueRef, waits: bool) -> Result<Outcome, Stop> {
        match (self.key(issue), self.blocker(blocker)) {
            (Some(issue), Some(blocker)) => {
                let written = match waits {
                    true => self.writer.add_blocker(issue.number, &blocker),
                    false => self.writer.remove_blocker(issue.number, &blocker),
                };
                if matches!(written, Err(Refused::Unknown(_)))
                    && let Some(now) = self.writer.blocked_by(issue.number)?
                    && now.iter().any(|now| now.id == blocker.id) == waits
                {
                    return Ok(Outcome::Done(None));
                }
                let ends = [IssueName::here(issue.number), blocker.name];
                self.related(written, ends, "dependencies", Field::BlockedBy)
            }
            _ => Ok(Outcome::Waits),
        }
    }

    /// What became of a relation. Where both of its ends are there and GitHub finds it missing, it is the kind of relation
    /// that is.
    fn related(
        &self,
        written: Result<(), Refused>,
        ends: [IssueName; 2],
        feature: &str,
        field: Field,
    ) -> Result<Outcome, Stop> {
        if let Err(Refused::Missing(_)) = &written {
            for name in ends {
                let fetched = match &name.repository {
                    Some(_) => self.writer.elsewhere(&name)?,
                    None => self.writer.issue(name.number)?,
                };
                if let Fetched::Gone(gone) = fetched {
                    return Ok(Outcome::Left(format!("{name}: {}", gone.words())));
                }
            }
            let field = field.key();
            let why = "this server knows none, or the token may not set them";
            return Ok(Outcome::Lacking(format!("{feature} are left as they are: {why} (`{field}`)")));
        }
        done(written)
    }

    fn prune(&mut self, pruned: &Pruned, base: &Base) -> Result<Outcome, Stop> {
        match pruned {
            Pruned::Label { name, .. } => {
                let labels = self.writer.labels()?;
                match labels.iter().find(|label| label.name == *name) {
                    Some(now) if !base.holds(&Base::of_label(now)) => changed(),
                    Some(_) => done(self.writer.delete_label(name)),
                    None => Ok(Outcome::Done(None)),
                }
            }
            Pruned::Milestone { number, .. } => {
                let milestones = self.writer.milestones()?;
                match milestones.iter().find(|milestone| milestone.number == *number) {
                    Some(now) if !base.holds(&Base::of_milestone(now)) => changed(),
                    Some(_) => done(self.writer.delete_milestone(*number)),
                    None => Ok(Outcome::Done(None)),
                }
            }
        }
    }
}

/// What became of a write that makes nothing.
pub(super) fn done<T>(written: Result<T, Refused>) -> Result<Outcome, Stop> {
    match written {
        Ok(_) => Ok(Outcome::Done(None)),
        Err(refused) => left(refused),
    }
}

pub(super) fn changed() -> Result<Outcome, Stop> {
    Ok(Outcome::Left(CHANGED.into()))
}

fn gone() -> Result<Outcome, Stop> {
    Ok(Outcome::Left(GONE.into()))
}
