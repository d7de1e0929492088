//! Who is named on issues.

use std::collections::BTreeMap;

use crate::{
    model::{Issue, IssueIx, Roadmap},
    words::say,
};

/// What the board's script is asked for where an issue has no milestone, or nobody: nothing is called so.
pub(super) const NONE: &str = "-";

/// Whether it is known that nobody is assigned to an issue. What the JSON leaves out is GitHub's to say, where there is a repository.
pub(super) fn is_free(roadmap: &Roadmap, issue: &Issue) -> bool {
    issue.assignees().is_empty() && (issue.assignees.is_given() || roadmap.repository.is_none())
}

/// What issues without a name stand under.
pub(super) fn nobody_words(roadmap: &Roadmap) -> String {
    let mut unnamed = roadmap.issues.iter().filter(|issue| issue.assignees().is_empty());
    if unnamed.all(|issue| is_free(roadmap, issue)) { say!("Nobody") } else { say!("Not given") }
}

/// Everybody by their name in small letters: as it is written first, with their issues in the order of the source.
pub(super) fn by_person(roadmap: &Roadmap) -> BTreeMap<String, (&str, Vec<IssueIx>)> {
    let mut people = BTreeMap::<_, (&str, Vec<_>)>::new();
    for (ix, issue) in roadmap.issues() {
        for name in issue.assignees() {
            let own = &mut people.entry(name.to_lowercase()).or_insert((name, Vec::new())).1;
            if own.last() != Some(&ix) {
                own.push(ix);
            }
        }
    }
    people
}
