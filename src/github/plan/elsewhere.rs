//! Relations into other repositories: where they can lead, and what is told where they cannot.

use super::{Conflict, Field, IssueRef, make::Making};
use crate::{
    github::{
        remote::{Fetched, Gone, IssueName},
        state::IssueLink,
    },
    model::Id,
};

impl Making<'_> {
    /// The issue that a relation is to lead to; where it has no place, that is told.
    pub(super) fn target(&mut self, id: &Id, field: Field, whose: &IssueLink) -> Option<IssueRef> {
        let found = match whose {
            IssueLink::Theirs(name) => match self.actual.world.elsewhere.get_key_value(name) {
                // As the source names it first: what is told once must be told in one case.
                Some((name, Fetched::Gone(gone))) => {
                    self.hidden_elsewhere(id, field, name, gone.clone());
                    return None;
                }
                _ => self.issue_ref(whose),
            },
            IssueLink::Ours(_) => self.issue_ref(whose),
        };
        if found.is_none() {
            self.unreached(id, field, Some(whose));
        }
        found
    }

    /// Tells that an issue in another repository is none that can be related; what to do about it is told once.
    fn hidden_elsewhere(&mut self, id: &Id, field: Field, name: &IssueName, gone: Gone) {
        let help = match &gone {
            Gone::Hidden => format!(
                "`{name}` is not visible to this token: let it read `{}`, or correct the number",
                name.repository.as_deref().unwrap_or_default()
            ),
            Gone::Moved(Some(place)) => format!("`{name}` is `{place}` now: write that name"),
            Gone::Moved(None) => format!("`{name}` was transferred: look it up, and write its new name"),
            Gone::PullRequest => format!("`{name}` is a pull request: name the issue that it closes"),
            Gone::Discussion => format!("`{name}` is a discussion: GitHub relates issues alone"),
            Gone::Deleted => format!("`{name}` was deleted: take it out of the source"),
        };
        self.note(help);
        self.conflict(Conflict::Elsewhere { item: id.clone(), field, to: name.clone(), gone });
    }
}
