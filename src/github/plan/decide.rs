//! Who wins: the three-way comparison of one field.

use serde_json::Value;

use super::{Field, Options, Resolution};
use crate::{
    github::{identity::Trust, normal::composed},
    source::schema,
};

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing: it is not owned, not known, or as it should be.
    Leave,
    /// GitHub gets what the source says.
    Update,
    /// The source gets what GitHub has.
    Theirs,
    /// Both sides changed it, and nobody has decided.
    Conflict,
}

/// What was decided of an item's fields: `F` is a field with its change, `A` what the lock holds then.
pub(super) struct Decided<F> {
    /// What changes in GitHub.
    pub(super) changes: Vec<F>,
    /// What would change, if somebody decided so.
    pub(super) conflicts: Vec<F>,
    /// What changes in the source.
    pub(super) source: Vec<(Field, Value)>,
}

impl<F> Decided<F> {
    pub(super) fn new() -> Self {
        Self { changes: Vec::new(), conflicts: Vec::new(), source: Vec::new() }
    }

    /// Takes a field with its change in GitHub and its value there as the source would write it.
    pub(super) fn take(&mut self, outcome: Outcome, field: Field, change: F, theirs: impl Into<Value>) {
        match outcome {
            Outcome::Leave => {}
            Outcome::Update => self.changes.push(change),
            Outcome::Conflict => self.conflicts.push(change),
            Outcome::Theirs => self.source.push((field, theirs.into())),
        }
    }
}

/// Decides over the fields of one item.
pub(super) struct Judge<'a> {
    /// Its id, or a label's name.
    pub(super) item: &'a str,
    /// What the user said.
    pub(super) options: &'a Options,
    /// How far it is known what was last applied.
    pub(super) trust: Trust,
}

impl Judge<'_> {
    /// Compares a field as it was last applied, as it is, and as the source says; what comes back is also what the lock
    /// holds of it then.
    ///
    /// What is there and was never applied is people's: it is adopted as a conflict, and only what is empty is filled. Of an
    /// item that is known to be ours, the state and the colour are taken for what GitHub gave it. An issue that carries our
    /// marker was made with all that one request can give it: what it lacks of that, somebody took away.
    pub(super) fn decide<K: PartialEq + Clone>(
        &self,
        field: Field,
        base: &schema::Field<K>,
        actual: &schema::Field<K>,
        desired: &schema::Field<K>,
    ) -> (Outcome, schema::Field<K>) {
        if desired.is_absent() {
            (Outcome::Leave, schema::Field::Absent)
        } else if actual.is_absent() {
            (Outcome::Leave, base.clone())
        } else if actual == desired {
            (Outcome::Leave, desired.clone())
        } else if self.is_ours(field, base, actual) {
            (Outcome::Update, desired.clone())
        } else {
            self.resolve(field, base, actual, desired)
        }
    }

    /// Whether what is there is what was applied, or what GitHub gave an item that nobody has changed.
    fn is_ours<K: PartialEq>(
        &self,
        field: Field,
        base: &schema::Field<K>,
        actual: &schema::Field<K>,
    ) -> bool {
        match (self.trust, base.is_absent()) {
            (Trust::Doubted, _) => false,
            (_, false) => base == actual,
            (Trust::Marker, true) if actual.get().is_none() => !field.is_made_with(),
            (_, true) if actual.get().is_none() => true,
            (Trust::Entry, true) => matches!(field, Field::State | Field::Color),
            (Trust::Marker, true) => field == Field::State,
            (Trust::Name, true) => false,
        }
    }

    /// Who wins where both sides changed a field.
    pub(super) fn resolve<K: PartialEq + Clone>(
        &self,
        field: Field,
        base: &schema::Field<K>,
        actual: &schema::Field<K>,
        desired: &schema::Field<K>,
    ) -> (Outcome, schema::Field<K>) {
        match self.options.on_conflict.of(self.item, field) {
            Resolution::Ours => (Outcome::Update, desired.clone()),
            Resolution::Theirs => (Outcome::Theirs, actual.clone()),
            Resolution::TheirsAlone if base.is_given() && base == desired => {
                (Outcome::Theirs, actual.clone())
            }
            // What nobody has decided stays a conflict: it is taken for changed since.
            _ if base.is_absent() => (Outcome::Conflict, desired.clone()),
            Resolution::TheirsAlone | Resolution::Fail => (Outcome::Conflict, base.clone()),
        }
    }
}

/// What counts as applied of the name or title of what is adopted: what is there, where it is the wanted one, however its letters are
/// composed.
pub(super) fn adopted(there: &str, wanted: &str) -> schema::Field<String> {
    let is_same = composed(there) == composed(wanted);
    if is_same { schema::Field::Given(Some(there.to_owned())) } else { schema::Field::Absent }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABSENT: schema::Field<u8> = schema::Field::Absent;
    const EMPTY: schema::Field<u8> = schema::Field::Given(None);

    fn is(value: u8) -> schema::Field<u8> {
        schema::Field::Given(Some(value))
    }

    #[test]
    fn every_way_in_which_three_values_can_differ() {
        let options = Options::default();
        let judge = Judge { item: "A-1", options: &options, trust: Trust::Entry };
        let cases = [
            ("unowned", is(1), is(2), ABSENT, Outcome::Leave, ABSENT),
            ("unknown there", is(1), ABSENT, is(2), Outcome::Leave, is(1)),
            ("as it should be", is(1), is(2), is(2), Outcome::Leave, is(2)),
            ("changed here", is(1), is(1), is(2), Outcome::Update, is(2)),
            ("emptied here", is(1), is(1), EMPTY, Outcome::Update, EMPTY),
            ("said for the first time", ABSENT, EMPTY, is(2), Outcome::Update, is(2)),
            ("people's until then", ABSENT, is(1), is(2), Outcome::Conflict, is(2)),
            ("changed there", is(1), is(2), is(1), Outcome::Conflict, is(1)),
            ("emptied there", is(1), EMPTY, is(1), Outcome::Conflict, is(1)),
            ("changed by both", is(1), is(2), is(3), Outcome::Conflict, is(1)),
        ];
        for (what, base, actual, desired, outcome, applied) in cases {
            assert_eq!(judge.decide(Field::Title, &base, &actual, &desired), (outcome, applied), "{what}");
        }
    }

    #[test]
    fn what_was_not_applied_is_overwritten_only_where_it_is_known_to_be_ours() {
        let options = Options::default();
        let outcome = |trust, field, base: &_, actual: &_| {
            Judge { item: "A-1", options: &options, trust }.decide(field, base, actual, &is(2)).0
        };
        for (trust, title, state, color) in [
            (Trust::Entry, Outcome::Conflict, Outcome::Update, Outcome::Update),
            (Trust::Marker, Outcome::Conflict, Outcome::Update, Outcome::Conflict),
            (Trust::Name, Outcome::Conflict, Outcome::Conflict, Outcome::Conflict),
            (Trust::Doubted, Outcome::Conflict, Outcome::Conflict, Outcome::Conflict),
        ] {
            assert_eq!(outcome(trust, Field::Title, &ABSENT, &is(1)), title, "{trust:?}");
            assert_eq!(outcome(trust, Field::State, &ABSENT, &is(1)), state, "{trust:?}");
            assert_eq!(outcome(trust, Field::Color, &ABSENT, &is(1)), color, "{trust:?}");
        }
        // In doubt it does not count that what is there is said to be what was applied.
        assert_eq!(outcome(Trust::Doubted, Field::Title, &is(1), &is(1)), Outcome::Conflict);
        assert_eq!(outcome(Trust::Doubted, Field::Title, &ABSENT, &EMPTY), Outcome::Conflict);
    }

    #[test]
    fn a_conflict_is_resolved_for_all_fields_or_for_one() {
        let mut options = Options::default();
        options.on_conflict.all = Resolution::Ours;
        options.on_conflict.fields.insert(("a-1".into(), Field::Title), Resolution::Theirs);
        let judge = |item: &str, field| {
            let judge = Judge { item, options: &options, trust: Trust::Entry };
            judge.decide(field, &is(1), &is(2), &is(3))
        };
        assert_eq!(judge("A-1", Field::Title), (Outcome::Theirs, is(2)));
        assert_eq!(judge("A-1", Field::Body), (Outcome::Update, is(3)));
        assert_eq!(judge("A-2", Field::Title), (Outcome::Update, is(3)));
    }
}
