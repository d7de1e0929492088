//! Where the JSON names an item: what a rename follows and a removal has to mend.

use std::sync::Arc;

use serde_json::Value;

use super::EditSession;
use crate::{
    commands::lookup::Item,
    edit::{Change, Edit, Spot},
    report::JsonPath,
};

/// A list of a file, and a key of its items.
type ListKey = (&'static str, &'static str);

/// Where an issue is named.
const ISSUES: &[ListKey] = &[("issues", "parent"), ("issues", "blocked_by")];

/// Where a milestone is named by its id.
const MILESTONES: &[ListKey] =
    &[("issues", "milestone"), ("milestones", "blocked_by"), ("phases", "milestones")];

/// Where a milestone is named by its title.
pub(super) const TITLES: &[ListKey] = &[("issues", "milestone")];

/// Where a label is named.
const LABELS: &[ListKey] = &[("issues", "labels")];

/// The states that labels may stand for, as `states` names them.
const STATES: [&str; 3] = ["in_progress", "done", "dropped"];

/// A value that names an item.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Reference {
    /// The file.
    pub(in crate::commands) file: Arc<str>,
    /// The value: a member, or an item of a list.
    pub(in crate::commands) path: JsonPath,
    /// The name, as it is written.
    pub(in crate::commands) name: String,
}

impl Reference {
    /// The edit that names something else.
    pub(in crate::commands) fn renamed(self, name: &str) -> Edit {
        Edit { file: self.file, path: self.path, change: Change::Set(name.into(), Spot::Last) }
    }

    /// The edit that takes it out.
    pub(in crate::commands) fn removed(self) -> Edit {
        Edit { file: self.file, path: self.path, change: Change::Remove }
    }
}

/// The values that name items of a kind by a name that is meant.
pub(in crate::commands) fn references(
    desk: &EditSession<'_>,
    item: Item,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<Reference> {
    match item {
        Item::Issue(_) => listed(desk, ISSUES, is_meant),
        Item::Milestone(_) => listed(desk, MILESTONES, is_meant),
        Item::Label(_) => {
            let mut found = listed(desk, LABELS, &is_meant);
            found.extend(in_states(desk, &is_meant));
            found
        }
    }
}

/// The values of these keys that name what is meant.
pub(super) fn listed(
    desk: &EditSession<'_>,
    keys: &[ListKey],
    is_meant: impl Fn(&str) -> bool,
) -> Vec<Reference> {
    let mut found = Vec::new();
    for (file, value) in desk.roadmap.files.iter().zip(&desk.values) {
        for (list, key) in keys {
            let items = value.get(*list).and_then(Value::as_array).into_iter().flatten();
            for (index, item) in items.enumerate() {
                let at = || JsonPath::default().key(*list).index(index).key(*key);
                item.get(*key).into_iter().for_each(|value| named(file, value, at, &is_meant, &mut found));
            }
        }
    }
    found
}

/// The labels that stand for a state.
fn in_states(desk: &EditSession<'_>, is_meant: impl Fn(&str) -> bool) -> Vec<Reference> {
    let mut found = Vec::new();
    for (file, value) in desk.roadmap.files.iter().zip(&desk.values) {
        for state in STATES {
            let labels = value.get("states").and_then(|states| states.get(state)?.get("labels"));
            let at = || JsonPath::default().key("states").key(state).key("labels");
            labels.into_iter().for_each(|labels| named(file, labels, at, &is_meant, &mut found));
        }
    }
    found
}

/// A name, or those of a list, that are meant.
fn named(
    file: &Arc<str>,
    value: &Value,
    at: impl Fn() -> JsonPath,
    is_meant: impl Fn(&str) -> bool,
    found: &mut Vec<Reference>,
) {
    let mut push = |path, name: &str| {
        found.push(Reference { file: Arc::clone(file), path, name: name.to_owned() });
    };
    match value {
        Value::String(name) if is_meant(name) => push(at(), name),
        Value::Array(names) => {
            let names = names.iter().enumerate().filter_map(|(n, name)| Some((n, name.as_str()?)));
            names.filter(|(_, name)| is_meant(name)).for_each(|(n, name)| push(at().index(n), name));
        }
        _ => {}
    }
}
