//! What is to be done with the labels that an issue bears: those that were put on from here are ours, all others
//! people's.

use std::collections::BTreeSet;

use super::{
    Field, IssueField, SetChange,
    decide::{Decided, Outcome},
    issues::Pair,
    make::Making,
};
use crate::source::schema;

impl Making<'_> {
    /// The labels of an issue. One that somebody took off is an edit of ours; one that somebody put on is none.
    pub(super) fn labels_of(
        &self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<Vec<String>> {
        if pair.owned.labels.is_absent() {
            return schema::Field::Absent;
        }
        let there = pair.there.labels.get().cloned().unwrap_or_default();
        let can_be_put = |key: &&String| self.label_names.contains_key(*key);
        let wanted: BTreeSet<_> = pair.owned.labels.get().into_iter().flatten().filter(can_be_put).collect();
        let applied = pair.base.labels.get().into_iter().flatten();
        let applied: BTreeSet<_> = applied.map(|key| self.label_keys.get(key).unwrap_or(key)).collect();
        let taken_off: BTreeSet<_> = applied
            .iter()
            .filter(|key| wanted.contains(*key) && !there.contains_key(**key) && self.is_there(key))
            .copied()
            .collect();
        let outcome = if taken_off.is_empty() {
            Outcome::Update
        } else {
            self.judge(pair.id)
                .resolve(Field::Labels, &pair.base.labels, &pair.actual.labels, &pair.owned.labels)
                .0
        };
        let is_kept = |key: &&String| outcome != Outcome::Theirs || !taken_off.contains(*key);
        let wanted: BTreeSet<_> = wanted.into_iter().filter(is_kept).collect();
        let added = wanted.iter().copied().filter(|key| !there.contains_key(*key));
        let added: Vec<_> = added.filter_map(|key| self.label_names.get(key).cloned()).collect();
        let gone: BTreeSet<_> =
            applied.into_iter().filter(|key| !wanted.contains(*key) && there.contains_key(*key)).collect();
        let kept = there.iter().filter(|(key, _)| !gone.contains(key));
        let kept = kept.map(|(key, name)| self.label_names.get(key).unwrap_or(name).clone());
        let change = SetChange {
            was: there.values().cloned().collect(),
            becomes: kept.chain(added.iter().cloned()).collect(),
            removed: gone.iter().filter_map(|key| there.get(*key).cloned()).collect(),
            added,
        };
        if outcome == Outcome::Theirs {
            let all = pair.wanted.labels.get().into_iter().flatten();
            let names: Vec<_> =
                all.filter(|(key, _)| !taken_off.contains(key)).map(|(_, name)| name.clone()).collect();
            decided.source.push((Field::Labels, names.into()));
        }
        let changes = !change.added.is_empty() || !change.removed.is_empty();
        match outcome {
            Outcome::Conflict => {
                decided.conflicts.push(IssueField::Labels(change));
                return pair.base.labels.clone();
            }
            _ if changes => decided.changes.push(IssueField::Labels(change)),
            _ => {}
        }
        let wanted: Vec<_> = wanted.into_iter().cloned().collect();
        schema::Field::Given((!wanted.is_empty()).then_some(wanted))
    }

    /// Whether a label is in the repository now: one that is made again was taken off by whoever deleted it.
    fn is_there(&self, key: &str) -> bool {
        self.actual.identity.labels.get(key).is_some_and(Result::is_ok)
    }
}
