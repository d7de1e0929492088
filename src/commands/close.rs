//! `roadbook close`: says that issues or milestones are done, and when.

use super::{
    editing::{Draft, EditSession, Plan},
    lookup::Item,
};
use crate::{
    cli::Close,
    io::{Failure, FailureKind},
    model::fields::{Field, Kind},
};

/// Why an issue is closed. `reopened` is why one is open.
const REASONS: [&str; 3] = ["completed", "not_planned", "duplicate"];

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Close) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    for item in desk.find_all(&args.ids)? {
        refuse(desk, item, args)?;
        let mut draft = Draft::new(desk, desk.subject(item)?);
        let reason = args.reason.as_ref().map(|text| {
            let field = Field { kind: Kind::OneOf(&REASONS), ..*draft.field("state_reason")? };
            desk.read(&field, text)
        });
        let on = args.on.as_ref().map(|text| desk.read(draft.field("closed_on")?, text));
        let (reason, on) = (reason.transpose()?, on.transpose()?);
        draft.close(reason, on)?;
        plan.add(draft.plan(&format!("closed `{}`", desk.name(item)))?);
    }
    Ok(plan)
}

fn refuse(desk: &EditSession<'_>, item: Item, args: &Close) -> Result<(), Failure> {
    let name = desk.name(item);
    match item {
        Item::Label(_) => {
            let message = format!("`{name}` is a label: only issues and milestones are closed");
            Err(Failure::new(FailureKind::Usage, message))
        }
        Item::Milestone(_) if args.reason.is_some() || args.on.is_some() => {
            let message = format!("`{name}` is a milestone: it says neither why nor when it was closed");
            Err(Failure::new(FailureKind::Usage, message).help("leave `--reason` and `--on` out"))
        }
        Item::Issue(_) | Item::Milestone(_) => Ok(()),
    }
}
