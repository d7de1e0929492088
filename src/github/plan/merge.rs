//! Former names that cannot be followed, since something there has the new name already: they are told, and labels are merged
//! where that was asked for. A label is put on each issue and pull request beside the old one before that is removed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Base, IssueField, Operation, SetChange, make::Making};
use crate::{
    github::{
        identity::Trust,
        normal::composed,
        remote::RemoteLabel,
        state::{Label, label_key},
    },
    report::counted,
    source::schema::Field,
};

/// Tells them, and merges labels.
pub(super) fn take(making: &mut Making<'_>) {
    labels(making);
    milestones(making);
}

fn labels(making: &mut Making<'_>) {
    let (desired, actual) = (making.desired, making.actual);
    let found = actual.identity.labels.values().flatten().map(|seen| seen.at);
    let mut taken: BTreeSet<_> = found.collect();
    let places: BTreeMap<_, _> =
        actual.world.labels.iter().enumerate().map(|(at, label)| (label_key(&label.name), at)).collect();
    for key in &desired.labels {
        let is_sure = actual
            .identity
            .labels
            .get(key)
            .is_some_and(|seen| seen.as_ref().is_ok_and(|seen| seen.trust != Trust::Doubted));
        let Some(into) = making.label_names.get(key).filter(|_| is_sure).cloned() else { continue };
        for was in desired.label_was.get(key).into_iter().flatten() {
            if let Some(at) = places.get(&label_key(was)).copied()
                && taken.insert(at)
            {
                merge(making, &actual.world.labels[at], &into);
            }
        }
    }
}

/// Merges a label into another one, or says that it can be.
fn merge(making: &mut Making<'_>, old: &RemoteLabel, into: &str) {
    let world = &making.actual.world;
    let has = |labels: &[String], name: &str| labels.iter().any(|label| label_key(label) == label_key(name));
    let issues = world.issues.iter().map(|issue| (issue.number, &issue.labels, false));
    let pulls = world.pull_labels.iter().map(|(number, labels)| (*number, labels, true));
    let (issues, pulls): (Vec<_>, Vec<_>) = issues
        .chain(pulls)
        .filter(|(_, labels, _)| has(labels, &old.name))
        .partition(|(.., is_pull)| !is_pull);
    if !making.options.merge_labels {
        return making.note(not_renamed(&old.name, into, (issues.len(), pulls.len())));
    }
    // Issues that are changed anyway may get the one and lose the other along the way.
    let given = changed(making, |change| &change.added, into);
    let lost = changed(making, |change| &change.removed, &old.name);
    let all = issues.into_iter().chain(pulls).filter(|(number, ..)| !lost.contains(number));
    let all: Vec<_> = all.collect();
    let numbers = all.iter().map(|(number, ..)| *number).collect();
    let lacking = all.into_iter().filter(|(number, labels, _)| !has(labels, into) && !given.contains(number));
    let add = |(number, _, is_pull)| {
        let (label, merged) = (into.to_owned(), old.name.clone());
        Operation::AddLabel { number, is_pull, label, merged }
    };
    let adds: Vec<_> = lacking.map(add).collect();
    making.merges.extend(adds);
    making.merged.insert(old.id);
    making.merges.push(Operation::MergeLabel {
        id: old.id,
        merged: Label {
            name: old.name.clone(),
            color: Field::Given(Some(old.color.clone())),
            description: Field::Given(old.description.clone()),
        },
        into: into.to_owned(),
        numbers,
        base: Base::of_label(old),
    });
}

/// What is said of a label that could be merged into another one.
fn not_renamed(name: &str, into: &str, (issues, pulls): (usize, usize)) -> String {
    let issues = counted(issues, "issue");
    let pulls = match pulls {
        0 => String::new(),
        count => format!(" and {}", counted(count, "pull request")),
    };
    format!(
        "label `{name}` cannot be renamed to `{into}`, which is there as well: `--merge-labels` moves its {issues}{pulls} over and deletes `{name}`"
    )
}

/// The issues that the plan puts a label on, or takes it off.
fn changed(making: &Making<'_>, list: impl Fn(&SetChange) -> &Vec<String>, name: &str) -> BTreeSet<u64> {
    let has = |field: &IssueField| match field {
        IssueField::Labels(change) => list(change).iter().any(|label| label_key(label) == label_key(name)),
        _ => false,
    };
    let number = |operation: &Operation| match operation {
        Operation::ChangeIssue { key, fields, .. } if fields.iter().any(has) => Some(key.number),
        _ => None,
    };
    making.items.iter().filter_map(number).collect()
}

fn milestones(making: &mut Making<'_>) {
    let (desired, actual) = (making.desired, making.actual);
    let found = actual.identity.milestones.values().flatten().map(|seen| seen.at);
    let mut taken: BTreeSet<_> = found.collect();
    let titles: BTreeMap<_, _> =
        actual.world.milestones.iter().enumerate().map(|(at, it)| (composed(&it.title), at)).collect();
    for id in &desired.milestones {
        let Some(Ok(seen)) = actual.identity.milestones.get(id) else { continue };
        for was in desired.milestone_was.get(id).into_iter().flatten() {
            let Some(at) = titles.get(&composed(was)).copied().filter(|at| taken.insert(*at)) else {
                continue;
            };
            let (old, new) = (&actual.world.milestones[at], &actual.world.milestones[seen.at]);
            let issues =
                actual.world.issues.iter().filter(|issue| issue.milestone == Some(old.number)).count();
            making.note(format!(
                "milestone `{}` cannot be renamed to `{}`, which is there as well (#{}): move its {} over on GitHub and delete it",
                old.title, new.title, new.number, counted(issues, "issue")
            ));
        }
    }
}
