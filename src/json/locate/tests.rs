//! Where values and keys are found in a text.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// The address that `issues[3].labels` writes.
fn path(text: &str) -> JsonPath {
    text.split('.').filter(|part| !part.is_empty()).fold(JsonPath::default(), |path, part| {
        let mut parts = part.split('[');
        let key = parts.next().unwrap_or_default();
        let path = if key.is_empty() { path } else { path.key(key) };
        parts.fold(path, |path, index| path.index(index.trim_end_matches(']').parse().unwrap()))
    })
}

fn one(text: &'static str, at: &str, part: Part) -> Option<&'static str> {
    locate(text, &[(path(at), part)])[0].clone().map(|range| &text[range])
}

fn value(text: &'static str, at: &str) -> Option<&'static str> {
    one(text, at, Part::Value)
}

const SMALL: &str =
    "{ \"a\": [1, {\"b\": \"x\\\"y\", \"c\": [ ]}, -2.5e3],\r\n\t\"\\u0061d\": null, \"é\" : true}";

#[test]
fn values_and_keys_are_found_whatever_they_are() {
    assert_eq!(value(SMALL, ""), Some(SMALL));
    assert_eq!(value(SMALL, "a[0]"), Some("1"));
    assert_eq!(value(SMALL, "a[1].b"), Some("\"x\\\"y\""));
    assert_eq!(value(SMALL, "a[1].c"), Some("[ ]"));
    assert_eq!(value(SMALL, "a[2]"), Some("-2.5e3"));
    assert_eq!(value(SMALL, "é"), Some("true"));
    assert_eq!(one(SMALL, "é", Part::Key), Some("\"é\""));
    assert_eq!(one(SMALL, "a[1].c", Part::Key), Some("\"c\""));
    assert_eq!(one(SMALL, "", Part::Key), Some(SMALL));
}

#[test]
fn a_key_with_an_escape_is_the_key_that_it_means() {
    assert_eq!(value(SMALL, "ad"), Some("null"));
    assert_eq!(one(SMALL, "ad", Part::Key), Some("\"\\u0061d\""));
}

#[test]
fn many_are_found_in_one_pass_in_the_order_asked() {
    let wanted = [("a[2]", Part::Value), ("a", Part::Key), ("a[0]", Part::Value), ("a[2]", Part::Value)]
        .map(|(at, part)| (path(at), part));
    let found: Vec<_> = locate(SMALL, &wanted).into_iter().map(|range| &SMALL[range.unwrap()]).collect();
    assert_eq!(found, ["-2.5e3", "\"a\"", "1", "-2.5e3"]);
}

#[test]
fn a_path_that_is_gone_gives_its_nearest_ancestor() {
    assert_eq!(value(SMALL, "a[1].b.deep[4]"), Some("\"x\\\"y\""));
    assert_eq!(value(SMALL, "a[9].b"), value(SMALL, "a"));
    assert_eq!(one(SMALL, "a[1].gone", Part::Key), value(SMALL, "a[1]"));
    assert_eq!(value(SMALL, "gone"), Some(SMALL));
}

#[test]
fn of_doubled_keys_the_last_is_meant_and_nothing_of_the_first() {
    let text = r#"{"a": {"x": 1, "y": 2}, "b": 0, "a": {"x": 3}}"#;
    assert_eq!(value(text, "a"), Some(r#"{"x": 3}"#));
    assert_eq!(value(text, "a.x"), Some("3"));
    assert_eq!(value(text, "a.y"), Some(r#"{"x": 3}"#));
    assert_eq!(locate(text, &[(path("a"), Part::Key)]), [Some(32..35)]);
    assert_eq!(locate(text, &[(path("a.y"), Part::Key)]), [Some(37..45)]);
}

#[test]
fn a_byte_order_mark_counts() {
    assert_eq!(locate("\u{feff} {\"a\": 1}", &[(path("a"), Part::Value)]), [Some(10..11)]);
}

#[test]
fn before_a_syntax_error_everything_is_found() {
    let text = r#"{"a": {"b": 1, "c": [2, oops"#;
    assert_eq!(value(text, "a.b"), Some("1"));
    assert_eq!(value(text, "a.c[0]"), Some("2"));
    assert_eq!(value(text, "a.c[1]"), Some("oops"));
    assert_eq!(value(text, "a.c[2]"), Some("[2, oops"));
    assert_eq!(value("{\"\\é", "a"), Some("{\"\\"));
    for text in ["", "   ", "\u{feff}", "\"a"] {
        assert_eq!(locate(text, &[(path("a"), Part::Value)]), [None], "{text:?}");
    }
}

#[test]
fn depth_costs_no_stack() {
    let text = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    let deep = (0..500_000).fold(JsonPath::default(), |path, _| path.index(0));
    assert_eq!(locate(&text, &[(deep, Part::Value)]), [Some(500_000..1_500_000)]);
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn all_paths<'v>(value: &'v Value, here: JsonPath, out: &mut Vec<(JsonPath, &'v Value)>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| all_paths(item, here.clone().index(n), out));
        }
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| all_paths(value, here.clone().key(key), out));
        }
        _ => {}
    }
    out.push((here, value));
}

proptest! {
    #[test]
    fn the_bytes_of_every_path_read_back_as_its_value(value in json(), pretty: bool) {
        let print = if pretty { serde_json::to_string_pretty } else { serde_json::to_string };
        let text = print(&value).unwrap();
        let mut paths = Vec::new();
        all_paths(&value, JsonPath::default(), &mut paths);
        let wanted: Vec<_> = paths.iter().flat_map(|(path, _)| [Part::Value, Part::Key].map(|part| (path.clone(), part))).collect();
        let found = locate(&text, &wanted);
        for (pair, (path, value)) in found.chunks(2).zip(&paths) {
            let read: Value = serde_json::from_str(&text[pair[0].clone().unwrap()]).unwrap();
            prop_assert_eq!(&read, *value);
            if let Some(Step::Key(key)) = path.0.last() {
                let read: String = serde_json::from_str(&text[pair[1].clone().unwrap()]).unwrap();
                prop_assert_eq!(&read, key);
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in r#"[{}\[\]",:\\a1 é]{0,40}"#, at in "[a1]") {
        for range in locate(&text, &[(JsonPath::default().key(at).index(0), Part::Key)]).into_iter().flatten() {
            prop_assert!(text.get(range).is_some());
        }
    }
}
