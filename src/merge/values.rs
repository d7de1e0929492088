//! The three-way merge of one value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Conflict, Side, Three, lines};
use crate::report::one_line;

/// Keys whose values are names, in no order that means anything.
const SETS: [&str; 7] = ["labels", "assignees", "blocked_by", "was", "milestones", "docs", "assigned"];

/// Keys whose values are Markdown: lines that different people change are merged.
const TEXTS: [&str; 4] = ["body", "description", "goal", "text"];

/// How much of a value is shown, in characters.
const MOST_SHOWN: usize = 80;

/// A merged value: with conflicts decided for our side, and for theirs. Without conflicts both are the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) ours: Option<Value>,
    pub(super) theirs: Option<Value>,
}

impl Pair {
    fn same(value: Option<&Value>) -> Self {
        Self { ours: value.cloned(), theirs: value.cloned() }
    }
}

/// A merge under way.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Fields that got two values.
    pub(super) conflicts: Vec<Conflict>,
    /// The item that fields are of now.
    pub(super) item: Option<String>,
    /// The side that looked at GitHub later.
    pub(super) newer: Option<Side>,
}

impl Context {
    /// Merges a value; `path` are the keys that lead to it from its item or from the top.
    pub(super) fn value(&mut self, path: &[&str], sides: Three<Option<&Value>>) -> Pair {
        let Three { base, ours, theirs } = sides;
        if ours == theirs || theirs == base {
            return Pair::same(ours);
        }
        if ours == base {
            return Pair::same(theirs);
        }
        let key = path.last().copied().unwrap_or_default();
        if let Some(side) = self.newer.filter(|_| key == "snapshot_on" || path.contains(&"remote")) {
            return Pair::same(*sides.side(side));
        }
        match (base, ours, theirs) {
            (None | Some(Value::Object(_)), Some(Value::Object(ours)), Some(Value::Object(theirs))) => {
                let none = Map::new();
                let base = base.and_then(Value::as_object).unwrap_or(&none);
                self.object(path, Three { base, ours, theirs })
            }
            (_, Some(ours), Some(theirs)) if SETS.contains(&key) => {
                self.set(path, Three { base: base.unwrap_or(&Value::Null), ours, theirs })
            }
            (_, Some(Value::Array(ours)), Some(Value::Array(theirs)))
                if ["updates", "accepted"].contains(&key) =>
            {
                let base = base.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                self.records(path, Three { base, ours, theirs })
            }
            (Some(Value::String(base)), Some(Value::String(ours)), Some(Value::String(theirs)))
                if TEXTS.contains(&key) =>
            {
                self.text(path, Three { base, ours, theirs })
            }
            _ => self.undecided(path, ours, theirs),
        }
    }

    fn object(&mut self, path: &[&str], sides: Three<&Map<String, Value>>) -> Pair {
        let keys: BTreeSet<_> = sides.all().into_iter().flat_map(|it| it.keys()).collect();
        let (mut ours, mut theirs) = (Map::new(), Map::new());
        for key in keys {
            let mut path = path.to_vec();
            path.push(key);
            let pair = self.value(&path, sides.map(|it| it.get(key)));
            ours.extend(pair.ours.map(|value| (key.clone(), value)));
            theirs.extend(pair.theirs.map(|value| (key.clone(), value)));
        }
        Pair { ours: Some(ours.into()), theirs: Some(theirs.into()) }
    }

    /// Merges a list of names, whatever their order.
    fn set(&mut self, path: &[&str], sides: Three<&Value>) -> Pair {
        match [sides.base, sides.ours, sides.theirs].map(names) {
            [Some(base), Some(ours), Some(theirs)] => Pair::same(Some(&set(base, ours, theirs))),
            _ => self.conflict(path, sides.ours, sides.theirs),
        }
    }

    /// Merges a text line by line.
    fn text(&mut self, path: &[&str], sides: Three<&String>) -> Pair {
        let Three { base, ours, theirs } = sides;
        match lines::merged(Three { base, ours, theirs }) {
            Some(text) => Pair::same(Some(&text.into())),
            None => self.conflict(path, &ours.as_str().into(), &theirs.as_str().into()),
        }
    }

    /// Merges a list of objects that have no id: those of one day, or of one finding, are the same one.
    fn records(&mut self, path: &[&str], sides: Three<&[Value]>) -> Pair {
        let Some(keyed) = sides.map(by_record).whole() else {
            let [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(<[Value]>::to_vec);
            return Pair::same(Some(&set(base, ours, theirs)));
        };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let new = sides.theirs.iter().filter(|it| !keyed.ours.contains_key(&record(it)));
        for item in sides.ours.iter().chain(new) {
            let key = record(item);
            let found = keyed.as_ref().map(|it| it.get(&key).copied());
            // Two people may write an update on one day.
            if let Three { base: None, ours: Some(a), theirs: Some(b) } = found
                && a != b
                && path.last() == Some(&"updates")
            {
                [&mut ours, &mut theirs].into_iter().for_each(|list| list.extend([a.clone(), b.clone()]));
                continue;
            }
            let pair = self.whole(path, found);
            ours.extend(pair.ours);
            theirs.extend(pair.theirs);
        }
        Pair { ours: Some(ours.into()), theirs: Some(theirs.into()) }
    }

    /// Merges an object of a list, which a side may have removed.
    pub(super) fn whole(&mut self, path: &[&str], sides: Three<Option<&Value>>) -> Pair {
        match sides {
            Three { base: Some(base), ours: Some(kept), theirs: None }
            | Three { base: Some(base), ours: None, theirs: Some(kept) }
                if kept == base =>
            {
                Pair::same(None)
            }
            Three { base: Some(_), ours, theirs } if ours.is_none() != theirs.is_none() => {
                self.undecided(path, ours, theirs)
            }
            _ if sides.ours.is_none() => Pair::same(sides.theirs),
            _ if sides.theirs.is_none() => Pair::same(sides.ours),
            _ => self.value(path, sides),
        }
    }

    fn conflict(&mut self, path: &[&str], ours: &Value, theirs: &Value) -> Pair {
        self.undecided(path, Some(ours), Some(theirs))
    }

    fn undecided(&mut self, path: &[&str], ours: Option<&Value>, theirs: Option<&Value>) -> Pair {
        let what = match (path, &self.item) {
            ([], None) => "the file".to_owned(),
            ([], Some(item)) => format!("`{item}`"),
            (path, None) => format!("`{}`", one_line(&path.join("."))),
            (path, Some(item)) => format!("`{}` of `{item}`", one_line(&path.join("."))),
        };
        let words = |side: Option<&Value>, is_item: bool| match side {
            None if is_item => "removed".to_owned(),
            None => "left out".to_owned(),
            Some(_) if is_item => "changed".to_owned(),
            Some(value) => shown(value),
        };
        let is_item = path.is_empty();
        self.conflicts.push(Conflict { what, ours: words(ours, is_item), theirs: words(theirs, is_item) });
        Pair { ours: ours.cloned(), theirs: theirs.cloned() }
    }
}

/// A value as a message shows it.
pub(super) fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let short: String = text.chars().take(MOST_SHOWN).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", one_line(&short))
}

/// The names of a list; none where it is empty. `None` where it holds something else.
fn names(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Array(items) => items.iter().all(Value::is_string).then(|| items.clone()),
        _ => None,
    }
}

/// Our items without those that they took out, and behind them those that they added.
fn set(base: Vec<Value>, ours: Vec<Value>, theirs: Vec<Value>) -> Value {
    let keys = |list: &[Value]| list.iter().map(folded).collect::<BTreeSet<_>>();
    let (before, kept, own) = (keys(&base), keys(&theirs), keys(&ours));
    let is_gone = |item: &Value| before.contains(&folded(item)) && !kept.contains(&folded(item));
    let is_new = |item: &Value| !before.contains(&folded(item)) && !own.contains(&folded(item));
    let merged =
        ours.into_iter().filter(|item| !is_gone(item)).chain(theirs.iter().filter(|it| is_new(it)).cloned());
    merged.collect()
}

/// What makes two names the same: they are compared without case.
fn folded(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_lowercase)
}

/// What makes two records the same one.
fn record(value: &Value) -> String {
    match value {
        Value::Object(members) => match members.get("on") {
            Some(day) => day.to_string(),
            None => Value::Object(
                members
                    .iter()
                    .filter(|(key, _)| *key != "count")
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect(),
            )
            .to_string(),
        },
        other => other.to_string(),
    }
}

/// Records by what makes them the same; `None` where two are.
fn by_record(items: &[Value]) -> Option<BTreeMap<String, &Value>> {
    let found: BTreeMap<_, _> = items.iter().map(|item| (record(item), item)).collect();
    (found.len() == items.len()).then_some(found)
}
