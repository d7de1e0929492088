//! The last apply, taken back: titles, bodies, labels, dates, states and relations. What it made stays, and so does what
//! somebody changed since.

use super::{Apply, Outcome, Round, Stop, change, change::Side, name, operate::done};
use crate::{
    github::{
        api::{Reader, Writer},
        identity::{is_label_of, label_proofs, proves_milestone},
        journal::Deed,
        normal,
        plan::{Close, FieldChange, IssueField, IssueRef, LabelField, MilestoneField, Operation},
        remote::{IssueKey, Reason, RemoteIssue, RemoteLabel, RemoteMilestone},
        state::label_key,
        text::Body,
    },
    source::schema::State,
};

const CHANGED: &str = "it was changed in GitHub since, and is left as it is";
const GONE: &str = "it is not there any more";
const NOT_OURS: &str = "nothing in GitHub says that it is the roadmap's, and it is left as it is";

/// Whether an operation cannot be taken back: what was made is people's by now, and what was removed is gone.
pub(crate) fn stays(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::CreateLabel { .. }
            | Operation::CreateMilestone { .. }
            | Operation::CreateIssue { .. }
            | Operation::Prune { .. }
    )
}

impl Apply<'_> {
    /// Takes back what was done, last things first.
    ///
    /// # Errors
    /// Where nothing more can be done; what was taken back until then stands in the lock.
    pub(crate) fn undo(&mut self, deeds: &[Deed]) -> Result<Round, Stop> {
        self.recall(deeds);
        let mut round = Round::default();
        for deed in deeds.iter().rev().filter(|deed| !stays(&deed.operation)) {
            let name = name(&deed.operation);
            (self.progress)(&format!("undo: {name}"));
            match self.take_back(&deed.operation)? {
                Outcome::Done(_) => {
                    // A label that is made again has another id than its entry.
                    let is_made = matches!(deed.operation, Operation::MergeLabel { .. });
                    let before = deed.before.iter().filter(|_| !is_made);
                    before.for_each(|before| before.put(&mut self.ledger.lock));
                    round.done += 1;
                }
                Outcome::Unfilled { dropped, .. } => round.drop(&deed.operation, &dropped),
                Outcome::Partly { why, .. } | Outcome::Left(why) | Outcome::Lacking(why) => {
                    round.left.push(format!("{name}: {why}"));
                }
                Outcome::Waits => round.waiting += 1,
            }
        }
        round.tell_dropped();
        self.ledger.write()?;
        Ok(round)
    }

    /// Keeps the numbers of what was made, which other operations refer to.
    fn recall(&mut self, deeds: &[Deed]) {
        deeds.iter().for_each(|deed| self.remember(&deed.operation, deed.done));
    }

    fn take_back(&mut self, operation: &Operation) -> Result<Outcome, Stop> {
        if !self.is_ours(operation)? {
            return Ok(Outcome::Left(NOT_OURS.into()));
        }
        match operation {
            Operation::CreateLabel { .. }
            | Operation::CreateMilestone { .. }
            | Operation::CreateIssue { .. }
            | Operation::Prune { .. } => other(false),
            Operation::ChangeLabel { id, fields, .. } => self.change_label_back(*id, fields),
            Operation::ChangeMilestone { key, fields, .. } => self.change_milestone_back(*key, fields),
            Operation::ChangeIssue { key, fields, .. } => self.change_issue_back(*key, fields),
            Operation::SetParent { issue, was, becomes } => {
                self.set_parent(issue, becomes.as_ref(), was.as_ref())
            }
            Operation::AddBlocker { issue, blocker } => self.unrelate(issue, blocker, true),
            Operation::RemoveBlocker { issue, blocker } => self.unrelate(issue, blocker, false),
            Operation::CloseIssue { issue, .. } => match self.key(issue) {
                Some(key) => self.set_state(key, State::Closed, (State::Open, None)),
                None => other(false),
            },
            Operation::ReopenIssue { key, .. } => self.set_state(*key, State::Open, (State::Closed, None)),
            Operation::AddLabel { number, label, .. } => done(self.writer.remove_label(*number, label)),
            Operation::MergeLabel { merged, numbers, .. } => self.unmerge(merged, numbers),
            Operation::SetFields { issue, fields } => {
                self.set_fields(issue, &fields.iter().map(FieldChange::reversed).collect::<Vec<_>>())
            }
        }
    }

    /// Whether what an operation changed is the roadmap's, by what GitHub says and not by the journal alone: that is a file
    /// which anybody can bring along.
    fn is_ours(&self, operation: &Operation) -> Result<bool, Stop> {
        match operation {
            Operation::CreateLabel { .. }
            | Operation::CreateMilestone { .. }
            | Operation::CreateIssue { .. }
            | Operation::Prune { .. } => Ok(true),
            Operation::ChangeLabel { id, .. } => Ok(self.is_proven(|label| label.id == *id)?.unwrap_or(true)),
            Operation::AddLabel { label: name, .. } | Operation::MergeLabel { into: name, .. } => {
                Ok(self.is_proven(|label| label_key(&label.name) == label_key(name))?.unwrap_or(false))
            }
            Operation::ChangeMilestone { item, key, .. } => {
                let line = self.ledger.lock.milestones.get(item.key());
                let milestones = self.writer.milestones()?;
                let now = milestones.iter().find(|milestone| milestone.id == key.id);
                let proves = |now| line.is_some_and(|line| proves_milestone(line, now));
                Ok(now.is_none_or(|now| now.number == key.number && proves(now)))
            }
            Operation::ChangeIssue { item, key, .. } | Operation::ReopenIssue { item, key } => {
                self.is_marked(*key, item.key())
            }
            Operation::SetParent { issue, .. }
            | Operation::AddBlocker { issue, .. }
            | Operation::RemoveBlocker { issue, .. }
            | Operation::SetFields { issue, .. } => self.is_ref_marked(issue),
            Operation::CloseIssue { issue, close, .. } => match (close, self.key(issue)) {
                (Close::Said, _) => self.is_ref_marked(issue),
                (_, None) => Ok(true),
                (Close::Pruned(id), Some(key)) => self.is_marked(key, &id.to_lowercase()),
                (Close::Duplicate(id), Some(key)) => self.is_marked(key, id.key()),
            },
        }
    }

    /// Whether the lock proves a label to be the roadmap's; `None` where there is no such label.
    fn is_proven(&self, is_it: impl Fn(&RemoteLabel) -> bool) -> Result<Option<bool>, Stop> {
        let proofs = label_proofs(&self.ledger.lock);
        let labels = self.writer.labels()?;
        Ok(labels.iter().find(|label| is_it(label)).map(|now| is_label_of(&proofs, now)))
    }

    /// Whether what an operation names carries the marker of an item of ours.
    fn is_ref_marked(&self, issue: &IssueRef) -> Result<bool, Stop> {
        match issue {
            IssueRef::There { item: Some(item), key } => self.is_marked(*key, item.key()),
            IssueRef::There { item: None, .. } | IssueRef::Elsewhere { .. } => Ok(false),
            IssueRef::Made { made } => match self.key(issue) {
                Some(key) => self.is_marked(key, made.key()),
                None => Ok(true),
            },
        }
    }

    /// Whether an issue has this REST id and carries the marker of this key; one that is gone is nobody's.
    fn is_marked(&self, key: IssueKey, item: &str) -> Result<bool, Stop> {
        let Some(now) = self.writer.issue(key.number)?.issue() else { return Ok(true) };
        let marker = Body::read(&now.body).marker;
        Ok(now.id == key.id && marker.is_some_and(|marker| marker.eq_ignore_ascii_case(item)))
    }

    fn change_label_back(&mut self, id: u64, fields: &[LabelField]) -> Result<Outcome, Stop> {
        let labels = self.writer.labels()?;
        match labels.iter().find(|label| label.id == id) {
            Some(now) if fields.iter().all(|field| label_is(now, field)) => {
                done(self.writer.update_label(&now.name, &change::label(fields, Side::Was)))
            }
            now => other(now.is_some()),
        }
    }

    fn change_milestone_back(&mut self, key: IssueKey, fields: &[MilestoneField]) -> Result<Outcome, Stop> {
        let milestones = self.writer.milestones()?;
        match milestones.iter().find(|milestone| milestone.id == key.id) {
            Some(now) if fields.iter().all(|field| milestone_is(now, field)) => {
                done(self.writer.update_milestone(key.number, &change::milestone(fields, Side::Was)))
            }
            now => other(now.is_some()),
        }
    }

    fn change_issue_back(&mut self, key: IssueKey, fields: &[IssueField]) -> Result<Outcome, Stop> {
        match self.writer.issue(key.number)?.issue() {
            Some(now) if fields.iter().all(|field| self.issue_is(&now, field)) => {
                let wish = change::issue(fields, Side::Was, |milestone| self.milestone(milestone));
                match wish {
                    Some(wish) => done(self.writer.update_issue(key.number, &wish)),
                    None => other(false),
                }
            }
            now => other(now.is_some()),
        }
    }

    fn unrelate(&mut self, issue: &IssueRef, blocker: &IssueRef, was_added: bool) -> Result<Outcome, Stop> {
        match (self.key(issue), self.blocker(blocker)) {
            (Some(issue), Some(blocker)) if was_added => {
                done(self.writer.remove_blocker(issue.number, &blocker))
            }
            (Some(issue), Some(blocker)) => done(self.writer.add_blocker(issue.number, &blocker)),
            _ => other(false),
        }
    }

    /// Whether a field is still as we left it.
    fn issue_is(&self, now: &RemoteIssue, field: &IssueField) -> bool {
        match field {
            IssueField::Title(title) => now.title == title.becomes,
            // Here a tick counts as well: the old body would take it away.
            IssueField::Body(body) => normal::text(&now.body) == normal::text(&body.becomes),
            IssueField::Labels(labels) => normal::same_names(&now.labels, &labels.becomes),
            IssueField::Assignees(logins) => normal::same_logins(&now.assignees, &logins.becomes),
            IssueField::Milestone(milestone) => {
                now.milestone == milestone.becomes.as_ref().and_then(|milestone| self.milestone(milestone))
            }
            IssueField::Kind(kind) => now.kind == kind.becomes,
            IssueField::StateReason(reason) => now.state_reason == Some(Reason::Closed(reason.becomes)),
            IssueField::Parent(_)
            | IssueField::BlockedBy(_)
            | IssueField::State(_)
            | IssueField::Custom(_) => true,
        }
    }
}

fn label_is(now: &RemoteLabel, field: &LabelField) -> bool {
    match field {
        LabelField::Name(name) => now.name == name.becomes,
        LabelField::Color(color) => color.becomes.as_ref().is_none_or(|color| *color == now.color),
        LabelField::Description(text) => {
            now.description.as_deref().unwrap_or_default() == text.becomes.as_deref().unwrap_or_default()
        }
    }
}

fn milestone_is(now: &RemoteMilestone, field: &MilestoneField) -> bool {
    match field {
        MilestoneField::Title(title) => now.title == title.becomes,
        MilestoneField::Description(text) => {
            normal::text(now.description.as_deref().unwrap_or_default())
                == normal::text(text.becomes.as_deref().unwrap_or_default())
        }
        MilestoneField::DueOn(day) => now.due_on == day.becomes,
        MilestoneField::State(state) => now.state == state.becomes,
    }
}

fn other(is_there: bool) -> Result<Outcome, Stop> {
    Ok(Outcome::Left(if is_there { CHANGED } else { GONE }.into()))
}
