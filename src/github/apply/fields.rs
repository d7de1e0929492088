//! Issue fields of an issue, filled: read just before, and looked at in the answer, since GitHub drops in silence what is
//! not available for an issue.

use super::{Apply, Outcome, Round, Stop, left, named, operate::changed};
use crate::{
    github::{
        api::{Reader, Writer},
        fields::{FieldValue, compared},
        plan::{FieldChange, IssueRef, Operation},
        remote::Fetched,
    },
    report::first_of,
};

impl Apply<'_> {
    /// Fills and empties issue fields, where each is as it was planned against.
    pub(super) fn set_fields(&self, issue: &IssueRef, fields: &[FieldChange]) -> Result<Outcome, Stop> {
        let Some(key) = self.key(issue) else { return Ok(Outcome::Waits) };
        let now = match (self.writer.field_values(key.number)?, issue) {
            (Some(values), _) => values,
            // For a moment it may not be found everywhere.
            (None, IssueRef::Made { .. }) => Vec::new(),
            (None, _) => return self.without_fields(key.number),
        };
        let to_do: Vec<_> =
            fields.iter().filter(|change| !is(&now, change, change.becomes.as_ref())).collect();
        if !to_do.iter().all(|change| is(&now, change, change.was.as_ref())) {
            return changed();
        }
        let values = to_do.iter().filter_map(|change| {
            let value = change.becomes.clone()?;
            Some((change.kind, FieldValue { field: change.id, value }))
        });
        let values: Vec<_> = values.collect();
        let mut there = now;
        if !values.is_empty() {
            match self.writer.set_fields(key.number, &values) {
                Ok(now) => there = now,
                Err(refused) => return left(refused),
            }
        }
        let emptied: Vec<_> = to_do.iter().filter(|change| change.becomes.is_none()).collect();
        for change in &emptied {
            if let Err(refused) = self.writer.empty_field(key.number, change.id) {
                return left(refused);
            }
        }
        if !emptied.is_empty() {
            there = self.writer.field_values(key.number)?.unwrap_or_default();
        }
        Ok(became(issue, fields, &there))
    }

    /// Why the values of an issue cannot be read: it is gone, or such things are not known here.
    fn without_fields(&self, number: u64) -> Result<Outcome, Stop> {
        Ok(match self.writer.issue(number)? {
            Fetched::Gone(gone) => Outcome::Left(gone.words()),
            Fetched::Issue(_) => Outcome::Lacking(
                "issue fields are left as they are: this server does not say what they hold".into(),
            ),
        })
    }
}

/// Whether a field holds a value.
fn is(there: &[FieldValue], change: &FieldChange, value: Option<&String>) -> bool {
    let now = there.iter().find(|value| value.field == change.id).map(|value| &value.value);
    now.map(|now| compared(change.kind, now)) == value.map(|value| compared(change.kind, value))
}

impl Round {
    /// Remembers values that were dropped: they are told once for each field.
    pub(super) fn drop(&mut self, operation: &Operation, dropped: &[FieldChange]) {
        let Operation::SetFields { issue, .. } = operation else { return };
        for change in dropped {
            self.dropped.entry(change.name.clone()).or_default().push(named(issue));
        }
    }

    /// Tells them.
    pub(super) fn tell_dropped(&mut self) {
        for (field, issues) in std::mem::take(&mut self.dropped) {
            self.left.push(format!(
                "fill the issue field `{field}` of {}: GitHub dropped the value in silence: the field may not be available for such issues, or the token lacks the right to set it",
                first_of(&issues)
            ));
        }
    }
}

/// What became of the fields of an issue, by what is in them now.
fn became(issue: &IssueRef, fields: &[FieldChange], there: &[FieldValue]) -> Outcome {
    let (kept, dropped): (Vec<_>, Vec<_>) =
        fields.iter().cloned().partition(|change| is(there, change, change.becomes.as_ref()));
    if dropped.is_empty() {
        return Outcome::Done(None);
    }
    let kept =
        (!kept.is_empty()).then(|| Box::new(Operation::SetFields { issue: issue.clone(), fields: kept }));
    Outcome::Unfilled { kept, dropped }
}
