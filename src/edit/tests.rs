//! What edits leave as it was, and what new values look like beside old ones.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::report::Step;

fn edit(path: JsonPath, change: Change) -> Edit {
    Edit { file: "a.json".into(), path, change }
}

fn path(text: &str) -> JsonPath {
    let step = |part: &str| part.parse().map_or_else(|_| Step::Key(part.into()), Step::Index);
    JsonPath(text.split('/').filter(|part| !part.is_empty()).map(step).collect())
}

fn set(at: &str, new: impl Into<New>, spot: Spot) -> Edit {
    edit(path(at), Change::Set(new.into(), spot))
}

fn append(at: &str, new: impl Into<New>) -> Edit {
    edit(path(at), Change::Append(new.into()))
}

fn remove(at: &str) -> Edit {
    edit(path(at), Change::Remove)
}

fn made(text: &str, edits: &[Edit]) -> String {
    edited(text, &edits.iter().collect::<Vec<_>>()).expect("the edits fit")
}

#[test]
fn a_member_is_added_as_its_neighbours_are_laid_out() {
    for (old, new) in [
        (
            "{\n  \"a\": [\n    {\n      \"t\": 1\n    }\n  ]\n}\n",
            "{\n  \"a\": [\n    {\n      \"id\": \"x\",\n      \"t\": 1\n    }\n  ]\n}\n",
        ),
        (
            "\u{feff}{\r\n\t\"a\": [\r\n\t\t{ \"t\" : 1, \"b\" : 2 }\r\n\t]\r\n}",
            "\u{feff}{\r\n\t\"a\": [\r\n\t\t{ \"id\" : \"x\", \"t\" : 1, \"b\" : 2 }\r\n\t]\r\n}",
        ),
        ("{\"a\":[{\"t\":1,\"b\":2}]}", "{\"a\":[{\"id\":\"x\",\"t\":1,\"b\":2}]}"),
        ("{\"a\":[{\"t\":1}]}", "{\"a\":[{\"id\":\"x\",\"t\":1}]}"),
        ("{\"a\": [{\"t\": 1}]}", "{\"a\": [{\"id\": \"x\", \"t\": 1}]}"),
        ("{\n    \"a\": [ { } ]\n}", "{\n    \"a\": [ {\n        \"id\": \"x\"\n    } ]\n}"),
        ("{\"a\": [{}]}", "{\"a\": [{\"id\": \"x\"}]}"),
    ] {
        assert_eq!(made(old, &[set("a/0/id", "x", Spot::First)]), new);
    }
}

#[test]
fn a_member_is_added_where_it_is_wanted() {
    let old = "{\n  \"$schema\": \"s\",\n  \"title\": \"T\"\n}";
    let at = |spot| made(old, &[set("roadbook", "0.1", spot)]);
    assert_eq!(
        at(Spot::After("$schema")),
        "{\n  \"$schema\": \"s\",\n  \"roadbook\": \"0.1\",\n  \"title\": \"T\"\n}"
    );
    assert_eq!(at(Spot::After("none")), at(Spot::First));
    assert_eq!(at(Spot::Last), "{\n  \"$schema\": \"s\",\n  \"title\": \"T\",\n  \"roadbook\": \"0.1\"\n}");
}

#[test]
fn a_value_is_replaced_and_nothing_around_it() {
    let old = "{ \"a\" : 1.50 ,\n  \"b\":\t[ 1 , 2 , 3 ] }";
    assert_eq!(
        made(old, &[set("b/1", json!(null), Spot::Last)]),
        "{ \"a\" : 1.50 ,\n  \"b\":\t[ 1 , null , 3 ] }"
    );
    assert_eq!(
        made(old, &[set("b", json!(["ü\n"]), Spot::Last)]),
        "{ \"a\" : 1.50 ,\n  \"b\":\t[\"ü\\n\"] }"
    );
}

#[test]
fn items_are_added_and_taken_out() {
    let old = "{\n  \"i\": [\n    { \"t\": 1 },\n    { \"t\": 2 },\n    { \"t\": 3 }\n  ]\n}\n";
    let new = "{\n  \"i\": [\n    { \"t\": 2 },\n    { \"t\": 4 }\n  ]\n}\n";
    assert_eq!(made(old, &[remove("i/0"), remove("i/2"), append("i", json!({"t": 4}))]), new);
    assert_eq!(made(old, &[remove("i/2"), remove("i/1"), remove("i/0")]), "{\n  \"i\": []\n}\n");
    assert_eq!(made("{\"a\": 1, \"b\": 2}", &[remove("b")]), "{\"a\": 1}");
    assert_eq!(made("{\"a\": 1, \"b\": 2}", &[remove("b"), remove("a")]), "{}");
}

#[test]
fn an_item_is_written_as_the_others_are() {
    let item = New::Object(vec![
        ("title".into(), "T".into()),
        ("labels".into(), json!(["a", "b"]).into()),
        ("extra".into(), json!({"k": [{"x": 1}]}).into()),
    ]);
    let old = "{\n  \"i\": []\n}\n";
    let new = "{\n  \"i\": [\n    {\n      \"title\": \"T\",\n      \"labels\": [\"a\", \"b\"],\n      \"extra\": {\n        \"k\": [\n          {\n            \"x\": 1\n          }\n        ]\n      }\n    }\n  ]\n}\n";
    assert_eq!(made(old, &[append("i", item.clone())]), new);
    assert_eq!(
        made("{\"i\":[]}", &[append("i", item)]),
        "{\"i\":[{\"title\":\"T\",\"labels\":[\"a\",\"b\"],\"extra\":{\"k\":[{\"x\":1}]}}]}"
    );
    assert_eq!(made("{\n \"l\": [\"a\"]\n}", &[append("l", "b")]), "{\n \"l\": [\"a\", \"b\"]\n}");
    assert_eq!(made("{\n \"l\": []\n}", &[append("l", "b")]), "{\n \"l\": [\"b\"]\n}");
}

#[test]
fn edits_of_one_run_speak_of_the_text_before_it() {
    let old = r#"{"i": [{"t": 1}, {"t": 2, "l": [1, 2]}]}"#;
    let edits =
        [remove("i/0"), set("i/1/t", json!(9), Spot::Last), remove("i/1/l/0"), append("i/1/l", json!(3))];
    assert_eq!(made(old, &edits), r#"{"i": [{"t": 9, "l": [2, 3]}]}"#);
}

#[test]
fn what_is_not_there_is_refused() {
    let refused = |old: &str, edit: Edit| edited(old, &[&edit]).expect_err("it is refused");
    assert_eq!(refused("{\"a\": }", remove("a")), Refused::NoJson);
    for wrong in
        [remove("b"), remove("a/3"), append("a/0", json!(1)), set("b/c", json!(1), Spot::Last), remove("")]
    {
        assert!(matches!(refused("{\"a\": [1]}", wrong), Refused::Missing(_)));
    }
    let doubled = refused("{\"a\": 1, \"a\": 2}", set("a", json!(3), Spot::Last));
    assert_eq!(doubled, Refused::Unproven);
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-zü\"\\\\\n]{0,4}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-d]", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// All paths of a value, with that of each container's next item or an absent member.
fn paths(value: &Value, here: &JsonPath, found: &mut Vec<JsonPath>) {
    found.push(here.clone());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, v)| paths(v, &here.clone().index(n), found))
        }
        Value::Object(members) => {
            members.iter().for_each(|(key, v)| paths(v, &here.clone().key(key), found));
            found.push(here.clone().key("z"));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_edited_or_the_edit_refused_for_what_it_names(
        old in value(), new in value(), picks in prop::collection::vec((any::<prop::sample::Index>(), 0..5_u8), 1..4), dense: bool,
    ) {
        let text = if dense { old.to_string() } else { serde_json::to_string_pretty(&old).expect("JSON") };
        let mut all = Vec::new();
        paths(&old, &JsonPath::default(), &mut all);
        let edits: Vec<_> = picks.iter().map(|(pick, kind)| {
            let change = match kind {
                0 => Change::Remove,
                1 => Change::Append(new.clone().into()),
                2 => Change::Set(new.clone().into(), Spot::First),
                3 => Change::Set(new.clone().into(), Spot::After("b")),
                _ => Change::Set(new.clone().into(), Spot::Last),
            };
            edit(pick.get(&all).clone(), change)
        }).collect();
        match edited(&text, &edits.iter().collect::<Vec<_>>()) {
            Ok(_) | Err(Refused::Missing(_)) => {}
            Err(other) => prop_assert!(false, "{other}: {text} {edits:?}"),
        }
    }
}
