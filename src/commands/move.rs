//! `roadbook move`: puts issues into another milestone, named as the file names milestones.

use super::{
    editing::{Draft, EditSession, Plan},
    lookup::Item,
};
use crate::{
    cli::Move,
    io::{Failure, FailureKind},
};

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Move) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    for item in desk.find_all(&args.ids)? {
        let Item::Issue(ix) = item else {
            let message = format!("`{}` is not an issue: only issues are moved", desk.name(item));
            return Err(Failure::new(FailureKind::Usage, message));
        };
        let milestone = desk.milestone(&args.milestone)?;
        let mut draft = Draft::new(desk, desk.subject(item)?);
        if desk.roadmap.issues[ix.0].milestone.get() != Some(&milestone) {
            draft.new.insert("milestone".to_owned(), desk.written_milestone(milestone));
        }
        let to = &desk.roadmap.milestones[milestone.0].id;
        plan.add(draft.plan(&format!("moved `{}` to `{to}`", desk.name(item)))?);
    }
    Ok(plan)
}
