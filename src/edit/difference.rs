//! What makes one object of a file say what another says, field by field.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Change, Edit, Spot};
use crate::{model::fields::Field, report::JsonPath};

/// The edits that make one object of a file say what another says; nothing else in it is touched.
pub(crate) fn difference(
    file: &Arc<str>,
    at: &JsonPath,
    fields: &'static [Field],
    old: &Map<String, Value>,
    new: &Map<String, Value>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for Field { key, .. } in fields {
        let path = at.clone().key(*key);
        let edit = |path, change| Edit { file: Arc::clone(file), path, change };
        match (old.get(*key), new.get(*key)) {
            (old, new) if old == new => {}
            (_, None) => edits.push(edit(path, Change::Remove)),
            (Some(Value::Array(old)), Some(Value::Array(new))) if !new.is_empty() => {
                edits.extend(list(old, new).into_iter().map(|(index, change)| {
                    edit(index.map_or(path.clone(), |index| path.clone().index(index)), change)
                }));
            }
            (_, Some(new)) => edits.push(edit(path, Change::Set(new.clone().into(), Spot::Among(fields)))),
        }
    }
    edits
}

/// What turns one list into another: items go out at their places, and others come behind those that stay.
pub(crate) fn list(old: &[Value], new: &[Value]) -> Vec<(Option<usize>, Change)> {
    let mut kept = 0;
    let mut changes = Vec::new();
    for (index, item) in old.iter().enumerate() {
        if new.get(kept) == Some(item) {
            kept += 1;
        } else {
            changes.push((Some(index), Change::Remove));
        }
    }
    changes.extend(new[kept..].iter().map(|item| (None, Change::Append(item.clone().into()))));
    changes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{edit::edited, model::fields::ISSUE};

    /// An object with some of an issue's fields, in any order, and a text of it in some layout.
    fn object() -> impl Strategy<Value = Map<String, Value>> {
        let text = || prop_oneof![Just(json!(null)), "[a-zü\"\\\\\n]{0,4}".prop_map(Value::from)];
        let list = || prop::collection::vec("[a-c]", 0..5).prop_map(Value::from);
        let member = prop_oneof![
            (Just("title"), text()),
            (Just("body"), text()),
            (Just("due_on"), text()),
            (Just("labels"), list()),
            (Just("blocked_by"), prop_oneof![list(), text()]),
            (Just("extra"), prop_oneof![list(), Just(json!({ "k": { "n": [1, { "m": 2 }] } }))]),
        ];
        prop::collection::vec(member, 0..6)
            .prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A value in a text, with the white space of a layout around everything.
    fn laid_out(value: &Value, layout: u8, depth: usize) -> String {
        let (line, pad) = match layout % 4 {
            0 => (String::new(), ""),
            1 => (format!("\n{}", "  ".repeat(depth + 1)), " "),
            2 => (format!("\r\n{}", "\t".repeat(depth + 1)), " "),
            _ => ("  ".to_owned(), "\t"),
        };
        let inside = |parts: Vec<String>| parts.join(&format!("{pad},{line}"));
        match value {
            Value::Array(items) => {
                let items = items.iter().map(|item| laid_out(item, layout, depth + 1)).collect();
                format!("[{line}{}{pad}]", inside(items))
            }
            Value::Object(members) => {
                let member = |(key, value): (&String, &Value)| {
                    format!("{}{pad}:{pad}{}", json!(key), laid_out(value, layout, depth + 1))
                };
                format!("{{{line}{}{pad}}}", inside(members.iter().rev().map(member).collect()))
            }
            other => other.to_string().replace('ü', "\\u00fc"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn an_object_comes_to_say_what_another_does_and_its_neighbours_stay_as_they_are(
            old in object(), new in object(), other in object(), layout: u8, bom: bool,
        ) {
            let around = laid_out(&Value::Object(other), layout, 2);
            let own = laid_out(&Value::Object(old.clone()), layout, 2);
            let head = format!("{}{{ \"issues\": [{around} ,\n", if bom { "\u{feff}" } else { "" });
            let tail = format!("\t, {around}]\t}}  \r\n");
            let at = JsonPath::default().key("issues").index(1);
            let edits = difference(&"a.json".into(), &at, ISSUE, &old, &new);
            let text = format!("{head}{own}{tail}");
            let text = edited(&text, &edits.iter().collect::<Vec<_>>()).expect("the edits fit");
            let inner = text.strip_prefix(&head).and_then(|text| text.strip_suffix(&tail));
            let inner = inner.expect("what stands around it is untouched");
            prop_assert_eq!(serde_json::from_str::<Value>(inner).expect("JSON"), Value::Object(new.clone()));
            prop_assert!(difference(&"a.json".into(), &at, ISSUE, &new, &new).is_empty());
            if old == new {
                prop_assert_eq!(inner, own);
            }
        }
    }
}
