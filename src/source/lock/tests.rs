//! The lock: what is read, what is refused, and that what is written reads as it was.

use super::*;
use crate::source::schema::Field;

fn read(text: &str) -> (Option<Lock>, Vec<Diagnostic>) {
    let mut report = Report::default();
    let lock = parse_lock(&"roadbook.lock.json".into(), text.as_bytes().to_vec(), &mut report);
    (lock, report.sorted())
}

fn fault(text: &str) -> Diagnostic {
    let (lock, mut found) = read(text);
    assert_eq!((lock, found.len()), (None, 1), "{found:#?}");
    found.remove(0)
}

fn place() -> Place {
    Place::json("roadbook.lock.json")
}

#[test]
fn states_and_days_are_read_and_what_is_unknown_is_passed_over() {
    let (lock, found) = read(
        r#"{"version": 1, "repository": "o/r", "snapshot_on": "2026-11-01", "later": {}, "labels": {"Area:DB": {"id": 7}},
        "milestones": {"DB-ML0": {"number": 1, "id": 11, "applied": {"title": "t"},
          "remote": {"state": "closed", "due_on": "2026-09-30", "title": "t"}}},
        "issues": {"DB-001": {"remote": {"state": "closed", "state_reason": "not_planned", "closed_on": "2026-09-01"}}}}"#,
    );
    assert_eq!(found, []);
    let lock = lock.unwrap();
    assert_eq!((lock.repository.as_deref(), lock.snapshot_on.as_deref()), (Some("o/r"), Some("2026-11-01")));
    let milestone = &lock.milestones["db-ml0"];
    assert_eq!((milestone.number, milestone.remote.state), (Some(1), Some(State::Closed)));
    assert_eq!(milestone.remote.due_on.as_deref(), Some("2026-09-30"));
    assert_eq!(lock.issues["db-001"].remote.state_reason, Some(StateReason::NotPlanned));
    assert_eq!(lock.labels["area:db"], LockItem { id: Some(7), ..LockItem::default() });
    assert_eq!(milestone.applied.title, Field::Given(Some("t".into())));
}

#[test]
fn the_smallest_lock_is_its_version() {
    assert_eq!(read("\u{feff}{\"version\": 1}"), (Some(Lock::default()), vec![]));
}

#[test]
fn another_version_is_said_and_nothing_else() {
    for version in ["2", "\"1\"", "0"] {
        let found = fault(&format!(r#"{{"version": {version}, "issues": 5}}"#));
        assert_eq!((found.code, found.place), (Code::BadLock, place().key("version")));
        assert!(found.message.ends_with("and this Roadbook reads version `1`"), "{}", found.message);
    }
}

#[test]
fn bad_json_and_bad_shapes_are_told_with_their_places() {
    let found = fault(r#"{"version": 1,}"#);
    assert_eq!((found.code, found.place), (Code::BadLock, Place::bytes("roadbook.lock.json", 13..14)));
    assert_eq!(found.message, "the lock cannot be read: nothing follows this comma");
    let found = fault(r#"{"issues": {}}"#);
    assert_eq!(found.message, "the lock cannot be read: this file has no `version`");
    let found = fault(r#"{"version": 1, "issues": {"A": {"number": -1}}}"#);
    assert_eq!(found.place, place().key("issues").key("A").key("number"));
    assert_eq!(found.message, "the lock cannot be read: `number` must be a whole number from 0, not `-1`");
    let found = fault(r#"{"version": 1, "issues": {"A": {"remote": {"state": "gone"}}}}"#);
    assert_eq!(found.message, "the lock cannot be read: `state` must be `open` or `closed`, not `gone`");
    let found = fault(r#"{"version": 1, "issues": {"A": {}, "A": {}}}"#);
    assert_eq!(found.place, place().key("issues").key("A").the_key());
    assert_eq!(
        fault("[]").message,
        "the lock cannot be read: the file must be an object with `version`, not a list"
    );
    assert_eq!(fault("").message, "the lock cannot be read: the file is empty");
}

#[test]
fn keys_that_differ_only_in_case_are_a_fault() {
    let found = fault(r#"{"version": 1, "issues": {"a-1": {}, "A-1": {}}}"#);
    assert_eq!(found.place, place().key("issues").key("a-1").the_key());
}

#[test]
fn a_merge_conflict_keeps_its_name() {
    let found = fault("{\"version\": 1,\n<<<<<<< HEAD\n=======\n>>>>>>> main\n}");
    assert_eq!(found.code, Code::ConflictMarkers);
    assert!(found.help.unwrap().contains("roadbook snapshot"));
}

#[test]
fn a_lock_cut_off_at_any_byte_has_one_finding() {
    let text = r#"{"version": 1, "issues": {"A-1": {"number": 12, "remote": {"state": "open"}}}}"#;
    (0..text.len()).for_each(|end| assert_eq!(fault(&text[..end]).code, Code::BadLock));
}

#[test]
fn a_written_lock_reads_as_it_was_with_a_line_for_each_item() {
    let mut lock =
        Lock { repository: Some("o/r".into()), snapshot_on: Some("2026-11-01".into()), ..Lock::default() };
    let applied = AppliedIssue {
        title: Field::Given(Some("A-1: \"x\"\n".into())),
        labels: Field::Given(Some(vec!["area:db".into()])),
        assignees: Field::Given(None),
        ..AppliedIssue::default()
    };
    let remote = Remote { state: Some(State::Open), ..Remote::default() };
    lock.issues.insert("a-2".into(), LockItem { number: Some(2), id: Some(22), ..LockItem::default() });
    lock.issues.insert("a-1".into(), LockItem { number: Some(9), id: Some(11), applied, remote });
    lock.labels.insert("area:db".into(), LockItem { id: Some(7), ..LockItem::default() });
    let text = lock.to_text();
    assert_eq!(read(&text), (Some(lock.clone()), vec![]));
    assert_eq!(
        text,
        r#"{
  "version": 1,
  "repository": "o/r",
  "snapshot_on": "2026-11-01",
  "labels": {
    "area:db": {"id":7,"applied":{}}
  },
  "milestones": {},
  "issues": {
    "a-1": {"number":9,"id":11,"applied":{"title":"A-1: \"x\"\n","labels":["area:db"],"assignees":null},"remote":{"state":"open"}},
    "a-2": {"number":2,"id":22,"applied":{}}
  }
}
"#
    );
}

#[test]
fn a_list_in_the_place_of_an_object_makes_no_lock() {
    let text = r#"{"version": 1, "repository": "o/r", "snapshot_on": "2026-11-01",
        "milestones": {"m-1": {"number": 1, "id": 2, "applied": {"title": "M-1"}, "remote": {"state": "open"}}},
        "issues": {"a-1": {"number": 1, "id": 2, "applied": {"title": "A-1: x"}, "remote": {"state": "closed"}}},
        "labels": {"x": {"number": null, "id": 7, "applied": {"name": "x"}, "remote": {}}}}"#;
    assert_eq!(read(text).1, vec![]);
    let changed = crate::source::objects::with_lists(&serde_json::from_str(text).expect("JSON"));
    assert_eq!(changed.len(), 13);
    for (place, changed) in changed {
        assert_eq!(fault(&changed.to_string()).code, Code::BadLock, "{place}");
    }
}
