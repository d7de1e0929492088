//! What turns our text into the merged one: edits of the values that change, and the order of lists.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;

use super::{Side, Three, list::Row, made, order::Order, values::Pair, version::Version};
use crate::{
    edit::{Change, Edit, New, Spot, arranged, list},
    model::fields::{FILE, Field, ISSUE, LABEL, LABEL_GROUP, MILESTONE, PHASE, SECTION},
    report::JsonPath,
};

/// What becomes of our text: with our values where there is a conflict, and with theirs.
pub(super) struct Edits<'v, 't> {
    versions: &'v Three<Version<'t>>,
    /// With our values.
    pub(super) ours: Made,
    /// With their values.
    pub(super) theirs: Made,
}

/// What becomes of a text.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Its values.
    pub(super) edits: Vec<Edit>,
    /// For each list which of its items, as they are edited, comes to each place.
    pub(super) orders: Vec<(String, Vec<usize>)>,
}

impl Made {
    /// The text that this one becomes; `None` where it cannot be edited so.
    pub(super) fn text(&self, old: &str) -> Option<String> {
        let new = made(old, &self.edits)?;
        self.orders.iter().try_fold(new, |text, (list, from)| {
            arranged(&text, &JsonPath::default().key(list.as_str()), from)
        })
    }
}

impl<'v, 't> Edits<'v, 't> {
    pub(super) fn new(versions: &'v Three<Version<'t>>) -> Self {
        Self { versions, ours: Made::default(), theirs: Made::default() }
    }

    /// Gives a member of the file its value.
    pub(super) fn member(&mut self, key: &str, pair: &Pair) {
        let old = self.versions.ours.value.get(key);
        for (made, new) in [(&mut self.ours, &pair.ours), (&mut self.theirs, &pair.theirs)] {
            member(&mut made.edits, &JsonPath::default(), key, old, new.as_ref(), FILE);
        }
    }

    /// Gives a list of items its rows: those that our text has where they are, all others behind them, and then all in their order.
    pub(super) fn list(&mut self, key: &str, rows: &[Row], order: &Order) {
        let old = self.versions.ours.value.get(key).and_then(Value::as_array);
        let at = JsonPath::default().key(key);
        for side in [Side::Ours, Side::Theirs] {
            let (mut edits, mut added) = (Vec::new(), Vec::new());
            for row in rows {
                let new = if side == Side::Ours { &row.ours } else { &row.theirs };
                match (row.at.ours.and_then(|index| Some((index, old?.get(index)?))), new) {
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
            let is_there = |row: &usize| match side {
                Side::Ours => rows[*row].ours.is_some(),
                Side::Theirs => rows[*row].theirs.is_some(),
            };
            let written: BTreeMap<_, _> =
                (0..rows.len()).filter(is_there).enumerate().map(|(n, row)| (row, n)).collect();
            let (made, order) = match side {
                Side::Ours => (&mut self.ours, &order.ours),
                Side::Theirs => (&mut self.theirs, &order.theirs),
            };
            made.edits.extend(edits);
            let from = order.iter().filter_map(|row| written.get(row).copied()).collect();
            made.orders.push((key.to_owned(), from));
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
