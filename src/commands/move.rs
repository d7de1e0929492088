//! `roadbook move`: puts an issue into another milestone, named as the file names milestones.

use super::{
    editing::{Desk, Draft},
    lookup::Item,
};
use crate::{
    cli::{Global, Move},
    io::{Failure, FailureKind, Io},
};

/// Runs the verb.
pub(super) fn run(args: &Move, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let desk = Desk::open(io, global, "move")?;
    let item = desk.find(&args.id)?;
    let Item::Issue(ix) = item else {
        let message = format!("`{}` is no issue: only issues are moved", desk.name(item));
        return Err(Failure::new(FailureKind::Usage, message));
    };
    let milestone = desk.milestone(&args.milestone)?;
    let mut draft = Draft::new(&desk, desk.subject(item)?);
    if desk.roadmap.issues[ix.0].milestone.get() != Some(&milestone) {
        draft.new.insert("milestone".to_owned(), desk.written_milestone(milestone));
    }
    let to = &desk.roadmap.milestones[milestone.0].id;
    let plan = draft.plan(&format!("moved `{}` to `{to}`", desk.name(item)));
    desk.carry_out(plan, args.editing)
}
