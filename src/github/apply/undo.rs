//! The last apply, taken back: titles, bodies, labels, dates, states and relations. What it made stays, and so does what
//! somebody changed since.

use std::collections::{BTreeMap, BTreeSet};

use super::{Apply, Outcome, Round, Stop, change, change::Side, name, operate::done};
use crate::{
    github::{
        api::{Reader, Writer},
        identity::{is_called, is_label_of, label_proofs, proves_milestone},
        journal::Deed,
        normal,
        plan::{
            Change, Close, FieldChange, IssueField, IssueRef, LabelField, MilestoneField, Operation,
            SetChange,
        },
        remote::{IssueKey, Reason, RemoteIssue, RemoteLabel, RemoteMilestone},
        state::label_key,
        text::Body,
    },
    io::Failure,
    model::Id,
    source::schema::{State, StateReason},
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
        let to_do = deeds.iter().enumerate().rev().filter(|(_, deed)| !stays(&deed.operation));
        let mut renamed = renamed(deeds);
        for (at, deed) in to_do {
            // A run that was cut off may not have written it into the lock.
            if deed.is_undone {
                deed.restore(&mut self.ledger.lock);
                continue;
            }
            let name = name(&deed.operation);
            (self.progress)(&format!("undo: {name}"));
            match self.take_back(&deed.operation, &renamed)? {
                Outcome::Done(_) => {
                    self.ledger.take_back(at, deed)?;
                    new_name(deed).into_iter().for_each(|(was, _)| drop(renamed.remove(&was)));
                    self.done += 1;
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

    fn take_back(
        &mut self,
        operation: &Operation,
        renamed: &BTreeMap<String, String>,
    ) -> Result<Outcome, Stop> {
        if !self.is_ours(operation)? {
            return leave(NOT_OURS);
        }
        match operation {
            Operation::CreateLabel { .. }
            | Operation::CreateMilestone { .. }
            | Operation::CreateIssue { .. }
            | Operation::Prune { .. } => leave(GONE),
            Operation::ChangeLabel { id, fields, .. } => self.change_label_back(*id, fields),
            Operation::ChangeMilestone { item, key, fields, .. } => {
                self.change_milestone_back(item, *key, fields)
            }
            Operation::ChangeIssue { item, key, fields, .. } => {
                self.change_issue_back(item, *key, fields, renamed)
            }
            Operation::SetParent { issue, was, becomes } => {
                self.set_parent(issue, becomes.as_ref(), was.as_ref())
            }
            Operation::AddBlocker { issue, blocker } => self.unrelate(issue, blocker, true),
            Operation::RemoveBlocker { issue, blocker } => self.unrelate(issue, blocker, false),
            Operation::CloseIssue { issue, .. } => match self.key(issue) {
                Some(key) => self.set_state_back(key, State::Closed, (State::Open, None)),
                None => leave(GONE),
            },
            Operation::ReopenIssue { key, was, .. } => {
                self.set_state_back(*key, State::Open, (State::Closed, *was))
            }
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
            // A change is held against what is there by itself: where it is taken back already, nothing has to be proven.
            Operation::ChangeLabel { .. }
            | Operation::ChangeMilestone { .. }
            | Operation::ChangeIssue { .. }
            | Operation::CreateLabel { .. }
            | Operation::CreateMilestone { .. }
            | Operation::CreateIssue { .. }
            | Operation::Prune { .. } => Ok(true),
            Operation::AddLabel { label: name, .. } | Operation::MergeLabel { into: name, .. } => {
                self.is_proven(name)
            }
            Operation::ReopenIssue { item, key, .. } => self.is_marked(*key, item.key()),
            Operation::SetParent { issue, .. }
            | Operation::AddBlocker { issue, .. }
            | Operation::RemoveBlocker { issue, .. }
            | Operation::SetFields { issue, .. } => self.is_ref_marked(issue),
            Operation::CloseIssue { issue, close, .. } => match (close, self.key(issue)) {
                (Close::Said, _) => self.is_ref_marked(issue),
                (_, None) => Ok(true),
                (Close::Pruned(id), Some(key)) => self.is_marked(key, &id.to_lowercase()),
                (Close::Duplicate(id), Some(key)) => {
                    Ok(self.is_marked(key, id.key())? || self.is_copy(key, id)?)
                }
            },
        }
    }

    /// Whether there is a label of this name, and the lock proves it to be the roadmap's.
    fn is_proven(&self, name: &str) -> Result<bool, Stop> {
        let proofs = label_proofs(&self.ledger.lock);
        let labels = self.writer.labels()?;
        let now = labels.iter().find(|label| label_key(&label.name) == label_key(name));
        Ok(now.is_some_and(|now| is_label_of(&proofs, now)))
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
        Ok(is_of(&now, key, item))
    }

    /// Whether an issue is what was closed as a copy of an item: one without a marker, by its title.
    fn is_copy(&self, key: IssueKey, id: &Id) -> Result<bool, Stop> {
        let Some(now) = self.writer.issue(key.number)?.issue() else { return Ok(true) };
        let kept = self.ledger.lock.issues.get(id.key()).and_then(|line| line.applied.title.get());
        let is_closed = now.state_reason == Some(Reason::Closed(StateReason::Duplicate));
        Ok(now.id == key.id && is_closed && is_called(&now.title, id, kept.map(String::as_str)))
    }

    fn change_label_back(&mut self, id: u64, fields: &[LabelField]) -> Result<Outcome, Stop> {
        let labels = self.writer.labels()?;
        let Some(now) = labels.iter().find(|label| label.id == id) else { return leave(GONE) };
        let is = |side| fields.iter().all(|field| label_is(now, field, side));
        let is_ours = || is_label_of(&label_proofs(&self.ledger.lock), now);
        match before_back(is, is_ours) {
            Some(outcome) => Ok(outcome),
            None => done(self.writer.update_label(&now.name, &change::label(fields, Side::Was))),
        }
    }

    fn change_milestone_back(
        &mut self,
        item: &Id,
        key: IssueKey,
        fields: &[MilestoneField],
    ) -> Result<Outcome, Stop> {
        let milestones = self.writer.milestones()?;
        let Some(now) = milestones.iter().find(|milestone| milestone.id == key.id) else {
            return leave(GONE);
        };
        let is = |side| fields.iter().all(|field| milestone_is(now, field, side));
        let line = self.ledger.lock.milestones.get(item.key());
        let is_ours = || now.number == key.number && line.is_some_and(|line| proves_milestone(line, now));
        match before_back(is, is_ours) {
            Some(outcome) => Ok(outcome),
            None => done(self.writer.update_milestone(key.number, &change::milestone(fields, Side::Was))),
        }
    }

    /// Gives an issue what it had, of the labels only those that are there: GitHub would make others without a word.
    fn change_issue_back(
        &mut self,
        item: &Id,
        key: IssueKey,
        fields: &[IssueField],
        renamed: &BTreeMap<String, String>,
    ) -> Result<Outcome, Stop> {
        let Some(now) = self.writer.issue(key.number)?.issue() else { return leave(GONE) };
        let mut fields = fields.to_vec();
        for field in &mut fields {
            if let IssueField::Labels(labels) = field {
                self.under_new_names(labels, renamed)?;
            }
        }
        let is = |side| fields.iter().all(|field| self.issue_is(&now, field, side));
        if let Some(outcome) = before_back(is, || is_of(&now, key, item.key())) {
            return Ok(outcome);
        }
        match change::issue(&fields, Side::Was, |milestone| self.milestone(milestone)) {
            Some(wish) => done(self.writer.update_issue(key.number, &wish)),
            None => leave(GONE),
        }
    }

    /// The labels that an issue had, as far as they are there, as they are called now.
    fn under_new_names(
        &self,
        labels: &mut SetChange,
        renamed: &BTreeMap<String, String>,
    ) -> Result<(), Failure> {
        let there: BTreeSet<_> = self.writer.labels()?.iter().map(|label| label_key(&label.name)).collect();
        let now = |name: &String| renamed.get(&label_key(name)).unwrap_or(name).clone();
        labels.was = labels.was.iter().map(now).filter(|name| there.contains(&label_key(name))).collect();
        Ok(())
    }

    /// Opens or closes an issue again, where that is not done yet.
    fn set_state_back(
        &mut self,
        key: IssueKey,
        is: State,
        was: (State, Option<StateReason>),
    ) -> Result<Outcome, Stop> {
        match self.writer.issue(key.number)?.issue() {
            Some(now) if now.state == was.0 => Ok(Outcome::Done(None)),
            _ => self.set_state(key, is, was),
        }
    }

    fn unrelate(&mut self, issue: &IssueRef, blocker: &IssueRef, was_added: bool) -> Result<Outcome, Stop> {
        match (self.key(issue), self.blocker(blocker)) {
            (Some(issue), Some(blocker)) if was_added => {
                done(self.writer.remove_blocker(issue.number, &blocker))
            }
            (Some(issue), Some(blocker)) => done(self.writer.add_blocker(issue.number, &blocker)),
            _ => leave(GONE),
        }
    }

    /// Whether a field is as we left it, or as it was before.
    fn issue_is(&self, now: &RemoteIssue, field: &IssueField, side: Side) -> bool {
        match field {
            IssueField::Title(title) => now.title == *side.of(title),
            // Here a tick counts as well: the old body would take it away.
            IssueField::Body(body) => normal::text(&now.body) == normal::text(side.of(body).as_str()),
            IssueField::Labels(SetChange { was, becomes, .. }) => {
                normal::same_names(&now.labels, if side == Side::Was { was } else { becomes })
            }
            IssueField::Assignees(logins) => normal::same_logins(&now.assignees, side.of(logins).as_slice()),
            IssueField::Milestone(milestone) => {
                now.milestone == side.of(milestone).as_ref().and_then(|milestone| self.milestone(milestone))
            }
            IssueField::Kind(kind) => {
                let folded = |kind: &Option<String>| kind.as_deref().map(normal::folded);
                folded(&now.kind) == folded(side.of(kind))
            }
            IssueField::StateReason(reason) => now.state_reason == Some(Reason::Closed(*side.of(reason))),
            IssueField::Parent(_)
            | IssueField::BlockedBy(_)
            | IssueField::State(_)
            | IssueField::Custom(_) => true,
        }
    }
}

/// The names that labels got, by the keys of those that they had: of what is not taken back yet.
fn renamed(deeds: &[Deed]) -> BTreeMap<String, String> {
    deeds.iter().filter(|deed| !deed.is_undone).filter_map(new_name).collect()
}

fn new_name(deed: &Deed) -> Option<(String, String)> {
    let Operation::ChangeLabel { fields, .. } = &deed.operation else { return None };
    fields.iter().find_map(|field| match field {
        LabelField::Name(Change { was, becomes }) => Some((label_key(was), becomes.clone())),
        LabelField::Color(_) | LabelField::Description(_) => None,
    })
}

fn label_is(now: &RemoteLabel, field: &LabelField, side: Side) -> bool {
    match field {
        LabelField::Name(name) => now.name == *side.of(name),
        LabelField::Color(color) => side.of(color).as_ref().is_none_or(|color| *color == now.color),
        LabelField::Description(text) => {
            now.description.as_deref().unwrap_or_default() == side.of(text).as_deref().unwrap_or_default()
        }
    }
}

fn milestone_is(now: &RemoteMilestone, field: &MilestoneField, side: Side) -> bool {
    match field {
        MilestoneField::Title(title) => now.title == *side.of(title),
        MilestoneField::Description(text) => {
            normal::text(now.description.as_deref().unwrap_or_default())
                == normal::text(side.of(text).as_deref().unwrap_or_default())
        }
        MilestoneField::DueOn(day) => now.due_on == *side.of(day),
        MilestoneField::State(state) => now.state == *side.of(state),
    }
}

/// Whether an issue has this REST id and carries the marker of this key.
fn is_of(now: &RemoteIssue, key: IssueKey, item: &str) -> bool {
    let marker = Body::read(&now.body).marker;
    now.id == key.id && marker.is_some_and(|marker| marker.eq_ignore_ascii_case(item))
}

/// What keeps a change from being taken back: it is as it was, by a run that was cut off or by somebody else; nothing proves it to
/// be ours; or it was changed since. `None` where nothing does.
fn before_back(is: impl Fn(Side) -> bool, is_ours: impl Fn() -> bool) -> Option<Outcome> {
    if is(Side::Was) {
        return Some(Outcome::Done(None));
    }
    let why = match (is_ours(), is(Side::Becomes)) {
        (true, true) => return None,
        (true, false) => CHANGED,
        (false, _) => NOT_OURS,
    };
    Some(Outcome::Left(why.into()))
}

fn leave(why: &str) -> Result<Outcome, Stop> {
    Ok(Outcome::Left(why.into()))
}
