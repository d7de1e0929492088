//! Who is named on issues.

use std::collections::BTreeMap;

use crate::model::{IssueIx, Roadmap};

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
