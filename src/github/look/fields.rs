//! The organization's issue fields, and what issues hold of them: read where the source maps something to one.

use crate::{
    github::{
        api::Reader,
        desired::Desired,
        fields::{Fillable, Mapping, OrgField, OrgFields, Values},
        identity::Identity,
        normal,
        world::World,
    },
    io::Failure,
    model::{Id, Mapped},
    source::{Lock, schema},
};

/// Reads the organization's fields, and the values of issues of which the list did not tell them. Where the source maps
/// nothing, nothing is asked.
pub(super) fn read(
    world: &mut World,
    reader: &dyn Reader,
    desired: &Desired,
    identity: &Identity,
    lock: &Lock,
) -> Result<(), Failure> {
    if desired.mappings.is_empty() {
        return Ok(());
    }
    world.fillable = match reader.org_fields()? {
        OrgFields::Known(all) => fitting(&desired.mappings, all, &world.repository.full_name),
        OrgFields::None(why) => Fillable { notes: vec![why], ..Fillable::default() },
    };
    if world.fillable.fields.is_empty() {
        return Ok(());
    }
    for (id, seen) in &identity.issues {
        let Some(seen) = seen.as_ref().ok().filter(|_| is_needed(desired, lock, id)) else { continue };
        let issue = &mut world.issues[seen.at];
        if issue.fields.is_none() {
            issue.fields = reader.field_values(issue.number)?;
            if issue.fields.is_none() {
                let note = "this server does not say what the issue fields of an issue hold: they are left as they are";
                world.fillable = Fillable { notes: vec![note.into()], ..Fillable::default() };
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Whether it matters what the fields of an issue hold.
fn is_needed(desired: &Desired, lock: &Lock, id: &Id) -> bool {
    let is_said = |values: &Values| values.values().any(schema::Field::is_given);
    desired.state.issues.get(id).is_some_and(|issue| is_said(&issue.fields))
        || lock.issues.get(id.key()).is_some_and(|line| line.applied.fields.is_given())
}

/// The fields that can hold what is mapped to them.
fn fitting(mappings: &[Mapping], all: Vec<OrgField>, repository: &str) -> Fillable {
    let owner = repository.split('/').next().unwrap_or_default();
    let mut fillable = Fillable::default();
    for mapping in mappings {
        let (name, wanted) = (&mapping.name, mapping.kind());
        let found = all.iter().find(|field| normal::folded(&field.name) == mapping.key);
        let why = match found {
            Some(field) if field.kind == wanted => {
                fillable.fields.insert(mapping.key.clone(), field.clone());
                continue;
            }
            Some(field) => format!(
                "`{name}` is a {} field in GitHub, and {} needs a {} field: name another one in `github.fields`",
                field.kind.words(),
                said(mapping.what),
                wanted.words()
            ),
            None => format!(
                "`{owner}` has no issue field `{name}`: add it there as a {} field, or correct the name in `github.fields`",
                wanted.words()
            ),
        };
        fillable.unfit.insert(mapping.key.clone(), why);
    }
    fillable
}

/// What goes into a field, for messages.
fn said(what: Mapped) -> &'static str {
    match what {
        Mapped::StartOn => "`start_on`",
        Mapped::DueOn => "`due_on`",
        Mapped::Estimate => "`estimate`",
        Mapped::Group(_) => "a label group",
    }
}
