//! Whether the world left a plan behind that was kept in a file.

use std::collections::{BTreeMap, BTreeSet};

use super::name;
use crate::{
    github::{
        api::Reader,
        plan::{Base, Operation, Plan, Pruned},
        state::label_key,
        text::Body,
    },
    io::Failure,
};

/// The repository as it is now, as far as a plan can be held against it.
struct Now {
    labels: BTreeMap<u64, (String, Base)>,
    milestones: BTreeMap<u64, (String, Base)>,
    issues: BTreeMap<u64, Base>,
    markers: BTreeSet<String>,
}

/// The operations of a plan that were planned against what is no more, by name.
///
/// # Errors
/// Where GitHub cannot be read.
pub fn stale(plan: &Plan, reader: &dyn Reader) -> Result<Vec<String>, Failure> {
    let issues = reader.issues()?;
    let labels = reader.labels()?.into_iter();
    let milestones = reader.milestones()?.into_iter();
    let now = Now {
        labels: labels.map(|label| (label.id, (label_key(&label.name), Base::of_label(&label)))).collect(),
        milestones: milestones
            .map(|milestone| (milestone.number, (milestone.title.clone(), Base::of_milestone(&milestone))))
            .collect(),
        issues: issues.iter().map(|issue| (issue.number, Base::of_issue(issue))).collect(),
        markers: issues
            .iter()
            .filter_map(|issue| Body::read(&issue.body).marker)
            .map(|id| id.to_lowercase())
            .collect(),
    };
    Ok(plan.operations.iter().filter(|operation| !now.fits(operation)).map(name).collect())
}

impl Now {
    /// Whether an operation still means what it meant.
    fn fits(&self, operation: &Operation) -> bool {
        let issue = |number: u64, base: &Base| self.issues.get(&number).is_some_and(|now| base.holds(now));
        match operation {
            Operation::CreateLabel { label, .. } => {
                self.labels.values().all(|(name, _)| *name != label_key(&label.name))
            }
            Operation::ChangeLabel { id, base, .. } => {
                self.labels.get(id).is_some_and(|(_, now)| base.holds(now))
            }
            Operation::CreateMilestone { milestone, .. } => {
                self.milestones.values().all(|(title, _)| *title != milestone.title)
            }
            Operation::ChangeMilestone { key, base, .. } => {
                self.milestones.get(&key.number).is_some_and(|(_, now)| base.holds(now))
            }
            Operation::CreateIssue { item, .. } => !self.markers.contains(item.key()),
            Operation::ChangeIssue { key, base, .. } | Operation::ReopenIssue { key, base, .. } => {
                issue(key.number, base)
            }
            Operation::CloseIssue { issue: closed, base: Some(base), .. } => {
                matches!(closed, crate::github::plan::IssueRef::There { key, .. } if issue(key.number, base))
            }
            Operation::Prune { pruned: Pruned::Label { name, .. }, base } => {
                self.labels.values().any(|(now, of)| *now == label_key(name) && base.holds(of))
            }
            Operation::Prune { pruned: Pruned::Milestone { number, .. }, base } => {
                self.milestones.get(number).is_some_and(|(_, now)| base.holds(now))
            }
            // Relations are looked at when it is their turn.
            Operation::CloseIssue { base: None, .. }
            | Operation::SetParent { .. }
            | Operation::AddBlocker { .. }
            | Operation::RemoveBlocker { .. } => true,
        }
    }
}
