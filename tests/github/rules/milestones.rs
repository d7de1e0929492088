//! Milestones: titles unique over open and closed ones, days floored to midnight in California.

use serde_json::{Value, json};

use super::Conversation;
use crate::fake;

#[test]
fn a_title_is_taken_by_a_closed_one_too() {
    let talk = Conversation::new();
    let made = talk.post("/milestones", &json!({ "title": "DB-ML0 – Inventory", "state": "closed" }));
    assert_eq!((made.status, made.body["state"].as_str()), (201, Some("closed")));
    assert!(made.body["closed_at"].is_string());
    talk.post("/milestones", &json!({ "title": "DB-ML0 – Inventory" })).refuses(
        422,
        "title",
        "already_exists",
    );
    talk.post("/milestones", &json!({ "title": "b" }));
    talk.patch("/milestones/2", &json!({ "title": "DB-ML0 – Inventory" })).refuses(
        422,
        "title",
        "already_exists",
    );
    // Open ones alone are listed unless all are asked for.
    assert_eq!(talk.get("/milestones").each("number"), [2]);
    assert_eq!(talk.get("/milestones?state=all&sort=due_on").each("number"), [1, 2]);
}

#[test]
fn a_day_is_floored_to_midnight_in_california() {
    // Winter, summer, and the days on which the clocks change.
    for (sent, kept) in [
        ("2026-01-15T00:00:00Z", "2026-01-14T08:00:00Z"),
        ("2026-01-15T07:59:59Z", "2026-01-14T08:00:00Z"),
        ("2026-01-15T08:00:00Z", "2026-01-15T08:00:00Z"),
        ("2026-07-15T06:59:59Z", "2026-07-14T07:00:00Z"),
        ("2026-07-15T12:00:00Z", "2026-07-15T07:00:00Z"),
        ("2026-03-08T12:00:00Z", "2026-03-08T08:00:00Z"),
        ("2026-03-09T07:00:00Z", "2026-03-09T07:00:00Z"),
        ("2026-11-01T12:00:00Z", "2026-11-01T07:00:00Z"),
        ("2026-11-02T07:30:00Z", "2026-11-01T07:00:00Z"),
        ("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z"),
        ("2026-12-31T23:59:59Z", "2026-12-31T08:00:00Z"),
    ] {
        assert_eq!(fake::pacific_midnight(sent), kept, "{sent}");
    }
}

#[test]
fn noon_keeps_every_day_of_a_year() {
    let talk = Conversation::new();
    talk.post("/milestones", &json!({ "title": "a" }));
    let mut day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    for _ in 0..366 {
        let kept = fake::pacific_midnight(&format!("{day}T12:00:00Z"));
        assert!(kept.starts_with(&day.to_string()), "{day} became {kept}");
        day = day.succ_opt().expect("a day");
    }
    let told = talk.patch("/milestones/1", &json!({ "due_on": "2026-11-13T12:00:00Z" }));
    assert_eq!(told.body["due_on"], "2026-11-13T08:00:00Z");
    assert_eq!(talk.patch("/milestones/1", &json!({ "due_on": null })).body["due_on"], Value::Null);
    assert_eq!(talk.post("/milestones", &json!({ "title": "b", "due_on": null })).status, 422);
    assert_eq!(talk.post("/milestones", &json!({ "title": "b", "due_on": "2026-11-13" })).status, 422);
}

#[test]
fn issues_are_counted_and_outlive_it() {
    let talk = Conversation::new();
    talk.post("/milestones", &json!({ "title": "a" }));
    talk.post("/issues", &json!({ "title": "one", "milestone": 1 }));
    talk.post("/issues", &json!({ "title": "two", "milestone": "1" }));
    talk.patch("/issues/2", &json!({ "state": "closed" }));
    let told = talk.get("/milestones/1");
    assert_eq!((&told.body["open_issues"], &told.body["closed_issues"]), (&json!(1), &json!(1)));
    talk.post("/issues", &json!({ "title": "three", "milestone": 7 })).refuses(422, "milestone", "invalid");
    assert_eq!(talk.delete("/milestones/1").status, 204);
    assert_eq!(talk.get("/issues/1").body["milestone"], Value::Null);
    // Its number is not given away again.
    assert_eq!(talk.post("/milestones", &json!({ "title": "a" })).body["number"], 2);
}
