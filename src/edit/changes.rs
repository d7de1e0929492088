//! What an edit changed, value by value, each with its place: for whoever reads the outcome as data.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Rewrite, change::parsed};
use crate::{
    json::locate,
    report::{JsonPath, Part, Step},
};

/// A value that changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Changed {
    /// The file, from the root.
    pub(crate) file: Arc<str>,
    /// The value as a JSON pointer, in the file as it is after the edit, or before it where the value is gone; `None` in a
    /// file that is not JSON.
    pub(crate) pointer: Option<String>,
    /// The line on which it begins there, from 1.
    pub(crate) line: usize,
    /// The column, from 1, in characters.
    pub(crate) column: usize,
    /// What it was; `None` where it was not there.
    pub(crate) before: Option<Value>,
    /// What it is; `None` where it is gone.
    pub(crate) after: Option<Value>,
}

impl Rewrite {
    /// What changes, in the order of the file.
    pub(crate) fn changes(&self) -> Vec<Changed> {
        let (old, new) = self.texts();
        let values = (parsed(old), parsed(new));
        let (Some(Value::Object(old)), Some(Value::Object(new))) = values else { return self.lines() };
        let mut found = Found { rewrite: self, changes: Vec::new() };
        found.members(&JsonPath::default(), (&old, &new));
        let (gone, there): (Vec<_>, Vec<_>) = found.changes.into_iter().partition(|it| it.2.is_none());
        let texts = self.texts();
        let mut changes = self.placed(texts.0, gone);
        changes.extend(self.placed(texts.1, there));
        changes.sort_by_key(|change| (change.line, change.column));
        changes
    }

    /// What the file holds before and after; a file that is not there holds nothing.
    fn texts(&self) -> (&str, &str) {
        (self.old.as_deref().unwrap_or_default(), self.new.as_deref().unwrap_or_default())
    }

    /// Changes with their places in a text.
    fn placed(&self, text: &str, changes: Vec<Difference>) -> Vec<Changed> {
        let wanted: Vec<_> = changes.iter().map(|(path, ..)| (path.clone(), Part::Value)).collect();
        let ranges = locate(text, &wanted);
        let ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let place = |start: usize| {
            let line = ends.partition_point(|end| *end <= start);
            let head = &text[line.checked_sub(1).map_or(0, |before| ends[before])..start];
            (line + 1, head.trim_start_matches('\u{feff}').chars().count() + 1)
        };
        let changed = |((path, before, after), range): (Difference, Option<std::ops::Range<usize>>)| {
            let (line, column) = range.map_or((1, 1), |range| place(range.start));
            let pointer = Some(pointer(&path));
            Changed { file: Arc::clone(&self.file), pointer, line, column, before, after }
        };
        changes.into_iter().zip(ranges).map(changed).collect()
    }

    /// The lines that changed, of a file that is not JSON.
    fn lines(&self) -> Vec<Changed> {
        let (old, new) = self.texts();
        let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
        let changed = |line: usize, before: &[&str], after: &[&str]| Changed {
            file: Arc::clone(&self.file),
            pointer: None,
            line,
            column: 1,
            before: (!before.is_empty()).then(|| before.join("\n").into()),
            after: (!after.is_empty()).then(|| after.join("\n").into()),
        };
        if old.len() == new.len() {
            let pairs = old.iter().zip(&new).enumerate().filter(|(_, (old, new))| old != new);
            return pairs.map(|(n, (old, new))| changed(n + 1, &[*old], &[*new])).collect();
        }
        let same = |(old, new): &(&&str, &&str)| old == new;
        let first = old.iter().zip(&new).take_while(same).count();
        let (old, new) = (&old[first..], &new[first..]);
        let last = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
        vec![changed(first + 1, &old[..old.len() - last], &new[..new.len() - last])]
    }
}

/// A path, what was there, and what is.
type Difference = (JsonPath, Option<Value>, Option<Value>);

/// What differs between two editions of a file.
struct Found<'r> {
    rewrite: &'r Rewrite,
    changes: Vec<Difference>,
}

impl Found<'_> {
    fn members(&mut self, at: &JsonPath, (old, new): (&Map<String, Value>, &Map<String, Value>)) {
        for (key, before) in old {
            self.value(at.clone().key(key), Some(before), new.get(key));
        }
        for (key, after) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            self.value(at.clone().key(key), None, Some(after));
        }
    }

    fn value(&mut self, path: JsonPath, before: Option<&Value>, after: Option<&Value>) {
        match (before, after) {
            (before, after) if before == after => {}
            (Some(Value::Object(old)), Some(Value::Object(new))) => self.members(&path, (old, new)),
            (Some(Value::Array(old)), Some(Value::Array(new))) if path.0.len() == 1 => {
                self.items(&path, old, new);
            }
            _ => self.changes.push((path, before.cloned(), after.cloned())),
        }
    }

    /// The items of one of the file's own lists: each is compared with what it was.
    fn items(&mut self, path: &JsonPath, old: &[Value], new: &[Value]) {
        let Some(Step::Key(list)) = path.0.first() else { return };
        let removed = &self.rewrite.removed;
        for (index, before) in old.iter().enumerate().filter(|(index, _)| removed.holds(list, *index)) {
            self.changes.push((path.clone().index(index), Some(before.clone()), None));
        }
        for (index, after) in new.iter().enumerate() {
            self.value(path.clone().index(index), old.get(removed.former(list, index)), Some(after));
        }
    }
}

/// A path as RFC 6901 writes it.
fn pointer(path: &JsonPath) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Step::Index(index) => format!("/{index}"),
    };
    path.0.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::edit::{Change, Edit, Spot, edited, removed::Removed};

    fn rewrite(old: &str, edits: &[Edit]) -> Rewrite {
        let edits: Vec<_> = edits.iter().collect();
        let new = edited(old, &edits).expect("they fit");
        let (file, removed) = ("a.json".into(), Removed::by(&edits));
        Rewrite { file, target: "a.json".into(), old: Some(old.to_owned()), new: Some(new), removed }
    }

    fn edit(path: JsonPath, change: Change) -> Edit {
        Edit { file: "a.json".into(), path, change }
    }

    #[test]
    fn each_value_has_its_place_and_what_is_gone_the_place_that_it_had() {
        let old = "\u{feff}{\n  \"issues\": [\n    { \"id\": \"A\" },\n    { \"id\": \"B\", \"x/y\": [1] },\n    { \"id\": \"C\" }\n  ]\n}\n";
        let issue = |index: usize| JsonPath::default().key("issues").index(index);
        let rewrite = rewrite(
            old,
            &[
                edit(issue(0), Change::Remove),
                edit(issue(1).key("x/y"), Change::Set(json!([2]).into(), Spot::Last)),
                edit(issue(2).key("ü"), Change::Set(json!(null).into(), Spot::First)),
                edit(JsonPath::default().key("issues"), Change::Append(json!({ "id": "D" }).into())),
            ],
        );
        let told: Vec<_> = rewrite
            .changes()
            .into_iter()
            .map(|it| (it.pointer.unwrap_or_default(), it.line, it.column, it.before, it.after))
            .collect();
        assert_eq!(
            told,
            [
                ("/issues/0".into(), 3, 5, Some(json!({ "id": "A" })), None),
                ("/issues/0/x~1y".into(), 3, 25, Some(json!([1])), Some(json!([2]))),
                ("/issues/1/ü".into(), 4, 12, None, Some(json!(null))),
                ("/issues/2".into(), 5, 5, None, Some(json!({ "id": "D" }))),
            ]
        );
    }

    #[test]
    fn lines_of_documents_are_told_where_they_are_not_json() {
        let told = |old: &str, new: &str| {
            let (old, new) = (old.to_owned(), new.to_owned());
            let (file, target) = ("a.md".into(), "a.md".into());
            let rewrite =
                Rewrite { file, target, old: Some(old), new: Some(new), removed: Removed::default() };
            let changes = rewrite.changes().into_iter();
            changes.map(|it| (it.line, it.before, it.after)).collect::<Vec<_>>()
        };
        assert_eq!(told("a\nb\nc\n", "a\nx\nc\n"), [(2, Some(json!("b")), Some(json!("x")))]);
        assert_eq!(told("a\nc\n", "a\nb\nb\nc\n"), [(2, None, Some(json!("b\nb")))]);
        assert_eq!(told("a\nb\n", "a\n"), [(2, Some(json!("b")), None)]);
    }
}
