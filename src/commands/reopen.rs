//! `roadbook reopen`: opens issues or milestones again, without what spoke of their end.

use super::{
    editing::{Draft, EditSession, Plan},
    lookup::Item,
};
use crate::{
    cli::Reopen,
    io::{Failure, FailureKind},
};

/// Plans the verb.
pub(super) fn plan(desk: &EditSession<'_>, args: &Reopen) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    for item in desk.find_all(&args.ids)? {
        let name = desk.name(item);
        if matches!(item, Item::Label(_)) {
            let message = format!("`{name}` is a label: only issues and milestones are reopened");
            return Err(Failure::new(FailureKind::Usage, message));
        }
        let mut draft = Draft::new(desk, desk.subject(item)?);
        draft.reopen();
        plan.add(draft.plan(&format!("reopened `{name}`"))?);
    }
    Ok(plan)
}
