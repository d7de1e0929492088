//! The fields of items: their order in a file, and how each is read from a command line.
//!
//! The order is that of the types in [`crate::source::schema`], which a new member of an object follows.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Change, Edit, Spot};
use crate::{
    model::{Day, Purpose, When},
    report::JsonPath,
};

/// A field of an object of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole day.
    Day,
    /// A day, a month, a quarter, a half or a year; what is due may be `later`.
    When(Purpose),
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Several texts.
    List,
    /// Several values, each in JSON.
    Values,
    /// Any value, in JSON.
    Json,
}

const fn field(key: &'static str, kind: Kind) -> Field {
    Field { key, kind }
}

const STATES: Kind = Kind::OneOf(&["open", "closed"]);

const REASONS: Kind = Kind::OneOf(&["completed", "not_planned", "duplicate", "reopened"]);

/// The fields of a milestone.
pub const MILESTONE: &[Field] = &[
    field("id", Kind::Text),
    field("title", Kind::Text),
    field("description", Kind::Text),
    field("goal", Kind::Text),
    field("owner", Kind::Text),
    field("start_on", Kind::When(Purpose::Start)),
    field("due_on", Kind::When(Purpose::Due)),
    field("planned_due_on", Kind::When(Purpose::Due)),
    field("state", STATES),
    field("blocked_by", Kind::List),
    field("updates", Kind::Values),
    field("was", Kind::List),
    field("internal", Kind::Flag),
    field("extra", Kind::Json),
];

/// The fields of an issue.
pub const ISSUE: &[Field] = &[
    field("id", Kind::Text),
    field("title", Kind::Text),
    field("milestone", Kind::Text),
    field("body", Kind::Text),
    field("labels", Kind::List),
    field("assignees", Kind::List),
    field("state", STATES),
    field("state_reason", REASONS),
    field("type", Kind::Text),
    field("parent", Kind::Text),
    field("blocked_by", Kind::List),
    field("estimate", Kind::Number),
    field("start_on", Kind::When(Purpose::Start)),
    field("begun_on", Kind::Day),
    field("due_on", Kind::When(Purpose::Due)),
    field("planned_due_on", Kind::When(Purpose::Due)),
    field("closed_on", Kind::Day),
    field("internal", Kind::Flag),
    field("extra", Kind::Json),
];

/// The fields of a label.
pub const LABEL: &[Field] = &[
    field("name", Kind::Text),
    field("description", Kind::Text),
    field("color", Kind::Text),
    field("was", Kind::List),
    field("internal", Kind::Flag),
];

/// The fields of a label group.
pub const LABEL_GROUP: &[Field] = &[
    field("prefix", Kind::Text),
    field("title", Kind::Text),
    field("counts", Kind::Flag),
    field("required", Kind::Flag),
    field("exclusive", Kind::Flag),
];

/// The fields of a phase.
pub const PHASE: &[Field] =
    &[field("title", Kind::Text), field("milestones", Kind::List), field("body", Kind::Text)];

/// The fields of a free section.
pub const SECTION: &[Field] = &[field("title", Kind::Text), field("body", Kind::Text)];

/// The fields of what is said of SUMMARY.md.
pub const SUMMARY: &[Field] = &[
    field("columns", Kind::Json),
    field("links", Kind::Flag),
    field("marker", Kind::Flag),
    field("subject", Kind::Text),
];

/// The fields of a file.
pub const FILE: &[Field] = &[
    field("$schema", Kind::Text),
    field("roadbook", Kind::Text),
    field("title", Kind::Text),
    field("description", Kind::Text),
    field("repository", Kind::Text),
    field("mentions", Kind::Flag),
    field("as_of", Kind::Day),
    field("milestones", Kind::Values),
    field("issues", Kind::Values),
    field("labels", Kind::Values),
    field("label_groups", Kind::Values),
    field("phases", Kind::Values),
    field("github", Kind::Json),
    field("states", Kind::Json),
    field("sections", Kind::Values),
    field("docs", Kind::List),
    field("rules", Kind::Json),
    field("outputs", Kind::Json),
    field("summary", Kind::Json),
    field("words", Kind::Text),
    field("site", Kind::Json),
    field("aliases", Kind::Json),
    field("extra", Kind::Json),
];

/// The fields of the roadmap itself that are set by themselves: those of a file up to its lists.
pub const HEAD: &[Field] = FILE.split_at(7).0;

impl Field {
    /// The value that a text means; an empty one, and `null`, leave the field given and empty.
    ///
    /// # Errors
    /// Where it means none; the answer is what to write instead.
    pub fn read(&self, text: &str) -> Result<Value, String> {
        let json = |example: &str| {
            serde_json::from_str(text).map_err(|_| format!("write it in JSON, as in `{example}`"))
        };
        match self.kind {
            Kind::List | Kind::Values if matches!(text, "" | "null" | "[]") => Ok(Value::Array(Vec::new())),
            _ if matches!(text, "" | "null") => Ok(Value::Null),
            Kind::Text => Ok(text.into()),
            Kind::Day if Day::parse(text).is_some() => Ok(text.into()),
            Kind::Day => Err("write a day as in `2026-11-22`".to_owned()),
            Kind::When(purpose) => {
                When::read(text, purpose).map(|_| text.into()).map_err(|misread| misread.help)
            }
            Kind::Number => json("1.5").and_then(|value: Value| {
                if value.is_number() { Ok(value) } else { Err("write a number, as in `1.5`".to_owned()) }
            }),
            Kind::Flag => text.parse::<bool>().map(Value::from).map_err(|_| "write `true` or `false`".into()),
            Kind::OneOf(words) => one_of(words, text),
            Kind::List => {
                let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
                Ok(names.map(Value::from).collect())
            }
            Kind::Values => match json(r#"[{"on": "2026-11-22"}]"#)? {
                Value::Array(values) => Ok(Value::Array(values)),
                one => Ok(Value::Array(vec![one])),
            },
            Kind::Json => json(r#"{"team": "blue"}"#),
        }
    }
}

/// The one of the words that is meant; a hyphen may stand for `_`, as on other command lines.
fn one_of(words: &[&str], text: &str) -> Result<Value, String> {
    let plain = text.replace('-', "_").to_ascii_lowercase();
    let found = words.iter().find(|word| **word == plain);
    found.map(|word| (*word).into()).ok_or_else(|| format!("write one of `{}`", words.join("`, `")))
}

/// The edits that make one object of a file say what another says; nothing else in it is touched.
pub fn difference(
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
pub fn list(old: &[Value], new: &[Value]) -> Vec<(Option<usize>, Change)> {
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
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{edit::edited, source::schema::json_schema};

    #[test]
    fn the_tables_hold_every_field_of_the_schema_and_fit_it() {
        let schema = json_schema();
        for (fields, at) in [
            (MILESTONE, "/$defs/Milestone/properties"),
            (ISSUE, "/$defs/Issue/properties"),
            (LABEL, "/$defs/Label/properties"),
            (LABEL_GROUP, "/$defs/LabelGroup/properties"),
            (PHASE, "/$defs/Phase/properties"),
            (SECTION, "/$defs/Section/properties"),
            (SUMMARY, "/$defs/Summary/properties"),
            (FILE, "/properties"),
        ] {
            let properties = schema.pointer(at).and_then(Value::as_object).expect("an object");
            let keys: BTreeSet<_> = fields.iter().map(|field| field.key).collect();
            assert_eq!(keys, properties.keys().map(String::as_str).collect(), "{at}");
            for field in fields {
                let is =
                    |kind: &str| properties[field.key]["type"].to_string().contains(&format!("\"{kind}\""));
                let fits = match field.kind {
                    Kind::Text | Kind::Day | Kind::When(_) => is("string"),
                    Kind::Number => is("number"),
                    Kind::Flag => is("boolean"),
                    Kind::List | Kind::Values => is("array"),
                    Kind::OneOf(words) => {
                        words.iter().all(|word| schema.to_string().contains(&format!("\"{word}\"")))
                    }
                    Kind::Json => !is("string") && !is("array"),
                };
                assert!(fits, "{at}/{}", field.key);
                assert_eq!(
                    field.key.ends_with("_on") || field.key == "as_of",
                    matches!(field.kind, Kind::Day | Kind::When(_))
                );
            }
        }
    }

    #[test]
    fn the_head_ends_where_the_lists_begin() {
        assert_eq!(HEAD.last().map(|field| field.key), Some("as_of"));
        assert_eq!(FILE[HEAD.len()].key, "milestones");
    }

    #[test]
    fn values_are_read_as_their_fields_hold_them() {
        let read = |kind, text: &str| field("x", kind).read(text);
        for (kind, text, value) in [
            (Kind::Text, "12", json!("12")),
            (Kind::Text, "null", json!(null)),
            (Kind::Day, "2026-11-22", json!("2026-11-22")),
            (Kind::When(Purpose::Due), "2027-Q1", json!("2027-Q1")),
            (Kind::When(Purpose::Due), "later", json!("later")),
            (Kind::When(Purpose::Start), "2027", json!("2027")),
            (Kind::Number, "1.5", json!(1.5)),
            (Kind::Number, "3", json!(3)),
            (Kind::Flag, "true", json!(true)),
            (REASONS, "not-planned", json!("not_planned")),
            (Kind::List, "a, b,", json!(["a", "b"])),
            (Kind::List, "", json!([])),
            (Kind::Values, r#"{"on": "2026-11-22"}"#, json!([{ "on": "2026-11-22" }])),
            (Kind::Json, r#"{"a": 1}"#, json!({ "a": 1 })),
        ] {
            assert_eq!(read(kind, text), Ok(value), "{text}");
        }
        for (kind, text) in [
            (Kind::Day, "2026-02-30"),
            (Kind::Day, "2027-Q1"),
            (Kind::When(Purpose::Due), "2027-Q5"),
            (Kind::When(Purpose::Start), "later"),
            (Kind::Number, "many"),
            (Kind::Number, "\"1\""),
            (Kind::Flag, "yes"),
            (STATES, "done"),
            (Kind::Values, "soon"),
            (Kind::Json, "{"),
        ] {
            assert!(read(kind, text).is_err(), "{text}");
        }
    }

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
