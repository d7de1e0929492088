//! `roadbook close`: says that an issue or a milestone is done, and when.

use super::{
    editing::{Desk, Draft, read},
    lookup::Item,
};
use crate::{
    cli::{Close, Global},
    io::{Failure, FailureKind, Io},
};

/// Runs the verb.
pub(super) fn run(args: &Close, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let desk = Desk::open(io, global, "close")?;
    let item = desk.find(&args.id)?;
    refuse(&desk, item, args)?;
    let mut draft = Draft::new(&desk, desk.subject(item)?);
    let is_closed = draft.text("state") == Some("closed");
    draft.new.insert("state".to_owned(), "closed".into());
    // An open issue may say why it was opened again; that ends here.
    if draft.text("state_reason") == Some("reopened") {
        draft.new.remove("state_reason");
    }
    if let Some(reason) = &args.reason {
        let reason = read(draft.field("state_reason")?, reason)?;
        draft.new.insert("state_reason".to_owned(), reason);
    }
    // When something was closed that is closed already is not for today to say.
    let today = args.on.is_none() && !is_closed && matches!(item, Item::Issue(_));
    let today = if today { Some(io.clock.today()?.to_string()) } else { None };
    if let Some(day) = args.on.clone().or(today) {
        let day = read(draft.field("closed_on")?, &day)?;
        draft.new.insert("closed_on".to_owned(), day);
    }
    let plan = draft.plan(&format!("closed `{}`", desk.name(item)));
    desk.carry_out(plan, args.editing)
}

fn refuse(desk: &Desk<'_>, item: Item, args: &Close) -> Result<(), Failure> {
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
