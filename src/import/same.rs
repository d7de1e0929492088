//! Whether a source and a document say the same, however they write it.

use serde_json::Value;

use crate::model::When;

/// Whether two values of a field mean the same: texts by their words, lists of names as sets.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.split_whitespace().eq(b.split_whitespace()),
        (Value::Array(a), Value::Array(b)) => sorted(a) == sorted(b),
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

/// Whether two due dates have the same last day: one of them may say less exactly when.
pub(super) fn is_due_alike(a: &Value, b: &Value) -> bool {
    let last = |value: &Value| value.as_str().and_then(When::parse).and_then(When::last);
    same(a, b) || last(a).is_some_and(|day| last(b) == Some(day))
}

fn sorted(names: &[Value]) -> Vec<String> {
    let mut names: Vec<_> =
        names.iter().map(|name| name.as_str().unwrap_or_default().to_lowercase()).collect();
    names.sort();
    names
}

/// What a title is found by: its words in small letters.
pub(super) fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
