//! What is to be done with an organization's issue fields: those alone that the source maps something to.

use serde_json::Value;

use super::{
    Conflict, Field, FieldChange, IssueField, Operation,
    decide::{Decided, Outcome},
    issues::Pair,
    make::Making,
};
use crate::{
    github::{
        fields::{self, FieldKind, Mapping, OrgField},
        identity::Trust,
        normal,
        plan::IssueRef,
        state::Issue,
    },
    model::{Id, Mapped},
    source::{FieldValues, schema},
};

/// The member of issues that goes into a field.
fn member(what: Mapped) -> Field {
    match what {
        Mapped::StartOn => Field::StartOn,
        Mapped::DueOn => Field::DueOn,
        Mapped::Estimate => Field::Estimate,
        // A group's label is one of `labels`.
        Mapped::Group(_) => Field::Labels,
    }
}

impl Making<'_> {
    /// Tells which fields cannot be filled: a conflict where the source says a value for one.
    pub(super) fn unfit_fields(&mut self) {
        let (desired, fillable) = (self.desired, &self.actual.world.fillable);
        fillable.notes.iter().for_each(|note| self.note(note.clone()));
        for mapping in &desired.mappings {
            let Some(why) = fillable.unfit.get(&mapping.key) else { continue };
            let says = |issue: &Issue| issue.fields.get(&mapping.key).is_some_and(|it| it.get().is_some());
            let issues = desired.state.issues.iter().filter(|(_, issue)| says(issue));
            let issues: Vec<_> = issues.map(|(id, _)| id.clone()).collect();
            if issues.is_empty() {
                self.note(why.clone());
            } else {
                self.conflict(Conflict::NoField { field: mapping.name.clone(), issues, why: why.clone() });
            }
        }
    }

    /// The values of an issue that is made.
    pub(super) fn fields_of_new(&mut self, id: &Id, wanted: &Issue) {
        let mut changes = Vec::new();
        for mapping in &self.desired.mappings {
            let value = wanted.fields.get(&mapping.key).and_then(schema::Field::get);
            let field = self.actual.world.fillable.fields.get(&mapping.key);
            if let (Some(value), Some(field)) = (value, field)
                && let Some(becomes) = self.written(id, mapping, field, value)
            {
                changes.push(change(mapping, field, None, Some(becomes)));
            }
        }
        self.set_fields(IssueRef::Made { made: id.clone() }, changes);
    }

    /// The values of an issue that is there, one by one.
    pub(super) fn fields_of(
        &mut self,
        pair: &Pair<'_>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<FieldValues> {
        let (mut kept, mut changes) = (fields::Values::new(), Vec::new());
        for mapping in &self.desired.mappings {
            let applied = self.one_field(mapping, pair, &mut changes, decided);
            kept.insert(mapping.key.clone(), applied);
        }
        let issue = self.there(pair.id, pair.seen.at);
        self.set_fields(issue, changes);
        fields::kept(&kept)
    }

    /// What the lock holds of a value then.
    fn one_field(
        &mut self,
        mapping: &Mapping,
        pair: &Pair<'_>,
        changes: &mut Vec<FieldChange>,
        decided: &mut Decided<IssueField>,
    ) -> schema::Field<String> {
        let [base, actual, mut owned] =
            [&pair.base, &pair.actual, &pair.owned].map(|side| fields::of(&side.fields, &mapping.key));
        let Some(field) = self.actual.world.fillable.fields.get(&mapping.key) else { return base };
        if actual.is_absent() {
            return base;
        }
        if owned.is_absent() && base.get().is_some() && base == actual && pair.seen.trust == Trust::Entry {
            // As with labels: what was put there from here goes when the source no longer says it.
            owned = schema::Field::Given(None);
        }
        let member = member(mapping.what);
        let (outcome, applied) = self.judge(pair).decide(member, &base, &actual, &owned);
        if outcome == Outcome::Leave {
            return applied;
        }
        let there = pair.remote.fields.iter().flatten().find(|value| value.field == field.id);
        let was = there.map(|value| value.value.clone());
        if outcome == Outcome::Theirs && self.theirs(mapping, pair, was.clone(), decided).is_some() {
            return applied;
        }
        let becomes = match owned.get() {
            Some(value) => match self.written(pair.id, mapping, field, value) {
                Some(value) => Some(value),
                None => return base,
            },
            None => None,
        };
        let change = change(mapping, field, was, becomes);
        if outcome != Outcome::Update {
            decided.conflicts.push(IssueField::Custom(change));
            return if outcome == Outcome::Theirs { base } else { applied };
        }
        changes.push(change);
        base
    }

    /// A value as GitHub is given it; `None`, and a conflict, where the field has no such option.
    fn written(&mut self, id: &Id, mapping: &Mapping, field: &OrgField, value: &str) -> Option<String> {
        if field.kind != FieldKind::SingleSelect {
            return Some(value.to_owned());
        }
        let option = field.option(value).cloned();
        if option.is_none() {
            self.no_option(id, mapping, field, value);
        }
        option
    }

    /// Tells once of an option that is missing, with all issues that would have it.
    fn no_option(&mut self, id: &Id, mapping: &Mapping, field: &OrgField, value: &str) {
        let known = self.plan.conflicts.iter_mut().find_map(|conflict| match conflict {
            Conflict::NoOption { field: known, option, issues, .. }
                if *known == field.name && option == value =>
            {
                Some(issues)
            }
            _ => None,
        });
        if let Some(issues) = known {
            issues.push(id.clone());
            return;
        }
        let label = mapping.labels.get(value).map_or(value, String::as_str).to_owned();
        let (field, option, options) = (field.name.clone(), value.to_owned(), field.options.clone());
        self.conflict(Conflict::NoOption { field, option, label, options, issues: vec![id.clone()] });
    }

    /// Takes a value of GitHub's into the source; `None`, with a note, where the source cannot say it.
    fn theirs(
        &mut self,
        mapping: &Mapping,
        pair: &Pair<'_>,
        value: Option<String>,
        decided: &mut Decided<IssueField>,
    ) -> Option<()> {
        let written = match (mapping.what, value) {
            (Mapped::Group(_), option) => {
                let label = match option {
                    Some(option) => match mapping.labels.get(&normal::folded(&option)) {
                        Some(label) => Some(label.clone()),
                        None => {
                            self.note(format!(
                                "the issue field `{}` of `{}` is `{option}` in GitHub, which no label says: add that label first",
                                mapping.name, pair.id
                            ));
                            return None;
                        }
                    },
                    None => None,
                };
                relabel(mapping, pair, label, decided);
                return Some(());
            }
            (_, None) => Value::Null,
            (Mapped::Estimate, Some(text)) => fields::json_number(&text),
            (_, Some(text)) => text.into(),
        };
        decided.source.push((member(mapping.what), written));
        Some(())
    }

    fn set_fields(&mut self, issue: IssueRef, fields: Vec<FieldChange>) {
        if !fields.is_empty() {
            self.fields.push(Operation::SetFields { issue, fields });
        }
    }
}

fn change(mapping: &Mapping, field: &OrgField, was: Option<String>, becomes: Option<String>) -> FieldChange {
    let (name, id, kind) = (field.name.clone(), field.id, field.kind);
    FieldChange { of: member(mapping.what), name, id, kind, was, becomes }
}

/// Puts a label in the place of those of its group, among the labels that the source is to have.
fn relabel(mapping: &Mapping, pair: &Pair<'_>, label: Option<String>, decided: &mut Decided<IssueField>) {
    let known = decided.source.iter().position(|(field, _)| *field == Field::Labels);
    let names = match known.map(|at| decided.source.remove(at)) {
        Some((_, Value::Array(names))) => names,
        _ => pair.wanted.labels.get().into_iter().flatten().map(|(_, name)| name.clone().into()).collect(),
    };
    let is_other = |name: &Value| mapping.labels.values().all(|label| *name != label.as_str());
    let mut names: Vec<_> = names.into_iter().filter(is_other).collect();
    names.extend(label.map(Value::from));
    decided.source.push((Field::Labels, names.into()));
}
