//! What a plan costs, and what of it has to be confirmed by its number.

use std::collections::BTreeSet;

use super::{Estimate, Guard, IssueField, IssueRef, LabelField, MilestoneField, Operation, Plan};
use crate::{
    github::{normal, text::mentioned},
    source::schema::State,
};

/// Seconds to wait after a write. Source: GitHub's best practices for REST, "pause between mutative requests".
const AFTER_WRITE: u64 = 1;

/// Seconds to wait after a write that tells people. Source: what GitHub's own client library waits.
const AFTER_NOTIFYING: u64 = 3;

/// What the operations cost.
pub(super) fn estimate(plan: &Plan) -> Estimate {
    let mut people = BTreeSet::new();
    let (mut requests, mut seconds) = (0, 0);
    for operation in &plan.operations {
        let told = told(operation);
        let notifies = notifies(operation) || !told.is_empty();
        let wait = if notifies { AFTER_NOTIFYING } else { AFTER_WRITE };
        requests += sent(operation);
        seconds += wait * sent(operation) as u64;
        people.extend(told);
    }
    Estimate { requests, notified: people.len(), seconds }
}

/// How many writing requests an operation is: issue fields are filled by one, and emptied by one each.
fn sent(operation: &Operation) -> usize {
    match operation {
        Operation::SetFields { fields, .. } => {
            let emptied = fields.iter().filter(|change| change.becomes.is_none()).count();
            emptied + usize::from(emptied < fields.len())
        }
        _ => 1,
    }
}

/// Whether GitHub's own document says of a request that it tells people.
fn notifies(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::CreateIssue { .. }
            | Operation::AddBlocker { .. }
            | Operation::RemoveBlocker { .. }
            | Operation::SetParent { becomes: None, .. }
            | Operation::SetFields { .. }
    )
}

/// The logins and teams that are told by name.
fn told(operation: &Operation) -> BTreeSet<String> {
    let folded =
        |logins: &[String]| logins.iter().map(|login| normal::login_key(login)).collect::<BTreeSet<_>>();
    match operation {
        Operation::CreateIssue { issue, .. } => &folded(&issue.assignees) | &mentioned(&issue.body),
        Operation::ChangeIssue { fields, .. } => {
            let new = fields.iter().map(|field| match field {
                IssueField::Body(change) => &mentioned(&change.becomes) - &mentioned(&change.was),
                IssueField::Assignees(change) => &folded(&change.becomes) - &folded(&change.was),
                _ => BTreeSet::new(),
            });
            new.flatten().collect()
        }
        _ => BTreeSet::new(),
    }
}

/// How much is closed, removed and renamed, of so many known items.
pub(super) fn guard(plan: &Plan, known: usize) -> Guard {
    let count = |is: &dyn Fn(&Operation) -> bool| plan.operations.iter().filter(|it| is(it)).count();
    Guard { closes: count(&closes), renames: count(&renames), known }
}

fn closes(operation: &Operation) -> bool {
    match operation {
        // An issue that is made closed is nobody's yet.
        Operation::CloseIssue { issue, .. } => matches!(issue, IssueRef::There { .. }),
        Operation::Prune { .. } | Operation::MergeLabel { .. } => true,
        Operation::ChangeMilestone { fields, .. } => fields
            .iter()
            .any(|field| matches!(field, MilestoneField::State(change) if change.becomes == State::Closed)),
        _ => false,
    }
}

fn renames(operation: &Operation) -> bool {
    match operation {
        Operation::ChangeLabel { fields, .. } => {
            fields.iter().any(|field| matches!(field, LabelField::Name(_)))
        }
        Operation::ChangeMilestone { fields, .. } => {
            fields.iter().any(|field| matches!(field, MilestoneField::Title(_)))
        }
        Operation::ChangeIssue { fields, .. } => {
            fields.iter().any(|field| matches!(field, IssueField::Title(_)))
        }
        _ => false,
    }
}
