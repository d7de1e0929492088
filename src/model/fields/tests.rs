//! The catalogue against the schema, and values as a command line gives them.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::source::schema::json_schema;

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
            let is = |kind: &str| properties[field.key]["type"].to_string().contains(&format!("\"{kind}\""));
            let fits = match field.kind {
                Kind::Text | Kind::Day | Kind::When(_) => is("string"),
                Kind::Points => is("number"),
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
        (Kind::Points, "1.5", json!(1.5)),
        (Kind::Points, "3", json!(3)),
        (Kind::Flag, "true", json!(true)),
        (Kind::OneOf(&["completed", "not_planned"]), "not-planned", json!("not_planned")),
        (Kind::List, "a, b,", json!(["a", "b"])),
        (Kind::List, r#"["a, b", "c"]"#, json!(["a, b", "c"])),
        (Kind::List, "[WIP]", json!(["[WIP]"])),
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
        (Kind::Points, "many"),
        (Kind::Points, "\"1\""),
        (Kind::Flag, "yes"),
        (Kind::OneOf(&["open", "closed"]), "done"),
        (Kind::Values, "soon"),
        (Kind::Json, "{"),
    ] {
        assert!(read(kind, text).is_err(), "{text}");
    }
}
