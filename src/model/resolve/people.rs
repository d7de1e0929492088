//! Who is who: GitHub compares logins without case, so that one person is one however issues spell the name.

use std::collections::BTreeMap;

use crate::model::{Issue, Milestone};

/// Spells the logins of issues everywhere as the first issue that names them does, and after them owners of milestones.
pub(super) fn spell_alike(milestones: &mut [Milestone], issues: &mut [Issue]) {
    let mut first = BTreeMap::<String, String>::new();
    for name in issues.iter_mut().filter_map(|issue| issue.assignees.get_mut()).flatten() {
        let folded = name.to_ascii_lowercase();
        match first.get(&folded) {
            Some(spelled) if spelled != name => name.clone_from(spelled),
            Some(_) => {}
            None => drop(first.insert(folded, name.clone())),
        }
    }
    for owner in milestones.iter_mut().filter_map(|milestone| milestone.owner.as_mut()) {
        if let Some(spelled) = first.get(&owner.to_ascii_lowercase()) {
            owner.clone_from(spelled);
        }
    }
}
