//! What is said of texts that are no JSON.

use super::*;
use crate::report::At;

/// The bytes at fault, the message and the help.
fn told(text: &str) -> (&str, String, String) {
    let found = fault(&"a.json".into(), text).unwrap_or_else(|| panic!("{text:?} is JSON"));
    let At::Bytes(range) = found.place.at else { panic!("{:?}", found.place) };
    assert_eq!(found.code, Code::Syntax);
    (&text[range], found.message, found.help.unwrap_or_default())
}

fn at(text: &str) -> (&str, String) {
    let (at, message, _) = told(text);
    (at, message)
}

#[test]
fn json_has_no_fault() {
    for text in ["{}", "\u{feff}[1, \"\\ud83d\\ude80\"]\r\n", "0", "{\"a\": {\"a\": 1, \"a\": 2}}"] {
        assert_eq!(fault(&"a.json".into(), text), None);
    }
}

#[test]
fn a_file_that_was_cut_off_says_in_the_middle_of_what() {
    assert_eq!(at("{\"a\": \"Buil"), ("l", "the file ends in the middle of a string".into()));
    assert_eq!(at("{\"a\": [1, 2\n\n"), ("2", "the file ends in the middle of a list".into()));
    assert_eq!(at("{\"a\": "), (":", "the file ends in the middle of an object".into()));
    assert_eq!(at("tru"), ("u", "the file ends in the middle of a value".into()));
    let found = fault(&"a.json".into(), "{\"a\": {").unwrap();
    assert_eq!(found.related, [(Place::bytes("a.json", 6..7), "it begins here".into())]);
    for empty in ["", " \n", "\u{feff}"] {
        assert_eq!(at(empty), ("", "the file is empty".into()));
    }
}

#[test]
fn commas_too_many_and_too_few() {
    assert_eq!(
        told("{\"a\": [1,\n ]}"),
        (",", "nothing follows this comma".into(), "delete the comma".into())
    );
    assert_eq!(at("{\"a\": 1,}").0, ",");
    assert_eq!(at("{\"a\": 1,, \"b\": 2}"), (",", "one comma too many".into()));
    assert_eq!(at("{\"a\": \"x\"\n  \"b\": 2}"), ("\"", "a comma is missing after this".into()));
    assert_eq!(at("[{} {}]"), ("}", "a comma is missing after this".into()));
}

#[test]
fn brackets_that_do_not_match() {
    assert_eq!(at("{\"a\": [1}"), ("}", "this closes nothing: `]` comes first".into()));
    assert_eq!(at("[{\"a\": 1]"), ("]", "this closes nothing: `}` comes first".into()));
    assert_eq!(at("{}}"), ("}", "one bracket too many".into()));
    assert_eq!(at("{} {}"), ("{", "the JSON has ended before this".into()));
}

#[test]
fn what_other_notations_allow() {
    assert_eq!(at("{ // why\n}"), ("// why", "JSON has no comments".into()));
    assert_eq!(at("{\"a\": 1, # why\r\n}"), ("# why", "JSON has no comments".into()));
    assert_eq!(at("[1 /* one */]"), ("/* one */]", "JSON has no comments".into()));
    assert_eq!(at("{'a': 1}"), ("'", "`'` is no quote in JSON".into()));
    assert_eq!(at("{\"a\": “b”}"), ("“", "`“` is no quote in JSON".into()));
    assert_eq!(
        told("{title: 1}"),
        ("title", "a key must be in double quotes".into(), "write `\"title\"`".into())
    );
    assert_eq!(told("[True]"), ("True", "`True` is no JSON value".into(), "write `true`".into()));
    assert_eq!(told("[nope]").0, "nope");
    assert_eq!(
        told("{\"a\" = 1}"),
        ("=", "a `:` is missing after this key".into(), "write `:` instead of `=`".into())
    );
    assert_eq!(at("{\"a\" 1}"), ("\"", "a `:` is missing after this key".into()));
    assert_eq!(at("{\"a\": }"), ("}", "a value is missing before this `}`".into()));
}

#[test]
fn numbers() {
    for number in ["01", "1.", "+1", ".5", "-", "1e", "1e999"] {
        let text = format!("{{\"a\": {number}, \"b\": 1}}");
        assert_eq!(told(&text).0, number, "{number}: {:?}", told(&text));
    }
    assert_eq!(at("{\"a\": 1e}"), ("1e", "`1e` is no number in JSON".into()));
    assert_eq!(at("{\"a\": 1e999}"), ("1e999", "`1e999` is too large a number".into()));
}

#[test]
fn inside_texts() {
    assert_eq!(at("{\"a\": \"say \"hi\" now\"}").0, "hi");
    assert_eq!(at("{\"a\": \"one\ntwo\"}"), ("\"one", "this string is not closed on its line".into()));
    assert_eq!(at("{\"a\": \"one\r\ntwo\"}").0, "\"one");
    assert_eq!(at("{\"a\": \"\t\"}"), ("\t", "a tab inside a text".into()));
    assert_eq!(at("{\"a\": \"\u{1}\"}"), ("\u{1}", "a control character inside a text".into()));
    assert_eq!(at("{\"a\": \"C:\\Users\"}"), ("\\U", "`\\U` means nothing in a JSON text".into()));
    assert_eq!(at("{\"a\": \"\\é\"}").0, "\\é");
}

#[test]
fn lone_surrogates() {
    for text in
        ["[\"x\\ud83d\"]", "[\"\\ud83dx\"]", "[\"\\ude80 x\"]", "[\"\\ud83d\\u0041\"]", "[\"\\ud83d\\n\"]"]
    {
        let (at, message) = at(text);
        assert!(at.starts_with("\\ud") && at.len() == 6, "{text}: {at}");
        assert_eq!(message, "half a character: this escape needs its other half");
    }
}

#[test]
fn too_deep() {
    let text = "[".repeat(200) + &"]".repeat(200);
    let found = fault(&"a.json".into(), &text).unwrap();
    assert_eq!(found.message, "nested deeper than 128 levels");
    assert_eq!(found.place, Place::bytes("a.json", 127..128));
}

#[test]
fn a_mark_at_the_start_moves_the_place_along() {
    assert_eq!(at("\u{feff}{\n\"a\": [1,]}").0, ",");
    assert_eq!(at("\u{feff}[nope]").0, "nope");
}

proptest::proptest! {
    #[test]
    fn whatever_the_text_its_fault_is_told(text in r#"[{}\[\]",:\\'/#u0-9dtrué\n\t ]{0,30}"#) {
        let valid = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let found = fault(&"a.json".into(), &text);
        proptest::prop_assert_eq!(found.is_none(), valid);
        if let Some(At::Bytes(range)) = found.map(|found| found.place.at) {
            proptest::prop_assert!(text.get(range).is_some());
        }
    }
}
