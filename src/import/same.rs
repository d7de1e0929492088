//! Whether a source and a document say the same, however they write it.

use serde_json::Value;

/// Whether two values of a field mean the same: texts by their words, lists of names as sets.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.split_whitespace().eq(b.split_whitespace()),
        (Value::Array(a), Value::Array(b)) => sorted(a) == sorted(b),
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => a == b,
    }
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
