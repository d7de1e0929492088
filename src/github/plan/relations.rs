//! What is to be done with what an issue belongs to, what it waits for, and whether it is open.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Change, Close, Conflict, Field, IssueField, IssueRef, Item, Operation,
    decide::{Decided, Judge, Outcome},
    issues::Pair,
    make::Making,
};
use crate::{
    github::{
        identity::Trust,
        remote::Reason,
        state::{Issue, IssueLink, IssueState},
    },
    model::Id,
    source::{
        AppliedIssue,
        schema::{self, State, StateReason},
    },
};

impl Making<'_> {
    /// The relations and the state of an issue that is made: it is made open and alone.
    pub(super) fn relate_new(&mut self, id: &Id, wanted: &Issue, applied: &mut AppliedIssue) {
        let issue = IssueRef::Made { made: id.clone() };
        if let Some(parent) = wanted.parent.get() {
            if let Some(parent) = self.target(id, Field::Parent, parent) {
                let becomes = Some(parent);
                self.parents.push(Operation::SetParent { issue: issue.clone(), was: None, becomes });
            }
            applied.parent = schema::Field::Given(None);
        }
        let blockers = wanted.blocked_by.get().into_iter().flatten();
        if blockers.clone().next().is_some() {
            applied.blocked_by = schema::Field::Given(None);
        }
        self.block(id, &issue, blockers);
        if let Some(becomes @ IssueState::Closed(_)) = wanted.state.get().copied() {
            applied.state = schema::Field::Given(Some(State::Open));
            let (was, close) = (IssueState::Open, Close::Said);
            self.closes.push(Operation::CloseIssue { issue, was, becomes, close });
        }
    }

    /// Tells that what a relation leads to has no place.
    pub(super) fn unreached(&mut self, id: &Id, field: Field, to: Option<&IssueLink>) {
        if let Some(IssueLink::Ours(to)) = to {
            self.conflict(Conflict::Unreached { item: id.clone(), field, to: to.clone() });
        }
    }

    /// The milestone that an issue belongs to.
    pub(super) fn milestone_of(
        &mut self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<String> {
        let Pair { id, base, actual, owned, .. } = pair;
        let (outcome, applied) =
            self.judge(pair).decide(Field::Milestone, &base.milestone, &actual.milestone, &owned.milestone);
        if outcome == Outcome::Leave {
            return applied;
        }
        let (was, wanted) = (pair.there.milestone.get(), pair.wanted.milestone.get());
        // Whoever leaves a milestone may leave one that nothing is put into.
        let becomes = wanted.and_then(|whose| match outcome {
            Outcome::Theirs => self.milestone_ref(whose),
            _ => self.milestone_to_join(whose),
        });
        if wanted.is_some() && becomes.is_none() {
            self.unreached(id, Field::Milestone, wanted);
            return base.milestone.clone();
        }
        if self.is_strange(id, Field::Milestone, outcome, was) {
            return base.milestone.clone();
        }
        let change = Change { was: was.and_then(|whose| self.milestone_ref(whose)), becomes };
        decided.take(outcome, Field::Milestone, IssueField::Milestone(change), ours(was));
        applied
    }

    /// The issue that one is a part of.
    pub(super) fn parent(
        &mut self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<String> {
        let Pair { id, base, actual, owned, .. } = pair;
        if pair.wanted.parent.get().is_some() && actual.parent.is_absent() {
            self.note_unsaid("is a part of", Field::Parent);
        }
        let before = self.parent_before(pair);
        let (outcome, applied) =
            self.judge(pair).decide(Field::Parent, &before, &actual.parent, &owned.parent);
        if outcome == Outcome::Leave {
            return applied;
        }
        let (was, wanted) = (pair.there.parent.get(), pair.wanted.parent.get());
        let becomes = wanted.and_then(|whose| self.target(id, Field::Parent, whose));
        if wanted.is_some() && becomes.is_none() {
            return base.parent.clone();
        }
        if self.is_strange(id, Field::Parent, outcome, was) {
            return base.parent.clone();
        }
        let before = was.and_then(|whose| self.issue_ref(whose));
        if outcome == Outcome::Update {
            let issue = self.there(id, pair.seen.at);
            self.parents.push(Operation::SetParent { issue, was: before, becomes });
            return base.parent.clone();
        }
        decided.take(outcome, Field::Parent, IssueField::Parent(Change { was: before, becomes }), ours(was));
        applied
    }

    fn note_unsaid(&mut self, what: &str, field: Field) {
        let field = field.key();
        self.note(format!("this server does not say what an issue {what}: `{field}` is left as it is"));
    }

    /// What was last applied of what an issue is a part of, but for an issue that is about to be made.
    fn parent_before(&self, pair: &Pair<'_>) -> schema::Field<String> {
        let made = pair.wanted.parent.get().and_then(|whose| self.made_key(whose));
        match (&pair.base.parent, made) {
            (schema::Field::Given(Some(key)), Some(made)) if *key == made => schema::Field::Given(None),
            (before, _) => before.clone(),
        }
    }

    /// What the lock calls an issue that is about to be made: whatever the lock says of relations to it went with the one that was there
    /// before.
    fn made_key(&self, whose: &IssueLink) -> Option<String> {
        self.issue_ref(whose).filter(|it| matches!(it, IssueRef::Made { .. })).map(|it| it.lock_key())
    }

    /// What was last applied of what an issue waits for, but for issues that are about to be made.
    fn blockers_before(&self, pair: &Pair<'_>) -> schema::Field<Vec<String>> {
        let wanted = pair.wanted.blocked_by.get().into_iter().flatten();
        let made: Vec<_> = wanted.filter_map(|it| self.made_key(it)).collect();
        let mut before = pair.base.blocked_by.clone();
        if let schema::Field::Given(Some(keys)) = &mut before {
            keys.retain(|key| !made.contains(key));
        }
        before
    }

    /// The issues that one waits for.
    pub(super) fn blocked_by(
        &mut self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<Vec<String>> {
        let Pair { id, base, actual, owned, .. } = pair;
        if pair.wanted.blocked_by.get().is_some_and(|all| !all.is_empty()) && actual.blocked_by.is_absent() {
            self.note_unsaid("waits for", Field::BlockedBy);
        }
        let before = self.blockers_before(pair);
        let (mut outcome, applied) =
            self.judge(pair).decide(Field::BlockedBy, &before, &actual.blocked_by, &owned.blocked_by);
        if outcome == Outcome::Leave {
            return applied;
        }
        if is_on_the_way(&base.blocked_by, &actual.blocked_by, &owned.blocked_by) {
            outcome = Outcome::Update;
        }
        let none = BTreeSet::new();
        let was = pair.there.blocked_by.get().unwrap_or(&none);
        let wanted = pair.wanted.blocked_by.get().unwrap_or(&none);
        if outcome == Outcome::Update {
            let issue = self.there(id, pair.seen.at);
            self.block(id, &issue, wanted.difference(was));
            self.unblock(&issue, was.difference(wanted));
            return actual.blocked_by.clone();
        }
        let stranger = was.iter().find(|whose| ours(Some(whose)).is_null());
        if self.is_strange(id, Field::BlockedBy, outcome, stranger) {
            return base.blocked_by.clone();
        }
        if outcome == Outcome::Conflict && pair.is_adopted() {
            let issue = self.there(id, pair.seen.at);
            self.block(id, &issue, wanted.difference(was));
        }
        let refs = |all: &BTreeSet<IssueLink>| all.iter().filter_map(|whose| self.issue_ref(whose)).collect();
        let change = Change { was: refs(was), becomes: refs(wanted) };
        let theirs: Vec<_> = was.iter().map(|whose| ours(Some(whose))).collect();
        decided.take(outcome, Field::BlockedBy, IssueField::BlockedBy(change), theirs);
        applied
    }

    fn block<'w>(&mut self, id: &Id, issue: &IssueRef, blockers: impl Iterator<Item = &'w IssueLink>) {
        for whose in blockers {
            if let Some(blocker) = self.target(id, Field::BlockedBy, whose) {
                self.blocks.push(Operation::AddBlocker { issue: issue.clone(), blocker });
            }
        }
    }

    fn unblock<'w>(&mut self, issue: &IssueRef, blockers: impl Iterator<Item = &'w IssueLink>) {
        let gone: Vec<_> = blockers.filter_map(|whose| self.issue_ref(whose)).collect();
        let remove = |blocker| Operation::RemoveBlocker { issue: issue.clone(), blocker };
        self.unblocks.extend(gone.into_iter().map(remove));
    }

    /// Whether an issue is open: closing is an operation of its own, opening again must be asked for.
    pub(super) fn stand(
        &mut self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<State> {
        let Pair { id, base, actual, owned, .. } = pair;
        // What somebody opened again is no state that GitHub gave it.
        let is_reopened = pair.remote.state_reason == Some(Reason::Reopened);
        let trust = if is_reopened { Trust::Name } else { pair.seen.trust };
        let judge = Judge { trust, ..self.judge(pair) };
        let (outcome, applied) = judge.decide(Field::State, &base.state, &actual.state, &owned.state);
        let (Some(was), Some(becomes)) = (pair.there.state.get().copied(), pair.wanted.state.get().copied())
        else {
            return applied;
        };
        // To open what somebody closed is what `--reopen` is for.
        let is_reopened = self.options.reopen && becomes == IssueState::Open;
        let outcome = if outcome == Outcome::Conflict && is_reopened { Outcome::Update } else { outcome };
        if outcome != Outcome::Update {
            let words = if was == IssueState::Open { "open" } else { "closed" };
            decided.take(outcome, Field::State, IssueField::State(Change { was, becomes }), words);
            if let (Outcome::Theirs, IssueState::Closed(Some(reason))) = (outcome, was) {
                decided.source.push((Field::StateReason, reason.word().into()));
            }
            return applied;
        }
        let issue = self.there(id, pair.seen.at);
        if let IssueState::Closed(_) = becomes {
            self.closes.push(Operation::CloseIssue { issue, was, becomes, close: Close::Said });
        } else if let (true, IssueRef::There { key, .. }) = (self.options.reopen, issue) {
            let was = if let IssueState::Closed(reason) = was { reason } else { None };
            self.closes.push(Operation::ReopenIssue { item: (*id).clone(), key, was });
        } else {
            self.conflict(Conflict::Closed { item: Item::Issue((*id).clone()), number: pair.remote.number });
        }
        base.state
    }

    /// Why an issue is closed that is so on both sides: with the state it is closed for the reason that the source gives.
    pub(super) fn reason(
        &self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<StateReason> {
        let Pair { base, actual, owned, .. } = pair;
        let (outcome, applied) = self.judge(pair).decide(
            Field::StateReason,
            &base.state_reason,
            &actual.state_reason,
            &owned.state_reason,
        );
        if let (Some(was), Some(becomes)) = (actual.state_reason.get(), owned.state_reason.get()) {
            let change = IssueField::StateReason(Change { was: *was, becomes: *becomes });
            decided.take(outcome, Field::StateReason, change, was.word());
        }
        applied
    }

    /// Whether the source cannot say what GitHub has, an issue of its own repository that has no id: `theirs` is a conflict then.
    fn is_strange(&mut self, id: &Id, field: Field, outcome: Outcome, was: Option<&IssueLink>) -> bool {
        let Some(IssueLink::Theirs(place)) = was.filter(|_| ours(was).is_null()) else { return false };
        if outcome == Outcome::Theirs {
            self.note(format!(
                "`{}` of `{id}` leads to {place} in GitHub, which the source cannot name: add it there first",
                field.key()
            ));
        }
        outcome == Outcome::Theirs
    }
}

/// How the source names what GitHub has.
fn ours(whose: Option<&IssueLink>) -> Value {
    match whose {
        Some(IssueLink::Ours(id)) => id.as_str().into(),
        Some(IssueLink::Theirs(place)) if place.repository.is_some() => place.to_string().into(),
        Some(IssueLink::Theirs(_)) | None => Value::Null,
    }
}

/// Whether all that GitHub has otherwise than it was applied is as the source says: a part of one change, as a run leaves it
/// that was cut off between two relations.
fn is_on_the_way(
    base: &schema::Field<Vec<String>>,
    actual: &schema::Field<Vec<String>>,
    owned: &schema::Field<Vec<String>>,
) -> bool {
    let keys =
        |field: &schema::Field<Vec<String>>| field.get().cloned().unwrap_or_default().into_iter().collect();
    let (base, actual, owned): (BTreeSet<_>, BTreeSet<_>, BTreeSet<_>) =
        (keys(base), keys(actual), keys(owned));
    actual.difference(&base).all(|key| owned.contains(key))
        && base.difference(&actual).all(|key| !owned.contains(key))
}
