//! What a plan comes to, in a line.

use crate::{
    github::plan::{Found, Operation, Plan},
    report::counted,
};

/// How much is made, changed, related, closed and left, as `2 labels and 1 issue to create, 1 to close, 1 conflict`.
pub(crate) fn counts(plan: &Plan) -> String {
    let count = |is: fn(&Operation) -> bool| plan.operations.iter().filter(|it| is(it)).count();
    let created = [
        (count(|it| matches!(it, Operation::CreateLabel { .. })), "label"),
        (count(|it| matches!(it, Operation::CreateMilestone { .. })), "milestone"),
        (count(|it| matches!(it, Operation::CreateIssue { .. })), "issue"),
    ];
    let created =
        created.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun));
    let created: Vec<_> = created.collect();
    let mut parts = Vec::new();
    if !created.is_empty() {
        parts.push(format!("{} to create", created.join(" + ")));
    }
    let told = [
        (count(is_adopted), "to adopt"),
        (count(|it| is_changed(it) && !is_adopted(it)), "to change"),
        (count(is_related), "to relate"),
        (count(|it| matches!(it, Operation::SetFields { .. })), "to fill fields of"),
        (count(|it| matches!(it, Operation::CloseIssue { .. })), "to close"),
        (count(|it| matches!(it, Operation::Prune { .. } | Operation::MergeLabel { .. })), "to delete"),
        (plan.source_changes.len(), "to write into the source"),
        (plan.unmanaged.len(), "unmanaged"),
    ];
    parts.extend(
        told.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")),
    );
    if !plan.conflicts.is_empty() {
        parts.push(counted(plan.conflicts.len(), "conflict"));
    }
    if parts.is_empty() { "nothing to do: GitHub matches the source".into() } else { parts.join(", ") }
}

/// What it costs, as `31 requests, at least 1 min 33 s; 4 people are told`; `None` for a plan that does nothing.
pub(crate) fn cost(plan: &Plan) -> Option<String> {
    let estimate = plan.estimate;
    if estimate.requests == 0 {
        return None;
    }
    let (minutes, seconds) = (estimate.seconds / 60, estimate.seconds % 60);
    let time = if minutes > 0 { format!("{minutes} min {seconds} s") } else { format!("{seconds} s") };
    let people = match estimate.notified {
        0 => "nobody is notified by name".into(),
        1 => "1 person is told".into(),
        people => format!("{people} people are told"),
    };
    let mut cost = format!("{}, at least {time}; {people}", counted(estimate.requests, "request"));
    if let Some(count) = plan.guard.count() {
        let (closes, renames) = (plan.guard.closes, plan.guard.renames);
        cost.push_str(&format!(
            "\nit closes or removes {closes} and renames {renames} of {} known: `roadbook apply` asks for `--yes={count}`",
            plan.guard.known
        ));
    }
    Some(cost)
}

fn is_changed(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::ChangeLabel { .. }
            | Operation::ChangeMilestone { .. }
            | Operation::ChangeIssue { .. }
            | Operation::ReopenIssue { .. }
            | Operation::AddLabel { .. }
    )
}

fn is_adopted(operation: &Operation) -> bool {
    match operation {
        Operation::ChangeLabel { found, .. }
        | Operation::ChangeMilestone { found, .. }
        | Operation::ChangeIssue { found, .. } => matches!(found, Found::Marker | Found::Title),
        _ => false,
    }
}

fn is_related(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::SetParent { .. } | Operation::AddBlocker { .. } | Operation::RemoveBlocker { .. }
    )
}
