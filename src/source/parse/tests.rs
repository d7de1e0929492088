//! What one file of the source is read as, with its faults.

use proptest::prelude::*;

use super::*;
use crate::{
    json::locate,
    report::{At, Code},
};

/// What is kept, and each finding with the bytes that it points at.
fn read(text: &str) -> (Option<Parsed>, Vec<(Code, String, Diagnostic)>) {
    let mut report = Report::default();
    let parsed = parse(&"a.json".into(), text.as_bytes().to_vec(), &mut report);
    let found = report.sorted().into_iter().map(|d| (d.code, shown(text, &d.place), d)).collect();
    (parsed, found)
}

fn shown(text: &str, place: &Place) -> String {
    let range = match &place.at {
        At::Bytes(range) => Some(range.clone()),
        At::Json(path, part) => locate(text, &[(path.clone(), *part)])[0].clone(),
        At::File => None,
    };
    range.map_or_else(|| "whole file".into(), |range| text[range].to_owned())
}

fn codes(text: &str) -> Vec<(Code, String)> {
    read(text).1.into_iter().map(|(code, at, _)| (code, at)).collect()
}

fn only(text: &str) -> (Code, String, Diagnostic) {
    let mut found = read(text).1;
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

const OLD_FORM: &str = r#"{
  "repository": "o/r",
  "milestones": [{"title": "DB-ML0 – Inventory", "description": "d"}],
  "issues": [{"milestone": "DB-ML0 – Inventory", "title": "DB-001: Build", "body": "- [ ] x", "labels": ["a"]}]
}"#;

#[test]
fn the_older_form_is_read_as_it_is_with_any_line_ends_and_a_mark() {
    for text in [OLD_FORM.to_owned(), OLD_FORM.replace('\n', "\r\n"), format!("\u{feff}{OLD_FORM}")] {
        let (parsed, found) = read(&text);
        assert_eq!(found, []);
        let file = parsed.unwrap().file;
        assert_eq!(file.repository.as_deref(), Some("o/r"));
        assert_eq!(file.issues.unwrap()[0].title, "DB-001: Build");
    }
}

#[test]
fn only_utf_8_is_text() {
    let utf16: Vec<u8> = OLD_FORM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().copied()).collect();
    let big: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(OLD_FORM.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    for (bytes, range) in [
        (utf16, 0..2),
        (marked, 0..2),
        (big, 0..2),
        (b"{\"title\": \"M\xe4rz\"}".to_vec(), 12..13),
        (b"{\"title\": \"\xe2\x82".to_vec(), 11..12),
    ] {
        let mut report = Report::default();
        assert!(parse(&"a.json".into(), bytes, &mut report).is_none());
        let found = report.sorted();
        assert_eq!((found.len(), found[0].code), (1, Code::Encoding));
        assert_eq!(found[0].place, Place::bytes("a.json", range));
        assert_eq!(found[0].help.as_deref(), Some("save the file as UTF-8"));
    }
}

#[test]
fn a_merge_conflict_is_one_finding_and_no_syntax_error_stands_on_top() {
    let text = "{\n<<<<<<< HEAD\n\"title\": 1\n=======\n\"title\": 2\n>>>>>>> feature/x\n}";
    let (code, at, found) = only(text);
    assert_eq!((code, at.as_str()), (Code::ConflictMarkers, "<<<<<<< HEAD"));
    assert_eq!(found.message, "unresolved merge conflict between `HEAD` and `feature/x`");
}

#[test]
fn ten_different_faults_are_ten_findings() {
    let text = r#"{
  "title": "One",
  "titel": "Two",
  "title": "Three",
  "as_of": 20261122,
  "rules": {"cycle": "silent", "dates": {"level": "off"}},
  "summary": {"links": "true"},
  "milestones": [{"id": "M1", "state": "done"}, "M2"],
  "issues": [
    {"title": "a", "labels": "bug"},
    {"title": "b", "labels": ["bug", 3], "due": "2026-11-22"},
    {"body": "c"}
  ],
  "labels": [{"name": "bug", "color": 123456}]
}"#;
    let mut found = codes(text);
    found.sort();
    assert_eq!(
        found,
        [
            (Code::DuplicateKey, "\"title\"".to_owned()),
            (Code::MissingKey, r#"{"body": "c"}"#.into()),
            (Code::MissingKey, r#"{"id": "M1", "state": "done"}"#.into()),
            (Code::MissingKey, r#"{"level": "off"}"#.into()),
            (Code::UnknownKey, "\"due\"".into()),
            (Code::UnknownKey, "\"titel\"".into()),
            (Code::WrongType, "\"M2\"".into()),
            (Code::WrongType, "\"bug\"".into()),
            (Code::WrongType, "\"done\"".into()),
            (Code::WrongType, "\"silent\"".into()),
            (Code::WrongType, "\"true\"".into()),
            (Code::WrongType, "123456".into()),
            (Code::WrongType, "20261122".into()),
            (Code::WrongType, "3".into()),
        ]
    );
}

#[test]
fn what_is_not_at_fault_is_read_and_keeps_its_place() {
    let text = r#"{"issues": [{"title": "a", "labels": [1]}, 2, {"body": "x"}, {"title": "d"}], "milestones": [{"title": "m"}]}"#;
    let (parsed, found) = read(text);
    let parsed = parsed.unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!(parsed.places("issues").take(2).collect::<Vec<_>>(), [0, 3]);
    assert_eq!(parsed.places("milestones").take(2).collect::<Vec<_>>(), [0, 1]);
    let issues = parsed.file.issues.unwrap();
    assert_eq!(issues.iter().map(|issue| issue.title.as_str()).collect::<Vec<_>>(), ["a", "d"]);
    assert!(!issues[0].labels.is_given());
}

#[test]
fn a_file_cut_off_at_any_byte_has_a_finding() {
    let text = format!("\u{feff}{OLD_FORM}");
    for end in 0..text.len() {
        let mut report = Report::default();
        assert!(parse(&"a.json".into(), text.as_bytes()[..end].to_vec(), &mut report).is_none());
        assert_eq!(report.iter().count(), 1, "{end}");
    }
}

#[test]
fn depth_is_a_finding_and_no_overflow() {
    for open in ["[", "{\"a\":"] {
        for depth in [200, 200_000] {
            let text = format!("{{\"extra\": {}", open.repeat(depth));
            let (code, _, found) = only(&text);
            assert_eq!((code, found.message.as_str()), (Code::Syntax, "nested deeper than 128 levels"));
        }
    }
    let deep = format!("{{\"extra\": {}{}, \"x\": 1}}", "[".repeat(120), "]".repeat(120));
    assert_eq!(codes(&deep), [(Code::UnknownKey, "\"x\"".into())]);
}

#[test]
fn a_body_of_50_mb_is_read_also_beside_a_fault() {
    let body = "x".repeat(50_000_000);
    let text = format!(r#"{{"issues": [{{"title": "a", "body": "{body}"}}], "titlo": 1}}"#);
    let (parsed, found) = read(&text);
    assert_eq!(found[0].0, Code::UnknownKey);
    let issues = parsed.unwrap().file.issues.unwrap();
    assert_eq!(issues[0].body.get().map(String::len), Some(50_000_000));
}

#[test]
fn numbers_out_of_range_and_lone_surrogates_are_faults_of_syntax_wherever_they_stand() {
    assert_eq!(codes(r#"{"extra": {"a": 1e999}}"#), [(Code::Syntax, "1e999".into())]);
    assert_eq!(codes(r#"{"extra": {"\ud800": 1}}"#), [(Code::Syntax, "\\ud800".into())]);
    assert_eq!(codes(r#"{"issues": [{"title": "\udc00"}]}"#), [(Code::Syntax, "\\udc00".into())]);
}

/// Values and keys as people might write them into a roadmap, right and wrong.
fn sketch() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("null"),
        Just("true"),
        Just("3"),
        Just("-1.5"),
        Just("\"\""),
        Just("\"open\""),
        Just("\"off\""),
        Just("\"M1\""),
        Just("[]"),
        Just("{}"),
    ];
    let key = prop_oneof![
        Just("title"),
        Just("issues"),
        Just("milestones"),
        Just("labels"),
        Just("id"),
        Just("state"),
        Just("rules"),
        Just("extra"),
        Just("updates"),
        Just("on"),
        Just("level"),
        Just("reason"),
        Just("name"),
        Just("x"),
        Just("estimate"),
        Just("outputs"),
        Just("summary"),
        Just("aliases"),
    ];
    word.prop_map(str::to_owned).prop_recursive(5, 60, 6, move |inner| {
        let member = (key.clone(), inner.clone()).prop_map(|(key, value)| format!("\"{key}\": {value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(", "))),
        ]
    })
}

proptest! {
    #[test]
    fn every_file_is_read_or_has_a_finding_that_says_why(text in sketch()) {
        let (parsed, found) = read(&text);
        let taken = objects::from_str::<File>(&text).is_ok();
        prop_assert_eq!(found.is_empty(), taken, "{}: {:?}", text, found);
        prop_assert_eq!(parsed.is_some(), text.starts_with('{'), "{}: {:?}", text, found);
        prop_assert!(found.iter().all(|(_, _, d)| !d.message.contains("cannot be read")), "{}: {:?}", text, found);
    }
}

#[test]
fn a_list_where_an_object_belongs_is_a_wrong_type_everywhere() {
    let source = r#"{
      "roadbook": "0.1",
      "milestones": [{ "title": "M-1 – One", "updates": [{ "on": "2026-01-01", "health": "on-track", "text": "Fine." }] }],
      "issues": [{ "title": "A-1: Do", "milestone": "M-1 – One" }],
      "labels": [{ "name": "area:db" }],
      "label_groups": [{ "prefix": "area" }],
      "phases": [{ "title": "Ground" }],
      "sections": [{ "title": "Files", "body": "See them." }],
      "rules": { "made-id": { "level": "off", "reason": "old tracker" } },
      "outputs": { "site": null },
      "summary": { "links": true, "marker": true },
      "site": { "url": "https://example.org/", "lang": "en", "dir": "ltr" },
      "aliases": { "A-9": "A-1" },
      "github": { "fields": { "due_on": "Target date" } }
    }"#;
    assert_eq!(read(source).1.len(), 0);
    let value = serde_json::from_str(source).expect("JSON");
    let changed = objects::with_lists(&value);
    assert_eq!(changed.len(), 16, "every kind of object is in it");
    for (place, changed) in changed {
        let (_, found) = read(&changed.to_string());
        assert!(found.iter().any(|(_, _, found)| found.code == Code::WrongType), "{place}: {found:?}");
    }
    // An empty one meant as `none` is no object either, and serde would take it.
    let none = r#"{ "issues": [], "outputs": [], "summary": [] }"#;
    assert_eq!(read(none).1.iter().filter(|(_, _, found)| found.code == Code::WrongType).count(), 2);
}
