//! What is said of every way in which a file can miss its format.

use super::*;
use crate::{json::locate, source::schema};

/// Each finding as the bytes that it points at, its message and its help.
fn told(text: &str) -> Vec<(String, String, String)> {
    let mut report = Report::default();
    let mut top = Node::read(text).unwrap();
    check(&"a.json".into(), text, &mut top, &schema::json_schema(), &mut report);
    let told = |d: Diagnostic| (shown(text, &d.place), d.message, d.help.unwrap_or_default());
    report.sorted().into_iter().map(told).collect()
}

fn shown(text: &str, place: &Place) -> String {
    let range = match &place.at {
        At::Bytes(range) => range.clone(),
        At::Json(path, part) => locate(text, &[(path.clone(), *part)])[0].clone().unwrap(),
        At::File => panic!("no place"),
    };
    text[range].to_owned()
}

/// The one finding about an issue that says this besides its title.
fn issue(member: &str) -> (String, String, String) {
    let mut told = told(&format!(r#"{{"issues": [{{"title": "t", {member}}}]}}"#));
    assert_eq!(told.len(), 1, "{told:#?}");
    told.remove(0)
}

#[track_caller]
fn assert_told(told: &(String, String, String), at: &str, message: &str, help: &str) {
    assert_eq!((told.0.as_str(), told.1.as_str(), told.2.as_str()), (at, message, help));
}

#[test]
fn wrong_types_say_what_must_be_and_what_is() {
    assert_told(
        &issue(r#""labels": "bug""#),
        "\"bug\"",
        "`labels` must be a list of strings, not a string",
        "put it in brackets: `[\"bug\"]`",
    );
    assert_told(
        &issue(r#""labels": ["a", 5]"#),
        "5",
        "`labels[1]` must be a string, not a number",
        "put it in quotes: `\"5\"`",
    );
    assert_told(
        &issue(r#""estimate": "5""#),
        "\"5\"",
        "`estimate` must be a number, not a string",
        "write it without quotes: `5`",
    );
    assert_told(
        &issue(r#""internal": "yes""#),
        "\"yes\"",
        "`internal` must be `true` or `false`, not a string",
        "what belongs here: whether it is kept out of the site",
    );
    assert_told(
        &issue(r#""body": {"a": 1}"#),
        "{\"a\": 1}",
        "`body` must be a string, not an object",
        "what belongs here: what is to be done, in GitHub Flavored Markdown",
    );
}

#[test]
fn names_that_are_none_are_shown_with_the_names_that_are() {
    let message = "`state` must be `open` or `closed`, not `done`";
    assert_told(&issue(r#""state": "done""#), "\"done\"", message, "did you mean `closed`?");
    let message = "`state` must be `open` or `closed`, not `Open`";
    assert_told(&issue(r#""state": "Open""#), "\"Open\"", message, "did you mean `open`?");
    let message = "`state` must be `open` or `closed`, not a number";
    assert_told(&issue(r#""state": 1"#), "1", message, "what belongs here: whether it is open or closed");
}

#[test]
fn a_rule_is_a_level_or_a_level_with_a_reason() {
    let told = told(
        r#"{"rules": {"a": "warning", "b": 3, "c": {"level": "of", "reason": "x"}, "d": {"level": "off"}, "e": "off"}}"#,
    );
    assert_eq!(told.len(), 4, "{told:#?}");
    let choice = "`off`, `warn` or `error`, or an object with `level` and `reason`";
    assert_told(
        &told[0],
        "\"warning\"",
        &format!("`a` must be {choice}, not `warning`"),
        "did you mean `warn`?",
    );
    let help = format!("write {choice} here");
    assert_told(&told[1], "3", &format!("`b` must be {choice}, not a number"), &help);
    let message = "`level` must be `off`, `warn` or `error`, not `of`";
    assert_told(&told[2], "\"of\"", message, "did you mean `off`?");
    let help = "add `reason`: why, for whoever reads this next";
    assert_told(&told[3], "{\"level\": \"off\"}", "`d` has no `reason`", help);
}

#[test]
fn unknown_keys_say_what_is_meant_or_what_is_known() {
    assert_told(
        &issue(r#""due": 1"#),
        "\"due\"",
        "unknown key `due` in this issue",
        "did you mean `due_on`?",
    );
    let (_, message, help) = issue(r#""sprint": 1"#);
    assert_eq!(message, "unknown key `sprint` in this issue");
    assert!(
        help.starts_with(
            "your own data goes under `extra`; known here: `assignees`, `begun_on`, `blocked_by`"
        ),
        "{help}"
    );
    assert_eq!(issue(r#""number": 1"#).2, "leave it out: GitHub's numbers are kept in the lock");
    let told = told(r#"{"site": {"link": 1}, "label_groups": [{"prefix": "a", "max": 1}], "sprint": 2}"#);
    let messages: Vec<_> = told.iter().map(|(_, message, _)| message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "unknown key `max` in this label group",
            "unknown key `link` in `site`",
            "unknown key `sprint` in this file"
        ]
    );
    assert!(!told[0].2.contains("extra"));
}

#[test]
fn a_misspelt_title_is_one_fault_not_two() {
    let told = told(r#"{"issues": [{"tilte": "t"}], "milestones": [{"name": "m"}]}"#);
    let messages: Vec<_> = told.iter().map(|(_, message, _)| message.as_str()).collect();
    assert_eq!(messages, ["unknown key `tilte` in this issue", "unknown key `name` in this milestone"]);
}

#[test]
fn missing_keys_are_told_of_the_object() {
    let told = told(r#"{"issues": [{"id": "A-1"}], "labels": [{"color": "ffffff"}]}"#);
    let (issue, label) = (&told[0], &told[1]);
    assert_told(issue, r#"{"id": "A-1"}"#, "this issue has no `title`", "add `title`: what it is called");
    assert_told(
        label,
        r#"{"color": "ffffff"}"#,
        "this label has no `name`",
        "add `name`: its name, as `area:db`",
    );
}

#[test]
fn an_item_without_its_title_goes_by_its_id() {
    let text = r#"{"milestones": [{"id": "M1"}, {"id": "M2", "title": 3}, {"goal": "g"}]}"#;
    let mut top = Node::read(text).unwrap();
    let schema = schema::json_schema();
    let dropped = check(&"a.json".into(), text, &mut top, &schema, &mut Report::default()).unwrap();
    let mut rest = String::new();
    top.print(text, &mut rest);
    assert_eq!(rest, r#"{"milestones":[{"id":"M1","title":"M1"},{"id":"M2","title":"M2"}]}"#);
    assert_eq!(dropped["milestones"], BTreeSet::from([2]));
}

#[test]
fn of_a_doubled_key_the_last_counts_and_the_others_are_named() {
    let text = r#"{"extra": {"a": 1, "a": 2}, "labels": "x", "labels": [], "labels": ["y"]}"#;
    let mut report = Report::default();
    let mut top = Node::read(text).unwrap();
    check(&"a.json".into(), text, &mut top, &schema::json_schema(), &mut report);
    let found = report.sorted();
    let at = |place: &Place| match &place.at {
        At::Bytes(range) => range.start,
        At::Json(path, part) => locate(text, &[(path.clone(), *part)])[0].clone().unwrap().start,
        At::File => 0,
    };
    let doubled: Vec<_> = found.iter().filter(|d| d.code == Code::DuplicateKey).collect();
    assert_eq!(doubled[0].message, "the key `a` is given twice");
    assert_eq!((at(&doubled[0].place), at(&doubled[0].related[0].0)), (19, 11));
    assert_eq!(doubled[1].message, "the key `labels` is given 3 times");
    assert_eq!(at(&doubled[1].place), text.rfind("\"labels\"").unwrap());
    let why: Vec<_> = doubled[1].related.iter().map(|(place, why)| (at(place), why.as_str())).collect();
    assert_eq!(why, [(28, "first given here"), (43, "and again here")]);
    let wrong: Vec<_> =
        found.iter().filter(|d| d.code == Code::WrongType).map(|d| shown(text, &d.place)).collect();
    assert_eq!(wrong, ["\"x\"", "\"y\""]);
}

#[test]
fn the_file_is_an_object() {
    let told = told("[1]");
    assert_eq!((told[0].0.as_str(), told[0].1.as_str()), ("[1]", "the file must be an object, not a list"));
}

#[test]
fn names_from_the_source_are_cut_and_move_no_cursor() {
    let long = issue(&format!(r#""{}": 1"#, "k".repeat(1000))).1;
    assert_eq!(long, format!("unknown key `{}…` in this issue", "k".repeat(60)));
    assert_eq!(issue(r#""\u001b[2J": 1"#).1, "unknown key `\u{fffd}[2J` in this issue");
}
