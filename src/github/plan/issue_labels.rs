//! What is to be done with the labels that an issue has: those that were put on from here are ours, all others
//! people's.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Field, IssueField, SetChange,
    decide::{Decided, Outcome},
    issues::Pair,
    make::Making,
};
use crate::source::schema;

/// The keys of an issue's labels, by who has them.
struct Borne<'k> {
    /// What the source wants, as far as it can be put on.
    wanted: BTreeSet<&'k String>,
    /// What was put on from here.
    applied: BTreeSet<&'k String>,
    /// What is there, with the names there.
    there: &'k BTreeMap<String, String>,
    /// What was put on from here, is wanted still, and was taken off by somebody.
    taken_off: BTreeSet<&'k String>,
}

impl Making<'_> {
    /// The labels of an issue. One that somebody took off is an edit of ours; one that somebody put on is none.
    pub(super) fn labels_of(
        &self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<Vec<String>> {
        let none = BTreeMap::new();
        if pair.owned.labels.is_absent() {
            return schema::Field::Absent;
        }
        let mut borne = self.borne(pair, pair.there.labels.get().unwrap_or(&none));
        let mut outcome = Outcome::Update;
        if !borne.taken_off.is_empty() {
            let (actual, owned) = (&pair.actual.labels, &pair.owned.labels);
            // What was taken off is wanted still: the source has changed nothing about it.
            (outcome, _) = self.judge(pair).resolve(Field::Labels, owned, actual, owned);
        }
        if outcome == Outcome::Theirs {
            let all = pair.wanted.labels.get().into_iter().flatten();
            let kept = all.filter(|(key, _)| !borne.taken_off.contains(key));
            let names: Vec<_> = kept.map(|(_, name)| name.clone()).collect();
            decided.source.push((Field::Labels, names.into()));
            borne.wanted.retain(|key| !borne.taken_off.contains(key));
        }
        let change = self.change_of(&borne);
        if outcome == Outcome::Conflict {
            decided.conflicts.push(IssueField::Labels(change));
            return pair.base.labels.clone();
        }
        if !change.added.is_empty() || !change.removed.is_empty() {
            decided.changes.push(IssueField::Labels(change));
        }
        let wanted: Vec<_> = borne.wanted.into_iter().cloned().collect();
        schema::Field::Given((!wanted.is_empty()).then_some(wanted))
    }

    fn borne<'k>(&'k self, pair: &'k Pair<'_>, there: &'k BTreeMap<String, String>) -> Borne<'k> {
        let owned: BTreeSet<_> = pair.owned.labels.get().into_iter().flatten().collect();
        let wanted = owned.iter().copied();
        // One that may be somebody else's is kept where it is, and put on no other issue.
        let wanted: BTreeSet<_> =
            wanted.filter(|key| self.label_to_put_on(key).is_some() || self.is_kept(key, there)).collect();
        let applied = pair.base.labels.get().into_iter().flatten();
        let applied: BTreeSet<_> = applied.map(|key| self.label_keys.get(key).unwrap_or(key)).collect();
        // The word of an issue's entry alone takes no label off: it has to be one of the roadmap's.
        let is_ours = |key: &&String| {
            self.actual.identity.labels.contains_key(*key) || self.proven_labels.contains(*key)
        };
        let applied: BTreeSet<_> = applied.into_iter().filter(is_ours).collect();
        // Where nothing is put on, it does not matter whose a label may be.
        let both = applied.intersection(if self.options.reads_only { &owned } else { &wanted }).copied();
        let taken_off = both.filter(|key| !there.contains_key(*key) && self.is_there(key)).collect();
        Borne { wanted, applied, there, taken_off }
    }

    /// Whether a label is on an issue already, under whatever name.
    fn is_kept(&self, key: &str, there: &BTreeMap<String, String>) -> bool {
        self.label_names.contains_key(key) && there.contains_key(key)
    }

    /// What changes: the names are those that labels have by then.
    fn change_of(&self, borne: &Borne<'_>) -> SetChange {
        let Borne { wanted, applied, there, taken_off: _ } = borne;
        let added = wanted.iter().filter(|key| !there.contains_key(**key));
        let added: Vec<_> = added.filter_map(|key| self.label_names.get(*key).cloned()).collect();
        let gone: BTreeSet<_> = applied.difference(wanted).filter(|key| there.contains_key(**key)).collect();
        let kept = there.iter().filter(|(key, _)| !gone.contains(key));
        let kept = kept.map(|(key, name)| self.label_names.get(key).unwrap_or(name).clone());
        SetChange {
            was: there.values().cloned().collect(),
            becomes: kept.chain(added.iter().cloned()).collect(),
            removed: gone.iter().filter_map(|key| there.get(**key).cloned()).collect(),
            added,
        }
    }

    /// Whether a label is in the repository now: one that is made again was taken off by whoever deleted it.
    fn is_there(&self, key: &str) -> bool {
        self.actual.identity.labels.get(key).is_some_and(Result::is_ok)
    }
}
