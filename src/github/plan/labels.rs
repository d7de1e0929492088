//! What is to be done with a label.

use super::{
    Base, Change, Conflict, Field, Item, LabelField, Operation, Record,
    decide::{Decided, Judge, adopted},
    keys,
    make::Making,
};
use crate::{
    github::{
        identity::{Seen, Trust},
        remote::RemoteLabel,
        state::Label,
    },
    source::{AppliedLabel, LockItem, schema},
};

/// The colour that GitHub gives a label that an issue was made with and that was not there: nobody chose it.
const UNCHOSEN: &str = "ededed";

impl Making<'_> {
    /// Plans the label of this key.
    pub(super) fn label(&mut self, key: &str) {
        let (desired, identity) = (self.desired, &self.actual.identity);
        let (Some(wanted), Some(seen)) = (desired.state.labels.get(key), identity.labels.get(key)) else {
            return;
        };
        match seen {
            Ok(seen) => self.known_label(key, wanted, *seen),
            Err(lost) => {
                if self.is_new(Item::Label(wanted.name.clone()), lost) {
                    self.label_names.insert(key.to_owned(), wanted.name.clone());
                    let applied = self.wanted_label(key, wanted);
                    self.items.push(Operation::CreateLabel { label: wanted.clone(), applied });
                }
            }
        }
    }

    /// A label as it is compared; how a label that is only used is cased is GitHub's.
    fn wanted_label(&self, key: &str, wanted: &Label) -> AppliedLabel {
        let mut applied = keys::label(wanted);
        if self.desired.unlisted.contains(key) {
            applied.name = schema::Field::Absent;
        }
        applied
    }

    fn known_label(&mut self, key: &str, wanted: &Label, seen: Seen) {
        let (actual, options) = (self.actual, self.options);
        let remote = &actual.world.labels[seen.at];
        let Some(there) = actual.state.labels.get(key) else { return };
        let line = self.lock.labels.values().find(|line| line.id == Some(remote.id));
        let line = line.or_else(|| self.lock.labels.get(key)).cloned().unwrap_or_default();
        let judge = Judge { item: &wanted.name, options, trust: seen.trust };
        let mut base = match seen.trust {
            Trust::Name => {
                AppliedLabel { name: adopted(&there.name, &wanted.name), ..AppliedLabel::default() }
            }
            _ => line.applied.clone(),
        };
        if base.color.is_absent() && there.color.get().is_some_and(|color| color == UNCHOSEN) {
            base.color = there.color.clone();
        }
        let (decided, applied) = fields(&judge, &base, there, wanted, &self.wanted_label(key, wanted));
        let is_renamed = decided.changes.iter().any(|field| matches!(field, LabelField::Name(_)));
        let name = if is_renamed { &wanted.name } else { &remote.name };
        if is_renamed {
            self.renamed.insert(remote.name.clone(), wanted.name.clone());
        }
        self.label_names.insert(key.to_owned(), name.clone());
        self.source(&Item::Label(wanted.name.clone()), decided.source);
        let conflict = |field| Conflict::Label { label: wanted.name.clone(), field };
        decided.conflicts.into_iter().for_each(|field| self.conflict(conflict(field)));
        if decided.changes.is_empty() {
            self.record_label(wanted, remote, line, applied);
            return;
        }
        self.items.push(Operation::ChangeLabel {
            label: wanted.name.clone(),
            name: remote.name.clone(),
            id: remote.id,
            found: seen.found,
            fields: decided.changes,
            base: Base::of_label(remote),
            applied,
        });
    }

    fn record_label(
        &mut self,
        wanted: &Label,
        remote: &RemoteLabel,
        line: LockItem<AppliedLabel>,
        applied: AppliedLabel,
    ) {
        let entry = LockItem { number: None, id: Some(remote.id), applied, ..line.clone() };
        if entry != line {
            self.record(Record::Label { label: wanted.name.clone(), entry });
        }
    }
}

fn fields(
    judge: &Judge<'_>,
    base: &AppliedLabel,
    there: &Label,
    wanted: &Label,
    owned: &AppliedLabel,
) -> (Decided<LabelField>, AppliedLabel) {
    let mut decided = Decided::new();
    let AppliedLabel { name, color, description } = keys::label(there);
    let (outcome, new_name) = judge.decide(Field::Name, &base.name, &name, &owned.name);
    let change = Change { was: there.name.clone(), becomes: wanted.name.clone() };
    decided.take(outcome, Field::Name, LabelField::Name(change), there.name.clone());
    let (outcome, new_color) = judge.decide(Field::Color, &base.color, &color, &owned.color);
    let change = Change { was: color.get().cloned(), becomes: owned.color.get().cloned() };
    decided.take(outcome, Field::Color, LabelField::Color(change), color.get().cloned());
    let (outcome, new_text) =
        judge.decide(Field::Description, &base.description, &description, &owned.description);
    let change = Change { was: description.get().cloned(), becomes: owned.description.get().cloned() };
    decided.take(outcome, Field::Description, LabelField::Description(change), description.get().cloned());
    (decided, AppliedLabel { name: new_name, color: new_color, description: new_text })
}
