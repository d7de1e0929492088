//! The three-way merge of a list whose items have names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Three, values::Context};
use crate::{model::id_in_title, report::one_line};

/// An item of the merged list.
#[derive(Debug)]
pub(super) struct Row {
    /// Where the versions have it.
    pub(super) at: Three<Option<usize>>,
    /// What it says with conflicts decided for our side; nothing where it goes.
    pub(super) ours: Option<Value>,
    /// The same for their side.
    pub(super) theirs: Option<Value>,
}

/// Merges a list item by item: ours in our order, and behind them what only others have.
pub(super) fn rows(
    context: &mut Context,
    list: &str,
    places: &Three<Vec<String>>,
    versions: &Three<Map<String, Value>>,
) -> Vec<Row> {
    let index =
        places.as_ref().map(|all| all.iter().enumerate().map(|(n, it)| (it, n)).collect::<BTreeMap<_, _>>());
    let own: BTreeSet<_> = places.ours.iter().collect();
    let others = places.theirs.iter().chain(&places.base);
    let mut seen = own.clone();
    let others: Vec<_> = others.filter(|place| seen.insert(*place)).collect();
    let mut rows = Vec::new();
    for place in places.ours.iter().chain(others) {
        let at = index.as_ref().map(|it| it.get(place).copied());
        let item = |version: &Map<String, Value>, at: Option<usize>| version.get(list)?.get(at?).cloned();
        let items = Three {
            base: item(&versions.base, at.base),
            ours: item(&versions.ours, at.ours),
            theirs: item(&versions.theirs, at.theirs),
        };
        let some = items.ours.as_ref().or(items.theirs.as_ref()).or(items.base.as_ref());
        context.item = some.map(|it| name(it, place));
        let pair = context.whole(&[], items.as_ref().map(Option::as_ref));
        rows.push(Row { at, ours: pair.ours, theirs: pair.theirs });
    }
    context.item = None;
    rows
}

/// What people call an item.
pub(super) fn name(item: &Value, place: &str) -> String {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let title = || text("title").map(|title| id_in_title(title).unwrap_or(title));
    let known = text("id").or_else(|| text("name")).or_else(|| text("prefix")).or_else(title);
    one_line(known.unwrap_or(place)).into_owned()
}
