//! What turns the text that is merged into, the canvas, into the merged one: edits of the values that change.

use std::sync::Arc;

use serde_json::Value;

use super::{Side, Three, list::Row, values::Pair, version::Version};
use crate::{
    edit::{Change, Edit, New, Spot, list},
    model::fields::{FILE, Field, ISSUE, LABEL, LABEL_GROUP, MILESTONE, PHASE, SECTION},
    report::JsonPath,
};

/// The edits of the canvas: with our values where there is a conflict, and with theirs.
pub(super) struct Edits<'v, 't> {
    versions: &'v Three<Version<'t>>,
    canvas: Side,
    /// With our values.
    pub(super) ours: Vec<Edit>,
    /// With their values.
    pub(super) theirs: Vec<Edit>,
}

impl<'v, 't> Edits<'v, 't> {
    pub(super) fn new(versions: &'v Three<Version<'t>>, canvas: Side) -> Self {
        Self { versions, canvas, ours: Vec::new(), theirs: Vec::new() }
    }

    /// Gives a member of the file its value.
    pub(super) fn member(&mut self, key: &str, pair: &Pair) {
        let old = self.versions.side(self.canvas).value.get(key);
        for (edits, new) in [(&mut self.ours, &pair.ours), (&mut self.theirs, &pair.theirs)] {
            member(edits, &JsonPath::default(), key, old, new.as_ref(), FILE);
        }
    }

    /// Gives a list of items its rows: those that the canvas has where they are, all others behind them.
    pub(super) fn list(&mut self, key: &str, rows: &[Row]) {
        let canvas = self.versions.side(self.canvas);
        let old = canvas.value.get(key).and_then(Value::as_array);
        let at = JsonPath::default().key(key);
        for side in [Side::Ours, Side::Theirs] {
            let (mut edits, mut added) = (Vec::new(), Vec::new());
            for row in rows {
                let new = if side == Side::Ours { &row.ours } else { &row.theirs };
                match (row.at.side(self.canvas).and_then(|index| Some((index, old?.get(index)?))), new) {
                    (Some((index, old)), Some(new)) => {
                        change(&mut edits, &at.clone().index(index), old, new, fields(key))
                    }
                    (Some((index, _)), None) => edits.push(edit(at.clone().index(index), Change::Remove)),
                    (None, Some(new)) => added.push(self.added(key, row, new)),
                    (None, None) => {}
                }
            }
            if old.is_some() {
                edits.extend(added.into_iter().map(|new| edit(at.clone(), Change::Append(new))));
            } else if !added.is_empty() {
                edits.push(edit(at.clone(), Change::Set(New::List(added), Spot::Among(FILE))));
            }
            let all = if side == Side::Ours { &mut self.ours } else { &mut self.theirs };
            all.extend(edits);
        }
    }

    fn added(&self, key: &str, row: &Row, new: &Value) -> New {
        let from =
            [Side::Ours, Side::Theirs].into_iter().find_map(|side| Some((side, (*row.at.side(side))?)));
        from.map_or_else(
            || new.clone().into(),
            |(side, index)| self.versions.side(side).ordered(key, index, new),
        )
    }
}

/// The fields of the items of a list.
fn fields(list: &str) -> &'static [Field] {
    match list {
        "milestones" => MILESTONE,
        "issues" => ISSUE,
        "labels" => LABEL,
        "label_groups" => LABEL_GROUP,
        "phases" => PHASE,
        "sections" => SECTION,
        _ => &[],
    }
}

fn edit(path: JsonPath, change: Change) -> Edit {
    Edit { file: Arc::from(""), path, change }
}

/// The edits that make one value of another.
pub(super) fn change(
    edits: &mut Vec<Edit>,
    at: &JsonPath,
    old: &Value,
    new: &Value,
    fields: &'static [Field],
) {
    match (old, new) {
        (old, new) if old == new => {}
        (Value::Object(before), Value::Object(after)) => {
            for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))) {
                member(edits, at, key, before.get(key), after.get(key), fields);
            }
        }
        (Value::Array(before), Value::Array(after)) if !after.is_empty() => {
            if before.len() == after.len() && after.iter().all(Value::is_object) {
                let pairs = before.iter().zip(after).enumerate();
                pairs.for_each(|(n, (old, new))| change(edits, &at.clone().index(n), old, new, &[]));
                return;
            }
            edits.extend(list(before, after).into_iter().map(|(index, change)| {
                edit(index.map_or_else(|| at.clone(), |index| at.clone().index(index)), change)
            }));
        }
        _ => edits.push(edit(at.clone(), Change::Set(new.clone().into(), Spot::Last))),
    }
}

fn member(
    edits: &mut Vec<Edit>,
    at: &JsonPath,
    key: &str,
    old: Option<&Value>,
    new: Option<&Value>,
    fields: &'static [Field],
) {
    let path = at.clone().key(key);
    match (old, new) {
        (Some(old), Some(new)) => change(edits, &path, old, new, &[]),
        (Some(_), None) => edits.push(edit(path, Change::Remove)),
        (None, Some(new)) => {
            let is_known = fields.iter().any(|field| field.key == key);
            let spot = if is_known { Spot::Among(fields) } else { Spot::Last };
            edits.push(edit(path, Change::Set(new.clone().into(), spot)));
        }
        (None, None) => {}
    }
}
