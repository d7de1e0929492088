//! What is to be done with an issue, but for its relations and its state.

use super::{
    Base, Change, Conflict, Field, Found, IssueField, Item, NewIssue, Operation, Record, Which,
    decide::{Decided, Judge, Outcome, adopted},
    keys,
    make::Making,
};
use crate::{
    github::{
        identity::{Seen, Trust},
        normal::{folded, login_key},
        remote::{IssueKey, RemoteIssue},
        snapshot,
        state::Issue,
        text::{Body, MOST, carried, taken_over},
    },
    model::Id,
    source::{AppliedIssue, LockItem, schema},
};

/// An issue that is wanted and there.
pub(super) struct Pair<'p> {
    pub(super) id: &'p Id,
    pub(super) wanted: &'p Issue,
    pub(super) there: &'p Issue,
    pub(super) remote: &'p RemoteIssue,
    pub(super) seen: Seen,
    /// What was last applied, as it is compared.
    pub(super) base: AppliedIssue,
    /// What is there, as it is compared.
    pub(super) actual: AppliedIssue,
    /// What is wanted, as it is compared.
    pub(super) owned: AppliedIssue,
}

impl Pair<'_> {
    /// Whether what was last applied is not known: lists are added to then, and nothing is taken out of them.
    pub(super) fn is_adopted(&self) -> bool {
        matches!(self.seen.trust, Trust::Marker | Trust::Name)
    }
}

impl Making<'_> {
    /// Plans an issue.
    pub(super) fn issue(&mut self, id: &Id) {
        let (desired, identity) = (self.desired, &self.actual.identity);
        let (Some(wanted), Some(seen)) = (desired.state.issues.get(id), identity.issues.get(id)) else {
            return;
        };
        match seen {
            Ok(seen) => self.known_issue(id, wanted, *seen),
            Err(lost) => {
                if self.is_new(Item::Issue(id.clone()), lost) {
                    self.new_issue(id, wanted);
                }
            }
        }
    }

    fn new_issue(&mut self, id: &Id, wanted: &Issue) {
        let empty = Body::default();
        let body = wanted.body.get().unwrap_or(&empty).written(id);
        if self.is_too_long(id, &body) {
            return;
        }
        let mut applied = keys::issue(wanted);
        let keys = wanted.labels.get().into_iter().flat_map(|labels| labels.keys());
        let labels: Vec<_> = keys.filter_map(|key| self.label_to_put_on(key).cloned()).collect();
        if let schema::Field::Given(keys) = &mut applied.labels {
            keys.iter_mut().for_each(|keys| keys.retain(|key| self.label_to_put_on(key).is_some()));
        }
        let milestone = wanted.milestone.get().and_then(|whose| self.milestone_to_join(whose));
        if milestone.is_none() {
            self.unreached(id, Field::Milestone, wanted.milestone.get());
            applied.milestone = wanted.milestone.clone().and_then(|_| None);
        }
        self.relate_new(id, wanted, &mut applied);
        let issue = NewIssue {
            title: wanted.title.clone(),
            body,
            labels,
            assignees: wanted.assignees.get().cloned().unwrap_or_default(),
            milestone,
            kind: wanted.kind.get().cloned(),
        };
        applied.fields = schema::Field::Absent;
        let is_said_new = self.options.adopt.get(id.key()) == Some(&Which::New);
        self.items.push(Operation::CreateIssue { item: id.clone(), issue, applied, is_said_new });
        self.fields_of_new(id, wanted);
    }

    fn known_issue(&mut self, id: &Id, wanted: &Issue, seen: Seen) {
        let remote = &self.actual.world.issues[seen.at];
        let Some(there) = self.actual.state.issues.get(id) else { return };
        let line = self.lock.issues.get(id.key()).cloned().unwrap_or_default();
        let (actual, owned) = (keys::issue(there), keys::issue(wanted));
        let base = match seen.trust {
            Trust::Entry => line.applied.clone(),
            _ => AppliedIssue { title: adopted(&there.title, &wanted.title), ..AppliedIssue::default() },
        };
        let pair = Pair { id, wanted, there, remote, seen, base, actual, owned };
        let mut decided = Decided::new();
        let applied = AppliedIssue {
            title: self.title(&pair, &mut decided),
            body: self.body(&pair, &mut decided),
            labels: self.labels_of(&pair, &mut decided),
            assignees: self.assignees(&pair, &mut decided),
            milestone: self.milestone_of(&pair, &mut decided),
            kind: self.kind(&pair, &mut decided),
            parent: self.parent(&pair, &mut decided),
            blocked_by: self.blocked_by(&pair, &mut decided),
            state: self.stand(&pair, &mut decided),
            state_reason: self.reason(&pair, &mut decided),
            fields: self.fields_of(&pair, &mut decided),
        };
        self.mark(&pair, &mut decided);
        self.source(&Item::Issue(id.clone()), decided.source);
        let conflict = |field| Conflict::Issue { item: id.clone(), number: remote.number, field };
        decided.conflicts.into_iter().for_each(|field| self.conflict(conflict(field)));
        if decided.changes.is_empty() {
            self.record_issue(&pair, line, applied);
            return;
        }
        self.items.push(Operation::ChangeIssue {
            item: id.clone(),
            key: IssueKey { id: remote.id, number: remote.number },
            found: seen.found,
            fields: decided.changes,
            base: self.base_of(remote),
            applied,
        });
    }

    fn record_issue(&mut self, pair: &Pair<'_>, line: LockItem<AppliedIssue>, applied: AppliedIssue) {
        let RemoteIssue { id, number, .. } = *pair.remote;
        let entry = LockItem { number: Some(number), id: Some(id), applied, remote: line.remote.clone() };
        if entry != line {
            let entry = LockItem { remote: snapshot::of_issue(pair.remote), ..entry };
            self.record(Record::Issue { item: pair.id.clone(), entry });
        }
    }

    pub(super) fn judge<'j>(&'j self, pair: &'j Pair<'_>) -> Judge<'j> {
        Judge { item: pair.id.as_str(), options: self.options, trust: pair.seen.trust }
    }

    fn title(&self, pair: &Pair<'_>, decided: &mut Decided<IssueField>) -> schema::Field<String> {
        let Pair { base, actual, owned, .. } = pair;
        let (outcome, applied) =
            self.judge(pair).decide(Field::Title, &base.title, &actual.title, &owned.title);
        let change = Change { was: pair.there.title.clone(), becomes: pair.wanted.title.clone() };
        decided.take(outcome, Field::Title, IssueField::Title(change), pair.there.title.clone());
        applied
    }

    /// The body: ours above the marker with the ticks of what is there, people's below it. An issue that is adopted gets
    /// the marker, and one that has a former id the one of today, also where its body is as it should be or nobody's.
    fn body(&mut self, pair: &Pair<'_>, decided: &mut Decided<IssueField>) -> schema::Field<String> {
        let Pair { id, base, actual, owned, .. } = pair;
        let (outcome, applied) = self.judge(pair).decide(Field::Body, &base.body, &actual.body, &owned.body);
        let empty = Body::default();
        let there = pair.there.body.get().unwrap_or(&empty);
        let is_adopted = pair.seen.found == Found::Title && !self.is_named(pair);
        let is_former = |marker: &String| !marker.eq_ignore_ascii_case(id.as_str());
        let needs_marker = there.marker.as_ref().map_or(is_adopted, is_former);
        let text = match outcome {
            Outcome::Leave if needs_marker => Body::wanted(&there.text, id).text,
            Outcome::Leave => return applied,
            _ => carried(&pair.wanted.body.get().unwrap_or(&empty).text, &there.text),
        };
        let becomes = Body { text, marker: None, below: there.below.clone() }.written(id);
        if self.is_too_long(id, &becomes) {
            return base.body.clone();
        }
        let change = |becomes| IssueField::Body(Change { was: pair.remote.body.clone(), becomes });
        match outcome {
            Outcome::Leave => decided.changes.push(change(becomes)),
            _ => decided.take(outcome, Field::Body, change(becomes), taken_over(&there.text)),
        }
        applied
    }

    /// Whether the lock names an issue under its number already, as after an import.
    fn is_named(&self, pair: &Pair<'_>) -> bool {
        self.lock.issues.get(pair.id.key()).and_then(|line| line.number) == Some(pair.remote.number)
    }

    /// Gives an issue without a marker, which the lock names, its marker along with another change.
    fn mark(&self, pair: &Pair<'_>, decided: &mut Decided<IssueField>) {
        let Pair { id, there, remote, .. } = pair;
        let (empty, is_body) = (Body::default(), |field: &IssueField| matches!(field, IssueField::Body(_)));
        let body = there.body.get().unwrap_or(&empty);
        let is_decided = decided.conflicts.iter().chain(&decided.changes).any(is_body);
        if decided.changes.is_empty() || is_decided || body.marker.is_some() {
            return;
        }
        let becomes = Body { text: Body::wanted(&body.text, id).text, ..body.clone() }.written(id);
        if becomes.len() <= MOST || becomes.chars().count() <= MOST {
            decided.changes.push(IssueField::Body(Change { was: remote.body.clone(), becomes }));
        }
    }

    fn assignees(&self, pair: &Pair<'_>, decided: &mut Decided<IssueField>) -> schema::Field<Vec<String>> {
        let Pair { base, actual, owned, .. } = pair;
        let (outcome, applied) =
            self.judge(pair).decide(Field::Assignees, &base.assignees, &actual.assignees, &owned.assignees);
        let was = pair.there.assignees.get().cloned().unwrap_or_default();
        let becomes = pair.wanted.assignees.get().cloned().unwrap_or_default();
        let theirs = was.clone();
        if outcome == Outcome::Conflict && pair.is_adopted() {
            let lacks = |login: &&String| !was.iter().any(|known| login_key(known) == login_key(login));
            let all: Vec<_> = was.iter().chain(becomes.iter().filter(lacks)).cloned().collect();
            let change = |becomes| IssueField::Assignees(Change { was: was.clone(), becomes });
            let is_more = all.len() > becomes.len();
            // Who is not there any more where our marker is, and somebody else is: that one was replaced.
            if all.len() > was.len() && (!is_more || pair.seen.trust == Trust::Name) {
                decided.changes.push(change(all));
            }
            if is_more {
                decided.conflicts.push(change(becomes));
            }
            return applied;
        }
        decided.take(outcome, Field::Assignees, IssueField::Assignees(Change { was, becomes }), theirs);
        applied
    }

    fn kind(&self, pair: &Pair<'_>, decided: &mut Decided<IssueField>) -> schema::Field<String> {
        let Pair { base, actual, owned, .. } = pair;
        let [last, there, wanted] = [&base.kind, &actual.kind, &owned.kind].map(compared);
        let (outcome, applied) = self.judge(pair).decide(Field::Type, &last, &there, &wanted);
        // As it is written, in whatever case it is compared.
        let sides = [&owned.kind, &actual.kind, &base.kind];
        let applied = sides.into_iter().find(|side| compared(side) == applied).cloned().unwrap_or(applied);
        let change = Change { was: actual.kind.get().cloned(), becomes: owned.kind.get().cloned() };
        decided.take(outcome, Field::Type, IssueField::Kind(change), actual.kind.get().cloned());
        applied
    }

    /// What an issue is when its turn comes: labels are renamed before.
    fn base_of(&self, issue: &RemoteIssue) -> Base {
        let renamed = |name: &String| self.renamed.get(name).unwrap_or(name).clone();
        Base::of_issue_with(issue, issue.labels.iter().map(renamed).collect())
    }

    /// Whether a body is too long for GitHub, which is told then.
    fn is_too_long(&mut self, id: &Id, body: &str) -> bool {
        // A text has no more characters than bytes.
        let characters = if body.len() > MOST { body.chars().count() } else { 0 };
        if characters > MOST {
            self.conflict(Conflict::TooLong { item: id.clone(), characters });
        }
        characters > MOST
    }
}

/// A type as it is compared.
fn compared(kind: &schema::Field<String>) -> schema::Field<String> {
    kind.as_ref().map(|kind| folded(kind))
}
