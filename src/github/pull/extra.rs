//! What a plan has no word for, since it is no difference to it: ticks, and labels that people put on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    github::{
        actual::Actual,
        desired::Desired,
        identity::Trust,
        plan::{Conflict, Field, Item, SourceChange},
        state::Issue,
        text::{carried, normal, taken_over},
    },
    model::{Id, Roadmap},
    report::counted,
    source::Lock,
};

/// How many labels are named in a note.
const MOST: usize = 10;

/// Where the changes of a field stand, by the key of their issue.
fn places(changes: &[SourceChange], field: Field) -> BTreeMap<String, usize> {
    let of = |(at, change): (usize, &SourceChange)| match &change.item {
        Item::Issue(id) if change.field == field => Some((id.key().to_owned(), at)),
        _ => None,
    };
    changes.iter().enumerate().filter_map(of).collect()
}

/// Lets an issue wait for what it waits for in the source and what is lost in GitHub: whoever deleted that said nothing of
/// this one.
pub(super) fn keep_lost(desired: &Desired, actual: &Actual, changes: &mut Vec<SourceChange>) {
    let is_lost = |id: &Id| actual.identity.issues.get(id).is_none_or(Result::is_err);
    changes.retain_mut(|change| {
        let (Item::Issue(id), Field::BlockedBy, Value::Array(list)) =
            (&change.item, change.field, &mut change.value)
        else {
            return true;
        };
        let wanted = desired.state.issues.get(id).and_then(|issue| issue.blocked_by.get());
        let ours = wanted.into_iter().flatten().filter_map(|whose| match whose {
            crate::github::state::IssueLink::Ours(id) => Some(id),
            crate::github::state::IssueLink::Theirs(_) => None,
        });
        let ours: Vec<_> = ours.collect();
        list.extend(ours.iter().filter(|id| is_lost(id)).map(|id| Value::from(id.as_str())));
        let keys = |id: &Value| id.as_str().map(str::to_lowercase);
        let now: BTreeSet<_> = list.iter().filter_map(keys).collect();
        now != ours.iter().map(|id| id.key().to_owned()).collect()
    });
}

/// Ticks boxes in bodies as they are ticked in GitHub, whose they are.
pub(super) fn ticks(
    roadmap: &Roadmap,
    actual: &Actual,
    conflicts: &[Conflict],
    changes: &mut Vec<SourceChange>,
) {
    let changed = places(changes, Field::Body);
    let decided: BTreeSet<_> = conflicts.iter().filter_map(body_of).map(Id::key).collect();
    for issue in &roadmap.issues {
        let there = actual.state.issues.get(&issue.id).and_then(|it| it.body.get());
        let (Some(body), Some(there)) = (issue.body.get(), there) else { continue };
        let key = issue.id.key();
        if !body.contains('[') || changed.contains_key(key) || decided.contains(key) {
            continue;
        }
        let theirs = taken_over(&there.text);
        if body == &theirs || normal(body) != normal(&theirs) {
            continue;
        }
        let ticked = carried(body, &theirs);
        if ticked != *body {
            let item = Item::Issue(issue.id.clone());
            changes.push(SourceChange { item, field: Field::Body, value: ticked.into() });
        }
    }
}

/// The issue whose body a conflict is about.
fn body_of(conflict: &Conflict) -> Option<&Id> {
    match conflict {
        Conflict::Issue { item, field, .. } if field.field() == Field::Body => Some(item),
        _ => None,
    }
}

/// Puts on the labels that people put on, as far as the roadmap knows them; the others stay theirs, which the notes say.
pub(super) fn labels(
    roadmap: &Roadmap,
    desired: &Desired,
    actual: &Actual,
    lock: &Lock,
    changes: &mut Vec<SourceChange>,
) -> Vec<String> {
    let changed = places(changes, Field::Labels);
    let renamed = super::lock::label_keys(actual, lock);
    let mut strange = BTreeMap::<&str, usize>::new();
    for (id, wanted) in &desired.state.issues {
        let proven = actual.identity.issues.get(id).and_then(|seen| seen.as_ref().ok());
        let line = lock.issues.get(id.key()).filter(|_| proven.is_some_and(|it| it.trust == Trust::Entry));
        let (Some(line), Some(there)) = (line, actual.state.issues.get(id)) else { continue };
        if wanted.labels.is_absent() || line.applied.labels.is_absent() {
            continue;
        }
        let applied = line.applied.labels.get().into_iter().flatten();
        let applied = applied.map(|key| renamed.get(key).unwrap_or(key)).collect();
        let mut added = Vec::new();
        for (key, name) in put_on(there, wanted, &applied) {
            match desired.state.labels.get(key) {
                Some(label) => added.push(Value::from(label.name.as_str())),
                None if !roadmap.labels_listed => added.push(Value::from(name.as_str())),
                None => *strange.entry(name).or_default() += 1,
            }
        }
        if added.is_empty() {
            continue;
        }
        let at = changed.get(id.key());
        if let Some(Value::Array(list)) = at.and_then(|at| changes.get_mut(*at)).map(|it| &mut it.value) {
            list.extend(added);
            continue;
        }
        let wanted = wanted.labels.get().into_iter().flatten().map(|(_, name)| Value::from(name.as_str()));
        let value = wanted.chain(added).collect();
        changes.push(SourceChange { item: Item::Issue(id.clone()), field: Field::Labels, value });
    }
    told(&strange).into_iter().collect()
}

/// The labels that people put on an issue, by key and name: neither applied nor wanted by the source.
fn put_on<'t>(
    there: &'t Issue,
    wanted: &Issue,
    applied: &BTreeSet<&String>,
) -> impl Iterator<Item = (&'t String, &'t String)> {
    let is_wanted = |key| wanted.labels.get().is_some_and(|wanted| wanted.contains_key(key));
    let all = there.labels.get().into_iter().flatten();
    all.filter(move |(key, _)| !applied.contains(key) && !is_wanted(*key))
}

fn told(strange: &BTreeMap<&str, usize>) -> Option<String> {
    let more = strange.len().saturating_sub(MOST);
    let named = strange.iter().take(MOST);
    let mut names: Vec<_> =
        named.map(|(name, count)| format!("`{name}` ({})", counted(*count, "issue"))).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    (!names.is_empty())
        .then(|| format!("labels that the source does not list stay in GitHub alone: {}", names.join(", ")))
}
